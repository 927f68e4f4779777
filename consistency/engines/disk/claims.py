"""What joins claims: keys they share, links of the topic stage, ties of their source."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import combinations

import msgspec

from consistency.archive.index import hashed
from consistency.archive.scatter import members
from consistency.archive.sharing import with_shared_sets
from consistency.engines.disk.meeting import Lists, by_member, neighbours
from consistency.engines.disk.reading import Shelf
from consistency.engines.disk.spool import MASK, Parts, Pieces, Row, Spool, grouped, packed
from consistency.engines.disk.texts import document_from, encode, kept_of
from consistency.engines.kit import kit
from consistency.judgement.meeting import GROWTH, may_grow
from consistency.model import Claim, Measure, Period
from consistency.topics.about import Document, Story
from consistency.topics.blocking import common_word, nearness, telling
from consistency.topics.keys import BLOCK, CURATED
from consistency.topics.measures import kind_of
from consistency.topics.sieve import Sieve, Traits, Who, value_of, who_of
from consistency.topics.signature import Signature

_OPEN = 50_000  # claims that a worker keeps
_NOBODY = Document("", None, (), *(frozenset[str](),) * 8, frozenset[int](), frozenset[str](), {}, None, False, False)
_JOINS, _BLOCK, _TELLING, _GROWTH = 0, 1, 2, 3  # what a key does
_BITS = 2
_WORD = "|word:"  # what a key of the kind _TELLING has in it

_signature_from = msgspec.msgpack.Decoder(Signature).decode
story_from = msgspec.msgpack.Decoder(Story).decode


class Claims(msgspec.Struct, frozen=True):
    """Of a stretch of sources: their documents, packed; the numbers of their claims, and each as it is compared,
    without its document and longer texts; of what kind each is (a place in `kinds`, packed), whom it is about and what
    stands for its number; rows of (key, claim and what the key does); (claim, claim) that their source joins; claims
    that a curated topic takes; and (fingerprint, claim) of those that people decided about."""

    documents: list[bytes]
    numbers: bytes
    signatures: list[bytes]
    kinds: list[bytes]
    kind: bytes
    who: list[Who]
    value: bytes
    keys: Pieces
    ties: bytes
    curated: bytes
    taught: list[tuple[str, int]]


class Tales:
    """The stories of sources. of: source -> its place in `records`, from 1, and 0 for none."""

    def __init__(self, records: Spool, sources: int) -> None:
        self.records, self.of = records, array("I", bytes(4 * sources))

    def __getitem__(self, source: int) -> Story | None:
        place = self.of[source]
        return story_from(self.records[place - 1]) if place else None


class Telling:
    """Makes the members and rows of a stretch of sources. asked: the fingerprints that people decided about."""

    def __init__(self, settings: bytes, shelf: Shelf, tales: Tales, parts: int, asked: frozenset[str]) -> None:
        self.settings, self.shelf, self.tales, self.parts, self.asked = settings, shelf, tales, parts, asked

    def __call__(self, stretch: range) -> Claims:
        shared = kit(self.settings).shared()
        documents: list[bytes] = []
        numbers, tied, curated = array("Q"), array("Q"), array("Q")
        signatures: list[bytes] = []
        kinds: dict[bytes, int] = {}
        kind = array("I")
        who: list[Who] = []
        value = array("I")
        keys: list[Row] = []
        taught: list[tuple[str, int]] = []
        for source in stretch:
            read = self.shelf.read(source)
            kept, own = kept_of(read), self.shelf.numbers(source, read)
            number = {c.id: n for c, n in zip(kept.extraction.claims, own, strict=True)}
            document = _NOBODY
            for m in members(kept, self.tales[source], shared):
                document, claim = m.signature.doc, number[m.signature.claim.id]
                numbers.append(claim)
                grows = any(key.startswith(GROWTH) for key in m.keys)
                signatures.append(encode(_bare(m.signature, grows)))
                kind.append(kinds.setdefault(kind_of(m.signature), len(kinds)))
                who.append(who_of(m.signature, shared.known))
                value.append(value_of(m.signature))
                keys += [(hashed(key) & MASK, claim << _BITS | _does(key)) for key in m.keys]
                if any(key.startswith(CURATED) for key in m.keys):
                    curated.append(claim)
                if m.signature.claim.fingerprint in self.asked:
                    taught.append((m.signature.claim.fingerprint, claim))
            documents.append(encode(document))
            for a, b in self.shelf.ties(source):
                tied.extend((own[a], own[b]))
        return Claims(
            documents, numbers.tobytes(), signatures, list(kinds), kind.tobytes(), who, value.tobytes(),
            packed(keys, self.parts), tied.tobytes(), curated.tobytes(), taught,
        )  # fmt: skip


def _bare(s: Signature, grows: bool) -> Signature:
    """Without what no comparison looks at, or what is found by its source. grows: it has a key of growth."""
    sentence = s.claim.sentence and msgspec.structs.replace(s.claim.sentence, text="")
    claim = msgspec.structs.replace(
        s.claim, fingerprint="", sentence=sentence, location=None, quote=None, as_of=Period(), basis={}, readings=()
    )
    if not grows:
        claim = msgspec.structs.replace(claim, text=None, measure=Measure(), period=Period())
    return msgspec.structs.replace(s, claim=claim, doc=_NOBODY)


def _does(key: str) -> int:
    if key.startswith(BLOCK):
        return _BLOCK if telling(key) is None else _TELLING
    return _GROWTH if key.startswith(GROWTH) else _JOINS


class Opened:
    """Claims as they are compared; the last ones are kept, in each process."""

    def __init__(self, records: Spool, place: array[int], documents: Spool, shelf: Shelf) -> None:
        self.records, self.place, self.documents, self.shelf = records, place, documents, shelf
        self._keep()

    def _keep(self) -> None:
        self._document = lru_cache(maxsize=_OPEN)(self.document)
        self._signature = lru_cache(maxsize=_OPEN)(self._read)

    def __call__(self, claim: int) -> Signature:
        return self._signature(claim)

    def document(self, source: int) -> Document:
        """What a source is about, with its story."""
        return with_shared_sets(document_from(self.documents[source]))

    def signature(self, claim: int, record: Claim, document: Document) -> Signature:
        """A claim as it is compared, with its own record and document."""
        bare = _signature_from(self.records[self.place[claim]])
        return msgspec.structs.replace(bare, claim=record, doc=document)

    def _read(self, claim: int) -> Signature:
        bare = with_shared_sets(_signature_from(self.records[self.place[claim]]))
        return msgspec.structs.replace(bare, doc=self._document(self.shelf.source_of[claim]))

    def __getstate__(self) -> tuple[Spool, array[int], Spool, Shelf]:
        return self.records, self.place, self.documents, self.shelf

    def __setstate__(self, state: tuple[Spool, array[int], Spool, Shelf]) -> None:
        self.records, self.place, self.documents, self.shelf = state
        self._keep()


class Met(msgspec.Struct, frozen=True):
    """homes: rows of (claim, place) of the keys of a part; joined: (claim, claim) that a key joins whatever they say;
    capped: how many keys are over the cap."""

    homes: Pieces
    joined: bytes
    capped: int


class Meeting:
    """Of whom each claim is compared with, by the keys of a part. aside: claims that are nobody's neighbours; places:
    claim -> its place where those of one kind stand together, as they do in the `many` parts of what is found."""

    def __init__(
        self,
        settings: bytes,
        keys: Parts,
        lists: Lists,
        opened: Opened,
        many: int,
        aside: frozenset[int],
        places: array[int],
    ) -> None:
        self.settings, self.keys, self.lists, self.opened = settings, keys, lists, opened
        self.many, self.aside, self.places = many, aside, places

    def __call__(self, part: int) -> Met:
        run = kit(self.settings)
        cap, window = run.topics.block_cap, run.topics.window
        signature = self.opened
        lists: list[list[int]] = []
        rows: list[Row] = []
        joined = array("Q")
        capped = 0
        for _, own in grouped(self.keys.rows(part)):
            if len(own) < 2:
                continue
            claims, does = [value >> _BITS for _, value in own], own[0][1] & ((1 << _BITS) - 1)
            if does == _GROWTH and len(claims) <= cap:
                for a, b in combinations(claims, 2):
                    if may_grow(signature(a).claim, signature(b).claim, run.rules):
                        joined.extend((a, b))
            elif does in (_JOINS, _GROWTH):
                for claim in claims[1:]:
                    joined.extend((claims[0], claim))
            elif does == _TELLING and common_word(_WORD, len(claims)):
                continue
            elif len(claims) > cap:
                capped += 1
                near = sorted((c for c in claims if c not in self.aside), key=lambda c: (nearness(signature(c)), c))
                rows += neighbours(near, window)
            else:
                lists.append(claims)
        rows += self.lists.write(part, lists)
        return Met(packed(rows, self.many, len(self.places), self.places), joined.tobytes(), capped)


class Linking:
    """(score, claim, later claim) of the pairs of the claims of a part that are links, packed."""

    def __init__(self, settings: bytes, homes: Parts, lists: Lists, opened: Opened, traits: Traits) -> None:
        self.settings, self.homes, self.lists, self.opened, self.traits = settings, homes, lists, opened, traits

    def __call__(self, part: int) -> tuple[bytes, bytes, bytes]:
        scorer, signature = kit(self.settings).shared().scorer, self.opened
        sieve = Sieve(self.traits, scorer, signature)
        scores, left, right = array("d"), array("I"), array("I")
        for a, places in by_member(self.homes.rows(part)):
            for b in sieve.left(a, self.lists.later(a, places)):
                score = scorer.link(signature(a), signature(b))
                if score is not None:
                    scores.append(score)
                    left.append(a)
                    right.append(b)
        return scores.tobytes(), left.tobytes(), right.tobytes()


def taught_pairs(must: Iterable[tuple[str, str]], told: Sequence[tuple[str, int]]) -> list[tuple[int, int]]:
    """The claims that people said are about one thing. must: pairs of fingerprints; told: (fingerprint, claim)."""
    by_print: dict[str, list[int]] = {}
    for print_, claim in told:
        by_print.setdefault(print_, []).append(claim)
    return [(a, b) for one, two in must for a in by_print.get(one, ()) for b in by_print.get(two, ()) if a != b]
