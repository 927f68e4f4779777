"""The words of a report, from `rules/wording/`."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from consistency.judgement.plurals import plural, units
from consistency.rulebook import default_rulebook

OUTCOMES = ("contradiction", "possible-contradiction", "time-explained", "scope-explained", "attribution", "agreement")


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """The content of `rules/wording/report.yaml`."""
    out: dict[str, Any] = default_rulebook().load("wording/report.yaml")
    return out


def outcome_word(outcome: str, key: str) -> str:
    """A word of an outcome (`title`, `one`, `many`, `sign`, `lead`, `none`, `because`); its name where unknown."""
    entry = words()["outcomes"].get(outcome)
    return str(entry[key]) if entry else ("·" if key == "sign" else plain(outcome))


def counted(number: int, one: str, many: str | None = None) -> str:
    """ "1 source", "2 sources"."""
    return f"{number:,} {one if number == 1 else many or plural(one)}"


def plain(key: str) -> str:
    """A vocabulary key as words: "same_thing", "same-thing" → "same thing"."""
    return key.replace("_", " ").replace("-", " ")


def lookup(table: str, key: str | None) -> str:
    """A word of one of the small tables; the key as words where it is not listed, "" for None."""
    if key is None:
        return ""
    found = words()[table].get(key, plain(key))
    return "" if found is None else str(found)


@lru_cache(maxsize=4096)
def unit_words(unit: str, dimension: str | None, many: bool) -> str:
    """A unit as said after a number: currency codes and pint's names are spelled out, counted nouns get a plural."""
    table = units()
    pair = table["currencies"].get(unit) or table["units"].get(unit)
    if pair and (dimension != "count" or unit not in table["currencies"]):
        return str(pair[1 if many else 0])
    if dimension == "money":
        return unit
    name = unit.replace(" ** 2", " squared").replace(" ** 3", " cubed").replace(" / ", " per ").replace("_", " ")
    return plural(name) if many and " per " not in name else name
