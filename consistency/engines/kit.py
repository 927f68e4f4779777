"""What a worker needs beside its rows: settings, rules and tables, made once in each process."""

from __future__ import annotations

import hashlib
from functools import cached_property, lru_cache
from pathlib import Path

import msgspec

from consistency import pipeline
from consistency.archive.kept import prepare
from consistency.archive.loaded import Shared
from consistency.archive.stamp import reading
from consistency.config import Config
from consistency.errors import ConfigError
from consistency.judgement.rates import rates
from consistency.lessons import NONE, Lessons
from consistency.rulebook import Rulebook
from consistency.topics.settings import TopicSettings


class _Packed(msgspec.Struct, frozen=True):
    """made_by: the program and its rules, rates: the user's own rates, both as hashes."""

    config: Config
    lessons: Lessons
    made_by: str
    rates: str


def packed(config: Config, lessons: Lessons = NONE) -> bytes:
    """All that a result rests on besides the sources, as it travels; what it does not rest on is left behind."""
    config = msgspec.structs.replace(config, origin={}, engine="serial", workers=None, master=None)
    told = _Packed(config, lessons, reading(pipeline.rulebook_of(config)), _rates(config))
    return msgspec.msgpack.encode(told, order="deterministic")


def _rates(config: Config) -> str:
    if not config.rates:
        return ""
    rates(config.rates)  # tells what is wrong with the file
    return hashlib.sha256(Path(config.rates).read_bytes()).hexdigest()


@lru_cache(maxsize=2)
def kit(settings: bytes) -> Kit:
    """The kit of a run; one and the same in a process, so that what the stages remember by the rules is kept."""
    return Kit(settings)


class Kit:
    """Settings, rules and what is worked out from them.

    Raises ConfigError where this computer has another program, rules or rates than the one the run was started on."""

    def __init__(self, settings: bytes) -> None:
        try:
            told = msgspec.msgpack.decode(settings, type=_Packed)
        except msgspec.ValidationError as error:  # settings that a program made, and nobody looked at
            raise ConfigError(f"a setting is not what it may be: {error}") from error
        self.config, self.lessons, self._warm = told.config, told.lessons, False
        self.rules: Rulebook = pipeline.rulebook_of(self.config)
        if reading(self.rules) != told.made_by:
            raise ConfigError("the program or the rules on this worker are not those the run was started with")
        if _rates(self.config) != told.rates:
            raise ConfigError("the rates on this worker are not those the run was started with", self.config.rates)

    def warm(self) -> None:
        """Loads what reading claims needs, once, so that the first source is not charged with it."""
        if not self._warm:
            prepare(self.rules)
            self._warm = True

    @cached_property
    def topics(self) -> TopicSettings:
        return pipeline.topic_settings(self.config, self.lessons)

    def shared(self) -> Shared:
        """Tables, and the scores of documents, which a task forgets when it ends."""
        return Shared(self.rules, self.topics)
