"""Whatever the bytes: no exception, and what is read is well formed."""

import hashlib
from collections.abc import Iterable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consistency.config import Limits
from consistency.model import Skipped, Source
from consistency.sources import read_paths, read_records
from consistency.sources.formats import READERS
from consistency.sources.naming import Naming
from consistency.sources.reading import _drafts

WORDS = [
    *("By ", "Published: ", "2023-01-26", "May 5", "(Photo: ", ")", "BEIJING, ", "(AP) -- ", "Related stories\n", "\n"),
    *(
        "\r\n",
        "\x00",
        "Click here to ",
        "All rights reserved. ",
        "The ",
        "harbour ",
        "12 ",
        "| ",
        "---\n",
        "# ",
        "[a](b)",
    ),
    *("<p>", "</p>", '{"text": "a"}', "é", "’", "İ", "<h1>", "<!--", "```\n", "<item>", "Updated Jul.1"),
]
SNIPPETS = st.lists(st.sampled_from(WORDS), max_size=40).map("".join)


def well_formed(sources: Iterable[Source], skipped: Iterable[Skipped]) -> None:
    for source in sources:
        assert source.text.strip()
        assert source.sha256 == hashlib.sha256(source.text.encode()).hexdigest()
        assert source.published_basis in ("metadata", "dateline", "text", "filename", "none")
        assert (source.published is None) == (source.published_basis == "none")
        last = 0
        for zone in source.zones:
            assert last <= zone.start < zone.end <= len(source.text)
            assert zone.kind in ("title", "lead", "caption", "related", "boilerplate")
            last = zone.end
    for skip in skipped:
        assert skip.reason
        assert "Error:" not in skip.reason  # nothing was caught that was not foreseen


def read(suffix: str, data: bytes) -> None:
    naming = Naming(Limits())
    drafts = _drafts(READERS[suffix](data, "a"), not data, Limits(), "a", "a", "a", "a")
    read_in = [naming.finish(item) for item in drafts]
    sources = [item for item in read_in if isinstance(item, Source)]
    well_formed(sources, (item for item in read_in if isinstance(item, Skipped)))


@pytest.mark.parametrize("suffix", sorted(set(READERS)))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.one_of(st.binary(max_size=300), SNIPPETS.map(str.encode)))
def test_any_bytes(suffix: str, data: bytes) -> None:
    read(suffix, data)


@settings(max_examples=150, deadline=None)
@given(text=st.one_of(SNIPPETS, st.text(max_size=200)), title=st.one_of(st.none(), SNIPPETS))
def test_any_text(text: str, title: str | None) -> None:
    sources, skipped = read_records([{"text": text, "title": title, "language": "en"}])
    well_formed(sources, skipped)
    assert len(sources) + len(skipped) == 1
    assert all(s.text == text for s in sources)


@settings(max_examples=60, deadline=None)
@given(text=SNIPPETS)
def test_files_and_standard_input_agree_with_themselves(text: str) -> None:
    assert read_paths(["-"], stdin=text.encode()) == read_paths(["-"], stdin=text.encode())


@settings(max_examples=60, deadline=None)
@given(
    record=st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=10)),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3),
            st.dictionaries(
                st.sampled_from(["text", "id", "title", "published", "publisher", "url", "author", "name"]),
                inner,
                max_size=5,
            ),
        ),
        max_leaves=12,
    )
)
def test_any_record(record: object) -> None:
    well_formed(*read_records([record]) if not isinstance(record, str) else ([], []))


HOSTILE = {
    "one-line.txt": "1" * 400_000,
    "brackets.txt": "(photo: " * 50_000,
    "headers.txt": "By A B\n" * 50_000,
    "furniture.txt": "All rights reserved. " * 20_000,
    "links.md": "![a](b " * 50_000,
    "comments.md": "<!--" * 90_000,
    "front.md": "---\n" + "[" * 100_000 + "\n---\nText",
    "deep.html": "<div>" * 80_000,
    "paragraphs.html": "<p>a" * 60_000,
    "deep.json": "[" * 400_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_is_read_or_refused(name: str) -> None:
    read("." + name.split(".")[1], HOSTILE[name].encode())
