"""The documentation is what the program does. To accept a change: `make docs`, then read the difference."""

import runpy
import shlex
from pathlib import Path
from typing import Any

import click
import pytest
from cli_texts import Run

TOP = Path(__file__).parents[2]
CUT = "[…]"


def script(name: str) -> dict[str, Any]:
    return runpy.run_path(str(TOP / "docs" / name))


@pytest.mark.parametrize(("maker", "page"), [("make_cli.py", "cli.md"), ("make_rules.py", "rules.md")])
def test_a_generated_page_is_current(maker: str, page: str) -> None:
    assert script(maker)["page"]() == (TOP / "docs" / page).read_text(encoding="utf-8")


def test_every_command_and_option_is_documented() -> None:
    maker = script("make_cli.py")
    text = (TOP / "docs" / "cli.md").read_text(encoding="utf-8")
    found = list(maker["commands"](maker["group"]))
    assert len(found) > 12
    for path, command in found:
        section = text.partition(f"# {' '.join(('consistency', *path))}\n")[2].partition("\n## ")[0]
        assert section, path
        for parameter in command.params:
            for name in parameter.opts if isinstance(parameter, click.Option) else []:
                assert name in section, (path, name)


def test_every_command_has_help_and_every_main_command_examples() -> None:
    maker = script("make_cli.py")
    for path, command in maker["commands"](maker["group"]):
        assert command.help, path
        if len(path) == 1 and path != ("config",):
            assert "Example" in (command.epilog or ""), path
        for parameter in command.params:
            assert not isinstance(parameter, click.Option) or parameter.help, (path, parameter.name)


def examples() -> list[str]:
    text = (TOP / "README.md").read_text(encoding="utf-8")
    return [part.partition("```")[0] for part in text.split("```console\n")[1:]]


@pytest.mark.parametrize("example", examples())
def test_an_example_of_the_readme_prints_what_it_says(run: Run, example: str) -> None:
    typed, _, printed = example.replace("\\\n", " ").partition("\n")
    program, *words = shlex.split(typed.removeprefix("$ "))
    assert program == "consistency"
    shown, cut, _ = printed.partition(CUT)
    out = run(*words).out
    assert out.startswith(shown) if cut else out == shown


def test_links_between_pages_lead_somewhere() -> None:
    import re

    pages = [TOP / "README.md", TOP / "CONTRIBUTING.md", *sorted((TOP / "docs").glob("*.md"))]
    for page in pages:
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / link).exists(), (page.name, link)
