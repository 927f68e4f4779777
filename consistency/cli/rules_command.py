"""`consistency rules`: the decision table, shown and proved."""

from __future__ import annotations

import click
import yaml

from consistency.cli.common import show
from consistency.errors import UsageError
from consistency.judgement import lint, table
from consistency.rulebook import Rulebook, default_rulebook

_rules = click.option(
    "--rules",
    "rule_folders",
    multiple=True,
    metavar="DIR",
    help="Your own rules, tried before the built-in ones (repeatable).",
)


def _book(folders: tuple[str, ...]) -> Rulebook:
    return Rulebook(folders) if folders else default_rulebook()


@click.group("rules")
def command() -> None:
    """List, show, prove and test the rules."""


@command.command("list")
@_rules
def list_rules(rule_folders: tuple[str, ...]) -> int:
    """One line a rule, in the order they are tried."""
    rows = table.load(_book(rule_folders))
    width = max(len(r.id) for r in rows)
    show("\n".join(f"{r.id:{width}}  {r.outcome:22}  {r.severity:8} {r.because}" for r in rows))
    return 0


@command.command("show")
@click.argument("rule")
@_rules
def show_rule(rule: str, rule_folders: tuple[str, ...]) -> int:
    """One rule whole: when it fires, what it says, why, and its examples."""
    import difflib

    rows = {r.id: r for r in table.load(_book(rule_folders))}
    if rule not in rows:
        near = difflib.get_close_matches(rule, rows, n=1)
        raise UsageError(f"no rule is called {rule!r}" + (f"; did you mean {near[0]!r}?" if near else ""))
    show(yaml.safe_dump(rows[rule].to_dict(), sort_keys=False, allow_unicode=True, width=110))
    return 0


@command.command("lint")
@_rules
def lint_rules(rule_folders: tuple[str, ...]) -> int:
    """Prove the table: every combination of facts answered, no dead row, each row with examples."""
    problems = lint.lint(_book(rule_folders))
    for problem in problems:
        show(str(problem))
    rows = table.load(_book(rule_folders))
    click.echo(f"{len(rows)} rules, {len(problems)} problems", err=True)
    return 1 if problems else 0


@command.command("test")
@_rules
def test_rules(rule_folders: tuple[str, ...]) -> int:
    """Run every rule's examples through the whole program."""
    from consistency import check
    from consistency.judgement import examples

    book = _book(rule_folders)
    results = examples.run(book, check)
    failed = [r for r in results if not r.passed]
    for result in failed:
        show(str(result))
    click.echo(f"{len(results)} examples, {len(failed)} failed", err=True)
    return 1 if failed else 0
