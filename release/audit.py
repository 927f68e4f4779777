"""Asks for known vulnerabilities of what is locked, with pip-audit.

    python -m release.audit [--lock FILE …] [--osv-url URL]

Asked is the advisory database of PyPI, and for what that does not know, or where it cannot be reached, OSV; --osv-url:
only a server of the OSV protocol. Exit 0 where nothing is known, and where nobody could be asked (which is said); 1
where something is known; 2 where the audit itself failed.

A lock holds some packages in several versions, each for another Python: all are asked about, whatever runs this.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from release.lock import CI, canonical, pins

Pins = list[tuple[str, str]]
AWAY = re.compile(
    r"\b(ConnectionError|ConnectTimeout|ReadTimeout|Timeout|NameResolutionError|ProxyError|SSLError|ServiceError"
    r"|Max retries exceeded|Could not connect|Connection refused|50[0-9] Server Error)\b"
)
"""What pip-audit writes where a service cannot be reached or does not answer."""
SECONDS = 10


def layers(of: Pins) -> list[Pins]:
    """The pins so that no list has a package twice: pip-audit takes it once a run."""
    out: dict[int, Pins] = defaultdict(list)
    seen: dict[str, int] = defaultdict(int)
    for name, version in of:
        out[seen[name]].append((name, version))
        seen[name] += 1
    return [out[n] for n in sorted(out)]


def asked(of: Pins, service: list[str]) -> list[dict[str, Any]] | None:
    """What a service says of each pin, as pip-audit writes it; None where it cannot be reached. Exits on failure."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "requirements.txt"
        file.write_text("".join(f"{name}=={version}\n" for name, version in of), encoding="utf-8")
        command = [sys.executable, "-m", "pip_audit", "--requirement", str(file), "--no-deps", "--disable-pip"]
        command += ["--format", "json", "--progress-spinner", "off", "--timeout", str(SECONDS), *service]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        found: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError, TypeError):
        if AWAY.search(done.stderr):
            return None
        print(done.stderr or done.stdout, file=sys.stderr)
        raise SystemExit(2) from None
    return found


def audit(lock: Pins, services: list[list[str]]) -> int:
    """Asks one service after another about what those before did not know, prints what is known, and gives the exit
    status."""
    left, bad = dict.fromkeys(lock), 0
    for service in services:
        if not _answers(next(iter(left)), service):
            continue
        for layer in layers([*left]):
            for entry in asked(layer, service) or ():
                if "skip_reason" in entry:
                    continue
                pin = next(p for p in layer if p[0] == canonical(entry["name"]))
                left.pop(pin)
                for found in entry["vulns"]:
                    bad += 1
                    mended = ", ".join(found["fix_versions"]) or "no version yet"
                    also = ", ".join(found.get("aliases", ()))
                    print(f"{pin[0]} {pin[1]}: {found['id']}{f' ({also})' if also else ''}; mended in {mended}")
        if not left:
            break
    told = len(lock) - len(left)
    if not told:
        print(f"NOT AUDITED: no advisory service could be asked about the {len(lock)} packages of the lock")
    elif left:
        print(f"not audited: {', '.join(f'{name} {version}' for name, version in left)}")
    if bad:
        print(f"{bad} known vulnerabilities; raise what they are in (`make lock UPGRADE=--upgrade`)")
        return 1
    if told:
        print(f"no known vulnerability in {told} of {len(lock)} packages")
    return 0


def _answers(pin: tuple[str, str], service: list[str]) -> bool:
    """Whether a service is there and knows a package: a mirror of PyPI may hold files and no advisories, and then needs
    not be asked about all the others."""
    found = asked([pin], service)
    return bool(found) and "skip_reason" not in found[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--lock", type=Path, action="append")
    parser.add_argument("--osv-url")
    given = parser.parse_args()
    osv = ["--vulnerability-service", "osv"]
    services = [[*osv, "--osv-url", given.osv_url]] if given.osv_url else [["--vulnerability-service", "pypi"], osv]
    every = [(pin.name, pin.version) for path in given.lock or [CI] for pin in pins(path)]
    raise SystemExit(audit(list(dict.fromkeys(every)), services))


if __name__ == "__main__":
    main()
