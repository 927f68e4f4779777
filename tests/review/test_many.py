"""Fifty people deciding at once over HTTP: nothing is lost, and everybody can see it all."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import desk_ledger
import httpx
import pytest
from desk_ledger import findings, send
from live import serving

from consistency.ledger import decisions
from consistency.ledger.connect import open_engine
from consistency.review.app import build
from tests.needed import lacking

sys.path.insert(0, str(Path(__file__).parents[1] / "ledger"))

pytestmark = pytest.mark.slow
PEOPLE = 50


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Any]:
    """A filled ledger of each kind; PostgreSQL on a server of the test's own."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            url = f"sqlite:///{tmp_path / 'many.db'}"
        else:
            from ledger_server import NoServer, Server

            try:
                server = Server()
            except NoServer as error:
                lacking(f"no PostgreSQL server: {error}")
            stack.callback(server.stop)
            url = server.url(server.create())
        engine = open_engine(url, create=True)
        stack.callback(engine.dispose)
        desk_ledger.fill(engine, desk_ledger.TEXTS)
        yield engine


def test_fifty_reviewers_at_once_lose_nothing(ledger: Any) -> None:
    with ExitStack() as stack:
        desks = [stack.enter_context(serving(build(ledger, f"Reviewer {n}"))) for n in range(5)]
        order = findings(httpx.get(desks[0], timeout=60).text)

        def work(n: int) -> list[int]:
            with httpx.Client(base_url=desks[n % 5], timeout=120) as client:
                out = []
                for id_ in (order[0], order[n % len(order)]):
                    page = client.get(f"/finding/{id_}").text
                    answer = send(client, page, "/decide", kind="confirmed", note=f"by {n} on {id_}", then="stay")
                    assert answer.status_code == 303, answer.text
                    assert client.get(answer.headers["location"]).status_code == 200
                    out.append(int(httpx.URL(answer.headers["location"]).params["done"]))
                return out

        with ThreadPoolExecutor(PEOPLE) as pool:
            made = [number for numbers in pool.map(work, range(PEOPLE)) for number in numbers]
        kept = list(decisions.every(ledger))
        assert sorted(made) == [d.id for d in kept] == list(range(1, 2 * PEOPLE + 1))
        assert decisions.broken(ledger) == []
        wanted = {f"by {n} on {id_}" for n in range(PEOPLE) for id_ in (order[0], order[n % len(order)])}
        assert {d.note for d in kept} == wanted
        page = httpx.get(f"{desks[0]}/finding/{order[0]}", timeout=60).text
        assert all(f"by {n} on {order[0]}<" in page for n in range(PEOPLE))


def test_the_queue_reads_the_same_on_both(ledger: Any) -> None:
    with serving(build(ledger, "Ana")) as address, httpx.Client(base_url=address, timeout=60) as client:
        assert len(findings(client.get("/?search=HALDEN+visitors&publisher=Valen+Post").text)) == 1
        assert len(findings(client.get("/?from=2024-06-01").text)) == 3
        for path in ("/statistics", "/lessons", "/out/corrections", "/out/decisions.csv"):
            assert client.get(path).status_code == 200
