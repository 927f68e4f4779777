"""Words for a mistake: what was probably meant, among names or among the files that are there."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

_MOST = 5_000  # names of a folder that are looked at


def near(name: str, known: Iterable[str], cutoff: float = 0.6) -> str:
    """`; did you mean 'x'?` for the known name most like `name`, else nothing."""
    import difflib  # here and elsewhere: only a mistake needs it

    close = difflib.get_close_matches(name, list(known), n=1, cutoff=cutoff)
    return f"; did you mean {close[0]!r}?" if close else ""


def near_file(path: str | os.PathLike[str]) -> str:
    """`; did you mean 'x'?` for a path that is not there: its first part that is missing, as its folder has it."""
    import difflib

    try:
        whole = Path(path)
        missing = next(p for p in (*reversed(whole.parents), whole) if not p.exists())
        names = sorted(entry.name for entry, _ in zip(os.scandir(missing.parent), range(_MOST), strict=False))
        stems = {Path(name).stem: name for name in reversed(names) if Path(name).suffix == missing.suffix}
        alike = difflib.get_close_matches(missing.stem, stems, n=1, cutoff=0.6)
        close = [stems[s] for s in alike] or difflib.get_close_matches(missing.name, names, n=1, cutoff=0.8)
    except (OSError, ValueError, StopIteration):
        return ""
    if not close:
        return ""
    found = missing.with_name(close[0])
    rest = whole.relative_to(missing)
    meant = found / rest if (found / rest).exists() else found
    return f"; did you mean {os.fsencode(meant).decode('utf-8', 'backslashreplace').replace(os.sep, '/')!r}?"


def unknown(what: str, name: str, known: Iterable[str], dotted: str | None = None) -> str:
    """The fault of a name that is not known: `unknown setting 'a.b'; did you mean 'c'?`."""
    names = list(known)
    hint = near(name.replace("-", "_").lower(), names) or f"; known here: {', '.join(names)}"
    return f"unknown {what} {dotted or name!r}{hint}"


def unfit(message: str, value: Any, wanted: Any) -> str:
    """What is wrong with a value, from msgspec's message; a choice is told with all that there are."""
    choices = [str(a) for a in getattr(wanted, "__args__", ()) if isinstance(a, str)]
    if choices:
        return f"{value!r} is none of {', '.join(choices)}{near(str(value), choices)}"
    return message[:1].lower() + message[1:]
