"""What an archive knows of the topics of its sources as they were without the new ones, and what the new ones change.

Of most claims all that topics rest on is as it was: the scores of any two, the keys they are looked up by, and the
claims they are tied to. A source that is new, or gone because a new one takes its place, can change

- which documents tell a story, and with that what a claim of an event is held to be about,
- whether a key is looked up at all, as it may be one too many with it,
- which claims are copies of one passage, with those that hang together by copies.

Claims of which that is so are touched, and so are those that were in a topic with one that is gone, and what is tied to
any of them; of all others the past holds (`replay`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from consistency.archive.bound import Bound
from consistency.archive.kept import postings_of
from consistency.archive.loaded import Loaded
from consistency.archive.opened import Before, Opened
from consistency.archive.replay import Past
from consistency.archive.tales import Tales
from consistency.topics.blocking import level
from consistency.topics.clusters import Groups
from consistency.topics.documents import by_story
from consistency.topics.keys import BLOCK, CURATED, PRINT, SHINGLE, STORY
from consistency.topics.signature import Rank, id_of

_MOST = 60  # claims; what more of them bring with them may take longer than to walk from the new ones alone
Score = Callable[[Rank, Rank], float]


class History:
    """The topics of the last archive of `opened`. before: what they are of."""

    def __init__(self, opened: Opened, bound: Bound, score: Score, before: Before) -> None:
        self.opened, self.bound, self.before = opened, bound, before
        self.known = opened.archives[-1]
        self._score = score
        self._parted = {fingerprint for pair in opened.settings.cannot for fingerprint in pair}

    # -------------------------------------------------------------------------------------------------------- the past
    def past(self, claims: Collection[Rank]) -> list[Past[Rank]]:
        """The former topics of some claims. Each can be scored with any claim that is settled."""
        opened = self.opened
        ids = [id_of(r) for r in claims]
        found = self.known.topics_of(ids)
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
        """The claims of new sources, those of which something is otherwise by these or by sources that are gone, and
        what is tied to them. None where that is too much to be worth it."""
        opened, gone = self.opened, self.before.gone
        whole = Opened((self.before.archive,), opened.shared.rules, opened.settings)
        lost = [whole.open(i) for i in sorted(gone)]
        fresh = [opened.open(i) for i in sorted(ids)]
        recounted = self._recounted(fresh + lost)
        if recounted is None:
            return None
        found = {c.id for one in fresh for c in one.kept.extraction.claims}
        found |= recounted | self._retold(fresh, lost) | self._bereft(whole, lost)
        if len(found) > _MOST + sum(len(one.kept.extraction.claims) for one in fresh):
            return None
        self.bound.prepare(found)
        found.update(*(self.bound.together.get(c, ()) for c in tuple(found)))
        return set(map(opened.rank, found))

    def _recounted(self, sources: Iterable[Loaded]) -> set[str] | None:
        """The claims that have a key of these sources which is of another level now. None for a key that many claims or
        documents have."""
        opened, known = self.opened, self.known
        shared = opened.shared
        keys = {p.key for one in sources for p in postings_of(one.kept, shared.rules)}
        runs = sorted(k for k in keys if k.startswith(SHINGLE))
        others = sorted(k for k in keys if k.startswith((BLOCK, CURATED, PRINT, STORY)))
        changed: list[str] = []
        for most, some in ((shared.copies.hot_shingle, runs), (opened.settings.block_cap, others)):
            was, now = self.before.archive.counts(some, most), opened.counts(some)
            other = [k for k in some if level(k, was[k], most) != level(k, now[k], most)]
            if some is others and any(max(was[k], now[k]) > most for k in other):
                return None
            changed += other
        texts = [k for k in changed if k.startswith(SHINGLE)]
        copied = opened.open_known(known.holders(texts)) if texts else set()
        own = set(changed) - set(texts)
        others_of = opened.open_known(known.holders(sorted(own))) if own else set()
        return {
            claim.id
            for source in copied | others_of
            for one in (opened.sources[source],)
            for claim, keys_ in zip(one.kept.extraction.claims, one.kept.keys, strict=True)
            if source in copied or not own.isdisjoint(keys_)
        }

    def _retold(self, fresh: Collection[Loaded], lost: Collection[Loaded]) -> set[str]:
        """The claims of known sources that read another way with the story that these tell now; and all those of the
        sources that tell one with others than before."""
        opened, tales = self.opened, self.opened.tales
        settings, archive = opened.settings, self.before.archive
        before = Tales((archive,), opened.shared.table, settings, lambda keys: archive.counts(keys, settings.block_cap))
        new, gone = {one.source for one in fresh}, {one.source for one in lost}
        opened.settle(new)
        for one in lost:
            before.of(one.document)
        asked = new | gone
        out: set[str] = set()
        while waiting := sorted({*before.told, *tales.told} - asked):
            asked.update(waiting)
            for source in waiting:
                was, now = set(before.around(source)), set(tales.around(source))
                if was == now and now.isdisjoint(new | gone):
                    continue
                known = opened.open(source)
                opened.settle((source,))
                if was - gone == now - new:
                    out.update(known.turned(before.told[source][0]))
                else:
                    out.update(c.id for c in known.kept.extraction.claims)
        return out

    def _bereft(self, whole: Opened, lost: Iterable[Loaded]) -> set[str]:
        """The claims that were in a topic with one of a source that is gone, or hung together with it by ties."""
        opened, gone = self.opened, self.before.gone
        claims = {c.id for one in lost for c in one.kept.extraction.claims}
        if not claims:
            return set()
        topics = self.known.topics_of(claims)
        opened.open_known({n for topic in topics for n in topic.sources})
        bound = Bound(whole, Groups[Rank](lambda a, b: 0.0, 0.0, 0.0, 1))
        bound.prepare(claims)
        tied = {c for claim in claims for c in bound.together.get(claim, ()) if whole.home(c).source not in gone}
        for claim in sorted(tied):
            opened.open(whole.home(claim).source)
        return tied.union(*(topic.claims for topic in topics))
