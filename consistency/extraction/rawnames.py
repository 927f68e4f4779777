"""Mentions in the making, and the name that the words of an unknown one make."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from consistency.extraction.gazetteer import Entry
from consistency.extraction.tokens import Tokens
from consistency.rulebook import default_rulebook


class Raw(msgspec.Struct, gc=False):
    """A mention in the making.

    readings: what a known name may stand for; stated: the state named behind a city; prior: letter before it; shape:
    its own first letter; form: kind of segment; weak: counts only if the document has the name elsewhere.
    """

    first: int
    last: int
    kind: str
    name: str
    known: bool
    demonym: bool = False
    readings: tuple[Entry, ...] = ()
    stated: Entry | None = None
    prior: str = "n"
    shape: str = ""
    form: str = "known"
    weak: bool = False


class _Words(msgspec.Struct, frozen=True):
    suffixes: dict[str, str]
    directions: dict[str, str]
    lineage: frozenset[str]
    days: frozenset[str]


@lru_cache(maxsize=1)
def name_words() -> _Words:
    """The word lists that names are spelled out by."""
    load = default_rulebook().load
    cap, people = load("lexicon/capitalised.yaml"), load("lexicon/names.yaml")
    return _Words(dict(cap["street"]), dict(cap["direction"]), frozenset(people["lineage"]), frozenset(cap["days"]))


def _lowered(text: str) -> str:
    """A name, shouting lowered."""
    if len(text) > 5 and text.isupper() and "." not in text:
        return " ".join("-".join(part.capitalize() for part in word.split("-")) for word in text.split(" "))
    return text


def _plain(tokens: Tokens, raw: Raw) -> str:
    """The words of a mention as the text has them, one space between, shouting lowered."""
    return _lowered(" ".join(tokens.text[tokens.starts[raw.first] : tokens.ends[raw.last - 1]].split()))


def _person(tokens: Tokens, raw: Raw) -> str:
    """A person's name without initials and "Jr."."""
    given = tokens.words[raw.first : raw.last]
    if "-" in given:
        return _plain(tokens, raw)
    lineage = name_words().lineage
    words = [w for w in given if w[0].isalpha() and w not in lineage]
    kept = [w for i, w in enumerate(words) if i == 0 or len(w.replace(".", "")) > 1] or words
    if kept[0].islower() or (all(w.isupper() for w in kept) and len("".join(kept)) > 3):
        kept = [w.capitalize() for w in kept]
    return " ".join(kept)


def _street(tokens: Tokens, raw: Raw) -> str:
    """A street's name spelled out, without the direction before it: "N. Harbor Ave." -> "Harbor Avenue"."""
    table = name_words()
    words: list[str] = []
    for i in range(raw.first, raw.last):
        word = tokens.words[i]
        if not word[0].isalnum():
            continue
        if words and tokens.lower[i] in {"st", "nd", "rd", "th"} and words[-1].isdigit() and tokens.glued(i):
            words[-1] += word.lower()
        else:
            words.append(word)
    if len(words) > 2 and words[0] in table.directions:
        words = words[1:]
    if len(words) > 2 and words[-1] in table.directions:
        words = words[:-1]
    if len(words) > 1 and words[-1].capitalize() in table.suffixes:
        words[-1] = table.suffixes[words[-1].capitalize()]
    return " ".join(words) or _plain(tokens, raw)


def _organisation(tokens: Tokens, raw: Raw) -> str:
    name = _plain(tokens, raw).replace("’", "'")
    if raw.form == "police":
        name = name[:-3] + " Police" if name.endswith(" PD") else name.removesuffix(" Dept").removesuffix(".")
        if name.endswith("Police"):
            name += " Department"
    return name


def spell(tokens: Tokens, raw: Raw) -> str:
    """The name that the words of an unknown mention make."""
    if raw.last == raw.first + 1:
        word = _lowered(tokens.words[raw.first])
        return word if raw.kind != "organisation" else word.replace("’", "'")
    if raw.kind == "person":
        return _person(tokens, raw)
    if raw.form == "street":
        return _street(tokens, raw)
    return _organisation(tokens, raw) if raw.kind == "organisation" else _plain(tokens, raw)
