"""The settings, the suppressions and the Python of docs/baseline.md are read; tests/docs runs its commands."""

import re
from pathlib import Path

from cli_texts import Run, article

from consistency.config import load_config

PAGE = (Path(__file__).parents[2] / "docs" / "baseline.md").read_text(encoding="utf-8")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", PAGE, re.S | re.M)


def test_the_settings_and_the_suppressions(run: Run, tmp_path: Path) -> None:
    (settings,), (hand,), (python,) = blocks("toml"), blocks("yaml"), blocks("python")
    Path("consistency.toml").write_text(settings)
    Path("suppressions.yaml").write_text(hand)
    article(tmp_path / "articles", "Alpha", "Sudland", 11)
    article(tmp_path / "articles", "Beta", "Sudland", 19)
    outcome = run("check", "articles")
    assert outcome.status == 1
    assert outcome.err.count("meets no finding") == 3
    assert load_config(tmp_path).severity.topics["Norland: *"] == "error"
    run("baseline", "write", "articles")
    named: dict[str, object] = {}
    exec(python, named)
    assert len(named["accepted"]) == 1  # type: ignore[arg-type]
