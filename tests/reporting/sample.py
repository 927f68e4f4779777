"""A report made by hand on an invented subject, with every outcome and every kind of claim."""

# ruff: noqa: E501

from __future__ import annotations

from typing import Any

import msgspec

from consistency.model import (
    Acceptance,
    Claim,
    Course,
    CoursePoint,
    Coverage,
    Derived,
    Finding,
    Location,
    Measure,
    Period,
    Quote,
    Rank,
    Report,
    Sentence,
    Skipped,
    SourceInfo,
    Topic,
    Value,
)

SOURCES = (
    SourceInfo(
        id="gazette",
        title="Ferry compact grows as harbours reopen",
        publisher="Harbour Gazette",
        published="2022-03-04",
        published_basis="dateline",
        language="en",
        sha256="a1" * 32,
        path="press/gazette.txt",
        url="https://gazette.example/2022/ferry-compact",
    ),
    SourceInfo(
        id="courier",
        title="Fifteen communes now share one timetable",
        publisher="Island Courier",
        published="2023-05-19",
        published_basis="metadata",
        language="en",
        sha256="b2" * 32,
        path="press/courier.html",
    ),
    SourceInfo(
        id="tribune",
        title="Freight through the Sound climbs again",
        publisher="Norvik Tribune",
        published="2024-09-02",
        published_basis="text",
        language="en",
        sha256="c3" * 32,
        path="press/2024/tribune.md",
    ),
    SourceInfo(
        id="dagblad",
        title="Sigling um sundið – “nýtt tímabil”",
        publisher="Eyja Dagblaðið",
        published="2024-09-02",
        published_basis="filename",
        language="en",
        sha256="d4" * 32,
        path="press/2024-09-02-dagblað.txt",
    ),
    SourceInfo(
        id="leaflet",
        title=None,
        publisher=None,
        published=None,
        published_basis="none",
        language="en",
        sha256="e5" * 32,
        path="press/leaflet.pdf",
    ),
)

_LINES = {"gazette": 3, "courier": 8, "tribune": 5, "dagblad": 2, "leaflet": 1}


def days(from_: str | None, to: str | None = None, basis: str = "stated", text: str | None = None) -> Period:
    """A period; `to` defaults to `from_`."""
    return Period(from_=from_, to=to or from_, granularity="day" if to is None else "range", basis=basis, text=text)


def year(number: int, text: str | None = None, basis: str = "stated") -> Period:
    """A whole year."""
    return Period(from_=f"{number}-01-01", to=f"{number}-12-31", granularity="year", basis=basis, text=text)


def claim(name: str, source: str, sentence: str, text: str, value: Value | None, **fields: Any) -> Claim:
    """A claim whose words `text` stand in `sentence`; the source's date is its as_of unless given."""
    info = next(s for s in SOURCES if s.id == source)
    start, at = 100, sentence.index(text)
    line = _LINES[source]
    base: dict[str, Any] = {
        "id": f"{source}:{name}",
        "fingerprint": f"1:{name}{source}",
        "source": source,
        "kind": "count",
        "text": text,
        "start": start + at,
        "end": start + at + len(text),
        "sentence": Sentence(text=sentence, start=start, end=start + len(sentence)),
        "location": Location(path=info.path, line=line, column=at + 1, end_line=line, end_column=at + 1 + len(text)),
        "zone": "body",
        "value": value,
        "as_of": days(info.published, basis="published") if info.published else Period(),
        "dimension": "count",
    }
    if source == "leaflet":
        base["location"] = Location(path=info.path, page=2)
    return Claim(**(base | fields))


def changed(made: Claim, **fields: Any) -> Claim:
    """The claim with other fields."""
    return msgspec.structs.replace(made, **fields)


def exact(number: float) -> Value:
    """A counted number."""
    return Value(low=number, high=number, point=number)


def about(low: float, point: float, high: float, hedge: str = "exact", step: float | None = None) -> Value:
    """A number with the interval its print allows."""
    return Value(low=low, high=high, point=point, hedge=hedge, step=step)


EURO: dict[str, Any] = {"kind": "money", "unit": "EUR", "dimension": "money"}
COMMUNE: dict[str, Any] = {
    "unit": "commune",
    "measure": Measure(noun="commune", relation="join", entities=("Sound Ferry Compact",)),
}

CLAIMS = (
    claim("members", "gazette", "So far 12 island communes have signed the Sound Ferry Compact.", "12 island communes", exact(12), **COMMUNE),
    claim("members", "courier", "Fifteen communes are part of the compact since the northern skerries joined in April 2023.", "Fifteen communes", exact(15), **COMMUNE),
    claim("members", "tribune", "More than 15 communes, from Norvik to Lund, run their boats under the compact.", "More than 15 communes", Value(low=15, high=None, low_open=True, point=15, hedge="more-than"), **COMMUNE),
    claim("freight", "gazette", "Goods worth 2.4 billion euros crossed the Sound in 2021, the port authority said.", "2.4 billion euros", about(2.35e9, 2.4e9, 2.45e9, step=1e8), period=year(2021, "in 2021"), speaker="the port authority", modality="reported", **EURO),
    claim("freight", "courier", "In 2022 the boats carried freight and passengers’ luggage worth over €2.6bn.", "over €2.6bn", Value(low=2.6e9, high=None, low_open=True, point=2.6e9, hedge="more-than"), period=year(2022, "In 2022"), **EURO),
    claim("freight", "tribune", "Freight doubled within a decade and reached 2.87 billion euros in 2023.", "2.87 billion euros", about(2.865e9, 2.87e9, 2.875e9, step=1e7), period=year(2023, "in 2023"), **EURO),
    claim("freight", "dagblad", "Vöruflutningar yfir sundið: about €2.9bn changed hands in 2023 – a record.", "about €2.9bn", about(2.755e9, 2.9e9, 3.045e9, "about", 1e8), period=year(2023, "in 2023"), **EURO),
    Claim(
        id="derived:freight-2013",
        fingerprint="1:derived-freight",
        source="tribune",
        kind="money",
        text=None,
        start=None,
        end=None,
        sentence=None,
        location=None,
        zone="body",
        value=about(1.305e9, 1.435e9, 1.594e9, "about"),
        unit="EUR",
        dimension="money",
        period=year(2013, basis="inferred"),
        derived=Derived(rule="growth-base", from_=("tribune:freight",)),
    ),
    claim("freight", "leaflet", "Back in 2013 all freight was worth some 0.9 billion euros.", "some 0.9 billion euros", about(0.85e9, 0.9e9, 0.95e9, "about", 1e8), period=year(2013, "in 2013"), **EURO),
    claim("founded", "gazette", "The compact was founded in 2009 by three fishing villages.", "2009", Value(low="2009-01-01", high="2009-12-31", point="2009"), kind="date", dimension=None),
    claim("founded", "tribune", "Founded in 2010, the compact began with a single mail boat.", "2010", Value(low="2010-01-01", high="2010-12-31", point="2010"), kind="date", dimension=None),
    claim("vessels", "courier", "The joint fleet has 34 vessels, eleven of them electric, and winters in Norvik.", "34 vessels", exact(34), unit="vessel"),
    claim("vessels", "dagblad", "The joint fleet has 43 vessels, eleven of them electric, and winters in Norvik.", "43 vessels", exact(43), unit="vessel"),
    claim("crew", "leaflet", "Around 400 people crew our boats!", "Around 400 people", about(380, 400, 420, "about", 100), unit="person", zone="caption"),
    claim("crew", "tribune", "The compact employs 520 seafarers, a spokeswoman said on Monday.", "520 seafarers", about(515, 520, 525, step=10), unit="person", speaker="a spokeswoman", modality="reported"),
    claim("jobs", "courier", "On the islands 6,200 jobs depend on the ferries.", "6,200 jobs", about(6150, 6200, 6250, step=100), unit="job", scope=("the islands",)),
    claim("jobs", "tribune", "Counting the mainland, 9,800 jobs depend on the ferries.", "9,800 jobs", about(9750, 9800, 9850, step=100), unit="job", scope=("the islands", "the mainland")),
    claim("fares", "courier", "Fares are expected to rise by 4% next year.", "4%", about(3.5, 4, 4.5, step=1), kind="percent", unit="percent", dimension="percent", aspect="change", trend="up", modality="forecast", period=year(2024, "next year", "relative")),
    claim("fares", "tribune", "Fares rose 6% in 2024.", "6%", about(5.5, 6, 6.5, step=1), kind="percent", unit="percent", dimension="percent", aspect="change", trend="up", period=year(2024, "in 2024")),
    claim("programmes", "gazette", "Three programmes on piers, batteries and pilots were announced.", "Three programmes", exact(3), unit="programme"),
    claim("programmes-list", "gazette", "Three programmes on piers, batteries and pilots were announced.", "piers, batteries and pilots", None, kind="list", items=("piers", "batteries", "pilots"), complete=True),
    claim("quote", "tribune", "“The sea does not divide us, it carries us all,” harbour master Inga Falk said.", "The sea does not divide us, it carries us all,", None, kind="quote", quote=Quote(words="The sea does not divide us, it carries us all", speaker="Inga Falk"), speaker="Inga Falk", dimension=None),
    claim("quote", "dagblad", "Inga Falk told guests: “The sea never divides us, it carries us all.”", "The sea never divides us, it carries us all.", None, kind="quote", quote=Quote(words="The sea never divides us, it carries us all.", speaker="Inga Falk"), speaker="Inga Falk", dimension=None),
    claim("rank", "leaflet", "We run the second-largest electric fleet of the north.", "second-largest", Value(low=2, high=2, point=2), kind="rank", dimension="ordinal", rank=Rank(order="largest", of="electric fleet")),
)  # fmt: skip


def finding(name: str, outcome: str, sides: tuple[tuple[str, ...], ...], message: str, **fields: Any) -> Finding:
    """A finding on the topic of that name."""
    base: dict[str, Any] = {
        "id": f"1-{name}",
        "topic": f"topic-{name.split('.')[0]}",
        "outcome": outcome,
        "reason": "change",
        "rule": f"{outcome}-{name}",
        "severity": {"contradiction": "error", "possible-contradiction": "warning"}.get(outcome, "note"),
        "claims": tuple(i for side in sides for i in side),
        "sides": sides,
        "facts": {"values": "disjoint", "profile": "stock"},
        "message": message,
        "confidence": 0.9,
    }
    return Finding(**(base | fields))


FINDINGS = (
    finding("vessels", "contradiction", (("courier:vessels",), ("dagblad:vessels",)), "The same passage gives 34 vessels in one source and 43 in another", reason="copied-number", why=("Both sentences stem from one passage: 12 of 13 words agree.", "34 and 43 share no value.", "The rule for copied passages with a changed number applies."), reconcile=("One of the two transposed the digits: look the number up in the original.",), same_origin=True, confidence=0.97),
    finding("founded", "contradiction", (("gazette:founded",), ("tribune:founded",)), "The founding year is given as 2009 and as 2010", reason="constant", why=("A founding year does not change.", "2009 and 2010 do not overlap."), reconcile=("If one source means the signing and the other the first crossing.",)),
    finding("crew", "possible-contradiction", (("leaflet:crew",), ("tribune:crew",)), "About 400 crew in one source, 520 in another, and one of them bears no date", why=("400 stands for 380 to 420, 520 for 515 to 525.", "The leaflet has no date, so a change over time cannot be ruled out."), notes=("people against seafarers",), reconcile=("A date for the leaflet.", "If “crew” leaves out officers."), confidence=0.55),
    finding("freight.3", "possible-contradiction", (("leaflet:freight",), ("derived:freight-2013",)), "For 2013 one source gives 0.9 billion euros, and another’s doubling gives about 1.4 billion", reason="derived", why=("“Doubled within a decade” to 2.87 billion puts 2013 at 1.305 to 1.594 billion.", "0.85 to 0.95 billion does not meet it."), reconcile=("If “within a decade” means less than ten years.",), confidence=0.5),
    finding("members", "time-explained", (("gazette:members",), ("courier:members",)), "Communes in the compact went from 12 (4 Mar 2022) to 15 (19 May 2023)", why=("12 and 15 do not overlap.", "Membership is a level at a moment; it may grow by 4 a year."), reconcile=("Nothing to settle: the dates explain it.",)),
    finding("freight.2", "time-explained", (("gazette:freight",), ("tribune:freight", "dagblad:freight")), "Freight was 2.4 billion euros in 2021 and 2.87 billion in 2023", reason="different-period", notes=("freight against freight and luggage",)),
    finding("jobs", "scope-explained", (("courier:jobs",), ("tribune:jobs",)), "6,200 jobs on the islands, 9,800 with the mainland", reason="wider-scope"),
    finding("fares", "attribution", (("courier:fares",), ("tribune:fares",)), "A rise of 4% was expected for 2024; a rise of 6% is reported", reason="forecast"),
    finding("freight", "agreement", (("tribune:freight", "dagblad:freight"),), "Both give the freight of 2023 as 2.87 billion euros, rounded to 2.9 in one", reason="rounding"),
    finding("members.2", "agreement", (("courier:members",), ("tribune:members",)), "More than 15 communes fits fifteen and later joiners", reason="bound"),
    finding("programmes", "agreement", (("gazette:programmes",), ("gazette:programmes-list",)), "Three programmes are announced and three are named", reason="list-length"),
    finding("founded.2", "contradiction", (("gazette:members",), ("courier:vessels",)), "Twelve boats are named in one source, 34 vessels in another", reason="constant", reconcile=("They agree if the boats are communes.",), confidence=0.8),
    finding("jobs.2", "possible-contradiction", (("courier:jobs",), ("leaflet:crew",)), "6,200 jobs in one source, 400 people in another", confidence=0.4),
    finding("quote", "agreement", (("tribune:quote",), ("dagblad:quote",)), "Two wordings of one remark by Inga Falk", reason="variant"),
)  # fmt: skip


def _topic(name: str, title: str, profile: str | None, *positions: tuple[str, ...]) -> Topic:
    return Topic(id=f"topic-{name}", title=title, claims=tuple(i for p in positions for i in p), profile=profile, positions=positions)  # fmt: skip


TOPICS = (
    _topic("members", "communes in the Sound Ferry Compact", "stock", ("gazette:members",), ("courier:members",), ("tribune:members",)),
    _topic("freight", "freight through the Sound", "flow", ("leaflet:freight",), ("derived:freight-2013",), ("gazette:freight",), ("courier:freight",), ("tribune:freight", "dagblad:freight")),
    _topic("founded", "founding of the Sound Ferry Compact", "constant", ("gazette:founded",), ("tribune:founded",)),
    _topic("vessels", "vessels of the joint fleet", "stock", ("courier:vessels",), ("dagblad:vessels",)),
    _topic("crew", "people who crew the boats", "stock", ("leaflet:crew",), ("tribune:crew",)),
    _topic("jobs", "jobs that depend on the ferries", "stock", ("courier:jobs",), ("tribune:jobs",)),
    _topic("fares", "rise of fares", "flow", ("courier:fares",), ("tribune:fares",)),
    _topic("programmes", "programmes announced", None, ("gazette:programmes", "gazette:programmes-list")),
    _topic("quote", "Inga Falk on the sea", None, ("tribune:quote",), ("dagblad:quote",)),
    _topic("rank", "rank of the electric fleet", "constant", ("leaflet:rank",)),
)  # fmt: skip

COURSES = (
    Course(
        topic="topic-members",
        points=(
            CoursePoint(from_="2022-03-04", to="2022-03-04", low=12, high=12, claims=("gazette:members",)),
            CoursePoint(from_="2023-05-19", to="2023-05-19", low=15, high=15, claims=("courier:members",)),
            CoursePoint(from_="2024-09-02", to="2024-09-02", low=15, high=None, claims=("tribune:members",)),
        ),
    ),
    Course(
        topic="topic-freight",
        points=(
            CoursePoint(from_="2013-01-01", to="2013-12-31", low=1.305e9, high=1.594e9, claims=("derived:freight-2013",)),
            CoursePoint(from_="2021-01-01", to="2021-12-31", low=2.35e9, high=2.45e9, claims=("gazette:freight",)),
            CoursePoint(from_="2022-01-01", to="2022-12-31", low=2.6e9, high=None, claims=("courier:freight",)),
            CoursePoint(from_="2023-01-01", to="2023-12-31", low=2.865e9, high=2.875e9, claims=("tribune:freight", "dagblad:freight")),
        ),
    ),
    Course(
        topic="topic-vessels",
        points=(CoursePoint(from_="2023-05-19", to="2023-05-19", low=34, high=34, claims=("courier:vessels",)),),
        outliers=("dagblad:vessels",),
    ),
)  # fmt: skip

COVERAGE = Coverage(
    sources=5,
    sentences=64,
    quantities=41,
    claims=len(CLAIMS),
    pairs_compared=19,
    pairs_not_comparable={"unit-mismatch": 3, "level-vs-change": 2},
    skipped=(
        Skipped(source="press/karte.txt", reason="the text is in German, which is not read"),
        Skipped(source="press/wire.jsonl", reason="the line is not valid JSON", line=7),
    ),
)

RULES = {
    "contradiction-vessels": "A copied passage with a changed number cannot be right in both places.",
    "contradiction-founded": "A constant has one value; two that do not overlap cannot stand together.",
    "possible-contradiction-crew": "The values conflict, but the date that decides it is missing.",
    "time-explained-members": "A level may change between two dates; the change is within what is plausible.",
}


ACCEPTED = (
    Acceptance(finding="1-founded.2", by="baseline", reason="known misprint, corrected in the next issue", author="Inga Falk", date="2024-09-03", expires="2025-09-03", place="baseline.json:12"),
    Acceptance(finding="1-jobs.2", by="suppression", reason="two different things", place="suppressions.yaml:4"),
)  # fmt: skip

UNUSED = (
    "suppressions.yaml:9: no finding of the topic “ferry fares” was met",
    "baseline.json:31: ran out on 2024-06-30",
)


def build() -> Report:
    """The whole report."""
    data = {"rules": "0f1e2d3c4b5a", "rates_until": "2026-08-10", "regions": "2024-12"}
    return Report(
        sources=SOURCES, claims=CLAIMS, topics=TOPICS, findings=FINDINGS, courses=COURSES, coverage=COVERAGE, data=data, rules=RULES, accepted=ACCEPTED, unused=UNUSED
    )  # fmt: skip
