"""Two wordings of one speech: equal, a variant, a changed number, a changed negation, or something else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.judgement.wording import SAME, compare, same_speech

CASES = [
    ("We will open twenty ports.", "we will open 20 ports", "equal"),
    ("“We won't open the ports.”", "we will not open the ports", "equal"),
    ("closer co-operation at sea", "closer cooperation at sea", "equal"),
    ("We organised the programme", "we organized the program", "equal"),
    ("We spent 450bn on docks and rail", "we spent 450 billion on docks and rail", "equal"),
    ("The share is 20% of all cargo", "the share is 20 per cent of all cargo", "equal"),
    ("one hundred and five ships came to our docks", "105 ships came to our docks", "equal"),
    # a passage of the other
    ("always backs the harbour", "The city always backs the harbour and its crews", "equal"),
    ("We opened … the best docks", "We opened last year the best docks of all", "equal"),
    ("We opened [...] the best docks", "We opened last year the best docks of all", "equal"),
    # the same statement in other words
    ("ready to keep working with island states to help and grow together, and defend peace, law and liberty",
     "Norway is ready to keep on working with the islands to help each other and grow together, and uphold peace, law "
     "and liberty, values of all", "variant"),
    ("We highly prize our bonds with the league, and take the league as our main partner in building trust at sea",
     "We attach great weight to our bonds with the league and consider the league our main partner in building trust "
     "at sea", "variant"),
    # a number
    ("We will open 19 ports next year", "We will open 20 ports next year", "number-differs"),
    ("We spent 450 million on docks and rail", "We spent 450 billion on docks and rail", "number-differs"),
    ("twelve crews lost their ships that night", "Two crews lost their ships that night", "number-differs"),
    ("We have one harbour pilot for the coast", "We have three harbour pilots for the coast", "number-differs"),
    ("19 ports joined the league", "20 ports joined the league in May", "number-differs"),
    # a negation
    ("We will not open the old harbour this year", "We will open the old harbour this year", "negation-differs"),
    ("Nobody sank the harbour ferry that night", "Somebody sank the harbour ferry that night", "negation-differs"),
    ("We never closed the harbour ferry", "We did not close the harbour ferry", "variant"),
    ("It is not only a harbour but a home for crews", "It is a harbour and a home for crews", "variant"),
    # something else
    ("The crews love cats", "The budget rose by five percent", "different"),
    ("We will open a school in the hills", "They closed the old railway yard last winter", "different"),
]  # fmt: skip


@pytest.mark.parametrize(("a", "b", "relation"), CASES, ids=[f"{a[:30]}~{r}" for a, _, r in CASES])
def test_relation_both_ways(a: str, b: str, relation: str) -> None:
    assert compare(a, b).relation == relation
    assert compare(b, a).relation == relation


def test_differing_words_are_named() -> None:
    found = compare("We will open 19 ports next year", "We will open 20 ports next year")
    assert (found.only_a, found.only_b) == (("19",), ("20",))


def test_number_left_out_is_a_variant() -> None:
    found = compare("We will open 19 new ports on the coast", "We will open new ports all along the coast")
    assert found.relation == "variant"


def test_empty_wordings_are_not_comparable() -> None:
    assert compare("", "We will open ports").relation == "different"
    assert compare("…", "").score == 0.0


def test_same_speech_finds_renderings_and_not_neighbours() -> None:
    a = "The port must stay open to crews of all nations and guard the peace at sea"
    assert same_speech(a, "Our port has to remain open for crews of all nations and protect peace at sea") >= SAME
    assert same_speech(a, "The ministry raised its budget for schools and hospitals by a tenth") < 0.2


def test_short_quotes_weigh_less() -> None:
    whole = "We step into a new dawn for the port"
    assert same_speech("new dawn", whole) < same_speech("step into a new dawn for the port", whole)
    assert same_speech("the", whole) == 0.0


WORDS = st.lists(
    st.sampled_from(
        ["we", "will", "not", "open", "20", "twenty", "ports", "…", "peace", "and", "co-operation", "3bn", ","]
    ),
    max_size=25,
).map(" ".join)


@given(st.one_of(WORDS, st.text(max_size=80)), st.one_of(WORDS, st.text(max_size=80)))
def test_comparison_is_symmetric_and_bounded(a: str, b: str) -> None:
    one, two = compare(a, b), compare(b, a)
    assert one.relation == two.relation
    assert 0.0 <= one.score <= 1.0
    assert one.score == two.score


@given(WORDS)
def test_a_wording_equals_itself(a: str) -> None:
    if any(c.isalnum() for c in a):
        assert compare(a, a.upper()).relation == "equal"
