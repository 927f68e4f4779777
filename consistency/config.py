"""Settings: the nearest `consistency.toml`, or `[tool.consistency]` of `pyproject.toml`, looking upward from a folder.

A file named with `--config` wins. Nothing is merged: one file (or none) decides, the rest are defaults.
Paths in a file are relative to the folder of that file.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin

import msgspec

from consistency.bounded import read_at_most
from consistency.errors import ConfigError
from consistency.hints import near_file, unfit, unknown

FILE = "consistency.toml"
PYPROJECT = "pyproject.toml"
SUPPRESSIONS = "suppressions.yaml"

FailOn = Literal["contradiction", "possible", "time-explained", "none"]
NearCopy = Literal["exact", "minhash"]
Level = Literal["error", "warning", "note", "off"]
Share = Annotated[float, msgspec.Meta(ge=0, le=1)]
Count = Annotated[int, msgspec.Meta(ge=1, le=2**53 - 1)]  # more is exact neither in JSON nor to the system
Seconds = Annotated[float, msgspec.Meta(gt=0, le=1_000_000)]  # timers take no more everywhere

MAX_BYTES = 1_000_000  # of a settings file, which has no settings yet to say so
_MAX_DOTS = 32  # of a dotted key: tomllib takes the square of their number


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """What is too much to read.

    max_bytes: of one file, looked at before reading, or of one line of a larger file of JSON lines; max_unpacked: bytes
    that the packed text of a Word file, or one part of a PDF file, may unpack to; max_chars: of one text; max_sources:
    of a run. seconds: what reading one source may take, and again finding its claims; one that takes longer is skipped.
    """

    max_bytes: Count = 50_000_000
    max_unpacked: Count = 50_000_000
    max_chars: Count = 20_000_000
    max_sources: Count = 1_000_000
    seconds: Seconds = 60.0


class Topics(msgspec.Struct, frozen=True, kw_only=True):
    """How claims are joined.

    threshold: score a link needs (None: that of the rules); block_cap: claims compared in one block, while what more
    claims share joins neighbours only, and `check --against` looks up nothing by it; near_copy: how copies of one
    passage are found, by an index of every run of words (exact) or by MinHash (minhash, the extra `near`), which takes
    less memory, misses a few copies that were changed much, and adds none (`check --against` and ledgers always have
    the index).
    """

    threshold: float | None = None
    block_cap: Count = 2_000
    near_copy: NearCopy = "exact"


class Reporting(msgspec.Struct, frozen=True, kw_only=True):
    """What a report shows.

    title: its heading; time_pairs: up to so many positions of a topic all changes are told, above it only those
    between neighbours in time; markdown_limit: characters of a Markdown report, so that a comment holds it (0: whole).
    """

    title: str | None = None
    time_pairs: Count = 8
    markdown_limit: Annotated[int, msgspec.Meta(ge=0)] = 65_000


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """How people decide.

    four_eyes: whether a decision takes two people who agree; until then nothing is settled, and nothing is taught.
    """

    four_eyes: bool = False


class Severity(msgspec.Struct, frozen=True, kw_only=True):
    """How grave findings are, apart from their outcome: `error` fails the gate whatever it is, `warning` leaves that to
    the outcome, `note` never fails it, `off` takes the finding out of the report.

    rules: by the id of the rule; topics: by the id, the curated id or the title of a topic, or a glob over them.
    """

    rules: dict[str, Level] = {}
    topics: dict[str, Level] = {}


class Config(msgspec.Struct, frozen=True, kw_only=True):
    """All settings. `Config()` holds the defaults.

    rules: folders of your own rules, which stand in front of the built-in ones; fail_on: what makes `check` exit with
    1, each gate including those before it (contradiction, possible, time-explained, none); min_confidence: findings of
    less confidence do not fail the gate (0 to 1); allow_skipped: whether a source that cannot be read is only listed;
    rates: a CSV file of your own exchange rates; baseline: a file of accepted findings; suppressions: a file of
    findings, topics and sources that are set aside (left unsaid, `suppressions.yaml` beside the settings file if there
    is one; "" for none); lessons: a file of what people decided about claims, which every run obeys; strict_baseline:
    whether an entry of those three that does nothing makes `check` exit with 1; engine: who does the work, one process
    (serial), several (processes) or Spark (spark), for the same report; workers: how many processes (left unsaid, one
    for each core); master: the URL of a Spark cluster (left unsaid, that of spark-submit, else this computer);
    ledger: the ledger that `ledger` and `review` work on, a file or a URL (left unsaid, `ledger.db` beside the settings
    file); cache: where `check --against` keeps what it read: true for the user's cache folder, false for nowhere, or a
    folder; cache_bytes: how large that may get, where what was not used for longest goes first; severity: how grave
    findings of a rule or a topic are; limits: what is too much to read; topics: how claims are joined; report: what a
    report shows; review: how people decide on the review desk.

    rules, rates, baseline, suppressions, lessons and cache are relative to the settings file there, and ready to open
    here.
    origin: dotted key -> "file:line" for each key that a file set; a key that is missing there has its default.
    """

    rules: tuple[str, ...] = ()
    fail_on: FailOn = "contradiction"
    min_confidence: Share = 0.0
    allow_skipped: bool = False
    rates: str | None = None
    baseline: str | None = None
    suppressions: str | None = None
    lessons: str | None = None
    strict_baseline: bool = False
    severity: Severity = Severity()
    engine: Literal["serial", "processes", "spark"] = "serial"
    workers: Count | None = None
    master: str | None = None
    ledger: str | None = None
    cache: bool | str = True
    cache_bytes: Count = 2_000_000_000
    limits: Limits = Limits()
    topics: Topics = Topics()
    report: Reporting = Reporting()
    review: Review = Review()
    origin: dict[str, str] = {}


def load_config(start: Path | None = None, explicit: Path | None = None) -> Config:
    """The settings for a run started in folder `start` (default: the current one), or those of the file `explicit`.

    Raises ConfigError, with file and line where known: unreadable, not TOML, an unknown key, a value of the wrong kind.
    """
    if explicit is not None:
        text, table = _parse(explicit)
        prefix: tuple[str, ...] = ()
        if explicit.name == PYPROJECT:
            prefix = ("tool", "consistency")
            table = _tool_table(table, explicit)
        return _build(explicit, text, table, prefix)
    path = _nearest(start)
    if path is None:
        return Config()
    text, table = _parse(path)
    if path.name == FILE:
        return _build(path, text, table, ())
    return _build(path, text, _tool_table(table, path), ("tool", "consistency"))


def project_folder(start: Path | None = None) -> Path | None:
    """The folder of the settings file that counts in a folder (default: the current one); None if there is none."""
    path = _nearest(start)
    return path.parent if path else None


def _nearest(start: Path | None) -> Path | None:
    here = (start or Path.cwd()).absolute()
    for folder in (here, *here.parents):
        own, project = folder / FILE, folder / PYPROJECT
        if own.is_file():
            return own
        if project.is_file() and has_table(project):
            return project
    return None


def _parse(path: Path) -> tuple[str, dict[str, Any]]:
    import tomllib  # only with a file of settings

    try:
        data = read_at_most(path, MAX_BYTES)
        if len(data) > MAX_BYTES:
            raise ConfigError(f"is larger than {MAX_BYTES:,} bytes, too large for settings", str(path))
        text = data.decode("utf-8-sig")
        if long := _LONG_KEY.search(text):
            line = text.count("\n", 0, long.end()) + 1
            raise ConfigError(f"holds a key of more than {_MAX_DOTS} parts", str(path), line)
        return text, tomllib.loads(text)
    except OSError as error:
        hint = near_file(path) if isinstance(error, FileNotFoundError) else ""
        raise ConfigError(f"cannot be read: {error.strerror or error}{hint}", str(path)) from error
    except UnicodeDecodeError as error:
        raise ConfigError("is not UTF-8", str(path)) from error
    except (RecursionError, ValueError) as error:
        at = re.search(r" \(at line (\d+), column \d+\)", str(error))
        message = str(error).replace(at[0], "") if at else str(error)
        raise ConfigError(f"is not valid TOML: {message}", str(path), int(at[1]) if at else None) from error


def has_table(project: Path) -> bool:
    """Whether a pyproject.toml holds settings of this program. Raises ConfigError where it cannot be read."""
    return bool(_tool_table(_parse(project)[1], project))


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
        whole = (*prefix, *key)
        return next((lines[whole[:n]] for n in range(len(whole), len(prefix), -1) if whole[:n] in lines), None)

    def value_of(value: Any, want: Any, key: tuple[str, ...]) -> Any:
        dotted = ".".join(key)
        try:
            found = msgspec.convert(value, want)
        except (msgspec.ValidationError, ValueError) as error:  # the latter: an integer too long to be told
            raise ConfigError(f"{dotted}: {unfit(str(error), value, want)}", str(path), place(key)) from error
        line = place(key)
        origin[dotted] = f"{path}:{line}" if line else str(path)
        return found

    def table_of(value: Any, key: tuple[str, ...]) -> dict[str, Any]:
        if isinstance(value, dict):
            return value
        dotted = ".".join(key)
        raise ConfigError(f"{dotted} must be a table: [{dotted}]", str(path), place(key))

    def struct(kind: type[msgspec.Struct], values: dict[str, Any], parents: tuple[str, ...]) -> dict[str, Any]:
        fields = {f.name: f for f in msgspec.structs.fields(kind) if f.name != "origin"}
        out: dict[str, Any] = {}
        for name, value in values.items():
            key = (*parents, name)
            if name not in fields:
                raise ConfigError(unknown("setting", name, fields, ".".join(key)), str(path), place(key))
            want = fields[name].type
            if isinstance(want, type) and issubclass(want, msgspec.Struct):
                out[name] = want(**struct(want, table_of(value, key), key))
            elif get_origin(want) is dict:
                of = get_args(want)[1]
                out[name] = {k: value_of(v, of, (*key, k)) for k, v in table_of(value, key).items()}
            else:
                out[name] = value_of(value, want, key)
        return out

    values = struct(Config, table, ())
    folder = path.absolute().parent
    if "rules" in values:
        values["rules"] = tuple(str(folder / rule) for rule in values["rules"])
    if "suppressions" not in values and (folder / SUPPRESSIONS).is_file():
        values["suppressions"] = SUPPRESSIONS
        origin["suppressions"] = f"beside {path}"
    if isinstance(values.get("cache"), str):
        values["cache"] = str(folder / values["cache"])
    if values.get("ledger") and ":" not in values["ledger"]:
        values["ledger"] = str(folder / values["ledger"])
    for key in ("rates", "baseline", "suppressions", "lessons"):
        if key in values:
            values[key] = str(folder / values[key]) if values[key] else None
    return Config(**values, origin=origin)


_PART = r"""(?:"(?:[^"\\]|\\.)*"|'[^']*'|[\w-]+)"""
_DOTTED = rf"{_PART}(?:\s*\.\s*{_PART})*"
_LONG_KEY = re.compile(rf"(?:^|[\[{{,])[ \t]*(?:{_PART}[ \t]*\.[ \t]*){{{_MAX_DOTS}}}", re.MULTILINE)
_HEADER = re.compile(rf"\s*\[\s*({_DOTTED})\s*\]\s*(?:#.*)?$")
_KEY = re.compile(rf"\s*({_DOTTED})\s*=")
_INNER = re.compile(rf"[{{,]\s*({_DOTTED})\s*=")


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
            for inner in _INNER.finditer(line, key.end()):
                out.setdefault((*table, *_parts(key[1]), *_parts(inner[1])), number)
    return out


def _parts(dotted: str) -> tuple[str, ...]:
    """The names of a dotted key; a quoted one as it is read."""
    return tuple(_unquoted(part) for part in re.findall(_PART, dotted))


def _unquoted(part: str) -> str:
    import tomllib

    try:
        return next(iter(tomllib.loads(f"{part} = 0")))
    except tomllib.TOMLDecodeError:  # a line of a longer string that only looks like a key
        return part.strip("\"'")
