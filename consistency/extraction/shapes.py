"""One letter a token for the grammar of names: what a word's capitals and the word lists say about it.

Letters of capitalised words: F given name · f given name or plain word · L family name · V place suffix or family
name · Q street suffix or family name · J title or family name · T title · S organisation suffix · K police · P street
suffix · q "St" · d "Dr" · U place suffix · E event suffix · b stands before a place's name · R direction · D day or
month · H "Jr" · I one capital · A acronym · B shouted word · s function word · O common word · C any other.
Letters of small words: j role · v verb of saying · a what happens to persons · p particle · i place preposition · k
police word · l "old" · o "of" · t "the" · h ordinal ending · x short function word · w any other. 0 a number; signs
stand for themselves, - for any dash, g for 's, n for a line end, " for any quotation mark, @ for marks of web names.
Others replace them where the gazetteer knows the words (nameruns.py).
"""

from __future__ import annotations

from functools import lru_cache

from consistency.extraction.tokens import ClassTable
from consistency.rulebook import default_rulebook

CAPITAL = "FfLVQJTSKPqdUEbRDHIABsOC"
_BIG = "CFLSUOKETAB"
_SMALL = "wvjka"
_SMALL_WORD = frozenset("wvjkax")
_SIGNS = {
    "\u2013": "-",
    "\u2014": "-",
    "\u2012": "-",
    "\u2015": "-",
    "\u2010": "-",
    "\u2011": "-",
    "-": "-",
    "’": "'",
    "'": "'",
}
_SIGNS |= dict.fromkeys('"“”„«»‘`', '"')
_SIGNS |= {c: c for c in ",.()/&:;!?"} | dict.fromkeys("@#_", "@")


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, str], dict[str, str]]:
    """Letters of capitalised words (as written "Capitalised") and of small words."""
    load = default_rulebook().load
    people, cap = load("lexicon/names.yaml"), load("lexicon/capitalised.yaml")
    surnames, titles = set(people["surnames"]), set(people["titles"])
    big: dict[str, str] = {}

    def put(words: object, letter: str, shared: str | None = None) -> None:
        for word in words:  # type: ignore[attr-defined]
            if word not in big:
                big[str(word)] = shared if shared and word in surnames else letter

    big |= {"St": "q", "Dr": "d", "Ft": "b", "Mt": "b"}
    put(cap["function"], "s")
    put(people["lineage"], "H")
    put(titles, "T", "J")
    put(people["given_or_word"], "f")
    put(cap["days"], "D")
    put(cap["direction"], "R")
    put(cap["police"], "K")
    put(cap["street"], "P", "Q")
    put(cap["place"], "U", "V")
    put(people["given"], "F")
    put(cap["organisation"], "S")
    put(cap["event"], "E")
    put(cap["common"], "O")
    put(cap["before_place"], "b")
    put(cap["before_event"], "C")
    put(people["surnames"], "L")
    small: dict[str, str] = {}
    for words, letter in (
        (["of"], "o"),
        (["the"], "t"),
        (["st", "nd", "rd", "th"], "h"),
        (["old", "aged"], "l"),
        (people["say"], "v"),
        (people["acts"], "a"),
        (people["particles"], "p"),
        (cap["before"], "i"),
        (cap["police_words"], "k"),
        (people["role_words"], "j"),
        ([str(w).lower() for w in cap["function"]], "x"),
    ):
        for word in words:
            small.setdefault(word, letter if letter != "x" or len(word) < 4 else "w")
    for table in (big, small):
        table |= {word.replace("'", "’"): letter for word, letter in table.items() if "'" in word}
    return big, small


def letter(word: str) -> str:
    """The letter of one token as written; "n" for the empty token that closes a sentence."""
    if not word:
        return "n"
    first = word[0]
    if first.isdigit():
        return "0"
    big, small = _tables()
    if not first.isalpha():
        return "g" if len(word) > 1 and word[1] in "sS" else _SIGNS.get(first, "x")
    if not first.isupper():
        return small.get(word) or ("w" if len(word) > 3 else "x")
    if word in big:
        return big[word]
    if len(word) == 1:
        return "I"
    if word[-1] == "$":
        return "x"
    if word.isupper():
        known = big.get(word.capitalize())
        if known and (known in "sDOTJ" or (known in "UPSRKE" and len(word) > 2)):
            return known
        return "A" if len(word) <= 5 else "B"
    if not word.isalpha() and any(map(str.isdigit, word)):
        return "A" if len(word) <= 6 and word.upper() == word else "x"
    return "C"


LETTERS = ClassTable({}, letter, cased=True)


def loud(piece: str) -> bool:
    """Whether the capitals of a sentence (its letters) say nothing because most of its words have one: a headline."""
    if len(piece) > 3 and piece[-1] == "." and not _SMALL_WORD.isdisjoint(piece):
        return False  # headlines have no full stop
    small = sum(map(piece.count, _SMALL))
    return small * 3 <= sum(map(piece.count, _BIG)) if len(piece) > 3 else not small
