"""A ledger of invented texts with the desk in front of it, behind a real HTTP server."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest

sys.path.insert(0, str(Path(__file__).parent))

import desk_ledger
from live import serving

from consistency.ledger.connect import open_engine
from consistency.review.app import build

Desk = Callable[..., httpx.Client]


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file of a ledger with what `desk_ledger.TEXTS` gives; each test has a copy."""
    path = tmp_path_factory.mktemp("desk") / "filled.db"
    engine = open_engine(f"sqlite:///{path}", create=True)
    desk_ledger.fill(engine, desk_ledger.TEXTS)
    with engine.connect() as base:
        base.exec_driver_sql("COMMIT")
        base.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        base.exec_driver_sql("BEGIN")
    engine.dispose()
    return path.read_bytes()


@pytest.fixture
def engine(filled: bytes, tmp_path: Path) -> Iterator[Any]:
    path = tmp_path / "ledger.db"
    path.write_bytes(filled)
    opened = open_engine(f"sqlite:///{path}")
    yield opened
    opened.dispose()


@pytest.fixture
def desk(engine: Any) -> Iterator[Desk]:
    """Clients of a desk on the ledger: `desk()` for the local editor, `desk(local=None)` where people sign in."""
    with ExitStack() as stack:

        def make(local: str | None = "Ana Lind", **options: Any) -> httpx.Client:
            address = stack.enter_context(serving(build(engine, local, **options)))
            return stack.enter_context(httpx.Client(base_url=address, timeout=60))

        yield make


@pytest.fixture
def client(desk: Desk) -> httpx.Client:
    """The local editor."""
    return desk()
