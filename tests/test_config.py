"""Settings: which file counts, what it may say, and how a mistake is told."""

from pathlib import Path

import pytest

from consistency.config import Config, Limits, Severity, load_config
from consistency.errors import ConfigError


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def test_defaults_where_there_is_no_file(tmp_path: Path) -> None:
    assert load_config(tmp_path) == Config()
    assert Config().limits == Limits()
    assert Config().fail_on == "contradiction"


def test_every_key(tmp_path: Path) -> None:
    path = write(
        tmp_path / "consistency.toml",
        'rules = ["desk"]\nfail_on = "possible"\nmin_confidence = 0.5\nallow_skipped = true\nrates = "rates.csv"\n'
        'baseline = "b.json"\nsuppressions = "s.yaml"\nstrict_baseline = true\n'
        '[severity.rules]\nequal = "off"\n[severity.topics]\n"Norland: *" = "note"\n'
        "[limits]\nmax_bytes = 10\nmax_chars = 20\nmax_sources = 30\n"
        '[topics]\nthreshold = 3\nblock_cap = 40\nnear_copy = "exact"\n[report]\ntitle = "Ours"\ntime_pairs = 5\n',
    )
    config = load_config(tmp_path)
    assert config.rules == (str(tmp_path / "desk"),)
    assert config.rates == str(tmp_path / "rates.csv")
    assert (config.fail_on, config.min_confidence, config.allow_skipped) == ("possible", 0.5, True)
    assert config.limits == Limits(max_bytes=10, max_chars=20, max_sources=30)
    assert (config.topics.threshold, config.topics.block_cap, config.topics.near_copy) == (3.0, 40, "exact")
    assert (config.report.title, config.report.time_pairs) == ("Ours", 5)
    assert config.origin["fail_on"] == f"{path}:2"
    assert (config.baseline, config.suppressions) == (str(tmp_path / "b.json"), str(tmp_path / "s.yaml"))
    assert config.strict_baseline is True
    assert config.severity == Severity(rules={"equal": "off"}, topics={"Norland: *": "note"})
    assert config.origin["severity.topics.Norland: *"] == f"{path}:12"
    assert config.origin["limits.max_bytes"] == f"{path}:14"
    assert len(config.origin) == 18


def test_the_nearest_file_upward_counts_alone(tmp_path: Path) -> None:
    write(tmp_path / "consistency.toml", "min_confidence = 0.1\nallow_skipped = true")
    write(tmp_path / "a/pyproject.toml", "[project]\nname = 'x'")
    write(tmp_path / "a/b/pyproject.toml", "[tool.consistency]\nmin_confidence = 0.2")
    write(tmp_path / "a/b/c/consistency.toml", "min_confidence = 0.3")
    write(tmp_path / "a/b/c/pyproject.toml", "[tool.consistency]\nmin_confidence = 0.4")
    (tmp_path / "a/b/c/d").mkdir()
    assert load_config(tmp_path / "a/b/c/d").min_confidence == 0.3
    assert load_config(tmp_path / "a/b").min_confidence == 0.2
    assert load_config(tmp_path / "a/b").allow_skipped is False
    assert load_config(tmp_path / "a").min_confidence == 0.1
    assert load_config(tmp_path / "a/b/c", tmp_path / "a/b/pyproject.toml").min_confidence == 0.2


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('\nfail-on = "none"', 2, "did you mean 'fail_on'?"),
        ('fail_on = "posible"', 1, "did you mean 'possible'?"),
        ("min_confidence = 2", 1, "<= 1.0"),
        ('allow_skipped = "yes"', 1, "expected `bool`"),
        ("[limits]\n\nmax_byte = 3", 3, "did you mean 'max_bytes'?"),
        ("[limits]\nmax_bytes = 0", 2, ">= 1"),
        ("topics = 3", 1, "must be a table"),
        ("topics = {near_copy = 'fuzzy'}", 1, "none of exact, minhash"),
        ("[nonsense]", 1, "unknown setting 'nonsense'"),
        ("rules = 'desk'", 1, "expected `array`"),
        ("origin = {}", 1, "unknown setting"),
        ('severity = {rules = {equal = "of"}}', 1, "severity.rules.equal: 'of' is none of error, warning, note, off"),
        ('[severity.topics]\n"a.b = c" = "x"', 2, "severity.topics.a.b = c: 'x' is none of"),
        ("[severity.topics]\n'it''s' = 3", 2, "not valid TOML"),
        ("a = 1\nb = \n", 2, "not valid TOML"),
        ("a = " + "[" * 5000, None, "not valid TOML"),
    ],
)
def test_mistakes(tmp_path: Path, text: str, line: int | None, words: str) -> None:
    path = write(tmp_path / "consistency.toml", text)
    with pytest.raises(ConfigError) as caught:
        load_config(tmp_path)
    assert words in caught.value.message
    assert (caught.value.source, caught.value.line) == (str(path), line)
    assert caught.value.exit_status == 2


def test_a_mistake_in_pyproject_names_its_line(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", "[project]\nrules = 3\n\n[tool.consistency]\nrule = ['x']\n")
    with pytest.raises(ConfigError, match=r"pyproject.toml:5: unknown setting 'rule'; did you mean 'rules'"):
        load_config(tmp_path)


def test_a_named_file_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        load_config(tmp_path, tmp_path / "none.toml")


def test_suppressions_beside_the_settings_are_read_by_themselves(tmp_path: Path) -> None:
    write(tmp_path / "suppressions.yaml", "")
    assert load_config(tmp_path).suppressions is None
    path = write(tmp_path / "consistency.toml", "")
    config = load_config(tmp_path)
    assert config.suppressions == str(tmp_path / "suppressions.yaml")
    assert config.origin == {"suppressions": f"beside {path}"}
    write(path, 'suppressions = ""')
    assert load_config(tmp_path).suppressions is None
    write(path, 'suppressions = "other.yaml"')
    assert load_config(tmp_path).suppressions == str(tmp_path / "other.yaml")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('[severity]\nrules."equal" = "of"', 2),
        ("[severity]\n'rules'.equal = \"of\"", 2),
        ('[ severity . "rules" ]\n\n"equal" = "of"', 3),
        ('x = """\n"\\q" = 1\n"""', None),
        ("ключ = 1", None),
    ],
)
def test_lines_of_quoted_keys(tmp_path: Path, text: str, line: int | None) -> None:
    write(tmp_path / "consistency.toml", text)
    with pytest.raises(ConfigError) as caught:
        load_config(tmp_path)
    assert caught.value.line == line or line is None
