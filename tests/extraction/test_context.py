"""What points back at what, and what a whole document is about."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consistency.extraction.anaphora import resolve
from consistency.extraction.context import build_context
from consistency.extraction.contextnames import place_inside
from consistency.extraction.contextwords import content_lemma
from consistency.extraction.entities import find_mentions
from consistency.extraction.periods import find_times
from consistency.extraction.tokens import tokenise
from consistency.model import Context, Source, Zone


def context(text: str, published: str | None = "2024-05-07", **fields: object) -> Context:
    source = Source(id="s", text=text, published=published, **fields)  # type: ignore[arg-type]
    tokens = tokenise(text)
    return build_context(source, tokens, find_mentions(tokens, source.zones), find_times(tokens, published))


def pointing(text: str) -> list[tuple[str, str]]:
    """(words, name) of every mention that points back."""
    tokens = tokenise(text)
    found = resolve(tokens, find_mentions(tokens), context(text))
    assert [m.first for m in found] == sorted(m.first for m in found)
    assert all(text[m.start : m.end] == m.text for m in found)
    return [(m.text, m.name) for m in found if m.anaphor]


POINTING = [
    ("Peru and Chile lie in South America. The region exports copper.", [("The region", "South America")]),
    (
        "Envoys of Latin America and the Caribbean met. Latin American exports rose. Asia buys much. The region grew.",
        [("The region", "Latin America and the Caribbean")],
    ),
    ("Peru signed. The country will open a port.", [("The country", "Peru")]),
    ("Kenya sells tea to Egypt. The country grows it in the hills.", [("The country", "Kenya")]),
    ("Vietnam is a large buyer. Last year Laos sent half of its rice there.", [("there", "Vietnam")]),
    ("He moved to Oslo and works there.", [("there", "Oslo")]),
    ("He lives in Oslo. There is snow. There are trees.", []),
    ("The Belt and Road grew. Many joined the initiative.", [("the initiative", "Belt and Road Initiative")]),
    ("The China-CELAC Forum met. The forum has members.", [("The forum", "China-CELAC Forum")]),
    ("Mercosur met on Friday. The bloc wants trade.", [("The bloc", "Mercosur")]),
    ("Denver is calm. The city was quiet.", [("The city", "Denver")]),
    ("Denver, the capital of Colorado, is calm.", []),
    ("The region is dry. The country is large.", []),
    ("mercosur met. the bloc wants trade. the region waits.", [("the bloc", "Mercosur")]),
]


@pytest.mark.parametrize(("text", "expect"), POINTING)
def test_words_that_point_back(text: str, expect: list[tuple[str, str]]) -> None:
    assert pointing(text) == expect


INCIDENT = """DUNMORE FALLS, N.C. (AP) — A man was shot on Marlow Street on Sunday, May 5, Dunmore Falls police said.

Nora Harlow, 34, was taken to Saint Oda Hospital. Harlow is expected to live.

Detective Piet Brandt of the Dunmore Falls Police Department asked for help.

WXYZ reported that Oslo was not involved.

Anneke Storm contributed to this report.
"""


def test_the_lead_says_what_an_article_is_about() -> None:
    found = context(INCIDENT, title="Man shot on Marlow Street in Dunmore Falls", publisher="dunmoreherald.com")
    assert set(found.places[:2]) == {"Marlow Street", "Dunmore Falls"}
    assert "North Carolina" in found.places
    assert found.persons[0] == "Nora Harlow"
    assert "Dunmore Falls Police Department" in found.organisations
    assert found.days == ("2024-05-05",)
    assert "shoot" in found.terms
    assert found.published == "2024-05-07"


def test_agencies_stations_and_reporters_are_not_what_it_is_about() -> None:
    found = context(INCIDENT, publisher="dunmoreherald.com", author="Nora Quist")
    everything = {*found.places, *found.persons, *found.organisations, *found.others}
    assert not everything & {"Associated Press", "WXYZ", "Anneke Storm"}
    byline = context("By Nora Quist\n\nTwo were hurt in Oslo, Anton Lund said, a fire official.", author="Nora Quist")
    assert byline.persons == ("Anton Lund",)
    assert (
        "Harlow Gazette"
        not in context("The Harlow Gazette said so on Friday.", publisher="Harlow Gazette").organisations
    )


def test_captions_and_related_links_do_not_count() -> None:
    text = "Two were hurt in Oslo on Friday.\n\nRelated: Three hurt in Madrid, Ada Lund says."
    zone = Zone(start=text.index("Related"), end=len(text), kind="related")
    assert context(text, zones=(zone,)).places == ("Oslo",)
    assert context(text, zones=(zone,)).persons == ()
    assert set(context(text).places) == {"Oslo", "Madrid"}


def test_names_only_the_title_has_count() -> None:
    found = context(
        "Two people were hurt, officials said.", title="Two hurt in Oslo - The Harlow Gazette | Madrid news"
    )
    assert found.places == ("Oslo",)


def test_a_body_lends_its_place() -> None:
    assert place_inside("Denver Police Department") == "Denver"
    assert place_inside("Marlow County Sheriff's Office") == "Marlow County"
    assert place_inside("Saint Oda Hospital") is None
    assert place_inside("US Navy") is None
    assert "Denver" in context("The Denver Police Department said two died.").places


def test_content_lemmas() -> None:
    assert content_lemma("countries") == "country"
    assert content_lemma("killed") == "kill"
    assert content_lemma("the") is None
    assert content_lemma("34") is None


def test_an_empty_document_is_about_nothing() -> None:
    assert context("") == Context(source="s", published="2024-05-07", published_basis=context("").published_basis)
    assert pointing("") == []


pieces = st.sampled_from(
    [
        "the region",
        "there",
        "Peru",
        "South America",
        "the forum",
        "is",
        ".",
        "The",
        "Ada Lund",
        "said",
        "in",
        "Oslo",
        ",",
        "\n\n",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(pieces, max_size=30).map(" ".join)), st.text(max_size=40))
def test_any_text_has_a_context_and_exact_pointers(text: str, title: str) -> None:
    found = context(text, title=title)
    assert found == context(text, title=title)
    for names in (found.places, found.persons, found.organisations, found.others, found.terms, found.days):
        assert len(set(names)) == len(names)
    pointing(text)
