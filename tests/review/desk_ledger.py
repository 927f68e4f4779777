"""Invented texts for the tests of the desk, and how forms of its pages are read and sent."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from html.parser import HTMLParser
from typing import Any

import httpx
import sqlalchemy as sa

from consistency.config import Config
from consistency.ledger.adding import add
from consistency.ledger.records import Changes
from consistency.sources import read_records


def text(id_: str, publisher: str, published: str, title: str, *paragraphs: str) -> dict[str, str]:
    return {
        "id": id_,
        "text": "\n\n".join(paragraphs),
        "publisher": publisher,
        "published": published,
        "title": title,
        "url": f"https://{id_}.example/story",
    }


TEXTS = (
    text(
        "valen-1",
        "Valen Post",
        "2024-03-05",
        "Factory fire in Port Valen",
        "The first firefighters were there within minutes.",
        "A fire at a textile factory in Port Valen killed 14 people on Monday, 4 March 2024, officials said.",
        "The mayor said that the building had been inspected in May.",
    ),
    text(
        "marren-1",
        "Marren News",
        "2024-03-05",
        "Port Valen factory fire",
        "A fire at a textile factory in Port Valen killed 19 people on Monday, 4 March 2024, police said.",
    ),
    text(
        "valen-2",
        "Valen Post",
        "2024-05-05",
        "Halden museum in figures",
        "The Halden Museum was founded in 1891. It had 352,000 visitors in 2023.",
    ),
    text(
        "marren-2",
        "Marren News",
        "2024-05-06",
        "A museum for Halden",
        "The Halden Museum was founded in 1897. It had 410,000 visitors in 2023.",
    ),
    text(
        "coast-1",
        "Coast Herald",
        "2024-06-02",
        "Fire remembered",
        "The fire at the textile factory in Port Valen on 4 March 2024 killed 19 people.",
    ),
)


def fill(engine: sa.Engine, texts: Sequence[dict[str, str]], author: str = "tests") -> Changes:
    """Adds texts as `consistency ledger add` does."""
    sources, _ = read_records(texts, Config().limits)
    return add(engine, sources, Config(), author)


class _Forms(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, Any]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.forms.append({"action": given.get("action"), "method": given.get("method"), "fields": []})
        elif tag == "input" and self.forms and given.get("name"):
            if given.get("type") in ("radio", "checkbox") and "checked" not in given:
                return
            self.forms[-1]["fields"].append((given["name"], given.get("value") or ""))


def forms(page: str) -> list[dict[str, Any]]:
    """The forms of a page with what their inputs hold, as a browser without a script would send them."""
    parser = _Forms()
    parser.feed(page)
    return parser.forms


def send(client: httpx.Client, page: str, action: str, **fields: Any) -> httpx.Response:
    """Sends the first form of a page whose address has `action` in it."""
    form = next(f for f in forms(page) if action in (f["action"] or "") and f["method"] == "post")
    data: dict[str, Any] = {}
    for name, value in form["fields"]:
        data.setdefault(name, []).append(value)
    data.update({name: value if isinstance(value, list) else [value] for name, value in fields.items()})
    return client.post(form["action"], data=data)


def findings(page: str) -> list[str]:
    """The ids of the findings that a queue lists."""
    return re.findall(r'<h2><a href="/finding/([^"?]+)', page)


def link(page: str, rel: str) -> str | None:
    """Where the link with this relation leads."""
    found = re.search(rf'<a rel="{rel}" href="([^"]+)"', page)
    return found and html.unescape(found[1])


def finding_of(client: httpx.Client, outcome: str) -> str:
    """The first finding of an outcome."""
    return findings(client.get("/", params={"outcome": outcome, "status": "all"}).text)[0]
