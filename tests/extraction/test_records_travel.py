"""Whatever number a text holds, its claims can be kept and sent: integers of more than 63 bits become floats."""

from __future__ import annotations

import msgspec
from hypothesis import example, given, settings
from hypothesis import strategies as st

from consistency.extraction.claims import extract
from consistency.model import Extraction, Source

PLACES = (
    "Norland owes {} dollars.",
    "Norland counts {} ants.",
    "It rose by {} percent to {} tonnes.",
    "The {}th fair.",
)
MAGNITUDES = ("", " thousand", " trillion", " quadrillion", " quintillion", " sextillion", " x 10^30")


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(PLACES), st.integers(0, 10**45), st.sampled_from(MAGNITUDES), st.booleans())
@example("The {}th fair.", 2**64, "", False)
def test_they_come_back_as_they_were(place: str, number: int, magnitude: str, grouped: bool) -> None:
    printed = f"{number:,}" if grouped else str(number)
    text = place.replace("{}", printed + magnitude)
    found = extract(Source(id="a", text=text, published="2024-03-04", published_basis="metadata"))
    packed = msgspec.msgpack.encode(found)
    assert msgspec.msgpack.decode(packed, type=Extraction) == found
    assert msgspec.json.decode(msgspec.json.encode(found), type=Extraction) == found


def test_a_debt_of_quintillions_is_read() -> None:
    found = extract(Source(id="a", text="Norland owes 300 quintillion dollars.", published="2024-03-04"))
    (claim,) = (c for c in found.claims if c.kind == "money")
    assert claim.value is not None
    assert claim.value.point == 3e20
    assert isinstance(claim.value.point, float)
