"""What a whole document is about: places, people, bodies, words and days of its title and lead, and what it repeats.

"Two people were killed" says nothing alone; this is the background that makes it one event.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from consistency.extraction.contextwords import content_lemma, context_words, squeeze
from consistency.extraction.entities import find_mentions
from consistency.extraction.gazetteer import resolve
from consistency.extraction.geography import geography, key_of
from consistency.extraction.spans import Mention, Timex
from consistency.extraction.tokens import Tokens, tokenise
from consistency.model import Context, Source

_ASIDE = frozenset(("caption", "related", "boilerplate"))
_CALL_SIGN = re.compile(r"[KW][A-Z]{2,3}(?:-?TV)?\d{0,2}|[A-Z]{2,3}\d{1,2}")
_TITLE_BREAK = re.compile(r"\s+[-–—|«:]+\s+|\s*[|«]\s*")
_FIELD = {"place": "places", "person": "persons", "organisation": "organisations", "group": "organisations"}


def _ranks(source: Source, tokens: Tokens) -> list[int | None]:
    """For each sentence its rank among those of the body (title and lead first), None for one that does not count."""
    aside = [(z.start, z.end) for z in source.zones if z.kind in _ASIDE]
    credit = context_words().credits
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
    return f"{squeeze(source.publisher or '')} {squeeze(site)}", (source.author or "").lower()


@lru_cache(maxsize=8192)
def _general(name: str, kind: str) -> bool:
    """Whether a document is not about a name because it is a publisher's, a broadcaster's or a general thing's."""
    table = context_words()
    if name in table.dull:
        return True
    if kind not in {"organisation", "other"}:
        return False
    if squeeze(name) in table.publishers or _CALL_SIGN.fullmatch(name):
        return True
    entry = resolve(name)
    return entry is not None and entry.sort in {"media", "dull"}


def _counts(mention: Mention, tokens: Tokens, publisher: str, author: str) -> bool:
    """Whether a mention can be what the document is about: not its publisher, its author or another outlet."""
    name = mention.name
    if _general(name, mention.kind):
        return False
    if mention.kind == "person":
        before = tokens.lower[mention.first - 1] if mention.first else ""
        if before == ":":
            before = tokens.lower[mention.first - 2]
        return not (author and name.lower() in author) and not (before == "by" and _opens(tokens, mention.first - 1))
    if mention.kind in {"organisation", "other"} and len(name) > 3:
        squeezed = squeeze(name)
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
    """Names by kind, in order of first appearance: weight up front, weight from the body, sentences."""

    def __init__(self) -> None:
        self.fields: dict[str, dict[str, list[float]]] = {
            "places": {},
            "persons": {},
            "organisations": {},
            "others": {},
        }

    def add(self, field: str, name: str, weight: float, body: bool) -> None:
        most = context_words().weights["most_from_body"]
        entry = self.fields[field].setdefault(name, [0.0, 0.0, 0.0])
        entry[2] += 1
        if body:
            entry[1] = min(entry[1] + weight, most)
        else:
            entry[0] += weight

    def drop_single(self) -> None:
        """Drops unknown things of one word that are met too seldom to tell anything."""
        least = context_words().single_word_from
        others = self.fields["others"]
        for name in [n for n, e in others.items() if " " not in n and e[2] < least and resolve(n) is None]:
            del others[name]

    def title(self, words: frozenset[str], weight: int) -> None:
        """Adds the weight of the title to every name that stands in it (a person's family name is enough)."""
        for field, names in self.fields.items():
            for name, entry in names.items():
                parts = key_of(name).split(" ")
                if words.issuperset(parts) or (field == "persons" and parts[-1] in words):
                    entry[0] += weight

    def top(self, field: str) -> tuple[str, ...]:
        ranked = sorted(enumerate(self.fields[field].items()), key=lambda e: (-e[1][1][0] - e[1][1][1], e[0]))
        return tuple(name for _, (name, _) in ranked[: context_words().keep[field]])


def _tally(source: Source, tokens: Tokens, mentions: Sequence[Mention], ranks: list[int | None]) -> _Tally:
    table, tally = context_words(), _Tally()
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
        if inside := _place_of(mention):
            tally.add("places", inside, weight, body)
    if source.title:
        _title(source.title, tally, publisher)
    tally.drop_single()
    return tally


def _place_of(mention: Mention) -> str | None:
    """A second place a mention speaks of: the seat of a body, the plain name of a city told apart by its state."""
    if mention.kind == "organisation":
        return place_inside(mention.name)
    if mention.kind == "place" and ", " in mention.name and mention.name not in geography().capitals:
        return mention.name.split(", ")[0]
    return None


def _headline(title: str, publisher: str) -> str:
    """The part of a title that is about the article: without the site's name and channel behind a dash or bar."""
    parts = [p for p in _TITLE_BREAK.split(title) if p.strip() and squeeze(p) not in publisher]
    return next((p for p in parts if len(p.split()) > 3), max(parts, key=len, default=title))


def _title(title: str, tally: _Tally, publisher: str) -> None:
    """Adds the weight of the title to the names that stand in it, those the text leaves out included."""
    weight = context_words().weights["title"]
    tokens = tokenise(_headline(title, publisher))
    tally.title(frozenset(tokens.lower), weight)
    for mention in find_mentions(tokens):
        known = any(mention.name in names for names in tally.fields.values())
        if known or mention.kind == "other" or not _counts(mention, tokens, publisher, ""):
            continue
        if mention.kind != "person" or mention.last - mention.first > 1:
            tally.add(_FIELD.get(mention.kind, "others"), mention.name, weight, False)
        if inside := _place_of(mention):
            tally.add("places", inside, weight, False)


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
        if rank is not None and rank < 2 * context_words().lead:
            add(
                (tokens.lower[i] for i in range(first, last) if i not in named), 2 if rank < context_words().lead else 1
            )
    ranked = sorted(enumerate(score.items()), key=lambda e: (-e[1][1], e[0]))
    return tuple(word for _, (word, _) in ranked[: context_words().keep["terms"]])


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
        days = early if rank < context_words().early else later
        if time.from_ not in days:
            days.append(time.from_)
    keep = context_words().keep["days"]
    return tuple(early[:keep] or later[:2])


def build_context(source: Source, tokens: Tokens, mentions: Sequence[Mention], times: Sequence[Timex]) -> Context:
    """What a document is about: canonical names by prominence (title, lead, repetition), terms and days of the lead.

    Captions, related links and boilerplate (`source.zones`) do not count; publishers, authors and agencies are left
    out.
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
