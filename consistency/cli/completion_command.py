"""`consistency completion`: the script that makes a shell complete commands and options."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from consistency.cli.common import show


@click.command(
    "completion",
    epilog="""\b
Examples:
  consistency completion bash > ~/.local/share/bash-completion/completions/consistency
  consistency completion zsh > "${fpath[1]}/_consistency"
  consistency completion fish > ~/.config/fish/completions/consistency.fish""",
)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> int:
    """Print the shell completion script."""
    from consistency.cli import group

    maker = get_completion_class(shell)
    assert maker is not None
    show(maker(group, {}, "consistency", "_CONSISTENCY_COMPLETE").source())
    return 0
