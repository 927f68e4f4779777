"""Which place a name means that several places share, by what else the document names."""

from __future__ import annotations

from collections import Counter

from consistency.extraction.gazetteer import Entry, names
from consistency.extraction.geography import geography, key_of, short_parent
from consistency.extraction.rawnames import Raw
from consistency.extraction.regions import country_of, parent
from consistency.extraction.tokens import Tokens

_CUES = frozenset(("from", "to", "at", "of", "for", "through", "between", "via", "greater"))


def _votes(raws: list[Raw]) -> tuple[Counter[str], Counter[str]]:
    """How often a document names each place or something in it, and each country by something in it."""
    above: Counter[str] = Counter()
    inside: Counter[str] = Counter()
    for raw in raws:
        entry = raw.stated or (raw.readings[0] if len(raw.readings) == 1 else None)
        if entry is None or entry.kind != "place":
            continue
        step: str | None = entry.name
        while step:
            above[step] += 1
            step = parent(step)
        country = country_of(entry.name)
        if country and country != entry.name and entry.name not in geography().capitals:
            inside[country] += 1
    return above, inside


def _choose(raw: Raw, above: Counter[str], inside: Counter[str]) -> Entry:
    """The reading the rest of the document speaks for, its state first, then its country; else the preferred one."""

    def score(entry: Entry) -> int:
        if entry.parent is None:
            return 0
        if entry.sort in {"country", "territory", "state"}:
            return int(inside[entry.parent] > 0 if entry.sort == "state" else above[entry.parent] > 0)
        return 2 * (above[entry.parent] > 0) + (inside[country_of(entry.name) or ""] > 0)

    best = max(score(entry) for entry in raw.readings)
    return next(entry for entry in raw.readings if score(entry) == best)


def _by_state(raws: list[Raw]) -> dict[str, str]:
    """Names places by the state stated behind them; plain name -> the name it has from then on."""
    stated: dict[str, str] = {}
    for raw in raws:
        if raw.stated is None or raw.kind != "place":
            continue
        known = raw.readings or names().entries.get(key_of(raw.name), ())
        fitting = [e for e in known if e.parent == raw.stated.name or country_of(e.name) == raw.stated.name]
        plain = raw.name
        if fitting:
            raw.name = fitting[0].name
        elif known and plain in geography().places:
            raw.name = f"{known[0].name.split(', ')[0]}, {short_parent(raw.stated.name)}"
        stated.setdefault(plain, raw.name)
    return stated


def _person_like(tokens: Tokens, raws: list[Raw]) -> None:
    """Takes known cities that are also personal names for places only if the document shows one of them as a place."""
    sure: set[str] = set()
    doubtful: list[Raw] = []
    for raw in raws:
        if raw.kind != "place" or not raw.shape or raw.shape not in "XG" or raw.readings[0].sort != "city":
            continue
        doubtful.append(raw)
        before = tokens.lower[raw.first - 1] if raw.first else ""
        after = tokens.lower[raw.last] if raw.last < len(tokens.lower) else ""
        if (
            raw.stated is not None
            or raw.prior == "i"
            or before in _CUES
            or after in {"police", "area", "(", "-", "–", "—"}
        ):
            sure.add(raw.name)
    for raw in doubtful:
        if raw.name not in sure:
            raw.kind, raw.readings, raw.form = "other", (), "name"


def settle_places(tokens: Tokens, raws: list[Raw]) -> None:
    """Gives every place the name of the one that is meant."""
    _person_like(tokens, raws)
    shared = [raw for raw in raws if raw.kind == "place" and raw.stated is None and len(raw.readings) > 1]
    stated = _by_state(raws)
    if stated:
        for raw in raws:
            if raw.kind == "place" and raw.stated is None and raw.name in stated:
                raw.name = stated[raw.name]
    if shared:
        above, inside = _votes(raws)
        for raw in shared:
            if raw.readings[0].name not in stated:
                raw.name = _choose(raw, above, inside).name
