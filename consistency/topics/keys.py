"""What a source is looked for by: keys that two sources share if their claims can come to be compared.

A pure function of one source's claims and the rules, with no statistics of other sources. An index from key to sources
(in memory, in a file, in a database table) answers which sources a new one meets. See `consistency.archive.opened` for
what is asked by which key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from consistency.model import Extraction
from consistency.rulebook import Rulebook
from consistency.topics import curated
from consistency.topics.about import Document, read_document
from consistency.topics.blocking import keys
from consistency.topics.passages import CopyRules, Passage, copy_rules, passages_of, shingles
from consistency.topics.signature import Signature, signature
from consistency.topics.stories import story_keys
from consistency.topics.vocabulary import Vocabulary, vocabulary

BLOCK, CURATED, PRINT, SHINGLE, REPETITIVE, STORY = "b|", "c|", "f|", "s|", "r|", "d|"
"""What a key begins with: a block of claims, a curated topic, a fingerprint, a run of words of a passage, the same of a
passage that repeats its words, and what a document of one story shares."""


class Posting(NamedTuple):
    """A key of a source. part: what has it (0: the source, else the place of a passage, from 1); size: the words of the
    passage; times: how many claims, documents or passages of the part have it."""

    key: str
    part: int = 0
    size: int = 0
    times: int = 1


def keys_of(extraction: Extraction, rules: Rulebook | None = None) -> frozenset[str]:
    """Every key of a source."""
    own = {key for found in keys_by_claim(extraction, rules) for key in found}
    return frozenset(own | {p.key for p in postings_of_text(extraction, rules)})


def keys_by_claim(extraction: Extraction, rules: Rulebook | None = None) -> list[tuple[str, ...]]:
    """The keys of each claim, in the order of the claims, each once."""
    known, copies = vocabulary(rules), copy_rules(rules)
    document = read_document(extraction, known)
    claims = [signature(i, c, document, known, copies) for i, c in enumerate(extraction.claims)]
    taken = curated.assign(claims, curated.load(rules), known)
    return [tuple(sorted(set(claim_keys(s, taken.get(s.index), known)))) for s in claims]


def postings_of_text(extraction: Extraction, rules: Rulebook | None = None) -> list[Posting]:
    """The keys of the passages, each passage a part, and of the document."""
    copies = copy_rules(rules)
    out = [Posting(key) for key in document_keys(read_document(extraction, vocabulary(rules)))]
    for passage in passages_of(extraction, copies):
        size = len(passage.words)
        out += [Posting(key, passage.order + 1, size) for key in sorted(passage_keys(passage, copies))]
    return out


def claim_keys(s: Signature, topic: str | None, known: Vocabulary, alone: bool = True) -> Iterator[str]:
    """The keys of one claim. topic: the curated one it belongs to; alone: as in `blocking.keys`."""
    yield PRINT + s.claim.fingerprint
    if topic is not None:
        yield CURATED + topic
    else:
        yield from (BLOCK + key for key in keys(s, known, alone=alone))


def passage_keys(passage: Passage, copies: CopyRules) -> Iterator[str]:
    """The runs of words of a passage; each a second time under another name where a run comes twice in it."""
    grams = shingles(passage.words, copies.shingle)
    yield from (SHINGLE + gram for gram in grams)
    if repetitive(passage, copies):
        yield from (REPETITIVE + gram for gram in grams)


def repetitive(passage: Passage, copies: CopyRules) -> bool:
    """Whether a passage has fewer runs of words than its length lets expect."""
    return len(shingles(passage.words, copies.shingle)) < len(passage.words) - copies.shingle + 1


def document_keys(document: Document) -> Iterable[str]:
    """The keys of a document; none for a table, which tells no story."""
    return () if document.table else sorted({STORY + key for key in story_keys(document)})
