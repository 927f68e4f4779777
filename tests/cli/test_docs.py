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
    [
        ("make_cli.py", "docs/cli.md"),
        ("make_rules.py", "docs/rules.md"),
        ("make_settings.py", "docs/settings.md"),
        ("make_readme.py", "README.md"),
    ],
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

    pages = [TOP / "README.md", TOP / "CONTRIBUTING.md", *sorted((TOP / "docs").rglob("*.md"))]
    for page in pages:
        for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8")):
            assert (page.parent / link).exists(), (page.name, link)


def test_every_setting_is_documented() -> None:
    import msgspec

    from consistency.config import Config

    def keys(kind: type[msgspec.Struct], prefix: str = "") -> list[str]:
        out: list[str] = []
        for field in msgspec.structs.fields(kind):
            if isinstance(field.type, type) and issubclass(field.type, msgspec.Struct):
                out += keys(field.type, f"{field.name}.")
            elif field.name != "origin":
                out.append(f"{prefix}{field.name}")
        return out

    text = (TOP / "docs" / "settings.md").read_text(encoding="utf-8")
    found = keys(Config)
    assert len(found) > 12
    for key in found:
        entry = text.partition(f"\n### `{key}`\n\n")[2].partition("\n#")[0]
        about, _, value = entry.partition("\n\n")
        assert len(about) > 5, key
        assert value.startswith("Value: "), key


def test_every_schema_and_format_is_documented() -> None:
    from consistency import schemas
    from consistency.reporting import FORMATS

    page = (TOP / "docs" / "schemas.md").read_text(encoding="utf-8")
    for kind in schemas.KINDS:
        assert f"| `{kind}` |" in page
        assert f"(schemas/{schemas.file_name(kind)})" in page
    page = (TOP / "docs" / "formats.md").read_text(encoding="utf-8")
    for name in FORMATS:
        assert f"`{name}`" in page


def test_the_figures_told_are_those_measured() -> None:
    import re

    told = (TOP / "docs" / "benchmarks.md").read_text(encoding="utf-8")
    measured = (TOP / "benchmarks" / "README.md").read_text(encoding="utf-8")
    figures = re.findall(r"\d[\d,.]*\d of \d[\d,]*\d|\d+ of \d+|\d+\.\d+(?:–\d+\.\d+)?", told)
    assert len(figures) > 20
    for figure in figures:
        assert re.search(rf"(?<![\d.]){re.escape(figure)}(?![\d.]*\d)", measured), figure
