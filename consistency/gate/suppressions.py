"""`suppressions.yaml`: findings that a desk does not want to fail on, by hand, each with its reason.

    - finding: f1-410ee2675387            one finding, by its id: whatever claims join it later
      reason: Both papers were told; the correction is due on Monday.
      author: M. Lind
      expires: 2026-03-31                 the last day it holds
    - topic: "Norland: export*"           all findings of a topic: id, curated id, title or a glob
      reason: The ministry is revising the series.
    - source: wire/*                      all findings that touch a source: id, path or a glob
      rule: same-period-differs           … by that rule alone
      reason: The wire rounds to whole billions.

Where several of `finding`, `topic`, `source` and `rule` are given, all must fit. A rule alone is not enough: a severity
in the settings is the place for that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from consistency.errors import ConfigError, RuleError
from consistency.gate.files import MAX_BYTES_BY_HAND, entry, read_bytes, shown
from consistency.gate.sight import Sight, is_named
from consistency.hints import near
from consistency.model import Finding, Record


class Suppression(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One entry of the file.

    reason: why it is set aside; finding: the id of one finding; topic: the id, the curated id or the title of a topic,
    or a glob over them; source: the id or path of a source, or a glob; rule: the id of a rule; author: who set it
    aside; expires: the last day it holds.
    """

    reason: str
    finding: str | None = None
    topic: str | None = None
    source: str | None = None
    rule: str | None = None
    author: str | None = None
    expires: str | None = None

    def ran_out(self, today: str) -> bool:
        """Whether its last day is over."""
        return self.expires is not None and self.expires < today

    def accepts(self, finding: Finding, sight: Sight) -> bool:
        """Whether it holds for a finding."""
        return (
            (self.finding is None or finding.id == self.finding)
            and (self.rule is None or finding.rule == self.rule)
            and (self.topic is None or is_named(sight.topic(finding), self.topic))
            and (self.source is None or is_named(sight.sources(finding), self.source))
        )

    def told(self) -> str:
        """What it is about, in words: `rule equal, source wire/*`."""
        named = ((k, getattr(self, k)) for k in ("finding", "rule", "topic", "source"))
        return ", ".join(f"{key} {value}" for key, value in named if value is not None)


class Suppressions:
    """The entries of one file, with the place of each."""

    def __init__(self, entries: Sequence[Suppression] = (), places: Sequence[str] = ()) -> None:
        self.entries = tuple(entries)
        self.places = tuple(places)


def read(path: str, rules: Callable[[], Sequence[str]]) -> Suppressions:
    """The suppressions in a file. rules: gives the ids of all rules, for files that name one.

    Raises ConfigError with file and line: missing, not YAML, an unknown key or rule, no reason, nothing it is about.
    """
    from consistency.strictyaml import lines_of, parse_yaml

    data, name = read_bytes(path, "a list of suppressions", MAX_BYTES_BY_HAND), shown(path)
    try:
        content = parse_yaml(data, name)
    except RuleError as error:
        raise ConfigError(error.message, error.source, error.line) from error
    if content is None:
        return Suppressions()
    if not isinstance(content, list):
        raise ConfigError("must be a list of entries that begin with `- finding:`, `- topic:` or `- source:`", name, 1)
    lines = lines_of(data)
    entries, places = [], []
    for number, raw in enumerate(content):
        what = f"entry {number + 1}"
        if isinstance(raw, dict) and isinstance(raw.get("reason", ""), str) and not str(raw.get("reason", "")).strip():
            line = lines.get((number, "reason"), lines.get((number,)))
            raise ConfigError(f"{what}: give a reason; who reads this in a year must know why", name, line)
        found = entry(Suppression, raw, (number,), lines, name, what)
        for key, fault in _faults(found, rules):
            raise ConfigError(f"{what}: {fault}", name, lines.get((number, key), lines.get((number,))))
        entries.append(found)
        line = lines.get((number,))
        places.append(name if line is None else f"{name}:{line}")
    return Suppressions(entries, places)


def _faults(e: Suppression, rules: Callable[[], Sequence[str]]) -> list[tuple[str, str]]:
    """What is wrong with an entry: the key, and why."""
    if e.rule is not None and e.rule not in (known := rules()):
        return [("rule", f"no rule is called {e.rule!r}{near(e.rule, known)}")]
    if e.finding is None and e.topic is None and e.source is None:
        about = "a rule alone cannot be suppressed" if e.rule else "it names nothing"
        where = 'under [severity.rules] of the settings it can be "note" or "off"' if e.rule else ""
        return [("rule", f"{about}; {where or 'give a finding, a topic or a source'}")]
    for key, value in (("finding", e.finding), ("topic", e.topic), ("source", e.source)):
        if value is not None and not value.strip("* "):
            return [(key, f"{key} {value!r} would suppress everything")]
    return []
