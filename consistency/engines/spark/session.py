"""Starting Spark, or finding the one that runs: under `spark-submit`, in a notebook, or on this computer alone."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from consistency.errors import ConsistencyError, UsageError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

APP = "consistency"
_TRIES = 4  # how often a task is tried whose worker dies, as on a cluster
_HERE = {
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.session.timeZone": "UTC",
    "spark.log.level": "FATAL",  # what stops a run is told in a line
}
"""What holds for Spark on this computer: nothing of it can be reached from another one."""
_MASTER = re.compile(r"yarn|local(-cluster)?(\[.+\])?|(spark|k8s)://.+")
_ALWAYS = {
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
    "spark.sql.execution.arrow.maxRecordsPerBatch": "200",  # records of sources are large
    "spark.sql.execution.pythonUDF.arrow.enabled": "false",
}


def missing() -> str | None:
    """What Spark lacks here, in words; None where it can be started."""
    try:
        import pandas  # noqa: F401
        import pyarrow  # noqa: F401
        import pyspark  # noqa: F401
    except ImportError as error:
        return f"{error.name} is not installed: pip install 'claim-consistency[spark]'"
    home = os.environ.get("JAVA_HOME")
    if not (shutil.which("java") or (home and (Path(home) / "bin" / "java").exists())):
        return "there is no Java: install Java 17 (Debian: openjdk-17-jre-headless), or set JAVA_HOME"
    return None


def session(
    master: str | None = None, workers: int | None = None, more: Mapping[str, str] = MappingProxyType({})
) -> SparkSession:
    """The session that is there, else a new one.

    master: the URL of a cluster; None for that of `spark-submit`, else for this computer with as many workers (None:
    one for each core). more: further properties of Spark. Raises UsageError where Spark is not installed, and for a
    master other than that of the session that is there; ConsistencyError where it does not start.
    """
    if master is not None and not _MASTER.fullmatch(master):
        raise UsageError(f"--master {master}: is none of local[N], spark://HOST:PORT, k8s://URL and yarn")
    lack = missing()
    if lack is not None:
        raise UsageError(f"the engine spark needs Spark: {lack}")
    from pyspark.sql import SparkSession

    there = SparkSession.getActiveSession()
    if there is not None:
        own = there.sparkContext.master
        if master is not None and own != master:
            raise UsageError(f"--master {master}: Spark runs already, on {own}")
        return there
    builder: Any = SparkSession.builder.appName(APP)
    for key, value in _ALWAYS.items():
        builder = builder.config(key, value)
    if master is None and "PYSPARK_GATEWAY_PORT" not in os.environ:  # which spark-submit sets
        master = f"local[{workers or '*'},{_TRIES}]"
    if master is not None:
        builder = builder.master(master)
        if master.startswith("local"):
            os.environ["PYSPARK_PYTHON"] = sys.executable
            os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
            builder = builder.config("spark.sql.shuffle.partitions", str(2 * (workers or os.cpu_count() or 1)))
            for key, value in _HERE.items():
                builder = builder.config(key, value)
    for key, value in more.items():
        builder = builder.config(key, value)
    try:
        found: SparkSession = builder.getOrCreate()
    except Exception as error:
        raise ConsistencyError(f"Spark did not start on {master}: {cause(error)}") from error
    return found


@contextlib.contextmanager
def failing(what: str) -> Iterator[None]:
    """Turns what Spark raises into a ConsistencyError that begins with `what` and ends with the cause."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (Py4JError, PySparkException) as error:
        raise ConsistencyError(f"{what}: {cause(error)}") from error


def cause(error: BaseException) -> str:
    """What lies below an error of Spark, in one line: the last error of a Python worker, else the innermost of Java."""
    text = str(error)
    raised = re.findall(r"^(?:[\w.]+\.)?(\w*(?:Error|Exception|Interrupt)): (.+)$", text, re.M)
    python = "Traceback (most recent call last)" in text
    inner = getattr(error, "java_exception", None)
    if python and raised:
        found = raised[-1][1]
    else:
        while inner is not None and inner.getCause() is not None:
            inner = inner.getCause()
        found = text if inner is None else inner.getMessage() or inner.toString()
    lines = (line.strip() for line in found.splitlines())
    return next((line for line in lines if line), type(error).__name__)[:300]
