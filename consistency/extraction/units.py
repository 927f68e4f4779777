"""Units after a number, and conversion between them.

The alias table (`rules/lexicon/units.yaml`) names every unit by pint's name; raw text never reaches pint, which reads
"pct" as picocarat and "us" as microsecond. Factors come from pint once and are then kept in the user's cache, so that a
warm run does not import it. Pint: https://pint.readthedocs.io.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from consistency.extraction.tokens import Tokens
from consistency.extraction.tries import Trie, build
from consistency.rulebook import default_rulebook, remembered

_LENGTH_WORDS = frozenset(["thick", "long", "wide", "tall", "high", "deep", "diameter", "x", "×", "across"])
_NOT_LOOSE = frozenset("NWVJ")  # symbols of one capital that must touch their number


class Unit(msgspec.Struct, frozen=True):
    """A unit. name: pint's; dimension: see units.yaml; scale: factor inside the name ("mbpd": a million); exact: the
    spelling required; glued: no space may stand before it."""

    name: str
    dimension: str
    scale: int = 1
    exact: str | None = None
    glued: bool = False


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    data: dict[str, Any] = default_rulebook().load("lexicon/units.yaml")
    return data


@lru_cache(maxsize=1)
def _trie() -> Trie:
    found: dict[str, list[Unit]] = {}
    for name, entry in _data().items():
        unit = Unit(entry.get("as", name), entry["dimension"], entry.get("scale", 1))
        for word in entry.get("words", ()):
            found.setdefault(word.lower(), []).append(unit)
        for key in ("symbols", "glued"):
            for word in entry.get(key, ()):
                exact = msgspec.structs.replace(unit, exact=word, glued=key == "glued")
                found.setdefault(word.lower(), []).insert(0, exact)
    return build((word, tuple(units)) for word, units in found.items())


@lru_cache(maxsize=1)
def parts() -> dict[str, tuple[str, int]]:
    """Of a unit, the one that what is left over is told in, and how many of that make one."""
    return {name: next(iter(entry["parts"].items())) for name, entry in _data().items() if "parts" in entry}


@lru_cache(maxsize=1)
def first_words() -> frozenset[str]:
    """What the first token of a unit can be: where none of these stands, `unit_at` finds nothing."""
    return frozenset((*_trie(), "in", '"'))


def unit_at(tokens: Tokens, i: int) -> tuple[Unit | None, int]:
    """(unit, token after it) of the longest unit that starts at token `i`; (None, i) if none does."""
    lower = tokens.lower
    node = _trie().get(lower[i])
    if node is None:
        if lower[i] in ("in", '"'):
            return _inch(tokens, i)
        return None, i
    best: Unit | None = None
    end = j = i
    size = len(lower)
    while node is not None:
        j += 1
        if "" in node:
            for unit in node[""]:
                if _spelled(unit, tokens, i, j):
                    best, end = unit, j
                    break
        node = node.get(lower[j]) if j < size else None
    if best is not None and lower[end - 1] == "." and end < size and lower[end] == "\n":
        end -= 1  # the full stop of the sentence
    return best, end


def _spelled(unit: Unit, tokens: Tokens, i: int, j: int) -> bool:
    if unit.exact is None:
        return True
    if tokens.text[tokens.starts[i] : tokens.ends[j - 1]] != unit.exact:
        return False
    if tokens.glued(i):
        return unit.exact != "s" or tokens.lower[i - 1][-1] != "0"  # "the 1960s", "in her 20s"
    following = tokens.words[j]
    if unit.glued or (unit.exact in _NOT_LOOSE and following != "/"):
        return False
    return len(unit.exact) > 1 or not (following in ("-", "–") or following[:1].isupper())


def _inch(tokens: Tokens, i: int) -> tuple[Unit | None, int]:
    """ "in" and a double prime, which mean an inch in few places only."""
    after = tokens.lower[i + 1]
    inch = Unit("inch", "length")
    if tokens.lower[i] == '"':
        return (inch, i + 1) if after in _LENGTH_WORDS else (None, i)
    if (
        tokens.glued(i)
        or after in _LENGTH_WORDS
        or after in ("\n", ")", ";")
        or (after == "." and tokens.lower[i + 2] == "\n")
    ):
        return inch, i + 1
    return None, i


# --------------------------------------------------------------------------------------------------------- conversion
class _Factors(msgspec.Struct):
    """unit -> (factor, offset to add after it, base unit's exponents as text)."""

    table: dict[str, tuple[float, float, str]]


def _names() -> list[str]:
    atoms: set[str] = set()
    for name, entry in _data().items():
        for part in re.findall(r"[A-Za-z_]+", entry.get("as", name)):
            if "is" not in entry:
                atoms.add(part)
    return sorted(atoms - {"TEU", "e", "mb", "kb"})


def _from_pint() -> dict[str, tuple[float, float, str]]:
    import pint

    registry: Any = pint.UnitRegistry()
    table: dict[str, tuple[float, float, str]] = {}
    for name in _names():
        try:
            base = registry.Quantity(1.0, name).to_base_units()
            zero = registry.Quantity(0.0, name).to_base_units()
        except (pint.UndefinedUnitError, pint.OffsetUnitCalculusError, AttributeError):
            continue
        table[name] = (float(base.magnitude - zero.magnitude), float(zero.magnitude), str(base.units))
    return table


@lru_cache(maxsize=1)
def pint_installed() -> str:
    """Another one wherever Pint may have other factors: its version and a hash of its definitions. Does not run it."""
    from importlib.util import find_spec

    spec = find_spec("pint")
    folder = Path(spec.origin).parent if spec is not None and spec.origin else Path()
    digest = hashlib.sha256()
    for path in sorted(folder.glob("*_en.txt")):
        digest.update(path.read_bytes())
    return " ".join((digest.hexdigest(), *sorted(p.name for p in folder.parent.glob("[Pp]int-*-info"))))


@lru_cache(maxsize=1)
def _factors() -> dict[str, tuple[float, float, str]]:
    seed = msgspec.json.encode([sorted(_data()), pint_installed()]) + b"2"
    table = remembered("units", seed, _Factors, lambda: _Factors(_from_pint())).table
    for name, entry in _data().items():
        if "is" in entry:
            factor, base = entry["is"]
            scale, _, dimensions = _parsed_from(table, base)
            table[name] = (factor * scale, 0.0, dimensions)
    return table


_PART = re.compile(r"\s*([*/]?)\s*([A-Za-z_]+)\s*(?:\*\*\s*(\d+))?\s*")


def _parsed_from(table: dict[str, tuple[float, float, str]], unit: str) -> tuple[float, float, str]:
    """Factor, offset and base dimensions of a product such as "oil_barrel / day"; KeyError if a part is unknown."""
    dimensions: dict[str, float] = {}
    factor, offset, at, parts = 1.0, 0.0, 0, 0
    while at < len(unit):
        m = _PART.match(unit, at)
        if m is None or (at and not m[1]):
            raise KeyError(unit)
        power = int(m[3] or 1) * (-1 if m[1] == "/" else 1)
        one, shift, base = table[m[2]]
        factor *= one**power
        offset, parts, at = shift, parts + 1, m.end()
        for name, exponent in _exponents(base):
            dimensions[name] = dimensions.get(name, 0.0) + exponent * power
    text = " * ".join(f"{n} ** {e:g}" for n, e in sorted(dimensions.items()) if e)
    return factor, offset if parts == 1 else 0.0, text


def _exponents(base: str) -> list[tuple[str, float]]:
    """pint's "kilogram * meter ** 2 / second ** 2" as [(name, exponent)]."""
    out = []
    for sign, name, power in re.findall(r"([*/]?)\s*([A-Za-z_]+)(?:\s*\*\*\s*([\d.]+))?", base):
        if name != "dimensionless":
            out.append((name, float(power or 1) * (-1 if sign == "/" else 1)))
    return out


@lru_cache(maxsize=4096)
def _resolved(unit: str) -> tuple[float, float, str] | None:
    try:
        return _parsed_from(_factors(), unit)
    except KeyError:
        return None


_PERCENTS = {"percent": 1.0, "percentage_point": 1.0, "basis_point": 0.01}


def convert(value: float, unit_from: str, unit_to: str) -> float | None:
    """A value in another unit, or None where the two do not measure the same thing. Money is not converted here."""
    if unit_from == unit_to:
        return value
    if unit_from in _PERCENTS or unit_to in _PERCENTS:
        if unit_from not in _PERCENTS or unit_to not in _PERCENTS or "percent" in (unit_from, unit_to):
            return None  # 5 percent and 5 percentage points are different things
        return value * _PERCENTS[unit_from] / _PERCENTS[unit_to]
    a, b = _resolved(unit_from), _resolved(unit_to)
    if a is None or b is None or a[2] != b[2]:
        return None
    return float(f"{(value * a[0] + a[1] - b[1]) / b[0]:.12g}")


@lru_cache(maxsize=1)
def _dimensions() -> dict[str, str]:
    return {entry.get("as", name): entry["dimension"] for name, entry in reversed(_data().items())}


def dimension(unit: str) -> str | None:
    """What a unit of the table measures ("length", "time", …), None for one it does not hold."""
    return _dimensions().get(unit)


def names() -> list[str]:
    """The names of all units that a text is read to."""
    return sorted(_dimensions())


@lru_cache(maxsize=1)
def _spellings() -> dict[str, str]:
    out: dict[str, str] = {}
    for name, entry in _data().items():
        if entry.get("scale", 1) == 1:
            for word in (*entry.get("words", ()), *entry.get("symbols", ()), *entry.get("glued", ())):
                out.setdefault(word, entry.get("as", name))
    return out


def named(word: str) -> str | None:
    """The name of the unit that a word stands for ("mile" for "miles"), or the name itself; None if there is none."""
    return word if dimension(word) is not None else _spellings().get(word) or _spellings().get(word.lower())
