"""What mkdocs.yml cannot say: pages that lie outside docs/, and links that must lead somewhere in both places.

A page is read in the repository and on the site. Links are written for the repository; here those to a page of the site
are turned, and those to what the site does not have (a folder, the licence) become plain words.
"""

from __future__ import annotations

import os
import posixpath
import re
from pathlib import Path
from typing import Any

from mkdocs.structure.files import File, Files

TOP = Path(__file__).parents[1]
OUTSIDE = {"CHANGELOG.md": "changelog.md", "CONTRIBUTING.md": "contributing.md", "benchmarks/README.md": "measured.md"}
"""Files of the repository that are pages of the site, too."""
_LINK = re.compile(r"\[((?:[^\[\]]|\[[^\]]*\])*)\]\(([^()\s:#]+)(#[^()\s]*)?\)")
_FENCE = re.compile(r"(^```.*?^```$)", re.M | re.S)


def on_files(files: Files, config: Any) -> Files:
    """Adds the pages that lie outside docs/."""
    for path, page in OUTSIDE.items():
        files.append(File.generated(config, page, content=(TOP / path).read_text(encoding="utf-8")))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Files) -> str:
    """Turns the links of a page."""
    where = next((path for path, name in OUTSIDE.items() if name == page.file.src_uri), f"docs/{page.file.src_uri}")
    here = posixpath.dirname(page.file.src_uri)

    def turn(link: re.Match[str]) -> str:
        words, target, anchor = link[1], posixpath.normpath(posixpath.join(posixpath.dirname(where), link[2])), link[3]
        found = OUTSIDE.get(target, target.removeprefix("docs/") if target.startswith("docs/") else "")
        if found and files.get_file_from_path(found):
            return f"[{words}]({posixpath.relpath(found, here or os.curdir)}{anchor or ''})"
        return words if (TOP / target).exists() else link[0]  # what is nowhere is left for mkdocs to complain of

    return "".join(p if p.startswith("```") else _LINK.sub(turn, p) for p in _FENCE.split(markdown))
