"""What a text introduces ("Larkin's is a grocery chain"), and the words that stand for it at the head of a clause.

"It", "her", "the company", "the population".
Nothing is parsed: the antecedent of a sentence is the name its subject phrase holds; a pronoun goes back to that of the
sentence before where it fits, else to what the text introduced at its beginning (Grosz et al., Centering, 1995: the
subject is what the next sentence is about).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache

import msgspec

from consistency.extraction.clauses import Clauses
from consistency.extraction.nouns import lemma
from consistency.extraction.spans import Mention
from consistency.extraction.tokens import END, ClassTable
from consistency.extraction.words import verbs
from consistency.rulebook import default_rulebook

_PERSON, _WORK = "person", "work"
_BEFORE = re.compile("[dnjh]{0,5}")  # what stands before the name in its phrase
_OPENING = re.compile("[pesg][^\n;:.]*,")  # "In 1954, the …"
_PREDICATE = re.compile("[ndhqjeyk]*")
_COPULA = re.compile("b[dqn]")
_KINDS = {"person": "person", "organisation": "body", "group": "body", "place": "place"}
_OTHER = "x"
_REACH = 40  # tokens of an insertion behind a name


class _Table(msgspec.Struct, frozen=True):
    """sort: of each noun of an introduction; alike: the nouns that may stand for a noun; attributes: by sort;
    pronouns: the sorts each may stand for; classes: t "the", p a pronoun, n a noun or attribute."""

    sort: dict[str, str]
    alike: dict[str, frozenset[str]]
    attributes: dict[str, frozenset[str]]
    pronouns: dict[str, frozenset[str]]
    copulas: frozenset[str]
    articles: frozenset[str]
    work_verbs: frozenset[str]
    lead: int
    classes: ClassTable


@lru_cache(maxsize=1)
def _table() -> _Table:
    data = default_rulebook().load("lexicon/introductions.yaml")
    sort: dict[str, str] = {}
    for name, nouns in data["sorts"].items():
        for noun in nouns:
            sort.setdefault(noun, name)
    alike: dict[str, frozenset[str]] = {}
    for nouns in data["alike"]:
        for noun in nouns:
            alike[noun] = alike.get(noun, frozenset()) | frozenset(nouns)
    attributes = {name: frozenset(nouns) for name, nouns in data["attributes"].items()}
    pronouns = {word: frozenset(sorts) for word, sorts in data["pronouns"].items()}
    standing = {*sort, *alike, *(noun for nouns in attributes.values() for noun in nouns)}
    letters = {**dict.fromkeys(standing, "n"), **dict.fromkeys(pronouns, "p"), "the": "t", ",": ",", END: END}
    return _Table(
        sort=sort,
        alike=alike,
        attributes=attributes,
        pronouns=pronouns,
        copulas=frozenset(data["copulas"]),
        articles=frozenset(data["articles"]),
        work_verbs=frozenset(data["work_verbs"]),
        lead=int(data["lead"]),
        classes=ClassTable(letters, _OTHER),
    )


_POINTING = re.compile(rf"(?:\A|(?<=[,{END}]))(?:p|tx?n)")


def introducing(noun: str) -> bool:
    """Whether "X is a <noun>" introduces something named X."""
    return noun in _table().sort


def sort_of(noun: str) -> str | None:
    """What sort of thing "X is a <noun>" introduces, None where it introduces nothing."""
    return _table().sort.get(noun)


def called_alike(one: str, other: str) -> bool:
    """Whether two nouns may be said of one thing in turn: a film, a movie."""
    return other in _table().alike.get(one, ())


def _acts(word: str) -> bool:
    """Whether a word is a verb's -s form, which may be taken for a noun ("Berg Foods owns mills")."""
    return word[-1:] == "s" and verbs().form.get(word, word) != word


class Head(msgspec.Struct, frozen=True, gc=False):
    """What a sentence is about: a name. sort: of thing, None where nothing tells; noun: what it is called; firm:
    whether the sentence introduces it as that."""

    name: str
    kind: str
    sort: str | None
    noun: str | None
    firm: bool

    def meant_by(self, word: str, described: bool) -> bool:
        """Whether a pronoun, or "the" + `word` (`described`), may stand for it."""
        table = _table()
        if not described:
            sorts = table.pronouns[word]
            return self.sort in sorts if sorts else self.sort != _PERSON
        if self.noun is None:
            return self.sort == _WORK == table.sort.get(word)
        if word == self.noun or word in table.alike.get(self.noun, ()):
            return True
        return self.firm and word in table.attributes.get(self.sort or "", ())


class _Reader:
    """One document, its sentences asked for their heads from left to right."""

    def __init__(self, clauses: Clauses, mentions: Sequence[Mention]) -> None:
        self.clauses = clauses
        self.tokens = clauses.tokens
        self.mentions = mentions
        self.firsts = [m.first for m in mentions]
        self.heads: dict[int, Head | None] = {}

    def inside(self, number: int) -> Sequence[Mention]:
        """The mentions of a sentence."""
        first, stop, _, _ = self.tokens.sentences[number]
        low = bisect_left(self.firsts, first)
        return self.mentions[low : bisect_left(self.firsts, stop, low)]

    def head(self, number: int) -> Head | None:
        """What a sentence is about, where its subject phrase holds a name or pointed back at one."""
        if number < 0:
            return None
        if number not in self.heads:
            self.heads[number] = self._head(number)
        return self.heads[number]

    def _head(self, number: int) -> Head | None:
        first, stop, _, _ = self.tokens.sentences[number]
        tags, lower = self.clauses.tags, self.tokens.lower
        if opening := _OPENING.match(tags, first, min(stop, first + _REACH)):
            first = opening.end()
        mention = next((m for m in self.inside(number) if m.first >= first), None)
        if mention is None or mention.demonym or not _BEFORE.fullmatch(tags, first, mention.first):
            return None
        end = mention.last
        while end < stop and tags[end] == "n" and not _acts(lower[end]):
            end += 1
        noun = lemma(lower[end - 1]) if end > mention.last else None
        if noun is None and mention.first > first and tags[mention.first - 1] == "n":
            noun = lemma(lower[mention.first - 1])
        at = self._verb(end, stop)
        if at is None:
            return None
        known = _table().sort
        firm = False
        if (told := self._predicate(at, stop)) is not None:
            noun, firm = told, True
        elif noun not in known:
            noun = None
        sort = known[noun] if noun is not None else _KINDS.get(mention.kind)
        if mention.kind == _PERSON and noun not in known:
            sort = _PERSON
        if sort is None and (group := self.clauses.after(at, stop)) is not None and group.base in _table().work_verbs:
            sort = _WORK
        return Head(mention.name, mention.kind, sort, noun, firm)

    def _verb(self, end: int, stop: int) -> int | None:
        """The verb of which a phrase that ends before token `end` is the subject; "X's parts" is none of X."""
        tags, lower = self.clauses.tags, self.tokens.lower
        if lower[end] in ("'s", "’s"):
            if tags[end + 1] != "b":
                return None
            end += 1
        if tags[end] == "(":
            close = tags.find(")", end, min(stop, end + _REACH))
            end = close + 1 if close >= 0 else end
        if tags[end] == ",":
            close = tags.find(",", end + 1, min(stop, end + _REACH))
            end = close + 1 if close >= 0 else end
        while end < stop and tags[end] in "j":
            end += 1
        return end if end < stop and (tags[end] in "bv" or _acts(lower[end])) else None

    def _predicate(self, at: int, stop: int) -> str | None:
        """What the subject of the verb at token `at` is introduced as ("is an American crime drama series")."""
        tags, lower, table = self.clauses.tags, self.tokens.lower, _table()
        if lower[at] not in table.copulas or lower[at + 1] not in table.articles:
            return None
        low = at + 4 if lower[at + 1 : at + 3] == ["one", "of"] else at + 1
        m = _PREDICATE.match(tags, low, stop)
        for i in range(m.end() - 1, low - 1, -1) if m is not None else ():
            noun = lemma(lower[i])
            if tags[i] == "n" and noun in table.sort:
                return noun
        return None

    def lead(self) -> tuple[int, Head] | None:
        """What the text introduces at its beginning, and the number of the sentence."""
        for number, (first, stop, _, _) in enumerate(self.tokens.sentences[: _table().lead]):
            if not _COPULA.search(self.clauses.tags, first, stop):
                continue
            head = self.head(number)
            if head is not None and head.firm:
                return number, head
        return None

    def antecedent(
        self, number: int, at: int, word: str, described: bool, lead: tuple[int, Head] | None
    ) -> Head | None:
        """What a pronoun or description at token `at` of a sentence stands for."""
        opens = at == self.tokens.sentences[number][0]
        if not opens and any(m.last <= at and not m.anaphor and not m.demonym for m in self.inside(number)):
            return None  # a name of its own sentence stands before it
        before = self.head(number - 1)
        if before is not None and before.meant_by(word, described) and self._alone(number - 1, before):
            return before
        if lead is None or lead[0] >= number or not lead[1].meant_by(word, described):
            return None
        return None if self._rival(number - 1, word, described, lead[1]) else lead[1]

    def _rival(self, number: int, word: str, described: bool, lead: Head) -> bool:
        """Whether a sentence begins with another name that could be meant as well as the `lead`."""
        if (head := self.head(number)) is not None:
            return head.name != lead.name and head.meant_by(word, described)
        first = self.tokens.sentences[number][0]
        m = next(iter(self.inside(number)), None)
        if m is None or m.name == lead.name or described or not _BEFORE.fullmatch(self.clauses.tags, first, m.first):
            return False
        return (m.kind == _PERSON) == (_PERSON in _table().pronouns[word])

    def _alone(self, number: int, head: Head) -> bool:
        """Whether no other name of the sentence could be meant as well: another person, a thing done something to."""
        if head.firm:
            return True
        lower, tags = self.tokens.lower, self.clauses.tags
        person = head.sort == _PERSON
        for m in self.inside(number):
            if m.name == head.name or m.demonym or (m.kind == _PERSON) != person:
                continue
            if person or tags[m.first - 1] not in "pt" or lower[m.first - 1] == "of":
                return False
        return True


def point_back(clauses: Clauses, mentions: Sequence[Mention]) -> tuple[list[Mention], Head | None]:
    """(mentions with those added that stand for the subject of the sentence before or of the text; what the text
    introduces at its beginning). The added ones have `anaphor` true and `known` false."""
    if not mentions:
        return list(mentions), None
    tokens, table = clauses.tokens, _table()
    reader = _Reader(clauses, mentions)
    lead = reader.lead()
    taken = {i for m in mentions if m.anaphor for i in range(m.first, m.last)}
    added: list[Mention] = []
    for m in _POINTING.finditer(tokens.classes(table.classes)):
        first, last = m.span()
        if first in taken or first >= len(tokens.words):
            continue
        described = last > first + 1
        word = tokens.lower[last - 1]
        if described:
            word = lemma(word)
            if clauses.tags[last] in "nh" or tokens.lower[last] == "of":
                continue  # "the film industry", "the population of"
        number = tokens.sentence_of(first)
        head = reader.antecedent(number, first, word, described, lead)
        if head is None:
            continue
        if reader.head(number) is None:
            reader.heads[number] = head if not described or word == head.noun else reader.heads[number]
        start, end = tokens.span(first, last)
        added.append(
            Mention(
                first=first,
                last=last,
                start=start,
                end=end,
                text=tokens.text[start:end],
                name=head.name,
                kind=head.kind,
                known=False,
                anaphor=True,
            )
        )
    if added:
        mentions = sorted([*mentions, *added], key=lambda m: (m.first, m.last))
    return list(mentions), lead[1] if lead is not None else None
