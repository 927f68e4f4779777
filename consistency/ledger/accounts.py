"""Who may use the desk of a ledger: accounts, access tokens and sessions.

Of passwords, tokens and sessions only hashes are kept (passwords.py), so that who reads the ledger cannot sign in with
what stands there. A name is looked up as it is written; two that differ in case only cannot both be there.
"""

from __future__ import annotations

import re
import time
import unicodedata
from typing import Any

import sqlalchemy as sa

from consistency.errors import LedgerError
from consistency.hints import near
from consistency.ledger import details, passwords, tables
from consistency.ledger.connect import writing
from consistency.ledger.runs import now
from consistency.model import Record

ROLES = ("reader", "reviewer", "editor")
"""A reader looks, a reviewer decides, an editor also takes results out."""
SESSION_SECONDS = 12 * 3600
_NAME = re.compile(r"\w(?:[\w.@+' -]{0,98}[\w.+-])?")
_MOST_SESSIONS = 20  # of one account; the oldest ends


class Account(Record, frozen=True):
    """Somebody who may use the desk. has_password, has_token: how they can sign in; created: UTC."""

    name: str
    role: str
    disabled: bool
    created: str
    has_password: bool
    has_token: bool

    def may(self, role: str) -> bool:
        """Whether the account has at least a role."""
        return ROLES.index(self.role) >= ROLES.index(role)


def add(engine: sa.Engine, name: str, role: str, password: str | None = None) -> Account:
    """Makes an account. Raises LedgerError: a name that is taken, an unknown role, a password that is too short."""
    name, role = _name(name), details.choice(role, ROLES, "a role")
    kept = None if password is None else passwords.kept(password)
    at = tables.account
    with writing(engine, "decisions") as base:
        # Stores fold letters each in their own way, and none all of them.
        there = {known.casefold(): known for known in base.scalars(sa.select(at.c.name))}
        if name.casefold() in there:
            raise LedgerError(f"there is an account {there[name.casefold()]!r} already")
        base.execute(sa.insert(at).values(name=name, role=role, password=kept, created=now(), disabled=False))
    return get(engine, name)


def get(engine: sa.Engine, name: str) -> Account:
    """An account by its name. Raises LedgerError if there is none."""
    with engine.begin() as base:
        return _account(_row(base, name))


def every(engine: sa.Engine) -> list[Account]:
    """All accounts, by name."""
    with engine.connect() as base:
        return [_account(row) for row in base.execute(sa.select(tables.account).order_by(tables.account.c.name))]


def set_password(engine: sa.Engine, name: str, password: str) -> None:
    """Gives an account another password; who is signed in to it is signed out. Raises LedgerError."""
    _set(engine, name, ends=True, password=passwords.kept(password))


def set_role(engine: sa.Engine, name: str, role: str) -> None:
    """Gives an account another role, at once. Raises LedgerError."""
    _set(engine, name, role=details.choice(role, ROLES, "a role"))


def disable(engine: sa.Engine, name: str, disabled: bool = True) -> None:
    """Shuts an account, or opens it again. What its owner decided stays. Raises LedgerError."""
    _set(engine, name, ends=True, disabled=disabled)


def new_token(engine: sa.Engine, name: str) -> str:
    """An access token for programs, told this once; an older one ends. Raises LedgerError."""
    token = passwords.secret()
    _set(engine, name, token=passwords.digest(token))
    return token


def end_token(engine: sa.Engine, name: str) -> None:
    """Ends the access token of an account, if it has one. Raises LedgerError."""
    _set(engine, name, token=None)


def sign_in(engine: sa.Engine, name: str, password: str, seconds: int = SESSION_SECONDS) -> tuple[str, str] | None:
    """(what the cookie holds, the CSRF token) of a new session; None where name and password do not fit.

    A name that does not exist takes as long as a wrong password.
    """
    a, s = tables.account.c, tables.session
    with engine.begin() as base:
        row = base.execute(sa.select(a.name, a.password).where(a.name == _known(name), ~a.disabled)).first()
    if not passwords.matches(password, None if row is None else row.password) or row is None:
        return None
    token, csrf, moment = passwords.secret(), passwords.secret(), int(time.time())
    values = {"id": passwords.digest(token), "account": row.name, "csrf": csrf, "expires": moment + seconds}
    with writing(engine, "decisions") as base:
        # Who was shut out, or given another password, while this one was worked out stays out.
        holds = sa.select(a.name).where(a.name == row.name, a.password == row.password, ~a.disabled)
        if base.execute(holds.with_for_update()).first() is None:
            return None
        base.execute(sa.delete(s).where(s.c.expires <= moment))
        mine = sa.select(s.c.id).where(s.c.account == row.name).order_by(s.c.expires.desc(), s.c.id)
        for old in base.scalars(mine.offset(_MOST_SESSIONS - 1)).all():
            base.execute(sa.delete(s).where(s.c.id == old))
        base.execute(sa.insert(s).values(values))
    return token, csrf


def sign_out(engine: sa.Engine, token: str) -> None:
    """Ends a session."""
    with writing(engine, "decisions") as base:
        base.execute(sa.delete(tables.session).where(tables.session.c.id == passwords.digest(token)))


def by_session(engine: sa.Engine, token: str) -> Account | None:
    """Who is signed in, by what the cookie holds; None where the session is over."""
    s, a = tables.session, tables.account
    asked = sa.select(a).join(s, s.c.account == a.c.name)
    with engine.connect() as base:
        row = base.execute(asked.where(s.c.id == passwords.digest(token), s.c.expires > int(time.time()))).first()
    return None if row is None or row.disabled else _account(row)


def by_token(engine: sa.Engine, token: str) -> Account | None:
    """Who an access token belongs to."""
    at = tables.account
    with engine.connect() as base:
        row = base.execute(sa.select(at).where(at.c.token == passwords.digest(token))).first()
    return None if row is None or row.disabled else _account(row)


def _set(engine: sa.Engine, name: str, ends: bool = False, **values: object) -> None:
    """Changes an account. ends: whether its sessions end."""
    with writing(engine, "decisions") as base:
        there = _row(base, name).name
        base.execute(sa.update(tables.account).where(tables.account.c.name == there).values(values))
        if ends:
            base.execute(sa.delete(tables.session).where(tables.session.c.account == there))


def _row(base: sa.Connection, name: str) -> sa.Row[Any]:
    at = tables.account
    row = base.execute(sa.select(at).where(at.c.name == _known(name))).first()
    if row is None:
        raise LedgerError(f"there is no account {name[:80]!r}{near(name[:80], base.scalars(sa.select(at.c.name)))}")
    return row


def _name(name: str) -> str:
    """A name that an account can have. Raises LedgerError."""
    out = details.needed(unicodedata.normalize("NFC", name), "the name", details.NAME)
    if not _NAME.fullmatch(out):
        raise LedgerError(f"{out!r} is no name of an account: letters and digits, with . @ + - _ ' and spaces inside")
    return out


def _known(name: str) -> str:
    """A name as it is looked up; one that no store could hold is nobody's."""
    try:
        return _name(name)
    except LedgerError:
        return ""


def _account(row: sa.Row[Any]) -> Account:
    told = row._mapping
    return Account(
        name=told["name"],
        role=told["role"],
        disabled=bool(told["disabled"]),
        created=told["created"],
        has_password=told["password"] is not None,
        has_token=told["token"] is not None,
    )
