"""Runs a command of the program in a process of its own in which nothing may be started, reached or peeped at.

An audit hook (PEP 578) ends the process with status 97 at a connection, a look-up of a host, a program that is started,
a file written outside the working folder, or any touch of a file named `secret`.
"""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
CAUGHT = 97
CACHE = tempfile.mkdtemp(prefix="consistency-hostile-")  # of tables, shared by all runs: filling it takes seconds
atexit.register(shutil.rmtree, CACHE, ignore_errors=True)
HOOK = """
import os, sys
inside = tuple(os.path.realpath(p) + os.sep for p in os.environ["ALLOWED"].split(os.pathsep))
import ctypes, ctypes.util, multiprocessing.queues, platform, uuid  # what looks at the system when it is loaded
platform.processor()
STARTS = ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "subprocess.Popen",
          "os.system", "os.exec", "os.posix_spawn", "os.spawn", "os.fork", "os.forkpty", "pty.spawn", "webbrowser.open",
          "urllib.Request", "ftplib.connect", "smtplib.connect", "os.startfile")
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND

def caught(what):
    os.write(2, f"CAUGHT {what}\\n".encode("utf-8", "replace"))
    os._exit(97)

def hook(event, args):
    if event in STARTS:
        caught(f"{event} {args!r:.200}")
    if event in ("open", "os.listdir", "os.scandir", "os.rename", "os.remove", "os.link", "os.symlink"):
        for name in args[:2]:
            if isinstance(name, (str, bytes)) and os.path.basename(os.fsdecode(name)) == "secret":
                caught(f"{event} {name!r}")
    if event == "open" and isinstance(args[0], (str, bytes)) and isinstance(args[2], int) and args[2] & WRITES:
        path = os.path.realpath(os.fsdecode(args[0]))
        if not (path + os.sep).startswith((*inside, "/dev/", "/proc/")):
            caught(f"write {path}")

sys.addaudithook(hook)
from consistency.start import main
sys.argv[0] = "consistency"
main(sys.argv[1:])
"""


class Done(NamedTuple):
    """How a command ended."""

    status: int
    out: str
    err: str


def run(folder: Path, *args: str | Path, stdin: bytes = b"") -> Done:
    """Runs `consistency args` in `folder` under guard. Fails the test if anything was caught, or if it broke down."""
    env = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONPATH": str(ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "ALLOWED": f"{folder}{os.pathsep}{CACHE}",
        "XDG_CACHE_HOME": CACHE,
        "TMPDIR": str(folder),
        "HOME": str(folder),
        "LANG": "C.UTF-8",
    }
    command = [sys.executable, "-c", HOOK, *map(str, args)]
    done = subprocess.run(command, cwd=folder, env=env, input=stdin, capture_output=True, timeout=300, check=False)
    err = done.stderr.decode("utf-8", "replace")
    assert done.returncode != CAUGHT, err
    assert done.returncode in (0, 1, 2), (done.returncode, err)
    assert "Traceback" not in err, err
    return Done(done.returncode, done.stdout.decode("utf-8"), err)
