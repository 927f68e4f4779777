"""Publisher, date, author and title as the text itself prints them: header lines, bylines, agency datelines, footers.

Only places made for it are read, never the running text, and never the year of a copyright notice. A date printed
without its year ("Updated Jul.1") is handed on as `XXXX-07-01`: a later stage, which knows the dates the text speaks
of, puts the year in (the earliest that fits).
"""

from __future__ import annotations

import msgspec

from consistency.sources import header
from consistency.sources.dates import Found, match_date
from consistency.sources.lines import Span
from consistency.sources.names import known_agency, looks_like_callsign

HEAD_LINES = 14
HEAD_CHARS = 6_000
FOOT_LINES = 6
LONGEST_HEADER = 400


class Printed(msgspec.Struct, frozen=True, kw_only=True):
    """What a text says about itself. published may lack its year (`XXXX-MM-DD`); basis: dateline | text | none.

    furniture: spans that carry only such metadata; titles: spans of headlines found beside it on the same line.
    """

    published: str | None = None
    basis: str = "none"
    publisher: str | None = None
    author: str | None = None
    title: str | None = None
    url: str | None = None
    furniture: tuple[Span, ...] = ()
    titles: tuple[Span, ...] = ()


# Which date counts, if a text prints several: the best of them is the first in this order, a full date before all.
_ORDER = ("published", "agency", "bare", "updated", "foot")
_BASIS = {"published": "dateline", "agency": "dateline"}


def read_printed(text: str, lines: list[Span]) -> Printed:
    """What `text` (its non-empty `lines`) says of its date, publisher, author and title."""
    items: list[header.Item] = []
    furniture: list[Span] = []
    titles: list[Span] = []
    days: list[tuple[Span, list[header.Item]]] = []
    paragraphs = 0
    head = [s for s in lines[:HEAD_LINES] if s[0] < HEAD_CHARS]
    for number, (start, end) in enumerate(head):
        if end - start <= LONGEST_HEADER:
            found, until = header.parse(text, start, end)
            if until >= end and found:
                if {i.kind for i in found} <= {"bare", "other"} and any(i.kind == "bare" for i in found):
                    if paragraphs < 2:
                        days.append(((start, end), found))
                    continue
                items += found
                furniture.append((start, end))
                titles += [i.span for i in found if i.kind == "title" and i.span]
                continue
            inner = header.search_label(text, start, end)
            if inner:
                items += inner.items
                furniture.append(inner.span)
                titles += [(start, inner.before)] if inner.whole_line and inner.before > start else []
                continue
        prefix = header.leading_date(text, start, end) if number == 0 else None
        if prefix:
            items.append(prefix)
            furniture.append((start, prefix.end))
            start = prefix.end
        items += _agency(text, start, end)
        paragraphs += end - start > 80
    if (
        len({i.value for _, found in days for i in found if i.kind == "bare"}) == 1
    ):  # several: a chronology, not a date line
        items += [i for _, found in days for i in found]
        furniture += [span for span, _ in days]
    items += _foot(text, [s for s in lines[len(head) :][-FOOT_LINES:] if s[1] - s[0] <= LONGEST_HEADER], furniture)
    return _choose(items, furniture, titles)


def _choose(items: list[header.Item], furniture: list[Span], titles: list[Span]) -> Printed:
    dates = [i for i in items if i.kind in _ORDER]
    best = min(dates, key=lambda i: (i.value.startswith("XXXX"), _ORDER.index(i.kind), i.end), default=None)

    def first(kind: str) -> str | None:
        return next((i.value for i in items if i.kind == kind and i.value), None)

    basis = "none"
    if best is not None:
        basis = _BASIS.get(best.kind, "text") if best.kind == "agency" or not best.value.startswith("XXXX") else "text"
    return Printed(
        published=best.value if best else None,
        basis=basis,
        publisher=first("source") or first("wire") or first("outlet"),
        author=first("author"),
        title=first("title"),
        url=first("url"),
        furniture=tuple(sorted(furniture)),
        titles=tuple(sorted(titles)),
    )


def _agency(text: str, start: int, end: int) -> list[header.Item]:
    """The dateline that opens a report: "PARIS, May 5 (AFP) -", "LUSAKA, Zambia (AP) —", "ROME, 3 June 2020 —"."""
    m = header.DATELINE.match(text, start, min(end, start + 160))
    if not m:
        return []
    out: list[header.Item] = []
    place_end = m.end("place")
    date = _dateline_day(text, m)
    name = m["agency"]
    if date is None and m["date"] is not None:
        return []
    if name:
        agency = known_agency(name) or (name.strip() if looks_like_callsign(name) else None)
        if agency is None:
            return []
        out.append(header.Item("wire", agency, place_end, None))
    elif date is None or not text[m.start("place") : place_end].isupper():
        return []
    if date is not None:
        out.append(header.Item("agency", date.day, m.end(), None))
    return out


def _dateline_day(text: str, m: header.Match) -> Found | None:
    return match_date(text, m.start("date"), m.end("date")) if m["date"] is not None else None


def _foot(text: str, lines: list[Span], furniture: list[Span]) -> list[header.Item]:
    """A labelled date or a source line at the end: only "Published: …" and its like, never a bare date."""
    out: list[header.Item] = []
    for start, end in lines:
        found, until = header.parse(text, start, end)
        if until < end or not found:
            continue
        labelled = [i for i in found if i.kind in ("published", "updated", "source")]
        if labelled:
            furniture.append((start, end))
            out += [header.Item("foot", i.value, i.end, None) if i.kind != "source" else i for i in labelled]
    return out
