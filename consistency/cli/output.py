"""Results to standard output and to files: whole or not at all, as UTF-8 whatever the locale."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

from consistency.errors import UsageError

_WIDTH = 100
_COMMAND = re.compile(r"::|##(?=(?:vso)?\[)", re.I)


def printable(text: str) -> str:
    """Text from outside, safe for a terminal and for a log of continuous integration.

    Control and direction characters are shown as escapes, and so is what would begin a command of such a log.
    """
    shown = "".join(c if c.isprintable() else c.encode("unicode_escape", "backslashreplace").decode() for c in text)
    return _COMMAND.sub(lambda found: f"{found[0][0]}\\x{ord(found[0][1]):02x}", shown)


def on_terminal() -> bool:
    """Whether results go to a person's screen."""
    return sys.stdout is not None and sys.stdout.isatty()


def wants_color(no_color: bool = False) -> bool:
    """Colour only on a terminal that has it, and not under NO_COLOR (https://no-color.org)."""
    return not no_color and on_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def width(otherwise: int = _WIDTH, most: int | None = None) -> int:
    """The columns of the terminal, at most `most`; elsewhere always `otherwise`, so that files do not differ."""
    if not on_terminal():
        return otherwise
    import shutil

    columns = shutil.get_terminal_size((otherwise, 24)).columns
    return min(columns, most) if most else columns


def show(text: str) -> None:
    """Prints a result to standard output. A reader that went away does not change the exit status."""
    show_all((text,))


def show_all(pieces: Iterable[str]) -> None:
    """Prints a result piece by piece, as it is made, to the end of a line; a reader that went away ends the work."""
    out = sys.stdout
    if out is None:
        raise UsageError("standard output is closed")
    try:
        out.flush()
        for piece in _ended(pieces):
            if hasattr(out, "buffer"):
                out.buffer.write(piece.encode("utf-8", "replace"))
            else:
                out.write(piece)
        out.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def _ended(pieces: Iterable[str]) -> Iterator[str]:
    last = "\n"
    for piece in pieces:
        yield piece
        last = piece[-1:] or last
    if last != "\n":
        yield "\n"


def targets(outputs: Sequence[str]) -> list[tuple[Path, str]]:
    """Each FILE[:FORMAT] as path and format. Raises UsageError before any work is done."""
    found = [_target(output) for output in outputs]
    seen: set[str] = set()
    for path, _ in found:
        if path.is_dir():
            raise UsageError("is a folder; name a file in it", printable(str(path)))
        real = os.path.realpath(path)
        if real in seen and (not path.exists() or path.is_file()):  # /dev/null takes any number
            raise UsageError("is named twice as output", printable(str(path)))
        seen.add(real)
    return found


def _target(output: str) -> tuple[Path, str]:
    from consistency.reporting import FORMATS, format_name, format_of

    if output.partition(":")[0] in ("", "-"):
        raise UsageError(f"-o {output}: name a file; to standard output goes what --format names")
    name, colon, wanted = output.rpartition(":")
    if colon and re.fullmatch(r"[A-Za-z]+", wanted):
        return Path(name), format_name(wanted)
    guessed = format_of(output)
    if guessed is None:
        raise UsageError(f"which format? write {output}:FORMAT, with FORMAT one of {', '.join(FORMATS)}")
    return Path(output), guessed


def write(path: Path, text: str | Iterable[str]) -> bool:
    """Writes a result, or the pieces of one, whole or not at all; says what went wrong and returns False where it
    cannot."""
    pieces = (text,) if isinstance(text, str) else text
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_pieces(path, (piece.encode("utf-8") for piece in pieces))
    except OSError as error:
        click.echo(f"error: {printable(str(path))}: cannot be written: {error.strerror or error}", err=True)
        return False
    return True


def write_pieces(path: Path, pieces: Iterable[bytes]) -> None:
    """Writes bytes piece by piece, as they are made, whole or not at all. Raises OSError where it cannot."""
    if path.exists() and not path.is_file():  # /dev/null, a pipe: never put a file in its place
        with path.open("wb") as out:
            out.writelines(pieces)
        return
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    try:
        with part.open("xb") as out:  # x: a link that somebody left under this name is not followed
            out.writelines(pieces)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
