"""The documentation as a site: it builds without a warning, asks for nothing from elsewhere, and leaves no page out."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import lxml.html
import pytest
import yaml
from shown import TOP, pages

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as `make site` does, with every warning an error."""
    out = tmp_path_factory.mktemp("site")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", out],
        cwd=TOP,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return out


def built(site: Path) -> Iterator[tuple[Path, lxml.html.HtmlElement]]:
    for path in sorted(site.rglob("*.html")):
        yield path, lxml.html.fromstring(path.read_bytes())


def test_no_page_is_left_out(site: Path) -> None:
    for page in pages()[1:]:
        name = page.relative_to(TOP / "docs").with_suffix(".html").as_posix().replace("README.html", "index.html")
        assert (site / name).is_file(), name
    for outside in ("changelog", "contributing", "measured"):
        assert (site / f"{outside}.html").is_file()


def test_nothing_is_asked_of_another_place(site: Path) -> None:
    seen = 0
    for path, tree in built(site):
        for element in tree.iter(
            "script", "link", "img", "iframe", "source", "video", "audio", "object", "embed", "form"
        ):
            if element.tag == "link" and element.get("rel") in ("next", "prev", "canonical"):
                continue
            for name in ("src", "href", "data", "action", "srcset"):
                address = element.get(name)
                if address is not None:
                    seen += 1
                    assert not urlsplit(address).netloc, (path.name, address)
    assert seen > 100
    for sheet in site.rglob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        assert "url(http" not in text.replace('"', "")
        assert "url(//" not in text.replace('"', "")
        assert "@import" not in text


def test_every_link_and_anchor_leads_somewhere(site: Path) -> None:
    trees = dict(built(site))
    names = {path: {i for e in tree.iter() if (i := e.get("id"))} for path, tree in trees.items()}
    followed = 0
    for path, tree in trees.items():
        if path.name == "404.html":
            continue
        for link in tree.iter("a"):
            parts = urlsplit(link.get("href") or "")
            if parts.scheme or parts.netloc or not link.get("href"):
                continue
            target = (path.parent / parts.path).resolve() if parts.path else path
            if target.is_dir():
                target /= "index.html"
            assert target.is_file(), (path.name, link.get("href"))
            if parts.fragment and target in names:
                followed += 1
                assert parts.fragment in names[target] or parts.fragment == "__search", (path.name, link.get("href"))
    assert followed > 100


def test_nothing_of_this_machine_is_in_it(site: Path) -> None:
    for path in site.rglob("*"):
        if path.suffix in (".html", ".json", ".xml", ".css"):
            assert str(TOP) not in path.read_text(encoding="utf-8"), path


def test_the_site_needs_no_plugin_that_fetches() -> None:
    text = (TOP / "mkdocs.yml").read_text(encoding="utf-8")
    settings = yaml.safe_load(text)
    assert settings["plugins"] == ["search"]
    assert settings["theme"]["font"] is False
    assert "http" not in text
