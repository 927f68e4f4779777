"""Whom the second sentence is about: pronouns and descriptions after an introduction. Texts written for the purpose."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consistency.extraction.claims import extract
from consistency.extraction.document import parse
from consistency.model import Claim, Source


def claim_of(text: str, words: str) -> Claim:
    """The one claim whose words hold `words`."""
    return next(c for c in extract(Source(id="s", text=text)).claims if c.text is not None and words in c.text)


INHERITED = [
    # text, words of a claim, its entities
    ("The Sorvik landslide struck on 3 May 1961. It killed 86 people.", "86", ("Sorvik",)),
    ("PumpLab is a video channel about engines. It has 2.3 million subscribers.", "2.3 million", ("PumpLab",)),
    ("Dalby's is a chain of bakeries. It runs 118 shops.", "118", ("Dalby",)),
    ("Mira Tolland is a novelist. She has three daughters.", "three", ("Mira Tolland",)),
    ("Mira Tolland is a novelist. Her first book sold 40,000 copies.", "40,000", ("Mira Tolland",)),
    ("Otto Brandt was a painter. He died aged 71.", "71", ("Otto Brandt",)),
    ("Otto Brandt was a painter. He died in Lund on 2 April 1931 at the age of 71.", "71", ("Otto Brandt",)),
    ("Elm Creek is a village in Harper County. The population was 1,204 in 2010.", "1,204", ("Elm Creek",)),
    ("SS Orlen was a steamer. She was 88 metres long.", "88", ("SS Orlen",)),
    ("Tarvel is a rock band from Brest. They have sold 3 million records.", "3 million", ("Tarvel",)),
    ("Pale Harbour was released in 2011. The film earned $9 million.", "$9 million", ("Pale Harbour",)),
    ("Pale Harbour is a 2011 crime film. The movie had a budget of $4 million.", "$4 million", ("Pale Harbour",)),
    # over a sentence between
    ("Elm Creek is a village. Its mill closed in 1990. It has 1,204 inhabitants.", "1,204", ("Elm Creek",)),
    ("Elm Creek is a village. In the north, it borders on farmland. It has 12 shops.", "12", ("Elm Creek",)),
]


@pytest.mark.parametrize(("text", "words", "names"), INHERITED)
def test_the_introduced_is_inherited(text: str, words: str, names: tuple[str, ...]) -> None:
    claim = claim_of(text, words)
    assert claim.measure.entities == names
    assert claim.basis["entities"] == "inherited"


NOT_MEANT = [
    # text, words of a claim, a name it must not have
    ("Ann Roe met Nils Arp. She has four sons.", "four", "Nils Arp"),  # either may be meant
    ("Otto Brandt was a painter. It cost 40 crowns in 1931.", "40 crowns", "nobody"),
    ("Dalby's is a chain of bakeries. Berg Foods owns mills. It employs 300 people.", "300", "Dalby"),
    ("Elm Creek is a village. The population of Dunmore was 8,100 in 2010.", "8,100", "Elm Creek"),
    ("Pale Harbour is a 2011 film. The film industry employs 5,000 people in Peru.", "5,000", "Pale Harbour"),
    ("Dalby's profit fell. It runs 118 shops.", "118", "Dalby's profit"),
    ("Otto Brandt was a painter. Ana Falk was a singer. She died aged 40.", "40", "Otto Brandt"),
]


@pytest.mark.parametrize(("text", "words", "name"), NOT_MEANT)
def test_what_a_pronoun_does_not_mean(text: str, words: str, name: str) -> None:
    assert name not in claim_of(text, words).measure.entities


def test_a_name_beside_the_pronoun_is_kept() -> None:
    claim = claim_of("Dalby's is a chain of bakeries. It runs 118 shops in Norway.", "118")
    assert claim.measure.entities == ("Dalby", "Norway")


def test_the_age_of_a_named_person_far_from_the_name() -> None:
    claim = claim_of("Otto Brandt died in Lund on 2 April 1931 at the age of 71.", "71")
    assert (claim.measure.noun, claim.measure.entities) == ("age", ("Otto Brandt",))


def test_a_mean_age_is_nobodys() -> None:
    claim = claim_of("Otto Brandt taught men with a mean age of 71.", "71")
    assert claim.measure.relation != "age"


def test_the_lead_counts_as_what_the_text_is_about() -> None:
    found = extract(Source(id="s", text="PumpLab is a video channel. It has 40 hosts.")).context
    assert "PumpLab" in (*found.others, *found.organisations)


PIECES = st.sampled_from(
    ["It", "She", "They", "Larkin", "'s", "is", "was", "a", "film", ",", ".", "(", ")", "of", "2", "\n"]
)


@given(st.lists(PIECES, max_size=30))
@settings(max_examples=150)
def test_any_words_give_mentions_in_order(pieces: list[str]) -> None:
    text = " ".join(pieces)
    found = parse(Source(id="s", text=text)).mentions
    assert [m.first for m in found] == sorted(m.first for m in found)
    assert all(text[m.start : m.end] == m.text for m in found)
    assert all(a.last <= b.first for a, b in pairwise(found))


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("Pale Harbour is a 2011 crime film. It had a budget of $4 million.", "production budget"),
        ("Pale Harbour grossed $90 million against a budget of $4 million.", "production budget"),
        ("Dalby's is a chain of bakeries. It has a budget of $4 million.", "budget"),
    ],
)
def test_the_budget_of_a_film_is_one_of_its_own(text: str, noun: str) -> None:
    assert claim_of(text, "$4 million").measure.noun == noun
