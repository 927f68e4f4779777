"""Buckets to findings: claims that are joined go to one worker with their sources, and are judged there."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Sequence

import msgspec

from consistency import pipeline
from consistency.archive.index import hashed
from consistency.archive.kept import Kept
from consistency.archive.scatter import own, part
from consistency.archive.sharing import Sharing
from consistency.engines.disk.claims import Opened
from consistency.engines.disk.copies_found import CopiedBetween
from consistency.engines.disk.reading import Shelf
from consistency.engines.disk.spool import MASK
from consistency.engines.disk.texts import kept_of
from consistency.engines.kit import kit
from consistency.judgement.ranking import worst_first
from consistency.model import Claim, Judgement
from consistency.topics.about import Document

encode = msgspec.msgpack.Encoder().encode
Link = tuple[float, int, int]


class Bucket(msgspec.Struct, frozen=True):
    """claims: their numbers; links: (score, claim, claim) of those that are links."""

    claims: array[int]
    links: Sequence[Link]


class Judged(msgspec.Struct, frozen=True):
    """What judging a bucket gave, each record packed, and by what it is put in order."""

    topics: list[tuple[str, bytes]]
    findings: list[tuple[tuple[int, str, float, str, str], bytes]]
    derived: list[tuple[str, bytes]]
    courses: list[tuple[str, bytes]]
    rules: list[str]
    pairs: int
    aside: dict[str, int]


class Judging:
    """Clusters and judges a bucket. hot: the runs of words that too many passages have."""

    def __init__(
        self, settings: bytes, shelf: Shelf, opened: Opened, copied: CopiedBetween, hot: frozenset[int]
    ) -> None:
        self.settings, self.shelf, self.opened, self.copied, self.hot = settings, shelf, opened, copied, hot

    def __call__(self, bucket: Bucket) -> Judged:
        run = kit(self.settings)
        share = Sharing()
        claims = set(bucket.claims)
        told: dict[int, Claim] = {}
        documents: dict[int, Document] = {}
        sources: list[tuple[Kept, Document]] = []
        direct: Counter[str] = Counter()
        every = sorted({self.shelf.source_of[c] for c in claims})
        for source in every:
            read = self.shelf.read(source)
            kept = kept_of(read)
            extraction = share(kept.extraction)
            documents[source] = self.opened.document(source)
            sources.append((Kept(kept.info, extraction), documents[source]))
            told.update(zip(self.shelf.numbers(source, read), extraction.claims, strict=True))
            direct.update(self.shelf.aside.get(source, {}))
        ids = {n: c.id for n, c in told.items()}
        signatures = tuple(
            self.opened.signature(c, told[c], documents[self.shelf.source_of[c]]) for c in sorted(claims)
        )
        links = [(score, ids[a], ids[b]) for score, a, b in bucket.links]
        mine = frozenset(ids[c] for c in claims)
        copies = self.copied.among(every, ids, self.shelf)
        reached = part(
            sources, mine, links, lambda key: hashed(key) & MASK in self.hot, run.shared(), copies, signatures
        )
        found = own(pipeline.judged(reached, run.rules, run.config, run.lessons), reached.extractions, mine)
        left = Counter(found.not_comparable)
        left.subtract(direct)  # what was set aside in a source by itself is counted with the source
        return _packed(found, {k: n for k, n in left.items() if n})

    def _is_hot(self, key: str) -> bool:
        return hashed(key) & MASK in self.hot


def _packed(found: Judgement, aside: dict[str, int]) -> Judged:
    return Judged(
        topics=[(t.id, encode(t)) for t in found.topics],
        findings=[(worst_first(f), encode(f)) for f in found.findings],
        derived=[(c.id, encode(c)) for c in found.derived],
        courses=[(c.topic, encode(c)) for c in found.courses],
        rules=sorted({f.rule for f in found.findings}),
        pairs=found.pairs_compared,
        aside=aside,
    )
