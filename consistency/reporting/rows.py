"""What `consistency claims` prints: claims, quantities or time expressions, as JSON lines, CSV or a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import msgspec

from consistency.errors import UsageError
from consistency.model import Claim
from consistency.reporting import csv, jsonl
from consistency.reporting.clean import columns, line, shorten
from consistency.reporting.tables import CLAIM_COLUMNS, claims_table

_AT = ("source", "start", "end", "text")
LAYERS: dict[str, tuple[str, ...]] = {
    "claims": CLAIM_COLUMNS,
    "quantities": (*_AT, "low", "high", "low_open", "high_open", "point", "hedge", "trend", "unit", "per", "dimension"),
    "periods": (*_AT, "type", "value", "from", "to"),
}
_TERMINAL = {
    "claims": ("source", "place", "kind", "text", "value", "period", "as_of", "counts"),
    "quantities": ("source", "text", "low", "high", "hedge", "trend", "unit", "per"),
    "periods": ("source", "text", "type", "value", "from", "to"),
}


def render(rows: Iterable[dict[str, Any]], form: str, layer: str = "claims", width: int = 120) -> Iterator[str]:
    """`rows` as they are in JSON, as pieces of text; form: jsonl | csv | table. width: columns of the terminal.

    layer: claims (dicts of the Claim shape) | quantities | periods. A piece a row, but the table, whose columns depend
    on every row, comes whole. Raises UsageError for another form.
    """
    if form == "jsonl":
        return jsonl.lines(rows)
    if form == "csv":
        return _csv(rows, layer)
    if form == "table":
        return iter((table([_cells(row, layer) for row in rows], _TERMINAL[layer], width),))
    raise UsageError(f"there is no form {form!r}; known: table, jsonl, csv")


def _csv(rows: Iterable[dict[str, Any]], layer: str) -> Iterator[str]:
    yield csv.write((), LAYERS[layer])
    for row in rows:
        yield csv.write((_cells(row, layer),), LAYERS[layer], header=False)


def _cells(row: dict[str, Any], layer: str) -> dict[str, str]:
    if layer == "claims":
        return claims_table((msgspec.convert(row, Claim),), 1000)[0]
    return {name: _cell(row.get(name)) for name in LAYERS[layer]}


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return line(str(value), 1000)


def table(rows: Sequence[dict[str, str]], names: Sequence[str], width: int = 120) -> str:
    """A plain table of at most about `width` columns, every row on one line; the widest columns give way first."""
    if not rows:
        return "nothing found\n"
    wide = {name: max(len(name), *(columns(row[name]) for row in rows)) for name in names}
    room = max(width - 2 * (len(names) - 1), 8 * len(names))
    while sum(wide.values()) > room:
        widest = max(names, key=lambda name: wide[name])
        wide[widest] = max(8, min(wide[widest] - 1, room // len(names) + 20))
        if wide[widest] == 8:
            break
    out = ["  ".join(name.replace("_", " ").ljust(wide[name]) for name in names).rstrip()]
    for row in rows:
        cells = (shorten(row[name], wide[name]) for name in names)
        out.append("  ".join(c + " " * (wide[n] - columns(c)) for c, n in zip(cells, names, strict=True)).rstrip())
    return "\n".join(out) + "\n"
