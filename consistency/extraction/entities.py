"""Named entities of a document: known names and what capitals, titles and suffix words tell of unknown ones.

Levels: letters (shapes) -> known names (known) -> capitalised runs and their segments (nameruns) -> what each segment
is, from the words around it (here) -> one name for each thing throughout the document (naming).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from consistency.extraction import naming, shapes
from consistency.extraction.gazetteer import Entry, names
from consistency.extraction.introductions import introducing
from consistency.extraction.known import find_known, overlay, small_persons, uncased
from consistency.extraction.nameruns import RUN, SEGMENTS, Segments
from consistency.extraction.rawnames import Raw, spell
from consistency.extraction.spans import Mention
from consistency.extraction.tokens import Tokens
from consistency.model import Zone
from consistency.rulebook import default_rulebook

_AGE_NEXT = re.compile(r",0(?:[,.;:n]|-)|\(0\)")
_ACTS_NEXT = re.compile(r"[xw]{0,2}a")
_DATELINE = re.compile(r"(?:,(?:[A-Z]\.?|[ZGX]z*))?(?:,?[D]\.?0)?(?:\([^n()]{1,6}\))?-")
_STARTS = frozenset('n".:?!')
_ALONE = frozenset("ZGXMYW")
_UNTOLD = frozenset(("known", "name", "acronym", "person"))
_PLAIN = "FfLC"  # letters of words that stand in a person's name as written
_OWN = frozenset({"'s", "’s"})
_IS = frozenset({"is", "was"})
_A = frozenset({"a", "an", "the"})
_PHRASE_ENDS = frozenset({"of", "in", "by", "for", "that", "which", "who", "about", "from", "on"})
_NAMED_WITHIN = 10  # tokens from a name to the noun that says what it is
_KIND_OF = {"police": "organisation", "street": "place"}


@lru_cache(maxsize=1)
def _of_names() -> frozenset[str]:
    return frozenset(default_rulebook().load("lexicon/entity_words.yaml")["of_names"])


@lru_cache(maxsize=1)
def _of_place() -> frozenset[str]:
    return frozenset(default_rulebook().load("lexicon/capitalised.yaml")["of_place"])


@lru_cache(maxsize=1)
def _state_codes() -> frozenset[str]:
    return frozenset(default_rulebook().load("lexicon/entity_words.yaml")["state_alone"])


class _Reader:
    """One document on its way from letters to raw mentions."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.plain = tokens.classes(shapes.LETTERS)
        flat = uncased(self.plain)
        self.cased = not flat
        hits = find_known(tokens, self.plain, flat)
        self.hits = {first: (size, readings) for first, size, readings in hits}
        marked = overlay(self.plain, hits)
        if flat:
            for at in small_persons(tokens, marked, flat):
                if at not in self.hits and at + 1 not in self.hits:
                    marked = f"{marked[:at]}FC{marked[at + 2 :]}"
        self.letters = marked + "nnn"
        self.words: frozenset[str] | None = None
        self.abbr = names().abbr
        self.states: dict[int, tuple[Entry, int]] = {}
        self.raws: list[Raw] = []
        self.known_to = 0  # up to this token it is known whether the sentence is shouted
        self.loud = False

    def read(self) -> list[Raw]:
        letters = self.letters
        for m in RUN.finditer(letters):
            first, run = m.start(), m.group()
            if self.states and first in self.states:
                first, run = self._state(first, run)
                if not run:
                    continue
            if len(run) == 1 and run in _ALONE:
                self._known(first, first + 1)
                continue
            parts = SEGMENTS[run]
            if parts and not (first and letters[first - 1] in "@/." and self._in_address(first)):
                self._run(first, run, parts)
        return self.raws

    def _small(self, word: str) -> bool:
        """Whether the document has a word in this form."""
        if self.words is None:
            self.words = frozenset(self.tokens.words)
        return word in self.words

    def _shouted(self, at: int) -> bool:
        """Whether the capitals of the sentence of token `at` say nothing. Asked from left to right."""
        if at >= self.known_to:
            low = self.plain.rfind("n", 0, at) + 1
            self.known_to = self.plain.index("n", at)
            self.loud = shapes.loud(self.plain[low : self.known_to])
        return self.loud

    def _in_address(self, first: int) -> bool:
        """Whether a token stands inside a web address, a hashtag or an account name."""
        tokens = self.tokens
        if not tokens.glued(first):
            return False
        text, start = tokens.text, tokens.starts[first]
        reach = max(0, start - 80)
        low = max(reach, text.rfind(" ", reach, start) + 1, text.rfind("\n", reach, start) + 1)
        before = text[low:start]
        return before[-1:] in {"@", "#", "_"} or "//" in before or ".c" in before or "@" in before

    def _run(self, first: int, run: str, parts: Segments) -> None:
        letters = self.letters
        opens = first == 0 or letters[first - 1] in _STARTS
        if opens and len(run) > 1 and run[0] in "CLSU" and self._small(self.tokens.lower[first]):
            first, parts, opens = first + 1, SEGMENTS[run[1:]], False
        titled = False
        for kind, low, high in parts:
            if kind == "title":
                titled = True
                continue
            if kind == "known" and not (titled and letters[first + low] == "X"):
                self._known(first + low, first + high)
            elif kind in _UNTOLD:
                self._name(first + low, first + high, opens and low == 0, titled, kind)
            elif high - low > 1:
                self._suffixed(kind, first + low, first + high)
            titled = False

    def _state(self, first: int, run: str) -> tuple[int, str]:
        """Takes the abbreviated state off the front of a run."""
        entry, size = self.states[first]
        self.raws.append(Raw(first, first + size, "place", entry.name, True, readings=(entry,)))
        rest = run[size:]
        skip = len(rest) - len(rest.lstrip(".-&"))
        return first + size + skip, rest[skip:]

    def _known(self, first: int, last: int) -> None:
        _, readings = self.hits[first]
        entry = readings[0]
        prior = self.letters[first - 1] if first else "n"
        raw = Raw(first, last, entry.kind, entry.name, True, entry.demonym, readings, None, prior, self.letters[first])
        if entry.kind == "place":
            raw.stated = self._behind(last, prior, entry.name, readings)
        self.raws.append(raw)

    def _behind(self, at: int, prior: str, name: str = "", readings: tuple[Entry, ...] = ()) -> Entry | None:
        """The state in "City, State": it tells which city is meant. `at`: the token after the city."""
        letters = self.letters
        if letters[at] == "." and letters[at + 1] == ",":
            at += 1
        if letters[at] != ",":
            return None
        state = self._state_at(at + 1)
        if state is None or state.name in {name, *(e.name for e in readings if e.sort == "state")}:
            return None
        if state.sort == "country" and not (readings or prior == "i"):
            return None
        return state if not readings or any(e.sort in {"city", "territory"} for e in readings) else None

    def _state_at(self, at: int) -> Entry | None:
        """The state or country named by the tokens at `at`, as one finds it behind "City, "."""
        words, table = self.tokens.words, self.abbr
        if at in self.hits:
            size, readings = self.hits[at]
            for entry in sorted(readings, key=lambda e: e.sort != "state"):
                if entry.sort in {"state", "country"} and not entry.demonym:
                    if len(readings) > 1:
                        self.hits[at] = (size, (entry,))
                    return entry
            return None
        if at < len(words) and words[at] in table:
            self.states[at] = (table[words[at]], 1)
        elif at < len(words) and words[at] == "W" and self.tokens.text.startswith("W.Va", self.tokens.starts[at]):
            self.states[at] = (table["W.Va."], 3)
        else:
            return None
        return self.states[at][0]

    def _suffixed(self, kind: str, first: int, last: int) -> None:
        """A street, place, organisation or event told by its last word."""
        raw = Raw(first, last, _KIND_OF.get(kind, kind), "", False, form=kind)
        raw.prior = self.letters[first - 1] if first else "n"
        if raw.kind == "place":
            raw.stated = self._behind(last, raw.prior)
        raw.name = spell(self.tokens, raw)
        self.raws.append(raw)

    def _name(self, first: int, last: int, opens: bool, titled: bool, kind: str) -> None:
        """What an unknown name is, from the words around it."""
        letters, words = self.letters, self.tokens.words
        head = letters[first]
        if kind == "name":
            if head == "G" and not (titled or self._acts(first, last)):
                self._known(first, first + 1)
                first += 1
                head = letters[first]
                if first == last or head not in "CFLABVQfI":
                    return
            if last == first + 1 and head in "RIbpHU":
                return
        if words[last - 1] in self.abbr and self._state_alone(first, last):
            return
        after, prior = letters[last], letters[first - 1] if first else "n"
        if opens and last == first + 1 and after == "-" and self.tokens.lower[last + 1] not in _of_names():
            return  # "Long-term debt", "Full-year profit"
        told = titled or prior == "l" or (after in ",(" and _AGE_NEXT.match(letters, last) is not None)
        stated = None
        if told or prior == "j" or kind in {"person", "known"}:
            what = "person"
        elif after in ",." and (stated := self._behind(last, prior)) is not None:
            what = "place"
        else:
            what = self._told_around(first, last, prior, kind)
        if kind == "acronym" and (self._shouted(first) or not self._initials(first, last, prior)):
            return
        person = what == "person"
        weak = False
        if last == first + 1 and (opens or (head == "f" and person and not titled)):
            work = what == "place" and self._at_work(last)
            weak = not work and (after not in "vg" or (opens and self._plain(words[first])))
            weak = weak and not (opens and self._introduced(words[first], last))
        weak = weak or (not (person and told) and self._shouted(first))
        form = "acronym" if kind == "acronym" else "name"
        raw = Raw(first, last, what, "", False, False, (), stated, prior, "", form, weak)
        if person and self.cased and not letters[first:last].strip(_PLAIN):
            raw.name = " ".join(words[first:last])
        else:
            raw.name = spell(self.tokens, raw)
        self.raws.append(raw)

    def _acts(self, first: int, last: int) -> bool:
        """Whether what stands around a name is said of persons only."""
        letters = self.letters
        before = letters[first - 1] if first else "n"
        return (
            letters[last] == "v"
            or before in "lj"
            or bool(_AGE_NEXT.match(letters, last) or (last - first > 1 and _ACTS_NEXT.match(letters, last)))
        )

    def _at_work(self, last: int) -> bool:
        """Whether the words behind a place at the head of a sentence leave no doubt: a state, a dateline, police."""
        return self.letters[last] != "k" or self.tokens.lower[last] in {"police", "firefighters", "deputies"}

    def _plain(self, word: str) -> bool:
        """Whether a word at the head of a sentence is plain: met in small letters, or a plural ("Doctors said")."""
        return self._small(word.lower()) or (word[-1] == "s" and shapes.letter(word) == "C")

    def _introduced(self, word: str, last: int) -> bool:
        """Whether a sentence says what bears the name it begins with ("Larkin's is a grocery chain")."""
        lower = self.tokens.lower
        last += lower[last] in _OWN
        if lower[last] not in _IS or lower[last + 1] not in _A or self._plain(word):
            return False
        for i in range(last + 2, min(last + _NAMED_WITHIN, len(lower))):
            if self.letters[i] in ",.;:n(" or lower[i] in _PHRASE_ENDS:
                return False
            if introducing(lower[i]):
                return True
        return False

    def _initials(self, first: int, last: int, prior: str) -> bool:
        """Whether capitals alone are an acronym: no part of a number, no shouted word, no agency in a dateline."""
        if prior in "-0" or (last == first + 1 and self._small(self.tokens.lower[first])):
            return False
        return not (prior == "(" and self.letters.startswith(")-", last))

    def _state_alone(self, first: int, last: int) -> bool:
        """Takes a state's short form without a comma before it: "Okla.", "S.C. woman", "Shelby NC"."""
        word, before = self.tokens.words[last - 1], self.raws[-1] if self.raws else None
        entry = self.abbr[word]
        if last - first > 1 and not self._shouted(first) and ("." in word or word in _state_codes()):
            raw = Raw(first, last - 1, "place", "", False, stated=entry, form="name")
            raw.name = spell(self.tokens, raw)
            self.raws.append(raw)
        elif last - first > 1:
            return False
        elif before is not None and before.last == first and before.kind == "place" and before.stated is None:
            before.stated = entry
        elif not ("." in word or (self.letters[last] == "." and len(word) > 2)):
            return False
        self.raws.append(Raw(last - 1, last, "place", entry.name, True, readings=(entry,)))
        return True

    def _told_around(self, first: int, last: int, prior: str, kind: str) -> str:
        """person | place | organisation | other, by the words before and behind."""
        letters = self.letters
        after, size = letters[last], last - first
        if prior in "nC" and first < 400 and letters[first] in "ABC" and _DATELINE.match(letters, last):
            return "place"
        if kind == "acronym":
            return "organisation"
        if (after == "v" and prior != "i") or (size > 1 and (prior == "v" or _ACTS_NEXT.match(letters, last))):
            return "person"
        if prior == "i" or after == "k":
            return "place"
        if prior == "o" and first > 1 and self.tokens.lower[first - 2] in _of_place():
            return "place"
        return "person" if size == 1 and letters[first] in "FfL" else "other"


def find_mentions(tokens: Tokens, zones: Sequence[Zone] = ()) -> list[Mention]:
    """The named entities of a whole document, in order, none inside another.

    Any text gives mentions whose span is exactly their text. What related links and boilerplate introduce (`zones`)
    does not lend its names to the rest.
    """
    raws = _Reader(tokens).read() if tokens.sentences else []
    return naming.settle(tokens, raws, zones)
