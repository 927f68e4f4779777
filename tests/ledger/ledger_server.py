"""A PostgreSQL server of the tests' own, from Debian's packages: started once, on a socket in a folder that goes again.

Nothing listens on a port. PostgreSQL refuses to run as root; root runs it as `postgres` (or `nobody`).
"""

from __future__ import annotations

import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg

INSTALLED = "/usr/lib/postgresql"
_PATIENCE = 60.0  # seconds for the server to come up


class NoServer(Exception):  # noqa: N818  # it is told as a reason, not as an error
    """No PostgreSQL server can be had here, and why."""


class Server:
    """A running server. `create` makes databases, `stop` ends it and removes its folder."""

    def __init__(self) -> None:
        binaries = _binaries()
        # A socket's path may have 107 bytes, and the server's user must reach it: not below the folder of pytest.
        self.folder = Path(tempfile.mkdtemp(prefix="ledger-pg-", dir="/tmp"))
        self._made = 0
        user = _user()
        if user is not None:
            os.chown(self.folder, user.pw_uid, user.pw_gid)
        login: dict[str, Any] = (
            {} if user is None else {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": [], "cwd": self.folder}
        )
        data, log = self.folder / "data", self.folder / "log"
        try:
            made = subprocess.run(
                [binaries / "initdb", "-D", data, "-U", "ledger", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"],
                capture_output=True,
                text=True,
                **login,
            )
            if made.returncode:
                raise NoServer(f"initdb failed: {made.stderr.strip()[-500:]}")
            options = ["-c", "listen_addresses=", "-c", "max_connections=120", "-c", "shared_buffers=32MB"]
            with log.open("wb") as out:
                self._process = subprocess.Popen(
                    [binaries / "postgres", "-D", data, "-k", self.folder, *options],
                    stdout=out,
                    stderr=out,
                    stdin=subprocess.DEVNULL,
                    start_new_session=True,  # an interrupt at the keyboard is ours, not the server's
                    **login,
                )
            self._guard = _guarded(self._process.pid, self.folder)
            self._wait(log)
        except BaseException:
            self.stop()
            raise

    def url(self, database: str) -> str:
        """The URL of a ledger in one of its databases."""
        return f"postgresql+psycopg://ledger@/{database}?host={self.folder}"

    def create(self, template: str = "template1") -> str:
        """A new database, a copy of `template`; its name."""
        self._made += 1
        name = f"ledger_{self._made}"
        with self._admin() as base:
            base.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, database: str) -> None:
        """Removes a database, whoever is still in it."""
        with self._admin() as base:
            base.execute(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")

    def stop(self) -> None:
        """Ends the server at once and removes its folder."""
        guard = getattr(self, "_guard", None)
        if guard is not None:
            guard.kill()
            guard.communicate()
        process = getattr(self, "_process", None)
        if process is not None:
            process.send_signal(signal.SIGINT)  # fast shutdown: https://www.postgresql.org/docs/current/server-shutdown
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _admin(self) -> psycopg.Connection[Any]:
        return psycopg.connect(host=str(self.folder), user="ledger", dbname="postgres", autocommit=True)

    def _wait(self, log: Path) -> None:
        until = time.monotonic() + _PATIENCE
        while True:
            try:
                self._admin().close()
                return
            except psycopg.OperationalError as error:
                if self._process.poll() is not None or time.monotonic() > until:
                    said = log.read_text("utf-8", "replace").strip()[-500:]
                    raise NoServer(f"the server did not start: {said}") from error
            time.sleep(0.05)


def _guarded(server: int, folder: Path) -> subprocess.Popen[bytes]:
    """Who ends the server and removes its folder where the tests are killed: a pipe that ends with them tells it."""
    script = 'read -r _; kill -INT "$1"; while kill -0 "$1" 2>/dev/null; do sleep 0.1; done; rm -rf "$2"'
    return subprocess.Popen(
        ["sh", "-c", script, "guard", str(server), str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _binaries() -> Path:
    """The programs of the newest PostgreSQL that Debian's packages installed."""
    found = [p for p in Path(INSTALLED).glob("*/bin") if (p / "initdb").is_file() and (p / "postgres").is_file()]
    if not found:
        raise NoServer(f"no PostgreSQL below {INSTALLED} (Debian: apt-get install postgresql)")
    return max(found, key=lambda p: [int(n) for n in re.findall(r"\d+", p.parent.name)])


def _user() -> pwd.struct_passwd | None:
    """Who runs the server where the tests run as root."""
    if os.getuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise NoServer("root cannot run PostgreSQL, and there is no user postgres or nobody")
