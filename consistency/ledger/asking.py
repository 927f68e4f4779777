"""Asking a ledger in plain SQL, whatever it is opened by: SQLAlchemy, or Python's own driver of SQLite.

A value stands as `?`. Loading SQLAlchemy takes as long as a whole check of a source, so what is read where nothing is
written (`check --against`) is asked so; what the writers read of it too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlalchemy as sa

Ask = Callable[[str, Sequence[Any]], Sequence[tuple[Any, ...]]]
"""A question and the values of its marks: the rows."""
Moment = Callable[[], AbstractContextManager[Ask]]
"""Opens a ledger as it stands at one moment."""
_CHUNK = 500


def asking(base: sa.Connection) -> Ask:
    """A connection to ask over, within its transaction."""
    mark = "?" if base.dialect.paramstyle == "qmark" else "%s"

    def ask(question: str, values: Sequence[Any] = ()) -> Sequence[tuple[Any, ...]]:
        return base.exec_driver_sql(question.replace("?", mark), tuple(values)).all()

    return ask


def moments(engine: sa.Engine) -> Moment:
    """The moments of a ledger that is open."""
    from consistency.ledger.connect import snapshot

    @contextmanager
    def moment() -> Iterator[Ask]:
        with snapshot(engine) as base:
            yield asking(base)

    return moment


def among(
    question: str,
    values: Iterable[Any],
    ask: Ask,
    before: Sequence[Any] = (),
    chunk: int = _CHUNK,
    row: bool = False,
) -> Iterator[tuple[Any, ...]]:
    """The rows of a question with one `(??)` in it, which stands for values: asked for so many of them at a time.

    before: the values of the marks in front of it; row: each value is a row of its own."""
    mark = "),(" if row else ","
    every = sorted(values)
    for i in range(0, len(every), chunk):
        part = every[i : i + chunk]
        yield from ask(question.replace("(??)", f"({mark.join('?' * len(part))})"), (*before, *part))
