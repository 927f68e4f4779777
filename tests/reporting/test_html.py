"""The page as a browser and a screen reader see it: read back with lxml, which knows nothing of our templates."""

from __future__ import annotations

import base64
import hashlib
import itertools
import re
from typing import Any

import lxml.html
import pytest

from consistency.model import Report
from consistency.reporting import render

LINKS = {"href", "src", "srcset", "action", "poster", "data", "xlink:href"}


@pytest.fixture(scope="module")
def page(report: Report) -> str:
    return render(report, "html")


@pytest.fixture(scope="module")
def tree(page: str) -> Any:
    return lxml.html.document_fromstring(page)


def text(node: Any) -> str:
    return " ".join(node.text_content().split())


def test_landmarks_and_language(tree: Any) -> None:
    assert tree.get("lang") == "en"
    assert [len(tree.xpath(f"//body/{name}")) for name in ("header", "main", "footer")] == [1, 1, 1]
    assert tree.xpath("//nav/@aria-label")
    assert tree.xpath("//meta[@name='viewport']/@content") == ["width=device-width, initial-scale=1"]
    assert tree.xpath("//body/*")[0].get("href") == "#main"


def test_headings_go_down_one_step_at_a_time(tree: Any) -> None:
    levels = [int(node.tag[1]) for node in tree.iter("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in itertools.pairwise(levels))


def test_every_id_is_unique_and_every_reference_resolves(tree: Any) -> None:
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    named = [i for value in tree.xpath("//@aria-labelledby | //@aria-describedby") for i in value.split()]
    anchors = [href[1:] for href in tree.xpath("//@href") if href.startswith("#")]
    assert len(anchors) > 30
    assert set(named) | set(anchors) <= set(ids)


def test_nothing_runs_and_nothing_is_loaded(tree: Any, page: str) -> None:
    assert not tree.xpath(
        "//script | //iframe | //object | //embed | //form | //img | //link[@rel='stylesheet'] | //base"
    )
    assert not [name for node in tree.iter() for name in node.attrib if name.startswith("on") or name == "style"]
    outside = [v for n in tree.iter() for k, v in n.attrib.items() if k in LINKS and not v.startswith(("#", "data:,"))]
    assert outside == ["https://gazette.example/2022/ferry-compact"]
    assert "url(" not in page
    assert "@import" not in page
    link = tree.xpath("//a[starts-with(@href, 'http')]")[0]
    assert {"noreferrer", "noopener"} <= set(link.get("rel").split())


def test_policy_names_the_style_sheet_and_nothing_else(tree: Any) -> None:
    policy = tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    style = tree.xpath("//style")
    digest = base64.b64encode(hashlib.sha256(style[0].text.encode()).digest()).decode()
    assert len(style) == 1
    assert f"style-src 'sha256-{digest}'" in policy
    assert policy.startswith("default-src 'none'")
    assert "script-src" not in policy


def test_sections_stand_in_reading_order(tree: Any) -> None:
    heads = [text(node) for node in tree.xpath("//main//h2")]
    expected = ["≠ Contradictions 2", "? Possible contradictions 2", "→ Explained by time 2", "⊂ Explained by scope 1"]
    expected += ["“ Differences of attribution 1", "= Agreements 4", "Accepted 2", "Topics 9", "Sources 5"]
    assert heads == [*expected, "What was not understood or not compared", "Data versions"]


def test_a_finding_shows_both_sides_with_the_number_marked(tree: Any) -> None:
    card = tree.xpath("//article[@id='finding-1-vessels']")[0]
    assert card.xpath(".//blockquote//mark/text()") == ["34 vessels", "43 vessels"]
    assert [text(n) for n in card.xpath(".//*[@class='publisher']")] == ["Island Courier", "Eyja Dagblaðið"]
    assert "published 19 May 2023, from the file's metadata" in text(card)
    assert "A copied passage with a changed number" in text(card)
    assert "Both passages stem from one text" in text(card)
    assert "transposed the digits" in text(card)
    assert card.xpath(".//a[@href='#topic-topic-vessels']")


def test_values_periods_and_missing_dates_are_told(tree: Any) -> None:
    crew = text(tree.xpath("//article[@id='finding-1-crew']")[0])
    assert "about 400 people between 380 and 420 people" in crew
    assert "no publication date found" in crew
    assert "in a caption" in crew
    assert "press/leaflet.pdf, page 2" in crew
    freight = text(tree.xpath("//article[@id='finding-1-freight-2']")[0])
    assert "2021 (stated: “in 2021”)" in freight
    assert "between 2.35 and 2.45 billion euros" in freight
    assert "freight against freight and luggage" in freight


def test_a_derived_claim_shows_what_it_rests_on(tree: Any) -> None:
    card = tree.xpath("//article[@id='finding-1-freight-3']")[0]
    derived = card.xpath(".//div[@class='side']")[1]
    assert text(derived).startswith("Worked out, not printed (growth base)")
    assert derived.xpath(".//blockquote//mark/text()") == ["2.87 billion euros"]
    assert "Norvik Tribune" in text(derived.xpath(".//blockquote/footer")[0])


def test_words_that_differ_between_two_quotes_are_told_apart(tree: Any) -> None:
    quotes = tree.xpath("//article[@id='finding-1-quote']//mark[@class='differs']/text()")
    assert quotes == ["does not divide", "never divides"]


def test_an_agreement_told_as_one_side_puts_two_sources_face_to_face(tree: Any) -> None:
    card = tree.xpath("//article[@id='finding-1-freight']")[0]
    assert [text(n) for n in card.xpath(".//*[@class='publisher']")] == ["Norvik Tribune", "Eyja Dagblaðið"]


def test_the_matrix_has_sources_as_columns(tree: Any) -> None:
    table = tree.xpath("//article[@id='topic-topic-freight']//table")[0]
    heads = [text(n) for n in table.xpath(".//thead//th[@scope='col']")]
    assert heads[:3] == ["When", "Value", "source 1 Harbour Gazette"]
    rows = [[text(cell) for cell in row] for row in table.xpath(".//tbody/tr")]
    assert [row[0] for row in rows] == ["2013", "2013", "2021", "2022", "2023"]
    assert rows[0][1] == "about 1.435 billion euros between 1.305 and 1.594 billion euros worked out"
    assert rows[4][2:] == ["·says nothing", "·says nothing", "2.87 billion euros", "about €2.9bn", "·says nothing"]


def test_every_table_has_a_caption_and_every_picture_a_description(tree: Any) -> None:
    for table in tree.xpath("//table"):
        assert text(table.xpath("./caption")[0])
        assert table.xpath("./thead//th[@scope='col']")
    for picture in tree.xpath("//svg"):
        assert picture.get("role") == "img"
        assert text(picture.xpath("./title")[0])
        assert "source" in text(picture.xpath("./desc")[0])


def test_coverage_is_counted(tree: Any) -> None:
    body = text(tree.xpath("//section[@aria-labelledby='coverage']")[0])
    assert "Quantities seen41" in body
    assert "3 pairs: the units do not convert, or no rate is known for the date" in body
    assert "press/wire.jsonl:7: the line is not valid JSON" in body
    assert "Silence is not agreement" in body


def test_it_never_says_true_or_false(tree: Any) -> None:
    assert not re.search(r"\b(true|false|lie|wrong|incorrect)\b", text(tree.body), re.I)


def test_empty_states_read_well(report: Report) -> None:
    quiet = Report(sources=report.sources, coverage=report.coverage)
    page = text(lxml.html.document_fromstring(render(quiet, "html")).body)
    assert "No contradiction was found among 5 sources." in page
    assert "No possible contradiction was found among 5 sources." in page
    assert "No two statements were about the same thing." in page
    alone = text(lxml.html.document_fromstring(render(Report(sources=report.sources[:1]), "html")).body)
    assert "No contradiction was found in the one source read; nothing stood beside it to compare." in alone
    nothing = text(lxml.html.document_fromstring(render(Report(), "html")).body)
    assert "No source could be read, so nothing was compared." in nothing
    assert "None: every source that was named or found was read." in nothing
