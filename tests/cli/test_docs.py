"""The documentation is what the program does. To accept a change: `make docs`, then read the difference."""

import runpy
from pathlib import Path
from typing import Any

import click
import pytest

TOP = Path(__file__).parents[2]


def script(name: str) -> dict[str, Any]:
    return runpy.run_path(str(TOP / "docs" / name))


@pytest.mark.parametrize(
    ("maker", "page"),
    [("make_cli.py", "docs/cli.md"), ("make_rules.py", "docs/rules.md"), ("make_readme.py", "README.md")],
)
def test_a_generated_page_is_current(maker: str, page: str) -> None:
    assert script(maker)["page"]() == (TOP / page).read_text(encoding="utf-8")


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


def test_links_between_pages_lead_somewhere() -> None:
    import re

    pages = [TOP / "README.md", TOP / "CONTRIBUTING.md", *sorted((TOP / "docs").glob("*.md"))]
    for page in pages:
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / link).exists(), (page.name, link)
