"""Numbers that are no claim: parts of names, addresses and links."""

import pytest

from consistency.extraction.claims import extract
from consistency.model import Source


@pytest.mark.parametrize(
    "text",
    [
        "The kiosk at 1620 Chestnut Avenue was shut.",
        "Look at https://paper.example/2023/07/flood.html for more.",
        "The Group of 77 and the Group of Seven disagreed.",
        "The T20 final moved to Gate 14.",
    ],
)
def test_no_number_of_a_name_an_address_or_a_link_is_a_claim(text: str) -> None:
    found = extract(Source(id="a", text=text, published="2024-06-12")).claims
    assert [c.text for c in found if c.kind not in ("list", "quote")] == []


def test_a_year_before_a_street_that_stands_for_its_trade_stays_a_year() -> None:
    found = extract(Source(id="a", text="In 2019 Wall Street shut early.", published="2024-06-12")).claims
    assert [c.text for c in found] == ["2019"]
