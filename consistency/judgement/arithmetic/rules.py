"""The rules of arithmetic (`rules/arithmetic/*.yaml`): their words, patterns, factors, messages and examples.

A rule's code knows how to count; what words announce a list, how far a rate may be off and what is said of it stands in
its entry. A user's entry of the same id stands in for the built-in one; `off: true` silences it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from consistency.errors import RuleError
from consistency.judgement.rows import OUTCOMES, lines_of
from consistency.model import Record
from consistency.rulebook import Rulebook, builtin_rules, default_rulebook, read_yaml

KINDS = ("derived", "check")
CODED: Mapping[str, str] = {
    "multiplied": "derived",
    "growth": "derived",
    "growth-chain": "derived",
    "told-by-ends": "derived",
    "first-time": "derived",
    "share-of-total": "derived",
    "per-head": "derived",
    "list-length": "check",
    "two-currencies": "check",
    "two-units": "check",
    "weekday": "check",
    "event-year": "check",
    "part-over-whole": "check",
    "stated-change": "check",
    "stated-share": "check",
    "total-and-parts": "check",
    "shares-over-hundred": "check",
}
"""The rules the program can count with, and their kind."""
SHARED = "shared.yaml"
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


class Example(Record, frozen=True, forbid_unknown_fields=True):
    """Texts with their dates.

    sources: each with a text, and what is known of it (published, publisher); expect: outcomes of all findings;
    derives: what the rule works out ("259 USD for 2014"); speaks: whether the rule must speak in it, where `expect`
    and `derives` do not tell.
    """

    sources: tuple[dict[str, Any], ...]
    expect: tuple[str, ...] = ()
    derives: tuple[str, ...] = ()
    speaks: bool | None = None


class Shared(Record, frozen=True, forbid_unknown_fields=True):
    """Tables that several rules use.

    words: lists of words; patterns: regular expressions; numbers: limits.
    """

    words: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    patterns: dict[str, str] = msgspec.field(default_factory=dict)
    numbers: dict[str, float] = msgspec.field(default_factory=dict)


class Rule(Record, frozen=True, forbid_unknown_fields=True):
    """One rule.

    id: the name of what the program can count with; kind: derived (works claims out) or check; about: what it counts;
    because: why, in a sentence; uses: names of `shared.yaml` whose words, patterns and numbers it takes over;
    says: outcome -> message (of a check); words: lists it looks words up in; patterns: regular expressions of
    Python, whatever the case; numbers: its limits; reconcile: what would make the two agree; examples: texts that
    prove it; off: whether it is silenced; file, line: where it stands.
    """

    id: str
    kind: str
    about: str
    because: str
    uses: tuple[str, ...] = ()
    says: dict[str, str] = msgspec.field(default_factory=dict)
    words: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    patterns: dict[str, str] = msgspec.field(default_factory=dict)
    numbers: dict[str, float] = msgspec.field(default_factory=dict)
    reconcile: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    off: bool = False
    file: str = ""
    line: int | None = None

    @property
    def outcome(self) -> str:
        """For listing: the worst outcome of a check, "derived" for a rule that works claims out."""
        return next((o for o in OUTCOMES if o in self.says), self.kind)

    def fires(self, example: Example) -> bool:
        """Whether an example is one in which this rule must speak."""
        if example.speaks is not None:
            return example.speaks
        return bool(example.derives) if self.kind == "derived" else any(o in self.says for o in example.expect)

    def search(self, pattern: str, text: str) -> re.Match[str] | None:
        """The first place of a pattern in a text, whatever the case."""
        return _compiled(self.patterns[pattern]).search(text)

    def matches(self, pattern: str, text: str) -> re.Match[str] | None:
        """A pattern against a whole text, whatever the case."""
        return _compiled(self.patterns[pattern]).fullmatch(text)

    def has(self, table: str, word: str) -> bool:
        """Whether a lower-case word stands in one of the rule's tables."""
        return word in _set(self.words[table])

    def say(self, outcome: str, **told: object) -> str:
        """The message of an outcome with its places filled."""
        said = _PLACEHOLDER.sub(lambda m: str(told[m[1]]), self.says[outcome])
        return said[:1].upper() + said[1:]


@lru_cache(maxsize=512)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.I)


@lru_cache(maxsize=512)
def _set(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(words)


def load(rules: Rulebook | None = None) -> list[Rule]:
    """All rules of arithmetic, in the order of the files; a user's in the place of a built-in one of the same id.

    Raises RuleError with file and line.
    """
    book = rules or default_rulebook()
    out: dict[str, Rule] = {}
    for path in book.files("arithmetic"):
        seen: set[str] = set()
        for rule in _rules_of(path, book) if path.name != SHARED else ():
            if rule.id in seen:
                raise RuleError(f"the rule {rule.id} stands here twice", rule.file, rule.line)
            seen.add(rule.id)
            out.setdefault(rule.id, rule)
    return [out[name] for name in CODED if name in out]


def _rules_of(path: Path, book: Rulebook) -> Iterator[Rule]:
    content = read_yaml(path)
    if not isinstance(content, list):
        raise RuleError("must be a list of rules", str(path), 1)
    lines = lines_of(path.read_text(encoding="utf-8"))
    builtin = builtin_rules() in path.parents
    for entry in content:
        name = entry.get("id") if isinstance(entry, dict) else None
        line = lines.get(str(name))
        try:
            rule = _with_shared(msgspec.convert(entry, Rule), book)
            rule = msgspec.structs.replace(rule, file=str(path), line=line)
        except msgspec.ValidationError as error:
            raise RuleError(f"rule {name or '?'}: {error}", str(path), line) from error
        for problem in _faults(rule, builtin):
            raise RuleError(f"rule {rule.id}: {problem}", str(path), line)
        yield rule


def _with_shared(rule: Rule, book: Rulebook) -> Rule:
    """The rule with the tables it uses; its own entries win."""
    if not rule.uses:
        return rule
    shared = msgspec.convert(book.load(f"arithmetic/{SHARED}"), dict[str, Shared])
    words: dict[str, tuple[str, ...]] = {}
    patterns: dict[str, str] = {}
    numbers: dict[str, float] = {}
    for name in rule.uses:
        if name not in shared:
            raise msgspec.ValidationError(f"uses {name}, which is not in {SHARED}")
        words |= shared[name].words
        patterns |= shared[name].patterns
        numbers |= shared[name].numbers
    return msgspec.structs.replace(
        rule, words=words | rule.words, patterns=patterns | rule.patterns, numbers=numbers | rule.numbers
    )


def _faults(rule: Rule, builtin: bool) -> Iterator[str]:
    """What is wrong with a rule. builtin: its patterns are known to be sound, and to compile them takes long."""
    if rule.id not in CODED:
        yield f"there is no arithmetic of that name; there is {', '.join(CODED)}"
    elif rule.kind != CODED[rule.id]:
        yield f"its kind is {CODED[rule.id]}, not {rule.kind}"
    for outcome in rule.says:
        if outcome not in OUTCOMES or outcome == "none":
            yield f"says {outcome}, which is no outcome of a finding"
    for name, pattern in rule.patterns.items() if not builtin else ():
        try:
            re.compile(pattern)
        except re.error as error:
            yield f"the pattern {name} is broken: {error}"
    for example in rule.examples:
        if not example.sources or not all("text" in s for s in example.sources):
            yield "every source of an example needs a text"


class Arithmetic:
    """The rules by id. A rule that is missing or off is None."""

    def __init__(self, found: list[Rule]) -> None:
        self.by_id = {r.id: r for r in found if not r.off}

    def __getitem__(self, name: str) -> Rule | None:
        return self.by_id.get(name)


@lru_cache(maxsize=8)
def arithmetic(rules: Rulebook | None = None) -> Arithmetic:
    """The rules of a rulebook (the built-in one by default), read once in a process."""
    return Arithmetic(load(rules))
