"""The decision table: proved total, without dead rows, and firm; broken rule files named with file and line."""

from __future__ import annotations

import itertools
import random
from pathlib import Path

import pytest

from consistency.errors import RuleError
from consistency.judgement import lint, table
from consistency.judgement.examples import cases
from consistency.judgement.rows import OUTCOMES
from consistency.judgement.vocabulary import BITS, EVERYTHING, FACTS, FIELDS, box, pack, unpack
from consistency.rulebook import Rulebook, default_rulebook

GOOD = """
- id: mine
  outcome: {outcome}
  when: {when}
  where: {where}
  message: "{{topic}} is odd"
  because: It is so.
  examples:
    - {{sources: [{{text: One.}}], expect: [{outcome}]}}
    - {{sources: [{{text: Two.}}], expect: []}}
{more}
"""


def book(folder: Path, text: str) -> Rulebook:
    (folder / "relations").mkdir()
    (folder / "relations" / "mine.yaml").write_text(text, encoding="utf-8")
    return Rulebook((str(folder),))


def good(
    outcome: str = "agreement", when: str = "{values: equal}", where: str = "{topic: 'trade*'}", more: str = ""
) -> str:
    return GOOD.format(outcome=outcome, when=when, where=where, more=more)


def test_the_table_is_proved() -> None:
    assert lint.lint() == []


def test_every_row_can_speak() -> None:
    """Each row is found by the look-up for some word in its box that no row above it takes."""
    rows = table.load()
    never = lint.impossible(default_rulebook())
    compiled = table.Table(rows)
    for n, row in enumerate(rows):
        left = lint.remainder(row.box, [*never, *(r.box for r in rows[:n])])
        facts = {fact: unpack(left[0]).get(fact, values)[0] for fact, values in FACTS.items()}
        assert compiled.look_up(facts, dict).id == row.id


def test_random_facts_are_answered_as_by_reading_top_down() -> None:
    rows, compiled, draw = table.load(), table.Table(table.load()), random.Random(7)
    for _ in range(3000):
        facts = {fact: draw.choice(values) for fact, values in FACTS.items()}
        first = next(r for r in rows if all(facts[f] in allowed for f, allowed in r.when.items()))
        assert compiled.look_up(facts, dict).id == first.id


def test_packing_goes_both_ways() -> None:
    for fact, values in FACTS.items():
        for allowed in itertools.combinations(values, 2 if len(values) > 2 else 1):
            assert unpack(box({fact: allowed})) == {fact: allowed}
    assert pack({f: v[0] for f, v in FACTS.items()}) & EVERYTHING
    assert len(set(BITS.values())) == len(BITS)
    assert sum(FIELDS.values()) == EVERYTHING


def test_subtraction_is_exact() -> None:
    """Boxes left after a subtraction are disjoint, lie in the whole and outside the part, and nothing is lost."""
    draw = random.Random(3)
    small = ("measure", "aspect", "difference", "superseded")
    words = [pack(dict(zip(small, v, strict=True))) for v in itertools.product(*(FACTS[f] for f in small))]
    fields = [FIELDS[f] for f in small]
    for _ in range(50):
        whole, part = (box({f: draw.sample(FACTS[f], draw.randint(1, len(FACTS[f]))) for f in small}) for _ in "ab")
        pieces = lint.subtract(whole, part)
        for word in words:
            inside = [p for p in pieces if all(word & p & f for f in fields)]
            held = all(word & whole & f for f in fields) and not all(word & part & f for f in fields)
            assert len(inside) == held


def test_rows_are_in_the_order_of_the_design() -> None:
    """A contradiction on firm ground never stands below a possible one of the same box."""
    rows = table.load()
    assert rows[-1].outcome == "none"
    assert {r.outcome for r in rows} == set(OUTCOMES)
    assert all(r.when["basis"] == ("firm",) for r in rows if r.outcome == "contradiction")


def test_a_users_row_stands_in_front_and_only_where_it_says(tmp_path: Path) -> None:
    compiled = table.Table(table.load(book(tmp_path, good(outcome="attribution"))))
    facts = {f: v[0] for f, v in FACTS.items()} | {"superseded": "no", "standing": "equal"}
    assert compiled.look_up(facts, lambda: {"topic": ["Trade of A with B"]}).id == "mine"
    assert compiled.look_up(facts, lambda: {"topic": ["Members"]}).id != "mine"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (good(when="{values: even}"), "values is never even"),
        (good(when="{colour: red}"), "no fact called colour"),
        (good(when="{values: []}"), "allows nothing"),
        (good(outcome="agreed"), "outcome must be one of"),
        (good(where="{town: x}"), "where knows"),
        (good(more="  severity: loud"), "severity must be one of"),
        (good(more="  colour: red"), "unknown field"),
        (good().replace("{topic}", "{tropic}"), "message names {tropic}"),
        ("a: 1", "must be a list"),
        (good().replace("mine", "equal"), "stands already"),
        (good().replace("text: One.", "words: One."), "needs a text"),
    ],
)
def test_a_broken_rule_file_is_named_with_its_line(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(RuleError) as caught:
        table.load(book(tmp_path, text))
    assert words in str(caught.value)
    assert caught.value.line is not None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (good(outcome="contradiction"), "basis that is not firm"),
        (good(when="{}", where="{}"), "is dead"),
        (good().replace("expect: []", "expect: [agreement]"), "stays silent"),
        (good().replace("expect: [agreement]", "expect: []"), "in which it speaks"),
    ],
)
def test_lint_finds_the_fault(tmp_path: Path, text: str, words: str) -> None:
    assert any(words in p.message for p in lint.lint(book(tmp_path, text)))


def test_a_user_may_override_firmness(tmp_path: Path) -> None:
    text = good(outcome="contradiction", more="  override: true")
    assert not [p for p in lint.lint(book(tmp_path, text)) if "firm" in p.message]


def test_lint_finds_what_nobody_answers(tmp_path: Path) -> None:
    rows = table.load()[:-1]
    left = lint._unanswered(rows, lint.impossible(default_rulebook()))
    assert left
    assert "no row answers" in left[0].message


def test_every_row_has_examples() -> None:
    assert len(list(cases())) >= 2 * (len(table.load()) - 1)
