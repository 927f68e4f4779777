"""Nothing in a source, a rule, the settings or a ledger runs code, opens another file, or reaches the network.

Each command runs under the guard of `guarded`; the first test shows that the guard bites.
"""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from bombs import word_file
from guarded import CAUGHT, HOOK, Done, run

ALPHA = "The Tarn Fund has 31 members, its board said."
BETA = "The Tarn Fund has 36 members, its board said."


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder to work in, with a file that nothing may touch beside the sources."""
    (tmp_path / "secret").write_text("The Tarn Fund has 99 members.")
    (tmp_path / "in").mkdir()
    (tmp_path / "in/alpha.txt").write_text(f"Published: 2024-02-01\n\n{ALPHA}\n")
    return tmp_path


def unharmed(place: Path, done: Done) -> None:
    assert not (place / "owned").exists()
    assert "99 members" not in done.out
    assert (place / "secret").read_text().endswith("99 members.")


@pytest.mark.parametrize(
    "deed",
    [
        "open('secret')",
        "__import__('os').system('true')",
        "__import__('subprocess').run(['true'])",
        "__import__('socket').create_connection(('127.0.0.1', 9))",
        "__import__('socket').getaddrinfo('localhost', 9)",
        "open('/tmp/../tmp/outside-of-the-folder', 'w')",
    ],
)
def test_the_guard_bites(tmp_path: Path, deed: str) -> None:
    code = HOOK.partition("from consistency.start")[0] + deed
    env = {"ALLOWED": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code], env=env, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == CAUGHT, done.stderr


FILE = "file:///SECRET"
SOURCES = {
    "entity.xml": f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a SYSTEM "{FILE}">]><rss version="2.0"><channel><item>'
    f"<description>{BETA} &a;</description></item></channel></rss>",
    "late-entity.xml": f'<?xml version="1.0"?><!--{"x" * 200_100}--><!DOCTYPE r [<!ENTITY a SYSTEM "{FILE}">]>'
    f'<rss version="2.0"><channel><item><description>{BETA} &a;</description></item></channel></rss>',
    "dtd.xml": f'<!DOCTYPE r SYSTEM "{FILE}"><rss version="2.0"><channel><link>{FILE}</link><item>'
    f'<enclosure url="{FILE}"/><description>{BETA}</description></item></channel></rss>',
    "inclusion.xml": '<rss version="2.0" xmlns:xi="http://www.w3.org/2001/XInclude"><channel><item><description>'
    f'{BETA} <xi:include href="SECRET" parse="text"/></description></item></channel></rss>',
    "page.html": f'<base href="{FILE}">'
    f'<link rel=stylesheet href="http://127.0.0.1:9/a.css"><script src="{FILE}"></script>'
    f'<iframe src="{FILE}"></iframe><img src="http://127.0.0.1:9/x.png"><p>{BETA}</p>'
    "<!--#include file='SECRET'--><?php readfile('SECRET') ?>",
    "page.xhtml": f'<!DOCTYPE html SYSTEM "{FILE}" [<!ENTITY a SYSTEM "{FILE}">]>'
    f"<html><body><p>{BETA} &a;</p></body></html>",
    "include.md": f"---\ntitle: !include SECRET\n---\n{BETA}",
    "object.md": f"---\ntitle: !!python/object/apply:os.system ['touch owned']\n---\n{BETA}",
    "template.txt": f"{BETA} {{{{ ''.__class__.__mro__[1].__subclasses__() }}}} ${{jndi:ldap://127.0.0.1:9/a}}"
    f" $(touch owned)"
    f" `touch owned` {{% include 'SECRET' %}} @import url(SECRET); ; touch owned\n",
    "record.json": '{"text": "@SECRET", "url": "file:///SECRET", "id": "../../SECRET", "title": "file:///SECRET"}',
    "path.jsonl": '{"path": "SECRET", "id": "a"}\n{"text": "' + BETA + '", "path": "SECRET", "source": "SECRET"}',
    "include.txt": "file:///SECRET\n@SECRET\n\\input{SECRET}\n#include <SECRET>\n" + BETA,
}


def test_a_source_runs_opens_and_reaches_nothing(place: Path) -> None:
    for name, content in SOURCES.items():
        text = content.replace("file:///SECRET", (place / "secret").as_uri()).replace("SECRET", str(place / "secret"))
        (place / "in" / name).write_text(text)
    done = run(place, "check", "in", "--format", "html")
    unharmed(place, done)
    assert "36" in done.out  # what they say otherwise was read


def test_a_word_file_with_links_outside(place: Path) -> None:
    """A template, a picture and a field that stand in another file or at an address; and an entity in the markup."""
    rels = (
        '<Relationship Id="rIdX" TargetMode="External" Target="http://127.0.0.1:9/t.dotm" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"/>'
    )
    field = f'<w:p><w:r><w:t>{BETA}</w:t></w:r><w:fldSimple w:instr="INCLUDETEXT {place}/secret"/></w:p>'
    plain = word_file(field.encode())
    (place / "in/links.docx").write_bytes(plain)
    entity = f'<!DOCTYPE w [<!ENTITY a SYSTEM "file://{place}/secret">]>'
    changed = {
        "word/document.xml": lambda b: b.replace(b"<w:document", entity.encode() + b"<w:document", 1).replace(
            b"31 members", b"&a;"
        ),
        "word/_rels/document.xml.rels": lambda b: b.replace(b"</Relationships>", rels.encode() + b"</Relationships>"),
    }
    with zipfile.ZipFile(place / "in/links.docx") as old, zipfile.ZipFile(place / "in/entity.docx", "w") as new:
        for item in old.namelist():
            new.writestr(item, changed.get(item, bytes)(old.read(item)))
        new.writestr("../../../owned", "x")
    unharmed(place, run(place, "check", "in", "--format", "json"))


RULES = {
    "an object": "- !!python/object/apply:os.system ['touch owned']\n",
    "a new object": "- !!python/object/new:subprocess.Popen [['touch', 'owned']]\n",
    "a name": "- !!python/name:os.system\n",
    "another file": "- !include SECRET\n",
    "a template": '- id: own\n  outcome: agreement\n  because: "{a.__class__}"\n'
    '  message: "{a.__class__.__init__.__globals__} {{ 7*7 }} {a.value.__class__}"\n',
    "a pattern": "- id: own\n  outcome: agreement\n  because: b\n  message: m\n  where: {topic: '"
    + "*a" * 3000
    + "'}\n",
}


@pytest.mark.parametrize("name", RULES)
def test_a_rule_runs_opens_and_reaches_nothing(place: Path, name: str) -> None:
    folder = place / "desk/relations"
    folder.mkdir(parents=True)
    (folder / "own.yaml").write_text(RULES[name].replace("SECRET", str(place / "secret")))
    for command in ("check in", "rules lint"):
        done = run(place, *command.split(), "--rules", "desk")
        unharmed(place, done)
        assert done.status or (command, name) == ("check in", "a pattern")
        assert "__globals__" not in done.out


SETTINGS = {
    "title": '[report]\ntitle = "{{ 7*7 }} $(touch owned) {title.__class__}"\n',
    "rates": 'rates = "SECRET/../owned"\n',
    "ledger": 'ledger = "postgresql://127.0.0.1:9/x"\n',
    "rules": 'rules = ["http://127.0.0.1:9/rules"]\n',
    "cache": 'cache = "http://127.0.0.1:9/cache"\n',
    "baseline": 'baseline = "http://127.0.0.1:9/b.yaml"\n',
}


@pytest.mark.parametrize("name", SETTINGS)
def test_settings_run_and_reach_nothing(place: Path, name: str) -> None:
    (place / "consistency.toml").write_text(SETTINGS[name].replace("SECRET", str(place)))
    done = run(place, "check", "in", "--format", "html")
    unharmed(place, done)
    assert "49" not in done.out.partition("<main")[0]


def test_a_list_of_accepted_findings_runs_nothing(place: Path) -> None:
    for name, option in (("s.yaml", "--suppressions"), ("b.yaml", "--baseline"), ("l.yaml", "--lessons")):
        (place / name).write_text("- !!python/object/apply:os.system ['touch owned']\n")
        done = run(place, "check", "in", option, name)
        unharmed(place, done)
        assert done.status == 2
        assert name in done.err
