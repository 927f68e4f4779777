"""What kills the process it is called in: for tests of engines that outlive it."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import Any

import consistency.archive.reading
import consistency.extraction.claims
from consistency.model import Extraction, Source

POISON = {
    "id": "poison",
    "text": "Two men drank it on 3 May 2021.",
    "published": "2021-05-04",
    "publisher": "",
}


def die_once(mark: str) -> None:
    """Kills this process, unless the file is there, which it makes."""
    try:
        os.close(os.open(mark, os.O_CREAT | os.O_EXCL))
    except FileExistsError:
        return
    os.kill(os.getpid(), signal.SIGKILL)


def deadly(patch: Callable[[Any, str, Any], None]) -> None:
    """From now on the text of POISON kills the process that reads its claims."""
    before = consistency.extraction.claims.extract

    def extract(source: Source, *more: Any) -> Extraction:
        if source.id == POISON["id"]:
            os.kill(os.getpid(), signal.SIGKILL)
        return before(source, *more)

    for module in (consistency.archive.reading, consistency.extraction.claims):
        patch(module, "extract", extract)
