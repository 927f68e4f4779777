"""The main job on the project's own sources: what the report must say, and what each changed copy brings to light."""

from pathlib import Path

import pytest

from consistency import check

SEEDS = Path(__file__).resolve().parent.parent / "seeds"
BAD = ("contradiction", "possible-contradiction")

# file, words, changed words: each change must give exactly one contradiction, and nothing else
CHANGES = {
    "trade total": ("china-celac-forum-brief.txt", "US$518.4 billion", "US$481.4 billion"),
    "member count": ("china-celac-forum-brief.txt", "33 members", "32 members"),
    "founding year": ("china-celac-forum-brief.txt", "established in 2015", "established in 2016"),
    "date of the meeting": ("china-celac-forum-brief.txt", "held in Beijing on May 13", "held in Beijing on May 15"),
    "magnitude": ("china-celac-forum-brief.txt", "US$518.4 billion", "US$518.4 million"),
}


@pytest.fixture(scope="module")
def report():
    return check([str(SEEDS)])


def number(report, words):
    """The claim of a number that holds these words."""
    return next(c for c in report.claims if c.kind != "quote" and c.text and words in c.text)


def topic_of(report, words):
    claim = number(report, words)
    return next(t for t in report.topics if claim.id in t.claims)


def texts(report, topic):
    return {c.text for c in report.claims if c.id in topic.claims and c.text}


def findings(report, topic):
    return [f for f in report.findings if f.topic == topic.id]


def test_nothing_contradicts(report):
    assert [f.message for f in report.findings if f.outcome in BAD] == []
    assert not report.coverage.skipped


def test_membership_is_one_topic_that_time_explains(report):
    topic = topic_of(report, "19 latin american countries")
    assert texts(report, topic) == {"19 latin american countries", "Twenty countries", "More than 20 countries"}
    told = findings(report, topic)
    assert {f.outcome for f in told} == {"time-explained"}
    assert any("Colombia" in line for f in told for line in (*f.notes, *f.why))


def test_trade_is_one_topic_of_different_periods(report):
    topic = topic_of(report, "US$518.4 billion")
    inside = texts(report, topic)
    assert any("300 billion" in t for t in inside)
    assert any("450 billion" in t for t in inside)
    told = [f for f in findings(report, topic) if f.outcome == "time-explained"]
    assert told
    assert {f.reason for f in told} == {"different-period"}
    assert any("investment" in note for f in told for note in f.notes)


def test_a_doubled_total_gives_the_base(report):
    topic = topic_of(report, "US$518.4 billion")
    derived = [c for c in report.claims if c.derived and c.id in topic.claims and c.unit == "USD"]
    base = next(c for c in derived if c.value.low < 259.2e9 < c.value.high)
    assert base.period.from_.startswith("2013") or base.period.from_.startswith("2014")
    assert base.text is None
    assert base.confidence < 0.9


def test_two_currencies_agree(report):
    kiwi = number(report, "NZ$694b")
    told = [f for f in report.findings if kiwi.id in f.claims and f.outcome == "agreement"]
    assert any(f.rule.startswith("two-currencies") for f in told)


def test_the_summit_agrees(report):
    topic = topic_of(report, "seventh summit")
    agreed = [f for f in findings(report, topic) if f.outcome == "agreement"]
    assert any(len({c.split("#")[0] for c in f.claims}) == 2 for f in agreed)


def test_five_programs_and_their_list_agree(report):
    five = number(report, "five programs")
    assert any(f.outcome == "agreement" and five.id in f.claims for f in report.findings)


def test_wordings_of_one_speech_are_variants(report):
    assert any(f.reason == "quote-variant" or f.rule == "quote-variant" for f in report.findings)


def test_periods_and_dates(report):
    by = {s.id: s for s in report.sources}
    assert by["china-celac-forum-brief.txt"].published == "2025-07-01"
    assert by["china-celac-forum-brief.txt"].published_basis in ("text", "inferred")
    assert by["beyond-commodities.txt"].published is None
    assert by["ambassadors-forum.txt"].published == "2021-07-28"
    three_years = number(report, "300 billion")
    assert (three_years.period.from_, three_years.period.to) == ("2018-01-01", "2020-12-31")


def _changed(tmp_path, file, old, new):
    """The seeds, and beside them a copy of one of them with one thing changed."""
    text = (SEEDS / file).read_text(encoding="utf-8")
    assert text.count(old) == 1
    for path in SEEDS.glob("*.txt"):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "copy.txt").write_text(text.replace(old, new), encoding="utf-8")
    return check([str(tmp_path)])


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_copy_gives_one_contradiction(name, tmp_path):
    file, old, new = CHANGES[name]
    report = _changed(tmp_path, file, old, new)
    bad = [f for f in report.findings if f.outcome in BAD]
    assert [f.outcome for f in bad] == ["contradiction"], [f.message for f in bad]
    claims = {c.id: c for c in report.claims}
    assert {claims[i].source for i in bad[0].claims} == {file, "copy.txt"}


def test_a_dropped_program_gives_one_contradiction(tmp_path):
    for path in SEEDS.glob("*.txt"):
        text = path.read_text(encoding="utf-8").replace("peace, solidarity, development,", "peace, solidarity,")
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    report = check([str(tmp_path)])
    bad = [f for f in report.findings if f.outcome in BAD]
    assert [f.outcome for f in bad] == ["contradiction"], [f.message for f in bad]
