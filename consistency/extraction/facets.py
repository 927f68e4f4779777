"""Scope of a measure: what bounds it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from consistency.extraction.clauses import Clauses
from consistency.extraction.phrases import head, noun_of
from consistency.extraction.reading import Reading
from consistency.extraction.scenes import scenes_of, sentence_start
from consistency.extraction.spans import Mention, Quantity
from consistency.extraction.vocabulary import vocabulary
from consistency.extraction.words import verbs

PART = "part"  # the scope of "three of the victims"
FURTHER = "further"  # that of "three more people": those told of before are left out
_PERSON = "person"
_DEFINITE = frozenset({"the", "these", "those", "them", "its", "his", "her", "their", "our", "which", "whom"})
_LIGHT = frozenset({"threatening", "non-life-threatening", "minor"})
_PLACES = frozenset({"place", "group"})
_OF_SUBJECT = frozenset({"level", "of", "of-before", "change", "field"})  # readings whose subject bounds them too


def scope_of(clauses: Clauses, q: Quantity, read: Reading, mentions: Sequence[Mention], stop: int) -> tuple[str, ...]:
    """Places, groups and inclusions that bound what is counted, sorted: modifiers of the counted noun, the phrases
    right after it, and for a level the complements of its subject. "+x" is included, "-x" left out."""
    after = max(q.last, q.noun[1]) if q.noun else q.last
    lower, known = clauses.tokens.lower, vocabulary()
    found = set()
    if places := [m for m in mentions if m.kind in _PLACES]:
        reach = [(q.first, skip_tight(clauses, after, stop))]
        if read.subject and read.how in _OF_SUBJECT:
            reach.append(read.subject)
        found = {m.name for low, high in reach for m in places if low <= m.first and m.last <= high}
    if _is_part(clauses, q, read, after, stop):
        found.add(PART)
    if q.dimension == "count" and read.relation in verbs().people:
        found.update(scenes_of(clauses, q, after, stop))
    if read.relation in known.inclusive:
        number, behind = q.number
        if lower[behind] in known.further or (number and lower[number - 1] in known.further):
            found.add(FURTHER)
    if read.subject and read.how in ("level", "change"):
        low, high = read.subject
        for i in range(low, high - 1):
            if lower[i] in ("and", "&"):
                noun = known.noun(lower[i + 1])
                if noun in known.widening and noun != read.noun:
                    found.add("+" + noun)
    low, high = q.first, min(stop, after + 8)
    if not _bound_words().isdisjoint(lower[low:high]):
        found |= _bounding(clauses, mentions, low, high, stop, read.noun)
    return tuple(sorted(found)) if found else ()


@lru_cache(maxsize=1)
def _bound_words() -> frozenset[str]:
    """The longest word of each sequence that includes or leaves out: most claims stand near none."""
    known = vocabulary()
    return frozenset(max(words, key=len) for words in (*known.including, *known.excluding))


def _bounding(
    clauses: Clauses, mentions: Sequence[Mention], low: int, high: int, stop: int, counted: str | None
) -> set[str]:
    """What the words of tokens low..high-1 include or leave out: "including the banks"."""
    lower, bounds = clauses.tokens.lower, vocabulary().bounds
    found = set()
    for i in range(low, high):
        for sign, words in bounds.get(lower[i], ()):
            behind = i + len(words)
            if sign == "+" and lower[i - 1] == "not":
                continue  # "not counting": a sequence of its own
            if behind < high and tuple(lower[i:behind]) == words:
                inner = head(clauses, (behind, min(stop, behind + 5)))
                noun = noun_of(clauses, inner, stop) if inner else None
                named = any(m.first <= inner[0] < m.last for m in mentions) if inner else True
                if noun and not named and not (sign == "+" and _one_of(noun, counted)):
                    found.add(sign + noun)
    return found


def _one_of(noun: str, counted: str | None) -> bool:
    """Whether an included noun only names some of the people counted ("including a child", "… a 16-year-old")."""
    known = vocabulary()
    people = counted == _PERSON or (counted is not None and known.kind_of(counted, _PERSON))
    return people and noun not in known.contested


def skip_tight(clauses: Clauses, index: int, stop: int) -> int:
    """The end of the prepositional phrases that follow directly ("in the region", "of Latin America")."""
    tags, lower = clauses.tags, clauses.tokens.lower
    i = index
    while i < stop and lower[i] in ("in", "of", "across", "from", "throughout", "within", "between", "among", "around"):
        j = i + 1
        while j < stop and tags[j] in "ndhqcy":
            j += 1
        if j == i + 1:
            break
        i = j
    return i


def _is_part(clauses: Clauses, q: Quantity, read: Reading, after: int, stop: int) -> bool:
    """Whether a count is of some out of more: "three of the victims", "names of two", "two in critical condition"."""
    lower, tags = clauses.tokens.lower, clauses.tags
    last = q.number[1]
    if lower[last] == "of" and (lower[last + 1] in _DEFINITE or tags[last + 1] == "q"):
        return True
    if q.dimension != "count" or read.relation not in verbs().people:
        return False
    known = vocabulary()
    around = {*lower[sentence_start(lower, q.first, 6) : q.first], *lower[after : min(stop, after + 11)]}
    if not around.isdisjoint(_LIGHT):  # some lightly hurt, and one critically
        around |= {*lower[after : min(stop, after + 40)]}
    if read.group is not None:
        around |= {*lower[read.group.first : read.group.last]}
    if read.relation != "kill" and not known.part_words_living.isdisjoint(around):
        return True
    return not known.part_words.isdisjoint(around)
