"""Named entities: known names in any case, unknown ones by their words, one name for each thing in a document."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consistency.extraction.entities import find_mentions
from consistency.extraction.gazetteer import names
from consistency.extraction.spans import Mention
from consistency.extraction.tokens import tokenise
from consistency.model import Zone

KINDS = {"place", "group", "organisation", "person", "initiative", "event", "product", "other"}


def mentions(text: str) -> list[Mention]:
    return find_mentions(tokenise(text))


def read(text: str) -> list[tuple[str, str]]:
    """(name, kind) of every mention, in order."""
    return [(m.name, m.kind) for m in mentions(text)]


def named(text: str, kind: str) -> list[str]:
    return [m.name for m in mentions(text) if m.kind == kind]


ALIASES = [
    ("The BRI grew in May.", "Belt and Road Initiative"),
    ("A Belt and Road loan was signed.", "Belt and Road Initiative"),
    ("They spoke about One Belt, One Road at length.", "Belt and Road Initiative"),
    ("The Community of Latin American and Caribbean States met.", "CELAC"),
    ("He addressed Celac by video.", "CELAC"),
    ("The E.U. and others objected.", "European Union"),
    ("The UK agreed.", "United Kingdom"),
    ("The U.S. agreed.", "United States"),
    ("America agreed to it.", "United States"),
    ("A forum on LAC trade opened.", "Latin America and the Caribbean"),
    ("The FBI is looking into it.", "FBI"),
    ("Sao Paulo was flooded.", "São Paulo"),
    ("São Paulo was flooded.", "São Paulo"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name"), ALIASES)
def test_every_way_to_write_a_known_name_gives_its_canonical_name(text: str, name: str) -> None:
    assert name in [n for n, _ in read(text)]


@pytest.mark.parametrize("change", [str, str.lower, str.upper])
def test_known_names_are_found_in_any_case(change: object) -> None:
    text = "ministers from brazil and the european union met in buenos aires about the belt and road initiative."
    cased = "Ministers from Brazil and the European Union met in Buenos Aires about the Belt and Road Initiative."
    text = text if change is str.lower else change(cased)  # type: ignore[operator]
    assert [n for n, _ in read(text)] == ["Brazil", "European Union", "Buenos Aires", "Belt and Road Initiative"]


def test_the_pronoun_us_is_not_the_country() -> None:
    assert read("he told us that the bridge is closed.") == []
    assert read("the us said so.") == [("United States", "place")]
    assert read("us troops left the base.") == [("United States", "place")]
    assert read("It was up to Us all.") == []
    assert named("The US said so.", "place") == ["United States"]


def test_a_currency_names_no_country() -> None:
    assert read("it cost 40 million us dollars and 9 million canadian dollars.") == []
    assert read("It cost 40 million Hong Kong dollars.") == []


def test_demonyms_name_the_place() -> None:
    found = mentions("Chinese and Latin American envoys met a Brazilian minister.")
    assert [(m.name, m.demonym) for m in found] == [("China", True), ("Latin America", True), ("Brazil", True)]
    assert read("An African American pastor spoke.") == []


def test_two_names_of_one_initiative_joined_by_and_are_one_mention() -> None:
    assert read("They build the Silk Road Economic Belt and the Maritime Silk Road together.") == [
        ("Belt and Road Initiative", "initiative")
    ]


def test_the_longest_name_wins() -> None:
    assert ("China-CELAC Forum", "event") in read("The China-CELAC Forum opened on Monday.")
    assert read("The China-CELAC Forum opened.") == [("China-CELAC Forum", "event")]
    assert [n for n, _ in read("They discussed China-Brazil trade at length.")] == ["China", "Brazil"]
    assert [n for n, _ in read("Papua New Guinea and Guinea-Bissau have joined.")] == [
        "Papua New Guinea",
        "Guinea-Bissau",
    ]


PERSONS = [
    ("Nora Harlow, 34, was found at home.", ["Nora Harlow"]),
    ("The suspect, 27-year-old Deq Vandermol, fled.", ["Deq Vandermol"]),
    ("Police spokesman Anselm Krohn said no more.", ["Anselm Krohn"]),
    ("They met Gov. Ilse Marr on Friday.", ["Ilse Marr"]),
    ("Oskar T. Lindqvist was charged with theft.", ["Oskar Lindqvist"]),
    ("The driver was Martin Pell Jr., neighbors recalled.", ["Martin Pell"]),
    ("A song by Whitney Houston was played.", ["Whitney Houston"]),
    ("The minister, Janet Reno, spoke.", ["Janet Reno"]),
    ("Later Jordan Smith was seen in the garage.", ["Jordan Smith"]),
    ("The families of Ada Lund, Kofee Brandt and Tomke Olde were told.", ["Ada Lund", "Kofee Brandt", "Tomke Olde"]),
]


@pytest.mark.parametrize(("text", "names"), PERSONS)
def test_persons_are_told_by_first_names_titles_and_ages(text: str, names: list[str]) -> None:
    assert named(text, "person") == names


def test_a_family_name_means_the_person_introduced_before() -> None:
    text = "Nora Harlow, 34, was hurt. Harlow is stable. Doctors said Mrs. Harlow can leave. Harlow's son waited."
    assert named(text, "person") == ["Nora Harlow"] * 4
    text = "Ada Lund and Piet Lund live there. Piet Lund called for help. Lund was upset."
    assert named(text, "person")[-1] == "Piet Lund"


def test_a_known_short_form_gives_way_to_a_person_of_the_text() -> None:
    assert named("Trump spoke. President Trump left.", "person") == ["Donald Trump", "Donald Trump"]
    assert named("Judd Trump won the frame. Trump smiled.", "person") == ["Judd Trump", "Judd Trump"]


def test_a_surname_that_is_a_city_stays_a_person() -> None:
    text = "Esteban Lorca Santiago, 26, was held. Santiago had flown in. He was born in Santiago, officials said."
    assert [k for _, k in read(text)] == ["person", "person", "place"]


def test_initials_mean_the_organisation_the_text_names() -> None:
    text = "The Harlow Police Department called on Friday. HPD officers came."
    assert named(text, "organisation") == ["Harlow Police Department"] * 2


def test_persons_in_text_without_capitals() -> None:
    assert named("maria lopez is the new envoy. president xi jinping spoke.", "person") == ["Maria Lopez", "Xi Jinping"]
    assert named("mark said he will grant more money and frank talks.", "person") == []


def test_organisations_are_told_by_their_last_words() -> None:
    text = "The Harlow Falls Police Department and Lund Paper Mills Inc. gave to Saint Oda Hospital."
    assert named(text, "organisation") == [
        "Harlow Falls Police Department",
        "Lund Paper Mills Inc",
        "Saint Oda Hospital",
    ]
    assert named("Dunmore Police arrested him.", "organisation") == ["Dunmore Police Department"]
    assert named("The Marlow County Sheriff's Office said so.", "organisation") == ["Marlow County Sheriff's Office"]
    assert named("The University of Harlow opened.", "organisation") == ["University of Harlow"]


def test_first_words_and_acronyms_mean_the_organisation_introduced_before() -> None:
    text = "Lund Paper Mills Inc. grew. Lund Paper said so, and Lund hired many."
    assert named(text, "organisation") == ["Lund Paper Mills Inc"] * 3
    text = "The Port Harlow Transit Authority (PHTA) closed. The PHTA is sorry."
    assert named(text, "organisation") == ["Port Harlow Transit Authority"] * 3


STREETS = [
    ("It happened in the 3600 block of Marlow Street.", "Marlow Street"),
    ("It happened near N. Harbor Ave. and the park.", "Harbor Avenue"),
    ("It happened on East 36th Avenue at noon.", "36th Avenue"),
    ("They closed Highway 61 for hours.", "Highway 61"),
    ("A shop in Marlow County was robbed.", "Marlow County"),
    ("He fled to Lake Odessa Park on foot.", "Lake Odessa Park"),
]


@pytest.mark.parametrize(("text", "name"), STREETS)
def test_streets_counties_and_landmarks_are_places(text: str, name: str) -> None:
    assert named(text, "place") == [name]


def test_unknown_towns_are_told_by_the_words_around_them() -> None:
    assert named("DUNMORE FALLS, N.C. (AP) — Two were hurt.", "place") == ["Dunmore Falls", "North Carolina"]
    assert named("HARLOWTON (WXYZ) - Two were hurt.", "place") == ["Harlowton"]
    assert named("Police in Harlowton said so.", "place") == ["Harlowton"]
    assert named("Then Harlowton police said so.", "place") == ["Harlowton"]
    assert named("He lives in Harlowton, Okla., with his son.", "place") == ["Harlowton", "Oklahoma"]
    assert named("the block of Harlowton closed.", "place") == ["Harlowton"]


def test_places_that_share_a_name_are_told_apart() -> None:
    assert named("He drove to Columbus, Ga., on Friday.", "place") == ["Columbus, Georgia", "Georgia (US)"]
    assert named("He drove to Columbus and back.", "place") == ["Columbus"]
    assert named("In Roswell, Ga., two died. Later Roswell police met.", "place") == [
        "Roswell, Georgia",
        "Georgia (US)",
        "Roswell, Georgia",
    ]
    assert named("They met in Atlanta. It is in Georgia.", "place") == ["Atlanta", "Georgia (US)"]
    assert named("They met in Tbilisi. It is in Georgia.", "place") == ["Tbilisi", "Georgia"]
    assert named("He flew from Paris, Texas, to Lyon.", "place")[0] == "Paris, Texas"


def test_words_at_the_head_of_a_sentence_are_no_names() -> None:
    assert read("Investigators left. Nearby residents slept. Several were nearby. Gunfire rang out.") == []
    assert read("Reading is fun. Nice work. Mobile phones rang.") == []
    assert named("She works in Reading.", "place") == ["Reading"]


def test_headlines_only_count_names_the_text_has() -> None:
    text = "Harlow Charged In Deadly Marlow Street Crash\n\nNora Harlow was charged on Friday after a crash."
    assert read(text)[0] == ("Nora Harlow", "person")
    assert all(name != "Deadly Marlow" for name, _ in read(text))


def test_accounts_and_addresses_are_no_names() -> None:
    assert read("follow @HarlowNews or see https://t.co/Xa9Bc and call 1-800-222-TIPS.") == []


def test_related_links_lend_no_names() -> None:
    text = "Lund was calm on Friday, police said.\n\nRead on: Ada Lund of Oslo was seen."
    zone = Zone(start=text.index("Read on"), end=len(text), kind="related")
    assert named(text, "person")[0] == "Ada Lund"
    assert "Ada Lund" not in [m.name for m in find_mentions(tokenise(text), (zone,)) if m.start < zone.start]


WORDS = "Nora Harlow said in N.C. St. (AP) — 36th Street , . of the İ ß 's Mr. A. Police Dr. Jr. U.S. 34 ( ) and @ /"
ALPHABET = st.sampled_from([*sorted(names().entries)[::40], *WORDS.split(), "\n"])
texts = st.one_of(
    st.text(max_size=120),
    st.lists(ALPHABET, max_size=30).map(" ".join),
    st.lists(ALPHABET, max_size=30).map(lambda w: " ".join(w).title()),
    st.lists(ALPHABET, max_size=20).map(lambda w: " ".join(w).upper()),
)


@settings(max_examples=400, deadline=None)
@given(texts)
def test_any_text_gives_exact_spans_in_order(text: str) -> None:
    tokens = tokenise(text)
    end = 0
    for m in find_mentions(tokens):
        assert text[m.start : m.end] == m.text != ""
        assert m.start >= end
        assert tokens.span(m.first, m.last) == (m.start, m.end)
        assert m.kind in KINDS
        assert m.name
        assert "\n" not in tokens.lower[m.first : m.last]
        end = m.end


@settings(max_examples=60, deadline=None)
@given(texts)
def test_the_same_text_gives_the_same_mentions(text: str) -> None:
    assert mentions(text) == mentions(text)


HOSTILE = {
    "capitals": "Harlow " * 60_000,
    "one run": "Harlow" * 60_000,
    "initials": "A. " * 100_000,
    "hyphens": "A-" * 100_000,
    "of the": "Bank of the " * 30_000,
    "places": "New York " * 40_000,
    "commas": "Paris, " * 50_000,
    "parentheses": "(" * 200_000,
    "titles": "Mr. " * 80_000,
    "brackets": "Paris (Texas) " * 30_000,
}


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(HOSTILE))
def test_hostile_text_is_read_to_its_end(name: str) -> None:
    text = HOSTILE[name]
    tokens = tokenise(text, [(0, len(text))])
    assert all(text[m.start : m.end] == m.text for m in find_mentions(tokens))
