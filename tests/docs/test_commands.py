"""Every command that README.md and the pages below docs/ show does what they say.

After a change of what is printed: `python docs/make_shown.py`, then read the difference.
"""

from __future__ import annotations

from pathlib import Path

import make_shown
import pytest
import shown
from shown import HELP, Command, File, missing, name, pages, played, steps

SESSIONS = [page for page in pages() if any(isinstance(step, Command) for step in steps(page))]


@pytest.mark.slow
@pytest.mark.parametrize("page", SESSIONS, ids=name)
def test_the_commands_of_a_page_do_what_it_says(page: Path, tmp_path: Path) -> None:
    folder, home = tmp_path / "here", tmp_path / "home"
    folder.mkdir()
    for step, status, printed in played(page, folder, home):
        assert status in step.statuses, f"{step.where}: {step.line}\nended with {status}:\n{printed}"
        assert "Traceback" not in printed, f"{step.where}: {step.line}\n{printed}"
        if step.output is not None:
            lost = missing(step.output, printed)
            assert lost is None, f"{step.where}: {step.line}\nshows\n{lost}\nbut prints\n{printed}"


def test_almost_every_command_is_run() -> None:
    shown = [step for page in SESSIONS for step in steps(page) if isinstance(step, Command)]
    assert len(shown) > 100
    left = [step for step in shown if step.excuse is not None or step.line in HELP]
    assert len(left) <= len(shown) / 8, [f"{step.where}: {step.line}" for step in left]
    for step in left:
        assert len(step.excuse or HELP[step.line]) > 10, f"{step.where}: say why it is not run"
    assert {step.line for step in left if step.excuse is None} == HELP.keys()


@pytest.mark.parametrize(
    ("shown", "printed", "right"),
    [
        (("a", "b"), "a\nb\n", True),
        (("a",), "a\nb\n", False),
        (("b",), "a\nb\n", False),
        (("a", "[…]"), "a\nb\nc\n", True),
        (("[…]", "b"), "a\nb\n", True),
        (("[…]", "b"), "a\nb\nc\n", False),
        (("a", "[…]", "c"), "a\nb\nc\n", True),
        (("a", "[…]", "c", "b"), "a\nb\nc\n", False),
        (("[…]", "c", "[…]", "b", "[…]"), "a\nb\nc\n", False),
        (("[…]", "b", "", "[…]"), "a\nb\nc\n", True),
        (("[…] rules, 0 problems",), "81 rules, 0 problems\n", True),
        (("[…] rules, 0 problems",), "81 rules, 1 problem\n", False),
    ],
)
def test_what_is_shown_is_looked_for_in_order(shown: tuple[str, ...], printed: str, right: bool) -> None:
    assert (missing(shown, printed) is None) == right


def test_blocks_are_read_as_they_are_meant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shown, "TOP", tmp_path)
    page = tmp_path / "page.md"
    page.write_text(
        "<!-- exit 1 -->\n```console\n$ consistency a \\\n    --b\nout\n[…]\n$ consistency c\n```\n\n"
        "    consistency d\n\n<!-- not run: needs a network -->\n\n```sh\npip install x\n```\n\nWords.\n\n"
        '```yaml title="x/y.yaml"\nk: v\n```\n\n```text\nUsage: consistency e\n\n  Examples:\n    consistency e \\\n'
        "        --f\n```\n",
        encoding="utf-8",
    )
    found = list(shown.steps(page))
    assert found == [
        Command("page.md:2", "consistency a --b", ("out", "[…]"), frozenset({0})),
        Command("page.md:2", "consistency c", None, frozenset({1})),
        Command("page.md:10", "consistency d"),
        Command("page.md:14", "pip install x", excuse="needs a network"),
        File("page.md:20", "x/y.yaml", "k: v\n"),
        Command("page.md:24", "consistency e --f", statuses=frozenset({0, 1})),
    ]


def test_what_is_shown_is_cut_anew_where_the_output_changed() -> None:
    printed = "head\nvalue: 30 of x\n  more\nnew line\nend: 12 rules\ntail\n"
    cut = make_shown.cut
    assert cut(("head", "value: 29 of x", "[…]", "end: 11 rules", "[…]"), printed) == (
        *("head", "value: 30 of x", "[…]", "end: 12 rules", "[…]"),
    )
    assert cut(("[…]", "end: […] rules", "tail"), printed) == ("[…]", "end: […] rules", "tail")
    assert cut(("[…]", "  more", "end: 11 rules", "[…]"), printed) == (
        *("[…]", "  more", "new line", "end: 12 rules", "[…]"),
    )
    assert cut(("[…]", "nothing like it", "[…]"), printed) is None
