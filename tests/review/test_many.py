"""Fifty people deciding at once over HTTP: nothing is lost, and everybody can see it all."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest
from desk_ledger import findings, send

from consistency.ledger import decisions


@pytest.mark.slow
def test_fifty_reviewers_at_once_lose_nothing(desk: Any, engine: Any) -> None:
    addresses = [str(desk(local=f"Reviewer {n:02}").base_url) for n in range(5)]
    order = findings(httpx.get(addresses[0], timeout=60).text)

    def work(n: int) -> list[int]:
        with httpx.Client(base_url=addresses[n % 5], timeout=120) as client:
            out = []
            for id_ in (order[0], order[n % len(order)]):
                page = client.get(f"/finding/{id_}").text
                answer = send(client, page, "/decide", kind="confirmed", note=f"by {n} on {id_}", then="stay")
                assert answer.status_code == 303, answer.text
                assert client.get(answer.headers["location"]).status_code == 200
                out.append(int(httpx.URL(answer.headers["location"]).params["done"]))
            return out

    with ThreadPoolExecutor(50) as pool:
        made = [number for numbers in pool.map(work, range(50)) for number in numbers]
    kept = list(decisions.every(engine))
    assert sorted(made) == [d.id for d in kept] == list(range(1, 101))
    wanted = {f"by {n} on {id_}" for n in range(50) for id_ in (order[0], order[n % len(order)])}
    assert {d.note for d in kept} == wanted
    page = httpx.get(f"{addresses[0]}/finding/{order[0]}", timeout=60).text
    assert all(f"by {n} on {order[0]}" in page for n in range(50))
