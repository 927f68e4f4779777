"""Texts written for these tests, and what a command leaves behind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

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


def article(folder: Path, name: str, state: str, billions: float, day: str = "2024-02-01", year: int = 2023) -> Path:
    """A file of a paper of that name, on what a state exported in a year."""
    folder.mkdir(exist_ok=True)
    path = folder / f"{name.lower()}-{state.lower()}.md"
    text = f"Exports of {state} were {billions} billion US dollars in {year}."
    path.write_text(f"---\npublisher: The {name}\ndate: {day}\n---\n\n{text}\n")
    return path
