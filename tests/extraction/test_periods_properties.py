"""What holds for the time expressions of any text, and the integrity of their vocabulary and grammar."""

from __future__ import annotations

import re
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from consistency.extraction import periods
from consistency.extraction.times_grammar import COMMON, FAMILIES, NEEDS, PARTS, expand, family, grammar
from consistency.extraction.times_resolve import READERS
from consistency.extraction.times_words import FILE, words
from consistency.extraction.tokens import tokenise
from consistency.rulebook import default_rulebook

WORDS = sorted(w for w in words().table if w != "\n")
GLUE = [" ", " ", " ", ", ", ". ", "-", "/", "", "\n"]
ANCHORS = [None, "2013-03-22", "0001-01-01", "9999-12-31", "2012-02-29", "2013-03-22T10:30", "no date"]

timeish = st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from(GLUE)), max_size=25).map(
    lambda pairs: "".join(w + g for w, g in pairs)
)
texts = st.one_of(timeish, timeish.map(str.title), st.text(max_size=200))


@settings(max_examples=300, deadline=None)
@given(texts, st.sampled_from(ANCHORS))
def test_any_text_gives_well_formed_expressions(text: str, anchor: str | None) -> None:
    tokens = tokenise(text)
    times = periods.find_times(tokens, anchor)
    end = 0
    for t in times:
        assert text[t.start : t.end] == t.text != ""
        assert t.start >= end
        assert tokens.span(t.first, t.last) == (t.start, t.end)
        assert t.type in {"DATE", "TIME", "DURATION", "SET"}
        assert (t.from_ is None) == (t.to is None)
        assert t.from_ is None or t.to is None or t.from_ <= t.to
        assert t.basis in {"stated", "relative", "inferred", "none"}
        end = t.end
    for joined in periods.ranges(tokens, times):
        assert text[joined.start : joined.end] == joined.text
    year = periods.earliest_year(text, 2, 29)
    assert year is None or 1000 <= year <= 2200


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="".join(words().letters.values()), min_size=1, max_size=9))
def test_the_first_token_never_hides_a_family(cls: str) -> None:
    """Trying only the families that can begin with a class finds what trying all of them finds."""
    everything = re.compile("|".join(f"(?P<{name}>{expand(pattern)})" for name, (_, pattern) in FAMILIES.items()))
    whole = everything.match(cls)
    try:
        found = grammar().within(cls).at(0)
    except KeyError:  # no family begins with this class
        found = None
    assert found == (whole and (whole.lastgroup, whole.end()))


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_what_a_family_needs_is_in_all_it_matches(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(NEEDS)))
    matched = family(name).search(data.draw(st.from_regex(family(name))))
    assert matched is not None
    assert not grammar().needs[name].isdisjoint(matched[0])


def test_every_family_has_a_reader_and_every_class_a_use() -> None:
    assert set(FAMILIES) == set(READERS)
    patterns = " ".join([*PARTS.values(), *(pattern for _, pattern in FAMILIES.values())])
    for name in re.findall(r"<(\w+)>", patterns):
        assert name in words().letters, name
    for name in re.findall(r"\{([A-Z]\w*)\}", patterns):
        assert name in PARTS, name


def test_vocabulary_is_lower_case_and_one_token_a_word() -> None:
    for word in WORDS:
        assert word == word.lower()
        assert len(tokenise(word, [(0, len(word))]).words) == 2 or word in {"1q", "2q", "3q", "4q"}, word


def test_units_and_feasts_of_the_lexicon_can_be_read() -> None:
    data = default_rulebook().load(FILE)
    table = words().table
    assert all(unit in table for unit in data["units"])
    for name in data["holidays"]:
        assert all(part in table for part in name.split()), name


def test_what_is_looked_for_behind_a_frequent_word_covers_its_families() -> None:
    letters, rules = words().letters, grammar()
    tails = ("", letters["unit"], letters["month"])
    for word in COMMON.keys() - {"that", "this"}:  # these two leave rare readings out on purpose
        first = letters[word]
        left_out = [second for second in letters.values() if not rules.starts.match(first + second)]
        for second, third, tail in product(left_out, letters.values(), tails):
            told = first + second + third + tail
            assert not any(family(name).match(told) for name in rules.families[first]), (word, second, third)
