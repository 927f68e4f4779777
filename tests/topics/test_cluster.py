"""Which hand-written claims share a topic."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from topic_oracle import extractions, groups

from consistency.rulebook import read_yaml
from consistency.topics import cluster

CASES: list[dict[str, Any]] = [
    c for path in sorted(Path(__file__).parent.glob("cases/*.yaml")) for c in read_yaml(path)
]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["case"])
def test_case(case: dict[str, Any]) -> None:
    found = cluster(extractions(case["sources"]))
    assert groups(found) == sorted(sorted(g) for g in case["topics"])
    for topic in found.topics:
        for name, claims in case.get("curated", {}).items():
            if set(claims) & set(topic.claims):
                assert (topic.curated, sorted(topic.claims)) == (name, sorted(claims))
