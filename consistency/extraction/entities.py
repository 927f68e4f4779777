"""Named entities of a document: known names and what capitals, titles and suffix words tell of unknown ones.

Levels: letters (shapes) -> known names (known) -> capitalised runs and their segments (nameruns) -> what each segment is,
from the words around it (here) -> one name for each thing throughout the document (naming).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from consistency.extraction import naming, shapes
from consistency.extraction.gazetteer import NONE, Entry, names
from consistency.extraction.known import Hit, find_known, uncased
from consistency.extraction.nameruns import RUN, segments
from consistency.extraction.naming import Raw
from consistency.extraction.spans import Mention
from consistency.extraction.tokens import Tokens
from consistency.model import Zone

_OLD_LETTER = {"F": "G", "f": "G", "L": "X", "V": "X", "Q": "X", "J": "X"}
_AGE_NEXT = re.compile(r",0(?:[,.;:n]|-)|\(0\)")
_DATELINE = re.compile(r"(?:,(?:[A-Z]\.?|[ZGX]z*))?(?:,?[D]\.?0)?(?:\([^n()]{1,6}\))?-")
_STARTS = frozenset('n"')


def _overlay(letters: str, hits: list[Hit]) -> str:
    """The letters with those of known names put over them."""
    out = list(letters)
    for first, size, readings in hits:
        entry = readings[0]
        if entry.kind == NONE:
            out[first : first + size] = "N" * size
        elif entry.demonym:
            out[first : first + size] = "M" + "m" * (size - 1)
        elif entry.kind in {"place", "group"}:
            head = _OLD_LETTER.get(out[first], "Z") if size == 1 else "Z"
            out[first : first + size] = head + "z" * (size - 1)
        else:
            out[first : first + size] = ("W" if size == 1 and entry.kind == "person" else "Y") + "y" * (size - 1)
    return "".join(out)


def _loud(tokens: Tokens, letters: str) -> list[bool]:
    """For each sentence whether its capitals say nothing because most of its words have one (a headline)."""
    out = []
    for first, last, _, _ in tokens.sentences:
        piece = letters[first:last]
        small = piece.count("w") + piece.count("v") + piece.count("j") + piece.count("k")
        out.append(small * 4 <= sum(map(piece.count, "CFLSUOKETAB")) if last - first > 3 else not small)
    return out


class _Reader:
    """One document on its way from letters to raw mentions."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        plain = shapes.letters(tokens.words)
        hits = find_known(tokens, plain, uncased(plain))
        self.hits = {first: (size, readings) for first, size, readings in hits}
        self.letters = _overlay(plain, hits) + "nnn"
        self.loud = _loud(tokens, plain)
        self.plain_words = frozenset(tokens.words)
        self.states: dict[int, tuple[Entry, int]] = {}
        self.raws: list[Raw] = []

    def read(self) -> list[Raw]:
        letters, tokens = self.letters, self.tokens
        sentences, loud = tokens.sentences, self.loud
        number = 0
        for m in RUN.finditer(letters):
            first, run = m.start(), m.group()
            while sentences and sentences[number][1] < first:
                number += 1
            if first in self.states:
                first, run = self._state(first, run)
            if not run:
                continue
            if run == "Z" or (len(run) == 1 and run in "GXMYW"):
                self._known(first, first + 1)
                continue
            opens = first == 0 or letters[first - 1] in _STARTS
            if opens and run[0] in "CLSU" and len(run) > 1 and tokens.lower[first] in self.plain_words:
                first, run, opens = first + 1, run[1:], False
            shout = loud[number] if loud else False
            titled = False
            for kind, low, high in segments(run):
                if kind == "title":
                    titled = True
                    continue
                self._segment(kind, first + low, first + high, opens and low == 0, shout, titled)
                titled = False
        return self.raws

    def _state(self, first: int, run: str) -> tuple[int, str]:
        entry, size = self.states[first]
        self.raws.append(Raw(first, first + size, "place", entry.name, True, readings=(entry,)))
        rest = run[size:]
        skip = len(rest) - len(rest.lstrip(".-&"))
        return first + size + skip, rest[skip:]

    def _known(self, first: int, last: int) -> None:
        size, readings = self.hits[first]
        entry = readings[0]
        raw = Raw(first, last, entry.kind, entry.name, True, entry.demonym, readings)
        raw.prior = self.letters[first - 1] if first else "n"
        raw.shape = self.letters[first]
        if entry.kind == "place" and self.letters[last] == ",":
            self._behind(raw)
        self.raws.append(raw)

    def _behind(self, raw: Raw) -> None:
        """Reads "City, State": keeps the readings of the city that lie there."""
        state = self._state_at(raw.last + 1)
        if state is not None and state.sort == "country" and not (raw.readings or raw.prior == "i"):
            return
        if state is None or state.name in {raw.name, *(e.name for e in raw.readings if e.sort == "state")}:
            return
        if raw.readings and all(e.sort not in {"city", "territory"} for e in raw.readings):
            return
        raw.stated = state

    def _state_at(self, at: int) -> Entry | None:
        """The state or country named by the tokens at `at`, as one finds behind "City, "."""
        words = self.tokens.words
        if at in self.hits:
            for entry in sorted(self.hits[at][1], key=lambda e: e.sort != "state"):
                if entry.sort in {"state", "country"} and not entry.demonym:
                    if len(self.hits[at][1]) > 1:
                        self.hits[at] = (self.hits[at][0], (entry,))
                    return entry
            return None
        if at < len(words) and words[at] == "W" and self.tokens.text.startswith("W.Va", self.tokens.starts[at]):
            entry, size = names().abbr["W.Va."], 3
        elif at < len(words) and words[at] in names().abbr:
            entry, size = names().abbr[words[at]], 1
        else:
            return None
        self.states[at] = (entry, size)
        return entry

    def _segment(self, kind: str, first: int, last: int, opens: bool, shout: bool, titled: bool) -> None:
        letters = self.letters
        if kind == "known":
            if letters[first] == "X" and titled and last == first + 1:
                self._name(first, last, opens, shout, titled)
            else:
                self._known(first, last)
            return
        if kind in {"name", "acronym", "person"}:
            self._name(first, last, opens, shout, titled, kind)
            return
        if last == first + 1:
            return
        raw = Raw(first, last, "organisation" if kind == "police" else "place" if kind == "street" else kind, "", False)
        raw.form = kind
        if raw.kind == "place" and letters[last] == ",":
            self._behind(raw)
        self.raws.append(raw)

    def _name(self, first: int, last: int, opens: bool, shout: bool, titled: bool, kind: str = "name") -> None:
        """What an unknown name is, from the words around it."""
        letters = self.letters
        after = letters[last]
        if kind == "name" and last == first + 1 and letters[first] in "RIbpH":
            return
        if kind == "name" and letters[first] == "G" and (shout or not (after == "v" or _AGE_NEXT.match(letters, last))):
            self._known(first, first + 1)
            first, kind = first + 1, "name"
            if letters[first] not in "CFLABVQfIR":
                return
        raw = Raw(first, last, "other", "", False)
        raw.prior = letters[first - 1] if first else "n"
        raw.form = kind
        if titled or kind == "person" or raw.prior in "lj" or _AGE_NEXT.match(letters, last):
            raw.kind = "person"
        elif after == "," and self._place_before_state(raw):
            raw.kind = "place"
        elif (
            raw.prior in "nC"
            and first < 400
            and _DATELINE.match(letters, last)
            and (kind != "name" or letters[first] in "ABC")
        ):
            raw.kind = "place"
        elif kind == "acronym":
            raw.kind = "organisation"
        elif after == "v" or (raw.prior == "v" and last - first > 1):
            raw.kind = "person"
        elif raw.prior == "i" or after == "k":
            raw.kind = "place"
        elif last == first + 1 and letters[first] in "FfL":
            raw.kind = "person"
            opens = opens or letters[first] == "f"
        raw.weak = shout or (opens and last == first + 1 and after not in "vg" and raw.kind != "place")
        self.raws.append(raw)

    def _place_before_state(self, raw: Raw) -> bool:
        self._behind(raw)
        return raw.stated is not None


def find_mentions(tokens: Tokens, zones: Sequence[Zone] = ()) -> list[Mention]:
    """The named entities of a whole document, in order, none inside another.

    Any text gives mentions whose span is exactly their text. What related links and boilerplate introduce (`zones`)
    does not lend its names to the rest.
    """
    if not tokens.sentences:
        return []
    return naming.settle(tokens, _Reader(tokens).read(), zones)
