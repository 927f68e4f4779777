"""Dates of metadata, file names and addresses."""

import pytest

from consistency.sources.dates import filename_date, metadata_date, url_date


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2023-01-26", "2023-01-26"),
        ("2023-01-26T23:30:00-05:00", "2023-01-26"),  # the publisher's own day, not UTC's
        ("Wed, 01 May 2024 23:30:00 -0500", "2024-05-01"),
        ("D:20230126120000+08'00'", "2023-01-26"),
        ("20230126", "2023-01-26"),
        (20230126, "2023-01-26"),
        ("26 January 2023", "2023-01-26"),
        ("Thursday, January 26th, 2023", "2023-01-26"),
        ("26.1.2023", "2023-01-26"),
        ("1/26/2023", "2023-01-26"),
        ("2099-12-31", "2099-12-31"),
        ("1/6/2023", None),
        ("2023-02-30", None),
        ("January 2023", None),
        ("2023", None),
        ("yesterday", None),
        ("", None),
        (None, None),
        (True, None),
        (1674691200, None),
    ],
)
def test_metadata(value: object, day: str | None) -> None:
    assert metadata_date(value) == day


@pytest.mark.parametrize(
    ("stem", "day"),
    [
        ("report-2023-01-26", "2023-01-26"),
        ("2023_01_26 harbour", "2023-01-26"),
        ("harbour.20230126", "2023-01-26"),
        ("a20230126b", None),
        ("2023-01-26_to_2023-02-26", None),
        ("2023-13-26", None),
        ("harbour", None),
    ],
)
def test_file_name(stem: str, day: str | None) -> None:
    assert filename_date(stem) == day


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://example.org/2016/06/03/harbour", "2016-06-03"),
        ("https://example.org/news/2016-06-03-harbour", "2016-06-03"),
        ("https://example.org/p?d=/2016/06/03/", None),
        ("https://example.org/2016/harbour", None),
        (None, None),
    ],
)
def test_address(url: str | None, day: str | None) -> None:
    assert url_date(url) == day
