"""Where a run takes place: a repository that paths are printed relative to, a log that takes annotations."""

from __future__ import annotations

import os
import posixpath
import stat
import sys
from collections.abc import Callable
from pathlib import Path


def in_repository() -> Callable[[str], str]:
    """Paths as they are printed for a server: relative to the root of the repository, or the folder one is in.

    The root is what GitHub Actions (GITHUB_WORKSPACE) or GitLab (CI_PROJECT_DIR) says, where the current folder is in
    it. A path that leads out of it stays absolute.
    """
    here = _absolute(".")
    named = (os.environ.get(name, "") for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR"))
    root = next((r for r in map(_absolute, filter(None, named)) if _inside(here, r)), here)

    def relative(path: str) -> str:
        whole = posixpath.normpath(posixpath.join(here, path.replace("\\", "/")))
        if not _inside(whole, root):  # perhaps one of the two goes by another name
            whole = _absolute(whole)
        return posixpath.relpath(whole, root) if _inside(whole, root) else whole

    return relative


def format_of_log() -> str | None:
    """ "github" where GitHub Actions reads standard output; None elsewhere, or where it goes to a file."""
    if os.environ.get("GITHUB_ACTIONS") != "true" or sys.stdout is None:
        return None
    try:
        to_file = stat.S_ISREG(os.fstat(sys.stdout.fileno()).st_mode)
    except (OSError, ValueError):
        to_file = False
    return None if to_file else "github"


def _absolute(path: str) -> str:
    """The real path, with forward slashes; as it is where it cannot be found out."""
    try:
        return Path(os.path.realpath(path)).as_posix()
    except (OSError, ValueError):
        return path


def _inside(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder.rstrip('/')}/")
