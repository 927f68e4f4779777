"""Words in quotation marks, and reported words without them, each with its speaker."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from consistency.extraction.frames import Frame
from consistency.extraction.marks import Pair, find_pairs, has_marks
from consistency.extraction.reader import Reader
from consistency.extraction.spans import QuoteMark
from consistency.extraction.speakers import PERSON, goes_on, lexicon
from consistency.extraction.tokens import Tokens

SCARE = 4  # shorter quotations may be scare quotes, titles or nicknames
_TRANSCRIPT_WORDS = 5  # a quotation that a transcript gives to the name before it has at least so many
_NAME_REACH = 18
_LONGEST = 4000  # characters of a quotation that are kept
_MARKS = re.compile('["“”„«»`]')
_RUN = 12  # sentences a communiqué goes on for
_OPENING = re.compile('["“„«`]')


def find_quotes(reader: Reader, frames: Sequence[Frame]) -> list[QuoteMark]:
    """All quotations of a document in order, nested ones after the one around them.

    The marks stand outside first..last; a comma before the closing mark too.
    """
    tokens = reader.tokens
    if not has_marks(reader.cues):
        return []
    pairs = find_pairs(tokens, reader.cues, reader.paragraphs)
    if not pairs:
        return []
    resolver = _Resolver(reader, frames)
    marks: list[QuoteMark] = []
    for pair in pairs:
        first, last = pair.first, pair.last
        while first < last and tokens.lower[first] == "\n":
            first += 1
        while last > first and tokens.lower[last - 1] in (",", "\n", " "):
            last -= 1
        if last > first:
            start, end = tokens.span(first, last)
            words = " ".join(tokens.text[start : min(end, start + _LONGEST)].split())
            speaker = resolver.speaker(pair)
            marks.append(QuoteMark(first=first, last=last, start=start, end=end, words=words, speaker=speaker))
    return marks


def find_indirect(reader: Reader, frames: Sequence[Frame]) -> list[QuoteMark]:
    """What a named speaker is reported to have said, without quotation marks ("X stressed that …").

    words: the clause as it stands. A communiqué goes on in the present tense after such a sentence; these sentences of
    the same paragraph count as the speaker's words too.
    """
    if not frames:
        return []
    tokens = reader.tokens
    marks: list[QuoteMark] = []
    reporting = {f.sentence for f in frames}
    heads = [first for first, _ in reader.paragraphs]
    for k, frame in enumerate(frames):
        if frame.speaker is None or frame.order == "phrase" or frame.standing or not frame.clause:
            continue
        spans = list(frame.content)
        if frame.order == "inside":  # "The crash, police said, killed ten": the longer part
            spans = [max(spans, key=lambda s: s[1] - s[0])]
        closing = k + 1 == len(frames) or frames[k + 1].sentence != frame.sentence
        if frame.order == "before" and closing and spans and goes_on(tokens, spans[0]):
            spans.extend(_communique(reader, frame.sentence + 1, reporting, heads))
        for span in spans:
            first, last = _trimmed(tokens, *span)
            if last - first < SCARE or _quoted(reader.cues, first, last):
                continue
            start, end = tokens.span(first, last)
            words = " ".join(tokens.text[start : min(end, start + _LONGEST)].split())
            marks.append(QuoteMark(first=first, last=last, start=start, end=end, words=words, speaker=frame.speaker))
    return marks


def _quoted(letters: str, first: int, last: int) -> bool:
    """Whether a good part of a clause stands in quotation marks, and is a quotation by itself."""
    if _MARKS.search(letters, first, last) is None:
        return False
    marks = [m.start() for m in _MARKS.finditer(letters, first, last)]
    return len(marks) < 2 or marks[0] == first or marks[1] - marks[0] > SCARE


def _trimmed(tokens: Tokens, first: int, last: int) -> tuple[int, int]:
    while first < last and tokens.lower[first] in (",", "that", ":"):
        first += 1
    while last > first and tokens.lower[last - 1] in (",", "\n", ".", '"', "”"):
        last -= 1
    return first, last


def _communique(reader: Reader, number: int, reporting: set[int], heads: list[int]) -> list[tuple[int, int]]:
    """Sentences from `number` on to the end of the paragraph, as long as they keep to the present tense."""
    tokens = reader.tokens
    spans: list[tuple[int, int]] = []
    paragraph = bisect_right(heads, tokens.sentences[number - 1][0])
    while number < len(tokens.sentences) and len(spans) < _RUN:
        first, last = tokens.sentences[number][:2]
        if number in reporting or bisect_right(heads, first) != paragraph or not goes_on(tokens, (first, last)):
            break
        if _OPENING.search(reader.cues, first, last):
            break
        spans.append((first, last))
        number += 1
    return spans


class _Resolver:
    """Finds the speaker of one quotation after the other."""

    def __init__(self, reader: Reader, frames: Sequence[Frame]) -> None:
        self.tokens = reader.tokens
        self.reader = reader
        self.frames = frames
        self.firsts = [f.first for f in frames]
        self.heads = [first for first, _ in reader.paragraphs]
        self.openings = frozenset(self.heads)
        self.last: tuple[Pair, str | None] | None = None

    def speaker(self, pair: Pair) -> str | None:
        found = self._by_frame(pair)
        if found is None and self.last is not None and self._goes_on(self.last[0], pair):
            found = self.last[1]
        if found is None:
            found = self._before(pair) or self._transcript(pair)
        if pair.depth == 0:
            self.last = (pair, found)
        return found

    def _near(self, low: int, high: int) -> Sequence[Frame]:
        return self.frames[bisect_left(self.firsts, low) : bisect_right(self.firsts, high)]

    def _by_frame(self, pair: Pair) -> str | None:
        """The report that holds the quotation: right after it, right before it, or around it in its sentence."""
        tokens = self.tokens
        low = tokens.sentences[tokens.sentence_of(pair.first)][0]
        end = tokens.sentence_of(pair.last - 1)
        high = tokens.sentences[end][1]
        if pair.last + 1 >= high and end + 1 < len(tokens.sentences):
            high = self._following(end + 1, high)
        outside = [f for f in self._near(low, high) if not pair.first <= f.first < pair.last]
        if pair.depth:
            inner = [f for f in outside if f.last <= pair.first and pair.first - f.last <= 4]
            return inner[-1].speaker if inner else None
        for f in outside:
            if f.first >= pair.last and f.order in ("after", "inside", "alone") and f.first - pair.last <= 24:
                return f.speaker
        before = [f for f in outside if f.last <= pair.first]
        if before:
            return before[-1].speaker
        after = [f for f in outside if f.order in ("after", "phrase", "inside")]
        return after[0].speaker if after else None

    def _following(self, number: int, high: int) -> int:
        """End of the sentence after a quotation that closes its own, if it only tells who spoke; else `high`."""
        first, last = self.tokens.sentences[number][:2]
        if self.tokens.words[first][:1].islower():
            return last
        same = bisect_right(self.heads, first) == bisect_right(self.heads, high - 1)
        return last if same and any(f.order == "alone" for f in self._near(first, last)) else high

    def _before(self, pair: Pair) -> str | None:
        """The speaker of the sentence before a quotation that is a sentence of the same paragraph."""
        number = self.tokens.sentence_of(pair.first)
        first = self.tokens.sentences[number][0]
        if pair.depth or pair.first - first > 2 or not number or first in self.openings:
            return None
        low, high = self.tokens.sentences[number - 1][:2]
        found = [f for f in self._near(low, high) if f.order != "phrase"]
        return found[-1].speaker if found else None

    def _goes_on(self, before: Pair, pair: Pair) -> bool:
        """Whether the quotation goes on from the last one: in its paragraph, or after it was left open at its end."""
        tokens = self.tokens
        one, two = bisect_right(self.heads, before.first), bisect_right(self.heads, pair.first)
        if pair.depth:
            return False
        opens = pair.first - 1 in self.openings or tokens.sentence_of(pair.first) != tokens.sentence_of(before.first)
        if one == two:
            return opens and pair.last - pair.first >= SCARE
        return two == one + 1 and not before.closed and pair.first - 2 <= self.heads[two - 1]

    def _transcript(self, pair: Pair) -> str | None:
        """ "ana ruiz minister of trade "we signed …": a name and nothing said of it, right before the words."""
        tokens = self.tokens
        head = self.heads[bisect_right(self.heads, pair.first) - 1]
        opening = pair.first - 1
        if pair.depth or pair.last - pair.first < _TRANSCRIPT_WORDS or not 2 <= opening - head <= _NAME_REACH:
            return None
        if tokens.sentence_of(head) != tokens.sentence_of(opening):
            return None
        mentions = self.reader.given
        i = bisect_left(mentions, head, key=lambda m: m.first)
        named = mentions[i] if i < len(mentions) else None
        whole = named is not None and named.first == head and tokens.lower[named.last] not in ("'s", "’s")
        if named is not None and whole and named.kind == PERSON:
            return named.name
        stop = head
        places = {m.first for m in mentions[i : i + 6] if m.kind != PERSON}
        while stop < opening and stop - head < 4 and tokens.words[stop].isalpha():
            if tokens.lower[stop] in lexicon().roles or stop in places or tokens.lower[stop + 1] in ("'s", "’s"):
                break
            stop += 1
        if not 2 <= stop - head <= 3:
            return None
        start, end = tokens.span(head, stop)
        return tokens.text[start:end]
