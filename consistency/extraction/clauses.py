"""The clause grammar: verb groups, noun groups and the subject of a verb, read from the class string of a document.

A shallow cascade in the manner of FASTUS (Hobbs et al., 1997): no parse tree, only the groups that measures need.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

import msgspec

from consistency.extraction.spans import Mention, Quantity, Timex
from consistency.extraction.tokens import Tokens
from consistency.extraction.vocabulary import vocabulary
from consistency.extraction.words import clause_table, verbs

# Each pattern begins with what it changes and looks back afterwards: so the engine can skip to the next place.
# A form that may be noun or verb is a noun after a determiner, number, preposition or hyphen …
_W_NOUN = re.compile(r"w(?:(?<=[dqph]w)|(?<=dnw))|W(?<=[dqph]W)|v(?<=dv)(?!n)")
# … and a verb after an auxiliary, "to", a pronoun or a relative pronoun, also with an adverb between; …
_W_VERB = re.compile(r"[wW](?:(?<=[btoru].)|(?<=[btoru]j.))")
# … or between a noun and something a verb takes: a determiner, number, preposition, pronoun, time, adverb.
_W_BETWEEN = re.compile(r"[wW](?=[dqptjoeb])(?<=[n)].)|w(?=[qo])(?<=cw)")
# An -ed form right before a noun, after a determiner, number or preposition, is an adjective ("its exported cherries").
_ED_ADJECTIVE = re.compile(r"v(?=n)(?<=[dqph]v)")
_THAT = re.compile(r"z(?=[jbu]*[vb])(?<=[nkjey,)]z)")
_ING_VERB = re.compile(r"k(?:(?=[dtojp])(?<=bk)|(?=[qdo])(?<=[,sp]k))")
_NOUNS = str.maketrans("wWk", "nnn")
_ING_NOUN = re.compile(r"g(?=[np])(?<=[dh]g)")
# A verb group: auxiliaries, adverbs and "not", then the main verb, coordinated or continued by "to" + verb.
_MORE = r"(?:c[bj]*v)*(?:j?tj?v)*"
_VERB_GROUP = re.compile(rf"b[bju]*[vg]{_MORE}|[vg]{_MORE}|b[bju]*(?:tb?j?v)?|tb*j?v")
_FUTURE = frozenset({"will", "would", "shall", "'ll"})


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
    letters = list(clause_table().letters(tokens.words))
    for mention in mentions:
        if not mention.anaphor:
            letters[mention.first : mention.last] = "n" * (mention.last - mention.first)
    for q in quantities:
        if q.kind != "multiple":  # "doubled" stays the verb it is
            first, last = q.number
            letters[first:last] = "q" * (last - first)
    for t in times:
        if t.type != "DURATION":
            letters[t.first : t.last] = "e" * (t.last - t.first)
    tags = _THAT.sub("r", "".join(letters)).replace("z", "d")
    tags = _ED_ADJECTIVE.sub("n", tags)
    tags = _W_NOUN.sub("n", tags)
    tags = _W_VERB.sub("v", tags)
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
    if relation in vocabulary().wounding and "fatally" in tokens.lower[first : last + 1]:
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
    tokens: Tokens,
    quantities: Sequence[Quantity],
    times: Sequence[Timex],
    mentions: Sequence[Mention] = (),
    wanted: Iterable[int] | None = None,
) -> Clauses:
    """Classes and verb groups of a whole document; numbers, dates and names found before count as units.

    wanted: numbers of the sentences whose verb groups are asked for (default: all).
    """
    tags = _tags(tokens, quantities, times, mentions)
    groups: list[VerbGroup] = []
    sentences = tokens.sentences
    spans = ((0, len(tags)),) if wanted is None else [sentences[k][:2] for k in sorted(set(wanted))]
    for low, high in spans:
        groups += [_group(tokens, tags, *m.span()) for m in _VERB_GROUP.finditer(tags, low, high)]
    return Clauses(tokens, tags, groups, [g.first for g in groups])


def _group(tokens: Tokens, tags: str, first: int, last: int) -> VerbGroup:
    base, relation = _relation(tokens, first, last, tags)
    lower, opening = tokens.lower, tags[first]
    if last == first + 1:  # most groups are one verb
        return VerbGroup(first, last, base, relation, False, opening == "g", lower[first] in _FUTURE)
    passive = "v" in tags[first:last] and any(verbs().form.get(w) == "be" for w in lower[first : last - 1])
    future = opening == "t" or not _FUTURE.isdisjoint(lower[first:last])
    return VerbGroup(first, last, base, relation, passive, opening == "g", future)
