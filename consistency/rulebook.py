"""Finds and reads the data files of `rules/`: the project's knowledge, kept out of its code.

A user's own folders (`--rules DIR`, `rules = [...]` in the config) stand in front of the built-in one.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from consistency.bounded import read_at_most
from consistency.errors import RuleError
from consistency.hints import near_file

T = TypeVar("T")
_PACKAGE = Path(__file__).resolve().parent
MAX_BYTES = 8_000_000
_READER = b"2"  # raised when the same text is read to other content


def builtin_rules() -> Path:
    """The folder of the built-in rules: inside the wheel, or the checkout's `rules/` when installed editable."""
    for folder in (_PACKAGE / "_rules", _PACKAGE.parent / "rules"):
        if folder.is_dir():
            return folder
    raise RuleError("the built-in rules are missing: reinstall the package", str(_PACKAGE))


def read_yaml(path: Path) -> Any:
    """The content of a YAML file. Raises RuleError with file and line; never runs code, never follows an alias."""
    try:
        data = read_at_most(path, MAX_BYTES)
    except (OSError, ValueError) as error:
        raise RuleError(f"cannot be read: {getattr(error, 'strerror', None) or error}", str(path)) from error
    if len(data) > MAX_BYTES:
        raise RuleError(f"is larger than {MAX_BYTES:,} bytes", str(path))
    return _kept(data, str(path))


def parse_yaml(data: bytes | str, name: str, first_line: int = 1) -> Any:
    """The content of a YAML text that starts on line `first_line` of `name`. Raises RuleError, as `read_yaml`."""
    from consistency.strictyaml import parse_yaml as parse  # a third of the start of a program whose cache is warm

    return parse(data, name, first_line)


class Rulebook:
    """An ordered list of rule folders: the user's first, the built-in one last."""

    def __init__(self, extra: tuple[str, ...] = ()) -> None:
        self.extra = extra
        for folder in extra:
            if not Path(folder).is_dir():
                raise RuleError(f"is not a folder of rules{near_file(folder)}", folder)
        self.folders: tuple[Path, ...] = (*(Path(f) for f in extra), builtin_rules())
        self._loaded: dict[str, Any] = {}
        self._versions: dict[tuple[str, ...], str] = {}

    def files(self, kind: str, suffix: str = ".yaml") -> Iterator[Path]:
        """All files below `<folder>/<kind>/`, the user's folders first, each folder in name order."""
        for folder in self.folders:
            yield from sorted((folder / kind).rglob(f"*{suffix}"))

    def load(self, name: str) -> Any:
        """The content of the one file `name` ("lexicon/units.yaml"), from the first folder that has it."""
        if name in self._loaded:
            return self._loaded[name]
        for folder in self.folders:
            if (folder / name).is_file():
                content = self._loaded[name] = _cached(folder / name)
                return content
        raise RuleError("no such rule file", name)

    def version(self, names: Sequence[str] = ()) -> str:
        """A short hash of all rule files, or of those named: two runs with one version rest on the same knowledge.

        What was read is remembered, so its version is too."""
        known = self._versions.get(tuple(names))
        if known is not None:
            return known
        digest = hashlib.sha256()
        for folder in self.folders:
            files: Iterable[Path] = (folder / n for n in names) if names else folder.rglob("*")
            for path in sorted(p for p in files if p.suffix in {".yaml", ".csv", ".txt"} and p.is_file()):
                digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
        found = self._versions[tuple(names)] = digest.hexdigest()[:12]
        return found


@lru_cache(maxsize=1)
def default_rulebook() -> Rulebook:
    """The built-in rules alone."""
    return Rulebook()


def cache_folder() -> Path:
    """Where compact tables are kept between runs; safe to delete."""
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(base) / "claim-consistency" / "tables"


def remembered(name: str, seed: bytes, kind: type[T], make: Callable[[], T]) -> T:
    """What `make()` gives, kept between runs. seed: all that it rests on; name, kind: of the file, and its type."""
    kept = cache_folder() / f"{name}-{hashlib.sha256(seed).hexdigest()[:24]}.msgpack"
    try:
        return msgspec.msgpack.decode(kept.read_bytes(), type=kind)
    except (OSError, msgspec.DecodeError):
        made = make()
    with contextlib.suppress(OSError):  # a cache that cannot be written costs time, nothing else
        _write(kept, msgspec.msgpack.encode(made))
    return made


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}")
    part.write_bytes(data)
    part.replace(path)


def _kept(data: bytes, name: str) -> Any:
    """`parse_yaml`, remembered as msgpack in the user's cache (safe to delete).

    The key is a hash of the content and of the reader's version, so nothing there can be out of date. Only what comes
    back equal is kept.
    """
    kept = cache_folder() / f"{hashlib.sha256(_READER + data).hexdigest()[:32]}.msgpack"
    try:
        return msgspec.msgpack.decode(kept.read_bytes(), strict=False)
    except (OSError, msgspec.DecodeError):
        content = parse_yaml(data, name)
    try:
        packed = msgspec.msgpack.encode(content)
        if msgspec.msgpack.decode(packed, strict=False) == content:
            _write(kept, packed)
    except (OSError, TypeError, ValueError, OverflowError, RecursionError, msgspec.MsgspecError):
        pass  # a cache that cannot be written costs time, nothing else
    return content


@lru_cache(maxsize=256)
def _cached(path: Path) -> Any:
    """`read_yaml`, remembered in the process."""
    return read_yaml(path)
