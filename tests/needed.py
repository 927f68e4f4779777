"""What tests need of the computer: where it is not there they are left out, but never in CI."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def lacking(what: str) -> NoReturn:
    """Leaves the test out; in CI it fails."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI must run this: {what}")
    pytest.skip(what)
