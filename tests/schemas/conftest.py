"""Hands the hand-made report of the reporting tests to those of the schemas."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from consistency.model import Report

SAMPLE = Path(__file__).parents[1] / "reporting" / "sample.py"


@pytest.fixture(scope="session")
def sample_report() -> Report:
    spec = importlib.util.spec_from_file_location("schemas_sample", SAMPLE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    report: Report = module.build()
    return report
