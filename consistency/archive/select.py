"""What a report on new sources shows: the findings they have part in, their topics, and the claims of both."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec

from consistency.model import Claim, Extraction, Finding, Judgement


class Selected(msgspec.Struct, frozen=True):
    """judgement: with only the topics, findings and courses shown. extractions: of the new sources and of those met.
    claims: all of the new sources, of the others those that are shown. met: the ids of the known sources met."""

    judgement: Judgement
    extractions: tuple[Extraction, ...]
    claims: tuple[Claim, ...]
    met: tuple[str, ...]


def select(judgement: Judgement, extractions: Sequence[Extraction], new: Collection[str]) -> Selected:
    """The part of a judgement that new sources have part in."""
    every = {c.id: c for e in extractions for c in e.claims} | {c.id: c for c in judgement.derived}
    findings = tuple(f for f in judgement.findings if touches(f, every, new))
    told = {f.topic for f in findings}
    topics = tuple(t for t in judgement.topics if t.id in told or any(is_new(every[i], every, new) for i in t.claims))
    kept = {t.id for t in topics}
    shown = _with_parents((*(i for t in topics for i in t.claims), *(i for f in findings for i in f.claims)), every)
    met = {every[i].source for i in shown} - set(new)
    courses = tuple(c for c in judgement.courses if c.topic in kept)
    used = tuple(e for e in extractions if e.source in new or e.source in met)
    printed = tuple(c for e in used for c in e.claims if e.source in new or c.id in shown)
    derived = tuple(c for c in judgement.derived if c.id in shown)
    return Selected(
        judgement=msgspec.structs.replace(judgement, topics=topics, findings=findings, courses=courses),
        extractions=used,
        claims=printed + derived,
        met=tuple(sorted(met)),
    )


def touches(finding: Finding, claims: Mapping[str, Claim], new: Collection[str]) -> bool:
    """Whether a new source has part in a finding: one of its claims stands there, or is what a claim there rests on."""
    return any(is_new(claims[i], claims, new) for i in finding.claims)


def is_new(claim: Claim, claims: Mapping[str, Claim], new: Collection[str]) -> bool:
    """Whether a claim is a new source's, or worked out from one that is."""
    parents = claim.derived.from_ if claim.derived else ()
    return claim.source in new or any(i in claims and claims[i].source in new for i in parents)


def _with_parents(ids: Iterable[str], claims: Mapping[str, Claim]) -> set[str]:
    out = set(ids)
    for i in tuple(out):
        claim = claims[i]
        out.update(p for p in (claim.derived.from_ if claim.derived else ()) if p in claims)
    return out
