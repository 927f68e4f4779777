"""The audit finds what is known, says so where nobody can be asked, and never takes silence for a clean bill.

pip-audit runs for real; the server of advisories it asks is one of the tests' own (the OSV protocol,
https://google.github.io/osv.dev/post-v1-query/).
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from release.audit import layers
from release.lock import CI, TOP, pins

LOCK = "".join(
    f"{name} \\\n    --hash=sha256:{'0' * 64}\n    # via nobody\n" for name in ("pelican==1.2.0", "heron==3.4")
)
ADVISORY = {
    "id": "PYSEC-0000-7",
    "summary": "Pelicans carry too much",
    "details": "They do.",
    "aliases": ["CVE-0000-1234"],
    "published": "2025-01-01T00:00:00Z",
    "modified": "2025-01-01T00:00:00Z",
    "affected": [
        {
            "package": {"name": "pelican", "ecosystem": "PyPI"},
            "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "1.2.1"}]}],
            "versions": ["1.2.0"],
        }
    ],
}


class _Advisories(BaseHTTPRequestHandler):
    known: ClassVar[dict[str, dict[str, Any]]] = {}
    status = 200

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        found = self.known.get(asked["package"]["name"])
        body = json.dumps({"vulns": [found]} if found else {}).encode()
        self.send_response(self.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None: ...


@pytest.fixture
def server() -> Iterator[tuple[str, type[_Advisories]]]:
    """A server of advisories, and what it knows."""
    handler = type("Handler", (_Advisories,), {"known": {}})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}/v1/query", handler
        running.shutdown()
        thread.join()


def audit(folder: Path, url: str, lock: str = LOCK) -> subprocess.CompletedProcess[str]:
    pytest.importorskip("pip_audit")
    (folder / "some.lock").write_text(lock)
    command = [sys.executable, "-m", "release.audit", "--lock", str(folder / "some.lock"), "--osv-url", url]
    return subprocess.run(command, capture_output=True, text=True, cwd=TOP, timeout=120)


@pytest.mark.slow
def test_a_known_vulnerability_fails(tmp_path: Path, server: tuple[str, type[_Advisories]]) -> None:
    url, handler = server
    done = audit(tmp_path, url)
    assert (done.returncode, done.stdout) == (0, "no known vulnerability in 2 of 2 packages\n"), done.stderr
    handler.known["pelican"] = ADVISORY
    done = audit(tmp_path, url)
    assert done.returncode == 1, done.stderr
    assert done.stdout.splitlines()[0] == "pelican 1.2.0: PYSEC-0000-7 (CVE-0000-1234); mended in 1.2.1"


@pytest.mark.slow
def test_every_version_of_a_package_is_asked_about(tmp_path: Path, server: tuple[str, type[_Advisories]]) -> None:
    url, handler = server
    handler.known["pelican"] = ADVISORY
    twice = LOCK.replace("pelican==1.2.0", "pelican==1.3 ; python_version >= '3.99'") + LOCK
    done = audit(tmp_path, url, twice)
    assert done.returncode == 1, done.stderr
    assert "pelican 1.3: PYSEC-0000-7" in done.stdout
    assert "pelican 1.2.0: PYSEC-0000-7" in done.stdout


@pytest.mark.slow
def test_where_nobody_can_be_asked_it_says_so_and_passes(tmp_path: Path, server: tuple[str, type[_Advisories]]) -> None:
    url, handler = server
    handler.status = 503
    for away in (url, "http://127.0.0.1:9/v1/query"):
        done = audit(tmp_path, away)
        assert done.returncode == 0, done.stderr
        assert done.stdout == "NOT AUDITED: no advisory service could be asked about the 2 packages of the lock\n"


@pytest.mark.slow
def test_a_lock_that_cannot_be_read_fails(tmp_path: Path) -> None:
    done = audit(tmp_path, "http://127.0.0.1:9/v1/query", "--index-url somewhere\n")
    assert done.returncode != 0
    assert "pins no package" in done.stderr


def test_each_pin_of_the_lock_is_in_one_question() -> None:
    every = [(pin.name, pin.version) for pin in pins(CI)]
    parts = layers(every)
    assert sorted(pin for part in parts for pin in part) == sorted(every)
    assert all(len({name for name, _ in part}) == len(part) for part in parts)
