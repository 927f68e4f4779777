"""The whole flow by several processes of this computer, over files: no more is held in memory than a part of anything.

What a claim, a pair or a finding is comes from the same pure functions as in every engine; what joins claims is the
same as on Spark. Between two stages lie files in a folder of the run, which goes when its report is let go of. Few
claims are compared in memory instead.
"""

from __future__ import annotations

import errno
import tempfile
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from consistency import pipeline
from consistency.archive.sharing import Sharing
from consistency.config import Config
from consistency.engine import Codec, Engine
from consistency.engines.disk import claims, copies, stories, texts
from consistency.engines.disk.between import Buckets, Claims, Links, Texts
from consistency.engines.disk.copies_found import CopiedBetween, pairs
from consistency.engines.disk.joined import Joined, members
from consistency.engines.disk.judging import Judged, Judging
from consistency.engines.disk.meeting import Lists
from consistency.engines.disk.reading import Shelf, read_all
from consistency.engines.disk.report import Results, report
from consistency.engines.disk.spool import Folder, Parts, Pieces, Spool
from consistency.engines.kit import kit, packed
from consistency.engines.processes import Processes
from consistency.errors import UsageError
from consistency.lessons import NONE, Lessons
from consistency.model import Extraction, Report, Skipped, Source, SourceInfo
from consistency.topics.passages import copy_rules

HELD = 50_000  # claims up to which all are held in memory: files take more work, by one process or by many
STRETCH = 1_500  # claims of the sources that a worker is given at once
PART = 200_000  # rows of a file that a worker puts in order at once, about
BUCKET = 4_000  # claims that are judged at once; more where more are joined
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_KEYS = 32  # rows of a claim or a passage, about
_OPEN = 400  # parts at most, as a worker has files of many of them open
_FEW, _PARTS = 1_000, 16  # claims that make a part worth its while, and parts there are of a few times as many


def check(
    sources: Iterable[Source],
    config: Config | None = None,
    skipped: Sequence[Skipped] = (),
    progress: pipeline.Progress | None = None,
    lessons: Lessons = NONE,
    engine: Engine | None = None,
) -> Report:
    """As `pipeline.check`, byte for byte; but the records of a report on more than HELD claims are on file, and read as
    they are asked for. engine: who calls the stages.

    Raises UsageError where there is no room for the files."""
    config = config or Config()
    pipeline.require(config)
    try:
        folder = Folder()
    except OSError as error:
        raise _no_room(error) from error
    try:
        flow = _Flow(folder, config, lessons, engine or Processes(config.workers), progress)
        return flow.run(sources, skipped)
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        raise _no_room(error) from error


def _no_room(error: OSError) -> UsageError:
    place = tempfile.tempdir or "the folder for temporary files"
    return UsageError(
        f"what is between two stages cannot be kept in {place}: {error.strerror}; "
        "set TMPDIR to a folder with room, or take --engine serial"
    )


class _Flow:
    def __init__(
        self, folder: Folder, config: Config, lessons: Lessons, engine: Engine, progress: pipeline.Progress | None
    ) -> None:
        self.whole, self.folder = folder, folder.path
        self.config, self.lessons, self.engine = config, lessons, engine
        self.progress = progress or (lambda stage, done, of: None)
        self.settings = packed(config, lessons)
        run = kit(self.settings)
        self.exact = run.topics.near_copy != "minhash"

    # ----------------------------------------------------------------------------------------------------------- flow
    def run(self, sources: Iterable[Source], skipped: Sequence[Skipped]) -> Report:
        of = len(sources) if isinstance(sources, Sequence) else None
        done = 0

        def tell(n: int) -> None:
            nonlocal done
            done = n
            self.progress("reading claims", n, of)

        shelf = read_all(sources, self.settings, self.engine, Spool(self.folder / "sources"), tell)
        if done and of is None:
            self.progress("reading claims", done, done)
        every = (*skipped, *shelf.skipped)
        if shelf.claims <= HELD:
            rules = kit(self.settings).rules
            return pipeline.compared(_held(shelf), rules, self.config, every, lessons=self.lessons, engine=self.engine)
        parts = max(1, min(shelf.claims // _FEW, max(_PARTS, shelf.claims * _KEYS // PART), _OPEN))
        told = self._texts(shelf, parts)
        tales = self._tales(told, shelf, parts)
        hot, copied = self._copies(told, shelf, parts)
        asked = frozenset(p for pair in self.lessons.must for p in pair)
        made = self._claims(shelf, tales, parts, asked)
        said = claims.taught_pairs(self.lessons.must, made.taught)
        joined, links, capped = self._links(made, shelf, parts, copied, said)
        results = self._judged(shelf, made.opened, copied, hot, joined, links)
        return report(shelf, results, kit(self.settings), every, capped, self.whole)

    def _map(self, stage: str, work: Callable[[Any], Any], items: Sequence[Any], codec: Any = None) -> Iterator[Any]:
        for n, found in enumerate(self.engine.map(work, items, codec=codec), 1):
            yield found
            self.progress(stage, n, len(items))

    def _parts(self, name: str) -> Parts:
        return Parts(self.folder / name)

    def _stretches(self, shelf: Shelf) -> list[range]:
        """Sources in stretches of about as many claims."""
        many = min(len(shelf), max(1, shelf.claims // STRETCH))
        return [range(a, b) for a, b in pairwise(n * len(shelf) // many for n in range(many + 1))] if many else []

    # --------------------------------------------------------------------------------------------------------- stages
    def _texts(self, shelf: Shelf, parts: int) -> Texts:
        told = Texts(self.folder)
        work = texts.Telling(self.settings, shelf, parts)
        for found in self._map("comparing texts", work, self._stretches(shelf), Codec(texts.Texts)):
            for data in found.documents:
                told.documents.add(data)
            for data, again in zip(found.sizes, found.repeats, strict=True):
                told.passages.add(data, again)
            told.keys.add(found.keys)
            told.runs.add(found.runs)
        told.close()
        return told

    def _tales(self, told: Texts, shelf: Shelf, parts: int) -> claims.Tales:
        tales = claims.Tales(Spool(self.folder / "stories"), len(shelf))
        lists, homes = Lists(self.folder / "story-lists"), self._parts("story-homes")
        meet = stories.Meeting(self.settings, told.keys, lists, parts, max(1, len(shelf)))
        for found in self._map("comparing texts", meet, range(parts), Codec(Pieces)):
            homes.add(found)
        homes.close()
        told.keys.drop()
        link = stories.Linking(self.settings, homes, lists, told.documents)
        joined, links = Joined(len(shelf)), dict[int, stories.Links]()
        every: stories.Links = []
        for found in self._map("comparing texts", link, range(parts), Codec(stories.Links)):
            every += found
        joined.add((a, b) for _, a, b in every)
        for one in every:
            links.setdefault(joined.find(one[1]), []).append(one)
        homes.drop()
        groups = [(own, links[root]) for root, own in sorted(joined.sets().items())]
        some = [groups[n : n + 100] for n in range(0, len(groups), 100)]
        for told_of in self._map("comparing texts", stories.Grouping(self.settings, told.documents), some):
            for story, own in told_of:
                place = tales.records.add(story) + 1
                for source in array("Q", own):
                    tales.of[source] = place
        tales.records.close()
        return tales

    def _copies(self, told: Texts, shelf: Shelf, parts: int) -> tuple[frozenset[int], CopiedBetween]:
        passages, homes, hot = told.passages, self._parts("passage-homes"), array("Q")
        lists = Lists(self.folder / "passage-lists")
        most = copy_rules(kit(self.settings).rules).hot_shingle
        meet = copies.Meeting(told.runs, passages, lists if self.exact else None, parts, most)
        for found in self._map("comparing texts", meet, range(parts), Codec(copies.Shared)):
            hot.frombytes(found.hot)
            homes.add(found.homes)
        told.runs.drop()
        heavy = frozenset(hot)
        if not self.exact:
            bands = self._parts("bands")
            band = texts.Banding(self.settings, shelf, parts, heavy)
            for found in self._map("comparing texts", band, self._stretches(shelf), Codec(Pieces)):
                bands.add(found)
            bands.close()
            meet = copies.Meeting(bands, passages, lists, parts, None)
            for found in self._map("comparing texts", meet, range(parts), Codec(copies.Shared)):
                homes.add(found.homes)
            bands.drop()
        homes.close()
        copying = copies.Copying(self.settings, shelf, homes, lists, passages, heavy, self.exact)
        out = CopiedBetween(Spool(self.folder / "copied"), passages.again)
        for found in self._map("comparing texts", copying, range(parts), Codec(copies.Copied)):
            out.add(found)
        out.records.close()
        homes.drop()
        return heavy, out

    def _claims(self, shelf: Shelf, tales: claims.Tales, parts: int, asked: frozenset[str]) -> Claims:
        made = Claims(self.folder, shelf)
        work = claims.Telling(self.settings, shelf, tales, parts, asked)
        for found in self._map("comparing claims", work, self._stretches(shelf), Codec(claims.Claims)):
            made.add(found)
        made.close()
        return made

    def _links(
        self, made: Claims, shelf: Shelf, parts: int, copied: CopiedBetween, said: list[tuple[int, int]]
    ) -> tuple[Joined, Links, int]:
        bound = [*copied.outside(), *said]
        both = (pair for a, b in bound for pair in ((a, b), (b, a)))
        aside = frozenset(b for a, b in both if a in made.curated and b not in made.curated)
        lists, homes = Lists(self.folder / "lists"), self._parts("homes")
        joined, links, capped = Joined(shelf.claims), Links(), 0
        meet = claims.Meeting(self.settings, made.keys, lists, made.opened, parts, aside, made.traits.by_kind())
        for found in self._map("comparing claims", meet, range(parts), Codec(claims.Met)):
            homes.add(found.homes)
            joined.add(pairs(found.joined))
            capped += found.capped
        homes.close()
        made.keys.drop()
        link = claims.Linking(self.settings, homes, lists, made.opened, made.traits)
        for scores, left, right in self._map("comparing claims", link, range(parts), Codec(tuple[bytes, bytes, bytes])):
            links.scores.frombytes(scores)
            links.left.frombytes(left)
            links.right.frombytes(right)
        homes.drop()
        joined.add(zip(links.left, links.right, strict=True))
        joined.add(pairs(made.ties.tobytes()))
        joined.add(pairs(copied.inside.tobytes()))
        joined.add(copied.again())
        joined.add(bound)
        return joined, links, capped

    def _judged(
        self,
        shelf: Shelf,
        opened: claims.Opened,
        copied: CopiedBetween,
        hot: frozenset[int],
        joined: Joined,
        links: Links,
    ) -> Results:
        buckets = joined.buckets(max(_FEW, min(BUCKET, shelf.claims // _PARTS)))
        own = members(buckets)
        tied: list[array[int]] = [array("I") for _ in own]
        for n, a in enumerate(links.left):
            tied[buckets[a]].append(n)
        items = Buckets(own, tied, links)
        results = Results(self.folder)
        work = Judging(self.settings, shelf, opened, copied, hot)
        for found in self._map("judging claims", work, items, Codec(Judged)):
            results.add(found)
        results.close()
        return results


def _held(shelf: Shelf) -> list[tuple[SourceInfo, Extraction]]:
    """All sources, in the order of their ids."""
    share, out = Sharing(), list[tuple[SourceInfo, Extraction]]()
    for source in shelf.by_id():
        kept = texts.kept_of(shelf.read(source))
        out.append((kept.info, share(kept.extraction)))
    return out
