"""Every command of docs/baseline.md runs, in order, and ends as the page says; its settings and its files are read."""

import re
import shlex
from pathlib import Path

from cli_texts import Run, article

from consistency.config import load_config

PAGE = (Path(__file__).parents[2] / "docs" / "baseline.md").read_text(encoding="utf-8")


def blocks(kind: str) -> list[str]:
    return re.findall(rf"^```{kind}\n(.*?)^```", PAGE, re.S | re.M)


def test_the_commands(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    article(folder, "Alpha", "Norland", 29)
    article(folder, "Beta", "Norland", 34)
    lines = [line for block in blocks("sh") for line in block.splitlines()]
    assert len(lines) == 8
    for number, line in enumerate(lines):
        if number == 2:  # "What is new"
            article(folder, "Alpha", "Sudland", 11)
            article(folder, "Beta", "Sudland", 19)
        name, *args = shlex.split(line, comments=True)
        outcome = run(*args)
        assert (name, outcome.status) == ("consistency", 1 if "# exit 1" in line else 0), (line, outcome.err)
    assert Path("consistency-baseline.json").read_text().count('"reason": "Beta was asked"') == 1


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
