"""The baseline: what an entry accepts, when it does not any more, and what is said of a broken file."""

from pathlib import Path

import msgspec
import pytest
from gate_texts import ALPHA, BETA, DELTA, GAMMA, TODAY, accept, config, failing, outcomes, paper

from consistency import check
from consistency.errors import ConfigError, UsageError
from consistency.gate import Gate
from consistency.gate.baseline import SCHEMA, Accepted, Baseline, read, to_text
from consistency.gate.day import today
from consistency.gate.rewriting import accepted, idle, joined, updated
from consistency.gate.sight import covers


def sides(*texts: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(text.split()) for text in texts)


@pytest.mark.parametrize(
    ("whole", "part", "fits"),
    [
        (("a", "b"), ("a", "b"), True),
        (("a", "b"), ("b", "a"), True),
        (("a c", "b"), ("a", "b"), True),
        (("a", "b"), ("a c", "b"), False),
        (("a", "b"), ("a", "c"), False),
        (("a b", "c"), ("a", "b"), False),  # both on one side: that they differ was never accepted
        (("a b",), ("a",), True),
        (("a", "b"), ("a",), False),
        (("a",), ("a", "b"), False),
    ],
)
def test_what_covers_what(whole: tuple[str, ...], part: tuple[str, ...], fits: bool) -> None:
    assert covers(sides(*whole), sides(*part)) is fits


@pytest.mark.parametrize(
    ("entry", "outcome", "fits"),
    [
        ("contradiction", "contradiction", True),
        ("contradiction", "possible-contradiction", True),
        ("contradiction", "time-explained", True),
        ("possible-contradiction", "contradiction", False),
        ("time-explained", "possible-contradiction", False),
        ("possible-contradiction", "possible-contradiction", True),
    ],
)
def test_a_worse_outcome_is_new(entry: str, outcome: str, fits: bool) -> None:
    one = Accepted(finding="f1-0", outcome=entry, sides=(("a",), ("b",)))
    assert one.accepts(sides("b", "a"), outcome) is fits
    assert Baseline([one]).accepting(sides("b", "a"), outcome) == ([0] if fits else [])


def test_what_was_accepted_passes_and_is_told(tmp_path: Path) -> None:
    path = accept(tmp_path / "b.json", ALPHA, BETA, reason="known", author="M. Lind", expires="2024-12-31")
    report = check([BETA, ALPHA], config(path), TODAY)
    assert outcomes(report) == ["contradiction"]
    (one,) = report.accepted
    assert (one.finding, one.by, one.reason, one.author) == (report.findings[0].id, "baseline", "known", "M. Lind")
    assert (one.date, one.expires) == (TODAY, "2024-12-31")
    assert one.place is not None
    assert one.place.endswith("b.json:5")
    assert path.read_text().splitlines()[4].strip().startswith('"finding"')
    assert (failing(report), report.unused) == ([], ())


@pytest.mark.parametrize("more", [GAMMA, DELTA], ids=["one side", "other side"])
def test_a_further_claim_on_a_side_is_new(tmp_path: Path, more: dict[str, str]) -> None:
    path = accept(tmp_path / "b.json", ALPHA, BETA)
    report = check([ALPHA, BETA, more], config(path), TODAY)
    (finding,) = failing(report)
    assert any(more["id"] in i for i in finding.claims)
    assert report.accepted == ()
    assert ["as it stood: there is a further claim or a worse outcome" in s for s in report.unused] == [True]
    assert failing(check([ALPHA, BETA], config(path), TODAY)) == []


def test_fewer_claims_stay_accepted(tmp_path: Path) -> None:
    path = accept(tmp_path / "b.json", ALPHA, BETA, GAMMA, DELTA)
    for some in ([ALPHA, BETA], [GAMMA, DELTA], [ALPHA, GAMMA, DELTA]):
        report = check(some, config(path), TODAY)
        assert (len(report.accepted), failing(report), report.unused) == (1, [], ())


def test_another_finding_is_new_and_an_entry_without_one_is_told(tmp_path: Path) -> None:
    path = accept(tmp_path / "b.json", ALPHA, BETA)
    report = check([paper("Alpha", 11, "Sudland"), paper("Beta", 19, "Sudland")], config(path), TODAY)
    assert len(failing(report)) == 1
    assert ["meets no finding" in s for s in report.unused] == [True]
    gate = Gate(config(path, strict_baseline=True), TODAY)
    assert gate.fails(gate.apply(check([ALPHA])))
    assert not gate.fails(gate.apply(check([ALPHA, BETA])))
    assert gate.apply(check([ALPHA]), partial=True).unused == ()


def test_an_entry_runs_out_after_its_last_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = accept(tmp_path / "b.json", ALPHA, BETA, expires="2024-09-30")
    assert failing(check([ALPHA, BETA], config(path), "2024-09-30")) == []
    report = check([ALPHA, BETA], config(path), "2024-10-01")
    assert len(failing(report)) == 1
    assert ["ran out on 2024-09-30: its finding counts again" in s for s in report.unused] == [True]
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1727740800")  # 1 Oct 2024
    assert len(failing(check([ALPHA, BETA], config(path)))) == 1
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1727740799")
    assert failing(check([ALPHA, BETA], config(path))) == []


def test_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")
    assert (today(), today("2024-02-29")) == ("1970-01-01", "2024-02-29")
    for wrong in ("2023-02-29", "2024-2-1", "20240201", "tomorrow", "２０２４-01-01"):
        with pytest.raises(UsageError, match="is no day"):
            today(wrong)
    for wrong in ("soon", "-1", "99999999999999999999", "٣"):
        monkeypatch.setenv("SOURCE_DATE_EPOCH", wrong)
        with pytest.raises(UsageError, match="no number of seconds"):
            today()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "")
    assert len(today()) == 10


def test_no_day_is_asked_for_where_nothing_runs_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = accept(tmp_path / "b.json", ALPHA, BETA)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    assert len(check([ALPHA, BETA], config(path)).accepted) == 1


def test_moved_renamed_and_edited_around_it_stays_accepted(tmp_path: Path) -> None:
    for name, source in (("a.txt", ALPHA), ("b.txt", BETA)):
        text = f"---\npublisher: {source['publisher']}\ndate: {source['published']}\n---\n\n{source['text']}\n"
        (tmp_path / name).write_text(text)
    before = check([tmp_path / "a.txt", tmp_path / "b.txt"])
    path = tmp_path / "base.json"
    path.write_text(to_text(accepted(failing(before), before, TODAY)))
    folder = tmp_path / "archive" / "2024"
    folder.mkdir(parents=True)
    edited = (tmp_path / "a.txt").read_text().replace("---\n\n", "---\n\nThe harbour was busy.\n\nSo was the fair.\n\n")
    (folder / "Renamed.md").write_text(edited + "\nThe mayor spoke of 12 new cranes.\n", newline="\r\n")
    (folder / "b.txt").write_text((tmp_path / "b.txt").read_text().replace("were", " were\xa0"))
    after = check([folder], config(path), TODAY)
    assert outcomes(after)[:1] == ["contradiction"]
    assert (len(after.accepted), failing(after), after.unused) == (1, [], ())
    assert {s.path for s in after.sources}.isdisjoint({s.path for s in before.sources})


def test_the_same_claims_under_another_id_are_met_by_the_better_entry(tmp_path: Path) -> None:
    path = accept(tmp_path / "b.json", ALPHA, BETA, reason="by content")
    entry = read(str(path)).entries[0]
    own = msgspec.structs.replace(entry, reason="by id")
    path.write_text(to_text([msgspec.structs.replace(entry, finding="f1-000000000000"), own]))
    assert [a.reason for a in check([ALPHA, BETA], config(path), TODAY).accepted] == ["by id"]


# ------------------------------------------------------------------------------------------------------ rewriting
def test_update_narrows_and_never_widens(tmp_path: Path) -> None:
    path = accept(tmp_path / "b.json", ALPHA, BETA, GAMMA, DELTA, reason="known", author="M. Lind")
    old = read(str(path)).entries[0]
    (new,) = updated(Gate(config(path), TODAY), check([ALPHA, BETA, DELTA]))
    assert [sorted(map(len, e.sides)) for e in (old, new)] == [[2, 2], [1, 2]]
    assert (new.reason, new.author, new.date) == ("known", "M. Lind", TODAY)
    assert updated(Gate(config(path), TODAY), check([ALPHA])) == [old]
    worse = msgspec.structs.replace(old, outcome="time-explained")
    path.write_text(to_text([worse]))
    assert updated(Gate(config(path), TODAY), check([ALPHA, BETA])) == [worse]


def test_a_new_entry_replaces_what_it_holds() -> None:
    old = Accepted(finding="f1-0", outcome="contradiction", sides=(("a",), ("b",)))
    other = Accepted(finding="f1-1", outcome="contradiction", sides=(("a",), ("c",)))
    new = Accepted(finding="f1-0", outcome="contradiction", sides=(("a", "d"), ("b",)))
    milder = msgspec.structs.replace(new, outcome="possible-contradiction")
    assert joined([old, other], [new]) == ([other, new], [old])
    assert joined([old, other], [milder]) == ([old, other, milder], [])


def test_idle_entries(tmp_path: Path) -> None:
    path = accept(tmp_path / "b.json", ALPHA, BETA, expires="2024-09-30")
    report = check([ALPHA, BETA])
    assert idle(Gate(config(path), "2024-09-30"), report) == []
    assert len(idle(Gate(config(path), "2024-10-01"), report)) == 1
    assert len(idle(Gate(config(path), "2024-09-30"), check([ALPHA]))) == 1


# ------------------------------------------------------------------------------------------------------ the file
def test_the_file_is_plain_and_shows_a_claim_a_line() -> None:
    one = Accepted(
        finding="f1-1",
        message="“5” ≠ 6\u202e\x1b",
        outcome="contradiction",
        sides=(("b", "a"), ("c",)),
        date="2024-01-01",
    )
    text = to_text([one])
    assert text == (
        '{\n  "schema": "consistency-baseline/1",\n  "accepted": [\n    {\n      "finding": "f1-1",\n'
        '      "message": "“5” ≠ 6\\u202e\\u001b",\n      "outcome": "contradiction",\n      "sides": [\n'
        '        ["a",\n         "b"],\n        ["c"]\n      ],\n      "date": "2024-01-01"\n    }\n  ]\n}\n'
    )
    assert to_text([one, one]) == text
    assert to_text([]) == '{\n  "schema": "consistency-baseline/1",\n  "accepted": []\n}\n'


ENTRY = '{"finding": "f1-1",\n"outcome": "contradiction",\n"sides": [["a"], ["b"]]'


def file(entries: str, more: str = "") -> str:
    """A baseline whose entries begin on line 2."""
    return f'{{"schema": "{SCHEMA}", "accepted": [\n{entries}]{more}}}'


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", 1, "is not valid JSON"),
        ("[]", None, "is no baseline"),
        ('{"accepted": []}', None, "is no baseline"),
        (file("").replace("/1", "/9"), None, f"'consistency-baseline/9'; this program reads {SCHEMA}"),
        (f'{{"schema": "{SCHEMA}",\n"acepted": []}}', 2, "unknown key 'acepted'; did you mean 'accepted'?"),
        (f'{{"schema": "{SCHEMA}",\n"accepted": {{}}}}', 2, "must be a list"),
        (f'{{"schema": "{SCHEMA}"}}', None, "must be a list"),
        (file("3"), 2, "entry 1 must be a mapping"),
        (file(ENTRY + ',\n"resaon": "x"}'), 5, "entry 1: unknown key 'resaon'; did you mean 'reason'?"),
        (file(ENTRY + ',\n"reason": 5}'), 5, "entry 1: reason: expected `str"),
        (file(ENTRY + ',\n"expires": "soon"}'), 5, "entry 1: expires: 'soon' is no day"),
        (file(ENTRY + '},\n{"finding": "f1-2", "outcome": "agreement"}'), 5, "entry 2: sides is missing"),
        (file(ENTRY.replace("tion", "ton") + "}"), 3, "is no outcome; did you mean 'contradiction'?"),
        (file(ENTRY.replace('["a"]', "[]") + "}"), 4, "one or two lists"),
        (file(ENTRY.replace('"a"', '""') + "}"), 4, "one or two lists"),
        (file(ENTRY + ', "sides": [["a"], ["b"], ["c"]]}'), 4, "one or two lists"),
        (file(ENTRY + "}\n<<<<<<< HEAD\n"), 5, "marks of a merge"),
        (file(ENTRY + "}}"), 4, "is not valid JSON"),
        ("[" * 100_000, None, "is not valid JSON"),
        ("\ud800", 1, "is not valid JSON"),
    ],
)
def test_a_broken_file_is_told_with_its_line(tmp_path: Path, text: str, line: int | None, words: str) -> None:
    path = tmp_path / "b.json"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(ConfigError) as caught:
        read(str(path))
    assert words in caught.value.message
    assert caught.value.line == line
    assert caught.value.exit_status == 2
    with pytest.raises(ConfigError):
        check([ALPHA], config(path))


def test_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(
        ConfigError, match=r"b.json: there is no such file; `consistency baseline write PATHS -o b.json`"
    ):
        read("b.json")
    (tmp_path / "base.json").touch()
    with pytest.raises(ConfigError, match=r"bsae.json: there is no such file; did you mean 'base.json'\?"):
        read(str(tmp_path / "bsae.json"))
    with pytest.raises(ConfigError, match="is not a file"):
        read(str(tmp_path))
