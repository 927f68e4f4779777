"""Enumerations of things: "Chile, Peru and Uruguay", "five programs on peace, trade and culture".

A list that is read wrongly makes a contradiction that is none, so doubtful ones are left out: verb phrases, adjectives
of one noun, appositions, and pairs that nothing announces.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from consistency.extraction.listitems import Item, in_places, is_thing, name, split
from consistency.extraction.listwords import link_before, words
from consistency.extraction.reader import Reader
from consistency.extraction.spans import ListMark, Mention
from consistency.extraction.tokens import ClassTable, Tokens

# P place or group, H person, O organisation, X other name, A demonym, _ the rest of a name, z genitive, f "of",
# C "as well as" (~ its other words), k a conjunction that joins no items; else the letters of `Reader.tags`.
_KINDS = {"person": "H", "place": "P", "group": "P", "organisation": "O"}
_NAMES = {kind: letter.encode() for kind, letter in _KINDS.items()}
_CORE = r"[nwWgPHOXAy](?:[nwWgPHOXAyz_]|h(?:[tpc]h)?)*+"
_ITEM = rf"d{{0,3}}j?{_CORE}(?:fd?{_CORE})?(?:,q(?=[,;cC.\n]))?"
_JOIN = r"(?:(?<!h)c|C~~)j?"
# a run begins with its phrase: no second try inside one, and none at a phrase that nothing joins to another
_START = r"(?<![nwWgPHOXAyz_h])(?=[djnwWgPHOXAyz_hf]++(?:[,;cC]|(?<=h)[tp]))"
_JOINTS = ClassTable({"of": "f", "'s": "z", "’s": "z", "but": "k", "yet": "k", "nor": "k", "as": "C", "well": "w"}, " ")
_JOINT = re.compile("[fzk]")
_VERB = re.compile(r"[wW](?:(?<=[btou].)|(?<=[btou]j.))")
_ANNOUNCE = frozenset({":", "-"})
_ANNOUNCED = re.compile("[:-]")
_HEAD = frozenset("nwWgPHOXA_zhqdjfpy")
_HEAD_REACH = 16
_COUNTED = re.compile(rf"q[{''.join(sorted(_HEAD))}]*+,*+[b:-]?\Z")  # a number, and its phrase up to the list
_MOST = 200  # items of a list: more is a table


@lru_cache(maxsize=2)
def _run(sign: str) -> re.Pattern[str]:
    """Items with a sign between them, or with a conjunction."""
    return re.compile(
        rf"{_START}{_ITEM}(?:(?:{sign}{_ITEM})++(?:{sign}?{_JOIN}{_ITEM})?|{sign}?{_JOIN}{_ITEM})(?:,?C~~(?!g){_ITEM})?"
    )


def find_lists(tokens: Tokens, mentions: Sequence[Mention], reader: Reader | None = None) -> list[ListMark]:
    """The enumerations of a document in order, each of two items or more. `reader` saves reading its words again."""
    reader = reader or Reader(tokens, mentions)
    tags = reader.tags
    if "c" not in tags and "," not in tags and ";" not in tags and "well" not in tokens.lower:
        return []  # nothing that could join two items
    letters = _letters(reader)
    marks: list[ListMark] = []
    for sign in ",;":
        if sign == ";" and sign not in letters:
            continue
        for m in _run(sign).finditer(letters):
            if _hopeless(tokens, letters, m[0], m.start(), m.end(), sign):
                continue
            mark = _mark(reader, letters, m.start(), m.end(), sign)
            if mark is not None:
                marks.append(mark)
    marks.sort(key=lambda m: (m.first, -m.last))
    return [m for k, m in enumerate(marks) if not k or m.first >= marks[k - 1].last]


def _hopeless(tokens: Tokens, letters: str, run: str, first: int, last: int, sign: str) -> bool:
    """Whether a run is no list for sure: a cheap test before the thorough ones, which most runs fail."""
    if "C" in run:
        return False
    if sign not in run:
        return not _announced(tokens, letters, first, first + 1)  # "trade and investment": most pairs are no lists
    if _goes_on(tokens.lower, last):
        return False
    signs, joined = run.count(sign), run.count("c")
    if signs == 1 and not joined:
        return True  # "her brother, a lawyer"
    more = joined or not words().more_words.isdisjoint(tokens.lower[first:last])
    if more and signs + joined - run.count(sign + "c") > 1:
        return False
    opening = first  # the first item may begin anywhere before the first sign
    while opening and letters[opening - 1] in "dj":
        opening -= 1
    return not _announced(tokens, letters, opening, first + run.index(sign))


def _letters(reader: Reader) -> str:
    row = bytearray(reader.tags, "ascii")
    joints = reader.tokens.classes(_JOINTS)
    for joint in _JOINT.finditer(joints):
        row[joint.start()] = ord(joint[0])
    k = joints.find("CwC")
    while k >= 0:
        row[k : k + 3] = b"C~~"
        k = joints.find("CwC", k + 1)
    for m in reader.mentions:
        head = b"A" if m.demonym else _NAMES.get(m.kind, b"X")
        row[m.first : m.last] = head.ljust(m.last - m.first, b"_")
    return _VERB.sub("v", row.decode("ascii"))


def _announced(tokens: Tokens, letters: str, first: int, until: int) -> bool:
    """Whether a list that begins at one of the tokens first..until-1 may be announced there: a cheap test."""
    before = first - 1 if first else 0
    if not words().link_ends.isdisjoint(tokens.lower[before:until]) or _ANNOUNCED.search(letters, before, until):
        return True
    return _COUNTED.search(letters, max(0, first - _HEAD_REACH - 4), first) is not None


def _mark(reader: Reader, letters: str, first: int, last: int, sign: str) -> ListMark | None:
    """The list of one run, or None where it is none."""
    tokens = reader.tokens
    low = tokens.sentences[tokens.sentence_of(first)][0]
    first = _after_of(letters, first, last, sign)
    items = split(reader, letters, first, last)
    if _ends_in_clause(reader, letters, items):
        items.pop()
    if len(items) < 2 or len(items) > _MOST:
        return None
    opening = items[0].first
    start, complete = link_before(tokens, opening, low)
    while start == opening and opening > low and letters[opening - 1] in "dj":
        opening -= 1
        start, complete = link_before(tokens, opening, low)
    items, more = _without_rest(reader, items, letters, last)
    merged = in_places(items, _following(reader, letters, items[-1])) if items else None
    if not merged or len(merged) < 2 or _modifies(letters, merged[-1].last):
        return None
    if start == opening and (counted := _apposition(reader, letters, merged)):
        merged = counted
        start = opening = merged[0].first
    linked = start < opening
    joined = any(i.joined for i in merged) or more
    sure = linked or (letters[opening - 1 : opening] == ":" and _counted_names(reader, letters, merged, low))
    checked = _checked(reader, letters, merged, sure, low)
    if checked is None:
        return None
    items = checked
    head, link, total = _head(reader, letters, start, opening, low)
    final = letters[items[-1].last : items[-1].last + 1] in ("\n", ".", ";")
    announced = linked or (link == ":" and final) or (head is not None and total == len(items))
    if len(items) < (2 if announced else 3) or not (joined or (announced and len(items) > 2 and items[-1].mention)):
        return None
    if more:
        complete = False
    elif complete is None and total is not None and head is not None:
        complete = _counts(reader, head, link, total, len(items))
    span = tokens.span(items[0].first, items[-1].last)
    return ListMark(
        first=items[0].first, last=items[-1].last, start=span[0], end=span[1],
        items=tuple(name(reader, i) for i in items), spans=tuple((i.first, i.last) for i in items),
        complete=complete, head=head, link=link,
    )  # fmt: skip


def _apposition(reader: Reader, letters: str, items: list[Item]) -> list[Item] | None:
    """The names behind a phrase that counts just them: "Two countries, Chile and Peru, signed"."""
    opening, names = items[0], items[1:]
    if opening.mention is not None or len(names) < 2 or any(i.mention is None for i in names):
        return None
    word = reader.tokens.lower[opening.first - 1] if opening.first else "\n"
    total = words().numbers.get(word) or (_whole(word) if letters[opening.first - 1] == "q" else None)
    return names if total == len(names) else None


def _counted_names(reader: Reader, letters: str, items: list[Item], low: int) -> bool:
    """ "three towns: Arlo, Bend and Corven": as many capitalised words as the phrase before the colon counts."""
    opening = items[0].first
    capital = all(reader.tokens.words[i.first][:1].isupper() for i in items)
    return capital and _head(reader, letters, opening, opening, low)[2] == len(items)


def _checked(reader: Reader, letters: str, items: list[Item], linked: bool, low: int) -> list[Item] | None:
    """The items if they can stand in one list: names of one kind, or things (names among them only if announced)."""
    if all(i.mention is not None for i in items):
        return items if _alike(items) else None
    between = reader.tokens.lower[items[-2].last : items[-1].first]
    if not linked and ("or" in between or any(i.mention for i in items)):
        return None
    if any(i.mention is None and reader.between(i.first, i.last) for i in items) and any(i.mention for i in items):
        return None  # "both Ann Roe and John Doe well": a name with more than the name
    return _things(reader, letters, items, linked, low)


def _ends_in_clause(reader: Reader, letters: str, items: Sequence[Item]) -> bool:
    """ "…, as well as deepening old ties": what follows the last item is a clause."""
    if len(items) < 3 or items[-1].size < 2 or "C" not in letters[items[-2].last : items[-1].first]:
        return False
    return reader.tokens.lower[items[-1].first].endswith("ing")


def _after_of(letters: str, first: int, last: int, sign: str) -> int:
    """Where the first item begins: after "of", which belongs to the head ("citizens of Chile, Peru and Uruguay")."""
    stop = min((k for k in (letters.find(s, first, last) for s in (sign, "c", "C")) if k >= 0), default=last)
    of = letters.rfind("f", first, stop)
    return of + 1 if of >= 0 else first


def _without_rest(reader: Reader, items: list[Item], letters: str, last: int) -> tuple[list[Item], bool]:
    """The items without a closing "and other countries", and whether there was one."""
    lower = reader.tokens.lower
    more = words().more
    if _goes_on(lower, last):
        return items, True
    tail = items[-1]
    opening = tail.first
    while opening > items[-2].last and letters[opening - 1] in "dj":
        opening -= 1
    phrase = lower[opening : tail.last]
    if any(w in more for w in phrase[:2]) or " ".join(phrase) in more:
        return items[:-1], True
    return items, False


def _goes_on(lower: list[str], last: int) -> bool:
    """Whether what stands behind a run says that there is more: "etc", "and so on"."""
    return lower[last] == "etc" or " ".join(lower[last + 1 : last + 3]) in words().more


def _following(reader: Reader, letters: str, tail: Item) -> Item | None:
    """A place after a comma behind the last item, which makes pairs of all items."""
    at = tail.last + 1
    if letters[tail.last : at] != "," or letters[at : at + 1] != "P":
        return None
    found = reader.between(at, min(len(letters), at + 8))
    m = next((m for m in found if m.first == at), None)
    return None if m is None else Item(m.first, m.last, m, 1, False)


def _modifies(letters: str, at: int) -> bool:
    """Whether the last item only qualifies a noun after it ("Chile and Peru officials")."""
    return letters[at : at + 1] in tuple("nwWzgPHOXA")


def _alike(items: Sequence[Item]) -> bool:
    kinds = {_KINDS.get(i.mention.kind, "X") for i in items if i.mention is not None}
    return "H" not in kinds or len(kinds) == 1


def _things(reader: Reader, letters: str, items: list[Item], linked: bool, low: int) -> list[Item] | None:
    """Checks a list with unnamed items; mends or drops a first item that took in what stands before the list."""
    if any(not is_thing(reader, letters, i) for i in items[1:]):
        return None
    opening, longest = items[0], max(i.size for i in items[1:])
    if not linked and _actions(letters, items):
        return None
    lower = reader.tokens.lower
    if lower[items[0].first - 1] == "the" and lower[items[1].first - 1] in ("a", "an"):
        return None  # "the mayor, a lawyer and father of two": one person
    if any(i.size > min(x.size for x in items[:-1]) + 2 for i in items[-1:]):
        return None
    if letters[low] in "pf" and opening.first - low <= 2 and letters[items[-1].last] != ",":
        items = items[1:]  # "in recent years, trade, …": a phrase before the clause
        return items if len(items) > 2 else None
    if not linked and opening.size > longest:
        if longest > 1 or len(items) < 4 or letters[opening.last - 1] not in "nwWg":
            return None
        opening = Item(opening.last - 1, opening.last, None, 1, False)  # "defend peace, trade, …": a verb nobody knows
        items = [opening, *items[1:]]
    return items if is_thing(reader, letters, opening) else None


def _actions(letters: str, items: Sequence[Item]) -> bool:
    """Whether the items are things done ("over the fence, crying and asking for help")."""
    single = [i for i in items[1:] if i.size == 1 and letters[i.first] == "g"]
    return len(single) > 1 or (single[-1:] == [items[-1]] and letters[items[-1].last] in "pd")


def _head(
    reader: Reader, letters: str, start: int, first: int, low: int
) -> tuple[tuple[int, int] | None, str | None, int | None]:
    """The noun phrase a list enumerates, the words between, and the number it states."""
    tokens = reader.tokens
    at = start
    if start == first and at > low and (letters[at - 1] in "pfb" or letters[at - 1] in _ANNOUNCE):
        at -= 1
    end = at
    while end > low and letters[end - 1] == ",":
        end -= 1
    if end == first:
        return None, None, None
    link = " ".join(tokens.lower[end:first]).strip(" ,") or ","
    i = end
    numbers = words().numbers
    total, number_at = None, None
    while i > low and end - i < _HEAD_REACH and letters[i - 1] in _HEAD:
        i -= 1
        word = tokens.lower[i]
        if letters[i] == "q" or word in numbers:
            total, number_at = numbers.get(word) or _whole(word), i
            break
    if number_at is not None and number_at < end - 1:
        return (number_at, end), link, total
    i = end
    while i > low and end - i < _HEAD_REACH and letters[i - 1] in "nwWgPHOXA_zhdy":
        i -= 1
    while i < end and letters[i] in "dz":
        i += 1
    return ((i, end) if i < end else None), link, None


def _whole(word: str) -> int | None:
    return int(word) if word.isascii() and word.isdigit() and len(word) < 5 else None


def _counts(reader: Reader, head: tuple[int, int], link: str | None, total: int, found: int) -> bool | None:
    """Whether the stated number and the list are about the same things: True, or None where it cannot be told."""
    if link == ":" or link == "-" or (link or "").split(" ")[0] in ("are", "were"):
        return True
    if total == found:
        return True
    noun = reader.tokens.lower[head[0] + 1 : head[1]]
    return True if link in ("on", "of") and any(w in words().counted for w in noun) else None
