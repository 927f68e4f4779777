"""The package as other programs use it: typed, as tables, in a notebook."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

import consistency
from consistency import Report, check


def told(name: str, published: str, publisher: str, amount: int) -> dict[str, str]:
    text = f"Exports of Norland were {amount} billion US dollars in 2023."
    return {"id": name, "published": published, "publisher": publisher, "text": text}


TEXTS = [told("a", "2024-02-01", "Gazette", 29), told("b", "2024-02-08", "Courier", 34)]


@pytest.fixture(scope="module")
def report() -> Report:
    return check(TEXTS)


# -------------------------------------------------------------------------------------------------------- types
USER = """
from consistency import Claim, Config, ConsistencyError, Finding, Report, Source, arrow, check, extract

report: Report = check(["articles", {"text": "Nineteen countries joined."}], Config(min_confidence=0.5))
finding: Finding = report.findings[0]
outcome: str = finding.outcome
claims: list[Claim] = extract(Source(text="Norland has 12 harbours.", id="a"))
html: str | None = report._repr_html_()
try:
    tables = arrow(report)
    tables["claims"]
except ConsistencyError as error:
    place: str | None = error.source
reveal_type(check)
reveal_type(ConsistencyError)
"""


@pytest.mark.slow
def test_a_user_gets_types(tmp_path: Path) -> None:
    path = tmp_path / "user.py"
    path.write_text(USER)
    command = [sys.executable, "-m", "mypy", "--strict", "--no-incremental", "--cache-dir", str(tmp_path), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 0, done.stdout
    assert "-> consistency.model.Report" in done.stdout
    assert 'Revealed type is "def (message: ' in done.stdout
    path.write_text(USER.replace("outcome: str", "outcome: int"))
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 1
    assert "Incompatible types in assignment" in done.stdout


def test_all_that_is_named_is_there() -> None:
    for name in set(consistency.__all__) - {"__version__"}:
        assert getattr(consistency, name).__name__ == name
    with pytest.raises(AttributeError, match="nonsense"):
        consistency.nonsense  # noqa: B018


# ------------------------------------------------------------------------------------------------------- tables
def test_tables_hold_what_the_report_holds(report: Report) -> None:
    import pyarrow as pa

    tables = consistency.arrow(report)
    assert tables.keys() == {"claims", "findings"}
    claims, findings = tables["claims"], tables["findings"]
    assert claims.column("id").to_pylist() == [c.id for c in report.claims]
    assert findings.column("id").to_pylist() == [f.id for f in report.findings]
    money = next(row for row in claims.to_pylist() if row["kind"] == "money" and row["source"] == "a")
    assert (money["low"], money["high"], money["unit"]) == (28.5e9, 29.5e9, "USD")
    assert money["period_from"].isoformat() == "2023-01-01"
    assert money["published"].isoformat() == "2024-02-01"
    assert money["publisher"] == "Gazette"
    assert money["topic_title"] == report.topics[0].title
    finding = findings.to_pylist()[0]
    assert finding["outcome"] == "contradiction"
    assert finding["sources"] == ["a", "b"]
    assert {pair["fact"]: pair["value"] for pair in finding["facts"]} == report.findings[0].facts
    assert finding["sides"] == [list(side) for side in report.findings[0].sides]
    assert finding["because"] == report.rules[report.findings[0].rule]
    assert finding["accepted"] is False
    for table in tables.values():
        table.validate(full=True)
        assert isinstance(table, pa.Table)


def test_tables_have_the_same_columns_when_empty(report: Report) -> None:
    empty = consistency.arrow(Report())
    for name, table in consistency.arrow(report).items():
        assert empty[name].num_rows == 0
        assert empty[name].schema == table.schema


def test_every_told_column_is_there_and_no_other(report: Report) -> None:
    from consistency.reporting import arrow

    told = (arrow.__doc__ or "").split("\n\n")
    for name, table in consistency.arrow(report).items():
        about = next(part for part in told if part.startswith(f"{name}, a row each:"))
        for column in table.schema.names:
            assert column in about, column


def test_tables_go_to_other_programs(report: Report, tmp_path: Path) -> None:
    from pyarrow import parquet

    for name, table in consistency.arrow(report).items():
        frame = table.to_pandas()
        assert list(frame["id"]) == table.column("id").to_pylist()
        parquet.write_table(table, tmp_path / name)
        assert parquet.read_table(tmp_path / name).equals(table)
    frame = consistency.arrow(report)["claims"].to_pandas()
    assert frame[frame.unit == "USD"].groupby("publisher").low.max().to_dict() == {"Courier": 33.5e9, "Gazette": 28.5e9}


def test_odd_values_are_no_obstacle(report: Report) -> None:
    """Half characters, days nobody knows, numbers larger than any table holds, claims that are not there."""
    replace = msgspec.structs.replace
    claim = report.claims[0]
    value = replace(claim.value, low=10**400, high=float("inf"), point="2024-00-00")
    odd = replace(claim, text="half \ud83d", value=value, period=replace(claim.period, from_="XXXX-02-01"))
    source = replace(report.sources[0], published="XXXX-05-01", publisher="\udc80")
    finding = replace(report.findings[0], claims=("gone",), facts={"a\ud800": "b"}, topic="gone")
    tables = consistency.arrow(replace(report, claims=(odd,), sources=(source,), findings=(finding,)))
    row = tables["claims"].to_pylist()[0]
    assert (row["low"], row["high"], row["point"], row["period_from"], row["published"]) == (None,) * 5
    assert (row["text"], row["publisher"]) == ("half ?", "?")
    assert tables["findings"].to_pylist()[0]["sources"] == []


def test_without_pyarrow_the_extra_is_named(report: Report, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)  # what Python itself does for a module that cannot be had
    with pytest.raises(consistency.ConsistencyError, match=r"pip install 'claim-consistency\[arrow\]'"):
        consistency.arrow(report)


# ----------------------------------------------------------------------------------------------------- notebooks
def test_a_notebook_shows_the_report(report: Report) -> None:
    import lxml.html

    shown = report._repr_html_()
    assert shown is not None
    page = lxml.html.fragment_fromstring(shown)
    assert page.get("class") == "consistency-report"
    words = " ".join(page.text_content().split())
    assert "1 contradiction was found among 2 sources." in words
    assert [mark.text for mark in page.iter("mark")] == ["29 billion US dollars", "34 billion US dollars"]
    assert [quote.text_content().count("Norland") for quote in page.iter("blockquote")] == [1, 1]
    assert report.findings[0].id in words
    assert shown == check(TEXTS)._repr_html_()


def test_importing_the_records_alone_is_enough() -> None:
    """The hook is filled in before the first record can be made, and nothing that prints is imported for it."""
    script = (
        "import sys\nfrom consistency.model import Report\n"
        "assert not [n for n in sys.modules if n.startswith(('consistency.reporting', 'jinja2'))]\n"
        "assert 'No source could be read' in Report()._repr_html_()\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


def test_a_single_source_stands_for_a_list_of_one(tmp_path: Path) -> None:
    path = tmp_path / "n.txt"
    path.write_text("Exports of Norland were 29 billion US dollars in 2023.\n")
    known = {"text": "Exports of Norland were 34 billion US dollars in 2023."}
    lists = check([path], against=[known])
    assert lists.findings
    assert check(str(path), against=known).findings == lists.findings
    assert check(path).coverage.skipped == ()
