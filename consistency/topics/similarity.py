"""Are two claims about the same thing? A sum of named Fellegi-Sunter weights over their signatures."""

from __future__ import annotations

from consistency.model import Evidence, Link
from consistency.topics.documents import Documents
from consistency.topics.measures import most_evidence, quoted_apart, unlike, what_evidence
from consistency.topics.names import name_evidence
from consistency.topics.numbers import crossed, may_cross, reworded, same_value
from consistency.topics.signature import Signature
from consistency.topics.vocabulary import Vocabulary
from consistency.topics.weights import Weights

_MOST = (
    "noun-same",
    "relation-same",
    "per-same",
    "scope-same",
    "terms-most",
    "words-beside",
    "time-same",
    "name-strong",
    "value-telling",
    "alone",
)


NEVER, STRANGERS_NEVER, OPEN = 0, 1, 2
"""What two claims of two kinds can come to: no link; none if they are about persons who cannot be one; anything."""
_SLACK = 1e-6  # the order in which weights are summed makes no pair hopeless

_FIRST = 4  # of shared words, so many are shown


class Scorer:
    """Scores pairs of signatures."""

    def __init__(self, known: Vocabulary, table: Weights, asked: bool = False) -> None:
        self._prior = "prior-asked" if asked else "prior"
        self.known = known
        self.table = table
        self.scored = 0
        self._of = table.of
        self._documents = Documents(table.of)
        apart = sum(table.of[n] for n in (self._prior, "quote-none", "speaker-same"))
        self._by_words = apart < min(table.veto, table.link)
        self._best = table.of[self._prior] + sum(table.of[n] for n in _MOST)

    def link(self, a: Signature, b: Signature) -> float | None:
        """The score of a pair if it can be a link at all, else None; cheaper than `score` where it cannot."""
        if not comparable(a, b) or _other_noun(a, b) or self._hopeless(a, b):
            return None
        if self._by_words and a.group == "quote" and unlike(a, b):
            return None
        value = self._sum(a, b, self.table.link)
        return value if value >= self.table.link else None

    def hope(self, a: Signature, b: Signature) -> int:
        """What any two claims of the kinds of these can come to, whose `who_of` tells of persons, and whose numbers are
        not the same."""
        of, link = self._of, self.table.link - _SLACK
        if _other_noun(a, b) and not may_cross(a, b):
            return NEVER
        most = of[self._prior] + most_evidence(a, b, self.known, of)
        if most < min(link, self.table.veto):
            return NEVER
        if a.group == "quote":
            apart = of[self._prior] + quoted_apart(of)
            return STRANGERS_NEVER if apart < link else OPEN
        if not self._bounded(a, b):
            return OPEN
        most += max(0.0, of["event-most"])
        if most < link:
            return NEVER
        needed = a.noun in self.known.needs_name and most + min(0.0, of["name-needed"]) < link
        return STRANGERS_NEVER if needed else OPEN

    def score(self, a: Signature, b: Signature) -> float:
        """The sum of the weights; the table's veto and less for pairs that cannot be compared."""
        return self._sum(a, b) if comparable(a, b) else 2 * self.table.veto

    def _sum(self, a: Signature, b: Signature, enough: float | None = None) -> float:
        """enough: the score that matters; a pair that cannot reach it may get any lower one."""
        self.scored += 1
        of = self._of
        total = of[self._prior]
        for name, factor, _ in what_evidence(a, b, self.known):
            total += of[name] * factor
        bound = of["event-most"] if self._bounded(a, b) else None
        if total < self.table.veto or (enough is not None and bound is not None and total + bound < enough):
            return total
        up, down = self._documents.balance(a, b)
        same = up if a.away != b.away else up + down
        total += up + down - same
        for name, factor, _ in name_evidence(a, b, self.known, of):
            weight = of[name] * factor
            if weight > 0:
                same += weight
            else:
                total += weight
        return total + (same if bound is None else min(same, bound))

    def explain(self, a: Signature, b: Signature) -> Link:
        """The same score with every weight that went into it."""
        if not comparable(a, b):
            why = Evidence(name="not-comparable", weight=2 * self.table.veto, detail=_mismatch(a, b))
            return Link(a=a.claim.id, b=b.claim.id, score=why.weight, evidence=(why,))
        of = self._of
        which = name_evidence(a, b, self.known, of)
        about = [(name, 1.0, detail) for name, detail in self._documents.evidence(a, b)]
        same = sum(max(0.0, of[n] * f) for n, f, _ in which)
        same += sum(of[n] for n, _, _ in about if of[n] > 0 or a.away == b.away)
        which += about
        found = [(self._prior, 1.0, ""), *what_evidence(a, b, self.known), *which]
        evidence = [Evidence(name=n, weight=round(of[n] * f, 3), detail=_shown(d)) for n, f, d in found]
        over = same - of["event-most"]
        if over > 0 and self._bounded(a, b):
            evidence.append(Evidence(name="event-most", weight=round(-over, 3), detail="what is over the bound"))
        total = round(sum(e.weight for e in evidence), 3)
        return Link(a=a.claim.id, b=b.claim.id, score=total, evidence=tuple(evidence))

    def _bounded(self, a: Signature, b: Signature) -> bool:
        """Whether one event can hold many such numbers, so that it alone cannot tell which is meant."""
        return a.event or b.event or a.noun in self.known.needs_name

    def _hopeless(self, a: Signature, b: Signature) -> bool:
        """Whether the documents tell of two events, and no name beside the numbers joins them."""
        if not (a.event and b.event) or a.away or b.away:
            return False
        if a.names and b.names and not a.names.keys().isdisjoint(b.names):
            return False
        return sum(self._documents.events(a.doc, b.doc)) + self._best < self.table.link


def comparable(a: Signature, b: Signature) -> bool:
    """Whether two claims can be about one measure at all: kind, dimension and aspect are not a matter of degree."""
    return (
        a.group == b.group
        and a.dimension == b.dimension
        and a.claim.aspect == b.claim.aspect
        and a.claim.id != b.claim.id
    )


def _other_noun(a: Signature, b: Signature) -> bool:
    """Whether the nouns are kinds of different things, which no evidence outweighs (dates and lists are freer)."""
    if not a.nouns or not b.nouns or a.nouns[-1] == b.nouns[-1] or a.group in ("date", "list"):
        return False
    return not ((same_value(a, b) and reworded(a, b)) or crossed(a, b))


def _shown(detail: str | frozenset[str]) -> str:
    return detail if isinstance(detail, str) else ", ".join(sorted(detail)[:_FIRST])


def _mismatch(a: Signature, b: Signature) -> str:
    if a.claim.id == b.claim.id:
        return "one claim"
    if a.group != b.group:
        return f"{a.claim.kind} / {b.claim.kind}"
    if a.dimension != b.dimension:
        return f"{a.dimension} / {b.dimension}"
    return f"{a.claim.aspect} / {b.claim.aspect}"
