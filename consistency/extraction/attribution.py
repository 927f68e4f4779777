"""Stances: who says a part of a sentence, and how firmly.

A plain statement of the source has no stance. The stances of a document never overlap and come in order, so that a
claim's stance is the one its number stands in.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import msgspec

from consistency.extraction.cues import Cue
from consistency.extraction.cuewords import cue_words
from consistency.extraction.frames import Frame
from consistency.extraction.reach import Reach, forward, subject_start
from consistency.extraction.reader import Reader
from consistency.extraction.spans import QuoteMark, Stance
from consistency.extraction.tokens import Tokens
from consistency.rulebook import default_rulebook

_RANK = {"asserted": 0, "reported": 1, "forecast": 2, "target": 3, "hypothetical": 4, "denied": 5}
_MOST = 64  # cues of one sentence that are read
_Facets = tuple[str, str | None, str | None, bool]  # modality, speaker, standing, superseded
_SPOKEN = 5  # words a quotation without a speaker needs to count as someone's word


class _Layer(msgspec.Struct, frozen=True, gc=False):
    first: int
    last: int
    modality: str | None = None
    speaker: str | None = None
    speech: bool = False
    standing: str | None = None
    superseded: bool = False


@lru_cache(maxsize=1)
def _until() -> frozenset[str]:
    return frozenset(default_rulebook().load("lexicon/modality.yaml")["until"])


def find_stances(reader: Reader, frames: Sequence[Frame], quotes: Sequence[QuoteMark]) -> list[Stance]:
    """The stances of a document: disjoint, in order of their tokens."""
    cues = cue_words().modality.find(reader.cues)
    if not (frames or cues or quotes):
        return []
    layers: defaultdict[int, list[_Layer]] = defaultdict(list)
    for number, quoted in _quoted(reader.tokens, quotes):
        layers[number].append(quoted)
    for f in frames:
        for first, last in f.content:
            layers[f.sentence].append(_Layer(first, last, f.modality, f.speaker, True, f.standing))
    if cues:
        _modals(reader, cues, layers)
    out: list[Stance] = []
    for number in sorted(layers):
        found = layers[number]
        if len(found) == 1:
            x = found[0]
            out.append(_stance(x.first, x.last, (x.modality or "asserted", x.speaker, x.standing, x.superseded)))
        else:
            out += _flat(found)
    return out


def _modals(reader: Reader, cues: Sequence[Cue], layers: defaultdict[int, list[_Layer]]) -> None:
    """Adds what the phrases of modality cover."""
    reach = Reach(reader)
    sentences = reader.tokens.sentences
    number = count = 0
    for cue in cues:
        while sentences[number][1] < cue.first:
            number += 1
            count = 0
        count += 1
        if count <= _MOST and (layer := _modal(reach, cue, number)) is not None:
            layers[number].append(layer)


def _quoted(tokens: Tokens, quotes: Sequence[QuoteMark]) -> list[tuple[int, _Layer]]:
    """A layer for each sentence of each quotation that is someone's word."""
    out = []
    reached = -1
    for q in quotes:
        if (q.speaker is None and q.last - q.first < _SPOKEN) or q.last <= reached:
            continue
        reached = max(reached, q.last)
        number, at = tokens.sentence_of(q.first), q.first
        while at < q.last:
            end = min(q.last, tokens.sentences[number][1])
            if at < end:
                out.append((number, _Layer(at, end, "reported", q.speaker, True)))
            at = tokens.sentences[number][1] + 1
            number += 1
    return out


def _modal(reach: Reach, cue: Cue, number: int) -> _Layer | None:
    """What one phrase of modality covers."""
    low, high = reach.tokens.sentences[number][:2]
    label = cue.label
    if label == "neutral" or reach.dated(cue.first):
        return None
    if label in ("rumour", "alleged"):
        numeric = reach.numeric(cue.last, high, 3 if label == "rumour" else 1)
        return _Layer(cue.first, numeric, "reported", standing="rumour") if numeric else None
    if label == "caller" and reach.numeric(cue.last, high, 3) is None:
        return None  # a place or a time that was called in is not in doubt
    if label == "caller":
        return _Layer(cue.first, forward(reach, cue, high, strict=True), "reported", standing="caller")
    if label == "old":
        return _Layer(cue.first, forward(reach, cue, high, contrast=True), superseded=True)
    if label == "goal" and reach.tokens.lower[cue.last - 1] == "of" and not _aims(reach, cue.last, high):
        return None
    first = cue.first if label in ("denied", "goal") else subject_start(reach, cue, low)
    last = forward(reach, cue, high, strict=label in ("denied", "hypothetical"))
    if label == "would":
        future = reach.until(cue.last, last, _until()) or reach.spoken(low, cue.first)
        return _Layer(first, last, "forecast" if future else "hypothetical")
    return _Layer(first, last, "target" if label == "goal" else label)


def _aims(reach: Reach, at: int, high: int) -> bool:
    """Whether "a target of" is one: a number or a deed follows, not the one who was aimed at."""
    return reach.tags[at : at + 1] == "g" or reach.stated(at, high)


def _flat(layers: list[_Layer]) -> list[Stance]:
    """Layers of one sentence to stances: the innermost report names the speaker, the strongest modality stands."""
    edges = sorted({edge for layer in layers for edge in (layer.first, layer.last)})
    layers.sort(key=_depth)
    out: list[Stance] = []
    begin, end, before = -1, -1, None
    for first, last in pairwise(edges):
        here = [x for x in layers if x.first <= first and x.last >= last]
        if not here:
            continue
        facets = _together(here)
        if first == end and facets == before:
            end = last
            continue
        if before is not None:
            out.append(_stance(begin, end, before))
        begin, end, before = first, last, facets
    if before is not None:
        out.append(_stance(begin, end, before))
    return out


def _depth(layer: _Layer) -> tuple[bool, int, int]:
    """Reports come first, the innermost before the others; the rest stay in their order."""
    return (False, layer.last - layer.first, layer.first) if layer.speech else (True, 0, 0)


def _together(layers: list[_Layer]) -> _Facets:
    """What layers make of a stretch they all cover; the innermost report comes first."""
    modality, speaker, standing, superseded = "asserted", None, None, False
    inner = layers[0].standing if layers[0].speech else None
    for x in layers:
        if x.modality and _RANK[x.modality] > _RANK[modality]:
            modality = x.modality
        if x.speech:
            speaker = speaker or x.speaker
        else:
            standing = standing or x.standing
        superseded = superseded or x.superseded
    return modality, speaker, standing or inner, superseded


def _stance(first: int, last: int, facets: _Facets) -> Stance:
    modality, speaker, standing, superseded = facets
    return Stance(first=first, last=last, modality=modality, speaker=speaker, standing=standing, superseded=superseded)


def stance_at(stances: Sequence[Stance], index: int) -> Stance | None:
    """The stance that token `index` stands in, None for a plain statement."""
    k = bisect_left(stances, index + 1, key=lambda s: s.first) - 1
    return stances[k] if k >= 0 and stances[k].first <= index < stances[k].last else None
