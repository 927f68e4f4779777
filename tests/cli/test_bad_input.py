"""Bad sources, settings and rules: file and line are named, the others are processed, and the status says so."""

import json
from pathlib import Path

import pytest
from cli_texts import ALPHA, BETA, GERMAN, Run

BAD = [
    ("empty.txt", b"", "empty.txt: is empty"),
    ("noise.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "noise.txt: is a binary file"),
    ("rot.txt", b"One line.\nThen \xff\xfe\xfd.\n", "rot.txt:2: not UTF-8"),
    ("broken.pdf", b"%PDF-1.4 junk", "broken.pdf: is a broken PDF"),
    ("broken.docx", b"junk", "broken.docx: is a broken Word file"),
    ("broken.json", b'{"text": "a",}', "broken.json:1: is not valid JSON"),
    ("lines.jsonl", b'{"text": "It is read."}\n{"text": \n', "lines.jsonl:2: is not valid JSON"),
    ("twice.jsonl", b'{"id": "x", "text": "One."}\n{"id": "x", "text": "Two."}\n', "twice.jsonl:2: the id 'x'"),
]


@pytest.mark.parametrize(("name", "content", "words"), BAD, ids=[b[0] for b in BAD])
def test_the_others_are_processed(run: Run, two: Path, name: str, content: bytes, words: str) -> None:
    (two / name).write_bytes(content)
    outcome = run("check", two, "--format", "json")
    report = json.loads(outcome.out)
    assert outcome.status == 2
    assert f"skipped {two}/{words}" in outcome.err
    assert [f["outcome"] for f in report["findings"]] == ["contradiction"]
    assert len(report["coverage"]["skipped"]) == 1
    assert run("check", two, "--format", "json", "--allow-skipped").status == 1


@pytest.mark.parametrize("form", ["text", "markdown", "html", "json"])
def test_the_report_lists_what_was_skipped(run: Run, two: Path, form: str) -> None:
    (two / "empty.txt").touch()
    assert "is empty" in " ".join(run("report", two, "--format", form).out.split())  # the text is wrapped


@pytest.mark.parametrize("command", ["check", "report", "claims", "topics show"])
def test_every_command_ends_with_2(run: Run, two: Path, command: str) -> None:
    (two / "empty.txt").touch()
    assert run(*command.split(), two).status == 2
    assert run(*command.split(), "nowhere").status == 2
    assert run(*command.split()).status == 2


def test_nothing_to_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "bare").mkdir()
    for place in ("bare", "nowhere.txt"):
        outcome = run("report", place)
        assert (outcome.status, outcome.out) == (2, "")
        assert "no source could be read" in outcome.err
    asked = run("report", "bare", "--format", "json")
    assert asked.status == 2
    assert json.loads(asked.out)["coverage"]["skipped"][0]["source"] == "bare"


def test_what_is_not_for_us_counts_only_when_named(run: Run, two: Path) -> None:
    (two / "hafen.txt").write_text(GERMAN)
    (two / "table.csv").write_text("a,b\n")
    found = run("report", two, "--format", "json")
    assert found.status == 0
    assert "hafen.txt: language not read: de" in found.err
    assert {s["reason"] for s in json.loads(found.out)["coverage"]["skipped"]} == {
        "is of a type that is not read (.csv)",
        "language not read: de",
    }
    assert run("report", two, two / "hafen.txt").status == 0  # found already with its folder
    assert run("report", two / "hafen.txt", two).status == 2
    assert run("report", "-", input=GERMAN.encode()).status == 2


def test_a_text_given_twice_costs_nothing(run: Run, two: Path) -> None:
    line = json.dumps({"id": "x", "text": ALPHA})
    (two / "lines.jsonl").write_text(f"{line}\n{line}\n")
    outcome = run("report", two)
    assert outcome.status == 0
    assert "lines.jsonl:2: the id 'x' is already that of" in outcome.err


def test_a_future_date(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    rows = [{"text": ALPHA, "published": "2023-11-14"}, {"text": BETA, "published": "2023-11-15"}]
    Path("two.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    outcome = run("report", "two.jsonl", "--format", "json")
    assert outcome.status == 0
    assert outcome.err == "note: two.jsonl:2: published 2023-11-15, which is in the future\n"
    assert [s["published"] for s in json.loads(outcome.out)["sources"]] == ["2023-11-14", "2023-11-15"]


def test_standard_input(run: Run, two: Path) -> None:
    outcome = run("check", "-", two / "beta.txt", "--format", "json", input=ALPHA.encode())
    assert outcome.status == 1
    assert [s["id"] for s in json.loads(outcome.out)["sources"]] == ["-", str(two / "beta.txt")]
    assert "skipped -: is empty" in run("check", "-").err


def test_a_folder_called_like_a_file_and_odd_names(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "a b.txt"
    folder.mkdir()
    (folder / "ünï \u202e code.txt").write_text(ALPHA)
    outcome = run("check", folder)
    assert outcome.status == 0
    assert "\u202e" not in outcome.out + outcome.err


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("- id: own\n  outcome: contradicton\n  because: x\n", "own.yaml:1: row own: outcome must be one of"),
        ("- id: own\n  when: {a: [}\n", "own.yaml:2: "),
        ("id: own\n", "own.yaml:1: must be a list"),
        ("- &a {id: own}\n- *a\n", "own.yaml:2: aliases"),
        ("- id: own\n  outcome: agreement\n  becuase: x\n", "own.yaml:1: row own"),
    ],
)
def test_a_broken_rule(run: Run, two: Path, tmp_path: Path, text: str, words: str) -> None:
    folder = tmp_path / "desk" / "relations"
    folder.mkdir(parents=True)
    (folder / "own.yaml").write_text(text)
    for args in (["check", two], ["compare", ALPHA, BETA], ["rules", "list"], ["rules", "lint"], ["explain", "x"]):
        outcome = run(*args, "--rules", "desk")
        assert (outcome.status, outcome.out) == (2, "")
        assert words in outcome.err


def test_a_broken_setting(run: Run, two: Path) -> None:
    Path("consistency.toml").write_text('\nfail_on = "posible"\n')
    for args in (
        ["check", two],
        ["claims", two],
        ["topics", "show", two],
        ["topics", "lint"],
        ["compare", ALPHA, BETA],
        ["config", "show"],
    ):
        outcome = run(*args)
        assert outcome.status == 2
        assert "consistency.toml:2: fail_on: 'posible' is none of" in outcome.err
        assert "did you mean 'possible'?" in outcome.err
