"""Runs commands in this process, through the same entry point as the installed script."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from cli_texts import ALPHA, BETA, Outcome, Run

from consistency.cli import main


@pytest.fixture
def run(capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """`run("check", "a.txt", input=b"…")` in an empty folder; what is left of output and errors."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CONSISTENCY_DEBUG", raising=False)

    def call(*args: str | Path, input: bytes = b"") -> Outcome:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(input)))
        with pytest.raises(SystemExit) as ended:
            main([str(a) for a in args])
        out, err = capfdbinary.readouterr()
        assert b"Traceback" not in err
        assert isinstance(ended.value.code, int)
        return Outcome(ended.value.code, out.decode("utf-8"), err.decode("utf-8", "replace"))

    return call


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """A folder of two sources that contradict each other."""
    folder = tmp_path / "two"
    folder.mkdir()
    (folder / "alpha.txt").write_text(f"date 2024-02-01 {ALPHA}\n")
    (folder / "beta.txt").write_text(f"date 2024-02-08 {BETA}\n")
    return folder
