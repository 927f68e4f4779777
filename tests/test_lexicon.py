"""The data files of `rules/lexicon` hold together: no entry twice, no clash, nothing named that does not exist.

That every alias of a place, unit, currency or name is found again is tested beside the stage that reads it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from consistency.extraction.changes import multiple_trend, trend_before
from consistency.extraction.clauses import find_clauses
from consistency.extraction.cuewords import cue_words
from consistency.extraction.hedges import hedge_after, hedge_before
from consistency.extraction.listwords import link_before
from consistency.extraction.money import coin_before
from consistency.extraction.nouns import lemma
from consistency.extraction.numbers import Reader, number_classes
from consistency.extraction.numerals import vocabulary as number_words
from consistency.extraction.tokens import END, Tokens, tokenise
from consistency.extraction.tries import phrase_tokens
from consistency.extraction.vocabulary import vocabulary
from consistency.extraction.words import class_table, inflect, verbs
from consistency.rulebook import builtin_rules, default_rulebook

RULES = builtin_rules()
FILES = sorted(p.name for p in (RULES / "lexicon").glob("*.yaml"))
# Relations that the grammar gives by itself, without a verb.
GRAMMAR = {"level", "change", "own", "rank", "ordinal", "age"}


def load(name: str) -> Any:
    return default_rulebook().load(name)


def lists(data: Any, where: str = "") -> Iterator[tuple[str, list[Any]]]:
    """Every list of words in a file, with the keys that lead to it."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield from lists(value, f"{where}.{key}")
    elif isinstance(data, list):
        if not any(isinstance(entry, dict | list) for entry in data):
            yield where, [entry for entry in data if isinstance(entry, str)]
        else:
            for k, entry in enumerate(data):
                yield from lists(entry, f"{where}[{k}]")


def twice(entries: Iterable[Any]) -> list[Any]:
    seen: set[Any] = set()
    return [entry for entry in entries if entry in seen or seen.add(entry)]  # type: ignore[func-returns-value]


def clashes(tables: Iterable[tuple[str, Iterable[str]]]) -> dict[str, list[str]]:
    """Entries that stand under several keys."""
    owners: dict[str, list[str]] = {}
    for key, entries in tables:
        for entry in entries:
            owners.setdefault(str(entry), []).append(key)
    return {entry: keys for entry, keys in owners.items() if len(set(keys)) > 1}


def relations() -> set[str]:
    """Every relation a claim can have."""
    known = verbs()
    return {*known.relation.values(), *load("lexicon/verbs.yaml")["relations"], *GRAMMAR}


def read(text: str) -> Tokens:
    """The tokens of a text with room to look ahead."""
    return tokenise(text + " " + "# " * 8)


# ------------------------------------------------------------------------------------------------- all files
@pytest.mark.parametrize("name", FILES)
def test_a_file_loads_and_no_list_has_an_entry_twice(name: str) -> None:
    data = load(f"lexicon/{name}")
    assert data
    assert {where: twice(entries) for where, entries in lists(data) if twice(entries)} == {}


@pytest.mark.parametrize("name", FILES)
def test_no_entry_is_empty_or_has_space_around_it(name: str) -> None:
    odd = [
        (where, entry)
        for where, entries in lists(load(f"lexicon/{name}"))
        for entry in entries
        if isinstance(entry, str) and entry != END and (not entry.strip() or entry != entry.strip())
    ]
    assert odd == []


@pytest.mark.parametrize(
    ("name", "section"),
    [
        ("attribution", "modality"),
        ("attribution", "phrases"),
        ("datelines", "months"),
        ("grammar", "classes"),
        ("hedges", "before"),
        ("hedges", "after"),
        ("measures", "synonyms"),
        ("modality", "phrases"),
        ("publishers", "agencies"),
        ("publishers", "outlets"),
        ("speakers", "standing"),
        ("times_roles", "roles"),
    ],
)
def test_no_word_is_claimed_twice_in_a_table(name: str, section: str) -> None:
    table = load(f"lexicon/{name}.yaml")[section]
    assert clashes((str(key), entries or ()) for key, entries in table.items()) == {}


# ----------------------------------------------------------------------------------------------------- verbs
def test_no_verb_and_no_phrase_has_two_relations() -> None:
    table = load("lexicon/verbs.yaml")["relations"]
    for key in ("verbs", "phrases"):
        assert clashes((name, entry.get(key) or ()) for name, entry in table.items()) == {}


def test_plain_verbs_have_no_relation_of_their_own() -> None:
    data = load("lexicon/verbs.yaml")
    with_relation = {base for entry in data["relations"].values() for base in entry.get("verbs") or ()}
    assert with_relation.isdisjoint(data["other"])


def test_relations_that_give_way_exist() -> None:
    table = load("lexicon/verbs.yaml")["relations"]
    known = relations()
    assert {o for entry in table.values() for o in entry.get("over") or () if o not in known} == set()


def test_irregular_verbs_are_verbs() -> None:
    assert set(load("lexicon/verbs.yaml")["irregular"]) - {*verbs().relation, *verbs().phrases} == set()


def test_no_irregular_form_has_two_verbs() -> None:
    assert clashes(load("lexicon/verbs.yaml")["irregular"].items()) == {}


@pytest.mark.parametrize("base", sorted(load("lexicon/verbs.yaml")["irregular"]))
def test_irregular_forms_are_reached(base: str) -> None:
    for form in load("lexicon/verbs.yaml")["irregular"][base]:
        assert verbs().form[form] == base


def test_every_verb_is_read_with_its_relation() -> None:
    """In a clause of its own, by the first of its forms that is no other verb's."""
    data = load("lexicon/verbs.yaml")
    known, missed = verbs(), []
    for base, relation in sorted(known.relation.items()):
        forms = [*data["irregular"].get(base, ()), *inflect(base, frozenset(data["doubling"]))[:2], base]
        form = next((f for f in forms if known.form.get(f) == base and class_table().get(f, "n") in "vwWb"), None)
        groups = [] if form is None else find_clauses(read(f"they {form} them"), [], []).groups
        if not groups or groups[0].relation != relation:
            missed.append((base, form, groups[0].relation if groups else None))
    assert missed == []


# -------------------------------------------------------------------------------------------------- measures
def test_no_noun_is_a_name_and_an_alias() -> None:
    """A name may stand among its own aliases: so a compound is known as one noun."""
    table = load("lexicon/measures.yaml")["synonyms"]
    aliases = {alias for name, also in table.items() for alias in also if alias != name}
    assert aliases & set(table) == set()


def test_every_alias_of_a_noun_is_reached() -> None:
    known = vocabulary()
    for name, also in load("lexicon/measures.yaml")["synonyms"].items():
        for alias in also:
            assert known.noun(alias) == name
            if " " not in alias:
                assert known.noun(lemma(alias)) == name, alias


def test_kinds_are_told_of_names_and_have_no_cycle() -> None:
    known = vocabulary()
    for part, whole in known.wholes.items():
        assert known.noun(part) == part, part
        assert known.noun(whole) == whole, whole
        seen = [part]
        at: str | None = whole
        while at is not None:
            assert at not in seen, f"{part} is a kind of itself"
            seen.append(at)
            at = known.wholes.get(at)


@pytest.mark.parametrize("section", ["state_words", "named_states", "followers"])
def test_relations_of_states_exist(section: str) -> None:
    assert set(load("lexicon/measures.yaml")[section].values()) - relations() == set()


def test_nouns_that_name_a_relation_are_names_themselves() -> None:
    known = vocabulary()
    for noun, (relation, counted) in known.as_relation.items():
        assert relation in relations(), noun
        assert known.noun(noun) == noun
        assert known.noun(counted) == counted


# ------------------------------------------------------------------------------------------- nouns and numbers
def test_singulars_are_singular() -> None:
    for plural, singular in load("lexicon/nouns.yaml")["irregular"].items():
        assert lemma(plural) == singular
        assert lemma(singular) == singular, singular


def test_words_that_are_no_plural_are_left_alone() -> None:
    for word in load("lexicon/nouns.yaml")["not_plural"]:
        assert lemma(word) == word or word in load("lexicon/nouns.yaml")["irregular"], word


@pytest.mark.parametrize("section", ["ones", "teens", "tens"])
def test_number_words_are_read(section: str) -> None:
    for word, value in load("lexicon/numbers.yaml")[section].items():
        tokens = read(str(word))
        number = Reader(tokens, number_classes(tokens)).read(0)
        assert number is not None, word
        assert number.value == value


def test_magnitudes_are_read() -> None:
    for word, exponent in load("lexicon/numbers.yaml")["magnitudes"].items():
        tokens = read(f"three {word}")
        number = Reader(tokens, number_classes(tokens)).read(0)
        assert number is not None, word
        assert number.value == 3 * 10**exponent, word


def test_number_words_have_one_meaning() -> None:
    data = load("lexicon/numbers.yaml")
    tables = ("ones", "teens", "tens", "hundred", "magnitudes", "vague", "halves", "vulgar")
    assert clashes((name, map(str, data[name])) for name in tables) == {}
    assert set(data["denominators"]) & set(data["ordinals"]) == set()


def test_verbs_that_multiply_are_numbers() -> None:
    for way, words in load("lexicon/numbers.yaml")["multiple_trends"].items():
        for word in words:
            assert multiple_trend(word) == way
            assert word in number_words().value, word


# --------------------------------------------------------------------------------------------- hedges, trends
def test_hedges_are_read() -> None:
    missed = []
    for hedge, phrases in load("lexicon/hedges.yaml")["before"].items():
        for phrase in phrases:
            words = ["#", *phrase_tokens(phrase), "40", END, END]
            found, first = hedge_before(words, len(words) - 3)
            if found != hedge or first != 1:
                missed.append((phrase, hedge, found))
    for hedge, phrases in load("lexicon/hedges.yaml")["after"].items():
        for phrase in phrases:
            words = ["40", *phrase_tokens(phrase), "#", END, END]
            found, last = hedge_after(words, 1)
            if found != hedge or last != len(words) - 3:
                missed.append((phrase, hedge, found))
    assert missed == []


def test_no_word_goes_up_and_down() -> None:
    data = load("lexicon/hedges_trends.yaml")
    forms = {way: [form for line in data[way]["verbs"] for form in line.split()] for way in ("up", "down")}
    assert clashes(forms.items()) == {}
    for way in ("up", "down"):
        assert twice(forms[way]) == []
    for section in ("nouns", "after"):
        assert clashes((way, data[way][section]) for way in ("up", "down")) == {}


def test_verbs_of_change_are_read() -> None:
    data = load("lexicon/hedges_trends.yaml")
    skipped = {*data["levels"], *data["particles"]}
    for way in ("up", "down"):
        for line in data[way]["verbs"]:
            for form in set(line.split()) - skipped:
                assert trend_before(["trade", form, "5"], 2) == way, form


# ------------------------------------------------------------------------------------- speech, lists, currencies
def test_verbs_of_saying_are_cues() -> None:
    data = load("lexicon/attribution.yaml")
    said = set(data["verbs"]["say"])
    for section in ("plain", "strict"):
        assert set(data[section]) - said == set(), section
    assert {word for words in data["modality"].values() for word in words} - said == set()
    for verb in said:
        letters = tokenise(f"they {verb} so").classes(cue_words().table)
        assert [cue.label for cue in cue_words().speech.find(letters)] == ["verb"], verb


def test_phrases_of_modality_use_every_class() -> None:
    data = load("lexicon/modality.yaml")
    used = {
        name
        for phrases in data["phrases"].values()
        for p in phrases
        for part in p.split()
        for name in part.rstrip("?").split("{")[0].split("|")
    }
    assert set(data["classes"]) - used == set()
    assert cue_words().modality.find(tokenise("the port will be closed").classes(cue_words().table))


def test_phrases_that_announce_a_list_are_read() -> None:
    data = load("lexicon/lists.yaml")
    assert clashes((key, data[key]) for key in ("open", "closed", "unclear")) == {}
    for key, complete in (("open", False), ("closed", True), ("unclear", None)):
        for phrase in data[key]:
            tokens = tokenise(f"# {phrase} rice")
            at = tokens.lower.index("rice")
            assert link_before(tokens, at, 0) == (1, complete), phrase


def test_glued_letters_are_currencies() -> None:
    for letters in load("lexicon/glued.yaml")["before_number"]:
        tokens = read(f"{str(letters).upper()}500")
        assert tokens.words[:2] == [str(letters).upper(), "500"]
        assert coin_before(tokens, 1)[0] is not None, letters


# ------------------------------------------------------------------------------------------ what others refer to
def named(data: Any, key: str) -> set[str]:
    """All that stands in the lists under the keys `key` and `not_<key>` of a file, however deep."""
    out: set[str] = set()
    for where, entries in lists(data):
        if where.split("[")[0].rsplit(".", 1)[-1] in (key, f"not_{key}") or where.rsplit(".", 1)[-1] in (
            key,
            f"not_{key}",
        ):
            out |= {str(entry) for entry in entries}
    return out


@pytest.mark.parametrize(
    "path",
    sorted(p.relative_to(RULES).as_posix() for kind in ("profiles", "topics") for p in (RULES / kind).glob("*.yaml")),
)
def test_relations_named_in_rules_exist(path: str) -> None:
    assert named(load(path), "relations") - relations() == set()


def test_relations_of_roles_exist() -> None:
    data = load("judgement/roles.yaml")
    told = {*data["parts"], *(r for parts in data["parts"].values() for r in parts)}
    for key in ("incident", "no_event", "once", "seldom"):
        told |= set(data[key])
    assert told - relations() == set()


def test_relations_of_the_topics_vocabulary_exist() -> None:
    data = load("topics/vocabulary.yaml")["relations"]
    told = {str(entry) for _, entries in lists(data) for entry in entries}
    assert told - relations() == set()


@pytest.mark.parametrize("path", sorted(p.relative_to(RULES).as_posix() for p in (RULES / "profiles").glob("*.yaml")))
def test_nouns_of_profiles_are_singular(path: str) -> None:
    """A measure has its singular, so a plural alone would never match."""
    nouns = named(load(path), "nouns")
    assert {noun for noun in nouns if " " not in noun and lemma(noun) not in nouns} == set()


def test_rule_files_exist_where_tests_look() -> None:
    assert len(FILES) > 30
    assert (Path(RULES) / "profiles").is_dir()
