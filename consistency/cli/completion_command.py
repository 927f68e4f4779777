"""`consistency completion`: the script that makes a shell complete commands and options."""

from __future__ import annotations

import click


@click.command(
    "completion",
    epilog="""\b
Examples:
  consistency completion bash > ~/.local/share/bash-completion/completions/consistency
  consistency completion zsh > "${fpath[1]}/_consistency"
  consistency completion fish > ~/.config/fish/completions/consistency.fish""",
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"], case_sensitive=False))
def command(shell: str) -> int:
    """Print the shell completion script: commands, options, formats, rule names and file names."""
    from click.shell_completion import get_completion_class

    from consistency.cli import group
    from consistency.cli.output import show

    maker = get_completion_class(shell)
    if maker is None:
        raise click.UsageError(f"no completion is known for {shell}")
    script = maker(group, {}, "consistency", "_CONSISTENCY_COMPLETE")
    show(script.source_template % script.source_vars())
    return 0
