"""`consistency topics`: what clustered, and why."""

from __future__ import annotations

from pathlib import Path

import click

from consistency.cli.common import printable, read, settings, show, source_options


@click.command(
    "topics",
    epilog="""\b
Examples:
  consistency topics articles/
  consistency topics articles/ --why""",
)
@source_options
@click.option("--why", is_flag=True, help="Show the weights of every link inside a topic.")
@click.option("--all", "every", is_flag=True, help="Also topics of a single claim.")
def command(
    paths: tuple[str, ...],
    config_file: Path | None,
    rule_folders: tuple[str, ...],
    allow_skipped: bool | None,
    quiet: bool,
    why: bool,
    every: bool,
) -> int:
    """Show what clustered into topics, and why: each link's score is the sum of its weights (log2 of the odds)."""
    from consistency.extraction.claims import extract
    from consistency.pipeline import rulebook_of
    from consistency.topics import TopicSettings, cluster

    config = settings(config_file, rule_folders, allow_skipped)
    sources, skipped = read(paths, config, quiet)
    extractions = [extract(s) for s in sorted(sources, key=lambda s: s.id)]
    limits = TopicSettings(threshold=config.topics.threshold, block_cap=config.topics.block_cap)
    clustering = cluster(extractions, rulebook_of(config), limits)
    claims = {c.id: c for e in extractions for c in e.claims}
    lines = []
    shown = [t for t in clustering.topics if every or len(t.claims) > 1]
    for topic in shown:
        lines.append(
            f"{topic.id}  {printable(topic.title)}" + (f"  [curated: {topic.curated}]" if topic.curated else "")
        )
        for name in topic.claims:
            claim = claims[name]
            lines.append(f"    {printable(claim.source)}: {printable(' '.join((claim.text or '').split()))}")
        for link in topic.links if why else ():
            pair = f"{printable(claims[link.a].text or '')} ~ {printable(claims[link.b].text or '')}"
            lines.append(f"    link {link.score:+.1f}: {pair}")
            lines.extend(f"        {e.weight:+6.2f}  {e.name}: {printable(e.detail)}" for e in link.evidence)
        lines.append("")
    lines.append(
        f"{len(shown)} topics of more than one claim, {len(clustering.topics)} in all, from {len(claims)} claims."
    )
    show("\n".join(lines))
    return 2 if skipped and not config.allow_skipped else 0
