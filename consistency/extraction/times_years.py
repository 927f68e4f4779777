"""Readers of years, decades and centuries."""

from __future__ import annotations

from collections.abc import Mapping

from consistency.extraction.dates_scores import names_street
from consistency.extraction.times_context import Doc, Found, int_of
from consistency.extraction.times_dates import relative_year, two_digit_year
from consistency.extraction.times_ended import days_ended
from consistency.extraction.times_grammar import compiled

_LINK = 40  # signs of a web address that are looked back over
_LINKS = frozenset({"http", "https", "www"})
_UNTIL = frozenset({"until", "till"})
_PLACING = frozenset({"at", "near", "outside"})  # before the number of a house


def year_value(doc: Doc, first: int, last: int) -> int | None:
    """The year told between two tokens: digits, or "last year", "this year", "next year", "the year"."""
    cls, letter = doc.cls, doc.letter
    k = cls.find(letter["calyear"], first, last)
    if k >= 0:
        return int(doc.num[doc.lower[k]])
    m = compiled("(?:<last>|<next>|<this>|<that>|<same>|<current>)<fiscal>?<year_word>").search(cls, first, last)
    if m is not None:
        return relative_year(doc, m.start())
    if letter["year_word"] in cls[first:last]:
        day = doc.ref_day() if doc.ref and len(doc.ref) == 4 else doc.anchor
        return None if day is None else day.year
    return None


def decade(doc: Doc, first: int, last: int) -> list[Found]:
    """ "the 1990s", "the '90s", "the nineties"."""
    cls, letter = doc.cls, doc.letter
    k = first + (cls[first] == letter["quote"])
    n = int(doc.num[doc.lower[k]])
    the = first - 1
    while the > 0 and cls[the] in (letter["early"], letter["mid"], letter["hyphen"], letter["of"], letter["begin"]):
        the -= 1
    of_time = first > 0 and cls[the] == letter["the"]  # "in her early 60s" is an age
    if cls[k] == letter["plain_decade"]:
        return [Found(first, last, "DATE", f"19{n}")] if of_time else []
    if n % 10 or not doc.tokens.glued(last - 1):
        return []
    if cls[k] != letter["calyear"]:
        if n > 90 or (k == first and not of_time):
            return []
        of_ref = doc.ref is not None and len(doc.ref) == 3  # "the 1920s and '30s"
        n = int(f"{doc.ref}"[:2]) * 100 + n if of_ref else two_digit_year(n, doc.anchor)
    return [Found(first, last, "DATE", f"{n:04d}"[: 3 if n % 100 or n >= 2000 else 2], firm=True)]


def century(doc: Doc, first: int, last: int) -> list[Found]:
    """ "20th century" is 19."""
    bc = doc.cls[last - 1] == doc.letter["era"]
    if bc and not doc.words[last - 1].isupper():
        last, bc = last - 1, False
    n = int_of(doc, first, last - 1 - bc)
    if n is None or not 1 <= n <= 30:
        return []
    return [Found(first, last, "DATE", f"{_era(doc, last - 1) if bc else ''}{int(n) - 1:02d}", firm=True)]


def era(doc: Doc, first: int, last: int) -> list[Found]:
    """ "300 BC" is BC0300, "AD 410" is 0410."""
    k = first if doc.cls[first] == doc.letter["era"] else last - 1
    n = doc.num[doc.lower[first + last - 1 - k]]
    if not doc.words[k].isupper() or n != int(n) or not 1 <= n <= 9999:
        return []
    if k == first and doc.num[doc.lower[k]] != "AD":
        return []
    return [Found(first, last, "DATE", f"{_era(doc, k)}{int(n):04d}", firm=True)]


def _era(doc: Doc, k: int) -> str:
    return "BC" if doc.num[doc.lower[k]] == "BC" else ""


def year(doc: Doc, first: int, last: int) -> list[Found]:
    """A year alone: four digits that the words around do not make a count, an address or a part of a larger number."""
    c, letter = doc.cls[first], doc.letter
    if c == letter["quote"]:
        n = int(doc.num[doc.lower[last - 1]])
        if n > 99 or not doc.tokens.glued(last - 1) or doc.lower[max(0, first - 1)] not in doc.context["before_year"]:
            return []
        return [Found(first, last, "DATE", f"{two_digit_year(n, doc.anchor):04d}", firm=True)]
    if c != letter["calyear"]:
        spoken = int_of(doc, first, last)
        told = spoken is not None and 1500 <= spoken < 2100 and spoken == int(spoken)
        if spoken is None or not told or (doc.lower[first] == "two" and not _dated_words(doc, first)):
            return []
        return [Found(first, last, "DATE", f"{int(spoken):04d}", firm=True)]
    if not is_year(doc, first):
        return []
    return [Found(first, last, "DATE", f"{int(doc.num[doc.lower[first]]):04d}", firm=True)]


def _dated_words(doc: Doc, first: int) -> bool:
    """Whether "two thousand fifteen" is a year: a word of time stands in front and no noun behind."""
    return first > 0 and doc.lower[first - 1] in {"in", "since", "year", "by", "until", "from"}


def _in_link(doc: Doc, k: int) -> bool:
    """Whether token `k` is a part of a web address: one begins within the signs glued together before it."""
    low = max(0, k - _LINK)
    while k > low and doc.tokens.glued(k):
        k -= 1
        if doc.lower[k] in _LINKS:
            return True
    return False


def is_year(doc: Doc, k: int) -> bool:
    """Whether a number of four digits is a year here."""
    n = int(doc.num[doc.lower[k]])
    lower, glued, context = doc.lower, doc.tokens.glued, doc.context
    before = lower[k - 1] if k else "\n"
    after = lower[k + 1]
    if after in context["no_year_after"] or before in context["no_year_before"]:
        return False
    if glued(k) and (before[-1:].isalnum() or before in {".", "_", "@"}):
        return False
    if (
        before in {"-", ".", "/"}
        and glued(k)
        and k > 1
        and glued(k - 1)
        and lower[k - 2].isdigit()
        and len(lower[k - 2]) != 4
    ):
        return False  # a telephone number
    if glued(k + 1) and after != "\n":
        tail = lower[k + 2] if k + 2 < len(lower) and glued(k + 2) else ""
        if after[0].isalnum() or after == "_" or (after in {".", ":"} and tail[:1].isalnum()):
            return False
        if after == "-" and tail[:1].isdigit() and not tail.isdigit():
            return False
    if (before == "/" and glued(k) and _in_link(doc, k)) or (before in _PLACING and names_street(doc.tokens, k, k + 1)):
        return False
    if not 1500 <= n <= 2060:
        return _early(before, after, context)
    count = after[:1].isalpha() and after.endswith("s") and after not in context["plain_after"]
    if before in context["before_year"] or before == "\n":
        dating = before in context["dating"] or (before == "of" and k > 1 and doc.cls[k - 2] != "x")
        return not count or dating or not doc.words[k + 1].islower()
    return (before[:1].isalpha() and not count) or before in {"''", '"', "“", "”"}


def _early(before: str, after: str, context: Mapping[str, frozenset[str]]) -> bool:
    """Whether a number of four digits too low for a year of the news is one: nothing that it could count follows."""
    if before == "from":
        return after in _UNTIL
    return before in context["before_early"] and (not after[:1].isalpha() or after in context["after_past"])


def year_part(doc: Doc, first: int, last: int) -> list[Found]:
    """ "fiscal 1989", "FY2021/22", "the year 2008", "fiscal year"."""
    years = doc.letter["calyear"] + doc.letter["fycode"]
    k = next((k for k in range(first, last) if doc.cls[k] in years), -1)
    if k >= 0:
        told = int(doc.lower[k].removeprefix("fy"))
        year = told if told > 99 else two_digit_year(told, doc.anchor)
        pair = last == k + 3 and doc.lower[last - 1].isdigit() and int(doc.lower[last - 1]) == (year + 1) % 100
        if last == k + 3 and not pair:
            last = k + 1
        value = f"{year:04d}"
        if pair:
            return [Found(first, last, "DATE", value, f"{value}-01-01", f"{year + 1:04d}-12-31", "range", firm=True)]
        return [Found(first, last, "DATE", value, firm=True)]
    if doc.cls[first] in (doc.letter["fiscal"], doc.letter["calendar"]):
        return [Found(first, last, "DURATION", "P1Y", *(days_ended(doc, last, 1, "Y", 1) or ()))]
    spoken = int_of(doc, first + 1, last)
    return [] if spoken is None or spoken < 1000 else [Found(first, last, "DATE", f"{int(spoken):04d}", firm=True)]


def year_end(doc: Doc, first: int, last: int) -> list[Found]:
    """ "year-end", "year's end": the last day of the year of publication, or of the year before in the past tense."""
    if doc.lower[last - 1] not in {"end", "yearend"}:
        return []
    if doc.anchor is None:
        return [Found(first, last, "DATE", "XXXX-12-31")]
    past = doc.anchor.month <= 6 and doc.tense(first, last) < 0
    return [Found(first, last, "DATE", f"{doc.anchor.year - past:04d}-12-31")]
