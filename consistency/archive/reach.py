"""How far new sources reach into an archive: the claims on whose topics and findings they can bear.

The topics of new claims are grown as if every source of the archive were there (`growing`). A topic bears on another
if judging looks out of the one into the other: along copies, and where the finding of a claim may answer for that of
another (`consistency.judgement.meeting`). What is reached are the topics of the new claims, those that bear on them,
and so on. Keys say which sources may matter to a claim, and those alone are opened (`opened`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set

import msgspec

from consistency.archive.bound import Bound
from consistency.archive.growing import Growing
from consistency.archive.history import History
from consistency.archive.kept import Kept
from consistency.archive.opened import Archive, Opened
from consistency.archive.replay import Replay
from consistency.judgement import meeting
from consistency.model import Extraction
from consistency.rulebook import Rulebook
from consistency.topics.about import Document
from consistency.topics.clusters import Groups
from consistency.topics.keys import BLOCK, PRINT
from consistency.topics.settings import TopicSettings, Whole
from consistency.topics.signature import Rank, id_of, named_after

Link = tuple[float, str]
"""A score, and the id of the other claim."""


class Reached(msgspec.Struct, frozen=True):
    """kept: the sources that hold a reached claim, by id. claims: the reached claims. whole: for the topic stage, None
    if this is all there is. hot: keys that too many share to be looked up. loaded: how many sources were opened."""

    kept: dict[str, Kept]
    claims: frozenset[str]
    whole: Whole | None
    hot: tuple[str, ...]
    loaded: int

    @property
    def extractions(self) -> list[Extraction]:
        """The claims of those sources."""
        return [k.extraction for _, k in sorted(self.kept.items())]


def reach(
    new: Archive,
    known: Archive,
    ids: Iterable[str],
    rules: Rulebook,
    settings: TopicSettings,
    claims: frozenset[str] | None = None,
) -> Reached:
    """What the new sources (those of `new`, by id) reach among themselves and in `known`. claims: those of the sources
    that the walk begins with; None for all of them."""
    walk = Walk(new, known, rules, settings)
    first = sorted(ids)
    if claims is None:
        walk.recall(first)
    walk.run(first, claims)
    return walk.told()


class Walk:
    """From topic to topic. reached: the claims of those that were met."""

    def __init__(self, new: Archive, known: Archive, rules: Rulebook, settings: TopicSettings) -> None:
        opened = self.opened = Opened((new, known), rules, settings)
        shared = opened.shared
        threshold = shared.table.threshold if settings.threshold is None else settings.threshold
        self.groups = Groups[Rank](
            self._score, threshold, shared.table.veto, settings.members, self._forbidden if settings.cannot else None
        )
        self.bound = Bound(opened, self.groups)
        self.replay: Replay[Rank] | None = None
        self._growing = Growing(self.groups, self._prepare, self._ranked, self._free)
        self._found: dict[str, list[Link]] = {}
        self._scores: dict[tuple[str, str], float] = {}
        self._from: set[str] = set()
        self.reached: set[str] = set()

    def recall(self, ids: Sequence[str]) -> None:
        """Works out from the past of the known sources what becomes of all topics by new ones, if it is known. It holds
        of whatever the walk comes to later."""
        past = self.opened.archives[-1].before()
        if past is None:
            return
        history = History(self.opened, self.bound, self._score, past)
        touched = history.touched(ids)
        if touched is not None:
            self.replay = Replay(self.groups, self._prepare, self._ranked, self._free, history.past)
            self.replay.run(touched)

    def run(self, ids: Iterable[str], claims: Set[str] | None = None) -> None:
        """Goes on from the claims of some sources, or those among them that are named."""
        opened = self.opened
        self._from.update(ids)
        waiting = {c.id for id_ in sorted(self._from) for c in opened.open(id_).kept.extraction.claims} - self.reached
        if claims is not None:
            waiting &= claims
        while waiting:
            self.bound.prepare(waiting)
            met: set[str] = set()
            for claim in sorted(waiting):
                if claim not in self.reached:
                    topic = self._topic(claim)
                    self.reached.update(topic)
                    met.update(self._of_one_name(topic), *map(self._beyond, topic))
            waiting = met - self.reached

    def told(self) -> Reached:
        """What was reached."""
        opened = self.opened
        sources = {opened.home(c).source for c in self.reached} | self._from
        opened.settle(sources)
        documents: Mapping[str, Document] = {s: opened.sources[s].document for s in sources}
        return Reached(
            kept={s: opened.sources[s].kept for s in sorted(sources)},
            claims=frozenset(self.reached),
            whole=Whole(
                opened.count,
                documents,
                frozenset(self.reached),
                links=self._made(),
                signatures=tuple(opened.claim(c) for c in sorted(self.reached, key=opened.rank)),
                forms=frozenset(self.bound.forms),
                scorer=opened.shared.scorer,
            ),
            hot=opened.hot,
            loaded=len(opened.sources),
        )

    def _topic(self, claim: str) -> list[str]:
        rank = self.opened.rank(claim)
        if self.replay is None:
            return list(map(id_of, self._growing.group(rank)))
        topic = list(map(id_of, self.replay.group(rank)))
        self.bound.prepare(topic)
        return topic

    # ----------------------------------------------------------------------------------------------------------- links
    def _prepare(self, ranks: Collection[Rank]) -> None:
        self.bound.prepare(list(map(id_of, ranks)))

    def _ranked(self, rank: Rank) -> Iterator[tuple[float, Rank]]:
        return ((score, self.opened.rank(other)) for score, other in self._links(id_of(rank)))

    def _free(self, rank: Rank) -> bool:
        return self.bound.free(id_of(rank))

    def _links(self, claim: str) -> Sequence[Link]:
        """The links of a claim that was looked up."""
        found = self._found.get(claim)
        if found is None:
            found = self._found[claim] = list(self._linked(claim))
            self._scores.update((_pair(claim, other), score) for score, other in found)
        return found

    def _linked(self, claim: str) -> Iterator[Link]:
        """Before it is settled whose story a source tells, either reading of its claims is tried. Where there is one
        reading, it is left at that: ours is settled with all who tell its story, so that a source that is not tells
        another, and scores and keys in common are as they would be."""
        opened, shared = self.opened, self.opened.shared
        one, mine = opened.home(claim), opened.claim(claim)
        live = [k for k in one.claim_keys(claim) if k.startswith(BLOCK) and opened.lives(k)]
        near = {other for key in live for _, other in opened.mates(key)} - {claim}
        likely = [c for c in sorted(near) if shared.linked(one, mine, opened.home(c), opened.claim(c))]
        opened.turn(likely)
        keys = frozenset(live)
        for other in likely:
            two = opened.home(other)
            if not keys.isdisjoint(two.claim_keys(other)):
                score = shared.link(one, mine, two, two.claim(other))
                if score is not None:
                    yield score, other

    def _made(self) -> tuple[tuple[float, str, str], ...]:
        """The links that made the topics: all others were refused, and would be again."""
        opened = self.opened
        scores = {_pair(a, other): score for a, links in self._found.items() for score, other in links}
        made = set(self.groups.made)
        if self.replay is not None:
            for _, a, b in self.replay.kept(map(opened.rank, self.reached)):
                made.add((a, b))
                scores.setdefault(_pair(id_of(a), id_of(b)), self._score(a, b))
        pairs = ((id_of(a), id_of(b)) for a, b in sorted(made))
        return tuple((scores[_pair(a, b)], a, b) for a, b in pairs if a in self.reached and _pair(a, b) in scores)

    def _score(self, a: Rank, b: Rank) -> float:
        one, two = id_of(a), id_of(b)
        found = self._scores.get(_pair(one, two))
        if found is None:
            opened = self.opened
            found = opened.shared.scorer.score(opened.claim(one), opened.claim(two))
            self._scores[_pair(one, two)] = found
        return found

    def _forbidden(self, one: Sequence[Rank], two: Sequence[Rank]) -> bool:
        """Whether people said that something of the one is not about the same thing as something of the other."""
        first, second = ({self._print(id_of(r)) for r in ranks} for ranks in (one, two))
        return any((a in first and b in second) or (b in first and a in second) for a, b in self.opened.settings.cannot)

    def _print(self, claim: str) -> str:
        return self.opened.home(claim).fingerprint(claim)

    # ----------------------------------------------------------------------------------------------------- other topics
    def _of_one_name(self, topic: Sequence[str]) -> Iterator[str]:
        """The claims whose topic may have the same name."""
        _, fingerprint, _ = named_after(map(self.opened.claim, topic))
        if self.opened.lives(PRINT + fingerprint):
            yield from (other for _, other in self.opened.mates(PRINT + fingerprint))

    def _beyond(self, claim: str) -> Iterator[str]:
        """The claims that bear on one though their topics may be others."""
        opened = self.opened
        one = opened.home(claim)
        yield from one.ties.get(claim, ())
        mine = opened.claim(claim).claim
        for key in one.claim_keys(claim):
            if key.startswith((meeting.GROWTH, meeting.EVENT)) and opened.lives(key):
                for _, other in opened.mates(key):
                    theirs = opened.claim(other).claim
                    if key.startswith(meeting.EVENT) or meeting.may_grow(mine, theirs, opened.shared.rules):
                        yield other
        yield from self.bound.origin.get(claim, ())
        passage = one.mates_of(claim)
        self.bound.prepare(passage)
        if any(c in self.bound.origin for c in passage):  # as far as a copy may reach
            yield from passage


def _pair(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)
