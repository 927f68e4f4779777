"""The pages beside the queue: topic, lessons, what goes out, statistics."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import httpx
import pytest
from desk_ledger import finding_of, findings, send

from consistency.gate.lessons import read
from consistency.ledger import decisions, queue, shown
from consistency.lessons import NONE
from consistency.review import bars
from consistency.review.statistics_page import duration


def topic_of(client: httpx.Client, outcome: str) -> str:
    page = client.get(f"/finding/{finding_of(client, outcome)}").text
    return re.findall(r'href="(/topic/[^"]+)"', page)[0]


def test_a_topic_shows_its_statements_over_time_and_its_findings(client: httpx.Client) -> None:
    page = client.get(topic_of(client, "possible-contradiction")).text
    assert '<svg class="chart wide"' in page
    for words in ("14 people", "19 people", "Valen Post", "Coast Herald"):
        assert words in page
    assert len(set(re.findall(r'href="/finding/([^"]+)"', page))) >= 3


def test_what_stands_in_more_sources_than_a_page_shows_is_counted(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = topic_of(client, "possible-contradiction")
    assert "Left out here" not in client.get(path).text
    monkeypatch.setattr(shown, "_SOURCES", 2)
    assert "Left out here: 1 statement of the topic, in further sources." in client.get(path).text


def test_the_same_topic_becomes_a_must_link(client: httpx.Client, engine: Any) -> None:
    path = topic_of(client, "contradiction")
    page = client.get(f"{path}?find=valen+killed").text
    other = re.findall(r'name="other" value="([^"]+)"', page)[0]
    assert send(client, page, "/same", other=other, note="Both tell of one thing.").status_code == 303
    made = list(decisions.every(engine))[-1]
    assert (made.kind, made.note, len(made.detail["pairs"])) == ("same-topic", "Both tell of one thing.", 1)
    lessons = client.get("/lessons.json").json()
    assert [entry["claims"] for entry in lessons["must"]] == made.detail["pairs"]
    assert send(client, page, "/same").status_code == 422
    assert send(client, page, "/same", other="none").status_code == 422
    assert "No other topic has these words" in client.get(f"{path}?find=zzz").text


def test_lessons_are_listed_exported_and_revoked(client: httpx.Client, engine: Any, tmp_path: Path) -> None:
    assert "Nothing was learnt yet." in client.get("/lessons").text
    id_ = finding_of(client, "contradiction")
    send(client, client.get(f"/finding/{id_}").text, "/decide", kind="not-same-topic", note="Two museums.")
    page = client.get("/lessons").text
    assert "Two museums." in page
    assert "352,000 visitors" in page
    assert "410,000 visitors" in page
    kept = tmp_path / "lessons.json"
    kept.write_bytes(client.get("/lessons.json").content)
    made = decisions.of(engine, id_)[-1]
    book = read(str(kept))
    assert [list(pair) for pair in book.lessons.cannot] == made.detail["pairs"]
    assert {(p.author, p.decision) for p in book.file.cannot} == {(made.author, made.id)}
    answer = send(client, page, "/undo")
    assert answer.headers["location"].startswith("/lessons?")
    assert "Nothing was learnt yet." in client.get("/lessons").text
    kept.write_bytes(client.get("/lessons.json").content)
    assert read(str(kept)).lessons == NONE


def test_what_goes_out(client: httpx.Client, engine: Any) -> None:
    assert "No contradiction is confirmed." in client.get("/out/corrections").text
    id_ = finding_of(client, "contradiction")
    page = client.get(f"/finding/{id_}").text
    send(client, page, "/decide", kind="confirmed", note="Asked both.", evidence="https://museum.example/report")
    corrections = client.get("/out/corrections").text
    for words in (
        "1 contradiction was confirmed",
        "352,000 visitors",
        "410,000 visitors",
        "Asked both.",
        "museum.example",
    ):
        assert words in corrections
    answer = client.get("/out/claimreview.json")
    assert "attachment" in answer.headers["content-disposition"]
    (review,) = json.loads(answer.text)["@graph"]
    assert review["@type"] == "ClaimReview"
    assert review["author"] == {"@type": "Person", "name": "Ana Lind"}
    assert review["reviewBody"] == "Asked both."
    assert len(review["itemReviewed"]) == 2
    send(client, client.get(f"/finding/{id_}").text, "/undo")
    assert json.loads(client.get("/out/claimreview.json").text)["@graph"] == []
    rows = list(csv.DictReader(io.StringIO(client.get("/out/decisions.csv").text)))
    assert [(row["entry"], row["decision"], row["in_force"], row["takes_back"]) for row in rows] == [
        ("1", "confirmed", "no", ""),
        ("2", "undone", "no", "1"),
    ]
    assert rows[0]["evidence"] == "https://museum.example/report"


def test_statistics_say_what_the_book_holds(client: httpx.Client, engine: Any) -> None:
    page = client.get("/statistics").text
    assert "Nothing is decided yet." in page
    assert "No two people have decided on the same finding yet." in page
    order = findings(client.get("/").text)
    for n, id_ in enumerate(order[:4]):
        for author in ("Ana Lind", "Bo Falk"):
            kind = "needs-source" if n == 3 or (n == 2 and author == "Bo Falk") else "confirmed"
            decisions.decide(engine, id_, kind, author, version=1)
    page = client.get("/statistics").text
    assert "8 decisions on 4 findings." in page
    assert re.search(r"Ana Lind and Bo Falk</bdi></th><td[^>]*>4</td><td[^>]*>3</td><td[^>]*>0.50</td>", page)
    assert page.count('<svg class="chart bars-chart"') == 5
    assert len(queue.since(engine)) == len(order)
    assert len(queue.since(engine, undecided=True)) == len(order) - 4


def test_bars_grow_from_zero_to_both_sides() -> None:
    chart = bars.draw("x", [("a", 1.0, "1"), ("b", -0.5, "-0.5"), ("c", 0.0, "0")])
    assert chart is not None
    zero = float(chart.axis)
    a, b, c = chart.bars
    assert float(a.x) == zero
    assert float(b.x) + float(b.width) == pytest.approx(zero, abs=0.1)
    assert float(a.width) == pytest.approx(2 * float(b.width), abs=0.2)
    assert float(c.width) <= 0.5
    assert bars.draw("x", []) is None


@pytest.mark.parametrize(
    ("seconds", "words"), [(1, "1 second"), (90, "2 minutes"), (7200, "2 hours"), (9e5, "10 days")]
)
def test_durations(seconds: float, words: str) -> None:
    assert duration(seconds) == words
