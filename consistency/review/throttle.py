"""How often somebody may try to sign in."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable

TRIES, SPAN = 8, 300.0
"""Failures within a span (in seconds), by name and by address."""
_MOST = 10_000


class Throttle:
    """Counts failures by key in memory; the oldest keys go first where there are too many."""

    def __init__(self, tries: int = TRIES, span: float = SPAN, clock: Callable[[], float] = time.monotonic) -> None:
        self.tries, self.span, self.clock = tries, span, clock
        self._failed: dict[str, deque[float]] = {}
        self._lock = threading.Lock()

    def wait(self, *keys: str) -> int:
        """Seconds until another try is allowed under all keys; 0 for now."""
        with self._lock:
            return max((self._wait(key) for key in keys), default=0)

    def failed(self, *keys: str) -> None:
        """Remembers a failure."""
        with self._lock:
            for key in keys:
                held = self._failed.pop(key, None) or deque(maxlen=self.tries)
                held.append(self.clock())
                self._failed[key] = held
            while len(self._failed) > _MOST:
                del self._failed[next(iter(self._failed))]

    def passed(self, name: str, *others: str) -> None:
        """Forgets the failures of a name, and the last one of other keys: no account can wipe an address clean."""
        with self._lock:
            self._failed.pop(name, None)
            for key in others:
                if held := self._failed.get(key):
                    held.pop()

    def _wait(self, key: str) -> int:
        held = self._failed.get(key)
        if held is None or len(held) < self.tries:
            return 0
        left = held[0] + self.span - self.clock()
        return int(left) + 1 if left > 0 else 0
