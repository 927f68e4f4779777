"""Numbers as people write them: "518.4 billion", "352,000", "2.4 × 10^18". Pure decimal arithmetic."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation, localcontext

_SCALES = ((12, "trillion"), (9, "billion"), (6, "million"))
_DIGITS = 12


def decimal(value: int | float | str) -> Decimal | None:
    """`value` as a finite decimal, else None; floats keep 12 significant digits, so that binary noise goes."""
    try:
        number = Decimal(value) if isinstance(value, int) and abs(value) < 10**60 else Decimal(repr(float(value)))
    except (InvalidOperation, OverflowError, ValueError, TypeError):
        return None
    if not number.is_finite():
        return None
    if isinstance(value, int):
        return number
    with localcontext() as context:
        context.prec = _DIGITS
        return +number


def _plain(number: Decimal) -> str:
    text = f"{number.normalize():,f}"
    return text.replace("-", "−")


def _places(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def scale_of(value: int | float | str | None) -> int:
    """The power of ten of the scale word that fits `value`: 12, 9, 6 or 0."""
    number = decimal(value) if value is not None else None
    if number is None or number.is_zero() or number.adjusted() >= 18:
        return 0
    return next((power for power, _ in _SCALES if number.adjusted() >= power), 0)


def scaled(value: int | float | str, power: int, places: int = 4) -> str | None:
    """`value` divided by 10**power, without the scale word; None where that needs more than `places` decimals."""
    number = decimal(value)
    if number is None:
        return None
    shifted = number.scaleb(-power)
    return _plain(shifted) if _places(shifted) <= places else None


def scale_word(power: int) -> str:
    """9 → "billion"; 0 → ""."""
    return dict(_SCALES).get(power, "")


def number(value: int | float | str | None, power: int | None = None) -> str:
    """One number in words and digits. power: a scale to prefer (that of a number beside it)."""
    exact = decimal(value) if value is not None else None
    if exact is None:
        return "an unknown number" if value is None else "a number too large to show"
    if exact.adjusted() >= 18 or (not exact.is_zero() and exact.adjusted() < -6):
        mantissa = exact.scaleb(-exact.adjusted())
        return f"{_plain(round(mantissa, 4))} × 10^{exact.adjusted()}".replace("^-", "^−")
    fit = scale_of(value) if power is None else power
    text = scaled(value or 0, fit, 4 if fit else 6)
    if text is None and exact == round(exact) and (isinstance(value, int) or exact.adjusted() < 9):
        return _plain(exact)
    return f"{text or _plain(round(exact.scaleb(-fit), 4))} {scale_word(fit)}".strip()


def ordinal(value: int | float | str) -> str:
    """7 → "7th"."""
    text = number(value, 0)
    if not text.isdigit():
        return text
    teens = text[-2:] in {"11", "12", "13"}
    return text + ("th" if teens else {"1": "st", "2": "nd", "3": "rd"}.get(text[-1], "th"))
