"""The page in a real browser: it fits, it says nothing on the console, and its marks can be read."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sample

from consistency.model import Report
from consistency.reporting import render
from tests.needed import lacking

pytestmark = pytest.mark.browser
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
SIZES = ((1280, 900), (390, 844))


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    if chromium is None or driver is None:
        lacking("no Chromium with its driver here (Debian: chromium, chromium-driver)")
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('profile')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    opened = webdriver.Chrome(options=options, service=Service(driver))
    yield opened
    opened.quit()


def pages() -> dict[str, Report]:
    """Reports that stretch a layout: the sample, nothing at all, and words that never break."""
    claims = tuple(
        sample.changed(c, text=c.text and "w" * 900, speaker="漢" * 300, unit="u" * 80) for c in sample.CLAIMS
    )
    sources = tuple(
        sample.changed(s, publisher="p" * 300, path="/".join("deep" for _ in range(60))) for s in sample.SOURCES
    )
    topics = tuple(sample.changed(t, title="t" * 400) for t in sample.TOPICS)
    findings = tuple(sample.changed(f, message="m" * 500, rule="r" * 100) for f in sample.FINDINGS)
    long = sample.changed(sample.build(), claims=claims, sources=sources, topics=topics, findings=findings)
    return {"sample": sample.build(), "empty": Report(), "long": long}


def show(browser: Any, folder: Path, name: str, size: tuple[int, int], scheme: str) -> None:
    page = folder / f"{name}.html"
    page.write_text(render(pages()[name], "html"), encoding="utf-8")
    metrics = {"width": size[0], "height": size[1], "deviceScaleFactor": 1, "mobile": size[0] < 500}
    feature = {"name": "prefers-color-scheme", "value": scheme}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    browser.get(page.as_uri())
    if keep := os.environ.get("CONSISTENCY_SCREENSHOTS"):
        Path(keep, f"{name}-{size[0]}-{scheme}.png").write_bytes(browser.get_screenshot_as_png())


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES, ids=["wide", "phone"])
@pytest.mark.parametrize("name", ["sample", "empty", "long"])
def test_nothing_sticks_out_and_the_console_is_silent(
    browser: Any, tmp_path: Path, name: str, size: tuple[int, int], scheme: str
) -> None:
    show(browser, tmp_path, name, size, scheme)
    wide, room = browser.execute_script("return [document.documentElement.scrollWidth, innerWidth]")
    assert wide <= room == size[0]
    assert browser.get_log("browser") == []


def test_passages_stand_side_by_side_on_a_desk_and_stacked_on_a_phone(browser: Any, tmp_path: Path) -> None:
    script = "return [...document.querySelectorAll('#finding-1-vessels .side')].map(e => e.getBoundingClientRect().top)"
    show(browser, tmp_path, "sample", SIZES[0], "light")
    first, second = browser.execute_script(script)
    assert first == second
    show(browser, tmp_path, "sample", SIZES[1], "light")
    first, second = browser.execute_script(script)
    assert first < second


def test_one_picture_of_each_chart_is_shown(browser: Any, tmp_path: Path) -> None:
    seen = "[...f.querySelectorAll('svg')].map(s => s.checkVisibility())"
    script = f"return [...document.querySelectorAll('figure')].map(f => {seen})"
    for size, expected in zip(SIZES, ([True, False], [False, True]), strict=True):
        show(browser, tmp_path, "sample", size, "light")
        shown = browser.execute_script(script)
        assert shown
        assert all(pair == expected for pair in shown)


CONTRAST = """
const parse = c => c.match(/[\\d.]+/g).map(Number);
const channel = v => v / 255 <= .03928 ? v / 255 / 12.92 : ((v / 255 + .055) / 1.055) ** 2.4;
const lum = c => .2126 * channel(c[0]) + .7152 * channel(c[1]) + .0722 * channel(c[2]);
const ground = e => {
  for (; e; e = e.parentElement) {
    const c = parse(getComputedStyle(e).backgroundColor);
    if (c.length < 4 || c[3] > 0) return c;
  }
  return [255, 255, 255];
};
const bad = [];
for (const e of document.body.querySelectorAll('*')) {
  if (!e.checkVisibility()) continue;
  if (![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim())) continue;
  const style = getComputedStyle(e), svg = e instanceof SVGElement;
  const a = lum(parse(svg ? style.fill : style.color)), b = lum(ground(e));
  const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
  if (ratio < 4.5) bad.push([e.tagName, e.className.toString(), ratio]);
}
return bad;
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_text_has_the_contrast_that_wcag_aa_asks(browser: Any, tmp_path: Path, scheme: str) -> None:
    show(browser, tmp_path, "sample", SIZES[0], scheme)
    assert browser.execute_script(CONTRAST) == []


def test_every_detail_is_printed(browser: Any, tmp_path: Path) -> None:
    show(browser, tmp_path, "sample", SIZES[0], "dark")
    import base64
    import io

    import pypdfium2

    printed = browser.execute_cdp_cmd("Page.printToPDF", {"printBackground": False})["data"]
    document = pypdfium2.PdfDocument(io.BytesIO(base64.b64decode(printed)))
    words = " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)
    assert "12 of 13 words agree" in words
    assert "More than 15 communes" in words
