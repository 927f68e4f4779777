"""What a quantity measures: its noun and relation, read from the clause around it.

The readings, in the order they are tried, are the usual constructions of news: a count (`counts.py`), a verb of level
with a subject ("trade exceeded …"), a complement ("5% of voters", "loans of $5 million").
"""

from __future__ import annotations

import re

import msgspec

from consistency.extraction.clauses import Clauses, VerbGroup
from consistency.extraction.counts import is_pronoun, read_count, state_word
from consistency.extraction.fields import read_field
from consistency.extraction.nouns import lemma
from consistency.extraction.phrases import complement, head, noun_of, subject
from consistency.extraction.reading import Reading, object_of, read_level, subject_of
from consistency.extraction.spans import Quantity
from consistency.extraction.vocabulary import vocabulary
from consistency.extraction.words import verbs

_THING = re.compile("[dy]*[nhy]*n(?:p[dy]*[nhy]*n)?(?:p?e+)?")  # "its key rate on Tuesday", "the price of bread"
_SCALE_REACH = 5  # tokens from a value to whose it is
_LEVELS = frozenset({"level", "change", "hit"})  # "sales hit 5 billion"


def read_measure(clauses: Clauses, q: Quantity, first: int, stop: int, leader: Quantity | None = None) -> Reading:
    """The reading of quantity `q` in the sentence of tokens first..stop-1.

    leader: the number it is told with as its level before or after, or in a series. Where `q` itself names nothing, it
    measures what that one does, else what their verb is told of.
    """
    own = _of_role(q, _of_nobody(clauses, q, _of_other(clauses, q, _read(clauses, q, first, stop), first, stop)))
    if leader is None:
        return own
    if own.noun is not None and own.relation in _LEVELS:
        return msgspec.structs.replace(own, relation="level") if own.relation == "change" else own
    theirs = _read(clauses, leader, first, stop)
    if theirs.noun is not None:
        return msgspec.structs.replace(theirs, how="compared")
    group = clauses.before(min(q.first, leader.first), first)
    of = subject(clauses, group, first) if group is not None and own.noun is None else None
    return read_level(clauses, of, group, q.first) if of is not None and group is not None else own


def _read(clauses: Clauses, q: Quantity, first: int, stop: int) -> Reading:
    known = vocabulary()
    counted = _counted(clauses, q)
    after = max(q.last, q.noun[1] if q.noun else 0)
    if q.rank or q.kind in ("ordinal", "rank"):
        return _ordinal(clauses, q, first, stop)
    named = known.as_relation.get(counted or "")
    if named:
        return Reading(noun=named[1], relation=named[0], how="noun", group=clauses.before(q.first, first))
    if clauses.tags.find(":", first, q.first) >= 0 and (field := read_field(clauses, q, first, stop)):
        relation, noun = known.as_relation.get(field[0], ("level", field[0]))
        return Reading(noun=noun, relation=relation, subject=field[1], how="field")
    if is_pronoun(clauses, q):
        return Reading(how="pronoun")
    counts = q.dimension in ("count", None)
    if counts and (state := state_word(clauses, q.number[1] if q.noun else after, after, stop)):
        return Reading(noun=counted or "person", relation=state, how="state")
    if q.kind == "multiple" or q.aspect in ("change", "multiple"):
        return _changed(clauses, q, first, stop)
    if counts and counted is None and (before := _named_before(clauses, q, None, first, ("of",))):
        return before
    if counts and (scale := counted if counted in known.scales else _scale(clauses, q)) is not None:
        return Reading(noun=scale, relation="level", group=clauses.before(q.first, first), how="modifier")
    if counted is None and (valued := _valued(clauses, q, first)):
        return valued
    if q.dimension == "count":
        return read_count(clauses, q, counted, after, first, stop)
    return _measured(clauses, q, after, first, stop)


def _of_nobody(clauses: Clauses, q: Quantity, read: Reading) -> Reading:
    """The reading of an amount of which a word for people's fate is said: the toll of a tunnel is no death toll, and
    burnt land is not hurt."""
    if q.kind not in ("money", "measure") or read.relation not in verbs().people:
        return read
    if read.noun != "person":
        base = read.group.base if read.group is not None else None
        return msgspec.structs.replace(read, relation=vocabulary().of_things.get(base or "", base))
    inner = head(clauses, read.subject) if read.subject is not None else None
    noun = lemma(clauses.tokens.lower[inner[1] - 1]) if inner is not None else None
    return msgspec.structs.replace(read, noun=noun, relation="level")


def _of_role(q: Quantity, read: Reading) -> Reading:
    """The reading of a count of people by what they do ("had 300,000 visitors", "300,000 people visited")."""
    known = vocabulary()
    if q.kind != "count":
        return read
    noun = known.doers.get(read.relation or "") if read.noun == "person" else read.noun
    role = known.as_role.get(noun or "")
    if role is None or not (read.relation is None or read.relation in (*role, *known.plain_relations)):
        return read
    return msgspec.structs.replace(read, noun=noun, relation=role[1])


def _of_other(clauses: Clauses, q: Quantity, read: Reading, first: int, stop: int) -> Reading:
    """The reading of a value on a scale; that of an aftershock is no value of the quake."""
    others = vocabulary().scales.get(read.noun or "")
    if others is None:
        return read
    near = clauses.tokens.lower[max(first, q.first - _SCALE_REACH) : min(stop, q.last + _SCALE_REACH)]
    other = next((word for word in near if word in others), None)
    return read if other is None else msgspec.structs.replace(read, noun=f"{lemma(other)} {read.noun}")


def _scale(clauses: Clauses, q: Quantity) -> str | None:
    """The noun right before a bare number that is its value: "a magnitude 6.7 quake", "magnitude-6.7"."""
    lower = clauses.tokens.lower
    at = q.first - 1 - (lower[q.first - 1] == "-")
    return lower[at] if at >= 0 and lower[at] in vocabulary().scales else None


def _counted(clauses: Clauses, q: Quantity) -> str | None:
    """The canonical noun of what is counted; two words that name one thing ("member states") go before the last."""
    if q.dimension != "count" or not q.unit:
        return None
    known = vocabulary()
    if q.noun and q.noun[1] - q.noun[0] > 1:
        pair = f"{clauses.tokens.lower[q.noun[1] - 2]} {q.unit}"
        if pair in known.canonical:
            return known.noun(pair)
    return known.noun(q.unit)


def _measured(clauses: Clauses, q: Quantity, after: int, first: int, stop: int) -> Reading:
    tags, lower = clauses.tags, clauses.tokens.lower
    follow = complement(clauses, after, stop, ("of", "in", "worth", "on", "for"))
    if follow and lower[after] == "in" and lower[follow[0]] in vocabulary().manners:
        follow = None  # "$5 billion in cash"
    obj = object_of(clauses, q, first)
    group = obj[0] if obj else None
    if special := _extent(clauses, q, after) or _punishment(clauses, q, group, after, first, stop):
        return special
    if group is not None and group.base in vocabulary().as_noun and not group.passive:
        of = subject(clauses, group, first)
        return Reading(noun=vocabulary().as_noun[group.base], relation="level", subject=of, group=group, how="object")
    worth = q.kind == "money" and group is not None and group.base == "be" and lower[q.first - 1] == "worth"
    if group and obj and (worth or (obj[1] == 0 and group.relation in _LEVELS)):
        of = subject(clauses, group, first)
        if of:
            return read_level(clauses, of, group, q.first)
    if q.kind == "fraction" and q.noun and (inner := head(clauses, q.noun)):  # "half of the farms closed"
        acting = group if obj and obj[1] == 0 and obj[0].relation != "say" else None
        verb = acting or subject_of(clauses, after, stop) or group
        noun = noun_of(clauses, inner, q.noun[1])
        return Reading(noun=noun, relation=verb.relation if verb else "level", subject=inner, group=verb, how="of")
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
    if named := _named_before(clauses, q, group, first, ("of", "at", "with")):
        return named
    if group and obj and obj[1] <= 3:
        of = subject(clauses, group, first)
        if group.relation in _LEVELS and of:
            return read_level(clauses, of, group, q.first)
        noun = None
        if follow and (inner := head(clauses, follow)) and not clauses.tokens.words[inner[1] - 1][0].isupper():
            noun = noun_of(clauses, inner, follow[1])  # "in roads", but not "in Ashford"
        return Reading(noun=noun, relation=group.relation, subject=of, group=group, how="object")
    sub = subject_of(clauses, after, stop)
    if sub is not None:
        return Reading(noun=None, relation=sub.relation, group=sub, how="subject")
    return Reading(how="bare")


def _valued(clauses: Clauses, q: Quantity, first: int) -> Reading | None:
    """ "Put the cost of the bridge at 340 million euros", "savings are put at …", "cut its key rate to 4 percent"."""
    at = q.first - 1
    link = clauses.tokens.lower[at] if at > first else ""
    group = clauses.before(at, first) if link in ("at", "to") else None
    if group is None:
        return None
    of: tuple[int, int] | None
    if link == "at" and group.base in vocabulary().valuing:
        of = subject(clauses, group, first) if group.passive else (group.last, at)
    else:
        of = _moved(clauses, group, at) if link == "to" else None
    return read_level(clauses, of, group, q.first) if of is not None and of[0] < of[1] else None


def _moved(clauses: Clauses, group: VerbGroup, stop: int) -> tuple[int, int] | None:
    """What somebody raises or cuts, before "by" and "to" tell how far ("cut its key rate by 25 points to")."""
    if group.relation != "change" or group.passive:
        return None
    by = next((i for i in range(group.last, stop) if clauses.tokens.lower[i] == "by"), stop)
    return (group.last, by) if _THING.fullmatch(clauses.tags[group.last : by]) else None


def _extent(clauses: Clauses, q: Quantity, after: int) -> Reading | None:
    """ "812 m long", "812 m in length", "812-metre-long": the dimension that is told, whatever has it."""
    if q.dimension != "length":
        return None
    lower, extents = clauses.tokens.lower, vocabulary().extents
    at = after + 1 if lower[after : after + 1] in (["in"], ["-"]) else after
    noun = extents.get(lower[at]) if at < len(lower) else None
    return Reading(noun=noun, relation="level", how="level") if noun is not None else None


def _punishment(
    clauses: Clauses, q: Quantity, group: VerbGroup | None, after: int, first: int, stop: int
) -> Reading | None:
    """ "jailed for 12 years", "a two-year sentence", "faces 15 years to life"."""
    if q.dimension != "time" or q.unit not in ("year", "month"):
        return None
    known, lower = vocabulary(), clauses.tokens.lower
    verb = group if group is not None else clauses.before(q.first, first)
    sentenced = verb is not None and verb.base in known.prison_verbs and "," not in clauses.tags[verb.last : q.first]
    end = next((k for k in range(after, min(after + 5, stop)) if clauses.tags[k] in ",;:.rvb"), min(after + 5, stop))
    around = [*lower[max(first, q.first - 4) : q.first], *lower[after:end]]
    if not sentenced and known.prison_nouns.isdisjoint(around):
        return None
    faced = verb is not None and verb.base == "face"
    return Reading(noun="prison term", relation="face" if faced else "sentence", group=verb, how="object")


def _named_before(
    clauses: Clauses, q: Quantity, group: VerbGroup | None, first: int, prepositions: tuple[str, ...]
) -> Reading | None:
    """A number that the noun before it names: "a population of 34 million", "prices at $5"."""
    tags, lower = clauses.tags, clauses.tokens.lower
    if q.first - 1 <= first or lower[q.first - 1] not in prepositions or tags[q.first - 2] != "n":
        return None
    back = q.first - 2
    while back > first and tags[back - 1] in "nhd":
        back -= 1
    inner = head(clauses, (back, q.first - 1))
    noun = noun_of(clauses, inner, q.first - 1) if inner else None
    if noun is None or noun in vocabulary().as_relation:
        return None
    return Reading(noun=noun, relation="level", subject=inner, group=group, how="of-before")


def _changed(clauses: Clauses, q: Quantity, first: int, stop: int) -> Reading:
    group = next((g for g in (clauses.after(q.first, q.last), clauses.before(q.first, first)) if g), None)
    if group is None:
        return Reading(how="bare", relation="change")
    of = subject(clauses, group, first)
    if clauses.tokens.lower[q.first - 1] == "by":
        of = _moved(clauses, group, q.first) or of
    if of is None:
        return Reading(relation="change", group=group, how="change")
    read = read_level(clauses, of, group, q.first)
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
