"""Every reader and the extractor on anything at all. CONSISTENCY_FUZZ=deep tries many times as much."""

from __future__ import annotations

import os
import random

import fuzzing
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consistency.model import Source

DEEP = 100 if os.environ.get("CONSISTENCY_FUZZ") == "deep" else 1
SLOW_IS_FINE = [HealthCheck.too_slow, HealthCheck.data_too_large]

WORDS = st.sampled_from(
    [
        "5",
        "36",
        "1/2",
        "1e999",
        "9999999999999999999999",
        "%",
        "$",
        "million",
        "hundred",
        "of",
        "per",
        "in",
        "and",
        "(",
        ")",
        "“",
        "”",
        "‘",
        "’",
        "''",
        "``",
        '"',
        ".",
        ",",
        ";",
        ":",
        "-",
        "–",
        "May",
        "2020",
        "99999",
        "said",
        "that",
        "Mr.",
        "U.S.",
        "Norway",
        "Tarn",
        "Fund",
        "members",
        "killed",
        "rose",
        "fell",
        "from",
        "to",
        "between",
        "a",
        "the",
        "were",
        "not",
        "ago",
        "later",
        "born",
        "aged",
        "first",
        "½",
        "²",
        "５",
        "٣",
        "́",
        "\u200b",
        "\u202e",
        "\xad",
        "\x00",
        "\x85",
        "\u2028",
        "\n",
        "\n\n",
        "\t",
        "İ",
        "ß",
        "ﬁ",
        "𝟓",
    ]
)


@settings(max_examples=150 * DEEP, deadline=None, suppress_health_check=SLOW_IS_FINE)
@given(
    words=st.lists(WORDS | st.text(max_size=4), max_size=40),
    glue=st.sampled_from([" ", "", ". "]),
    times=st.sampled_from([1, 1, 1, 40]),
    published=st.sampled_from([None, "2024-02-01", "0001-01-01", "9999-12-31"]),
)
def test_any_words(words: list[str], glue: str, times: int, published: str | None) -> None:
    text = glue.join(words) * times
    fuzzing.claims(Source(id="a", text=text, published=published))


@pytest.mark.parametrize("kind", range(len(fuzzing.SUFFIXES)), ids=fuzzing.SUFFIXES)
def test_any_change_to_a_file(kind: int) -> None:
    """The same changes each time; the program of `fuzzing` goes on where these end."""
    rng = random.Random(kind)
    for _ in range(15 * DEEP):
        fuzzing.one(bytes([kind]) + fuzzing.changed(rng)[1:])


def test_what_the_fuzzer_starts_from_is_read() -> None:
    kinds = {name: number for number, name in enumerate(fuzzing.SUFFIXES)}
    suffixes = (".txt", ".html", ".jsonl", ".md", ".rss", ".pdf", ".docx")
    for seed, suffix in zip(fuzzing.SEEDS, suffixes, strict=True):
        assert fuzzing.one(bytes([kinds[suffix]]) + seed), suffix
