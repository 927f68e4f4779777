"""Whose age a number is: "Ann Lee, 62,", "62-year-old Ann Lee", "her 3-year-old son"."""

from __future__ import annotations

from collections.abc import Sequence

from consistency.extraction.clauses import Clauses
from consistency.extraction.spans import Mention, Quantity, Timex
from consistency.extraction.tokens import END
from consistency.extraction.wordsets import word_sets

_AGE_WORDS = frozenset({"old", "age", "aged", "ages"})
_CLAUSE = frozenset(",;:sr")
_PRONOUNS = frozenset({"he", "she"})
_SAME = frozenset({"is", "was", "'s", "’s", "turned", "aged"})
_CALLED = frozenset({"named", "called"})
_IDENTIFIED = frozenset({"identified", "known"})
_FAR = 10  # tokens from an age to the name its bearer is identified by
_GROWN = 13
_BEHIND = 3  # tokens from an age to the time it held
_GENERATIONS = frozenset({"jr", "jr.", "sr", "sr.", "ii", "iii", "."})


def age_of(clauses: Clauses, q: Quantity, mentions: Sequence[Mention]) -> str | None:
    """The person an age is told of, "" for an age of somebody unnamed, None where it is no age."""
    lower, tags = clauses.tokens.lower, clauses.tags
    told = (
        q.dimension == "time"
        and q.unit in ("year", "month")
        and (
            not _AGE_WORDS.isdisjoint(lower[max(0, q.first - 1) : q.last + 2])
            or _at_the_age(lower, q.first)
            or (q.last - q.first == 1 and _of_somebody(lower, q.first))
        )
    )
    # "Ann Lee, 62, of Leeds": the bare number after a name
    bare = (
        _plain(q)
        and tags[q.first - 1 : q.first] in (",", "(")
        and tags[q.last : q.last + 1] in (",", ".", ")", "p", "c", ";", END)
    )
    people = [m for m in mentions if m.kind == "person" and not m.anaphor]
    if _plain(q) and _grown(clauses, q) and (whose := _said(clauses, q, people)) is not None:
        return whose
    if not (told or bare):
        return None
    if told:  # "64-year-old Ann Lee" tells of who follows, whoever stands before
        for m in people:
            if 0 <= m.first - q.last <= 6 and not any(t in ",;vb" for t in tags[q.last : m.first]):
                return m.name
            if m.first >= q.last:
                if m.first - q.last <= _FAR and _introduced(lower, m.first):
                    return m.name
                break
    for m in people:
        end = m.last
        while end < q.first and lower[end] in _GENERATIONS:  # "John Roe Jr., 21"
            end += 1
        between = tags[end : q.first]
        if 0 <= q.first - end <= 3 and between[:1] in (",", "(", "b") and "'s" not in lower[m.last : q.first]:
            return m.name
    if told and (
        lower[q.first - 1] == "aged" or _at_the_age(lower, q.first)
    ):  # "Ann Lee died on Monday in Leeds at the age of 62"
        for m in reversed(people):
            if m.last <= q.first:
                return m.name if _acts(tags, m, q) else ""
    if told:  # "Bekele Tura, a 28-year-old Ethiopian": an unknown name is that of a person
        for m in mentions:
            if m.kind == "other" and " " in m.name and tags[m.last : q.first] in (",", ",d"):
                return m.name
    return "" if told else None


def _plain(q: Quantity) -> bool:
    """Whether a number says nothing of what it is of, and can be an age."""
    bare = q.last - q.first == 1 and (q.dimension == "time" or (q.kind == "count" and q.unit is None))
    return bare and isinstance(q.value.point, int) and 0 < q.value.point < 120


def _grown(clauses: Clauses, q: Quantity) -> bool:
    """Whether a number that is said of somebody is an age rather than a place or a score."""
    of_something = clauses.tags[q.last : q.last + 2] == ",q"  # "was 12, four points behind"
    return isinstance(q.value.point, int) and q.value.point >= _GROWN and not of_something


def _said(clauses: Clauses, q: Quantity, people: Sequence[Mention]) -> str | None:
    """Whose age is said outright: "She was 91.", "Ann Lee was 44 when she died", "At 31, Ann Lee became …"."""
    lower, tags = clauses.tokens.lower, clauses.tags
    before, behind = lower[q.first - 1], tags[q.last : q.last + 1]
    goes_on = lower[q.last] == "at" or (lower[q.last] == "and" and tags[q.last + 1 : q.last + 2] in ("v", "b"))
    if before in _SAME and q.first > 1 and (behind in (".", ",", ";", "s", END) or goes_on):
        if lower[q.first - 2] in _PRONOUNS:
            return ""
        if lower[q.first - 2] == "who":
            return next((m.name for m in people if m.last == q.first - 3 and lower[m.last] == ","), "")
        return next((m.name for m in people if m.last == q.first - 1 or _apposed(tags, m, q)), None)
    if before == "at" and behind == "," and (q.first == 1 or tags[q.first - 2] in (END, ".", '"')):
        return next((m.name for m in people if 0 <= m.first - q.last <= _BEHIND), None)
    return None


def _apposed(tags: str, m: Mention, q: Quantity) -> bool:
    """ "The driver, Ann Lee, is 58"."""
    return m.last == q.first - 2 and tags[m.last] == "," and tags[m.first - 1 : m.first] == ","


def _of_somebody(lower: Sequence[str], first: int) -> bool:
    """ "A man of 67"."""
    return first > 1 and lower[first - 1] == "of" and lower[first - 2] in word_sets("nouns")["of_an_age"]


def _at_the_age(lower: Sequence[str], first: int) -> bool:
    """ "At the age of 62"; not "a median age of 62"."""
    return first > 3 and lower[first - 1] == "of" and lower[first - 3 : first - 1] == ["the", "age"]


def _acts(tags: str, m: Mention, q: Quantity) -> bool:
    """Whether what is said up to an age is said of a person: a verb follows the name, and no other clause begins."""
    between = tags[m.last : q.first]
    return between[:1] in ("v", "b") and _CLAUSE.isdisjoint(between)


def of_subject(clauses: Clauses, q: Quantity, mentions: Sequence[Mention]) -> str | None:
    """The person that the pronoun before an age stands for ("She died in Leeds at the age of 62")."""
    lower = clauses.tokens.lower
    if lower[q.first - 1] != "aged" and not _at_the_age(lower, q.first):
        return None
    for m in reversed(mentions):
        if m.kind == "person" and m.last <= q.first:
            return m.name if m.anaphor and _acts(clauses.tags, m, q) else None
    return None


def _introduced(lower: Sequence[str], first: int) -> bool:
    """Whether a name is what somebody told of before is called: "a 17-year-old boy, identified as Ivo Lind"."""
    before = lower[first - 1]
    return before in _CALLED or (before == "as" and lower[first - 2] in _IDENTIFIED)


def of_pronoun(clauses: Clauses, q: Quantity) -> bool:
    """Whether an age is that of a "he" or "she" right before it, or stands for one ("The 57-year-old has led …"): that
    of the person told of last."""
    lower, tags = clauses.tokens.lower, clauses.tags
    if lower[q.first - 1] == "the" and "old" in lower[q.first : q.last] and tags[q.last : q.last + 1] in ("v", "b"):
        return True
    return q.first >= 2 and lower[q.first - 1] in _SAME and lower[q.first - 2] in _PRONOUNS


def held_at(q: Quantity, t: Timex | None) -> Timex | None:
    """The time an age was held at: one right behind it ("22 in 2014"). Others date what its bearer did or met."""
    return t if t is not None and 0 <= t.first - q.last <= _BEHIND else None
