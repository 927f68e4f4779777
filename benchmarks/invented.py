"""Made-up news for measuring: events with several reports each, figures of countries, treaties, summits and tables.

Topics are skewed as in news: a few places and bodies have most of the reports (Zipf), an event has one to seven. A
larger archive reaches further back, at eight articles a day, and knows more places, bodies and ways to put things.
Reports copy each other's sentences, at times with another number, quote people, and come back later with a higher toll.
All places, people and figures are invented.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from itertools import accumulate

_LAST = date(2023, 6, 20)
_START = ("Mar", "Os", "Bel", "Tor", "Kin", "Lav", "Quar", "Sel", "Dun", "Fen", "Hal", "Ir", "Jor", "Nor", "Pel", "Rav")
_MIDDLE = ("", "", "a", "e", "en", "or", "il", "an", "und", "im")
_END = ("by", "ford", "mouth", "wick", "stad", "holm", "ton", "vale", "berg", "haven", "field", "mere")
_LAND = ("oria", "land", "avia", "istan", "ania", "mark")
_FIRST = ("Ana", "Oscar", "Lena", "Peter", "Maria", "Ivo", "Nora", "Karl", "Tessa", "Hugo", "Irene", "Paul", "Vera")
_NAME = (
    "Lin",
    "Oko",
    "Vel",
    "Bran",
    "Tam",
    "Ros",
    "Had",
    "Nov",
    "Sil",
    "Mor",
    "Dah",
    "Pet",
    "Gre",
    "Wes",
    "Kol",
    "Fir",
)
_NAME_END = ("d", "ro", "asco", "dt", "mer", "si", "dad", "ak", "va", "eau", "lin", "rov", "ner", "ton", "sen", "ley")
_COLOUR = (
    *("heavy snow", "thick fog", "a broken pipe", "a market day", "a long strike", "a power cut", "an old quarrel"),
    *("late traffic", "a school holiday", "loud music", "spilled oil", "a film crew", "a wedding party", "high tide"),
)
_DID = (
    *("slowed the rescue", "kept crowds away", "worried neighbours", "woke the street", "hid the smoke"),
    *("blocked both lanes", "drew many visitors", "had been forecast", "made repairs hard", "surprised officials"),
)
_LIKE = ("ish", "ing", "er", "ful", "less", "ward", "ple", "ock", "ent", "age")
_PLEA = (
    ("and", "but", "so", "because", "while", "though"),
    *(
        (
            *("nobody here", "every family", "the whole street", "our children", "the old crew", "many a neighbour"),
            *("the night shift", "each of us", "the council", "any visitor", "the choir", "half the town"),
        ),
        (
            *("will build again", "waits for answers", "knew them all", "should go home alone", "keeps the shops shut"),
            *(
                "never slept",
                "came late",
                "sings tonight",
                "asks for help",
                "carries on",
                "stands together",
                "looks up",
            ),
        ),
    ),
)
_THINGS = ("exports", "imports", "revenue", "output", "sales", "investment")
_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_HAPPENED = ("shooting", "fire", "crash", "explosion", "flood", "landslide")
_SPOTS = ("market", "harbour", "school", "station", "mill", "theatre", "bridge", "hospital")
_PAPERS = tuple(f"{a} {b}" for a in ("Morning", "Evening", "Daily", "Northern", "Coastal") for b in ("Post", "Herald"))


def _zipf(rng: random.Random, many: int) -> int:
    """A place in a ranking, the n-th as often as 1/(n + 10)."""
    return rng.choices(range(many), cum_weights=_weights(many))[0]


@lru_cache(maxsize=16)
def _weights(many: int) -> list[float]:
    return list(accumulate(1 / (n + 10) for n in range(many)))


class World:
    """Names and the things that happen. size: about how many articles are to be made of it."""

    def __init__(self, size: int, seed: int) -> None:
        self.rng = rng = random.Random(seed)
        self.days = max(200, size // 8)
        self.first = _LAST - timedelta(days=self.days)
        self.towns = self._names(max(6, size // 4), _END)
        self.countries = self._names(max(4, size // 25), _LAND)
        kinds = ("Treaty", "Accord", "Council", "Fund")
        self.bodies = [f"{name} {rng.choice(kinds)}" for name in self._names(max(3, size // 40), _END)]

    def _names(self, many: int, ends: tuple[str, ...]) -> list[str]:
        """Names, no two the same, longer where there are many."""
        rng = self.rng
        out: dict[str, None] = {}
        while len(out) < many:
            name, end = rng.choice(_START) + rng.choice(_MIDDLE), rng.choice(ends)
            while name + end in out:
                name += rng.choice(_MIDDLE)
            out[name + end] = None
        return list(out)

    def day(self) -> date:
        return self.first + timedelta(days=self.rng.randrange(self.days))

    def year(self) -> int:
        return self.rng.randrange(min(self.first.year, _LAST.year - 4), _LAST.year + 1)

    def town(self) -> str:
        return self.towns[_zipf(self.rng, len(self.towns))]

    def country(self) -> str:
        return self.countries[_zipf(self.rng, len(self.countries))]

    def body(self) -> str:
        return self.bodies[_zipf(self.rng, len(self.bodies))]

    def person(self) -> str:
        rng = self.rng
        return f"{rng.choice(_FIRST)} {rng.choice(_NAME)}{rng.choice(('', 'a', 'e', 'i', 'o'))}{rng.choice(_NAME_END)}"

    def plea(self) -> str:
        return " ".join(map(self.rng.choice, _PLEA))

    def colour(self) -> str:
        """Something that is told of one event alone, as like as not."""
        rng = self.rng
        odd = [f"{rng.choice(_START)}{rng.choice(_MIDDLE)}{rng.choice(_LIKE)}".lower() for _ in range(3)]
        return f"{rng.choice(_COLOUR)} and {odd[0]} {odd[1]} {rng.choice(_DID)} like {odd[2]}"


def _said(n: int) -> str:
    return _WORDS[n - 1] if n <= 12 else str(n)


def _long(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _event(world: World) -> Iterator[tuple[date, str]]:
    """The reports of one event: (day, text)."""
    rng = world.rng
    town, what, spot, mayor, victim = (
        *(world.town(), rng.choice(_HAPPENED), rng.choice(_SPOTS)),
        *(world.person(), world.person()),
    )
    first, second, third, plea = world.colour(), world.colour(), world.colour(), world.plea()
    day = world.day()
    killed, hurt, held, age = rng.randrange(1, 9), rng.randrange(2, 40), rng.randrange(1, 5), rng.randrange(18, 80)
    miles = rng.choice((5, 10, 20))
    for n in range(min(7, 1 + int(rng.expovariate(0.6)))):
        when = day + timedelta(days=n // 2 * rng.randrange(1, 4))
        dead = killed + (rng.random() < 0.3) * rng.randrange(1, 3)
        lead = (
            f"{_said(dead).capitalize()} people were killed and {_said(hurt)} were injured in a {what} at the {spot} "
        )
        toll = f"killed {_said(dead)} people in {town} on {day:%A} and injured {hurt + (rng.random() < 0.2)} others"
        parts = [
            f"{lead}in {town} on {_long(day)}, where {first}."
            if rng.random() < 0.4
            else f"A {what} {toll}, while {first}."
        ]
        if rng.random() < 0.5:
            parts.append(f"Police arrested {_said(held)} men after the {what}, and said that {second}.")
        if rng.random() < 0.5:
            told = f"We lost {_said(dead)} people at the {spot}, {plea}, and {third}."
            parts.append(f'Mayor {mayor} said: "{told}"')
        if rng.random() < 0.4:
            parts.append(f"{victim}, {age + (rng.random() < 0.1)}, was among those killed at the {spot}.")
        if rng.random() < 0.3:
            far = f"about {miles} miles ({rng.choice((8, 16, 32))} km) from {world.town()}"
            parts.append(f"It began at {rng.randrange(1, 12)}:{rng.randrange(10, 60)} p.m., {far}.")
        if rng.random() < 0.3:
            sent = f"About {rng.randrange(2, 30) * 10} firefighters were sent to {town}"
            parts.append(f"{sent}, and {rng.randrange(20, 900)} homes were left without power.")
        yield when, " ".join(parts)


def _figures(world: World) -> Iterator[tuple[date, str]]:
    rng = world.rng
    country, thing, year = world.country(), rng.choice(_THINGS), world.year()
    of = f"{thing.capitalize()} of {country}"
    level, change = rng.randrange(20, 900) / 10, rng.randrange(1, 15)
    told = f"{of} rose {change} percent to {level:g} billion dollars in {year}, according to the statistics office."
    parts = [told if rng.random() < 0.7 else f"{of} were {level:g} billion dollars in {year}."]
    if rng.random() < 0.5:
        parts.append(f"In {year - 1}, {thing} of {country} grew {rng.randrange(1, 12)} percent.")
    if rng.random() < 0.3:
        parts.append(f"{of} surpassed {rng.randrange(3, 60)} billion dollars for the first time in {year}.")
    if rng.random() < 0.3:
        ships, trains, lorries = rng.randrange(40, 80), rng.randrange(10, 30), rng.randrange(5, 30)
        parts.append(f"Ships carried {ships} percent of it, trains {trains} percent and lorries {lorries} percent.")
    if rng.random() < 0.3:
        worth = f"US${rng.randrange(2, 90)} billion (€{rng.randrange(2, 90)} billion)"
        parts.append(f"A port worth {worth} opened in {world.town()} in {year}, where {world.colour()}.")
    for n in range(1 + (rng.random() < 0.5) + (rng.random() < 0.2)):
        kept = parts if n == 0 or rng.random() < 0.5 else [parts[0], *parts[2:]]
        yield date(year + 1, 1, 10) + timedelta(days=20 * n + rng.randrange(9)), " ".join(kept)


def _body(world: World) -> Iterator[tuple[date, str]]:
    rng = world.rng
    body, members, number = world.body(), rng.randrange(20, 60), rng.randrange(2, 5)
    names = rng.sample(world.countries, min(3, len(world.countries)))
    parts = [f"The {body} has {members} members."]
    if rng.random() < 0.5:
        joined = f"Three countries joined the {body} in {world.year()}"
        parts.append(f"{joined}: {', '.join(names[:-1])} and {names[-1]}.")
    if rng.random() < 0.6:
        year = 2005 + number + (rng.random() < 0.5)
        parts.append(f"The {_ORDINALS[number]} summit of the {body} was held in {year}.")
    if rng.random() < 0.4:
        ours = f"The {body} will not leave any of its {members} members alone"
        told = f"{ours}, {world.plea()}, though {world.colour()}."
        parts.append(f'Secretary {world.person()} told reporters: "{told}"')
    yield world.day(), " ".join(parts)


def _table(world: World) -> Iterator[tuple[date, str]]:
    rng = world.rng
    country, year = world.country(), world.year()
    lines = (
        f"Population: {rng.randrange(10, 90)} million ({year} est.)",
        f"Area: {rng.randrange(20, 900)},000 sq km",
        f"Exports: ${rng.randrange(10, 90)} billion ({year} est.)",
        f"Unemployment rate: {rng.randrange(2, 20)}% ({year} est.)",
    )
    yield date(year, 6, 1), "\n\n".join((country, *lines))


def articles(many: int, seed: int = 1, strays: float = 0.0) -> list[dict[str, str]]:
    """Sources of the Source shape, in a fixed order. strays: how many take a sentence over from a report of something
    else, or are one printed again; reports of one thing always take sentences over from each other."""
    world = World(many, seed)
    rng = world.rng
    out: list[dict[str, str]] = []
    while len(out) < many:
        kind = rng.choices((_event, _figures, _body, _table), (60, 22, 12, 6))[0]
        own: list[str] = []
        for day, told in kind(world):
            text = told
            others = (
                own if own and rng.random() < 0.3 else [a["text"] for a in out[-40:]] if rng.random() < strays else []
            )
            if others and rng.random() < 0.7:  # a sentence of an older report, at times with another number
                old = rng.choice(others).split(". ")[0].strip(".") + "."
                text += " " + (old if rng.random() < 0.5 else _altered(old, rng))
            elif others:  # the whole of one, printed again
                text = others[-1]
            own.append(text)
            paper = rng.choice(_PAPERS)
            out.append({"id": f"a{len(out):05d}", "text": text, "published": day.isoformat(), "publisher": paper})
    return out[:many]


def _altered(text: str, rng: random.Random) -> str:
    words = text.split(" ")
    places = [i for i, w in enumerate(words) if w.isdigit() or w in _WORDS]
    if places:
        words[rng.choice(places)] = str(rng.randrange(2, 60))
    return " ".join(words)
