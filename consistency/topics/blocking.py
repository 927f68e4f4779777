"""Which claims are compared at all: those that share a block."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

import msgspec

from consistency.topics.settings import TopicSettings
from consistency.topics.signature import Signature
from consistency.topics.vocabulary import Vocabulary

_PLACES, _PERSONS, _NAMES, _TERMS = 3, 4, 4, 6


class Blocks(msgspec.Struct, frozen=True):
    """Pairs to score (smaller index first, each once, in order), how many blocks there were, the keys over the cap."""

    pairs: list[tuple[int, int]]
    blocks: int
    capped: tuple[str, ...]


def block(claims: Sequence[Signature], known: Vocabulary, settings: TopicSettings, size: int) -> Blocks:
    """Pairs of claims that share a kind, a dimension and a noun or relation, and a name or a telling word.

    size: one more than the largest index. A block over the cap is put in order of its claims' other properties, and
    each claim meets its neighbours only."""
    blocks: dict[str, list[int]] = defaultdict(list)
    for s in claims:
        for key in keys(s, known):
            blocks[key].append(s.index)
    packed: set[int] = set()
    by_index = {s.index: s for s in claims}
    capped: list[str] = []
    for key, members in blocks.items():
        if len(members) < 2:
            continue
        if len(members) > settings.block_cap:
            capped.append(key)
            members = sorted(members, key=lambda i: _nearness(by_index[i]))
            packed.update(_windowed(members, settings.window, size))
        else:
            packed.update(a * size + b for n, b in enumerate(members) for a in members[:n])
    pairs = [divmod(p, size) for p in sorted(packed)]
    return Blocks(pairs, len(blocks), tuple(sorted(capped)))


def _windowed(members: Sequence[int], window: int, size: int) -> Iterator[int]:
    for n, b in enumerate(members):
        for a in members[max(0, n - window) : n]:
            yield min(a, b) * size + max(a, b)


def _nearness(s: Signature) -> tuple[str, str, str, int, int]:
    """Claims of one event or subject come to lie side by side."""
    return (
        s.relation or "",
        min(s.names, default=""),
        s.doc.subject or "",
        min(s.doc.days, default=s.doc.published or 0),
        s.index,
    )


def keys(s: Signature, known: Vocabulary) -> set[str]:
    """The blocks a claim belongs to."""
    base = f"{s.group}|{s.dimension}|{s.claim.aspect}"
    if s.group == "quote":
        told = [w for w in s.words if len(w) > 4]
        return {f"{base}|{x} {y}" for x, y in pairwise(told)}
    heads = []
    if s.nouns:
        heads.append(s.nouns[-1])
    if s.relation and not s.light:
        heads.append(f"~{s.relation}")
    if not heads:
        heads.append("?")
    anchors = set(_anchors(s, known))
    return {f"{base}|{head}|{anchor}" for head in heads for anchor in anchors}


def _anchors(s: Signature, known: Vocabulary) -> Iterable[str]:
    doc = s.doc
    strong = [n for n, kind in s.names.items() if kind not in ("region",)]
    yield from (n.rsplit(" ", 1)[-1] if s.names[n] in ("person", "surname") else n for n in strong)
    yield from (f"items:{i}" for i in sorted(s.items)[:6])
    if not s.away:
        yield from doc.places[:_PLACES]
        yield from sorted(doc.surnames)[:_PERSONS]
        yield from sorted(doc.names)[:_NAMES]
    if s.noun not in known.generic or not doc.kinds:
        yield from (f"word:{t}" for t in sorted(s.terms, key=lambda t: (-len(t), t))[:_TERMS])
