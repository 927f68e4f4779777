"""Where the `consistency` command begins and ends: Ctrl-C while the program is still being loaded ends it as later,
with 130, and a process that is done is left at once."""

from __future__ import annotations

import atexit
import contextlib
import gc
import os
import sys
from typing import Any


def main(args: list[str] | None = None) -> Any:
    """Loads the command line and runs it. args: None for those of the process, which then ends with it."""
    gc.set_threshold(100_000, 20, 50)  # records come by the million and form no cycles; to look for some takes long
    ended: list[int] = []
    if args is None:
        atexit.register(_leave, ended)  # what is registered first is called last
    try:
        from consistency.cli import main as run
    except KeyboardInterrupt:
        sys.stderr.write("\nstopped\n")
        sys.exit(130)
    try:
        return run(args)
    except SystemExit as end:
        if isinstance(end.code, int):
            ended.append(end.code)
        raise


def _leave(ended: list[int]) -> None:
    """Leaves the process as it is: to take its memory apart piece by piece is a tenth of a short run."""
    for stream in (sys.stdout, sys.stderr) if ended else ():
        with contextlib.suppress(AttributeError, OSError, ValueError):  # there is none, or nobody reads it
            stream.flush()
    if ended:
        os._exit(ended[0])
