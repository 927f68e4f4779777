"""`consistency review`: it starts, it tells why it does not, and it ends when it is told to."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from consistency.ledger import accounts


def run(*args: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "consistency", "review", *args]
    root = str(Path(__file__).resolve().parents[2])
    return subprocess.run(
        command, capture_output=True, text=True, cwd=folder, timeout=60, env=os.environ | {"PYTHONPATH": root}
    )


def test_it_serves_and_ctrl_c_ends_it(engine: Any, tmp_path: Path) -> None:
    root = str(Path(__file__).resolve().parents[2])
    command = [sys.executable, "-m", "consistency", "review", "--port", "0", "--as", "Mara Oste"]
    with subprocess.Popen(
        command, stderr=subprocess.PIPE, text=True, cwd=tmp_path, env=os.environ | {"PYTHONPATH": root}
    ) as process:
        assert process.stderr is not None
        told = process.stderr.readline()
        found = re.search(r"http://127\.0\.0\.1:\d+/", told)
        assert found, told
        assert "Mara Oste" in httpx.get(found[0], timeout=60).text
        process.send_signal(signal.SIGINT)
        assert process.wait(30) in (0, 130)
        assert "Traceback" not in process.stderr.read()


def test_a_port_that_is_taken_is_told(engine: Any, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run("--port", str(port), folder=tmp_path)
    assert done.returncode == 2
    assert f"port {port} is taken" in done.stderr


def test_elsewhere_it_needs_accounts(engine: Any, tmp_path: Path) -> None:
    done = run("--host", "0.0.0.0", "--port", "0", folder=tmp_path)
    assert done.returncode == 2
    assert "there is no account to sign in by" in done.stderr
    accounts.add(engine, "Shut", "editor", "correct horse battery")
    accounts.disable(engine, "Shut")
    assert run("--host", "0.0.0.0", "--port", "0", folder=tmp_path).returncode == 2


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (("--host", "0.0.0.0", "--as", "x"), "--as is for a desk on this machine alone"),
        (("--as", " "), "--as needs a name"),
        (("--port", "99999"), "0<=x<=65535"),
        (("--ledger", "none.db"), "there is no such ledger"),
        (("--ledger", "postgresql+psycopg://desk@127.0.0.1:1/none"), "cannot be used"),
    ],
)
def test_what_cannot_be_is_told(engine: Any, tmp_path: Path, args: tuple[str, ...], told: str) -> None:
    done = run(*args, folder=tmp_path)
    assert done.returncode == 2
    assert told in done.stderr
    assert "fault of the program" not in done.stderr


def test_without_its_extra_it_says_what_to_install(engine: Any, tmp_path: Path) -> None:
    (tmp_path / "starlette.py").write_text("raise ImportError('no starlette here')", encoding="utf-8")
    root = str(Path(__file__).resolve().parents[2])
    done = subprocess.run(
        [sys.executable, "-m", "consistency", "review"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        timeout=60,
        env=os.environ | {"PYTHONPATH": os.pathsep.join((str(tmp_path), root))},
    )
    assert done.returncode == 2
    assert "claim-consistency[review]" in done.stderr
