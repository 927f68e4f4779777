"""Accounts, sessions and tokens, on both databases."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from consistency.errors import LedgerError
from consistency.ledger import accounts, tables

WORD = "a long enough word"


def test_sign_in_and_out(ledger: sa.Engine) -> None:
    accounts.add(ledger, "Lind", "reviewer", WORD)
    assert accounts.sign_in(ledger, "Lind", "not the word") is None
    assert accounts.sign_in(ledger, "Nobody", WORD) is None
    signed = accounts.sign_in(ledger, "Lind", WORD)
    assert signed is not None
    found = accounts.by_session(ledger, signed[0])
    assert found is not None
    assert (found.name, found.may("reader"), found.may("reviewer"), found.may("editor")) == ("Lind", True, True, False)
    assert accounts.by_session(ledger, signed[0] + "x") is None
    accounts.sign_out(ledger, signed[0])
    assert accounts.by_session(ledger, signed[0]) is None


def test_sessions_end(ledger: sa.Engine) -> None:
    accounts.add(ledger, "Lind", "reviewer", WORD)
    signed = accounts.sign_in(ledger, "Lind", WORD, seconds=0)
    assert signed is not None
    assert accounts.by_session(ledger, signed[0]) is None
    for change in (
        lambda: accounts.set_password(ledger, "Lind", WORD + "!"),
        lambda: accounts.disable(ledger, "Lind"),
    ):
        signed = accounts.sign_in(ledger, "Lind", WORD) or accounts.sign_in(ledger, "Lind", WORD + "!")
        assert signed is not None
        change()
        assert accounts.by_session(ledger, signed[0]) is None
    assert accounts.sign_in(ledger, "Lind", WORD + "!") is None, "a shut account lets nobody in"
    accounts.disable(ledger, "Lind", False)
    assert accounts.sign_in(ledger, "Lind", WORD + "!") is not None


def test_tokens(ledger: sa.Engine) -> None:
    accounts.add(ledger, "robot", "reader")
    assert accounts.sign_in(ledger, "robot", "") is None
    first = accounts.new_token(ledger, "robot")
    found = accounts.by_token(ledger, first)
    assert found is not None
    assert found.name == "robot"
    second = accounts.new_token(ledger, "robot")
    assert accounts.by_token(ledger, first) is None
    accounts.end_token(ledger, "robot")
    assert accounts.by_token(ledger, second) is None
    assert not accounts.get(ledger, "robot").has_token
    second = accounts.new_token(ledger, "robot")
    accounts.disable(ledger, "robot")
    assert accounts.by_token(ledger, second) is None


def test_nothing_that_signs_in_stands_in_the_ledger(ledger: sa.Engine) -> None:
    accounts.add(ledger, "Lind", "editor", WORD)
    token = accounts.new_token(ledger, "Lind")
    signed = accounts.sign_in(ledger, "Lind", WORD)
    assert signed is not None
    with ledger.connect() as base:
        kept = repr(base.execute(sa.select(tables.account)).all()) + repr(
            base.execute(sa.select(tables.session.c.id)).all()
        )
    for secret in (WORD, token, signed[0]):
        assert secret not in kept


@pytest.mark.parametrize(
    ("name", "role", "password", "told"),
    [
        ("", "reader", WORD, "empty"),
        ("a" * 200, "reader", WORD, "characters"),
        ("x\0y", "reader", WORD, "cannot be kept"),
        ("Lind", "reeder", WORD, "did you mean 'reader'"),
        ("Lind", "reader", "short", "10 to"),
        ("LIND two", "reader", "x" * 2_000, "10 to"),
        ("taken", "reader", WORD, "already"),
        ("TAKEN", "reader", WORD, "already"),
    ],
)
def test_what_is_refused(ledger: sa.Engine, name: str, role: str, password: str, told: str) -> None:
    accounts.add(ledger, "taken", "reader")
    with pytest.raises(LedgerError, match=told):
        accounts.add(ledger, name, role, password)
    assert [a.name for a in accounts.every(ledger)] == ["taken"]
    with pytest.raises(LedgerError, match="did you mean 'taken'"):
        accounts.set_role(ledger, "takem", "editor")
