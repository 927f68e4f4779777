"""The day of a run. Only acceptances know one: no finding depends on it."""

from __future__ import annotations

import os
import re
import time
from datetime import date

from consistency.errors import UsageError

VARIABLE = "SOURCE_DATE_EPOCH"


def is_day(text: str) -> bool:
    """Whether a text is a day that there is, written YYYY-MM-DD."""
    try:
        return bool(re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII)) and bool(date.fromisoformat(text))
    except ValueError:
        return False


def today(given: str | None = None) -> str:
    """The ISO day given, else that of SOURCE_DATE_EPOCH, else the clock's; both of the latter in UTC.

    Raises UsageError for what is no day (https://reproducible-builds.org/specs/source-date-epoch/).
    """
    if given is not None:
        if not is_day(given):
            raise UsageError(f"{given!r} is no day of the form YYYY-MM-DD")
        return given
    epoch = os.environ.get(VARIABLE)
    if not epoch:
        return time.strftime("%Y-%m-%d", time.gmtime())
    try:
        if not (epoch.isascii() and epoch.isdigit()):
            raise ValueError
        found = time.strftime("%Y-%m-%d", time.gmtime(int(epoch)))
    except (OverflowError, OSError, ValueError):
        found = ""
    if not is_day(found):
        raise UsageError(f"{VARIABLE} in the environment is no number of seconds since 1970: {epoch!r}")
    return found
