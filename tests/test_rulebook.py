"""Rule files are read strictly, and a copy in the cache never tells anything else than the file."""

from pathlib import Path

import pytest

from consistency.errors import RuleError
from consistency.rulebook import cache_folder, parse_yaml, read_yaml

LONG = "# " + "x" * 400 + "\n"


@pytest.fixture(autouse=True)
def cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return cache_folder()


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "rule.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_what_is_kept_reads_as_the_file(tmp_path: Path, cache: Path) -> None:
    text = LONG + "1: [one, 2.5, true, null, 'no', 2024-05-06]\nname: {a: [], b: {}}\n"
    path = written(tmp_path, text)
    first = read_yaml(path)
    assert len(list(cache.glob("*.msgpack"))) == 1
    again = read_yaml(path)
    assert (
        first
        == again
        == parse_yaml(text, "x")
        == {1: ["one", 2.5, True, None, "no", "2024-05-06"], "name": {"a": [], "b": {}}}
    )
    again["name"]["a"].append(1)
    assert read_yaml(path) == first


def test_a_changed_file_is_read_anew(tmp_path: Path, cache: Path) -> None:
    assert read_yaml(written(tmp_path, LONG + "a: 1\n")) == {"a": 1}
    assert read_yaml(written(tmp_path, LONG + "a: 2\n")) == {"a": 2}
    assert len(list(cache.glob("*.msgpack"))) == 2


def test_a_spoilt_copy_is_replaced(tmp_path: Path, cache: Path) -> None:
    path = written(tmp_path, LONG + "a: 1\n")
    read_yaml(path)
    kept = next(cache.glob("*.msgpack"))
    for spoilt in (b"", b"\xc1", kept.read_bytes()[:-1]):
        kept.write_bytes(spoilt)
        assert read_yaml(path) == {"a": 1}
    assert kept.stat().st_size > 1


def test_what_would_come_back_changed_is_not_kept(tmp_path: Path, cache: Path) -> None:
    for text, content in (("a: !!set {x, y}\n", {"a": {"x", "y"}}), (f"a: {2**70}\n", {"a": 2**70})):
        path = written(tmp_path, LONG + text)
        assert read_yaml(path) == content
        assert read_yaml(path) == content
    assert list(cache.glob("*")) == []


def test_errors_are_told_each_time_with_their_line(tmp_path: Path, cache: Path) -> None:
    path = written(tmp_path, LONG + "a: 1\na: 2\n")
    for _ in range(2):
        with pytest.raises(RuleError, match="twice") as told:
            read_yaml(path)
        assert told.value.line == 3
    assert not cache.exists()


def test_a_cache_that_cannot_be_written_does_no_harm(tmp_path: Path, cache: Path) -> None:
    cache.parent.mkdir(parents=True)
    cache.write_text("a file where the folder would be")
    assert read_yaml(written(tmp_path, LONG + "a: 1\n")) == {"a": 1}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("a: &x 1\nb: *x\n", "aliases"),
        ("a: [1\n", "expected"),
        ("? [1]\n: 2\n", "plain text"),
        ("a: \x00\n", "not valid YAML"),
    ],
)
def test_yaml_that_is_not_plain_data_is_refused(text: str, told: str) -> None:
    with pytest.raises(RuleError, match=told):
        parse_yaml(text, "rule.yaml")
