"""`suppressions.yaml`: what each entry is about, when it runs out, and what is said of a broken file."""

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from gate_texts import ALPHA, BETA, GAMMA, TODAY, accept, config, failing, paper

from consistency import check
from consistency.config import Config
from consistency.errors import ConfigError
from consistency.gate import Gate
from consistency.model import Report

SOURCES = [ALPHA, BETA, paper("Alpha", 11, "Sudland"), paper("Beta", 19, "Sudland")]
Suppressed = Callable[..., Report]


@pytest.fixture
def suppressed(tmp_path: Path) -> Suppressed:
    """The report on SOURCES with these entries."""

    def run(text: str, today: str = TODAY, sources: list[dict[str, str]] = SOURCES) -> Report:
        path = tmp_path / "suppressions.yaml"
        path.write_text(text)
        return check(sources, Config(suppressions=str(path)), today)

    return run


@pytest.mark.parametrize(
    ("entry", "left"),
    [
        ("topic: 'Norland: export'", ["Sudland"]),
        ("topic: norland*", ["Sudland"]),
        ("topic: '*: export'", []),
        ("source: Alpha-Norland-2024-02-01", ["Sudland"]),
        ("source: '*-sudland-*'", ["Norland"]),
        ("rule: same-period-differs\n  source: '*Sudland*'", ["Norland"]),
        ("rule: equal\n  source: '*Sudland*'", ["Norland", "Sudland"]),
        ("topic: Norland*\n  source: '*Sudland*'", ["Norland", "Sudland"]),
        ("topic: Ostland*", ["Norland", "Sudland"]),
    ],
)
def test_what_an_entry_is_about(suppressed: Suppressed, entry: str, left: list[str]) -> None:
    report = suppressed(f"- {entry}\n  reason: The series is being revised.\n")
    assert sorted(f.message.split(":")[0] for f in failing(report)) == left
    assert len(report.accepted) == 2 - len(left)
    assert {(a.by, a.reason) for a in report.accepted} <= {("suppression", "The series is being revised.")}
    assert [s.endswith("meets no finding") for s in report.unused] == ([True] if len(left) == 2 else [])


def test_one_finding_whatever_joins_it(suppressed: Suppressed) -> None:
    (finding,) = check([ALPHA, BETA]).findings
    text = f"# by hand\n- finding: {finding.id}\n  reason: told\n  author: M. Lind\n"
    (one,) = suppressed(text, sources=[ALPHA, BETA, GAMMA]).accepted
    assert (one.finding, one.author) == (finding.id, "M. Lind")
    assert one.place is not None
    assert one.place.endswith("suppressions.yaml:2")
    near = finding.id[:-1] + ("0" if finding.id[-1] != "0" else "1")
    (told,) = suppressed(f"- finding: {near}\n  reason: told\n", sources=[ALPHA, BETA]).unused
    assert told.endswith(f"the suppression of finding {near} meets no finding; did you mean '{finding.id}'?")


def test_a_path_names_a_source(tmp_path: Path, suppressed: Suppressed) -> None:
    for name, source in (("a.txt", ALPHA), ("b.txt", BETA)):
        (tmp_path / name).write_text(source["text"])
    path = tmp_path / "s.yaml"
    path.write_text(f"- source: {tmp_path}/a.*\n  reason: told\n")
    assert len(check([tmp_path / "a.txt", tmp_path / "b.txt"], Config(suppressions=str(path))).accepted) == 1


def test_it_runs_out(suppressed: Suppressed) -> None:
    text = (
        "- topic: Norland*\n  reason: r\n  expires: 2024-06-30\n- topic: Ostland*\n  reason: r\n  expires: 2024-06-30\n"
    )
    during, after = suppressed(text, "2024-06-30"), suppressed(text, "2024-07-01")
    assert [len(failing(r)) for r in (during, after)] == [1, 2]
    assert [s.partition(": ")[2] for s in during.unused] == ["the suppression of topic Ostland* meets no finding"]
    assert [s.partition(": ")[2] for s in after.unused] == [
        "the suppression of topic Norland* ran out on 2024-06-30: its finding counts again",
        "the suppression of topic Ostland* ran out on 2024-06-30 and meets no finding",
    ]


def test_the_baseline_goes_first_and_both_are_met(tmp_path: Path) -> None:
    hand = tmp_path / "s.yaml"
    hand.write_text("- topic: Norland*\n  reason: by hand\n")
    settings = msgspec.structs.replace(config(accept(tmp_path / "b.json", ALPHA, BETA)), suppressions=str(hand))
    report = check([ALPHA, BETA], settings, TODAY)
    assert ([a.by for a in report.accepted], report.unused) == (["baseline"], ())
    gate = Gate(msgspec.structs.replace(settings, strict_baseline=True))
    assert gate.fails(gate.apply(check([ALPHA])))


def test_agreements_are_not_accepted_by_anybody(suppressed: Suppressed) -> None:
    report = suppressed("- topic: Norland*\n  reason: r\n", sources=[BETA, GAMMA])
    assert [f.outcome for f in report.findings] == ["agreement"]
    assert report.accepted == ()
    assert len(report.unused) == 1


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "[]", "---\n"])
def test_an_empty_file_suppresses_nothing(suppressed: Suppressed, text: str) -> None:
    report = suppressed(text)
    assert (len(failing(report)), report.accepted, report.unused) == (2, (), ())


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("topic: x\nreason: y\n", 1, "must be a list of entries"),
        ("- topic: x\n", 1, "entry 1: give a reason"),
        ("- topic: x\n  reason: r\n- topic: x\n  reason: ' '\n", 4, "entry 2: give a reason"),
        ("- topic: x\n  reason: r\n  expiry: 2024-01-01\n", 3, "unknown key 'expiry'; did you mean 'expires'?"),
        ("- topic: x\n  reason: r\n  expires: 2024-13-01\n", 3, "'2024-13-01' is no day of the form YYYY-MM-DD"),
        ("- topic: x\n  reason: r\n  expires: 2024\n", 3, "expires: expected `str"),
        ("- topic: [x]\n  reason: r\n", 1, "topic: expected `str"),
        ("- rule: same-period-difers\n  source: a\n  reason: r\n", 1, "did you mean 'same-period-differs'?"),
        ("- reason: r\n  rule: equal\n", 2, "a rule alone cannot be suppressed; under [severity.rules]"),
        ("- reason: r\n", 1, "it names nothing; give a finding, a topic or a source"),
        ("- reason: r\n  source: '**'\n", 2, "would suppress everything"),
        ("- reason: r\n  topic: ''\n", 2, "would suppress everything"),
        ("- 3\n", 1, "entry 1 must be a mapping"),
        ("- topic: x\n  topic: y\n  reason: r\n", 2, "stands here twice"),
        ("- &a {topic: x, reason: r}\n- *a\n", 2, "aliases"),
        ("- topic: [\n", 2, ""),
        ("- !!python/object/apply:os.system ['true']\n", 1, "could not determine a constructor"),
        ("a\n<<<<<<< HEAD\n", 2, "marks of a merge"),
    ],
)
def test_mistakes(tmp_path: Path, text: str, line: int, words: str) -> None:
    path = tmp_path / "suppressions.yaml"
    path.write_text(text)
    with pytest.raises(ConfigError) as caught:
        check([ALPHA], Config(suppressions=str(path)))
    assert words in caught.value.message
    assert caught.value.line == line
    assert str(caught.value.source).endswith("suppressions.yaml")


def test_a_hostile_file(tmp_path: Path) -> None:
    path = tmp_path / "s.yaml"
    for text, words in (("[" * 300_000, "nesting"), ("- " * 100_000, "nesting"), ("#" * 1_000_001, "is larger than")):
        path.write_text(text)
        with pytest.raises(ConfigError, match=words):
            check([ALPHA], Config(suppressions=str(path)))
    path.write_text("- source: '" + "*a" * 5_000 + "b'\n  reason: r\n")
    assert len(check([ALPHA, BETA], Config(suppressions=str(path))).unused) == 1


def test_no_file(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="there is no such file"):
        check([ALPHA], Config(suppressions=str(tmp_path / "s.yaml")))
