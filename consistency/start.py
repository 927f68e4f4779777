"""Where the `consistency` command begins: Ctrl-C while the program is still being loaded ends it as later, with 130."""

from __future__ import annotations

import gc
import sys
from typing import Any


def main(args: list[str] | None = None) -> Any:
    """Loads the command line and runs it. args: None for those of the process, which then ends with it."""
    gc.set_threshold(100_000, 20, 50)  # records come by the million and form no cycles; to look for some takes long
    try:
        from consistency.cli import main as run
    except KeyboardInterrupt:
        sys.stderr.write("\nstopped\n")
        sys.exit(130)
    try:
        return run(args)
    finally:
        if args is None:
            gc.freeze()  # the interpreter looks for cycles once more before it ends
