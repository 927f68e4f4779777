"""Settings: the nearest `consistency.toml`, or `[tool.consistency]` of `pyproject.toml`, looking upward from a folder.

A file named with `--config` wins. Nothing is merged: one file (or none) decides, the rest are defaults.
Paths in a file are relative to the folder of that file.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from consistency.errors import ConfigError

FILE = "consistency.toml"
PYPROJECT = "pyproject.toml"

FailOn = Literal["contradiction", "possible", "time-explained", "none"]
Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
Count = Annotated[int, msgspec.Meta(ge=1)]


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What is too much to read.

    max_bytes: of one file, looked at before reading; max_chars: of one text; max_sources: of a run.
    """

    max_bytes: Count = 50_000_000
    max_chars: Count = 20_000_000
    max_sources: Count = 1_000_000


class Topics(msgspec.Struct, frozen=True, kw_only=True):
    """How claims are joined.

    threshold: score a link needs (None: that of the rules); block_cap: claims compared in one block; near_copy: how
    copies of one passage are found.
    """

    threshold: float | None = None
    block_cap: Count = 2_000
    near_copy: Literal["exact"] = "exact"


class Reporting(msgspec.Struct, frozen=True, kw_only=True):
    """What a report shows.

    title: its heading; time_pairs: up to so many positions of a topic all changes are told, above it only those
    between neighbours in time; markdown_limit: characters of a Markdown report, so that a comment holds it (0: whole).
    """

    title: str | None = None
    time_pairs: Count = 8
    markdown_limit: Annotated[int, msgspec.Meta(ge=0)] = 65_000


class Config(msgspec.Struct, frozen=True, kw_only=True):
    """All settings. `Config()` holds the defaults.

    rules: folders of your own rules, which stand in front of the built-in ones; fail_on: what makes `check` exit with
    1, each gate including those before it (contradiction, possible, time-explained, none); min_confidence: findings of
    less confidence do not fail the gate (0 to 1); allow_skipped: whether a source that cannot be read is only listed;
    rates: a CSV file of your own exchange rates; limits: what is too much to read; topics: how claims are joined;
    report: what a report shows.

    rules and rates are relative to the settings file there, and ready to open here.
    origin: dotted key -> "file:line" for each key that a file set; a key that is missing there has its default.
    """

    rules: tuple[str, ...] = ()
    fail_on: FailOn = "contradiction"
    min_confidence: Share = 0.0
    allow_skipped: bool = False
    rates: str | None = None
    limits: Limits = Limits()
    topics: Topics = Topics()
    report: Reporting = Reporting()
    origin: dict[str, str] = {}


def load_config(start: Path | None = None, explicit: Path | None = None) -> Config:
    """The settings for a run started in folder `start` (default: the current one), or those of the file `explicit`.

    Raises ConfigError, with file and line where known: unreadable, not TOML, an unknown key, a value of the wrong kind.
    """
    if explicit is not None:
        path, text, table = explicit, *_parse(explicit)
        prefix: tuple[str, ...] = ()
        if explicit.name == PYPROJECT:
            prefix = ("tool", "consistency")
            table = _tool_table(table, explicit)
        return _build(path, text, table, prefix)
    here = (start or Path.cwd()).absolute()
    for folder in (here, *here.parents):
        own, project = folder / FILE, folder / PYPROJECT
        if own.is_file():
            return _build(own, *_parse(own), ())
        if project.is_file():
            text, whole = _parse(project)
            table = _tool_table(whole, project)
            if table:
                return _build(project, text, table, ("tool", "consistency"))
    return Config()


def _parse(path: Path) -> tuple[str, dict[str, Any]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
        return text, tomllib.loads(text)
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror or error}", str(path)) from error
    except UnicodeDecodeError as error:
        raise ConfigError("is not UTF-8", str(path)) from error
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        at = re.search(r" \(at line (\d+), column \d+\)", str(error))
        message = str(error).replace(at[0], "") if at else str(error)
        raise ConfigError(f"is not valid TOML: {message}", str(path), int(at[1]) if at else None) from error


def _tool_table(whole: dict[str, Any], path: Path) -> dict[str, Any]:
    tool = whole.get("tool", {})
    table = tool.get("consistency", {}) if isinstance(tool, dict) else {}
    if not isinstance(table, dict):
        raise ConfigError("[tool.consistency] must be a table", str(path), None)
    return table


def _build(path: Path, text: str, table: dict[str, Any], prefix: tuple[str, ...]) -> Config:
    lines = _key_lines(text)
    origin: dict[str, str] = {}

    def place(key: tuple[str, ...]) -> int | None:
        return lines.get((*prefix, *key))

    def struct(kind: type[msgspec.Struct], values: dict[str, Any], parents: tuple[str, ...]) -> dict[str, Any]:
        fields = {f.name: f for f in msgspec.structs.fields(kind) if f.name != "origin"}
        out: dict[str, Any] = {}
        for name, value in values.items():
            key = (*parents, name)
            dotted = ".".join(key)
            if name not in fields:
                raise ConfigError(_unknown(dotted, name, list(fields)), str(path), place(key))
            want = fields[name].type
            if isinstance(want, type) and issubclass(want, msgspec.Struct):
                if not isinstance(value, dict):
                    raise ConfigError(f"{dotted} must be a table: [{dotted}]", str(path), place(key))
                out[name] = want(**struct(want, value, key))
                continue
            try:
                out[name] = msgspec.convert(value, want)
            except msgspec.ValidationError as error:
                raise ConfigError(f"{dotted}: {_plain(str(error), value, want)}", str(path), place(key)) from error
            line = place(key)
            origin[dotted] = f"{path}:{line}" if line else str(path)
        return out

    values = struct(Config, table, ())
    folder = path.absolute().parent
    if "rules" in values:
        values["rules"] = tuple(str(folder / rule) for rule in values["rules"])
    if values.get("rates"):
        values["rates"] = str(folder / values["rates"])
    return Config(**values, origin=origin)


def _unknown(dotted: str, name: str, known: list[str]) -> str:
    close = difflib.get_close_matches(name.replace("-", "_").lower(), known, n=1, cutoff=0.6)
    hint = f"; did you mean {close[0]!r}?" if close else f"; known here: {', '.join(known)}"
    return f"unknown setting {dotted!r}{hint}"


def _plain(message: str, value: Any, want: Any) -> str:
    choices = _choices(want)
    if choices:
        close = difflib.get_close_matches(str(value), choices, n=1, cutoff=0.6)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        return f"{value!r} is none of {', '.join(choices)}{hint}"
    return message[:1].lower() + message[1:]


def _choices(want: Any) -> list[str]:
    return [str(a) for a in getattr(want, "__args__", ()) if isinstance(a, str)]


_HEADER = re.compile(r"\s*\[\s*([^\[\]]+?)\s*\]\s*(?:#.*)?$")
_KEY = re.compile(r"\s*([\w.\-\"' ]+?)\s*=")


def _key_lines(text: str) -> dict[tuple[str, ...], int]:
    """The line of each key and table header, by a plain scan: tomllib tells no positions. It only points a reader."""
    out: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), 1):
        header, key = _HEADER.match(line), _KEY.match(line)
        if header:
            table = _parts(header[1])
            out.setdefault(table, number)
        elif key:
            out.setdefault((*table, *_parts(key[1])), number)
            for inner in re.finditer(r"[{,]\s*([\w\-]+)\s*=", line[key.end() :]):
                out.setdefault((*table, *_parts(key[1]), inner[1]), number)
    return out


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))
