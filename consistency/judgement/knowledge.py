"""The word knowledge that judging rests on, read once: noun synonyms and kinds, scope qualifiers, standings, zones."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from consistency.errors import RuleError
from consistency.extraction.words import stop_terms
from consistency.judgement import contrast_table
from consistency.judgement.near import split
from consistency.rulebook import Rulebook, default_rulebook
from consistency.topics.passages import NUMBER, copy_rules
from consistency.topics.vocabulary import vocabulary


class Sureness(NamedTuple):
    """How sure findings are: by outcome and basis, by the certainty of the reading, by the link (see `confidence`)."""

    share: dict[str, dict[str, float]]
    reading: float
    least_link: float
    no_link: float


class Knowledge:
    """Look-ups over `rules/judgement/*.yaml` and the nouns of `rules/lexicon/measures.yaml`."""

    def __init__(self, rules: Rulebook) -> None:
        names = ("scopes", "standing", "zones", "roles")
        scopes, standing, zones, roles = (_load(rules, f"judgement/{n}.yaml") for n in names)
        measures = _load(rules, "lexicon/measures.yaml", optional=True)
        self.scope_name: dict[str, str] = {_fold(n): group[0] for group in scopes.get("same", []) for n in group}
        self.whole = frozenset(_fold(w) for w in scopes.get("whole", []))
        self.part_of = {_fold(k): frozenset(map(_fold, v)) for k, v in scopes.get("parts", {}).items()}
        self.disjoint = [frozenset(map(_fold, group)) for group in scopes.get("disjoint", [])]
        self.contrasts = contrast_table.read(_load(rules, contrast_table.FILE))
        self.so_far = tuple(map(split, scopes.get("so_far", [])))
        self.everywhere = tuple(map(split, scopes.get("everywhere", [])))
        self.shared = frozenset(map(_fold, scopes.get("shared", [])))
        self.slight = frozenset(map(_fold, scopes.get("slight", [])))
        self.weaker = frozenset(standing.get("weaker", []))
        self.official = tuple(standing.get("official", []))
        self.weak_zones = frozenset(zones.get("weak", []))
        self.role_parts = {k: frozenset(v) for k, v in roles.get("parts", {}).items()}
        self.some = frozenset(roles.get("some", []))
        self.incident = frozenset(roles.get("incident", []))
        self.beside = frozenset(roles.get("beside", []))
        self.inside = frozenset(roles.get("inside", []))
        self.no_event = frozenset(roles.get("no_event", []))
        self.once = frozenset(roles.get("once", []))
        self.seldom = frozenset(roles.get("seldom", []))
        self.somebody = frozenset(roles.get("somebody", []))
        self.small = frozenset(roles.get("small", []))
        self.something = frozenset(roles.get("something", []))
        self.dead = frozenset(roles.get("dead", []))
        topics = vocabulary(rules)
        self.roles, self.near, self.light = topics.roles, topics.near, topics.light
        copies = copy_rules(rules)
        self.numerals = frozenset(word for word, sign in copies.mask.items() if sign == NUMBER)
        self.idle = frozenset({*copies.stop, *stop_terms(), *self.contrasts.idle})
        sure = _load(rules, "judgement/confidence.yaml")
        self.sure = Sureness(sure["share"], sure["reading"], sure["link"]["least"], sure["link"]["none"])
        self.noun_name: dict[str, str] = {
            o: k for k, others in (measures.get("synonyms") or {}).items() for o in others
        }
        events = (measures.get("events") or {}).items()
        self.happen = frozenset(n for n, what in events if what != "hold")
        self.held = frozenset(n for n, what in events if what == "hold")
        self.kind_of: dict[str, str] = dict(measures.get("is_a") or {})
        self.extents: dict[str, str] = dict(measures.get("extents") or {})

    def noun(self, noun: str | None) -> str | None:
        """The canonical noun: "nation" and "state" are "country"."""
        return self.noun_name.get(noun, noun) if noun else None

    def scope(self, name: str) -> str:
        """The name of a scope under which its other names are kept too; the name itself where it has none."""
        return self.scope_name.get(_fold(name), name)

    def is_kind(self, narrow: str, wide: str) -> bool:
        """Whether every `narrow` is a `wide` (a woman is a person), by way of any number of steps."""
        seen: set[str] = set()
        at: str | None = narrow
        while at is not None and at not in seen:
            if at == wide:
                return True
            seen.add(at)
            at = self.kind_of.get(at)
        return False


def _fold(text: str) -> str:
    return " ".join(text.casefold().split())


def _load(rules: Rulebook, name: str, optional: bool = False) -> dict[str, Any]:
    try:
        content = rules.load(name)
    except RuleError:
        if optional:
            return {}
        raise
    if not isinstance(content, dict):
        raise RuleError("must be a mapping", name)
    return content


@lru_cache(maxsize=8)
def knowledge(rules: Rulebook | None = None) -> Knowledge:
    """The knowledge of a rulebook (the built-in one by default), read once in a process."""
    return Knowledge(rules or default_rulebook())
