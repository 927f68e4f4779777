"""Which place lies in which, and the integrity of the tables of places and names."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise

import pytest

from consistency.extraction import regions
from consistency.extraction.gazetteer import NONE, canonical, metonym, names, resolve
from consistency.extraction.geography import fold, geography, key_of, preferences
from consistency.rulebook import default_rulebook

LATIN, LAC = "Latin America", "Latin America and the Caribbean"

OVERLAPS = [
    (LATIN, LAC, "within"),
    (LAC, LATIN, "contains"),
    ("South America", LATIN, "within"),
    ("Brazil", "South America", "within"),
    ("Brazil", LATIN, "within"),
    (LATIN, "Jamaica", "different"),
    (LATIN, "Asia", "different"),
    ("Asia", "Brazil", "different"),
    (LATIN, "North America", "overlapping"),
    ("CELAC", LAC, "within"),
    ("G20", "European Union", "overlapping"),
    ("São Paulo", "Brazil", "within"),
    ("São Paulo", LATIN, "within"),
    ("Fort Lauderdale", "Florida", "within"),
    ("Fort Lauderdale", "United States", "within"),
    ("Florida", "Fort Lauderdale", "contains"),
    ("Florida", "Georgia (US)", "different"),
    ("Chicago", "Midwest", "within"),
    ("Denver", "Midwest", "different"),
    ("Brooklyn", "New York City", "within"),
    ("San Juan", "United States", "within"),
    ("Hong Kong", "China", "within"),
    ("Brazil", "Brazil", "same"),
    ("Brazil", "Chile", "different"),
    ("Brazil", "Global South", "unknown"),
    ("Brazil", "Harlowton", "unknown"),
    ("Soviet Union", "Russia", "unknown"),
    ("Scotland", "United Kingdom", "within"),
]


@pytest.mark.parametrize(("a", "b", "how"), OVERLAPS)
def test_overlap(a: str, b: str, how: str) -> None:
    assert regions.overlap(a, b) == how


def test_overlap_of_all_regions_is_symmetric() -> None:
    turned = {"within": "contains", "contains": "within"}
    wide = [name for name, place in geography().places.items() if place.sort in {"region", "continent", "group"}]
    for a in wide:
        for b in wide:
            how = regions.overlap(a, b)
            assert regions.overlap(b, a) == turned.get(how, how)


@pytest.mark.parametrize(
    ("whole", "part", "date", "answer"),
    [
        ("European Union", "United Kingdom", "2018-06-01", True),
        ("European Union", "United Kingdom", "2021-06-01", False),
        ("European Union", "United Kingdom", None, None),
        ("European Union", "Croatia", "2010-01-01", False),
        ("European Union", "Croatia", None, True),
        ("European Union", "Norway", None, False),
        ("BRICS", "Egypt", "2023-08-01", False),
        ("BRICS", "Egypt", "2024-08-01", True),
        ("OPEC", "Gabon", "2000-01-01", False),
        ("OPEC", "Gabon", "1980-01-01", True),
        ("European Union", "Paris", None, True),
        ("Non-Aligned Movement", "India", None, None),
        ("Europe", "European Union", None, None),
    ],
)
def test_groups_have_dated_members(whole: str, part: str, date: str | None, answer: bool | None) -> None:
    if (whole, part) == ("Europe", "European Union"):  # Cyprus lies in Asia by M49
        assert regions.contains(whole, part) is False
        assert regions.overlap(whole, part) == "overlapping"
    else:
        assert regions.contains(whole, part, date) is answer


def test_member_counts() -> None:
    counts = {"CELAC": 33, "European Union": 27, "NATO": 32, "ASEAN": 11, "G7": 7, "African Union": 55, "CARICOM": 14}
    assert {name: len(regions.members(name)) for name in counts} == counts
    assert len(regions.members("European Union", "2019-12-31")) == 28
    assert len(regions.members("NATO", "2000-01-01")) == 19
    assert len(regions.members("Global South")) == 0
    states = [n for n, p in geography().places.items() if p.sort == "country"]
    assert len(states) == 193 + 2  # the members of the United Nations and the two observers


def test_near_same_is_loose_and_symmetric() -> None:
    assert regions.near_same(LATIN, LAC)
    assert regions.near_same(LAC, LATIN)
    assert not regions.near_same(LATIN, "South America")


def test_metonyms_and_canonical_names() -> None:
    assert metonym("Beijing") == "China"
    assert metonym("Brussels") == "European Union"
    assert metonym("Shanghai") is None
    assert canonical("BRI") == canonical("One Belt One Road") == "Belt and Road Initiative"
    assert canonical("the Caribbean") == "Caribbean"
    assert canonical("Harlowton") == "Harlowton"
    entry = resolve("Brazilian")
    assert entry is not None
    assert (entry.name, entry.demonym) == ("Brazil", True)


# ------------------------------------------------------------------------------------------ integrity of the data
def test_no_alias_is_claimed_twice_without_a_stated_preference() -> None:
    unsaid = [
        key
        for key, readings in names().entries.items()
        if len({r.name for r in readings}) > 1 and readings[0].kind != NONE and fold(key) not in preferences()
    ]
    assert unsaid == []


def test_every_preference_names_one_of_the_readings() -> None:
    for key, parent in preferences().items():
        readings = names().entries[key]
        assert len(readings) > 1, key
        assert readings[0].parent == parent, key


def test_everything_regions_and_groups_are_made_of_exists() -> None:
    places = geography().places
    for whole, parts in geography().parts.items():
        assert whole in places, whole
        assert [p for p in parts if p not in places] == [], whole
    for group, rows in regions.memberships().items():
        assert [r.state for r in rows if places[r.state].sort not in {"country", "territory"}] == [], group
    for name, place in places.items():
        assert place.parent is None or place.parent in places, name
    for pair in default_rulebook().load("lexicon/regions.yaml")["near_same"]:
        assert [name for name in pair if name not in places] == []


def test_memberships_are_dates_in_order_and_do_not_overlap() -> None:
    day = re.compile(r"\d{4}-\d\d-\d\d")
    for group, rows in regions.memberships().items():
        by_state = defaultdict(list)
        for row in rows:
            assert day.fullmatch(row.from_), (group, row)
            assert row.to is None or (day.fullmatch(row.to) and row.from_ < row.to), (group, row)
            by_state[row.state].append(row)
        for state, stays in by_state.items():
            for a, b in pairwise(stays):
                assert a.to is not None, (group, state)
                assert a.to < b.from_, (group, state)


def test_every_country_lies_in_a_sub_region_and_every_region_in_the_world() -> None:
    world = set(regions.members("World"))
    for name, place in geography().places.items():
        if place.sort in {"country", "territory"}:
            assert name in world, name
        elif place.sort in {"region", "continent"} and name not in geography().open_regions:
            assert regions.members(name), name


def test_every_name_of_a_place_is_found_again() -> None:
    entries = names().entries
    for alias in geography().aliases:
        if alias.form != "abbr":
            assert alias.place in {e.name for e in entries[key_of(alias.words)]}, alias


def test_every_demonym_maps_to_a_place() -> None:
    for key, readings in names().entries.items():
        for entry in readings:
            assert not entry.demonym or entry.name in geography().places, key
