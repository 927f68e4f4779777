"""The judge without extraction and topics: hand-made labels as claims, one topic for each measure of an incident.

    .venv/bin/python -m benchmarks.judge_alone INCIDENTS_FOLDER REPORT.json
    python score_consistency.py labelled REPORT.json --dir INCIDENTS_FOLDER [--measures killed,injured,victims]

INCIDENTS_FOLDER holds labelled.jsonl (sources) and labelled.gold.jsonl (labels). What the scorer counts as wrong is the
judge's own doing then: every claim was read rightly and stands beside the right others.
"""

import json
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import msgspec

from consistency.judgement import judge
from consistency.judgement.oracle import claim_of
from consistency.model import Claim, Clustering, Context, Extraction, Origins, Sentence, Source, Topic
from consistency.sources import read_paths

ROLES = {
    "killed": ("person", "kill"),
    "injured": ("person", "injure"),
    "victims": ("person", "shoot"),
    "suspects": ("suspect", None),
    "arrested": ("person", "arrest"),
    "attendees": ("person", "attend"),
    "children": ("child", "injure"),
}
HEDGES = {"at-least": "at least {}", "at-most": "at most {}", "about": "about {}", "nearly": "nearly {}"}
ELSEWHERE = ("other incident", "city total")  # scopes of numbers that are of no one incident of the set
WHOLE = {"all scenes": "+all scenes"}
SIGNS = {"incl.": "+", "excl.": "-", "besides": "-"}


def main() -> None:
    folder, out = Path(sys.argv[1]), Path(sys.argv[2])
    texts = {s.id: s for s in read_paths([str(folder / "labelled.jsonl")])[0]}
    contexts = {name: Context(source=name, publisher=s.publisher, published=s.published) for name, s in texts.items()}
    topics: dict[tuple[str, str, str], list[Claim]] = defaultdict(list)
    for number, label in enumerate(_rows(folder / "labelled.gold.jsonl")):
        claim = _claim(label, number, contexts, texts[label["source"]])
        elsewhere = label["scope"] if (label["scope"] or "").startswith(ELSEWHERE) else ""
        topics[label["incident"], label["measure"], elsewhere].append(claim)
    every = [c for group in topics.values() for c in group]
    clustering = Clustering(
        topics=tuple(
            Topic(id=f"t{n}", title=measure, claims=tuple(c.id for c in group))
            for n, ((_, measure, _), group) in enumerate(sorted(topics.items()))
        ),
        origins=Origins(),
    )
    extractions = [
        Extraction(source=name, context=context, claims=tuple(c for c in every if c.source == name))
        for name, context in contexts.items()
    ]
    judged = judge(clustering, extractions)
    report = {"claims": every, "topics": judged.topics, "findings": judged.findings}
    out.write_bytes(msgspec.json.encode(report))
    print(f"{len(every)} labels, {len(judged.topics)} topics, {len(judged.findings)} findings")


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _claim(label: dict[str, Any], number: int, contexts: dict[str, Context], source: Source) -> Claim:
    measure, _, name = label["measure"].partition(":")
    entry: dict[str, Any] = {"id": f"l{number}", "source": label["source"], "text": label["span"]}
    if label["asof"]:
        entry["as_of"] = label["asof"]
    if label["scope"]:
        entry["scope"] = [_scope(part) for part in label["scope"].split(", ")]
    if measure == "event-date":
        entry |= {"kind": "date", "value": _ends(label, "/"), "relation": "shoot"}
        entry["period"] = {"on": _ends(label, "/"), "basis": "stated"}
    elif measure == "age":
        entry |= {"kind": "measure", "unit": "year", "dimension": "time", "noun": "age", "relation": "age"}
        entry |= {"value": _value(label), "entities": [name], "basis": {"entities": "stated"}}
    else:
        noun, relation = ROLES.get(measure, (measure, None))
        entry |= {"value": _value(label), "noun": noun, "relation": relation, "basis": {"entities": "inherited"}}
    claim = claim_of(entry, contexts)
    start = max(source.text.find(label["span"]), 0)
    end = start + len(label["span"])
    zone = next((z.kind for z in source.zones if z.start <= start < z.end), "body")
    sentence = Sentence(text=label["span"], start=start, end=end)
    return msgspec.structs.replace(claim, start=start, end=end, zone=zone, sentence=sentence)


def _value(label: dict[str, Any]) -> str:
    if label["hedge"] in HEDGES:
        ends = [end for end in (label["low"], label["high"]) if end is not None]
        return HEDGES[label["hedge"]].format(max(ends) if label["hedge"] == "nearly" else ends[0])
    return _ends(label, "..")


def _ends(label: dict[str, Any], between: str) -> str:
    low, high = label["low"], label["high"]
    return f"{low}" if low == high else f"{low}{between}{high}"


def _scope(words: str) -> str:
    first, _, rest = words.partition(" ")
    return f"{SIGNS[first]}{rest}" if first in SIGNS else WHOLE.get(words, words)


if __name__ == "__main__":
    main()
