"""What holds for all tests: none fails because the machine is slow, and texts of one folder can be used in another."""

import sys
from pathlib import Path

from hypothesis import settings

settings.register_profile("untimed", settings(), deadline=None)  # all else as it is, in CI and elsewhere
settings.load_profile("untimed")

sys.path.insert(0, str(Path(__file__).parent.parent))  # for `from tests.hostile import bombs`
