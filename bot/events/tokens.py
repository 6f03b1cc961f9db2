"""Words, names, numbers and dates of news sentences, as keys that can be compared. Pure.

Only what tells one event from another is kept: function words, week-days and clock times go;
calendar dates and years are read apart, so that no date passes for a figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

STOPWORDS = frozenset(
    "a an the and or of in on at to for by with from as is are was were be been being it its that"
    " this these those he she they his her their his him them has have had having do does did will"
    " would can could may might must should shall said says say saying told tell after before over"
    " under not no nor who whom whose which what when where why how also than then there here but"
    " if so such into out up down about just more most other some any all one two new i you we my"
    " your our us me am pm n't s t re ve ll d m while during between because until against through"
    " very too only own same both each few off again further once now still even get got yesterday"
    " today tomorrow according reported report reports monday tuesday wednesday thursday friday"
    " saturday sunday".split()
)
_COUNTS = (
    "three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
    " seventeen eighteen nineteen twenty"
)
NUMBER_WORDS = {word: number for number, word in enumerate(_COUNTS.split(), start=3)}
NUMBER_WORDS |= {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80}
NUMBER_WORDS |= {"ninety": 90, "dozen": 12}
#: "One" and "two" are words of grammar as often as counts; they count only before a noun.
SMALL_COUNTS = NUMBER_WORDS | {"zero": 0, "one": 1, "two": 2}

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_MONTH = rf"(?P<month>{'|'.join(_MONTHS)})(?:[a-z]{{0,7}})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
DATES = (
    re.compile(rf"\b{_MONTH} {_DAY}\b", re.IGNORECASE),
    re.compile(rf"\b{_DAY} (?:of )?{_MONTH}(?![a-z])", re.IGNORECASE),
)
YEAR = re.compile(r"\b(?:19[5-9]\d|20[0-3]\d)\b")
_DIGIT = re.compile(r"\d")
_WEEKDAY = re.compile(r"\b(mon|tues|wednes|thurs|fri|satur|sun)day\b", re.IGNORECASE)
_WEEK = "mon tues wednes thurs fri satur sun".split()
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d\d(?: ?[ap]\.?m\b)?", re.IGNORECASE)
_TOKEN = re.compile(r"[^\W\d_](?:[\w'&.]*[^\W\d_])?|\d[\d,.:/]*")
_LINE_WORDS = frozenset(
    "am pm posted published updated last at on est edt pdt pst gmt utc bst et th st nd rd"
    " mon tue tues wed thu thur thurs fri sat sun".split()
)
#: A capital after one of these may only open a sentence or a quotation.
_OPENERS = ('"', ".", "!", "?", ":", "“")


class Word(NamedTuple):
    """One telling word of a sentence."""

    stem: str
    named: bool  #: written as a name: a capital that nothing but a name explains
    capital: bool  #: written with a capital, for whatever reason


class Count(NamedTuple):
    """One number of a sentence, with the nouns it may count."""

    value: str  #: digits, without separators
    nouns: tuple[str, ...]  #: stems of the next two telling words; () where none follows
    spelt: bool  #: "three", not "3"


@lru_cache(maxsize=1 << 16)
def stem(word: str) -> str:
    """Return a crude stem: enough for "strikes" and "striking" to meet."""
    found = word.lower().replace("'s", "").strip("'.")
    for ending in ("ings", "ing", "edly", "ed", "ers", "er", "ies", "es", "s", "ly"):
        if found.endswith(ending) and len(found) - len(ending) >= 3:
            found = found[: -len(ending)] + ("i" if ending == "ies" else "")
            break
    if len(found) > 3 and found[-1] == "y":
        found = found[:-1] + "i"
    if len(found) > 3 and found[-1] == "e":
        found = found[:-1]
    if len(found) > 3 and found[-1] == found[-2] and found[-1] not in "aeiousl":
        found = found[:-1]
    return found


def is_date_line(sentence: str) -> bool:
    """Tell whether a line is only the date and time of a page."""
    tokens = re.findall(r"[A-Za-z]+|\d+", sentence)
    if not tokens or len(tokens) > 14:
        return False
    return sum(map(_of_date, tokens)) / len(tokens) >= 0.7


def _of_date(token: str) -> bool:
    low = token.lower()
    month = low[:3] in _MONTHS and len(low) <= 9
    return token.isdigit() or month or low in _LINE_WORDS or low.endswith("day")


def lower_words(sentences: Sequence[str]) -> frozenset[str]:
    """Return the words that stand in lower case somewhere."""
    return frozenset(w for s in sentences for w in re.findall(r"(?<![\w'])[a-z][\w']*", s))


def words_of(text: str, lower: frozenset[str]) -> Iterator[Word]:
    """Yield the telling words of a sentence `without_times`; `lower` holds those that are no names.

    A capital tells a name only where nothing else asks for one.
    """
    tokens = list(_TOKEN.finditer(text))
    letters = [t.group() for t in tokens if t.group()[0].isalpha()]
    headline = len(letters) > 3 and sum(w[0].isupper() for w in letters) > 0.7 * len(letters)
    for place, token in enumerate(tokens):
        word = token.group()
        low = word.lower()
        plain = low.replace("'s", "").strip("'.") if "'" in low or low[-1] == "." else low
        if plain in STOPWORDS or len(plain) < 2 or word[0].isdigit():
            continue
        if not word[0].isupper() or plain in lower:
            yield Word(stem(word), False, False)
            continue
        before = text[max(0, token.start() - 2) : token.start()].strip()
        opens = place == 0 or headline or before in _OPENERS
        yield Word(stem(word), not opens, True)


def counts_of(text: str) -> Iterator[Count]:
    """Yield the numbers of a sentence `without_times`, years apart."""
    tokens = _TOKEN.findall(text)
    for place, token in enumerate(tokens):
        spelt = not token[0].isdigit()
        value = str(SMALL_COUNTS.get(token.lower(), "")) if spelt else _digits(token)
        if not value or YEAR.fullmatch(value):
            continue
        after = [w for w in tokens[place + 1 : place + 4] if w[0].isalpha()]
        nouns = [stem(w) for w in after if w.lower() not in STOPWORDS]
        yield Count(value, tuple(nouns[:2]), spelt)


def _digits(token: str) -> str:
    return token.rstrip(".,:/").replace(",", "")


def without_times(sentence: str) -> str:
    """Return a sentence without its calendar dates and clock times."""
    if _DIGIT.search(sentence):
        for pattern in (*DATES, _CLOCK):
            sentence = pattern.sub(" ", sentence)
    return sentence


def dates_of(text: str) -> frozenset[int]:
    """Return the calendar dates written in a text, as days of a year of 31-day months."""
    return frozenset(
        31 * _MONTHS.index(match["month"].lower()[:3]) + int(match["day"])
        for pattern in DATES
        for match in pattern.finditer(text)
    )


def weekdays_of(text: str) -> frozenset[int]:
    """Return the days of the week named in a text; Monday is 1."""
    return frozenset(_WEEK.index(day.lower()) + 1 for day in _WEEKDAY.findall(text))
