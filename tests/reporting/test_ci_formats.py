"""What the formats for servers and editors say, read back by readers that are not ours."""

from __future__ import annotations

import json
import urllib.parse
from typing import Any

import msgspec
import pytest
import readers
import sample
from rdflib import RDF, Literal

from consistency.model import Acceptance, Against, Location, Report
from consistency.reporting import FORMATS, format_name, format_of, render
from consistency.reporting.problems import problems

OPEN = ["1-vessels", "1-founded", "1-crew", "1-freight.3"]
ACCEPTED = ["1-founded.2", "1-jobs.2"]
replace = msgspec.structs.replace


@pytest.mark.parametrize("form", FORMATS)
def test_a_reader_of_another_library_reads_it(report: Report, form: str) -> None:
    for some in (report, Report(), Report(sources=report.sources)):
        readers.READERS[form](render(some, form))


def raised(report: Report, finding: str, severity: str) -> Report:
    """The report with another severity for one finding, as settings may want it."""
    findings = (replace(f, severity=severity) if f.id == finding else f for f in report.findings)
    return replace(report, findings=tuple(findings))


# ------------------------------------------------------------------------------------------------------- problems
def test_problems_are_what_somebody_is_to_look_at(report: Report) -> None:
    assert [p.finding.id for p in problems(report)] == OPEN + ACCEPTED
    assert [p.finding.id for p in problems(raised(report, "1-members", "warning"))][4] == "1-members"
    assert "1-crew" in [p.finding.id for p in problems(raised(report, "1-crew", "note"))]


def test_a_problem_is_shown_in_the_source_under_review_else_in_the_latest(report: Report) -> None:
    first = next(problems(report))
    assert first.here is not None
    assert (first.here.path, first.here.line) == ("press/2024-09-02-dagblað.txt", 2)
    against = Against(new=1, known=4, met=1, sources=("courier",))
    asked = next(problems(replace(report, coverage=replace(report.coverage, against=against))))
    assert asked.here is not None
    assert asked.here.path == "press/courier.html"
    assert [mark.source for mark in asked.others] == ["dagblad"]


def test_a_claim_that_was_worked_out_is_shown_where_it_comes_from(report: Report) -> None:
    freight = next(p for p in problems(report) if p.finding.id == "1-freight.3")
    assert freight.here is not None
    assert freight.here.claim == "tribune:freight"
    assert [mark.page for mark in freight.others] == [2]


# ---------------------------------------------------------------------------------------------------------- SARIF
@pytest.fixture(scope="module")
def run(report: Report) -> dict[str, Any]:
    return readers.sarif(render(report, "sarif"))


def test_sarif_results(run: dict[str, Any], report: Report) -> None:
    found = [result["properties"]["finding"] for result in run["results"]]
    assert found == OPEN + ACCEPTED
    assert [result["level"] for result in run["results"]] == [
        "error",
        "error",
        "warning",
        "warning",
        "error",
        "warning",
    ]
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in run["results"])
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["properties"]["outcomes"]["agreement"] == 4
    prints = [result["partialFingerprints"]["primaryLocationLineHash"] for result in run["results"]]
    assert len(set(prints)) == len(prints)


def test_sarif_places(run: dict[str, Any]) -> None:
    vessels, founded, crew = run["results"][:3]
    place = vessels["locations"][0]["physicalLocation"]
    assert urllib.parse.unquote(place["artifactLocation"]["uri"]) == "press/2024-09-02-dagblað.txt"
    assert place["region"] == {"startLine": 2, "startColumn": 21, "endLine": 2, "endColumn": 31}
    assert len("43 vessels") == place["region"]["endColumn"] - place["region"]["startColumn"]
    assert "[The other side](1)" in founded["message"]["text"]
    assert founded["relatedLocations"][0]["id"] == 1
    pdf = crew["relatedLocations"][0]
    assert "region" not in pdf["physicalLocation"]
    assert "page 2" in pdf["message"]["text"]


def test_sarif_suppressions_are_of_all_results(run: dict[str, Any]) -> None:
    told = {result["properties"]["finding"]: result["suppressions"] for result in run["results"]}
    assert all(told[name] == [] for name in OPEN)
    (suppression,) = told["1-founded.2"]
    assert suppression["kind"] == "external"
    assert suppression["justification"] == "known misprint, corrected in the next issue"
    assert suppression["properties"]["expires"] == "2025-09-03"
    assert all("baselineState" not in result for result in run["results"])


def test_sarif_fingerprints_know_no_path_and_no_line(run: dict[str, Any], report: Report) -> None:
    moved = tuple(
        replace(c, location=replace(c.location, path=f"old/{c.location.path}", line=77)) if c.location else c
        for c in report.claims
    )
    again = readers.sarif(render(replace(report, claims=moved), "sarif"))
    assert [r["partialFingerprints"] for r in again["results"]] == [r["partialFingerprints"] for r in run["results"]]


def test_sarif_helps_with_what_the_rule_files_say(report: Report) -> None:
    """A built-in rule has its whole page; one that says otherwise in the report has but what the report says."""
    from consistency.judgement.catalogue import every_rule

    row = next(r for r in every_rule() if r.outcome == "contradiction" and r.examples)
    findings = (replace(report.findings[0], rule=row.id), replace(report.findings[1], rule="own-rule"))
    made = replace(report, findings=findings, rules={row.id: row.because, "own-rule": "Our desk says so."})
    helps = {r["id"]: r["help"] for r in readers.sarif(render(made, "sarif"))["tool"]["driver"]["rules"]}
    assert row.because in " ".join(helps[row.id]["text"].split())
    assert "Example 1 gives" in helps[row.id]["text"]
    assert helps[row.id]["markdown"].startswith(f"### {row.id}\n")
    assert helps["own-rule"] == {"text": "Our desk says so.\n"}
    other = replace(made, rules={row.id: "Another reason."})
    helps = {r["id"]: r["help"] for r in readers.sarif(render(other, "sarif"))["tool"]["driver"]["rules"]}
    assert helps[row.id] == {"text": "Another reason.\n"}


@pytest.mark.parametrize(
    ("at", "region"),
    [
        (Location(path="a.jsonl", line=4, end_line=4), {"startLine": 4, "endLine": 4}),
        (Location(path="a.html", line=4, end_line=6), {"startLine": 4, "endLine": 6}),
        (
            Location(path="a.txt", line=4, column=9, end_line=5, end_column=2),
            {"startLine": 4, "startColumn": 9, "endLine": 5, "endColumn": 2},
        ),
        (Location(path="a.docx"), None),
        (None, None),
    ],
)
def test_sarif_regions(report: Report, at: Location | None, region: dict[str, int] | None) -> None:
    claims = tuple(replace(c, location=at) if c.id in report.findings[0].claims else c for c in report.claims)
    result = readers.sarif(render(replace(report, claims=claims), "sarif"))["results"][0]
    assert result["locations"][0]["physicalLocation"].get("region") == region
    assert result["relatedLocations"][0]["physicalLocation"].get("region") == region


def test_a_source_that_is_no_file_is_named(report: Report) -> None:
    claims = tuple(replace(c, location=None) for c in report.claims)
    bare = replace(report, claims=claims, sources=tuple(replace(s, path=None) for s in report.sources))
    result = readers.sarif(render(bare, "sarif"))["results"][0]
    assert result["locations"][0]["logicalLocations"] == [{"fullyQualifiedName": "dagblad"}]
    assert readers.gitlab(render(bare, "gitlab"))[0]["location"] == {"path": "dagblad", "lines": {"begin": 1}}
    assert set(readers.github(render(bare, "github"))[0][1]) == {"title"}
    assert readers.junit(render(bare, "junit")).tests == len(report.findings)


# ---------------------------------------------------------------------------------------------------------- JUnit
def test_junit_has_a_suite_a_topic_and_a_test_a_finding(report: Report) -> None:
    suites = readers.junit(render(report, "junit"))
    assert (suites.tests, suites.failures, suites.skipped) == (14, 2, 2)
    assert [suite.name for suite in suites][:2] == ["vessels of the joint fleet", "founding of the Sound Ferry Compact"]
    cases = {case.name: case for suite in suites for case in suite}
    assert len(cases) == 14
    failed = [name for name, case in cases.items() if case.is_failure]
    assert [name.rpartition("[")[2] for name in failed] == ["1-vessels]", "1-founded]"]
    founded = next(case for name, case in cases.items() if name.endswith("[1-founded.2]"))
    assert founded.is_skipped
    assert "known misprint" in founded.result[0].message
    assert cases[failed[0]].result[0].text.count("press/") == 2


def test_junit_fails_what_the_gate_fails(report: Report) -> None:
    gate = frozenset({"1-crew", "1-vessels", "1-jobs.2"})
    suites = readers.junit(render(report, "junit", failing=gate))
    assert (suites.failures, suites.skipped) == (2, 2)  # what is accepted is skipped, at the gate or not
    assert readers.junit(render(report, "junit", failing=frozenset())).failures == 0
    assert readers.junit(render(raised(report, "1-vessels", "note"), "junit")).failures == 1


def test_junit_of_nothing_has_a_test_that_passed() -> None:
    suites = readers.junit(render(Report(), "junit"))
    assert (suites.tests, suites.failures) == (1, 0)


# --------------------------------------------------------------------------------------------------------- GitHub
def test_github_annotations(report: Report) -> None:
    told = readers.github(render(report, "github"))
    assert [name for name, _, _ in told] == ["error", "error", "warning", "warning", "notice", "notice"]
    _, given, message = told[0]
    assert given == {
        "file": "press/2024-09-02-dagblað.txt",
        "line": "2",
        "col": "21",
        "endColumn": "31",
        "title": "Contradiction: vessels of the joint fleet",
    }
    rows = message.split("\n")
    assert rows[0] == "The same passage gives 34 vessels in one source and 43 in another"
    assert rows[2] == "press/courier.html:8:21: Island Courier, 19 May 2023: “34 vessels”"
    assert told[4][2] == "2 findings are accepted and not shown: 1 by the baseline, 1 by a suppression."
    assert "ran out on 2024-06-30" in told[5][2]


def test_github_gives_columns_on_one_line_only(report: Report) -> None:
    at = Location(path="a,b:c%.txt", line=4, column=9, end_line=5, end_column=2)
    claims = tuple(replace(c, location=at) if c.id in report.findings[0].claims else c for c in report.claims)
    _, given, _ = readers.github(render(replace(report, claims=claims), "github"))[0]
    assert {k: v for k, v in given.items() if k != "title"} == {"file": "a,b:c%.txt", "line": "4", "endLine": "5"}


def test_github_of_nothing_is_one_line_for_people(report: Report) -> None:
    quiet = replace(report, findings=(), accepted=(), unused=())
    assert render(quiet, "github") == "No contradiction was found among 5 sources.\n"


# --------------------------------------------------------------------------------------------------------- GitLab
def test_gitlab_issues(report: Report) -> None:
    rows = readers.gitlab(render(report, "gitlab"))
    assert [row["severity"] for row in rows] == ["major", "major", "minor", "minor"]
    assert rows[0]["location"] == {"path": "press/2024-09-02-dagblað.txt", "lines": {"begin": 2}}
    assert rows[0]["check_name"] == "consistency/contradiction-vessels"
    twice = replace(report, findings=(report.findings[0], report.findings[0]))
    assert len(readers.gitlab(render(twice, "gitlab"))) == 2


# ---------------------------------------------------------------------------------------------------- ClaimReview
def test_claimreview_invents_no_rating(report: Report) -> None:
    graph = readers.claimreview(render(report, "claimreview"))
    reviews = list(graph.subjects(RDF.type, readers.SDO.ClaimReview))
    assert len(reviews) == len(OPEN)
    assert not list(graph.subject_objects(readers.SDO.reviewRating))
    assert not list(graph.subject_objects(readers.SDO.ratingValue))
    vessels = next(graph.subjects(readers.SDO.identifier, Literal("1-vessels")))
    claims = list(graph.objects(vessels, readers.SDO.itemReviewed))
    texts = {str(next(graph.objects(claim, readers.SDO.text))) for claim in claims}
    assert texts == {c.sentence.text for c in report.claims if c.id in report.findings[0].claims and c.sentence}
    authors = {
        str(name)
        for c in claims
        for a in graph.objects(c, readers.SDO.author)
        for name in graph.objects(a, readers.SDO.name)
    }
    assert authors == {"Island Courier", "Eyja Dagblaðið"}
    assert {str(day) for claim in claims for day in graph.objects(claim, readers.SDO.datePublished)} == {
        "2023-05-19",
        "2024-09-02",
    }
    assert "https://gazette.example/2022/ferry-compact" in {str(url) for url in graph.objects(None, readers.SDO.url)}


def test_claimreview_holds_what_a_person_decided(report: Report) -> None:
    rating = {"@type": "Rating", "alternateName": "Misprint"}
    decided = {"1-jobs": {"reviewRating": rating, "url": "https://desk.example/1"}}
    graph = readers.claimreview(render(report, "claimreview", reviews=decided))
    (rated,) = graph.subjects(readers.SDO.reviewRating)
    assert str(next(graph.objects(rated, readers.SDO.identifier))) == "1-jobs"
    assert not list(graph.objects(rated, readers.SDO.creativeWorkStatus))


# -------------------------------------------------------------------------------------- accepted, and left unused
def test_accepted_findings_are_told_apart_everywhere(report: Report) -> None:
    text, marked, page = (render(report, form) for form in ("text", "markdown", "html"))
    for printed in (text, marked, page):
        assert "2 contradictions were found among 5 sources." in " ".join(printed.split())
        assert "known misprint" in printed
        assert "ran out on 2024-06-30" in printed
    assert text.index("ACCEPTED (2)") > text.index("AGREEMENTS (4)")
    assert marked.index("## Accepted (2)") > marked.index("## Agreements (4)")
    rows = {row["id"]: row for row in readers.table(render(report, "csv"))}
    assert rows["1-founded.2"]["accepted"].startswith("the baseline, known misprint")
    assert rows["1-vessels"]["accepted"] == ""
    found = {row["id"]: row["accepted"] for row in readers.lines(render(report, "jsonl"))}
    assert found["1-jobs.2"]["place"] == "suppressions.yaml:4"
    assert found["1-vessels"] is None
    assert [entry["finding"] for entry in json.loads(render(report, "json"))["accepted"]] == ACCEPTED


def test_where_the_only_contradiction_is_accepted_none_is_counted(report: Report) -> None:
    first = report.findings[0]
    one = replace(report, findings=(first,), accepted=(Acceptance(finding=first.id, by="baseline"),), unused=())
    text = " ".join(render(one, "text").split())
    assert "No contradiction beyond those accepted was found among 5 sources. 1 accepted finding is left aside." in text
    assert "No contradiction was found among 5 sources but what was accepted." in text
    assert f"{first.id} · accepted by the baseline" in text


def test_explain_shows_an_accepted_finding_too(report: Report) -> None:
    from consistency.reporting import explained

    told = explained.render(report, next(f for f in report.findings if f.id == "1-jobs.2"))
    assert "Accepted by a suppression, two different things" in told
    assert "6,200 jobs" in told


# ------------------------------------------------------------------------------------------------- names and files
def test_names_and_endings() -> None:
    named = {"report.sarif": "sarif", "a.sarif.json": "sarif", "junit.xml": "junit", "a.jsonld": "claimreview"}
    named |= {"out/gl-code-quality-report.json": "gitlab", "plain.json": "json", "notes.gitlab": None}
    assert {name: format_of(name) for name in named} == named
    assert [format_name(name) for name in ("SARIF", "xml", "jsonld", "github")] == [
        "sarif",
        "junit",
        "claimreview",
        "github",
    ]


def test_paths_are_printed_as_the_caller_wants_them(report: Report) -> None:
    def relative(path: str) -> str:
        return f"site/{path}"

    result = readers.sarif(render(report, "sarif", relative=relative))["results"][0]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].startswith("site/press/")
    assert readers.gitlab(render(report, "gitlab", relative=relative))[0]["location"]["path"].startswith("site/press/")
    assert readers.github(render(report, "github", relative=relative))[0][1]["file"].startswith("site/press/")
    absolute = readers.sarif(render(report, "sarif", relative=lambda path: f"/tmp a/{path}"))["results"][0]
    place = absolute["locations"][0]["physicalLocation"]["artifactLocation"]
    assert place == {"uri": "file:///tmp%20a/press/2024-09-02-dagbla%C3%B0.txt"}


def test_the_sample_has_all_it_is_meant_to_have() -> None:
    made = sample.build()
    assert {a.by for a in made.accepted} == {"baseline", "suppression"}
    assert {f.outcome for f in made.findings} == {*("contradiction", "possible-contradiction", "time-explained")} | {
        *("scope-explained", "attribution", "agreement")
    }
