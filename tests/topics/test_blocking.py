"""Which claims are compared at all: what many say is no reason, and the work stays in step with the claims."""

from __future__ import annotations

from consistency import check
from consistency.extraction.claims import extract
from consistency.model import Extraction, Source
from consistency.topics.about import read_document
from consistency.topics.blocking import common_word, keys
from consistency.topics.passages import copy_rules
from consistency.topics.signature import signature
from consistency.topics.vocabulary import vocabulary

MANY = 80


def quoting(number: int, words: str) -> dict[str, str]:
    place = f"Orla{chr(97 + number % 26)}{chr(97 + number // 26)}ford"
    text = f'"{words}," said Ana Lind of {place} on Monday.'
    return {"id": f"s{number:03}", "text": text, "published": "2024-03-04"}


def extract_of(words: str) -> Extraction:
    source = Source(id="s", text=f'"We must {words} at all," said Ana Lind on Monday.', published="2024-03-04")
    return extract(source)


def test_a_pair_of_words_of_many_quotes_is_looked_up_no_more_but_a_longer_run_is() -> None:
    """Each says the same two words, and only two the same sentence."""
    own = ["granite lanterns", "velvet harbours", "copper meadows", "silver orchards", "marble chimneys"]
    texts = [
        quoting(n, f"The council should never forget {own[n % 5]} {chr(97 + n % 26) * 6} {chr(97 + n // 26) * 6}")
        for n in range(MANY)
    ]
    twice = "We never forget Tavrian winters behind wooden shutters"
    report = check([*texts, quoting(MANY, twice), quoting(MANY + 1, twice)])
    [found] = [t for t in report.topics if any(c.startswith(f"s{MANY:03}#") for c in t.claims) and len(t.claims) > 1]
    assert {c.split("#")[0] for c in found.claims} == {f"s{MANY:03}", f"s{MANY + 1:03}"}


def test_keys_of_a_quote() -> None:
    extraction = extract_of("never forget wooden shutters")
    known = vocabulary()
    [signed] = [
        signature(0, claim, read_document(extraction, known), known, copy_rules())
        for claim in extraction.claims
        if claim.kind == "quote"
    ]
    found = keys(signed, known)
    assert found == {
        "quote|quote|level|word:never forget",
        "quote|quote|level|word:forget wooden",
        "quote|quote|level|word:wooden shutters",
        "quote|quote|level|word:never forget wooden",
        "quote|quote|level|word:forget wooden shutters",
        "quote|quote|level|never forget wooden shutters",
    }
    assert {key for key in found if common_word(key, 61)} == {key for key in found if "word:" in key}
    assert not any(common_word(key, 60) for key in found)


def test_keys_that_are_counted_are_the_same_whatever_else_is_known() -> None:
    """An index counts the keys of a claim as they may be among whatever others; 60 must be 60 there, too."""
    texts = [
        "On Skyline Parkway in Orlaford, the truck crashed after 100 km.",
        "In Orlaford, it is 30 km away from Skyline Parkway.",
        "A fire 4 km from Orlaford killed 3 people. The bridge in Orlaford is 30 metres long.",
        'The truck skidded 90 metres in Orlaford. "We must never forget wooden shutters at all," said Ana Lind.',
    ]
    known = vocabulary()
    for text in texts:
        extraction = extract(Source(id="s", text=text, published="2024-03-04"))
        document = read_document(extraction, known)
        for n, claim in enumerate(extraction.claims):
            s = signature(n, claim, document, known, copy_rules())
            found, may = keys(s, known), keys(s, known, alone=True)
            assert found <= may
            assert {k for k in found if "word:" in k} == {k for k in may if "word:" in k}
