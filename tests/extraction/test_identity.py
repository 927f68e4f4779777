"""Fingerprints of claims: what they depend on and what not."""

from hypothesis import given
from hypothesis import strategies as st

from consistency.extraction.identity import Fingerprints, normalised

_SIGNS = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "\u00a0": " "})
_SPACES = "".join(c for c in map(chr, range(0x3001)) if c.isspace())


@given(st.text(st.sampled_from(_SPACES + "  aB“”’—é")))
def test_levels_signs_white_space_and_case(text: str) -> None:
    assert normalised(text) == " ".join(text.translate(_SIGNS).split()).lower()


def test_equal_claims_get_an_occurrence_of_their_own() -> None:
    prints = Fingerprints("The Harbour Post", "2024-03-01")
    first, again = (prints.next("Two boats sank.", "count", "Two boats") for _ in range(2))
    other = Fingerprints("the harbour  post", "2024-03-01").next("Two  boats sank.", "count", "two boats")
    assert first == other
    assert first != again
