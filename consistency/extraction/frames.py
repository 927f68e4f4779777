"""Frames of reported speech: who speaks, the verb, and the words that are reported.

"Police said five people died", "five people died, police said", '"…," said the mayor', "according to the ministry".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from consistency.extraction.cuewords import cue_words
from consistency.extraction.framing import Open, SpeechWords, reads_as_report, speech_words
from consistency.extraction.reader import MENTION, Reader
from consistency.extraction.speakers import (
    PERSON,
    last_person,
    lexicon,
    name_of,
    right_phrase,
    standing_in,
    standing_of,
)
from consistency.extraction.tokens import Tokens

_HEADLINE = 5  # words of a speaker at the head of a headline
_MOST = 60  # frames of one sentence that are read: a sentence with more is no sentence
_TELLING = frozenset({"told", "tells", "telling"})
_CLAUSE_HEADS = frozenset({"that", "he", "she", "they", "it", "there", "we", "i"})
# Whom something is told, where a clause of its own follows ("told the officer her friend …").
_LISTENER = re.compile(r"d?[nwWMjy]+(?=[doqsr])")
_CLAUSE = re.compile(r"[^,]*?[vbwW]")


class Frame(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One report. first..last: the verb or phrase; subject: the speaker's phrase; content: what is reported.

    speaker: the name or phrase, pronouns resolved; None where the text names nobody. order: "before" (subject, verb,
    content), "inside" (…, police said, …), "after" (…, said X), "alone" ("…." X said.) or
    "phrase" (according to X). clause: whether the
    content is a clause ("announced that it will …"), not a thing ("announced a plan").
    """

    sentence: int
    first: int
    last: int
    order: str
    content: tuple[tuple[int, int], ...]
    subject: tuple[int, int] | None = None
    speaker: str | None = None
    person: bool = False
    modality: str = "reported"
    standing: str | None = None
    clause: bool = True


def find_frames(reader: Reader) -> list[Frame]:
    """All reports of a document in order of their verbs."""
    cues = cue_words().speech.find(reader.cues)
    if not cues:
        return []
    words = speech_words()
    frames: list[Frame] = []
    number = seen = 0
    sentences = reader.tokens.sentences
    low, high, _, _ = sentences[0]
    for cue in cues:
        if cue.first > high:
            seen = 0
            while cue.first > high:
                number += 1
                low, high, _, _ = sentences[number]
        seen += 1
        if seen > _MOST:
            continue
        frame = Open(cue.first, cue.last, low, high)
        if cue.label == "verb":
            if reads_as_report(reader, frame, words):
                frames.append(_close(reader, frame, number, frames, words))
        elif cue.label == "headline":
            if 1 <= cue.first - low <= _HEADLINE:
                frames.extend(_headline(reader, frame, number))
        else:
            frames.append(_phrase(reader, frame, number, cue.label))
    return _trim(reader, frames)


def _close(reader: Reader, f: Open, number: int, frames: Sequence[Frame], words: SpeechWords) -> Frame:
    tokens, tags = reader.tokens, reader.tags
    speaker, person = None, False
    if f.pronoun is not None:
        speaker, person = _antecedent(reader, f, number, frames)
    elif f.subject is not None:
        speaker, person = name_of(reader, *f.subject)
    standing = None
    if f.subject is not None and f.pronoun is None:
        standing = _standing(reader, f.subject, number)
    verb = tokens.lower[f.at]
    if verb in ("told", "tells") and _to_listener(tokens, f):
        standing = standing or "caller"
    content = _content(tokens, tags, f)
    clause = f.order != "before"
    if content and not clause:
        begin, end = content[0]
        clause = begin > f.last or _CLAUSE.match(tags, begin, min(begin + 14, end)) is not None
    return Frame(
        sentence=number, first=f.at, last=f.last, order=f.order, content=content, subject=f.subject,
        speaker=speaker, person=person, modality=words.modality.get(verb, "reported"), standing=standing, clause=clause,
    )  # fmt: skip


def _standing(reader: Reader, subject: tuple[int, int], number: int) -> str | None:
    first, last = subject
    if last == first + 1:
        standing = None if reader.tags[first] == MENTION else standing_of(reader.tokens.lower[first])
        return standing or standing_in(reader.tokens, number)
    words, tags = reader.tokens.lower[first:last], reader.tags[first:last]
    if MENTION in tags:
        words = [w for w, tag in zip(words, tags, strict=True) if tag != MENTION]
    return (standing_of(" ".join(words)) if words else None) or standing_in(reader.tokens, number)


def _to_listener(tokens: Tokens, f: Open) -> bool:
    near = tokens.lower[f.last : min(f.high, f.last + 4)]
    near = near[: next((k for k, w in enumerate(near) if w in _CLAUSE_HEADS), len(near))]
    listeners = lexicon().emergency
    return any(w in listeners for w in near) or any(" ".join(near[i : i + 2]) in listeners for i in range(len(near)))


def _content(tokens: Tokens, tags: str, f: Open) -> tuple[tuple[int, int], ...]:
    """The token spans that are reported."""
    if f.order == "alone":
        return ()
    begin, end = f.last, f.high
    if f.order == "before":
        lower = tokens.lower
        if lower[f.at] in _TELLING and (m := _LISTENER.match(tags, begin, end)):
            begin = m.end()
        for i in range(f.last, end if end < f.last + 12 else f.last + 12):  # "told reporters on Monday that …"
            if lower[i] in ("that", ":"):
                begin = i + 1
                break
            if tags[i] in 'vb"':
                break
        while begin < end and (tags[begin] == "," or (begin == f.last and lower[begin] in lexicon().listeners)):
            begin += 1
        return ((begin, end),) if begin < end else ()
    first = f.at
    if f.subject is not None:
        first, begin = min(first, f.subject[0]), max(begin, f.subject[1])
    spans = ((f.low, first),) if first > f.low else ()
    return (*spans, (begin, end)) if f.order == "inside" and begin < end else spans


def _phrase(reader: Reader, f: Open, number: int, label: str) -> Frame:
    """ "According to X, …", "…, according to X", "reportedly"."""
    if label == "none":
        return Frame(sentence=number, first=f.at, last=f.last, order="phrase", content=((f.low, f.high),))
    subject = right_phrase(reader, f.last, f.high)
    speaker, person, standing = None, False, None
    last = f.last
    if subject is not None:
        speaker, person = name_of(reader, *subject)
        standing = _standing(reader, subject, number)
        last = subject[1]
    spans = tuple((a, b) for a, b in ((f.low, f.at), (last, f.high)) if a < b)
    return Frame(
        sentence=number, first=f.at, last=f.last, order="phrase", content=spans, subject=subject, speaker=speaker,
        person=person, standing=standing,
    )  # fmt: skip


def _headline(reader: Reader, f: Open, number: int) -> list[Frame]:
    """ "Police: two held after robbery": a speaker alone at the head of a sentence."""
    if f.last >= f.high or reader.tokens.glued(f.last):
        return []
    lower, tags = reader.tokens.lower, reader.tags
    if any(t not in "nwMdh" for t in tags[f.low : f.at]):
        return []
    speaker, person = name_of(reader, f.low, f.at)
    known = [m for m in reader.between(f.low, f.at) if m.kind in ("person", "organisation")]
    if lower[f.at - 1] not in lexicon().roles and not known:
        return []
    return [
        Frame(
            sentence=number, first=f.at, last=f.last, order="before", content=((f.last, f.high),),
            subject=(f.low, f.at), speaker=speaker, person=person, standing=standing_of(speaker.lower()),
        )
    ]  # fmt: skip


def _antecedent(reader: Reader, f: Open, number: int, frames: Sequence[Frame]) -> tuple[str | None, bool]:
    """Whom a pronoun before a verb of speech stands for, and whether it is one person."""
    before = frames[-1] if frames else None
    if f.pronoun == "same":
        if before is not None and before.sentence == number and before.speaker:
            return before.speaker, before.person
        found = [m for m in reader.between(f.low, f.at) if not m.demonym]
        return (found[0].name, found[0].kind == PERSON) if found else (None, False)
    if f.pronoun not in lexicon().singular:
        recent = before is not None and number - before.sentence <= 2 and not before.person
        return (before.speaker, False) if recent and before is not None else (None, False)
    speaker, at = None, -1
    for frame in reversed(frames[-4:]):
        if frame.person and number - frame.sentence <= 6:
            speaker, at = frame.speaker, frame.first
            break
    name = last_person(reader, number, f.at, at, speaker is None)
    return (name, True) if name else (speaker, speaker is not None)


def _trim(reader: Reader, frames: list[Frame]) -> list[Frame]:
    """Content that runs into the next report of its sentence ends where that one's clause begins."""
    contrast = speech_words().contrast
    lower = reader.tokens.lower
    for k in range(len(frames) - 1):
        a, b = frames[k], frames[k + 1]
        if a.sentence != b.sentence or a.order not in ("before", "inside") or b.order != "before" or b.subject is None:
            continue
        i = b.subject[0] - 1
        while i > a.last and reader.tags[i] in "je":
            i -= 1
        if lower[i] in contrast or lower[i] == ";" or (lower[i] == "and" and lower[i - 1] == ","):
            cut = tuple((x, min(y, i)) for x, y in a.content if x < i)
            frames[k] = msgspec.structs.replace(a, content=cut)
    return frames
