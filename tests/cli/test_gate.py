"""The gate on the command line: severities, baseline, suppressions, and what is said of them on standard error."""

import json
from pathlib import Path

import pytest
from cli_texts import ALPHA, Run

ERRORS = "consistency-baseline.json: there is no such file"


@pytest.fixture
def accepted(run: Run, two: Path) -> Path:
    """A baseline that accepts what is in `two`."""
    assert (
        run("baseline", "write", two, "--reason", "known", "--author", "M. Lind", "--today", "2024-06-01").status == 0
    )
    return Path("consistency-baseline.json")


def test_severities(run: Run, two: Path) -> None:
    for level, status in (("error", 1), ("warning", 1), ("note", 0), ("off", 0)):
        Path("consistency.toml").write_text(f'[severity.rules]\nsame-period-differs = "{level}"\n')
        outcome = run("check", two, "--format", "json")
        report = json.loads(outcome.out)
        assert outcome.status == status
        assert [f["severity"] for f in report["findings"]] == ([] if level == "off" else [level])
        said = "note: findings switched off: 1 by severity.rules.same-period-differs\n"
        assert outcome.err == (said if level == "off" else "")
        assert run("check", two, "-q").err == ""
        for form in ("text", "markdown", "html"):
            assert ("Findings switched off" in run("check", two, "--format", form).out) is (level == "off")
    Path("consistency.toml").write_text('[severity.topics]\n"norland*" = "note"\n\n[severity.rules]\nequal = "off"\n')
    assert run("check", two).status == 0
    shown = run("config", "show").out
    assert 'severity.topics."norland*" = "note"' in shown
    assert shown.count("consistency.toml:2") == 1
    assert "severity.rules.equal = " in shown
    assert run("check", two, "--fail-on", "none").status == 0


def test_mistyped_names_in_the_settings(run: Run, two: Path) -> None:
    Path("consistency.toml").write_text('[severity.rules]\n\nsame-period-difers = "note"\n')
    outcome = run("check", two)
    assert (outcome.status, outcome.out) == (2, "")
    assert "consistency.toml:3: severity.rules.same-period-difers: no rule is called" in outcome.err
    assert "did you mean 'same-period-differs'?" in outcome.err


def test_a_baseline_passes_what_it_accepts(run: Run, two: Path, accepted: Path) -> None:
    assert run("check", two).status == 1
    outcome = run("check", two, "--baseline", accepted, "--format", "json")
    report = json.loads(outcome.out)
    assert outcome.status == 0
    assert outcome.err == "note: 1 finding is accepted; nothing fails the gate\n"
    (one,) = report["accepted"]
    assert one == {
        "finding": report["findings"][0]["id"],
        "by": "baseline",
        "reason": "known",
        "author": "M. Lind",
        "date": "2024-06-01",
        "expires": None,
        "place": "consistency-baseline.json:5",
    }
    assert run("check", two, "--baseline", accepted, "-q").err == ""
    Path("consistency.toml").write_text('baseline = "consistency-baseline.json"\n')
    assert run("check", two).status == 0
    assert json.loads(run("report", two, "--format", "json").out)["accepted"] == [one]
    assert run("check", two / "alpha.txt").status == 0
    assert run("check", two / "alpha.txt", "--strict-baseline").status == 1
    assert run("check", two / "alpha.txt", "--strict-baseline", "--fail-on", "none").status == 1
    Path("consistency.toml").write_text('baseline = "consistency-baseline.json"\nstrict_baseline = true\n')
    assert run("check", two / "alpha.txt").status == 1
    assert run("report", two / "alpha.txt").status == 0


def test_an_entry_that_is_not_needed_is_told(run: Run, two: Path, accepted: Path) -> None:
    plain = run("check", two / "alpha.txt", "--baseline", accepted)
    assert plain.err.startswith("note: consistency-baseline.json:5: the accepted finding f1-")
    assert plain.err.endswith("meets no finding\n")
    strict = run("check", two / "alpha.txt", "--baseline", accepted, "--strict-baseline", "-q")
    assert strict.err == plain.err.replace("note: ", "error: ")
    assert (
        len(json.loads(run("check", two / "alpha.txt", "--baseline", accepted, "--format", "json").out)["unused"]) == 1
    )


def test_many_entries_that_are_not_needed_are_cut_short(run: Run, two: Path, accepted: Path) -> None:
    content = json.loads(accepted.read_text())
    entry = content["accepted"][0]
    content["accepted"] = [{**entry, "finding": f"f1-{n:012}", "sides": [[f"c1:{n}"], ["c1:x"]]} for n in range(25)]
    accepted.write_text(json.dumps(content))
    outcome = run("check", two, "--baseline", accepted)
    assert outcome.err.count("meets no finding") == 20
    assert "note: … and 5 more such entries (--verbose shows all)" in outcome.err
    assert run("check", two, "--baseline", accepted, "-v").err.count("meets no finding") == 25


def test_suppressions(run: Run, two: Path) -> None:
    entry = "- topic: 'Norland*'\n  reason: the ministry revises the series\n  expires: 2024-12-31\n"
    Path("suppressions.yaml").write_text(entry)
    assert run("check", two).status == 1  # there is no settings file that it could stand beside
    assert run("check", two, "--suppressions", "suppressions.yaml", "--today", "2024-12-31").status == 0
    Path("consistency.toml").touch()
    assert run("check", two, "--today", "2024-12-31").status == 0
    assert "suppressions.yaml" in run("config", "show").out
    over = run("check", two, "--today", "2025-01-01")
    assert over.status == 1
    assert over.err == (
        "note: suppressions.yaml:1: the suppression of topic Norland* ran out on 2024-12-31: its finding counts again\n"
    )
    Path("consistency.toml").write_text('suppressions = ""\n')
    assert run("check", two).status == 1


def test_the_day_comes_from_the_environment(run: Run, two: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("s.yaml").write_text("- topic: 'Norland*'\n  reason: r\n  expires: 2024-12-31\n")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1735689599")
    assert run("check", two, "--suppressions", "s.yaml").status == 0
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1735689600")
    assert run("check", two, "--suppressions", "s.yaml").status == 1
    assert run("check", two, "--suppressions", "s.yaml", "--today", "2024-12-31").status == 0
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    assert run("check", two).status == 1
    outcome = run("check", two, "--suppressions", "s.yaml")
    assert (outcome.status, "SOURCE_DATE_EPOCH" in outcome.err) == (2, True)


def test_verbose_tells_settings_acceptances_and_times(run: Run, two: Path, accepted: Path) -> None:
    Path("consistency.toml").write_text('min_confidence = 0.5\n[severity.topics]\nostland = "off"\n')
    lines = run("check", two, "-v", "--baseline", accepted).err.splitlines()
    assert lines[0].startswith("setting: min_confidence = 0.5 (")
    assert lines[0].endswith("consistency.toml:1)")
    assert 'setting: baseline = "consistency-baseline.json" (command line)' in lines
    assert any(line.startswith("time: reading claims ") and "comparing" in line for line in lines)
    assert any(line.startswith("accepted: f1-") and line.endswith("M. Lind, 2024-06-01: known]") for line in lines)
    assert "setting: severity.topics.ostland met no finding" in lines
    assert lines[-1] == "gate: contradiction, confidence from 0.5, nothing fails it"
    Path("known").mkdir()
    (two / "beta.txt").rename("known/beta.txt")
    told = [line for line in run("check", two, "--against", "known", "-v").err.splitlines() if line.startswith("time:")]
    assert [part.rsplit(" ", 2)[0] for part in told[0].removeprefix("time: ").split(", ")] == ["reading", "comparing"]
    Path("known/beta.txt").rename(two / "beta.txt")
    lines = run("check", two, "--verbose").err.splitlines()
    assert any(line.startswith("fails: f1-") for line in lines)
    assert lines[-1].endswith("1 finding fails it")
    Path("consistency.toml").unlink()
    assert run("report", two, "-v").err.splitlines()[0].startswith('setting: fail_on = "none"')
    both = run("check", two, "-q", "-v")
    assert (both.status, "exclude each other" in both.err) == (2, True)


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["--baseline", "consistency-baseline.json"], f"{ERRORS}; `consistency baseline write PATHS -o consistency-"),
        (["--suppressions", "none.yaml"], "none.yaml: there is no such file"),
        (["--baseline", "two"], "two: is not a file"),
        (["--today", "1 May"], "'1 May' is no day of the form YYYY-MM-DD"),
        (["--config", "consistncy.toml"], "did you mean 'consistency.toml'?"),
        (["--rules", "tow"], "tow: is not a folder of rules; did you mean 'two'?"),
        (["--baseline", "two/alfa.txt"], "there is no such file; did you mean 'two/alpha.txt'?"),
    ],
)
def test_mistakes(run: Run, two: Path, args: list[str], words: str) -> None:
    Path("consistency.toml").touch()
    outcome = run("check", "two", *args)
    assert (outcome.status, outcome.out) == (2, "")
    assert words in outcome.err
    assert outcome.err.startswith("error: ")


def test_a_mistyped_source_is_told_with_what_was_meant(run: Run, two: Path) -> None:
    outcome = run("check", "two/alhpa.txt", two / "beta.txt")
    assert outcome.status == 2
    assert "skipped two/alhpa.txt: no such file or folder; did you mean 'two/alpha.txt'?" in outcome.err
    assert "did you mean 'two/alpha.txt'?" in run("claims", "tow/alpha.txt").err
    (two / "r.json").touch()
    assert "did you mean 'two/r.json'?" in run("explain", "f1-0", "--report", "two/r.jsn").err


def test_the_baseline_is_no_source(run: Run, two: Path, accepted: Path) -> None:
    beside = two / "base.json"
    accepted.rename(beside)
    Path("consistency.toml").write_text('baseline = "two/base.json"\n')
    outcome = run("check", two)
    assert (outcome.status, "base.json" in outcome.err) == (0, False)
    Path("consistency.toml").unlink()
    other = run("check", two)
    assert (other.status, "base.json: is a report of this program or its baseline" in other.err) == (1, True)
    assert run("check", beside).status == 2


def test_hostile_words_in_the_files_do_not_reach_the_terminal(run: Run, two: Path, accepted: Path) -> None:
    content = json.loads(accepted.read_text())
    content["accepted"][0] |= {"reason": "\x1b[2J\u202eno", "message": "::error::x\n::set-output"}
    accepted.write_text(json.dumps(content))
    for args in (["check", two, "-v"], ["check", two / "alpha.txt"]):
        err = run(*args, "--baseline", accepted).err
        assert "\x1b" not in err
        assert "\u202e" not in err
        assert "\n::" not in err
    shown = run("baseline", "show")
    assert "\x1b" not in shown.out + shown.err
    assert "\n::" not in shown.out


def test_one_source_alone(run: Run) -> None:
    Path("one.txt").write_text(ALPHA)
    assert run("check", "one.txt", "-v").err.splitlines()[0] == "setting: all are defaults"
