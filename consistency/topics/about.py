"""What a document is about, as sets: what topic scoring looks at beside a claim, worked out once a document."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

import msgspec

from consistency.model import Extraction
from consistency.topics.passages import is_field
from consistency.topics.telling import lone_sorts, value_key
from consistency.topics.vocabulary import Vocabulary, name_key

_WEEK = 7


class Story(msgspec.Struct, frozen=True, gc=False):
    """What the documents of one story name between them. id: the source that stands for it."""

    id: str
    days: frozenset[int]
    places: frozenset[str]


class Document(msgspec.Struct, frozen=True, gc=False):
    """What a source is about, as sets of name keys; places come most prominent first, days are ordinals.

    broad: it is about a country or a part of the world first of all, not about a town. table: a list of fields. firsts:
    the words that names of several begin with. numbers: those that few texts share by chance. lone: the sorts of
    number that it has one of. story: the one it tells with other documents, if it does. many: it tells of so many
    happenings (a round-up, a chronicle) that what it names says nothing of any one: all but `kinds` is empty then."""

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
    many: bool = False


@lru_cache(maxsize=1 << 16)
def one_set(words: frozenset[str]) -> frozenset[str]:
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
    if _is_roundup(extraction, kinds, known):
        return _roundup(context.source, day(context.published), kinds)
    places = tuple(k for k, kind in kinds.items() if kind == "place")
    classes = {k: known.class_of(k, kind) for k, kind in kinds.items()}
    persons = [k for k, kind in kinds.items() if kind == "person" and classes[k] in ("person", "surname")]
    days = frozenset(d for d in map(day, context.days) if d is not None)
    return Document(
        source=context.source,
        published=day(context.published),
        places=places,
        towns=one_set(frozenset(k for k in places if classes[k] == "place")),
        streets=one_set(frozenset(k for k in places if classes[k] == "street")),
        cities=one_set(frozenset(k for k in places if classes[k] == "city")),
        wide=one_set(frozenset(k for k in places if classes[k] in ("state", "country"))),
        persons=one_set(frozenset(k for k in persons if " " in k)),
        surnames=one_set(frozenset(k.rsplit(" ", 1)[-1] for k in persons)),
        names=one_set(frozenset(k for k in kinds if classes[k] in ("strong", "word"))),
        institutions=one_set(frozenset(k for k in kinds if classes[k] == "institution")),
        days=days,
        terms=one_set(frozenset(t for t in context.terms if t not in known.common_terms and len(t) > 2)),
        kinds=kinds,
        subject=places[0] if places else None,
        table=_is_table(extraction),
        broad=bool(places) and classes[places[0]] in ("country", "region"),
        firsts=one_set(first_words(kinds)),
        numbers=one_set(frozenset(found[0] for c in extraction.claims if (found := value_key(c)) is not None)),
        lone=one_set(lone_sorts(extraction.claims, known)),
    )


def _is_roundup(extraction: Extraction, kinds: Mapping[str, str], known: Vocabulary) -> bool:
    """Whether the sentences of a text date incidents of several days in several towns."""
    days: set[object] = set()
    towns: set[frozenset[str]] = set()
    for claim in extraction.claims:
        if claim.kind != "date" or claim.value is None or claim.measure.relation not in known.incident:
            continue
        names = map(name_key, claim.measure.entities)
        here = frozenset(n for n in names if known.class_of(n, kinds.get(n, "other")) in ("place", "city"))
        if here:
            days.add(claim.value.low)
            towns.add(here)
    return min(len(days), len(towns)) >= known.round_up


def _roundup(source: str, published: int | None, kinds: dict[str, str]) -> Document:
    none: frozenset[str] = frozenset()
    return Document(
        source=source,
        published=published,
        places=(),
        towns=none,
        streets=none,
        cities=none,
        wide=none,
        persons=none,
        surnames=none,
        names=none,
        institutions=none,
        days=frozenset(),
        terms=none,
        kinds=kinds,
        subject=None,
        broad=False,
        table=False,
        many=True,
    )


def first_words(names: Mapping[str, str]) -> frozenset[str]:
    """By what a place, a body or a thing may be called for short ("Nambare Dam", "Nambare")."""
    return frozenset(n.partition(" ")[0] for n, kind in names.items() if " " in n and kind not in ("person", "surname"))


def _is_table(extraction: Extraction) -> bool:
    """Whether a document is mostly "Field: value" lines: then all of them are about its subject."""
    sentences = {c.sentence.start: c.sentence.text for c in extraction.claims if c.sentence}
    return len(sentences) >= 3 and sum(map(is_field, sentences.values())) >= 0.6 * len(sentences)
