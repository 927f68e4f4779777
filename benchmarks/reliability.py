"""How often findings of a confidence are right, on the development data.

    benchmarks/scores.sh BENCH_FOLDER OUT_FOLDER mixed labelled mutation
    .venv/bin/python -m benchmarks.reliability BENCH_FOLDER OUT_FOLDER

A finding is a case for each labelled pair it speaks of (right where its outcome is the pair's or one as good), for
a mixed pile (right where all its claims are of one incident, which says nothing of its outcome), and, if it says
contradiction or possible contradiction, for a mutated text (right on the changed words). Prints a table: cases in bins
of confidence, the mean confidence, the share that was right with its Wilson interval.
"""

import json
import math
import sys
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

BINS = (0.0, 0.35, 0.5, 0.65, 0.8, 0.9, 1.01)
CLASH = frozenset({"contradiction", "possible-contradiction"})


class Case(NamedTuple):
    """Data set, outcome and basis of a finding, its confidence, and whether it was right."""

    data: str
    outcome: str
    basis: str
    confidence: float
    right: bool


def main() -> None:
    bench, out = Path(sys.argv[1]), Path(sys.argv[2])
    sys.path.insert(0, str(bench))
    import score_consistency as scorer

    cases = [*labelled(bench, out, scorer), *mixed(bench, out), *mutation(bench, out)]
    table("labelled pairs, all outcomes", [c for c in cases if c.data == "labelled"])
    table(
        "labelled pairs, contradiction or possible", [c for c in cases if c.data == "labelled" and c.outcome in CLASH]
    )
    table("mutation, contradiction or possible", [c for c in cases if c.data == "mutation"])
    table("mixed, of one incident", [c for c in cases if c.data == "mixed"])
    print("\nby outcome and basis, labelled pairs and mutation")
    for outcome, basis in sorted({(c.outcome, c.basis) for c in cases}):
        line(
            f"{outcome}, {basis}", [c for c in cases if (c.outcome, c.basis) == (outcome, basis) and c.data != "mixed"]
        )


def rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a .jsonl file."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def reports(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Group and report of a file that `run_groups.py` wrote."""
    for row in rows(path):
        yield row["group"], row.get("report") or row


def labelled(bench: Path, out: Path, scorer: ModuleType) -> Iterator[Case]:
    """A case for each pair of labels that a finding holds against each other (or has agree)."""
    folder = bench / "incidents"
    report = scorer.merged(scorer.load(out / "labelled.out"))
    texts = {s["id"]: s["text"] for s in rows(folder / "labelled.jsonl")}
    by_source = defaultdict(list)
    for claim in report["claims"]:
        by_source[claim["source"]].append(claim)
    found = {}
    for label in rows(folder / "labelled.gold.jsonl"):
        key = (label["source"], label["span"], label["measure"])
        found[key] = {repr(c["id"]) for c in scorer.match(by_source[label["source"]], texts[label["source"]], label)}
    pairs = rows(folder / "pairs.gold.jsonl")
    for finding in report["findings"]:
        sides = [{repr(i) for i in side} for side in finding["sides"]]
        for pair in pairs:
            a, b = (found.get((pair[x]["source"], pair[x]["span"], pair["measure"]), set()) for x in "ab")
            if a & b or not _holds(sides, a, b):
                continue
            good = {pair["outcome"], *(pair.get("also") or ())}
            yield _case("labelled", finding, finding["outcome"] in good)


def _holds(sides: list[set[str]], a: set[str], b: set[str]) -> bool:
    """Whether a finding's sides set two groups of claims against each other; one side alone holds both."""
    if len(sides) == 1:
        return bool(sides[0] & a and sides[0] & b)
    return any(x & a and y & b for x in sides for y in sides if x is not y)


def mixed(bench: Path, out: Path) -> Iterator[Case]:
    """A case for each finding over two or more articles."""
    incident = {r["source"]: r["incident"] for r in rows(bench / "incidents" / "mixed.gold.jsonl")}
    for _, report in reports(out / "mixed.out"):
        source = {c["id"]: c["source"] for c in report["claims"]}
        for finding in report["findings"]:
            told = {source[i] for i in finding["claims"] if i in source}
            if len(told) > 1:
                yield _case("mixed", finding, len({incident[s] for s in told}) == 1)


def mutation(bench: Path, out: Path) -> Iterator[Case]:
    """A case for each finding of a clash in a pair of texts of which one was changed, or neither."""
    for name in ("incidents", "factbook", "texts"):
        gold = {g["case"]: g for g in rows(bench / "mutation" / name / "gold.jsonl")}
        texts = {(s["group"], s["id"][-1]): s["text"] for s in rows(bench / "mutation" / name / "cases.jsonl")}
        for group, report in reports(out / f"mutation-{name}.out"):
            claims = {c["id"]: c for c in report["claims"]}
            for finding in report["findings"]:
                if finding["outcome"] in CLASH:
                    told = [claims[i] for i in finding["claims"] if i in claims]
                    right = gold[group]["expect"] == "contradiction" and all(
                        any(
                            c["source"].endswith(f"-{side}") and _on(c, texts[group, side], gold[group], side)
                            for c in told
                        )
                        for side in "ab"
                    )
                    yield _case("mutation", finding, right)


def _on(claim: dict[str, Any], text: str, gold: dict[str, Any], side: str) -> bool:
    """Whether a claim stands on the changed words; of dates and lists, whether its sentence holds them."""
    span = gold[f"span_{side}"]
    at = text.find(span)
    loose = gold["kind"].startswith(("date", "list"))
    while at >= 0:
        sentence = claim.get("sentence") or {}
        if claim["start"] is not None and claim["start"] < at + len(span) and claim["end"] > at:
            return True
        if loose and sentence and sentence["start"] <= at < sentence["end"]:
            return True
        at = text.find(span, at + 1)
    return False


def _case(data: str, finding: dict[str, Any], right: bool) -> Case:
    return Case(data, finding["outcome"], finding["facts"].get("basis", "firm"), finding["confidence"], right)


def table(title: str, cases: list[Case]) -> None:
    """Prints the cases in bins of confidence."""
    print(f"\n{title}")
    for low, high in pairwise(BINS):
        line(f"{low:.2f} to {min(high, 1.0):.2f}", [c for c in cases if low <= c.confidence < high])


def line(title: str, cases: list[Case]) -> None:
    """Prints how many of some cases were right; nothing where there are none."""
    if cases:
        right = sum(c.right for c in cases)
        mean = sum(c.confidence for c in cases) / len(cases)
        low, high = wilson(right, len(cases))
        share = f"{right / len(cases):.2f} [{low:.2f}, {high:.2f}]"
        print(f"  {title:34s} mean confidence {mean:.2f}  right {share}  {right}/{len(cases)}")


def wilson(right: int, n: int, z: float = 1.96) -> tuple[float, float]:
    """The 95 % interval of a share."""
    p, d = right / n, 1 + z * z / n
    middle, half = (p + z * z / (2 * n)) / d, z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / d
    return middle - half, middle + half


if __name__ == "__main__":
    main()
