"""Which parts of a text are title, lead, caption, links to other stories, and furniture of the site.

Everything that is none of these is the body and has no zone of its own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from consistency.model import Zone
from consistency.sources.dateline import Printed
from consistency.sources.lines import Span
from consistency.sources.phrases import Marked, classify_line, is_heading, mark_inside
from consistency.sources.titles import find_titles, headline_like

_MOST_LINKS = 12


def mark_zones(
    text: str, lines: list[Span], printed: Printed, title: str | None, given: Sequence[Zone] = ()
) -> tuple[tuple[Zone, ...], str | None]:
    """The zones of a text, sorted, without overlaps; and its title, found in the text if none is known.

    lines: the non-empty lines; given: zones a reader knows from the file's own structure (headings, figure captions).
    """
    kinds = _line_kinds(text, lines, given)
    kinds.update((span, "boilerplate") for span in printed.furniture if span in set(lines))
    _follow_headings(text, lines, kinds)
    _link_lists(text, lines, kinds)
    titles, title = find_titles(text, lines, kinds, printed, title)
    kinds.update((span, "title") for span in titles)
    marked: list[Marked] = [(*span, kind) for span, kind in kinds.items()]
    marked += [(*span, "boilerplate") for span in printed.furniture]
    for span in lines:
        if span not in kinds:
            marked += mark_inside(text, *span)
    marked += [(*span, "lead") for span in _lead(text, lines, kinds)]
    return tuple(_flatten(text, marked)), title


def _line_kinds(text: str, lines: list[Span], given: Sequence[Zone]) -> dict[Span, str]:
    """The kind of each line that has one: what the file's structure says, else what its words say."""
    known = sorted((z for z in given if z.end > z.start and z.kind != "body"), key=lambda z: z.start)
    starts = [z.start for z in known]
    kinds: dict[Span, str] = {}
    for span in lines:
        at = bisect_right(starts, span[0]) - 1
        inside = at >= 0 and known[at].end >= span[1]
        kind = known[at].kind if inside else classify_line(text[span[0] : span[1]])
        if kind:
            kinds[span] = kind
    if len(kinds) == len(lines):  # a page of pictures alone: its captions are its text
        return {span: kind for span, kind in kinds.items() if kind != "caption"}
    return kinds


def _follow_headings(text: str, lines: list[Span], kinds: dict[Span, str]) -> None:
    """After "Related stories" come their headlines: the lines up to the first that is a sentence."""
    following = 0
    for span in lines:
        line = text[span[0] : span[1]]
        kind = kinds.get(span)
        if kind == "related" and (is_heading(line) or line.endswith(":")):
            following = _MOST_LINKS
        elif kind is None and following and headline_like(line):
            kinds[span] = "related"
            following -= 1
        elif kind is None:
            following = 0


def _link_lists(text: str, lines: list[Span], kinds: dict[Span, str]) -> None:
    """Three headlines or more at the end of a text, after its last sentence, are links to other stories."""
    tail: list[Span] = []
    for span in reversed(lines):
        if span in kinds:
            continue
        line = text[span[0] : span[1]]
        if not headline_like(line) or len(line.split()) < 4:
            break
        tail.append(span)
    if 3 <= len(tail) < len(lines) / 2:
        kinds.update((span, "related") for span in tail)


def _lead(text: str, lines: list[Span], kinds: dict[Span, str]) -> list[Span]:
    """The first paragraph of the article below its title, and a summary above the title.

    In hard-wrapped text a paragraph has several lines.
    """
    title = next((s for s in lines if kinds.get(s) == "title"), None)
    free = [s for s in lines if s not in kinds]
    above = [s for s in free if title and s[1] <= title[0]][:2]
    below = next((n for n, s in enumerate(free) if s not in above), None)
    if below is None:
        return above
    start, end = free[below]
    for before, after in zip(free[below:], free[below + 1 : below + 8], strict=False):
        gap = text[before[1] : after[0]]
        wrapped = 40 <= before[1] - before[0] <= 110 and not gap.strip() and gap.count("\n") < 2
        closed = text[before[1] - 1] in ".!?:" and text[after[0]].isupper()
        if not wrapped or closed or ":" in text[after[0] : after[0] + 40]:
            break
        end = after[1]
    return [*above, (start, end)]


_RANK = {"lead": 1}


def _flatten(text: str, marked: list[Marked]) -> list[Zone]:
    """Sorted, disjoint zones: where two overlap, the shorter cuts the longer, and any other cuts the lead.

    Neighbours of one kind with white space alone between them join.
    """
    cuts = sorted({p for a, b, _ in marked if b > a for p in (a, b)})
    order = sorted({z for z in marked if z[1] > z[0]})
    out: list[Zone] = []
    live: list[Marked] = []
    upcoming = 0
    for low, high in pairwise(cuts):
        while upcoming < len(order) and order[upcoming][0] <= low:
            live.append(order[upcoming])
            upcoming += 1
        live = [z for z in live if z[1] > low]
        while live and low < high and text[low].isspace():
            low += 1
        if not live or low >= high:
            continue
        kind = min(live, key=lambda z: (_RANK.get(z[2], 0), z[1] - z[0], z[2]))[2]
        if out and out[-1].kind == kind and not text[out[-1].end : low].strip():
            out[-1] = Zone(start=out[-1].start, end=high, kind=kind)
        else:
            out.append(Zone(start=low, end=high, kind=kind))
    return out
