"""Reads the files in which people accept findings: every mistake is told with its line and what was probably meant."""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from consistency.errors import ConfigError
from consistency.gate.day import is_day
from consistency.hints import near_file, unfit, unknown

MAX_BYTES = 50_000_000  # of a baseline, which is read fast
MAX_BYTES_BY_HAND = 1_000_000
Place = tuple[str | int, ...]
Lines = Mapping[Place, int]
T = TypeVar("T", bound=msgspec.Struct)


def shown(path: str) -> str:
    """A path as reports and messages name it: a full one from the current folder, with forward slashes."""
    if os.path.isabs(path):
        with suppress(ValueError):  # another drive
            path = os.path.relpath(path)
    return os.fsencode(path).decode("utf-8", "backslashreplace").replace(os.sep, "/")


def read_bytes(path: str, what: str, most: int, hint: str = "") -> bytes:
    """The content of a file of at most so many bytes. Raises ConfigError; `hint` is for where there is no such file."""
    name = shown(path)
    try:
        if not Path(path).is_file() and Path(path).exists():
            raise ConfigError(f"is not a file but should be {what}", name)
        with open(path, "rb") as handle:
            data = handle.read(most + 1)
    except FileNotFoundError as error:
        raise ConfigError(f"there is no such file{near_file(name) or hint}", name) from error
    except (OSError, ValueError) as error:
        said = error.strerror if isinstance(error, OSError) else str(error)
        raise ConfigError(f"cannot be read: {said}", name) from error
    if len(data) > most:
        raise ConfigError(f"is larger than {most:,} bytes", name)
    if any(line.startswith(b"<<<<<<< ") for line in data.split(b"\n")):
        number = next(n for n, line in enumerate(data.split(b"\n"), 1) if line.startswith(b"<<<<<<< "))
        raise ConfigError("holds the marks of a merge that is not done", name, number)
    return data


def entry(kind: type[T], raw: Any, at: Place, lines: Lines, name: str, what: str) -> T:
    """The mapping `raw`, found at `at`, as a record. Raises ConfigError for an unknown key or a value that is none."""
    if not isinstance(raw, dict):
        raise ConfigError(f"{what} must be a mapping of keys to values", name, lines.get(at))
    fields = {f.encode_name: f for f in msgspec.structs.fields(kind)}
    values: dict[str, Any] = {}
    for key, value in raw.items():
        line = lines.get((*at, str(key)), lines.get(at))
        if key not in fields:
            raise ConfigError(f"{what}: {unknown('key', str(key), fields)}", name, line)
        try:
            values[fields[key].name] = msgspec.convert(value, fields[key].type)
        except msgspec.ValidationError as error:
            raise ConfigError(f"{what}: {key}: {unfit(str(error), value, fields[key].type)}", name, line) from error
        if key in ("date", "expires") and not (value is None or is_day(value)):
            raise ConfigError(f"{what}: {key}: {value!r} is no day of the form YYYY-MM-DD", name, line)
    for key, field in fields.items():
        if field.required and key not in raw:
            raise ConfigError(f"{what}: {key} is missing", name, lines.get(at))
    return kind(**values)
