"""Whatever the text, quantities are well formed, and hostile text takes no more than linear time."""

from hypothesis import given, settings
from hypothesis import strategies as st

from consistency.extraction.quantities import find_quantities
from consistency.extraction.tokens import END, tokenise

_TEXT = """one two twenty hundred thousand million half a an quarter third and - / , . of per in out to 5 3 1/2 1,000
100 2020 $ US$ us € % percent dollars cents feet ft inch " ( ) [ ] dozen dozens tens several couple few first
second largest
year old years from between or more than about $5 m b bn k x10 ^ e8 × 10 ½ share people killed minus point zero pounds
won twice double halved May 13 at No. # °C degrees each every p fold ages Smith others dead times"""
WORDS = [*_TEXT.split(), "\n"]


def check(text: str) -> None:
    tokens = tokenise(text)
    before = -1
    for quantity in find_quantities(tokens):
        assert text[quantity.start : quantity.end] == quantity.text
        assert 0 <= quantity.first <= quantity.number[0] < quantity.number[1] <= quantity.last <= len(tokens.lower)
        assert END not in tokens.lower[quantity.first : quantity.last]
        assert quantity.number[0] > before
        before = quantity.number[0]
        low, high = quantity.value.low, quantity.value.high
        assert low is None or high is None or low <= high  # type: ignore[operator]


@given(st.text(max_size=200))
def test_any_text(text: str) -> None:
    check(text)


@settings(max_examples=300)
@given(st.lists(st.sampled_from(WORDS), max_size=16), st.sampled_from([" ", ""]))
def test_any_heap_of_number_words(words: list[str], glue: str) -> None:
    check(glue.join(words))


@given(st.lists(st.sampled_from(WORDS), max_size=12))
def test_reading_twice_gives_the_same(words: list[str]) -> None:
    text = " ".join(words)
    assert find_quantities(tokenise(text)) == find_quantities(tokenise(text))


def test_hostile_text_is_read_to_its_end() -> None:
    for piece in (
        "9" * 50_000,
        "1," * 20_000,
        "(" * 20_000 + ")" * 20_000,
        "two " * 10_000,
        "half a " * 10_000,
        "5-" * 10_000,
    ):
        check(piece + " and 7 ferries")
