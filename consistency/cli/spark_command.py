"""`consistency spark`: a whole run on Spark, in stages that are kept as Parquet."""

from __future__ import annotations

from pathlib import Path

import click

from consistency.cli.options import lessons_option, source_options


@click.command(
    "spark",
    epilog="""\b
What is in the folder afterwards:
  stages/result-claims, stages/result-findings, stages/result-topics
              Parquet: plain columns, and the whole record as JSON in the column record
  stages/*    what the stages hand on; the folder may be deleted when it is not needed

\b
Examples:
  consistency spark articles/ --out found -o report.json -o report.html
  consistency spark hdfs:///news/articles.parquet --out hdfs:///news/found --master yarn""",
)
@source_options
@click.option("--out", metavar="DIR", required=True, help="Folder or URL of the stages; every worker must see it.")
@click.option("--master", metavar="URL", help="The Spark cluster (default: that of spark-submit, else this computer).")
@click.option("--workers", type=click.IntRange(1), metavar="N", help="Workers on this computer (default: its cores).")
@click.option(
    "--output",
    "-o",
    "outputs",
    multiple=True,
    metavar="FILE[:FORMAT]",
    type=click.Path(),
    help="Write the report, too, as check does; all of it must fit this computer (repeatable).",
)
@lessons_option
def command(
    paths: tuple[str, ...],
    config_file: Path | None,
    rule_folders: tuple[str, ...],
    allow_skipped: bool | None,
    quiet: bool,
    out: str,
    master: str | None,
    workers: int | None,
    outputs: tuple[str, ...],
    lessons: str | None,
) -> int:
    """Compare as many sources as a Spark cluster can hold.

    PATH is a file or a folder of sources, as for check, or Parquet with the columns id and text, and any of title,
    publisher, published, url, author, language: its name ends with .parquet, or it is a URL (s3a://…, hdfs://…).

    A stage that was finished by an earlier run into the same folder, from the same files by the same rules and
    settings, is not done again. Gates are for check; the exit status is 2 where a source could not be read, else 0.
    """
    from consistency.cli.common import lessons_of, settings, status_of
    from consistency.cli.output import printable, targets, write
    from consistency.cli.reading import tell_skipped
    from consistency.cli.running import rendered
    from consistency.errors import UsageError

    if not paths:
        raise UsageError("name at least one file or folder of sources")
    if "-" in paths:
        raise UsageError("standard input cannot be sent to a cluster; name files, folders or Parquet")
    config = settings(config_file, rule_folders, allow_skipped, lessons=lessons, master=master, workers=workers)
    files = targets(outputs)
    taught = lessons_of(config)
    from consistency.engines.spark.flow import Flow
    from consistency.engines.spark.session import session

    def told(name: str, there: bool) -> None:
        if not quiet:
            click.echo(f"{name}: {'is there' if there else 'working'}", err=True)

    flow = Flow(session(config.master, config.workers), out, config, taught, told)
    for name, count in flow.run(paths).items():
        click.echo(f"{name}: {count}")
    skipped = flow.skipped()
    tell_skipped(skipped)
    if files:
        from consistency.gate import Gate

        report = Gate(config).apply(flow.report())
        for path, wanted in files:
            if write(path, rendered(report, wanted, config)) and not quiet:
                click.echo(f"wrote {printable(str(path))}", err=True)
    return status_of(skipped, config)
