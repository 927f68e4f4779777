"""Sources written for these tests: papers on what invented states export, and runs over them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from consistency import check
from consistency.config import Config, Severity
from consistency.gate import Gate
from consistency.gate.baseline import to_text
from consistency.gate.rewriting import accepted
from consistency.model import Finding, Report

TODAY = "2024-06-01"


def paper(
    name: str, billions: float, state: str = "Norland", day: str = "2024-02-01", more: str = ""
) -> dict[str, Any]:
    """A source of the publisher `name` that gives a state's exports of 2023."""
    text = f"Exports of {state} were {billions} billion US dollars in 2023. {more}".strip()
    return {"id": f"{name}-{state}-{day}", "text": text, "publisher": f"The {name}", "published": day}


ALPHA, BETA = paper("Alpha", 29), paper("Beta", 34)
GAMMA = paper("Gamma", 34, day="2024-03-01")  # says what Beta says
DELTA = paper("Delta", 29, day="2024-03-02")  # says what Alpha says
LATER = "Exports of Norland were {} billion US dollars in {}."


def config(
    baseline: Path | None = None, rules: dict[str, Any] | None = None, topics: dict[str, Any] | None = None, **keys: Any
) -> Config:
    """Settings with a baseline and severities."""
    severity = Severity(rules=rules or {}, topics=topics or {})
    return Config(baseline=None if baseline is None else str(baseline), severity=severity, **keys)


def failing(report: Report, settings: Config = Config()) -> list[Finding]:  # noqa: B008 - a frozen record
    """What an applied report fails on; the files of the settings play no part in it any more."""
    bare = msgspec.structs.replace(settings, baseline=None, suppressions=None)
    return list(Gate(bare, TODAY).failing(report))


def accept(path: Path, *sources: dict[str, Any], **keys: Any) -> Path:
    """Writes a baseline that accepts what fails among `sources`. keys: reason, author, expires, …"""
    report = check(sources, today=TODAY)
    path.write_text(to_text(accepted(failing(report), report, TODAY, **keys)))
    return path


def outcomes(report: Report) -> list[str]:
    """The outcomes of the findings."""
    return [f.outcome for f in report.findings]
