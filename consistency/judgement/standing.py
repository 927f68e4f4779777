"""How firmly two claims are said, and how much their words weigh."""

from __future__ import annotations

from consistency.judgement.intervals import day
from consistency.judgement.knowledge import Knowledge
from consistency.judgement.pair import Pair, Surroundings
from consistency.model import Claim

_PLAIN = {"asserted": "asserted", "reported": "asserted"}
_AHEAD = 366
"""Days after publication from which a period is only ever forecast; an estimate of this year is not one."""
_ONE_SIDED = ("denied", "hypothetical", "target", "forecast")


def modality(pair: Pair, agree: bool) -> str:
    """The fact `modality`. Reported counts as asserted; two forecasts or targets are compared like assertions.

    Two denials or two hypotheses are on one footing where their values agree or one copied the other.
    """
    a, b = (_told(c, pair) for c in (pair.a, pair.b))
    if a == b:
        if a in {"forecast", "target"}:
            return "both-forecast"
        if a == "asserted" or agree or pair.copied:
            return "both-asserted"
        return f"one-{a}"
    return next((f"one-{m}" for m in _ONE_SIDED if m in (a, b)), "both-asserted")


def _told(claim: Claim, pair: Pair) -> str:
    """asserted | forecast | target | denied | hypothetical; what is said of a time long after is a forecast."""
    plain = _PLAIN.get(claim.modality, claim.modality)
    published = pair.around.published(claim)
    if plain == "asserted" and published and claim.period.from_ and claim.kind != "date" and not pair.copied:
        return "forecast" if day(claim.period.from_) - day(published) > _AHEAD else plain
    return plain


def is_official(name: str | None, words: Knowledge, trusted: tuple[str, ...]) -> bool:
    """Whether a speaker or publisher is one whose later figure revises an earlier one."""
    if not name:
        return False
    folded = name.casefold()
    return any(o in folded for o in words.official) or any(t.casefold() == folded for t in trusted)


def originators(claim: Claim, around: Surroundings) -> set[str]:
    """Who stands behind a claim: its speaker and its publisher, folded."""
    context = around.context(claim)
    names = (claim.speaker, context.publisher if context else None)
    return {" ".join(n.casefold().split()) for n in names if n}


def _same_originator(pair: Pair) -> bool:
    """Whether one publisher or one named speaker stands behind both; in a copy, the speaker was copied too."""
    a, b, around = pair.a, pair.b, pair.around
    if pair.copied:
        publishers = [c.publisher for c in (around.context(a), around.context(b)) if c is not None and c.publisher]
        return len(publishers) == 2 and publishers[0].casefold() == publishers[1].casefold()
    return bool(originators(a, around) & originators(b, around))


def standing(pair: Pair) -> str:
    """equal | weaker | official-revision | same-originator.

    same-originator: one publisher or one named speaker behind both, in different sources. official-revision: the later
    published one comes from an official body, and the earlier one does not come from another.
    """
    a, b, around = pair.a, pair.b, pair.around
    weak = [c.standing in around.words.weaker for c in (a, b)]
    if weak[0] != weak[1]:
        return "weaker"
    if pair.same_source:
        return "equal"
    if _same_originator(pair):
        return "same-originator"
    first, last = sorted((a, b), key=lambda c: around.published(c) or "9999")
    if around.published(first) and around.published(last) and around.published(first) != around.published(last):
        official = [_official(c, around) for c in (first, last)]
        if official[1] and not official[0]:
            return "official-revision"
    return "equal"


def _official(claim: Claim, around: Surroundings) -> bool:
    context = around.context(claim)
    names = (claim.speaker, context.publisher if context else None)
    return any(is_official(n, around.words, around.trusted) for n in names)
