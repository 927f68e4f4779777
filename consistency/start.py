"""Where the `consistency` command begins and ends: Ctrl-C while the program is still being loaded ends it as later,
with 130, and a process that is done is left at once."""

from __future__ import annotations

import gc
import os
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
    except SystemExit as ended:
        if args is None and isinstance(ended.code, int):
            gc.freeze()  # the interpreter looks for cycles once more before it ends
            sys.last_value = _Leave(ended.code)  # type: ignore[assignment]
        raise


class _Leave:
    """Lies where the interpreter reaches first when it takes the process apart, which is a tenth of a short run. By
    then all that is to be done at the end is done, and what was written is on its way."""

    def __init__(self, status: int) -> None:
        self.status = status

    def __del__(self) -> None:
        if sys.is_finalizing():
            os._exit(self.status)
