"""A desk that others can reach: signing in, roles, sessions that expire, tokens, and how often one may try."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from desk_ledger import finding_of, findings, forms, send

from consistency.errors import LedgerError
from consistency.ledger import accounts, decisions, tables
from consistency.review.throttle import Throttle

SECRET = "correct horse battery"


@pytest.fixture
def people(engine: Any) -> Any:
    for name, role in (("Rea", "reader"), ("Bo Falk", "reviewer"), ("Ana Lind", "editor")):
        accounts.add(engine, name, role, SECRET)
    return engine


def enter(client: httpx.Client, name: str, password: str = SECRET, **more: str) -> httpx.Response:
    return send(client, client.get("/sign-in").text, "/sign-in", name=name, password=password, **more)


def test_nothing_is_seen_before_signing_in(desk: Any, people: Any) -> None:
    client = desk(local=None)
    for path in ("/", "/finding/x", "/topic/x", "/lessons", "/lessons.json", "/out", "/out/decisions.csv"):
        answer = client.get(path)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/sign-in")
    assert client.post("/undo").status_code == 403


def test_behind_a_server_that_asks_for_a_password_itself_people_sign_in(desk: Any, people: Any) -> None:
    """A browser sends that password along (`Basic`); a program with a wrong token gets no form."""
    client = desk(local=None)
    answer = client.get("/", headers={"authorization": "Basic cmVhOng="})
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    assert client.get("/", headers={"authorization": "Bearer none"}).status_code == 403


def test_signing_in_and_out(desk: Any, people: Any) -> None:
    client = desk(local=None)
    page = client.get("/finding/x?a=b", follow_redirects=True).text
    answer = send(client, page, "/sign-in", name="Bo Falk", password=SECRET)
    assert (answer.status_code, answer.headers["location"]) == (303, "/finding/x?a=b")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    page = client.get("/").text
    assert "Bo Falk" in page
    held = dict(client.cookies)
    assert send(client, page, "/sign-out").status_code == 303
    assert client.get("/").status_code == 303
    with httpx.Client(base_url=client.base_url, cookies=held) as thief:
        assert thief.get("/").status_code == 303


@pytest.mark.parametrize(
    ("name", "password"), [("Bo Falk", "wrong" * 3), ("Nobody", SECRET), ("", ""), ("bo falk", SECRET)]
)
def test_a_wrong_name_or_password_gets_one_answer(desk: Any, people: Any, name: str, password: str) -> None:
    answer = enter(desk(local=None), name, password)
    assert answer.status_code == 403
    assert "The name or the password is not right." in answer.text


@pytest.mark.parametrize("to", ["//evil.example", "https://evil.example", "/\\evil.example", "/\tx", "javascript:x"])
def test_signing_in_leads_nowhere_else(desk: Any, people: Any, to: str) -> None:
    assert enter(desk(local=None), "Bo Falk", to=to).headers["location"] == "/"


def test_signing_in_needs_the_token_of_the_form(desk: Any, people: Any) -> None:
    client = desk(local=None)
    assert client.post("/sign-in", data={"name": "Bo Falk", "password": SECRET}).status_code == 403


def test_tries_are_limited(desk: Any, people: Any) -> None:
    now = [0.0]
    client = desk(local=None, throttle=Throttle(tries=3, span=60, clock=lambda: now[0]))
    for _ in range(3):
        assert enter(client, "Bo Falk", "wrong" * 3).status_code == 403
    answer = enter(client, "Bo Falk")
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) > 0
    assert enter(client, "Ana Lind").status_code == 429  # the same address
    now[0] = 61
    assert enter(client, "Bo Falk").status_code == 303


def test_roles(desk: Any, people: Any) -> None:
    client = desk(local=None)
    enter(client, "Rea")
    id_ = finding_of(client, "contradiction")
    page = client.get(f"/finding/{id_}").text
    assert "/decide" not in page
    token = dict(forms(page)[0]["fields"])["csrf"]
    data = {"csrf": token, "kind": "confirmed", "version": "1"}
    assert client.post(f"/finding/{id_}/decide", data=data).status_code == 403
    assert client.post("/undo", data={"csrf": token, "entry": "1"}).status_code == 403
    assert client.get("/out").status_code == 403
    assert decisions.of(people, id_) == ()
    accounts.set_role(people, "Rea", "reviewer")
    assert send(client, client.get(f"/finding/{id_}").text, "/decide", kind="confirmed").status_code == 303
    assert decisions.of(people, id_)[-1].author == "Rea"
    assert client.get("/out").status_code == 403
    accounts.set_role(people, "Rea", "editor")
    assert client.get("/out").status_code == 200


def test_sessions_end_with_time_with_the_password_and_with_the_account(desk: Any, people: Any) -> None:
    client = desk(local=None)
    enter(client, "Bo Falk")
    assert client.get("/").status_code == 200
    with people.connect().execution_options(writes=True) as base, base.begin():
        base.execute(sa.update(tables.session).values(expires=1))
    assert client.get("/").status_code == 303
    enter(client, "Bo Falk")
    accounts.set_password(people, "Bo Falk", SECRET + "!")
    assert client.get("/").status_code == 303
    enter(client, "Bo Falk", SECRET + "!")
    assert client.get("/").status_code == 200
    accounts.disable(people, "Bo Falk")
    assert client.get("/").status_code == 303
    assert enter(client, "Bo Falk", SECRET + "!").status_code == 403


def test_a_program_uses_a_token(desk: Any, people: Any) -> None:
    token = accounts.new_token(people, "Bo Falk")
    client = desk(local=None)
    client.headers["authorization"] = f"Bearer {token}"
    id_ = findings(client.get("/").text)[0]
    data = {"kind": "confirmed", "version": "1"}
    assert client.post(f"/finding/{id_}/decide", data=data).status_code == 303
    assert decisions.of(people, id_)[-1].author == "Bo Falk"
    accounts.new_token(people, "Bo Falk")
    assert client.get("/").status_code == 403


def test_nothing_that_is_kept_opens_the_door(people: Any) -> None:
    cookie, token = accounts.sign_in(people, "Bo Falk", SECRET), accounts.new_token(people, "Bo Falk")
    assert cookie is not None
    with people.connect() as base:
        kept = repr([base.execute(sa.select(t)).all() for t in (tables.account, tables.session)])
    for secret in (SECRET, cookie[0], token):
        assert secret not in kept


@pytest.mark.parametrize(
    ("name", "role", "password"),
    [("", "reader", SECRET), ("Bo Falk", "reader", SECRET), ("New", "king", SECRET), ("New", "reader", "short")],
)
def test_accounts_that_cannot_be(people: Any, name: str, role: str, password: str) -> None:
    with pytest.raises(LedgerError):
        accounts.add(people, name, role, password)


def test_an_unknown_account_is_told_with_a_suggestion(people: Any) -> None:
    with pytest.raises(LedgerError, match="Bo Falk"):
        accounts.set_role(people, "Bo Falx", "reader")


def test_four_eyes(desk: Any, people: Any) -> None:
    one, two = desk(local="Ana Lind", four_eyes=True), desk(local="Bo Falk", four_eyes=True)
    id_ = finding_of(one, "contradiction")
    send(one, one.get(f"/finding/{id_}").text, "/decide", kind="confirmed")
    assert "Needs a second opinion" in one.get(f"/finding/{id_}").text
    assert findings(one.get("/?status=second").text) == [id_]
    send(two, two.get(f"/finding/{id_}").text, "/decide", kind="confirmed")
    assert findings(one.get("/?status=decided").text) == [id_]
