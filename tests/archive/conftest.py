"""Makes `benchmarks.invented` importable: the archives of these tests are made of invented news; rules they share."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from consistency.config import Config
from consistency.rulebook import builtin_rules

sys.path.insert(0, str(Path(__file__).parent.parent.parent))
sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture(scope="module")
def low(tmp_path_factory: pytest.TempPathFactory) -> Config:
    """Rules under which what is common, printed everywhere or a form begins at a few."""
    folder = tmp_path_factory.mktemp("rules")
    (folder / "topics").mkdir()
    text = (builtin_rules() / "topics/copies.yaml").read_text(encoding="utf-8")
    for name, was, now in (("hot_shingle", 200, 6), ("all_pairs", 30, 3), ("form", 4, 3)):
        assert f"{name}: {was}" in text
        text = text.replace(f"{name}: {was}", f"{name}: {now}")
    (folder / "topics/copies.yaml").write_text(text, encoding="utf-8")
    return Config(cache=False, rules=(str(folder),))
