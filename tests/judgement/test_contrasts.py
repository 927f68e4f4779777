"""The table of words that tell two numbers apart, and what is wrong with one."""

from __future__ import annotations

from pathlib import Path

import pytest

from consistency.config import Config
from consistency.errors import RuleError
from consistency.judgement.contrast_table import read
from consistency.judgement.lint import lint
from consistency.model import Source
from consistency.pipeline import check
from consistency.rulebook import Rulebook

PAIR = (
    Source(id="a", text="In 1979 the Arvath Metro had 42 stations on three lines."),
    Source(id="b", text="In 1979 the Arvath Metro had 29 tiled stations on three lines."),
)


def outcomes(rules: tuple[str, ...] = ()) -> set[str]:
    return {f.outcome for f in check(PAIR, Config(cache=False, rules=rules)).findings}


def write(folder: Path, text: str) -> tuple[str, ...]:
    (folder / "judgement").mkdir()
    (folder / "judgement/contrasts.yaml").write_text(text, encoding="utf-8")
    return (str(folder),)


def test_a_word_that_only_one_has_leaves_it_possible() -> None:
    assert "possible-contradiction" in outcomes()
    assert "contradiction" not in outcomes()


def test_a_broken_table_is_found_by_lint(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="no table of contrasts"):
        lint(Rulebook(write(tmp_path, "asides: [tiled]\n")))


def test_own_words_tell_a_part(tmp_path: Path) -> None:
    found = outcomes(write(tmp_path, "parts: [tiled]\n"))
    assert "scope-explained" in found
    assert not found & {"contradiction", "possible-contradiction"}


def test_a_word_that_tells_nothing_is_passed_over(tmp_path: Path) -> None:
    assert "contradiction" in outcomes(write(tmp_path, "idle: [tiled]\n"))


@pytest.mark.parametrize(
    "text",
    ["parts: tiled\n", "apart: [[a, b]]\n", "parts: ['']\n", "opposed: [[before, after, amid]]\n", "apart_: []\n"],
)
def test_a_broken_table_is_told(text: str, tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=r"judgement/contrasts\.yaml"):
        outcomes(write(tmp_path, text))


def test_opposed_words_are_so_both_ways() -> None:
    assert read({"opposed": [("before", "after")]}).opposed == {"before": {"after"}, "after": {"before"}}
