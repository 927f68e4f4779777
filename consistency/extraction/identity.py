"""Identities of claims: the content fingerprint that survives moved files, and the id that is unique in a report."""

from __future__ import annotations

from hashlib import sha256

SCHEME = "c1"
_SIGNS = (("“", '"'), ("”", '"'), ("‘", "'"), ("’", "'"), ("–", "-"), ("—", "-"), ("\u00a0", " "))


def normalised(text: str) -> str:
    """Text with typographic signs, white space and letter case levelled."""
    if not text.isascii():
        for sign, plain in _SIGNS:
            text = text.replace(sign, plain)
    if "  " in text or not text.isprintable():  # what is printable has no white space but spaces
        text = " ".join(text.split())
    return text.strip(" ").lower()


class Fingerprints:
    """Hands out the fingerprints of one source's claims; equal content gets an occurrence number.

    A fingerprint hashes publisher, publication date, the normalised sentence and the words of the claim: no path and
    no offset, so a moved file or an edited neighbouring paragraph leaves it alone.
    """

    def __init__(self, publisher: str | None, published: str | None) -> None:
        self._base = f"{normalised(publisher or '')}\x1f{published or ''}"
        self._seen: dict[str, int] = {}
        self._starts: dict[str, str] = {}  # of the keys of a sentence

    def next(self, sentence: str, kind: str, text: str) -> str:
        """The fingerprint of the next claim of these words."""
        start = self._starts.get(sentence)
        if start is None:
            start = self._starts[sentence] = f"{self._base}\x1f{normalised(sentence)}\x1f"
        key = f"{start}{kind}\x1f{normalised(text)}"
        n = self._seen.get(key, 0)
        self._seen[key] = n + 1
        return f"{SCHEME}:{sha256(f'{key}|{n}'.encode('utf-8', 'surrogatepass')).hexdigest()[:20]}"
