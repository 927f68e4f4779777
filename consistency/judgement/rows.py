"""The rows of the decision table (`rules/relations/*.yaml`): read, checked, each with its file and line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from consistency.errors import RuleError
from consistency.judgement.vocabulary import FACTS, box
from consistency.model import Record
from consistency.rulebook import Rulebook, builtin_rules, read_yaml

OUTCOMES = (
    "contradiction",
    "possible-contradiction",
    "time-explained",
    "scope-explained",
    "attribution",
    "agreement",
    "none",
)
SEVERITIES = ("error", "warning", "note")
WHERE = ("topic", "entity", "source", "publisher")
SIDE_WORDS = ("value", "when", "period", "source", "scope", "speaker", "published", "text", "relation")
PLACEHOLDERS = frozenset(
    {"topic", "deciding", "changed", "only_a", "only_b", "apart"} | {f"{s}.{w}" for s in "ab" for w in SIDE_WORDS}
)
_DEFAULT_SEVERITY = {"contradiction": "error", "possible-contradiction": "warning"}
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_ID = re.compile(r"[- ]*id:[ ]*[\"']?(.*?)[\"']?[ ]*")


class Example(Record, frozen=True, forbid_unknown_fields=True):
    """Texts with their dates, and what they must give.

    sources: each with a text, and what is known of it (published, publisher); expect: the outcomes of all findings,
    without repetition.

    claims: claims in the shorthand of `oracle`, for what the topic stage keeps apart; the sources then need no text.
    set_aside: a reason under which a pair must be counted as not comparable. speaks: whether the row it stands with
    must speak in it, where the outcomes do not tell (several rows have one outcome). derives: what a rule of arithmetic
    works out in it ("25.7 billion USD for 2014").
    """

    sources: tuple[dict[str, Any], ...]
    claims: tuple[dict[str, Any], ...] = ()
    expect: tuple[str, ...] = ()
    set_aside: str | None = None
    speaks: bool | None = None
    derives: tuple[str, ...] = ()


class Row(Record, frozen=True):
    """One row of the decision table. box: its condition as a word (see `vocabulary`).

    about: what a rule of arithmetic counts, which has no condition (see `catalogue`).
    """

    id: str
    outcome: str
    reason: str
    severity: str
    when: dict[str, tuple[str, ...]]
    where: dict[str, str]
    message: str
    because: str
    examples: tuple[Example, ...]
    override: bool
    file: str
    line: int | None
    builtin: bool
    box: int
    about: str = ""

    def fires(self, example: Example) -> bool:
        """Whether an example is one in which this row must speak."""
        if example.speaks is not None:
            return example.speaks
        if self.outcome == "none":
            return example.set_aside == self.reason
        return self.outcome in example.expect


class RawRow(msgspec.Struct, forbid_unknown_fields=True):
    """One row as it is written.

    id: its name, which no other row has; outcome: what it says of a pair; because: why, in a sentence for readers;
    message: what the finding says, with places such as {a.value} (not needed for the outcome none); reason: the name
    under which pairs are counted (default: the id); severity: of its findings (default: by outcome); when: for each
    fact the values under which it speaks, and those not named may be anything; where: patterns (* and ?) of the places
    it is bound to; examples: texts that prove it, at least one in which it speaks and one in which it does not;
    override: whether it may say contradiction on a basis that is not firm.
    """

    id: str
    outcome: str
    because: str
    message: str = ""
    reason: str | None = None
    severity: str | None = None
    when: dict[str, str | list[str]] = {}
    where: dict[str, str] = {}
    examples: list[Example] = []
    override: bool = False


def read_rows(rules: Rulebook) -> list[Row]:
    """All rows in order, the user's first. Raises RuleError with file and line."""
    rows: list[Row] = []
    seen: dict[str, str] = {}
    for path in rules.files("relations"):
        if path.name == "impossible.yaml":
            continue
        for row in _rows_of(path):
            if row.id in seen:
                raise RuleError(f"the row {row.id} stands already in {seen[row.id]}", row.file, row.line)
            seen[row.id] = row.file
            rows.append(row)
    return rows


def _rows_of(path: Path) -> Iterator[Row]:
    content = read_yaml(path)
    if not isinstance(content, list):
        raise RuleError("must be a list of rows", str(path), 1)
    lines = lines_of(path.read_text(encoding="utf-8"))
    builtin = builtin_rules() in path.parents
    for entry in content:
        name = entry.get("id") if isinstance(entry, dict) else None
        line = lines.get(str(name)) if name else None
        try:
            raw = msgspec.convert(entry, RawRow)
        except msgspec.ValidationError as error:
            raise RuleError(f"row {name or '?'}: {error}", str(path), line) from error
        yield _row(raw, str(path), line, builtin)


def lines_of(text: str) -> dict[str, int]:
    """The line of each id in a file of rules: the first that tells it."""
    found: dict[str, int] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if "id:" in line and (told := _ID.fullmatch(line)):
            found.setdefault(told[1], number)
    return found


def _row(raw: RawRow, file: str, line: int | None, builtin: bool) -> Row:
    when = {k: (v,) if isinstance(v, str) else tuple(v) for k, v in raw.when.items()}
    severity = raw.severity or _DEFAULT_SEVERITY.get(raw.outcome, "note")
    for problem in _faults(raw, when, severity):
        raise RuleError(f"row {raw.id}: {problem}", file, line)
    return Row(
        id=raw.id,
        outcome=raw.outcome,
        reason=raw.reason or raw.id,
        severity=severity,
        when=when,
        where=raw.where,
        message=raw.message,
        because=raw.because,
        examples=tuple(raw.examples),
        override=raw.override,
        file=file,
        line=line,
        builtin=builtin,
        box=box(when),
    )


def _faults(raw: RawRow, when: dict[str, tuple[str, ...]], severity: str) -> Iterator[str]:
    """What is wrong with a row, by itself."""
    if raw.outcome not in OUTCOMES:
        yield f"outcome must be one of {', '.join(OUTCOMES)}, not {raw.outcome}"
    if severity not in SEVERITIES:
        yield f"severity must be one of {', '.join(SEVERITIES)}, not {severity}"
    for fact, allowed in when.items():
        if fact not in FACTS:
            yield f"there is no fact called {fact}; the facts are {', '.join(FACTS)}"
        elif not allowed:
            yield f"{fact} allows nothing"
        elif strange := [v for v in allowed if v not in FACTS[fact]]:
            yield f"{fact} is never {strange[0]}; it is one of {', '.join(FACTS[fact])}"
    if strange := [w for w in raw.where if w not in WHERE]:
        yield f"where knows {', '.join(WHERE)}, not {strange[0]}"
    if raw.outcome != "none" and not raw.message:
        yield "a row that makes a finding needs a message"
    if strange := [p for p in _PLACEHOLDER.findall(raw.message) if p not in PLACEHOLDERS]:
        yield f"the message names {{{strange[0]}}}, which is not one of {', '.join(sorted(PLACEHOLDERS))}"
    for example in raw.examples:
        if strange := [o for o in example.expect if o not in OUTCOMES or o == "none"]:
            yield f"an example expects {strange[0]}, which is no outcome of a finding"
        if not example.sources or not all("text" in s or example.claims for s in example.sources):
            yield "every source of an example needs a text"
