"""The queue: its order, its filters, its pages; with a thousand findings as with five."""

from __future__ import annotations

from typing import Any

import desk_ledger
import httpx
import pytest
import sqlalchemy as sa
from desk_ledger import findings

from consistency.ledger import queue, tables
from consistency.ledger.queue import Filters


def multiply(engine: Any, count: int) -> None:
    """Copies of the findings, so that the queue has `count` of them; ranks in seven steps, so that many are equal."""
    with engine.connect().execution_options(writes=True) as base, base.begin():
        rows = [dict(row) for row in base.execute(sa.select(tables.finding)).mappings()]
        base.execute(
            sa.insert(tables.finding),
            [
                rows[n % len(rows)] | {"id": f"copy-{n:05}", "computed": f"copy-{n:05}", "rank": float(n % 7)}
                for n in range(count - len(rows))
            ],
        )


def test_the_queue_lists_what_waits_highest_rank_first(client: httpx.Client, engine: Any) -> None:
    page = client.get("/").text
    with engine.connect() as base:
        ranked = sa.select(tables.finding.c.id).order_by(tables.finding.c.rank.desc(), tables.finding.c.id)
        assert findings(page) == list(base.execute(ranked).scalars())
    assert "5 findings waiting for a decision" in page


def test_a_decided_finding_leaves_the_queue_and_is_found_under_decided(client: httpx.Client) -> None:
    first = findings(client.get("/").text)[0]
    desk_ledger.send(client, client.get(f"/finding/{first}").text, "/decide", kind="confirmed")
    assert first not in findings(client.get("/").text)
    assert findings(client.get("/?status=decided").text) == [first]
    assert "Contradiction confirmed" in client.get("/?status=decided").text


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("outcome=contradiction", 1),
        ("outcome=agreement", 2),
        ("publisher=Coast+Herald", 3),
        ("from=2024-06-01", 3),
        ("to=2024-03-31", 1),
        ("from=2024-05-01&to=2024-05-31", 1),
        ("search=halden+VISITORS", 1),
        ("search=halden+killed", 0),
        ("search=%25", 0),
        ("assignee=-", 5),
        ("assignee=nobody+by+this+name", 0),
        ("status=decided", 0),
        ("status=gone", 0),
        ("from=yesterday&status=nonsense", 5),
    ],
)
def test_filters(client: httpx.Client, query: str, count: int) -> None:
    page = client.get(f"/?{query}")
    assert page.status_code == 200
    assert len(findings(page.text)) == count


def test_a_topic_filters_and_stays_chosen(client: httpx.Client, engine: Any) -> None:
    with engine.connect() as base:
        topic = base.execute(
            sa.select(tables.finding.c.topic).where(tables.finding.c.title.contains("killed date"))
        ).scalar_one()
    page = client.get("/", params={"topic": topic}).text
    assert len(findings(page)) == 1
    assert f'<option value="{topic}" selected>' in page


def test_a_thousand_findings_are_paged_through_each_once_forth_and_back(client: httpx.Client, engine: Any) -> None:
    multiply(engine, 1003)
    seen: list[str] = []
    page, steps = client.get("/?search=valen").text, 0
    first = findings(page)
    while True:
        seen += findings(page)
        found = desk_ledger.link(page, "next")
        if found is None:
            break
        page, steps = client.get(found).text, steps + 1
        assert "search=valen" in found
    ranked = queue.page(engine, Filters(search="valen"), size=5000).entries
    assert seen == [e.id for e in ranked]
    assert len(set(seen)) == len(seen) > 800
    while (found := desk_ledger.link(page, "prev")) is not None:
        page, steps = client.get(found).text, steps - 1
    assert (findings(page), steps) == (first, 0)


def test_a_place_that_makes_no_sense_is_the_head_of_the_queue(client: httpx.Client) -> None:
    whole = findings(client.get("/").text)
    for place in ("after=nan x", "after=1e999 x", "before=", "after=%01", "after=-9999 zzz", "before=9e99 a"):
        assert findings(client.get(f"/?{place}").text) == whole
    assert client.get("/?after=%00").status_code == 404


def test_from_a_finding_one_steps_through_the_filtered_queue(client: httpx.Client) -> None:
    order = findings(client.get("/?outcome=agreement").text)
    page = client.get(f"/finding/{order[0]}?outcome=agreement").text
    assert desk_ledger.link(page, "next") == f"/finding/{order[1]}?outcome=agreement"
    assert desk_ledger.link(page, "prev") is None
    page = client.get(f"/finding/{order[1]}?outcome=agreement").text
    assert desk_ledger.link(page, "prev") == f"/finding/{order[0]}?outcome=agreement"


def test_an_empty_ledger_says_so(tmp_path: Any) -> None:
    from live import serving

    from consistency.ledger.connect import open_ledger
    from consistency.review.app import build

    with open_ledger(f"sqlite:///{tmp_path / 'empty.db'}", create=True) as base, serving(build(base, "Ana")) as address:
        assert "This ledger holds no findings yet." in httpx.get(address).text
