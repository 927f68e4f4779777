"""`consistency schema`: the JSON Schemas that editors complete and check files with."""

from __future__ import annotations

from pathlib import Path

import click
from click.shell_completion import CompletionItem

from consistency.cli.options import TextType
from consistency.errors import UsageError


class KindName(TextType):
    """The kind of a file; completes in a shell."""

    name = "kind"

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from consistency.schemas import KINDS

        return [CompletionItem(kind) for kind in KINDS if kind.startswith(incomplete)]


@click.command(
    "schema",
    epilog="""\b
Examples:
  consistency schema
  consistency schema report > report.schema.json
  consistency schema --all .consistency/schemas

\b
In an editor, name the schema in the first line of the file:
  consistency.toml         #:schema ./.consistency/schemas/config.schema.json
  rules/topics/desk.yaml   # yaml-language-server: $schema=../../.consistency/schemas/topics.schema.json""",
)
@click.argument("kind", required=False, type=KindName())
@click.option(
    "--all",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Write the schemas of all kinds into a folder.",
)
def command(kind: str | None, folder: Path | None) -> int:
    """Print the JSON Schema (draft 2020-12) of a kind of file: settings, rules, topics, claims, reports.

    Without KIND, the kinds there are and the files they are for.
    """
    from consistency import schemas
    from consistency.cli.output import printable, show, write

    if folder is not None:
        if kind is not None:
            raise UsageError("name either a kind or --all, not both")
        whole = True
        for name in schemas.KINDS:
            path = folder / schemas.file_name(name)
            written = write(path, schemas.text(name))
            whole = whole and written
            if written:
                click.echo(f"wrote {printable(str(path))}", err=True)
        return 0 if whole else 2
    if kind is None:
        wide = max(map(len, schemas.KINDS))
        show("\n".join(f"{name:{wide}}  {about.files}" for name, about in schemas.KINDS.items()))
    else:
        show(schemas.text(kind))
    return 0
