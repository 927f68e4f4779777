"""Puts the labels of a chart where they cover nothing, always trying the same places in the same order."""

from __future__ import annotations

Box = tuple[float, float, float, float]
_HEIGHT = 14.0


def _overlaps(a: Box, b: Box) -> bool:
    return a[0] < b[0] + b[2] and b[0] < a[0] + a[2] and a[1] < b[1] + b[3] and b[1] < a[1] + a[3]


def place(text: str, mark: Box, gap: float, plot: Box, boxes: list[Box]) -> tuple[float, float]:
    """The middle of the baseline for `text` near a mark and inside the plot.

    mark: x, y, top and bottom of its whisker; gap: room to keep beside it. plot: left, top, right, bottom.
    boxes: what is taken (x, y, width, height); the label's own box is added.
    """
    x, y, top, bottom = mark
    width = 7.5 * len(text) + 4
    side = width / 2 + gap
    spots = [(x, top - gap + 1), (x + side, y + 5), (x - side, y + 5), (x, bottom + gap + 8)]
    spots += [(x + side, y - 12), (x - side, y - 12), (x + side, y + 22), (x - side, y + 22), (x, top - gap - 13)]
    best = spots[0]
    for at_x, at_y in spots:
        box = (at_x - width / 2, at_y - _HEIGHT + 3, width, _HEIGHT)
        inside = plot[0] <= box[0] and box[0] + width <= plot[2] + 10 and plot[1] - 16 <= box[1] and at_y <= plot[3]
        if inside and not any(_overlaps(box, other) for other in boxes):
            best = (at_x, at_y)
            break
    boxes.append((best[0] - width / 2, best[1] - _HEIGHT + 3, width, _HEIGHT))
    return best
