"""What is released does not depend on where, when and by whom it is built."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))

from release.lock import RUNTIME, TOP, pins
from release.sbom import bill

AWAY = shutil.ignore_patterns(
    *(".git", ".venv", "__pycache__", "*.pyc", ".*_cache", ".hypothesis", "build", "dist", "reports", "tmp")
)


def build(folder: Path, into: Path, umask: int, **environment: str) -> dict[str, bytes]:
    """The files that hatchling builds, by name."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-t", "wheel", "-d", str(into)]
    env = {k: v for k, v in os.environ.items() if k != "SOURCE_DATE_EPOCH"} | environment
    subprocess.run(command, cwd=folder, check=True, capture_output=True, env=env, umask=umask)
    return {path.name: path.read_bytes() for path in into.iterdir()}


def copied(to: Path, mode: int, when: int) -> Path:
    """The project in another folder; of all files the time and what others may do with them differ."""
    shutil.copytree(TOP, to, ignore=AWAY)
    for path in sorted(to.rglob("*")):
        path.chmod(mode | (0o100 if path.is_dir() or path.stat().st_mode & 0o100 else 0))
        os.utime(path, (when, when))
    return to


@pytest.mark.slow
@pytest.mark.parametrize("stamp", [None, "1700000000"])
def test_the_same_sources_give_the_same_bytes(tmp_path: Path, stamp: str | None) -> None:
    said = {} if stamp is None else {"SOURCE_DATE_EPOCH": stamp}
    one = build(copied(tmp_path / "one", 0o644, 1_500_000_000), tmp_path / "out1", 0o022, TZ="UTC", **said)
    other = copied(tmp_path / "deep" / "down" / "two", 0o600, 1_750_000_000)
    two = build(other, tmp_path / "out2", 0o077, TZ="Asia/Tokyo", LC_ALL="C", PYTHONHASHSEED="7", **said)
    assert len(one) == 2
    assert one == two
    with tarfile.open(next((tmp_path / "out1").glob("*.tar.gz"))) as sdist:
        sdist.extractall(tmp_path / "unpacked", filter="data")
        times = {int(member.mtime) for member in sdist}
        names = {member.name.partition("/")[2] for member in sdist}
    assert len(times) == 1
    assert stamp is None or times == {int(stamp)}
    assert {"requirements/ci.lock", "release/build.sh", "Makefile", "consistency/pipeline.py"} <= names
    (unpacked,) = (tmp_path / "unpacked").iterdir()
    assert build(unpacked, tmp_path / "out3", 0o022, **said) == one  # what the sdist gives is what it was made of
    with zipfile.ZipFile(next((tmp_path / "out1").glob("*.whl"))) as wheel:
        inside = {info.filename.partition("/")[0] for info in wheel.infolist()}
    assert {name for name in inside if not name.endswith(".dist-info")} == {"consistency"}


@pytest.mark.slow
def test_the_bill_of_materials_is_the_lock_and_the_same_twice() -> None:
    pytest.importorskip("cyclonedx_py")
    made = bill()
    assert json.dumps(bill()) == json.dumps(made)
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    assert "serialNumber" not in made
    assert "timestamp" not in made["metadata"]
    root = made["metadata"]["component"]
    assert (root["name"], root["licenses"][0]["license"]["id"]) == ("claim-consistency", "Apache-2.0")
    locked = pins(RUNTIME)
    assert sorted((c["name"], c["version"]) for c in made["components"]) == sorted((p.name, p.version) for p in locked)
    for pin in locked:
        (component,) = (c for c in made["components"] if (c["name"], c["version"]) == (pin.name, pin.version))
        (file,) = component["externalReferences"]
        assert {h["content"] for h in file["hashes"]} == {*pin.hashes}
    refs = {c["bom-ref"] for c in made["components"]}
    asks = {d["ref"]: {*d.get("dependsOn", ())} for d in made["dependencies"]}
    assert asks.keys() == refs | {root["bom-ref"]}
    reached, waiting = set[str](), [root["bom-ref"]]
    while waiting:
        ref = waiting.pop()
        waiting += asks[ref] - reached
        reached |= asks[ref]
    assert reached == refs, "whoever is in it, somebody asks for"
