"""What a text prints about its own date, publisher and author."""

import pytest

from consistency.sources.dateline import read_printed
from consistency.sources.lines import content_lines

STORY = "The harbour moved twelve million tonnes of cargo over the year, its operator said in a report to the council."

CASES = [
    # text, day, basis, publisher, author
    (" date 2020-03-04 " + STORY, "2020-03-04", "dateline", None, None),
    ("source: cgtn| published: 2019-02-03\n" + STORY, "2019-02-03", "dateline", "CGTN", None),
    ("Source: Harbour Weekly\nDate: 3 February 2019\n" + STORY, "2019-02-03", "dateline", "Harbour Weekly", None),
    ("By NewsChina Updated Sep.9\n" + STORY, "XXXX-09-09", "text", "NewsChina", None),
    ("LIMA, June 7 (Xinhua) -- " + STORY, "XXXX-06-07", "dateline", "Xinhua", None),
    ("lima, june 7 (xinhua) -- " + STORY.lower(), "XXXX-06-07", "dateline", "Xinhua", None),
    ("LIMA, June 7, 2018 (AFP) - " + STORY, "2018-06-07", "dateline", "AFP", None),
    ("ROME, 3 June 2020 — " + STORY, "2020-06-03", "dateline", None, None),
    ("LUSAKA, Zambia (AP) — " + STORY, None, "none", "Associated Press", None),
    ("DAYTON (WXYZ) - " + STORY, None, "none", "WXYZ", None),
    ("Published: 5 May 2023\n" + STORY, "2023-05-05", "dateline", None, None),
    ("Published on 5th of May 2023\n" + STORY, "2023-05-05", "dateline", None, None),
    ("May 13, 2025 | Reuters\n" + STORY, "2025-05-13", "text", "Reuters", None),
    ("Harbour grows\nReuters - Tuesday, 13 May 2025\n" + STORY, "2025-05-13", "text", "Reuters", None),
    ("Harbour Post, May 13, 2025\n" + STORY, "2025-05-13", "text", "Harbour Post", None),
    ("Daily News of Arvika (2025-05-13)\n" + STORY, "2025-05-13", "text", "Daily News of Arvika", None),
    ("Good news of May 13, 2025 from the harbour\n" + STORY, None, "none", None, None),
    ("Arvika, May 13, 2025\n" + STORY, None, "none", None, None),
    ("12 January 2020 | By Ana Pérez | 3 min read\n" + STORY, "2020-01-12", "text", None, "Ana Pérez"),
    ("By Ana Pérez and John Roe, Staff Writers\n" + STORY, None, "none", None, "Ana Pérez and John Roe"),
    ("By: Ken Lamb, Dee Brown Updated: Oct 8, 2016 - 9:40 PM\n" + STORY, "2016-10-08", "text", None, "Ken Lamb"),
    ("Last updated at 9:05 a.m. on Sunday, Nov. 27\n" + STORY, "XXXX-11-27", "text", None, None),
    ("Updated: 11/26/2015 10:05 AM\n" + STORY, "2015-11-26", "text", None, None),
    ("Harbour grows Posted: Thursday, May 8, 2014 1:16 PM EDT Updated: Friday, May 9, 2014 2 PM EDT\n" + STORY,
     "2014-05-08", "dateline", None, None),
    (STORY + "\n\n" + STORY + "\n\nFirst published: 5 May 2023", "2023-05-05", "dateline", None, None),
    ("发布 2023年1月26日\n2023年1月26日\n" + STORY, "2023-01-26", "text", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "day", "basis", "publisher", "author"), CASES, ids=[c[0][:30] for c in CASES])
def test_read(text: str, day: str | None, basis: str, publisher: str | None, author: str | None) -> None:
    found = read_printed(text, content_lines(text))
    assert (found.published, found.basis, found.publisher, found.author) == (day, basis, publisher, author)


SILENT = [
    "© 2024 Harbour Weekly. All rights reserved.",
    "Copyright 2017 Harbour Weekly. All rights reserved.",
    "The report, published 5 May 2023, said so.",
    "On May 13, 2025 the council met and agreed.",
    "By 2035, trade will double in the region.",
    "By the end of May 2023 the port had closed.",
    "Updated: 05/06/2023",  # day and month could be either
    "Published: 31 February 2023",
    "Published: May 2023",
    "January 5, 2020\nThe first ship came in.\nMarch 9, 2020\nThe second one did.",  # a chronology
    "By far the best",
    "Harbour 2023 - an overview",
]


@pytest.mark.parametrize("text", SILENT)
def test_no_date_is_invented(text: str) -> None:
    found = read_printed(text, content_lines(text))
    assert found.published is None
    assert found.basis == "none"
    assert found.author is None


def test_a_chronology_deep_in_the_text_gives_no_date() -> None:
    text = f"{STORY}\n\n{STORY} Again.\n\nJanuary 5, 2020\n\n{STORY}"
    assert read_printed(text, content_lines(text)).published is None


def test_a_full_date_beats_one_without_a_year() -> None:
    text = f"LIMA, June 7 (Xinhua) -- {STORY}\n\nUpdated: June 9, 2021"
    assert read_printed(text, content_lines(text)).published == "2021-06-09"


def test_only_the_header_itself_is_furniture() -> None:
    text = f" date 2020-03-04 {STORY}"
    found = read_printed(text, content_lines(text))
    assert [text[a:b] for a, b in found.furniture] == ["date 2020-03-04"]
    text = f"Harbour grows Posted: May 8, 2014 1:16 PM EDT\n{STORY}"
    found = read_printed(text, content_lines(text))
    assert [text[a:b] for a, b in found.furniture] == ["Posted: May 8, 2014 1:16 PM EDT"]
    assert [text[a:b] for a, b in found.titles] == ["Harbour grows"]
