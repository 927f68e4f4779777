"""What a quantity measures: noun, relation, entities, terms and scope, read from the clause around it.

The readings, in the order they are tried, are the usual constructions of news: a state word after the number ("three
dead"), the object of a verb ("killed six people"), the subject of a verb ("twenty countries joined"), a verb of level
with a subject ("trade exceeded …"), a complement ("5% of voters", "loans of $5 million", "a 33-member forum").
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from consistency.extraction.clauses import Clauses, VerbGroup
from consistency.extraction.fields import read_field
from consistency.extraction.nouns import lemma
from consistency.extraction.phrases import complement, head, noun_of, skip_phrases, subject
from consistency.extraction.spans import Mention, Quantity
from consistency.extraction.vocabulary import vocabulary
from consistency.extraction.words import stop_terms, verbs

_OBJECT_REACH = 12
_TERM_REACH = 14
PART = "part"  # the scope of "three of the victims"
FURTHER = "further"  # that of "three more people": those told of before are left out
_FURTHER = frozenset({"more", "other", "others", "another", "additional", "further"})
_INCLUSIVE = frozenset({"kill", "shoot", "arrest", "charge"})  # the injured are "others" anyway where some were killed
_DEFINITE = frozenset({"the", "these", "those", "them", "its", "his", "her", "their", "our", "which", "whom"})
_PLACES = frozenset({"place", "group"})


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What was understood of a quantity. subject: token span of the phrase it is said of; group: its verb group."""

    noun: str | None = None
    relation: str | None = None
    subject: tuple[int, int] | None = None
    group: VerbGroup | None = None
    how: str = "none"


def read_measure(clauses: Clauses, q: Quantity, first: int, stop: int) -> Reading:
    """The reading of quantity `q` in the sentence of tokens first..stop-1."""
    known = vocabulary()
    counted = known.noun(q.unit) if q.dimension == "count" and q.unit else None
    after = max(q.last, q.noun[1] if q.noun else 0)
    if q.rank or q.kind in ("ordinal", "rank"):
        return _ordinal(clauses, q, first, stop)
    named = known.as_relation.get(counted or "")
    if named:
        return Reading(noun=named[1], relation=named[0], how="noun", group=clauses.before(q.first, first))
    if field := read_field(clauses, q, first, stop):
        relation, noun = known.as_relation.get(field[0], ("level", field[0]))
        return Reading(noun=noun, relation=relation, subject=field[1], how="field")
    if _pronoun(clauses, q):
        return Reading(how="pronoun")
    state = _state_word(clauses, q.number[1] if q.noun else after, after, stop)
    if state and q.dimension in ("count", None):
        return Reading(noun=counted or "person", relation=state, how="state")
    if q.kind in ("multiple",) or q.aspect in ("change", "multiple"):
        return _changed(clauses, q, first, stop)
    if q.dimension == "count":
        return _counted(clauses, q, counted, after, first, stop)
    return _measured(clauses, q, after, first, stop)


def _pronoun(clauses: Clauses, q: Quantity) -> bool:
    """Whether "one" stands for somebody told of before ("one in the back, two in the leg")."""
    return (
        clauses.tokens.lower[q.number[0] : q.number[1]] == ["one"]
        and q.noun is None
        and clauses.tags[q.last : q.last + 1] in ("p", ",", "v", "b", "r", ".", "d")
    )


def _state_word(clauses: Clauses, first: int, after: int, stop: int) -> str | None:
    """The relation a state word names, inside the counted phrase or right after it."""
    lower = clauses.tokens.lower
    known = vocabulary()
    for i in range(first, min(after + 3, stop)):
        if lower[i] in known.states:
            following = lower[i + 1 : i + 3]
            if lower[i] == "shot" and (following == ["and", "killed"] or following[:1] == ["dead"]):
                return "kill"
            return known.states[lower[i]]
        if i >= after and lower[i] not in known.state_links:
            return None
    return None


def _start(clauses: Clauses, q: Quantity) -> int:
    """Where the amount begins: after a verb that the quantity took in as its hedge ("exceeded 450 million")."""
    verb = max(clauses.tags.rfind(x, q.first, q.number[0]) for x in "vb")
    return verb + 1 if verb >= 0 else q.first


def _object_of(clauses: Clauses, q: Quantity, first: int) -> tuple[VerbGroup, int] | None:
    """The verb group whose object the quantity may be, and how many nouns stand between."""
    at = _start(clauses, q)
    group = clauses.before(at, first)
    if group is None or at - group.last > _OBJECT_REACH:
        return None
    between = clauses.tags[group.last : at]
    if any(t in ",;:.rs" for t in between):
        return None
    return group, between.count("n")


def _subject_of(clauses: Clauses, after: int, stop: int) -> VerbGroup | None:
    """The verb group whose subject the quantity may be."""
    at = skip_phrases(clauses, after, stop)
    if clauses.tags[at : at + 1] == "r" or clauses.tokens.lower[at : at + 1] == ["that"]:
        at += 1
    group = clauses.after(at, stop)
    return group if group is not None and group.first == at else None


def _counted(clauses: Clauses, q: Quantity, noun: str | None, after: int, first: int, stop: int) -> Reading:
    if clauses.tags[q.number[1] : q.number[1] + 1] == "h":  # "a 33-member forum"
        return Reading(noun=noun, relation="own", how="compound")
    obj = _object_of(clauses, q, first)
    sub = _subject_of(clauses, after, stop)
    takes = obj is not None and obj[0].relation != "say" and not (obj[0].base == "be" and sub is not None)
    if obj and takes and (obj[1] <= 1 or sub is None) and not (sub and clauses.tags[obj[0].last : q.first].count("p")):
        group = obj[0]
        relation = group.relation
        of = subject(clauses, group, first)
        if noun is None:
            if relation in verbs().people and relation != "charge":
                noun = "person"
            elif relation in ("level", "change") and of:
                return _level(clauses, of, group, first, q.first)
        if noun is not None and relation == "change":
            relation = "level"
        return Reading(noun=noun, relation=relation, subject=of, group=group, how="object")
    if sub is not None:
        if noun is None and (sub.relation in verbs().people):
            noun = "person"
        # "five of them are stable": what somebody is, no verb tells, so two such statements may be about two things
        relation = None if sub.relation == "level" and sub.base == "be" else sub.relation
        return Reading(noun=noun, relation=relation, subject=(q.first, after), group=sub, how="subject")
    before = clauses.tokens.lower[q.first - 1] if q.first > first else ""
    if before in ("of", "with", "for") and q.first - 1 > first:
        owner = head(clauses, (max(first, q.first - 8), q.first - 1))
        named = vocabulary().as_relation.get(noun_of(clauses, owner, q.first) or "") if owner else None
        if named:
            return Reading(noun=named[1], relation=named[0], how="noun")
        return Reading(noun=noun, relation="own" if before == "with" else None, how="complement")
    return Reading(noun=noun, how="bare")


def _level(clauses: Clauses, of: tuple[int, int], group: VerbGroup, first: int, limit: int) -> Reading:
    inner = head(clauses, of)
    noun = noun_of(clauses, inner, of[1]) if inner else None
    named = vocabulary().as_relation.get(noun or "")
    if named:
        return Reading(noun=named[1], relation=named[0], subject=of, group=group, how="level")
    return Reading(noun=noun, relation="level", subject=of, group=group, how="level")


def _measured(clauses: Clauses, q: Quantity, after: int, first: int, stop: int) -> Reading:
    tags, lower = clauses.tags, clauses.tokens.lower
    follow = complement(clauses, after, stop, ("of", "in", "worth", "on", "for"))
    obj = _object_of(clauses, q, first)
    group = obj[0] if obj else None
    if group and group.relation in ("level", "change") and obj and obj[1] == 0:
        of = subject(clauses, group, first)
        if of:
            return _level(clauses, of, group, first, q.first)
    if follow and lower[after] in ("of", "worth") and (inner := head(clauses, follow)):
        return Reading(
            noun=noun_of(clauses, inner, follow[1]),
            relation=group.relation if group else "level",
            subject=follow,
            group=group,
            how="of",
        )
    if tags[after : after + 1] == "n" and (inner := head(clauses, (after, min(stop, after + 6)))) and inner[0] == after:
        return Reading(
            noun=noun_of(clauses, inner, inner[1]),
            relation=group.relation if group else None,
            subject=inner,
            group=group,
            how="modifier",
        )
    if q.first - 1 > first and lower[q.first - 1] in ("of", "at", "with") and tags[q.first - 2] == "n":
        back = q.first - 2
        while back > first and tags[back - 1] in "nhd":
            back -= 1
        if inner := head(clauses, (back, q.first - 1)):
            return Reading(
                noun=noun_of(clauses, inner, q.first - 1), relation="level", subject=inner, group=group, how="of-before"
            )
    if group and obj and obj[1] <= 3:
        of = subject(clauses, group, first)
        if group.relation in ("level", "change") and of:
            return _level(clauses, of, group, first, q.first)
        noun = None
        if follow and (inner := head(clauses, follow)):
            noun = noun_of(clauses, inner, follow[1])
        return Reading(noun=noun, relation=group.relation, subject=of, group=group, how="object")
    sub = _subject_of(clauses, after, stop)
    if sub is not None:
        return Reading(noun=None, relation=sub.relation, group=sub, how="subject")
    return Reading(how="bare")


def _changed(clauses: Clauses, q: Quantity, first: int, stop: int) -> Reading:
    group = next((g for g in (clauses.after(q.first, q.last), clauses.before(q.first, first)) if g), None)
    if group is None:
        return Reading(how="bare", relation="change")
    of = subject(clauses, group, first)
    if of is None:
        return Reading(relation="change", group=group, how="change")
    read = _level(clauses, of, group, first, q.first)
    return msgspec.structs.replace(read, relation="change" if read.relation == "level" else read.relation, how="change")


def _ordinal(clauses: Clauses, q: Quantity, first: int, stop: int) -> Reading:
    after = max(q.last, q.noun[1] if q.noun else 0)
    span = head(clauses, q.noun if q.noun else (q.last, min(stop, q.last + 5)))
    noun = vocabulary().noun(q.unit) if q.unit else noun_of(clauses, span, stop) if span else None
    return Reading(
        noun=noun,
        relation="rank" if q.rank else "ordinal",
        subject=span,
        group=clauses.after(after, stop),
        how="ordinal",
    )


def local_mentions(mentions: Sequence[Mention], first: int, stop: int) -> list[Mention]:
    """The mentions inside tokens first..stop-1."""
    return [m for m in mentions if first <= m.first and m.last <= stop]


def scope_of(clauses: Clauses, q: Quantity, read: Reading, mentions: Sequence[Mention], stop: int) -> tuple[str, ...]:
    """Places, groups and inclusions that bound what is counted, sorted: modifiers of the counted noun, the phrases
    right after it, and for a level the complements of its subject. "+x" is included, "-x" left out."""
    after = max(q.last, q.noun[1] if q.noun else 0)
    reach = [(q.first, skip_tight(clauses, after, stop))]
    if read.subject and read.how in ("level", "of", "of-before", "change", "field"):
        reach.append(read.subject)
    found = {m.name for low, high in reach for m in mentions if low <= m.first and m.last <= high and m.kind in _PLACES}
    known = vocabulary()
    lower = clauses.tokens.lower
    if lower[q.number[1] : q.number[1] + 1] == ["of"] and lower[q.number[1] + 1] in _DEFINITE:
        found.add(PART)
    before = lower[q.number[0] - 1 : q.number[0]]
    if read.relation in _INCLUSIVE and (_FURTHER & {*lower[q.number[1] : q.number[1] + 1], *before}):
        found.add(FURTHER)
    if read.subject and read.how in ("level", "change"):
        low, high = read.subject
        for i in range(low, high - 1):
            if (
                lower[i] in ("and", "&")
                and known.noun(lower[i + 1]) in known.widening
                and read.noun != known.noun(lower[i + 1])
            ):
                found.add("+" + known.noun(lower[i + 1]))
    low, high = q.first, min(stop, after + 8)
    for sign, phrases in (("+", known.including), ("-", known.excluding)):
        for words in phrases:
            for i in range(low, high - len(words)):
                if tuple(lower[i : i + len(words)]) == words:
                    inner = head(clauses, (i + len(words), min(stop, i + len(words) + 5)))
                    noun = noun_of(clauses, inner, stop) if inner else None
                    named = any(m.first <= inner[0] < m.last for m in mentions) if inner else True
                    if noun and not named:
                        found.add(sign + noun)
    return tuple(sorted(found))


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


def terms_of(
    clauses: Clauses, q_first: int, q_last: int, first: int, stop: int, taken: Sequence[Mention], noun: str | None
) -> tuple[str, ...]:
    """Content lemmas near the quantity, sorted: no numbers, names, times, or words that tell nothing."""
    stops, known, lower, tags = stop_terms(), vocabulary(), clauses.tokens.lower, clauses.tags
    named = {i for m in taken for i in range(m.first, m.last)}
    out = set()
    for i in range(max(first, q_first - _TERM_REACH), min(stop, q_last + _TERM_REACH)):
        if tags[i] in "ng" and i not in named and len(lower[i]) > 2 and lower[i].isalpha():
            word = known.noun(lemma(lower[i]))
            if word not in stops and word != noun:
                out.add(word)
    return tuple(sorted(out))
