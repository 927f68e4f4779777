"""What decisions suggest: a diff that applies, rests on enough decisions, and goes the way people decided."""

from __future__ import annotations

import shutil
import subprocess
from itertools import combinations
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from ledger_texts import invented

from consistency.config import Config
from consistency.ledger import tables
from consistency.ledger.adding import add
from consistency.ledger.decisions import decide, undo
from consistency.ledger.fitting import Judged, fitted, right
from consistency.ledger.records import FindingState, unpack
from consistency.ledger.suggest import suggest
from consistency.model import Source
from consistency.rulebook import Rulebook, builtin_rules
from consistency.topics.weights import weights

NOW = {"a": 3.0, "b": -2.0, "c": 1.0}


def pair(same: bool, decision: int = 1, **evidence: float) -> Judged:
    return Judged(same=same, evidence=evidence, rest=-1.0, share=1.0, decision=decision)


def test_nothing_said_moves_nothing() -> None:
    assert fitted([], NOW) == {}


def test_weights_go_the_way_people_decided() -> None:
    parted = fitted([pair(False, a=1.0)] * 8 + [pair(True, a=1.0, c=1.0)] * 8, NOW)
    assert parted["a"] < NOW["a"]
    assert parted["c"] > NOW["c"]
    more = fitted([pair(False, a=1.0)] * 80 + [pair(True, a=1.0, c=1.0)] * 8, NOW)
    assert more["a"] < parted["a"]


@given(st.lists(st.tuples(st.booleans(), st.sampled_from("abc"), st.sampled_from("abc")), min_size=1, max_size=30))
def test_the_minimum_is_one(said: list[tuple[bool, str, str]]) -> None:
    """The order of the pairs changes nothing that matters, and no weight runs away."""
    pairs = [pair(same, **{one: 1.0, two: 1.0}) for same, one, two in said]
    one, two = fitted(pairs, NOW), fitted(pairs[::-1], NOW)
    assert one.keys() == two.keys()
    for name, value in one.items():
        assert value == pytest.approx(two[name], abs=1e-3)
        assert abs(value - NOW[name]) < 10
    assert 0 <= right(pairs, NOW, 0.0) <= 1


def states(ledger: sa.Engine) -> list[FindingState]:
    with ledger.connect() as base:
        records = base.scalars(sa.select(tables.finding_version.c.record).order_by(tables.finding_version.c.finding))
        return [unpack(r, FindingState) for r in records]


@pytest.fixture
def judged(ledger: sa.Engine) -> sa.Engine:
    """A ledger where somebody parted most of what was joined."""
    add(ledger, invented(60, 3), Config(), batch=60)
    made = 0
    for state in states(ledger):
        prints = {c.id: c.fingerprint for c in state.claims if c.derived is None}
        sides = [[prints[i] for i in side if i in prints] for side in state.finding.sides]
        pairs = [[a, b] for x, y in combinations(sides, 2) for a in x for b in y if a != b]
        if pairs and made < 30:
            detail = {"pairs": pairs[:3]}
            decide(ledger, state.finding.id, "not-same-topic", "Lind", version=1, detail=detail)
            made += 1
    assert made > 10
    return ledger


@pytest.mark.slow
def test_the_diff_applies_and_changes_weights_alone(judged: sa.Engine, tmp_path: Path) -> None:
    before = weights()
    found = suggest(judged, Rulebook())
    assert found == suggest(judged, Rulebook()), "the same decisions suggest the same"
    (diff,) = found.diffs
    assert found.notes
    shutil.copytree(builtin_rules(), tmp_path / "rules")
    subprocess.run(["git", "apply"], input=diff, text=True, cwd=tmp_path, check=True, capture_output=True)
    after = weights(Rulebook((str(tmp_path / "rules"),)))
    moved = {name for name in before.of if before.of[name] != after.of[name]}
    assert moved == {note.partition(":")[0] for note in found.notes if ":" in note}
    assert (after.why, after.threshold, after.link, after.veto) == (
        before.why,
        before.threshold,
        before.link,
        before.veto,
    )
    assert suggest(judged, Rulebook(), least=1_000).diffs == ()


def test_a_word_that_two_people_corrected(ledger: sa.Engine) -> None:
    texts = [
        Source(
            id=f"{n}.txt",
            text=f"The quarry near Norwell shipped {n}00 grobtons of gravel in 2023. It shipped 900 tonnes in 2022.",
            published=f"2024-01-0{n}",
            published_basis="metadata",
            publisher=f"Paper {n}",
        )
        for n in (2, 3)
    ]
    add(ledger, texts, Config())
    told = []
    for state in states(ledger):
        for claim in state.claims:
            if claim.text and "grobton" in claim.text:
                told.append((state.finding.id, claim.fingerprint))
    found = sorted({print_: name for name, print_ in told}.items())
    if len(found) < 2:
        pytest.fail(f"the texts make no finding with both words: {told}")
    made = []
    for print_, name in found:
        detail = {"fingerprint": print_, "field": "unit", "value": "tonne"}
        made.append(decide(ledger, name, "wrong-reading", "Lind", version=1, detail=detail).id)
    (diff,) = suggest(ledger, Rulebook()).diffs
    (line,) = (one for one in diff.splitlines() if one.startswith("+tonne:"))
    assert line.endswith("grobtons]}") or ", grobtons]" in line
    undo(ledger, made[0], "Lind")
    assert suggest(ledger, Rulebook()).diffs == ()
