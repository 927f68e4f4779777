"""Readers of dates written in digits: "1989-11-02", "03/22/13", "19980108", "12-2015", "2010-11"."""

from __future__ import annotations

from consistency.extraction import calendar as cal
from consistency.extraction.times_context import Doc, Found
from consistency.extraction.times_dates import two_digit_year


def numeric(doc: Doc, first: int, last: int) -> list[Found] | None:
    """A date in digits. All its signs must touch; a date out of the calendar is nothing."""
    tokens, letter = doc.tokens, doc.letter
    whole = last
    if doc.cls[last - 1] == letter["year_word"]:
        last -= 2  # "2023-24 fiscal year"
    if doc.cls[first] == letter["compact"]:
        word = doc.lower[first]
        if "." in word:
            parts = [int(n) for n in word.split(".")]
            return _day(doc, first, last, parts[2], parts[1], parts[0])
        return _day(doc, first, last, int(word[:4]), int(word[4:6]), int(word[6:]))
    if any(not tokens.glued(k) for k in range(first + 1, last)):
        return []
    if _longer(doc, first, last):
        return None
    words = [doc.lower[k] for k in range(first, last, 2)]
    if len(words) >= 3:
        return _three(doc, first, last, [int(w) for w in words[:3]] if all(w.isdigit() for w in words[:3]) else [])
    year_first = doc.cls[first] == letter["calyear"]
    year, other = (words[0], words[1]) if year_first else (words[1], words[0])
    if not (year.isdigit() and other.isdigit() and len(other) == 2):
        return []
    if year_first and int(other) == (int(year) + 1) % 100:
        return [Found(first, whole, "DATE", year, f"{year}-01-01", f"{int(year) + 1:04d}-12-31", "range", firm=True)]
    if not 1 <= int(other) <= 12 or doc.cls[first + 1] == letter["slash"]:
        return []
    return [Found(first, last, "DATE", f"{year}-{other}", firm=True)]


def _longer(doc: Doc, first: int, last: int) -> bool:
    """Whether the digits are part of a longer code ("133-03-03-2020", "123-12-1234")."""
    before = doc.lower[first - 1] if first and doc.tokens.glued(first) else ""
    if before in {"-", "/", "."} and first > 1 and doc.tokens.glued(first - 1) and doc.lower[first - 2][-1:].isdigit():
        return True
    after = doc.lower[last] if doc.tokens.glued(last) else ""
    return before[:1].isdigit() or (after in {"-", "/"} and doc.lower[last + 1][:1].isdigit())


def _three(doc: Doc, first: int, last: int, told: list[int]) -> list[Found] | None:
    """Year-month-day, month/day/year, or day/month/year where only that fits."""
    if not told:
        return None
    if doc.cls[first] == doc.letter["calyear"]:
        return _day(doc, first, last, *told)
    month, day, year = told
    if len(doc.lower[first + 4]) < 2:
        return None
    if year < 100:
        year = two_digit_year(year, doc.anchor)
    if month > 12:
        month, day = day, month
        return _day(doc, first, last, year, month, day)
    return _day(doc, first, last, year, month, day, guess=day <= 12 and day != month)


def _day(
    doc: Doc, first: int, last: int, year: int, month: int, day: int, *, guess: bool = False
) -> list[Found] | None:
    found = cal.make_day(year, month, day)
    if found is None:
        return None
    k = doc.cls.find(doc.letter["tclock"], first, last)
    if k >= 0 and k + 2 < last and doc.lower[k + 2].isdigit() and int(doc.lower[k + 2]) < 60:
        return [Found(first, last, "TIME", f"{found.isoformat()}T{doc.lower[k][1:]}:{doc.lower[k + 2]}", firm=True)]
    return [Found(first, last, "DATE", found.isoformat(), firm=not guess, guess=guess)]
