"""The noun phrase after a number ("19 Latin American countries"), its head, and singular forms.

No tagger: after a number the head is nearly always the first plural, and closed lists tell where a phrase must end.
Vocabulary: `rules/lexicon/nouns.yaml`.
"""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from consistency.extraction.tokens import Tokens
from consistency.extraction.words import nouns_in_ly
from consistency.rulebook import default_rulebook


class NounPhrase(msgspec.Struct, frozen=True, gc=False):
    """Tokens first..last-1; head: lemma of the head noun; at: its token."""

    first: int
    last: int
    head: str
    at: int


class NounWords(msgspec.Struct, frozen=True):
    """The closed lists of `rules/lexicon/nouns.yaml`."""

    irregular: dict[str, str]
    plural_like: frozenset[str]
    people_states: frozenset[str]
    people_verbs: frozenset[str]
    stops: frozenset[str]
    not_plural: frozenset[str]
    fillers: frozenset[str]


@lru_cache(maxsize=1)
def words() -> NounWords:
    """The noun lists of the built-in rules."""
    data = default_rulebook().load("lexicon/nouns.yaml")
    return NounWords(
        irregular=data["irregular"],
        plural_like=frozenset(data["plural_like"]),
        people_states=frozenset(data["people_states"]),
        people_verbs=frozenset(data["people_verbs"]),
        stops=frozenset(data["stops"]),
        not_plural=frozenset(data["not_plural"]),
        fillers=frozenset(data["fillers"]),
    )


_GREEK = ("itis", "osis", "asis", "ysis", "esis")  # singulars
_GENITIVES = frozenset(("'", "’", "'s", "’s"))
_ES = re.compile(r"(?:ch|sh|x|ss|zz)es$")


@lru_cache(maxsize=16_384)
def lemma(word: str) -> str:
    """The singular of an English noun, lower case; a word that is no plural comes back as it is."""
    word = word.lower()
    known = words().irregular.get(word)
    if known is not None:
        return known
    if word in words().not_plural:
        return word
    if len(word) > 4 and word.endswith("men"):
        return word[:-3] + "man"
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if _ES.search(word):
        return word[:-2]
    if len(word) > 2 and word[-1] == "s" and word[-2] not in "su'’" and not word.endswith(_GREEK):
        return word[:-1]
    return word


@lru_cache(maxsize=16_384)
def is_plural(word: str) -> bool:
    """Whether a lower-case word looks like a plural noun."""
    table = words()
    if word in table.plural_like or (word in table.irregular and table.irregular[word] != word):
        return True
    if len(word) < 3 or word[-1] != "s" or word in table.not_plural:
        return word in table.irregular
    if word[-2] == "i":
        return word.isalpha() and not word.endswith(_GREEK)
    return (
        word[-2] not in "su'’"
        and word[:-1].isalpha()
        and (len(word) > 3 or word in ("mps", "pcs", "tvs", "cds", "pcs"))
    )


def noun_phrase(tokens: Tokens, index: int, limit: int = 7, singular: bool = False) -> NounPhrase | None:
    """The noun phrase that starts at token `index`, or None.

    limit: how many tokens it may have. singular: the number is one, or stands as an adjective ("a 5-member forum"), so
    the head need not be a plural: it is then the last word before the phrase must end.
    """
    lower, table = tokens.lower, words()
    i = index
    while lower[i] in table.fillers and lower[i] != "of":
        i += 1
    stops, head, j, end = table.stops, -1, i, i + limit
    size = len(lower)
    while j < end and j < size:
        word = lower[j]
        if not word[0].isalpha():
            if (
                j > i
                and word in ("-", "–")
                and j + 1 < size
                and lower[j + 1][0].isalpha()
                and tokens.starts[j + 1] <= tokens.ends[j] + 1
            ):
                j += 1
                continue
            if not (word in _GENITIVES and j > i):
                break
        elif word in stops or (singular and j > i and (word.endswith("ed") or j > i + 3)):
            break
        elif is_plural(word):
            head = j
            if not (j + 1 < size and lower[j + 1] not in stops and is_plural(lower[j + 1])):
                break
        j += 1
    if head >= 0:
        return NounPhrase(i, head + 1, lemma(lower[head]), head)
    if singular and j > i:
        last = j - 1
        while last > i and not lower[last][0].isalpha():
            last -= 1
        if lower[last].endswith("ly") and lower[last] not in nouns_in_ly():
            return None
        return NounPhrase(i, last + 1, lemma(lower[last]), last)
    return None
