"""Runs the example of README.md and writes what it prints today below it.

python docs/make_readme.py            write the page
python docs/make_readme.py --check    exit 1 if the page is not current
"""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).parents[1] / "README.md"
_BLOCK = re.compile(r"(?<=```console\n)\$ ((?:.*\\\n)*.*\n)(?:.*\n)*?(?=```)")
_SHOWN = "\nPOSSIBLE CONTRADICTIONS"  # what stands before the first part that is empty here


def _run(block: re.Match[str]) -> str:
    program, *words = shlex.split(block[1].replace("\\\n", " "))
    if program != "consistency":
        raise SystemExit(f"not an example of this program: {block[1]}")
    done = subprocess.run([sys.executable, "-m", program, *words], capture_output=True, check=True)
    shown, cut, _ = done.stdout.decode().partition(_SHOWN)
    return f"$ {block[1]}{shown.rstrip()}\n" + ("\n[…]\n" if cut else "")


def page() -> str:
    """The whole page."""
    return _BLOCK.sub(_run, PAGE.read_text(encoding="utf-8"))


if __name__ == "__main__":
    if "--check" in sys.argv[1:]:
        sys.exit(PAGE.read_text(encoding="utf-8") != page())
    PAGE.write_text(page(), encoding="utf-8", newline="\n")
