"""Ordinals that say what number something has, and ordinals that pick one of a series out. Sentences made for this."""

from __future__ import annotations

import pytest

from consistency.extraction.claims import extract
from consistency.model import Source


def order_of(text: str) -> str:
    """The basis of the order of the one ordinal of a text."""
    (claim,) = (c for c in extract(Source(id="s", text=text)).claims if c.kind in ("ordinal", "rank"))
    return claim.basis["order"]


@pytest.mark.parametrize(
    "text",
    [
        "Grey Lanterns is the fourth studio album by Tarvel.",
        "Grey Lanterns was also the fourth album of Tarvel.",
        "The talks became the sixth round of the year.",
        "The gathering marked the sixth convention of the guild.",
        "Mira Tolland was elected as the 12th president of Norland.",
        "Their fourth album, Grey Lanterns, was released in 2001.",
        "Grey Lanterns, the fourth album of Tarvel, sold well.",
        "Grey Lanterns, their fourth album, sold well.",
        "The crew finished eighth.",
        "The mine became the fifth-largest employer.",
        # an event that is held, with its place or day
        "The sixth summit of the Harbour League was held in Oslo.",
        "Leaders met for the sixth summit of the Harbour League in 2022.",
    ],
)
def test_the_number_is_told(text: str) -> None:
    assert order_of(text) == "stated"


@pytest.mark.parametrize(
    "text",
    [
        "The first season had good reviews.",
        "The film did well in its second weekend.",
        "The show is in its second season.",
        "Ortmann's third film is a comedy.",
        "The booster flew for the fifth time.",
        "He fell in the second battle of Orr.",
        "Rescuers heard a fourth blast at noon.",
        "People fled as the second blast shook the town.",
        "The second-largest mine closed.",
        "The summit was good, and the sixth summit will be better.",
    ],
)
def test_the_number_is_taken_for_granted(text: str) -> None:
    assert order_of(text) == "inferred"


def test_other_claims_have_no_order() -> None:
    claims = extract(Source(id="s", text="Four people died in 2011.")).claims
    assert claims
    assert all("order" not in c.basis for c in claims)
