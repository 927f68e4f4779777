"""What kept claims rest on besides the text: the rules, the program's code, and the libraries it reads with."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from functools import lru_cache
from pathlib import Path

from consistency.extraction.corrected import NOTHING, Readings
from consistency.rulebook import Rulebook

SCHEME = "1"  # raised when records are kept in another shape
_PACKAGE = Path(__file__).resolve().parent.parent
_PARTS = ("archive", "sources", "extraction", "topics", "judgement")
_READ_WITH = (
    *("feedparser", "lxml", "lxml_html_clean", "msgspec", "Pint", "py3langid", "pypdfium2", "python-docx"),
    *("PyYAML", "rapidfuzz", "sentencex", "trafilatura"),
)


def stamp(rules: Rulebook, readings: Readings = NOTHING) -> str:
    """Equal for two runs exactly if one text is read to the same claims and keys in both, as far as can be told."""
    corrected = json.dumps({k: dict(v) for k, v in readings.items()}, sort_keys=True)
    told = (SCHEME, sys.version, _code(), _libraries(), rules.version(), corrected)
    return hashlib.sha256("\0".join(told).encode()).hexdigest()


def reading(rules: Rulebook) -> str:
    """As `stamp`, without what differs from one computer to the next: the interpreter and the libraries."""
    return hashlib.sha256("\0".join((SCHEME, _code(), rules.version())).encode()).hexdigest()


@lru_cache(maxsize=1)
def _code() -> str:
    """A hash of the program's own code, its version among it: in a checkout it changes under one version number."""
    digest = hashlib.sha256()
    for name in sorted(_files("", deep=False) + [name for part in _PARTS for name in _files(f"{part}/", deep=True)]):
        with open(f"{_PACKAGE}/{name}", "rb", buffering=0) as file:
            digest.update(name.encode() + b"\0" + file.readall() + b"\0")
    return digest.hexdigest()


def _files(folder: str, deep: bool) -> list[str]:
    """The modules of a folder of the package and, if `deep`, of those in it; by name, with paths it would take twice as
    long as to read them."""
    found = []
    for entry in os.scandir(f"{_PACKAGE}/{folder}"):
        if entry.name.endswith(".py"):
            found.append(folder + entry.name)
        elif deep and entry.is_dir():
            found += _files(f"{folder}{entry.name}/", deep)
    return found


@lru_cache(maxsize=1)
def _libraries() -> str:
    from importlib.metadata import PackageNotFoundError, version

    found = []
    for name in _READ_WITH:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"{name} -")
    return " ".join(found)
