"""Word classes for the clause grammar: closed classes from data, verbs inflected from their base forms.

Class letters: see `rules/lexicon/grammar.yaml`; open ones are v (verb form), w and W (base and -s forms that may be
nouns, decided by their neighbours), g and k (-ing forms, k those that are nouns first), n (anything else that has
letters); signs are , . ; : ( ) " - and END.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

import msgspec

from consistency.extraction.tokens import END, ClassTable, Tokens
from consistency.rulebook import default_rulebook

_HIDDEN = "\x01\x02\x03\x04\x05\x06"  # letters of verb forms with a capital, until their place is known


class Verbs(msgspec.Struct, frozen=True):
    """form: inflected form -> base; relation: base -> relation; phrases: base -> [(words after it, relation)].
    unchanged: those whose past is as their base ("cut")."""

    form: dict[str, str]
    relation: dict[str, str]
    phrases: dict[str, list[tuple[tuple[str, ...], str]]]
    people: frozenset[str]
    over: dict[str, frozenset[str]]
    unchanged: frozenset[str]


def inflect(base: str, doubling: frozenset[str] | set[str]) -> tuple[str, str, str]:
    """The regular -s, -ed and -ing forms of a verb."""
    if base.endswith("e"):
        ing = (
            base[:-2] + "ying"
            if base.endswith("ie")
            else base + "ing"
            if base.endswith(("ee", "ye", "oe"))
            else base[:-1] + "ing"
        )
        return base + "s", base + "d", ing
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        return base[:-1] + "ies", base[:-1] + "ied", base + "ing"
    if base.endswith(("s", "sh", "ch", "x", "z", "o")):
        return base + "es", base + "ed", base + "ing"
    if base in doubling:
        return base + "s", base + base[-1] + "ed", base + base[-1] + "ing"
    return base + "s", base + "ed", base + "ing"


@lru_cache(maxsize=1)
def verbs() -> Verbs:
    """The verb lexicon, inflected."""
    data = default_rulebook().load("lexicon/verbs.yaml")
    doubling = frozenset(data["doubling"])
    relation: dict[str, str] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    people, over = set(), {}
    for name, entry in data["relations"].items():
        for base in entry.get("verbs") or ():
            relation.setdefault(base, name)
        for phrase in entry.get("phrases") or ():
            base, *rest = phrase.split()
            phrases.setdefault(base, []).append((tuple(rest), name))
        if entry.get("people"):
            people.add(name)
        over[name] = frozenset(entry.get("over") or ())
    for known in phrases.values():
        known.sort(key=lambda p: (-len(p[0]), p))
    form: dict[str, str] = {}
    for base in [*relation, *phrases, *data["other"]]:
        form.setdefault(base, base)
        for word in inflect(base, doubling):
            form.setdefault(word, base)
    for base, words in data["irregular"].items():
        for word in words:
            form[word] = base
    for base in data["other"]:
        relation.setdefault(base, base)
    unchanged = frozenset(base for base, words in data["irregular"].items() if words[0] == base)
    return Verbs(form, relation, phrases, frozenset(people), over, unchanged)


@lru_cache(maxsize=1)
def class_table() -> dict[str, str]:
    """Lower-case word -> class letter; every other word is an n."""
    rules = default_rulebook()
    also = set(rules.load("lexicon/verbs.yaml")["also_nouns"])
    table: dict[str, str] = {}
    for word, base in verbs().form.items():
        plain = word == base or word == inflect(base, frozenset())[0]
        if word.endswith("ing") and not plain:
            table[word] = "g"
        elif base in also and plain:
            table[word] = "w" if word == base else "W"
        else:
            table[word] = "v"
    grammar = rules.load("lexicon/grammar.yaml")
    for word in grammar["ing_nouns"]:
        table[word] = "k"
    for word in grammar["adjectives"]:
        table[word] = "w"
    for letter, words in grammar["classes"].items():
        for word in words:
            if " " not in word:
                table[word] = letter
    table["that"] = "z"  # a relative pronoun before a verb, else a determiner
    table.update({sign: sign for sign in ",;:()"})
    table.update(
        {"'s": "d", "’s": "d", ".": ".", "?": ".", "!": ".", "–": "-", "—": "-", "-": "h", "|": "|", "[": "(", "]": ")"}
    )
    table.update(dict.fromkeys('"“”«»„`', '"'))
    table["''"] = '"'
    table[END] = END
    return table


class CasedTable:
    """Class letters of words as written, where a capital inside a sentence makes a verb form the name it is.

    base: lower-case word -> class letter. rule: class letter of a word that `base` does not have.
    """

    def __init__(self, base: Mapping[str, str], rule: Callable[[str], str], forms: str, shouted: bool) -> None:
        """forms: the classes of verb forms; shouted: whether a word of capitals alone is a name too."""
        self._base, self._rule, self._forms, self._shouted = base, rule, forms, shouted
        self._table = ClassTable({"": END}, self._letter, cased=True)
        hidden = _HIDDEN[: len(forms)]
        self._hidden = dict(zip(forms, hidden, strict=True))
        self._names = re.compile(f'[{hidden}](?<=[^\n."|:].)')
        self._shown = str.maketrans(hidden, forms)

    def _letter(self, word: str) -> str:
        small = word.lower()
        letter = self._base.get(small) or self._rule(small)
        if letter == "E" and word[0].isupper():
            return "n"
        if letter in self._forms and word[0].isupper() and (self._shouted or not word.isupper()):
            return self._hidden[letter]
        return letter

    def letters(self, tokens: Tokens) -> str:
        """One letter a token. A word at the head of a sentence, a line, a quotation keeps the class it has."""
        return self._names.sub("n", tokens.classes(self._table)).translate(self._shown)


@lru_cache(maxsize=1)
def clause_table() -> CasedTable:
    """The classes of the clause grammar, with y for signs that have none of their own, j for unknown words in -ly and E
    for those in -ed."""
    return CasedTable(class_table(), _other_class, "vwWgk", shouted=False)


def _other_class(word: str) -> str:
    if not word[:1].isalnum():
        return "y"
    if word[-2:] == "ly" and len(word) > 4 and word.isalpha() and word not in _no_adverbs():
        return "j"
    return "E" if word[-2:] == "ed" and len(word) > 5 and word.isalpha() else "n"


@lru_cache(maxsize=1)
def nouns_in_ly() -> frozenset[str]:
    """Nouns in -ly, and adjectives that stand as nouns ("a weekly")."""
    return frozenset(default_rulebook().load("lexicon/grammar.yaml")["nouns_in_ly"])


@lru_cache(maxsize=1)
def _no_adverbs() -> frozenset[str]:
    return nouns_in_ly() | frozenset(default_rulebook().load("lexicon/grammar.yaml")["adjectives_in_ly"])


@lru_cache(maxsize=1)
def light_nouns() -> frozenset[str]:
    """Nouns that carry no measure themselves ("volume", "number")."""
    return frozenset(default_rulebook().load("lexicon/grammar.yaml")["light_nouns"])


@lru_cache(maxsize=1)
def not_heads() -> frozenset[str]:
    """Words that end a noun phrase without being what it is of ("12 miles north")."""
    return frozenset(default_rulebook().load("lexicon/grammar.yaml")["not_heads"])


@lru_cache(maxsize=1)
def stop_terms() -> frozenset[str]:
    """Words that tell nothing about a claim's subject."""
    return frozenset(default_rulebook().load("lexicon/grammar.yaml")["stop_terms"])
