"""What `consistency init` writes: each file with its text, made from the templates in `starter/`."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec

from consistency import __version__
from consistency.config import FILE, Config
from consistency.errors import UsageError

_STARTER = Path(__file__).parent / "starter"
CI = ("github", "gitlab", "none")
SCHEMAS = ".consistency/schemas"
_BASELINE = "consistency-baseline.json"
_SET = {"rules": ["rules"], "fail_on": "contradiction", "baseline": _BASELINE}
"""What the settings file sets; the rest stands there as a comment with its default."""
_EXAMPLES = {
    "rates": "rates.csv",
    "workers": 2,
    "master": "spark://cluster.example:7077",
    "topics.threshold": 2.0,
    "report.title": "What our sources say",
}
"""A value to show for a setting that has no default."""
_FOLDER = re.compile(r"[\w][\w.-]*(?:/[\w][\w.-]*)*", re.ASCII)


def files(sources: str, ci: str, example: bool) -> Iterator[tuple[PurePosixPath, str]]:
    """Path below the project's folder and text of every file. sources: the folder of sources. ci: one of CI.

    Raises UsageError for a folder of sources that a workflow cannot name.
    """
    from consistency import schemas

    if not _FOLDER.fullmatch(sources):
        raise UsageError(f"{sources!r}: name a folder below the project's, of letters, digits, '.', '-', '_' and '/'")
    words = {"@SOURCES@": sources, "@VERSION@": __version__}
    yield PurePosixPath(FILE), settings()
    yield PurePosixPath(_BASELINE), baseline()
    yield PurePosixPath("rules/topics/example.yaml"), template("topic.yaml", words)
    if example:
        for path in sorted((_STARTER / "example").rglob("*.txt")):
            inside = path.relative_to(_STARTER / "example").as_posix()
            yield PurePosixPath(re.sub("^sources/", f"{sources}/", inside)), path.read_text(encoding="utf-8")
    else:
        yield PurePosixPath(sources) / ".gitkeep", ""
    for name, kind in schemas.KINDS.items():
        if kind.glob:
            yield PurePosixPath(SCHEMAS) / schemas.file_name(name), schemas.text(name)
    if ci == "github":
        yield PurePosixPath(".github/actions/consistency/action.yml"), template("action.yml", {})
        yield PurePosixPath(".github/workflows/consistency.yml"), template("workflow.yml", words)
    elif ci == "gitlab":
        yield PurePosixPath(".gitlab/consistency.gitlab-ci.yml"), template("gitlab.yml", words)
        yield PurePosixPath(".gitlab-ci.yml"), template("gitlab-ci.yml", words)


def template(name: str, words: dict[str, str]) -> str:
    """A file of `starter/` with its places filled."""
    text = (_STARTER / name).read_text(encoding="utf-8")
    for place, word in words.items():
        text = text.replace(place, word)
    return text


def baseline() -> str:
    """A baseline that accepts nothing yet."""
    from consistency.gate.baseline import to_text

    return to_text(())


def settings() -> str:
    """A settings file that shows every key, with what its docstring says of it."""
    head = f"""\
        #:schema ./{SCHEMAS}/config.schema.json
        # Settings of consistency. A setting behind a # shows its default: take the # away to change it.
        # `consistency config show` prints what is in force. Paths are relative to this file.
        """
    return textwrap.dedent(head) + "".join(_table(Config, ()))


def _table(kind: type[msgspec.Struct], parents: tuple[str, ...]) -> Iterator[str]:
    """The keys of a table, then its tables, as TOML wants them."""
    from consistency.schemas.build import field_docs

    fields = [f for f in msgspec.structs.fields(kind) if f.name != "origin"]
    told = field_docs(kind.__doc__, [f.name for f in fields])
    inner = [f for f in fields if isinstance(f.type, type) and issubclass(f.type, msgspec.Struct)]
    for f in fields:
        if f in inner:
            continue
        key = ".".join((*parents, f.name))
        default = _EXAMPLES.get(key, "") if f.default is None else _default(f)
        line = f"{f.name} = {json.dumps(_SET.get(key, default), ensure_ascii=False)}"
        remark = " # not set" if f.default is None and key not in _SET else ""
        yield f"\n{_comment(told.get(f.name, ''))}{'' if key in _SET else '# '}{line}{remark}\n"
    for f in inner:
        name = ".".join((*parents, f.name))
        yield f"\n{_comment(told.get(f.name, ''))}[{name}]\n"
        yield from _table(f.type, (*parents, f.name))


def _default(field: msgspec.structs.FieldInfo) -> Any:
    made = field.default if field.default_factory is msgspec.NODEFAULT else field.default_factory()
    return msgspec.to_builtins(made)


def _comment(text: str) -> str:
    said = f"{text[:1].upper()}{text[1:]}." if text else ""
    return "".join(f"# {line}\n" for line in textwrap.wrap(said, 110, break_on_hyphens=False))
