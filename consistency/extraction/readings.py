"""What of a claim a person can correct, and the checks of what is put there.

What comes out of a check is the one form that is kept: days whole, names sorted, a currency as its ISO 4217 code, a
unit by the program's name of it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from consistency.hints import near

Readings = Mapping[str, Mapping[str, Any]]
"""By fingerprint and field, as checked here."""
NOTHING: Readings = MappingProxyType({})

KINDS = (
    *("count", "money", "measure", "percent", "fraction", "multiple"),
    *("ordinal", "rank", "date", "list", "quote"),
)
ASPECTS = ("level", "change", "multiple", "cumulative")
MODALITIES = ("asserted", "reported", "forecast", "target", "denied", "hypothetical")
WORDS = 500
"""The most characters of a word of a reading."""


class ReadingError(ValueError):
    """What a claim cannot say, in words."""


def checked(field: str, value: Any) -> Any:
    """What a field of a claim is to hold, as it is kept. Raises ReadingError, with a suggestion."""
    if not isinstance(field, str) or field not in FIELDS:
        known = ", ".join(FIELDS)
        raise ReadingError(f"{str(field)[:80]!r} is no part of a claim that can be corrected{_near(field)} ({known})")
    return FIELDS[field](value)


def _near(field: Any) -> str:
    return near(str(field)[:80], FIELDS)


def _value(value: Any) -> Any:
    """A number, a day, or an interval {"low", "high"} of either with null for an open end."""
    if not isinstance(value, Mapping):
        return _point(value)
    if set(value) != {"low", "high"}:
        raise ReadingError('an interval is {"low": …, "high": …}, with null for an open end')
    low, high = (None if value[k] is None else _point(value[k]) for k in ("low", "high"))
    if low is None and high is None:
        raise ReadingError("an interval needs at least one end")
    if low is not None and high is not None and (isinstance(low, str) != isinstance(high, str) or _over(low, high)):
        raise ReadingError(f"an interval cannot run from {low} to {high}")
    return {"low": low, "high": high}


def _over(low: Any, high: Any) -> bool:
    return bool(low > high)


def _point(value: Any) -> int | float | str:
    if isinstance(value, str) and _is_day(value):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e300 and math.isfinite(value):
        return int(value) if isinstance(value, float) and value.is_integer() and abs(value) < 2**53 else value
    raise ReadingError(f"a value is a number, a day (YYYY-MM-DD) or an interval of such, not {str(value)[:80]!r}")


def _is_day(text: str) -> bool:
    try:
        return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _days(value: Any) -> dict[str, str | None]:
    """{"from", "to"}: the first and the last day, null where it is open."""
    if isinstance(value, str):
        value = {"from": value, "to": value}
    if not isinstance(value, Mapping) or set(value) != {"from", "to"}:
        raise ReadingError('a period is a day or {"from": day, "to": day}, with null for an open end')
    for end in value.values():
        if end is not None and not (isinstance(end, str) and _is_day(end)):
            raise ReadingError(f"{str(end)[:80]!r} is no day of the form YYYY-MM-DD")
    first, last = value["from"], value["to"]
    if first is None and last is None:
        raise ReadingError("a period needs at least one end")
    if first is not None and last is not None and first > last:
        raise ReadingError(f"a period cannot run from {first} to {last}")
    return {"from": first, "to": last}


def _scope(value: Any) -> list[str]:
    if not isinstance(value, list | tuple) or len(value) > 100:
        raise ReadingError("a scope is a list of at most 100 names, empty where nothing bounds what is counted")
    return sorted({_needed(name, "a name of the scope") for name in value})


def _needed(value: Any, what: str) -> str:
    """A text of one line, stripped and not empty."""
    if not isinstance(value, str):
        raise ReadingError(f"{what} must be a text, not {str(value)[:80]!r}")
    out = value.strip()
    if not out:
        raise ReadingError(f"{what} is empty")
    if len(out) > WORDS:
        raise ReadingError(f"{what} has {len(out):,} characters; at most {WORDS:,} are kept")
    for c in out:
        if ord(c) < 32 or 127 <= ord(c) < 160 or 0xD800 <= ord(c) < 0xE000:
            raise ReadingError(f"{what} has a character that cannot be kept: U+{ord(c):04X}")
    return out


def _word(what: str) -> Callable[[Any], str | None]:
    """A text, or null for none."""
    return lambda value: None if value is None else _needed(value, what)


def _one_of(known: tuple[str, ...], what: str) -> Callable[[Any], str]:
    def check(value: Any) -> str:
        if not isinstance(value, str) or value not in known:
            told = str(value)[:80]
            raise ReadingError(f"{told!r} is not {what}{near(told, known)} (known: {', '.join(known)})")
        return value

    return check


def _unit(value: Any) -> str | None:
    """A currency by its code, a unit in any spelling the program reads, else the word for what is counted."""
    if value is None:
        return None
    word = _needed(value, "a unit")
    from consistency.extraction import money, units

    if word in money.codes():
        return word
    found = units.named(word)
    if found is None and (code := money.code_of(word)) is not None:
        raise ReadingError(f"a currency goes by its code (ISO 4217); did you mean {code!r}?")
    if found is None and re.fullmatch("[A-Z]{3}", word):
        raise ReadingError(f"{word!r} is no currency (ISO 4217) and no unit{near(word, sorted(money.codes()))}")
    if found is None and not re.fullmatch(r"[^\W\d_]+(?:[ '’-][^\W\d_]+)*", word):
        raise ReadingError(f"{word!r} is no currency, no unit and no word for what is counted")
    return found or word


def _dropped(value: Any) -> bool:
    if value is not True:
        raise ReadingError("drop can only be true: what stands there is no claim at all")
    return True


FIELDS: Mapping[str, Callable[[Any], Any]] = {
    "value": _value,
    "unit": _unit,
    "per": _word("what a rate is for each of"),
    "kind": _one_of(KINDS, "a kind of claim"),
    "aspect": _one_of(ASPECTS, "an aspect"),
    "period": _days,
    "as_of": _days,
    "scope": _scope,
    "noun": _word("the noun that is counted"),
    "relation": _word("the verb"),
    "modality": _one_of(MODALITIES, "a modality"),
    "speaker": _word("a speaker"),
    "drop": _dropped,
}
"""What of a claim (`consistency.model.Claim`) can be corrected, with the check of its value. `noun` and `relation` are
of its measure; `drop` takes the claim out altogether."""
