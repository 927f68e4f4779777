"""The name that opens a sentence as its subject."""

from __future__ import annotations

import pytest

from consistency.topics.heads import subject_head
from consistency.topics.vocabulary import vocabulary


@pytest.mark.parametrize(
    ("sentence", "head"),
    [
        ("Halden Motors delivered 112,400 cars.", "halden motors"),
        ("The Treaty of Orr was signed by 12 states.", "treaty orr"),
        ("Line 2 of the metro has 14 stations.", "line 2"),
        ("Harlow Foods' profit rose.", "harlow foods"),
        ("Police said two people died.", ""),
        ("Arvika, a town of the north, has 900 people.", ""),
        ("ARVIKA (AP) - Two people died.", ""),
        ("In 2022 Halden Motors delivered 112,400 cars.", ""),
        ("Two people died.", ""),
        ("", ""),
    ],
)
def test_the_name_that_opens_a_sentence(sentence: str, head: str) -> None:
    assert " ".join(subject_head(sentence, vocabulary().openers)) == head


def test_a_long_run_of_capitals_is_read_in_no_time() -> None:
    assert subject_head("Aa " * 20_000 + ",") == ()
