"""A topic that an archive had before new sources: how its claims came together."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from consistency.model import Topic

_TIES = ("taught", "curated", "copied")
"""What the evidence of two claims is called that belong together whatever they score."""


class Former(Struct, frozen=True):
    """claims: without those that were worked out. sources: the numbers of those they stand in. links: those that joined
    two groups of them; ties: those that did whatever the score. curated: some belong together for another reason than
    that they are copies."""

    claims: tuple[str, ...]
    sources: tuple[int, ...]
    links: tuple[tuple[str, str], ...]
    ties: tuple[tuple[str, str], ...]
    curated: bool


def former(topic: Topic, homes: Mapping[str, int]) -> Former:
    """A topic. homes: its claims that stand in sources, and the numbers of those."""
    links: list[tuple[str, str]] = []
    ties: list[tuple[str, str]] = []
    curated = topic.curated is not None
    for link in topic.links:
        if link.a in homes and link.b in homes:
            names = [e.name for e in link.evidence]
            tie = len(names) == 1 and names[0] in _TIES
            (ties if tie else links).append((link.a, link.b))
            curated |= tie and names[0] != "copied"
    return Former(tuple(homes), tuple(sorted(set(homes.values()))), tuple(links), tuple(ties), curated)
