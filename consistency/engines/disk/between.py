"""What the stages hand on: files, and a few numbers of each claim, pair and passage."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from consistency.engines.disk import claims, copies
from consistency.engines.disk.judging import Bucket
from consistency.engines.disk.reading import Shelf
from consistency.engines.disk.spool import Parts, Spool
from consistency.topics.sieve import Traits


class Texts:
    """documents: as they are without their stories; keys: rows of (key of a story, source); runs: rows of (run of
    words, passage)."""

    def __init__(self, folder: Path) -> None:
        self.documents, self.passages = Spool(folder / "documents"), copies.Passages()
        self.keys, self.runs = Parts(folder / "story-keys"), Parts(folder / "runs")

    def close(self) -> None:
        """Nothing is added after that."""
        for one in (self.documents, self.keys, self.runs):
            one.close()


class Claims:
    """opened: the claims as they are compared; traits: by what pairs of them are ruled out; keys: rows of (key, claim
    and what the key does); ties: rows of (claim, claim) of one source; curated: those that a curated topic takes;
    taught: (fingerprint, claim) where people said something."""

    def __init__(self, folder: Path, shelf: Shelf) -> None:
        place = array("Q", bytes(8 * shelf.claims))
        self.traits = Traits(shelf.claims)
        self.opened = claims.Opened(Spool(folder / "claims"), place, Spool(folder / "told"), shelf)
        self.keys = Parts(folder / "keys")
        self.ties = array("Q")
        self.curated: set[int] = set()
        self.taught: list[tuple[str, int]] = []

    def add(self, found: claims.Claims) -> None:
        """Adds those of a stretch of sources."""
        for data in found.documents:
            self.opened.documents.add(data)
        traits = array("I", found.kind), found.who, array("I", found.value)
        told = zip(array("Q", found.numbers), found.signatures, *traits, strict=True)
        for number, data, kind, who, value in told:
            self.opened.place[number] = self.opened.records.add(data)
            self.traits.add(number, found.kinds[kind], who, value)
        self.keys.add(found.keys)
        self.ties.frombytes(found.ties)
        self.curated.update(array("Q", found.curated))
        self.taught += found.taught

    def close(self) -> None:
        """Nothing is added after that."""
        for one in (self.opened.records, self.opened.documents, self.keys):
            one.close()


class Links:
    """The pairs that are links."""

    def __init__(self) -> None:
        self.scores, self.left, self.right = array("d"), array("I"), array("I")


class Buckets(Sequence[Bucket]):
    """The buckets, each made as it is asked for."""

    def __init__(self, own: list[array[int]], tied: list[array[int]], links: Links) -> None:
        self.own, self.tied, self.links = own, tied, links

    def __len__(self) -> int:
        return len(self.own)

    def __getitem__(self, n: Any) -> Any:
        links = self.links
        told = [(links.scores[i], links.left[i], links.right[i]) for i in self.tied[n]]
        return Bucket(self.own[n], told)
