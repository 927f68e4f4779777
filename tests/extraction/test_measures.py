"""What a quantity measures: noun and relation, across the constructions of news. Sentences written for the purpose."""

import pytest

from consistency.extraction.claims import extract
from consistency.extraction.clauses import find_clauses
from consistency.extraction.entities import find_mentions
from consistency.extraction.measures import read_measure
from consistency.extraction.periods import find_times
from consistency.extraction.quantities import find_quantities
from consistency.extraction.tokens import tokenise
from consistency.model import Source

CASES = [
    # sentence, words of the quantity, noun, relation
    ("Nineteen countries have joined the pact.", "Nineteen", "country", "participate"),
    (
        "Twelve nations in the region, including Peru, are taking part in the scheme.",
        "Twelve",
        "country",
        "participate",
    ),
    ("The organisers say 14 asian countries have joined the bank.", "14", "country", "participate"),
    ("The alliance has 33 members.", "33", "member", "own"),
    ("The film has a running time of 118 minutes.", "118 minutes", "runtime", "level"),
    ("Its runtime is 118 minutes.", "118 minutes", "runtime", "level"),
    ("The ministry has a budget of $14 million.", "$14 million", "budget", "level"),
    ("The film grossed $80 million worldwide.", "$80 million", None, "earn"),
    ("The gross domestic product is $80 million.", "$80 million", "gdp", "level"),
    ("A magnitude 6.4 earthquake struck.", "6.4", "magnitude", "level"),
    ("A magnitude-6.4 earthquake struck.", "6.4", "magnitude", "level"),
    ("A 6.4-magnitude earthquake struck.", "6.4-magnitude", "magnitude", "level"),
    ("It was followed by an aftershock of magnitude 5.1.", "5.1", "aftershock magnitude", "level"),
    ("A 5.1-magnitude aftershock was felt.", "5.1-magnitude", "aftershock magnitude", "level"),
    ("The quake had a magnitude of 6.4.", "6.4", "magnitude", "level"),
    ("The ship has a displacement of 2,100 tonnes.", "2,100 tonnes", "displacement", "level"),
    ("The bridge is 812 m long.", "812 m", "length", "level"),
    ("The bridge has a length of 812 m.", "812 m", "length", "level"),
    ("The bridge measures 812 m in length.", "812 m", "length", "level"),
    ("The mast is 98 metres tall.", "98 metres", "height", "level"),
    ("He was jailed for 12 years.", "12 years", "prison term", "sentence"),
    ("She received a two-year sentence.", "two-year", "prison term", "sentence"),
    ("She faces 15 years to life.", "15 years", "prison term", "face"),
    ("The country emitted 41 million tonnes of carbon dioxide.", "41 million tonnes", "emission", "level"),
    ("Its emissions were 41 million tonnes of carbon dioxide.", "41 million tonnes", "emission", "level"),
    ("The country exported goods worth $3bn.", "$3bn", "export", "level"),
    ("Its exports were worth $3bn.", "$3bn", "export", "level"),
    ("With 62% of ballots counted, she led.", "62%", "ballot", "level"),
    ("It is a 33-member alliance.", "33", "member", "own"),
    ("Norway also donated tents and blankets to 30 villages.", "30", "village", "donate"),
    ("Two people were killed in the fire.", "Two", "person", "kill"),
    ("The fire killed two people.", "two", "person", "kill"),
    ("The blast left three dead.", "three", "person", "kill"),
    ("A bus crash has left 12 people dead.", "12", "person", "kill"),
    ("Four people were shot and killed on Friday.", "Four", "person", "kill"),
    ("Police said five people were injured.", "five", "person", "injure"),
    ("A gunman killed six people and wounded seven others.", "six", "person", "kill"),
    ("A gunman killed six people and wounded seven others.", "seven", "person", "injure"),
    ("The flood killed five and injured nine.", "five", "person", "kill"),
    ("The flood killed five and injured nine.", "nine", "person", "injure"),
    ("The death toll rose to 41.", "41", "person", "kill"),
    ("The quake caused 18 deaths.", "18", "person", "kill"),
    ("3 dead, 5 wounded in market attack", "3", "person", "kill"),
    ("3 dead, 5 wounded in market attack", "5", "person", "injure"),
    ("Eight suspects were arrested.", "Eight", "suspect", "arrest"),
    ("Trade between Kenya and Ghana exceeded $450 million in 2021.", "$450 million", "trade", "level"),
    ("The volume of trade with Ghana reached $450 million.", "$450 million", "trade", "level"),
    ("Bilateral trade volumes stood at 3.2 billion euros.", "3.2 billion euros", "trade", "level"),
    ("Exports rose to $12 billion.", "$12 billion", "export", "level"),
    ("The city's population is 3.2 million.", "3.2 million", "population", "level"),
    ("The unemployment rate fell to 5.4 percent.", "5.4 percent", "unemployment rate", "level"),
    ("Sales grew by a quarter, reaching $9 million in 2020.", "$9 million", "revenue", "level"),
    ("The bank approved a loan of $5 million.", "$5 million", "loan", "level"),
    ("Kenya spent $40 million on roads.", "$40 million", "road", "spend"),
    ("Some 8 percent of voters stayed at home.", "8 percent", "voter", "level"),
    ("Peru opened its fifth consulate in Japan.", "fifth", "consulate", "ordinal"),
    ("Growers sold nine tenths of the 352,000 tonnes of apples abroad.", "352,000 tonnes", "apple", None),
    ("Population: 81,204", "81,204", "population", "level"),
    ("The flood that killed 14 people came at night.", "14", "person", "kill"),
    ("The driver lost control, killing three and injuring five.", "three", "person", "kill"),
    ("The driver lost control, killing three and injuring five.", "five", "person", "injure"),
    ("Two men were found dead in the harbour.", "Two", "man", "kill"),
    ("Two men were found fatally stabbed.", "Two", "man", "kill"),
    ("Six passengers were taken to hospital.", "Six", "passenger", "injure"),
    ("The crash sent four children to a hospital in Leeds.", "four", "child", "injure"),
    ("Three sailors, believed to be brothers, were killed.", "Three", "sailor", "kill"),
    ("Three others -- two nurses and a cook -- were wounded.", "Three", "person", "injure"),
    ("The fatal shooting of two men shocked the town.", "two", "man", "kill"),
    ("Police named two women who were shot and killed.", "two", "woman", "kill"),
    ("Officers took nine people into custody.", "nine", "person", "arrest"),
    ("The storm claimed five lives.", "five", "person", "kill"),
    ("One man has died and two women are in critical condition.", "two", "woman", "injure"),
    ("Five guests were gunned down.", "Five", "guest", "kill"),
    ("twenty countries have joined the belt.", "twenty", "country", "participate"),
]


def _read(sentence, words):
    tokens = tokenise(sentence)
    times = find_times(tokens, "2022-06-01")
    quantities = find_quantities(tokens, times)
    found = [q for q in quantities if words in q.text or q.text in words]
    assert found, f"{words!r} is no quantity among {[q.text for q in quantities]}"
    clauses = find_clauses(tokens, quantities, times, find_mentions(tokens))
    first, stop, _, _ = tokens.sentences[tokens.sentence_of(found[0].first)]
    return read_measure(clauses, found[0], first, stop)


@pytest.mark.parametrize(("sentence", "words", "noun", "relation"), CASES)
def test_noun_and_relation(sentence, words, noun, relation):
    read = _read(sentence, words)
    assert read.noun == noun
    assert relation is None or read.relation == relation


def test_a_second_verb_shares_the_subject():
    read = _read("Trade with Ghana doubled in the past decade and reached US$518 million in 2020.", "US$518 million")
    assert (read.noun, read.relation) == ("trade", "level")


@pytest.mark.parametrize(
    ("text", "scopes"),
    [
        ("Five people, including a 16-year-old, were killed in the fire.", [()]),
        ("Five people, including two children, were killed in the fire.", [(), ()]),
        ("Six people, including the gunman, died in the attack.", [("+suspect",)]),
        ("Six people died in the attack, not counting the attacker.", [("-suspect",)]),
    ],
)
def test_some_of_the_counted_bound_no_number(text: str, scopes: list[tuple[str, ...]]) -> None:
    claims = extract(Source(id="s", text=text, published="2024-03-20")).claims
    assert [c.scope for c in claims if c.kind == "count"] == scopes


@pytest.mark.parametrize(
    "text",
    [
        "Turnover was $7 million, up from $6 million a year earlier.",
        "Turnover came to $7 million, compared with $6 million last year.",
        "Turnover reached $7 million, against $6 million in 2021.",
        "Turnover grew to $7 million from $6 million in 2021.",
    ],
)
def test_what_an_amount_is_compared_with_measures_the_same_at_its_own_time(text: str) -> None:
    source = Source(id="a", text=text, published="2022-05-04")
    now, then = [c for c in extract(source).claims if c.kind == "money" and c.derived is None]
    assert now.measure.noun == then.measure.noun
    assert then.measure.relation == "level"
    assert now.period.from_ is None
    assert then.period.from_ == "2021-01-01"


@pytest.mark.parametrize(
    ("text", "words", "noun", "relation"),
    [
        ("Half of the orchards flooded.", "Half", "orchard", None),
        ("The fee rose 40 basis points to 6%.", "40 basis points", "fee", "change"),
        ("The fee rose 40 basis points to 6%.", "6%", "fee", "level"),
    ],
)
def test_a_part_tells_its_whole_and_a_unit_is_no_verb(text: str, words: str, noun: str, relation: str | None) -> None:
    (claim,) = [c for c in extract(Source(id="a", text=text)).claims if c.text == words]
    assert claim.measure.noun == noun
    assert relation is None or claim.measure.relation == relation


def test_capitals_of_a_unit_or_a_time_name_nobody() -> None:
    text = "The depot cost Rs 450 crore. It was 31 degrees Celsius there. Rents rose 3% in Q3."
    for claim in extract(Source(id="a", text=text, published="2022-05-04")).claims:
        assert claim.measure.entities == ()


@pytest.mark.parametrize(
    ("text", "words", "noun", "relation"),
    [
        ("Two men shot five people on Monday.", "Two men", "suspect", "attack"),
        ("Two men shot five people on Monday.", "five people", "person", "shoot"),
        ("Three boys opened fire on a crowd.", "Three boys", "suspect", "attack"),
        ("Five men thought to be the suspects drove off.", "Five men", "suspect", "attack"),
        ("Two men shot in Leeds are stable.", "Two men", "man", "shoot"),
        ("Two officers shot the man.", "Two officers", "officer", "shoot"),
        ("A clerk is among the seven people who suffered gunshot wounds.", "seven people", "person", "shoot"),
        ("The four men were transported to Lee Medical Center.", "four men", "man", "injure"),
    ],
)
def test_who_did_it_and_to_whom_it_was_done(text: str, words: str, noun: str, relation: str) -> None:
    claims = extract(Source(id="s", text=text, published="2024-03-20")).claims
    (found,) = (c.measure for c in claims if c.text == words)
    assert (found.noun, found.relation) == (noun, relation)
