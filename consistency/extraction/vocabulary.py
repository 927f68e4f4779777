"""Synonyms, kinds and relations of nouns (`rules/lexicon/measures.yaml`), for extraction, topics and judgement."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from consistency.rulebook import default_rulebook


class Vocabulary(msgspec.Struct, frozen=True):
    """The tables of the noun vocabulary.

    canonical: lemma -> canonical noun; wholes: noun -> the noun it is a kind of; as_relation: noun -> (relation, noun);
    states: adjective -> relation; state_links: words that may stand between a counted noun and its state;
    named_states: nouns before or inside a counted phrase that name a role ("shooting victims"); followers: words after
    it that do ("to hospital"), where its verb is one of the carriers; life_takers: verbs that take "lives";
    valuing: verbs that put something "at" an amount; as_role: people by what they do -> (its relation, what is told
    of them where that of the verb is one of `plain_relations`); doers: a relation -> people by it;
    yearly_rates: what rises over a year -> the rate that has a name; yearly: phrases by which it is over a year;
    part_words: words by which a count of people is of some of them (their names told, their condition);
    part_words_living: the same, unless they are dead;
    no_labels: words before a colon that label no figure; further: words that leave out those told of before, with the
    relations they do so for (inclusive); of_object: relations whose object a date dates; events: nouns of
    happenings -> relation; incident, incident_words: relations and words that tell of one; doings, done:
    verb forms whose subject did it where they have an object, and nouns that are one; circumstances: verbs whose
    date is then its own, unless a word of its aftermath stands by; calls, called: verbs by which, and who, is called to
    one; afterwards: relations of what is done about one later;
    other_event: words by which one is another than the text's own; wounding: see "fatally".
    as_noun: verbs whose amount a noun names; extents: word behind a length -> dimension; of_place: who lives in a
    place -> what all of them are; prison_*: words around a length of time that make it a punishment.
    special: noun -> (the noun it is of a thing of a sort, the sort, words that tell it);
    scales: nouns before a value -> words that make it another thing's; numbering, placing: verbs by which an ordinal
    with and without an article is said of their subject;
    among: word sequences that stand for those counted; risen_after: words before those by whom a toll has risen;
    including, excluding: word sequences; widening: nouns that widen a measure; contested:
    people whom not every count takes in; bounds: the first word of the sequences
    -> ("+" or "-", sequence).
    """

    canonical: dict[str, str]
    wholes: dict[str, str]
    as_relation: dict[str, tuple[str, str]]
    states: dict[str, str]
    state_links: frozenset[str]
    named_states: dict[str, str]
    carriers: frozenset[str]
    followers: dict[str, str]
    life_takers: frozenset[str]
    valuing: frozenset[str]
    as_role: dict[str, tuple[str, str]]
    doers: dict[str, str]
    yearly_rates: dict[str, str]
    yearly: tuple[str, ...]
    plain_relations: frozenset[str]
    part_words: frozenset[str]
    part_words_living: frozenset[str]
    further: frozenset[str]
    special: dict[str, tuple[str, str, frozenset[str]]]
    scales: dict[str, frozenset[str]]
    numbering: frozenset[str]
    placing: frozenset[str]
    among: tuple[tuple[str, ...], ...]
    risen_after: frozenset[str]
    inclusive: frozenset[str]
    of_object: frozenset[str]
    incident: frozenset[str]
    incident_words: frozenset[str]
    doings: frozenset[str]
    done: frozenset[str]
    circumstances: frozenset[str]
    aftermath: frozenset[str]
    calls: frozenset[str]
    called: frozenset[str]
    events: dict[str, str]
    afterwards: frozenset[str]
    other_event: frozenset[str]
    wounding: frozenset[str]
    no_labels: frozenset[str]
    including: tuple[tuple[str, ...], ...]
    excluding: tuple[tuple[str, ...], ...]
    widening: frozenset[str]
    contested: frozenset[str]
    bounds: dict[str, tuple[tuple[str, tuple[str, ...]], ...]]
    as_noun: dict[str, str]
    extents: dict[str, str]
    of_place: dict[str, str]
    manners: frozenset[str]
    fired: dict[str, str]
    of_things: dict[str, str]
    whole_growth: frozenset[str]
    plain_growth: frozenset[str]
    prison_verbs: frozenset[str]
    prison_nouns: frozenset[str]

    def noun(self, lemma: str) -> str:
        """The canonical noun of a lemma."""
        return self.canonical.get(lemma, lemma)

    def people(self, noun: str | None) -> bool:
        """Whether a noun, or none, counts people."""
        return noun is None or noun == "person" or self.kind_of(noun, "person")

    def kind_of(self, part: str, whole: str) -> bool:
        """Whether noun `part` names a kind of `whole` (a woman is a person), the same noun excluded."""
        seen = set()
        at = self.wholes.get(part)
        while at is not None and at not in seen:
            if at == whole:
                return True
            seen.add(at)
            at = self.wholes.get(at)
        return False


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The noun vocabulary of the built-in rules."""
    data = default_rulebook().load("lexicon/measures.yaml")
    incidents = data["incidents"]
    canonical = {other: name for name, others in data["synonyms"].items() for other in others}
    including, excluding = (tuple(tuple(w.split()) for w in data[key]) for key in ("including", "excluding"))
    bounds: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {}
    for sign, phrases in (("+", including), ("-", excluding)):
        for phrase in phrases:
            bounds[phrase[0]] = (*bounds.get(phrase[0], ()), (sign, phrase))
    return Vocabulary(
        canonical=canonical,
        wholes=dict(data["is_a"]),
        as_relation={k: (v["relation"], v["noun"]) for k, v in data["as_relation"].items()},
        states=dict(data["state_words"]),
        state_links=frozenset(data["state_links"]),
        named_states=dict(data["named_states"]),
        carriers=frozenset(data["carriers"]),
        followers=dict(data["followers"]),
        life_takers=frozenset(data["life_takers"]),
        yearly_rates=dict(data["yearly_rates"]),
        yearly=tuple(data["yearly"]),
        valuing=frozenset(data["valuing"]),
        as_role={k: (v["does"], v["relation"]) for k, v in data["as_role"].items()},
        doers={v["does"]: k for k, v in data["as_role"].items()},
        plain_relations=frozenset(data["plain_relations"]),
        part_words=frozenset(data["part_words"]),
        part_words_living=frozenset(data["part_words_living"]),
        further=frozenset(data["further"]),
        special={
            noun: (str(of["noun"]), str(of["sort"]), frozenset(of["words"])) for noun, of in data["special"].items()
        },
        scales={noun: frozenset(others) for noun, others in data["scales"].items()},
        numbering=frozenset(data["numbering"]),
        placing=frozenset(data["placing"]),
        among=tuple(tuple(w.split()) for w in data["among"]),
        risen_after=frozenset(data["risen_after"]),
        inclusive=frozenset(data["inclusive"]),
        of_object=frozenset(data["of_object"]),
        incident=frozenset(incidents["relations"]),
        incident_words=frozenset(incidents["words"]),
        doings=frozenset(incidents["doings"]),
        done=frozenset(incidents["done"]),
        circumstances=frozenset(incidents["verbs"]),
        aftermath=frozenset(incidents["aftermath"]),
        calls=frozenset(incidents["calls"]),
        called=frozenset(incidents["called"]),
        events=dict(data["events"]),
        afterwards=frozenset(data["afterwards"]),
        other_event=frozenset(data["other_event"]),
        wounding=frozenset(data["wounding"]),
        no_labels=frozenset(data["no_labels"]),
        including=including,
        excluding=excluding,
        widening=frozenset(data["widening"]),
        contested=frozenset(data["contested"]),
        bounds=bounds,
        as_noun=dict(data["as_noun"]),
        extents=dict(data["extents"]),
        of_place=dict(data["of_place"]),
        manners=frozenset(data["manners"]),
        fired=dict(data["fired"]),
        of_things=dict(data["of_things"]),
        whole_growth=frozenset(data["whole_growth"]),
        plain_growth=frozenset(data["plain_growth"]),
        prison_verbs=frozenset(data["prison"]["verbs"]),
        prison_nouns=frozenset(data["prison"]["nouns"]),
    )
