"""The pairs a claim is scored in are those it shares a key with, however the blocks are kept."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from consistency.extraction.claims import extract
from consistency.model import Source
from consistency.topics.blocking import block, common_word, keys
from consistency.topics.cluster import documents_of
from consistency.topics.links import Links
from consistency.topics.passages import copy_rules
from consistency.topics.settings import TopicSettings
from consistency.topics.signature import Signature, signatures
from consistency.topics.vocabulary import vocabulary
from consistency.topics.weights import weights

TOWNS = ("Orlaford", "Tavria", "Norland")
TEXTS = [
    f"On {day} March 2024 a fire in {town} killed {n} people and destroyed {n + 3} houses worth ${n} million."
    for day, town, n in ((d, TOWNS[k % 3], 2 + k) for d in (4, 5) for k in range(6))
]


def signed(chosen: list[int]) -> list[Signature]:
    found = [
        extract(Source(id=f"s{n}", text=TEXTS[k], published="2024-03-06", published_basis="metadata"))
        for n, k in enumerate(chosen)
    ]
    known = vocabulary()
    return signatures(found, documents_of(found, known, weights()), known, copy_rules())


@settings(max_examples=40, deadline=None)
@given(st.lists(st.integers(0, len(TEXTS) - 1), min_size=1, max_size=9), st.sets(st.integers(0, 30)), st.booleans())
def test_partners_are_the_later_claims_that_share_a_key(chosen: list[int], placed: set[int], asked: bool) -> None:
    claims = signed(chosen)
    known = vocabulary()
    blocks = block(claims, known, TopicSettings(asked=asked), len(claims), placed)
    assert blocks.capped == ()
    of = [keys(s, known, asked) for s in claims]
    times: dict[str, int] = {}
    for own in of:
        for key in own:
            times[key] = times.get(key, 0) + 1
    told = [{k for k in own if not common_word(k, times[k])} for own in of]
    for a in range(len(claims)):
        expected = [b for b in range(a + 1, len(claims)) if a not in placed and b not in placed and told[a] & told[b]]
        assert blocks.partners(a) == expected


def test_a_block_over_the_cap_is_told_of_and_looked_at_nearby_only() -> None:
    claims = signed([0, 0, 0, 0, 0, 0, 1, 1])
    known = vocabulary()
    whole = block(claims, known, TopicSettings(), len(claims))
    few = block(claims, known, TopicSettings(block_cap=2, window=1), len(claims))
    assert few.capped
    pairs = {(a, b) for a in range(len(claims)) for b in few.partners(a)}
    assert pairs
    assert pairs < {(a, b) for a in range(len(claims)) for b in whole.partners(a)}


@given(st.dictionaries(st.tuples(st.integers(0, 9), st.integers(10, 19)), st.floats(-50, 50)))
def test_links_come_back_best_first(scores: dict[tuple[int, int], float]) -> None:
    found = [(score, a, b) for (a, b), score in sorted(scores.items())]
    assert list(Links(found).best_first()) == sorted(found, key=lambda x: (-x[0], x[1], x[2]))
