"""Accounts: only who has the password gets in, only while the session lasts, and nothing kept opens a door."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa

from consistency.errors import LedgerError
from consistency.ledger import accounts, passwords, tables

WORD = "correct horse"


@pytest.fixture
def desk(ledger: sa.Engine) -> sa.Engine:
    """A ledger with one reviewer."""
    accounts.add(ledger, "Änne K.", "reviewer", WORD)
    return ledger


def test_sign_in_and_out(desk: sa.Engine) -> None:
    found = accounts.sign_in(desk, "Änne K.", WORD)
    assert found is not None
    token, csrf = found
    account = accounts.by_session(desk, token)
    assert account is not None
    assert (account.name, account.role) == ("Änne K.", "reviewer")
    assert accounts.csrf_of(desk, token) == csrf != token
    accounts.sign_out(desk, token)
    assert accounts.by_session(desk, token) is None
    assert accounts.csrf_of(desk, token) is None


@pytest.mark.parametrize(
    ("name", "password"),
    [("Änne K.", "wrong horse"), ("änne k.", WORD), ("nobody", WORD), ("", ""), ("a\0", WORD), ("\ud800", WORD)],
)
def test_a_wrong_name_or_password_does_not_get_in(desk: sa.Engine, name: str, password: str) -> None:
    assert accounts.sign_in(desk, name, password) is None
    with desk.begin() as base:
        assert base.execute(sa.select(tables.session)).all() == []


def test_a_name_may_be_composed_in_two_ways(desk: sa.Engine) -> None:
    assert accounts.sign_in(desk, "A\u0308nne K.", WORD) is not None


def test_a_session_expires(desk: sa.Engine) -> None:
    found = accounts.sign_in(desk, "Änne K.", WORD, now=1_000, lasts=60)
    assert found is not None
    assert accounts.by_session(desk, found[0], now=1_059) is not None
    assert accounts.by_session(desk, found[0], now=1_060) is None
    assert accounts.by_session(desk, found[0]) is None
    assert accounts.sign_in(desk, "Änne K.", WORD) is not None
    with desk.begin() as base:
        assert len(base.execute(sa.select(tables.session)).all()) == 1


def test_a_new_password_and_disabling_end_sessions(desk: sa.Engine) -> None:
    first = accounts.sign_in(desk, "Änne K.", WORD)
    token = accounts.new_token(desk, "Änne K.")
    assert first is not None
    accounts.set_password(desk, "Änne K.", "battery staple")
    assert accounts.by_session(desk, first[0]) is None
    assert accounts.sign_in(desk, "Änne K.", WORD) is None
    second = accounts.sign_in(desk, "Änne K.", "battery staple")
    assert second is not None
    assert accounts.by_token(desk, token) is not None
    shut = accounts.disable(desk, "Änne K.")
    assert not shut.may("reader")
    assert accounts.by_session(desk, second[0]) is None
    assert accounts.by_token(desk, token) is None
    assert accounts.sign_in(desk, "Änne K.", "battery staple") is None
    accounts.enable(desk, "Änne K.")
    assert accounts.by_session(desk, second[0]) is None
    assert accounts.by_token(desk, token) is not None


def test_tokens(desk: sa.Engine) -> None:
    first = accounts.new_token(desk, "Änne K.")
    second = accounts.new_token(desk, "Änne K.")
    assert accounts.by_token(desk, first) is None
    found = accounts.by_token(desk, second)
    assert found is not None
    assert found.token
    assert not accounts.revoke_token(desk, "Änne K.").token
    assert accounts.by_token(desk, second) is None
    assert accounts.by_token(desk, "") is None


def test_roles(desk: sa.Engine) -> None:
    account = accounts.set_role(desk, "Änne K.", "editor")
    assert [account.may(role) for role in accounts.ROLES] == [True, True, True]
    account = accounts.set_role(desk, "Änne K.", "reader")
    assert [account.may(role) for role in accounts.ROLES] == [True, False, False]
    assert [a.name for a in accounts.list(desk)] == ["Änne K."]


def test_nothing_that_is_kept_opens_a_door(desk: sa.Engine) -> None:
    found = accounts.sign_in(desk, "Änne K.", WORD)
    token = accounts.new_token(desk, "Änne K.")
    assert found is not None
    with desk.begin() as base:
        kept = [str(v) for t in (tables.account, tables.session) for row in base.execute(sa.select(t)) for v in row]
    assert not any(s in v for v in kept for s in (WORD, token, found[0]))
    for value in kept:
        assert accounts.by_session(desk, value) is None
        assert accounts.by_token(desk, value) is None
        assert accounts.sign_in(desk, "Änne K.", value) is None


@pytest.mark.parametrize(
    ("name", "role", "password", "says"),
    [
        ("ANN", "reader", WORD, "an account Ann already"),
        ("", "reader", WORD, "is no name"),
        (" bob", "reader", WORD, "is no name"),
        ("bob\u202e", "reader", WORD, "is no name"),
        ("b" * 65, "reader", WORD, "is no name"),
        ("<b>", "reader", WORD, "is no name"),
        ("bob", "edtor", WORD, "did you mean 'editor'"),
        ("bob", "reader", "short", "8 to 1,000"),
        ("bob", "reader", "x" * 1_001, "8 to 1,000"),
        ("bob", "reader", "\ud800" * 9, "none"),
    ],
)
def test_what_is_no_account_is_refused(ledger: sa.Engine, name: str, role: str, password: str, says: str) -> None:
    accounts.add(ledger, "Ann", "editor")
    with pytest.raises(LedgerError, match=says):
        accounts.add(ledger, name, role, password)
    assert [a.name for a in accounts.list(ledger)] == ["Ann"]


def test_an_unknown_account_is_told(desk: sa.Engine) -> None:
    with pytest.raises(LedgerError, match=r"no account 'Änne'; did you mean 'Änne K\.'"):
        accounts.set_role(desk, "Änne", "reader")


def test_an_account_without_a_password_cannot_sign_in(ledger: sa.Engine) -> None:
    accounts.add(ledger, "robot", "reader")
    assert accounts.sign_in(ledger, "robot", "") is None
    assert accounts.by_token(ledger, accounts.new_token(ledger, "robot")) is not None


def test_an_unknown_name_does_the_same_work(monkeypatch: pytest.MonkeyPatch, desk: sa.Engine) -> None:
    asked: list[tuple[object, ...]] = []
    real = passwords._mix

    def mix(password: str, salt: bytes, *strength: int) -> bytes:
        asked.append(strength)
        return real(password, salt, *strength)

    monkeypatch.setattr(passwords, "_mix", mix)
    accounts.sign_in(desk, "Änne K.", "wrong horse")
    accounts.sign_in(desk, "nobody", "wrong horse")
    assert len(asked) == 2
    assert asked[0] == asked[1]


def test_only_so_many_sessions_of_one_account(desk: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accounts, "_MOST_SESSIONS", 2)
    found = [accounts.sign_in(desk, "Änne K.", WORD, now=time.time() + n) for n in range(3)]
    open_ = [s is not None and accounts.by_session(desk, s[0]) is not None for s in found]
    assert open_ == [False, True, True]


def test_one_name_is_taken_once(ledger: sa.Engine) -> None:
    def work(n: int) -> bool:
        try:
            accounts.add(ledger, "Ann" if n % 2 else "ANN", "reader")
        except LedgerError:
            return False
        return True

    with ThreadPoolExecutor(12) as pool:
        assert sum(pool.map(work, range(24))) == 1


@pytest.mark.parametrize(
    "kept", ["", "scrypt", "scrypt$1$2$3$x$y", "scrypt$99$8$3$AA==$AA==", "plain$a$b$c$d$e", "$$$$$"]
)
def test_a_damaged_password_matches_nothing(kept: str) -> None:
    assert not passwords.matches(WORD, kept)
