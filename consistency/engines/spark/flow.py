"""The whole flow on Spark: sources to claims, to what joins them, to components, to findings, in stages of Parquet."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from consistency import pipeline
from consistency.config import Config
from consistency.engines.kit import kit, packed
from consistency.engines.spark import bands, copies, joins, judging, results, sources, stories
from consistency.engines.spark import reading as claims_stage
from consistency.engines.spark.components import components
from consistency.engines.spark.reading import kept_from
from consistency.engines.spark.tables import Stages
from consistency.lessons import NONE, Lessons
from consistency.model import Report, Skipped
from consistency.topics.passages import copy_rules

Told = Callable[[str, bool], None]
SCHEME = "3"  # raised when a stage has other columns


class Flow:
    """What a run made, and where. run: makes it; report: as `check` gives it, where all of it fits this process."""

    def __init__(
        self, spark: Any, out: str, config: Config | None = None, lessons: Lessons = NONE, told: Told | None = None
    ) -> None:
        """out: the folder of the stages and results, on a file system that every worker sees. told: is called with the
        name of each stage, and whether it was there."""
        self.stages = Stages(spark, out, told)
        self.config, self.lessons = config or Config(), lessons
        pipeline.require(self.config)
        self.settings = packed(self.config, lessons)

    def run(self, paths: Sequence[str]) -> dict[str, int]:
        """Does all stages that are not done; says how many sources, claims and findings there are, and were skipped."""
        run = kit(self.settings)
        make, cap = self._make, run.topics.block_cap
        self.input = sources.stamp(paths, self.stages.spark)
        most = copy_rules(run.rules).hot_shingle
        read = make("sources", lambda: sources.rows(paths, self.config, self.settings, self.stages))
        claims = make("claims", lambda: claims_stage.claims(read, self.settings, self.stages))
        tales = make("stories", lambda: stories.tales(claims, self.settings, cap, self.stages))
        grams = make("passages", lambda: copies.grams(claims, self.settings, self.stages))
        heavy = make("boilerplate", lambda: copies.hot(grams, most))
        kept = copies.with_hot(claims, heavy)
        if run.topics.near_copy == "minhash":
            told = make("bands", lambda: bands.passages(kept.select("kept", "hot"), self.settings))
            like = bands.like(told, self.settings)
        else:
            like = copies.like(grams, self.settings, most)
        copied = make("copies", lambda: copies.copies(kept, like, self.settings, self.stages))
        members = make("members", lambda: joins.told(claims, tales, self.settings))
        tied = make("ties", lambda: joins.tied(claims, self.settings))
        keys = joins.keys_of(members)
        said = joins.taught(members, self.lessons.must, self.stages)
        aside = joins.with_topic(keys, joins.every(copied.where("outside"), said))
        links = make("links", lambda: joins.links(members, keys, aside, self.settings, cap, self.stages))
        make("capped", lambda: joins.capped(keys, cap))
        edges = joins.every(links, joins.stars(keys, cap), tied, copied, said)
        home = make("components", lambda: components(edges, self.stages, "components-round"))
        found = make(
            "judged",
            lambda: judging.judged(claims, members, tales, heavy, links, home, self.settings, self.stages),
        )
        return results.write(self.stages, read, claims, found, make)

    def report(self) -> Report:
        """The report, byte for byte that of `check` on the same sources. Everything that was found is collected."""
        table = self.stages.spark.read.parquet
        read = table(self.stages.path("claims"))
        kept = sorted(
            (kept_from(row.kept) for row in read.where("kept is not null").select("kept").toLocalIterator()),
            key=lambda k: k.info.id,
        )
        asides = (row.aside for row in read.select("aside").toLocalIterator())
        rows = (tuple(row) for row in table(self.stages.path("judged")).toLocalIterator())
        judgement = judging.judgement(rows, asides)
        extractions = [k.extraction for k in kept]
        claims = tuple(c for e in extractions for c in e.claims) + judgement.derived
        rules, capped = kit(self.settings).rules, table(self.stages.path("capped")).first().n
        return pipeline.report_on(
            [k.info for k in kept], extractions, claims, judgement, rules, self.config, tuple(self.skipped()), capped
        )

    def skipped(self) -> list[Skipped]:
        """The sources that were left out, in the order in which `check` lists them."""
        table = self.stages.spark.read.parquet
        left = table(self.stages.path("sources")).where("skipped is not null").orderBy("place", "skipped")
        read = table(self.stages.path("claims")).where("skipped is not null").orderBy("id")
        return [*_skipped(left.collect()), *_skipped(read.collect())]

    def _make(self, name: str, work: Callable[[], Any]) -> Any:
        stamp = hashlib.sha256("\0".join((SCHEME, name, self.input)).encode() + b"\0" + self.settings)
        return self.stages.make(name, stamp.hexdigest(), work)


def _skipped(rows: Any) -> list[Skipped]:
    return [msgspec.json.decode(row.skipped, type=Skipped) for row in rows]
