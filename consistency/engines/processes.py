"""Several processes on this computer.

Each worker has a pipe of its own and answers what it is sent in order, so that it is known what it was at when it died:
that is tried once more, by another worker, and then given up. Items that take little time are sent several at once, as
each journey takes some itself; of those that a worker died at each is tried by itself. Beside what it is at, a worker
has one more message, so that it never waits for this process, and only one that its pipe can hold, so that neither side
writes to one that does not read. Items are taken from their stream as workers get free, and results are handed on in
the order of the items, so that no more than a window of both is held. Where processes can be forked they inherit the
function; elsewhere it is sent to each once.
"""

from __future__ import annotations

import contextlib
import gc
import os
import pickle
import signal
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

from consistency.engine import Codec, told
from consistency.errors import ConsistencyError

A = TypeVar("A")
B = TypeVar("B")

_WINDOW = 256  # items for each worker that may be done before an earlier one is
_FEW = 2  # items for each worker under which no process is worth its start
_TRIES = 2
_DEEP = 2  # messages a worker has at once
_SMALL = 32_768  # bytes of a message that every pipe can hold
_MANY = 16  # items of a message
_SHORT, _LONG = 0.01, 0.05  # seconds of work on a message under which it could be longer, and over which shorter


class Processes:
    """An engine. workers: how many processes; None for as many as this process may use cores."""

    def __init__(self, workers: int | None = None) -> None:
        self.workers = workers or _cores()

    def map(
        self,
        work: Callable[[A], B],
        items: Iterable[A],
        lost: Callable[[A, str], B] | None = None,
        codec: Codec[B] | None = None,
    ) -> Iterator[B]:
        """As `consistency.engine.Engine.map`."""
        stream = iter(items)
        first = list(islice(stream, self.workers * _FEW))
        if self.workers < 2 or len(first) < self.workers * _FEW:
            yield from map(work, chain(first, stream))
            return
        yield from apart(work, chain(first, stream), lost, codec, self.workers)


def apart(
    work: Callable[[A], B],
    items: Iterable[A],
    lost: Callable[[A, str], B] | None = None,
    codec: Codec[B] | None = None,
    many: int = 1,
) -> Iterator[B]:
    """As `consistency.engine.Engine.map`, in other processes however few the items are: this one outlives them."""
    pool = _Pool(work, iter(items), lost, codec, many)
    try:
        yield from pool.results()
    finally:
        pool.end()


class _Worker:
    """A process and the numbers of what it was sent: the message it is at, and what comes next."""

    def __init__(self, work: Any, codec: Any, others: Iterable[_Worker]) -> None:
        forks = "fork" in get_all_start_methods() and sys.platform != "darwin"
        context = get_context("fork" if forks else "spawn")
        self.pipe, theirs = context.Pipe()
        shut = [w.pipe for w in others] + [self.pipe] if forks else []
        self.process = context.Process(target=_serve, args=(theirs, shut, work, codec), daemon=True)  # type: ignore[attr-defined]
        self.process.start()
        theirs.close()
        self.at: deque[list[int]] = deque()

    def how(self) -> str:
        """How it died."""
        self.process.join(5)
        code = self.process.exitcode
        if code is not None and code < 0:
            return f"signal {-code}" + (" (out of memory, perhaps)" if code == -signal.SIGKILL else "")
        return f"exit status {code}"


class _Pool(Generic[A, B]):
    """The workers of one call of `map`."""

    def __init__(
        self,
        work: Callable[[A], B],
        items: Iterator[A],
        lost: Callable[[A, str], B] | None,
        codec: Codec[B] | None,
        many: int,
    ) -> None:
        self.work, self.items, self.lost, self.codec = work, items, lost, codec
        self.many = many
        self.workers: list[_Worker] = []
        self.held: dict[int, A] = {}
        self.again: deque[int] = deque()
        self.tries: dict[int, int] = {}
        """Items at which a worker died, so that they are sent alone -> how often it had nothing else."""
        self.done: dict[int, B] = {}
        self.taken = self.told = 0
        self.over = False
        self.bunch = 1

    def results(self) -> Iterator[B]:
        """The results in order."""
        while True:
            self._feed()
            if self.told in self.done:
                while self.told in self.done:
                    yield self.done.pop(self.told)
                    self.told += 1
                continue  # the window moved on: there may be nothing to wait for before more is sent
            if self.over and not self.held:
                return
            pipes = {w.pipe: w for w in self.workers}
            for pipe in wait(list(pipes)):
                self._take(pipes[pipe])  # type: ignore[index]

    def end(self) -> None:
        """Ends all workers, whatever they are at."""
        for worker in self.workers:
            worker.process.kill()
            worker.pipe.close()
        for worker in self.workers:
            worker.process.join()

    def _feed(self) -> None:
        while len(self.workers) < self.many and not (self.over and not self.held):
            self.workers.append(_Worker(self.work, self.codec, self.workers))
        for more in range(_DEEP):
            for worker in self.workers:
                if len(worker.at) == more and not self._give(worker):
                    return

    def _give(self, worker: _Worker) -> bool:
        """Sends a worker its next message; False if there is nothing for it now."""
        numbers: list[int] = []
        items: list[bytes] = []
        size = 0
        while len(numbers) < self.bunch and (number := self._next()) is not None:
            data = pickle.dumps(self.held[number], pickle.HIGHEST_PROTOCOL)
            size += len(data)
            alone = number in self.tries
            if (numbers and alone) or ((numbers or worker.at) and size > _SMALL):
                self.again.appendleft(number)
                break
            numbers.append(number)
            items.append(data)
            if alone:
                break
        if not numbers:
            return False
        worker.at.append(numbers)
        with contextlib.suppress(OSError):  # it died: its pipe will say so
            worker.pipe.send_bytes(pickle.dumps(items, pickle.HIGHEST_PROTOCOL))
        return True

    def _next(self) -> int | None:
        if self.again:
            return self.again.popleft()
        if self.over or self.taken - self.told >= _WINDOW * self.many:
            return None
        for item in self.items:
            self.held[self.taken] = item
            self.taken += 1
            return self.taken - 1
        self.over = True
        return None

    def _take(self, worker: _Worker) -> None:
        try:
            took, results, fault = pickle.loads(worker.pipe.recv_bytes())
        except (EOFError, OSError):
            self._died(worker)
            return
        if fault is not None:
            raise fault
        numbers = worker.at.popleft()
        if took < _SHORT and len(numbers) == self.bunch:
            self.bunch = min(2 * self.bunch, _MANY)
        elif took > _LONG:
            self.bunch = max(1, min(self.bunch, len(numbers)) // 2)
        for number, result in zip(numbers, results, strict=True):
            self._done(number, (pickle.loads if self.codec is None else self.codec.decode)(result))

    def _done(self, number: int, result: B) -> None:
        del self.held[number]
        self.tries.pop(number, None)
        self.done[number] = result

    def _died(self, worker: _Worker) -> None:
        how = worker.how()
        self.workers.remove(worker)
        worker.pipe.close()
        if not worker.at:
            return
        numbers = worker.at.popleft()
        self.again.extendleft(n for later in reversed(worker.at) for n in reversed(later))
        if len(numbers) > 1:  # any of them may be what it died of
            self.tries.update(dict.fromkeys(numbers, 0))
            self.again.extend(numbers)
            return
        (number,) = numbers
        self.tries[number] = self.tries.get(number, 0) + 1
        if self.tries[number] < _TRIES:
            self.again.append(number)
        elif self.lost is None:
            raise ConsistencyError(f"a worker process died twice at the same work: {how}")
        else:
            self._done(number, self.lost(self.held[number], how))


def _serve(pipe: Connection, shut: list[Connection], work: Callable[[Any], Any], codec: Codec[Any] | None) -> None:
    """A worker's life: until the pipe ends."""
    gc.freeze()  # what was inherited is not looked at for rubbish, which would copy all of it
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the first process, which ends its workers
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    for other in shut:
        other.close()
    while True:
        try:
            items = pickle.loads(pipe.recv_bytes())
        except (EOFError, OSError):
            return
        began = time.perf_counter()
        results: list[bytes] = []
        fault: Exception | None = None
        try:
            for item in items:
                result = work(pickle.loads(item))
                results.append(pickle.dumps(result, pickle.HIGHEST_PROTOCOL) if codec is None else codec.encode(result))
        except Exception as error:
            results, fault = [], told(error)
        answer = (time.perf_counter() - began, results, fault)
        try:
            pipe.send_bytes(pickle.dumps(answer, pickle.HIGHEST_PROTOCOL))
        except OSError:
            return


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
