"""Words of a quotation in one spelling, so that two printings of one speech can be compared word by word."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import msgspec

from consistency.rulebook import default_rulebook

NUMBER = "#"
_MOST = 1500  # words of a quotation that are compared
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|%|[^\W\d]+")


class Lexicon(msgspec.Struct, frozen=True):
    """What does not count when two wordings are compared, and what does."""

    contractions: dict[str, str]
    negations: frozenset[str]
    harmless: frozenset[str]
    empty: frozenset[str]
    numbers: dict[str, int]
    scales: dict[str, int]
    spellings: tuple[tuple[str, str], ...]
    prefixes: frozenset[str]


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The words of `rules/lexicon/quotes.yaml`."""
    data = default_rulebook().load("lexicon/quotes.yaml")
    spellings = tuple(sorted(data["spellings"].items(), key=lambda p: (-len(p[0]), p[0])))
    return Lexicon(
        contractions=dict(data["contractions"]),
        negations=frozenset(data["negations"]),
        harmless=frozenset(data["harmless"]),
        empty=frozenset(data["empty"]),
        numbers=dict(data["numbers"]),
        scales=dict(data["scales"]),
        spellings=spellings,
        prefixes=frozenset(data["prefixes"]),
    )


class Text(msgspec.Struct, frozen=True):
    """Normalised words (a number is "#" and its value) and, for each, how it was printed."""

    norm: tuple[str, ...]
    print: tuple[str, ...]


@lru_cache(maxsize=4096)
def normalised(text: str) -> Text:
    """The words of a text without what does not count: case, marks, contractions, spelling, the form of numbers."""
    known = lexicon()
    text = unicodedata.normalize("NFKC", text.replace("’", "'").replace("‘", "'"))
    text = re.sub(r"\bper cent\b", "percent", text, flags=re.IGNORECASE).replace("%", " percent ")
    text = re.sub(r"\b([^\W\d_]+)[-‐‑](?=[^\W\d_])", lambda m: _hyphen(m, known), text)
    raw: list[tuple[str, str]] = []
    for m in _WORD.finditer(text):
        raw.extend((part, m[0]) for part in _parts(m[0].lower(), known))
        if len(raw) >= _MOST:
            break
    pairs = _values(raw, known)
    return Text(tuple(_spelt(w, known) for w, _ in pairs), tuple(p for _, p in pairs))


def _parts(word: str, known: Lexicon) -> list[str]:
    """A word without its contraction: "don't" is "do", "not"."""
    if word in known.contractions:
        return known.contractions[word].split()
    if "'" not in word:
        return [word]
    head, _, tail = word.rpartition("'")
    ending = "n't" if word.endswith("n't") else f"'{tail}"
    if ending in known.contractions:
        return [word[: -len(ending)], *known.contractions[ending].split()]
    return [head] if tail == "s" else [head, tail]


def _hyphen(m: re.Match[str], known: Lexicon) -> str:
    return m[1] if m[1].lower() in known.prefixes else f"{m[1]} "


def _values(pairs: list[tuple[str, str]], known: Lexicon) -> list[tuple[str, str]]:
    """Numbers in figures and in words, with their "million", as one word each."""
    out: list[tuple[str, str]] = []
    words = [w for w, _ in pairs]
    i = 0
    while i < len(words):
        begin = i
        value, i = _value(words, i, known)
        if value is None:
            out.append(pairs[begin])
            i = begin + 1
        else:
            figure = int(value) if value == int(value) else value
            out.append((f"{NUMBER}{figure}", " ".join(p for _, p in pairs[begin:i])))
    return out


def _value(words: list[str], i: int, known: Lexicon) -> tuple[float | None, int]:
    """The number that begins at word `i` and the word after it; None where none begins."""
    word, following = words[i], words[i + 1 : i + 2]
    scaled = word in ("one", "a") and bool(following) and following[0] in known.scales and len(following[0]) > 2
    if not (word[0].isdigit() or word in known.numbers or scaled):
        return None, i
    total = 0.0
    current = _figure(word) if word[0].isdigit() else float(known.numbers.get(word, 1))
    i += 1
    while i < len(words):
        word = words[i]
        if word in known.scales:
            scale = known.scales[word]
            total, current = (total, current * scale) if scale == 100 else (total + current * scale, 0.0)
        elif word in known.numbers and words[i - 1] in ("and", *known.numbers, *known.scales):
            current += known.numbers[word]
        elif word == "one" and current >= 20:
            current += 1
        elif not (
            word == "and" and words[i - 1] in known.scales and words[i + 1 : i + 2] and words[i + 1] in known.numbers
        ):
            break
        i += 1
    return total + current, i


def _figure(word: str) -> float:
    bare = word.replace(",", "") if re.fullmatch(r"\d{1,3}(?:,\d{2,3})*(?:\.\d+)?", word) else word.replace(",", ".")
    try:
        return float(bare)
    except ValueError:
        return float(re.sub(r"\D", "", word) or 0)


def _spelt(word: str, known: Lexicon) -> str:
    if len(word) > 5 and word[0] != NUMBER:
        for old, new in known.spellings:
            if word.endswith(old):
                return word[: -len(old)] + new
    return word
