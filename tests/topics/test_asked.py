"""Two texts that somebody put side by side need no name in common to be compared; in a pile of texts they do."""

import pytest

from consistency import pipeline
from consistency.sources import read_records

PAIRS = [
    ("The pact has 19 members.", "It has 26 members."),
    ("Trade was worth 5 billion euros.", "Trade was worth 7 billion euros."),
    ("Nineteen schools closed.", "There, 26 schools closed."),
]


@pytest.mark.parametrize("texts", PAIRS)
def test_asked_for_and_in_a_pile(texts: tuple[str, str]) -> None:
    sources, _ = read_records([{"id": f"text {n}", "text": t, "published": "2022-03-01"} for n, t in enumerate(texts)])
    assert [f.outcome for f in pipeline.check(sources, asked=True).findings] == ["possible-contradiction"]
    assert pipeline.check(sources).findings == ()
