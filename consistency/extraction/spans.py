"""What the levels of the cascade hand to each other: marked stretches of a token list.

`first`/`last` are token indices (`last` exclusive), `start`/`end` character offsets (`end` exclusive).
"""

from __future__ import annotations

import msgspec

from consistency.model import Value


class Mark(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """A marked stretch of text."""

    first: int
    last: int
    start: int
    end: int


class Timex(Mark, frozen=True, kw_only=True):
    """A time expression in TIMEX3 terms (TimeML 1.2.1), grounded where it can be.

    type: DATE | TIME | DURATION | SET. value: TIMEX3 notation. from_/to: ISO days it spans, both inclusive, or None.
    granularity: day | week | month | quarter | half | year | decade | century | range | None.
    basis: stated | relative (resolved from the publication date) | inferred (a part was guessed) | none.
    role: what the words before it make of it: "in", "by", "since", "until", "as-of", "before", "after", "during",
    "each" ("three years in a row": from_/to span all of them) or None. anchored: whether from_/to depend on the
    publication date at all.
    """

    text: str
    type: str
    value: str
    from_: str | None = None
    to: str | None = None
    granularity: str | None = None
    basis: str = "stated"
    role: str | None = None
    anchored: bool = False


class Quantity(Mark, frozen=True, kw_only=True):
    """A number with its hedge and unit.

    kind: count | money | measure | percent | fraction | multiple | ordinal | rank. unit: ISO 4217 code, pint's
    canonical name, or the lemma of the counted noun; None for a bare number. per: the denominator of a rate.
    dimension: "count", "money", "percent", "ordinal" or pint's ("length", "mass", "time", …).
    aspect: level | change | multiple | cumulative.
    noun: token span of the noun phrase that is counted (its modifiers included, the number not), if any.
    number: token span of the number alone. rank: the order word of a rank ("largest"), else None.
    """

    text: str
    kind: str
    value: Value
    trend: str | None = None
    unit: str | None = None
    per: str | None = None
    dimension: str | None = None
    aspect: str = "level"
    noun: tuple[int, int] | None = None
    number: tuple[int, int] = (0, 0)
    rank: str | None = None
    readings: tuple[Value, ...] = ()


class Mention(Mark, frozen=True, kw_only=True):
    """A named entity. kind: place | group | organisation | person | initiative | event | product | other.

    name: canonical ("Belt and Road Initiative" for "BRI"). demonym: whether the words are an adjective of it.
    known: from the gazetteer (true) or by capitalisation alone. anaphor: words that point back ("the region", "there");
    not known where they stand for a subject ("it", "her", "the film").
    """

    text: str
    name: str
    kind: str
    demonym: bool = False
    known: bool = False
    anaphor: bool = False


class ListMark(Mark, frozen=True, kw_only=True):
    """An enumeration. items: canonical names in order; spans: token spans of the items.

    complete: False after "including", "such as", "among them"; None where the words leave it open; True otherwise.
    head: token span of the noun phrase it enumerates ("five programs on …"), if any; link: the words between.
    """

    items: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    complete: bool | None
    head: tuple[int, int] | None = None
    link: str | None = None


class QuoteMark(Mark, frozen=True, kw_only=True):
    """Words in quotation marks. `first`/`last` are inside the marks; speaker: resolved to a name where possible."""

    words: str
    speaker: str | None = None


class Stance(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """Who says a stretch of a sentence and how firmly.

    modality: asserted | reported | forecast | target | denied | hypothetical; `first`/`last`: the tokens it covers.
    standing: None, or "anonymous" | "caller" | "rumour" for a speaker whose word weighs less.
    superseded: the text itself calls the statement corrected or out of date.
    """

    first: int
    last: int
    modality: str
    speaker: str | None = None
    standing: str | None = None
    superseded: bool = False
