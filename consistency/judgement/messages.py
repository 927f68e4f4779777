"""The sentences of a finding: its message from the rule's template, its steps, and what else differs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from consistency.judgement import lists, quotes, saying
from consistency.judgement.facts import Facts
from consistency.judgement.pair import Surroundings
from consistency.judgement.rows import Row
from consistency.model import Claim

_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
_BASIS = {
    "stated": "stated",
    "relative": "worked out from the publication date",
    "published": "the day of publication",
    "inferred": "inferred",
    "none": "not stated",
}


def message(row: Row, full: Facts, title: str) -> str:
    """One sentence in plain English."""
    around = full.pair.around

    def fill(found: re.Match[str]) -> str:
        name = found[1]
        if name == "topic":
            return title
        if name == "deciding":
            return deciding(full)
        if name in {"changed", "only_a", "only_b"}:
            return changed(full.pair.a, full.pair.b)
        side, _, what = name.partition(".")
        claim, other = (full.pair.a, full.pair.b) if side == "a" else (full.pair.b, full.pair.a)
        if what == "source":
            return saying.source(claim, around, other)
        if what == "scope":
            return _scope(full, claim)
        return _side(claim, what, around)

    said = _PLACEHOLDER.sub(fill, row.message)
    return said[:1].upper() + said[1:]


def _side(claim: Claim, what: str, around: Surroundings) -> str:
    if what == "value":
        return saying.value(claim)
    if what == "when":
        return saying.when(claim, around)
    if what == "period":
        return saying.counted(claim, around)
    if what == "speaker":
        return claim.speaker or "an unnamed speaker"
    if what == "published":
        return saying.day(around.published(claim) or "an unknown day")
    if what == "relation":
        return claim.measure.relation or "count"
    return claim.text or saying.value(claim)


def _scope(full: Facts, claim: Claim) -> str:
    """What a number covers: by its words, where those of both tell the two apart."""
    if full.contrast is None:
        return saying.scope(claim)
    words = full.contrast.a if claim is full.pair.a else full.contrast.b
    return f"“{words}”" if words else saying.scope(claim) if claim.scope else "all, as far as is said"


def deciding(full: Facts) -> str:
    """Why the comparison is not firm, the weightiest reason first."""
    return full.weak[0].words if full.weak else "nothing that decides it is open"


def changed(a: Claim, b: Claim) -> str:
    """What differs, in the words that differ."""
    if a.items is not None and b.items is not None:
        difference = lists.compare(a, b)
        sides = [
            f"{saying.joined(names)} only in {which}"
            for names, which in ((difference.only_a, "the first"), (difference.only_b, "the second"))
            if names
        ]
        return "; ".join(sides) or "nothing"
    if a.quote is not None and b.quote is not None:
        return quotes.difference(a, b)
    return f"{a.text or saying.value(a)} and {b.text or saying.value(b)}"


def why(row: Row, full: Facts) -> tuple[str, ...]:
    """The steps to the verdict: both claims with interval and time, the facts that decided, the rule."""
    around = full.pair.around
    a, b = full.pair.a, full.pair.b
    steps = [*_claim_steps(a, b, around), *_claim_steps(b, a, around)]
    shared = sorted({*full.pair.a.measure.entities} & {*full.pair.b.measure.entities})
    if shared:
        steps.append(f"Both name {saying.joined(shared)}.")
    steps.append(f"As a measure this is {_PROFILE[around.profile.kind]} (profile {around.profile.id}).")
    if full.contrast is not None:
        steps.append(f"Words near the numbers tell them apart: {_scope(full, a)}, and {_scope(full, b)}.")
    steps.extend(f"Not firm: {w.words}." for w in full.weak)
    facts = "; ".join(f"{fact}: {full.facts[fact]}" for fact in row.when) or "no other rule applies"
    steps.append(f"Rule {row.id} ({facts}). {row.because}")
    return tuple(steps)


_PROFILE = {
    "stock": "a level at a moment",
    "flow": "an amount over a period",
    "cumulative": "a running total",
    "constant": "something that does not change",
    "clock": "an age",
    "unknown": "of a kind no profile knows",
}


def _claim_steps(claim: Claim, other: Claim, around: Surroundings) -> list[str]:
    """What a claim says; for one that is worked out, the sum it comes from first."""
    if claim.derived is None:
        return [_claim_step(claim, other, around)]
    made = f"So {saying.source(claim, around)} implies {saying.value(claim)} (rule {claim.derived.rule})"
    when = saying.period(claim.period) if claim.period.to else saying.when(claim, around)
    return [*claim.derived.steps, f"{made}, read as {saying.interval(claim.value)}, for {when}."]


def _claim_step(claim: Claim, other: Claim, around: Surroundings) -> str:
    where = saying.source(claim, around, other)
    day = around.published(claim)
    head = f"{where} ({'published ' + saying.day(day) if day else 'undated'}) says {saying.value(claim)}"
    if claim.value is not None and not isinstance(claim.value.low, str):
        head += f", read as {saying.interval(claim.value)}"
    times = []
    if claim.period.from_ or claim.period.to:
        times.append(f"period {saying.period(claim.period)} ({_BASIS.get(claim.period.basis, claim.period.basis)})")
    held = around.held(claim)
    if held is not None and around.level:
        times.append(f"held on {saying.span(held)} ({_BASIS.get(held.basis, held.basis)})")
    return head + "".join(f"; {t}" for t in times) + "."


def notes(full: Facts) -> tuple[str, ...]:
    """The other facets in which the two differ: they do not decide, but a reader may want to know them."""
    return tuple(_notes(full))


def _notes(full: Facts) -> Iterator[str]:
    a, b = full.pair.a, full.pair.b
    if full.contrast is None and full.facts["scopes"] not in {"same"} and a.scope != b.scope:
        yield f"Scope: {saying.scope(a)} on one side, {saying.scope(b)} on the other."
    nouns = [c.measure.noun for c in (a, b)]
    if a.kind == b.kind == "quote" and nouns[0] != nouns[1]:
        yield "One side prints the words as a quotation, the other tells them in indirect speech."
    elif None not in nouns and nouns[0] != nouns[1]:
        yield f"Counted: {nouns[0]} and {nouns[1]}."
    if a.unit != b.unit and a.unit and b.unit and a.kind == b.kind and a.kind in {"money", "measure"}:
        names = [saying.currency(c.unit or "", None) if c.kind == "money" else c.unit for c in (a, b)]
        yield f"Unit: {names[0]} and {names[1]}."
    if a.value and b.value and a.value.hedge != b.value.hedge:
        yield f"Wording: “{a.text or saying.value(a)}” and “{b.text or saying.value(b)}”."
    if full.facts["periods"] in {"within", "overlapping", "apart"} and full.facts["profile"] not in {"flow"}:
        yield f"Period: {saying.period(a.period)} and {saying.period(b.period)}."
    for c in (a, b):
        if c.modality == "reported" and c.speaker and c.kind != "quote":
            yield f"{saying.source(c, full.pair.around)} gives it as the word of {c.speaker}."
        if c.derived is not None:
            yield f"{saying.value(c)} is worked out ({c.derived.rule}), not printed."
