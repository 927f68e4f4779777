"""Two time expressions that are the ends of one stretch: "from 2010 to 2015", "between May and July", "2010–2015"."""

from __future__ import annotations

from itertools import pairwise

from consistency.extraction.spans import Timex
from consistency.extraction.times_ended import ENDED
from consistency.extraction.tokens import Tokens

_JOIN = frozenset({"-", "–", "—", "‑", "to", "through", "until", "till", "thru"})


def ranges(tokens: Tokens, times: list[Timex]) -> list[Timex]:
    """The stretches told by two neighbours of `times`, one Timex each, granularity "range", role "during".

    The span runs from "from" or "between" to the second end; `value` is both values with a slash (ISO 8601); from_ is
    the first day of the first, to the last day of the second.
    """
    out: list[Timex] = []
    for a, b in pairwise(times):
        if b.first - a.last != 1 or a.type not in {"DATE", "TIME", "DURATION"} or b.type not in {"DATE", "TIME"}:
            continue
        before = tokens.lower[a.first - 1] if a.first else ""
        link = tokens.lower[a.last]
        ended = link in ENDED and a.from_ is not None and a.to == b.to  # "the six months ended June 30"
        if a.type == "DURATION" and not ended:
            continue
        if not ended and not (
            (link in _JOIN and (before == "from" or link != "to" or before in {"(", ",", "in", "during"}))
            or (link == "and" and before == "between")
        ):
            continue
        if a.from_ is None or b.to is None or a.from_ > b.to:
            continue
        low = a.first - (before in {"from", "between"})
        start, end = tokens.span(low, b.last)
        out.append(
            Timex(
                first=low,
                last=b.last,
                start=start,
                end=end,
                text=tokens.text[start:end],
                type="DATE",
                value=f"{a.from_}/{a.to}" if ended else f"{a.value}/{b.value}",
                from_=a.from_,
                to=b.to,
                granularity="range",
                basis=a.basis
                if a.basis == b.basis
                else "relative"
                if "inferred" not in (a.basis, b.basis)
                else "inferred",
                role="during",
                anchored=a.anchored or b.anchored,
            )
        )
    return out
