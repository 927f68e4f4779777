"""Settings and rules made to take long or to break the reader: refused at once, with file and line."""

from __future__ import annotations

import resource
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consistency.config import MAX_BYTES, load_config
from consistency.errors import ConfigError, ConsistencyError, RuleError
from consistency.rulebook import read_yaml
from consistency.strictyaml import lines_of, parse_yaml


def laughs(depth: int) -> str:
    """The billion laughs in YAML."""
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, depth)]
    return "\n".join(lines)


YAML = {
    "aliases": (laughs(12), "aliases"),
    "merge": ("a: &a {b: c}\nd:\n  <<: *a\n", "aliases"),
    "deep lists": ("[" * 100_000, "nesting"),
    "deep blocks": ("- " * 100_000 + "a", "nesting"),
    "deep mappings": ("{a: " * 100_000, "nesting"),
    "a long number": ("a: " + "9" * 100_000, "4300 digits"),
    "an object": ("a: !!python/object/apply:os.system ['true']", "constructor"),
    "NUL": ("a: b\0", "control|special|not allowed|expected"),
    "half a pair": ('a: "\\ud800"', "escape|surrogate"),
}


@pytest.mark.parametrize("name", YAML)
def test_yaml_that_is_refused(name: str) -> None:
    text, reason = YAML[name]
    lines_of(text)
    with pytest.raises(RuleError, match=reason):
        parse_yaml(text, "a.yaml")


@pytest.mark.parametrize("text", ["1" + ":10" * 100_000, "1" + ":10" * 100_000 + ".5", "12:30", "-1:5"])
def test_numbers_to_base_60_are_text(text: str) -> None:
    """Their value takes the square of their length, and 12:30 is a time of day to everybody."""
    assert parse_yaml(f"a: {text}", "a.yaml") == {"a": text}


def test_numbers_stay_numbers() -> None:
    found = parse_yaml("[1, -2, 0x1F, 0b11, 1_000, 1.5, 1.0e+3, .inf]", "a.yaml")
    assert found == [1, -2, 31, 3, 1000, 1.5, 1000.0, float("inf")]


def test_a_rule_file_is_not_read_beyond_the_limit(tmp_path: Path) -> None:
    with (tmp_path / "own.yaml").open("wb") as out:
        out.truncate(2**31)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(RuleError, match="is larger than 8,000,000 bytes"):
        read_yaml(tmp_path / "own.yaml")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000  # kilobytes


TOML = {
    "a long dotted key": (".".join("a" * 50_000) + " = 1", "more than 32 parts", 1),
    "a long header": ("\n[" + ".".join("a" * 50_000) + "]", "more than 32 parts", 2),
    "a long inner key": ("a = {" + ".".join("a" * 50_000) + " = 1}", "more than 32 parts", 1),
    "a long quoted key": ("a = 1\n" + " . ".join(["'a'"] * 5_000) + " = 1", "more than 32 parts", 2),
    "deep lists": ("a = " + "[" * 100_000, "not valid TOML", None),
    "deep tables": ("a = " + "{a=" * 100_000, "not valid TOML", None),
    "a long number": ("[limits]\nmax_bytes = " + "9" * 5_000, "not valid TOML", None),
    "a long hexadecimal number": ("[limits]\nmax_bytes = 0x" + "f" * 100_000, "limits.max_bytes", 2),
    "a large number": ("[limits]\nmax_bytes = " + "9" * 4_000, "limits.max_bytes", 2),
    "no end of time": ("[limits]\nseconds = inf", "limits.seconds", 2),
    "no number": ("[limits]\nseconds = nan", "limits.seconds", 2),
    "NUL": ('fail_on = "a\0b"', "not valid TOML", 1),
}


@pytest.mark.parametrize("name", TOML)
def test_settings_that_are_refused(tmp_path: Path, name: str) -> None:
    text, reason, line = TOML[name]
    path = tmp_path / "consistency.toml"
    path.write_text(text)
    with pytest.raises(ConfigError, match=reason) as caught:
        load_config(explicit=path)
    assert caught.value.source == str(path)
    assert caught.value.line == line
    assert len(str(caught.value)) < 2_000


def test_settings_of_any_size_are_read_to_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "consistency.toml"
    with path.open("wb") as out:
        out.truncate(2**31)
    with pytest.raises(ConfigError, match=f"larger than {MAX_BYTES:,} bytes"):
        load_config(explicit=path)


def test_dots_that_are_no_key_are_no_matter(tmp_path: Path) -> None:
    path = tmp_path / "consistency.toml"
    path.write_text('[report]\ntitle = "' + "a." * 100 + f'" # {"b." * 100}\n')
    assert load_config(explicit=path).report.title == "a." * 100


PIECES = st.sampled_from([*"[]{}=.,:'\"#\n -&*!|>%@`?\\", "a", "rules", "[limits]\n", "0x", "1e999", "nan", "- ", "\0"])


@settings(max_examples=150, deadline=None)
@given(pieces=st.lists(PIECES | st.text(max_size=3), max_size=30))
def test_any_text_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, pieces: list[str]) -> None:
    text = "".join(pieces)
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    ended: Counter[str] = Counter()
    for reader in (lambda: load_config(explicit=path), lambda: parse_yaml(text, "a.yaml"), lambda: lines_of(text)):
        try:
            reader()
            ended["read"] += 1
        except ConsistencyError as error:
            ended["refused"] += bool(error.source)
    assert ended.total() == 3
