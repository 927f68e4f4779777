"""The records that travel between the stages. All are frozen; a stage takes some and returns others.

Field names are a published contract (they are the JSON of `consistency claims` and `consistency check`).
Offsets are `str` indices into `Source.text`, `end` exclusive. Dates are ISO 8601 strings (`YYYY-MM-DD`).
Numbers are `int` where the printed amount is whole, else `float`; an open end is `None`.
"""

from __future__ import annotations

from typing import Any

import msgspec

from consistency import hooks

Number = int | float


class Record(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Base of all records."""

    def to_dict(self) -> dict[str, Any]:
        """The record as JSON-ready builtins."""
        out: dict[str, Any] = msgspec.to_builtins(self)
        return out


# ---------------------------------------------------------------------------------------------------- sources
class Zone(Record, frozen=True):
    """A stretch of a text and its role. kind: title | lead | body | caption | related | boilerplate."""

    start: int
    end: int
    kind: str


class Layout(Record, frozen=True):
    """How offsets of a text map to the file on disk.

    kind: "text" (the file is the text; `first_line` is the file line of offset 0), "line" (the whole text sits on line
    `first_line`, as in JSONL), "pages" (PDF: `pages` holds the start offset of each page), "blocks" (a web page:
    `blocks` holds the start offset of each paragraph and the file line it begins on) or "none".
    """

    kind: str = "none"
    first_line: int = 1
    pages: tuple[int, ...] = ()
    blocks: tuple[tuple[int, int], ...] = ()


class Source(Record, frozen=True):
    """One document. published_basis: metadata | dateline | text | filename | inferred (its year was assumed) | none."""

    text: str
    id: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    published_basis: str = "none"
    url: str | None = None
    author: str | None = None
    language: str | None = None
    sha256: str = ""
    path: str | None = None
    zones: tuple[Zone, ...] = ()
    layout: Layout = Layout()


class Skipped(Record, frozen=True):
    """A source that was named or found but not processed, and why.

    source, line: what was left out; reason: why; minor: nothing is broken and nobody named it (another language or type
    among others found, or a text read already).
    """

    source: str
    reason: str
    line: int | None = None
    minor: bool = False


# ---------------------------------------------------------------------------------------------------- claims
class Location(Record, frozen=True):
    """A place in the file as it stands on disk, 1-based; None where the file has no such thing.

    path: the file, as it was named; line, column: where it begins; end_line, end_column: where it ends; page: of a PDF.
    """

    path: str | None = None
    line: int | None = None
    column: int | None = None
    end_line: int | None = None
    end_column: int | None = None
    page: int | None = None


class Sentence(Record, frozen=True):
    """The sentence a claim stands in.

    text: its words; start, end: offsets into the text of the source.
    """

    text: str
    start: int
    end: int


class Value(Record, frozen=True):
    """An interval read from print.

    hedge: exact | about | more-than | at-least | less-than | at-most | nearly | between | order.
    low, high: ends of the interval the printed words allow (dates: ISO strings), None where it is open;
    low_open, high_open: whether the end itself is excluded.
    point: the printed number, None for a range. step: place value of the last printed significant digit
    (1e8 for "518.4 billion"), None where the number is exact or not decimal.
    """

    low: int | float | str | None
    high: int | float | str | None
    low_open: bool = False
    high_open: bool = False
    point: int | float | str | None = None
    hedge: str = "exact"
    step: int | float | None = None


class Period(Record, frozen=True, rename={"from_": "from"}):
    """A stretch of days.

    from, to: its first and last day, ISO; basis: stated | relative | published | inferred | none; text: the printed
    words; granularity: day | week | month | quarter | half | year | decade | century | range | None.
    """

    from_: str | None = None
    to: str | None = None
    granularity: str | None = None
    basis: str = "none"
    text: str | None = None


class Measure(Record, frozen=True):
    """What is counted, in which role.

    noun: what is counted; relation: the verb, as its lemma;
    terms: lower-case content lemmas of the sentence; entities: canonical names.
    """

    noun: str | None = None
    relation: str | None = None
    terms: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()


class Quote(Record, frozen=True):
    """Words in quotation marks.

    words: as printed; speaker: who said them; occasion: the event they were said at, as far as the text tells.
    """

    words: str
    speaker: str | None = None
    occasion: str | None = None


class Rank(Record, frozen=True):
    """order: "largest", "latest", "first"…; of: what is ranked ("trading partner")."""

    order: str
    of: str | None = None


class Derived(Record, frozen=True):
    """Lineage of a claim made by arithmetic.

    rule: its id; from: the ids of the claims it rests on; steps: the sum in words.
    """

    rule: str
    from_: tuple[str, ...] = msgspec.field(name="from", default=())
    steps: tuple[str, ...] = ()


class Claim(Record, frozen=True):
    """One statement of a source that can be compared. All is told in docs/records.md.

    id: unique in a report; fingerprint: of its content, the same wherever the text stands; source: the source's id;
    kind: count | money | measure | percent | fraction | multiple | ordinal | rank | date | list | quote;
    text: the printed words; start, end: their offsets into the text of the source; sentence: the one they stand in;
    location: where that is in the file; zone: title | lead | body | caption | related | boilerplate;
    value: what the words say, as an interval; aspect: level | change | multiple | cumulative; trend: up | down;
    unit: ISO 4217 code of money, name of a physical unit, noun of a count; per: what a rate is for each of;
    dimension: what the unit measures; items: of a list, canonical names in order; complete: whether a list names all;
    quote: of a quote; rank: of a rank; period: when it happened or ran; as_of: when a level held, or the speaker knew
    it; measure: what is counted; scope: places and groups that bound what is counted;
    modality: asserted | reported | forecast | target | denied | hypothetical; speaker: whose word it is;
    standing: None, or "anonymous" | "caller" | "rumour" for a speaker whose word weighs less; superseded: the text
    itself calls the statement corrected or out of date; corrected: the fields whose reading a person corrected; basis:
    of each facet stated | inherited | inferred | missing;
    derived: how it was worked out, where it is not printed; readings: other values the words allow; confidence: 0 to 1.
    """

    id: str
    fingerprint: str
    source: str
    kind: str
    text: str | None
    start: int | None
    end: int | None
    sentence: Sentence | None
    location: Location | None
    zone: str
    value: Value | None
    aspect: str = "level"
    trend: str | None = None
    unit: str | None = None
    per: str | None = None
    dimension: str | None = None
    items: tuple[str, ...] | None = None
    complete: bool | None = None
    quote: Quote | None = None
    rank: Rank | None = None
    period: Period = Period()
    as_of: Period = Period()
    measure: Measure = Measure()
    scope: tuple[str, ...] = ()
    modality: str = "asserted"
    speaker: str | None = None
    standing: str | None = None
    superseded: bool = False
    corrected: tuple[str, ...] = ()
    basis: dict[str, str] = {}
    derived: Derived | None = None
    readings: tuple[Value, ...] = ()
    confidence: float = 1.0


class Context(Record, frozen=True):
    """What a whole document is about: the background its sentences leave unsaid.

    Canonical names, most prominent first (title and lead weigh most). `days` are the ISO days the lead speaks of.
    """

    source: str
    publisher: str | None = None
    published: str | None = None
    published_basis: str = "none"
    places: tuple[str, ...] = ()
    persons: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    days: tuple[str, ...] = ()


class Extraction(Record, frozen=True):
    """All that later stages need of one source; small enough to cache and to send to another process.

    dropped: fingerprints of what a person said is no claim."""

    source: str
    context: Context
    claims: tuple[Claim, ...] = ()
    sentences: int = 0
    quantities: int = 0
    dropped: tuple[str, ...] = ()


# ---------------------------------------------------------------------------------------------------- topics
class Evidence(Record, frozen=True):
    """One reason for or against two claims being about the same thing.

    name: of the weight; weight: Fellegi-Sunter, log2; detail: what it rests on.
    """

    name: str
    weight: float
    detail: str


class Link(Record, frozen=True):
    """Two claims that were compared for topic.

    a, b: their ids; score: the sum of the weights; evidence: every weight that went into it.
    """

    a: str
    b: str
    score: float
    evidence: tuple[Evidence, ...]


class Topic(Record, frozen=True):
    """Claims about one measure.

    id: unique in a report; title: in words; claims: their ids; profile: how the measure lives in time;
    positions: groups of claim ids that say the same (filled in by the judge); curated: the id of the desk's topic it
    is; links: pairs that tie it together.
    """

    id: str
    title: str
    claims: tuple[str, ...]
    profile: str | None = None
    positions: tuple[tuple[str, ...], ...] = ()
    curated: str | None = None
    links: tuple[Link, ...] = ()


class Origins(Record, frozen=True):
    """Which claims stem from one passage. `of`: claim id -> origin id (the id of the claim first published).

    copied: pairs of claim ids (earlier first) that stand at the same place of two near-identical passages of different
    sources, whatever their values; repeats: claim ids that repeat an earlier passage of their own source; editions:
    pairs of sources that are one text, filled in anew for another day or thing.
    """

    of: dict[str, str] = {}
    copied: tuple[tuple[str, str], ...] = ()
    repeats: tuple[str, ...] = ()
    editions: tuple[tuple[str, str], ...] = ()


class Clustering(Record, frozen=True):
    """The outcome of the topic stage. blocks: how many blocks were compared; capped: keys of blocks over the cap."""

    topics: tuple[Topic, ...]
    origins: Origins
    pairs_scored: int = 0
    capped: tuple[str, ...] = ()


# ---------------------------------------------------------------------------------------------------- findings
class Finding(Record, frozen=True):
    """How two positions relate, or the agreement inside one.

    id: stable while the earliest claim of each side is there; topic: its id;
    outcome: agreement | time-explained | scope-explained | attribution | possible-contradiction | contradiction;
    reason: short name of why; rule: id of the row of the table or the rule of arithmetic; severity: error | warning |
    note; claims: ids of both sides; sides: the ids of each; facts: of the pair, as the table saw them; message: one
    sentence; why: the steps that led here; notes: other facets that differ; reconcile: what would make them agree;
    confidence: 0 to 1; same_origin: whether both sides stem from one text.
    """

    id: str
    topic: str
    outcome: str
    reason: str
    rule: str
    severity: str
    claims: tuple[str, ...]
    sides: tuple[tuple[str, ...], ...]
    facts: dict[str, str]
    message: str
    why: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    reconcile: tuple[str, ...] = ()
    confidence: float = 1.0
    same_origin: bool = False


class Judgement(Record, frozen=True):
    """The outcome of the judging stage: topics with positions, findings (worst first), derived claims, and what was
    not compared."""

    topics: tuple[Topic, ...]
    findings: tuple[Finding, ...]
    derived: tuple[Claim, ...] = ()
    courses: tuple[Course, ...] = ()
    pairs_compared: int = 0
    not_comparable: dict[str, int] = {}


class CoursePoint(Record, frozen=True):
    """The value a topic had over a stretch of time, as far as the claims that can stand together say.

    from, to: the stretch, ISO days; low, high: the interval; claims: ids of those that say so.
    """

    from_: str | None = msgspec.field(name="from")
    to: str | None
    low: int | float | None
    high: int | float | None
    claims: tuple[str, ...]


class Course(Record, frozen=True):
    """The largest set of a topic's claims that can stand together, as a line over time.

    topic: its id; points: in order of time; outliers: ids of the claims that do not fit.
    """

    topic: str
    points: tuple[CoursePoint, ...]
    outliers: tuple[str, ...] = ()


class SourceInfo(Record, frozen=True):
    """A source as the report lists it.

    id: unique in a report; title, publisher, language: as read; published: ISO day; published_basis: metadata |
    dateline | text | filename | inferred | none; sha256: of the text; path: the file; url: where it says it stands.
    """

    id: str
    title: str | None
    publisher: str | None
    published: str | None
    published_basis: str
    language: str | None
    sha256: str
    path: str | None
    url: str | None = None


class Against(Record, frozen=True):
    """How much was held against what.

    new: how many sources were new; known: how many were known already; met: how many of the known ones have a claim in
    a topic with a new claim, or in a finding; hot: how many keys so many claims share that none was looked for by them
    (`topics.block_cap`). Only where there are such can a finding be missing that checking all together gives.
    sources: the ids of the new ones.
    """

    new: int = 0
    known: int = 0
    met: int = 0
    hot: int = 0
    sources: tuple[str, ...] = ()


class Coverage(Record, frozen=True):
    """What was read, what was compared and what was left out.

    sources, sentences, quantities, claims: how many were read; pairs_compared: how many pairs of claims;
    pairs_not_comparable: how many were set aside, by reason; skipped: sources that were left out;
    switched_off: findings that a severity of `off` took out of the report, by the setting that did; against: where new
    sources were held against known ones; the counts are then those of the new sources and of what they met;
    dropped: fingerprints of what people said is no claim, where there are such; capped: how many keys so many claims
    share that each was compared with its neighbours alone (`topics.block_cap`), where there are such; near_copy: how
    copied passages were found (`topics.near_copy`), where it was not by the exact index.
    """

    sources: int = 0
    sentences: int = 0
    quantities: int = 0
    claims: int = 0
    pairs_compared: int = 0
    pairs_not_comparable: dict[str, int] = {}
    skipped: tuple[Skipped, ...] = ()
    switched_off: dict[str, int] = {}
    against: Against | msgspec.UnsetType = msgspec.UNSET
    dropped: tuple[str, ...] | msgspec.UnsetType = msgspec.UNSET
    capped: int | msgspec.UnsetType = msgspec.UNSET
    near_copy: str | msgspec.UnsetType = msgspec.UNSET


class Acceptance(Record, frozen=True):
    """A finding somebody accepted, so that it does not count at the gate. It stays in the report.

    finding: its id; by: "baseline" | "suppression"; reason, author: as written there; date, expires: ISO days;
    place: the file it is written in, with the line where known ("suppressions.yaml:12").
    """

    finding: str
    by: str
    reason: str | None = None
    author: str | None = None
    date: str | None = None
    expires: str | None = None
    place: str | None = None


RECORDS = ("sources", "claims", "topics", "findings", "courses")
"""The fields of a report that grow with its sources."""


class Report(Record, frozen=True):
    """Everything one run found. `to_dict()` is the JSON of `consistency check --format json`.

    schema: name and version of this shape; sources: those read; claims: all claims; topics: what they are about;
    findings: how they relate, worst first; courses: values over time; coverage: what was read and left out;
    data: versions of what the verdicts rest on; rules: the `because` sentence of every rule that a finding rests
    on, by rule id. accepted: the findings that a baseline or a suppression accepts, in the order of the findings.
    unused: one sentence for each entry of those that met no finding or has run out.
    """

    schema: str = "consistency-report/1"
    sources: tuple[SourceInfo, ...] = ()
    claims: tuple[Claim, ...] = ()
    topics: tuple[Topic, ...] = ()
    findings: tuple[Finding, ...] = ()
    courses: tuple[Course, ...] = ()
    coverage: Coverage = Coverage()
    data: dict[str, str] = {}
    rules: dict[str, str] = {}
    accepted: tuple[Acceptance, ...] = ()
    unused: tuple[str, ...] = ()

    def _repr_html_(self) -> str | None:
        """What a notebook shows: a compact piece of HTML (IPython's rich display protocol)."""
        return None if hooks.page_fragment is None else hooks.page_fragment(self)
