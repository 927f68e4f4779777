"""The queue: findings that wait for a decision, by filter and page."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from urllib.parse import urlencode

import msgspec
from starlette.responses import Response

from consistency.ledger import queue
from consistency.ledger.queue import Entry, Filters, Key
from consistency.review.ask import Ask

SIZE = 50
_DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
_DEFAULT = Filters()


def filters_of(query: Mapping[str, str]) -> Filters:
    """The filters that an address names; what makes no sense in it is left out."""
    given = {name: query.get(shown, "").strip()[:300] for shown, name in _fields()}
    for name in ("from_", "to"):
        if not _DAY.fullmatch(given[name]):
            given[name] = ""
    if given["status"] not in queue.STATUSES:
        given["status"] = _DEFAULT.status
    return Filters(**given)


def address(filters: Filters, **more: str) -> str:
    """The filters as the query of an address, without "?"; "" where none is set."""
    set_ = {shown: value for shown, name in _fields() if (value := getattr(filters, name)) != getattr(_DEFAULT, name)}
    return urlencode(set_ | {name: value for name, value in more.items() if value})


def place_of(entry: Entry) -> Key:
    """Where a finding stands in the queue."""
    return entry.rank, entry.id


def show(ask: Ask) -> Response:
    """`/`"""
    from consistency.review.finding_page import just_made

    filters = filters_of(ask.query)
    after, before = _key(ask.query.get("after")), _key(ask.query.get("before"))
    page = queue.page(ask.engine, filters, after, before, SIZE)
    if not page.entries and (after or before):
        page = queue.page(ask.engine, filters, size=SIZE)
    return ask.show(
        "queue.html.j2",
        here="queue",
        page=page,
        filters=filters,
        choices=queue.choices(ask.engine),
        counts=queue.counts(ask.engine),
        statuses=queue.STATUSES,
        query=address(filters),
        earlier=address(filters, before=_text(page.before)) if page.before else "",
        later=address(filters, after=_text(page.after)) if page.after else "",
        narrowed=msgspec.structs.replace(filters, status="") != msgspec.structs.replace(_DEFAULT, status=""),
        last=just_made(ask),
    )


def _fields() -> list[tuple[str, str]]:
    return [(name.rstrip("_"), name) for name in Filters.__struct_fields__]


def _key(text: str | None) -> Key | None:
    rank, _, id_ = (text or "").partition(" ")
    try:
        number = float(rank)
    except ValueError:
        return None
    return (number, id_) if math.isfinite(number) and id_ else None


def _text(key: Key | None) -> str:
    return f"{key[0]!r} {key[1]}" if key else ""
