"""What decisions suggest for the rules: other weights and further words, as a diff for a person to read.

Nothing is changed here. Weights come from pairs of claims that people judged to be about one thing or not; words from
units that they corrected.
"""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import combinations, product
from pathlib import Path

import sqlalchemy as sa

from consistency.archive import Kept
from consistency.extraction.units import dimension
from consistency.ledger import decisions, tables
from consistency.ledger.fitting import Judged, fitted, right
from consistency.ledger.records import Decision, FindingState, unpacked
from consistency.ledger.standing import standing
from consistency.model import Claim, Record
from consistency.rulebook import Rulebook
from consistency.topics.cluster import explain
from consistency.topics.weights import FILE as WEIGHTS
from consistency.topics.weights import weights

LEAST = 5
"""Decisions that a weight must rest on to be suggested otherwise."""
WORDS = 2
"""Decisions that a word must rest on."""
STEP = 0.25
"""Bits: what a weight is rounded to, and the least change that is worth a word."""
UNITS = "lexicon/units.yaml"
_SAME = ("confirmed", "explained")
_FIXED = {"prior", "prior-asked", "taught", "copied", "curated", "event-most"}
_NUMBER = re.compile(r"[\s\d.,]*\d[\d.,]*\s*(?:hundred|thousand|million|billion|trillion)?s?\s+", re.IGNORECASE)


class Suggestion(Record, frozen=True):
    """diffs: a unified diff for each file that would change; notes: what they rest on, a line each; pairs: how many
    judged pairs were looked at, gone: of how many the claims are no longer there."""

    diffs: tuple[str, ...]
    notes: tuple[str, ...]
    pairs: int
    gone: int


def suggest(engine: sa.Engine, rules: Rulebook, four_eyes: bool = False, least: int = LEAST) -> Suggestion:
    """What the decisions in force suggest. Raises LedgerError for a damaged record, RuleError for broken rules."""
    with engine.connect() as base:
        held = list(_in_force(base, four_eyes))
        known = _Claims(base)
        pairs, gone = _pairs(base, known, held, rules)
        words = _words(known, held)
    diffs, notes = [], []
    for name, text, found in (_weights(pairs, rules, least), _units(words, rules)):
        old = _text(rules, name)
        if text != old:
            lines = (old.splitlines(keepends=True), text.splitlines(keepends=True))
            diffs.append("".join(difflib.unified_diff(*lines, f"a/rules/{name}", f"b/rules/{name}", n=1)))
        notes += found
    return Suggestion(diffs=tuple(diffs), notes=tuple(notes), pairs=len(pairs), gone=gone)


def _in_force(base: sa.Connection, four_eyes: bool) -> Iterator[Decision]:
    about: dict[str, list[Decision]] = defaultdict(list)
    for entry in decisions.entries(base):
        about[entry.finding].append(entry)
    for _, entries in sorted(about.items()):
        holds = standing(entries, four_eyes=four_eyes)
        agreed = set(holds.agreed)
        yield from (d for d in holds.in_force if d.id in agreed)


class _Claims:
    """The claims of the ledger by their fingerprints, each source unpacked once."""

    def __init__(self, base: sa.Connection) -> None:
        self._base = base
        self._kept: dict[int, Kept] = {}

    def of(self, fingerprint: str) -> tuple[Kept, Claim] | None:
        """A claim and what was read in its source; None where it is no longer there."""
        at, r = tables.claim.c, tables.reading.c
        row = self._base.execute(
            sa.select(at.id, at.source).where(at.fingerprint == fingerprint).order_by(at.id)
        ).first()
        if row is None:
            return None
        if row.source not in self._kept:
            record = self._base.execute(sa.select(r.record).where(r.source == row.source)).scalar_one()
            self._kept[row.source] = unpacked(record, Kept, f"source number {row.source}")
        kept = self._kept[row.source]
        return next(((kept, c) for c in kept.extraction.claims if c.id == row.id), None)


def _pairs(base: sa.Connection, known: _Claims, held: Iterable[Decision], rules: Rulebook) -> tuple[list[Judged], int]:
    """The judged pairs with their evidence, and of how many the claims are gone."""
    table = weights(rules)
    out: list[Judged] = []
    gone = 0
    for entry in held:
        same, prints = _said(base, entry)
        for a, b in prints:
            one, two = known.of(a), known.of(b)
            if one is None or two is None:
                gone += 1
                continue
            sources = {k.extraction.source: k.extraction for k, _ in (one, two)}
            link = explain(list(sources.values()), one[1].id, two[1].id, rules)
            if any(e.name == "not-comparable" for e in link.evidence):
                continue
            counted: dict[str, float] = defaultdict(float)
            rest = 0.0
            for e in link.evidence:
                if e.name in _FIXED or not table.of[e.name]:
                    rest += e.weight
                else:
                    counted[e.name] += round(e.weight / table.of[e.name], 6)
            out.append(Judged(same=same, evidence=dict(counted), rest=rest, share=1 / len(prints), decision=entry.id))
    return out, gone


def _said(base: sa.Connection, entry: Decision) -> tuple[bool, list[tuple[str, str]]]:
    """Whether an entry says that claims are about one thing, and which."""
    if entry.kind in ("same-topic", "not-same-topic"):
        return entry.kind == "same-topic", [(a, b) for a, b in entry.detail["pairs"]]
    if entry.kind not in _SAME:
        return False, []
    v = tables.finding_version.c
    record = base.scalar(sa.select(v.record).where(v.finding == entry.finding, v.version == entry.version))
    if record is None:
        return False, []
    state = unpacked(record, FindingState, f"finding {entry.finding}")
    prints = {c.id: c.fingerprint for c in state.claims if c.derived is None}
    sides = [[prints[i] for i in side if i in prints] for side in state.finding.sides]
    found = {(min(p), max(p)) for x, y in combinations(sides, 2) for p in product(x, y) if p[0] != p[1]}
    return True, sorted(found)


def _weights(pairs: list[Judged], rules: Rulebook, least: int) -> tuple[str, str, list[str]]:
    """(file, its text with the weights that are suggested, a note on each)."""
    table = weights(rules)
    text, notes = _text(rules, WEIGHTS), []
    suggested = dict(table.of)
    for name, value in fitted(pairs, table.of).items():
        rests = sorted({p.decision for p in pairs if p.evidence.get(name)})
        new = round(value / STEP) * STEP
        line = re.compile(rf"^(  {re.escape(name)}: \{{w: )-?[\d.]+", re.MULTILINE)
        if len(rests) >= least and abs(new - table.of[name]) >= STEP and line.search(text):
            text = line.sub(rf"\g<1>{new}", text, count=1)
            suggested[name] = new
            shown = ", ".join(map(str, rests[:10])) + (", …" if len(rests) > 10 else "")
            notes.append(f"{name}: {table.of[name]:g} to {new:g}, by {len(rests)} decisions ({shown})")
    if notes:
        was, now = (100 * right(pairs, of, table.link) for of in (table.of, suggested))
        notes.append(
            f"a pair alone is then joined or kept apart as decided in {now:.0f} % of the cases ({was:.0f} % now)"
        )
    return WEIGHTS, text, notes


def _words(known: _Claims, held: Iterable[Decision]) -> dict[str, dict[str, list[int]]]:
    """By printed word: the units that people said it is, with the decisions."""
    out: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for entry in held:
        if entry.kind == "wrong-reading" and entry.detail["field"] == "unit" and entry.detail["value"]:
            found = known.of(entry.detail["fingerprint"])
            word = None if found is None else _word(found[1].text)
            if word is not None:
                out[word][entry.detail["value"]].append(entry.id)
    return out


def _word(text: str | None) -> str | None:
    """What stands behind the number of a quantity, where it is one to three words."""
    number = _NUMBER.match(text or "")
    rest = (text or "")[number.end() :].strip().casefold() if number else ""
    return rest if re.fullmatch(r"[^\W\d_]+(?: [^\W\d_]+){0,2}", rest) else None


def _units(words: Mapping[str, Mapping[str, list[int]]], rules: Rulebook) -> tuple[str, str, list[str]]:
    """(file, its text with the words that are suggested, a note on each)."""
    text, notes = _text(rules, UNITS), []
    taken = {word for entry in rules.load(UNITS).values() for word in entry.get("words", ())}
    for word, units in sorted(words.items()):
        if len(units) != 1 or word in taken:  # people disagree, or the word is known and something else was wrong
            continue
        ((unit, rests),) = units.items()
        line = re.compile(rf"^({re.escape(unit)}: \{{.*\bwords: \[[^\]\n]*)\]", re.MULTILINE)
        if len(rests) >= WORDS and dimension(unit) is not None and line.search(text):
            text = line.sub(rf"\g<1>, {word}]", text, count=1)
            notes.append(f"“{word}” as {unit}, by {len(rests)} decisions ({', '.join(map(str, rests))})")
    return UNITS, text, notes


def _text(rules: Rulebook, name: str) -> str:
    path = next(folder / name for folder in rules.folders if (Path(folder) / name).is_file())
    return path.read_text(encoding="utf-8")
