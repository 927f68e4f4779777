"""Evidence from what two claims count or say: noun, role, unit, bounds, wording."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from consistency.topics.names import alike_persons
from consistency.topics.numbers import Weighed, crossed, may_cross, number_evidence, reworded, same_value
from consistency.topics.signature import Signature
from consistency.topics.vocabulary import Vocabulary

_PEOPLE_ROLES_APART = "relation-rival"
_FRAGMENT = 6
_MOST, _SOME = 0.6, 0.35  # of the words of two quotations

_QUOTES = ("quote-most", "quote-some", "quote-none")
_OPEN = (
    ("item-most", "item-some", "item-none"),
    ("same-sentence-parts", "same-sentence"),
    ("time-same", "time-different"),
    ("terms-most", "terms-many", "terms-some", "terms-none"),
    ("words-beside", "words-beside-different"),
    ("number-other",),
)
"""What two claims of two kinds may weigh beyond those, one of each."""

_encode = msgspec.msgpack.Encoder().encode


def what_evidence(a: Signature, b: Signature, known: Vocabulary) -> list[Weighed]:
    """(weight name, factor, detail) of each piece of evidence."""
    out: list[Weighed] = []
    if a.group == "quote":
        _quotes(a, b, out)
        return out
    same = same_value(a, b)
    _nouns(a, b, known, out, same)
    _relations(a, b, known, out, same)
    if a.group == "list":
        _items(a, b, out)
    _bounds(a, b, known, out)
    _one_breath(a, b, out)
    _times(a, b, out)
    _labels(a, b, out)
    _wording(a, b, out)
    number_evidence(a, b, out, same)
    return out


def most_evidence(a: Signature, b: Signature, known: Vocabulary, of: Mapping[str, float]) -> float:
    """The most that what they count or say can weigh for any two claims of the kinds of these (`kind_of`) whose numbers
    are not the same."""
    if a.group == "quote":
        return _best(of, *_QUOTES) + _best(of, "speaker-same", "speaker-different")
    out: list[Weighed] = []
    _nouns(a, b, known, out, False)
    _relations(a, b, known, out, False)
    _bounds(a, b, known, out)
    _labels(a, b, out)
    if may_cross(a, b):
        out = [found for found in out if found[0] not in ("noun-different", "noun-crossed")]
    most = sum(of[name] * factor for name, factor, _ in out) + sum(_best(of, *names) for names in _OPEN)
    if a.alone and b.alone:
        most += _best(of, "alone")
    return most + (max(of["noun-different"], of["noun-crossed"], 0.0) if may_cross(a, b) else 0.0)


def quoted_apart(of: Mapping[str, float]) -> float:
    """The most that two quotations of two speakers can weigh."""
    return _best(of, *_QUOTES) + of["speaker-different"]


def kind_of(s: Signature) -> bytes:
    """What a claim counts or says, without its words, names and days: what `most_evidence` looks at, packed."""
    told = (s.claim.kind, s.claim.unit, s.claim.per, sorted(s.scope), sorted(s.label))
    return _encode((s.group, s.dimension, s.noun, s.nouns, s.people, s.relation, s.light, s.event, s.alone, *told))


def _best(of: Mapping[str, float], *names: str) -> float:
    return max(0.0, *(of[name] for name in names))


def _nouns(a: Signature, b: Signature, known: Vocabulary, out: list[Weighed], same: bool) -> None:
    if a.group == "date" and a.relation in known.incident and b.relation in known.incident:
        return
    if (a.noun is None or b.noun is None) and known.happens_once(a.group, a.relation, b.relation):
        return  # what was founded, who was born, goes by a name
    if same and (a.noun is None or b.noun is None):
        return
    if a.noun is None or b.noun is None:
        out.append(("noun-unread" if a.noun is b.noun else "noun-unknown", 1.0, a.noun or b.noun or ""))
        return
    if a.noun == b.noun:
        level = "generic" if a.noun in known.generic else "common" if a.noun in known.common else "same"
        out.append((f"noun-{level}", 1.0, a.noun))
    elif _harmed_or_not(a, b, known):
        out.append(("noun-apart", 1.0, f"{a.noun} / {b.noun}"))
    elif a.noun in b.nouns or b.noun in a.nouns:
        out.append(("noun-kind-of", 1.0, f"{a.noun} / {b.noun}"))
    elif a.group in ("list", "date"):
        out.append(("noun-other", 1.0, f"{a.noun} / {b.noun}"))
    elif set(a.nouns) & set(b.nouns):
        kin = a.people and b.people and known.sex.get(a.noun) == known.sex.get(b.noun)
        out.append(("noun-kin" if kin else "noun-sibling", 1.0, f"{a.noun} / {b.noun}"))
    elif same and reworded(a, b):
        out.append(("noun-reworded", 1.0, f"{a.noun} / {b.noun}"))
    elif crossed(a, b):
        out.append(("noun-crossed", 1.0, f"{a.noun} / {b.noun}"))
    else:
        out.append(("noun-different", 1.0, f"{a.noun} / {b.noun}"))


def _harmed_or_not(a: Signature, b: Signature, known: Vocabulary) -> bool:
    """Whether one side counts suspects and the other people, and neither says they were held."""
    if not (a.people and b.people) or (a.noun in known.apart) == (b.noun in known.apart):
        return False
    return a.relation not in known.held or b.relation not in known.held


def _relations(a: Signature, b: Signature, known: Vocabulary, out: list[Weighed], same: bool) -> None:
    detail = f"{a.relation} / {b.relation}"
    if a.noun == b.noun and a.noun in known.apart:
        told = a.relation in known.held, b.relation in known.held
        out.append(("relation-same" if told[0] == told[1] else "relation-near", 1.0, f"{a.noun}: {detail}"))
        return
    role = (a.people and b.people) or a.group == "date"
    if a.light or b.light or a.relation is None or b.relation is None:
        if role and same and a.telling:
            return
        if role and a.light and b.light:
            out.append(("relation-unread", 1.0, detail))
        elif role:
            out.append(("relation-unknown", 1.0, detail))
        elif a.relation is not None and a.relation == b.relation:
            out.append(("relation-light", 1.0, a.relation))
    elif a.relation == b.relation:
        out.append(("relation-same", 1.0, a.relation))
    elif a.group == "date" and a.relation in known.incident and b.relation in known.incident:
        out.append(("relation-same", 1.0, detail))
    elif b.relation in known.near.get(a.relation, ()):
        out.append(("relation-near", 1.0, detail))
    elif a.people and b.people:
        out.append((_PEOPLE_ROLES_APART, 1.0, detail))
    elif not same:
        out.append(("relation-different" if a.group == "count" else "relation-other", 1.0, detail))


def _times(a: Signature, b: Signature, out: list[Weighed]) -> None:
    """The days two happenings are said to have been on; of dates themselves the days are what is compared later."""
    if a.event and b.event and a.period and b.period and a.group != "date":
        gap = max(a.period[0] - b.period[1], b.period[0] - a.period[1])
        if gap <= 1 or gap > 3:
            out.append(("time-same" if gap <= 1 else "time-different", 1.0, f"{max(gap, 0)} days apart"))


def _bounds(a: Signature, b: Signature, known: Vocabulary, out: list[Weighed]) -> None:
    """Unit, denominator and scope."""
    one, two = a.claim, b.claim
    if one.kind == "measure" and a.dimension is not None:
        out.append(("unit-same", 1.0, a.dimension))
    elif one.kind == two.kind == "money" and one.unit is not None and one.unit == two.unit:
        out.append(("unit-same", 1.0, one.unit))
    if one.per or two.per:
        out.append(("per-same" if one.per == two.per else "per-different", 1.0, f"{one.per} / {two.per}"))
    if a.scope and b.scope:
        shared = sorted(a.scope & b.scope)
        if shared:
            out.append(("scope-same", 1.0, shared[0]))
        elif not any(known.inside(x, y) or known.inside(y, x) for x in a.scope for y in b.scope):
            out.append(("scope-different", 1.0, f"{min(a.scope)} / {min(b.scope)}"))


def _one_breath(a: Signature, b: Signature, out: list[Weighed]) -> None:
    """Two numbers of one sentence."""
    if a.claim.source == b.claim.source and _one_sentence(a, b) and _rivals(a, b):
        parts = a.people and b.people and a.event and b.event
        out.append(("same-sentence-parts" if parts else "same-sentence", 1.0, ""))


def _rivals(a: Signature, b: Signature) -> bool:
    """Whether two numbers of one sentence are told for one time, and are not one number told twice."""
    if a.group == "date" and a.period == b.period:
        return False  # "Sunday morning, March 3"
    return _one_time(a, b) and not _converted(a, b)


def _one_sentence(a: Signature, b: Signature) -> bool:
    one, two = a.claim.sentence, b.claim.sentence
    return one is not None and two is not None and one.start == two.start


def _converted(a: Signature, b: Signature) -> bool:
    """Whether the second number may be the first in another unit: "5 miles (8 km)"."""
    return a.group in ("money", "measure") and a.claim.unit != b.claim.unit


def _one_time(a: Signature, b: Signature) -> bool:
    return a.period is None or b.period is None or a.period == b.period


def _labels(a: Signature, b: Signature, out: list[Weighed]) -> None:
    """The labels of two lines of tables."""
    if not a.label or not b.label:
        return
    if a.label == b.label:
        out.append(("label-same", 1.0, " ".join(sorted(a.label))))
    elif 2 * len(a.label & b.label) < len(a.label | b.label):
        out.append(("label-different", 1.0, f"{' '.join(sorted(a.label))} / {' '.join(sorted(b.label))}"))


def _wording(a: Signature, b: Signature, out: list[Weighed]) -> None:
    """The words of the sentences, and those right beside the numbers."""
    if a.terms and b.terms:
        shared = a.terms & b.terms
        name = _overlap(len(shared), len(a.terms) + len(b.terms) - len(shared))
        if name:
            out.append((name, 1.0, shared))
    if a.beside and b.beside:
        shared = a.beside & b.beside
        if not shared:
            out.append(("words-beside-different", 1.0, ""))
        elif 3 * len(shared) > len(a.beside) + len(b.beside):
            out.append(("words-beside", 1.0, shared))


def _overlap(shared: int, all_: int) -> str:
    """The weight of so many shared words of all there are; none between none and a tenth."""
    if not shared:
        return "terms-none"
    part = shared / all_
    return "terms-most" if part >= 0.5 else "terms-many" if part >= 0.25 else "terms-some" if part >= 0.1 else ""


def _items(a: Signature, b: Signature, out: list[Weighed]) -> None:
    if a.items and b.items:
        part = len(a.items & b.items) / min(len(a.items), len(b.items))
        name = "item-most" if part >= 0.5 else "item-some" if part else "item-none"
        out.append((name, 1.0, ", ".join(sorted(a.items & b.items)[:3])))


def _shared_words(a: tuple[str, ...], b: tuple[str, ...]) -> float:
    """How much of two quotations is the same, in order, 0 to 1; a fragment of a longer one counts nearly as much."""
    from rapidfuzz.distance import LCSseq

    return _part(float(LCSseq.similarity(a, b)), len(a), len(b))


def _part(common: float, one: int, two: int) -> float:
    short = min(one, two)
    if not short:
        return 0.0
    return max(2 * common / (one + two), 0.9 * common / short if short >= _FRAGMENT else 0.0)


def unlike(a: Signature, b: Signature) -> bool:
    """Whether two quotations share so few words that their order need not be looked at: they are "quote-none"."""
    one, two = len(a.words), len(b.words)
    most = len(a.bag & b.bag) + min(one - len(a.bag), two - len(b.bag))  # of words that both have, however often
    return _part(most, one, two) < _SOME


def _quotes(a: Signature, b: Signature, out: list[Weighed]) -> None:
    score = _shared_words(a.words, b.words)
    name = "quote-most" if score >= _MOST else "quote-some" if score >= _SOME else "quote-none"
    out.append((name, 1.0, f"{score:.2f}"))
    if named_speaker(a) and named_speaker(b):
        same = a.speaker == b.speaker or alike_persons(a.speaker or "", b.speaker or "")
        out.append(("speaker-same" if same else "speaker-different", 1.0, f"{a.speaker} / {b.speaker}"))


def named_speaker(s: Signature) -> bool:
    """Whether the speaker of a quotation is a named person or body, not "police" or "officials"."""
    return s.speaker is not None and s.speaker in s.doc.kinds
