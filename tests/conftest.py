"""What holds for all tests: none fails because the machine is slow, and texts of one folder can be used in another."""

import gc
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("untimed", settings(), deadline=None)  # all else as it is, in CI and elsewhere
settings.load_profile("untimed")

sys.path.insert(0, str(Path(__file__).parent.parent))  # for `from tests.hostile import bombs`


@pytest.fixture
def nobody_watches_the_collector() -> Iterator[None]:
    """Hypothesis has the garbage collector call it, once any of its tests ran. What an alarm that rings in that call
    raises goes to pytest as nobody's, and one that rings while pytest takes note of it fails the test."""
    watching = gc.callbacks[:]
    gc.callbacks.clear()
    yield
    gc.callbacks[:] = watching
