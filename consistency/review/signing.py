"""Signing in and out. Tries are limited by name and by address; no answer tells which of both was wrong."""

from __future__ import annotations

from starlette.responses import Response

from consistency.review.ask import SESSION, Ask


def show(ask: Ask, fault: str = "", status: int = 200) -> Response:
    """`/sign-in`"""
    if ask.person is not None:
        return ask.go("/")
    to = ask.form.get("to") or ask.query.get("to", "")
    name = ask.form.get("name", "")[:200]
    return ask.show("signin.html.j2", status, fault=fault, to=_inside(to), name=name)


def enter(ask: Ask) -> Response:
    """`POST /sign-in`"""
    from consistency.ledger import accounts

    if ask.person is not None:
        return ask.go("/")
    name, password = ask.form.get("name", "").strip()[:200], ask.form.get("password", "")[:1000]
    keys = (f"name:{name.casefold()}", f"address:{ask.address}")
    wait = ask.desk.throttle.wait(*keys)
    if wait:
        answer = show(ask, f"Too many tries. Wait {wait // 60 + 1} min, then try again.", 429)
        answer.headers["retry-after"] = str(wait)
        return answer
    ask.desk.throttle.failed(*keys)  # counted before it is known, so that tries at once are counted too
    found = accounts.sign_in(ask.engine, name, password)
    if found is None:
        return show(ask, "The name or the password is not right.", 403)
    ask.desk.throttle.passed(*keys)
    answer = ask.go(_inside(ask.form.get("to", "")) or "/")
    ask.set_cookie(answer, SESSION, found[0])
    return answer


def leave(ask: Ask) -> Response:
    """`POST /sign-out`"""
    from consistency.ledger import accounts

    if ask.session:
        accounts.sign_out(ask.engine, ask.session)
    answer = ask.go("/sign-in")
    answer.delete_cookie(SESSION, path="/", httponly=True, samesite="strict")
    return answer


def _inside(to: str) -> str:
    """An address of the desk itself to go on to; "" for any other."""
    fine = to.startswith("/") and not to.startswith(("//", "/\\")) and to.isprintable() and "\\" not in to
    return to[:2000] if fine else ""
