"""Two texts that somebody put side by side need no name in common to be compared; in a pile of texts they do."""

from consistency import pipeline
from consistency.sources import read_records

PAIR = [
    {"id": "a", "text": "The pact has 19 members.", "published": "2022-03-01"},
    {"id": "b", "text": "The pact has 26 members.", "published": "2022-03-01"},
]


def _outcomes(asked: bool) -> list[str]:
    sources, _ = read_records(PAIR)
    return [f.outcome for f in pipeline.check(sources, asked=asked).findings]


def test_asked_for() -> None:
    assert _outcomes(asked=True) == ["contradiction"]


def test_in_a_pile() -> None:
    assert _outcomes(asked=False) == []
