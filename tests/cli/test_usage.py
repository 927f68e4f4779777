"""What a new user types wrong: each mistake is told in words, with what was meant, and ends with 2."""

from pathlib import Path

import pytest
from cli_texts import ALPHA, BETA, GERMAN, Run

WRONG = [
    (["cheque", "two"], "no command 'cheque'; did you mean 'check'?"),
    (["two"], "is no command but a file or folder; did you mean 'consistency report two'?"),
    (["xyzzy"], "known: check, report, claims"),
    (["check"], "name at least one file or folder"),
    (["check", "two", "--formt", "json"], "Did you mean"),
    (["check", "two", "--format", "htlm"], "no format 'htlm'; did you mean html?"),
    (["check", "two", "--format", "pdf"], "known formats: text, json"),
    (["check", "two", "--fail-on", "possibly"], "'possible'"),
    (["check", "two", "--min-confidence", "2"], "not in the range"),
    (["check", "two", "-o", "page.pdf"], "which format? write page.pdf:FORMAT"),
    (["check", "two", "-o", "page.html:pdf"], "no format 'pdf'"),
    (["check", "two", "-o", "a.md", "-o", "./a.md"], "named twice"),
    (["check", "two", "-o", "two:md"], "two: is a folder"),
    (["check", "two", "-o", "-"], "to standard output goes what --format names"),
    (["check", "two", "--rules", "nowhere"], "nowhere: is not a folder of rules"),
    (["check", "two", "--config", "nowhere.toml"], "nowhere.toml: cannot be read"),
    (["claims", "two", "--format", "xml"], "'table', 'jsonl', 'csv'"),
    (["claims", "two", "--layer", "words"], "'quantities'"),
    (["compare", "one text"], "Missing argument"),
    (["compare", " ", "x"], "the first text is empty"),
    (["compare", "two/alpha.txt", "two/beta.txt"], "is a file; to compare files"),
    (["compare", "a", "b", "--date-b", "2024-2-1"], "the date of the second text is not a day"),
    (["compare", "a", "b", "--date-a", "2024-02-30"], "the date of the first text is not a day"),
    (["compare", "a", "b", "--date-a", "20240201"], "YYYY-MM-DD"),
    (["explain"], "Missing argument"),
    (["explain", "different-perio"], "did you mean 'different-period'?"),
    (["explain", "f1-00"], "to explain a finding, name its report"),
    (["explain", "f1-00", "two"], "no finding of this report has the id 'f1-00'; it has f1-"),
    (["explain", "f1-00", "--report", "two/alpha.txt"], "two/alpha.txt: is no report written with --format json"),
    (["explain", "f1-00", "--report", "nowhere.json"], "nowhere.json: cannot be read"),
    (["explain", "f1-00", "two", "--report", "r.json"], "either a report or its sources"),
    (["rules", "show", "equl"], "did you mean 'equal'?"),
    (["rules", "shw"], "No such command 'shw'"),
    (["completion", "csh"], "'bash', 'zsh', 'fish'"),
    (["config", "show", "--config", "nowhere.toml"], "cannot be read"),
]


@pytest.mark.parametrize(("args", "words"), WRONG, ids=[" ".join(w[0]).strip() for w in WRONG])
def test_a_mistake_is_told(run: Run, two: Path, args: list[str], words: str) -> None:
    outcome = run(*args)
    assert (outcome.status, outcome.out) == (2, "")
    assert words in outcome.err
    assert outcome.err.startswith("error: ")


def test_no_command_and_help_show_help(run: Run) -> None:
    bare, asked, word = run(), run("--help"), run("help")
    assert (bare.status, asked.status, word.status) == (2, 0, 0)
    assert asked.out == word.out
    assert bare.out == ""
    assert bare.err.startswith("Usage: consistency")


def test_version(run: Run) -> None:
    from consistency import __version__

    assert run("--version").out == f"consistency, version {__version__}\n"


def test_names_of_formats(run: Run, two: Path) -> None:
    assert run("check", two, "--format", "md").out == run("check", two, "--format", "MARKDOWN").out
    assert run("check", two, "--format", "md").out.startswith("# ")


def test_the_gate(run: Run, two: Path) -> None:
    assert run("check", two).status == 1
    assert run("check", two, "--fail-on", "NONE").status == 0
    assert run("check", two, "--min-confidence", "1").status == 0
    assert run("report", two, "--format", "json").status == 0
    assert run("check", two / "alpha.txt").status == 0
    (two / "empty.txt").touch()
    assert run("check", two).status == 2
    assert run("check", two, "--allow-skipped").status == 1


def test_compare(run: Run) -> None:
    outcome = run("compare", ALPHA, BETA, "--date-a", "2024-02-01", "--date-b", "2024-02-08")
    assert outcome.status == 0
    assert "1 contradiction was found" in outcome.out
    assert "published 1 Feb 2024" in outcome.out
    assert run("compare", ALPHA, BETA, "--format", "csv").out.startswith("id,")
    other = run("compare", GERMAN, BETA)
    assert other.status == 2
    assert "skipped first text: language not read: de" in other.err


def test_explain_a_finding(run: Run, two: Path) -> None:
    import json

    run("check", two, "-o", "report.json")
    finding = json.loads(Path("report.json").read_text())["findings"][0]
    told = run("explain", finding["id"], "--report", "report.json")
    assert told.status == 0
    assert finding["rule"] in told.out
    assert "HOW IT CAME ABOUT" in told.out
    assert "values      disjoint" in told.out
    assert run("explain", finding["id"][:9], two).out == told.out


def test_explain_and_show_a_rule(run: Run) -> None:
    told = run("explain", "different-period")
    assert told.out == run("rules", "show", "different-period").out
    assert "periods: apart" in told.out
    assert "Example 1 gives time-explained" in told.out


def test_rules_list_and_lint(run: Run) -> None:
    from consistency.judgement.catalogue import every_rule

    rows = every_rule()
    assert [line.split()[0] for line in run("rules", "list").out.splitlines()] == [r.id for r in rows]
    assert run("rules", "lint").status == 0


def test_a_rule_of_ones_own(run: Run, two: Path, tmp_path: Path) -> None:
    folder = tmp_path / "desk" / "relations"
    folder.mkdir(parents=True)
    row = (
        "- id: desk-norland\n  outcome: agreement\n  where: {topic: '*Norland*'}\n"
        "  when: {values: disjoint}\n  message: 'both: {a.value}, {b.value}'\n"
        "  because: Our desk knows of this.\n  override: true\n"
    )
    (folder / "own.yaml").write_text(row)
    assert run("check", two, "--rules", "desk").status == 0
    assert run("rules", "lint", "--rules", "desk").status == 1  # it has no examples
    Path("consistency.toml").write_text('rules = ["desk"]\n')
    assert run("check", two).status == 0
    assert run("rules", "list").out.startswith("desk-norland")


def test_the_examples_of_ones_own_rows_are_run_with_them_in_force(run: Run) -> None:
    folder = Path("desk/relations")
    folder.mkdir(parents=True)
    texts = "[{published: 2024-02-01, text: '" + ALPHA + "'}, {published: 2024-02-01, text: '" + BETA + "'}]"
    row = (
        "- id: desk-norland\n  outcome: possible-contradiction\n"
        "  when: {values: disjoint, periods: same}\n  message: 'both: {a.value}, {b.value}'\n"
        "  because: Our desk looks twice.\n  examples:\n"
        f"    - {{sources: {texts}, expect: [OUTCOME]}}\n"
    )
    (folder / "own.yaml").write_text(row.replace("OUTCOME", "possible-contradiction"))
    right = run("rules", "test", "--rules", "desk")
    assert (right.status, right.out) == (0, "")
    (folder / "own.yaml").write_text(row.replace("OUTCOME", "contradiction"))
    wrong = run("rules", "test", "--rules", "desk")
    assert wrong.status == 1
    assert "desk-norland, example 1: expected contradiction, found possible-contradiction" in wrong.out
    assert len(wrong.out.splitlines()) == 1  # examples of built-in rules are about those alone


def test_rules_that_have_no_effect_are_told(run: Run, two: Path) -> None:
    Path("desk/relation").mkdir(parents=True)
    assert "note: desk: not read: relation (read are relations, arithmetic" in run("check", two, "--rules", "desk").err
    Path("bare").mkdir()
    assert "note: bare: there are no rules in it" in run("rules", "lint", "--rules", "bare").err


def test_topics(run: Run, two: Path) -> None:
    plain, why = run("topics", "show", two), run("topics", "show", two, "--why")
    assert plain.status == why.status == 0
    assert "1 topics of more than one claim" in plain.out
    assert "link +" in why.out
    assert "prior" in why.out
    assert "prior" not in plain.out


def test_topics_that_would_claim_the_same(run: Run) -> None:
    sound = run("topics", "lint")
    assert (sound.status, sound.out) == (0, "")
    Path("desk/topics").mkdir(parents=True)
    for name in ("boats", "vessels"):
        text = f"id: {name}\ntitle: {name}\nkinds: [count]\nnouns: [boat]\nall_of: [River League]\nprofile: stock\n"
        Path(f"desk/topics/{name}.yaml").write_text(text)
    both = run("topics", "lint", "--rules", "desk")
    assert both.status == 1
    assert "boats" in both.out
    assert "vessels" in both.out
    assert "would claim the same claim" in both.out


@pytest.mark.parametrize("layer", ["claims", "quantities", "periods"])
@pytest.mark.parametrize("form", ["table", "jsonl", "csv"])
def test_claims_and_layers(run: Run, two: Path, layer: str, form: str) -> None:
    outcome = run("claims", two, "--layer", layer, "--format", form)
    assert outcome.status == 0
    assert "alpha.txt" in outcome.out
    assert "2023" in outcome.out or "29" in outcome.out


def test_trace(run: Run, two: Path) -> None:
    outcome = run("claims", two / "alpha.txt", "--trace")
    assert outcome.status == 0
    assert outcome.out.startswith("source ")
    for level in ("tokens", "classes", "quantities", "verbs", "claims"):
        assert f"\n  {level} " in outcome.out
    assert "leave out --format" in run("claims", two, "--trace", "--format", "csv").err
    assert run("claims", two, "--trace", "--layer", "periods").status == 2


def test_config_show(run: Run) -> None:
    assert 'fail_on = "contradiction"' in run("config", "show").out
    Path("consistency.toml").write_text('\nfail_on = "none"\n')
    assert "consistency.toml:2" in run("config", "show").out


def test_what_is_no_number_is_no_share(run: Run, two: Path) -> None:
    outcome = run("check", two, "--min-confidence", "nan")
    assert outcome.status == 2
    assert "'--min-confidence': 'nan' is no number" in outcome.err


def test_files_that_the_settings_name_are_told_with_their_line(run: Run, two: Path) -> None:
    for line, told in (
        ('rules = ["tow"]', "is not a folder of rules; did you mean"),
        ('rates = "rates.csv"', "no file"),
    ):
        Path("consistency.toml").write_text(f'fail_on = "none"\n{line}\n')
        outcome = run("check", two)
        assert outcome.status == 2
        assert f"consistency.toml:2: {line.split()[0]}: " in outcome.err
        assert told in outcome.err
