"""One real file of each kind."""

import io
import json
import zipfile
from datetime import datetime
from pathlib import Path

import pytest

from consistency.model import Source
from consistency.sources import locate, read_paths, read_records

STORY = "The harbour moved 12 million tonnes of cargo in 2021, its operator said on Friday, after 3 years of decline."
MORE = "It employs 4,500 people in the three towns around the bay, according to the report that the council received."


def test_text(one, zone) -> None:
    source = one("a.txt", f"Harbour Grows Again After Three Lean Years\n\nPublished: 5 May 2023\n\n{STORY}\n\n{MORE}\n")
    assert source.id == "a.txt"
    assert source.title == "Harbour Grows Again After Three Lean Years"
    assert (source.published, source.published_basis) == ("2023-05-05", "dateline")
    assert source.language == "en"
    assert len(source.sha256) == 64
    assert zone(source, "title") == [source.title]
    assert zone(source, "boilerplate") == ["Published: 5 May 2023"]
    assert zone(source, "lead") == [STORY]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_text_in_other_encodings(one, encoding: str) -> None:
    source = one("a.txt", STORY.encode(encoding))
    assert source.text == STORY
    start = STORY.index("12")
    assert locate(source, start, start + 2).column == start + 1


def test_windows_1252_where_it_is_plausible(one) -> None:
    text = "The café’s owner said “no” – it cost £40,000 in the end, and nobody in the town would have paid for that."
    assert one("a.txt", text.encode("cp1252")).text == text


def test_text_stays_as_it_stands_on_disk(one) -> None:
    text = f"  {STORY}\r\n\r\n{MORE}\rAnd a stray \x00 sign.\n\n\n"
    assert one("a.txt", text).text == text


def test_markdown(one, zone) -> None:
    text = (
        "---\ntitle: Harbour grows\ndate: 2023-05-05\npublisher: Harbour Weekly\nauthor: [Ann Lee, Bo Roe]\n---\n"
        f"# Harbour grows\n\nThe [port](https://example.org/2021/12) has **4,500** workers.\n\n{STORY}\n\n"
        "![The quay in 2019](quay.png)\n\n```\n12 = 13\n```\n"
    )
    source = one("a.md", text)
    assert (source.title, source.published, source.published_basis) == ("Harbour grows", "2023-05-05", "metadata")
    assert (source.publisher, source.author) == ("Harbour Weekly", "Ann Lee, Bo Roe")
    assert " ".join(zone(source, "lead")[0].split()) == "The port has 4,500 workers."
    assert "example.org" not in source.text
    assert zone(source, "title") == ["Harbour grows"]
    assert any("quay in 2019" in piece for piece in zone(source, "caption"))
    assert any("12 = 13" in piece for piece in zone(source, "boilerplate"))
    start = source.text.index("4,500")
    place = locate(source, start, start + 5)
    assert text.split("\n")[place.line - 1][place.column - 1 : place.end_column - 1] == "4,500"


def test_markdown_with_toml_front_matter_and_without(one, read) -> None:
    assert one("a.md", f'+++\ntitle = "Harbour grows"\ndate = 2023-05-05\n+++\n{STORY}').published == "2023-05-05"
    sources, _ = read({"b.md": f"---\n{STORY}\n---\n{MORE}"})
    assert any(STORY in s.text for s in sources)  # a text between two rules is no front matter


PAGE = f"""<!doctype html>
<html lang="en"><head><title>Harbour grows - Harbour Weekly</title>
<meta property="og:site_name" content="Harbour Weekly">
<script type="application/ld+json">{{"@graph": [{{"@type": "NewsArticle", "headline": "Harbour grows",
 "datePublished": "2022-03-04T10:00:00Z", "dateModified": "2024-01-01", "author": [{{"name": "Ann Lee"}}]}}]}}</script>
</head><body><nav><a href="/">Home</a> <a href="/w">World news: 77 stories</a></nav>
<article><h1>Harbour grows</h1>
<p>{STORY}</p>
<figure><img src="x.png"><figcaption>The quay in 2019, when 9 ships lay there.</figcaption></figure>
<p>{MORE}</p>
<div class="related-stories"><h3>Related stories</h3><ul><li><a href="/a">Strike ends after 12 days</a></li></ul></div>
<p>Work on a second quay is due to begin in June and will take five years, the ministry said on Friday evening.</p>
</article><script>var n = "999 ships";</script><p style="display:none">888 hidden ships</p>
<footer>© 2025 Harbour Weekly. All rights reserved.</footer></body></html>
"""


def test_html(one, zone) -> None:
    source = one("a.html", PAGE)
    assert (source.title, source.publisher, source.author) == ("Harbour grows", "Harbour Weekly", "Ann Lee")
    assert (source.published, source.published_basis) == ("2022-03-04", "metadata")
    assert zone(source, "title") == ["Harbour grows"]
    assert zone(source, "lead") == [STORY]
    assert zone(source, "caption") == ["The quay in 2019, when 9 ships lay there."]
    assert "Strike ends after 12 days" in zone(source, "related")[0]
    assert MORE in source.text
    assert not any(junk in source.text for junk in ("999", "888", "77 stories"))
    start = source.text.index("4,500")
    assert "4,500" in PAGE.split("\n")[locate(source, start, start + 5).line - 1]


def test_html_date_and_encoding(one) -> None:
    page = (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"></head><body>'
        f'<time datetime="2020-02-03">3 Feb</time><p>The café’s day: {STORY}</p></body></html>'
    )
    source = one("a.htm", page.encode("cp1252"))
    assert "café’s" in source.text
    assert source.published == "2020-02-03"


def test_html_a_wrapper_with_a_telling_class_is_still_the_article(one, zone) -> None:
    page = f"""<html><body class="ads"><div class="page with-sidebar share"><h1>Harbour grows</h1>
    <p>{STORY}</p><p>{MORE}</p>
    <table><tr><th>Year</th><th>Ships</th></tr><tr><td>2021</td><td>450</td></tr></table>
    <p>{STORY} So it is.</p><div class="share-tools"><p>Share 99</p></div><p>{MORE} So it is.</p></div></body></html>"""
    source = one("a.html", page)
    assert zone(source, "lead") == [STORY]
    assert "2021\t450" in source.text
    assert zone(source, "boilerplate") == ["Share 99"]


def test_html_the_heading_is_the_one_the_page_names(one, zone) -> None:
    page = f"""<html><head><title>Harbour grows | Harbour Weekly</title></head><body><h1>Harbour Weekly, since 1901</h1>
    <article><h1>Harbour grows</h1><p>{STORY}</p><p>{MORE}</p></article></body></html>"""
    source = one("a.html", page)
    assert zone(source, "title") == ["Harbour grows"]
    assert "1901" not in source.text


def test_html_footer_year_is_no_date(one) -> None:
    assert one("a.html", f"<p>{STORY}</p><p>{MORE}</p><footer>© 2024</footer>").published is None


def test_pdf(one, zone, pdf) -> None:
    pages = [
        ["Harbour grows", "The harbour moved 12 tonnes in 2021.", "Page 1 of 2"],
        ["It has 45 workers.", "Page 2 of 2"],
    ]
    source = one("a.pdf", pdf(pages, "/Title (Harbour grows) /Author (Ann Lee) /CreationDate (D:20220304100000Z)"))
    assert (source.title, source.author) == ("Harbour grows", "Ann Lee")
    assert (source.published, source.published_basis) == ("2022-03-04", "metadata")
    start = source.text.index("45")
    assert locate(source, start, start + 2).page == 2
    assert locate(source, 0, 3).page == 1
    assert zone(source, "boilerplate") == ["Page 1 of 2", "Page 2 of 2"]


def test_pdf_the_text_knows_better_and_a_browser_only_prints(one, read, pdf) -> None:
    made = "/CreationDate (D:20240304100000Z)"
    assert one("a.pdf", pdf([["Published: 5 May 2023", STORY]], made)).published == "2023-05-05"
    sources, _ = read({"b.pdf": pdf([[STORY]], f"{made} /Producer (Skia/PDF m99)")})
    assert [s.published for s in sources if s.id == "b.pdf"] == [None]


def docx_file(created: datetime | None = None) -> bytes:
    import docx

    document = docx.Document()
    document.add_heading("Harbour grows", 0)
    document.add_paragraph(STORY)
    table = document.add_table(2, 2)
    for n, cell in enumerate(("Ships", "12", "Cranes", "8")):
        table.cell(n // 2, n % 2).text = cell
    document.add_paragraph("Figure 1: the quay in 2019", style="Caption")
    document.core_properties.author = "Ann Lee"
    if created:
        document.core_properties.created = created
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_docx(one, zone) -> None:
    source = one("a.docx", docx_file(datetime(2021, 6, 7, 8, 9)))
    assert (source.title, source.author, source.published) == ("Harbour grows", "Ann Lee", "2021-06-07")
    assert zone(source, "title") == ["Harbour grows"]
    assert zone(source, "caption") == ["Figure 1: the quay in 2019"]
    assert "Ships\t12" in source.text
    assert source.text.index(STORY) < source.text.index("Cranes") < source.text.index("Figure 1")


def test_docx_the_template_is_no_date(one) -> None:
    assert one("a.docx", docx_file()).published is None


def test_jsonl(read) -> None:
    lines = [
        {"id": "own", "text": STORY, "published": "2021-07-28", "publisher": "Harbour Weekly"}
        | {"title": "T", "url": "u", "author": "A"},
        {"text": MORE, "url": "https://www.example.org/2020/03/04/harbour"},
    ]  # fmt: skip
    sources, skipped = read({"a.jsonl": "\n".join(map(json.dumps, lines)) + "\n\n"})
    assert skipped == []
    first, second = sources
    assert (first.id, first.title, first.publisher, first.url, first.author) == ("own", "T", "Harbour Weekly", "u", "A")
    assert (first.published, first.published_basis) == ("2021-07-28", "metadata")
    assert (second.id, second.publisher, second.published) == ("a.jsonl#2", "example.org", "2020-03-04")
    assert locate(second, 0, 5).line == 2
    assert locate(second, 0, 5).column is None


def test_json_one_and_list(read) -> None:
    sources, skipped = read({
        "a.json": json.dumps({"text": STORY}),
        "b.json": json.dumps([{"text": STORY, "id": "x"}, {"text": MORE}], indent=1),
        "c.json": json.dumps({"sources": [{"text": STORY}]}),
    })  # fmt: skip
    assert skipped == []
    assert [s.id for s in sources] == ["a.json", "x", "b.json#2", "c.json#1"]
    assert locate(sources[2], 0, 1).line == 6


FEED = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour Feed</title>
<item><title>Port &amp; rail</title><link>https://example.org/a</link><pubDate>Wed, 01 May 2024 23:30:00 -0500</pubDate>
<description>&lt;p&gt;{STORY}&lt;/p&gt;&lt;p&gt;{MORE}&lt;/p&gt;&lt;script&gt;9&lt;/script&gt;</description></item>
<item><title>Second</title><description>{MORE}</description></item></channel></rss>"""


def test_feed(read, zone) -> None:
    sources, skipped = read({"a.xml": FEED})
    assert skipped == []
    first, second = sources
    assert (first.id, first.title, first.publisher, first.url) == (
        "a.xml#1",
        "Port & rail",
        "Harbour Feed",
        "https://example.org/a",
    )
    assert (first.published, first.published_basis) == ("2024-05-01", "metadata")
    assert first.text == f"Port & rail\n\n{STORY}\n\n{MORE}"
    assert zone(first, "title") == ["Port & rail"]
    assert second.published is None


def test_atom(read) -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>F</title><entry><title>T</title>'
        f'<updated>2020-01-02T00:00:00Z</updated><content type="html">{STORY}</content></entry></feed>'
    )
    sources, _ = read({"a.atom": atom})
    assert [(s.published, s.text) for s in sources] == [("2020-01-02", f"T\n\n{STORY}")]


@pytest.mark.parametrize(
    ("data", "count"),
    [
        (STORY.encode(), 1),
        (PAGE.encode(), 1),
        (FEED.encode(), 2),
        (json.dumps({"text": STORY}).encode(), 1),
        (json.dumps([{"text": STORY}, {"text": MORE}]).encode(), 2),
        (f"{json.dumps({'text': STORY})}\n{json.dumps({'text': MORE})}\n".encode(), 2),
        (docx_file(), 1),
    ],
)
def test_standard_input_is_judged_by_its_content(data: bytes, count: int) -> None:
    sources, skipped = read_paths(["-"], stdin=data)
    assert (len(sources), skipped) == (count, [])
    assert sources[0].id.startswith("-")
    assert sources[0].path is None


def test_folders_keep_the_order_of_their_paths(read) -> None:
    sources, _ = read(
        {
            "b/a.txt": STORY,
            "a.txt": STORY,
            "c.md": STORY,
            ".hidden.txt": STORY,
            "b/.git/x.txt": STORY,
            "d.png": b"\x89PNG",
        }
    )
    assert [s.id for s in sources] == ["a.txt", "b/a.txt", "c.md"]


def test_files_of_one_name_in_two_folders(tmp_path: Path) -> None:
    for folder in ("old", "new"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(f"{STORY} {folder}")
    sources, skipped = read_paths([tmp_path / "old", tmp_path / "new"])
    assert skipped == []
    assert [s.id for s in sources] == [f"{tmp_path}/old/a.txt", f"{tmp_path}/new/a.txt"]


def test_one_file_named_twice_is_one_source(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(STORY)
    sources, skipped = read_paths([tmp_path, tmp_path / "a.txt", tmp_path / "." / "a.txt"])
    assert (len(sources), skipped) == (1, [])


def test_records(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(MORE)
    sources, skipped = read_records(
        [{"text": STORY, "date": "5 May 2023"}, Source(text=STORY, id="x", title="T"), tmp_path / "a.txt", {"txt": 1}]
    )
    assert [s.id for s in sources] == ["#1", "x", f"{tmp_path}/a.txt"]
    assert sources[0].published == "2023-05-05"
    assert (sources[1].title, sources[1].zones[0].kind) == ("T", "lead")
    assert [(s.source, s.reason) for s in skipped] == [("record 4", 'has no "text"')]
    assert read_records(sources)[0] == sources  # what was read once is taken as it is


def test_date_in_the_file_name_is_the_last_resort(one, read) -> None:
    source = one("harbour-2023-01-26.txt", STORY)
    assert (source.published, source.published_basis) == ("2023-01-26", "filename")
    sources, _ = read({"b-2023-01-26.txt": f"Published: 5 May 2022\n\n{STORY}"})
    assert [s.published for s in sources if s.id.startswith("b-")] == ["2022-05-05"]


def test_a_zip_bomb_is_not_unpacked(read) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "x")
        archive.writestr("word/document.xml", b"0" * 210_000_000)
    sources, skipped = read({"a.docx": bomb.getvalue()})
    assert sources == []
    assert "unpacks to more than" in skipped[0].reason
