"""A claim's sentence with what the claim rests on marked, short enough to read and safe to show."""

from __future__ import annotations

import re

import msgspec

from consistency.model import Claim
from consistency.reporting.clean import clean, shorten, shorten_middle, shorten_start

AROUND = 280
MARKED = 600
_WORD = re.compile(r"\w+(?:['’\-]\w+)*")
_DIFF_WORDS = 400


class Part(msgspec.Struct, frozen=True):
    """A stretch of a passage.

    kind: "" (context) | "mark" (the claim) | "quoted" (a quote) | "differs" (words the other quote has not).
    """

    text: str
    kind: str = ""


def parts(claim: Claim, against: Claim | None = None) -> tuple[Part, ...]:
    """The sentence of a claim around its marked words, at most AROUND characters on each side; () for a derived claim.

    against: the claim of the other side; where both are quotes, the words that differ are told apart.
    """
    split = _split(claim)
    if split is None:
        return ()
    before, marked, after = split
    out = [Part(shorten_start(clean(before[-4 * AROUND :]), AROUND))]
    out += _quote_parts(claim, marked, against) or [Part(_shown(marked), "quoted" if claim.kind == "quote" else "mark")]
    out.append(Part(shorten(clean(after[: 4 * AROUND]), AROUND)))
    return tuple(part for part in out if part.text)


def _shown(marked: str) -> str:
    return shorten_middle(clean(marked if len(marked) <= 4 * MARKED else shorten_middle(marked, 4 * MARKED)), MARKED)


def _split(claim: Claim) -> tuple[str, str, str] | None:
    sentence = claim.sentence
    if sentence is None:
        return None if not claim.text else ("", claim.text, "")
    text = sentence.text
    if claim.start is None or claim.end is None:
        return text, "", ""
    start, end = claim.start - sentence.start, claim.end - sentence.start
    if 0 <= start <= end <= len(text):
        return text[:start], text[start:end], text[end:]
    at = text.find(claim.text) if claim.text else -1
    if at < 0:
        return text, "", ""
    end = at + len(claim.text or "")
    return text[:at], text[at:end], text[end:]


def _quote_parts(claim: Claim, marked: str, against: Claim | None) -> list[Part]:
    """The marked words of a quote, split where they differ from the other quote; [] where that says nothing."""
    if (
        claim.kind != "quote"
        or against is None
        or against.kind != "quote"
        or not against.text
        or len(marked) > 4 * MARKED
    ):
        return []
    mine = list(_WORD.finditer(marked))
    other = [m.group().casefold() for m in _WORD.finditer(against.text[: 4 * MARKED])]
    if not mine or max(len(mine), len(other)) > _DIFF_WORDS:
        return []
    import difflib

    matcher = difflib.SequenceMatcher(None, [m.group().casefold() for m in mine], other, autojunk=False)
    out, at = [], 0
    for tag, first, last, _, _ in matcher.get_opcodes():
        if tag in ("equal", "insert"):
            continue
        start, end = mine[first].start(), mine[last - 1].end()
        out += [Part(clean(marked[at:start]), "quoted"), Part(clean(marked[start:end]), "differs")]
        at = end
    return [part for part in (*out, Part(clean(marked[at:]), "quoted")) if part.text]


def plain_text(passage: tuple[Part, ...]) -> str:
    """The passage without its marks."""
    return "".join(part.text for part in passage)
