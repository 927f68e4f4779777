"""Are two claims about the same thing? A sum of named Fellegi-Sunter weights over their signatures."""

from __future__ import annotations

from collections.abc import Callable

from consistency.model import Evidence, Link
from consistency.topics.events import Weighed, event_evidence, level_evidence
from consistency.topics.names import alike_persons, name_evidence
from consistency.topics.signature import Document, Signature
from consistency.topics.vocabulary import Vocabulary
from consistency.topics.weights import Weights

_PEOPLE_ROLES_APART = "relation-rival"
_FRAGMENT = 6

Weighing = tuple[float, float, list[Weighed]]
"""The sum of what speaks for, the sum of what speaks against, and both item by item."""

_NOTHING: Weighing = (0.0, 0.0, [])


class Scorer:
    """Scores pairs of signatures. Evidence that rests on two documents alone is worked out once for them."""

    def __init__(self, known: Vocabulary, table: Weights) -> None:
        self.known = known
        self.table = table
        self._of = table.of
        self._events: dict[tuple[str, str], Weighing] = {}
        self._levels: dict[tuple[str, str], Weighing] = {}
        self.scored = 0
        most = (
            "prior",
            "noun-same",
            "relation-same",
            "per-same",
            "scope-same",
            "terms-most",
            "words-beside",
            "name-strong",
        )
        self._best = sum(table.of[n] for n in most)

    def comparable(self, a: Signature, b: Signature) -> bool:
        """Whether two claims can be about one measure at all: kind, dimension and aspect are not a matter of degree."""
        return (
            a.group == b.group
            and a.dimension == b.dimension
            and a.claim.aspect == b.claim.aspect
            and a.claim.id != b.claim.id
        )

    def score(self, a: Signature, b: Signature) -> float:
        """The sum of the weights; the table's veto and less for pairs that cannot be compared."""
        if not self.comparable(a, b):
            return 2 * self.table.veto
        self.scored += 1
        of = self._of
        total = of["prior"]
        for name, factor, _ in self._what(a, b):
            total += of[name] * factor
        if total < self.table.veto:
            return total
        up, down, _ = self._documents(a, b)
        for name, factor, _ in self._names(a, b):
            weight = of[name] * factor
            up, down = (up + weight, down) if weight > 0 else (up, down + weight)
        return total + down + (min(up, of["event-most"]) if a.event or b.event else up)

    def hopeless(self, a: Signature, b: Signature) -> bool:
        """Whether two claims can never be a link: their documents tell of two events, and no name joins them."""
        if (
            not (a.event and b.event)
            or a.away
            or b.away
            or (a.names and b.names and not a.names.keys().isdisjoint(b.names))
        ):
            return False
        up, down, _ = self._cached(self._events, a.doc, b.doc, event_evidence)
        return up + down + self._best < self.table.link

    def explain(self, a: Signature, b: Signature) -> Link:
        """The same score with every weight that went into it."""
        if not self.comparable(a, b):
            why = Evidence(name="not-comparable", weight=2 * self.table.veto, detail=_mismatch(a, b))
            return Link(a=a.claim.id, b=b.claim.id, score=why.weight, evidence=(why,))
        of = self._of
        which = [*self._names(a, b), *((n, 1.0, d) for n, d in self._documents(a, b)[2])]
        found = [("prior", 1.0, ""), *self._what(a, b), *which]
        evidence = [Evidence(name=n, weight=round(of[n] * f, 3), detail=d) for n, f, d in found]
        over = sum(max(0.0, of[n] * f) for n, f, _ in which) - of["event-most"]
        if over > 0 and (a.event or b.event):
            evidence.append(Evidence(name="event-most", weight=round(-over, 3), detail="what is over the bound"))
        total = round(sum(e.weight for e in evidence), 3)
        return Link(a=a.claim.id, b=b.claim.id, score=total, evidence=tuple(evidence))

    def _names(self, a: Signature, b: Signature) -> list[tuple[str, float, str]]:
        """Evidence from names: of which event or thing the claims are told."""
        out: list[tuple[str, float, str]] = []
        if a.group != "quote":
            name_evidence(a, b, self.known, out)
        return out

    def _what(self, a: Signature, b: Signature) -> list[tuple[str, float, str]]:
        """Evidence from what is counted or said: (weight name, factor, detail)."""
        out: list[tuple[str, float, str]] = []
        if a.group == "quote":
            _quotes(a, b, out)
            return out
        self._nouns(a, b, out)
        self._relations(a, b, out)
        if a.group == "list":
            _items(a, b, out)
        _bounds(a, b, self.known, out)
        if a.event and b.event and a.period and b.period and a.group != "date":
            gap = max(a.period[0] - b.period[1], b.period[0] - a.period[1])
            if gap <= 1 or gap > 3:
                out.append(("time-same" if gap <= 1 else "time-different", 1.0, f"{max(gap, 0)} days apart"))
        _wording(a, b, out)
        return out

    def _nouns(self, a: Signature, b: Signature, out: list[tuple[str, float, str]]) -> None:
        known = self.known
        if a.group == "date" and a.relation in known.incident and b.relation in known.incident:
            return
        if a.noun is None or b.noun is None:
            out.append(("noun-unread" if a.noun is b.noun else "noun-unknown", 1.0, a.noun or b.noun or ""))
            return
        if a.noun == b.noun:
            level = "generic" if a.noun in known.generic else "common" if a.noun in known.common else "same"
            out.append((f"noun-{level}", 1.0, a.noun))
        elif (a.noun in known.apart) != (b.noun in known.apart) and a.people and b.people:
            out.append(("noun-apart", 1.0, f"{a.noun} / {b.noun}"))
        elif a.noun in b.nouns or b.noun in a.nouns:
            out.append(("noun-kind-of", 1.0, f"{a.noun} / {b.noun}"))
        elif a.group in ("list", "date"):
            out.append(("noun-other", 1.0, f"{a.noun} / {b.noun}"))
        elif set(a.nouns) & set(b.nouns):
            out.append(("noun-sibling", 1.0, f"{a.noun} / {b.noun}"))
        else:
            out.append(("noun-different", 1.0, f"{a.noun} / {b.noun}"))

    def _relations(self, a: Signature, b: Signature, out: list[tuple[str, float, str]]) -> None:
        detail = f"{a.relation} / {b.relation}"
        role = (a.people and b.people) or a.group == "date"
        if a.light or b.light or a.relation is None or b.relation is None:
            if role and a.light and b.light:
                out.append(("relation-unread", 1.0, detail))
            elif role:
                out.append(("relation-unknown", 1.0, detail))
            elif a.relation is not None and a.relation == b.relation:
                out.append(("relation-light", 1.0, a.relation))
        elif a.relation == b.relation:
            out.append(("relation-same", 1.0, a.relation))
        elif a.group == "date" and a.relation in self.known.incident and b.relation in self.known.incident:
            out.append(("relation-same", 1.0, detail))
        elif b.relation in self.known.near.get(a.relation, ()):
            out.append(("relation-near", 1.0, detail))
        elif a.people and b.people:
            out.append((_PEOPLE_ROLES_APART, 1.0, detail))
        else:
            out.append(("relation-different", 1.0, detail))

    def _documents(self, a: Signature, b: Signature) -> Weighing:
        """Evidence from the two documents, as far as the claims lean on them."""
        if a.group == "quote" and (_named_speaker(a) and _named_speaker(b)):
            return _NOTHING
        if a.event and b.event and a.away != b.away:
            return 0.0, self._of["other-event"], [("other-event", "")]
        if (a.event or b.event) and a.away:
            return _NOTHING
        pinned = not a.people and _pinned(a, b)
        if pinned and (a.group == "order" or a.doc.broad or b.doc.broad or not (a.doc.places and b.doc.places)):
            return _NOTHING
        if pinned:
            up, down, evidence = self._cached(self._events, a.doc, b.doc, event_evidence)
            return _NOTHING if up + down >= 0 else (0.0, self._of["event-other"], [("event-other", evidence[0][1])])
        work, cache = (event_evidence, self._events) if a.event or b.event else (level_evidence, self._levels)
        return self._cached(cache, a.doc, b.doc, work)

    def _cached(
        self,
        cache: dict[tuple[str, str], Weighing],
        a: Document,
        b: Document,
        work: Callable[[Document, Document], list[Weighed]],
    ) -> Weighing:
        key = (a.source, b.source)
        found = cache.get(key)
        if found is None:
            evidence = work(a, b)
            all_ = [self._of[n] for n, _ in evidence]
            found = cache[key] = (sum(w for w in all_ if w > 0), sum(w for w in all_ if w < 0), evidence)
        return found


def _pinned(a: Signature, b: Signature) -> bool:
    """Whether names beside both numbers tell which thing is meant: a shared body or initiative, or the same parties."""
    if not (a.stated and b.stated):
        return False
    shared = a.names.keys() & b.names.keys()
    return any(a.names[n] in ("strong", "person") for n in shared) or (
        len(shared) >= 2 and a.names.keys() == b.names.keys()
    )


def _mismatch(a: Signature, b: Signature) -> str:
    if a.claim.id == b.claim.id:
        return "one claim"
    if a.group != b.group:
        return f"{a.claim.kind} / {b.claim.kind}"
    if a.dimension != b.dimension:
        return f"{a.dimension} / {b.dimension}"
    return f"{a.claim.aspect} / {b.claim.aspect}"


def _bounds(a: Signature, b: Signature, known: Vocabulary, out: list[tuple[str, float, str]]) -> None:
    """Unit, denominator, scope, and two numbers of one sentence."""
    one, two = a.claim, b.claim
    if one.kind == "measure" and a.dimension is not None:
        out.append(("unit-same", 1.0, a.dimension))
    if one.per or two.per:
        out.append(("per-same" if one.per == two.per else "per-different", 1.0, f"{one.per} / {two.per}"))
    if a.scope and b.scope:
        shared = sorted(a.scope & b.scope)
        if shared:
            out.append(("scope-same", 1.0, shared[0]))
        elif not any(known.inside(x, y) or known.inside(y, x) for x in a.scope for y in b.scope):
            out.append(("scope-different", 1.0, f"{min(a.scope)} / {min(b.scope)}"))
    if (
        one.source == two.source
        and one.sentence
        and two.sentence
        and one.sentence.start == two.sentence.start
        and _one_time(a, b)
    ):
        out.append(("same-sentence", 1.0, ""))


def _one_time(a: Signature, b: Signature) -> bool:
    return a.period is None or b.period is None or a.period == b.period


def _wording(a: Signature, b: Signature, out: list[tuple[str, float, str]]) -> None:
    """The words of the sentences, and those right beside the numbers."""
    if a.terms and b.terms:
        shared = a.terms & b.terms
        part = len(shared) / len(a.terms | b.terms)
        name = (
            "most"
            if part >= 0.5
            else "many"
            if part >= 0.25
            else "some"
            if part >= 0.1
            else "none"
            if not shared
            else ""
        )
        if name:
            out.append((f"terms-{name}", 1.0, ", ".join(sorted(shared)[:4])))
    if a.beside and b.beside:
        shared = a.beside & b.beside
        if not shared:
            out.append(("words-beside-different", 1.0, ""))
        elif 2 * len(shared) > len(a.beside | b.beside):
            out.append(("words-beside", 1.0, ", ".join(sorted(shared)[:4])))


def _items(a: Signature, b: Signature, out: list[tuple[str, float, str]]) -> None:
    if a.items and b.items:
        part = len(a.items & b.items) / min(len(a.items), len(b.items))
        name = "item-most" if part >= 0.5 else "item-some" if part else "item-none"
        out.append((name, 1.0, ", ".join(sorted(a.items & b.items)[:3])))


def _named_speaker(s: Signature) -> bool:
    """Whether the speaker of a quotation is a named person or body, not "police" or "officials"."""
    return s.speaker is not None and s.speaker in s.doc.kinds


def _shared_words(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """How much of two quotations is the same, in order, 0 to 1; a fragment of a longer one counts nearly as much."""
    from rapidfuzz.distance import LCSseq

    short = min(len(a), len(b))
    if not short:
        return 0.0
    common = float(LCSseq.similarity(a, b))
    return max(2 * common / (len(a) + len(b)), 0.9 * common / short if short >= _FRAGMENT else 0.0)


def _quotes(a: Signature, b: Signature, out: list[tuple[str, float, str]]) -> None:
    score = _shared_words(a.words, b.words)
    name = "quote-most" if score >= 0.6 else "quote-some" if score >= 0.35 else "quote-none"
    out.append((name, 1.0, f"{score:.2f}"))
    if _named_speaker(a) and _named_speaker(b):
        same = a.speaker == b.speaker or alike_persons(a.speaker or "", b.speaker or "")
        out.append(("speaker-same" if same else "speaker-different", 1.0, f"{a.speaker} / {b.speaker}"))
