"""Texts made to be hard: nothing is raised, nothing lost. `benchmarks/hostile_growth.py` tells how long they take."""

from collections.abc import Callable
from itertools import pairwise

import pytest

from consistency.extraction.claims import extract
from consistency.extraction.sentences import split_sentences
from consistency.extraction.tokens import tokenise
from consistency.model import Source

MOST = 2_000  # characters of a sentence
BLANK = " \t\r\n\u200b\u202e"  # what stands between tokens in these texts


def again(piece: str) -> Callable[[int], str]:
    return lambda size: (piece * (size // len(piece) + 1))[:size]


TEXTS: dict[str, Callable[[int], str]] = {
    "digits": again("7"),
    "nested brackets": lambda size: "(" * (size // 2) + ")" * (size // 2),
    "open brackets": again("("),
    "commas": again(","),
    "digits and commas": again("1,"),
    "no spaces": again("abcdefghij"),
    "quotation marks": again('"'),
    "opening marks": again("“"),
    "single marks": again("'"),
    "letters and apostrophes": again("a'b'"),
    "newlines": again("\n"),
    "white space": again(" \t"),
    "wide gaps": again("a" + " " * 1990 + "."),
    "wrapped lines": again("word " * 14 + "  \n"),
    "one long line": again("many words in one line go on and "),
    "and": again("and "),
    "full stops": again(". "),
    "abbreviations": again("Mr. "),
    "initials": again("U.S. "),
    "web address": again("a.b."),
    "of": again("5 of "),
    "number words": again("hundred "),
    "fractions": again("1/2 "),
    "dashes": again("5-"),
    "percentages": again("5% "),
    "amounts": again("$5 million "),
    "dates": again("May 5, 2020 "),
    "identifiers": again("x19980108 "),
    "verbs": again("rose and fell and "),
    "modals": again("may would not "),
    "speech": again("police said five died, "),
    "nested speech": again("he said that she said that "),
    "relatives": again("which that "),
    "light nouns": again("number of "),
    "names": again("Alpha Beta "),
    "ages": again("Nora Linde, 5, "),
    "list of places": again("Chile, Peru and "),
    "list of things": again("apples, pears, "),
    "inclusions": again("including 5 people "),
    "pointers": again("there the city "),
    "fields": again("a: 5; "),
    "numbers with times": again("5 years ago "),
    "changes with years": again("from 5% to 6% in 2020 "),
    "signs without a width": again("\u200b5\u200b"),
    "soft hyphens": again("a\u00ad"),
    "loose accents": again("e\u0301"),
    "marks of direction": again("\u202e5 km "),
}


@pytest.mark.parametrize("name", TEXTS)
def test_claims_stand_where_they_say(name: str) -> None:
    text = TEXTS[name](6_000)
    for claim in extract(Source(id="a", text=text)).claims:
        assert claim.text == text[claim.start : claim.end]
        assert claim.sentence is not None
        assert claim.sentence.text == text[claim.sentence.start : claim.sentence.end]


@pytest.mark.parametrize("name", TEXTS)
def test_a_sentence_is_bounded_and_cut_between_words(name: str) -> None:
    text = TEXTS[name](9_000)
    spans = split_sentences(text)
    assert all(0 < high - low <= MOST for low, high in spans)
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    pieces = [text[low:high] for low, high in spans]
    words = text.split()
    assert "".join("".join(pieces).split()) == "".join(words)
    if max(map(len, words), default=0) < MOST // 2:
        assert " ".join(pieces).split() == words


@pytest.mark.parametrize("name", TEXTS)
def test_tokens_and_gaps_make_up_the_text(name: str) -> None:
    text = TEXTS[name](5_000)
    tokens = tokenise(text)
    at = 0
    for word, start, end in zip(tokens.words, tokens.starts, tokens.ends, strict=True):
        assert text[start:end] == word
        assert not text[at:start].strip(BLANK)
        at = end
    assert not text[at:].strip(BLANK)


def test_a_capital_and_a_wide_space_before_a_full_stop() -> None:
    for gap in ("\u00a0", "\u2009", "\u3000", "\u2028", "\u00a0\u00a0"):
        text = f"The board chose plan B{gap}. Nobody objected."
        spans = split_sentences(text)
        assert spans[0][0] == 0
        assert spans[-1][1] == len(text)
        assert extract(Source(id="a", text=text)).sentences == len(spans)


def test_signs_that_are_not_seen_part_no_word() -> None:
    plain = "Some 56 brewers left Santé Foods."
    (claim,) = extract(Source(id="a", text=plain)).claims
    for hidden in (
        "Some 56\u200b brewers left Santé Foods.",
        "Some \u200e56\u200f brewers left Santé Foods.",
        "\ufeffSome 56 brewers left Santé\u2060 Foods.",
        "Some 56 brew\u00aders left Santé Foods.",
        "Some 56 brewers left Sante\u0301 Foods.",
    ):
        (found,) = extract(Source(id="a", text=hidden)).claims
        assert (found.value, found.unit, found.measure.noun) == (claim.value, claim.unit, claim.measure.noun)
        assert found.text == hidden[found.start : found.end]
        assert len(found.measure.entities) == 1
