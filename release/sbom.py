"""Writes the bill of materials of what a user installs, requirements/runtime.lock, as CycloneDX JSON to stdout.

    python -m release.sbom

cyclonedx-py makes it: the program with version and licence, and each package with version, package URL and the hashes
of its files. Put in here are who asks for whom, and for which Python a package is, which the lock knows and that tool
does not read. The same lock gives the same bytes: there is no time and no serial number in it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from release.lock import RUNTIME, TOP, canonical, pins

PROJECT = TOP / "pyproject.toml"


def bill(lock: Path = RUNTIME, project: Path = PROJECT) -> dict[str, Any]:
    """The bill of materials of a lock, as CycloneDX 1.6."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "sbom.json"
        command = [sys.executable, "-m", "cyclonedx_py", "requirements", str(lock), "--pyproject", str(project)]
        command += ["--output-reproducible", "--output-format", "JSON", "--spec-version", "1.6", "--validate"]
        done = subprocess.run([*command, "--output-file", str(out)], capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(done.stderr)
        made: dict[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    named = {(canonical(c["name"]), c["version"]): c for c in made["components"]}
    root = made["metadata"]["component"]
    refs = {canonical(root["name"]): [root["bom-ref"]]}
    locked = pins(lock)
    for pin in locked:
        component = named[pin.name, pin.version]
        component["bom-ref"] = component["purl"]
        del component["description"]  # the line of the lock, once more
        if pin.marker:
            component["properties"] = [{"name": "claim-consistency:environment-marker", "value": pin.marker}]
        refs.setdefault(pin.name, []).append(component["purl"])
    asks: dict[str, set[str]] = {ref: set() for of in refs.values() for ref in of}
    for pin in locked:
        for ref in (ref for name in pin.via for ref in refs[name]):
            asks[ref].add(named[pin.name, pin.version]["purl"])
    made["components"].sort(key=lambda c: c["purl"])
    made["dependencies"] = [
        {"ref": ref, **({"dependsOn": sorted(on)} if on else {})} for ref, on in sorted(asks.items())
    ]
    return made


if __name__ == "__main__":
    sys.stdout.write(json.dumps(bill(), indent=2, sort_keys=True) + "\n")
