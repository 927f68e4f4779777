"""What a source gives where the search for what its claims are joined to is spread over many computers.

`reach` walks from claim to claim; here every claim comes by itself, with all it is met by, and pairs are looked at
wherever two that share a key come together. Both rest on the same keys, ties and scores. Pure functions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec

from consistency.archive.copying import copy_ties
from consistency.archive.kept import Kept
from consistency.archive.loaded import Loaded, Shared
from consistency.archive.reach import Reached
from consistency.judgement import meeting
from consistency.model import Claim, Extraction, Judgement
from consistency.topics.about import Document, Story
from consistency.topics.blocking import nearness
from consistency.topics.curated import assign, load
from consistency.topics.keys import SHINGLE, claim_keys
from consistency.topics.origins import repeated_claims
from consistency.topics.passages import shingles
from consistency.topics.settings import Copies, Whole
from consistency.topics.signature import Rank, Signature

ID = str
Tie = tuple[ID, ID]


class Member(msgspec.Struct, frozen=True):
    """A claim among all others. rank: puts claims in order; near: as `blocking.nearness`; keys: what it is met by."""

    rank: Rank
    near: tuple[str, str, str, int]
    signature: Signature
    keys: tuple[str, ...]


class Run(msgspec.Struct, frozen=True):
    """A run of words of a passage. size, runs: how many words and runs the passage has; field: it is a table line."""

    gram: str
    part: int
    size: int
    runs: int
    field: bool


def members(kept: Kept, story: Story | None, shared: Shared) -> list[Member]:
    """The claims of a source. story: the one its document tells with others."""
    one = Loaded(kept, shared, (story,))
    found = [one.claim(c.id) for c in kept.extraction.claims]
    taken = assign(found, load(shared.rules), shared.known)
    return [Member(one.rank(s.claim), nearness(s), s, _keys(s, taken.get(s.index), shared)) for s in found]


def _keys(s: Signature, topic: str | None, shared: Shared) -> tuple[str, ...]:
    own = claim_keys(s, topic, shared.known, alone=False)
    return tuple(sorted({*own, *meeting.claim_keys(s.claim, shared.rules)}))


def ties(kept: Kept, shared: Shared) -> list[Tie]:
    """The claims of a source that are joined whatever others say, but for those it says again."""
    return sorted(meeting.ties(kept.extraction, shared.rules))


def runs(kept: Kept, shared: Shared) -> tuple[list[Run], list[Tie]]:
    """The runs of words of the passages of a source, each once a passage; and (earlier, later) claims that are word for
    word the same, which are joined too."""
    size = shared.copies.shingle
    passages = Loaded(kept, shared, (None,)).passages
    out: list[Run] = []
    for passage in passages:
        grams = shingles(passage.words, size)
        out += [Run(gram, passage.order, len(passage.words), len(grams), passage.field) for gram in sorted(grams)]
    return out, [(a.id, b.id) for a, b in repeated_claims(passages)]


def live_runs(kept: Kept, shared: Shared, hot: Callable[[str], bool]) -> Iterator[tuple[Run, list[str]]]:
    """Each passage of a source, told of as a `Run` of no words, and its runs of words that are not hot."""
    size = shared.copies.shingle
    for passage in Loaded(kept, shared, (None,)).passages:
        grams = shingles(passage.words, size)
        told = Run("", passage.order, len(passage.words), len(grams), passage.field)
        yield told, [g for g in grams if not hot(SHINGLE + g)]


def copied(one: Kept, two: Kept, shared: Shared, hot: Callable[[str], bool]) -> set[Tie]:
    """The claims of two sources that a copy joins. hot: whether too many passages have a run of words."""
    first, second = (Loaded(kept, shared, (None,)) for kept in (one, two))
    count = counter(hot, shared)
    found = copy_ties(first, second, shared.copies, lambda gram: count(SHINGLE + gram), shared.settings.near_copy)
    return {(a, b) for a, others in found.items() for b in others}


def counter(hot: Callable[[str], bool], shared: Shared) -> Callable[[str], int]:
    """`Whole.count`, as far as it matters where pairs are scored before: one more than is looked up for what is hot."""
    most = shared.copies.hot_shingle
    return lambda key: most + 1 if hot(key) else 0


def link(a: Member, b: Member, shared: Shared) -> tuple[float, ID, ID] | None:
    """The score of two claims that share a block, if they are a link, and their ids, the earlier first."""
    first, second = (a, b) if a.rank <= b.rank else (b, a)
    score = shared.scorer.link(first.signature, second.signature)
    return None if score is None else (score, first.signature.claim.id, second.signature.claim.id)


def grows(a: Member, b: Member, shared: Shared) -> bool:
    """Whether two claims that share a key of growth are joined by it."""
    return meeting.may_grow(a.signature.claim, b.signature.claim, shared.rules)


def part(
    sources: Sequence[tuple[Kept, Document]],
    claims: frozenset[ID],
    links: Iterable[tuple[float, ID, ID]],
    hot: Callable[[str], bool],
    shared: Shared,
    copies: Copies | None = None,
    signatures: tuple[Signature, ...] | None = None,
) -> Reached:
    """Some components of claims, whole, with the sources they stand in, as if they had been walked to. sources: with
    what each is about, its story among it; copies: those of these sources, and signatures: those of the claims in the
    order of their ranks, where they are known."""
    documents: Mapping[str, Document] = {k.extraction.source: document for k, document in sources}
    kept = {k.extraction.source: k for k, _ in sources}
    whole = Whole(counter(hot, shared), documents, claims, tuple(sorted(links)), copies, signatures)
    return Reached(kept=dict(sorted(kept.items())), claims=claims, whole=whole, hot=(), loaded=len(kept))


def document_of(kept: Kept, story: Story | None, shared: Shared) -> Document:
    """What a source is about. story: the one it tells with others."""
    return Loaded(kept, shared, (story,)).document


def own(judgement: Judgement, extractions: Sequence[Extraction], claims: frozenset[ID]) -> Judgement:
    """A judgement of whole sources, cut down to some components of their claims."""
    every = {c.id: c for e in extractions for c in e.claims} | {c.id: c for c in judgement.derived}
    topics = tuple(t for t in judgement.topics if not claims.isdisjoint(t.claims))
    findings = tuple(f for f in judgement.findings if not claims.isdisjoint(_printed(f.claims, every)))
    return msgspec.structs.replace(judgement, topics=topics, findings=findings)


def _printed(ids: Iterable[ID], every: Mapping[ID, Claim]) -> set[ID]:
    """The printed claims that some claims rest on, themselves among them."""
    out: set[ID] = set()
    todo = list(ids)
    while todo:
        claim = every[todo.pop()]
        if claim.derived is None:
            out.add(claim.id)
        else:
            todo += [i for i in claim.derived.from_ if i in every]
    return out
