"""What a user may set about the topic stage."""

from __future__ import annotations

from consistency.model import Record


class TopicSettings(Record, frozen=True):
    """threshold: mean score a claim needs to join a topic (None: that of the rules). block_cap: claims of one block that are compared with each other; a larger block compares neighbours only.

    window: how many neighbours, in a block over the cap. members: how many members of a large group stand for it.
    """

    threshold: float | None = None
    block_cap: int = 2_000
    window: int = 40
    members: int = 24
