"""The clause grammar: verb groups, noun groups and the subject of a verb, read from the class string of a document.

A shallow cascade in the manner of FASTUS (Hobbs et al., 1997): no parse tree, only the groups that measures need.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate

import msgspec

from consistency.extraction.spans import Mention, Quantity, Timex
from consistency.extraction.tokens import Tokens
from consistency.extraction.vocabulary import vocabulary
from consistency.extraction.words import clause_table, verbs

# Each pattern begins with what it changes and looks back afterwards: so the engine can skip to the next place.
# A form that may be noun or verb is a noun after a determiner, number, preposition or hyphen …
_W_NOUN = re.compile(r"w(?:(?<=[dqph]w)|(?<=dnw)(?!d))|W(?<=[dqph]W)|v(?<=dv)(?!n)")
# … and a verb after an auxiliary, "to", a pronoun or a relative pronoun, also with an adverb between; …
_W_VERB = re.compile(r"[wW](?:(?<=[btoru].)|(?<=[btoru]j.))")
# … or between a noun and something a verb takes: a determiner, number, preposition, pronoun, time, adverb. Where a verb
# follows the phrase of the preposition, the form is its subject ("consumer prices in Ghana rose").
_W_BETWEEN = re.compile(r"[wW](?=[dqtoeb]|p(?!d?[nhy]{1,3}[vb])|j(?![jvb]))(?<=[n)].)|w(?=[qo])(?<=cw)")
# An -ed form right before a noun, after a determiner, number or preposition, is an adjective ("its exported cherries").
_ED_ADJECTIVE = re.compile(r"v(?=n)(?<=[dqph]v)")
# An unknown -ed form that goes on after a verb is a verb too ("was founded in 1886 and chartered in 1912").
_ED_VERB = re.compile("E(?=[pet])(?<=[c,]E)|E(?=[pet])(?<=[c,]jE)")
# … and so is one between a noun and what a verb takes ("the river crested at", "the jury deliberated for"), and one
# behind an auxiliary.
_ED_AFTER = re.compile(r"E(?=[ptdo])(?<=[n)]E)|E(?=[ptdo])(?<=njE)|E(?<=bE)|E(?<=bjE)")
_ED_REACH = 32  # tokens from such a form back to the verb it goes on after
_CLAUSE_END = re.compile("[\n;:b]")
_THAT = re.compile(r"z(?=[jbu]*[vb])(?<=[nkjey,)]z)")
_ING_VERB = re.compile(r"k(?:(?=[dtojp])(?<=bk)|(?=[qdo])(?<=[,sp]k))")
MEASURED = frozenset({"measure", "money", "percent"})
_UNIT = bytes.maketrans(b"vwWk", b"nnnn")
_NOUNS = str.maketrans("wWk", "nnn")
_ING_BEFORE = re.compile("g(?=n)")
_ING_NOUN = re.compile(r"g(?=[np])(?<=[dh]g)")
# A verb group: auxiliaries, adverbs and "not", then the main verb, coordinated or continued by "to" + verb.
_MORE = r"(?:c[bj]*v)*(?:j?tj?v)*"
_VERB_GROUP = re.compile(rf"(b[bju]*[vg]{_MORE}|v{_MORE}|g{_MORE}|b[bju]*(?:tb?j?v)?|tb*j?v)")
_NOW = frozenset({"is", "are", "has", "have", "'s", "’s"})
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


class Clauses:
    """The class string of a document and its verb groups in order, each read when it is first asked for."""

    __slots__ = ("_firsts", "_lasts", "_read", "tags", "tokens")

    def __init__(self, tokens: Tokens, tags: str) -> None:
        self.tokens = tokens
        self.tags = tags
        # what stands between two groups and the groups themselves, by turns: their lengths add up to the places
        ends = list(accumulate(map(len, _VERB_GROUP.split(tags))))
        self._firsts = ends[:-1:2]
        self._lasts = ends[1::2]
        self._read: dict[int, VerbGroup] = {}

    @property
    def groups(self) -> list[VerbGroup]:
        """All verb groups."""
        return [self._group(k) for k in range(len(self._firsts))]

    def before(self, index: int, stop: int) -> VerbGroup | None:
        """The last verb group that ends at or before token `index`, not before token `stop`."""
        k = bisect_right(self._lasts, index) - 1
        if k < 0 or self._firsts[k] < stop:
            return None
        return self._read.get(k) or self._group(k)

    def after(self, index: int, stop: int) -> VerbGroup | None:
        """The first verb group that starts at or after token `index`, before token `stop`."""
        k = bisect_left(self._firsts, index)
        if k == len(self._firsts) or self._firsts[k] >= stop:
            return None
        return self._read.get(k) or self._group(k)

    def _group(self, k: int) -> VerbGroup:
        found = self._read[k] = _group(self.tokens, self.tags, self._firsts[k], self._lasts[k])
        return found


def is_present(clauses: Clauses, group: VerbGroup) -> bool:
    """Whether a verb group is one word in the present tense ("has", "plays")."""
    word = clauses.tokens.lower[group.first]
    if group.last - group.first > 1 or group.gerund or word in verbs().unchanged:
        return False
    return word in _NOW or (word in (group.base, *_third(group.base)) and clauses.tags[group.first] == "v")


def _third(base: str) -> tuple[str, ...]:
    return (base + "s", base + "es", base[:-1] + "ies")


def _tags(tokens: Tokens, quantities: Sequence[Quantity], times: Sequence[Timex], mentions: Sequence[Mention]) -> str:
    letters = bytearray(clause_table().letters(tokens), "ascii")
    for mention in mentions:
        if not mention.anaphor:
            letters[mention.first : mention.last] = b"n" * (mention.last - mention.first)
    for q in quantities:
        if q.kind != "multiple":  # "doubled" stays the verb it is
            first, last = q.number
            letters[first:last] = b"q" * (last - first)
            if q.kind in MEASURED:  # its unit is no verb: "25 basis points"
                letters[last : q.last] = letters[last : q.last].translate(_UNIT)
    for t in times:
        if t.type != "DURATION":
            letters[t.first : t.last] = b"e" * (t.last - t.first)
    tags = letters.decode("ascii")
    if "E" in tags:
        for m in _ED_VERB.finditer(tags):
            at = m.start()
            verb = tags.rfind("v", max(0, at - _ED_REACH), at)
            if verb >= 0 and not _CLAUSE_END.search(tags, verb, at):
                tags = f"{tags[:at]}v{tags[at + 1 :]}"
        tags = _ED_AFTER.sub("v", tags).replace("E", "n")
    tags = _THAT.sub("r", tags).replace("z", "d")
    tags = _ED_ADJECTIVE.sub("n", tags)
    tags = _W_NOUN.sub("n", tags)
    tags = _W_VERB.sub("v", tags)
    tags = _W_BETWEEN.sub("v", tags)
    if "g" in tags:
        tags = _compounds(tokens, tags)
    tags = _ING_NOUN.sub("n", tags)
    tags = _ING_VERB.sub("g", tags)
    return tags.translate(_NOUNS)


def _compounds(tokens: Tokens, tags: str) -> str:
    """The first words of nouns of two words that look like verbs ("full-year operating profit")."""
    known, lower = vocabulary().canonical, tokens.lower
    for m in _ING_BEFORE.finditer(tags):
        at = m.start()
        if f"{lower[at]} {lower[at + 1]}" in known:
            tags = f"{tags[:at]}n{tags[at + 1 :]}"
    return tags


def _group(tokens: Tokens, tags: str, first: int, last: int) -> VerbGroup:
    lower, opening = tokens.lower, tags[first]
    if last == first + 1:  # most groups are one verb
        verb = _verb(lower[first], opening)
        relation = verb.relation if verb.plain else _relation(verb, lower, first, first, last)
        return VerbGroup(first, last, verb.base, relation, False, opening == "g", verb.future)
    verb, at = _BE, last - 1
    found = [
        (_verb(lower[i], tags[i]), i) for i in range(first, last) if tags[i] in "vg" or (i == at and tags[i] == "b")
    ]
    if found:
        verb, at = found[-1]
        for other in found[:-1]:
            if verb.relation in verbs().over.get(other[0].relation, ()):
                verb, at = other
    relation = verb.relation if verb.plain else _relation(verb, lower, at, first, last)
    passive = tags.find("v", first, last) >= 0 and not _forms_of_be().isdisjoint(lower[first : last - 1])
    future = opening == "t" or not _FUTURE.isdisjoint(lower[first:last])
    return VerbGroup(first, last, verb.base, relation, passive, opening == "g", future)


@lru_cache(maxsize=1)
def _forms_of_be() -> frozenset[str]:
    return frozenset(form for form, base in verbs().form.items() if base == "be")


class _Verb(msgspec.Struct, frozen=True, gc=False):
    """A verb by itself. plain: no words around it tell another relation; future: it says that something will be."""

    base: str
    relation: str
    plain: bool
    future: bool


_BE = _Verb("be", "level", False, False)


@lru_cache(maxsize=16_384)
def _verb(word: str, tag: str) -> _Verb:
    lexicon = verbs()
    base = lexicon.form.get(word) or _guess_base(word)
    if tag == "b" and base not in ("have", "do"):
        base = "be"
    relation = lexicon.relation.get(base, base)
    plain = base not in lexicon.phrases and relation not in vocabulary().wounding
    return _Verb(base, relation, plain, word in _FUTURE)


def _relation(verb: _Verb, lower: list[str], at: int, first: int, last: int) -> str:
    """The relation of the main verb (token `at`) of the group first..last-1 with the phrase it begins ("take part")."""
    if verb.relation in vocabulary().wounding and "fatally" in lower[first : last + 1]:
        return "kill"
    for rest, name in verbs().phrases.get(verb.base, ()):
        if tuple(lower[at + 1 : at + 1 + len(rest)]) == rest:
            return name
    return verb.relation


def _guess_base(word: str) -> str:
    for ending, put in (("ied", "y"), ("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", "")):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word[: -len(ending)] + put
    return word


def find_clauses(
    tokens: Tokens, quantities: Sequence[Quantity], times: Sequence[Timex], mentions: Sequence[Mention] = ()
) -> Clauses:
    """Classes and verb groups of a whole document; numbers, dates and names found before count as units."""
    return Clauses(tokens, _tags(tokens, quantities, times, mentions))
