"""Groups worked out anew where something came or went, from how they came together before.

Links have their turn in one order, best first (`consistency.topics.clusters`), and what becomes of one rests on the two
groups as they are then. Until a node is touched by something that is otherwise than before, its group is what it was at
that place, and links between two such nodes end as they did. So only the links of touched nodes are gone through. One
that was not touched so far becomes so where its group joins that of a touched one, with all of its former topic. The
links that made a topic then tell the groups of its members at that place.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from heapq import heappop, heappush
from typing import Generic

from consistency.archive.growing import Place
from consistency.topics.clusters import Groups, Node


class Past(Generic[Node]):
    """A topic as it was: its members, in order, the pairs that were tied, and the links that joined two groups."""

    def __init__(self, members: Iterable[Node], ties: Iterable[tuple[Node, Node]], made: Iterable[Place[Node]]) -> None:
        self.members = sorted(members)
        self.made = sorted(made)
        self._next = 0
        self._parts: dict[Node, list[Node]] = {n: [n] for n in self.members}
        self.tied: set[Node] = set()
        for a, b in ties:
            self.tied.update((a, b))
            self._join(a, b)

    def part(self, node: Node, place: Place[Node]) -> list[Node]:
        """The group of a member, in order, when links up to a place had their turn. Places are asked for in order."""
        self.before(place)
        return self._parts[node]

    def before(self, place: Place[Node]) -> Sequence[Place[Node]]:
        """The links that came before a place."""
        while self._next < len(self.made) and self.made[self._next] < place:
            _, a, b = self.made[self._next]
            self._join(a, b)
            self._next += 1
        return self.made[: self._next]

    def _join(self, a: Node, b: Node) -> None:
        if self._parts[a] is not self._parts[b]:
            joined = sorted((*self._parts[a], *self._parts[b]))
            self._parts.update(dict.fromkeys(joined, joined))


class Replay(Generic[Node]):
    """Works out the groups of what is touched; all others are as they were.

    prepare: as of `Growing`. links: those of a node that was prepared; a pair must be told of from both ends. free:
    whether a node joins by links at all. past: the former topics of nodes; of those in none, each was alone or is new.
    Ties of nodes that are not touched must be those of their past.
    """

    def __init__(
        self,
        groups: Groups[Node],
        prepare: Callable[[Collection[Node]], None],
        links: Callable[[Node], Iterable[tuple[float, Node]]],
        free: Callable[[Node], bool],
        past: Callable[[Collection[Node]], Iterable[Past[Node]]],
    ) -> None:
        self.groups, self._prepare, self._links, self._free, self._past = groups, prepare, links, free, past
        self.touched: set[Node] = set()
        self._former: dict[Node, Past[Node] | None] = {}
        self._waiting: list[Place[Node]] = []
        self._refused: dict[tuple[Node, Node], tuple[list[Node], list[Node]]] = {}

    def run(self, start: Collection[Node]) -> None:
        """Goes through all that changes. start: the nodes that are new, those of which a link, a score or a tie is
        otherwise than before, those that were in a topic with one that is no more, and what is tied to any of these."""
        topics = self._look(start)
        self.touched.update(start, *(past.members for past in topics))
        changed = set(start)
        for past in topics:
            self._wait(p for p in past.made if changed.isdisjoint(p[1:]))
        self._stir(sorted(self.touched), None)
        while self._waiting:
            self._turn(heappop(self._waiting))

    def group(self, node: Node) -> list[Node]:
        """The members of its group, in order, once every link had its turn."""
        if node in self.touched:
            return self.groups.of(self.groups.find(node))
        past = self.former(node)
        return [node] if past is None else past.members

    def former(self, node: Node) -> Past[Node] | None:
        """The topic that a node was in; None if it was alone, or is new."""
        self._meet((node,))
        return self._former[node]

    def kept(self, nodes: Iterable[Node]) -> Iterator[Place[Node]]:
        """Of the links that made the former topics of nodes, as far as those were looked up, those that still hold."""
        topics = {id(past): past for n in nodes if (past := self._former.get(n)) is not None}
        made = set(self.groups.made)
        for past in topics.values():
            yield from (p for p in past.made if p[1] not in self.touched or p[1:] in made)

    def _look(self, nodes: Iterable[Node]) -> list[Past[Node]]:
        """The former topics of nodes that were not looked up before."""
        fresh = sorted({n for n in nodes if n not in self._former})
        found = list(self._past(fresh)) if fresh else []
        for past in found:
            self._former.update(dict.fromkeys(past.members, past))
        for node in fresh:
            self._former.setdefault(node, None)
        return found

    def _meet(self, nodes: Iterable[Node]) -> None:
        """Looks up nodes that are not touched: what tied them ties them still."""
        for past in self._look(nodes):
            self.groups.bind(past.tied)

    def _wait(self, places: Iterable[Place[Node]]) -> None:
        for place in places:
            heappush(self._waiting, place)

    def _stir(self, nodes: Sequence[Node], place: Place[Node] | None) -> None:
        """Lets the links of nodes that come after a place wait for their turn."""
        self._prepare(nodes)
        near: set[Node] = set()
        for node in filter(self._free, nodes):
            found = ((-s, node, other) if node < other else (-s, other, node) for s, other in self._links(node))
            later = [p for p in found if place is None or place < p]
            self._wait(later)
            near.update(*(p[1:] for p in later))
        self._meet(near - self.touched)

    def _turn(self, place: Place[Node]) -> None:
        _, a, b = place
        if not (self._free(a) and self._free(b)):
            return
        if a not in self.touched or b not in self.touched:
            one, other = (a, b) if a in self.touched else (b, a)
            if not self._agree(one, other, place):
                return
            self._touch(other, place)
        self.groups.take(a, b)

    def _agree(self, one: Node, other: Node, place: Place[Node]) -> bool:
        """Whether the group of a touched node and that of another would join."""
        groups = self.groups
        past = self._former[other]
        mine, theirs = groups.of(groups.find(one)), [other] if past is None else past.part(other, place)
        first, second = (mine, theirs) if mine[0] < theirs[0] else (theirs, mine)
        asked = (first[: groups.representatives], second[: groups.representatives])
        if self._refused.get((first[0], second[0])) == asked:
            return False
        if groups.agree(first, second):
            return True
        self._refused[first[0], second[0]] = asked
        return False

    def _touch(self, node: Node, place: Place[Node]) -> None:
        """From a place on, what becomes of the topic of a node is worked out."""
        past = self._former[node]
        members = [node] if past is None else past.members
        self.touched.update(members)
        self._prepare(members)
        if past is not None:
            made = past.before(place)
            for _, a, b in made:
                self.groups.join(a, b)
            self._wait(past.made[len(made) :])
        self._stir(members, place)
