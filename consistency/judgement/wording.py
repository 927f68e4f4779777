"""Two wordings of what may be one speech: equal, a variant, or different in a number or a negation.

Words are aligned by edit distance (Levenshtein, on normalised words); marks, case, spelling and the form of a number do
not count. Pure functions of two strings.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import msgspec
from rapidfuzz.distance import LCSseq, Levenshtein

from consistency.rulebook import default_rulebook

SAME = 0.5  # `same_speech` at or above this: two renderings of one statement
_MOST = 1500  # words of a quotation that are compared
_NEAR = 3  # words from a common passage that still belong to it
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|%|[^\W\d]+")
_GAP = re.compile(r"\[?(?:\.\s?){3,}\]?|\[?…\]?")
_NUMBER = "#"


class Wording(msgspec.Struct, frozen=True):
    """relation: equal | variant | number-differs | negation-differs | different.

    only_a, only_b: the words that stand on one side alone, in order. score: `same_speech` of the two.
    """

    relation: str
    only_a: tuple[str, ...]
    only_b: tuple[str, ...]
    score: float


class _Lexicon(msgspec.Struct, frozen=True):
    contractions: dict[str, str]
    negations: frozenset[str]
    harmless: frozenset[str]
    empty: frozenset[str]
    numbers: dict[str, int]
    scales: dict[str, int]
    spellings: tuple[tuple[str, str], ...]
    prefixes: frozenset[str]


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    data = default_rulebook().load("lexicon/quotes.yaml")
    spellings = tuple(sorted(data["spellings"].items(), key=lambda p: (-len(p[0]), p[0])))
    return _Lexicon(
        contractions=dict(data["contractions"]),
        negations=frozenset(data["negations"]),
        harmless=frozenset(data["harmless"]),
        empty=frozenset(data["empty"]),
        numbers=dict(data["numbers"]),
        scales=dict(data["scales"]),
        spellings=spellings,
        prefixes=frozenset(data["prefixes"]),
    )


def compare(words_a: str, words_b: str) -> Wording:
    """How two wordings relate. A wording that is a passage of the other ("…" may leave words out) is equal to it."""
    a, b = _words(words_a), _words(words_b)
    if not a or not b:
        return Wording("different", tuple(a), tuple(b), 0.0)
    score = _score(a, b)
    blocks = _blocks(a, b)
    only_a = tuple(_plain(w) for x, _ in blocks for w in x)
    only_b = tuple(_plain(w) for _, y in blocks for w in y)
    if not only_a and not only_b:
        return Wording("equal", (), (), 1.0)
    if _passage(words_a, a, b) or _passage(words_b, b, a):
        return Wording("equal", only_a, only_b, score)
    if score < SAME:
        return Wording("different", only_a, only_b, score)
    inner = _inner(blocks)
    if any(_numbers_differ(x, y) for x, y in inner):
        return Wording("number-differs", only_a, only_b, score)
    if sum(_negations(x) for x, _ in inner) % 2 != sum(_negations(y) for _, y in inner) % 2:
        return Wording("negation-differs", only_a, only_b, score)
    return Wording("variant", only_a, only_b, score)


def same_speech(a: str, b: str) -> float:
    """How likely two wordings render one statement, 0 to 1: shared content words in one order and close together.

    The measure is the share of the shorter one's content words, lessened where they lie scattered in the longer one,
    and where they are fewer than three.
    """
    return _score(_words(a), _words(b))


def _score(a: Sequence[str], b: Sequence[str]) -> float:
    left, right = _content(a), _content(b)
    if len(left) > len(right):
        left, right = right, left
    if not left:
        return 0.0
    shared = sum((Counter(left) & Counter(right)).values())
    if not shared:
        return 0.0
    blocks = LCSseq.opcodes(left, right)
    ordered = sum(op.src_end - op.src_start for op in blocks if op.tag == "equal")
    equal = [op for op in blocks if op.tag == "equal"]
    span = equal[-1].dest_end - equal[0].dest_start if equal else len(right)
    coverage = (shared + ordered) / 2 / len(left)
    density = min(1.0, ordered / max(1, span))
    return round(coverage * (0.5 + 0.5 * density) * min(1.0, shared / 3), 4)


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    """Normalised words; a number is "#" and its value."""
    lexicon = _lexicon()
    text = unicodedata.normalize("NFKC", text.replace("’", "'").replace("‘", "'")).lower()
    text = re.sub(r"\bper cent\b", "percent", text).replace("%", " percent ")
    text = re.sub(r"\b([^\W\d_]+)[-‐‑](?=[^\W\d_])", lambda m: _hyphen(m, lexicon), text)
    raw: list[str] = []
    for m in _WORD.finditer(text):
        word = m[0]
        if word in lexicon.contractions:
            raw.extend(lexicon.contractions[word].split())
        elif "'" in word:
            head, _, tail = word.rpartition("'")
            ending = "n't" if word.endswith("n't") else f"'{tail}"
            if ending in lexicon.contractions:
                raw.extend([word[: -len(ending)], *lexicon.contractions[ending].split()])
            else:
                raw.extend([head, *([] if tail == "s" else [tail])])
        else:
            raw.append(word)
        if len(raw) >= _MOST:
            break
    return tuple(_spelt(w, lexicon) for w in _values(raw, lexicon))


def _hyphen(m: re.Match[str], lexicon: _Lexicon) -> str:
    return m[1] if m[1] in lexicon.prefixes else f"{m[1]} "


def _values(words: list[str], lexicon: _Lexicon) -> list[str]:
    """Numbers in figures and in words, with their "million", as one word each."""
    out: list[str] = []
    i = 0
    while i < len(words):
        word = words[i]
        starts = word[0].isdigit() or word in lexicon.numbers
        if not starts and word in ("one", "a") and words[i + 1 : i + 2] and words[i + 1] in lexicon.scales:
            starts = len(words[i + 1]) > 2
        if not starts:
            out.append(word)
            i += 1
            continue
        total, current, begin = 0.0, 0.0, i
        while i < len(words):
            word = words[i]
            if word[0].isdigit() and i == begin:
                current = _figure(word)
            elif word in lexicon.numbers or (word in ("one", "a") and i == begin):
                current += lexicon.numbers.get(word, 1)
            elif word == "one" and current >= 20:
                current += 1
            elif word in lexicon.scales and i > begin:
                scale = lexicon.scales[word]
                if scale == 100:
                    current *= 100
                else:
                    total += current * scale
                    current = 0
            elif not (
                word == "and"
                and words[i - 1] in lexicon.scales
                and words[i + 1 : i + 2]
                and words[i + 1] in lexicon.numbers
            ):
                break
            i += 1
        value = total + current
        out.append(f"{_NUMBER}{int(value) if value == int(value) else value}")
    return out


def _figure(word: str) -> float:
    bare = word.replace(",", "") if re.fullmatch(r"\d{1,3}(?:,\d{2,3})*(?:\.\d+)?", word) else word.replace(",", ".")
    try:
        return float(bare)
    except ValueError:
        return float(re.sub(r"\D", "", word) or 0)


def _spelt(word: str, lexicon: _Lexicon) -> str:
    if len(word) > 5 and word[0] != _NUMBER:
        for old, new in lexicon.spellings:
            if word.endswith(old):
                return word[: -len(old)] + new
    return word


def _plain(word: str) -> str:
    return word.removeprefix(_NUMBER)


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    for ending in ("ations", "ation", "ingly", "ings", "ing", "ies", "ied", "ed", "es", "s", "ly", "y", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def _content(words: Sequence[str]) -> list[str]:
    """Stems of the words that carry content; numbers apart, since a changed number does not make another statement."""
    empty = _lexicon().empty
    return [_stem(w) for w in words if w not in empty and w[0] != _NUMBER]


def _blocks(a: Sequence[str], b: Sequence[str]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """What differs, stretch by stretch; an empty pair stands for each common stretch."""
    out: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
    equal = True
    for op in Levenshtein.opcodes(list(a), list(b)):
        x, y = tuple(a[op.src_start : op.src_end]), tuple(b[op.dest_start : op.dest_end])
        if op.tag == "equal":
            out.append(((), ()))
            equal = True
        elif equal or not out:
            out.append((x, y))
            equal = False
        else:
            out[-1] = (out[-1][0] + x, out[-1][1] + y)
    return out


def _inner(blocks: list[tuple[tuple[str, ...], tuple[str, ...]]]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """The differing stretches, those at the two ends cut down to the words next to what is common."""
    common = [k for k, (x, y) in enumerate(blocks) if not x and not y]
    if not common:
        return blocks
    out = []
    for k, (x, y) in enumerate(blocks):
        if k < common[0]:
            x, y = (x[-_NEAR:], y[-_NEAR:]) if x and y else ((), ())
        elif k > common[-1]:
            x, y = (x[:_NEAR], y[:_NEAR]) if x and y else ((), ())
        out.append((x, y))
    return out


def _passage(text: str, part: Sequence[str], whole: Sequence[str]) -> bool:
    """Whether `part` is a passage of `whole`, or several in order where it marks what it leaves out."""
    pieces = [p for p in (_words(piece) for piece in _GAP.split(text)) if p]
    if not pieces or len(part) > len(whole):
        return False
    at = 0
    for piece in pieces:
        at = _find(piece, whole, at)
        if at < 0:
            return False
        at += len(piece)
    return True


def _find(piece: Sequence[str], whole: Sequence[str], start: int) -> int:
    """Where `piece` stands in `whole` from `start` on, or -1."""
    joined = " " + " ".join(whole[start:]) + " "
    at = joined.find(" " + " ".join(piece) + " ")
    return -1 if at < 0 else start + joined.count(" ", 0, at + 1) - 1


def _numbers_differ(x: Sequence[str], y: Sequence[str]) -> bool:
    """Whether both sides state numbers here and they are not the same ones."""
    left = {w for w in x if w[0] == _NUMBER}
    right = {w for w in y if w[0] == _NUMBER}
    if left:
        right |= {f"{_NUMBER}1" for w in y if w == "one"}
    if right:
        left |= {f"{_NUMBER}1" for w in x if w == "one"}
    return bool(left) and bool(right) and not (left <= right or right <= left)


def _negations(words: Sequence[str]) -> int:
    lexicon = _lexicon()
    return sum(
        1
        for k, w in enumerate(words)
        if w in lexicon.negations and not (w == "not" and set(words[k + 1 : k + 2]) & lexicon.harmless)
    )
