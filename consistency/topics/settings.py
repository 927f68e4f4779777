"""What a user may set about the topic stage."""

from __future__ import annotations

from consistency.model import Record


class TopicSettings(Record, frozen=True):
    """How claims are joined.

    threshold: mean score a claim needs to join a topic (None: that of the rules). block_cap: claims of one block that
    are compared with each other; in a larger block each is compared with its `window` neighbours only. members: how
    many members of a large group stand for it. asked: the caller says that the texts tell of one thing (`compare`), so
    claims need less in common to be joined, and are compared without a name in common.
    """

    threshold: float | None = None
    block_cap: int = 2_000
    window: int = 40
    members: int = 12
    asked: bool = False
