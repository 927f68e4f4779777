"""Quantities from sentences, by class of construction (quantities_cases.yaml)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from consistency.extraction.periods import find_times
from consistency.extraction.quantities import find_quantities, layer_row
from consistency.extraction.spans import Quantity
from consistency.extraction.tokens import tokenise

FILE = Path(__file__).parent / "quantities_cases.yaml"


def cases() -> Iterator[tuple[str, str, str]]:
    """(group, text, expectations) of each line of the case file."""
    for group, block in yaml.safe_load(FILE.read_text(encoding="utf-8")).items():
        for line in block.strip().splitlines():
            text, _, expected = line.partition(" =>")
            yield group, text, expected


def read(text: str) -> list[Quantity]:
    tokens = tokenise(text)
    return find_quantities(tokens, find_times(tokens, "2024-03-05"))


def shown(quantity: Quantity) -> str:
    value = quantity.value
    number = f"{value.low}..{value.high}" if value.point is None else f"{value.point}"
    words = [quantity.kind, number, quantity.unit or "none"]
    if quantity.per:
        words.append(f"per {quantity.per}")
    if quantity.rank:
        words.append(quantity.rank)
    if value.hedge != "exact":
        words.append(value.hedge)
    if quantity.trend:
        words.append(quantity.trend)
    return " ".join(words)


@pytest.mark.parametrize(("group", "text", "expected"), list(cases()))
def test_quantities_of_a_sentence(group: str, text: str, expected: str) -> None:
    assert "; ".join(shown(q) for q in read(text)) == expected.strip(), group


def test_spans_are_exact_and_hold_hedge_number_and_noun() -> None:
    text = "officials said more than 20 coastal towns were hit"
    (quantity,) = read(text)
    assert quantity.text == "more than 20 coastal towns" == text[quantity.start : quantity.end]
    tokens = tokenise(text)
    assert tokens.words[slice(*quantity.number)] == ["20"]
    assert quantity.noun is not None
    assert tokens.words[slice(*quantity.noun)] == ["coastal", "towns"]


def test_a_number_inside_a_date_is_none_but_one_inside_a_duration_is() -> None:
    assert [q.unit for q in read("It opened on 14 May 2019 after five years.")] == ["year"]


def test_lower_case_text_reads_like_other_text() -> None:
    upper = "Trade passed US$300 billion and 19 Andean towns joined."
    assert [shown(q) for q in read(upper.lower())] == [shown(q) for q in read(upper)]


def test_layer_row_has_the_published_fields() -> None:
    row = layer_row("doc", read("Prices rose 6 %.")[0])
    assert (row["source"], row["text"], row["point"], row["unit"], row["trend"]) == ("doc", "6 %", 6, "percent", "up")
    assert {"start", "end", "low", "high", "low_open", "high_open", "hedge", "per", "dimension", "kind"} <= row.keys()
