"""What a user may set about the topic stage."""

from __future__ import annotations

from consistency.model import Record


class TopicSettings(Record, frozen=True):
    """block_cap: claims of one block that are compared with each other; a larger block compares neighbours only.

    window: how many neighbours, in a block over the cap. members: how many members of a large group stand for it.
    """

    block_cap: int = 400
    window: int = 40
    members: int = 24
