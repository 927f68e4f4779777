"""The grammar of time expressions: regular expressions over the string of token classes.

`<name>` stands for one token of a class of `rules/lexicon/times.yaml`, `{NAME}` for a part defined here. All repetitions
are bounded, so that matching is linear in the length of the text. A core is matched first; words in front of it that
belong to the expression ("the end of", "more than", "early") are added by `LEFT`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from consistency.extraction.times_words import words

PARTS: dict[str, str] = {
    "MON": "(?:<month>|<month_weak>)<dot>?",
    "WD": "(?:<weekday>|<weekday_weak><dot>?)",
    "WDL": "<weekday>|<weekday_weak>",
    "UNIT": "(?:<week>|<year_word>|<century>|<unit>|<day>)",
    "SMALL": "(?:<card>|<tens>(?:<hyphen>?<card>)?)",
    "NUMW": "(?:<a>?<hundred>|<card>|<tens>)(?:(?:<hyphen>|<and>)?(?:<card>|<tens>|<hundred>)){0,5}",
    "YEARW": "(?:<card>|<tens>)(?:(?:<hyphen>|<and>)?(?:<card>|<tens>|<hundred>)){1,4}",
    "YR": "(?:<calyear>(?!<comma>?<num>)|<quote>(?:<num>|<dnum>)|{YEARW})",
    "DAYN": "(?:<dnum><suffix>?|<tens><hyphen>?(?:<ord>|<second>|<card>)|<ord>|<second>|<card>(?=<month>|<month_weak>))",
    "ORD": "(?:<ord>|<second>|<dnum><suffix>)",
    "MIN": "(?:<dnum>|<num>)",
    "ZONE": "(?:<open>?(?:<zone>|<zone_long>{1,2}<times>?))",
    "CLOCKT": "(?:(?:<dnum>|<num>)(?:<colon>{MIN}){0,2}<ampm>|(?:<dnum>|<num>)<colon>{MIN}(?:<colon>{MIN})?(?!<dot>?<num>)"
    "|<noon>|{SMALL}(?:<hyphen>?{SMALL})?(?:<ampm>|<oclock>)|<dnum><oclock>)",
    "TOD": "{CLOCKT}{ZONE}?(?:<in><the><part>)?",
    "SEP": "(?:<comma>|<hyphen>|<slash>)?",
    "MDY": "{MON}<hyphen>?<the>?{DAYN}(?:{SEP}(?:<of>|<in>)?{YR})?",
    "DMY": "{DAYN}<day>?(?:<of>|<hyphen>|<slash>)?{MON}(?:{SEP}(?:<of>|<in>)?{YR})?",
    "YMD": "<calyear>{SEP}{MON}{SEP}<dnum>",
    "DATE": "(?:{MDY}|{DMY}|{YMD})",
    "DAYREF": "(?:(?:<this>?(?:<last>|<next>|<this>)<this>?)?{WD}(?:<comma>?{DATE})?|<today>|{DATE})",
    "DIR": "(?:<this>|<last>|<next>|<latest>|<current>|<that>|<same>|<these>)",
    "NPHRASE": "(?:(?:<dnum>|<num>|<calyear>)(?:<dnum><slash><dnum>|<hyphen>(?=<dnum><slash>)<dnum><slash><dnum>)?|{NUMW}(?:<and><a><half>)?|<couple><of>?|<few>|<half>?<a>?<dozen>)",
    "ADJ": "(?:(?:<more>|<additional>|<calendar>|<fiscal>|<consecutive>|<other>){1,2})",
    "UNITS": "(?:<units>|<clocks>|<day>|<quarters>|<parts>|<weekends>|<seasons>)",
    "UNIT1": "(?:{UNIT}|<clock>|<second>|<quarter>|<part>)",
    "ANYU": "(?:{UNITS}|{UNIT1})",
    "NUNIT": "(?:{NPHRASE}(?:<hyphen>|<to>|<or>)(?=<dnum>|<card>|<tens>|<num>))?{NPHRASE}<hyphen>?{ADJ}?{ANYU}(?:<and><a><half>)?",
    "REFYEAR": "(?:<of>?(?:<fiscal>|<calendar>|<the>)?(?:<year_word>)?<calyear>|<of>?(?:<last>|<next>|<this>|<that>|<the><last>|<the><next>|<the><same>|<the><current>)<fiscal>?<year_word>"
    "|<of><the><fiscal>?<year_word>)",
    "AGO": "(?:<ago>|<earlier>(?!<unit>)|<later>(?!<unit>)|<hence>|<now_from>(?:<now>|<today>))",
    "ORDQ": "(?:{ORD}|<last>|<latest>)<hyphen>?(?:<quarter>|<half>)",
}

FAMILIES: dict[str, str] = {
    "tod": "{TOD}(?:\n?<comma>?<on>?{DAYREF}<part>?|<this><part>|<in><the><part>)?",
    "dates": "{MON}<dnum><suffix>?(?:(?:<and>|<or>|<to>|<hyphen>|<comma>)<and>?<dnum><suffix>?"
    "(?!<month>|<month_weak>|<colon>|<ampm>|<pct>|<units>|<clocks>|<day>)){1,4}(?:<comma>?<calyear>)?(?!<num>)",
    "date": "(?:{WD}<comma>?<the>?)?{DATE}(?:(?:<comma>|<at>)?{CLOCKT}{ZONE}?|<part>)?",
    "week_of": "<week><of>{MDY}",
    "month_year": "{MON}(?:<comma>|<hyphen>|<slash>|<of>)?(?:<calyear>|<of>?<quote>?(?<=<quote>|<of>)(?:<num>|<dnum>)|{YEARW})"
    "|<calyear>(?:<month>|<month_weak>)(?!<dot>?<dnum>)",
    "month_ref": "{MON}<of>?<the>?(?:<this>|<last>|<next>|<that>|<same>)<year_word>",
    "weekday": "{WD}(?:<the>?{DAYN}(?!<month>|<calyear>|<units>|<day>|<pct>)(?:<comma>?<at>?{TOD})?"
    "|<of>?<the>?(?:<last>|<next>|<this>)<week>|<week>|<part>?(?:<comma>?<at>{CLOCKT}{ZONE}?)?)",
    "today": "(?:<today>|<tonight>|<overnight>)<part>?(?:<comma>?<at>?{TOD})?",
    "decade": "<calyear><quote>?<s>(?!<month>)|<quote>?<num><quote>?<s>|<plain_decade>",
    "century": "(?:<dnum><suffix>|<ord>|<tens><hyphen><ord>)<hyphen>?<century>",
    "year_quarter": "(?:<calyear><gen>?|(?:<last>|<next>|<this>)<year_word>(?:<gen>|<quote>)|<year_word><hyphen>?(?:<ago>|<earlier>))"
    "<fiscal>?<hyphen>?(?:{ORDQ}|<quarter>|<period>)",
    "quarter": "<fiscal>?<hyphen>?{ORDQ}(?:(?:<comma>|<hyphen>)?{REFYEAR})?|<qcode>(?:(?:<hyphen>|<comma>|<slash>)?{REFYEAR})?"
    "|<qletter><dnum>{REFYEAR}?|<hcode>{REFYEAR}?",
    "fiscal_year": "(?:<fiscal>|<calendar>)<year_word>?<calyear>(?:<slash>(?:<num>|<dnum>))?|<year_word><of>?(?:<calyear>|{YEARW})"
    "|<fiscal><year_word>",
    "year_end": "<year_word><gen>?<hyphen>?<begin>|<year_end>",
    "in_row": "(?:<ord>|<second>|<dnum><suffix>)<hyphen>?<consecutive><hyphen>?(?:{UNIT}|<quarter>)",
    "rel_n": "(?:<last>|<next>|<latest>|<these>|<ord>)<hyphen>?(?:{NUNIT}|(?:<units>|<clocks>|<quarters>|<day>))",
    "rel": "{DIR}(?:<last>|<next>|<same>)?<fiscal>?<calendar>?(?:{UNIT}{WD}?|{MON}{DAYN}?|{WD}<part>?|<season>|<quarter>|<weekend>"
    "|<part>(?:<at>{CLOCKT}|<at><dnum>)?|<period>|<holiday>{1,2}<day>?)",
    "ago": "(?:<a>(?:<few>|<couple><of>?)?{ANYU}(?:<and><a><half>|<or><card>|<or><so>)?|{NUNIT}(?:<or><so>)?){AGO}",
    "year_ago": "<year_word><hyphen>?(?:<ago>|<earlier>)",
    "set_n": "(?:<each>|<once><a>|<once><each>)(?:<other>|{NPHRASE}|<ord>)?<hyphen>?(?:{UNIT1}|{UNITS}|{WD}|<weekend>|<season>|{MON})"
    "|<per>(?:{UNIT}|<quarter>)|<freq>|<weekdays>",
    "dur": "(?:{NUNIT}|<half><a>?<hyphen>?(?:<clock>|{UNIT})|<a>(?:<few>|<couple><of>?|<half>|<dozen>)<hyphen>?{ADJ}?{ANYU})"
    "(?:<hyphen>?<old>|<or><so>|<hyphen>?<long>|<in><a><in_row>|<period>)?",
    "a_unit": "<a>{ADJ}?(?:{UNIT}|<clock>)(?:<and><a><half>|<or><card>|<or><so>)?|<other>(?:{UNIT}|<clock>)",
    "all_unit": "<all>{UNIT}",
    "the_unit": "<the><additional>?(?:{UNIT}|<quarter>|<weekend>|<period>)",
    "bare_units": "(?:<dozens><of>)?<units>|(?:<dozens><of>)?<clocks>|(?:<dozens><of>)?<day>",
    "ref": "<now>|<current>|<recent>(?:<units>|<day>|<clocks>|<quarters>)|<recently>|<future>|<last>",
    "mid_part": "<mid><hyphen>?<part><today>?",
    "season": "<season>(?:<comma>?{REFYEAR}|<of>{YR})?",
    "holiday": "<holiday>{1,3}<gen>?(?:<day>|<eve>|{WD})?|<new><year_word><gen>?(?:<day>|<eve>)",
    "year": "<calyear>|<quote><num>|<card><hyphen>?(?:<tens>(?:<hyphen>?<card>)?|<hundred><and>?(?:<tens>(?:<hyphen>?<card>)?|<card>))",
    "month": "{MON}",
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


@lru_cache(maxsize=1)
def core() -> re.Pattern[str]:
    """The alternation of all families, one named group each, in order of preference."""
    return re.compile("|".join(f"(?P<{name}>{expand(pattern)})" for name, pattern in FAMILIES.items()))
