"""The flow: one source that fails costs the others nothing, and the order of the sources changes nothing."""

import msgspec
import pytest

from consistency import pipeline
from consistency.archive import reading
from consistency.sources import read_records

TEXTS = [
    {"id": "b", "text": "The Harbour Treaty has 31 members.", "published": "2024-05-20"},
    {"id": "a", "text": "According to its secretariat, the Harbour Treaty has 36 members.", "published": "2024-05-20"},
    {"id": "c", "text": "Ana Lind, 44, is mayor of Arvika.", "published": "2024-05-20"},
]


def test_a_source_that_fails_is_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    sources, _ = read_records(TEXTS)
    real = reading.extract

    def failing(source):  # type: ignore[no-untyped-def]
        if source.id == "c":
            raise IndexError("out of reach")
        return real(source)

    monkeypatch.setattr(reading, "extract", failing)
    report = pipeline.check(sources)
    assert [s.source for s in report.coverage.skipped] == ["c"]
    assert "IndexError: out of reach" in report.coverage.skipped[0].reason
    assert [f.outcome for f in report.findings] == ["contradiction"]
    assert {s.id for s in report.sources} == {"a", "b"}


def test_the_order_of_sources_changes_nothing() -> None:
    sources, _ = read_records(TEXTS)
    first = pipeline.check(sources)
    assert msgspec.json.encode(first) == msgspec.json.encode(pipeline.check(sources[::-1]))
