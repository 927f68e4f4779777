"""The door of the desk: headers, host names, forms from elsewhere, sizes; and that no text of a source is markup."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import Any

import desk_ledger
import httpx
import pytest
from desk_ledger import finding_of, forms, send

from consistency.ledger import decisions
from consistency.review.guard import LARGEST
from consistency.review.throttle import Throttle

PATHS = ("/", "/finding/none", "/static/desk.css", "/static/desk.js", "/out", "/out/corrections", "/out/decisions.csv")


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_the_security_headers(client: httpx.Client, path: str) -> None:
    headers = client.get(path).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy == {
        "default-src": "'none'",
        "style-src": "'self'",
        "script-src": "'self'",
        "img-src": "'self' data:",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "base-uri": "'none'",
    }
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cache-control"] == ("no-cache" if path.startswith("/static/") else "no-store")
    assert "server" not in headers


def test_pages_have_no_inline_script_or_style(client: httpx.Client) -> None:
    for path in ("/", f"/finding/{finding_of(client, 'contradiction')}", "/out", "/finding/none"):
        page = client.get(path).text
        assert "<style" not in page
        assert re.findall(r"<script[^>]*>", page) == ['<script src="/static/desk.js" defer>']
        assert not re.search(r"<[^>]+\s(on\w+|style)\s*=", page)
        assert not re.search(r"(?:src|href)=\"(?!/|#|https://[\w-]+\.example/|data:,)", page)


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "localhost@evil.example", "", "[::1].evil"])
def test_another_host_name_is_refused(client: httpx.Client, host: str) -> None:
    answer = client.get("/", headers={"host": host})
    assert answer.status_code == 400
    assert "Queue" not in answer.text


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:80", "127.0.0.1:9", "[::1]:8765", "10.0.0.7"])
def test_names_of_this_machine_and_addresses_are_answered(client: httpx.Client, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "path",
    ["/?search=%00", "/?after=1%20%00", "/?done=1&on=a%00b", "/finding/%00", "/topic/a%00", "/lessons?on=%00&done=1"],
)
def test_an_address_with_a_nul_is_refused(client: httpx.Client, path: str) -> None:
    """A ledger on PostgreSQL can look for none."""
    answer = client.get(path)
    assert (answer.status_code, "a character that is none" in answer.text) == (404, True)


def test_a_decision_sent_to_an_address_with_a_nul_is_not_kept(client: httpx.Client, engine: Any) -> None:
    id_ = finding_of(client, "contradiction")
    form = next(f for f in forms(client.get(f"/finding/{id_}").text) if "/decide" in f["action"])
    answer = client.post(f"/finding/{id_}/decide?topic=a%00b", data=dict(form["fields"]) | {"kind": "confirmed"})
    assert answer.status_code == 404
    assert decisions.of(engine, id_) == ()


def test_a_name_is_answered_once_it_is_given(desk: Any) -> None:
    assert desk(names=["desk.example"]).get("/", headers={"host": "Desk.Example:443"}).status_code == 200


@pytest.mark.parametrize("token", ["", "0" * 64, "é"])
def test_a_form_without_its_token_is_refused(client: httpx.Client, engine: Any, token: str) -> None:
    id_ = finding_of(client, "contradiction")
    answer = send(client, client.get(f"/finding/{id_}").text, "/decide", kind="confirmed", csrf=token)
    assert answer.status_code == 403
    assert decisions.of(engine, id_) == ()


def test_a_token_holds_for_one_browser(client: httpx.Client, engine: Any) -> None:
    id_ = finding_of(client, "contradiction")
    page = client.get(f"/finding/{id_}").text
    with httpx.Client(base_url=client.base_url) as other:
        assert send(other, page, "/decide", kind="confirmed").status_code == 403
        other.get("/")
        assert send(other, page, "/decide", kind="confirmed").status_code == 403
    assert decisions.of(engine, id_) == ()


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://localhost:1"},
        {"origin": "http://["},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_form_sent_from_elsewhere_is_refused_even_with_its_token(
    client: httpx.Client, engine: Any, headers: dict[str, str]
) -> None:
    id_ = finding_of(client, "contradiction")
    form = next(f for f in forms(client.get(f"/finding/{id_}").text) if "/decide" in f["action"])
    answer = client.post(form["action"], data=dict(form["fields"]) | {"kind": "confirmed"}, headers=headers)
    assert answer.status_code == 403
    assert decisions.of(engine, id_) == ()


def test_no_page_is_changed_by_reading_it(client: httpx.Client, engine: Any) -> None:
    id_ = finding_of(client, "contradiction")
    for path in (f"/finding/{id_}/decide", f"/finding/{id_}/assign", "/undo", "/sign-out"):
        assert client.get(path, params={"kind": "confirmed"}).status_code == 405
    assert list(decisions.every(engine)) == []


def test_too_much_is_refused_with_a_page(client: httpx.Client) -> None:
    answer = client.post("/undo", content=b"x" * (LARGEST + 1))
    assert answer.status_code == 413
    assert "Too much" in answer.text

    def pieces() -> Any:
        for _ in range(LARGEST // 1024 + 8):
            yield b"x" * 1024

    assert client.post("/undo", content=pieces()).status_code == 413
    assert client.post("/undo", content=b"&".join(b"a=b" for _ in range(5000))).status_code == 413


def test_cookies_are_strict(client: httpx.Client) -> None:
    given = client.get("/").headers["set-cookie"].lower()
    assert "httponly" in given
    assert "samesite=strict" in given


HOSTILE = "\u202e<script>alert(1)</script><img src=x onerror=alert(1)>\"'{{7*7}}${7*7}"


def test_texts_of_sources_and_people_are_never_markup(client: httpx.Client, engine: Any) -> None:
    desk_ledger.fill(
        engine,
        [
            {
                "id": f"bad-{n}{HOSTILE}",
                "publisher": f"Press {n} {HOSTILE}",
                "title": f"{HOSTILE} {n}",
                "published": "2024-07-01",
                "url": "javascript:alert(1)",
                "text": f"{HOSTILE}\n\nThe Orrin Bridge had 4{n}0,000 visitors in 2022 {HOSTILE}.\n\n{HOSTILE}",
            }
            for n in (1, 5)
        ],
    )
    found = desk_ledger.findings(client.get("/?search=orrin&status=all").text)
    assert found
    send(client, client.get(f"/finding/{found[0]}").text, "/decide", kind="confirmed", note=HOSTILE[1:])
    send(client, client.get(f"/finding/{found[0]}").text, "/assign", to=HOSTILE[1:61])
    topic = re.findall(r'href="(/topic/[^"]+)"', client.get(f"/finding/{found[0]}").text)[0]
    for path in ("/?status=all", f"/finding/{found[0]}", topic, "/out/corrections", f"/?search={HOSTILE}"):
        page = client.get(path).text
        assert "<img" not in page
        assert "<script>" not in page
        assert "javascript:" not in page
        assert ">49<" not in page


def test_csv_is_safe_to_open_in_a_spreadsheet(client: httpx.Client) -> None:
    id_ = finding_of(client, "contradiction")
    send(client, client.get(f"/finding/{id_}").text, "/decide", kind="confirmed", note='=HYPERLINK("http://evil")')
    text = client.get("/out/decisions.csv").text
    assert "'=HYPERLINK" in text
    assert not re.search(r'(^|,)"?=', text, re.M)


def test_tries_are_counted_by_key_and_forgotten_with_time() -> None:
    now = [0.0]
    throttle = Throttle(tries=3, span=60, clock=lambda: now[0])
    for _ in range(3):
        assert throttle.wait("name:a", "address:x") == 0
        throttle.failed("name:a", "address:x")
    assert throttle.wait("name:a") > 0
    assert throttle.wait("name:b", "address:x") > 0
    assert throttle.wait("name:b", "address:y") == 0
    throttle.passed("name:a", "address:x")
    assert throttle.wait("name:a") == 0
    assert throttle.wait("address:x") == 0
    throttle.failed("address:x")
    assert throttle.wait("address:x") > 0
    now[0] = 61
    assert throttle.wait("address:x") == 0


def test_a_fault_of_the_program_shows_no_inside(client: httpx.Client, engine: Any) -> None:
    import sqlalchemy as sa

    from consistency.ledger import tables

    with engine.connect().execution_options(writes=True) as base, base.begin():
        base.execute(sa.update(tables.finding_version).values(record=b"damaged"))
    id_ = finding_of(client, "contradiction")
    answer = client.get(f"/finding/{id_}")
    assert answer.status_code == 422
    assert "damaged" in answer.text
    assert "Traceback" not in answer.text


def test_reading_the_command_line_loads_no_server() -> None:
    code = (
        "import sys, consistency.cli.review_command; "
        "print([m for m in ('starlette', 'uvicorn', 'sqlalchemy') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"
