"""The desk in a real browser: by keyboard alone, without a script, at phone width, and for people who cannot see it."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from typing import Any

import desk_ledger
import httpx
import pytest
from desk_ledger import finding_of, findings, send

from consistency.ledger import decisions
from tests.needed import lacking

playwright = pytest.importorskip("playwright.sync_api")
expect = playwright.expect  # waits; what the page says at once may still be the page before
pytestmark = pytest.mark.browser
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        lacking("no Chromium here (Debian: chromium)")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Any) -> Iterator[Any]:
    """Opens pages; whatever the console says fails the test, but that a page answers with an error on purpose."""
    said: list[str] = []
    contexts: list[Any] = []

    def open_(client: httpx.Client, path: str = "/", **options: Any) -> Any:
        context = chromium.new_context(**({"viewport": WIDE} | options))
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(f"{client.base_url}{path}")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert [words for words in said if not words.startswith("Failed to load resource: the server responded")] == []


def paths(client: httpx.Client) -> list[str]:
    """A page of every kind, with decisions made."""
    contradiction = finding_of(client, "contradiction")
    send(client, client.get(f"/finding/{contradiction}").text, "/decide", kind="confirmed", note="Sure.")
    explained = finding_of(client, "time-explained")
    page = client.get(f"/finding/{explained}").text
    send(client, page, "/decide", kind="not-same-topic")
    topic = re.findall(r'href="(/topic/[^"]+)"', page)[0]
    return [
        *(
            "/lessons",
            "/statistics",
            "/",
            "/?status=all",
            "/?search=nothing+like+this",
            f"/finding/{contradiction}",
            f"/finding/{explained}",
        ),
        *(topic, f"{topic}?find=halden", "/out", "/out/corrections", "/finding/none"),
    ]


def test_the_whole_path_by_keyboard_alone(client: httpx.Client, engine: Any, open_page: Any) -> None:
    order = findings(client.get("/").text)
    page = open_page(client)
    for key in ("j", "j", "k"):
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/finding/{order[0]}")
    page.keyboard.press("j")
    page.wait_for_url(f"**/finding/{order[1]}")
    page.keyboard.press("k")
    page.wait_for_url(f"**/finding/{order[0]}")
    page.keyboard.press("2")
    page.keyboard.press("Tab")  # to what explains it
    page.keyboard.type("by rev")
    page.keyboard.press("Tab")
    page.keyboard.type("jk1 later count")  # keys typed into a text are text
    page.keyboard.press("Escape")
    page.keyboard.press("n")
    page.keyboard.type("by phone")
    page.keyboard.press("Escape")
    page.keyboard.press("d")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/finding/{order[1]}?**")
    made = decisions.of(engine, order[0])[-1]
    assert (made.kind, made.detail, made.note) == (
        "explained",
        {"by": "revision", "text": "jk1 later count"},
        "by phone",
    )
    page.keyboard.press("u")
    page.wait_for_url(re.compile(r"/$"))
    page.keyboard.press("/")
    page.keyboard.type("halden")
    page.keyboard.press("Enter")
    page.wait_for_url("**search=halden**")
    expect(page.locator("#queue li")).to_have_count(len(findings(client.get("/?search=halden").text)))
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_have_attribute("open", "")


def test_single_keys_can_be_switched_off(client: httpx.Client, open_page: Any) -> None:
    page = open_page(client)
    page.locator("#keys summary").click()
    page.locator("#shortcuts").uncheck()
    page.reload()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.tagName") == "BODY"


def test_the_whole_path_without_a_script(client: httpx.Client, engine: Any, open_page: Any) -> None:
    order = findings(client.get("/").text)
    page = open_page(client, java_script_enabled=False)
    kept = page.locator("div.notice[role=status]")
    page.locator("#queue a").first.click()
    page.get_by_label("Wrong reading").check()
    page.get_by_label("What was misread").select_option("value")
    page.get_by_label("What it should be").fill("nineteen")
    page.get_by_role("button", name="Keep", exact=True).click()
    assert "Write a number in digits" in page.locator(".fault").inner_text()
    assert page.get_by_label("What it should be").input_value() == "nineteen"
    page.get_by_label("What it should be").fill("19")
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(kept).to_contain_text("Kept.")
    made = decisions.of(engine, order[0])[-1]
    assert (made.kind, made.detail["field"], made.detail["value"]) == ("wrong-reading", "value", 19)
    kept.get_by_role("button", name="Undo").click()
    expect(kept.get_by_role("button", name="Undo")).to_have_count(0)
    expect(kept).to_contain_text("Kept.")
    assert [d.kind for d in decisions.of(engine, order[0])] == ["wrong-reading", "undone"]
    page.get_by_role("link", name="Queue").first.click()
    expect(page.locator("#queue li")).to_have_count(len(order))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["wide", "phone"])
def test_every_page_passes_axe_and_fits(client: httpx.Client, open_page: Any, size: Any, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = open_page(client, viewport=size, color_scheme=scheme, bypass_csp=True)
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
    for path in paths(client):
        page.goto(f"{client.base_url}{path}")
        page.evaluate("document.querySelectorAll('details').forEach(e => { e.open = true; })")
        for kind in page.locator(".choice:has(.more) input[name=kind]").all():
            kind.check()
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        found = axe.run(page, options=options)
        assert found.violations_count == 0, f"{path}: {found.generate_report()}"


def test_deciding_at_phone_width(client: httpx.Client, engine: Any, open_page: Any) -> None:
    order = findings(client.get("/").text)
    page = open_page(client, viewport=PHONE, has_touch=True)
    page.locator("#queue a").first.tap()
    page.wait_for_url(f"**/finding/{order[0]}")
    page.get_by_text("Needs a source").tap()
    page.get_by_role("button", name="Keep, and next").tap()
    page.wait_for_url(f"**/finding/{order[1]}?**")
    assert decisions.of(engine, order[0])[-1].kind == "needs-source"


HOSTILE = "\u202ed\u202eesrever <script>document.title='owned'</script> \"'><img src=x onerror=alert(1)> {{7*7}}"


def test_hostile_titles_and_texts_do_nothing_and_fit(client: httpx.Client, engine: Any, open_page: Any) -> None:
    long = "word " * 110_000 + "w" * 450_000
    texts = [
        {
            "id": f"bad-{n}{HOSTILE}",
            "publisher": f"Press {n} {HOSTILE}",
            "title": HOSTILE * 20,
            "published": "2024-07-01",
            "url": "javascript:alert(1)",
            "text": f"{long} {HOSTILE} The Orrin Bridge had 4{n}0,000 visitors in 2022 {HOSTILE}. {long}",
        }
        for n in (1, 5)
    ]
    desk_ledger.fill(engine, texts)
    page = open_page(client, "/?search=orrin&status=all")
    links = page.locator("#queue a")
    assert links.count() > 0
    targets = [links.nth(n).get_attribute("href") for n in range(links.count())]
    for viewport in (WIDE, PHONE):
        page.set_viewport_size(viewport)
        for path in ("/?status=all", *targets):
            page.goto(f"{client.base_url}{path}")
            assert page.title() != "owned"
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
            assert page.locator("main img, main script").count() == 0
            assert page.locator("a[href^=javascript]").count() == 0
            assert "\u202e" not in page.inner_text("body")
            assert len(page.content()) < 400_000
