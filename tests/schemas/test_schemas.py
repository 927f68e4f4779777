"""The published schemas say what the loaders accept: no more and, but for a few vocabularies of reports, no less."""

from __future__ import annotations

import copy
import json
import runpy
import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, FormatChecker

from consistency import check
from consistency.config import Config, load_config
from consistency.errors import ConfigError, RuleError, UsageError
from consistency.judgement import lint, profiles, rows
from consistency.judgement.arithmetic import rules as arithmetic
from consistency.model import Claim, Report
from consistency.rulebook import Rulebook, builtin_rules, default_rulebook, read_yaml
from consistency.schemas import KINDS, file_name, schema
from consistency.schemas.build import field_docs
from consistency.topics import curated

TOP = Path(__file__).parents[2]
VALIDATORS = {kind: Draft202012Validator(schema(kind), format_checker=FormatChecker(["date"])) for kind in KINDS}


def files(kind: str) -> list[Path]:
    """The built-in files of a kind."""
    folder = builtin_rules()
    lone = {"impossible": folder / "relations/impossible.yaml", "shared": folder / "arithmetic/shared.yaml"}
    if kind in lone:
        return [lone[kind]]
    where = {"rules": "relations"}.get(kind, kind)
    return [
        path
        for path in sorted((folder / where).glob("*.yaml"))
        if path not in lone.values() and not (kind == "topics" and path.name in curated.RESERVED)
    ]


RULE_KINDS = ("rules", "impossible", "arithmetic", "shared", "profiles", "topics")
CASES = [(kind, path) for kind in RULE_KINDS for path in files(kind)]


# ------------------------------------------------------------------------------------------------ the schemas alone
@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_one_and_whole(kind: str) -> None:
    made = schema(kind)
    Draft202012Validator.check_schema(made)
    assert made["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    text = json.dumps(made)
    for name, part in made.get("$defs", {}).items():
        assert f'"#/$defs/{name}"' in text, name
        for field, about in part.get("properties", {}).items():
            assert about.get("description"), (name, field)
    for field, about in made.get("properties", {}).items():
        assert about.get("description"), field


def test_the_published_files_are_current() -> None:
    assert runpy.run_path(str(TOP / "docs/make_schemas.py"))["current"]()
    assert {p.name for p in (TOP / "docs/schemas").iterdir()} == {file_name(kind) for kind in KINDS}


def test_a_mistyped_kind_gets_a_suggestion() -> None:
    with pytest.raises(UsageError, match="did you mean 'topics'"):
        schema("topic")
    with pytest.raises(UsageError, match="known: config, rules"):
        schema("zzz")


def test_docstrings_tell_of_fields() -> None:
    doc = """A thing. Two sentences.

    one, two: what they are (in: days); three: more;
    over two lines. Not part of it.

    four: the `five: no` last.
    """
    assert field_docs(doc, ("one", "two", "three", "four", "five")) == {
        "one": "what they are (in: days)",
        "two": "what they are (in: days)",
        "three": "more; over two lines",
        "four": "the `five: no` last",
    }
    assert field_docs(None, ("one",)) == {}
    assert field_docs("no: fields", ()) == {}


# ---------------------------------------------------------------------------------------------- real files validate
@pytest.mark.parametrize(("kind", "path"), CASES, ids=lambda value: value.name if isinstance(value, Path) else value)
def test_built_in_rules_validate(kind: str, path: Path) -> None:
    VALIDATORS[kind].validate(read_yaml(path))


@pytest.mark.parametrize("kind", RULE_KINDS)
def test_another_reader_takes_them_too(kind: str) -> None:
    """check-jsonschema reads YAML by itself and patterns as ECMA 262, as editors do."""
    published = TOP / "docs/schemas" / file_name(kind)
    command = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(published), *map(str, files(kind))]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    wrong = subprocess.run([*command[:-1], __file__], capture_output=True, text=True, check=False)
    assert wrong.returncode == 1


def test_no_kind_of_rule_a_user_may_write_is_left_out() -> None:
    from consistency.cli.common import KINDS as FOLDERS

    known = {path for _, path in CASES} | {builtin_rules() / "topics" / name for name in curated.RESERVED}
    assert {path for folder in FOLDERS for path in (builtin_rules() / folder).rglob("*.yaml")} == known


def test_reports_and_claims_validate(sample_report: Report) -> None:
    texts = [
        {"id": "a", "published": "2024-02-01", "text": "Exports of Norland were 29 billion US dollars in 2023."},
        {"id": "b", "published": "2024-02-08", "text": "Exports of Norland were 34 billion US dollars in 2023."},
    ]
    for report in (sample_report, check(texts), check([]), Report()):
        told = json.loads(msgspec.json.encode(report))
        VALIDATORS["report"].validate(told)
        for claim in told["claims"]:
            VALIDATORS["claims"].validate(claim)
    assert {f.outcome for f in sample_report.findings} >= {"contradiction", "agreement"}


@pytest.mark.slow
def test_the_report_on_the_seeds_validates() -> None:
    VALIDATORS["report"].validate(json.loads(msgspec.json.encode(check([TOP / "seeds"]))))
    VALIDATORS["report"].validate(json.loads((TOP / "reports/seeds.json").read_text(encoding="utf-8")))


# ---------------------------------------------------------------------- what a schema accepts, the loader accepts too
def load_rules(path: Path) -> None:
    list(rows._rows_of(path))


def load_arithmetic(path: Path) -> None:
    list(arithmetic._rules_of(path, default_rulebook()))


def load_shared(path: Path) -> None:
    msgspec.convert(read_yaml(path), dict[str, arithmetic.Shared])


def load_impossible(path: Path) -> None:
    lint.impossible(Rulebook((str(path.parent.parent),)))


def load_profiles(path: Path) -> None:
    profiles._read(default_rulebook(), path)


def load_topics(path: Path) -> None:
    curated.read_topics(path)


LOADERS: dict[str, Callable[[Path], None]] = {
    "rules": load_rules,
    "impossible": load_impossible,
    "arithmetic": load_arithmetic,
    "shared": load_shared,
    "profiles": load_profiles,
    "topics": load_topics,
}
# What no JSON Schema can say: one value measured against another, or Python's notation of patterns.
BEYOND = ("low is over high", "which is not in shared.yaml", "is no ISO date", "is broken:")
JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 10**6),
    st.sampled_from([0.5, -1.25]),  # not 3.0: to JSON Schema that is the integer 3, however it is printed
    st.sampled_from(
        ["", "no", "x y", "contradiction", "stock", "{a.value}", "{nobody}", "2024-02-30", "2024-05-06", "Ä-1"]
    ),
    st.builds(list),
    st.builds(dict),
    st.lists(st.sampled_from(["a", "same", 1, None]), max_size=2),
    st.dictionaries(
        st.sampled_from(["values", "text", "id", "zzz"]), st.sampled_from(["same", "equal", 2]), max_size=2
    ),
)


def places(content: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The path to every value inside a content, itself included."""
    inner = content.items() if isinstance(content, dict) else enumerate(content) if isinstance(content, list) else ()
    return [path, *(p for key, value in inner for p in places(value, (*path, key)))]


@st.composite
def mutated(draw: st.DrawFn, kind: str) -> Any:
    """A built-in file, or one entry of it, with one to three places changed."""
    content = read_yaml(draw(st.sampled_from(files(kind))))
    if isinstance(content, list):
        content = [draw(st.sampled_from(content))]
    content = copy.deepcopy(content)
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(places(content)))
        if not path:
            if draw(st.integers(0, 9)) == 0:
                content = draw(JUNK)
            elif isinstance(content, dict):
                content[draw(st.sampled_from(["nonsense", "note", "why", "Id"]))] = draw(JUNK)
            continue
        holder = content
        for key in path[:-1]:
            holder = holder[key]
        how = draw(st.sampled_from(["replace", "replace", "delete", "add"]))
        if how == "delete":
            del holder[path[-1]]
        elif how == "add" and isinstance(holder[path[-1]], dict):
            holder[path[-1]][draw(st.sampled_from(["nonsense", "note", "override", "text"]))] = draw(JUNK)
        else:
            holder[path[-1]] = draw(JUNK)
    return content


def refusal(kind: str, content: Any, folder: Path) -> str | None:
    """What the loader says against a content, None where it takes it."""
    where = folder / "own" / {"impossible": "relations"}.get(kind, kind)
    where.mkdir(parents=True, exist_ok=True)
    path = where / ("impossible.yaml" if kind == "impossible" else "own.yaml")
    path.write_text(json.dumps(content), encoding="utf-8")
    try:
        LOADERS[kind](path)
    except (RuleError, msgspec.ValidationError) as error:
        return str(error)
    return None


@pytest.mark.parametrize("kind", RULE_KINDS)
def test_what_a_loader_refuses_the_schema_refuses(kind: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp(kind)
    seen = {"taken": 0, "refused": 0}

    @settings(max_examples=250, deadline=None)
    @given(mutated(kind))
    def hold(content: Any) -> None:
        said = refusal(kind, content, folder)
        seen["taken" if said is None else "refused"] += 1
        if said is not None and not any(words in said for words in BEYOND):
            assert not VALIDATORS[kind].is_valid(content), (said, content)

    hold()
    assert min(seen.values()) > 10, seen


BAD = [
    ("rules", "outcome", "contradicts"),
    ("rules", "severity", "fatal"),
    ("rules", "when", {"value": "equal"}),
    ("rules", "when", {"values": "equals"}),
    ("rules", "when", {"values": []}),
    ("rules", "where", {"country": "Norland"}),
    ("rules", "message", "{c.value} is odd"),
    ("rules", "message", ""),
    ("rules", "becuase", "a slip"),
    ("rules", "examples", [{"sources": []}]),
    ("rules", "examples", [{"sources": [{"published": "2024-01-01"}]}]),
    ("rules", "examples", [{"sources": [{"text": "One."}], "expect": ["none"]}]),
    ("arithmetic", "id", "list-lenght"),
    ("arithmetic", "kind", "sum"),
    ("arithmetic", "says", {"none": "nothing"}),
    ("arithmetic", "patterns", {"open": 3}),
    ("arithmetic", "examples", [{"sources": [{}]}]),
    ("profiles", "kind", "stocks"),
    ("profiles", "match", [{}]),
    ("profiles", "match", [{"noun": ["country"]}]),
    ("topics", "id", "Two Words"),
    ("topics", "profile", "stocks"),
    ("topics", "events", [{"date": "last May", "text": "something"}]),
    ("topics", "noun", ["country"]),
]


@pytest.mark.parametrize(("kind", "field", "value"), BAD)
def test_known_mistakes(kind: str, field: str, value: Any, tmp_path: Path) -> None:
    """Each is refused by both, and the file is fine without it."""
    content = read_yaml(next(p for p in files(kind) if p.name not in ("10-set-aside.yaml", "derived.yaml")))
    entry = content[0] if isinstance(content, list) else content
    assert refusal(kind, content, tmp_path) is None
    assert VALIDATORS[kind].is_valid(content)
    entry[field] = value
    assert refusal(kind, content, tmp_path) is not None
    assert not VALIDATORS[kind].is_valid(content)


def test_a_topic_needs_something_to_be_about(tmp_path: Path) -> None:
    for topic in ({"id": "a", "title": "A"}, {"id": "a", "title": "A", "nouns": []}):
        assert refusal("topics", topic, tmp_path) is not None
        assert not VALIDATORS["topics"].is_valid(topic)
    topics = [{"id": "a", "title": "A", "beside": ["Norland"]}, {"id": "b", "title": "B", "nouns": ["bridge"]}]
    assert refusal("topics", topics, tmp_path) is None
    assert VALIDATORS["topics"].is_valid(topics)


# ---------------------------------------------------------------------------------------------------- the settings
KEYS = sorted({*schema("config")["properties"], "fail-on", "origin", "max_bytes", "zzz"})
VALUES = st.one_of(
    st.booleans(),
    st.integers(-2, 50),
    st.sampled_from([0.5, 1.5]),
    st.sampled_from(["", "none", "possible", "exact", "desk"]),
    st.lists(st.sampled_from(["a", "b"]), max_size=2),
    st.just([1]),
)
INNER = st.dictionaries(
    st.sampled_from(["max_bytes", "max_chars", "threshold", "block_cap", "near_copy", "title", "time_pairs", "zzz"]),
    VALUES,
    max_size=2,
)


def toml(table: dict[str, Any]) -> str:
    lines = [f"{k} = {json.dumps(v)}" for k, v in table.items() if not isinstance(v, dict)]
    for name, inner in table.items():
        if isinstance(inner, dict):
            lines += [f"[{name}]", *(f"{k} = {json.dumps(v)}" for k, v in inner.items())]
    return "\n".join(lines) + "\n"


def test_settings_are_taken_by_both_or_by_neither(tmp_path: Path) -> None:
    path = tmp_path / "consistency.toml"

    def taken() -> bool:
        try:
            load_config(explicit=path)
        except ConfigError:
            return False
        return True

    @settings(max_examples=400, deadline=None)
    @given(st.dictionaries(st.sampled_from(KEYS), st.one_of(VALUES, INNER), max_size=3))
    def hold(table: dict[str, Any]) -> None:
        path.write_text(toml(table), encoding="utf-8")
        assert tomllib.loads(path.read_text(encoding="utf-8")) == table
        assert VALIDATORS["config"].is_valid(table) == taken()

    hold()


def test_the_default_settings_are_those_of_the_schema() -> None:
    told = schema("config")["properties"]
    for name, value in msgspec.to_builtins(Config()).items():
        if name in told and not isinstance(value, dict):
            assert told[name].get("default") == value


# ------------------------------------------------------------------------------------------------------- reports
def test_what_the_reader_of_reports_refuses_the_schema_refuses(sample_report: Report) -> None:
    whole = json.loads(msgspec.json.encode(sample_report))
    whole["claims"], whole["findings"] = whole["claims"][:3], whole["findings"][:2]
    everywhere = [path for path in places(whole) if path]

    def readable(told: Any) -> bool:
        try:
            msgspec.json.decode(json.dumps(told), type=Report)
        except msgspec.ValidationError:
            return False
        return True

    @settings(max_examples=250, deadline=None)
    @given(st.sampled_from(everywhere), st.booleans(), JUNK)
    def hold(path: tuple[Any, ...], delete: bool, junk: Any) -> None:
        told = copy.deepcopy(whole)
        holder = told
        for key in path[:-1]:
            holder = holder[key]
        if delete:
            del holder[path[-1]]
        else:
            holder[path[-1]] = junk
        assert readable(told) or not VALIDATORS["report"].is_valid(told)

    hold()


def test_a_report_may_have_fields_that_are_not_known_yet(sample_report: Report) -> None:
    told = json.loads(msgspec.json.encode(sample_report)) | {"later": 1}
    VALIDATORS["report"].validate(told)
    claim = msgspec.to_builtins(sample_report.claims[0]) | {"later": 1}
    VALIDATORS["claims"].validate(json.loads(json.dumps(claim)))
    assert msgspec.convert(claim, Claim) == sample_report.claims[0]
