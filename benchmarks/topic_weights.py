"""What the weights of the topic score would be if they were estimated, beside the ones that are stored.

    .venv/bin/python -m benchmarks.topic_weights INCIDENTS_FOLDER

INCIDENTS_FOLDER holds mixed.jsonl and labelled.jsonl (sources), mixed.gold.jsonl and keys.jsonl (which incident a
source tells of) and labelled.gold.jsonl (what a claim measures). A weight is the base-2 logarithm of how much likelier
its evidence is where two sources tell of one incident ("event-…") or where two claims are of one measure of one
incident (all others) than where they are not: (k + 0.5) / (n + 1) on either side, so that what was never seen does not
weigh without limit. Only pairs that share a block are looked at, as in use. What the gold does not label is left out.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterable
from math import log2
from pathlib import Path
from typing import Any

from consistency.extraction.claims import extract
from consistency.model import Extraction
from consistency.sources import read_paths
from consistency.topics.blocking import block
from consistency.topics.cluster import documents_of
from consistency.topics.events import event_evidence
from consistency.topics.passages import copy_rules
from consistency.topics.settings import TopicSettings
from consistency.topics.signature import Signature, signatures
from consistency.topics.similarity import Scorer
from consistency.topics.vocabulary import vocabulary
from consistency.topics.weights import weights

FEW = 10  # pairs with the evidence, under which an estimate is marked

Seen = tuple[bool, frozenset[str]]
"""Whether a pair is a match, and the evidence it gives."""


def main() -> None:
    folder = Path(sys.argv[1])
    documents: list[Seen] = []
    claims: list[Seen] = []
    for name, gold in (("mixed", "mixed.gold.jsonl"), ("labelled", "keys.jsonl")):
        sources, _ = read_paths([str(folder / f"{name}.jsonl")])
        incident = {row["source"]: row["incident"] for row in _rows(folder / gold)}
        extractions = [extract(source) for source in sources]
        documents_told = documents_of(extractions, vocabulary(), weights())
        found = signatures(extractions, documents_told, vocabulary(), copy_rules())
        blocks = block(found, vocabulary(), TopicSettings(), len(found))
        pairs = [(one, found[j]) for i, one in enumerate(found) for j in blocks.partners(i)]
        documents += _documents(pairs, incident)
        if name == "labelled":
            claims = list(_claims(pairs, _measures(_rows(folder / "labelled.gold.jsonl"), sources, extractions)))
    print(f"{'weight':24} stored  estimated   of matches      of others")
    for title, seen, names in (("pairs of sources", documents, True), ("pairs of claims", claims, False)):
        matches = sum(match for match, _ in seen)
        print(f"{title}: {matches} of {len(seen)} match, log2 odds {log2(matches / (len(seen) - matches)):.1f}")
        for line in _table(seen, names):
            print(line)


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _documents(pairs: Iterable[tuple[Signature, Signature]], incident: dict[str, Any]) -> Iterable[Seen]:
    """Each pair of sources once of which two happenings share a block."""
    done = set()
    for a, b in pairs:
        key = (a.doc.source, b.doc.source)
        if a.doc.source == b.doc.source or key in done or not (a.event and b.event) or a.away or b.away:
            continue
        done.add(key)
        names = frozenset(name for name, _ in event_evidence(a.doc, b.doc))
        yield incident[key[0]] == incident[key[1]], names


def _measures(
    labels: Iterable[dict[str, Any]], sources: Iterable[Any], extractions: Iterable[Extraction]
) -> dict[str, set[tuple[str, str]]]:
    """What each labelled claim measures: (incident, measure)."""
    text = {source.id: source.text for source in sources}
    of: dict[str, set[tuple[str, str]]] = {}
    made = {extraction.source: extraction.claims for extraction in extractions}
    for label in labels:
        start = text[label["source"]].find(label["span"])
        kind = "measure" if label["measure"].startswith("age") else "date" if "date" in label["measure"] else "count"
        elsewhere = (label["scope"] or "").startswith(("other incident", "city total"))
        for claim in made[label["source"]]:
            inside = claim.start is not None and claim.end is not None and claim.kind == kind and start >= 0
            if inside and claim.start < start + len(label["span"]) and claim.end > start:
                where = f"{label['incident']} {label['scope']}" if elsewhere else label["incident"]
                of.setdefault(claim.id, set()).add((where, label["measure"]))
    return of


def _claims(pairs: Iterable[tuple[Signature, Signature]], of: dict[str, set[tuple[str, str]]]) -> Iterable[Seen]:
    scorer = Scorer(vocabulary(), weights())
    for a, b in pairs:
        if a.claim.id in of and b.claim.id in of and a.doc.source != b.doc.source:
            names = frozenset(e.name for e in scorer.explain(a, b).evidence if not e.name.startswith("event-"))
            yield bool(of[a.claim.id] & of[b.claim.id]), names


def _table(seen: list[Seen], events: bool) -> Iterable[str]:
    n = Counter(match for match, _ in seen)
    k = Counter((match, name) for match, names in seen for name in names)
    for name in weights().of:
        with_, without = k[True, name], k[False, name]
        if name == "prior" or name.startswith("event-") != events or not with_ + without:
            continue
        estimate = log2((with_ + 0.5) / (n[True] + 1)) - log2((without + 0.5) / (n[False] + 1))
        mark = " few" if with_ + without < FEW else ""
        yield (
            f"{name:24} {weights().of[name]:6.1f}  {estimate:6.1f}"
            f"   {with_:5d} of {n[True]:5d}  {without:5d} of {n[False]:6d}{mark}"
        )


if __name__ == "__main__":
    main()
