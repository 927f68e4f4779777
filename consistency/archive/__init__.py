"""Sources that are there already: which of them new ones meet, and what is kept of them between runs."""

from consistency.archive.kept import Kept, Portrait
from consistency.archive.opened import Archive
from consistency.archive.reach import Reached, Walk, reach

__all__ = ["Archive", "Kept", "Portrait", "Reached", "Walk", "reach"]
