"""Work that grows with a text and no faster, counted; `benchmarks/hostile_growth.py` measures the time."""

from __future__ import annotations

from itertools import pairwise

import msgspec
import pytest

from consistency.extraction import entities, sentences
from consistency.extraction.claims import extract
from consistency.extraction.tokens import tokenise
from consistency.model import Source
from consistency.sources.attributes import overloaded_tag
from consistency.sources.plain import mask

OPEN = ("“a. ", "``about. ", "«so! ", "(x. ", "“He left. ", "a. ")


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The length of each stretch that sentencex is given, as it is given it."""
    sizes: list[int] = []
    real = sentences.segment

    def counting(language: str, text: str) -> list[str]:
        sizes.append(len(text))
        return list(real(language, text))

    monkeypatch.setattr(sentences, "segment", counting)
    return sizes


@pytest.mark.parametrize("unit", OPEN)
def test_no_stretch_without_end_goes_to_the_splitter(given: list[int], unit: str) -> None:
    """Its time grows with the square where quotations are left open."""
    text = unit * 20_000
    sentences.split_sentences(text)
    assert max(given) <= 8_000
    assert sum(given) <= len(text)


def test_a_long_paragraph_is_split_as_a_short_one(given: list[int]) -> None:
    one = "The board of the Tarn Fund met in Orrin on 5 May. It has 31 members and “a good deal of money,” it said. "
    text = one * 200
    found = [text[a:b] for a, b in sentences.split_sentences(text)]
    assert len(given) > 1
    assert found == [text[a:b] for a, b in sentences.split_sentences(one)] * 200


class Watched(str):
    """A text that keeps count of the characters that are cut out of it."""

    cut = 0

    def __getitem__(self, key: object) -> str:
        out = super().__getitem__(key)  # type: ignore[index]
        Watched.cut += len(out)
        return out


def test_a_name_in_one_endless_word_does_not_look_back_to_its_beginning() -> None:
    def cut(times: int) -> int:
        text = "Mr." * times
        tokens = tokenise(text)
        Watched.cut = 0
        entities.find_mentions(msgspec.structs.replace(tokens, text=Watched(text)))
        return Watched.cut

    assert cut(8_000) < 5 * cut(2_000) + 1_000


MARKDOWN = ("`", "~", "#", "# a #", "# a  ", "*", "_", "> ", "- ", "[", "![", "<!--", "# " + " " * 50 + "a")


@pytest.mark.parametrize("piece", MARKDOWN)
def test_markdown_keeps_its_length(piece: str) -> None:
    for text in (piece * 30_000, piece * 30_000 + " b", "# a" + piece * 30_000 + "\nb"):
        assert len(mask(text)[0]) == len(text)


@pytest.mark.parametrize(
    "piece", ["<", "<a", "<a ", "<a b", "<a '", '<a "', "<a b='", "<!--", "<script>", "<a/", "</a "]
)
def test_tags_are_counted_in_one_pass(piece: str) -> None:
    assert overloaded_tag(piece * 500) is None
    overloaded_tag(piece * 50_000)


def test_odd_characters_keep_claims_where_they_stand() -> None:
    for odd in (
        "e" + "\u0300\u0323" * 20_000,
        "5" + "\u0301" * 2_000,
        "\u202e" * 5_000,
        "9" * 1_000_000,
        "million " * 900,
    ):
        text = f"{odd} The Tarn Fund has 36 members. {odd}"
        found = extract(Source(id="a", text=text)).claims
        assert all(c.start is None or text[c.start : c.end] == c.text for c in found)
        assert all(a.start <= b.start for a, b in pairwise(c for c in found if c.start is not None))  # type: ignore[operator]
