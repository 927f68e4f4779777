"""Makes the pictures of the review desk: `python docs/make_screenshots.py` writes `docs/images/desk-*.png`.

The ledger is invented. Needs the extras `review` and `test`, and Chromium.
"""

from __future__ import annotations

import re
import shutil
import socket
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

ARTICLES: tuple[tuple[str, str, str, str], ...] = (
    (
        "Valen Post",
        "2024-03-05",
        "Fire in a textile factory",
        "The alarm was raised shortly after seven in the morning.\n\nA fire at a textile factory in Port Valen killed "
        "14 people on Monday, 4 March 2024, officials said. Most of them worked on the upper floor.\n\nThe building "
        "had been inspected in May.",
    ),
    (
        "Marren News",
        "2024-03-05",
        "Deadly blaze in Port Valen",
        "Port Valen is in mourning.\n\nA fire at a textile factory in Port Valen killed 19 people on Monday, 4 March "
        "2024, police said.\n\nSchools stayed closed on Tuesday.",
    ),
    (
        "Coast Herald",
        "2024-06-02",
        "Three months after the fire",
        "The fire at the textile factory in Port Valen on 4 March 2024 killed 19 people.",
    ),
    (
        "Valen Post",
        "2024-05-05",
        "The museum in figures",
        "The Halden Museum was founded in 1891.\n\nThe Halden Museum had 352,000 visitors in 2023, its director Mara "
        "Oste said at the opening of the new wing.\n\nA ticket costs nine crowns.",
    ),
    (
        "Marren News",
        "2024-05-06",
        "A museum for everybody",
        "The new wing opened on Sunday.\n\nThe Halden Museum had 410,000 visitors in 2023, more than ever before.",
    ),
    (
        "Harbour Times",
        "2024-01-20",
        "A good year on the hill",
        "The Halden Museum had 352,000 visitors in 2023, according to its yearly report.",
    ),
    (
        "Harbour Times",
        "2022-02-11",
        "The bridge that everybody takes",
        "The Orrin Bridge is 1,240 metres long. It had 3.1 million visitors in 2021.",
    ),
    (
        "Coast Herald",
        "2024-02-12",
        "Longer than you think",
        "The Orrin Bridge is 1,420 metres long, and had 4.4 million visitors in 2023.",
    ),
)
SIZES = {"wide": {"width": 1280, "height": 860}, "phone": {"width": 390, "height": 844}}


def main() -> None:
    """Fills a ledger, opens the desk on it, and takes the pictures."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        sys.exit("needs Chromium (Debian: chromium)")
    target = HERE / "images"
    target.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        address = _serve(Path(folder))
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for size, viewport in SIZES.items():
            page = browser.new_context(viewport=viewport, device_scale_factor=1.5).new_page()
            for name, path in _paths(page, address).items():
                if size == "phone" and name not in ("queue", "finding"):
                    continue
                page.goto(address + path)
                if name == "finding":
                    page.keyboard.press("2")
                    page.evaluate("scrollTo(0, 0)")
                page.screenshot(path=target / f"desk-{name}{'-phone' if size == 'phone' else ''}.png")
        browser.close()


def _serve(folder: Path) -> str:
    import uvicorn

    from consistency.config import Config
    from consistency.ledger import decisions, queue
    from consistency.ledger.adding import add
    from consistency.ledger.connect import open_engine
    from consistency.review.app import build
    from consistency.sources import read_records

    engine = open_engine(f"sqlite:///{folder / 'ledger.db'}", create=True)
    records = [
        {"id": f"{publisher.lower().replace(' ', '-')}-{day}", "publisher": publisher, "published": day}
        | {"title": title, "text": text, "url": f"https://{publisher.lower().replace(' ', '-')}.example/{day}"}
        for publisher, day, title, text in ARTICLES
    ]
    sources, _ = read_records(records, Config().limits)
    add(engine, sources, Config(), "Ana Lind")
    entries = queue.page(engine, queue.Filters()).entries
    for entry, (kind, detail, author) in zip(reversed(entries), _decided(), strict=False):
        decisions.decide(engine, entry.id, kind, author, version=entry.version, detail=detail)
    decisions.assign(engine, entries[0].id, "Bo Falk", "Ana Lind")
    decisions.comment(engine, entries[0].id, "The museum's yearly report is out; I asked for page 12.", "Bo Falk")
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(build(engine, "Ana Lind"), log_level="error", lifespan="off", ws="none"))
    threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True).start()
    while not server.started:
        time.sleep(0.01)
    return f"http://localhost:{listening.getsockname()[1]}"


def _decided() -> list[tuple[str, dict[str, Any], str]]:
    return [
        ("confirmed", {}, "Bo Falk"),
        ("explained", {"by": "time", "text": "the last victims died in hospital"}, "Ana Lind"),
    ]


def _paths(page: Any, address: str) -> dict[str, str]:
    page.goto(address)
    finding = page.locator("#queue a").first.get_attribute("href")
    page.goto(address + finding)
    topic = re.sub(r"^https?://[^/]+", "", page.locator("article.finding a.on").get_attribute("href"))
    return {"queue": "/", "finding": finding, "topic": topic, "statistics": "/statistics", "lessons": "/lessons"}


if __name__ == "__main__":
    main()
