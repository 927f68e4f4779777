"""Scope of a measure: what bounds it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from consistency.extraction.clauses import Clauses
from consistency.extraction.phrases import head, noun_of, subject
from consistency.extraction.reading import Reading
from consistency.extraction.scenes import scenes_of, sentence_start
from consistency.extraction.spans import Mention, Quantity
from consistency.extraction.vocabulary import vocabulary
from consistency.extraction.words import verbs

PART = "part"  # the scope of "three of the victims"
FURTHER = "further"  # that of "three more people": those told of before are left out
_CLAUSE = 8  # tokens of a clause before its number
_COUNTED = frozenset({"count", "money", "measure"})
_DEFINITE = frozenset({"the", "these", "those", "them", "its", "his", "her", "their", "our", "which", "whom"})
_WHOM = frozenset({"whom", "which", "them"})
_LIGHT = frozenset({"threatening", "non-life-threatening", "minor"})
_PLACES = frozenset({"place", "group"})
_OF_SUBJECT = frozenset({"level", "of", "of-before", "change", "field"})  # readings whose subject bounds them too


def scope_of(
    clauses: Clauses, q: Quantity, read: Reading, mentions: Sequence[Mention], first: int, stop: int
) -> tuple[str, ...]:
    """Places, groups and inclusions that bound what is counted, sorted: modifiers of the counted noun, the phrases
    right after it, and for a level the complements of its subject. "+x" is included, "-x" left out. The
    sentence is tokens first..stop-1."""
    after = max(q.last, q.noun[1]) if q.noun else q.last
    lower, known = clauses.tokens.lower, vocabulary()
    found = set()
    if places := [m for m in mentions if m.kind in _PLACES]:
        reach = [(q.first, skip_tight(clauses, after, stop))]
        if read.subject and read.how in _OF_SUBJECT:
            reach.append(read.subject)
        found = {m.name for low, high in reach for m in places if low <= m.first and m.last <= high}
        if (where := _where(clauses, q, first)) is not None:
            found |= {m.name for m in places if m.last == where or (m.last == where - 1 and lower[m.last] == ",")}
    if _is_part(clauses, q, read, after, stop) or _of_before(clauses, q, first) or _risen_by(clauses, q, read, first):
        found.add(PART)
    if q.dimension == "count" and read.relation in verbs().people:
        found.update(scenes_of(clauses, q, after, stop))
        if (at := _among(lower, clauses.tags, after, stop)) is not None:
            one = _one_among(clauses, mentions, *at, stop)
            if one in known.contested:
                found.add(f"+{one}")
    if read.relation in known.inclusive or (q.kind in _COUNTED and not known.people(read.noun)):
        number, behind = q.number
        before = number - 2 if q.kind == "money" and not lower[number - 1].isalpha() else number - 1  # "another $5"
        if lower[behind] in known.further or (before >= 0 and lower[before] in known.further):
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


def _where(clauses: Clauses, q: Quantity, first: int) -> int | None:
    """The "where" that opens the clause of a number ("… in Sweden, where it has 480 staff")."""
    lower, tags = clauses.tokens.lower, clauses.tags
    for i in range(q.first - 1, max(first, q.first - _CLAUSE), -1):
        if lower[i] == "where":
            return i
        if tags[i] in ",;:":
            return None
    return None


@lru_cache(maxsize=1)
def _among_words() -> frozenset[str]:
    return frozenset(words[0] for words in vocabulary().among)


def _among(lower: Sequence[str], tags: str, after: int, stop: int) -> tuple[int, int] | None:
    """Token span of "among them" behind a count, where no other number stands between."""
    if _among_words().isdisjoint(lower[after:stop]):
        return None
    for i in range(after, stop - 1):
        if tags[i] == "q" or tags[i] == ";":
            return None
        for words in vocabulary().among:
            if tuple(lower[i : i + len(words)]) == words:
                return i, i + len(words)
    return None


def _one_among(clauses: Clauses, mentions: Sequence[Mention], first: int, last: int, stop: int) -> str | None:
    """The noun of who is "among them" (tokens first..last-1): right behind it, or in the phrase before it."""
    tags = clauses.tags
    span: tuple[int, int] | None = None
    if tags[last] in "dn":
        span = head(clauses, (last, min(stop, last + 5)))
    elif tags[first - 1] == "n":
        low = first - 1
        while low > 0 and tags[low - 1] in "nh":
            low -= 1
        span = (low, first)
    if span is None or any(m.first <= span[0] < m.last for m in mentions):
        return None
    return noun_of(clauses, span, stop)


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
    people = counted is not None and known.people(counted)
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
    if q.kind == "fraction":
        return False  # a share says of what it is one
    if lower[last] == "of" and (lower[last + 1] in _DEFINITE or tags[last + 1] == "q"):
        if tags[last + 1 + (lower[last + 1] in _DEFINITE)] == "q" and _done_to_things(read):
            return False
        return lower[q.first - 1] != "all" and lower[q.first] != "all"  # "all 19 of the miners"
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


def _done_to_things(read: Reading) -> bool:
    """Whether a count of things is all of those of which the verb is told: "won 19 of the 67 seats" is 19 seats won."""
    return read.relation not in (None, "level", "own") and not vocabulary().people(read.noun)


def _of_before(clauses: Clauses, q: Quantity, first: int) -> bool:
    """Whether a clause opens with the whole that a count is a part of ("Of those, 83 …", "of whom 12 …")."""
    lower, tags = clauses.tokens.lower, clauses.tags
    at = q.first - (lower[q.first - 1] == ",")
    low = max(first, at - 8)
    if "of" not in lower[low:at]:
        return False
    for i in range(at - 2, low - 1, -1):
        if lower[i] == "of":
            opens = i == first or tags[i - 1] in ",;("
            whole = lower[i + 1] in _DEFINITE and tags[i + 1 : at].strip("dnqrohy") == ""
            return opens and whole and (at < q.first or lower[i + 1] in _WHOM)
    return False


def _risen_by(clauses: Clauses, q: Quantity, read: Reading, first: int) -> bool:
    """Whether the dead of a count are the ones by which a toll told before has risen ("rose to six after two died")."""
    if read.relation != "kill" or q.dimension != "count":
        return False
    lower, tags, words = clauses.tokens.lower, clauses.tags, vocabulary().risen_after
    at = next((i for i in range(q.first - 1, max(first, q.first - 8) - 1, -1) if lower[i] in words), None)
    if at is None:
        return False
    group = clauses.before(at, first)
    if group is None or group.relation != "change" or tags.find("q", group.last, at) < 0:
        return False
    of = subject(clauses, group, first)
    inner = head(clauses, of) if of is not None else None
    told = vocabulary().as_relation.get(noun_of(clauses, inner, group.first) or "") if inner is not None else None
    return told is not None and told[0] == read.relation
