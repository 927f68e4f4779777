"""The page of a finding, and deciding on it."""

from __future__ import annotations

import re
from typing import Any

import desk_ledger
import httpx
import pytest
from desk_ledger import finding_of, findings, send

from consistency.ledger import decisions, queue


def text_of(page: str) -> str:
    """What a reader sees of a page."""
    import html

    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", page)))


def open_(client: httpx.Client, id_: str) -> str:
    page = client.get(f"/finding/{id_}")
    assert page.status_code == 200
    return page.text


def test_the_page_shows_both_passages_in_their_article_and_how_it_came_about(client: httpx.Client) -> None:
    page = open_(client, finding_of(client, "possible-contradiction"))
    assert "killed <mark>14 people</mark>" in page
    assert "killed <mark>19 people</mark>" in page
    seen = text_of(page)
    assert "The first firefighters were there within minutes." in seen  # the paragraph before
    assert "The mayor said that the building had been inspected in May." in seen  # and the one after
    for part in ("How it came about", "Why one topic", "Together (log2 of the odds)", "Would settle it", "Sources"):
        assert part in seen
    assert '<svg class="chart wide"' in page
    assert "Rule " in seen
    assert "Other findings of the topic" in seen


def test_the_waterfall_adds_up(client: httpx.Client) -> None:
    page = open_(client, finding_of(client, "contradiction"))
    weights = [float(w) for w in re.findall(r'</th><td class="amount">([+-][\d.]+)</td>', page)]
    score = float(re.findall(r'<td class="amount"><b>([\d.-]+)</b>', page)[0])
    assert len(weights) > 3
    assert abs(sum(weights) - score) < 0.06 * len(weights)


def test_a_decision_is_kept_and_the_next_finding_is_shown(client: httpx.Client, engine: Any) -> None:
    first, second = findings(client.get("/").text)[:2]
    answer = send(client, open_(client, first), "/decide", kind="confirmed", note="Asked both.", then="next")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"/finding/{second}?")
    made = decisions.of(engine, first)[-1]
    assert (made.kind, made.author, made.note, made.version) == ("confirmed", "Ana Lind", "Asked both.", 1)
    assert "Kept." in client.get(answer.headers["location"]).text
    entry = queue.entry(engine, first)
    assert entry is not None
    assert (entry.status, entry.verdict) == ("decided", "confirmed")


@pytest.mark.parametrize(
    ("fields", "detail"),
    [
        ({"kind": "explained", "by": "revision", "text": "two more died"}, {"by": "revision", "text": "two more died"}),
        ({"kind": "needs-source"}, {}),
        ({"kind": "duplicate", "of": "OTHER"}, {"of": "OTHER"}),
        ({"kind": "wrong-reading", "field": "value", "value": "2,019"}, {"field": "value", "value": 2019}),
        (
            {"kind": "wrong-reading", "field": "value", "value": "1,234,567.5 to 2,000,000"},
            {"field": "value", "value": {"low": 1234567.5, "high": 2000000}},
        ),
        (
            {"kind": "wrong-reading", "field": "value", "value": "19 to 25.5"},
            {"field": "value", "value": {"low": 19, "high": 25.5}},
        ),
        (
            {"kind": "wrong-reading", "field": "value", "value": "19 or more"},
            {"field": "value", "value": {"low": 19, "high": None}},
        ),
        (
            {"kind": "wrong-reading", "field": "period", "value": "2023-01-01 to 2023-06-30"},
            {"field": "period", "value": {"from": "2023-01-01", "to": "2023-06-30"}},
        ),
        (
            {"kind": "wrong-reading", "field": "scope", "value": "Marren, Halden"},
            {"field": "scope", "value": ["Halden", "Marren"]},
        ),
        (
            {"kind": "wrong-reading", "field": "noun", "value": "injured people"},
            {"field": "noun", "value": "injured people"},
        ),
        (
            {"kind": "wrong-reading", "field": "modality", "value": "forecast"},
            {"field": "modality", "value": "forecast"},
        ),
    ],
)
def test_every_kind_of_decision(
    client: httpx.Client, engine: Any, fields: dict[str, Any], detail: dict[str, Any]
) -> None:
    id_ = finding_of(client, "contradiction")
    other = finding_of(client, "agreement")
    page = open_(client, id_)
    mark = re.findall(r'name="odd" value="([^"]+)"', page)[0]
    if fields["kind"] == "wrong-reading":
        fields, detail = fields | {"fingerprint": mark}, detail | {"fingerprint": mark}
    swap = lambda given: {k: other if v == "OTHER" else v for k, v in given.items()}  # noqa: E731
    answer = send(client, page, "/decide", **swap(fields))
    assert answer.status_code == 303, text_of(answer.text)
    made = decisions.of(engine, id_)[-1]
    assert (made.kind, made.detail) == (fields["kind"], swap(detail))


def test_what_does_not_belong_to_the_topic_is_told_apart_in_pairs(client: httpx.Client, engine: Any) -> None:
    id_ = finding_of(client, "contradiction")
    page = open_(client, id_)
    marks = re.findall(r'name="odd" value="([^"]+)"', page)
    assert send(client, page, "/decide", kind="not-same-topic").status_code == 303  # the second side is marked at first
    assert decisions.of(engine, id_)[-1].detail == {"pairs": [sorted(marks)]}
    for odd in ([], marks):
        answer = send(client, page, "/decide", kind="not-same-topic", odd=odd)
        assert answer.status_code == 422


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, "Choose what you found."),
        ({"kind": "same-topic"}, "There is no such decision."),
        ({"kind": "explained", "by": "magic"}, "Say what explains the difference."),
        ({"kind": "explained", "by": "other"}, "Say in words"),
        ({"kind": "duplicate"}, "Name the finding"),
        ({"kind": "wrong-reading", "fingerprint": "x", "field": "value", "value": "1"}, "Choose the statement"),
        ({"kind": "confirmed", "evidence": "javascript:alert(1)"}, "https"),
        ({"kind": "confirmed", "note": "x" * 10_001}, "10,000"),
        ({"kind": "confirmed", "version": "7"}, "which version"),
        ({"kind": "wrong-reading", "fingerprint": "MARK", "field": "value", "value": "2,5"}, "in digits"),
        ({"kind": "wrong-reading", "fingerprint": "MARK", "field": "value", "value": "12,34"}, "in digits"),
        ({"kind": "wrong-reading", "fingerprint": "MARK", "field": "value", "value": "9" * 41}, "40 digits"),
    ],
)
def test_what_is_missing_is_told_and_the_rest_of_the_form_is_kept(
    client: httpx.Client, engine: Any, fields: dict[str, str], told: str
) -> None:
    id_ = finding_of(client, "contradiction")
    page = open_(client, id_)
    mark = re.findall(r'name="odd" value="([^"]+)"', page)[0]
    fields = {name: mark if value == "MARK" else value for name, value in fields.items()}
    answer = send(client, page, "/decide", **({"note": "my <b>words</b>"} | fields))
    assert answer.status_code == 422
    assert told in text_of(answer.text)
    if "note" not in fields:
        assert "my &lt;b&gt;words&lt;/b&gt;</textarea>" in answer.text
    assert decisions.of(engine, id_) == ()


def test_who_decided_meanwhile_is_shown_and_nothing_is_overwritten(client: httpx.Client, engine: Any) -> None:
    id_ = finding_of(client, "contradiction")
    page = open_(client, id_)
    decisions.decide(engine, id_, "explained", "Bo Falk", version=1, detail={"by": "scope", "text": "other halls"})
    answer = send(client, page, "/decide", kind="confirmed")
    assert answer.headers["location"].startswith(f"/finding/{id_}?")
    shown = text_of(client.get(answer.headers["location"]).text)
    assert "Meanwhile somebody else decided." in shown
    assert "Explained by scope: other halls" in shown
    assert [d.author for d in decisions.of(engine, id_)] == ["Bo Falk", "Ana Lind"]


def test_taking_back_is_a_new_entry_and_happens_once(client: httpx.Client, engine: Any) -> None:
    id_ = finding_of(client, "contradiction")
    send(client, open_(client, id_), "/decide", kind="confirmed")
    page = open_(client, id_)
    assert send(client, page, "/undo").status_code == 303
    assert [d.kind for d in decisions.of(engine, id_)] == ["confirmed", "undone"]
    entry = queue.entry(engine, id_)
    assert entry is not None
    assert entry.status == "open"
    again = send(client, page, "/undo")
    assert again.status_code == 409
    assert "Overtaken" in again.text
    assert "taken back" in open_(client, id_)


def test_assigning_and_commenting(client: httpx.Client, engine: Any) -> None:
    id_ = finding_of(client, "contradiction")
    assert send(client, open_(client, id_), "/assign", to="Bo Falk").status_code == 303
    assert send(client, open_(client, id_), "/comment", note="Called the museum.").status_code == 303
    shown = text_of(open_(client, id_))
    assert "Assigned to Bo Falk" in shown
    assert "Called the museum." in shown
    assert findings(client.get("/?assignee=Bo+Falk").text) == [id_]
    assert send(client, open_(client, id_), "/assign", to="").status_code == 303
    assert findings(client.get("/?assignee=Bo+Falk").text) == []


def test_a_changed_finding_comes_back_with_both_versions(client: httpx.Client, engine: Any) -> None:
    id_ = finding_of(client, "contradiction")
    page = open_(client, id_)
    send(client, page, "/decide", kind="confirmed")
    further = desk_ledger.text(
        "harbour-2", "Harbour Times", "2024-05-07", "Halden counts", "The Halden Museum had 410,000 visitors in 2023."
    )
    desk_ledger.fill(engine, [further])
    shown = text_of(open_(client, id_))
    assert "Changed since it was decided." in shown
    assert "Version 1 and today's" in shown
    assert "about version 1" in shown
    answer = send(client, page, "/decide", kind="confirmed")
    assert "looked=1" in answer.headers["location"]
    assert "The finding changed while you looked at it." in text_of(client.get(answer.headers["location"]).text)


def test_a_finding_that_is_gone_keeps_its_page_and_decisions(client: httpx.Client, engine: Any) -> None:
    from consistency.config import Config
    from consistency.ledger.update import remove

    id_ = finding_of(client, "contradiction")
    send(client, open_(client, id_), "/decide", kind="confirmed", note="Kept for good.")
    remove(engine, ["marren-2"], Config(), "tests")
    shown = text_of(open_(client, id_))
    assert "No longer found." in shown
    assert "Kept for good." in shown
    assert "410,000 visitors" in shown
    assert findings(client.get("/?status=gone").text) == [id_]


@pytest.mark.parametrize("path", ["/finding/none", "/finding/%00", "/topic/none", "/nothing", "/finding/"])
def test_what_is_not_there_says_so_in_the_same_dress(client: httpx.Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Nothing here" in answer.text
    assert "/static/desk.css" in answer.text
