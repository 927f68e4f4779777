"""Ledgers to test on: each test that takes `ledger_url` runs on SQLite and on PostgreSQL.

Where no PostgreSQL server can be had its tests are skipped and say why; with CI=true in the environment they fail.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.needed import lacking

sys.path.insert(0, str(Path(__file__).parent))

from ledger_server import NoServer, Server

from consistency.ledger.connect import open_engine

if TYPE_CHECKING:
    import sqlalchemy as sa

STORES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def _server() -> Iterator[Server | str]:
    """The server, or why there is none."""
    try:
        server = Server()
    except NoServer as error:
        yield str(error)
        return
    yield server
    server.stop()


@pytest.fixture
def server(_server: Server | str) -> Server:
    """The PostgreSQL server; skips the test where none can be had."""
    if isinstance(_server, str):
        lacking(f"no PostgreSQL server: {_server}")
    return _server


@pytest.fixture(scope="session")
def _template(_server: Server | str) -> str:
    """The name of a database that is an empty ledger: a copy is quicker than making the tables anew."""
    assert isinstance(_server, Server)
    name = _server.create()
    open_engine(_server.url(name), create=True).dispose()
    return name


@pytest.fixture(scope="session")
def _blank_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty ledger in a file."""
    path = tmp_path_factory.mktemp("ledger") / "blank.db"
    open_engine(f"sqlite:///{path}", create=True).dispose()
    return path


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest) -> str:
    """Which of the two a test runs on."""
    return str(request.param)


@pytest.fixture
def new_ledger_url(store: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where a ledger can be made: a file that is not there yet, a database without tables."""
    if store == "sqlite":
        yield f"sqlite:///{tmp_path / 'new.db'}"
        return
    server: Server = request.getfixturevalue("server")
    name = server.create()
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def ledger_url(store: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A ledger of its own with its tables and no rows."""
    if store == "sqlite":
        shutil.copy(request.getfixturevalue("_blank_file"), tmp_path / "ledger.db")
        yield f"sqlite:///{tmp_path / 'ledger.db'}"
        return
    server: Server = request.getfixturevalue("server")
    name = server.create(request.getfixturevalue("_template"))
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def ledger(ledger_url: str) -> Iterator[sa.Engine]:
    """The same, open."""
    engine = open_engine(ledger_url)
    yield engine
    engine.dispose()
