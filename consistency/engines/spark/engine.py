"""The engine whose `map` runs on Spark's executors.

Items go out in windows, in order, and results come back in that order. What the work raises travels as an answer, so
that a job fails only where workers are lost, again and again. Its window is then done once more with a process beside
each worker, which is what an item kills that none outlives: as in the engine of several processes, it is given up.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count, islice
from types import SimpleNamespace
from typing import Any, TypeVar

from consistency.engine import Codec, told
from consistency.engines.spark.session import failing, session
from consistency.errors import ConsistencyError

A = TypeVar("A")
B = TypeVar("B")
Answer = tuple[Exception | None, Any] | str
"""What was raised, and what came out; or how the process died."""

_WINDOW = 256  # items of one job for each core of the cluster
_numbers = count()
_opened: dict[int, Any] = {}
"""What this worker is at, by the number it has on the driver."""
_SLICES = 4  # tasks of one job for each core, so that they end at about one time


class Spark:
    """An engine. master: the URL of a cluster, None for that of `spark-submit`, else this computer; workers: how many
    workers it has here, None for one a core."""

    def __init__(self, master: str | None = None, workers: int | None = None) -> None:
        self.spark: Any = session(master, workers)

    def map(
        self,
        work: Callable[[A], B],
        items: Iterable[A],
        lost: Callable[[A, str], B] | None = None,
        codec: Codec[B] | None = None,
    ) -> Iterator[B]:
        """As `consistency.engine.Engine.map`."""
        from pyspark import cloudpickle

        context = self.spark.sparkContext
        stream = iter(items)
        many = context.defaultParallelism
        sent, own = None, next(_numbers)
        try:
            while window := list(islice(stream, _WINDOW * many)):
                if sent is None:
                    sent = context.broadcast(cloudpickle.dumps((work, codec)))
                packed = [pickle.dumps(item, pickle.HIGHEST_PROTOCOL) for item in window]
                for place, answer in enumerate(self._answers(sent, own, packed, many * _SLICES)):
                    yield _result(answer, window[place], lost, codec)
        finally:
            if sent is not None:
                sent.destroy()

    def _answers(self, sent: Any, number: int, items: Sequence[bytes], slices: int) -> list[Answer]:
        """What the work said of each item."""
        from py4j.protocol import Py4JJavaError

        call = _Call(sent, number)
        spread = self.spark.sparkContext.parallelize(items, min(len(items), slices))
        try:
            told = spread.map(call).collect()
        except Py4JJavaError:
            with failing("Spark's workers do not work"):
                told = spread.mapPartitions(_Apart(call)).collect()
        return [pickle.loads(answer) for answer in told]


class _Call:
    """Calls the work on an executor."""

    def __init__(self, sent: Any, number: int) -> None:
        self.sent, self.number = sent, number

    def __call__(self, item: bytes) -> bytes:
        work, codec = self.opened()
        answer: Answer
        try:
            result = work(pickle.loads(item))
            answer = (None, result if codec is None else codec.encode(result))
        except Exception as error:
            answer = (told(error), None)
        return pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)

    def opened(self) -> Any:
        """The work and its codec, once in each process: it is at one work at a time."""
        if self.number not in _opened:
            _opened.clear()
            _opened[self.number] = pickle.loads(self.sent.value)
        return _opened[self.number]


class _Apart:
    """Calls the work in a process beside Spark's worker, which outlives it."""

    def __init__(self, call: _Call) -> None:
        self.call = call

    def __call__(self, items: Iterator[bytes]) -> Iterator[bytes]:
        from consistency.engines.processes import apart

        call = _Call(SimpleNamespace(value=self.call.sent.value), self.call.number)  # a broadcast goes no further
        call.opened()
        return apart(call, items, lambda _, how: pickle.dumps(how))


def _result(answer: Answer, item: A, lost: Callable[[A, str], B] | None, codec: Codec[B] | None) -> B:
    if isinstance(answer, str):
        if lost is None:
            raise ConsistencyError(f"a worker process died twice at the same work: {answer}")
        return lost(item, answer)
    fault, data = answer
    if fault is not None:
        raise fault
    result: B = data if codec is None else codec.decode(data)
    return result
