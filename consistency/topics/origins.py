"""Near-copied passages: which claims stem from one origin.

Of the candidates that share runs of words (`candidates`) the Indel similarity of the masked words decides. Numbers and
dates are masked, names are not.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set

from consistency.config import NearCopy
from consistency.model import Claim, Extraction, Origins
from consistency.rulebook import Rulebook
from consistency.topics.alignment import matched_claims, renamed, similarity
from consistency.topics.candidates import Count, Pair, candidates
from consistency.topics.editions import copies_and_editions
from consistency.topics.passages import DATE, CopyRules, Passage, content, copy_rules, passages_of
from consistency.topics.signature import Rank, ranks

Imprint = tuple[str | None, str | None]
"""A publisher and a day of publication."""
ClaimPair = tuple[Claim, Claim]
_YEAR = re.compile("1[0-9]{3}|20[0-9]{2}")
_NAMED = 2  # words with a capital by which a short sentence is of one thing
Similar = tuple[float, int, int]
"""How alike two passages are, and their indices."""


def find_origins(
    extractions: Sequence[Extraction],
    rules: Rulebook | None = None,
    count: Count | None = None,
    how: NearCopy = "exact",
    forms: Set[str] = frozenset(),
) -> Origins:
    """Which claims of several sources stand at one place of a copied passage, and which a source repeats itself.

    count: how many passages of all sources have a run of words, where these sources are not all of them. how: as
    the setting `topics.near_copy`. forms: claims of forms, as `claims_of_forms`, that are known to be so by others."""
    table = copy_rules(rules)
    ordered = sorted(extractions, key=lambda e: (e.context.published or "9999", e.source))
    passages = [p for e in ordered for p in passages_of(e, table)]
    context = {e.source: (e.context.publisher, e.context.published) for e in ordered}
    pairs, editions = copies_between(passages, table, context, similar(passages, table, count, how))
    told = [(a, b) for a, b in pairs if a.id not in forms and b.id not in forms]
    return settled(ordered, told, editions, list(repeated_claims(passages)), table)


def settled(
    extractions: Sequence[Extraction],
    pairs: Sequence[ClaimPair],
    editions: Iterable[tuple[str, str]],
    repeats: Sequence[ClaimPair],
    table: CopyRules,
) -> Origins:
    """`find_origins`, from what is found between any two sources. pairs, editions: as `copies_between` gives them;
    repeats: as `repeated_claims`."""
    rank = ranks(extractions)
    forms = claims_of_forms(rank, pairs, table)
    pairs = [pair for pair in pairs if pair[0].id not in forms]
    origin = _origins(rank, [*pairs, *repeats])
    copied = _trim(pairs, origin, table.all_pairs, rank)
    return Origins(
        of=origin,
        copied=copied,
        repeats=tuple(sorted({b.id for _, b in repeats})),
        editions=tuple(sorted((min(e), max(e)) for e in editions)),
    )


def similar(passages: Sequence[Passage], rules: CopyRules, count: Count | None, how: NearCopy) -> list[Similar]:
    """The pairs of passages that are alike word for word, of those that are looked at."""
    return alike_words(passages, rules, candidates(passages, rules, count, how))


def alike_words(passages: Sequence[Passage], rules: CopyRules, pairs: Iterable[Pair]) -> list[Similar]:
    """Those of some pairs of passages that are alike word for word."""
    out: list[Similar] = []
    for a, b in pairs:
        score = similarity(passages[a].words, passages[b].words, rules.similarity)
        if score >= rules.similarity:
            out.append((score, a, b))
    return out


def copies_between(
    passages: Sequence[Passage], rules: CopyRules, context: Mapping[str, Imprint], alike: Iterable[Similar]
) -> tuple[list[ClaimPair], list[tuple[str, str]]]:
    """The claims at one place of two copies, and the pairs of sources that are two editions of one text. What is found
    between two sources rests on their passages alone.

    passages: those of one source together, the earlier source first; alike: the pairs of them that are `similar`."""
    found, most = _copies(passages, rules, context, alike)
    published = {source: day for source, (_, day) in context.items()}
    return copies_and_editions(found, most, passages, rules, published)


def _copies(
    passages: Sequence[Passage], rules: CopyRules, context: Mapping[str, Imprint], alike: Iterable[Similar]
) -> tuple[list[Pair], list[list[Pair]]]:
    """The pairs of passages that are copies: long ones on their own, short ones beside copied neighbours. And, for two
    sources that are alike in much, all their passages that are alike."""
    by_sources: dict[tuple[str, str], list[Similar]] = defaultdict(list)
    for score, a, b in alike:
        by_sources[passages[a].source, passages[b].source].append((score, a, b))
    sizes: dict[str, int] = defaultdict(int)
    for p in passages:
        sizes[p.source] += 1
    out: list[Pair] = []
    most: list[list[Pair]] = []
    for (left, right), found in sorted(by_sources.items()):
        days = {context[left][1], context[right][1]}
        edition = context[left][0] == context[right][0] and len(days) > 1
        one_day = len(days) == 1
        best = _partners(passages, found)
        smaller = min(sizes[left], sizes[right])
        out.extend(_between(passages, best, rules, smaller, edition, one_day))
        if 2 * len(best) >= smaller:
            most.append(best)
    return sorted(out), most


def _partners(passages: Sequence[Passage], found: list[Similar]) -> list[Pair]:
    """The passages of two sources that are alike: one partner each, best first."""
    found.sort(
        key=lambda t: (
            -t[0],
            -_same_plain(passages[t[1]], passages[t[2]]),
            abs(passages[t[1]].order - passages[t[2]].order),
            t[1],
            t[2],
        )
    )
    partner: dict[int, int] = {}
    best: list[Pair] = []
    for _, a, b in found:
        if a not in partner and b not in partner:
            partner[a], partner[b] = b, a
            best.append((a, b))
    return best


def _between(
    passages: Sequence[Passage], best: Sequence[Pair], rules: CopyRules, smaller: int, edition: bool, one_day: bool
) -> list[Pair]:
    """The copies among the passages of two sources that are alike. edition: they are of two days of one publisher;
    one_day: of one day, or both of none."""
    if _mostly(passages, best, rules, smaller) and not (edition and _is_table(passages, best)):
        return list(best)
    prose = [(a, b) for a, b in best if not passages[a].field]
    seeds = [
        (a, b)
        for a, b in prose
        if _stands_alone(passages[a], passages[b], rules) or (one_day and _twins(passages[a], passages[b], rules))
    ]
    if any(
        renamed(passages[a], passages[b], rules.another) for a, b in prose
    ):  # one template, filled in for two things
        return sorted((a, b) for a, b in seeds if passages[a].plain == passages[b].plain)
    return _grown(passages, seeds, prose, rules)


def _mostly(passages: Sequence[Passage], best: Sequence[Pair], rules: CopyRules, smaller: int) -> bool:
    """Whether so much of the smaller source stands word for word in the other that the rest is a copy too."""
    same = [a for a, b in best if passages[a].plain == passages[b].plain]
    if len(same) < max(2, rules.mostly * smaller):
        return False
    return len({w for a in same for w in content(passages[a], rules)}) >= rules.words


def _is_table(passages: Sequence[Passage], best: Sequence[Pair]) -> bool:
    """Whether most of what two sources share is "Field: value" lines: editions of one table repeat their lines."""
    return 2 * sum(1 for a, _ in best if passages[a].field) > len(best)


def _same_plain(a: Passage, b: Passage) -> bool:
    return a.plain == b.plain


def _stands_alone(a: Passage, b: Passage, rules: CopyRules) -> bool:
    """Whether two passages share so many words that say something that no template explains it."""
    common = len(content(a, rules) & content(b, rules))
    if a.plain == b.plain:
        return common >= rules.words - 2
    return common >= rules.words and not renamed(a, b, rules.another)


def _twins(a: Passage, b: Passage, rules: CopyRules) -> bool:
    """Whether two short sentences with a name are the same but for one number or date: who fills in a form for another
    thing changes all of them."""
    if a.words != b.words or min(len(a.named), len(b.named)) < _NAMED or len(content(a, rules)) < rules.twin:
        return False
    other = [n for n, (x, y) in enumerate(zip(a.plain, b.plain, strict=True)) if x != y]
    return len(other) == 1 and not any(_dates(p, other[0]) for p in (a, b))


def _dates(passage: Passage, n: int) -> bool:
    """Whether a word is a date or a year: what happened in another may be another happening."""
    return passage.words[n] == DATE or _YEAR.fullmatch(passage.plain[n]) is not None


def _grown(passages: Sequence[Passage], seeds: list[Pair], pool: list[Pair], rules: CopyRules) -> list[Pair]:
    """Seeds, and the shorter copies next to them in both sources, and next to those."""
    if not seeds:
        return []
    kept = set(seeds)
    rest = [p for p in pool if p not in kept and content(passages[p[0]], rules) & content(passages[p[1]], rules)]
    places = {(passages[a].order, passages[b].order) for a, b in kept}
    grew = True
    while grew:
        grew = False
        for a, b in rest:
            x, y = passages[a].order, passages[b].order
            if (x, y) not in places and ({(x - 1, y - 1), (x + 1, y + 1)} & places):
                places.add((x, y))
                kept.add((a, b))
                grew = True
    return sorted(kept)


def repeated_claims(passages: Sequence[Passage]) -> Iterable[tuple[Claim, Claim]]:
    """(earlier, later) claims of one source in sentences that are word for word the same."""
    seen: dict[tuple[str, tuple[str, ...]], Passage] = {}
    for p in passages:
        if len(p.plain) < 3:
            continue
        first = seen.setdefault((p.source, p.plain), p)
        if first is not p:
            yield from matched_claims(first, p)


def _origins(rank: Mapping[str, Rank], pairs: Iterable[tuple[Claim, Claim]]) -> dict[str, str]:
    """claim id -> id of the earliest claim it is bound to (itself, if to none)."""
    parent = {i: i for i in sorted(rank)}

    def root(i: str) -> str:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for a, b in pairs:
        x, y = root(a.id), root(b.id)
        if x != y:
            early, late = sorted((x, y), key=lambda i: rank[i])
            parent[late] = early
    return {i: root(i) for i in parent}


def claims_of_forms(rank: Mapping[str, Rank], pairs: Sequence[ClaimPair], table: CopyRules) -> frozenset[str]:
    """The claims of passages that are a form, filled in anew each time ("… in district 4: 21 cases"): at one place most
    of its sources have a number of their own. A copy with an error stands alone among its like.

    pairs: all that hang together, whole."""
    origin = _origins(rank, pairs)
    told: dict[str, dict[str, str]] = defaultdict(dict)
    for pair in pairs:
        for claim in pair:
            told[origin[claim.id]][claim.id] = (claim.text or "").casefold()
    out: set[str] = set()
    for texts in told.values():
        values = len(set(texts.values()))
        if values >= table.form and 2 * values > len(texts):
            out.update(texts)
    return frozenset(out)


def _trim(
    pairs: Sequence[tuple[Claim, Claim]], origin: dict[str, str], limit: int, rank: dict[str, Rank]
) -> tuple[tuple[str, str], ...]:
    """The pairs, earlier first; where one passage stands in very many sources, only those with its origin."""
    size: dict[str, int] = defaultdict(int)
    for o in origin.values():
        size[o] += 1
    out: set[tuple[str, str]] = set()
    for a, b in pairs:
        first, later = sorted((a.id, b.id), key=lambda i: rank[i])
        if size[origin[first]] <= limit:
            out.add((first, later))
        else:
            out.update((origin[i], i) for i in (first, later) if i != origin[i])
    return tuple(sorted(out, key=lambda p: (rank[p[0]], rank[p[1]])))
