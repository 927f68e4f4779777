"""Finds and reads the data files of `rules/`: the project's knowledge, kept out of its code.

A user's own folders (`--rules DIR`, `rules = [...]` in the config) stand in front of the built-in one.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
import yaml

from consistency.errors import RuleError

_PACKAGE = Path(__file__).resolve().parent
MAX_BYTES = 8_000_000


def builtin_rules() -> Path:
    """The folder of the built-in rules: inside the wheel, or the checkout's `rules/` when installed editable."""
    for folder in (_PACKAGE / "_rules", _PACKAGE.parent / "rules"):
        if folder.is_dir():
            return folder
    raise RuleError("the built-in rules are missing: reinstall the package", str(_PACKAGE))


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """Safe loader that refuses aliases (the "billion laughs" bomb), duplicate keys, and YAML 1.1's dates and yes/no."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, rx) for tag, rx in pairs if not tag.endswith((":timestamp", ":bool"))]
    for first, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", __import__("re").compile(r"^(?:true|false)$"), list("tf"))


def _mapping(loader: Any, node: Any) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node, deep=True)
        try:
            twice = key in seen
            seen.add(key)
        except TypeError as error:
            raise yaml.constructor.ConstructorError(
                None, None, "a key must be plain text", key_node.start_mark
            ) from error
        if twice:
            raise yaml.constructor.ConstructorError(
                None, None, f"the key {key!r} stands here twice", key_node.start_mark
            )
    out: dict[Any, Any] = yaml.SafeLoader.construct_mapping(loader, node, deep=True)
    return out


_Loader.add_constructor("tag:yaml.org,2002:map", _mapping)


def read_yaml(path: Path) -> Any:
    """The content of a YAML file. Raises RuleError with file and line; never runs code, never follows an alias."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise RuleError(f"cannot be read: {error.strerror or error}", str(path)) from error
    if len(data) > MAX_BYTES:
        raise RuleError(f"is larger than {MAX_BYTES:,} bytes", str(path))
    return parse_yaml(data, str(path))


def parse_yaml(data: bytes | str, name: str, first_line: int = 1) -> Any:
    """The content of a YAML text that starts on line `first_line` of `name`. Raises RuleError, as `read_yaml`."""
    try:
        for event in yaml.parse(data, Loader=_Loader):
            if isinstance(event, yaml.AliasEvent):
                line = first_line + (event.start_mark.line if event.start_mark else 0)
                raise RuleError("aliases (*name) are not allowed here", name, line)
        return yaml.load(data, Loader=_Loader)  # a safe loader
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = mark.line + first_line if mark else None
        raise RuleError(error.problem or "is not valid YAML", name, place) from error
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise RuleError(f"is not valid YAML: {error}", name) from error


class Rulebook:
    """An ordered list of rule folders: the user's first, the built-in one last."""

    def __init__(self, extra: tuple[str, ...] = ()) -> None:
        self.extra = extra
        for folder in extra:
            if not Path(folder).is_dir():
                raise RuleError("is not a folder of rules", folder)
        self.folders: tuple[Path, ...] = (*(Path(f) for f in extra), builtin_rules())

    def files(self, kind: str, suffix: str = ".yaml") -> Iterator[Path]:
        """All files below `<folder>/<kind>/`, the user's folders first, each folder in name order."""
        for folder in self.folders:
            yield from sorted((folder / kind).rglob(f"*{suffix}"))

    def load(self, name: str) -> Any:
        """The content of the one file `name` ("lexicon/units.yaml"), from the first folder that has it."""
        for folder in self.folders:
            if (folder / name).is_file():
                return _cached(folder / name)
        raise RuleError("no such rule file", name)

    def load_all(self, name: str) -> list[Any]:
        """The contents of `name` in every folder that has it, the user's first: for tables a user adds to."""
        return [_cached(folder / name) for folder in self.folders if (folder / name).is_file()]

    def version(self, names: Sequence[str] = ()) -> str:
        """A short hash of all rule files, or of those named: two runs with one version rest on the same knowledge."""
        digest = hashlib.sha256()
        for folder in self.folders:
            files: Iterable[Path] = (folder / n for n in names) if names else folder.rglob("*")
            for path in sorted(p for p in files if p.suffix in {".yaml", ".csv", ".txt"} and p.is_file()):
                digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
        return digest.hexdigest()[:12]


@lru_cache(maxsize=1)
def default_rulebook() -> Rulebook:
    """The built-in rules alone."""
    return Rulebook()


def cache_folder() -> Path:
    """Where compact tables are kept between runs; safe to delete."""
    base = os.environ.get("XDG_CACHE_HOME") or os.path.join(os.path.expanduser("~"), ".cache")
    return Path(base) / "claim-consistency" / "tables"


@lru_cache(maxsize=256)
def _cached(path: Path) -> Any:
    """`read_yaml`, remembered in the process and, over 20 kB, as msgpack in the user's cache (safe to delete)."""
    try:
        data = path.read_bytes()
    except OSError:
        return read_yaml(path)
    if len(data) < 20_000:
        return read_yaml(path)
    kept = cache_folder() / f"{hashlib.sha256(b'1' + data).hexdigest()[:32]}.msgpack"
    try:
        return msgspec.msgpack.decode(kept.read_bytes(), strict=False)
    except (OSError, msgspec.DecodeError):
        content = read_yaml(path)
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        part = kept.with_suffix(f".{os.getpid()}")
        part.write_bytes(msgspec.msgpack.encode(content))
        part.replace(kept)
    except (OSError, TypeError):
        pass  # a cache that cannot be written costs time, nothing else
    return content
