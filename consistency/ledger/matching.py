"""Which finding of today is which of those in the ledger."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import permutations

import msgspec

from consistency.ledger.records import FindingState

Sides = tuple[frozenset[str], ...]


class Seen(msgspec.Struct, frozen=True):
    """A finding of the ledger. hash: as `hash_of`; sum: as `sum_of` its record; sides: the fingerprints of the claims
    of each side in its last version."""

    id: str
    computed: str | None
    title: str
    version: int
    status: str
    decided_version: int | None
    hash: str
    sum: bytes
    sides: Sides


class Now(msgspec.Struct, frozen=True, eq=False):
    """A finding of today. hash: as `hash_of`."""

    state: FindingState
    hash: str


def prints(state: FindingState) -> Sides:
    """The fingerprints of the claims of each side."""
    known = {c.id: c.fingerprint for c in state.claims}
    return tuple(frozenset(known.get(i, i) for i in side) for side in state.finding.sides)


def hash_of(state: FindingState) -> str:
    """Equal for two findings that say the same of the same claims."""
    finding = state.finding
    sides = sorted(sorted(side) for side in prints(state))
    told = [finding.outcome, finding.reason, finding.rule, sides, sorted(finding.facts.items())]
    return hashlib.sha256(msgspec.json.encode(told)).hexdigest()


def sum_of(record: bytes) -> bytes:
    """Equal for two records that are equal byte for byte."""
    return hashlib.blake2b(record, digest_size=16).digest()


def matched(old: Sequence[Seen], new: Sequence[Now]) -> tuple[list[tuple[Seen, Now]], list[Now], list[Seen]]:
    """(pairs of one finding, those that are new, those that are gone).

    The engine's name decides, among those of one name the content; what is left goes by the claims that every side of
    both still shares, the most first.
    """
    pairs: list[tuple[Seen, Now]] = []
    named: dict[str | None, list[Seen]] = defaultdict(list)
    for seen in old:
        named[seen.computed].append(seen)
    waiting = sorted(new, key=lambda one: (one.state.finding.id, one.hash))
    for same in (lambda seen, one: seen.hash == one.hash, lambda seen, one: True):
        left: list[Now] = []
        for one in waiting:
            found = next((s for s in named.get(one.state.finding.id, ()) if same(s, one)), None)
            if found is None:
                left.append(one)
            else:
                named[one.state.finding.id].remove(found)
                pairs.append((found, one))
        waiting = left
    rest = [seen for group in named.values() for seen in group]
    alike = list(_alike(rest, waiting))
    met = {seen.id for seen, _ in alike}
    taken = {id(one) for _, one in alike}
    fresh = [one for one in waiting if id(one) not in taken]
    return [*pairs, *alike], fresh, sorted((s for s in rest if s.id not in met), key=lambda s: s.id)


def _alike(old: Sequence[Seen], new: Sequence[Now]) -> Iterable[tuple[Seen, Now]]:
    """Pairs whose every side shares a claim, those that share most first, each finding once."""
    by_print: dict[str, list[int]] = defaultdict(list)
    for n, seen in enumerate(old):
        for print_ in {p for side in seen.sides for p in side}:
            by_print[print_].append(n)
    if not by_print:
        return
    scored = []
    for m, one in enumerate(new):
        sides = prints(one.state)
        for n in sorted({n for side in sides for p in side for n in by_print.get(p, ())}):
            shared = common(old[n].sides, sides)
            if shared:
                scored.append((-shared, old[n].id, one.state.finding.id, n, m))
    taken: set[tuple[str, int]] = set()
    for *_, n, m in sorted(scored):
        if ("old", n) not in taken and ("new", m) not in taken:
            taken |= {("old", n), ("new", m)}
            yield old[n], new[m]


def common(a: Sides, b: Sides) -> int:
    """How many claims two findings share, side by side; 0 if a side shares none."""
    if len(a) != len(b):
        return 0
    best = 0
    for order in permutations(b):
        shared = [len(x & y) for x, y in zip(a, order, strict=True)]
        if all(shared):
            best = max(best, sum(shared))
    return best
