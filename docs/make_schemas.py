"""Writes docs/schemas/: the JSON Schema of each kind of file, as `consistency schema` prints it.

python docs/make_schemas.py            write the files
python docs/make_schemas.py --check    exit 1 if they are not current
"""

from __future__ import annotations

import sys
from pathlib import Path

from consistency import schemas

FOLDER = Path(__file__).parent / "schemas"


def pages() -> dict[str, str]:
    """Every file of the folder: its name and what it holds."""
    return {schemas.file_name(kind): schemas.text(kind) for kind in schemas.KINDS}


def current() -> bool:
    """Whether the folder holds these files, as they are, and no others."""
    found = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.iterdir()} if FOLDER.is_dir() else {}
    return found == pages()


if __name__ == "__main__":
    if "--check" in sys.argv[1:]:
        sys.exit(not current())
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.iterdir():
        old.unlink()
    for name, page in pages().items():
        (FOLDER / name).write_text(page, encoding="utf-8", newline="\n")
