"""The desk as an ASGI application (Starlette): which page answers which address, and who may see it."""

from __future__ import annotations

import socket
from collections.abc import Collection
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from consistency.errors import LedgerError
from consistency.review import (
    finding_page,
    lessons_page,
    look,
    out_page,
    queue_page,
    signing,
    statistics_page,
    topic_page,
)
from consistency.review.ask import Answer, Ask, Desk, Refused
from consistency.review.guard import Guard
from consistency.review.throttle import Throttle

if TYPE_CHECKING:
    import sqlalchemy as sa

_PAGES: tuple[tuple[str, str, Answer, str], ...] = (
    ("GET", "/", queue_page.show, "reader"),
    ("GET", "/finding/{id}", finding_page.show, "reader"),
    ("POST", "/finding/{id}/decide", finding_page.decide, "reviewer"),
    ("POST", "/finding/{id}/assign", finding_page.assign, "reviewer"),
    ("POST", "/finding/{id}/comment", finding_page.comment, "reviewer"),
    ("POST", "/undo", finding_page.undo, "reviewer"),
    ("GET", "/topic/{id}", topic_page.show, "reader"),
    ("POST", "/topic/{id}/same", topic_page.same, "reviewer"),
    ("GET", "/lessons", lessons_page.show, "reader"),
    ("GET", "/lessons.json", lessons_page.export, "reader"),
    ("GET", "/statistics", statistics_page.show, "reader"),
    ("GET", "/out", out_page.show, "editor"),
    ("GET", "/out/corrections", out_page.corrections, "editor"),
    ("GET", "/out/claimreview.json", out_page.claimreview, "editor"),
    ("GET", "/out/decisions.csv", out_page.table, "editor"),
    ("GET", "/sign-in", signing.show, ""),
    ("POST", "/sign-in", signing.enter, ""),
    ("POST", "/sign-out", signing.leave, ""),
)


def build(
    engine: sa.Engine,
    local: str | None = None,
    names: Collection[str] = (),
    four_eyes: bool = False,
    throttle: Throttle | None = None,
) -> ASGIApp:
    """The application. local: the name of the only user of a desk on this machine alone (an editor, with no sign-in),
    None where people sign in; names: host names it goes by beside `localhost` and that of the machine."""
    desk = Desk(engine, local, four_eyes, throttle or Throttle())
    routes = [Route(path, _endpoint(desk, answer, role), methods=[method]) for method, path, answer, role in _PAGES]
    routes.append(Route("/static/desk.css", _file(look.style, "text/css"), methods=["GET"]))
    routes.append(Route("/static/desk.js", _file(look.script, "text/javascript"), methods=["GET"]))
    handlers = {HTTPException: _missing, Exception: _fault}
    app = Starlette(routes=routes, exception_handlers=handlers)  # type: ignore[arg-type]
    own = () if local is not None else (socket.gethostname(), socket.getfqdn())
    return Guard(app, ("localhost", *own, *names), look.error)


def _endpoint(desk: Desk, answer: Answer, role: str):  # type: ignore[no-untyped-def]
    def endpoint(request: Request) -> Response:
        person: dict[str, object] = {}
        try:
            ask = Ask(request, desk)
            person = {"person": ask.person, "csrf": ask.csrf, "local": desk.local is not None}
            if role and ask.person is None:
                program = request.headers.get("authorization", "").lower().startswith("bearer ")
                if request.method == "GET" and not program:
                    to = request.url.path + (f"?{request.url.query}" if request.url.query else "")
                    return ask.go("/sign-in", to=to if to != "/" else None)
                raise Refused(403, "Sign in first.")
            if role and ask.person is not None and not ask.person.may(role):
                raise Refused(403, f"This takes the role of {'an editor' if role == 'editor' else 'a reviewer'}.")
            if request.method == "POST":
                ask.check_form()
            return answer(ask)
        except Refused as refused:
            return look.error(refused.status, refused.message, person)
        except LedgerError as error:
            return look.error(422, error.message, person)

    return endpoint


def _file(content, kind: str):  # type: ignore[no-untyped-def]
    def endpoint(_: Request) -> Response:
        return Response(content(), media_type=kind)

    return endpoint


def _missing(_: Request, error: HTTPException) -> Response:
    words = {404: "There is no such page.", 405: "This address is not made for that."}
    return look.error(error.status_code, words.get(error.status_code, str(error.detail)))


def _fault(_: Request, error: Exception) -> Response:
    return look.error(500, "This is a fault of the program. The terminal it runs in tells more. Please report it.")


__all__ = ["RedirectResponse", "build"]
