"""The gate: which findings of a report fail a run, and which of them somebody accepted.

    gate = Gate(config)                reads the baseline, the suppressions and the lessons that the settings name
    gate.book.lessons                  what the run that makes the report is to obey
    report = gate.apply(report)        severities given, accepted findings and unused entries listed
    gate.failing(report)               the findings that make the exit status 1

A finding fails if its outcome is at or over `fail_on` and its confidence at or over `min_confidence`, unless it is
accepted or its severity was lowered to `note`; one raised to `error` fails whatever its outcome is. Nothing fails a
gate of `none`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property

import msgspec

from consistency.config import Config
from consistency.errors import ConfigError
from consistency.gate import baseline as baselines
from consistency.gate import lessons as taught
from consistency.gate import suppressions as suppressed
from consistency.gate.baseline import Accepted, Baseline
from consistency.gate.day import today as day_of
from consistency.gate.severity import Severities, rule_ids
from consistency.gate.sight import GATED, Sight
from consistency.gate.suppressions import Suppression, Suppressions
from consistency.hints import near
from consistency.model import Acceptance, Finding, Report

__all__ = ["GATES", "Gate", "apply"]

GATES: dict[str, tuple[str, ...]] = {
    "contradiction": GATED[:1],
    "possible": GATED[:2],
    "time-explained": GATED,
    "none": (),
}


class Gate:
    """The settings of a gate, and the files they name, read once.

    today: the ISO day of the run; None: SOURCE_DATE_EPOCH, else the clock. Asked only where an entry has a last day.
    """

    def __init__(self, config: Config, today: str | None = None) -> None:
        """Raises ConfigError (a file that is missing or broken, an unknown rule) and UsageError (no such day)."""
        if config.fail_on not in GATES:  # settings made in Python are checked by nobody else
            raise ConfigError(f"fail_on: {config.fail_on!r} is none of {', '.join(GATES)}{near(config.fail_on, GATES)}")
        if not 0 <= config.min_confidence <= 1:
            raise ConfigError(f"min_confidence: {config.min_confidence!r} is not between 0 and 1")
        self._today = None if today is None else day_of(today)
        self.config = config
        self.severities = Severities(config)
        named = config.suppressions
        self.suppressions = suppressed.read(named, lambda: rule_ids(config)) if named else Suppressions()
        self.baseline = baselines.read(config.baseline) if config.baseline else Baseline(())
        self.book = taught.read(config.lessons) if config.lessons else taught.Book()

    @cached_property
    def today(self) -> str:
        """The day by which entries run out."""
        return self._today or day_of()

    def apply(self, report: Report, partial: bool = False) -> Report:
        """The report with the severities of the settings, without the findings that are off, with `accepted` and
        `unused` filled in.

        partial: the report does not hold every finding of its sources, so that an entry that met none may well have
        one; only those that ran out are then listed.
        """
        sight = Sight(report)
        changed: dict[int, Finding | None] = {}  # the others stay where they are: those of a large report are on file
        accepted: list[Acceptance] = []
        off: Counter[str] = Counter(report.coverage.switched_off)
        met: set[int] = set()
        met_by_hand: set[int] = set()
        rules: set[str] = set()
        ids: list[str] = []
        open_ids: set[str] = set()
        for n, finding in enumerate(report.findings):
            ids.append(finding.id)
            given = self.severities.of(finding.rule, sight.topic(finding))
            one = self._accepted(finding, sight, met, met_by_hand)
            if given is not None and given.level == "off":
                off[given.setting] += 1
                changed[n] = None
                continue
            if given is not None and given.level != finding.severity:
                changed[n] = msgspec.structs.replace(finding, severity=given.level)
            rules.add(finding.rule)
            if one is None:
                open_ids.add(finding.id)  # ids are not always unique
            else:
                accepted.append(one)
        return msgspec.structs.replace(
            report,
            findings=_with(report.findings, changed) if changed else report.findings,
            accepted=tuple(one for one in accepted if one.finding not in open_ids),
            unused=(
                *self._unused(met, partial, ids),
                *self._unused_by_hand(met_by_hand, partial, ids),
                *(() if partial else self.book.unused(report)),
            ),
            coverage=msgspec.structs.replace(report.coverage, switched_off=dict(sorted(off.items()))),
            rules={name: text for name, text in report.rules.items() if name in rules},
        )

    def failing(self, report: Report) -> tuple[Finding, ...]:
        """The findings of an applied report that fail the gate, in its order."""
        if self.config.fail_on == "none":
            return ()
        accepted = {a.finding for a in report.accepted}
        sight = Sight(report)
        return tuple(f for f in report.findings if f.id not in accepted and self._counts(f, sight))

    def fails(self, report: Report) -> bool:
        """Whether an applied report makes the exit status 1."""
        return bool(self.failing(report)) or (self.config.strict_baseline and bool(report.unused))

    def idle(self, report: Report) -> tuple[str, ...]:
        """The settings of `[severity.topics]` that no finding of an applied report goes by, nor one switched off."""
        sight = Sight(report)
        met = {g.setting for f in report.findings if (g := self.severities.of(f.rule, sight.topic(f)))}
        met.update(report.coverage.switched_off)
        return tuple(s for s in self.severities.of_topics if s not in met)

    def _counts(self, finding: Finding, sight: Sight) -> bool:
        if finding.confidence < self.config.min_confidence:
            return False
        given = self.severities.of(finding.rule, sight.topic(finding))
        if given is not None and given.level in ("note", "off", "error"):
            return given.level == "error"
        return finding.outcome in GATES[self.config.fail_on]

    # ------------------------------------------------------------------------------------------------------ acceptance
    def concerns(self, finding: Finding, sight: Sight) -> bool:
        """Whether acceptance concerns a finding: some gate could fail on it. An entry whose findings all came to agree
        has done its work, and is unused."""
        given = self.severities.of(finding.rule, sight.topic(finding))
        return finding.outcome in GATED or (given is not None and given.level == "error")

    def is_over(self, entry: Accepted | Suppression) -> bool:
        """Whether the last day of an entry has passed."""
        return entry.expires is not None and entry.ran_out(self.today)

    def _accepted(self, finding: Finding, sight: Sight, met: set[int], by_hand: set[int]) -> Acceptance | None:
        """Who accepts a finding: the baseline first. Every entry that would is noted as met, even one that ran out."""
        if not self.concerns(finding, sight):
            return None
        numbers = self.baseline.accepting(sight.sides(finding), finding.outcome)
        met.update(numbers)
        hands = [n for n, e in enumerate(self.suppressions.entries) if e.accepts(finding, sight)]
        by_hand.update(hands)
        entries = self.baseline.entries
        for n in sorted(numbers, key=lambda n: entries[n].finding != finding.id):
            if not self.is_over(entries[n]):
                return _acceptance(finding, entries[n], self.baseline.place_of(n))
        for n in hands:
            if not self.is_over(self.suppressions.entries[n]):
                return _acceptance(finding, self.suppressions.entries[n], self.suppressions.places[n])
        return None

    def _unused(self, met: set[int], partial: bool, ids: list[str]) -> Iterator[str]:
        here = set(ids)
        for n, e in enumerate(self.baseline.entries):
            about = f"{self.baseline.place_of(n)}: the accepted finding {e.finding}"
            about += f" ({e.message})" if e.message else ""
            hint = " as it stood: there is a further claim or a worse outcome" if e.finding in here else ""
            yield from _fate(about, self.is_over(e), n in met, e.expires, partial, hint)

    def _unused_by_hand(self, met: set[int], partial: bool, ids: list[str]) -> Iterator[str]:
        for n, e in enumerate(self.suppressions.entries):
            about = f"{self.suppressions.places[n]}: the suppression of {e.told()}"
            hint = near(e.finding, ids, 0.8) if e.finding and e.finding not in ids else ""
            yield from _fate(about, self.is_over(e), n in met, e.expires, partial, hint)


def _with(findings: Iterable[Finding], changed: dict[int, Finding | None]) -> tuple[Finding, ...]:
    """The findings with some of them changed, or left out."""
    every = (changed.get(n, finding) for n, finding in enumerate(findings))
    return tuple(finding for finding in every if finding is not None)


def _fate(about: str, over: bool, met: bool, expires: str | None, partial: bool, hint: str = "") -> Iterator[str]:
    """The sentence on an entry that does nothing, if it does not."""
    if over and met:
        yield f"{about} ran out on {expires}: its finding counts again"
    elif over:
        yield f"{about} ran out on {expires}" + ("" if partial else " and meets no finding")
    elif not met and not partial:
        yield f"{about} meets no finding{hint}"


def _acceptance(finding: Finding, entry: Accepted | Suppression, place: str) -> Acceptance:
    return Acceptance(
        finding=finding.id,
        by="baseline" if isinstance(entry, Accepted) else "suppression",
        reason=entry.reason,
        author=entry.author,
        date=entry.date if isinstance(entry, Accepted) else None,
        expires=entry.expires,
        place=place,
    )


def apply(report: Report, config: Config, today: str | None = None, partial: bool = False) -> Report:
    """`Gate(config, today).apply(report, partial)`."""
    return Gate(config, today).apply(report, partial)
