"""What each level of the cascade matched, sentence by sentence: to find which word or rule made a wrong reading.

The levels and their files: tokens, times (times_grammar, families named there), quantities, names (entities), reports
(frames), quotes, lists, stances (attribution), verbs (clauses), claims (measures: the reading each rests on).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence

from consistency.extraction import calendar as cal
from consistency.extraction.claims import extract_document
from consistency.extraction.clauses import Clauses, VerbGroup, find_clauses
from consistency.extraction.document import Document, parse
from consistency.extraction.frames import Frame, find_frames
from consistency.extraction.measures import read_measure
from consistency.extraction.reader import Reader
from consistency.extraction.spans import ListMark, Mention, Quantity, QuoteMark, Stance, Timex
from consistency.extraction.stretches import Stretches
from consistency.extraction.times_context import Doc
from consistency.extraction.times_grammar import grammar
from consistency.extraction.times_words import words
from consistency.extraction.tokens import Tokens
from consistency.model import Claim, Source, Value

_LABEL = 12  # columns of the names of the levels


def trace(source: Source, width: int = 110) -> list[str]:
    """The levels of every sentence of a source as lines of text, at most about `width` columns where words allow.

    Below the tokens stand their class letters (`rules/lexicon/grammar.yaml`), after times, numbers and names took
    theirs: what the clause grammar reads. Pure, as `extract`; never raises for any text.
    """
    return list(_Tracer(parse(source), width).lines())


class _Tracer:
    def __init__(self, doc: Document, width: int) -> None:
        self.doc = doc
        self.tokens: Tokens = doc.tokens
        self.width = max(40, width)
        self.clauses: Clauses = find_clauses(doc.tokens, doc.quantities, doc.times, doc.mentions)
        self.frames: list[Frame] = find_frames(Reader(doc.tokens, doc.mentions, doc.times))
        self.stretches = Stretches(doc)
        self.calendar = Doc(doc.tokens, cal.parse_day(doc.source.published))
        self.quantities: dict[int, list[Quantity]] = {}
        for q in doc.quantities:
            self.quantities.setdefault(doc.tokens.sentence_of(q.first), []).append(q)
        self.names = {letter: name for name, letter in words().letters.items()}

    def lines(self) -> Iterator[str]:
        doc = self.doc
        levels: list[tuple[str, dict[int, list[str]]]] = [
            ("times", self._by(doc.times, self._time)),
            ("quantities", self._by(doc.quantities, self._quantity)),
            ("names", self._by(doc.mentions, self._mention)),
            ("reports", self._by(self.frames, self._frame)),
            ("quotes", self._by(doc.quotes, self._quote)),
            ("indirect", self._by(doc.indirect, self._quote)),
            ("lists", self._by(doc.lists, self._list)),
            ("stances", self._by(doc.stances, self._stance)),
            ("verbs", self._by(self.clauses.groups, self._group)),
            ("claims", self._claims()),
        ]
        for number, (first, stop, start, end) in enumerate(self.tokens.sentences):
            yield f"sentence {number + 1}, characters {start} to {end}"
            yield from self._grid(first, stop)
            for name, rows in levels:
                label = name
                for row in rows.get(number, ()):
                    yield f"  {label:{_LABEL}}{row}"
                    label = ""
            yield ""

    def _by(self, marks: Iterable[object], describe: Callable[..., str]) -> dict[int, list[str]]:
        out: dict[int, list[str]] = {}
        for mark in marks:
            out.setdefault(self.tokens.sentence_of(mark.first), []).append(describe(mark))  # type: ignore[attr-defined]
        return out

    def _grid(self, first: int, stop: int) -> Iterator[str]:
        """Tokens with their class letters below, in rows."""
        row: list[tuple[str, str]] = []
        used = 0
        for i in range(first, stop):
            word = self.tokens.words[i]
            if row and used + len(word) + 1 > self.width - _LABEL:
                yield from _pair(row)
                row, used = [], 0
            row.append((word, self.clauses.tags[i]))
            used += len(word) + 1
        if row:
            yield from _pair(row)

    def _words(self, span: tuple[int, int] | None) -> str:
        if span is None or span[0] >= span[1]:
            return "nothing"
        start, end = self.tokens.span(*span)
        return _quoted(self.tokens.text[start:end])

    def _time(self, t: Timex) -> str:
        doc = self.calendar
        matcher = grammar().within(doc.cls)
        family = "unknown"
        for m in grammar().starts.finditer(doc.cls, t.first, min(len(doc.cls), t.last + 8)):
            found = matcher.at(m.start()) if m.start() < t.last else None
            if found is not None:
                family = found[0]
                break
        classes = " ".join(self.names.get(c, "-") for c in doc.cls[t.first : t.last])
        days = f", {t.from_} to {t.to}" if t.from_ else ""
        role = f", role {t.role}" if t.role else ""
        return f"{_quoted(t.text)} {t.type} {t.value}{days}, {t.basis}{role}; family {family} of {classes}"

    def _quantity(self, q: Quantity) -> str:
        parts = [q.kind, say_value(q.value)]
        parts += [f"{name} {value}" for name, value in (("unit", q.unit), ("per", q.per), ("rank", q.rank)) if value]
        if q.aspect != "level":
            parts.append(f"{q.aspect} {q.trend or ''}".strip())
        if q.noun:
            parts.append(f"counts {self._words(q.noun)}")
        parts += [f"or {say_value(v)}" for v in q.readings]
        return f"{_quoted(q.text)} {', '.join(parts)}; number {self._words(q.number)}"

    def _mention(self, m: Mention) -> str:
        signs = [sign for sign, on in (("known", m.known), ("adjective", m.demonym), ("points back", m.anaphor)) if on]
        return f"{_quoted(m.text)} {m.kind} {m.name}" + (f" ({', '.join(signs)})" if signs else "")

    def _frame(self, f: Frame) -> str:
        content = ", ".join(self._words(span) for span in f.content) or "nothing"
        by = f", subject {self._words(f.subject)}" if f.subject else ""
        return f"{self._words((f.first, f.last))} {f.order}{by}, speaker {f.speaker or 'nobody named'}: {content}"

    def _quote(self, q: QuoteMark) -> str:
        return f"{_quoted(q.words)} by {q.speaker or 'nobody named'}"

    def _list(self, mark: ListMark) -> str:
        complete = {True: "complete", False: "open", None: "perhaps complete"}[mark.complete]
        head = f", of {self._words(mark.head)}" if mark.head else ""
        return f"{' | '.join(mark.items)}; {complete}{head}"

    def _stance(self, s: Stance) -> str:
        parts = [s.modality]
        parts += [f"by {s.speaker}"] if s.speaker else []
        parts += [f"standing {s.standing}"] if s.standing else []
        parts += ["superseded"] if s.superseded else []
        return f"{self._words((s.first, s.last))} {', '.join(parts)}"

    def _group(self, g: VerbGroup) -> str:
        signs = [sign for sign, on in (("passive", g.passive), ("gerund", g.gerund), ("future", g.future)) if on]
        return f"{self._words((g.first, g.last))} {g.base}: {g.relation}" + (f" ({', '.join(signs)})" if signs else "")

    def _claims(self) -> dict[int, list[str]]:
        readings: dict[tuple[int, int], Quantity] = {}
        for q in self.doc.quantities:
            readings.setdefault((q.start, q.end), q)
        starts = [low for _, _, low, _ in self.tokens.sentences]
        number = {start: k for k, start in enumerate(starts)}
        out: dict[int, list[str]] = {}
        places: dict[str, int] = {}
        for claim in extract_document(self.doc).claims:
            if claim.derived is None:
                at = number.get(claim.sentence.start if claim.sentence else 0, 0)
            else:  # of what it rests on
                at = places.get(claim.derived.from_[0], 0)
            places[claim.id] = at
            out.setdefault(at, []).append(self._claim(claim, at))
        return out

    def _claim(self, claim: Claim, number: int) -> str:
        m, p = claim.measure, claim.period
        parts = [f"{m.noun or 'no noun'}/{m.relation or 'no relation'}"]
        parts += [self._reading(claim, number)] if claim.kind not in ("list", "quote", "date") else []
        parts += [f"period {p.from_} to {p.to} ({p.basis})"] if p.from_ else []
        parts += [f"of {', '.join(m.entities)}"] if m.entities else []
        parts += [f"scope {', '.join(claim.scope)}"] if claim.scope else []
        parts += [f"terms {' '.join(m.terms)}"] if m.terms else []
        told = f"{claim.modality} by {claim.speaker}" if claim.speaker else claim.modality
        return f"{_quoted(claim.text or '')} {claim.kind}: {'; '.join(parts)}; {told}; confidence {claim.confidence}"

    def _reading(self, claim: Claim, number: int) -> str:
        """How the measure of a quantity's claim was read, and from what."""
        if claim.derived is not None:
            return f"told by {' and '.join(claim.derived.from_)}"
        first, stop, _, _ = self.tokens.sentences[number]
        beside = self.quantities.get(number, [])
        low, high = claim.start or 0, claim.end or 0
        inside = [q for q in beside[bisect_left(beside, low, key=lambda q: q.start) :][:2] if q.start < high]
        inside = [q for q in inside if q.value == claim.value]
        if not inside:
            return "read as given"
        tie = self.stretches.at(first).ties.get(inside[0].first)
        reading = read_measure(self.clauses, inside[0], first, stop, tie.leader if tie else None)
        verb = f", verb {self._words((reading.group.first, reading.group.last))}" if reading.group else ""
        of = f", said of {self._words(reading.subject)}" if reading.subject else ""
        return f"read as {reading.how}{verb}{of}"


def say_value(value: Value) -> str:
    """An interval in the notation of mathematics, with its hedge: "[6, 6] exact", "(5, …) more-than"."""
    low = "…" if value.low is None else value.low
    high = "…" if value.high is None else value.high
    opening = "(" if value.low_open or value.low is None else "["
    closing = ")" if value.high_open or value.high is None else "]"
    return f"{opening}{low}, {high}{closing} {value.hedge}"


def _quoted(text: str) -> str:
    return '"' + " ".join(text.split()) + '"'


def _pair(row: Sequence[tuple[str, str]]) -> Iterator[str]:
    yield f"  {'tokens':{_LABEL}}" + " ".join(word for word, _ in row).rstrip()
    yield f"  {'classes':{_LABEL}}" + " ".join(f"{letter:{len(word)}}" for word, letter in row).rstrip()
