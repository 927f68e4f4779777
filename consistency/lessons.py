"""What people decided about claims, in the form that later runs obey."""

from __future__ import annotations

from typing import Any

import msgspec

from consistency.model import Record


class Lessons(Record, frozen=True):
    """must, cannot: pairs of claims that are, or are not, about one thing; readings: what a claim says where it was
    misread, by field. Claims go by their fingerprints; a pair is sorted, and so are the pairs."""

    must: tuple[tuple[str, str], ...] = ()
    cannot: tuple[tuple[str, str], ...] = ()
    readings: dict[str, dict[str, Any]] = msgspec.field(default_factory=dict)


NONE = Lessons()
