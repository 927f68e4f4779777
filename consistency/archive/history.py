"""What an archive knows of the topics of its sources as they were without the new ones, and what the new ones change.

Of a source that the new ones leave as it is, all that topics rest on is as it was: its claims, the scores of any two,
the keys they are looked up by, and the claims they are tied to. A new source can change

- which documents tell a story, and with that what a claim of an event is held to be about,
- whether a key is looked up at all, as it may be one too many with it,
- which claims are copies of one passage, with those that hang together by copies.

Claims of which that is so are touched, and so is what is tied to them; of all others the past holds (`replay`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator

from consistency.archive.bound import Bound
from consistency.archive.kept import postings_of
from consistency.archive.opened import Opened
from consistency.archive.replay import Past
from consistency.archive.tales import Tales
from consistency.topics.blocking import level
from consistency.topics.documents import by_story
from consistency.topics.keys import BLOCK, CURATED, PRINT, SHINGLE, STORY
from consistency.topics.signature import Rank, id_of

Score = Callable[[Rank, Rank], float]


class History:
    """The topics that the second archive of `opened` knows. known: that archive."""

    def __init__(self, opened: Opened, bound: Bound, score: Score) -> None:
        self.opened, self.bound, self.known = opened, bound, opened.archives[1]
        self._score = score
        self._parted = {fingerprint for pair in opened.settings.cannot for fingerprint in pair}

    def told(self) -> bool:
        """Whether the archive knows its topics."""
        return self.known.topics_of(()) is not None

    # -------------------------------------------------------------------------------------------------------- the past
    def past(self, claims: Collection[Rank]) -> list[Past[Rank]]:
        """The former topics of some claims. Each can be scored with any claim that is settled."""
        opened = self.opened
        ids = [id_of(r) for r in claims]
        found = self.known.topics_of(ids) or ()
        opened.open_known({n for topic in found for n in topic.sources})
        opened.turn({*ids, *(c for topic in found for c in topic.claims)})
        links = (pair for topic in found for pair in topic.links)
        opened.settle({opened.home(a).source for a, b in links if by_story(opened.claim(a), opened.claim(b))})
        unsure = [c for c in ids if self._parted and opened.home(c).fingerprint(c) in self._parted]
        for topic in found:
            if topic.curated or self._parted:  # which of them join by no link is told by all that they are tied to
                unsure += {c for pair in topic.ties for c in pair}
        self.bound.prepare(unsure)
        return [
            Past(
                map(opened.rank, topic.claims),
                map(self._in_order, topic.ties),
                ((-self._score(a, b), a, b) for a, b in map(self._in_order, topic.links)),
            )
            for topic in found
        ]

    def _in_order(self, pair: tuple[str, str]) -> tuple[Rank, Rank]:
        one, two = map(self.opened.rank, pair)
        return (one, two) if one < two else (two, one)

    # ------------------------------------------------------------------------------------------------- what is touched
    def touched(self, ids: Collection[str]) -> set[Rank] | None:
        """The claims of new sources, those of which something else is otherwise by them, and what is tied to these.
        None where that would be too many."""
        opened = self.opened
        found = {c.id for i in ids for c in opened.open(i).kept.extraction.claims}
        recounted = self._recounted(ids)
        if recounted is None:
            return None
        found.update(recounted, self._retold(ids))
        self.bound.prepare(found)
        found.update(*(self.bound.together.get(c, ()) for c in tuple(found)))
        return set(map(opened.rank, found))

    def _recounted(self, ids: Iterable[str]) -> set[str] | None:
        """The claims that have a key of the new sources that is of another level with them. None for a key that many
        claims or documents have."""
        opened, known = self.opened, self.known
        shared = opened.shared
        keys = {p.key for i in ids for p in postings_of(opened.open(i).kept, shared.rules)}
        runs = sorted(k for k in keys if k.startswith(SHINGLE))
        others = sorted(k for k in keys if k.startswith((BLOCK, CURATED, PRINT, STORY)))
        changed: list[str] = []
        for most, some in ((shared.copies.hot_shingle, runs), (opened.settings.block_cap, others)):
            was, now = known.counts(some, most), opened.counts(some)
            other = [k for k in some if level(k, was[k], most) != level(k, now[k], most)]
            if some is others and any(now[k] > most for k in other):
                return None
            changed += other
        sources = opened.open_known(known.holders(changed)) if changed else ()
        texts = {k for k in changed if k.startswith(SHINGLE)}
        own = set(changed) - texts
        return {
            claim.id
            for source in sources
            for one in (opened.sources[source],)
            for claim, keys_ in zip(one.kept.extraction.claims, one.kept.keys, strict=True)
            if texts or not own.isdisjoint(keys_)
        }

    def _retold(self, ids: Iterable[str]) -> Iterator[str]:
        """The claims of known sources that read another way with the stories that the new ones tell; and all those of
        the sources that tell a story with others than before."""
        opened = self.opened
        new = set(ids)
        opened.settle(new)
        tales = opened.tales
        settings = opened.settings
        before = Tales(
            (self.known,), opened.shared.table, settings, lambda keys: self.known.counts(keys, settings.block_cap)
        )
        for source in sorted(set(tales.told) - new):
            was, now = set(before.around(source)), set(tales.around(source))
            if was == now:
                continue
            one = opened.open(source)
            opened.settle((source,))
            if was == now - new:
                yield from one.turned(before.told[source][0])
            else:
                yield from (c.id for c in one.kept.extraction.claims)
