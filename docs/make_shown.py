"""Plays every page and writes what its commands print today below them, cut as it was cut before.

python docs/make_shown.py              write the pages
python docs/make_shown.py docs/x.md    write these alone

A part whose first or last line is found no more is left as it is and named: cut it anew by hand.
"""

from __future__ import annotations

import difflib
import re
import sys
import tempfile
from pathlib import Path

from shown import GAP, missing, pages, played

_CHANGING = re.compile(r"[0-9a-f]{12}|\d+(?:[.,]\d+)*")
_LIKE = 0.75


def cut(shown: tuple[str, ...], printed: str) -> tuple[str, ...] | None:
    """What of `printed` to show, where `shown` was shown before; None where a part is not found again."""
    lines = [line.rstrip() for line in printed.rstrip().splitlines()]
    parts: list[list[str]] = [[]]
    for line in shown:
        if line.strip() == GAP:
            parts.append([])
        elif line.strip() or parts[-1]:
            parts[-1].append(line)
    out: list[str] = []
    at = 0
    for number, part in enumerate(parts):
        if number:
            out.append(GAP)
        if not part:
            continue
        first = 0 if number == 0 else _place(part[0], lines, at)
        last = len(lines) - 1 if number == len(parts) - 1 else _place(_last(part), lines, first or 0)
        if first is None or last is None or last < first:
            return None
        kept = {line: re.compile(".*".join(map(re.escape, line.split(GAP)))) for line in part if GAP in line}
        for line in lines[first : last + 1]:
            out.append(next((old for old, pattern in kept.items() if pattern.fullmatch(line)), line))
        at = last + 1
    return tuple(out)


def _last(part: list[str]) -> str:
    return next(line for line in reversed(part) if line.strip())


def _place(wanted: str, lines: list[str], start: int) -> int | None:
    """The first line from `start` on that is the same but for numbers, else the one most like it."""
    bare = [_CHANGING.sub("0", line) for line in lines]
    pattern = re.compile(".*".join(re.escape(_CHANGING.sub("0", part)) for part in wanted.rstrip().split(GAP)))
    for k in range(start, len(lines)):
        if pattern.fullmatch(bare[k]):
            return k
    close = difflib.get_close_matches(wanted.rstrip(), lines[start:], n=1, cutoff=_LIKE)
    return lines.index(close[0], start) if close else None


def page_of(path: Path) -> tuple[str, list[str]]:
    """The page as it should be, and what could not be placed."""
    text, left = path.read_text(encoding="utf-8"), []
    with tempfile.TemporaryDirectory() as place:
        folder, home = Path(place) / "here", Path(place) / "home"
        folder.mkdir()
        at = 0
        for step, status, printed in played(path, folder, home):
            if status not in step.statuses:
                left.append(f"{step.where}: {step.line}: ends with {status}")
            elif step.output is not None:
                old = "\n".join(step.output)
                found = step.output if missing(step.output, printed) is None else cut(step.output, printed)
                if found is None or missing(found, printed) is not None:
                    left.append(f"{step.where}: {step.line}: cut it by hand")
                    found = step.output
                at = text.index(old, at)
                new = "\n".join(found)
                text = text[:at] + new + text[at + len(old) :]
                at += len(new)
    return text, left


if __name__ == "__main__":
    wanted = [Path(word).resolve() for word in sys.argv[1:]] or pages()
    faults: list[str] = []
    for page in wanted:
        written, unplaced = page_of(page)
        page.write_text(written, encoding="utf-8", newline="\n")
        faults += unplaced
    sys.exit("\n".join(faults) or None)
