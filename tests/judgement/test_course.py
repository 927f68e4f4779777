"""The course of a value over time."""

from __future__ import annotations

from typing import Any

from consistency.judgement import judge
from consistency.judgement.oracle import case_of
from consistency.model import Course


def course(sources: dict[str, Any], claims: list[dict[str, Any]], **more: Any) -> Course:
    judged = judge(*case_of({"sources": sources, "claims": claims, **more}))
    assert len(judged.courses) == 1
    return judged.courses[0]


def toll(name: str, source: str, value: object) -> dict[str, Any]:
    return {"id": name, "source": source, "value": value, "noun": "person", "relation": "kill"}


DAYS = {n: {"published": f"2024-05-0{k}"} for k, n in enumerate("abcde", 1)}


def test_a_rising_toll_keeps_all() -> None:
    found = course(DAYS, [toll("a1", "a", 4), toll("b1", "b", 9), toll("c1", "c", "more than 8"), toll("d1", "d", 12)])
    assert found.outliers == ()
    assert [p.claims for p in found.points] == [("a1",), ("b1",), ("c1",), ("d1",)]


def test_the_one_that_falls_is_the_outlier() -> None:
    found = course(
        DAYS, [toll("a1", "a", 4), toll("b1", "b", 9), toll("c1", "c", 9), toll("d1", "d", 7), toll("e1", "e", 12)]
    )
    assert found.outliers == ("d1",)


def test_copies_count_once() -> None:
    """Three prints of one passage weigh no more than one, so two independent voices win."""
    sources = {n: {"published": "2024-05-01"} for n in "abcde"}
    claims = [toll("a1", "a", 4), toll("b1", "b", 4), toll("c1", "c", 4), toll("d1", "d", 6), toll("e1", "e", 6)]
    origins = {"of": {"a1": "a1", "b1": "a1", "c1": "a1", "d1": "d1", "e1": "e1"}}
    assert sorted(course(sources, claims, origins=origins).outliers) == ["a1", "b1", "c1"]


def test_one_time_is_the_common_stretch() -> None:
    claims = [
        {
            "id": "a1",
            "source": "a",
            "kind": "money",
            "unit": "USD",
            "value": "more than 450e9",
            "noun": "trade",
            "period": 2021,
        },
        {
            "id": "b1",
            "source": "b",
            "kind": "money",
            "unit": "USD",
            "value": "451.6e9",
            "noun": "trade",
            "period": 2021,
        },
        {
            "id": "c1",
            "source": "c",
            "kind": "money",
            "unit": "USD",
            "value": "518.4e9",
            "noun": "trade",
            "period": 2024,
        },
    ]
    found = course(DAYS, claims)
    assert [(p.from_, p.low, p.high) for p in found.points] == [
        ("2021-01-01", 451550000000, 451650000000),
        ("2024-01-01", 518350000000, 518450000000),
    ]


def test_a_forecast_is_no_part_of_the_course() -> None:
    claims = [toll("a1", "a", 4), toll("b1", "b", 9), {**toll("c1", "c", 40), "modality": "forecast"}]
    assert [p.claims for p in course(DAYS, claims).points] == [("a1",), ("b1",)]
