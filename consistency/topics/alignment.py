"""Two near-identical passages laid side by side: which claim of the one stands where in the other."""

from __future__ import annotations

from collections.abc import Sequence

from consistency.model import Claim
from consistency.topics.passages import DATE, NUMBER, Passage, word_range

_FAMILY = {
    "count": "number",
    "money": "number",
    "measure": "number",
    "percent": "number",
    "fraction": "number",
    "multiple": "number",
    "ordinal": "order",
    "rank": "order",
}

_SLACK = 1e-6  # RapidFuzz may tell 0 for what is exactly its bar


def family(kind: str) -> str:
    """Kinds of one family can stand at one place of two copies ("4 m" made "4 %" is still a changed number)."""
    return _FAMILY.get(kind, kind)


def similarity(a: Sequence[str], b: Sequence[str], least: float | None = None) -> float:
    """Indel similarity of two word lists, 0 to 1: twice the longest common subsequence over the sum of lengths.

    least: what is less may be told as 0, sooner."""
    from rapidfuzz.distance import Indel

    if a == b:
        return 1.0
    bar = None if least is None else least - _SLACK
    return float(Indel.normalized_similarity(a, b, score_cutoff=bar))


def _opcodes(a: Sequence[str], b: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    from rapidfuzz.distance import Levenshtein

    if a == b:
        return [("equal", 0, len(a), 0, len(b))]
    return [(o.tag, o.src_start, o.src_end, o.dest_start, o.dest_end) for o in Levenshtein.opcodes(a, b)]


def renamed(a: Passage, b: Passage, another: frozenset[str] = frozenset()) -> bool:
    """Whether a name of one passage is another name in the other, or one has a word of `another` more ("a second
    boat"): then they are one template, about two things."""
    for tag, i, j, x, y in _opcodes(a.words, b.words):
        if tag in ("insert", "delete") and not another.isdisjoint((*a.plain[i:j], *b.plain[x:y])):
            return True
        if tag == "replace":
            left = [k for k in range(i, j) if k in a.named]
            right = [k for k in range(x, y) if k in b.named]
            if left and right:
                return True
    return False


def _carried(a: Passage, b: Passage) -> list[tuple[int, int]]:
    """For each word of a, the stretch [first, end) of b it lies beside."""
    out = [(0, 0)] * len(a.words)
    for tag, i, j, x, _ in _opcodes(a.words, b.words):
        if tag in ("equal", "replace"):
            for k in range(i, j):
                out[k] = (x + k - i, x + k - i + 1)
        elif tag == "delete":
            for k in range(i, j):
                out[k] = (x, x)
    return out


def matched_claims(a: Passage, b: Passage) -> list[tuple[Claim, Claim]]:
    """Pairs of claims at the same place of two passages, one partner each: same kind first, then most overlap."""
    carried = _carried(a, b)
    ranges = [word_range(b, c) for c in b.claims]
    found: list[tuple[int, float, int, int]] = []
    for m, claim in enumerate(a.claims):
        first, end = word_range(a, claim)
        if first == end:
            continue
        beside = [k for k in range(first, end) if carried[k][0] < carried[k][1]]
        if not beside:
            continue
        low, high = carried[beside[0]][0], carried[beside[-1]][1]
        for n, other in enumerate(b.claims):
            if family(claim.kind) != family(other.kind):
                continue
            x, y = ranges[n]
            overlap = min(high, y) - max(low, x)
            if overlap <= 0:
                continue
            share = overlap / (max(high, y) - min(low, x))
            if share >= 0.5 or _same_number(a, b, (first, end), (x, y), carried):
                found.append((0 if claim.kind == other.kind else 1, -share, m, n))
    found.sort()
    left: set[int] = set()
    right: set[int] = set()
    out: list[tuple[Claim, Claim]] = []
    for _, _, m, n in found:
        if m not in left and n not in right:
            left.add(m)
            right.add(n)
            out.append((a.claims[m], b.claims[n]))
    return out


def _same_number(
    a: Passage, b: Passage, one: tuple[int, int], two: tuple[int, int], carried: Sequence[tuple[int, int]]
) -> bool:
    """Whether the first number of both spans is the same aligned word, though one span reaches further."""
    numbers_a = [k for k in range(*one) if a.words[k] in (NUMBER, DATE)]
    numbers_b = [k for k in range(*two) if b.words[k] in (NUMBER, DATE)]
    return bool(numbers_a and numbers_b and carried[numbers_a[0]][0] == numbers_b[0])
