"""Who may use the desk of a ledger: accounts, access tokens and sessions.

Passwords are kept as scrypt (RFC 7914) with a salt of their own; of tokens and sessions only a hash is kept, so that
who reads the ledger cannot sign in with what stands there.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from functools import lru_cache

import sqlalchemy as sa

from consistency.errors import LedgerError
from consistency.hints import near
from consistency.ledger import details, tables
from consistency.ledger.runs import now
from consistency.model import Record

ROLES = ("reader", "reviewer", "editor")
"""A reader looks, a reviewer decides, an editor also takes results out."""
LEAST, MOST = 10, 1_000
"""The length of a password."""
SESSION_SECONDS = 12 * 3600
_COST = {"n": 2**15, "r": 8, "p": 1, "maxmem": 2**26, "dklen": 32}


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
    name, role = details.needed(name, "the name", details.NAME), details.choice(role, ROLES, "a role")
    kept = None if password is None else _hashed(password)
    at = tables.account
    with engine.connect().execution_options(writes=True) as base, base.begin():
        if base.scalar(sa.select(at.c.name).where(sa.func.lower(at.c.name) == name.lower())) is not None:
            raise LedgerError(f"there is an account {name!r} already")
        base.execute(sa.insert(at).values(name=name, role=role, password=kept, created=now(), disabled=False))
    return get(engine, name)


def get(engine: sa.Engine, name: str) -> Account:
    """An account by its name. Raises LedgerError if there is none."""
    with engine.connect() as base:
        row = base.execute(sa.select(tables.account).where(tables.account.c.name == name)).first()
    if row is None:
        raise LedgerError(f"there is no account {name!r}{near(name, [a.name for a in every(engine)])}")
    return _account(row)


def every(engine: sa.Engine) -> list[Account]:
    """All accounts, by name."""
    with engine.connect() as base:
        return [_account(row) for row in base.execute(sa.select(tables.account).order_by(tables.account.c.name))]


def set_password(engine: sa.Engine, name: str, password: str) -> None:
    """Gives an account another password; who is signed in to it is signed out. Raises LedgerError."""
    get(engine, name)
    _set(engine, name, password=_hashed(password))
    _sign_out_all(engine, name)


def set_role(engine: sa.Engine, name: str, role: str) -> None:
    """Gives an account another role, at once. Raises LedgerError."""
    get(engine, name)
    _set(engine, name, role=details.choice(role, ROLES, "a role"))


def disable(engine: sa.Engine, name: str, disabled: bool = True) -> None:
    """Shuts an account, or opens it again. What its owner decided stays. Raises LedgerError."""
    get(engine, name)
    _set(engine, name, disabled=disabled)
    _sign_out_all(engine, name)


def new_token(engine: sa.Engine, name: str) -> str:
    """An access token for programs, told this once; an older one ends. Raises LedgerError."""
    get(engine, name)
    token = secrets.token_urlsafe(32)
    _set(engine, name, token=_digest(token))
    return token


def sign_in(engine: sa.Engine, name: str, password: str, seconds: int = SESSION_SECONDS) -> tuple[str, str] | None:
    """(what the cookie holds, the CSRF token) of a new session; None where name and password do not fit.

    A name that does not exist takes as long as a wrong password.
    """
    with engine.connect() as base:
        row = base.execute(sa.select(tables.account).where(tables.account.c.name == name)).first()
    kept = row.password if row is not None and row.password else _decoy()
    fits = _fits(password[:MOST], kept)
    if row is None or not row.password or not fits or row.disabled:
        return None
    token, csrf, moment = secrets.token_urlsafe(32), secrets.token_urlsafe(32), int(time.time())
    values = {"id": _digest(token), "account": row.name, "csrf": csrf, "expires": moment + seconds}
    with engine.connect().execution_options(writes=True) as base, base.begin():
        base.execute(sa.delete(tables.session).where(tables.session.c.expires <= moment))
        base.execute(sa.insert(tables.session).values(values))
    return token, csrf


def sign_out(engine: sa.Engine, token: str) -> None:
    """Ends a session."""
    with engine.connect().execution_options(writes=True) as base, base.begin():
        base.execute(sa.delete(tables.session).where(tables.session.c.id == _digest(token)))


def by_session(engine: sa.Engine, token: str) -> Account | None:
    """Who is signed in, by what the cookie holds; None where the session is over."""
    s, a = tables.session, tables.account
    asked = sa.select(a).join(s, s.c.account == a.c.name)
    with engine.connect() as base:
        row = base.execute(asked.where(s.c.id == _digest(token), s.c.expires > int(time.time()))).first()
    return None if row is None or row.disabled else _account(row)


def by_token(engine: sa.Engine, token: str) -> Account | None:
    """Who an access token belongs to."""
    at = tables.account
    with engine.connect() as base:
        row = base.execute(sa.select(at).where(at.c.token == _digest(token))).first()
    return None if row is None or row.disabled else _account(row)


def _set(engine: sa.Engine, name: str, **values: object) -> None:
    with engine.connect().execution_options(writes=True) as base, base.begin():
        base.execute(sa.update(tables.account).where(tables.account.c.name == name).values(values))


def _sign_out_all(engine: sa.Engine, name: str) -> None:
    with engine.connect().execution_options(writes=True) as base, base.begin():
        base.execute(sa.delete(tables.session).where(tables.session.c.account == name))


def _account(row: sa.Row[tuple[object, ...]]) -> Account:
    told = row._mapping
    return Account(
        name=told["name"],
        role=told["role"],
        disabled=bool(told["disabled"]),
        created=told["created"],
        has_password=told["password"] is not None,
        has_token=told["token"] is not None,
    )


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _hashed(password: str) -> str:
    if not LEAST <= len(password) <= MOST:
        raise LedgerError(f"a password has {LEAST} to {MOST} characters")
    salt = secrets.token_bytes(16)
    return f"scrypt${salt.hex()}${_scrypt(password, salt).hex()}"


def _fits(password: str, kept: str) -> bool:
    _, salt, wanted = kept.split("$")
    return hmac.compare_digest(_scrypt(password, bytes.fromhex(salt)), bytes.fromhex(wanted))


def _scrypt(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(password.encode("utf-8", "surrogatepass"), salt=salt, **_COST)


@lru_cache(maxsize=1)
def _decoy() -> str:
    """What the password of nobody is held against."""
    return _hashed(secrets.token_urlsafe(32))
