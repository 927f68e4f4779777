"""The grammar of time expressions: regular expressions over the string of token classes.

`<name>` stands for one token of a class of `rules/lexicon/times.yaml`, `{NAME}` for a part defined here. All
repetitions are bounded, so that matching is linear in the length of the text. The core of an expression is matched
here; words in front that belong to it ("the end of", "more than", "early") are added by `times_resolve.extend`.
"""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from consistency.extraction.times_words import words

PARTS: dict[str, str] = {
    "MON": "(?:<month>|<month_weak>)<dot>?",
    "WD": "(?:<weekday>|<weekday_weak><dot>?)",
    "WDL": "<weekday>|<weekday_weak>",
    "UNIT": "(?:<week>|<year_word>|<century>|<unit>|<day>)",
    "SMALL": "(?:<card>|<tens>(?:<hyphen>?<card>)?)",
    "NUMW": "(?:<a>?<hundred>|<card>|<tens>)(?:(?:<hyphen>|(?<=<hundred>)<and>)?(?:<card>|<tens>|<hundred>)){0,5}",
    "YEARW": "(?:<card>|<tens>)(?:(?:<hyphen>|<and>)?(?:<card>|<tens>|<hundred>)){1,4}",
    "YR": "(?:<calyear>|<quote>(?:<num>|<dnum>)|{YEARW})",
    "DAYN": "(?:<dnum><suffix>?|<tens><hyphen>?(?:<ord>|<second>|<card>)|<ord>|<second>|<card>(?=<month>))",
    "ORD": "(?:<ord>|<second>|<dnum><suffix>)",
    "MIN": "(?:<dnum>|<num>)",
    "ZONE": "(?:<open>?(?:<zone>|<zone_long>{1,2}<times>?))",
    "CLOCKT": "(?:(?:<dnum>|<num>)(?:<colon>{MIN}){0,2}<ampm>"
    "|(?:<dnum>|<num>)<colon>{MIN}(?:<colon>{MIN})?(?!<dot>?<num>)"
    "|<noon>|{SMALL}(?:<hyphen>?{SMALL})?(?:<ampm>|<oclock>)|<dnum><oclock>)",
    "TOD": "{CLOCKT}{ZONE}?(?:<in><the><part>)?",
    "SEP": "(?:<comma>|<hyphen>|<slash>)?",
    "MDY": "{MON}<hyphen>?<the>?{DAYN}(?:{SEP}(?:<of>|<in>)?{YR}|<of><num>)?",
    "DMY": "{DAYN}<day>?(?:<of>|<hyphen>|<slash>)?{MON}(?:{SEP}(?:<of>|<in>)?{YR}|<of><num>)?",
    "YMD": "<calyear>{SEP}{MON}{SEP}<dnum>",
    "DATE": "(?:{MDY}|{DMY}|{YMD})",
    "DAYREF": "(?:(?:<this>?(?:<last>|<next>|<this>)<this>?)?{WD}(?:<comma>?{DATE})?|<today>|{DATE})",
    "DIR": "(?:<this>|<last>|<next>|<latest>|<current>|<that>|<same>|<these>)",
    "NPHRASE": "(?:(?:<dnum>|<num>|<calyear>)(?:<hyphen>?<dnum><slash><dnum>)?"
    "|{NUMW}(?:<and><a><half>)?|<couple><of>?|<few>|<half>?<a>?<dozen>)",
    "ADJ": "(?:(?:<more>|<additional>|<calendar>|<fiscal>|<consecutive>|<other>){1,2})",
    "UNITS": "(?:<units>|<clocks>|<days>|<quarters>|<parts>|<weekends>|<seasons>)",
    "UNIT1": "(?:{UNIT}|<clock>|<second>|<quarter>|<part>)",
    "ANYU": "(?:{UNITS}|{UNIT1})",
    "NUNIT": "(?:{NPHRASE}(?:<hyphen>|<to>|<or>)(?=<dnum>|<card>|<tens>|<num>))?"
    "{NPHRASE}<hyphen>?{ADJ}?{ANYU}(?:<and><a><half>)?",
    "REFYEAR": "(?:<of>?(?:<fiscal>|<calendar>|<the>)?<year_word>?<calyear>"
    "|<of>?<the>?(?:<last>|<next>|<this>|<that>|<same>|<current>)<fiscal>?<year_word>"
    "|<of><the><fiscal>?<year_word>)",
    "AGO": "(?:<ago>|<earlier>(?!<unit>)|<later>(?!<unit>)|<hence>|<now_from>(?:<now>|<today>)|<before>{STOP})",
    "STOP": "(?=<comma>|<dot>|<and>|\n)",
    "ORDQ": "{ORD}<hyphen>?(?:<quarter>|<half>)",
}

# Each family: the classes its first token may have, and its pattern. Earlier families are preferred at the same place.
FAMILIES: dict[str, tuple[str, str]] = {
    "numeric": (
        "calyear dnum compact",
        "<calyear>(?:<hyphen>|<slash>)(?:<dnum>|<num>)(?:<fiscal>|<calendar>)<year_word>"
        "|<calyear>(?:<hyphen><dnum><hyphen><dnum>|<slash><dnum><slash><dnum>|<dot><dnum><dot><dnum>)(?:<tclock>(?:<colon>{MIN}){0,2})?"
        "|<dnum>(?:<hyphen><dnum><hyphen>|<slash><dnum><slash>)(?:<calyear>|<num>|<dnum>)(?!<hyphen>|<slash>)"
        "|<calyear>(?:<hyphen>|<slash>)(?:<dnum>|<num>)(?!<hyphen>|<slash>|{ANYU})|<dnum><hyphen><calyear>(?!<hyphen>)|<compact>",
    ),
    "tod": (
        "dnum num noon card tens",
        "{TOD}(?:<comma>?<on>?{DAYREF}<part>?|<this><part>|<in><the><part>)?",
    ),
    "hhmm": (
        "hhmm calyear",
        "(?:<hhmm>|<calyear>)(?:<zone>|<zone_long>{1,2}<times>)(?:<comma>?<on>?{DAYREF})?",
    ),
    "dates": (
        "month month_weak dnum",
        "{MON}<dnum><suffix>?(?:(?:<comma><dnum><suffix>?){0,3}<comma>?(?:<and>|<or>)<dnum><suffix>?|(?:<to>|<hyphen>)<dnum><suffix>?)"
        "(?!<month>|<month_weak>|<colon>|<ampm>|<pct>|<units>|<clocks>|<days>|<slash>)(?:<comma>?<calyear>)?(?!<num>)"
        "|<dnum><suffix>?(?:<and>|<or>|<to>|<hyphen>)<dnum><suffix>?<of>?{MON}(?:<comma>?<calyear>)?",
    ),
    "date": (
        "weekday weekday_weak month month_weak dnum tens ord second card calyear",
        "(?:{WD}<comma>?<the>?)?{DATE}(?:(?:<comma>|<at>)?{CLOCKT}{ZONE}?|<part>)?",
    ),
    "nth_of": (
        "ord second dnum last",
        "(?:<ord>|<second>|<dnum><suffix>|<last>)(?:<week>|<day>|<unit>)<of>(?:<calyear>|{MON}<calyear>?|<the>?(?:<last>|<next>|<this>|<that>)?"
        "(?:<year_word>|<unit>))",
    ),
    "near_today": ("day", "<day>(?:<after>|<before>)<today>"),
    "near_last": (
        "week year_word unit day",
        "{UNIT}(?:(?:<before><last>|<after><next>)(?!{WD}|{UNIT}|{MON}|<season>|<weekend>|<quarter>)|(?:<before>|<after>){STOP})",
    ),
    "week_n": ("week", "<week><dnum>(?:<comma>|<of>|<in>)?(?:<calyear>|(?:<last>|<this>|<next>)<year_word>)"),
    "part_of": ("part", "<part><of>(?:{DAYREF}|<the>{DAYN}<of>{MON}<calyear>?)"),
    "week_of": ("week", "<week><of>{MDY}"),
    "month_year": (
        "month month_weak calyear",
        "{MON}(?:<comma>|<hyphen>|<slash>|<of>)?(?:<calyear>|<of>?<quote>?(?<=<quote>|<of>)(?:<num>|<dnum>)|{YEARW})"
        "|<calyear>(?:<month>|<month_weak>)(?!<dot>?<dnum>)",
    ),
    "month_ref": ("month month_weak", "{MON}<of>?<the>?(?:<this>|<last>|<next>|<that>|<same>)<year_word>"),
    "nights": ("weekday", "<weekday><parts>"),
    "weekday": (
        "weekday weekday_weak",
        "{WD}(?:<the>?{DAYN}(?!<month>|<calyear>|<units>|<days>|<pct>|<colon>|<ampm>)(?:<comma>?<at>?{TOD})?"
        "|<of>?<the>?(?:<last>|<next>|<this>)<week>|<week>|<part>?(?:<comma>?<at>?{CLOCKT}{ZONE}?)?)",
    ),
    "today": ("today tonight overnight", "(?:<today>|<tonight>|<overnight>)<part>?(?:<comma>?<at>?{TOD})?"),
    "decade": (
        "calyear quote num plain_decade",
        "<calyear><quote>?<s>(?!<month>)|<quote>?<num><quote>?<s>|<quote><dnum><s>|<plain_decade>",
    ),
    "century": (
        "dnum ord second tens",
        "(?:<dnum><suffix>|<ord>|<second>|<tens><hyphen><ord>)<hyphen>?<century><era>?",
    ),
    "era": ("num dnum calyear era", "(?:<num>|<dnum>|<calyear>)<era>|<era>(?:<num>|<dnum>|<calyear>)"),
    "in_row": (
        "ord second dnum",
        "{ORD}<hyphen>?<consecutive><hyphen>?(?:{UNIT}|<quarter>)|{ORD}(?:{UNIT}|<quarter>)<in><a><in_row>",
    ),
    "year_quarter": (
        "calyear last next this year_word",
        "(?:<calyear><gen>?|(?:<last>|<next>|<this>)<year_word>(?:<gen>|<quote>)|<year_word><hyphen>?(?:<ago>|<earlier>))"
        "<fiscal>?<hyphen>?(?:{ORDQ}|<quarter>|<period>)",
    ),
    "quarter": (
        "fiscal ord second dnum last final qcode qletter hcode",
        "<fiscal>?<hyphen>?{ORDQ}(?:(?:<comma>|<hyphen>)?{REFYEAR})?|<qcode>(?:(?:<hyphen>|<comma>|<slash>)?{REFYEAR})?"
        "|<qletter><dnum>{REFYEAR}?|<hcode>{REFYEAR}?|(?:<last>|<final>)(?:<half>|(?:<half>|<quarter>){REFYEAR})",
    ),
    "fiscal_year": (
        "fiscal calendar year_word fycode calyear",
        "(?:(?:<fiscal>|<calendar>)<year_word>?<calyear>|<fycode>)(?:(?:<slash>|<hyphen>)(?:<num>|<dnum>))?"
        "|<year_word><of>?(?:<calyear>|{YEARW})|<fiscal><year_word>|<calyear>(?:<fiscal>|<calendar>)<year_word>",
    ),
    "year_end": ("year_word year_end", "<year_word><gen>?<hyphen>?<begin>|<year_end>"),
    "same": (
        "same",
        "<same>(?:<period>|<quarter>|{UNIT}|{MON}|<season>)(?:<of>|<in>)?<the>?"
        "(?:<last><year_word>|<calyear>|<a>?<year_word><hyphen>?(?:<ago>|<earlier>|<before>)|<year_word><before>)",
    ),
    "rel_n": (
        "last next latest these ord",
        "(?:<last>|<next>|<latest>|<these>|<ord>)<hyphen>?(?:{NUNIT}|(?:<units>|<clocks>|<quarters>|<days>))",
    ),
    "rel": (
        "this last next latest current that same these",
        "{DIR}(?:<last>|<next>|<same>)?<fiscal>?<calendar>?(?:{UNIT}{WD}?(?!<hyphen>(?:<ago>|<earlier>))|{MON}{DAYN}?|{WD}(?:<comma>?{DATE}|<part>)?|<season>|<quarter>|<weekend>"
        "|<part>(?:<at>{CLOCKT}|<at><dnum>)?|<period>|<holiday>{1,2}<day>?)",
    ),
    "ago": (
        "a dnum num calyear card tens hundred couple few half dozen",
        "(?:<a>(?:<few>|<couple><of>?)?{ANYU}(?:<and><a><half>|<or><card>|<or><so>)?|{NUNIT}(?:<or><so>)?|<half><a><century>){AGO}"
        "|{NUNIT}(?:<before>|<after>|<now_from>)<today>",
    ),
    "year_ago": ("year_word", "<year_word><hyphen>?(?:<ago>|<earlier>)"),
    "set_n": (
        "each once per freq weekdays",
        "(?:<each>|<once><a>|<once><each>)(?:<other>|{NPHRASE}|<ord>)?<hyphen>?(?:{UNIT1}|{UNITS}|{WD}|<weekend>|<season>|{MON})"
        "|<per>(?:{UNIT}|<quarter>)|<freq>|<weekdays>",
    ),
    "dur": (
        "a dnum num calyear card tens hundred couple few half dozen",
        "(?:{NUNIT}|<half><a>?<hyphen>?(?:<clock>|{UNIT})|<a>(?:<few>|<couple><of>?|<half>|<dozen>)<hyphen>?{ADJ}?{ANYU})"
        "(?:<hyphen>?<old>|<or><so>|<hyphen>?<long>|<in><a><in_row>|<period>)?",
    ),
    "a_unit": (
        "a other",
        "<a>{ADJ}?(?:{UNIT}|<clock>)(?:<and><a><half>|<or><card>|<or><so>|<hyphen><long>)?(?!<hyphen>|<ago>|<earlier>)|<other>(?:{UNIT}|<clock>)",
    ),
    "all_unit": ("all", "<all>{UNIT}"),
    "long": ("week year_word unit day century clock unit_long", "(?:{UNIT}|<clock>)<hyphen><long>|<unit_long>"),
    "the_unit": (
        "the",
        "<the><additional>?(?:{UNIT}|<quarter>|<weekend>|<period>)(?!<hyphen>|<ago>|<earlier>|<calyear>|<card>|<gen><begin>)",
    ),
    "bare_units": (
        "dozens units clocks days",
        "(?:<dozens><of>)?(?:<units>|<clocks>|<days>)(?:<or>(?:<units>|<days>)|<hyphen><long>|<hyphen>?<old>)?",
    ),
    "ref": (
        "now present current recent recently future last",
        "<now>|<present>|<current>|<recent>(?:<units>|<days>|<clocks>|<quarters>)|<recently>|<future>|<last>",
    ),
    "mid_part": ("mid", "<mid><hyphen>?<part><today>?"),
    "season": ("season", "<season>(?:<comma>?{REFYEAR}|<of>{YR})?"),
    "holiday": (
        "holiday new",
        "<holiday>{1,3}<gen>?(?:<day>|<eve>|{WD})?|<new><year_word><gen>?(?:<day>|<eve>)",
    ),
    "year": (
        "calyear quote card",
        "<calyear>|<quote><num>|<card><hyphen>?(?:<tens>(?:<hyphen>?<card>)?|<hundred><and>?(?:<tens>(?:<hyphen>?<card>)?|<card>))",
    ),
    "month": ("month month_weak", "{MON}"),
}
# Words so frequent that they are tried only where the next token fits: what may follow them in any family.
COMMON = {
    "dnum": "(?:{ANYU}|{ADJ}|{MON}|<hyphen>|<slash>|<suffix>|<and>|<or>|<to>|<of>|<dnum>|<colon>|<ampm>|<oclock>"
    "|<era>)",
    "card": "(?:{ANYU}|{ADJ}|<hyphen>|<and>|<to>|<or>|<card>|<tens>|<hundred>|<ampm>|<oclock>|<month>)",
    "num": "(?:{ANYU}|{ADJ}|<hyphen>|<to>|<or>|<dnum>|<colon>|<ampm>|<quote>|<s>|<era>)",
    "few": "(?:{ANYU}|{ADJ}|<hyphen>|<to>|<or>)",
    "year_word": "(?:<hyphen>|<ago>|<earlier>|<of>|<calyear>|<card>|<tens>|<gen>|<begin>|<before>|<after>)",
    "unit": "(?:<hyphen>|<before>|<after>)",
    "clock": "<hyphen>",
    "century": "<hyphen>",
    "part": "<of>",
    "other": "(?:{UNIT}|<clock>)",
    "all": "{UNIT}",
    "quote": "(?:<num>|<dnum>)",
    "calendar": "(?:<year_word>|<calyear>)",
    "new": "<year_word>",
    "the": "(?:<additional>|{UNIT}|<quarter>|<weekend>|<period>)",
    "a": "(?:{ANYU}|{ADJ}|<few>|<couple>|<half>|<dozen>|<hundred>)",
    "that": "(?:{UNIT}|{MON}|<same>|{WD}|<season>|<quarter>|<part>|<period>|<weekend>)",
    "this": "(?:{UNIT}|<last>|<next>|<fiscal>|<calendar>|{MON}|{WD}|<season>|<quarter>|<weekend>|<part>|<period>"
    "|<holiday>)",
}

# Families that are costly to compile, and what one of which a text must have for them to match.
NEEDS = {
    "tod": "colon ampm noon oclock",
    "hhmm": "zone zone_long",
    "quarter": "quarter half qcode qletter hcode",
    "ago": "ago earlier later hence now_from before today",
}


def expand(pattern: str) -> str:
    """A pattern over class letters from one with `<class>` and `{PART}` names."""
    letters = words().letters
    for _ in range(9):
        if "{" not in re.sub(r"\{\d+(?:,\d*)?\}", "", pattern):
            break
        pattern = re.sub(r"\{([A-Z]\w*)\}", lambda m: f"(?:{PARTS[m[1]]})", pattern)
    return re.sub(r"<(\w+)>", lambda m: letters[m[1]], pattern)


@lru_cache(maxsize=256)
def compiled(pattern: str) -> re.Pattern[str]:
    """`expand`, compiled and remembered."""
    return re.compile(expand(pattern))


class Grammar(msgspec.Struct, frozen=True):
    """starts: finds the tokens an expression can begin with. families: for each such class letter the families that can
    begin with it, in order of preference. needs: families -> the class letters one of which a text must have."""

    starts: re.Pattern[str]
    families: dict[str, tuple[str, ...]]
    needs: dict[str, frozenset[str]]

    def within(self, cls: str) -> Matcher:
        """What matches the expressions of a text, told by its class letters."""
        present = frozenset(cls)
        absent = {name for name, needed in self.needs.items() if needed.isdisjoint(present)}
        return Matcher(cls, {k: tuple(n for n in names if n not in absent) for k, names in self.families.items()})


class Matcher:
    """Matches the expressions of a text. A family is compiled when the first text has a place for it."""

    def __init__(self, cls: str, families: dict[str, tuple[str, ...]]) -> None:
        self._cls, self._families = cls, families

    def at(self, first: int) -> tuple[str, int] | None:
        """The family of the expression that begins with a token, and the token behind it."""
        for name in self._families[self._cls[first]]:
            m = family(name).match(self._cls, first)
            if m is not None:
                return name, m.end()
        return None


@lru_cache(maxsize=128)
def family(name: str) -> re.Pattern[str]:
    """The pattern of a family, compiled and remembered."""
    return re.compile(expand(FAMILIES[name][1]))


@lru_cache(maxsize=1)
def grammar() -> Grammar:
    """The compiled grammar."""
    letters = words().letters
    by_letter: dict[str, list[str]] = {}
    for name, (first, _) in FAMILIES.items():
        for member in first.split():
            by_letter.setdefault(letters[member], []).append(name)
    common = {letters[word]: f"{letters[word]}(?={expand(after)})" for word, after in COMMON.items()}
    plain = "".join(letter for letter in by_letter if letter not in common)
    return Grammar(
        re.compile("|".join((f"[{plain}]", *common.values()))),
        {letter: tuple(names) for letter, names in by_letter.items()},
        {name: frozenset(letters[member] for member in needed.split()) for name, needed in NEEDS.items()},
    )
