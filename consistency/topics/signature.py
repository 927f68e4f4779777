"""Claims to signatures: what topic scoring looks at, worked out once a claim."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec

from consistency.model import Claim, Extraction
from consistency.topics.about import Document, day, first_words, one_set
from consistency.topics.heads import subject_head
from consistency.topics.passages import CopyRules, field_label, read_passage
from consistency.topics.telling import group_of, sort_of, value_key
from consistency.topics.vocabulary import Vocabulary, name_key

_TOP = 4
_EVENT_DAYS = 31

SORT = {
    **dict.fromkeys(("person", "surname"), "person"),
    **dict.fromkeys(("strong", "word", "institution"), "body"),
    **dict.fromkeys(("place", "street", "city", "state", "country", "region"), "place"),
}
"""Which name classes answer the same question: who, which body, where."""

Rank = tuple[str, str, int, str]
"""The key claims are put in order by."""


class Signature(msgspec.Struct, frozen=True, gc=False):
    """A claim as it is compared.

    group: kinds that can be one measure share it. nouns: the noun and what it is a kind of. names: name key -> class,
    of the names beside the number. stated: whether they stand in the sentence. beside: the words next to the number.
    label: the words of the label of a table line. head: those of the name that opens its sentence.
    value: what only equal numbers share, where few have it by chance; telling: it has three digits or more. alone: the
    only number of its sort in its text. event: the claim tells of a happening. away: it speaks of a time or
    place that is not its document's. words: of a quote; bag: each of them once.
    """

    index: int
    claim: Claim
    doc: Document
    group: str
    dimension: str | None
    noun: str | None
    nouns: tuple[str, ...]
    people: bool
    relation: str | None
    light: bool
    event: bool
    away: bool
    names: dict[str, str]
    firsts: frozenset[str]
    places: frozenset[str]
    persons: frozenset[str]
    bodies: frozenset[str]
    regions: tuple[str, ...]
    sorts: frozenset[str]
    stated: bool
    scope: frozenset[str]
    terms: frozenset[str]
    beside: frozenset[str]
    label: frozenset[str]
    items: frozenset[str]
    words: tuple[str, ...]
    bag: frozenset[str]
    speaker: str | None
    period: tuple[int, int] | None
    head: tuple[str, ...]
    value: str | None
    telling: bool
    alone: bool


def signatures(
    extractions: Sequence[Extraction],
    documents: Mapping[str, Document],
    known: Vocabulary,
    copies: CopyRules,
    some: Collection[str] | None = None,
) -> list[Signature]:
    """The signatures of all claims, in an order that does not depend on the order of the sources. some: the ids of
    those that are asked for, if not all are."""
    place = ranks(extractions)
    claims = sorted(
        (c for e in extractions for c in e.claims if some is None or c.id in some), key=lambda c: place[c.id]
    )
    return [signature(i, c, documents[c.source], known, copies) for i, c in enumerate(claims)]


def first_claim(extraction: Extraction) -> tuple[str, str, str]:
    """What puts a source before another: publication date, then content (not the name of a file), then id."""
    content = min((c.fingerprint for c in extraction.claims), default="")
    return extraction.context.published or "9999", content, extraction.source


def ranks(extractions: Sequence[Extraction]) -> dict[str, Rank]:
    """What "earlier" means: as for their sources, then place in the text, then id."""
    return {
        c.id: (published, first, c.start if c.start is not None else -1, c.id)
        for e in extractions
        for published, first, _ in (first_claim(e),)
        for c in e.claims
    }


def id_of(rank: Rank) -> str:
    """The id of the claim of a rank."""
    return rank[3]


def named_after(members: Iterable[Signature]) -> tuple[int, str, str]:
    """The day, the fingerprint and the kind of the claim that a topic has its id from: the earliest, so that it stays
    when sources elsewhere come or go."""
    return min((s.doc.published or 10**7, s.claim.fingerprint, s.claim.kind) for s in members)


def signature(index: int, claim: Claim, doc: Document, known: Vocabulary, copies: CopyRules) -> Signature:
    """The signature of one claim. index: its place among those it is compared with."""
    noun = known.noun(claim.measure.noun)
    if noun is None and claim.kind == "count" and claim.unit:
        noun = known.noun(claim.unit)
    nouns = known.kinds(noun) if noun else ()
    people = any(n in known.people for n in nouns)
    relation = claim.measure.relation
    light = relation is None or relation in known.light or (people and relation not in known.roles)
    names = {}
    life = claim.kind == "date" and relation in known.life and len(claim.measure.entities) == 1
    for name in claim.measure.entities:
        key = name_key(name)
        told = doc.kinds.get(key, "other")
        kind = known.class_of(key, "person" if life and told == "other" else told)
        if kind != "everywhere" and key != noun:
            names[key] = kind
    happens = relation in known.events or noun in known.apart or (people and light and "strong" not in names.values())
    event = happens and claim.per is None and not doc.table  # a rate, or a line of a table, is a level
    period = _period(claim)
    terms = frozenset(t for t in claim.measure.terms if t not in known.common_terms and len(t) > 2 and t != noun)
    words, beside = _words_beside(claim, copies)
    value = value_key(claim)
    return Signature(
        index=index,
        claim=claim,
        doc=doc,
        group=group_of(claim),
        dimension="share" if claim.kind in ("percent", "fraction") else claim.dimension,
        noun=noun,
        nouns=nouns,
        people=people,
        relation=relation,
        light=light,
        event=event,
        away=event and _is_away(names, period, doc),
        names=names,
        firsts=one_set(first_words(names)),
        places=one_set(frozenset(n for n, k in names.items() if k in ("place", "city", "country"))),
        persons=one_set(frozenset(n for n, k in names.items() if k in ("person", "surname"))),
        bodies=one_set(frozenset(n for n, k in names.items() if k == "strong")),
        regions=tuple(sorted(n for n, k in names.items() if k == "region")),
        sorts=one_set(frozenset(SORT[k] for k in names.values())),
        stated=claim.basis.get("entities") != "inherited",
        scope=one_set(frozenset(name_key(s) for s in claim.scope if s[:1] not in "+-")),
        terms=one_set(terms),
        beside=one_set(beside),
        label=one_set(field_label(claim) if doc.table else frozenset()),
        items=one_set(frozenset(map(name_key, claim.items or ()))),
        words=words,
        bag=one_set(frozenset(words)),
        speaker=name_key(claim.quote.speaker) if claim.quote and claim.quote.speaker else None,
        period=period,
        head=_head(claim, known),
        value=None if value is None else value[0],
        telling=value is not None and value[1],
        alone=not (people or noun in known.needs_name) and sort_of(claim, known) in doc.lone,
    )


def _head(claim: Claim, known: Vocabulary) -> tuple[str, ...]:
    """Whose number it is by the name that opens the sentence; not where somebody else is speaking, or in a headline."""
    if claim.sentence is None or claim.speaker or claim.zone == "title":
        return ()
    head = subject_head(claim.sentence.text, known.openers)
    start = (claim.start or 0) - claim.sentence.start
    return head if start > 0 else ()


def _period(claim: Claim) -> tuple[int, int] | None:
    """The first and last day of the claim's period, if the text gives one."""
    low, high = day(claim.period.from_), day(claim.period.to)
    if claim.period.basis in ("none", "published") or low is None or high is None:
        return None
    return low, high


def _is_away(names: dict[str, str], period: tuple[int, int] | None, doc: Document) -> bool:
    """Whether the sentence names a time or town that neither the document nor its story is about."""
    anchors, home = _anchors(doc), doc.towns | doc.cities
    if doc.story:
        anchors, home = anchors | doc.story.days, home | doc.story.places
    if _is_long(period):
        return True  # a total over a season or a year
    if period and anchors and (period[1] < min(anchors) - 60 or period[0] > max(anchors) + 30):
        return True
    towns = _towns(names, doc)
    return bool(towns and home and not towns & home)


def steady(s: Signature) -> bool:
    """Whether `away` is what it is whatever story the document, which has none yet, tells with others.

    A story adds days and towns. More of them can bring a claim home; they can turn one away only where the document
    has none of its own."""
    if not s.event or _is_long(s.period):
        return True
    unanchored = s.period is not None and not _anchors(s.doc)
    homeless = not (s.doc.towns or s.doc.cities) and bool(_towns(s.names, s.doc))
    return not (s.away or unanchored or homeless)


def _is_long(period: tuple[int, int] | None) -> bool:
    return period is not None and period[1] - period[0] > _EVENT_DAYS


def _anchors(doc: Document) -> frozenset[int]:
    """The days a document is about by itself."""
    return doc.days or (frozenset((doc.published,)) if doc.published else frozenset())


def _towns(names: dict[str, str], doc: Document) -> set[str]:
    return {k for k, kind in names.items() if kind in ("city", "place") and doc.kinds.get(k, "place") == "place"}


def _words_beside(claim: Claim, copies: CopyRules) -> tuple[tuple[str, ...], frozenset[str]]:
    """The masked words of a quote, and the telling words right before and after a claim's span."""
    if claim.quote is not None:
        return tuple(read_passage(claim.quote.words, copies)[0]), frozenset()
    if claim.sentence is None or claim.start is None or claim.end is None:
        return (), frozenset()
    text = claim.sentence.text
    low, high = claim.start - claim.sentence.start, claim.end - claim.sentence.start
    lead = text[:low] if low <= 60 else text[low - 60 : low].partition(" ")[2]
    before = read_passage(lead, copies)[0]
    after = read_passage(text[high : high + 60], copies)[0]
    near = [w for w in (*before[-_TOP:], *after[:_TOP]) if w not in copies.stop and len(w) > 1]
    return (), frozenset(near)
