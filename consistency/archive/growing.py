"""The group of a node, grown without the rest of its component.

Groups grow by links, best first (`consistency.topics.clusters`). What becomes of a link rests on the two groups as they
are when its turn comes, and those on better links alone. So of the neighbours of a group only what happens before their
link to it is looked at, and of theirs only what happens before that: scores rise from step to step, and the walk ends
soon, however much hangs together by weak links. The groups are those that all links would give. (The same argument
makes greedy matching a local computation: Nguyen and Onak, Constant-time approximation algorithms via local
improvements, 2008.)
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from heapq import heapify, heappop, heappush
from typing import Generic

from consistency.topics.clusters import Groups, Node

Place = tuple[float, Node, Node]
"""The place of a link among all: its score with the sign turned, and its nodes, the earlier first."""


class Growing(Generic[Node]):
    """Grows the groups that are asked for.

    prepare: is told which nodes are about to be looked at; it ties what belongs to them whatever its score. links: the
    links of a node, (score, other); a pair must be told of from both ends. free: whether a node joins by links at all.
    """

    def __init__(
        self,
        groups: Groups[Node],
        prepare: Callable[[Collection[Node]], None],
        links: Callable[[Node], Iterable[tuple[float, Node]]],
        free: Callable[[Node], bool],
    ) -> None:
        self.groups, self._prepare, self._links, self._free = groups, prepare, links, free
        self._waiting: dict[Node, list[Place[Node]]] = {}
        self._over: set[tuple[Node, Node]] = set()

    def group(self, node: Node) -> list[Node]:
        """The members of its group, in order, once every link had its turn."""
        self._prepare((node,))
        self._advance(node)
        return self.groups.of(self.groups.find(node))

    def _advance(self, node: Node) -> None:
        """Lets every link of the group have its turn, each once those of the other side that are better had theirs."""
        asked: list[tuple[Node, Place[Node] | None]] = [(node, None)]
        while asked:
            node, until = asked[-1]
            place = self._next(node, until)
            if place is None:
                asked.pop()
                continue
            _, a, b = place
            other = b if self.groups.find(a) == self.groups.find(node) else a
            self._prepare((other,))
            if self._next(other, place) is not None:
                asked.append((other, place))
            else:
                self._turn(a, b)

    def _next(self, node: Node, until: Place[Node] | None) -> Place[Node] | None:
        """The next link of the group of a node, if it comes before `until`."""
        find = self.groups.find
        waiting = self._links_of(find(node), until)
        while waiting and (waiting[0][1:] in self._over or find(waiting[0][1]) == find(waiting[0][2])):
            heappop(waiting)
        return waiting[0] if waiting and (until is None or waiting[0] < until) else None

    def _links_of(self, root: Node, until: Place[Node] | None) -> list[Place[Node]]:
        """The links of a group that are still to come, as a heap."""
        waiting = self._waiting.get(root)
        if waiting is None:
            free = filter(self._free, self.groups.of(root))
            found = ((n, score, other) for n in free for score, other in self._links(n))
            waiting = [(-score, n, other) if n < other else (-score, other, n) for n, score, other in found]
            heapify(waiting)
            soon = [place for place in waiting if until is None or place < until]
            self._prepare({n for _, a, b in soon for n in (a, b)})
            self._waiting[root] = waiting
        return waiting

    def _turn(self, a: Node, b: Node) -> None:
        x, y = self.groups.find(a), self.groups.find(b)
        self._over.add((a, b))
        if self._free(a) and self._free(b) and self.groups.take(a, b):
            fewer, more = sorted((self._waiting.pop(x), self._waiting.pop(y)), key=len)
            for place in fewer:
                heappush(more, place)
            self._waiting[self.groups.find(a)] = more
