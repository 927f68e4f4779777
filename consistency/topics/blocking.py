"""Which claims are compared at all: those that share a block."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise

import msgspec

from consistency.topics.about import weeks_of
from consistency.topics.settings import TopicSettings
from consistency.topics.signature import Signature
from consistency.topics.telling import AMOUNTS, VALUED
from consistency.topics.vocabulary import Vocabulary

_PLACES, _PERSONS, _NAMES, _TERMS = 3, 4, 4, 6
_FEW = 3
_WIDE = ("city", "state", "country", "region")
_PLACE = ("place", "street", "city")
_WORD = "word:"
_RARE = 60  # a word that more claims of one noun have tells nothing
_LONG = 5  # words of a run that tells even where many quotations have it


class Blocks(msgspec.Struct, frozen=True):
    """Who is compared with whom. members: of each block, in order; homes: claim -> its blocks; near: claim -> later
    claims it meets in blocks over the cap, whose keys are `capped`. size: one more than the largest index."""

    members: list[list[int]]
    homes: dict[int, list[int]]
    near: dict[int, list[int]]
    size: int
    capped: tuple[str, ...]

    def partners(self, claim: int) -> list[int]:
        """The later claims that a claim is compared with, each once, in order."""
        met = set(self.near.get(claim, ()))
        for home in self.homes.get(claim, ()):
            members = self.members[home]
            met.update(members[bisect_right(members, claim) :])
        return sorted(met)


def block(
    claims: Sequence[Signature],
    known: Vocabulary,
    settings: TopicSettings,
    size: int,
    placed: Collection[int] = (),
) -> Blocks:
    """Pairs of claims that share a kind, a dimension and a noun or relation, and a name or a telling word.

    claims: in the order of their indices. size: one more than the largest index. A block over the cap is put in order
    of its claims' other properties, and each claim meets its neighbours only. placed: claims that have their topic;
    they count, and meet nobody."""
    by_index = {s.index: s for s in claims}
    kinds: dict[str, list[Signature]] = defaultdict(list)
    for s in claims:
        kinds[base(s)].append(s)
    out: list[list[int]] = []
    homes: dict[int, list[int]] = defaultdict(list)
    near: dict[int, list[int]] = defaultdict(list)
    capped: list[str] = []
    for same in kinds.values():  # one after the other: the keys of all would fill the memory
        for key, members in _shared(same, known, settings.asked):
            many = len(members)
            if common_word(key, many):
                continue
            if placed:
                members = [i for i in members if i not in placed]
            if many > settings.block_cap:
                capped.append(key)
                members = sorted(members, key=lambda i: (nearness(by_index[i]), i))
                for a, b in _windowed(members, settings.window):
                    near[a].append(b)
                continue
            for i in members:
                homes[i].append(len(out))
            out.append(members)
    return Blocks(out, homes, near, size, tuple(sorted(capped)))


def _shared(claims: Sequence[Signature], known: Vocabulary, asked: bool) -> Iterable[tuple[str, list[int]]]:
    """The keys that several claims have, with their indices in order."""
    alone: dict[str, int] = {}
    blocks: dict[str, list[int]] = {}
    for s in claims:
        for key in keys(s, known, asked):
            if key in blocks:
                blocks[key].append(s.index)
            elif (first := alone.setdefault(key, s.index)) != s.index:
                blocks[key] = [first, s.index]
    return blocks.items()


def base(s: Signature) -> str:
    """What all keys of a claim begin with."""
    return f"{s.group}|{s.dimension}|{s.claim.aspect}"


def common_word(key: str, many: int) -> bool:
    """Whether a key that `many` claims have is a word that tells nothing: no claims are looked for by it."""
    most = telling(key)
    return most is not None and many > most


def telling(key: str) -> int | None:
    """How many claims may have a key that is a word before it tells nothing; None for any other key."""
    return _RARE if f"|{_WORD}" in key else None


def level(key: str, many: int, most: int) -> int:
    """0: claims are looked for by a key that `many` claims have; 1: it is a word that tells nothing; 2: too many."""
    return 2 if many > most else int(common_word(key, many))


def _windowed(members: Sequence[int], window: int) -> Iterator[tuple[int, int]]:
    for n, b in enumerate(members):
        for a in members[max(0, n - window) : n]:
            yield min(a, b), max(a, b)


def nearness(s: Signature) -> tuple[str, str, str, int]:
    """Claims of one event or subject come to lie side by side."""
    return (
        s.relation or "",
        min(s.names, default=""),
        s.doc.subject or "",
        min(s.doc.days, default=s.doc.published or 0),
    )


def keys(s: Signature, known: Vocabulary, asked: bool = False, alone: bool = False) -> set[str]:
    """The blocks a claim belongs to; one more, of its noun alone, where the caller asked for the comparison.

    alone: nothing is known of the other sources, so that these are the keys the claim may have among whatever others,
    but for those of the story its document may tell with them."""
    start = base(s)
    if s.group == "quote":
        told = [w for w in s.words if len(w) > 4]
        long = _runs(told, min(_LONG, len(told))) if len(told) > 2 else ()  # of what many said, this still tells
        return {f"{start}|{_WORD}{run}" for size in (2, 3) for run in _runs(told, size)} | {
            f"{start}|{r}" for r in long
        }
    head = s.nouns[-1] if s.nouns else "?"
    heads = [head]
    if s.group == "date" and s.relation in known.incident:
        heads = ["incident"]  # whatever was done in it, and to whom, it was on one day
    elif s.people and s.event:  # the role of people is their measure: the killed are never compared with the arrested
        heads = [f"{head}~{role}" for role in _roles(s, known)]
    anchors = set(_anchors(s, known, alone))
    out = {f"{start}|{name}|{anchor}" for name in heads for anchor in anchors}
    if s.value is not None:
        out |= {f"{start}|={s.value}|{anchor}" for anchor in anchors if not anchor.startswith(_WORD)}
    if s.doc.story and s.group in (*VALUED, "order") and s.noun not in known.needs_name:
        if not s.people:  # whatever its noun
            out.add(f"{start}|story:{s.doc.story.id}")
        elif s.noun not in known.generic:  # whatever their role
            out.add(f"{start}|{s.noun}|story:{s.doc.story.id}")
    if s.nouns and s.group in AMOUNTS and not s.event:
        out |= {f"{start}|?|{name}" for name, kind in s.names.items() if kind not in _WIDE}
    if asked:
        out.add(f"{start}|{head}")
    if s.relation and not s.light and not s.people:  # where the noun of one side was not read, the verb must do
        out |= {f"{start}|~{s.relation}|{name}" for name in (s.names if s.nouns else anchors)}
    return out


def _runs(words: Sequence[str], size: int) -> Iterable[str]:
    return map(" ".join, zip(*(words[i:] for i in range(size)), strict=False))


def _roles(s: Signature, known: Vocabulary) -> list[str]:
    """The roles that a count of people in an event is looked for by: its own, and those near it."""
    own = [] if s.light or s.relation is None else [s.relation, *sorted(known.near.get(s.relation, ()))]
    if s.noun in known.apart:  # the noun is the role
        return [*own, s.noun] if s.relation in known.held else [s.noun]
    return own or [""]


def _anchors(s: Signature, known: Vocabulary, alone: bool) -> Iterable[str]:
    """Names and words that a claim of the same thing is likely to share.

    A happening is never looked for by country alone.
    """
    doc = s.doc
    if doc.table and doc.subject:  # every line of a table is about its subject
        yield doc.subject
        return
    weeks, alone = _weeks(s, alone), alone and s.event
    bare = [] if s.event else weeks
    countries = []
    for name, kind in s.names.items():
        if kind in ("person", "surname"):
            yield name.rsplit(" ", 1)[-1]
        elif kind in ("country", "state"):
            countries.append(name)
        elif kind != "region":
            if " " in name:
                yield name.partition(" ")[0]
            yield from _in(name, weeks if kind in _PLACE else bare if kind == "word" else [], alone)
    if not s.event:  # one country of a long list says little, two together more
        countries.sort()
        yield from countries if len(countries) <= _FEW else map("+".join, pairwise(countries))
    yield from (f"items:{i}" for i in sorted(s.items)[:6])
    if alone or not s.away:  # its story may bring the place home
        for place in [p for p in doc.places if p in doc.towns or p in doc.cities or p in doc.streets][:_PLACES]:
            yield from _in(place, weeks, alone)
        for surname in sorted(doc.surnames)[:_PERSONS]:
            yield from _in(surname, weeks, alone)
        for name in sorted(doc.names)[:_NAMES]:
            yield from _in(name, bare, alone)
        if s.event and doc.story:
            yield f"story:{doc.story.id}"
        if doc.subject and not s.event:
            yield from _in(doc.subject, bare, alone)
        elif doc.broad and doc.published:  # a country's happenings are looked for among the reports of a few days
            yield from _in(doc.subject or "", weeks, alone)
            yield from (f"{doc.subject}@{t}" for t in sorted(doc.terms, key=lambda t: (-len(t), t))[:_TERMS])
    if not doc.kinds or not (s.event or s.noun in known.generic):
        yield from (f"{_WORD}{t}" for t in sorted(s.terms, key=lambda t: (-len(t), t))[:_TERMS])


def _weeks(s: Signature, alone: bool) -> list[int]:
    """The weeks that the places of a claim are looked for in: those of a happening, and of a measure of nobody knows
    what ("20 miles")."""
    bare = s.group == "measure" and not s.nouns
    return weeks_of(s.doc) if (s.event and (alone or not s.away)) or (bare and not s.event) else []


def _in(name: str, weeks: Sequence[int], alone: bool) -> Iterable[str]:
    """A name, or the name in each of some weeks: what happened in a town is looked for near its day; a later report of
    it is met by its story. alone: either may come to be, as its story tells whether the town is its own."""
    found = [f"{name}@{week}" for week in weeks]
    return [*found, name] if alone or not found else found
