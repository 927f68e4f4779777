"""Severities that the settings give to rules and topics.

The severity of a finding is apart from its outcome: it says how grave a desk takes it, not what it is. `error` fails
the gate whatever its outcome is, `warning` leaves that to the outcome, `note` never fails it, and `off` takes the
finding out of the report, where it is counted among what was left out. A gate of `none` fails on nothing.

What is said of a topic goes before what is said of a rule, a name in full before a glob, and of several globs the
first in the file. Topics go by their id, the id of a curated topic, or their title, in whatever case.
"""

from __future__ import annotations

from typing import NamedTuple, get_args

from consistency.config import Config, Level
from consistency.errors import ConfigError
from consistency.gate.sight import is_named
from consistency.hints import near, unfit
from consistency.rulebook import Rulebook, default_rulebook


class Given(NamedTuple):
    """A severity and the setting it comes from ("severity.rules.equal")."""

    level: str
    setting: str


class Severities:
    """Look-ups over `[severity]`. Raises ConfigError for a rule that there is not."""

    def __init__(self, config: Config) -> None:
        rules, topics = config.severity.rules, config.severity.topics
        for table, values in (("rules", rules), ("topics", topics)):
            for name, level in values.items():
                if level not in get_args(Level):
                    raise _fault(f"severity.{table}.{name}", unfit("", level, Level), config)
        if rules:
            known = rule_ids(config)
            for name in rules:
                if name not in known:
                    raise _fault(f"severity.rules.{name}", f"no rule is called {name!r}{near(name, known)}", config)
        self._rules = {name: Given(level, f"severity.rules.{name}") for name, level in rules.items()}
        self._topics = {name: Given(level, f"severity.topics.{name}") for name, level in topics.items()}
        self._exact = {name.casefold(): given for name, given in reversed(self._topics.items())}

    @property
    def of_topics(self) -> tuple[str, ...]:
        """The settings that name topics."""
        return tuple(given.setting for given in self._topics.values())

    def of(self, rule: str, topic: tuple[str, ...]) -> Given | None:
        """The severity of a finding by that rule on the topic of those names; None where the settings say nothing."""
        for name in topic if self._exact else ():
            if name.casefold() in self._exact:
                return self._exact[name.casefold()]
        for pattern, given in self._topics.items():
            if is_named(topic, pattern):
                return given
        return self._rules.get(rule)


def _fault(setting: str, message: str, config: Config) -> ConfigError:
    file, _, line = config.origin.get(setting, "").rpartition(":")
    if not (file and line.isdigit()):
        return ConfigError(f"{setting}: {message}", config.origin.get(setting))
    return ConfigError(f"{setting}: {message}", file, int(line))


def rule_ids(config: Config) -> list[str]:
    """The ids of every rule of a run, in the order of the table; those of arithmetic follow."""
    from consistency.judgement.arithmetic.rules import load as arithmetic
    from consistency.judgement.table import load as table

    book = Rulebook(tuple(config.rules)) if config.rules else default_rulebook()
    return [*(row.id for row in table(book)), *(rule.id for rule in arithmetic(book))]
