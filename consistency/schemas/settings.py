"""The schema of the settings: `consistency.toml`, and the table `tool.consistency` of a `pyproject.toml`."""

from __future__ import annotations

from consistency.config import Config
from consistency.schemas.build import Schema, definitions, document, without_null


def config() -> Schema:
    """Keys nobody knows are refused, as `load_config` refuses them; TOML has no null."""
    defs = definitions(Config, drop=("origin",))
    for shape in defs.values():
        shape["additionalProperties"] = False
    defs = without_null(defs)
    root = defs.pop("Config")
    del root["title"]
    return document("config", "Settings of consistency", root, defs)
