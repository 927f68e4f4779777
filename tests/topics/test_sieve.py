"""What is ruled out before a pair is scored is never a link."""

from __future__ import annotations

import pytest

from benchmarks.invented import articles
from consistency.extraction.claims import extract
from consistency.model import Source
from consistency.topics.cluster import documents_of
from consistency.topics.names import alike_persons, strangers
from consistency.topics.passages import copy_rules
from consistency.topics.sieve import Sieve, Traits, traits_of
from consistency.topics.signature import Signature, signatures
from consistency.topics.similarity import Scorer, comparable
from consistency.topics.vocabulary import vocabulary
from consistency.topics.weights import weights


def signatures_of(texts: list[dict[str, str]]) -> list[Signature]:
    found = [extract(Source(**text)) for text in texts]  # type: ignore[arg-type]
    return signatures(found, documents_of(found, vocabulary(), weights()), vocabulary(), copy_rules())


def sieve_of(claims: list[Signature], asked: bool = False) -> tuple[Sieve, Scorer]:
    scorer = Scorer(vocabulary(), weights(), asked)
    return Sieve(traits_of(claims, vocabulary()), scorer, claims.__getitem__), scorer


@pytest.mark.parametrize("asked", [False, True])
def test_of_all_pairs_of_invented_articles_no_link_is_ruled_out(asked: bool) -> None:
    claims = signatures_of(articles(150, seed=3))
    sieve, scorer = sieve_of(claims, asked)
    links = left = pairs = 0
    for a, one in enumerate(claims):
        others = [b for b in range(a + 1, len(claims)) if comparable(one, claims[b])]
        may_be = set(sieve.left(a, others))
        found = {b for b in others if scorer.link(one, claims[b]) is not None}
        assert found <= may_be
        links, left, pairs = links + len(found), left + len(may_be), pairs + len(others)
    assert links > 200
    assert asked or left < pairs / 2


def told(*sentences: str) -> list[dict[str, str]]:
    return [{"id": f"s{n}", "text": text, "published": "2024-03-04"} for n, text in enumerate(sentences)]


def ruled_out(kind: str, *sentences: str) -> bool:
    claims = signatures_of(told(*sentences))
    own = [s.index for s in claims if s.claim.kind == kind]
    assert len(own) == 2
    return not sieve_of(claims)[0].left(own[0], own[1:])


def test_two_persons_have_no_age_in_common() -> None:
    age = "{}, 45, was among those killed at the mill in Orlaford."
    assert ruled_out("measure", age.format("Ana Lind"), age.format("Oscar Brand"))
    assert not ruled_out("measure", age.format("Ana Lind"), age.format("Anna Lind"))


def test_two_speakers_have_no_quotation_in_common() -> None:
    quote = '"We will never forget the copper meadows," said {} of Orlaford.'
    assert ruled_out("quote", quote.format("Ana Lind"), quote.format("Oscar Brand"))
    assert not ruled_out("quote", quote.format("Ana Lind"), quote.format("Ana Lind"))


def test_the_killed_are_not_the_arrested() -> None:
    assert ruled_out("count", "Five men were killed in Orlaford.", "Five men were arrested in Orlaford.")


def test_strangers() -> None:
    assert strangers(["ana lind"], ["oscar brand", "ivo brand"])
    assert not strangers(["oscar"], ["oscar brand"])
    assert not strangers(["ana lind", "ivo brand"], ["ivo brand"])
    assert alike_persons("ana ruiz", "ana ruiz soto")
    assert not strangers(["ana ruiz"], ["ana ruiz soto"])


def test_claims_of_one_kind_stand_together_in_their_order() -> None:
    traits = Traits(5)
    for claim, kind in enumerate((b"b", b"a", b"b", b"c", b"a")):
        traits.add(claim, kind, (), 0)
    assert list(traits.by_kind()) == [2, 0, 3, 4, 1]
