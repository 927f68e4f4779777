"""What the claims and findings of a ledger rest on, held against what a run rests on."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from consistency.archive.stamp import reading
from consistency.config import Config
from consistency.errors import LedgerError
from consistency.ledger.asking import Ask
from consistency.rulebook import Rulebook

_REFRESH = "`consistency ledger refresh` reads everything anew and keeps all decisions"


def basis(config: Config, rules: Rulebook) -> dict[str, str]:
    """What claims and findings rest on: the rules and code they were read by, and the settings they were joined by."""
    rates = "" if config.rates is None else hashlib.sha256(Path(config.rates).read_bytes()).hexdigest()
    joined = {
        "threshold": config.topics.threshold,
        "block_cap": config.topics.block_cap,
        "time_pairs": config.report.time_pairs,
        "rates": rates,
    }
    return {"reading": reading(rules), "settings": json.dumps(joined, sort_keys=True)}


def unsettled(ask: Ask, config: Config, rules: Rulebook) -> dict[str, str]:
    """What a run rests on, as far as the ledger rests on nothing yet. Raises LedgerError where it rests on other."""
    found: dict[str, str] = dict(ask("SELECT key, value FROM meta", ()))
    out = {}
    for key, value in basis(config, rules).items():
        if key not in found:
            out[key] = value
        elif found[key] != value:
            what = "by other rules or another program" if key == "reading" else f"with other settings ({found[key]})"
            raise LedgerError(f"the ledger's claims were read {what} than this run's; {_REFRESH}")
    return out
