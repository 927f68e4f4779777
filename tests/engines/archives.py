"""Sources on which every part of an engine's work shows, with rules, rates and lessons that each change the report."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import msgspec

from consistency import pipeline
from consistency.config import Config, Topics
from consistency.lessons import Lessons
from consistency.model import Claim, Report, Source

ROW = (
    "- id: own-row\n  outcome: scope-explained\n  reason: own\n  severity: note\n"
    "  when: {values: disjoint}\n  message: '{topic}: own words'\n  because: A row of one's own.\n"
)
PORT = {
    "id": "port",
    "text": "A port worth US$20 billion (€10 billion) opened in Marby on 3 May 2021.",
    "published": "2021-05-04",
    "publisher": "Coastal Post",
}


def own(read: Sequence[Source], folder: Path) -> tuple[Config, Lessons]:
    """Rules, rates and lessons that each change the report on these sources."""
    (folder / "own" / "relations").mkdir(parents=True)
    (folder / "own" / "relations" / "own.yaml").write_text(ROW)
    rates = folder / "rates.csv"
    rates.write_text("date,currency,rate\n2021-05-01,USD,2.0\n")
    config = Config(topics=Topics(block_cap=12), rules=(str(folder / "own"),), rates=str(rates))
    plain = pipeline.check(read, config)
    by_id = {c.id: c for c in plain.claims}
    counts = [c for c in plain.claims if c.kind == "count" and c.derived is None]
    apart = next(f for f in plain.findings if len({by_id[i].fingerprint for i in f.claims}) == 2)
    lessons = Lessons(
        must=(_pair(counts[0], next(c for c in counts if c.measure.noun != counts[0].measure.noun)),),
        cannot=(_pair(*(by_id[i] for i in apart.claims[:2])),),
        readings={counts[-1].fingerprint: {"value": 7}},
    )
    assert "own-row" in {f.rule for f in plain.findings}
    assert _of_port(plain) == {"agreement"}
    assert _of_port(pipeline.check(read, msgspec.structs.replace(config, rates=None))) == {"contradiction"}
    for part in ("must", "cannot", "readings"):
        taught = pipeline.check(read, config, lessons=Lessons(**{part: getattr(lessons, part)}))
        assert msgspec.json.encode(taught) != msgspec.json.encode(plain), part
    return config, lessons


def _pair(a: Claim, b: Claim) -> tuple[str, str]:
    one, two = sorted((a.fingerprint, b.fingerprint))
    return one, two


def _of_port(report: Report) -> set[str]:
    own = {c.id for c in report.claims if c.source == "port"}
    return {f.outcome for f in report.findings if own.issuperset(f.claims)}


def invented(many: int, seed: int) -> list[dict[str, str]]:
    from benchmarks.invented import articles

    return articles(many, seed, 0.15)


def lined(articles: list[dict[str, str]], folder: Path) -> str:
    """Articles as JSON lines, one of which cannot be read."""
    place = folder / "articles.jsonl"
    place.write_text("\n".join([*map(json.dumps, articles), "{broken"]) + "\n", encoding="utf-8")
    return str(place)
