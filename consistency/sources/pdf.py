"""PDF files, by pypdfium2 (Apache-2.0 / BSD): text page by page, metadata, and nothing invented for scans."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from consistency.config import Limits
from consistency.errors import SourceError
from consistency.model import Layout, Zone
from consistency.sources.dates import lexicon
from consistency.sources.draft import Draft, words
from consistency.sources.inflating import unpacks_too_far
from consistency.sources.lines import content_lines

MOST_PAGES = 5_000
_DEFAULT = Limits()
_KEY = "limits.max_unpacked"
_HYPHEN = re.compile("(?:\ufffe|\x02|\u00ad)[ ]?\n?")
_PAGE_NUMBER = re.compile(r"(?:page[ ])?[-–— ]*\d{1,4}[-–— ]*(?:(?:of|/)[ ]?\d{1,4})?$", re.IGNORECASE)


def read_pdf(data: bytes, name: str, limits: Limits = _DEFAULT) -> Iterator[Draft]:
    """A PDF is one source; `Layout.pages` says where each page begins. Raises SourceError: broken, locked, no text."""
    if unpacks_too_far(data, limits.max_unpacked):
        raise SourceError(f"holds a part that unpacks to more than {limits.max_unpacked:,} bytes ({_KEY})", name)
    pages, about = _pages(data, name, limits.max_chars)
    starts: list[int] = []
    length = 0
    for page in pages:
        starts.append(length)
        length += len(page) + 1
    text = "\n".join(pages)
    if not text.strip():
        raise SourceError(f"holds no text on its {len(pages)} pages (scanned? it needs OCR first)", name)
    yield Draft(
        text=text,
        title=_title(about.get("Title")),
        author=words(about.get("Author")),
        made=_made(about),
        zones=tuple(_running(pages, starts)),
        layout=Layout(kind="pages", pages=tuple(starts)),
    )


def _pages(data: bytes, name: str, most: int) -> tuple[list[str], dict[str, Any]]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except Exception as error:
        locked = "password" in str(error).lower()
        raise SourceError("is locked with a password" if locked else f"is a broken PDF: {error}", name) from error
    try:
        if len(document) > MOST_PAGES:
            raise SourceError(f"has more than {MOST_PAGES:,} pages", name)
        about = document.get_metadata_dict()
        pages: list[str] = []
        for number in range(len(document)):
            pages.append(_page(document, number))
            most -= len(pages[-1]) + 1
            if most < 0:  # told with its figure when the source is built
                break
        return pages, about
    except SourceError:
        raise
    except Exception as error:
        raise SourceError(f"is a broken PDF: {error}", name) from error
    finally:
        document.close()


def _page(document: Any, number: int) -> str:
    page = document[number]
    reader = page.get_textpage()
    try:
        raw: str = reader.get_text_range()
    finally:
        reader.close()
        page.close()
    raw = raw.replace("\r\n", "\n").replace("\r", "\n")
    raw = _HYPHEN.sub("", raw)
    return re.sub("[\ud800-\udfff\ufffe\uffff]", "\ufffd", raw).strip("\n")


def _title(raw: Any) -> str | None:
    """The document's title, unless it is only the name of the file it was made from."""
    title = words(raw)
    return (
        None
        if title
        and re.search(r"\.(?:docx?|pdf|indd|tex|rtf|odt|html?)$|^untitled|^microsoft word", title, re.IGNORECASE)
        else title
    )


def _made(about: dict[str, Any]) -> str | None:
    """The creation date, unless a browser printed the page: then it is the day of printing."""
    program = f"{about.get('Producer', '')} {about.get('Creator', '')}".lower()
    if any(printer in program for printer in lexicon()["page_printers"]):
        return None
    return words(about.get("CreationDate"))


def _running(pages: list[str], starts: list[int]) -> Iterator[Zone]:
    """Page numbers, and lines that head or foot three pages or more, are furniture."""
    edges: list[tuple[int, int, str]] = []
    for number, (page, offset) in enumerate(zip(pages, starts, strict=True)):
        lines = content_lines(page)
        head = lines[:2] if number else []  # what heads the first page is the title
        for start, end in {*head, *lines[-2:]}:
            edges.append((offset + start, offset + end, re.sub(r"\d+", "0", page[start:end].lower())))
    often = Counter(words for _, _, words in edges)
    for start, end, line in sorted(edges):
        repeated = often[line] >= 3 and len(pages) >= 3 and end - start <= 120
        if repeated or _PAGE_NUMBER.match(line):
            yield Zone(start=start, end=end, kind="boilerplate")
