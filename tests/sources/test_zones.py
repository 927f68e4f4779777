"""Title, lead, captions, links and furniture told apart from the article."""

import pytest

from consistency.model import Source
from consistency.sources import read_records
from consistency.sources.phrases import classify_line
from consistency.sources.zones import _flatten

STORY = "The harbour moved 12 million tonnes of cargo in 2021, its operator said on Friday, after 3 years of decline."
MORE = "It employs 4,500 people in the three towns around the bay, according to the report that the council received."


def source(text: str, **fields: str) -> Source:
    sources, skipped = read_records([{"text": text, **fields}])
    assert skipped == []
    return sources[0]


def zones(text: str, **fields: str) -> list[tuple[str, str]]:
    found = source(text, **fields)
    return [(z.kind, found.text[z.start : z.end]) for z in found.zones]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Print", "boilerplate"),
        ("Old Version", "boilerplate"),
        ("Copyright 2017 Harbour Weekly. All rights reserved.", "boilerplate"),
        ("© 2024 Harbour Weekly", "boilerplate"),
        ("Sign up for our newsletter", "boilerplate"),
        ("Follow us on Twitter", "boilerplate"),
        ("We use cookies to improve your visit", "boilerplate"),
        ("Please enable JavaScript to view the 12 comments", "boilerplate"),
        ("Related stories", "related"),
        ("RELATED: Two ships collide in fog", "related"),
        ("Read more: Two ships collide in fog", "related"),
        ("More from Harbour Weekly", "related"),
        ("You may also like", "related"),
        ("Photo: Ann Lee", "caption"),
        ("FILE - The quay in 2019, when it had 9 cranes.", "caption"),
        ("The quay in 2019. (AP Photo/Ann Lee, File)", "caption"),
        ("The quay in 2019, with 9 cranes (Photo: Ann Lee)", "caption"),
        ("The quay in 2019, with 9 cranes. (Reuters)", "caption"),
        ("The quay, seen on 3 May 2019 by a reader. (WXYZ)", "caption"),
        ("The quay in 2019, seen from the hill. (Ann Lee/Harbour Weekly)", "caption"),
        ("Ann Lee/Harbour Weekly", "caption"),
        ("1:47 Ships collide in fog off the old harbour", "related"),
        ("+ Ships collide in fog off the old harbour", "related"),
        ("a.lee@harbour.example", "boilerplate"),
        ("Follow the harbour on Twitter: @harbour", "boilerplate"),
        ("7:30 p.m. doors open at the old harbour hall", None),
        ("Imports rose (machines with parts for the new cranes)", None),
        (STORY, None),
        ("Copyright cases rose by 20 per cent", None),
        ("It joined the Community of Latin American and Caribbean States (CELAC).", None),
        ("The budget rose to 5% of the total (approximately $35 million)", None),
        ("Print runs fell to 9,000 copies.", None),
        ("Photo: Ann Lee. " + "The quay has nine cranes. " * 20, None),
    ],
)
def test_lines(line: str, kind: str | None) -> None:
    assert classify_line(line) == kind


def test_title_lead_and_body() -> None:
    found = source(f"Harbour grows again\n\n{STORY}\n\n{MORE}\n")
    assert found.title == "Harbour grows again"
    assert [(z.kind, z.start, z.end) for z in found.zones] == [("title", 0, 19), ("lead", 21, 21 + len(STORY))]


def test_title_of_lower_case_text() -> None:
    text = f"harbour grows again: operator reports record\n\nsource: cgtn| published: 2021-07-28\n\n{STORY.lower()}"
    assert zones(text)[0] == ("title", "harbour grows again: operator reports record")


def test_title_below_the_summary_and_printed_twice() -> None:
    text = f"{STORY}\nharbour grows at last\n\nharbour grows at last\n{MORE}\n{STORY}"
    assert source(text).title == "harbour grows at last"
    assert [k for k, _ in zones(text)] == ["lead", "title", "lead"]


def test_known_title_is_found_in_the_text() -> None:
    text = f"HARBOUR GROWS AGAIN\n{STORY}"
    assert zones(text, title="Harbour grows again - Harbour Weekly")[0] == ("title", "HARBOUR GROWS AGAIN")
    assert [k for k, _ in zones(f"{STORY}\n{MORE}", title="Harbour grows again")] == ["lead"]


@pytest.mark.parametrize(
    "text",
    [
        "Population: 81,204 (July 1990), growth rate 0.7% (1990)\nBirth rate: 21 births/1,000\nCoastline: 118 km\n",
        STORY,
        f"{STORY}\n{MORE}",
        "Harbour grows again",
    ],
)
def test_no_title_where_there_is_none(text: str) -> None:
    assert source(text).title is None
    assert "title" not in {k for k, _ in zones(text)}


def test_hard_wrapped_lead() -> None:
    text = "The harbour moved 12 million tonnes of cargo in 2021, its\noperator said, after 3 bad years.\n\n" + MORE
    assert zones(text)[0] == ("lead", text.split("\n\n")[0])


def test_links_below_a_heading_end_at_the_next_sentence() -> None:
    text = f"{STORY}\n\nRelated stories\nTwo ships collide in fog\nStrike ends after 12 days\n\n{MORE}"
    assert ("related", "Related stories\nTwo ships collide in fog\nStrike ends after 12 days") in zones(text)
    assert not any(MORE in piece for _, piece in zones(text))


def test_a_list_of_headlines_at_the_end() -> None:
    links = "Two ships collide in fog\nStrike ends after 12 days\nMayor calls for a second quay"
    assert zones(f"{STORY}\n\n{MORE}\n\n{STORY} Again.\n\n{MORE} Again.\n\n{links}")[-1] == ("related", links)


def test_inside_a_paragraph_only_the_credit_and_the_sentence_are_marked() -> None:
    credit = "(Photo by Ann Lee)"
    text = f"{STORY}\n\n{MORE} {credit} The mayor thanked all 900 workers. Click here to see the report."
    assert zones(text)[1:] == [("caption", credit), ("boilerplate", "Click here to see the report.")]


def test_prefix_is_furniture_and_the_rest_the_lead() -> None:
    assert zones(f" date 2020-03-04 {STORY}\n\n{MORE}") == [("boilerplate", "date 2020-03-04"), ("lead", STORY)]


def test_zones_never_overlap() -> None:
    flat = _flatten(
        "x" * 30, [(0, 20, "lead"), (5, 9, "caption"), (7, 25, "boilerplate"), (25, 27, "boilerplate"), (3, 3, "title")]
    )
    assert [(z.start, z.end, z.kind) for z in flat] == [(0, 5, "lead"), (5, 9, "caption"), (9, 27, "boilerplate")]


def test_pictures_of_a_gallery_are_captions_however_long() -> None:
    line = (
        "Photo: Ann Lee Image 1 of / 2 Caption Close Image 1 of 2 " + "Two men were hurt at the mill of Arvika. " * 20
    )
    assert [k for k, text in zones(f"{line}\n\nThree men were hurt at the mill of Arvika on Monday.") if k == "caption"]


def test_a_page_of_pictures_alone_has_no_captions() -> None:
    line = "Image {} of 2 Two men were hurt at the mill of Arvika on Monday."
    assert not [k for k, text in zones(line.format(1) + "\n\n" + line.format(2)) if k == "caption"]
