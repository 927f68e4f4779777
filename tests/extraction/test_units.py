"""The unit and currency tables: every alias reachable, no clash, and factors that agree with pint."""

import pint
import pytest

from consistency.extraction import money, units
from consistency.extraction.tokens import tokenise
from consistency.rulebook import default_rulebook

UNITS = default_rulebook().load("lexicon/units.yaml")
MONEY = default_rulebook().load("lexicon/currencies.yaml")
ALIASES = [
    (name, entry, word, section)
    for name, entry in UNITS.items()
    for section in ("words", "symbols", "glued")
    for word in entry.get(section, ())
]


@pytest.mark.parametrize(("name", "entry", "word", "section"), ALIASES, ids=[f"{n}-{w}" for n, _, w, _ in ALIASES])
def test_every_alias_is_reachable(name: str, entry: dict[str, object], word: str, section: str) -> None:
    text = f"7{'' if section != 'words' or not word[0].isalpha() else ' '}{word} x x"
    tokens = tokenise(text, [(0, len(text))])
    if tokens.lower[0] != "7" or word in ("s",):
        pytest.skip("the tokeniser joins it to the number")
    unit, end = units.unit_at(tokens, 1)
    assert unit is not None
    assert (unit.name, end) == (entry.get("as", name), tokens.lower.index("x"))


def test_no_word_names_two_units() -> None:
    seen: dict[str, str] = {}
    for name, entry in UNITS.items():
        for word in entry.get("words", ()):
            assert seen.setdefault(word, name) == name


def test_every_currency_sign_is_reachable() -> None:
    for code, entry in MONEY.items():
        for name in entry.get("before", ()):
            text = f"x {name} 7"
            coin, _ = money.coin_before(
                tokenise(text, [(0, len(text))]), len(tokenise(text, [(0, len(text))]).lower) - 2
            )
            assert coin is not None, name
        for name in entry.get("after", ()):
            text = f"7 {name} x"
            coin, end = money.coin_after(tokenise(text, [(0, len(text))]), 1)
            assert coin is not None, (code, name)
            assert tokenise(text, [(0, len(text))]).lower[end] == "x", name


def test_codes_are_iso_4217_shaped() -> None:
    assert all(len(code) == 3 and code.isupper() for code in MONEY)


@pytest.mark.parametrize(
    ("value", "source", "target", "expected"),
    [
        (1, "mile", "kilometer", 1.609344),
        (40, "degree_Celsius", "degree_Fahrenheit", 104),
        (1, "oil_barrel / day", "liter / day", 158.987294928),
        (3, "kilometer ** 2", "hectare", 300),
        (30, "mu", "hectare", 2),
        (1.5, "megatonne", "tonne", 1_500_000),
        (2, "year", "month", 24),
        (50, "basis_point", "percentage_point", 0.5),
        (60, "mile / hour", "kilometer / hour", 96.56064),
    ],
)
def test_convert(value: float, source: str, target: str, expected: float) -> None:
    assert units.convert(value, source, target) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(
    ("source", "target"), [("mile", "tonne"), ("percent", "percentage_point"), ("country", "person"), ("USD", "EUR")]
)
def test_what_does_not_convert(source: str, target: str) -> None:
    assert units.convert(1, source, target) is None


def test_factors_are_those_of_pint() -> None:
    registry = pint.UnitRegistry()
    for name, entry in UNITS.items():
        if (
            "is" in entry
            or "as" in entry
            or entry["dimension"] in ("percent", "count", "pixels", "temperature", "level", "ratio")
        ):
            continue
        base = registry.Quantity(1.0, name).to_base_units()
        resolved = units._resolved(name)
        assert resolved is not None, name
        assert resolved[0] == pytest.approx(base.magnitude, rel=1e-12), name


def test_dimension() -> None:
    assert units.dimension("hectare") == "area"
    assert units.dimension("ferry") is None
