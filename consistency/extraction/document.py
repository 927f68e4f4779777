"""One source through the levels of the cascade, up to everything that claims are made of."""

from __future__ import annotations

from bisect import bisect_left

import msgspec

from consistency.extraction.anaphora import resolve
from consistency.extraction.attribution import find_stances
from consistency.extraction.clauses import MEASURED, Clauses, find_clauses
from consistency.extraction.compounds import compose
from consistency.extraction.context import build_context, with_lead
from consistency.extraction.entities import find_mentions
from consistency.extraction.frames import find_frames
from consistency.extraction.introductions import Head, point_back
from consistency.extraction.lists import find_lists
from consistency.extraction.periods import find_times, ranges, settle_published
from consistency.extraction.quantities import find_quantities
from consistency.extraction.quotes import find_indirect, find_quotes
from consistency.extraction.reader import Reader
from consistency.extraction.sentences import split_sentences
from consistency.extraction.settling import settle
from consistency.extraction.spans import ListMark, Mention, Quantity, QuoteMark, Stance, Timex
from consistency.extraction.tokens import Tokens, tokenise
from consistency.model import Context, Source


class Document(msgspec.Struct, frozen=True):
    """A parsed source.

    times: as printed; periods: the same with the two ends of a range as one. `source.published` is settled: a date
    printed without a year has got one, or is None. lead: what the text introduces at its beginning, if it does.
    """

    source: Source
    tokens: Tokens
    times: list[Timex]
    periods: list[Timex]
    quantities: list[Quantity]
    mentions: list[Mention]
    lists: list[ListMark]
    quotes: list[QuoteMark]
    indirect: list[QuoteMark]
    stances: list[Stance]
    clauses: Clauses
    context: Context
    lead: Head | None


def _sentences(source: Source) -> list[tuple[int, int]]:
    """The sentences of a text, cut where page furniture ends inside one ("date 2023-01-26 The world …")."""
    text, spans = source.text, split_sentences(source.text)
    cuts = {z.end for z in source.zones if z.kind == "boilerplate"} | {z.start for z in source.zones}
    for cut in sorted(cuts, reverse=True):
        k = bisect_left(spans, (cut,)) - 1  # the last sentence that begins before
        if k >= 0 and cut < spans[k][1]:
            start, end = spans[k]
            before, behind = text[start:cut].rstrip(), text[cut:end].lstrip()
            spans[k : k + 1] = [(start, start + len(before)), (end - len(behind), end)]
    return spans


def _periods(tokens: Tokens, times: list[Timex]) -> list[Timex]:
    """The times that can date a claim: two ends of a range ("from 2010 to 2015") as one."""
    whole = ranges(tokens, times)
    if not whole:
        return times
    inside = [t for t in times if not any(r.first <= t.first and t.last <= r.last for r in whole)]
    return sorted(inside + whole, key=lambda t: (t.first, t.last))


def _names(mentions: list[Mention], quantities: list[Quantity], times: list[Timex]) -> list[Mention]:
    """The mentions but capitals that are a unit or a time: the "Rs" of "Rs 450 crore", "Celsius", "Q3"."""
    unsure = [m for m in mentions if not m.known and m.last - m.first == 1]
    if not unsure:
        return mentions
    inside = {i for t in times for i in range(t.first, t.last)}
    inside.update(i for q in quantities if q.kind in MEASURED for i in range(q.first, q.last))
    return [m for m in mentions if m.known or m.last - m.first > 1 or m.first not in inside]


def _outside(quantities: list[Quantity], mentions: list[Mention]) -> list[Quantity]:
    """The quantities but numbers that are a part of a known name: "Group of 77", "Agenda 2030"."""
    named = {i for m in mentions if m.known and m.last - m.first > 1 for i in range(m.first, m.last)}
    return [q for q in quantities if not named.issuperset(range(*q.number))]


def parse(source: Source) -> Document:
    """Runs the cascade over a source's text. Pure; linear in the length of the text; never raises for any text."""
    tokens = tokenise(source.text, _sentences(source))
    published, basis = settle_published(source, tokens)
    if published != source.published or basis != source.published_basis:
        source = msgspec.structs.replace(source, published=published, published_basis=basis)
    times = find_times(tokens, published, anchor_basis=basis)
    quantities = find_quantities(tokens, times)
    mentions = _names(find_mentions(tokens, source.zones), quantities, times)
    quantities = settle(tokens, compose(tokens, _outside(quantities, mentions)))
    context = build_context(source, tokens, mentions, times)
    mentions = resolve(tokens, mentions, context)
    reader = Reader(tokens, mentions, times)
    frames = find_frames(reader)
    quotes = find_quotes(reader, frames)
    lists = find_lists(tokens, mentions, reader)
    clauses = find_clauses(tokens, quantities, times, mentions)
    mentions, lead = point_back(clauses, mentions)
    return Document(
        source=source,
        tokens=tokens,
        times=times,
        periods=_periods(tokens, times),
        quantities=quantities,
        mentions=mentions,
        lists=lists,
        quotes=quotes,
        indirect=find_indirect(reader, frames),
        stances=find_stances(reader, frames, quotes),
        clauses=clauses,
        context=with_lead(context, lead) if lead is not None else context,
        lead=lead,
    )
