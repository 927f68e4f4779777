"""What a user may set about judging. Thresholds of a measure live in its profile, not here."""

from __future__ import annotations

from consistency.model import Record


class JudgeSettings(Record, frozen=True):
    """bound_hint: from how many times a bound on it is uninformative. time_pairs: up to how many positions of a topic
    all pairs are shown that time explains (above: neighbours in time). pairs_per_topic: the most position pairs
    compared in one topic; the rest is counted. sample: claims of a position that stand for it when positions are
    compared. weak_claim: a claim less certain than this carries no firm contradiction.
    rates: path of the user's own exchange rates. cannot: pairs of fingerprints (each sorted) of claims that people said
    are not about one thing.
    """

    bound_hint: float = 1.5
    time_pairs: int = 8
    pairs_per_topic: int = 20_000
    sample: int = 4
    weak_claim: float = 0.5
    rates: str | None = None
    cannot: frozenset[tuple[str, str]] = frozenset()
