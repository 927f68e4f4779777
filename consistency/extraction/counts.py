"""What a count counts: whom or what, in which role.

The readings, in the order they are tried: a state word ("three dead"), a complement of a noun that names the relation
("the shooting of two men"), the object of a verb ("killed six people"), its subject ("twenty countries joined"). What
stands after the phrase may say more than its verb: "found dead", "taken to hospital", "in custody".
"""

from __future__ import annotations

import msgspec

from consistency.extraction.clauses import Clauses, VerbGroup
from consistency.extraction.nouns import lemma
from consistency.extraction.phrases import head, noun_of, subject
from consistency.extraction.reading import Reading, object_of, read_level, start_of, subject_of
from consistency.extraction.spans import Quantity
from consistency.extraction.vocabulary import vocabulary
from consistency.extraction.words import verbs

SUSPECT = "suspect"
_FOLLOW_REACH = 9
_STOPS = frozenset(",;:.rs")
_OBJECTS = frozenset("dqo")


def is_pronoun(clauses: Clauses, q: Quantity) -> bool:
    """Whether "one" stands for somebody told of before ("one in the back, two in the leg")."""
    return (
        q.noun is None
        and clauses.tokens.lower[q.number[0] : q.number[1]] == ["one"]
        and clauses.tags[q.last : q.last + 1] in ("p", ",", "v", "b", "r", ".", "d")
    )


def state_word(clauses: Clauses, first: int, after: int, stop: int) -> str | None:
    """The relation a state word names, inside the counted phrase or right after it."""
    lower, known = clauses.tokens.lower, vocabulary()
    stop = min(after + 3, stop)
    if known.states.keys().isdisjoint(lower[first:stop]):
        return None
    for i in range(first, stop):
        if lower[i] in known.states:
            if i == after and clauses.tags[i + 1 : i + 2] in _OBJECTS and lower[i] in known.doings:
                return None  # "two men shot five people": what they did
            return _deadly(lower, i) or known.states[lower[i]]
        if i >= after and lower[i] not in known.state_links:
            return None
    return None


def _deadly(lower: list[str], state: int) -> str | None:
    """The relation "kill" where the words around a state say so: "fatally shot", "shot dead", "shot to death"."""
    after = lower[state + 1 : state + 3]
    deadly = after[:1] == ["dead"] or after in (["to", "death"], ["and", "killed"])
    return "kill" if deadly or lower[state - 1] == "fatally" else None


def followed_by(clauses: Clauses, group: VerbGroup | None, after: int, stop: int) -> str | None:
    """The relation that the words after a phrase or its verb tell ("taken to hospital", "in critical condition")."""
    known = vocabulary()
    if group is not None and group.base not in known.carriers:
        return None
    tags, lower = clauses.tags, clauses.tokens.lower
    at = max(after, group.last if group is not None else after)
    for i in range(at, min(at + _FOLLOW_REACH, stop)):
        if tags[i] in _STOPS or (i > at and tags[i] == "b"):
            return None
        word = lower[i]
        if word in known.states and i - at <= 2:
            return _deadly(lower, i) or known.states[word]
        if word in known.followers:
            return known.followers[word]
    return None


def _named_inside(clauses: Clauses, q: Quantity, after: int) -> str | None:
    """The role that a noun inside the phrase names ("five shooting victims")."""
    named = vocabulary().named_states
    return next((named[w] for w in clauses.tokens.lower[q.number[1] : after] if w in named), None)


def read_count(clauses: Clauses, q: Quantity, noun: str | None, after: int, first: int, stop: int) -> Reading:
    """The reading of a count whose noun (if any) is `noun`; its phrase ends before token `after`."""
    read = _read(clauses, q, noun, after, first, stop)
    if vocabulary().people(noun) and noun not in vocabulary().called and _accused(clauses, read, after, stop):
        return msgspec.structs.replace(read, noun=SUSPECT, relation="attack")
    if (
        read.relation not in verbs().people
        and vocabulary().people(read.noun)
        and (inside := _named_inside(clauses, q, after))
    ):
        return msgspec.structs.replace(read, noun=read.noun or "person", relation=inside)
    if read.group is not None and read.group.base == "fire" and noun in vocabulary().fired:
        return msgspec.structs.replace(read, relation=vocabulary().fired[noun])
    if q.unit == "life" and (taker := _taker(clauses, q, read, after, first, stop)) is not None:
        return msgspec.structs.replace(read, relation="kill", group=taker, how="object")
    return read


def _taker(clauses: Clauses, q: Quantity, read: Reading, after: int, first: int, stop: int) -> VerbGroup | None:
    """The verb that "takes" counted lives: "claimed 12 lives", "12 lives were lost"."""
    takers = vocabulary().life_takers
    if (obj := object_of(clauses, q, first)) and obj[0].base in takers:
        return obj[0]
    sub = subject_of(clauses, after, stop)
    return sub if sub is not None and sub.passive and sub.base in takers else None


def _accused(clauses: Clauses, read: Reading, after: int, stop: int) -> bool:
    """Whether the counted people, whose phrase ends before token `after`, are the ones who did harm.

    "Two men shot five people", "three boys opened fire", "four men believed to be the suspects".
    """
    known, lower, group = vocabulary(), clauses.tokens.lower, read.group
    if lower[after + 1 : after + 3] == ["to", "be"] and after + 3 < stop:
        return SUSPECT in {known.noun(lemma(w)) for w in lower[after + 3 : min(after + 5, stop)]}
    if read.how != "subject" or group is None or group.passive or group.relation not in known.incident:
        return False
    last = group.last
    return lower[last - 1] in known.doings and (clauses.tags[last : last + 1] in _OBJECTS or lower[last] in known.done)


def _read(clauses: Clauses, q: Quantity, noun: str | None, after: int, first: int, stop: int) -> Reading:
    tags, lower = clauses.tags, clauses.tokens.lower
    if tags[q.number[1] : q.number[1] + 1] == "h":  # "a 33-member forum"
        return Reading(noun=noun, relation="own", how="compound")
    named = _named_before(clauses, q, first)
    if named:
        return Reading(noun=noun or named[1], relation=named[0], how="noun")
    obj = object_of(clauses, q, first)
    after = _past_links(clauses, after, stop)
    sub = subject_of(clauses, after, stop)
    if sub is not None and tags[after : after + 1] == "r" and _role(clauses, sub, noun, after, stop) in verbs().people:
        obj = None  # "identified two people who were killed": the relative clause tells the role
    if obj and tags[obj[0].last : obj[0].last + 1] == "c" and sub is not None:
        obj = None  # "one has died and two are …": a new clause
    takes = obj is not None and obj[0].relation != "say" and not (obj[0].base == "be" and sub is not None)
    if obj and takes and (obj[1] <= 1 or sub is None) and not (sub and tags[obj[0].last : q.first].count("p")):
        return _as_object(clauses, q, noun, obj[0], after, first, stop)
    if sub is not None:
        relation = _role(clauses, sub, noun, after, stop)
        if noun is None and relation in verbs().people:
            noun = "person"
        # "five of them are stable": what somebody is, no verb tells, so two such statements may be about two things
        bare = relation == "level" and sub.base == "be"
        return Reading(
            noun=noun, relation=None if bare else relation, subject=(q.first, after), group=sub, how="subject"
        )
    told = followed_by(clauses, None, after, stop) if noun and vocabulary().people(noun) else None
    if told:
        return Reading(noun=noun, relation=told, how="state")
    if q.first - 1 > first and lower[q.first - 1] in ("of", "with", "for"):
        return Reading(noun=noun, relation="own" if lower[q.first - 1] == "with" else None, how="complement")
    return Reading(noun=noun, how="bare")


def _role(clauses: Clauses, sub: VerbGroup, noun: str | None, after: int, stop: int) -> str:
    """The relation of the verb `sub`, whose subject is counted, or of what follows it ("suffered gunshot wounds")."""
    return (followed_by(clauses, sub, after, stop) if vocabulary().people(noun) else None) or sub.relation


def _as_object(
    clauses: Clauses, q: Quantity, noun: str | None, group: VerbGroup, after: int, first: int, stop: int
) -> Reading:
    of = subject(clauses, group, first)
    told = followed_by(clauses, group, after, stop) if vocabulary().people(noun) else None
    relation = told or group.relation
    if noun is None:
        if relation in verbs().people and relation != "charge":
            noun = "person"
        elif relation in ("level", "change") and of:
            return read_level(clauses, of, group, q.first)
    if noun is not None and relation == "change":
        relation = "level"
    return Reading(noun=noun, relation=relation, subject=of, group=group, how="object")


def _past_links(clauses: Clauses, index: int, stop: int) -> int:
    """The token after words like "others" that close a counted phrase ("three others who …")."""
    lower, links = clauses.tokens.lower, vocabulary().state_links
    i = index
    while lower[i] in links and i < stop and i - index < 3 and clauses.tags[i] in "nj":
        i += 1
    return i


def _named_before(clauses: Clauses, q: Quantity, first: int) -> tuple[str, str] | None:
    """Relation and noun of a noun that takes the count as its complement ("the fatal shooting of two men")."""
    tags, lower = clauses.tags, clauses.tokens.lower
    of = start_of(clauses, q) - 1
    if of <= first or lower[of] != "of":
        return None
    if lower[of - 1] in ("life", "lives"):  # "claimed the lives of 12 people"
        taker = clauses.before(of, first)
        return ("kill", "person") if taker is not None and taker.base in vocabulary().life_takers else None
    back = of
    while back > first and tags[back - 1] in "nhk":
        back -= 1
    inner = head(clauses, (back, of))
    noun = noun_of(clauses, inner, of) if inner else None
    known = vocabulary()
    named = known.as_relation.get(noun or "")
    if named is None and noun in known.named_states:
        named = (known.named_states[noun], "person")
    if named and "fatal" in lower[back:of]:
        return "kill", named[1]
    return named
