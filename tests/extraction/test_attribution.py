"""Stances: who says a part of a sentence and how firmly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consistency.errors import RuleError
from consistency.extraction.attribution import find_stances, stance_at
from consistency.extraction.cues import Phrases, compile_cues
from consistency.extraction.entities import find_mentions
from consistency.extraction.frames import find_frames
from consistency.extraction.quotes import find_quotes
from consistency.extraction.reader import Reader
from consistency.extraction.spans import Stance
from consistency.extraction.tokens import Tokens, tokenise


def read(text: str) -> tuple[Tokens, list[Stance]]:
    tokens = tokenise(text)
    reader = Reader(tokens, find_mentions(tokens))
    frames = find_frames(reader)
    return tokens, find_stances(reader, frames, find_quotes(reader, frames))


def at(text: str, word: str) -> Stance | None:
    """The stance of the first token that is `word`."""
    tokens, stances = read(text)
    return stance_at(stances, tokens.words.index(word))


CASES = [
    # text, word, modality, speaker
    ("Ten people died.", "Ten", None, None),
    ("Police said ten people died.", "ten", "reported", "police"),
    ("Ten people died, police said Monday.", "Ten", "reported", "police"),
    ("The crash, police said, killed ten people.", "ten", "reported", "police"),
    ("According to the coast guard, ten ships sank.", "ten", "reported", "coast guard"),
    ("Ten ships sank, according to the coast guard.", "Ten", "reported", "coast guard"),
    ("organizers of the fair say ten firms have joined.", "ten", "reported", "organizers of the fair"),
    ("Police: Ten hurt in bus crash", "Ten", "reported", "police"),
    ("The World Bank forecasts that trade will exceed ten billion by 2040.", "ten", "forecast", "World Bank"),
    ("Trade is expected to reach ten billion by 2040.", "ten", "forecast", None),
    ("Trade would reach ten billion by 2040.", "ten", "forecast", None),
    ("Exports fell to ten billion and will reach twenty billion in 2040.", "ten", None, None),
    ("Exports fell to ten billion and will reach twenty billion in 2040.", "twenty", "forecast", None),
    ("Output will rise to ten tonnes, up from twenty tonnes in 2019.", "ten", "forecast", None),
    ("Brokers expect losses of ten million.", "ten", "forecast", None),
    ("Grain traders anticipate a ten percent drop.", "ten", "forecast", None),
    ("The fund forecast that output would grow ten percent.", "ten", "forecast", "fund"),
    ("The cabinet targets growth of ten percent.", "ten", "target", None),
    ("The guard denied shooting ten birds.", "ten", "denied", None),
    ("The militia claimed to have seized ten trucks.", "ten", "reported", None),
    ("Output will rise to ten tonnes, up from twenty tonnes in 2019.", "twenty", None, None),
    ("The firm will sell its yard, and took a loss of ten million.", "ten", None, None),
    ("The ministry aims to plant ten million trees.", "ten", "target", None),
    ("The ministry set a target of ten million trees.", "ten", "target", None),
    ("The ministry pledged to plant ten million trees.", "ten", "target", None),
    ("The mayor denied that ten people had died.", "ten", "denied", "mayor"),
    ("There is no evidence that ten people died.", "ten", "denied", None),
    ("The pact did not include ten islands.", "ten", "denied", None),
    ("Police did not release the names of the ten victims.", "ten", None, None),
    ("Ten more people could die.", "Ten", "hypothetical", None),
    ("If ten states sign, the pact is in force.", "ten", "hypothetical", None),
    ("The court may hear ten more witnesses.", "ten", "hypothetical", None),
    ("The court met in May and heard ten witnesses.", "ten", None, None),
    ("He was not only late, he lost ten bags.", "ten", None, None),
    ("The mayor plans to visit the street after a fire that left ten people dead.", "ten", None, None),
    ("The suspect is expected in court in connection with a fire that killed ten people.", "ten", None, None),
    ("Ten of the victims are expected to go home.", "Ten", None, None),
    ("A 22-year-old driver could lose his licence.", "22", None, None),
    ("The targets of the ten attacks were banks.", "ten", None, None),
    ("The blaze could be linked to ten earlier ones.", "ten", None, None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "word", "modality", "speaker"), CASES, ids=[f"{c[0][:40]}-{c[1]}" for c in CASES])
def test_modality_and_speaker(text: str, word: str, modality: str | None, speaker: str | None) -> None:
    stance = at(text, word)
    assert (stance.modality if stance else None) == modality
    assert (stance.speaker if stance else None) == speaker


STANDING = [
    ("Sources said ten people died.", "ten", "anonymous"),
    ("An official who asked not to be named said ten people died.", "ten", "anonymous"),
    ("A 911 caller said ten people were hurt.", "ten", "caller"),
    ("A man told a dispatcher that ten people were hurt.", "ten", "caller"),
    ("Deputies came after a 911 call stating that ten people were trapped.", "ten", "caller"),
    ("Crews were sent to reports of ten people in the water.", "ten", "caller"),
    ("Crews responded to a call of a fire at 10 p.m. and found ten people.", "ten", None),
    ("Witnesses said they heard ten shots.", "ten", None),
    ("A witness told 911 that ten shots were fired.", "ten", "caller"),
    ("Unconfirmed reports of ten deaths spread at night.", "ten", "rumour"),
    ("He allegedly shot the ten guards.", "ten", None),
    ("Police said ten people died.", "ten", None),
]


@pytest.mark.parametrize(("text", "word", "standing"), STANDING, ids=[c[0][:40] for c in STANDING])
def test_standing(text: str, word: str, standing: str | None) -> None:
    stance = at(text, word)
    assert (stance.standing if stance else None) == standing


OLD = [
    ("An earlier version of this story said ten people died.", "ten", True),
    ("Police initially said ten people died, but later put the toll at twelve.", "ten", True),
    ("Police initially said ten people died, but later put the toll at twelve.", "twelve", False),
    ("Initial reports put the toll at ten but nine bodies were found.", "ten", True),
    ("Initial reports put the toll at ten but nine bodies were found.", "nine", False),
    ("The toll was revised down to nine from ten.", "nine", False),
    ("The count was revised from ten to nine.", "ten", True),
    ("The article has been corrected: nine people died, rather than ten.", "ten", True),
    ("The article has been corrected: nine people died, rather than ten.", "nine", False),
]


@pytest.mark.parametrize(("text", "word", "old"), OLD, ids=[f"{c[0][:40]}-{c[1]}" for c in OLD])
def test_superseded(text: str, word: str, old: bool) -> None:
    stance = at(text, word)
    assert bool(stance and stance.superseded) is old


def test_pronoun_stands_for_the_last_speaker() -> None:
    text = "Maria Lopez said the port is open. She added that ten ships were waiting."
    stance = at(text, "ten")
    assert stance is not None
    assert stance.speaker == "Maria Lopez"


def test_second_report_takes_over() -> None:
    text = "Police said ten people died, but the mayor said twelve people died."
    first, second = at(text, "ten"), at(text, "twelve")
    assert first is not None
    assert second is not None
    assert (first.speaker, second.speaker) == ("police", "mayor")


def test_quotation_is_its_speakers_word() -> None:
    stance = at('"We saw ten ships at the old pier," said Maria Lopez.', "ten")
    assert stance is not None
    assert (stance.modality, stance.speaker) == ("reported", "Maria Lopez")


def test_definite_subject_is_taken_for_granted() -> None:
    stance = at("The ten victims are expected to survive.", "ten")
    assert stance is None


def test_phrases_must_name_known_classes() -> None:
    with pytest.raises(RuleError, match="NOSUCH"):
        compile_cues([Phrases({}, {"x": ["will NOSUCH"]}, "x.yaml")])
    with pytest.raises(RuleError, match="must begin"):
        compile_cues([Phrases({}, {"x": ["will? go"]}, "x.yaml")])


def test_longest_phrase_wins() -> None:
    phrases = Phrases({"BE": ["is", "are"]}, {"short": ["BE due"], "long": ["BE due to"]}, "x.yaml")
    table, (cues,) = compile_cues([phrases])
    letters = tokenise("it is due to end").classes(table)
    assert [(c.label, c.first, c.last) for c in cues.find(letters)] == [("long", 1, 4)]


PIECES = st.lists(
    st.sampled_from(
        [
            "police",
            "said",
            "ten",
            "people",
            "died",
            "will",
            "not",
            "if",
            "denied",
            "that",
            "according to",
            ",",
            ".",
            ":",
            "\n",
            '"',
            "he",
            "could",
            "aims to",
            "Ann Roe",
            "told",
            "initially said",
            "but",
            "may",
            "and",
            "by 2040",
        ]
    ),
    max_size=40,
)


@given(st.one_of(PIECES.map(" ".join), st.text(max_size=120)))
def test_stances_are_disjoint_and_in_order(text: str) -> None:
    tokens, stances = read(text)
    last = 0
    for s in stances:
        assert last <= s.first < s.last <= len(tokens.words)
        assert s.modality in {"asserted", "reported", "forecast", "target", "denied", "hypothetical"}
        assert tokens.sentence_of(s.first) == tokens.sentence_of(s.last - 1)
        last = s.last


@pytest.mark.parametrize(
    "unit", ["said ", "he said ", "police said, ", "will ", "if, ", "not and ", "a: ", "Bob said that "]
)
def test_hostile_repetition_ends(unit: str) -> None:
    reader = Reader(tokenise(unit * 20_000), [])
    assert all(s.first < s.last for s in find_stances(reader, find_frames(reader), []))
