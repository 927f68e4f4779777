"""What a user may set about the topic stage."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import msgspec

from consistency.config import NearCopy
from consistency.model import Record
from consistency.topics.about import Document
from consistency.topics.signature import Signature

if TYPE_CHECKING:
    from consistency.topics.similarity import Scorer


class TopicSettings(Record, frozen=True):
    """How claims are joined.

    threshold: mean score a claim needs to join a topic (None: that of the rules). block_cap: claims of one block that
    are compared with each other; in a larger block each is compared with its `window` neighbours only. members: how
    many members of a large group stand for it. near_copy: how candidates for copies are found. asked: the caller says
    that the texts tell of one thing (`compare`), so claims need less in common to be joined, and are compared without a
    name in common. must, cannot: pairs of fingerprints (each sorted) of claims that people said are, or are not, about
    one thing.
    """

    threshold: float | None = None
    block_cap: int = 2_000
    window: int = 40
    members: int = 12
    near_copy: NearCopy = "exact"
    asked: bool = False
    must: frozenset[tuple[str, str]] = frozenset()
    cannot: frozenset[tuple[str, str]] = frozenset()


class Copies(msgspec.Struct, frozen=True):
    """What copies are among some sources, by ids. pairs: claims at one place of two copies; editions: two editions of
    one text; repeats: (earlier, later) claims of one source that are word for word the same."""

    pairs: tuple[tuple[str, str], ...] = ()
    editions: tuple[tuple[str, str], ...] = ()
    repeats: tuple[tuple[str, str], ...] = ()


class Whole(msgspec.Struct, frozen=True):
    """What clustering a part of the sources must know of all of them, so that the topics of `claims` come out the same.

    count: how many claims or passages have a key of `consistency.topics.keys`; documents: what each source of the part
    is about, with its story; claims: the ids of the claims whose topics lie in the part whole; others have none.
    links: (score, id, id) of the pairs of `claims` that are links, or of those of them that join two groups. copies:
    those of the sources of the part, and signatures: those of `claims` in their order, where they were made before;
    without, copies are looked for among these sources. forms: the claims that are known to be of forms
    (`origins.claims_of_forms`), where copies are looked for. scorer: the one that pairs of these sources were scored by
    before, which remembers what their documents add.
    """

    count: Callable[[str], int]
    documents: Mapping[str, Document]
    claims: frozenset[str]
    links: tuple[tuple[float, str, str], ...]
    copies: Copies | None = None
    signatures: tuple[Signature, ...] | None = None
    forms: frozenset[str] = frozenset()
    scorer: Scorer | None = None
