"""The decide form: what was chosen, as the kind and the detail of a decision."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from consistency.ledger.records import EXPLANATIONS
from consistency.model import Claim
from consistency.review import words
from consistency.review.ask import Ask, Refused

OFFERED = ("confirmed", "explained", "not-same-topic", "wrong-reading", "duplicate", "needs-source")
LONGEST = 10_000
PAIRS = 400
_DIGITS = 40
_POINT = r"\d{4}-\d{2}-\d{2}|[-−]?\d+(?:\.\d+)?"
_VALUE = re.compile(
    rf"(?P<at>{_POINT})|(?P<low>{_POINT})\s*(?:to|–|\.\.)\s*(?P<high>{_POINT})|"
    rf"(?P<least>{_POINT}) or more|(?:up to|at most) (?P<most>{_POINT})",
    re.I,
)
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d{3})+(?![\d,])")
"""1,234,567; not 2,5: what a comma means there depends on who writes it."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def decision(ask: Ask, claims: Sequence[Claim]) -> tuple[str, dict[str, Any]]:
    """The kind and its detail. claims: the printed ones of the finding. Raises Refused (422) where a part lacks."""
    kind = ask.form.get("kind", "")
    if kind == "":
        raise Refused(422, "Choose what you found.")
    if kind not in OFFERED:
        raise Refused(422, "There is no such decision.")
    if kind == "explained":
        by = ask.form.get("by", "")
        if by not in EXPLANATIONS:
            raise Refused(422, "Say what explains the difference.")
        told = text(ask, "text")
        if by == "other" and not told:
            raise Refused(422, "Say in words what explains the difference.")
        return kind, {"by": by, "text": told or ""}
    if kind == "not-same-topic":
        return kind, {"pairs": apart(ask, claims)}
    if kind == "wrong-reading":
        return kind, reading(ask, claims)
    if kind == "duplicate":
        of = ask.form.get("of", "").strip()
        if not of:
            raise Refused(422, "Name the finding that this one repeats.")
        return kind, {"of": of}
    return kind, {}


def text(ask: Ask, name: str) -> str | None:
    """A field of free text, None where it is empty. Raises Refused (422) where it is too long."""
    found = ask.form.get(name, "").strip()
    if len(found) > LONGEST:
        raise Refused(422, f"A text may have {LONGEST:,} characters.")
    return found or None


def apart(ask: Ask, claims: Sequence[Claim]) -> list[list[str]]:
    """Pairs of fingerprints: each statement that does not belong, with each that stays."""
    odd = set(ask.chosen("odd"))
    out = [c.fingerprint for c in claims if c.fingerprint in odd]
    stay = [c.fingerprint for c in claims if c.fingerprint not in odd]
    pairs = sorted({tuple(sorted((a, b))) for a in out for b in stay if a != b})
    if not pairs:
        raise Refused(422, "Mark the statements that are about something else, and leave at least one unmarked.")
    if len(pairs) > PAIRS:
        raise Refused(422, f"A decision may hold {PAIRS} pairs of statements; mark fewer.")
    return [list(pair) for pair in pairs]


def reading(ask: Ask, claims: Sequence[Claim]) -> dict[str, Any]:
    """What a claim says where it was misread."""
    mark, field, given = (ask.form.get(name, "").strip() for name in ("fingerprint", "field", "value"))
    if mark not in {claim.fingerprint for claim in claims}:
        raise Refused(422, "Choose the statement that was misread.")
    if field not in words.FIELDS:
        raise Refused(422, "Choose what was misread in the statement.")
    return {"fingerprint": mark, "field": field, "value": _corrected(field, given)}


def _corrected(field: str, given: str) -> Any:
    if field == "value":
        return _number(given)
    if field in ("period", "as_of"):
        return _days(given)
    if field == "scope":
        return [part.strip() for part in given.split(",") if part.strip()]
    return given or None


def _number(given: str) -> Any:
    """A number, a day, or an interval of either; one end may be open ("19 or more", "up to 19")."""
    found = _VALUE.fullmatch(_THOUSANDS.sub(lambda digits: digits[0].replace(",", ""), given).strip())
    if found is None:
        raise Refused(422, "Write a number in digits (19, 2.5), a range (19 to 25), or one end (19 or more, up to 19).")
    if found["at"]:
        return _numeric(found["at"])
    low, high = found["least"] or found["low"], found["most"] or found["high"]
    return {"low": _numeric(low) if low else None, "high": _numeric(high) if high else None}


def _numeric(digits: str) -> int | float | str:
    digits = digits.replace("−", "-")
    if _DAY.fullmatch(digits):
        return digits
    if len(digits) > _DIGITS:
        raise Refused(422, f"A number may have {_DIGITS} digits.")
    return float(digits) if "." in digits else int(digits)


def _days(given: str) -> dict[str, str]:
    parts = [part.strip() for part in re.split(r"\bto\b|\.\.|–", given)]
    if len(parts) > 2 or not all(_DAY.fullmatch(part) for part in parts):
        raise Refused(422, "Write a day as 2024-03-05, or a stretch as 2024-01-01 to 2024-12-31.")
    return {"from": parts[0], "to": parts[-1]}
