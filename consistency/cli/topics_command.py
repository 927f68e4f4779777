"""`consistency topics`: what clustered, and why; and whether curated topics stay out of each other's way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from consistency.cli.options import config_option, lessons_option, rules_option, source_options, stacked

if TYPE_CHECKING:
    from consistency.model import Claim, Topic


@click.group(
    "topics",
    epilog="""\b
Examples:
  consistency topics show articles/ --why
  consistency topics lint --rules newsroom-rules/""",
)
def command() -> None:
    """Show what clustered into topics, and why; check the topics a desk has written."""


@command.command(
    "show",
    epilog="""\b
Examples:
  consistency topics show articles/
  consistency topics show articles/ --why
  consistency topics show articles/ --all""",
)
@source_options
@lessons_option
@click.option("--why", is_flag=True, help="Show the weights of every link inside a topic.")
@click.option("--all", "every", is_flag=True, help="Also topics of a single claim.")
def show_topics(
    paths: tuple[str, ...],
    config_file: Path | None,
    rule_folders: tuple[str, ...],
    allow_skipped: bool | None,
    quiet: bool,
    lessons: str | None,
    why: bool,
    every: bool,
) -> int:
    """Show what clustered into topics, and why: each link's score is the sum of its weights (log2 of the odds)."""
    from consistency.cli.common import lessons_of, settings, status_of
    from consistency.cli.output import show
    from consistency.cli.progress import Progress
    from consistency.cli.reading import read

    config = settings(config_file, rule_folders, allow_skipped, lessons=lessons)
    taught = lessons_of(config)
    with Progress(enabled=not quiet) as progress:
        sources, skipped = read(paths, config, quiet)
        from consistency.extraction.claims import extract
        from consistency.extraction.corrected import correct
        from consistency.pipeline import rulebook_of, topic_settings
        from consistency.topics import cluster

        extractions = []
        for number, source in enumerate(sorted(sources, key=lambda s: s.id), 1):
            extractions.append(correct(extract(source), taught.readings))
            progress("reading claims", number, len(sources))
        clustering = cluster(extractions, rulebook_of(config), topic_settings(config, taught))
    claims = {c.id: c for e in extractions for c in e.claims}
    joined = [t for t in clustering.topics if len(t.claims) > 1]
    lines = [line for topic in (clustering.topics if every else joined) for line in _lines(topic, claims, why)]
    tally = f"{len(joined)} topics of more than one claim, {len(clustering.topics)} in all, from {len(claims)} claims."
    show("\n".join([*lines, tally]))
    return status_of(skipped, config)


def _lines(topic: Topic, claims: Mapping[str, Claim], why: bool) -> Iterator[str]:
    from consistency.cli.output import printable

    def said(id_: str) -> str:
        return printable(" ".join((claims[id_].text or "").split()))

    curated = f"  [curated: {topic.curated}]" if topic.curated else ""
    yield f"{topic.id}  {printable(topic.title)}{curated}"
    for name in topic.claims:
        yield f"    {printable(claims[name].source)}: {said(name)}"
    for link in topic.links if why else ():
        yield f"    link {link.score:+.1f}: {said(link.a)} ~ {said(link.b)}"
        for e in link.evidence:
            detail = f": {printable(e.detail)}" if e.detail else ""
            yield f"        {e.weight:+6.2f}  {e.name}{detail}"
    yield ""


@command.command("lint")
@stacked(config_option, rules_option)
def lint_topics(config_file: Path | None, rule_folders: tuple[str, ...]) -> int:
    """Find curated topics (rules/topics/) that would claim the same claim. Exit status 1 where there are two."""
    from consistency.cli.common import settings
    from consistency.cli.output import printable, show
    from consistency.pipeline import rulebook_of
    from consistency.topics import curated
    from consistency.topics.vocabulary import vocabulary

    rules = rulebook_of(settings(config_file, rule_folders))
    topics = curated.load(rules)
    problems = curated.lint(topics, vocabulary(rules))
    for problem in problems:
        show(printable(problem))
    click.echo(f"{len(topics)} curated topics, {len(problems)} problems", err=True)
    return 1 if problems else 0
