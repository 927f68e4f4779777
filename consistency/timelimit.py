"""A call that may not take longer than so many seconds: one hostile file must not hold up the others.

In the main thread of a POSIX system an interval timer (setitimer, SIGALRM) interrupts the call. Elsewhere (Windows,
another thread, a program that uses the timer itself) a second thread raises the exception in the calling one. Both take
effect between two steps of Python code, so a single step inside a C library is waited for. Where neither can be had
(an interpreter other than CPython, off the main thread) there is no limit.
"""

from __future__ import annotations

import _thread
import contextlib
import threading
import time
from collections.abc import Callable
from typing import Any, TypeVar

T = TypeVar("T")
OVER = "took longer than"  # how the reason of a source that was given up begins
_AGAIN = 0.2  # seconds after which a call that swallowed the interruption is interrupted again


class TookTooLong(BaseException):
    """The time was up. Not an `Exception`: a library that catches those must not keep it."""


class OutOfTimeError(Exception):
    """What `limited` raises. seconds: the limit."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"{OVER} {seconds:g} seconds (limits.seconds)")
        self.seconds = seconds


def limited(seconds: float, work: Callable[[], T]) -> T:
    """What `work()` returns. Raises OutOfTimeError when it takes longer than `seconds`, and whatever `work` raises."""
    try:
        return _by_signal(seconds, work) if _has_timer() else _by_thread(seconds, work)
    except TookTooLong:
        raise OutOfTimeError(seconds) from None


def _has_timer() -> bool:
    import signal

    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        return False
    return signal.getitimer(signal.ITIMER_REAL)[0] == 0 and signal.getsignal(signal.SIGALRM) is not None


def _by_signal(seconds: float, work: Callable[[], T]) -> T:
    import signal

    done: list[T] = []
    armed = True

    def ring(_signum: int, _frame: Any) -> None:
        if armed:
            raise TookTooLong

    before = signal.signal(signal.SIGALRM, ring)
    try:
        try:
            signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
            done.append(work())
        finally:
            armed = False
    except TookTooLong:
        if not done:  # else it rang as the work ended: the work counts
            raise
    finally:
        armed = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    return done[0]


def _by_thread(seconds: float, work: Callable[[], T]) -> T:
    try:
        from ctypes import c_ulong, py_object, pythonapi

        throw = pythonapi.PyThreadState_SetAsyncExc
    except (ImportError, AttributeError):
        return work()
    caller = c_ulong(threading.get_ident())
    gate, ended, done = threading.Lock(), list[bool](), list[T]()
    gate.acquire()

    def watch() -> None:
        wait = seconds
        while not gate.acquire(timeout=wait):
            throw(caller, py_object(TookTooLong))
            wait = _AGAIN
        ended.append(True)

    try:
        try:
            _thread.start_new_thread(watch, ())
        except RuntimeError:  # no more threads: no limit
            ended.append(True)
        done.append(work())
    except TookTooLong:
        pass
    finally:
        while True:  # until the watcher has ended; it may interrupt each of these steps, but none twice
            try:
                with contextlib.suppress(RuntimeError):
                    gate.release()
                while not ended:
                    time.sleep(0)
                throw(caller, None)  # one that is on its way
                break
            except TookTooLong:
                continue
    if not done:
        raise TookTooLong
    return done[0]
