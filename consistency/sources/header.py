"""The grammar of header lines: a row of labelled dates, names, outlets and buttons, with separators between them.

A line counts as a header only if all of it parses, so a sentence that merely begins like one does not.
"""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from consistency.rulebook import default_rulebook
from consistency.sources.dates import Found, alternation, alternatives, lexicon, match_clock, match_date
from consistency.sources.lines import Span
from consistency.sources.names import known_publisher, outlet, publishers
from consistency.sources.openings import Opening

Match = re.Match[str]


class Item(msgspec.Struct, frozen=True):
    """A piece of a header. kind: published | updated | bare | agency | foot (dates) | source | wire | outlet | author |
    title | url | other. end: offset behind it; span: where its value stands, for a title."""

    kind: str
    value: str
    end: int
    span: Span | None


class Inner(msgspec.Struct, frozen=True):
    """A labelled date inside a line: its items, their span, the end of the words before, whether it ends the line."""

    items: tuple[Item, ...]
    span: Span
    before: int
    whole_line: bool


# PLACE[, Region][, May 13[, 2025]] (AGENCY) --   The parts are checked by the caller.
DATELINE = re.compile(
    r"""["“(]?(?P<place>[^\W\d_][\w.'’\-]*(?:[ ,/]{1,2}[^\W\d_][\w.'’\-]*){0,5}?)
        (?:,[ ](?P<date>[^\W\d_]{3,9}\.?[ ]?\d{1,2}(?:,?[ ]\d{4})?|\d{1,2}[ ][^\W\d_]{3,9}\.?(?:,?[ ]\d{4})?))?
        (?:[ ]?\((?P<agency>[\w][\w &/.\-]{1,30})\))?
        [ ]?(?:--|[–—-](?!\w)|(?<=\)):(?=[ ]\w))""",
    re.VERBOSE,
)
_SEPARATORS = re.compile(r"[\s|·•,;:/()\[\]\-–—>*#]*")
_NAME = re.compile(r"[^\W\d_][\w.'’\-]*(?:[ \t]+(?:[^\W\d_&][\w.'’\-]*|&)){0,5}")
_URL = re.compile(r"(?:https?://|www\.)\S+")
_WORD = re.compile(r"[^\W\d_][\w.'’&\-]*|&")
_LONGEST_NAME = 60
_READ_TIME = re.compile(r"\d{1,3}[ -]?min(?:ute)?s?(?:[ ]read)?\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _labels() -> tuple[tuple[str, Opening], ...]:
    words = lexicon()

    def labelled(names: list[str], colon: str) -> Opening:
        return Opening(alternatives(names), rf"(?!\w){colon}", re.IGNORECASE)

    loose, firm = r"[ \t]*(?:on\b|at\b)?[ \t]*[:\-–—|]?[ \t]*", r"[ \t]*[:：][ \t]*"
    return (
        ("published", labelled(words["published"], loose)),
        ("updated", labelled(words["updated"], loose)),
        ("source", labelled(words["source"], firm)),
        ("title", labelled(words["title"], firm)),
        ("url", labelled(words["url"], firm)),
        ("byline", labelled(words["byline"], r"[ \t]*:?[ \t]+")),
        ("other", labelled(words["other"], firm)),
    )


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    words = lexicon()
    dated = words["published"] + words["updated"]
    labels = dated + words["source"]
    return {
        "label": re.compile(rf"(?<![\w-])(?:{alternation(dated)})[ \t]*:[ \t]*", re.IGNORECASE),
        "stop": re.compile(
            rf"[ \t]+(?:{alternation(labels)}|on)(?!\w)|[ \t]*(?:[|·•,;(]|[ \t][-–—])|[ \t]{{3,}}", re.IGNORECASE
        ),
    }


@lru_cache(maxsize=1)
def _phrases() -> dict[str, Opening]:
    known = {
        "publisher": publishers(),
        "button": default_rulebook().load("lexicon/zones.yaml")["boilerplate"]["lines"],
        "after": lexicon()["after_name"],
    }
    return {kind: Opening(alternatives(words), r"(?!\w)", re.IGNORECASE) for kind, words in known.items()}


@lru_cache(maxsize=1)
def _not_names() -> frozenset[str]:
    return frozenset(lexicon()["not_names"])


def parse(text: str, start: int, end: int) -> tuple[list[Item], int]:
    """The items from `start` on, as far as they reach, and where that is (`end` if the whole stretch is a header)."""
    items: list[Item] = []
    at = start
    while True:
        m = _SEPARATORS.match(text, at, end)
        at = m.end() if m else at
        if at >= end:
            return items, end
        item = _item(text, at, end, first=not items)
        if item is None:
            return items, at
        items.append(item)
        at = item.end


def _item(text: str, at: int, end: int, first: bool) -> Item | None:
    for kind, label in _labels():
        m = label.match(text, at, end)
        if not m:
            continue
        item = _labelled(kind, text, m.end(), end)
        if item:
            return item
    found = match_date(text, at, end)
    if found:
        return Item("bare", found.day, _after_date(text, found.end, end), None)
    clock = match_clock(text, at, end)
    if clock > at:
        return Item("other", "", clock, None)
    for kind in ("publisher", "button"):
        m = _phrases()[kind].match(text, at, end)
        if m and _closed(text, m.end(), end):
            return Item("outlet" if kind == "publisher" else "other", known_publisher(m[0]) or "", m.end(), None)
    if first and (named := _dated_outlet(text, at, end)) is not None:
        return named
    m = _READ_TIME.match(text, at, end) or _URL.match(text, at, end)  # an address without a label is anyone's
    return Item("other", "", m.end(), None) if m else None


def _dated_outlet(text: str, at: int, end: int) -> Item | None:
    """The outlet of a line that is its name and a whole date, nothing else: "Harbour Post, March 4, 2024"."""
    for word in _WORD.finditer(text, at, min(end, at + _LONGEST_NAME)):
        if not text[word.start()].isupper() and text[word.start() : word.end()] not in {"of", "the", *_PARTICLES}:
            return None
        gap = _SEPARATORS.match(text, word.end(), end)
        behind = gap.end() if gap else word.end()
        date = match_date(text, behind, end)
        if date and date.complete:
            rest = _SEPARATORS.match(text, _after_date(text, date.end, end), end)
            name = outlet(text[at : word.end()])
            return Item("outlet", name, word.end(), None) if name and rest and rest.end() >= end else None
        if behind < end and not text[word.end() : behind].isspace():
            return None
    return None


def _closed(text: str, at: int, end: int) -> bool:
    """Whether an item may end here: at the end, before a separator, or before a label."""
    if at >= end or _patterns()["stop"].match(text, at, end):
        return True
    m = _SEPARATORS.match(text, at, end)
    return bool(m and (m.end() >= end or m[0].strip()))


def _labelled(kind: str, text: str, at: int, end: int) -> Item | None:
    if kind in ("published", "updated"):
        found = _date_here(text, at, end)
        return Item(kind, found.day, _after_date(text, found.end, end), None) if found else None
    if kind == "byline":
        return _byline(text, at, end)
    if kind == "url":
        m = _URL.match(text, at, end)
        return Item("url", m[0], m.end(), None) if m else None
    stop = end if kind == "title" else _value_end(text, at, end)
    value = " ".join(text[at:stop].split())
    if not value or (kind == "source" and len(value) > 80):
        return None
    if kind == "source":
        value = known_publisher(value) or value
    return Item(kind, value if kind != "other" else "", stop, (at, stop))


def _date_here(text: str, at: int, end: int) -> Found | None:
    """A date, perhaps after its clock time ("10:39 a.m. on Sunday, Nov. 27")."""
    found = match_date(text, at, end)
    if found:
        return found
    clock = match_clock(text, at, end)
    if clock == at:
        return None
    m = re.compile(r"[\s,]*(?:on[ \t]+)?").match(text, clock, end)
    return match_date(text, m.end() if m else clock, end)


def _after_date(text: str, at: int, end: int) -> int:
    """Past the clock time that follows a date."""
    m = re.compile(r"[\s,|\-–—(T]*(?:at[ \t]+)?").match(text, at, end)
    clock = match_clock(text, m.end() if m else at, end)
    return clock if clock > (m.end() if m else at) else at


def _value_end(text: str, at: int, end: int) -> int:
    m = re.compile(r"[ \t]*(?:[|·•;]|[ \t][-–—][ \t]|[ \t]{3,})").search(text, at, end)
    stop = m.start() if m else end
    label = _patterns()["label"].search(text, at, stop)
    return label.start() if label and label.start() > at else stop


def _byline(text: str, at: int, end: int) -> Item | None:
    """The name after "by", with what may follow it: "By Jane Doe and John Roe, Staff", "By Ali Khan in Lahore"."""
    last = _name_end(text, at, end)
    name = text[at:last]
    words = name.split()
    if not words or words[0].lower() in _not_names():
        return None
    capital = [w for w in words if w[0].isupper() or w in _PARTICLES]
    if len(capital) < len(words) and not (text[at:end].islower() and len(words) <= 4):
        return None
    rest = last
    for _ in range(8):
        gap = re.compile(r"[\s,&]*").match(text, rest, end)
        here = gap.end() if gap else rest
        after = _phrases()["after"].match(text, here, end)
        if after and here > rest:
            rest = after.end()
            more = _name_end(text, rest + 1, end)
            if after[0].lower() in _LINKS and rest + 1 < more and text[rest + 1].isupper():
                rest = more
            continue
        more = _name_end(text, here, end)
        if "," in text[rest:here] and here < more and text[here].isupper() and not match_date(text, here, end):
            rest = more
            continue
        break
    if not _closed(text, rest, end):
        return None
    publisher = outlet(name)
    return Item("outlet" if publisher else "author", publisher or name, rest, None)


_PARTICLES = frozenset(
    ("de", "da", "do", "dos", "del", "di", "la", "le", "van", "von", "der", "den", "al", "bin", "ibn", "and", "&")
)
_LINKS = frozenset(("and", "with", "in", "for"))
_LINK = re.compile(r"[ \t]+(?:in|for|with)[ \t]")


def _name_end(text: str, at: int, end: int) -> int:
    """Where the name at `at` ends: before a label, a separator, "in", "for" or "with"; `at` if there is none."""
    m = _NAME.match(text, at, end)
    if not m:
        return at
    stop = _patterns()["stop"].search(text, at, m.end())
    last = stop.start() if stop else m.end()
    link = _LINK.search(text, at, min(last + 1, end))
    last = link.start() if link else last
    while last > at and text[last - 1] in " .\t":
        last -= 1
    return last


def leading_date(text: str, start: int, end: int) -> Item | None:
    """A labelled date glued before the first sentence: "date 2023-01-26 The ministers met …"."""
    label = _labels()[0][1].match(text, start, end)
    found = match_date(text, label.end(), end) if label else match_date(text, start, end)
    if not found or not found.complete or (not label and not text[start].isdigit()):
        return None
    if not label and not re.compile(r"[ \t]*[|:–—-]?[ \t]+[A-Z\"“']").match(text, found.end, end):
        return None
    return Item("published", found.day, found.end, None)


def search_label(text: str, start: int, end: int) -> Inner | None:
    """A labelled date in the middle of a line: "Two charged after raid Posted: May 28, 2015 1:16 PM EDT"."""
    m = _patterns()["label"].search(text, start, end)
    if not m:
        return None
    items, until = parse(text, m.start(), end)
    if not any(i.kind in ("published", "updated") for i in items):
        return None
    return Inner(tuple(items), (m.start(), until), len(text[start : m.start()].rstrip()) + start, until >= end)
