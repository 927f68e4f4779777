"""Identities of claims: the content fingerprint that survives moved files, and the id that is unique in a report."""

from __future__ import annotations

import hashlib

SCHEME = "c1"
_SIGNS = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "\u00a0": " "})


def normalised(text: str) -> str:
    """Text with typographic signs, white space and letter case levelled."""
    return " ".join((text if text.isascii() else text.translate(_SIGNS)).split()).lower()


class Fingerprints:
    """Hands out the fingerprints of one source's claims; equal content gets an occurrence number.

    A fingerprint hashes publisher, publication date, the normalised sentence and the words of the claim: no path and
    no offset, so a moved file or an edited neighbouring paragraph leaves it alone.
    """

    def __init__(self, publisher: str | None, published: str | None) -> None:
        self._base = f"{normalised(publisher or '')}\x1f{published or ''}"
        self._seen: dict[str, int] = {}
        self._sentences: dict[str, str] = {}

    def next(self, sentence: str, kind: str, text: str) -> str:
        """The fingerprint of the next claim of these words."""
        words = self._sentences.get(sentence)
        if words is None:
            words = self._sentences[sentence] = normalised(sentence)
        key = f"{self._base}\x1f{words}\x1f{kind}\x1f{normalised(text)}"
        n = self._seen.get(key, 0)
        self._seen[key] = n + 1
        return _digest(key, n)


def _digest(key: str, occurrence: int) -> str:
    return SCHEME + ":" + hashlib.sha256(f"{key}|{occurrence}".encode("utf-8", "surrogatepass")).hexdigest()[:20]
