"""Articles that copy each other, and have changed so much that MinHash misses some copies."""

from __future__ import annotations

import random

_WORDS = [f"{a}{b}{c}" for a in ("ba", "ko", "mi", "tu") for b in ("len", "dor", "fi", "gat") for c in ("o", "el")]


def copied(many: int) -> list[dict[str, str]]:
    """Articles of a long sentence each, and as many that copy them with every fifth word or so replaced."""
    rng = random.Random(16)
    out = []
    for n in range(many):
        own = [rng.choice(_WORDS) for _ in range(18)]
        again = [rng.choice(_WORDS) if rng.random() < 0.2 else word for word in own]
        for paper, told, hurt in (("First", own, 17), ("Second", again, 71)):
            text = f"The ferry {' '.join(told[:9])} injured {hurt} people {' '.join(told[9:])}."
            out.append({"id": f"{paper}-{n}", "text": text, "publisher": paper, "published": "2024-03-01"})
    return out
