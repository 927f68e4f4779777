"""Reads the locks in requirements/, which `make lock` writes: what is pinned, where, by which hashes, and for whom."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

TOP = Path(__file__).resolve().parents[1]
CI = TOP / "requirements" / "ci.lock"
"""What CI works with: the program, its extras, and all it is tested and built with."""
RUNTIME = TOP / "requirements" / "runtime.lock"
"""What a user can have: the program and its extras but those for Spark and charts."""
_PIN = re.compile(r"(?P<name>[A-Za-z0-9._-]+)(?:\[[^\]]*\])?==(?P<version>[^\s;]+)(?:\s*;\s*(?P<marker>.*?))?")


class Pin(NamedTuple):
    """One version of a package. marker: where it is the one (PEP 508), "" for everywhere; hashes: SHA-256 of its files;
    via: the names of the packages that ask for it."""

    name: str
    version: str
    marker: str
    hashes: tuple[str, ...]
    via: tuple[str, ...]


def pins(path: Path) -> list[Pin]:
    """All that a lock pins, in its order; a package can have several versions, each for other Pythons.

    Raises ValueError for a line that is none of a lock: an option, an address, something without a version."""
    out: list[Pin] = []
    for line in path.read_text(encoding="utf-8").replace("\\\n", "").splitlines():
        said = line.strip()
        if said.startswith("#"):
            asker = said.removeprefix("#").strip().removeprefix("via").strip()
            if out and asker and not asker.startswith("-c "):
                out[-1] = out[-1]._replace(via=(*out[-1].via, canonical(asker.partition(" ")[0])))
            continue
        if not said:
            continue
        head, *hashes = re.split(r"\s+--hash=sha256:", said)
        match = _PIN.fullmatch(head.strip())
        if match is None or not all(re.fullmatch(r"[0-9a-f]{64}", h) for h in hashes):
            raise ValueError(f"{path.name}: {said[:80]!r} pins no package")
        name, version, marker = match["name"], match["version"], match["marker"] or ""
        out.append(Pin(canonical(name), version, marker, tuple(hashes), ()))
    return out


def canonical(name: str) -> str:
    """A name as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()
