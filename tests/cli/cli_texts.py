"""Texts written for these tests, and what a command leaves behind."""

from __future__ import annotations

from collections.abc import Callable

import msgspec


class Outcome(msgspec.Struct, frozen=True):
    """What a command left behind."""

    status: int
    out: str
    err: str


Run = Callable[..., Outcome]

ALPHA = "Exports of Norland were 29 billion US dollars in 2023."
BETA = "Exports of Norland were 34 billion US dollars in 2023."
GERMAN = (
    "Der Hafen hat im vergangenen Jahr mehr als zwölf Millionen Tonnen umgeschlagen, sagte der Betreiber am Freitag, "
    "und das sind drei Prozent mehr als im Jahr davor."
)
