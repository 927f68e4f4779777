"""The trace names what each level matched, and shows nothing that the claims do not rest on."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consistency.extraction.claims import extract
from consistency.extraction.trace import say_value, trace
from consistency.model import Source, Value

TEXT = (
    "Exports of copper from Harlow rose 12% to $5.2 billion in 2023, the ministry said on Monday. "
    "Floods killed six people and may force 40 families out of Arden, Brill and Corve. "
    "“We will build three new bridges by 2030,” Mayor Nora Linde said."
)


@pytest.fixture(scope="module")
def lines() -> list[str]:
    return trace(Source(id="a", text=TEXT, published="2024-05-06", published_basis="metadata"))


def level(lines: list[str], number: int, name: str) -> list[str]:
    """The rows of one level of sentence `number`, counted from 1."""
    starts = [i for i, line in enumerate(lines) if line.startswith("sentence ")]
    part = lines[starts[number - 1] : [*starts, len(lines)][number]]
    out, inside = [], False
    for line in part[1:]:
        label = line[2:14].strip()
        inside = label == name if label else inside
        if inside and line.strip():
            out.append(line[14:])
    return out


def test_sentences_are_told_apart(lines: list[str]) -> None:
    assert [line for line in lines if line.startswith("sentence ")] == [
        f"sentence {n}, characters {TEXT.index(begin)} to {end}"
        for n, begin, end in (
            (1, "Exports", TEXT.index(" Floods")),
            (2, "Floods", TEXT.index(" “We")),
            (3, "“We", len(TEXT)),
        )
    ]


def test_tokens_stand_over_their_classes(lines: list[str]) -> None:
    tokens, classes = level(lines, 2, "tokens")[0], level(lines, 2, "classes")[0]
    at = tokens.index("killed")
    assert classes[at] == "v"
    assert classes[tokens.index("six")] == "q"
    assert len(tokens.split()) == len(classes.split())


@pytest.mark.parametrize(
    ("number", "name", "parts"),
    [
        (1, "times", ['"2023" DATE 2023', "2023-01-01 to 2023-12-31", "role in", "family year of calyear"]),
        (1, "times", ['"Monday"', "2024-05-06", "relative", "family weekday"]),
        (1, "quantities", ['"12%" percent', "change up"]),
        (1, "quantities", ['"$5.2 billion" money', "[5150000000, 5250000000] exact", "unit USD"]),
        (1, "reports", ['"said" after', "speaker ministry", "Exports of copper"]),
        (1, "verbs", ['"rose" rise: change']),
        (1, "claims", ['"$5.2 billion" money: export/', "read as", "period 2023-01-01 to 2023-12-31", "reported by"]),
        (2, "claims", ['"six people" count: person/kill', 'read as object, verb "killed", said of "Floods"']),
        (2, "stances", ["may force 40 families", "hypothetical"]),
        (2, "lists", ["Arden | Brill | Corve"]),
        (3, "quotes", ["We will build three new bridges by 2030", "by Nora Linde"]),
        (3, "names", ["person Nora Linde"]),
        (3, "verbs", ['"will build" build: build (future)']),
    ],
)
def test_a_level_shows_what_it_matched(lines: list[str], number: int, name: str, parts: list[str]) -> None:
    rows = level(lines, number, name)
    assert any(all(part in row for part in parts) for row in rows), rows


def test_every_claim_stands_in_the_trace() -> None:
    source = Source(id="a", text=TEXT, published="2024-05-06", published_basis="metadata")
    text = "\n".join(trace(source))
    for claim in extract(source).claims:
        assert f'"{claim.text}" {claim.kind}: ' in text


def test_rows_keep_to_the_width() -> None:
    for line in trace(Source(id="a", text="Costs of the plan fell. " * 3 + "word " * 200), 60):
        assert len(line) <= 60


def test_values_read_as_intervals() -> None:
    assert say_value(Value(low=5, high=None, low_open=True, hedge="more-than")) == "(5, …) more-than"
    assert say_value(Value(low=6, high=6)) == "[6, 6] exact"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_traced(text: str) -> None:
    assert isinstance(trace(Source(id="a", text=text)), list)
