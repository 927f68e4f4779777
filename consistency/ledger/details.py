"""What a decision says: each kind has its own detail, checked before it is kept.

What comes out is the one form that is kept: pairs sorted, days whole, line ends plain.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from consistency.errors import LedgerError
from consistency.extraction.readings import FIELDS, ReadingError, checked
from consistency.hints import near
from consistency.ledger.records import EXPLANATIONS, KINDS

ALL_KINDS = (*KINDS, "assigned", "comment", "undone")
NOTE, NAME, LINK, PAIRS = 10_000, 100, 2_000, 10_000
"""The most characters of a note, of a person's name and of a link; the most pairs."""


def text(value: Any, what: str, most: int, lines: bool = False) -> str:
    """A text as it is kept: stripped, its line ends plain. lines: whether it may have more than one."""
    if not isinstance(value, str):
        raise LedgerError(f"{what} must be a text, not {_sort(value)}")
    out = value.replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(out) > most:
        raise LedgerError(f"{what} has {len(out):,} characters; at most {most:,} are kept")
    for c in out:
        if (ord(c) < 32 and not (lines and c in "\n\t")) or 127 <= ord(c) < 160 or 0xD800 <= ord(c) < 0xE000:
            raise LedgerError(f"{what} has a character that cannot be kept: U+{ord(c):04X}")
    return out


def needed(value: Any, what: str, most: int, lines: bool = False) -> str:
    """The same; not empty."""
    out = text(value, what, most, lines)
    if not out:
        raise LedgerError(f"{what} is empty")
    return out


def note(value: str | None) -> str | None:
    """A note; None where nothing was written."""
    return None if value is None else text(value, "the note", NOTE, lines=True) or None


def evidence(value: str | None) -> str | None:
    """A link to evidence: a web address (RFC 3986, http or https); None where there is none."""
    link = "" if value is None else text(value, "the link", LINK)
    if not link:
        return None
    try:
        parts = urlsplit(link)
        fit = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        fit = False
    if not fit or re.search(r"[\s<>\"\\^`{|}]", link):
        raise LedgerError(f"the link to evidence must be an address of the web (https://…), not {link[:80]!r}")
    return link


def kind(value: Any) -> str:
    """A kind of decision that judges. Raises LedgerError."""
    return choice(value, KINDS, "a kind of decision")


def detail(kind: str, given: dict[str, Any] | None) -> dict[str, Any]:
    """The detail of an entry of a known kind in the form that is kept. Raises LedgerError."""
    if given is not None and not isinstance(given, dict):
        raise LedgerError(f"the detail of a decision must be a mapping, not {_sort(given)}")
    known, check = _KINDS.get(kind, ((), _nothing))
    found = {k: v for k, v in (given or {}).items() if v is not None or k in ("to", "value")}
    for key in found:
        if key not in known:
            said = f"its detail has: {', '.join(known)}" if known else "it has no detail"
            raise LedgerError(f"{kind!r} does not take {str(key)[:80]!r}{near(str(key), known)} ({said})")
    return check(found)


def prints(kind: str, detail: dict[str, Any]) -> tuple[str, ...]:
    """The fingerprints of the claims that a checked detail speaks of."""
    if kind == "wrong-reading":
        return (detail["fingerprint"],)
    return tuple(sorted({print_ for pair in detail.get("pairs", ()) for print_ in pair}))


def choice(value: Any, known: tuple[str, ...], what: str) -> str:
    """One of a closed list."""
    if not isinstance(value, str) or value not in known:
        raise LedgerError(f"{str(value)[:80]!r} is not {what}{near(str(value), known)} (known: {', '.join(known)})")
    return value


def _nothing(given: dict[str, Any]) -> dict[str, Any]:
    return {}


def _explained(given: dict[str, Any]) -> dict[str, Any]:
    by = choice(given.get("by"), EXPLANATIONS, "what explains a difference")
    said = text(given.get("text", ""), "the explanation", NOTE, lines=True)
    if by == "other" and not said:
        raise LedgerError("an explanation by something other needs a text that says what")
    return {"by": by, **({"text": said} if said else {})}


def _pairs(given: dict[str, Any]) -> dict[str, Any]:
    pairs = given.get("pairs")
    if not isinstance(pairs, list | tuple) or not pairs:
        raise LedgerError("this decision needs pairs of claims: a list of pairs of fingerprints")
    if len(pairs) > PAIRS:
        raise LedgerError(f"a decision takes at most {PAIRS:,} pairs of claims, not {len(pairs):,}")
    out = set()
    for pair in pairs:
        if not isinstance(pair, list | tuple) or len(pair) != 2:
            raise LedgerError("a pair of claims is a list of two fingerprints")
        a, b = (needed(x, "a fingerprint", NAME) for x in pair)
        if a == b:
            raise LedgerError(f"a claim cannot be paired with itself: {a}")
        out.add((min(a, b), max(a, b)))
    return {"pairs": [list(pair) for pair in sorted(out)]}


def _reading(given: dict[str, Any]) -> dict[str, Any]:
    field = choice(given.get("field"), READINGS, "a part of a reading that can be corrected")
    if "value" not in given:
        raise LedgerError(f"a wrong reading needs the value that {field} should have")
    print_ = needed(given.get("fingerprint"), "the fingerprint of the claim", NAME)
    try:
        return {"fingerprint": print_, "field": field, "value": checked(field, given["value"])}
    except ReadingError as error:
        raise LedgerError(str(error)) from error


def _duplicate(given: dict[str, Any]) -> dict[str, Any]:
    return {"of": needed(given.get("of"), "the finding that this one repeats", NAME)}


def _assigned(given: dict[str, Any]) -> dict[str, Any]:
    to = given.get("to")
    return {"to": None if to is None else needed(to, "the name of the one it goes to", NAME)}


READINGS = tuple(field for field in FIELDS if field != "drop")
"""What of a claim a decision can correct. A claim that is none would no longer be there to be decided on."""

_KINDS: dict[str, tuple[tuple[str, ...], Callable[[dict[str, Any]], dict[str, Any]]]] = {
    "explained": (("by", "text"), _explained),
    "not-same-topic": (("pairs",), _pairs),
    "same-topic": (("pairs",), _pairs),
    "wrong-reading": (("fingerprint", "field", "value"), _reading),
    "duplicate": (("of",), _duplicate),
    "assigned": (("to",), _assigned),
}


def _sort(value: Any) -> str:
    return {dict: "a mapping", list: "a list", type(None): "nothing"}.get(type(value), f"a {type(value).__name__}")
