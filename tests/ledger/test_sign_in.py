"""Signing in: only who has the password gets in, only while the session lasts, and nothing kept opens a door."""

from __future__ import annotations

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


def test_sessions_that_are_over_are_cleared_away(desk: sa.Engine) -> None:
    assert accounts.sign_in(desk, "Änne K.", WORD, -1) is not None
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
    accounts.disable(desk, "Änne K.")
    assert accounts.by_session(desk, second[0]) is None
    assert accounts.by_token(desk, token) is None
    assert accounts.sign_in(desk, "Änne K.", "battery staple") is None
    accounts.disable(desk, "Änne K.", False)
    assert accounts.by_session(desk, second[0]) is None
    assert accounts.by_token(desk, token) is not None


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
        ("ANN", "reader", WORD, "an account 'Ann' already"),
        ("", "reader", WORD, "is empty"),
        ("-bob", "reader", WORD, "is no name"),
        ("bob\u202e", "reader", WORD, "is no name"),
        ("b" * 101, "reader", WORD, "at most 100"),
        ("<b>", "reader", WORD, "is no name"),
        ("bob", "edtor", WORD, "did you mean 'editor'"),
        ("bob", "reader", "short", "10 to 1,000"),
        ("bob", "reader", "x" * 1_001, "10 to 1,000"),
        ("bob", "reader", "\ud800" * 10, "none"),
    ],
)
def test_what_is_no_account_is_refused(ledger: sa.Engine, name: str, role: str, password: str, says: str) -> None:
    accounts.add(ledger, "Ann", "editor")
    with pytest.raises(LedgerError, match=says):
        accounts.add(ledger, name, role, password)
    assert [a.name for a in accounts.every(ledger)] == ["Ann"]


def test_an_unknown_account_is_told(desk: sa.Engine) -> None:
    with pytest.raises(LedgerError, match=r"no account 'Änne'; did you mean 'Änne K\.'"):
        accounts.set_role(desk, "Änne", "reader")


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
    found = [accounts.sign_in(desk, "Änne K.", WORD, 1_000 + n) for n in range(3)]
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
