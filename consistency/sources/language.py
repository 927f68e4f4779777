"""Which language a text is in, as far as it can be told: only a text that is surely not English is turned away.

English is told by its function words, which costs next to nothing. Only where they are missing is py3langid (BSD;
a naive Bayes model over byte n-grams, Lui and Baldwin 2012) loaded: about 0.6 s and 100 MB once.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache
from typing import Any

from consistency.rulebook import default_rulebook

READ = "en"
SAMPLE = 6_000
_FEWEST_WORDS = 15
_FEWEST_LETTERS = 60
_SURE = 0.9
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@lru_cache(maxsize=1)
def _english() -> tuple[frozenset[str], frozenset[str]]:
    data = default_rulebook().load("lexicon/languages.yaml")
    return frozenset(data["english"]), frozenset(data["english"]) - frozenset(data["shared"])


def _sample(text: str) -> str:
    """The beginning and a piece of the middle: enough to tell a language by."""
    if len(text) <= 2 * SAMPLE:
        return text
    middle = len(text) // 2
    return text[:SAMPLE] + "\n" + text[middle : middle + SAMPLE]


def detect(text: str, hint: str | None = None) -> str | None:
    """The language's ISO 639-1 code, or None where the text is too short or too mixed to say.

    hint: what the file says of itself; it counts only where the text leaves the question open.
    """
    sample = _sample(text)
    words = [w.lower() for w in _WORD.findall(sample)]
    every, own = _english()
    hits = Counter(w for w in words if w in every)
    total = sum(hits.values())
    distinct = [w for w in hits if w in own]
    if words and total >= 0.2 * len(words) and len(distinct) >= min(3, 1 + len(words) // 20):
        return READ
    letters = sum(len(w) for w in words)
    if letters < _FEWEST_LETTERS and not _other_script(sample):
        return None
    if len(words) < _FEWEST_WORDS and not _other_script(sample):
        return None
    code, probability = _model(sample)
    if code == READ:
        return READ
    if probability >= _SURE or _other_script(sample) or code == _code(hint):
        return code
    return None


def _code(hint: str | None) -> str | None:
    return re.split(r"[-_]", hint.strip().lower())[0][:3] or None if hint else None


def _other_script(sample: str) -> bool:
    """Whether nearly all letters are of another script than Latin."""
    letters = [c for c in sample[:2000] if c.isalpha()]
    if len(letters) < 10:
        return False
    return sum(not unicodedata.name(c, "").startswith("LATIN") for c in letters) > 0.7 * len(letters)


@lru_cache(maxsize=1)
def _identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _model(sample: str) -> tuple[str, float]:
    code, probability = _identifier().classify(sample.encode("utf-8", "replace").decode("utf-8"))
    return str(code), float(probability)
