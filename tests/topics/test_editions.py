"""Two editions of one text, and a copy with an error."""

from __future__ import annotations

import consistency
from consistency.model import Report

BULLETIN = (
    "The health ministry of Sella said on {day} that {dead} patients have died of the fever and that {new} new cases "
    "were found in {where} of its provinces, most of them in the two harbour towns of the north."
)
FIRST = {"day": "Monday", "dead": "62", "new": "1,284", "where": "nine"}


def reports(published: str, **changes: str) -> Report:
    other = BULLETIN.format(**{**FIRST, **changes})
    return consistency.check(
        [
            {"id": "a", "publisher": "Herald", "published": "2020-03-03", "text": BULLETIN.format(**FIRST)},
            {"id": "b", "publisher": "Echo", "published": published, "text": other},
        ]
    )


def outcomes(report: Report) -> set[str]:
    return {f.outcome for f in report.findings}


def test_a_bulletin_filled_in_for_another_day_contradicts_nothing() -> None:
    report = reports("2020-03-10", dead="71", new="1,541", where="ten")
    assert not outcomes(report) & {"contradiction", "possible-contradiction"}
    assert "time-explained" in outcomes(report)  # the dead became more


def test_a_copy_with_one_other_number_is_one_with_an_error() -> None:
    report = reports("2020-03-03", new="1,824")
    (found,) = (f for f in report.findings if f.outcome == "contradiction")
    assert "1,284" in found.message
    assert "1,824" in found.message


def test_one_day_told_twice_with_other_numbers_is_compared() -> None:
    report = reports("2020-03-03", dead="71", new="1,541", where="ten")
    assert outcomes(report) & {"contradiction", "possible-contradiction"}


def test_the_same_numbers_in_other_words_change_nothing() -> None:
    report = reports("2020-03-03", dead="sixty-two", where="9")
    assert outcomes(report) == {"agreement"}
