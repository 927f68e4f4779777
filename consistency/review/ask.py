"""A request to the desk as its pages see it: who asks, what the form holds, and how to answer."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from consistency.review import look
from consistency.review.guard import BODY
from consistency.review.throttle import Throttle

if TYPE_CHECKING:
    import sqlalchemy as sa

ROLES = ("reader", "reviewer", "editor")
SESSION, FORM = "desk-session", "desk-form"
_FIELDS = 500


class Desk(msgspec.Struct, frozen=True):
    """What all pages share. local: the name of the only user of a desk on this machine alone, None where people sign
    in; four_eyes: whether a decision takes two people."""

    engine: sa.Engine
    local: str | None
    four_eyes: bool
    throttle: Throttle


class Person(msgspec.Struct, frozen=True):
    """Who asks. role: reader | reviewer | editor."""

    name: str
    role: str

    def may(self, role: str) -> bool:
        """Whether the person has this role or a higher one."""
        return self.role in ROLES and ROLES.index(self.role) >= ROLES.index(role)


class Refused(Exception):  # noqa: N818  # not a fault of the program: it is answered with a page
    """The request is answered with an error page. status: of HTTP; message: one sentence."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status, self.message = status, message


class Ask:
    """One request. form: what was sent, the first value of each field; chosen: all values of a field."""

    def __init__(self, request: Request, desk: Desk) -> None:
        self.request, self.desk = request, desk
        self.engine = desk.engine
        self.query: Mapping[str, str] = request.query_params
        self._pairs = _pairs(request)
        self.form: dict[str, str] = {}
        for name, value in self._pairs:
            self.form.setdefault(name, value)
        self._session = request.cookies.get(SESSION, "")
        self._held = request.cookies.get(FORM, "")
        self._new = "" if len(self._held) >= 32 else secrets.token_urlsafe(32)
        self.by_token = False
        self.person = self._who()

    def chosen(self, name: str) -> list[str]:
        """All values of a field."""
        return [value for field, value in self._pairs if field == name]

    @property
    def csrf(self) -> str:
        """What every form carries: it can only be known from a page made for this browser and this session."""
        return hmac.new((self._held or self._new).encode(), self._session.encode(), hashlib.sha256).hexdigest()

    def check_form(self) -> None:
        """Raises Refused where the form was not made for this browser. A program with a token needs none."""
        if self.by_token:
            return
        if self._new or not hmac.compare_digest(self.form.get("csrf", "").encode(), self.csrf.encode()):
            raise Refused(403, "The form was not made for you, or is too old. Go back, load the page anew, send again.")

    def show(self, template: str, status: int = 200, **names: Any) -> Response:
        """A page."""
        shown = {"person": self.person, "csrf": self.csrf, "local": self.desk.local is not None, "here": "", **names}
        return self.kept(look.page(template, status, shown))

    def go(self, path: str, **query: str | int | None) -> Response:
        """On to another page, after a form (303)."""
        asked = urlencode({name: value for name, value in query.items() if value not in (None, "")})
        return self.kept(RedirectResponse(path + (("&" if "?" in path else "?") + asked if asked else ""), 303))

    def kept(self, response: Response) -> Response:
        """The answer, with the cookie that the tokens of forms rest on."""
        if self._new:
            self.set_cookie(response, FORM, self._new)
        return response

    def set_cookie(self, response: Response, name: str, value: str) -> None:
        """A cookie that no script sees and no other site sends."""
        secure = self.request.url.scheme == "https"
        response.set_cookie(name, value, httponly=True, samesite="strict", secure=secure, path="/")

    def _who(self) -> Person | None:
        if self.desk.local is not None:
            return Person(self.desk.local, "editor")
        from consistency.ledger import accounts

        scheme, _, token = self.request.headers.get("authorization", "").partition(" ")
        found = None
        if scheme.lower() == "bearer" and token:
            found = accounts.by_token(self.engine, token.strip())
            self.by_token = found is not None
        elif self._session:
            found = accounts.by_session(self.engine, self._session)
        return Person(found.name, found.role) if found else None

    @property
    def session(self) -> str:
        """What the cookie of the session holds."""
        return self._session

    @property
    def address(self) -> str:
        """Where the request comes from."""
        return self.request.client.host if self.request.client else "?"


Answer = Callable[[Ask], Response]


def _pairs(request: Request) -> list[tuple[str, str]]:
    body = request.scope.get(BODY, b"")
    try:
        pairs = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=_FIELDS)
    except ValueError as error:
        raise Refused(413, "The form has too many fields.") from error
    return [(name, value.replace("\r\n", "\n").replace("\0", "")) for name, value in pairs]
