"""`consistency ledger`, and `check --against` with its URL, as people use them."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
from pathlib import Path

import pytest
import sqlalchemy as sa
from cli_texts import Run, article

from consistency.errors import LedgerError

FILE = Path("ledger.db")
URL = "sqlite:///ledger.db"


def archive(folder: Path) -> Path:
    article(folder, "Alpha", "Norland", 29)
    article(folder, "Beta", "Norland", 34)
    return folder


def test_add_list_show_verify(run: Run, tmp_path: Path) -> None:
    archive(tmp_path / "archive")
    added = run("ledger", "add", "archive", "--author", "M. Lind")
    assert (added.status, added.out) == (0, "sources: 2 added\nfindings: 1 new\n")
    assert run("ledger", "add", "archive").out == "sources: 2 unchanged\nfindings: as they were\n"
    (finding,) = (json.loads(line) for line in run("ledger", "list", "findings", "--json").out.splitlines())
    assert (finding["outcome"], finding["status"], finding["verdict"]) == ("contradiction", "open", None)
    shown = run("ledger", "show", finding["id"]).out
    assert "29 billion" in shown
    assert "34 billion" in shown
    assert "Rule same-period-differs" in shown
    assert "none yet" in shown
    (ran,) = (json.loads(line) for line in run("ledger", "list", "runs", "--json").out.splitlines())
    assert (ran["kind"], ran["author"], ran["counts"]) == ("add", "M. Lind", {"added": 2, "new": 1})
    assert run("ledger", "verify").status == 0


def test_a_changed_file_is_a_new_version(run: Run, tmp_path: Path) -> None:
    folder = archive(tmp_path / "archive")
    run("ledger", "add", "archive")
    article(folder, "Beta", "Norland", 29)
    changed = run("ledger", "add", "archive")
    assert changed.out.startswith("sources: 1 changed, 1 unchanged\n")
    name = next(s for s in run("ledger", "list", "sources").out.split() if "eta" in s)
    whole = run("ledger", "show", name).out
    assert "version 2 of 2" in whole
    assert "34 billion" in run("ledger", "show", name, "--text", "--version", "1").out
    assert "29 billion" in run("ledger", "show", name, "--text").out
    assert run("ledger", "show", name, "--version", "3").status == 2
    assert run("ledger", "verify").status == 0


def test_removed_sources_leave_their_past(run: Run, tmp_path: Path) -> None:
    archive(tmp_path / "archive")
    run("ledger", "add", "archive")
    finding = json.loads(run("ledger", "list", "findings", "--json").out)["id"]
    name = next(s for s in run("ledger", "list", "sources").out.split() if "eta" in s)
    removed = run("ledger", "remove", name)
    assert (removed.status, removed.out) == (0, "sources: 1 removed\nfindings: 1 gone\n")
    assert "its sources no longer give it" in run("ledger", "show", finding).out
    assert "(removed)" in run("ledger", "show", name).out
    again = run("ledger", "remove", name)
    assert again.status == 2
    assert "there is no source" in again.err


def test_new_sources_against_a_ledger(run: Run, tmp_path: Path) -> None:
    archive(tmp_path / "archive")
    article(tmp_path / "new", "Gamma", "Norland", 41)
    run("ledger", "add", "archive")
    by_ledger = run("check", "new", "--against", URL, "--format", "json", "--quiet")
    by_files = run("check", "new", "--against", "archive", "--format", "json", "--quiet", "--no-cache")
    assert by_ledger.status == by_files.status == 1
    assert json.loads(by_ledger.out)["findings"] == json.loads(by_files.out)["findings"]
    assert json.loads(by_ledger.out)["coverage"]["against"]["known"] == 2
    assert len(run("ledger", "list", "sources").out.splitlines()) == 3, "nothing was written"


def test_a_ledger_stands_alone_behind_against(run: Run, tmp_path: Path) -> None:
    archive(tmp_path / "archive")
    run("ledger", "add", "archive")
    told = run("check", "archive", "--against", URL, "--against", "archive")
    assert told.status == 2
    assert "takes one ledger and nothing beside it" in told.err


def test_no_ledger_there(run: Run, tmp_path: Path) -> None:
    archive(tmp_path / "archive")
    for command in (("ledger", "list", "sources"), ("check", "archive", "--against", URL), ("ledger", "verify")):
        told = run(*command)
        assert told.status == 2
        assert "there is no such ledger" in told.err
        assert not FILE.exists()


def test_what_is_no_ledger(run: Run, tmp_path: Path) -> None:
    FILE.write_text("this is a diary")
    told = run("ledger", "list", "sources")
    assert told.status == 2
    assert "ledger.db" in told.err
    assert FILE.read_text() == "this is a diary"
    with sqlite3.connect("other.db") as base:
        base.execute("CREATE TABLE diary (day TEXT)")
    base.close()
    before = Path("other.db").read_bytes()
    told = run("ledger", "list", "sources", "--ledger", "other.db")
    assert told.status == 2
    assert "is no ledger" in told.err
    archive(tmp_path / "archive")
    told = run("ledger", "add", "archive", "--ledger", "other.db")
    assert told.status == 2
    assert "a database of its own" in told.err
    assert Path("other.db").read_bytes() == before
    assert run("ledger", "list", "sources", "--ledger", "mysql://x/y").status == 2


def test_a_password_is_not_shown(run: Run, tmp_path: Path) -> None:
    told = run("ledger", "list", "sources", "--ledger", "postgresql+psycopg://desk:secret@127.0.0.1:1/none")
    assert told.status == 2
    assert "secret" not in told.err
    assert "desk" in told.err


def test_a_newer_ledger_is_not_touched(run: Run, tmp_path: Path) -> None:
    archive(tmp_path / "archive")
    run("ledger", "add", "archive")
    with sqlite3.connect(FILE) as base:
        base.execute("UPDATE alembic_version SET version_num = '99'")
    base.close()
    before = FILE.read_bytes()
    for command in (("list", "sources"), ("add", "archive"), ("upgrade",)):
        told = run("ledger", *command)
        assert told.status == 2
        assert "newer program" in told.err
    assert FILE.read_bytes() == before


def test_it_lies_in_the_folder_of_the_settings(run: Run, tmp_path: Path, monkeypatch: object) -> None:
    archive(tmp_path / "archive")
    Path("consistency.toml").write_text('ledger = "kept/desk.db"\n')
    Path("kept").mkdir()
    assert run("ledger", "add", "archive").status == 0
    assert Path("kept/desk.db").is_file()


def test_another_threshold_asks_for_a_refresh(run: Run, tmp_path: Path) -> None:
    archive(tmp_path / "archive")
    run("ledger", "add", "archive")
    Path("consistency.toml").write_text("[topics]\nthreshold = 40.0\n")
    told = run("ledger", "verify")
    assert told.status == 2
    assert "ledger refresh" in told.err
    assert run("ledger", "refresh").status == 0
    assert run("ledger", "verify").status == 0


def test_accounts(run: Run, tmp_path: Path) -> None:
    archive(tmp_path / "archive")
    run("ledger", "add", "archive")
    word = b"a long enough word\n"
    assert run("ledger", "account", "add", "mlind", "--password-stdin", input=word).status == 0
    again = run("ledger", "account", "add", "mlind", "--password-stdin", input=word)
    assert (again.status, "already" in again.err) == (2, True)
    short = run("ledger", "account", "password", "mlind", "--password-stdin", input=b"short\n")
    assert (short.status, "10 to" in short.err) == (2, True)
    assert run("ledger", "account", "add", "robot", "--role", "reader", "--no-password").status == 0
    assert len(run("ledger", "account", "token", "robot").out.strip()) > 30
    assert run("ledger", "account", "role", "mlind", "editor").status == 0
    assert run("ledger", "account", "disable", "robot").status == 0
    mlind, robot = run("ledger", "account", "list").out.splitlines()
    assert mlind.startswith("mlind  editor  password  since ")
    assert robot.startswith("robot  reader  token  since ")
    assert robot.endswith("disabled")
    assert run("ledger", "account", "token", "robot", "--revoke").out == ""
    assert run("ledger", "account", "list").out.splitlines()[1].startswith("robot  reader  no way in  since ")


def test_export_and_import(run: Run, tmp_path: Path) -> None:
    archive(tmp_path / "archive")
    run("ledger", "add", "archive")
    lines = run("ledger", "export").out
    assert run("ledger", "export", "-o", "out.jsonl").status == 0
    assert Path("out.jsonl").read_text() == lines
    assert run("ledger", "import", "out.jsonl", "--ledger", "copy.db").status == 0
    assert run("ledger", "export", "--ledger", "copy.db").out == lines
    assert run("ledger", "verify", "--ledger", "copy.db").status == 0
    again = run("ledger", "import", "out.jsonl", "--ledger", "copy.db")
    assert (again.status, "not empty" in again.err) == (2, True)
    Path("bad.jsonl").write_text(lines.replace("source_version", "diary", 1))
    bad = run("ledger", "import", "bad.jsonl", "--ledger", "other.db")
    assert bad.status == 2
    assert "bad.jsonl:" in bad.err


def test_an_export_takes_no_place_but_its_own(run: Run, tmp_path: Path) -> None:
    archive(tmp_path / "archive")
    run("ledger", "add", "archive")
    before = FILE.read_bytes()
    Path("link.db").symlink_to(FILE)
    for name in ("ledger.db", "./archive/../ledger.db", "link.db", "ledger.db-wal"):
        told = run("ledger", "export", "-o", name)
        assert (told.status, "the ledger itself" in told.err) == (2, True), name
    assert FILE.read_bytes() == before
    assert run("ledger", "export", "-o", "-").status == 2
    assert not Path("-").exists()
    assert run("ledger", "verify").status == 0


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_an_export_goes_into_a_pipe(run: Run, tmp_path: Path) -> None:
    """A device (/dev/stdout, /dev/null) stays what it is: no file is put in its place."""
    archive(tmp_path / "archive")
    run("ledger", "add", "archive")
    os.mkfifo("pipe")
    with subprocess.Popen(["cat", "pipe"], stdout=subprocess.PIPE) as reader:
        assert run("ledger", "export", "-o", "pipe").status == 0
        assert Path("pipe").is_fifo()
        assert reader.communicate(timeout=60)[0].decode() == run("ledger", "export").out


def test_importing_what_is_not_there_makes_nothing(run: Run, tmp_path: Path) -> None:
    assert run("ledger", "import", "none.jsonl").status == 2
    assert not FILE.exists()


def test_upgrading_what_is_no_ledger(run: Run, tmp_path: Path) -> None:
    FILE.write_text("this is a diary, and no ledger at all")
    for place in ("ledger.db", "postgresql+psycopg://desk:secret@127.0.0.1:1/none"):
        told = run("ledger", "upgrade", "--ledger", place)
        assert told.status == 2
        assert "cannot be used" in told.err
        assert "fault of the program" not in told.err
        assert "secret" not in told.err


@pytest.mark.parametrize("name", ["what?timeout=1.db", "100%25.db", "a b#c.db", "\u00e9.db"])
def test_the_name_of_a_file_is_taken_as_it_is(run: Run, tmp_path: Path, name: str) -> None:
    archive(tmp_path / "archive")
    before = set(os.listdir())
    assert run("ledger", "add", "archive", "--ledger", name).status == 0
    assert set(os.listdir()) - before == {name}
    told = {}
    for place in (f"sqlite:///{name}", name, str(tmp_path / name)):
        told[place] = run("check", "archive", "--against", place, "--fail-on", "none", "--format", "json")
        assert told[place].status == 0
    assert len({one.out for one in told.values()}) == 1
    assert '"against"' in told[name].out


@pytest.mark.parametrize("name", [":memory:", "sqlite://", "sqlite:///:memory:", "sqlite:///"])
def test_a_ledger_needs_a_file(run: Run, tmp_path: Path, name: str) -> None:
    archive(tmp_path / "archive")
    told = run("ledger", "add", "archive", "--ledger", name)
    assert told.status == 2
    assert "needs a file" in told.err


def test_a_disk_that_is_full_is_told(run: Run, tmp_path: Path) -> None:
    archive(tmp_path / "archive")
    run("ledger", "add", "archive")
    article(tmp_path / "archive", "Gamma", "Norland", 41)

    def full(engine: sa.Engine) -> None:
        with engine.connect() as base:
            pages = base.exec_driver_sql("PRAGMA page_count").scalar_one()

        @sa.event.listens_for(engine, "connect")
        def _(connection: sqlite3.Connection, _: object) -> None:
            connection.execute(f"PRAGMA max_page_count = {pages}")

        engine.dispose()

    from consistency.config import Config
    from consistency.ledger.adding import add
    from consistency.ledger.connect import open_ledger
    from consistency.sources import read_paths

    sources, _ = read_paths(["archive"])

    def fill() -> None:
        with open_ledger(URL) as engine:
            full(engine)
            add(engine, sources, Config())

    with pytest.raises(LedgerError, match="is full"):
        fill()
    assert run("ledger", "verify").status == 0


def test_suggest_says_when_there_is_nothing(run: Run, tmp_path: Path) -> None:
    archive(tmp_path / "archive")
    run("ledger", "add", "archive")
    told = run("review", "suggest")
    assert (told.status, told.out) == (0, "")
    assert "nothing to suggest: 0 judged pairs" in told.err
    assert run("review", "--ledger", "none.db", "suggest").status == 2
