"""Who may use the desk: accounts with roles, sessions that expire, tokens for programs.

A name is looked up as it is written; two names that differ in case only cannot both be there. `now` is seconds since
1970, the clock's if none is given.
"""

from __future__ import annotations

import re
import time
import unicodedata
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from consistency.errors import LedgerError
from consistency.ledger import passwords, tables
from consistency.ledger.connect import writing
from consistency.ledger.details import choice
from consistency.model import Record

ROLES = ("reader", "reviewer", "editor")
"""Each may what the ones before it may: look; decide; settle for others, and hand out corrections."""
SESSION = 12 * 3600
"""Seconds that a session lasts."""
_NAME = re.compile(r"\w(?:[\w.@+ -]{0,62}[\w.+-])?")
_MOST_SESSIONS = 20  # of one account; the oldest ends


class Account(Record, frozen=True):
    """Somebody who may use the desk.

    name: who; role: one of ROLES; created: when (UTC); disabled: may no longer; password, token: whether there is one.
    """

    name: str
    role: str
    created: str
    disabled: bool
    password: bool
    token: bool

    def may(self, role: str) -> bool:
        """Whether the account may do what a role may."""
        return not self.disabled and ROLES.index(self.role) >= ROLES.index(role)


def add(engine: sa.Engine, name: str, role: str, password: str | None = None) -> Account:
    """Makes an account. Without a password it can only be used by a token. Raises LedgerError."""
    name = unicodedata.normalize("NFC", name)
    if not _NAME.fullmatch(name):
        raise LedgerError(f"{name[:80]!r} is no name: 1 to 64 letters and digits, with . @ + - _ and spaces inside")
    choice(role, ROLES, "a role")
    kept = None if password is None else passwords.kept(password)
    a = tables.account
    created = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    with writing(engine, "decisions") as base:
        there = {n.casefold(): n for n in base.execute(sa.select(a.c.name)).scalars()}
        if name.casefold() in there:
            raise LedgerError(f"there is an account {there[name.casefold()]} already")
        values = {"name": name, "role": role, "password": kept, "token": None, "created": created, "disabled": False}
        base.execute(sa.insert(a).values(values))
        return _named(base, name)


def set_password(engine: sa.Engine, name: str, password: str) -> Account:
    """Gives an account a new password, and ends its sessions. Raises LedgerError."""
    return _set(engine, name, {"password": passwords.kept(password)}, ends=True)


def set_role(engine: sa.Engine, name: str, role: str) -> Account:
    """Gives an account another role; it holds from the next page on. Raises LedgerError."""
    return _set(engine, name, {"role": choice(role, ROLES, "a role")})


def disable(engine: sa.Engine, name: str) -> Account:
    """Shuts an account out at once; what it decided stays. Raises LedgerError."""
    return _set(engine, name, {"disabled": True}, ends=True)


def enable(engine: sa.Engine, name: str) -> Account:
    """Lets an account in again. Raises LedgerError."""
    return _set(engine, name, {"disabled": False})


def new_token(engine: sa.Engine, name: str) -> str:
    """A new token of an account, in place of the one it had; only a hash of it is kept. Raises LedgerError."""
    token = passwords.secret()
    _set(engine, name, {"token": passwords.digest(token)})
    return token


def revoke_token(engine: sa.Engine, name: str) -> Account:
    """Takes an account's token away. Raises LedgerError."""
    return _set(engine, name, {"token": None})


def get(engine: sa.Engine, name: str) -> Account | None:
    """The account of a name."""
    with engine.begin() as base:
        row = base.execute(sa.select(tables.account).where(tables.account.c.name == _nfc(name))).first()
    return None if row is None else _account(row)


def list(engine: sa.Engine) -> tuple[Account, ...]:
    """All accounts, by name."""
    with engine.begin() as base:
        return tuple(sorted(map(_account, base.execute(sa.select(tables.account)).all()), key=lambda a: a.name))


def sign_in(
    engine: sa.Engine, name: str, password: str, *, now: float | None = None, lasts: int = SESSION
) -> tuple[str, str] | None:
    """A new session: what the cookie holds, and the secret of its forms. None where name or password is wrong.

    lasts: seconds until it expires.
    """
    at = _now(now)
    a, s = tables.account, tables.session
    with engine.begin() as base:
        row = base.execute(sa.select(a.c.name, a.c.password).where(a.c.name == _nfc(name), ~a.c.disabled)).first()
    if not passwords.matches(password, None if row is None else row.password) or row is None:
        return None
    token, csrf = passwords.secret(), passwords.secret()
    with writing(engine, "decisions") as base:
        # Whoever was shut out or given another password while this one was worked out stays out.
        asked = sa.select(a.c.name).where(a.c.name == row.name, a.c.password == row.password, ~a.c.disabled)
        if base.execute(asked).first() is None:
            return None
        base.execute(sa.delete(s).where(s.c.expires <= at))
        mine = sa.select(s.c.id).where(s.c.account == row.name).order_by(s.c.expires.desc(), s.c.id)
        for old in base.execute(mine.offset(_MOST_SESSIONS - 1)).scalars().all():
            base.execute(sa.delete(s).where(s.c.id == old))
        values = {"id": passwords.digest(token), "account": row.name, "csrf": csrf, "expires": at + lasts}
        base.execute(sa.insert(s).values(values))
    return token, csrf


def sign_out(engine: sa.Engine, token: str) -> None:
    """Ends a session."""
    with writing(engine, "decisions") as base:
        base.execute(sa.delete(tables.session).where(tables.session.c.id == passwords.digest(token)))


def by_session(engine: sa.Engine, token: str, *, now: float | None = None) -> Account | None:
    """Whose session a cookie holds; None where it has expired, was ended or never was."""
    found = _session(engine, token, now)
    return None if found is None else _account(found)


def csrf_of(engine: sa.Engine, token: str, *, now: float | None = None) -> str | None:
    """The secret of the forms of a session; None where there is no such session."""
    found = _session(engine, token, now)
    return None if found is None else str(found.csrf)


def by_token(engine: sa.Engine, token: str) -> Account | None:
    """Whose token it is."""
    a = tables.account
    with engine.begin() as base:
        row = base.execute(sa.select(a).where(a.c.token == passwords.digest(token), ~a.c.disabled)).first()
    return None if row is None else _account(row)


def _session(engine: sa.Engine, token: str, now: float | None) -> Any:
    a, s = tables.account, tables.session
    asked = sa.select(a, s.c.csrf).join(s, s.c.account == a.c.name)
    with engine.begin() as base:
        return base.execute(
            asked.where(s.c.id == passwords.digest(token), s.c.expires > _now(now), ~a.c.disabled)
        ).first()


def _set(engine: sa.Engine, name: str, values: dict[str, Any], ends: bool = False) -> Account:
    a, s = tables.account, tables.session
    with writing(engine, "decisions") as base:
        there = _named(base, name)
        base.execute(sa.update(a).where(a.c.name == there.name).values(values))
        if ends:
            base.execute(sa.delete(s).where(s.c.account == there.name))
        return _named(base, name)


def _named(base: sa.Connection, name: str) -> Account:
    row = base.execute(sa.select(tables.account).where(tables.account.c.name == _nfc(name))).first()
    if row is None:
        from consistency.hints import near

        names = base.execute(sa.select(tables.account.c.name)).scalars()
        raise LedgerError(f"there is no account {name[:80]!r}{near(name[:80], names)}")
    return _account(row)


def _account(row: Any) -> Account:
    return Account(
        name=row.name,
        role=row.role,
        created=row.created,
        disabled=bool(row.disabled),
        password=row.password is not None,
        token=row.token is not None,
    )


def _nfc(name: str) -> str:
    """A name as it is looked up; one that no store could hold is nobody's."""
    out = unicodedata.normalize("NFC", name)
    return out if _NAME.fullmatch(out) else ""


def _now(now: float | None) -> int:
    return int(time.time() if now is None else now)
