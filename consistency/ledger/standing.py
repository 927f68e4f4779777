"""What holds of the decisions about one finding. Pure: no ledger, no clock.

An entry that was undone does not hold. Of judgements about one version of a finding the last holds, and one of the same
kind about other claims is added to it (two readings of one finding can both be wrong). A judgement about an earlier
version stays in force beside later ones if it taught something, as the later version may be its fruit.

Four eyes: nothing is settled by one person. The last judgement of each person is looked at; it is settled once two
people judged the newest version that was judged, and all who did agree in kind; until then it waits for the second
one, whatever became of it meanwhile.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from consistency.ledger.chain import canonical
from consistency.ledger.details import prints
from consistency.ledger.records import KINDS, Decision
from consistency.model import Record

TEACHING = ("not-same-topic", "same-topic", "wrong-reading")
"""The kinds that later runs obey."""


class Standing(Record, frozen=True):
    """What the row of a finding says, and what it rests on.

    status: open | second | decided | changed; verdict: kind of the judgement that counts; decided_version: the version
    it is about, None while one more person must judge; assignee: who the finding was given to; in_force: the entries
    that hold, oldest first: judgements, comments and the assignment; agreed: numbers of the judgements of `in_force`
    that are settled, those taught from.
    """

    status: str = "open"
    verdict: str | None = None
    decided_version: int | None = None
    assignee: str | None = None
    in_force: tuple[Decision, ...] = ()
    agreed: tuple[int, ...] = ()


def standing(
    entries: Sequence[Decision], version: int | None = None, four_eyes: bool = False, same: Collection[int] = ()
) -> Standing:
    """What holds of all entries about one finding.

    version: the one the finding is at, None where it does not matter (nothing is `changed` then); same: earlier
    versions that say the same as that one.
    """
    ordered = sorted(entries, key=lambda d: d.id)
    undone = {d.undoes for d in ordered if d.undoes is not None}
    left = [d for d in ordered if d.id not in undone and d.kind != "undone"]
    judged = [d for d in left if d.kind in KINDS]
    given = [d for d in left if d.kind == "assigned"][-1:]
    people = sorted({d.author for d in judged}) if four_eyes else [None]
    holding = {d.id for who in people for d in _last([d for d in judged if who is None or d.author == who])}
    kept = [d for d in judged if d.id in holding]
    status, last = _status(kept, version, four_eyes, same)
    comments = [d for d in left if d.kind == "comment"]
    return Standing(
        status=status,
        verdict=None if last is None else last.kind,
        decided_version=None if last is None or status == "second" else last.version,
        assignee=given[0].detail.get("to") if given else None,
        in_force=tuple(sorted([*kept, *given, *comments], key=lambda d: d.id)),
        agreed=tuple(d.id for d in kept if not four_eyes or _seconded(d, kept)),
    )


def _last(judged: list[Decision]) -> list[Decision]:
    """The judgements that later ones did not take the place of."""
    if not judged:
        return []
    newest = max(d.version for d in judged)
    out = []
    for d in judged:
        later = [e for e in judged if e.id > d.id and e.version == d.version]
        if all(_adds(e, d) for e in later) and (d.version == newest or d.kind in TEACHING):
            out.append(d)
    return out


def _adds(later: Decision, earlier: Decision) -> bool:
    """Whether a judgement stands beside an earlier one of the same version instead of in its place."""
    if later.kind != earlier.kind or later.kind not in TEACHING:
        return False
    if later.kind == "wrong-reading":
        return _field(later) != _field(earlier)
    return not set(prints(later.kind, later.detail)) >= set(prints(earlier.kind, earlier.detail))


def _field(d: Decision) -> tuple[str, str]:
    return d.detail["fingerprint"], d.detail["field"]


def _status(
    kept: list[Decision], version: int | None, four_eyes: bool, same: Collection[int]
) -> tuple[str, Decision | None]:
    """The status, and the judgement that counts: the last about the newest version that was judged."""
    if not kept:
        return "open", None
    newest = max(d.version for d in kept)
    about = [d for d in kept if d.version == newest]
    last = about[-1]
    if four_eyes:  # asked first: what was not settled cannot have changed since, nor hold again
        by = {d.author: d.kind for d in about}
        if len(by) < 2 or len(set(by.values())) > 1:
            return "second", last
    if version is not None and newest != version and newest not in same:
        return "changed", last
    return "decided", last


def _seconded(d: Decision, kept: list[Decision]) -> bool:
    """Whether another person judges the same, and nobody says otherwise of this version."""
    others = [e for e in kept if e.author != d.author and e.version == d.version]
    same = [e for e in others if e.kind == d.kind and (d.kind not in TEACHING or _says(e) == _says(d))]
    return bool(same) and all(e.kind == d.kind for e in others)


def _says(d: Decision) -> str:
    return canonical(d.detail)
