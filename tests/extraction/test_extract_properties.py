"""Any text gives well-formed claims: exact spans, unique ids, closed vocabularies, the same bytes twice."""

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from consistency.extraction.claims import extract
from consistency.model import Source

KINDS = {"count", "money", "measure", "percent", "fraction", "multiple", "ordinal", "rank", "date", "list", "quote"}
MODALITIES = {"asserted", "reported", "forecast", "target", "denied", "hypothetical"}
HEDGES = {"exact", "about", "more-than", "at-least", "less-than", "at-most", "nearly", "between", "order"}

PIECES = [
    "twenty",
    "20",
    "3.5",
    "1,234",
    "million",
    "bn",
    "US$",
    "€",
    "%",
    "percent",
    "people",
    "countries",
    "tonnes",
    "km",
    "were killed",
    "killed",
    "joined",
    "exceeded",
    "rose to",
    "doubled",
    "in 2021",
    "on May 13",
    "last year",
    "by 2035",
    "the",
    "of",
    "and",
    ",",
    ".",
    "(",
    ")",
    '"',
    "“",
    "”",
    "'s",
    ";",
    ":",
    "-",
    "–",
    "said",
    "Mr. Smith",
    "Norway",
    "China",
    "more than",
    "about",
    "nearly",
    "between",
    "to",
    "from",
    "per",
    "second-largest",
    "seventh",
    "five years",
    "62-year-old",
    "including",
    "A, B and C",
    "\n",
    "\n\n",
    "ß",
    "İ",
    "\u202e",
    "½",
    "²",
    "…",
    "1990s",
    "Nov. 2",
    "U.S.",
    "one",
    "nine tenths",
]
texts = st.one_of(
    st.text(max_size=300),
    st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join),
    st.lists(st.sampled_from(PIECES), max_size=60).map("".join),
)


@settings(max_examples=300, deadline=None)
@given(texts, st.sampled_from([None, "2022-06-01", "0001-01-01", "9999-12-31"]))
def test_any_text_gives_well_formed_claims(text, published):
    source = Source(text=text, id="s", published=published)
    found = extract(source)
    assert len({c.id for c in found.claims}) == len(found.claims)
    assert len({c.fingerprint for c in found.claims}) == len(found.claims)
    for claim in found.claims:
        if claim.derived is None:
            assert text[claim.start : claim.end] == claim.text
            assert text[claim.sentence.start : claim.sentence.end] == claim.sentence.text
        else:
            assert (claim.start, claim.text) == (None, None)
            assert {c.id for c in found.claims} > set(claim.derived.from_)
        assert claim.kind in KINDS
        assert claim.modality in MODALITIES
        assert 0 < claim.confidence <= 1
        if claim.value is not None:
            assert claim.value.hedge in HEDGES
            low, high = claim.value.low, claim.value.high
            assert low is None or high is None or low <= high
        assert (claim.value is None) == (claim.kind in ("list", "quote"))
    assert msgspec.json.encode(found) == msgspec.json.encode(extract(source))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=30).map(" ".join))
def test_a_paragraph_in_front_moves_claims_and_changes_nothing_else(text):
    lead = "Nothing of note happened here.\n\n"
    before = extract(Source(text=text, id="s", published="2022-06-01", zones=()))
    after = extract(Source(text=lead + text, id="s", published="2022-06-01", zones=()))
    places = [[c.start for c in e.claims if c.start is not None] for e in (before, after)]
    assert [start + len(lead) for start in places[0]] == places[1]
    assert [(c.text, c.value, c.unit) for c in before.claims] == [(c.text, c.value, c.unit) for c in after.claims]
