"""Severities of the settings: what goes before what, what they change at the gate, and mistyped names."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from gate_texts import ALPHA, BETA, TODAY, config, failing, outcomes, paper

from consistency import check
from consistency.config import Config, load_config
from consistency.errors import ConfigError
from consistency.gate import GATES, Gate
from consistency.gate.severity import Severities

RULE = "same-period-differs"
TITLE = "Norland: export"
LATER = paper("Beta", 34, day="2024-02-08")
TIME = [ALPHA, {**LATER, "text": "Exports of Norland were 34 billion US dollars in 2022."}]


def level(topic: tuple[str, ...] = ("t1:0", "norland-exports", TITLE), **tables: dict[str, Any]) -> str | None:
    given = Severities(config(**tables)).of(RULE, topic)
    return None if given is None else given.level


def test_what_goes_before_what() -> None:
    assert level() is None
    assert level(rules={RULE: "note"}) == "note"
    assert level(rules={"equal": "note"}) is None
    assert level(rules={RULE: "note"}, topics={"Sud*": "error"}) == "note"
    assert level(rules={RULE: "note"}, topics={"*": "error"}) == "error"
    for name in ("t1:0", "norland-exports", TITLE, TITLE.upper()):
        assert level(topics={"*": "error", "Norland: *": "warning", name: "off"}) == "off"
    assert level(topics={"*export": "warning", "*": "error"}) == "warning"
    assert level(topics={"*": "error", "*export": "warning"}) == "error"
    assert level(("t1:0", "Growth [%]: 2023"), topics={"Growth [%]: 2023": "off"}) == "off"


@pytest.mark.parametrize("given", ["error", "warning", "note", "off"])
def test_what_a_severity_changes(given: str) -> None:
    settings = config(rules={RULE: given})
    report = check([ALPHA, BETA], settings)
    assert [f.severity for f in report.findings] == ([] if given == "off" else [given])
    assert bool(failing(report, settings)) is (given in ("error", "warning"))
    assert report.coverage.switched_off == ({f"severity.rules.{RULE}": 1} if given == "off" else {})
    assert (RULE in report.rules) is (given != "off")


def test_an_error_fails_whatever_the_gate_is_but_none() -> None:
    assert outcomes(check(TIME)) == ["time-explained"]
    rule = check(TIME).findings[0].rule
    for gate in GATES:
        for given, fails in ((None, gate == "time-explained"), ("error", gate != "none"), ("note", False)):
            settings = config(rules={rule: given} if given else {}, fail_on=gate)
            assert bool(failing(check(TIME, settings), settings)) is fails, (gate, given)
    unsure = config(rules={rule: "error"}, min_confidence=1.0)
    assert failing(check(TIME, unsure), unsure) == []


def test_of_a_topic(tmp_path: Path) -> None:
    sources = [ALPHA, BETA, paper("Alpha", 11, "Sudland"), paper("Beta", 19, "Sudland")]
    settings = config(topics={"sudland: *": "note", "Ostland*": "off"})
    report = check(sources, settings)
    assert sorted(f.severity for f in report.findings) == ["error", "note"]
    assert [f.topic for f in failing(report, settings)] == [f.topic for f in report.findings if f.severity == "error"]
    assert Gate(settings).idle(report) == ("severity.topics.Ostland*",)


def test_applied_twice_is_applied_once() -> None:
    settings = config(topics={"Sudland*": "off"}, rules={RULE: "warning"})
    gate = Gate(settings, TODAY)
    once = gate.apply(check([ALPHA, BETA, paper("Alpha", 11, "Sudland"), paper("Beta", 19, "Sudland")]))
    assert once.coverage.switched_off == {"severity.topics.Sudland*": 1}
    assert gate.apply(once) == once


def test_no_severities_and_no_files_change_nothing() -> None:
    report = check([ALPHA, BETA])
    assert Gate(Config()).apply(report) == report


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('[severity.rules]\n"same-period-difers" = "note"', 2, "no rule is called 'same-period-difers'; did you mean"),
        ('[severity]\nrules = {equal = "off", eqaul = "off"}', 2, "severity.rules.eqaul: no rule is called"),
        ('[severity.rules]\nequal = "warn"', 2, "severity.rules.equal: 'warn' is none of error, warning, note, off"),
        ('[severity.topics]\n"a.b: *" = 3', 2, "severity.topics.a.b: *: 3 is none of"),
        ("[severity]\nrule = {}", 2, "unknown setting 'severity.rule'; did you mean 'rules'?"),
        ('[severity]\nrules = "off"', 2, "severity.rules must be a table"),
        ('severity = "off"', 1, "severity must be a table"),
    ],
)
def test_mistakes(tmp_path: Path, text: str, line: int, words: str) -> None:
    path = tmp_path / "consistency.toml"
    path.write_text(text)
    with pytest.raises(ConfigError) as caught:
        check([ALPHA], load_config(tmp_path))
    assert words in caught.value.message
    assert (caught.value.source, caught.value.line) == (str(path), line)


def test_settings_made_in_a_program_are_checked_too() -> None:
    with pytest.raises(ConfigError, match=r"severity.rules.eqaul: no rule is called 'eqaul'; did you mean 'equal'\?"):
        check([ALPHA], config(rules={"eqaul": "off"}))
    with pytest.raises(ConfigError, match=r"severity.topics.\*: 'of' is none of .* did you mean 'off'\?"):
        check([ALPHA], config(topics={"*": "of"}))


def test_a_rule_of_arithmetic_and_one_of_ones_own_have_a_severity(tmp_path: Path) -> None:
    Severities(config(rules={"list-length": "off"}))
    folder = tmp_path / "relations"
    folder.mkdir()
    row = "- id: desk-norland\n  outcome: agreement\n  when: {values: disjoint}\n  message: m\n  because: b\n"
    (folder / "own.yaml").write_text(row)
    mine = config(rules={"desk-norland": "off"})
    with pytest.raises(ConfigError):
        Severities(mine)
    Severities(msgspec.structs.replace(mine, rules=(str(tmp_path),)))
