"""One source that was opened, with what scoring and copies need of it worked out once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from typing import Protocol

import msgspec

from consistency.archive.kept import Kept
from consistency.config import NearCopy
from consistency.model import Claim
from consistency.rulebook import Rulebook
from consistency.topics.about import Document, Story, read_document
from consistency.topics.blocking import keys
from consistency.topics.candidates import alike, enough, fit, fitting, fitting_sizes
from consistency.topics.keys import BLOCK, CURATED, PRINT, REPETITIVE, SHINGLE, claim_keys
from consistency.topics.origins import ClaimPair, Imprint, alike_words, copies_between, repeated_claims, similar
from consistency.topics.passages import CopyRules, Passage, copy_rules, passages_of, shingles
from consistency.topics.settings import TopicSettings
from consistency.topics.signature import Rank, Signature, first_claim, signature
from consistency.topics.similarity import Scorer
from consistency.topics.vocabulary import vocabulary
from consistency.topics.weights import weights

TOPICAL = (BLOCK, CURATED, PRINT)
Counts = Callable[[Collection[str]], Mapping[str, int]]
"""How many claims, passages or documents have each of some keys; what is told of others before or later stands in the
same mapping."""


class Shared:
    """What all opened sources share: the rules' tables, and the scores of pairs of documents."""

    def __init__(self, rules: Rulebook, settings: TopicSettings) -> None:
        self.rules, self.settings = rules, settings
        self.known, self.table, self.copies = vocabulary(rules), weights(rules), copy_rules(rules)
        self.scorer = Scorer(self.known, self.table)

    def linked(self, one: Loaded, a: Signature, two: Loaded, b: Signature) -> bool:
        """Whether two claims are a link of the topic stage.

        The story of a document that is not settled may change which place and time its events are of; it is none of
        the settled ones', so that both readings are tried."""
        return any(self._scored(one, x, two, y) for x in one.readings(a) for y in two.readings(b))

    def _scored(self, one: Loaded, a: Signature, two: Loaded, b: Signature) -> bool:
        first, second = (a, b) if one.rank(a.claim) <= two.rank(b.claim) else (b, a)
        return self.scorer.link(first, second) is not None


class Loaded:
    """A source and its claims as they are compared. settled: its story is known, and `document` has it."""

    def __init__(self, kept: Kept, shared: Shared, story: tuple[Story | None] | None) -> None:
        """story: what is known already of its story, None if nothing."""
        self.kept, self.shared = kept, shared
        self.source = kept.extraction.source
        self.settled = False
        self.near: dict[int, set[str]] = {}
        self.ties: dict[str, set[str]] = {}
        self._place = {c.id: i for i, c in enumerate(kept.extraction.claims)}
        self._document: Document | None = None
        self._signatures: dict[str, Signature] = {}
        self._keys: dict[str, tuple[str, ...]] = {}
        self._passages: list[Passage] | None = None
        self._passage: dict[str, Passage] = {}
        self._grams: list[frozenset[str]] | None = None
        self._first = first_claim(kept.extraction)
        for a, b in kept.ties:
            self._tie(a, b)
        if story is not None:
            self.settle(story[0])

    @property
    def document(self) -> Document:
        """What it is about; with its story, once it is settled."""
        if self._document is None:
            self._document = read_document(self.kept.extraction, self.shared.known)
        return self._document

    def settle(self, story: Story | None) -> None:
        """Takes note of the story the document tells with others."""
        self.settled = True
        if story is not None:
            self._document = msgspec.structs.replace(self.document, story=story)
            self._signatures.clear()
            self._keys.clear()

    def claim(self, id_: str) -> Signature:
        """A claim as it is compared."""
        found = self._signatures.get(id_)
        if found is None:
            place = self._place[id_]
            told = self.kept.extraction.claims[place]
            found = signature(place, told, self.document, self.shared.known, self.shared.copies)
            self._signatures[id_] = found
        return found

    def fingerprint(self, id_: str) -> str:
        """The fingerprint of a claim."""
        return self.kept.extraction.claims[self._place[id_]].fingerprint

    def rank(self, claim: Claim) -> Rank:
        """As `signature.ranks`."""
        return (*self._first[:2], claim.start if claim.start is not None else -1, claim.id)

    def readings(self, s: Signature) -> tuple[Signature, ...]:
        """The claim as it is compared; of an unsettled source, also as its story may have it."""
        if self.settled or not s.event:
            return (s,)
        return (s, msgspec.structs.replace(s, away=not s.away))

    # ----------------------------------------------------------------------------------------------------------- keys
    def every_key(self) -> Iterator[tuple[str, str]]:
        """(claim, key) of every key a claim may be met by, whatever story its document tells with others."""
        for claim, keys_ in zip(self.kept.extraction.claims, self.kept.keys, strict=True):
            for key in keys_:
                yield claim.id, key
        if self.settled:
            yield from self.story_keys()

    def story_keys(self) -> Iterator[tuple[str, str]]:
        """(claim, key) of the keys that come from the story."""
        story = self.document.story
        if story is not None:
            for claim in self.kept.extraction.claims:
                if self._topic(claim.id) is None:
                    own = keys(self.claim(claim.id), self.shared.known, alone=True)
                    yield from ((claim.id, BLOCK + k) for k in sorted(own) if k.endswith(f"|story:{story.id}"))

    def claim_keys(self, id_: str) -> tuple[str, ...]:
        """The keys a claim of a settled source has."""
        found = self._keys.get(id_)
        if found is None:
            own = claim_keys(self.claim(id_), self._topic(id_), self.shared.known, alone=False)
            beyond = (k for k in self.kept.keys[self._place[id_]] if not k.startswith(TOPICAL))
            found = self._keys[id_] = tuple(sorted({*own, *beyond}))
        return found

    def _topic(self, id_: str) -> str | None:
        """The curated topic a claim belongs to."""
        told = (k for k in self.kept.keys[self._place[id_]] if k.startswith(CURATED))
        return next((k.removeprefix(CURATED) for k in told), None)

    # ------------------------------------------------------------------------------------------------------- passages
    @property
    def passages(self) -> list[Passage]:
        """Its passages, in the order of the text."""
        if self._passages is None:
            self._passages = passages_of(self.kept.extraction, self.shared.copies)
            self._passage = {c.id: p for p in self._passages for c in p.claims}
            for a, b in repeated_claims(self._passages):
                self._tie(a.id, b.id)
        return self._passages

    @property
    def grams(self) -> list[frozenset[str]]:
        """The runs of words of each passage."""
        if self._grams is None:
            self._grams = [shingles(p.words, self.shared.copies.shingle) for p in self.passages]
        return self._grams

    def passage_of(self, id_: str) -> Passage | None:
        """The passage a claim stands in."""
        return self._passage.get(id_) if self.passages else None

    def _tie(self, a: str, b: str) -> None:
        self.ties.setdefault(a, set()).add(b)
        self.ties.setdefault(b, set()).add(a)


class Copyist(Protocol):
    """The part of an archive (`reach.Archive`) that is asked for copies."""

    def holders(self, keys: Sequence[str]) -> Collection[int]: ...

    def shares(self, keys: Sequence[str], sizes: range, least: float) -> Iterable[tuple[int, int, int]]: ...


class Copies:
    """Which claims of two sources stand at one place of a copied passage; worked out once a pair of sources."""

    def __init__(self, shared: Shared, counts: Counts) -> None:
        self.shared, self.counts, self._counted = shared, counts, counts(())
        self._found: dict[tuple[str, str], dict[str, set[str]]] = {}

    def looker(self, passage: Passage) -> Callable[[Copyist], set[int]]:
        """Looks up the sources that may have a copy of a passage: a passage that fits in length and shares enough runs
        of words. It has as many of those as its length tells, unless it repeats itself: then any of them will do."""
        rules = self.shared.copies
        own = sorted(shingles(passage.words, rules.shingle))
        grams = [SHINGLE + g for g in own if not self._hot(g)]
        odd = [REPETITIVE + g for g in own]
        words = len(passage.words)
        sizes = fitting_sizes(words)

        def runs(size: int) -> int:
            return max(1, size - rules.shingle + 1)

        def may_be(size: int, shared: int) -> bool:
            return fitting(words, size, passage.field) and alike(shared, len(own), runs(size), rules)

        least = enough(len(own), runs(sizes[0]), rules)  # an archive leaves out most of those that will not do
        return lambda archive: {
            *(number for number, size, shared in archive.shares(grams, sizes, least) if may_be(size, shared)),
            *archive.holders(odd),
        }

    def prepare(self, passages: Iterable[Passage]) -> None:
        """Counts what `looker` will ask of these passages, all at once."""
        self._count(g for p in passages for g in shingles(p.words, self.shared.copies.shingle))

    def between(self, one: Loaded, passage: Passage, two: Loaded, aside: Set[str]) -> Mapping[str, set[str]]:
        """claim -> claims of the other source at its place, and claims of its own passage: for what is told of a copy
        may be told of by another number of the passage. Nothing where no passage of the other is like this one, or
        those that are hold no claim but those aside."""
        if not self._like(passage, two, aside):
            return {}
        name = (min(one.source, two.source), max(one.source, two.source))
        found = self._found.get(name)
        if found is None:
            self._count(g for x in (one, two) for grams in x.grams for g in grams)
            found = self._found[name] = copy_ties(one, two, self.shared.copies, self._many)
        return found

    def _like(self, passage: Passage, two: Loaded, aside: Set[str]) -> bool:
        rules = self.shared.copies
        own = shingles(passage.words, rules.shingle)
        for other, grams in zip(two.passages, two.grams, strict=True):
            if fit(passage, other) and not all(c.id in aside for c in other.claims):
                common = own & grams
                if common and alike(sum(not self._hot(g) for g in common), len(own), len(grams), rules):
                    return True
        return False

    def _hot(self, gram: str) -> bool:
        return self._many(gram) > self.shared.copies.hot_shingle

    def _many(self, gram: str) -> int:
        """How many passages have a run of words; one that was counted."""
        return self._counted[SHINGLE + gram]

    def _count(self, grams: Iterable[str]) -> None:
        self.counts({SHINGLE + g for g in grams})


def copy_ties(
    one: Loaded, two: Loaded, rules: CopyRules, count: Callable[[str], int], how: NearCopy = "exact"
) -> dict[str, set[str]]:
    """claim -> claims that a copy joins it to, of two sources: those at its place, and the others of its passage.

    count: how many passages of all sources have a run of words; how: as the setting `topics.near_copy`."""
    first, second = in_order(one, two)
    passages = [*first.passages, *second.passages]
    if how == "exact":
        alike_ones = alike_words(passages, rules, _candidates(first, second, rules, count))
    else:
        alike_ones = similar(passages, rules, count, how)
    pairs, _ = copies_between(passages, rules, imprints(one, two), alike_ones)
    return tied(pairs, first, second)


def _candidates(
    first: Loaded, second: Loaded, rules: CopyRules, count: Callable[[str], int]
) -> Iterator[tuple[int, int]]:
    """As `candidates.candidates` of the passages of both, by the runs of words that are made already."""
    others = list(enumerate(zip(second.passages, second.grams, strict=True), len(first.passages)))
    for i, (a, own) in enumerate(zip(first.passages, first.grams, strict=True)):
        for j, (b, theirs) in others:
            common = own & theirs if fit(a, b) else ()
            if common and alike(sum(count(g) <= rules.hot_shingle for g in common), len(own), len(theirs), rules):
                yield i, j


def in_order(one: Loaded, two: Loaded) -> tuple[Loaded, Loaded]:
    """Two sources, the earlier first."""
    first, second = sorted((one, two), key=lambda x: (x.kept.extraction.context.published or "9999", x.source))
    return first, second


def imprints(*sources: Loaded) -> dict[str, Imprint]:
    """Who published each source, and when."""
    told = {x.source: x.kept.extraction.context for x in sources}
    return {s: (c.publisher, c.published) for s, c in told.items()}


def tied(pairs: Iterable[ClaimPair], first: Loaded, second: Loaded) -> dict[str, set[str]]:
    """What `copy_ties` gives, from the claims at one place of two copies, that of the first source first."""
    found: dict[str, set[str]] = {}
    for a, b in pairs:
        for x, y, home in ((a, b, first), (b, a, second)):
            found.setdefault(x.id, set()).update((y.id, *_neighbours(x, home)))
    return found


def _neighbours(claim: Claim, home: Loaded) -> Iterator[str]:
    passage = home.passage_of(claim.id)
    return (c.id for c in passage.claims if c.id != claim.id) if passage else iter(())
