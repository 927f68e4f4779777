"""Writes what others start from, as the program writes it: action.yml, templates/, and docs/examples/newsroom/.

python docs/make_starters.py            write the files
python docs/make_starters.py --check    exit 1 if they are not current
"""

from __future__ import annotations

import sys
from pathlib import Path

from consistency import __version__
from consistency.cli import starting

TOP = Path(__file__).parents[1]
EXAMPLE = "docs/examples/newsroom"


def pages() -> dict[str, str]:
    """Every file made, by its path in the repository. The example is what `consistency init --example` writes."""
    made = {
        "action.yml": starting.template("action.yml", {}),
        "templates/consistency.gitlab-ci.yml": starting.template("gitlab.yml", {"@VERSION@": __version__}),
    }
    return made | {f"{EXAMPLE}/{path}": text for path, text in starting.files("sources", "github", example=True)}


def current() -> bool:
    """Whether each of them is there as it would be made, and the example holds nothing else but its README.md."""
    wanted = pages()
    found = {p.relative_to(TOP).as_posix() for p in (TOP / EXAMPLE).rglob("*") if p.is_file()}
    extra = found - wanted.keys() - {f"{EXAMPLE}/README.md"}
    return not extra and all((TOP / path).read_text(encoding="utf-8") == text for path, text in wanted.items())


if __name__ == "__main__":
    if "--check" in sys.argv[1:]:
        sys.exit(not current())
    for path, text in pages().items():
        (TOP / path).parent.mkdir(parents=True, exist_ok=True)
        (TOP / path).write_text(text, encoding="utf-8", newline="\n")
