"""A name for a group of claims that a person can read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from consistency.topics.signature import Signature

_ROLES = {
    "kill": "killed",
    "injure": "injured",
    "shoot": "shot",
    "stab": "stabbed",
    "arrest": "arrested",
    "charge": "charged",
    "rescue": "rescued",
    "miss": "missing",
    "participate": "taking part",
    "found": "founded",
    "hold": "held",
    "happen": "date",
    "donate": "given",
    "receive": "received",
    "send": "sent",
    "build": "built",
    "produce": "produced",
}
_KINDS = {"date": "date", "quote": "Quotation", "list": "list", "rank": "rank", "ordinal": "number"}


def title_of(claims: Sequence[Signature]) -> str:
    """ "Antwerp Forum: members", "Trade: Peru – Chile"; names that most claims have, then the noun and its role."""
    if claims[0].group == "quote":
        return _quote_title(claims)
    noun = _most(s.claim.measure.noun or s.noun for s in claims) or ""
    relation = _most(s.relation for s in claims if not s.light)
    names = _names(claims)
    first = claims[0].claim
    what = noun or (first.rank.of if first.rank else None) or ""
    role = _ROLES.get(relation or "", "")
    kind = _KINDS.get(first.kind, "")
    if first.aspect != "level":
        role = first.aspect
    tail = " ".join(dict.fromkeys(x for x in (what, role, kind) if x))
    tail = tail or {"money": "amount", "share": "share"}.get(claims[0].group, first.dimension or first.kind)
    if first.kind == "money" and len(names) >= 2 and what:
        return f"{_capital(tail)}: {names[0]} – {names[1]}"
    return f"{', '.join(names[:2])}: {tail}" if names else _capital(tail)


def _quote_title(claims: Sequence[Signature]) -> str:
    quote = claims[0].claim.quote
    words = quote.words.split() if quote else []
    text = " ".join(words[:7]) + ("…" if len(words) > 7 else "")
    return f"{quote.speaker}: “{text}”" if quote and quote.speaker else f"“{text}”"


def _names(claims: Sequence[Signature]) -> list[str]:
    """Names beside the numbers, the most frequent first, then those of most documents."""
    local = Counter(n for s in claims for n in dict.fromkeys(s.claim.measure.entities))
    first = {n: i for i, n in enumerate(dict.fromkeys(n for s in claims for n in s.claim.measure.entities))}
    often = [n for n in sorted(local, key=lambda n: (-local[n], first[n])) if 2 * local[n] >= len(claims)]
    if often:
        return often[:3]
    scope = _most(next((name for name in s.claim.scope if name[:1] not in "+-"), None) for s in claims)
    return [scope] if scope else []


def _most(words: Iterable[str | None]) -> str | None:
    """The most frequent word, the first of equals."""
    seen = Counter(w for w in words if w)
    return max(seen, key=lambda w: seen[w]) if seen else None


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
