"""The time expressions of a text, grounded on its publication date: the entry of the time stage."""

from __future__ import annotations

from typing import Any

from consistency.extraction import calendar as cal
from consistency.extraction.spans import Timex
from consistency.extraction.times_context import Doc, Found
from consistency.extraction.times_ranges import ranges
from consistency.extraction.times_resolve import read_all
from consistency.extraction.times_roles import role_of
from consistency.extraction.times_year import earliest_year
from consistency.extraction.tokens import Tokens, tokenise
from consistency.model import Source

__all__ = ["earliest_year", "find_times", "layer_row", "ranges", "settle_published"]


def find_times(tokens: Tokens, anchor: str | None, *, anchor_basis: str = "published") -> list[Timex]:
    """All time expressions of a text, in order, without overlaps.

    anchor: ISO date of publication (a "THH:MM" tail is allowed) or None; anchor_basis "inferred" marks what rests on it
    as inferred. Without an anchor relative and partial expressions keep an open value ("XXXX-05-13") and no days.
    """
    day = cal.parse_day(anchor)
    doc = Doc(tokens, day)
    basis = "none" if day is None else "inferred" if anchor_basis == "inferred" else "relative"
    return [_timex(doc, found, basis) for found in read_all(doc)]


def _timex(doc: Doc, found: Found, basis: str) -> Timex:
    tokens = doc.tokens
    start, end = tokens.starts[found.first], tokens.ends[found.last - 1]
    from_, to, granularity = found.from_, found.to, found.granularity
    if from_ is None and found.type in {"DATE", "TIME"}:
        days = cal.span(found.value)
        if days is not None:
            from_, to, granularity = days
    leans = from_ is not None and not (found.firm or found.guess)
    return Timex(
        first=found.first,
        last=found.last,
        start=start,
        end=end,
        text=tokens.text[start:end],
        type=found.type,
        value=found.value,
        from_=from_,
        to=to,
        granularity=granularity,
        basis="inferred" if found.guess else "stated" if found.firm else basis if leans else "none",
        role=found.role or role_of(doc, found.first, found.last),
        anchored=leans,
    )


def layer_row(source_id: str, timex: Timex) -> dict[str, Any]:
    """A line of the periods layer: source, start, end, text, type, value, from, to."""
    return {
        "source": source_id,
        "start": timex.start,
        "end": timex.end,
        "text": timex.text,
        "type": timex.type,
        "value": timex.value,
        "from": timex.from_,
        "to": timex.to,
    }


def settle_published(source: Source, tokens: Tokens | None = None) -> tuple[str | None, str]:
    """(published, basis) of a source; a date told without its year ("XXXX-07-01") gets the earliest year that fits.

    The basis is then "inferred", which is also what `find_times` takes as `anchor_basis`. No year in the text: None.
    """
    published = source.published
    if published is None or not published.startswith("XXXX"):
        return published, source.published_basis
    parts = published.split("-")
    month = int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else None
    day = int(parts[2]) if len(parts) > 2 and parts[2].isdigit() else None
    year = earliest_year(tokenise(source.text) if tokens is None else tokens, month, day)
    if year is None or month is None:
        return None, "none"
    found = cal.make_day(year, month, day or 1) or cal.make_day(year, month, 28)
    return (None, "none") if found is None else (found.isoformat(), "inferred")
