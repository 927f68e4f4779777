"""Word files, by python-docx (MIT): paragraphs and tables in order, and the file's own properties."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from consistency.config import Limits
from consistency.errors import SourceError
from consistency.model import Layout, Zone
from consistency.sources.draft import Draft, words

_MOST_PARTS = 20_000
_MOST_COLUMNS = 1_000  # of a table cell; Word itself has 63
_SPAN = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}gridSpan"
_DEFAULT = Limits()
_STYLES = {"title": "title", "caption": "caption"}
_TEMPLATE_DAY = "2013-12-23"  # when the template was made that python-docx puts its new files on


def read_docx(data: bytes, name: str, limits: Limits = _DEFAULT) -> Iterator[Draft]:
    """A Word file is one source: a paragraph a line, a table row a line. Raises SourceError."""
    document = _open(data, name, limits)
    if any(_columns(span) > _MOST_COLUMNS for span in document.element.body.iter(_SPAN)):
        raise SourceError(f"has a table cell over more than {_MOST_COLUMNS:,} columns", name)
    try:
        parts = list(_paragraphs(document))
        about = document.core_properties
        made = about.created.date().isoformat() if about.created else None
        meta: dict[str, Any] = {
            "title": words(about.title),
            "author": words(about.author),
            "language": words(about.language),
        }
    except Exception as error:
        raise SourceError(f"is a broken Word file: {error}", name) from error
    zones = []
    pieces: list[str] = []
    length = 0
    for line, kind in parts:
        if kind and line.strip():
            zones.append(Zone(start=length, end=length + len(line), kind=kind))
        pieces.append(line)
        length += len(line) + 1
    text = "\n".join(pieces)
    if meta["author"] == "python-docx":
        meta["author"] = None
    if meta["title"] and meta["title"].lower() in ("word document", "document", "untitled"):
        meta["title"] = None
    yield Draft(
        text=text,
        zones=tuple(zones),
        made=None if made == _TEMPLATE_DAY else made,
        layout=Layout(kind="none"),
        **meta,
    )


def _columns(span: Any) -> int:
    """How many columns a cell says it reaches over."""
    said = next((value for key, value in span.items() if key.endswith("}val")), "1").strip()
    if not (said.isascii() and said.isdecimal()):
        return 1
    return int(said) if len(said) < 9 else _MOST_COLUMNS + 1


def _open(data: bytes, name: str, limits: Limits) -> Any:
    """The document, after a look at what it would unpack to: a small zip may hold a huge file.

    What the archive says of a size is what is read at most, so one that lies is a broken archive. Every part counts:
    whether one is parsed does not depend on its name, and a tree of elements takes many times the bytes of its text.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            if sum(i.file_size for i in infos) > limits.max_unpacked:
                raise SourceError(f"unpacks to more than {limits.max_unpacked:,} bytes (limits.max_unpacked)", name)
            if len(infos) > _MOST_PARTS:
                raise SourceError(f"is an archive of more than {_MOST_PARTS:,} parts", name)
            if "word/document.xml" not in archive.namelist() and "[Content_Types].xml" not in archive.namelist():
                raise SourceError("is a zip archive, but no Word file", name)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, RuntimeError) as error:
        raise SourceError(f"is a broken Word file: {error}", name) from error
    try:
        import docx

        return docx.Document(io.BytesIO(data))
    except Exception as error:
        raise SourceError(f"is a broken Word file: {error}", name) from error


def _paragraphs(document: Any) -> Iterator[tuple[str, str | None]]:
    """Lines with the zone their style gives them, in the order of the page."""
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                cells = dict.fromkeys(" ".join(cell.text.split()) for cell in row.cells)
                yield "\t".join(c for c in cells if c), None
            yield "", None
            continue
        style = (block.style.name or "").lower() if block.style is not None else ""
        kind = next((zone for key, zone in _STYLES.items() if style.startswith(key)), None)
        yield block.text, kind
        yield "", None
