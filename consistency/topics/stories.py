"""Which documents tell one story: the event a claim is about is a unit of its own, however its own sentence puts it.

Documents are grouped as claims are (greedy average linkage over Fellegi-Sunter weights), so that one follow-up that
shares a person with the first report and nothing with the second still belongs to both. What is known as story
detection in topic detection and tracking (Allan, 2002).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from consistency.topics.about import Document, Story, weeks_of
from consistency.topics.clusters import agglomerate
from consistency.topics.events import event_evidence
from consistency.topics.settings import TopicSettings
from consistency.topics.weights import Weights

_WORDS = 3


def stories(
    documents: Sequence[Document],
    table: Weights,
    settings: TopicSettings,
    known: Iterable[tuple[float, str, str]] | None = None,
) -> dict[str, Story]:
    """Source to its story, for stories told by two or more documents.

    documents: earliest first; the first of a story stands for it, and equal scores are taken in that order. known:
    (score, source, source) of the pairs that share enough, the earlier first, where they were scored before.
    """
    docs = [d for d in documents if not d.table]
    score = _scorer(docs, table.of)
    asked = table.of["story-asked"]
    if known is None:
        links = [(score(a, b), a, b) for a, b in sorted(_candidates(docs, settings))]
    else:
        place = {d.source: i for i, d in enumerate(docs)}
        links = [(value, place[a], place[b]) for value, a, b in known]
    groups, _ = agglomerate(
        len(docs),
        sorted((found for found in links if found[0] >= asked), key=lambda t: (-t[0], t[1], t[2])),
        (),
        score,
        table.of["story-mean"],
        table.of["story-veto"],
        settings.members,
    )
    out: dict[str, Story] = {}
    for group in groups:
        if len(group) > 1:
            story = _story([docs[i] for i in group])
            out.update((docs[i].source, story) for i in group)
    return out


def _story(docs: Sequence[Document]) -> Story:
    return Story(
        id=docs[0].source,
        days=frozenset[int]().union(*(d.days for d in docs)),
        places=frozenset[str]().union(*(d.towns | d.cities | d.streets for d in docs)),
    )


def one_story(a: Document, b: Document) -> bool:
    """Whether two documents tell one story."""
    return a.source != b.source and a.story is not None and b.story is not None and a.story.id == b.story.id


def shared(a: Document, b: Document, of: Mapping[str, float]) -> float:
    """The score of two documents, the earlier first: what speaks for their telling of one event."""
    return sum(of[name] for name, _ in event_evidence(a, b))


def _scorer(docs: Sequence[Document], of: Mapping[str, float]) -> Callable[[int, int], float]:
    known: dict[tuple[int, int], float] = {}

    def score(a: int, b: int) -> float:
        found = known.get((a, b))
        if found is None:
            found = known[a, b] = shared(docs[a], docs[b], of)
        return found

    return score


def story_keys(doc: Document) -> Iterable[str]:
    """What a document of the same story is likely to share: a person or a body, or a place or surname in one week.

    A place alone tells nothing a month later: what speaks against is then more than a place is worth.
    """
    yield from sorted(doc.persons | doc.names)
    weeks = weeks_of(doc)
    yield from (f"{name}@{week}" for name in sorted(_local(doc) | doc.kinds.keys() | doc.firsts) for week in weeks)
    yield from (f"{number}@{week}" for number in sorted(doc.numbers) for week in weeks)
    telling = sorted(doc.terms, key=lambda t: (-len(t), t))[: 2 * _WORDS]
    yield from (f"{a}+{b}@{week}" for a, b in pairwise(sorted(telling)) for week in weeks)


def _local(doc: Document) -> frozenset[str]:
    return doc.surnames | doc.towns | doc.streets | doc.cities | doc.wide


def _candidates(docs: Sequence[Document], settings: TopicSettings) -> set[tuple[int, int]]:
    """Pairs that share a key; in a group over the cap each document meets its neighbours in time only."""
    blocks: dict[str, list[int]] = {}
    for i, doc in enumerate(docs):
        for key in story_keys(doc):
            blocks.setdefault(key, []).append(i)
    return {pair for members in blocks.values() for pair in _pairs(members, settings)}


def _pairs(members: Sequence[int], settings: TopicSettings) -> Iterator[tuple[int, int]]:
    reach = len(members) if len(members) <= settings.block_cap else settings.window
    for n, b in enumerate(members):
        for a in members[max(0, n - reach) : n]:
            yield a, b
