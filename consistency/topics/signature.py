"""Claims to signatures: what topic scoring looks at, worked out once a claim and once a document."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import lru_cache

import msgspec

from consistency.model import Claim, Extraction
from consistency.topics.heads import subject_head
from consistency.topics.passages import CopyRules, field_label, is_field, read_passage
from consistency.topics.telling import group_of, lone_sorts, sort_of, value_key
from consistency.topics.vocabulary import Vocabulary, name_key

_TOP = 4
_WEEK = 7
_EVENT_DAYS = 31

SORT = {
    **dict.fromkeys(("person", "surname"), "person"),
    **dict.fromkeys(("strong", "word", "institution"), "body"),
    **dict.fromkeys(("place", "street", "city", "state", "country", "region"), "place"),
}
"""Which name classes answer the same question: who, which body, where."""

Rank = tuple[str, str, int, str]
"""The key claims are put in order by."""


class Story(msgspec.Struct, frozen=True, gc=False):
    """What the documents of one story name between them. id: the source that stands for it."""

    id: str
    days: frozenset[int]
    places: frozenset[str]


class Document(msgspec.Struct, frozen=True, gc=False):
    """What a source is about, as sets of name keys; places come most prominent first, days are ordinals.

    broad: it is about a country or a part of the world first of all, not about a town. table: a list of fields. firsts:
    the words that names of several begin with. numbers: those that few texts share by chance. lone: the sorts of
    number that it has one of. story: the one it tells with other documents, if it does."""

    source: str
    published: int | None
    places: tuple[str, ...]
    towns: frozenset[str]
    streets: frozenset[str]
    cities: frozenset[str]
    wide: frozenset[str]
    persons: frozenset[str]
    surnames: frozenset[str]
    names: frozenset[str]
    institutions: frozenset[str]
    days: frozenset[int]
    terms: frozenset[str]
    kinds: dict[str, str]
    subject: str | None
    broad: bool
    table: bool
    firsts: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    lone: frozenset[str] = frozenset()
    story: Story | None = None


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


@lru_cache(maxsize=1 << 16)
def _one(words: frozenset[str]) -> frozenset[str]:
    """The first of equal sets: most are empty, or those of the claim before."""
    return words


def day(text: str | None) -> int | None:
    """The ordinal of an ISO day, None if there is none."""
    if not text:
        return None
    try:
        return date.fromisoformat(text[:10]).toordinal()
    except ValueError:
        return None


def weeks_of(doc: Document) -> list[int]:
    """The weeks a document speaks of or was published in, each with the next, so that neighbours share one."""
    days = (*doc.days, *filter(None, (doc.published,)))
    return sorted({d // _WEEK + n for d in days for n in (0, 1)})


def read_document(extraction: Extraction, known: Vocabulary) -> Document:
    """A document's context as sets."""
    context = extraction.context
    kinds: dict[str, str] = {}
    for kind, names in (
        ("place", context.places),
        ("person", context.persons),
        ("organisation", context.organisations),
        ("other", context.others),
    ):
        for name in names:
            kinds.setdefault(name_key(name), kind)
    places = tuple(k for k, kind in kinds.items() if kind == "place")
    classes = {k: known.class_of(k, kind) for k, kind in kinds.items()}
    persons = [k for k, kind in kinds.items() if kind == "person" and classes[k] in ("person", "surname")]
    days = frozenset(d for d in map(day, context.days) if d is not None)
    return Document(
        source=context.source,
        published=day(context.published),
        places=places,
        towns=_one(frozenset(k for k in places if classes[k] == "place")),
        streets=_one(frozenset(k for k in places if classes[k] == "street")),
        cities=_one(frozenset(k for k in places if classes[k] == "city")),
        wide=_one(frozenset(k for k in places if classes[k] in ("state", "country"))),
        persons=_one(frozenset(k for k in persons if " " in k)),
        surnames=_one(frozenset(k.rsplit(" ", 1)[-1] for k in persons)),
        names=_one(frozenset(k for k in kinds if classes[k] in ("strong", "word"))),
        institutions=_one(frozenset(k for k in kinds if classes[k] == "institution")),
        days=days,
        terms=_one(frozenset(t for t in context.terms if t not in known.common_terms and len(t) > 2)),
        kinds=kinds,
        subject=places[0] if places else None,
        table=_is_table(extraction),
        broad=bool(places) and classes[places[0]] in ("country", "region"),
        firsts=_one(_first_words(kinds)),
        numbers=_one(frozenset(found[0] for c in extraction.claims if (found := value_key(c)) is not None)),
        lone=_one(lone_sorts(extraction.claims, known)),
    )


def _first_words(names: Mapping[str, str]) -> frozenset[str]:
    """By what a place, a body or a thing may be called for short ("Nambare Dam", "Nambare")."""
    return frozenset(n.partition(" ")[0] for n, kind in names.items() if " " in n and kind not in ("person", "surname"))


def _is_table(extraction: Extraction) -> bool:
    """Whether a document is mostly "Field: value" lines: then all of them are about its subject."""
    sentences = {c.sentence.start: c.sentence.text for c in extraction.claims if c.sentence}
    return len(sentences) >= 3 and sum(map(is_field, sentences.values())) >= 0.6 * len(sentences)


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
        firsts=_one(_first_words(names)),
        places=_one(frozenset(n for n, k in names.items() if k in ("place", "city", "country"))),
        persons=_one(frozenset(n for n, k in names.items() if k in ("person", "surname"))),
        bodies=_one(frozenset(n for n, k in names.items() if k == "strong")),
        regions=tuple(sorted(n for n, k in names.items() if k == "region")),
        sorts=_one(frozenset(SORT[k] for k in names.values())),
        stated=claim.basis.get("entities") != "inherited",
        scope=_one(frozenset(name_key(s) for s in claim.scope if s[:1] not in "+-")),
        terms=_one(terms),
        beside=_one(beside),
        label=_one(field_label(claim) if doc.table else frozenset()),
        items=_one(frozenset(map(name_key, claim.items or ()))),
        words=words,
        bag=_one(frozenset(words)),
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
    anchors = doc.days or (frozenset((doc.published,)) if doc.published else frozenset())
    home = doc.towns | doc.cities
    if doc.story:
        anchors, home = anchors | doc.story.days, home | doc.story.places
    if period and period[1] - period[0] > _EVENT_DAYS:
        return True  # a total over a season or a year
    if period and anchors and (period[1] < min(anchors) - 60 or period[0] > max(anchors) + 30):
        return True
    towns = {k for k, kind in names.items() if kind in ("city", "place") and doc.kinds.get(k, "place") == "place"}
    return bool(towns and home and not towns & home)


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
