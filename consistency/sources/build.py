"""Drafts to sources: what the metadata says, completed by what the text itself says."""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from consistency.config import Limits
from consistency.errors import NotReadError, SourceError
from consistency.model import Source
from consistency.sources.dateline import Printed, read_printed
from consistency.sources.dates import filename_date, metadata_date, url_date
from consistency.sources.draft import Draft
from consistency.sources.language import READ, detect
from consistency.sources.lines import content_lines
from consistency.sources.zones import mark_zones

_SURROGATE = re.compile("[\ud800-\udfff]")


def build(draft: Draft, id: str, path: str | None, limits: Limits) -> Source:
    """The source of a draft. Raises SourceError: no text, too long, not encodable, or a language that is not read."""
    _check(draft, limits)
    language = _language(draft)
    lines = content_lines(draft.text)
    printed = read_printed(draft.text, lines)
    zones, title = mark_zones(draft.text, lines, printed, draft.title, draft.zones)
    published, basis = _published(draft, printed, path)
    url = draft.url or printed.url
    return Source(
        text=draft.text,
        id=id,
        title=title,
        publisher=draft.publisher or printed.publisher or _host(url),
        published=published,
        published_basis=basis,
        url=url,
        author=draft.author or printed.author,
        language=language,
        sha256=hashlib.sha256(draft.text.encode("utf-8")).hexdigest(),
        path=path,
        zones=zones,
        layout=draft.layout,
    )


def _check(draft: Draft, limits: Limits) -> None:
    text = draft.text
    if not text.strip().strip("\x00\ufeff"):
        raise SourceError("is empty" if not text else "holds no text", None, draft.line)
    if len(text) > limits.max_chars:
        raise SourceError(f"is longer than {limits.max_chars:,} characters (limits.max_chars)", None, draft.line)
    if not text.isascii():
        half = _SURROGATE.search(text)
        if half:
            raise SourceError(f"holds half a surrogate pair at character {half.start()}", None, draft.line)


def _language(draft: Draft) -> str | None:
    stated = (draft.language or "").lower().replace("_", "-").split("-")[0]
    if draft.language_stated and stated:
        stated = {"eng": READ, "english": READ}.get(stated, stated)
        if stated != READ:
            raise NotReadError(f"language not read: {stated}", None, draft.line)
        return READ
    found = detect(draft.text, draft.language)
    if found not in (None, READ):
        raise NotReadError(f"language not read: {found}", None, draft.line)
    return found


def _published(draft: Draft, printed: Printed, path: str | None) -> tuple[str | None, str]:
    """The day of publication and where it was found.

    In this order: metadata, the text, an address, the file name, and last the day the file was made.
    """
    stated = metadata_date(draft.published)
    if stated:
        return stated, "metadata"
    by_url = url_date(draft.url)
    if printed.published and not (printed.published.startswith("XXXX") and by_url):
        return printed.published, printed.basis
    if by_url:
        return by_url, "metadata"
    by_name = filename_date(PurePosixPath(path).stem) if path else None
    if by_name:
        return by_name, "filename"
    made = metadata_date(draft.made)
    return (made, "metadata") if made else (None, "none")


def _host(url: str | None) -> str | None:
    """The site an address belongs to: the publisher, where nothing names one."""
    try:
        host = urlsplit(url or "").hostname or ""
    except ValueError:
        return None
    return re.sub(r"^(?:www\d?|m|amp)\.", "", host) or None
