"""Near-copied passages: what is a copy, what is only alike, and which claims lie side by side."""

from __future__ import annotations

from typing import Any

import pytest
from topic_oracle import extractions, together

from consistency.topics import cluster, find_origins

LONG = "The harbour authority of Lindvik said that trade through its quays doubled within ten years and reached"
HARBOUR = f"{LONG} [518.4 million tonnes] in 2024."
FORUM = "The league has [33 members]."
MORE = "[More than 20 ports] have agreed to share pilots, tugs and berths with the harbour of Lindvik this spring."


def two(first: list[dict[str, Any]], second: list[dict[str, Any]], **other: Any) -> Any:
    return extractions(
        [
            {"id": "a", "published": "2024-01-01", "publisher": "One", "claims": first},
            {"id": "b", "published": "2024-01-02", "publisher": "Two", "claims": second, **other},
        ]
    )


@pytest.mark.parametrize(
    "changed",
    [
        f"{LONG} [518.4 million tonnes] in 2024.",
        f"{LONG} [481.4 million tonnes] in 2024.",
        f"{LONG} [518.4 billion tonnes] in 2024.",
        f"{LONG} [518.4 million barrels] in 2024.",
        f"{LONG} [$518.4 million] in 2024.",
        f"{LONG} [fewer than 500 million tonnes] in 2024.",
        f"{LONG} [518.4 million tonnes] in 2023.",
        f"{LONG}, officials added, [518.4 million tonnes] in 2024.",
    ],
)
def test_a_copy_with_a_changed_number_is_a_copy(changed: str) -> None:
    found = find_origins(two([{"text": HARBOUR, "kind": "measure"}], [{"text": changed, "kind": "measure"}]))
    assert found.copied == (("a:0", "b:0"),)
    assert found.of == {"a:0": "a:0", "b:0": "a:0"}


def test_claims_pair_by_place_not_by_value() -> None:
    first = [
        {"text": f"{LONG} [5 million] tonnes and 7 million boxes.", "as": "x"},
        {"text": f"{LONG} 5 million tonnes and [7 million] boxes.", "as": "y"},
    ]
    second = [
        {"text": f"{LONG} [7 million] tonnes and 5 million boxes.", "as": "x"},
        {"text": f"{LONG} 7 million tonnes and [5 million] boxes.", "as": "y"},
    ]
    assert find_origins(two(first, second)).copied == (("a:x", "b:x"), ("a:y", "b:y"))


def test_a_shortened_list_is_paired_with_the_whole() -> None:
    head = "The league announced five programmes for its smaller harbours at the yearly meeting, on"
    full = f"{head} [dredging, pilotage, safety, training and trade]."
    less = f"{head} [dredging, pilotage, training and trade]."
    found = find_origins(two([{"text": full, "kind": "list"}], [{"text": less, "kind": "list"}]))
    assert found.copied == (("a:0", "b:0"),)


def test_a_short_sentence_needs_a_copied_neighbour() -> None:
    other = [{"text": "The league has [32 members]."}]
    assert find_origins(two([{"text": FORUM}], other)).copied == ()
    beside = two([{"text": MORE}, {"text": FORUM}], [{"text": MORE}, *other])
    assert find_origins(beside).copied == (("a:0", "b:0"), ("a:1", "b:1"))


@pytest.mark.parametrize(
    ("one", "two_"),
    [
        ("[Two people] were killed.", "[Three people] were killed."),
        ("Population: [63,726] (July 1990)", "Population: [63,917] (July 1991)"),
        (
            "Officers were called to [the 300 block] of Ashby Street in Marlow on Friday after shots near a bar.",
            "Officers were called to [the 900 block] of Dunton Road in Denby on Sunday after shots near a bar.",
        ),
    ],
)
def test_a_template_is_no_copy(one: str, two_: str) -> None:
    assert find_origins(two([{"text": one}], [{"text": two_}])).copied == ()


def table(*rows: str) -> list[dict[str, Any]]:
    return [{"text": row} for row in rows]


def test_a_table_with_one_changed_line_is_a_copy_unless_it_is_another_edition() -> None:
    rows = ["Coastline: [153 km]", "Airports: [3] with paved runways", "Roads: [240 km] of which surfaced and open"]
    rows.append("Birth rate: [18 births] per 1,000 people")
    changed = [*rows[:3], "Birth rate: [81 births] per 1,000 people"]
    assert len(find_origins(two(table(*rows), table(*changed))).copied) == 4
    assert find_origins(two(table(*rows), table(*changed), publisher="One")).copied == ()
    elsewhere = [
        "Coastline: [2,413 km]",
        "Airports: [11] with paved runways",
        "Roads: [90 km] of which surfaced and open",
    ]
    assert find_origins(two(table(*rows), table(*elsewhere, rows[3]))).copied == ()


def test_a_source_that_repeats_itself_counts_once() -> None:
    entries = [{"id": "a", "published": "2024-01-01", "claims": [{"text": FORUM}, {"text": FORUM, "again": True}]}]
    found = find_origins(extractions(entries))
    assert found.repeats == ("a:1",)
    assert found.of == {"a:0": "a:0", "a:1": "a:0"}
    assert found.copied == ()


def test_the_earliest_is_the_origin_and_comes_first() -> None:
    entries = [
        {"id": "late", "published": "2024-03-01", "claims": [{"text": MORE}]},
        {"id": "undated", "claims": [{"text": MORE}]},
        {"id": "early", "published": "2024-01-01", "claims": [{"text": MORE}]},
    ]
    found = find_origins(extractions(entries))
    assert set(found.of.values()) == {"early:0"}
    assert found.copied == (("early:0", "late:0"), ("early:0", "undated:0"), ("late:0", "undated:0"))


def test_a_copy_shares_its_original_s_topic_whatever_it_says() -> None:
    first = [{"text": HARBOUR, "kind": "measure", "dimension": "mass", "noun": "trade"}]
    second = [{"text": f"{LONG} [518.4 million boxes] in 2024.", "kind": "count", "noun": "box"}]
    assert together(cluster(two(first, second)), "a:0", "b:0")


def test_a_form_filled_in_each_time_is_no_copy() -> None:
    filled = [f"{LONG} [{500 + 7 * n} million tonnes] in 2024." for n in range(6)]
    sources = [
        {"id": f"s{n}", "published": "2024-01-01", "claims": [{"text": s, "kind": "measure"}]}
        for n, s in enumerate(filled)
    ]
    assert find_origins(extractions(sources)).copied == ()
    one_wrong = [filled[0]] * 5 + [filled[1]]
    sources = [
        {"id": f"s{n}", "published": "2024-01-01", "claims": [{"text": s, "kind": "measure"}]}
        for n, s in enumerate(one_wrong)
    ]
    assert len(find_origins(extractions(sources)).copied) == 15
