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
from consistency.extraction.known import find_known, overlay, small_persons, uncased
from consistency.extraction.nameruns import RUN, segments
from consistency.extraction.rawnames import Raw
from consistency.extraction.spans import Mention
from consistency.extraction.tokens import Tokens
from consistency.model import Zone
from consistency.rulebook import default_rulebook

_AGE_NEXT = re.compile(r",0(?:[,.;:n]|-)|\(0\)")
_ACTS_NEXT = re.compile(r"[xw]{0,2}a")
_DATELINE = re.compile(r"(?:,(?:[A-Z]\.?|[ZGX]z*))?(?:,?[D]\.?0)?(?:\([^n()]{1,6}\))?-")
_STARTS = frozenset('n".:?!')
_ALONE = frozenset("ZGXMYW")


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
        self.plain = shapes.letters(tokens.words)
        flat = uncased(self.plain)
        hits = find_known(tokens, self.plain, flat)
        self.hits = {first: (size, readings) for first, size, readings in hits}
        letters = overlay(self.plain, hits)
        for at in small_persons(tokens, letters, flat):
            if at not in self.hits and at + 1 not in self.hits:
                letters = f"{letters[:at]}FC{letters[at + 2 :]}"
        self.letters = letters + "nnn"
        self.words = frozenset(tokens.words)
        self.states: dict[int, tuple[Entry, int]] = {}
        self.raws: list[Raw] = []
        self.sentence = -1
        self.shout = False

    def read(self) -> list[Raw]:
        letters, sentences = self.letters, self.tokens.sentences
        number = 0
        for m in RUN.finditer(letters):
            first, run = m.start(), m.group()
            if self.states and first in self.states:
                first, run = self._state(first, run)
                if not run:
                    continue
            if len(run) == 1 and run in _ALONE:
                self._known(first, first + 1)
                continue
            if first and letters[first - 1] in "@/." and self._in_address(first):
                continue
            while sentences[number][1] < first:
                number += 1
            self._enter(number)
            self._run(first, run)
        return self.raws

    def _enter(self, number: int) -> None:
        if number != self.sentence:
            self.sentence = number
            low, high, _, _ = self.tokens.sentences[number]
            self.shout = shapes.loud(self.plain[low:high])

    def _in_address(self, first: int) -> bool:
        """Whether a token stands inside a web address, a hashtag or an account name."""
        tokens = self.tokens
        if not tokens.glued(first):
            return False
        text, start = tokens.text, tokens.starts[first]
        low = max(text.rfind(" ", max(0, start - 80), start), text.rfind("\n", max(0, start - 80), start)) + 1
        before = text[low:start]
        return before[-1:] in {"@", "#", "_"} or "//" in before or ".c" in before or "@" in before

    def _run(self, first: int, run: str) -> None:
        letters = self.letters
        opens = first == 0 or letters[first - 1] in _STARTS
        if opens and run[0] in "CLSU" and len(run) > 1 and self.tokens.lower[first] in self.words:
            first, run, opens = first + 1, run[1:], False
        titled = False
        for kind, low, high in segments(run):
            if kind == "title":
                titled = True
                continue
            if kind == "known" and not (titled and letters[first + low] == "X"):
                self._known(first + low, first + high)
            elif kind in {"known", "name", "acronym", "person"}:
                self._name(first + low, first + high, opens and low == 0, titled, kind)
            else:
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
        raw = Raw(first, last, entry.kind, entry.name, True, entry.demonym, readings)
        raw.prior = self.letters[first - 1] if first else "n"
        raw.shape = self.letters[first]
        if entry.kind == "place":
            self._behind(raw)
        self.raws.append(raw)

    def _behind(self, raw: Raw) -> None:
        """Reads the state in "City, State": it tells which city is meant."""
        letters, at = self.letters, raw.last
        if letters[at] == "." and letters[at + 1] == ",":
            at += 1
        if letters[at] != ",":
            return
        state = self._state_at(at + 1)
        if state is None or state.name in {raw.name, *(e.name for e in raw.readings if e.sort == "state")}:
            return
        if state.sort == "country" and not (raw.readings or raw.prior == "i"):
            return
        if not raw.readings or any(e.sort in {"city", "territory"} for e in raw.readings):
            raw.stated = state

    def _state_at(self, at: int) -> Entry | None:
        """The state or country named by the tokens at `at`, as one finds it behind "City, "."""
        words, table = self.tokens.words, names().abbr
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
        if last == first + 1:
            return
        raw = Raw(first, last, {"police": "organisation", "street": "place"}.get(kind, kind), "", False)
        raw.form = kind
        raw.prior = self.letters[first - 1] if first else "n"
        if raw.kind == "place":
            self._behind(raw)
        self.raws.append(raw)

    def _name(self, first: int, last: int, opens: bool, titled: bool, kind: str) -> None:
        """What an unknown name is, from the words around it."""
        letters, words = self.letters, self.tokens.words
        after = letters[last]
        if kind == "name" and letters[first] == "G" and not (titled or self._acts(first, last)):
            self._known(first, first + 1)
            first += 1
            if first == last or letters[first] not in "CFLABVQfI":
                return
        if kind == "name" and last == first + 1 and letters[first] in "RIbpHU":
            return
        if words[last - 1] in names().abbr and self._state_alone(first, last):
            return
        raw = Raw(first, last, "other", "", False)
        raw.prior = letters[first - 1] if first else "n"
        raw.form = "acronym" if kind == "acronym" else "name"
        raw.kind = self._kind(raw, kind, titled)
        single = last == first + 1
        common = letters[first] == "f" and raw.kind == "person" and not titled
        alone = single and (opens or common) and not (raw.kind == "place" and self._at_work(last))
        sure = raw.kind == "person" and (titled or raw.prior == "l" or bool(_AGE_NEXT.match(letters, last)))
        raw.weak = (self.shout and not sure) or (alone and (after not in "vg" or (opens and self._plain(words[first]))))
        if raw.form == "acronym" and (self.shout or not self._initials(raw)):
            return
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
        return word.lower() in self.words or (word[-1] == "s" and shapes.letter(word) == "C")

    def _initials(self, raw: Raw) -> bool:
        """Whether capitals alone are an acronym: no part of a number, no shouted word, no agency in a dateline."""
        word = self.tokens.lower[raw.first]
        if raw.prior in "-0" or (raw.last == raw.first + 1 and word in self.words):
            return False
        return not (raw.prior == "(" and self.letters.startswith(")-", raw.last))

    def _state_alone(self, first: int, last: int) -> bool:
        """Takes a state's short form without a comma before it: "Okla.", "S.C. woman", "Shelby NC"."""
        word, before = self.tokens.words[last - 1], self.raws[-1] if self.raws else None
        entry = names().abbr.get(word)
        if entry is None:
            return False
        if last - first > 1 and not self.shout and ("." in word or word in _state_codes()):
            raw = Raw(first, last - 1, "place", "", False, stated=entry, form="name")
            self.raws.append(raw)
        elif last - first > 1:
            return False
        elif before is not None and before.last == first and before.kind == "place" and before.stated is None:
            before.stated = entry
        elif not ("." in word or (self.letters[last] == "." and len(word) > 2)):
            return False
        self.raws.append(Raw(last - 1, last, "place", entry.name, True, readings=(entry,)))
        return True

    def _kind(self, raw: Raw, kind: str, titled: bool) -> str:
        """person | place | organisation | other, by the surest cue first."""
        letters, first, last = self.letters, raw.first, raw.last
        after, size = letters[last], last - first
        if titled or kind in {"person", "known"} or raw.prior in "lj" or _AGE_NEXT.match(letters, last):
            return "person"
        self._behind(raw)
        if raw.stated is not None:
            return "place"
        if raw.prior in "nC" and first < 400 and letters[first] in "ABC" and _DATELINE.match(letters, last):
            return "place"
        if kind == "acronym":
            return "organisation"
        if (after == "v" and raw.prior != "i") or (size > 1 and (raw.prior == "v" or _ACTS_NEXT.match(letters, last))):
            return "person"
        if raw.prior == "i" or after == "k":
            return "place"
        if raw.prior == "o" and first > 1 and self.tokens.lower[first - 2] in _of_place():
            return "place"
        return "person" if size == 1 and letters[first] in "FfL" else "other"


def find_mentions(tokens: Tokens, zones: Sequence[Zone] = ()) -> list[Mention]:
    """The named entities of a whole document, in order, none inside another.

    Any text gives mentions whose span is exactly their text. What related links and boilerplate introduce (`zones`)
    does not lend its names to the rest.
    """
    if not tokens.sentences:
        return []
    return naming.settle(tokens, _Reader(tokens).read(), zones)
