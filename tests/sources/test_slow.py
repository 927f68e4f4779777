"""A source that takes too long is given up and listed; the others go on."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from consistency import check
from consistency.config import Config, Limits
from consistency.model import Report
from tests.hostile import bombs

pytestmark = pytest.mark.usefixtures("nobody_watches_the_collector")
GOOD = "The Harbour Treaty has 31 members."
OTHER = "According to its secretariat, the Harbour Treaty has 36 members."
HOSTILE = " ".join(
    f"On {n % 28 + 1} May 2020, {n} of {n + 7} ships carried 3.{n} tonnes to town {n}." for n in range(9000)
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(f"Published: 2024-05-20\n\n{GOOD}")
    (tmp_path / "z.txt").write_text(f"Published: 2024-05-20\n\n{OTHER}")
    return tmp_path


def told(report: Report, name: str | tuple[str, ...]) -> None:
    """The slow one, and it alone, is listed; the others are compared."""
    assert [f.outcome for f in report.findings] == ["contradiction"]
    (skipped,) = report.coverage.skipped
    assert skipped.source.endswith(name)
    assert not skipped.minor
    assert skipped.reason.endswith("took longer than 1 seconds (limits.seconds)")


CONFIG = Config(cache=False, limits=Limits(seconds=1.0))


def test_a_text_whose_claims_take_too_long(folder: Path) -> None:
    (folder / "m.txt").write_text(f"Published: 2024-05-20\n\n{HOSTILE}")
    report = check([folder], CONFIG)
    told(report, "m.txt")


def test_a_file_that_takes_too_long_to_read(folder: Path) -> None:
    one = b"<w:p><w:r><w:t>The ship left.</w:t></w:r></w:p>"
    (folder / "m.docx").write_bytes(bombs.word_file(one * 50_000))  # small, and its reader is busy with it for minutes
    report = check([folder], CONFIG)
    told(report, "m.docx")
    assert "claims" not in report.coverage.skipped[0].reason


def test_a_known_source_that_takes_too_long(folder: Path, tmp_path: Path) -> None:
    """It is listed each time, and what is kept does not hide it."""
    known = folder / "known"
    known.mkdir()
    (folder / "z.txt").rename(known / "z.txt")
    (known / "m.txt").write_text(f"Published: 2024-05-20\n\n{HOSTILE}")
    config = msgspec.structs.replace(CONFIG, cache=str(tmp_path / "cache"))
    for _ in range(2):
        told(check([folder / "a.txt"], config, against=[known]), "m.txt")
    (known / "m.txt").write_text("Ana Lind, 44, is mayor of Arvika.")
    assert not check([folder / "a.txt"], config, against=[known]).coverage.skipped


def test_a_new_source_that_takes_too_long(folder: Path) -> None:
    (folder / "new").mkdir()
    (folder / "new/m.txt").write_text(f"Published: 2024-05-20\n\n{HOSTILE}")
    report = check([folder / "new", folder / "a.txt"], CONFIG, against=[folder / "z.txt"])
    told(report, "m.txt")


def test_one_slow_line_of_a_file_costs_the_others_nothing(folder: Path) -> None:
    lines = [{"id": "slow", "text": HOSTILE}, {"id": "quick", "text": "Ana Lind, 44, is mayor of Arvika."}]
    (folder / "m.jsonl").write_bytes(b"\n".join(msgspec.json.encode(line) for line in lines))
    report = check([folder], CONFIG)
    told(report, ("slow", "m.jsonl"))
    assert "quick" in {s.id for s in report.sources}
