"""Opening a ledger: by URL, by file or by its usual place; with a clear word where it cannot be used.

    with open_ledger("sqlite:///ledger.db") as base: …

SQLite runs in WAL mode with full synchronisation, so that what was committed outlives a power cut. A ledger whose
tables are of an older or newer program is not touched.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from consistency.errors import ConsistencyError, LedgerError

if TYPE_CHECKING:
    import sqlalchemy as sa

SCHEMA = "1"
"""The version of the tables that this program reads and writes: the last of `migrations/versions`."""
FILE = "ledger.db"
FILE_URL = "sqlite:///"
WAIT = 60_000  # milliseconds to wait for another writer
CACHE = 65_536  # kilobytes of pages that SQLite may hold: a batch writes all over the tables
_DENIED = ("25006", "42501")  # PostgreSQL: read_only_sql_transaction, insufficient_privilege
_DRIVERS = ("sqlite", "postgresql+psycopg")


def shown(url: str) -> str:
    """The URL without its password."""
    head, at, tail = url.rpartition("@")
    if at and "://" in head:
        scheme, _, login = head.partition("://")
        return f"{scheme}://{login.partition(':')[0]}@{tail}"
    return url


def open_engine(url: str, create: bool = False) -> sa.Engine:
    """The engine of a ledger whose tables are there and of this version.

    create: make the tables where there are none. Raises LedgerError.
    """
    engine = bare_engine(url, create)
    try:
        found = version_of(engine)
        if found is None and create:
            from consistency.ledger.schema import create_tables

            _is_empty(engine, url)
            create_tables(engine)
            found = SCHEMA
    except Exception as error:
        engine.dispose()
        raise unusable(url, error) from error
    try:
        checked_version(found, url)
    except LedgerError:
        engine.dispose()
        raise
    return engine


def checked_version(found: str | None, url: str) -> None:
    """Raises LedgerError for tables of another version than this program's, or none."""
    if found is None:
        raise LedgerError("is no ledger (`consistency ledger add PATHS` makes one)", shown(url))
    if found != SCHEMA:
        raise LedgerError(_other_version(found), shown(url))


@contextmanager
def open_ledger(url: str, create: bool = False) -> Iterator[sa.Engine]:
    """`open_engine`, closed at the end."""
    engine = open_engine(url, create)
    try:
        with usable(url):
            yield engine
    finally:
        engine.dispose()


@contextmanager
def usable(url: str) -> Iterator[None]:
    """What keeps a ledger from being used (a full disk, another writer, a server that went away) as a LedgerError."""
    import sqlalchemy as sa

    try:
        yield
    except sa.exc.DBAPIError as error:
        outside = (
            isinstance(error, sa.exc.OperationalError | sa.exc.InterfaceError) or type(error) is sa.exc.DatabaseError
        )
        if outside or getattr(error.orig, "sqlstate", None) in _DENIED:
            raise unusable(url, error) from error
        raise


def _is_empty(engine: sa.Engine, url: str) -> None:
    """Makes sure that nobody else's tables are there; an empty SQLite file is put into WAL mode, which lasts."""
    import sqlalchemy as sa

    with engine.connect() as base:
        if sa.inspect(base).get_table_names():
            raise LedgerError("holds tables of something else; a ledger needs a database of its own", shown(url))
    if engine.dialect.name == "sqlite":
        connection = engine.raw_connection()
        connection.cursor().execute("PRAGMA journal_mode = WAL")
        connection.close()


def version_of(engine: sa.Engine) -> str | None:
    """The version of the tables, None where there are none."""
    import sqlalchemy as sa

    with engine.connect() as base:
        if not sa.inspect(base).has_table("alembic_version"):
            return None
        return base.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()


@contextmanager
def writing(engine: sa.Engine, book: str) -> Iterator[sa.Connection]:
    """A transaction that no other writer of the same book (`sources`, `decisions`) runs beside.

    SQLite has one writer at a time anyway; PostgreSQL locks a row of `meta`.
    """
    import sqlalchemy as sa

    with engine.connect().execution_options(writes=True) as base, base.begin():
        if engine.dialect.name == "postgresql":
            base.execute(sa.text("SELECT value FROM meta WHERE key = :key FOR UPDATE"), {"key": f"lock:{book}"})
        yield base


@contextmanager
def snapshot(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A transaction that reads everything as it stood at one moment, whoever writes meanwhile."""
    with engine.connect() as base:
        if engine.dialect.name == "postgresql":
            base = base.execution_options(isolation_level="REPEATABLE READ")
        with base.begin():
            yield base


def _other_version(found: str) -> str:
    if found.isdigit() and int(found) < int(SCHEMA):
        how = f"`consistency ledger upgrade` brings it up to {SCHEMA}"
        return f"was made by an older program (version {found} of the tables); {how}"
    return f"was made by a newer program (version {found} of the tables, this one knows {SCHEMA}); nothing was touched"


def unusable(url: str, error: Exception) -> ConsistencyError:
    """What keeps a ledger from being used, as an error a user can read."""
    if isinstance(error, ConsistencyError):
        return error
    said = " ".join(str(getattr(error, "orig", None) or error).split())
    if said == "unable to open database file" and Path(url.removeprefix(FILE_URL)).is_file():
        said += " (SQLite keeps two more beside it: its folder must be one that can be written in)"
    return LedgerError(f"cannot be used: {said}", shown(url))


def bare_engine(url: str, create: bool = False) -> sa.Engine:
    """The engine of a URL, whatever is behind it. Raises LedgerError for one that cannot be used."""
    try:
        import sqlalchemy as sa
    except ImportError as error:
        raise LedgerError("a ledger needs the extra `ledger`: pip install 'claim-consistency[ledger]'") from error
    if url.startswith(("postgresql://", "postgres://")):
        url = f"postgresql+psycopg://{url.partition('://')[2]}"
    try:
        # The rest is the name of a file as it is: SQLAlchemy would look for options and escapes in it.
        name = url.removeprefix(FILE_URL) if url.startswith(FILE_URL) else None
        parsed = sa.make_url(url) if name is None else sa.URL.create("sqlite", database=name)
    except sa.exc.ArgumentError as error:
        raise LedgerError("is no URL of a ledger (sqlite:///FILE or postgresql+psycopg://…)", shown(url)) from error
    if parsed.drivername not in _DRIVERS:
        raise LedgerError(f"{parsed.drivername} is not supported; known: {', '.join(_DRIVERS)}", shown(url))
    if parsed.drivername == "sqlite":
        if parsed.host:
            raise LedgerError("has two slashes where a file takes three: sqlite:///FILE", shown(url))
        return _sqlite(parsed, create)
    try:
        return sa.create_engine(parsed, isolation_level="READ COMMITTED", pool_pre_ping=True)
    except ImportError as error:
        raise LedgerError("needs the extra `postgresql`: pip install 'claim-consistency[postgresql]'") from error


def file_of(name: str | None, url: str, create: bool = False) -> str:
    """The file of an SQLite ledger. Raises LedgerError where there is none, and none is to be made."""
    if not name or name == ":memory:":
        raise LedgerError("a ledger needs a file (sqlite:///FILE)", shown(url))
    if not create and not Path(name).is_file():
        raise LedgerError("there is no such ledger (`consistency ledger add PATHS` makes one)", name)
    return name


def files_of(url: str) -> frozenset[str]:
    """The real paths of what an SQLite ledger consists of; none for a server."""
    if not url.startswith(FILE_URL):
        return frozenset()
    name = os.path.realpath(url.removeprefix(FILE_URL))
    return frozenset((name, f"{name}-wal", f"{name}-shm"))


def _sqlite(parsed: sa.URL, create: bool) -> sa.Engine:
    import sqlalchemy as sa

    file_of(parsed.database, str(parsed), create)
    engine = sa.create_engine(parsed, connect_args={"timeout": WAIT / 1000, "check_same_thread": False})

    @sa.event.listens_for(engine, "connect")
    def _set_up(connection: object, _: object) -> None:
        connection.isolation_level = None  # type: ignore[attr-defined]  # transactions are begun below
        cursor = connection.cursor()  # type: ignore[attr-defined]
        for pragma in ("synchronous = FULL", "foreign_keys = ON", f"busy_timeout = {WAIT}", f"cache_size = -{CACHE}"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        mode = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if mode else "BEGIN")

    return engine
