"""Makes `benchmarks` and `tests` importable; one Spark for all tests that need it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.needed import lacking

TOP = Path(__file__).parent.parent.parent
sys.path[:0] = [str(TOP), str(Path(__file__).parent)]


@pytest.fixture(scope="session")
def spark() -> Iterator[Any]:
    """Spark on two cores of this computer, reachable from nowhere else."""
    from consistency.engines.spark.session import missing, session

    lack = missing()
    if lack is not None:
        lacking(f"Spark cannot be started here: {lack}")
    path = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = os.pathsep.join([str(TOP), *([path] if path else [])])  # for the workers
    os.environ["SPARK_CONF_DIR"] = str(TOP / "tests" / "quick_spark")
    found = session("local[2,4]", more={"spark.sql.shuffle.partitions": "2"})
    yield found
    found.stop()
