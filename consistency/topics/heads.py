"""Whose number a sentence tells: the proper name that opens it as its subject ("Halden Motors delivered …")."""

from __future__ import annotations

import re
from functools import lru_cache

_OPENING = re.compile(
    r"(?:The |the )?((?:[A-Z][\w'’&.-]*|(?:of|de|la|del|von|van|and|the) (?=[A-Z])|\d+ ?)"
    r"(?: (?:[A-Z][\w'’&-]*|(?:of|de|la|del|von|van|and|the)(?= [A-Z])|\d+))*) (?=[a-z])"
)
_SMALL = frozenset({"of", "de", "la", "del", "von", "van", "and", "the"})
_POSSESSIVE = re.compile(r"['’]s?$")


@lru_cache(maxsize=16_384)
def subject_head(sentence: str, openers: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The words of the name that opens a sentence, lower case; nothing unless it is a name of two words or more.

    A single capital may only open the sentence, and a comma or bracket behind the name says that it is no subject.
    openers: words that open a sentence with a capital and are no part of a name ("In", "After").
    """
    found = _OPENING.match(sentence)
    if found is None:
        return ()
    words = [w for w in found[1].split() if w not in _SMALL]
    if len(words) < 2 or words[0].isdigit() or words[0].lower() in openers:
        return ()
    return tuple(_POSSESSIVE.sub("", w).lower().strip(".-") for w in words)
