"""The grammar of capitalised runs: a string of letters (shapes.py) to segments.

Beside the letters of `shapes` these stand for words the gazetteer knows: Z place · G place or given name · X place
or family name · Y other name · W person known by one word · M adjective of a place; z y m continue the
same name. N is a phrase that is no mention.
"""

from __future__ import annotations

import re

from consistency.extraction.memo import Memo

Segments = tuple[tuple[str, int, int], ...]

_WORD = r"(?:[CFfLVQABbRUEJIGXHd]|Zz*|Yy*|Mm*|0h|q\.?)"
_LINK = r"(?:\.?-|&|\.(?=.))?"
_NAME = r"(?:Z(?=[CLFX]|$)|[CLVQJFfAXBWG]|p{1,2}[CLFX])"

START = "CFfLVQJTSKPqdUEbRHIABOZGXYMW"
# a run: capitalised and known words, and what may stand between two of them
RUN = re.compile(
    rf"[0{START}](?:(?<!0)|h(?=[{START}]))[zym]*"
    rf"(?:[{START}][zym]*|0h(?=[{START}])|(?<=P)0|[-&](?=[{START}])|(?<=[IbTAPqRdJCH])\.(?=[{START}]|0h)"
    rf"|(?<=[SKEUbTD])ot?(?=[{START}])|(?<=[CLQVXfFTJO])g(?=[CUbR]?[SK])|(?<=[FLCf])p{{1,2}}(?=[FLCX])){{0,24}}"
)

_GRAMMAR: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        ("street", rf"(?:R\.?)?(?:{_WORD}\.?){{1,4}}?[PQqd](?:\.(?=.)|R?$|(?![a-zA-Z]))R?(?![CFLSK])"),
        ("street", r"P0"),
        ("police", rf"(?:(?:{_WORD}|S){_LINK}){{1,5}}(?:[TJ]g)?K(?:S|PS)*"),
        ("police", rf"(?:{_WORD}{_LINK}){{1,5}}TgS+"),
        (
            "organisation",
            rf"(?:(?:{_WORD}|[SKTJPO](?=.*S)){_LINK}g?){{0,6}}(?:{_WORD}|[TJO]){_LINK}g?S+(?:[SE]+)?(?![UV])(?:ot?(?:{_WORD}|[SP]){{1,4}}S*)?",
        ),
        ("organisation", rf"S+ot?(?:{_WORD}|[SP]){{1,4}}S*"),
        ("event", rf"(?:(?:{_WORD}|[SP]){_LINK}){{1,5}}E+(?:ot?(?:{_WORD}){{1,3}})?"),
        ("title", r"[TJd]\.?(?=[TJdCFfLIAXGVQBbY])"),
        ("person", rf"[F](?:\.?I\.?)?(?:-?{_NAME}){{1,3}}(?![UPS])H?"),
        ("person", r"[fG](?:\.?I\.?)?(?:-?[LXFJfG])(?:-?[LCX])?H?(?![UPSK])"),
        ("name", r"[fG](?:\.?I\.?)?(?:-?[CVQ])(?:-?[LCX])?H?"),
        ("person", r"I\.(?:I\.)?[CLX]{1,2}H?"),
        ("person", r"C{1,2}(?:\.?I\.?)?-?[LXW](?:-?[LC])?H?"),
        (
            "place",
            rf"(?:U(?=[CLFfXZ]))?(?:(?:[CFfLVQABRJGXbPKEHS]\.?|Zz*|q\.?){_LINK}){{1,4}}?[UV]+(?:o(?:[CLX]|Zz*))?",
        ),
        ("place", r"(?:b|q)\.?[CLFfXV]{1,2}"),
        ("known", r"[ZGX]z*|Yy*|Mm*|W"),
        ("name", r"(?:[CLFfVQBIR]\.?(?:-(?=[CLFfVQAB]))?|A(?=[CFL])|(?<=[CFL])A|(?<=[CFL])U|p{1,2}(?=[FLC])){1,5}H?"),
        ("acronym", r"A(?:[-&]A)?"),
    )
)


def _segments(run: str) -> Segments:
    out: list[tuple[str, int, int]] = []
    at = 0
    while at < len(run):
        for kind, pattern in _GRAMMAR:
            match = pattern.match(run, at)
            if match and match.end() > at:
                end = match.end()
                while end > at + 1 and run[end - 1] in ".-&":
                    end -= 1
                out.append((kind, at, end))
                at = match.end()
                break
        else:
            at += 1
    return tuple(out)


SEGMENTS: Memo[Segments] = Memo(_segments, most=65_536)
"""The parts of each run: (kind, from, to) in letters of the run. What matches nothing is left out.

kind: known | street | place | police | organisation | event | title | person | name (unknown) | acronym.
"""
