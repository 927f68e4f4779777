"""What the lowest layer may be given by the highest, so that it need not import it.

`consistency/__init__.py` fills these in; it runs before any module of the package, so they are always there.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

page_fragment: Callable[[Any], str] | None = None
"""Makes the HTML that a notebook shows for a Report."""
