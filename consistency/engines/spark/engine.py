"""The engine whose `map` runs on Spark's executors.

Items go out in windows, in order, and results come back in that order. What the work raises travels as an answer, so
that a job fails only where a worker or an executor is lost. Spark has tried it elsewhere by then; its half of the
window is tried again, down to the single item that no worker outlives, which is given up.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import count, islice
from typing import Any, TypeVar

from consistency.engine import Codec, told
from consistency.engines.spark.session import first_line, session
from consistency.errors import ConsistencyError

A = TypeVar("A")
B = TypeVar("B")
Answer = tuple[Exception | None, Any]

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

    def _answers(self, sent: Any, number: int, items: Sequence[bytes], slices: int) -> list[Answer | str]:
        """What the work said of each item; of one that no worker outlived, how it was lost."""
        from py4j.protocol import Py4JJavaError

        context = self.spark.sparkContext
        try:
            told = context.parallelize(items, min(len(items), slices)).map(_Call(sent, number)).collect()
            return [pickle.loads(answer) for answer in told]
        except Py4JJavaError as error:
            how = _how(error)
        if len(items) == 1:
            self._probe(how)
            return [how]
        half = len(items) // 2
        return [*self._answers(sent, number, items[:half], slices), *self._answers(sent, number, items[half:], slices)]

    def _probe(self, how: str) -> None:
        """Raises ConsistencyError where executors do nothing at all: then it is no fault of the item."""
        from py4j.protocol import Py4JJavaError

        try:
            self.spark.sparkContext.parallelize([0], 1).map(_same).collect()
        except Py4JJavaError as error:
            raise ConsistencyError(f"Spark's workers do not work: {how}") from error


class _Call:
    """Calls the work on an executor."""

    def __init__(self, sent: Any, number: int) -> None:
        self.sent, self.number = sent, number

    def __call__(self, item: bytes) -> bytes:
        if self.number not in _opened:  # a process is at one work at a time
            _opened.clear()
            _opened[self.number] = pickle.loads(self.sent.value)
        work, codec = _opened[self.number]
        answer: Answer
        try:
            result = work(pickle.loads(item))
            answer = (None, result if codec is None else codec.encode(result))
        except Exception as error:
            answer = (told(error), None)
        return pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)


def _same(item: int) -> int:
    return item


def _result(answer: Answer | str, item: A, lost: Callable[[A, str], B] | None, codec: Codec[B] | None) -> B:
    if isinstance(answer, str):
        if lost is None:
            raise ConsistencyError(f"a worker process died twice at the same work: {answer}")
        return lost(item, answer)
    fault, data = answer
    if fault is not None:
        raise fault
    result: B = data if codec is None else codec.decode(data)
    return result


def _how(error: Exception) -> str:
    """How a worker was lost, in words that are the same each time."""
    text = str(error)
    if "Python worker exited unexpectedly" in text or "EOFException" in text:
        return "its Python worker exited unexpectedly"
    if "ExecutorLostFailure" in text or "Executor heartbeat" in text:
        return "its executor was lost"
    return first_line(error)
