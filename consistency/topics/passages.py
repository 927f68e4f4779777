"""Sentences as sequences of masked words: what near-copies are told by."""

from __future__ import annotations

import re
import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import msgspec

from consistency.model import Claim, Extraction
from consistency.rulebook import Rulebook, default_rulebook

NUMBER, DATE = "#", "@"

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]{1,3}\$|[^\W\d_]+(?:['’][^\W\d_]+)*|[$€£¥₹]")
_FIELD = re.compile(r"[A-Z][\w ,/()&'’-]{1,70}:\s")
_NEXT_FIELD = re.compile(r"\n(?=[A-Z][\w ,/()&'’-]{1,70}:\s)")
_VERBISH = re.compile(r"\b(?:is|are|was|were|has|have|had|said|says|will|would)\b", re.IGNORECASE)


class CopyRules(msgspec.Struct, frozen=True, eq=False):
    """The thresholds and word lists of `rules/topics/copies.yaml`."""

    shingle: int
    candidate: float
    similarity: float
    words: int
    twin: int
    mostly: float
    hot_shingle: int
    all_pairs: int
    form: int
    edition: float
    mask: Mapping[str, str]
    another: frozenset[str]
    stop: frozenset[str]


@lru_cache(maxsize=8)
def copy_rules(rules: Rulebook | None = None) -> CopyRules:
    """The rules about copies of a rulebook. Raises RuleError if the file is missing or broken."""
    data: dict[str, Any] = (rules or default_rulebook()).load("topics/copies.yaml")
    mask: dict[str, str] = {}
    for word in data["mask"]["number"]:
        mask[word] = NUMBER
    for word in data["mask"]["date"]:
        mask[word] = DATE
    for word in data["mask"]["currency"]:
        mask[word] = ""
    data = {"twin": data["words"], **data}  # rules of before there were twins
    plain = {k: data[k] for k in CopyRules.__struct_fields__ if k not in {"mask", "stop", "another"}}
    return CopyRules(**plain, mask=mask, another=frozenset(data["another"]), stop=frozenset(data["stop"]))


class Passage(msgspec.Struct, frozen=True, gc=False):
    """A sentence that carries claims, as masked words.

    order: its place among the passages of its source. words: masked, lower case, a run of numbers is one "#", a date
    one "@". starts/ends: character offsets of the words in the sentence. plain: the words unmasked. named: which words
    are capitalised inside the sentence. field: a "Field: value" line.
    """

    source: str
    order: int
    words: tuple[str, ...]
    plain: tuple[str, ...]
    starts: array[int]
    ends: array[int]
    named: tuple[int, ...]
    field: bool
    claims: tuple[Claim, ...]


def read_passage(text: str, rules: CopyRules) -> tuple[list[str], list[str], list[int], list[int], list[int]]:
    """Masked words, plain words, starts, ends and the indices of capitalised words of a sentence."""
    words: list[str] = []
    plain: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    named: list[int] = []
    masked = rules.mask.get
    for m in _WORD.finditer(text):
        word = m[0]
        low = sys.intern(word.lower())  # words recur: one string for all
        token = NUMBER if low[0].isdigit() else masked(low, low)
        start, end = m.span()
        if token is low:
            if start and word[0].isupper():
                named.append(len(words))
        elif not token:
            continue
        elif words and words[-1] in (NUMBER, DATE) and not text[ends[-1] : start].strip(" -\n"):
            words[-1] = DATE if DATE in (token, words[-1]) else NUMBER
            plain[-1] += f" {low}"
            ends[-1] = end
            continue
        words.append(token)
        plain.append(low)
        starts.append(start)
        ends.append(end)
    return words, plain, starts, ends, named


def passages_of(extraction: Extraction, rules: CopyRules) -> list[Passage]:
    """The passages of one source, in the order of the text: its sentences with claims, and each line of a table."""
    found: dict[tuple[int, int], tuple[str, list[Claim]]] = {}
    for claim in extraction.claims:
        if claim.sentence is None or claim.start is None:
            continue
        text = claim.sentence.text
        low, high = 0, len(text)
        if "\n" in text:
            for m in _NEXT_FIELD.finditer(text):
                if m.end() <= claim.start - claim.sentence.start:
                    low = m.end()
                else:
                    high = m.start()
                    break
        found.setdefault((claim.sentence.start, low), (text[low:high], []))[1].append(claim)
    return [
        _passage(extraction.source, order, low, text, claims, rules)
        for order, ((_, low), (text, claims)) in enumerate(sorted(found.items(), key=lambda t: t[0]))
    ]


@lru_cache(maxsize=4096)  # a check against others asks twice: what is met, then what is judged
def _sentence(
    text: str, rules: CopyRules
) -> tuple[tuple[str, ...], tuple[str, ...], array[int], array[int], tuple[int, ...]]:
    """`read_passage`, remembered."""
    words, plain, starts, ends, named = read_passage(text, rules)
    return tuple(words), tuple(plain), array("Q", starts), array("Q", ends), tuple(named)


def _passage(source: str, order: int, shift: int, text: str, claims: list[Claim], rules: CopyRules) -> Passage:
    words, plain, starts, ends, named = _sentence(text, rules)
    return Passage(
        source=source,
        order=order,
        words=words,
        plain=plain,
        starts=array("Q", (s + shift for s in starts) if shift else starts),
        ends=array("Q", (e + shift for e in ends) if shift else ends),
        named=named,
        field=is_field(text),
        claims=tuple(sorted(claims, key=lambda c: (c.start or 0, c.end or 0, c.kind, c.id))),
    )


def content(passage: Passage, rules: CopyRules) -> set[str]:
    """The words that say something."""
    return {w for w in passage.words if len(w) > 1 and w not in rules.stop}


def is_field(text: str) -> bool:
    """Whether a line is one of a table: "Field: value", without a verb."""
    return bool(_FIELD.match(text)) and not _VERBISH.search(text)


def field_label(claim: Claim) -> frozenset[str]:
    """The words of the label of the table line a claim stands in; none if it stands in no such line."""
    if claim.sentence is None or claim.start is None:
        return frozenset()
    text = claim.sentence.text[: claim.start - claim.sentence.start]
    line = text[text.rfind("\n") + 1 :]
    label, colon, _ = line.partition(":")
    return frozenset(w for w in label.lower().replace("-", " ").split() if w) if colon else frozenset()


def word_range(passage: Passage, claim: Claim) -> tuple[int, int]:
    """The words [first, end) of a passage that a claim's span touches; empty (0, 0) when it touches none."""
    if claim.start is None or claim.end is None or claim.sentence is None:
        return 0, 0
    low, high = claim.start - claim.sentence.start, claim.end - claim.sentence.start
    first, end = bisect_right(passage.ends, low), bisect_left(passage.starts, high)
    return (first, end) if first < end else (0, 0)


def shingles(words: Sequence[str], size: int) -> frozenset[str]:
    """Runs of `size` words; the whole passage if it is shorter."""
    if len(words) <= size:
        return frozenset((" ".join(words),))
    return frozenset(map(" ".join, zip(*(words[i:] for i in range(size)), strict=False)))
