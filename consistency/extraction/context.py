"""What a whole document is about: the places, people, bodies, words and days of its title and lead, and what it repeats.

"Two people were killed" says nothing alone; this is the background that makes it one event.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import msgspec

from consistency.extraction.gazetteer import resolve
from consistency.extraction.geography import key_of
from consistency.extraction.nouns import lemma
from consistency.extraction.spans import Mention, Timex
from consistency.extraction.tokens import Tokens, tokenise
from consistency.extraction.words import verbs
from consistency.model import Context, Source
from consistency.rulebook import default_rulebook

_ASIDE = frozenset(("caption", "related", "boilerplate"))
_CALL_SIGN = re.compile(r"[KW][A-Z]{2,3}(?:-?TV)?\d{0,2}|[A-Z]{2,3}\d{1,2}")
_SQUEEZE = re.compile(r"[^a-z0-9]+")
_FIELD = {"place": "places", "person": "persons", "organisation": "organisations", "group": "organisations"}


class _Words(msgspec.Struct, frozen=True):
    weights: dict[str, int]
    keep: dict[str, int]
    lead: int
    early: int
    bylines: frozenset[str]
    credits: frozenset[str]
    dull: frozenset[str]
    stop: frozenset[str]
    publishers: frozenset[str]


@lru_cache(maxsize=1)
def _words() -> _Words:
    load = default_rulebook().load
    data: dict[str, Any] = load("lexicon/context.yaml")
    publishers: set[str] = set()
    for table in load("lexicon/publishers.yaml").values():
        if isinstance(table, dict):
            for name, also in table.items():
                publishers |= {_squeeze(name), *map(_squeeze, also or ())}
    return _Words(
        weights=data["weights"],
        keep=data["keep"],
        lead=data["lead"],
        early=data["early"],
        bylines=frozenset(data["bylines"]),
        credits=frozenset(data["credits"]),
        dull=frozenset(data["dull_names"]),
        stop=frozenset(data["stop"]),
        publishers=frozenset(publishers),
    )


def _squeeze(name: object) -> str:
    return _SQUEEZE.sub("", str(name).lower())


def _ranks(source: Source, tokens: Tokens) -> list[int | None]:
    """For each sentence its rank among those of the body (title and lead first), None for one that does not count."""
    aside = [(z.start, z.end) for z in source.zones if z.kind in _ASIDE]
    credit = _words().credits
    out: list[int | None] = []
    rank = 0
    for first, last, start, _ in tokens.sentences:
        if any(low <= start < high for low, high in aside) or not credit.isdisjoint(tokens.lower[first:last]):
            out.append(None)
            continue
        out.append(rank)
        rank += last - first > 5  # a heading or a stray line does not use up the lead
    return out


def _own_names(source: Source) -> tuple[str, str]:
    """The publisher (and site) and the author, squeezed to letters."""
    site = re.sub(r"^https?://(?:www\.)?|:\d+.*|/.*", "", source.url or "")
    return f"{_squeeze(source.publisher or '')} {_squeeze(site)}", (source.author or "").lower()


@lru_cache(maxsize=8192)
def _general(name: str) -> bool:
    """Whether a document is not about a name because it is a publisher's, a broadcaster's or a general thing's."""
    table = _words()
    if name in table.dull or _squeeze(name) in table.publishers or _CALL_SIGN.fullmatch(name):
        return True
    entry = resolve(name)
    return entry is not None and entry.sort in {"media", "dull"}


def _counts(mention: Mention, tokens: Tokens, publisher: str, author: str) -> bool:
    """Whether a mention can be what the document is about: not its publisher, its author or another outlet."""
    name = mention.name
    if _general(name):
        return False
    if mention.kind == "person":
        before = tokens.lower[mention.first - 1] if mention.first else ""
        if before == ":":
            before = tokens.lower[mention.first - 2]
        return not (author and name.lower() in author) and not (before == "by" and _opens(tokens, mention.first - 1))
    if mention.kind in {"organisation", "other"} and len(name) > 3:
        squeezed = _squeeze(name)
        return not (squeezed and squeezed in publisher)
    return True


def _opens(tokens: Tokens, at: int) -> bool:
    return at <= 0 or tokens.lower[at - 1] in {"\n", "("}


@lru_cache(maxsize=8192)
def place_inside(organisation: str) -> str | None:
    """The place an organisation's name begins with: "Denver Police Department" -> "Denver"."""
    words = organisation.replace("-", " - ").split()
    for size in range(min(4, len(words) - 1), 0, -1):
        part = " ".join(words[:size])
        if words[size - 1] in {"County", "Parish", "Township", "City", "Beach"} and size > 1:
            return resolve(part).name if resolve(part) else part  # type: ignore[union-attr]
        entry = resolve(part)
        if entry is not None and entry.kind == "place" and not entry.demonym and entry.sort != "country":
            return entry.name
    return None


class _Tally:
    """Weights of names by kind, in order of first appearance."""

    def __init__(self) -> None:
        self.fields: dict[str, dict[str, list[float]]] = {
            "places": {},
            "persons": {},
            "organisations": {},
            "others": {},
        }

    def add(self, field: str, name: str, weight: float, body: bool) -> None:
        most = _words().weights["most_from_body"]
        entry = self.fields[field].setdefault(name, [0.0, 0.0])
        if body:
            entry[1] = min(entry[1] + weight, most)
        else:
            entry[0] += weight

    def title(self, words: frozenset[str], weight: int) -> None:
        """Adds the weight of the title to every name that stands in it (a person's family name is enough)."""
        for field, names in self.fields.items():
            for name, entry in names.items():
                parts = key_of(name).split(" ")
                if words.issuperset(parts) or (field == "persons" and parts[-1] in words):
                    entry[0] += weight

    def top(self, field: str) -> tuple[str, ...]:
        ranked = sorted(enumerate(self.fields[field].items()), key=lambda e: (-sum(e[1][1]), e[0]))
        return tuple(name for _, (name, _) in ranked[: _words().keep[field]])


def _tally(source: Source, tokens: Tokens, mentions: Sequence[Mention], ranks: list[int | None]) -> _Tally:
    table, tally = _words(), _Tally()
    weights = table.weights
    publisher, author = _own_names(source)
    seen: set[tuple[int, str]] = set()
    number = 0
    for mention in mentions:
        while tokens.sentences[number][1] <= mention.first:
            number += 1
        rank = ranks[number]
        if rank is None or mention.anaphor or (number, mention.name) in seen:
            continue
        if not _counts(mention, tokens, publisher, author):
            continue
        seen.add((number, mention.name))
        body = rank >= table.early
        weight = float(weights["lead" if rank < table.lead else "early" if not body else "body"])
        if mention.demonym:
            weight /= 2
        field = _FIELD.get(mention.kind, "others")
        tally.add(field, mention.name, weight, body)
        if mention.kind == "organisation" and (inside := place_inside(mention.name)):
            tally.add("places", inside, weight, body)
    if source.title:
        title = tokenise(source.title)
        tally.title(frozenset(title.lower), weights["title"])
    return tally


def content_lemma(word: str) -> str | None:
    """The lemma of a lower-case content word; None for a function word, a number or a sign."""
    if len(word) < 3 or not word[0].isalpha() or word in _words().stop:
        return None
    base = verbs().form.get(word) or lemma(word)
    return None if base in _words().stop else base


def _terms(source: Source, tokens: Tokens, mentions: Sequence[Mention], ranks: list[int | None]) -> tuple[str, ...]:
    """Content lemmas of title and lead, the most frequent first, names left out."""
    named = {i for m in mentions for i in range(m.first, m.last)}
    score: dict[str, int] = {}

    def add(words: Iterable[str], weight: int) -> None:
        for word in words:
            base = content_lemma(word)
            if base:
                score[base] = score.get(base, 0) + weight

    if source.title:
        names = {tokens.lower[i] for i in named}
        add((w for w in tokenise(source.title).lower if w not in names), 2)
    for rank, (first, last, _, _) in zip(ranks, tokens.sentences, strict=True):
        if rank is not None and rank < 2 * _words().lead:
            add((tokens.lower[i] for i in range(first, last) if i not in named), 2 if rank < _words().lead else 1)
    ranked = sorted(enumerate(score.items()), key=lambda e: (-e[1][1], e[0]))
    return tuple(word for _, (word, _) in ranked[: _words().keep["terms"]])


def _days(source: Source, tokens: Tokens, times: Sequence[Timex], ranks: list[int | None]) -> tuple[str, ...]:
    """The days that title and lead speak of; where they name none, the first days the body names."""
    early: list[str] = []
    later: list[str] = []
    number = 0
    for time in times:
        while number + 1 < len(tokens.sentences) and tokens.sentences[number][1] <= time.first:
            number += 1
        rank = ranks[number] if ranks else None
        if rank is None or time.granularity != "day" or time.from_ is None or time.type not in {"DATE", "TIME"}:
            continue
        days = early if rank < _words().early else later
        if time.from_ not in days:
            days.append(time.from_)
    keep = _words().keep["days"]
    return tuple(early[:keep] or later[:2])


def build_context(source: Source, tokens: Tokens, mentions: Sequence[Mention], times: Sequence[Timex]) -> Context:
    """What a document is about: canonical names by prominence (title, lead, repetition), terms and days of the lead.

    Captions, related links and boilerplate (`source.zones`) do not count; publishers, authors and agencies are left out.
    """
    ranks = _ranks(source, tokens)
    tally = _tally(source, tokens, mentions, ranks)
    return Context(
        source=source.id,
        publisher=source.publisher,
        published=source.published,
        places=tally.top("places"),
        persons=tally.top("persons"),
        organisations=tally.top("organisations"),
        others=tally.top("others"),
        terms=_terms(source, tokens, mentions, ranks),
        days=_days(source, tokens, times, ranks),
    )
