"""Quotations: where they begin and end, and who speaks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.extraction.claims import extract
from consistency.extraction.entities import find_mentions
from consistency.extraction.frames import find_frames
from consistency.extraction.quotes import find_indirect, find_quotes
from consistency.extraction.reader import Reader
from consistency.extraction.tokens import tokenise
from consistency.model import Source


def _reader(text: str) -> Reader:
    tokens = tokenise(text)
    return Reader(tokens, find_mentions(tokens))


def quotes(text: str) -> list[tuple[str, str | None]]:
    reader = _reader(text)
    return [(q.words, q.speaker) for q in find_quotes(reader, find_frames(reader))]


def indirect(text: str) -> list[tuple[str, str | None]]:
    reader = _reader(text)
    return [(q.words, q.speaker) for q in find_indirect(reader, find_frames(reader))]


FOUND = [
    ('Maria Lopez said: "We will build it by spring."', [("We will build it by spring.", "Maria Lopez")]),
    ('"We will build the bridge," said Maria Lopez, head of the port.', [("We will build the bridge", "Maria Lopez")]),
    ("“We will build the bridge,” Maria Lopez said.", [("We will build the bridge", "Maria Lopez")]),
    ("``We will build the bridge,'' Maria Lopez said.", [("We will build the bridge", "Maria Lopez")]),
    ("«We will build the bridge», Maria Lopez said.", [("We will build the bridge", "Maria Lopez")]),
    ("‘We will build the bridge,’ Maria Lopez said.", [("We will build the bridge", "Maria Lopez")]),
    ('Maria Lopez arrived late. "We lost two days," she said.', [("We lost two days", "Maria Lopez")]),
    ('According to Maria Lopez, the bridge is "as good as done".', [("as good as done", "Maria Lopez")]),
    ('The tide was 6\'2" high.', []),
    ('Maria Lopez called it a "new dawn".', [("new dawn", None)]),
    ('"We lost two days," Maria Lopez said. "We will make them up by May."',
     [("We lost two days", "Maria Lopez"), ("We will make them up by May.", "Maria Lopez")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FOUND, ids=[t[:40] for t, _ in FOUND])
def test_words_and_speaker(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert quotes(text) == expected


def test_transcript_names_the_speaker_right_before_the_words() -> None:
    ((words, speaker),) = quotes(
        'ana ruiz minister of ports "we have opened four new terminals and two docks. we want more."'
    )
    assert words == "we have opened four new terminals and two docks. we want more."
    assert speaker is not None
    assert speaker.casefold() == "ana ruiz"


SPEAKERS = [
    ('"We lost two days," Sgt. Maria Lopez told reporters.', "Maria Lopez"),
    ("``We lost two days,'' Maria Lopez told a news conference.", "Maria Lopez"),
    ('"We lost two days." Maria Lopez, who runs the port, said.', "Maria Lopez"),
    ('Maria Lopez said the port had closed. "We lost two days."', "Maria Lopez"),
    ('"We lost two days," said Rep. Maria Lopez, who was there.', "Maria Lopez"),
]


@pytest.mark.parametrize(("text", "speaker"), SPEAKERS)
def test_speaker_of_newswire_forms(text: str, speaker: str) -> None:
    assert [(w.rstrip("."), s) for w, s in quotes(text)] == [("We lost two days", speaker)]


def test_nested_quotation_stands_after_the_one_around_it() -> None:
    found = quotes("Maria Lopez said, \"He cried 'get out of here now!' and ran.\"")
    assert [w for w, _ in found] == ["He cried 'get out of here now!' and ran.", "get out of here now!"]


def test_plural_genitive_is_no_closing_mark() -> None:
    assert [w for w, _ in quotes("He wrote ‘the workers’ march was long’ in his book.")] == [
        "the workers’ march was long"
    ]


def test_unclosed_quotation_ends_with_its_paragraph() -> None:
    text = 'Maria Lopez said: "We lost two days. We lost the crane.\n\nThe port closed at noon.'
    assert [w for w, _ in quotes(text)] == ["We lost two days. We lost the crane."]


def test_open_quotation_goes_on_in_the_next_paragraph() -> None:
    text = 'Maria Lopez said: "We lost two days.\n\n"We lost the crane too."\n\nThe port closed.'
    assert quotes(text) == [("We lost two days.", "Maria Lopez"), ("We lost the crane too.", "Maria Lopez")]


def test_speaker_may_stand_for_a_body() -> None:
    assert quotes('"Nobody was on board," the coast guard said.') == [("Nobody was on board", "coast guard")]


def test_indirect_speech_of_a_named_speaker() -> None:
    assert indirect("Maria Lopez stressed that the port is open to all ships.") == [
        ("the port is open to all ships", "Maria Lopez")
    ]


def test_communique_goes_on_in_the_present_tense() -> None:
    text = (
        "Maria Lopez stressed that the port is open to all. We attach great weight to safety. "
        "The port works with its partners on new docks.\n\nThe meeting ended at noon."
    )
    assert [w for w, _ in indirect(text)] == [
        "the port is open to all",
        "We attach great weight to safety",
        "The port works with its partners on new docks",
    ]


def test_report_in_the_past_tense_does_not_go_on() -> None:
    text = "Maria Lopez said that the port was open. It is the largest in the region."
    assert len(indirect(text)) == 1


def test_announced_thing_is_no_indirect_speech() -> None:
    assert indirect("Maria Lopez announced a new ferry line to the islands.") == []


PIECES = st.lists(
    st.sampled_from(
        [
            '"',
            "“",
            "”",
            "‘",
            "’",
            "'",
            "``",
            "''",
            "«",
            "»",
            "said",
            "he",
            "Ann Roe",
            "the port is open",
            ",",
            ".",
            "\n",
            "\n\n",
        ]
    ),
    max_size=40,
)


@given(st.one_of(PIECES.map(" ".join), PIECES.map("".join), st.text(max_size=120)))
def test_any_text_gives_exact_spans(text: str) -> None:
    reader = _reader(text)
    tokens, frames = reader.tokens, find_frames(reader)
    for q in [*find_quotes(reader, frames), *find_indirect(reader, frames)]:
        assert 0 <= q.first < q.last <= len(tokens.words)
        assert (q.start, q.end) == tokens.span(q.first, q.last)
        assert q.words == " ".join(text[q.start : q.end].split())


@pytest.mark.parametrize("unit", ['"', '" ', "“", "'", "''", 'a "b ', '"a\n\n', "boys' 'x "])
def test_hostile_repetition_ends(unit: str) -> None:
    reader = Reader(tokenise(unit * 20_000), [])
    assert all(q.first < q.last for q in find_quotes(reader, find_frames(reader)))


def test_quotation_that_opens_at_the_end_of_the_sentence_before_begins_with_its_first_word() -> None:
    text = "``Why wait?'' the mayor asked in her office. ``We will mend every road of this town\n\nNobody answered."
    (claim,) = [c for c in extract(Source(id="a", text=text)).claims if c.kind == "quote"]
    assert claim.text == "We will mend every road of this town"
    assert claim.sentence is not None
    assert claim.sentence.text == claim.text
