"""What is kept of one source: its claims, and all that is asked about it without them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TypeVar

import msgspec

from consistency.errors import ConsistencyError
from consistency.extraction.corrected import NOTHING, Readings, correct
from consistency.judgement import meeting
from consistency.judgement.arithmetic import within
from consistency.model import Extraction, Skipped, Source, SourceInfo
from consistency.rulebook import Rulebook
from consistency.timelimit import OutOfTimeError, limited
from consistency.topics import keys
from consistency.topics.about import Document, read_document
from consistency.topics.signature import first_claim
from consistency.topics.vocabulary import vocabulary

T = TypeVar("T")


class Kept(msgspec.Struct, frozen=True):
    """info: the source as a report lists it. extraction: with the claims its own sentences give. ties: pairs of claim
    ids, as in `consistency.judgement.meeting`. keys: what each claim is looked for by."""

    info: SourceInfo
    extraction: Extraction
    ties: tuple[tuple[str, str], ...] = ()
    keys: tuple[tuple[str, ...], ...] = ()


class Portrait(msgspec.Struct, frozen=True):
    """A document and its place among others: `rank` sorts documents as the topic stage does."""

    rank: tuple[str, str, str]
    document: Document


def keep(source: Source, rules: Rulebook, readings: Readings = NOTHING) -> Kept:
    """What is kept of a source. Its claims are read here, and corrected where people said so."""
    from consistency.extraction.claims import extract

    extraction = within(correct(extract(source), readings), rules)
    return with_keys(Kept(info=info(source, extraction), extraction=extraction), rules)


def kept_of(source: Source, rules: Rulebook, seconds: float, readings: Readings = NOTHING) -> Kept | Skipped:
    """What is kept of a source, or why its claims could not be read. seconds: what that may take."""
    return guarded(source, seconds, lambda: keep(source, rules, readings))


def guarded(source: Source, seconds: float, work: Callable[[], T]) -> T | Skipped:
    """What `work()` makes of a source, or why it could not.

    A text that the extraction fails on is a fault of ours: it costs the others nothing; nor does one that takes too
    long."""
    try:
        return limited(seconds, work)
    except ConsistencyError:
        raise
    except OutOfTimeError as error:
        return Skipped(source=source.id, reason=f"reading its claims {error}")
    except Exception as error:
        reason = f"its claims could not be read; please report this: {type(error).__name__}: {error}"
        return Skipped(source=source.id, reason=reason)


def prepare(rules: Rulebook) -> None:
    """Loads what reading claims needs, so that the first source is not charged with it."""
    text = 'On 2 May 2020, "we saw them," said Ana Lind: 5 men, 3 dogs and a boat (worth $2 million), up 4 percent.'
    keep(Source(text=text, id="", published="2020-05-03"), rules)


def with_keys(kept: Kept, rules: Rulebook) -> Kept:
    """The record with ties and keys as its claims have them."""
    extraction = kept.extraction
    by_topic = keys.keys_by_claim(extraction, rules)
    beyond = (tuple(meeting.claim_keys(c, rules)) for c in extraction.claims)
    return msgspec.structs.replace(
        kept,
        ties=tuple(sorted(meeting.ties(extraction, rules))),
        keys=tuple((*a, *b) for a, b in zip(by_topic, beyond, strict=True)),
    )


def info(source: Source, extraction: Extraction) -> SourceInfo:
    """A source as the report lists it."""
    return SourceInfo(
        id=source.id,
        title=source.title,
        publisher=source.publisher,
        published=extraction.context.published,
        published_basis=extraction.context.published_basis,
        language=source.language,
        sha256=source.sha256,
        path=source.path,
        url=source.url,
    )


def portrait(extraction: Extraction, rules: Rulebook) -> Portrait:
    """What the document is about, by itself: its story takes the others to tell."""
    return Portrait(first_claim(extraction), read_document(extraction, vocabulary(rules)))


def postings_of(kept: Kept, rules: Rulebook) -> list[keys.Posting]:
    """Every key the source is looked for by, the part of it that has the key, and how many claims have it there.

    Deterministic, and without any statistics of other sources."""
    claims = Counter(key for own in kept.keys for key in own)
    of_claims = [keys.Posting(key, times=times) for key, times in claims.items()]
    return of_claims + keys.postings_of_text(kept.extraction, rules)
