"""The door of the desk, in front of every page: who may be addressed, how much may be sent, what a browser may do.

Host names are checked against DNS rebinding; a form may only be sent from a page of the desk itself (`Origin`, and
`Sec-Fetch-Site` of W3C Fetch Metadata), besides the token that each form carries; a body has an upper limit.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST = 256 * 1024
"""Bytes a request may hold."""
BODY = "desk.body"
POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # `no-referrer` would make browsers send forms with the origin "null"
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[^\[\]:]+)(?::\d+)?", re.I)
_SAFE = ("GET", "HEAD")

Refuse = Callable[[int, str], Response]


class Guard:
    """An ASGI application in front of another. names: host names the desk answers to; numeric addresses always pass
    (rebinding needs a name); refuse: the page of an error."""

    def __init__(self, app: ASGIApp, names: Collection[str], refuse: Refuse) -> None:
        self.app = app
        self.names = frozenset(name.casefold().strip("[]").rstrip(".") for name in names)
        self.refuse = refuse

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        guarded = _dressed(scope, send)
        refused = self._refused(scope)
        if refused is None and scope["method"] not in _SAFE:
            body = await _body(scope, receive)
            if body is None:
                refused = (413, f"What was sent is larger than {LARGEST // 1024} kB.")
            else:
                scope[BODY] = body
                receive = _empty
        if refused is not None:
            await self.refuse(*refused)(scope, receive, guarded)
            return
        await self.app(scope, receive, guarded)

    def _refused(self, scope: Scope) -> tuple[int, str] | None:
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        if not self._known(host):
            return 400, "The desk does not go by this name. Another one is allowed with --name when it is started."
        # No name has one, and PostgreSQL can look for none.
        if "\0" in scope["path"] or b"%00" in scope["query_string"]:
            return 404, "There is no such page: the address holds a character that is none."
        if scope["method"] in _SAFE:
            return None
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        if site not in (None, "same-origin", "none") or (origin is not None and _place(origin) != host):
            return 403, "This was not sent from a page of the desk."
        return None

    def _known(self, host: str) -> bool:
        found = _HOST.fullmatch(host)
        if found is None:
            return False
        name = found[1].strip("[]").rstrip(".").casefold()
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return name in self.names
        return True


def _place(origin: str) -> str | None:
    """The host and port of an origin, None where it is no address."""
    try:
        return urlsplit(origin).netloc
    except ValueError:
        return None


def _dressed(scope: Scope, send: Send) -> Send:
    """`send`, adding the security headers; nothing is kept by a browser but the files of the desk's own look."""
    static = scope["path"].startswith("/static/")

    async def out(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers[name] = value
            headers["cache-control"] = "no-cache" if static else "no-store"
        await send(message)

    return out


async def _body(scope: Scope, receive: Receive) -> bytes | None:
    """What was sent, None where it is too much; no more than the limit is ever held."""
    declared = Headers(scope=scope).get("content-length", "")
    if declared.isdigit() and int(declared) > LARGEST:
        return None
    held = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return bytes(held)
        held += message.get("body", b"")
        if len(held) > LARGEST:
            return None
        if not message.get("more_body", False):
            return bytes(held)


async def _empty() -> Message:
    return {"type": "http.request", "body": b"", "more_body": False}
