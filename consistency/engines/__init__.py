"""Engines that use more than one process. `consistency.engine` has the protocol and the serial one."""

from __future__ import annotations

from consistency.engine import SERIAL, Engine
from consistency.errors import UsageError
from consistency.hints import near

ENGINES = ("serial", "processes", "spark")


def engine_of(name: str, workers: int | None = None, master: str | None = None) -> Engine:
    """The engine of a name. workers: how many processes, None for one a core; master: the URL of a Spark cluster.

    Raises UsageError for an unknown name, and where what an engine needs is not installed.
    """
    if name == "serial":
        return SERIAL
    if name == "processes":
        from consistency.engines.processes import Processes

        return Processes(workers)
    if name == "spark":
        from consistency.engines.spark.engine import Spark

        return Spark(master, workers)
    raise UsageError(f"there is no engine {name!r}{near(name, ENGINES)} (known: {', '.join(ENGINES)})")
