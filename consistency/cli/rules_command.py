"""`consistency rules`: the decision table, shown and proved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from consistency.cli.options import RuleName, config_option, rules_option, stacked
from consistency.errors import UsageError

if TYPE_CHECKING:
    from consistency.judgement.rows import Row
    from consistency.rulebook import Rulebook

_table = stacked(config_option, rules_option)


def book(config_file: Path | None, folders: tuple[str, ...]) -> Rulebook:
    """The rules a run with these options rests on."""
    from consistency.cli.common import settings
    from consistency.pipeline import rulebook_of

    return rulebook_of(settings(config_file, folders))


def find_rule(name: str, rules: Rulebook) -> Row:
    """The rule called `name`. Raises UsageError with a suggestion."""
    import difflib

    from consistency.judgement.catalogue import every_rule

    rows = {r.id: r for r in every_rule(rules)}
    if name in rows:
        return rows[name]
    near = difflib.get_close_matches(name, rows, n=1)
    raise UsageError(f"no rule is called {name!r}" + (f"; did you mean {near[0]!r}?" if near else ""))


@click.group(
    "rules",
    epilog="""\b
Examples:
  consistency rules list
  consistency rules show different-period
  consistency rules lint --rules newsroom-rules/
  consistency rules test --rules newsroom-rules/""",
)
def command() -> None:
    """List, show, prove and test the rules."""


@command.command("list")
@_table
def list_rules(config_file: Path | None, rule_folders: tuple[str, ...]) -> int:
    """One line a rule, in the order they are tried: the first that matches answers."""
    from consistency.cli.output import on_terminal, show, width
    from consistency.judgement.catalogue import every_rule
    from consistency.reporting import rulepages

    rows = every_rule(book(config_file, rule_folders))
    show(rulepages.table(rows, width() if on_terminal() else None))
    return 0


@command.command("show")
@click.argument("rule", type=RuleName())
@_table
def show_rule(rule: str, config_file: Path | None, rule_folders: tuple[str, ...]) -> int:
    """One rule whole: when it speaks, what it says, why, and its examples."""
    from consistency.cli.output import show, width
    from consistency.reporting import rulepages

    show(rulepages.text(find_rule(rule, book(config_file, rule_folders)), width()))
    return 0


@command.command("lint")
@_table
def lint_rules(config_file: Path | None, rule_folders: tuple[str, ...]) -> int:
    """Prove the table: every combination of facts answered, no dead row, each row with examples.

    Exit status 1 where it does not hold.
    """
    from consistency.cli.output import show
    from consistency.judgement import lint
    from consistency.judgement.catalogue import every_rule

    rules = book(config_file, rule_folders)
    problems = lint.lint(rules)
    for p in problems:
        show(_line(p.file, p.line, f"{p.severity}: {p.rule}: {p.message}"))
    click.echo(_tally(len(every_rule(rules)), "rule", len(problems), "problem"), err=True)
    return 1 if any(p.severity == "error" for p in problems) else 0


@command.command("test")
@_table
def test_rules(config_file: Path | None, rule_folders: tuple[str, ...]) -> int:
    """Run every rule's examples through the whole program. Exit status 1 where one does not give what it should."""
    from functools import partial

    from consistency import check
    from consistency.cli.common import settings
    from consistency.cli.output import show
    from consistency.judgement import examples
    from consistency.pipeline import rulebook_of

    config = settings(config_file, rule_folders)
    results = examples.run(rulebook_of(config), partial(check, config=config), check)
    failed = [r for r in results if not r.passed]
    for r in failed:
        show(_line(r.file, r.line, f"{r.rule}, example {r.number}: {r.message}"))
    click.echo(_tally(len(results), "example", len(failed), "failure"), err=True)
    return 1 if failed else 0


def _line(file: str | None, line: int | None, message: str) -> str:
    place = ":".join(str(part) for part in (file, line) if part is not None)
    return f"{place}: {message}" if place else message


def _tally(many: int, things: str, few: int, faults: str) -> str:
    return f"{many} {things}{'' if many == 1 else 's'}, {few} {faults}{'' if few == 1 else 's'}"
