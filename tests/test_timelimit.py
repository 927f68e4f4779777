"""Calls that take too long are interrupted, whoever calls and whatever they catch."""

from __future__ import annotations

import contextlib
import signal
import threading
import time
from collections.abc import Callable
from typing import TypeVar

import pytest

from consistency.timelimit import OutOfTimeError, limited

pytestmark = pytest.mark.usefixtures("nobody_watches_the_collector")
T = TypeVar("T")
SHORT = 0.05


def forever() -> None:
    while True:
        pass


def swallowing() -> None:
    """A library that catches every error and goes on."""
    while True:
        with contextlib.suppress(Exception):
            forever()


def greedy() -> None:
    """One that catches whatever there is, once."""
    try:
        forever()
    except BaseException:
        forever()


def in_main(work: Callable[[], T]) -> T:
    return work()


def in_thread(work: Callable[[], T]) -> T:
    """The same in another thread, its outcome handed back."""
    out: list[T] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            out.append(work())
        except BaseException as error:
            errors.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if errors:
        raise errors[0]
    return out[0]


def beside_a_timer(work: Callable[[], T]) -> T:
    """In the main thread of a program that uses the timer itself."""
    before = signal.signal(signal.SIGALRM, lambda *_: None)
    signal.setitimer(signal.ITIMER_REAL, 1000)
    try:
        return work()
    finally:
        assert signal.getitimer(signal.ITIMER_REAL)[0] > 0
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


everywhere = pytest.mark.parametrize("where", [in_main, in_thread, beside_a_timer])


@everywhere
@pytest.mark.parametrize("work", [forever, swallowing, greedy, lambda: time.sleep(0.01) or forever()])
def test_what_takes_too_long_ends(where: Callable[..., object], work: Callable[[], None]) -> None:
    with pytest.raises(OutOfTimeError, match=r"took longer than 0.05 seconds \(limits.seconds\)"):
        where(lambda: limited(SHORT, work))


@everywhere
def test_the_rest_is_as_without(where: Callable[..., object]) -> None:
    assert where(lambda: limited(60, lambda: 3)) == 3
    with pytest.raises(ZeroDivisionError):
        where(lambda: limited(60, lambda: 1 // 0))


@everywhere
def test_nothing_is_left_behind(where: Callable[..., object]) -> None:
    before = signal.getsignal(signal.SIGALRM)

    def many() -> int:
        kept = 0
        for _ in range(30):
            with contextlib.suppress(OutOfTimeError):
                limited(0.001, lambda: sum(range(20_000)))
            kept += sum(range(20_000)) > 0
        time.sleep(0.3)  # an interruption that came late would come here
        return kept

    assert where(many) == 30
    assert signal.getsignal(signal.SIGALRM) is before
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
