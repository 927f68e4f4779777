"""The decision table: which row speaks for a pair's facts. Ordered, first match wins, remembered in a dictionary."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import lru_cache

from consistency.errors import RuleError
from consistency.judgement.rows import Row, read_rows
from consistency.judgement.vocabulary import EVERYTHING, pack
from consistency.rulebook import Rulebook, default_rulebook

Places = Mapping[str, Sequence[str]]


class Table:
    """Rows compiled to a look-up: a pair's facts as a word give the rows that may speak, an unconditional one last."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = tuple(rows)
        if not self.rows or self.rows[-1].box != EVERYTHING or self.rows[-1].where:
            last = self.rows[-1] if self.rows else None
            raise RuleError(
                "the last row must catch everything", last.file if last else None, last.line if last else None
            )
        self.by_id = {r.id: r for r in self.rows}
        self._memo: dict[int, tuple[Row, ...]] = {}

    def look_up(self, facts: Mapping[str, str], places: Callable[[], Places]) -> Row:
        """The first row that matches the facts and, for a user's row with `where`, the place they are about."""
        word = pack(facts)
        candidates = self._memo.get(word)
        if candidates is None:
            candidates = self._memo.setdefault(word, self._candidates(word))
        for row in candidates:
            if not row.where or _is_there(row.where, places()):
                return row
        return self.rows[-1]

    def _candidates(self, word: int) -> tuple[Row, ...]:
        found = []
        for row in self.rows:
            if word & ~row.box == 0:
                found.append(row)
                if not row.where:
                    break
        return tuple(found)


def _is_there(where: Mapping[str, str], places: Places) -> bool:
    return all(
        any(fnmatchcase(name.casefold(), pattern.casefold()) for name in places.get(key, ()))
        for key, pattern in where.items()
    )


def load(rules: Rulebook | None = None) -> list[Row]:
    """All rows in the order they are tried. Raises RuleError with file and line."""
    return read_rows(rules or default_rulebook())


@lru_cache(maxsize=8)
def table(rules: Rulebook | None = None) -> Table:
    """The compiled table of a rulebook (the built-in one by default), read once in a process."""
    return Table(load(rules))
