"""What a worker needs beside its rows: settings, rules and tables, made once in each process."""

from __future__ import annotations

from functools import cached_property, lru_cache

import msgspec

from consistency import pipeline
from consistency.archive.kept import prepare
from consistency.archive.loaded import Shared
from consistency.config import Config
from consistency.lessons import NONE, Lessons
from consistency.rulebook import Rulebook
from consistency.topics.settings import TopicSettings


class _Packed(msgspec.Struct, frozen=True):
    config: Config
    lessons: Lessons


def packed(config: Config, lessons: Lessons = NONE) -> bytes:
    """Settings and lessons as they travel. Where a setting was made is left behind: nothing rests on it."""
    return msgspec.msgpack.encode(_Packed(msgspec.structs.replace(config, origin={}), lessons))


@lru_cache(maxsize=2)
def kit(settings: bytes) -> Kit:
    """The kit of a run; one and the same in a process, so that what the stages remember by the rules is kept."""
    return Kit(settings)


class Kit:
    """Settings, rules and what is worked out from them."""

    def __init__(self, settings: bytes) -> None:
        told = msgspec.msgpack.decode(settings, type=_Packed)
        self.config, self.lessons = told.config, told.lessons

    @cached_property
    def rules(self) -> Rulebook:
        return pipeline.rulebook_of(self.config)

    @cached_property
    def ready(self) -> bool:
        """Loads what reading claims needs, so that the first source is not charged with it."""
        prepare(self.rules)
        return True

    @cached_property
    def topics(self) -> TopicSettings:
        return pipeline.topic_settings(self.config, self.lessons)

    def shared(self) -> Shared:
        """Tables, and the scores of documents, which a task forgets when it ends."""
        return Shared(self.rules, self.topics)
