"""Bytes to text, strictly: what cannot be decoded without loss is refused, with the place of the first bad byte."""

from __future__ import annotations

import codecs
import re

from consistency.errors import SourceError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
# Letters and typographic signs of Windows-1252 where they belong: in a word, or beside one.
_PLAUSIBLE = re.compile(
    rb"(?<=[A-Za-z ('\"-])[\xc0-\xd6\xd8-\xf6\xf8-\xff\x8a\x8c\x8e\x9a\x9c\x9e\x9f]"
    rb"(?=[A-Za-z\xc0-\xff\x91-\x97 .,;:!?'\")\r\n-]|$)"
    rb"|[\x91-\x97\x85\xab\xbb\xa3\x80\xa9\xae\xb0\x99\xa0\xad\xb7\x95\xbd\xbc\xbe\xa7\xb1\xb2\xb3\xb5]"
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MAGIC = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"PK\x03\x04",
    b"\x7fELF",
    b"%PDF-",
    b"\x1f\x8b",
    b"BZh",
    b"\xd0\xcf\x11\xe0",
    b"MZ\x90",
    b"SQLite format 3",
)

HEAD = 200_000
"""Bytes that tell whether a file is a text."""


def decode(data: bytes, name: str) -> str:
    """The text of a file: UTF-8, UTF-16 or UTF-32 by its mark, else UTF-8, else Windows-1252 where that is plausible.

    Raises SourceError: binary data, or bytes that are none of these.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strict(data[len(mark) :], encoding, name, len(mark))
    if data.startswith(_MAGIC):
        raise SourceError("is a binary file, not text", name)
    wide = _wide(data)
    if wide:
        return _strict(data, wide, name, 0)
    if _binary(data):
        raise SourceError("is a binary file, not text", name)
    return decode_line(data, name)


def is_wide(head: bytes) -> bool:
    """Whether the first bytes of a file are those of UTF-16 or UTF-32."""
    return any(head.startswith(mark) for mark, encoding in _MARKS if encoding != "utf-8") or _wide(head) is not None


def check_text(head: bytes, name: str) -> None:
    """Raises SourceError where the first HEAD bytes of a file are not those of a text."""
    if head.startswith(_MAGIC) or _binary(head):
        raise SourceError("is a binary file, not text", name)


def decode_line(line: bytes, name: str) -> str:
    """`decode`, of a line of a file that is a text: UTF-8, or Windows-1252. Raises SourceError."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError as error:
        if _windows(line):
            return line.decode("cp1252")
        raise _not_utf8(line, error.start, name) from error


def _strict(data: bytes, encoding: str, name: str, skipped: int) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        if encoding == "utf-8":
            raise _not_utf8(data, error.start, name, skipped) from error
        raise SourceError(
            f"not {encoding.upper()}, which its first bytes announce: byte {error.start + skipped}", name
        ) from error


def _not_utf8(data: bytes, at: int, name: str, skipped: int = 0) -> SourceError:
    line = data.count(b"\n", 0, at) + 1
    return SourceError(f"not UTF-8: byte 0x{data[at]:02X} at offset {at + skipped}", name, line)


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark, told by the zero bytes of its ASCII letters."""
    head = data[:2000]
    if len(head) < 4 or len(data) % 2:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if odd > 0.6 * half and even < 0.05 * half:
        return "utf-16-le"
    if even > 0.6 * half and odd < 0.05 * half:
        return "utf-16-be"
    return None


def _binary(data: bytes) -> bool:
    """Whether control characters are too many for a text. A stray one is kept, so that offsets stay true."""
    return len(_CONTROL.findall(data[:HEAD])) > max(3, len(data[:HEAD]) // 300)


def _windows(data: bytes) -> bool:
    """Whether the bytes read as Windows-1252: few, in their places, and not the ruins of UTF-8."""
    if _MULTIBYTE.search(data) or re.search(rb"[\x81\x8d\x8f\x90\x9d]", data):
        return False
    high = len(_HIGH.findall(data))
    plausible = sum(len(m) for m in _PLAUSIBLE.findall(data))
    return high <= 0.2 * len(data) and plausible >= 0.9 * high
