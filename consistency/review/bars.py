"""A bar chart: one bar a row, as the geometry that a template draws. All coordinates are text."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

WIDTH, ROW, LABEL = 520, 26, 130


class Bar(msgspec.Struct, frozen=True):
    """One row. y: of its text; top: of its bar; x, width: of its bar; end: where its number stands."""

    label: str
    value: str
    x: str
    y: str
    top: str
    width: str
    end: str


class Bars(msgspec.Struct, frozen=True):
    """The chart, and its words for who cannot see it."""

    title: str
    description: str
    height: int
    axis: str
    bars: tuple[Bar, ...]


def draw(title: str, rows: Sequence[tuple[str, float, str]]) -> Bars | None:
    """rows: (label, value, the value in words); values may be below zero. None for no rows."""
    if not rows:
        return None
    low, high = min(0.0, *(v for _, v, _ in rows)), max(0.0, *(v for _, v, _ in rows))
    scale = (WIDTH - LABEL - 60) / ((high - low) or 1.0)
    zero = LABEL + -low * scale
    bars = tuple(
        Bar(
            label=label,
            value=words,
            x=f"{LABEL + (min(value, 0.0) - low) * scale:.1f}",
            y=f"{ROW * n + 17}",
            top=f"{ROW * n + 4}",
            width=f"{max(abs(value) * scale, 0.5):.1f}",
            end=f"{LABEL + (max(value, 0.0) - low) * scale + 6:.1f}",
        )
        for n, (label, value, words) in enumerate(rows)
    )
    told = "; ".join(f"{label}: {words}" for label, _, words in rows)
    return Bars(title, f"{told}.", ROW * len(rows), f"{zero:.1f}", bars)
