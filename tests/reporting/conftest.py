"""Makes `sample` importable and hands its report to the tests."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import sample

from consistency.model import Report


@pytest.fixture(scope="session")
def report() -> Report:
    return sample.build()
