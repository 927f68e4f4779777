"""The locks hold what pyproject.toml asks for, each file by its hash, and nothing else; they name no registry."""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

sys.path.insert(0, str(Path(__file__).parents[2]))

from release.lock import CI, RUNTIME, TOP, Pin, canonical, pins

PROJECT = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))["project"]
NAME = canonical(PROJECT["name"])
PYTHONS = ("3.11.0", "3.11.15", "3.12.0", "3.13.0")
EXTRAS = {CI: ("dev",), RUNTIME: ("arrow", "postgresql", "review")}


def asked(extras: tuple[str, ...]) -> Iterator[Requirement]:
    """What pyproject.toml asks for with some extras, those that they ask for in turn included."""
    waiting = [*PROJECT["dependencies"], *(r for e in extras for r in PROJECT["optional-dependencies"][e])]
    while waiting:
        found = Requirement(waiting.pop())
        if canonical(found.name) == NAME:
            waiting += [r for extra in found.extras for r in PROJECT["optional-dependencies"][extra]]
        else:
            yield found


def here(pin: Pin, python: str) -> bool:
    """Whether a pin is the one for a Python, on Linux."""
    if not pin.marker:
        return True
    marker = Requirement(f"x ; {pin.marker}").marker
    assert marker is not None
    told = {"python_version": python.rpartition(".")[0], "python_full_version": python, "os_name": "posix"}
    return marker.evaluate({**told, "sys_platform": "linux", "implementation_name": "cpython"})


@pytest.mark.parametrize("lock", EXTRAS, ids=lambda p: p.name)
@pytest.mark.parametrize("python", PYTHONS)
def test_each_dependency_has_a_version_that_pyproject_allows(lock: Path, python: str) -> None:
    found: dict[str, list[Pin]] = {}
    for pin in pins(lock):
        if here(pin, python):
            found.setdefault(pin.name, []).append(pin)
    for requirement in asked(EXTRAS[lock]):
        name = canonical(requirement.name)
        assert name in found, f"{name} is not in {lock.name}: make lock"
        (pin,) = found[name]
        assert requirement.specifier.contains(Version(pin.version)), f"{pin.name} {pin.version}: make lock"
    assert all(len(of) == 1 for of in found.values()), "one version of a package for one Python"


@pytest.mark.parametrize("lock", EXTRAS, ids=lambda p: p.name)
def test_nothing_is_locked_that_nobody_asks_for(lock: Path) -> None:
    known = {pin.name for pin in pins(lock)}
    direct = {canonical(r.name) for r in asked(EXTRAS[lock])}
    for pin in pins(lock):
        assert pin.via, pin
        assert NAME not in pin.via or pin.name in direct, f"{pin.name} is no dependency any more: make lock"
        assert {*pin.via} <= known | {NAME}, pin


@pytest.mark.parametrize("lock", EXTRAS, ids=lambda p: p.name)
def test_each_file_goes_by_its_hash_and_no_registry_is_named(lock: Path) -> None:
    every = pins(lock)
    assert len(every) > 40
    assert all(pin.hashes for pin in every)
    text = lock.read_text(encoding="utf-8")
    assert not re.search(r"://|--(?!hash=)|\bfile:|@", text)


def test_the_lock_of_users_is_part_of_that_of_ci() -> None:
    every = {(p.name, p.version): p for p in pins(CI)}
    for pin in pins(RUNTIME):
        assert pin.hashes == every[pin.name, pin.version].hashes


@pytest.mark.parametrize(
    "line",
    ["--index-url x", "click", "click>=8", "-e .", "click==8.1 --hash=md5:00", "click @ file:///tmp/click.whl"],
)
def test_a_line_that_pins_nothing_is_an_error(line: str, tmp_path: Path) -> None:
    (tmp_path / "odd.lock").write_text(f"{line}\n")
    with pytest.raises(ValueError, match=r"odd\.lock: .* pins no package"):
        pins(tmp_path / "odd.lock")
