"""Pages from templates: every value escaped, an unknown name an error; and the one style sheet."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.responses import HTMLResponse

from consistency.reporting.clean import line, web_link
from consistency.reporting.days import stretch
from consistency.reporting.wording import counted, lookup, outcome_word, plain
from consistency.review import words

if TYPE_CHECKING:
    from jinja2 import Environment

_HERE = Path(__file__).parent
_REPORT = _HERE.parent / "reporting" / "templates"
_ERRORS = {
    400: "Not understood",
    403: "Not allowed",
    404: "Nothing here",
    405: "Not this way",
    409: "Overtaken",
    413: "Too much",
    422: "Not kept",
    429: "Too many tries",
    500: "A fault",
}


@lru_cache(maxsize=1)
def environment() -> Environment:
    """The templates of the desk, and behind them those of the report."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader([_HERE / "templates", _REPORT], encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(counted=counted, lookup=lookup, outcome_word=outcome_word, words=words, plain=plain)
    made.filters.update(line=line, web_link=web_link, day=lambda day: stretch(day, day) if day else "")
    return made


def page(template: str, status: int, names: dict[str, Any]) -> HTMLResponse:
    """A page of the desk."""
    return HTMLResponse(environment().get_template(template).render(names), status)


def error(status: int, message: str, names: dict[str, Any] | None = None) -> HTMLResponse:
    """The page of an error. names: of the person, where one is known."""
    told = {"person": None, "csrf": "", "local": False, "here": "", **(names or {})}
    title = _ERRORS.get(status, "An error")
    return page("error.html.j2", status, {**told, "title": title, "status": status, "message": message})


@lru_cache(maxsize=1)
def style() -> bytes:
    """The style sheet: that of the report, then what the desk adds."""
    return (_REPORT / "report.css").read_bytes() + (_HERE / "static" / "desk.css").read_bytes()


@lru_cache(maxsize=1)
def script() -> bytes:
    """The script that adds the keyboard."""
    return (_HERE / "static" / "desk.js").read_bytes()
