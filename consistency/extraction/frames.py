"""Frames of reported speech: who speaks, the verb, and the words that are reported.

"Police said five people died", "five people died, police said", '"…," said the mayor', "according to the ministry".
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import msgspec

from consistency.extraction.cues import CueSet
from consistency.extraction.spans import Mention, Timex
from consistency.extraction.speakers import PERSON, Reader, left_phrase, lexicon, name_of, read, right_phrase, standing_of
from consistency.extraction.tokens import Tokens
from consistency.rulebook import default_rulebook

_MOST = 60  # frames of one sentence that are read: a sentence with more is no sentence
_REACH = 60  # tokens a frame looks to either side
_BE = frozenset({"is", "are", "was", "were", "be", "been", "being", "am"})
_STRONG = frozenset('vb"')
_FINITE = frozenset("vb")


class Frame(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One report. first..last: the verb or phrase; subject: token span of the speaker's phrase; content: what is reported.

    speaker: the name or phrase, pronouns resolved; None where the text names nobody. quoted: quotation marks follow or
    precede directly. order: "before" (subject, verb, content), "inside" (…, police said, …), "after" (…, said X) or
    "phrase" (according to).
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


class _Words(msgspec.Struct, frozen=True):
    cues: CueSet
    plain: frozenset[str]
    strict: frozenset[str]
    between: frozenset[str]
    contrast: frozenset[str]
    modality: dict[str, str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    data = default_rulebook().load("lexicon/attribution.yaml")
    phrases = {"verb": data["verbs"]["say"], "headline": [":"], **data["phrases"]}
    modality = {word: name for name, words in data["modality"].items() for word in words}
    sets = [frozenset(data[k]) for k in ("plain", "strict", "between", "contrast")]
    return _Words(CueSet({}, phrases, "lexicon/attribution.yaml"), *sets, modality)


class _Open(msgspec.Struct):
    """A frame being read."""

    at: int
    last: int
    low: int
    high: int
    subject: tuple[int, int] | None = None
    pronoun: str | None = None
    order: str = "before"


def find_frames(tokens: Tokens, mentions: Sequence[Mention], times: Sequence[Timex] = ()) -> list[Frame]:
    """All reports of a document in order of their verbs."""
    words = _words()
    cues = words.cues.find(tokens)
    if not cues:
        return []
    reader = read(tokens, mentions, times)
    frames: list[Frame] = []
    number, seen = -1, 0
    sentences = tokens.sentences
    for cue in cues:
        while number < 0 or sentences[number][1] < cue.first:
            number += 1
            seen = 0
        seen += 1
        if seen > _MOST:
            continue
        low, high = sentences[number][0], sentences[number][1]
        frame = _Open(cue.first, cue.last, low, high)
        if cue.label == "verb":
            if _reads_as_report(reader, frame, words):
                frames.append(_close(reader, frame, number, frames, words))
        elif cue.label == "headline":
            frames.extend(_headline(reader, frame, number))
        else:
            frames.append(_phrase(reader, frame, number, cue.label))
    return _trim(reader, frames)


def _reads_as_report(reader: Reader, f: _Open, words: _Words) -> bool:
    """Whether the verb at `f.at` reports speech; fills in subject and order."""
    tags, lower = reader.tags, reader.tokens.lower
    verb, at = lower[f.at], f.at
    nxt = f.last
    if tags[at] in "Me" or (at > f.low and tags[at - 1] in "dT" and lower[at - 1] not in ("'s", "’s")):
        return False
    sign = lower[nxt] in ("that", ":", '"', "“", "``", "`") or (tags[nxt] == "," and tags[nxt + 1 : nxt + 2] == '"')
    if _inverted(reader, f):
        return True
    i = at
    while i > f.low and (lower[i - 1] in words.between or tags[i - 1] in "je"):
        i -= 1
    while i > f.low and tags[i - 1] == "p" and i < at and tags[i] == "e":
        i -= 1
    before = lower[i - 1] if i > f.low else ""
    if before in _BE and not verb.endswith("ing"):
        return False
    if verb.endswith("ing"):
        return sign and _participle(f)
    if before in ("not", "to", "n't", "did", "do", "does", "didn't", "doesn't", "don't") or lower[at - 1] in ("not", "to"):
        return False
    people = lexicon()
    if before in people.singular or before in people.plural or before == "it":
        f.pronoun, f.subject = before, (i - 1, i)
    elif before and tags[i - 1] == ",":
        f.subject = _before_apposition(reader, f.low, i - 1)
    elif before:
        f.subject = left_phrase(reader, f.low, i)
    if f.subject is None:
        return False
    return _allowed(reader, f, verb, sign, words)


def _allowed(reader: Reader, f: _Open, verb: str, sign: bool, words: _Words) -> bool:
    tags = reader.tags
    assert f.subject is not None
    first, last = f.subject
    led = first > f.low and tags[first - 1] in ',"'
    closed = tags[f.last] in ",.;\n" or (tags[f.last] in "ep" and not any(t in _FINITE for t in tags[f.last : f.high]))
    if led and closed and first - f.low > 2:
        f.order = "inside" if tags[f.last] == "," and any(t in _FINITE for t in tags[f.last : f.high]) else "after"
        return True
    if verb in words.plain or sign:
        return True
    if verb in words.strict:
        return f.pronoun is not None and any(t in _FINITE for t in tags[f.last : f.last + 12].split("\n")[0])
    named = f.pronoun is not None or any(t == "M" for t in tags[first:last])
    roles = lexicon().roles
    return named or any(w in roles for w in reader.tokens.lower[first:last])


def _inverted(reader: Reader, f: _Open) -> bool:
    """'…," said the mayor': the subject follows the verb."""
    tags, lower = reader.tags, reader.tokens.lower
    at, nxt = f.at, f.last
    if at == f.low or tags[at - 1] not in ',".-' or tags[nxt] not in "dnMwWoqh" or lower[nxt] == "that":
        return False
    people = lexicon()
    if tags[nxt] == "o":
        if lower[nxt] not in people.singular and lower[nxt] not in people.plural:
            return False
        f.subject, f.pronoun = (nxt, nxt + 1), lower[nxt]
    else:
        f.subject = right_phrase(reader, nxt, f.high)
    if f.subject is None or tags[f.subject[1]] in "vb" or f.subject[1] - f.subject[0] > 14:
        f.subject = f.pronoun = None
        return False
    if tags[at - 1] != '"' and not any(t in _STRONG for t in tags[max(f.low, at - _REACH) : at]):
        f.subject = f.pronoun = None
        return False
    f.order = "after"
    return True


def _participle(f: _Open) -> bool:
    f.order = "before"
    f.pronoun = "same"
    return True


def _before_apposition(reader: Reader, low: int, comma: int) -> tuple[int, int] | None:
    """The subject before "…, the president of Chile," whose second comma stands at `comma`."""
    tags = reader.tags
    i = comma - 1
    stop = max(low, comma - _REACH)
    while i > stop and tags[i] not in ',;:"':
        i -= 1
    if tags[i] != "," or i <= low:
        return None
    found = left_phrase(reader, low, i)
    if found is not None and tags[i - 1] == "q":  # "Ann Roe, 23, said"
        return found
    return found


def _close(reader: Reader, f: _Open, number: int, frames: Sequence[Frame], words: _Words) -> Frame:
    tokens, tags = reader.tokens, reader.tags
    speaker, person = None, False
    if f.pronoun is not None:
        speaker, person = _antecedent(reader, f, number, frames)
    elif f.subject is not None:
        speaker, person = name_of(reader, *f.subject)
    standing = None
    if f.subject is not None and f.pronoun is None:
        start, end = tokens.span(*f.subject)
        _, _, begin, stop = tokens.sentences[number]
        standing = standing_of(tokens.text[start:end].lower(), tokens.text[begin : min(stop, begin + 1000)].lower())
    if tokens.lower[f.at] in ("told", "tells") and _to_listener(tokens, f):
        standing = standing or "caller"
    return Frame(
        sentence=number, first=f.at, last=f.last, order=f.order, content=_content(tokens, tags, f), subject=f.subject,
        speaker=speaker, person=person, modality=words.modality.get(tokens.lower[f.at], "reported"), standing=standing,
    )  # fmt: skip


def _to_listener(tokens: Tokens, f: _Open) -> bool:
    near = tokens.lower[f.last : min(f.high, f.last + 4)]
    listeners = lexicon().emergency
    return any(w in listeners for w in near) or any(" ".join(near[i : i + 2]) in listeners for i in range(len(near)))


def _content(tokens: Tokens, tags: str, f: _Open) -> tuple[tuple[int, int], ...]:
    """The token spans that are reported."""
    first = min(f.at, f.subject[0]) if f.subject else f.at
    last = max(f.last, f.subject[1]) if f.subject else f.last
    end = f.high
    if f.order == "before":
        begin = f.last
        for i in range(f.last, min(f.high, f.last + 12)):  # "told reporters on Monday that …"
            if tokens.lower[i] in ("that", ":"):
                begin = i + 1
                break
            if tags[i] in _FINITE or tags[i] == '"':
                break
        while begin < end and (tags[begin] == "," or (begin == f.last and tokens.lower[begin] in lexicon().listeners)):
            begin += 1
        return ((begin, end),) if begin < end else ()
    spans = [(f.low, first)] if first > f.low else []
    if f.order == "inside" and last < end:
        spans.append((last, end))
    return tuple(spans)


def _phrase(reader: Reader, f: _Open, number: int, label: str) -> Frame:
    """ "According to X, …", "…, according to X", "reportedly"."""
    tokens = reader.tokens
    if label == "none":
        return Frame(sentence=number, first=f.at, last=f.last, order="phrase", content=((f.low, f.high),))
    subject = right_phrase(reader, f.last, f.high)
    speaker, person, standing = None, False, None
    last = f.last
    if subject is not None:
        speaker, person = name_of(reader, *subject)
        start, end = tokens.span(*subject)
        _, _, begin, stop = tokens.sentences[number]
        standing = standing_of(tokens.text[start:end].lower(), tokens.text[begin : min(stop, begin + 1000)].lower())
        last = subject[1]
    spans = tuple((a, b) for a, b in ((f.low, f.at), (last, f.high)) if a < b)
    return Frame(
        sentence=number, first=f.at, last=f.last, order="phrase", content=spans, subject=subject, speaker=speaker,
        person=person, standing=standing,
    )  # fmt: skip


def _headline(reader: Reader, f: _Open, number: int) -> list[Frame]:
    """ "Police: two held after robbery": a speaker alone at the head of a sentence."""
    if not 1 <= f.at - f.low <= 5 or f.last >= f.high or reader.tokens.glued(f.last):
        return []
    lower, tags = reader.tokens.lower, reader.tags
    if any(t not in "nwMdh" for t in tags[f.low : f.at]) or tags[f.last] == '"':
        if not (tags[f.last] == '"' and tags[f.at - 1] == "M"):
            return []
    speaker, person = name_of(reader, f.low, f.at)
    known = [m for m in reader.between(f.low, f.at) if m.kind in ("person", "organisation")]
    if lower[f.at - 1] not in lexicon().roles and not known:
        return []
    return [
        Frame(
            sentence=number, first=f.at, last=f.last, order="before", content=((f.last, f.high),),
            subject=(f.low, f.at), speaker=speaker, person=person, standing=standing_of(speaker.lower(), ""),
        )
    ]  # fmt: skip


def _antecedent(reader: Reader, f: _Open, number: int, frames: Sequence[Frame]) -> tuple[str | None, bool]:
    """Whom a pronoun before a verb of speech stands for: the last person who spoke or stood at the head of a sentence."""
    before = frames[-1] if frames else None
    if f.pronoun == "same":
        if before is not None and before.sentence == number and before.speaker:
            return before.speaker, before.person
        found = [m for m in reader.between(f.low, f.at) if not m.demonym]
        return (found[0].name, found[0].kind == PERSON) if found else (None, False)
    people = lexicon()
    if f.pronoun in people.plural or f.pronoun == "it":
        recent = before is not None and number - before.sentence <= 2 and not before.person
        return (before.speaker, False) if recent and before is not None else (None, False)
    speaker, at = None, -1
    for frame in reversed(frames[-4:]):
        if frame.person and number - frame.sentence <= 6:
            speaker, at = frame.speaker, frame.first
            break
    for k in range(number, max(-1, number - 4), -1):
        low, high = reader.tokens.sentences[k][:2]
        heads = [m for m in reader.between(low, min(high, low + 8, f.at)) if m.kind == PERSON]
        if heads and heads[0].first > at:
            return heads[0].name, True
        if not heads and k < number and speaker is None and (name := _opening_name(reader, low, high)):
            return name, True
    return speaker, speaker is not None


def _opening_name(reader: Reader, low: int, high: int) -> str | None:
    """ "ana ruiz is the current head of …": a name at the head of a sentence that no list of names knows."""
    tags, tokens = reader.tags, reader.tokens
    i = low
    while i < high and tags[i] in "nw" and i - low < 4:
        i += 1
    if 2 <= i - low <= 3 and tokens.lower[i] in ("is", "was") and tokens.lower[i + 1 : i + 2] in (["the"], ["a"], ["an"]):
        start, end = tokens.span(low, i)
        return tokens.text[start:end]
    return None


def _trim(reader: Reader, frames: list[Frame]) -> list[Frame]:
    """Content that runs into the next report of its sentence ends where that one's clause begins."""
    contrast = _words().contrast
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
