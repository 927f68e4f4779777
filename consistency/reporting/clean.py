"""Makes text of unknown sources safe to show: no terminal escapes, no reordering, no endless line."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

ELLIPSIS = "…"
_SPACES = dict.fromkeys([9, 10, 11, 12, 13, 0x85, 0x2028, 0x2029], " ")
_CONTROLS = {code: chr(0x2400 + code) for code in range(32) if code not in _SPACES} | {127: "␡"}
# Bidirectional embeddings, overrides and isolates can make a line read other than it is stored ("Trojan Source",
# Boucher and Anderson 2021); tag characters and the byte order mark are invisible. All are shown by their number.
_HIDDEN = [*range(0x80, 0x85), *range(0x86, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF]
# No text holds a noncharacter (Unicode 23.7), HTML and XML forbid them.
_NEVER = [*range(0xFDD0, 0xFDF0), *(plane + end for plane in range(0, 0x110000, 0x10000) for end in (0xFFFE, 0xFFFF))]
_SHOWN = [*_HIDDEN, *range(0xFFF9, 0xFFFC), *range(0xE0000, 0xE0080), *_NEVER]
_NAMED = {code: f"⟨U+{code:04X}⟩" for code in _SHOWN}
_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
_TABLE = {**_SPACES, **_CONTROLS, **_NAMED, **_SURROGATES}
_RUN = re.compile(r" {2,}")
# What a log of continuous integration takes for a command: "::error::" first on a line (GitHub), "##[error]" or
# "##vso[…]" anywhere (GitHub, Azure). A word joiner, which is not seen, keeps them from being one wherever lines break.
JOINER = "\u2060"
_COMMAND = re.compile(r":(?=:)|#(?=#(?:vso)?\[)", re.I)


def visible(text: str) -> str:
    """`text` with every control or reordering character replaced by a visible sign, and otherwise as it is."""
    return text.translate(_TABLE)


def clean(text: str) -> str:
    """`text` on one line, controls and reordering characters replaced by visible signs, no command of a log in it."""
    return _COMMAND.sub(rf"\g<0>{JOINER}", _RUN.sub(" ", text.translate(_TABLE)))


def clean_line(text: str) -> str:
    """A line that is already laid out, made safe as by `clean`; the space it begins with, and that inside it, stay."""
    return _COMMAND.sub(rf"\g<0>{JOINER}", text.translate(_TABLE))


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters: whole words from the start, then an ellipsis."""
    if len(text) <= limit:
        return text
    cut = text[: limit - 1]
    space = cut.rfind(" ", limit * 2 // 3)
    return cut[: space if space > 0 else len(cut)].rstrip(" ,;:") + ELLIPSIS


def shorten_start(text: str, limit: int) -> str:
    """At most `limit` characters of the end of `text`: an ellipsis, then whole words."""
    if len(text) <= limit:
        return text
    cut = text[len(text) - limit + 1 :]
    space = cut.find(" ", 0, limit // 3)
    return ELLIPSIS + cut[space + 1 if space >= 0 else 0 :].lstrip()


def shorten_middle(text: str, limit: int) -> str:
    """At most about `limit` characters: the first two thirds and the end."""
    if len(text) <= limit:
        return text
    head = limit * 2 // 3
    return text[:head].rstrip() + f" {ELLIPSIS} " + text[len(text) - (limit - head) :].lstrip()


def line(text: str | None, limit: int = 600) -> str:
    """`clean` and `shorten` for one-line fields; cuts first, so that a megabyte costs no more than a line."""
    return shorten(clean((text or "")[: limit * 4]).strip(), limit)


def web_link(url: str | None) -> str | None:
    """`url` if it is an http or https address safe to link to, else None."""
    if not url or len(url) > 2000 or not re.fullmatch(r"https?://[^\s<>\"'`\\^{|}\x00-\x20\x7f-\x9f]+", url, re.I):
        return None
    return url if clean(url) == url else None


@lru_cache(maxsize=4096)
def _cell(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def columns(text: str) -> int:
    """How many terminal columns `text` takes."""
    return len(text) if text.isascii() else sum(map(_cell, text))
