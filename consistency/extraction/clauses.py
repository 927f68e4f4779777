"""The clause grammar: verb groups, noun groups and the subject of a verb, read from the class string of a document.

A shallow cascade in the manner of FASTUS (Hobbs et al., 1997): no parse tree, only the groups that measures need.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from consistency.extraction.spans import Mention, Quantity, Timex
from consistency.extraction.tokens import Tokens
from consistency.extraction.words import class_table, verbs

# A form that may be noun or verb is a noun after a determiner, number, preposition or hyphen …
_W_NOUN = re.compile(r"(?<=[dqph])[wW]|(?<=dn)w|(?<=d)v(?![n])")
# … and a verb after an auxiliary, "to", a pronoun or a relative pronoun, also with an adverb between; …
_W_VERB = re.compile(r"(?<=[btoru])(j?)[wW]")
# … or between a noun and something a verb takes: a determiner, number, preposition, pronoun, time, adverb.
_W_BETWEEN = re.compile(r"(?<=[n)])[wW](?=[dqptjoeb])|(?<=c)w(?=[qo])")
# An -ed form right before a noun, after a determiner, number or preposition, is an adjective ("its exported cherries").
_ED_ADJECTIVE = re.compile(r"(?<=[dqph])v(?=n)")
_THAT = re.compile(r"(?<=[nkjey,)])z(?=[jbu]*[vb])")
_ING_VERB = re.compile(r"(?<=b)k(?=[dtojp])|(?<=[,sp])k(?=[qdo])")
_NOUNS = str.maketrans("wWk", "nnn")
_ING_NOUN = re.compile(r"(?<=[dh])g(?=[np])")
# A verb group: auxiliaries, adverbs and "not", then the main verb, coordinated or continued by "to" + verb.
_VERB_GROUP = re.compile(r"(?:b[bju]*)?[vg](?:c[bj]*v)*(?:j?tj?v)*|b[bju]*(?:tb?j?v)?|tb*j?v")


_WOUNDING = frozenset({"shoot", "injure", "stab", "attack", "hit"})


class VerbGroup(msgspec.Struct, frozen=True, gc=False):
    """A verb group: tokens first..last-1, the main verb's base form and its relation; passive: be + participle."""

    first: int
    last: int
    base: str
    relation: str
    passive: bool
    gerund: bool
    future: bool


class Clauses(msgspec.Struct, frozen=True):
    """The class string of a document and its verb groups in order."""

    tokens: Tokens
    tags: str
    groups: list[VerbGroup]
    firsts: list[int]

    def before(self, index: int, stop: int) -> VerbGroup | None:
        """The last verb group that ends at or before token `index`, not before token `stop`."""
        k = bisect_left(self.firsts, index) - 1
        while k >= 0 and self.groups[k].last > index:
            k -= 1
        if k >= 0 and self.groups[k].first >= stop:
            return self.groups[k]
        return None

    def after(self, index: int, stop: int) -> VerbGroup | None:
        """The first verb group that starts at or after token `index`, before token `stop`."""
        k = bisect_left(self.firsts, index)
        if k < len(self.groups) and self.groups[k].first < stop:
            return self.groups[k]
        return None


def _tags(tokens: Tokens, quantities: Sequence[Quantity], times: Sequence[Timex], mentions: Sequence[Mention]) -> str:
    letters = list(tokens.classes(class_table(), other="n"))
    for i, word in enumerate(tokens.words):
        if letters[i] in "vwWgk" and word[0].isupper() and i and letters[i - 1] not in '\n."|:' and not word.isupper():
            letters[i] = "n"  # a capital inside a sentence is a name
        elif letters[i] == "n" and not word[:1].isalnum():
            letters[i] = "y"
    for mention in mentions:
        if not mention.anaphor:
            for i in range(mention.first, mention.last):
                letters[i] = "n"
    for q in quantities:
        if q.kind != "multiple":  # "doubled" stays the verb it is
            for i in range(*q.number):
                letters[i] = "q"
    for t in times:
        if t.type != "DURATION":
            for i in range(t.first, t.last):
                letters[i] = "e"
    tags = _THAT.sub("r", "".join(letters)).replace("z", "d")
    tags = _ED_ADJECTIVE.sub("n", tags)
    tags = _W_NOUN.sub("n", tags)
    tags = _W_VERB.sub(r"\1v", tags)
    tags = _W_BETWEEN.sub("v", tags)
    tags = _ING_NOUN.sub("n", tags)
    tags = _ING_VERB.sub("g", tags)
    return tags.translate(_NOUNS)


def _relation(tokens: Tokens, first: int, last: int, tags: str) -> tuple[str, str]:
    """Base form and relation of the main verb of a group, with the phrase it begins ("take part")."""
    lexicon = verbs()
    base, relation, at = "be", "level", last - 1
    found: list[tuple[str, str, int]] = []
    for i in range(first, last):
        if tags[i] in "vg" or (tags[i] == "b" and i == last - 1):
            word = tokens.lower[i]
            lemma = lexicon.form.get(word) or _guess_base(word)
            if tags[i] == "b" and lemma not in ("have", "do"):
                lemma = "be"
            found.append((lemma, lexicon.relation.get(lemma, lemma), i))
    if found:
        base, relation, at = found[-1]
        for other in found[:-1]:
            if relation in lexicon.over.get(other[1], ()):
                base, relation, at = other
    if relation in _WOUNDING and "fatally" in tokens.lower[first : last + 1]:
        return base, "kill"
    for rest, name in lexicon.phrases.get(base, ()):
        words = tokens.lower[at + 1 : at + 1 + len(rest)]
        if tuple(words) == rest:
            return base, name
    return base, relation


def _guess_base(word: str) -> str:
    for ending, put in (("ied", "y"), ("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", "")):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word[: -len(ending)] + put
    return word


def find_clauses(
    tokens: Tokens, quantities: Sequence[Quantity], times: Sequence[Timex], mentions: Sequence[Mention] = ()
) -> Clauses:
    """Classes and verb groups of a whole document; numbers, dates and names found before count as units."""
    tags = _tags(tokens, quantities, times, mentions)
    groups = []
    for m in _VERB_GROUP.finditer(tags):
        first, last = m.span()
        base, relation = _relation(tokens, first, last, tags)
        lower = tokens.lower
        passive = "v" in tags[first:last] and any(verbs().form.get(w) == "be" for w in lower[first : last - 1])
        future = any(w in ("will", "would", "shall", "'ll") for w in lower[first:last]) or tags[first] == "t"
        groups.append(VerbGroup(first, last, base, relation, passive, tags[first] == "g", future))
    return Clauses(tokens, tags, groups, [g.first for g in groups])
