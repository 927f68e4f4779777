"""One source that was opened, with what scoring and copies need of it worked out once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from consistency.archive.kept import Kept
from consistency.model import Claim
from consistency.rulebook import Rulebook
from consistency.topics.about import Document, Story, read_document
from consistency.topics.blocking import keys
from consistency.topics.keys import BLOCK, CURATED, PRINT, claim_keys
from consistency.topics.origins import ClaimPair, repeated_claims
from consistency.topics.passages import Passage, copy_rules, passages_of, shingles
from consistency.topics.settings import TopicSettings
from consistency.topics.signature import Rank, Signature, first_claim, signature, steady
from consistency.topics.similarity import Scorer
from consistency.topics.vocabulary import vocabulary
from consistency.topics.weights import weights

TOPICAL = (BLOCK, CURATED, PRINT)


class Shared:
    """What all opened sources share: the rules' tables, and the scores of pairs of documents."""

    def __init__(self, rules: Rulebook, settings: TopicSettings) -> None:
        self.rules, self.settings = rules, settings
        self.known, self.table, self.copies = vocabulary(rules), weights(rules), copy_rules(rules)
        self.scorer = Scorer(self.known, self.table)

    def linked(self, one: Loaded, a: Signature, two: Loaded, b: Signature) -> bool:
        """Whether two claims can be a link of the topic stage.

        The story of a document that is not settled may change which place and time its events are of; it is none of
        the settled ones', so that both readings are tried."""
        return any(self.link(one, x, two, y) is not None for x in one.readings(a) for y in two.readings(b))

    def link(self, one: Loaded, a: Signature, two: Loaded, b: Signature) -> float | None:
        """The score of two claims, None where they are no link."""
        first, second = (a, b) if one.rank(a.claim) <= two.rank(b.claim) else (b, a)
        return self.scorer.link(first, second)


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
        self._repeats: dict[str, list[ClaimPair]] | None = None
        self._first = first_claim(kept.extraction)
        for a, b in kept.ties:
            self.ties.setdefault(a, set()).add(b)
            self.ties.setdefault(b, set()).add(a)
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

    def rank_of(self, id_: str) -> Rank:
        """As `signature.ranks`."""
        return self.rank(self.kept.extraction.claims[self._place[id_]])

    def rank(self, claim: Claim) -> Rank:
        """As `signature.ranks`."""
        return (*self._first[:2], claim.start if claim.start is not None else -1, claim.id)

    def readings(self, s: Signature) -> tuple[Signature, ...]:
        """The claim as it is compared; of an unsettled source, also as its story may have it."""
        if self.settled or steady(s):
            return (s,)
        return (s, msgspec.structs.replace(s, away=not s.away))

    def turned(self, story: Story | None) -> Iterator[str]:
        """The claims that another story of the document would have read another way."""
        document = msgspec.structs.replace(self.document, story=story)
        for place, told in enumerate(self.kept.extraction.claims):
            s = self.claim(told.id)
            other = signature(place, told, document, self.shared.known, self.shared.copies) if s.event else s
            if other.away != s.away:
                yield told.id

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
                if self.topic(claim.id) is None:
                    own = keys(self.claim(claim.id), self.shared.known, alone=True)
                    yield from ((claim.id, BLOCK + k) for k in sorted(own) if k.endswith(f"|story:{story.id}"))

    def claim_keys(self, id_: str) -> tuple[str, ...]:
        """The keys a claim of a settled source has."""
        found = self._keys.get(id_)
        if found is None:
            own = claim_keys(self.claim(id_), self.topic(id_), self.shared.known, alone=False)
            beyond = (k for k in self.kept.keys[self._place[id_]] if not k.startswith(TOPICAL))
            found = self._keys[id_] = tuple(sorted({*own, *beyond}))
        return found

    def topic(self, id_: str) -> str | None:
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
        return self._passages

    @property
    def repeats(self) -> Mapping[str, list[ClaimPair]]:
        """claim -> pairs of it and another that says the same in this source."""
        if self._repeats is None:
            self._repeats = by_claim(repeated_claims(self.passages))
        return self._repeats

    @property
    def grams(self) -> list[frozenset[str]]:
        """The runs of words of each passage."""
        if self._grams is None:
            self._grams = [shingles(p.words, self.shared.copies.shingle) for p in self.passages]
        return self._grams

    def passage_of(self, id_: str) -> Passage | None:
        """The passage a claim stands in."""
        return self._passage.get(id_) if self.passages else None

    def mates_of(self, id_: str) -> Sequence[str]:
        """The claims of the sentence that one stands in, itself among them; none where it stands in no sentence."""
        at = self.kept.extraction.claims[self._place[id_]].sentence
        if at is None:
            return ()
        return [c.id for c in self.kept.extraction.claims if c.sentence is not None and c.sentence.start == at.start]


def by_claim(pairs: Iterable[ClaimPair]) -> dict[str, list[ClaimPair]]:
    """The pairs that each claim, by its id, is in."""
    found: dict[str, list[ClaimPair]] = {}
    for pair in pairs:
        for claim in pair:
            found.setdefault(claim.id, []).append(pair)
    return found
