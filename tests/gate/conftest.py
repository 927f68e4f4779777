"""Lets the tests of the gate import the texts beside them."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
