"""What a whole document is about: places, people, bodies, words and days of its title and lead, and what it repeats.

"Two people were killed" says nothing alone; this is the background that makes it one event.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter

import msgspec

from consistency.extraction.contextnames import NAMES, PARTS, SINGLE_UNKNOWN, Name
from consistency.extraction.contextwords import CONTENT_LEMMAS, context_words, squeeze
from consistency.extraction.entities import find_mentions
from consistency.extraction.introductions import Head
from consistency.extraction.spans import Mention, Timex
from consistency.extraction.tokens import ClassTable, Tokens, tokenise, words_of
from consistency.model import Context, Source

_ASIDE = frozenset(("caption", "related", "boilerplate"))
_TITLE_BREAK = re.compile(r"\s+[-–—|«:]+\s+|\s*[|«]\s*")
_BEFORE_SITE = re.compile(r"^https?://(?:www\.)?|:\d+.*|/.*")
_START = itemgetter(2)  # of a sentence
_CREDIT = "c"  # the letter of a word of credits
_HEADING = 5  # tokens of a heading or a stray line, which does not use up the lead


@lru_cache(maxsize=1)
def _credits() -> ClassTable:
    return ClassTable(dict.fromkeys(context_words().credits, _CREDIT), " ")


def _ranks(source: Source, tokens: Tokens) -> list[int | None]:
    """For each sentence its rank among those of the body (title and lead first), None for one that does not count."""
    aside: set[int] = set()
    for z in source.zones:
        if z.kind in _ASIDE:
            low = bisect_left(tokens.sentences, z.start, key=_START)
            aside.update(range(low, bisect_left(tokens.sentences, z.end, low, key=_START)))
    letters = tokens.classes(_credits())
    credited = _CREDIT in letters
    out: list[int | None] = []
    rank = 0
    for number, (first, last, _, _) in enumerate(tokens.sentences):
        if number in aside or (credited and letters.find(_CREDIT, first, last) >= 0):
            out.append(None)
            continue
        out.append(rank)
        rank += last - first > _HEADING
    return out


def _own_names(source: Source) -> tuple[str, str]:
    """The publisher (and site) and the author, squeezed to letters."""
    site = _BEFORE_SITE.sub("", source.url) if source.url else ""
    publisher = squeeze(source.publisher) if source.publisher else ""
    return f"{publisher} {squeeze(site) if site else ''}", (source.author or "").lower()


def _counts(mention: Mention, name: Name, tokens: Tokens, publisher: str, author: str) -> bool:
    """Whether a mention can be what the document is about: not its publisher, its author or another outlet."""
    if name.general:
        return False
    if mention.kind != "person":
        return not (name.squeezed and name.squeezed in publisher)
    if author and mention.name.lower() in author:
        return False
    at = mention.first - 1
    before = tokens.lower[at] if at >= 0 else ""
    if before == ":":
        before = tokens.lower[at - 1]
    return before != "by" or (at > 0 and tokens.lower[at - 1] not in {"\n", "("})


class _Tally:
    """Names by field of the context, in order of first appearance: weight up front, weight from the body, sentences."""

    def __init__(self) -> None:
        self.fields: dict[str, dict[str, list[float]]] = {
            "places": {},
            "persons": {},
            "organisations": {},
            "others": {},
        }

    def add(self, field: str, name: str, weight: float, body: bool) -> None:
        names = self.fields[field]
        entry = names.get(name)
        if entry is None:
            entry = names[name] = [0.0, 0.0, 0.0]
        entry[body] += weight
        entry[2] += 1

    def drop_single(self) -> None:
        """Drops unknown things of one word that are met late, and too seldom to tell anything."""
        others = self.fields["others"]
        if not others:
            return
        least = context_words().single_word_from
        for name in [n for n, e in others.items() if e[2] < least and not e[0] and SINGLE_UNKNOWN[n]]:
            del others[name]

    def title(self, words: frozenset[str], weight: int) -> None:
        """Adds the weight of the title to every name that stands in it (a person's family name is enough)."""
        for field, names in self.fields.items():
            for name, entry in names.items():
                said = PARTS[name]
                if said[-1] in words and (field == "persons" or words.issuperset(said)):
                    entry[0] += weight

    def top(self, field: str) -> tuple[str, ...]:
        """The names of a field, the heaviest first; a body alone does not make a name as heavy as it likes."""
        names = self.fields[field]
        if not names:
            return ()
        most = context_words().weights["most_from_body"]
        weights = {name: entry[0] + min(entry[1], most) for name, entry in names.items()}
        return tuple(sorted(weights, key=weights.__getitem__, reverse=True)[: context_words().keep[field]])


def _tally(tokens: Tokens, mentions: Sequence[Mention], ranks: list[int | None], own: tuple[str, str]) -> _Tally:
    table, tally = context_words(), _Tally()
    weights, lead, early = table.weights, table.lead, table.early
    closes = tokens.closes
    number = -1
    close = 0
    rank: int | None = None
    seen: set[str] = set()  # the names met in this sentence
    for mention in mentions:
        first, name = mention.first, mention.name
        if first >= close:
            while close <= first:
                number += 1
                close = closes[number]
            seen = set()
            rank = ranks[number]
            if rank is not None:
                body = rank >= early
                plain = float(weights["lead" if rank < lead else "body" if body else "early"])
        if rank is None or mention.anaphor or name in seen:
            continue
        known = NAMES[mention.kind][name]
        if not _counts(mention, known, tokens, *own):
            continue
        seen.add(name)
        weight = plain / 2 if mention.demonym else plain
        tally.add(known.field, name, weight, body)
        if known.inside:
            tally.add("places", known.inside, weight, body)
    return tally


def _headline(title: str, publisher: str) -> str:
    """The part of a title that is about the article: without the site's name and channel behind a dash or bar."""
    pieces = _TITLE_BREAK.split(title)
    if len(pieces) == 1:
        return title
    pieces = [p for p in pieces if p.strip() and squeeze(p) not in publisher]
    return next((p for p in pieces if len(p.split()) > 3), max(pieces, key=len, default=title))


def _title(tokens: Tokens, tally: _Tally, publisher: str) -> None:
    """Adds the weight of the headline to the names that stand in it, those the text leaves out included."""
    weight = context_words().weights["title"]
    tally.title(frozenset(tokens.lower), weight)
    for mention in find_mentions(tokens):
        if mention.kind == "other" or any(mention.name in names for names in tally.fields.values()):
            continue
        known = NAMES[mention.kind][mention.name]
        if not _counts(mention, known, tokens, publisher, ""):
            continue
        if mention.kind != "person" or mention.last - mention.first > 1:
            tally.add(known.field, mention.name, weight, False)
        if known.inside:
            tally.add("places", known.inside, weight, False)


def _terms(tokens: Tokens, mentions: Sequence[Mention], ranks: list[int | None], title: list[str]) -> tuple[str, ...]:
    """Content lemmas of title (its tokens) and lead, the most frequent first, names left out."""
    table = context_words()
    lower = tokens.lower
    words: list[str] = []
    if title:
        names = {word for m in mentions for word in lower[m.first : m.last]}
        words += [w for w in title if w not in names]
    later: list[str] = []
    inside = iter(mentions)
    m = next(inside, None)
    for rank, (first, last, _, _) in zip(ranks, tokens.sentences, strict=True):
        if rank is None:
            continue
        if rank >= 2 * table.lead:
            break
        said = lower[first:last]
        while m is not None and m.first < last:
            if m.first >= first:
                said[m.first - first : m.last - first] = [""] * (m.last - m.first)
            m = next(inside, None)
        if rank < table.lead:
            words += said
        else:
            later += said
    score: dict[str, int] = {}  # in order of first appearance
    for weight, several in ((2, words), (1, later)):
        for base in map(CONTENT_LEMMAS.__getitem__, several):
            if base is not None:
                score[base] = score.get(base, 0) + weight
    return tuple(sorted(score, key=score.__getitem__, reverse=True)[: table.keep["terms"]])


def _days(tokens: Tokens, times: Sequence[Timex], ranks: list[int | None]) -> tuple[str, ...]:
    """The days that title and lead speak of; where they name none, the first days the body names."""
    days: tuple[dict[str, None], dict[str, None]] = ({}, {})  # early, later
    for time in times:
        if time.granularity == "day" and time.from_ is not None and time.type in {"DATE", "TIME"}:
            rank = ranks[tokens.sentence_of(time.first)]
            if rank is not None:
                days[rank >= context_words().early][time.from_] = None
    early, later = days
    return tuple(early)[: context_words().keep["days"]] or tuple(later)[:2]


def build_context(source: Source, tokens: Tokens, mentions: Sequence[Mention], times: Sequence[Timex]) -> Context:
    """What a document is about: canonical names by prominence (title, lead, repetition), terms and days of the lead.

    Captions, related links and boilerplate (`source.zones`) do not count; publishers, authors and agencies are left
    out.
    """
    ranks = _ranks(source, tokens)
    own = _own_names(source)
    tally = _tally(tokens, mentions, ranks, own)
    title: list[str] = []
    if source.title:
        headline = _headline(source.title, own[0])
        title = words_of(source.title)
        _title(tokenise(headline), tally, own[0])
    tally.drop_single()
    return Context(
        source=source.id,
        publisher=source.publisher,
        published=source.published,
        places=tally.top("places"),
        persons=tally.top("persons"),
        organisations=tally.top("organisations"),
        others=tally.top("others"),
        terms=_terms(tokens, mentions, ranks, title),
        days=_days(tokens, times, ranks),
    )


def with_lead(context: Context, lead: Head) -> Context:
    """The context with what the text introduces at its beginning, where it was too seldom named to count."""
    field = NAMES[lead.kind][lead.name].field
    names: tuple[str, ...] = getattr(context, field)
    if any(lead.name in getattr(context, f) for f in ("places", "persons", "organisations", "others")):
        return context
    return msgspec.structs.replace(context, **{field: (lead.name, *names)})
