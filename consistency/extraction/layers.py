"""The layers below the claims, as rows: every quantity and every time expression of a text (docs/records.md)."""

from __future__ import annotations

from typing import Any

from consistency.extraction import periods, quantities
from consistency.extraction.tokens import tokenise
from consistency.model import Source


def quantity_rows(source: Source) -> list[dict[str, Any]]:
    """Every quantity of a source, claim or not."""
    tokens = tokenise(source.text)
    published, basis = periods.settle_published(source, tokens)
    times = periods.find_times(tokens, published, anchor_basis=basis)
    return [quantities.layer_row(source.id, q) for q in quantities.find_quantities(tokens, times)]


def period_rows(source: Source) -> list[dict[str, Any]]:
    """Every time expression of a source, in TIMEX3 terms."""
    tokens = tokenise(source.text)
    published, basis = periods.settle_published(source, tokens)
    return [periods.layer_row(source.id, t) for t in periods.find_times(tokens, published, anchor_basis=basis)]
