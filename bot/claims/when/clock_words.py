"""Patterns of clock times and durations in news. Data and small readers; pure."""

from __future__ import annotations

import re

from bot.claims.words import Keyed, Opened, words_of

_HOUR = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|1[0-2]|0?[1-9])"

COUNTS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
        " fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
} | {
    "a": 1,
    "an": 1,
    "half": 30,
    "quarter": 15,
    "a quarter": 15,
    "twenty-four": 24,
    "twenty-five": 25,
    "thirty": 30,
    "thirty-six": 36,
    "forty-five": 45,
    "forty-eight": 48,
    "sixty": 60,
    "seventy-two": 72,
    "ninety": 90,
    "ninety-six": 96,
}

#: What blurs a clock; the wording after/before tells on which side of it the time lies.
_AROUND = r"around|about|approximately|roughly|circa|close to"
_BESIDE = (
    r"(?:shortly|just|soon|minutes|moments|(?:a )?few minutes|a little|not long|some time)"
    r" (?:after|past|before)|just short of"
)
#: "half past six", "ten minutes to midnight"; "from five to seven" is a range.
_OFFSET = (
    r"(?:(?<!from )(?<!between )|(?=half\b|(?:a )?quarter\b))(?P<offset>half|(?:a )?quarter|five|ten|twenty|twenty-five"
    r"|(?:[1-9]|[1-5]\d|a|one|two|three|four|five|ten|fifteen|twenty) minutes?)"
    r"[ -](?P<way>past|to|after|before)[ -]"
)
#: A bare number is an hour only behind one of these and before a part of the day.
_LEAD = (
    r"(?<=\bat )|(?<=\bby )|(?<=\baround )|(?<=\bfrom )|(?<=\buntil )|(?<=\btill )|(?<=\bsince )"
    r"|(?<=\bafter )|(?<=\bbefore )|(?<=\bwas )|(?<=\bto )|(?<=\bpast )|(?<=\bat about )|(?<=\bbetween )"
    r"|(?<=-past )|(?<=-to )|(?<=quarter to )|(?<=\bten to )|(?<=\bfive to )|(?<=\btwenty to )"
)
CLOCK = re.compile(
    r"(?<![\w.:$€£/])(?<![a-ln-z]-)"
    rf"(?:(?P<near>{_AROUND}|{_BESIDE})\s(?:the\s)?|~\s?)?(?:{_OFFSET})?"
    r"(?:(?:(?:12|twelve)(?:\so[’']\s?clock)?\s)?(?P<noon>noon|midday)\b(?!\s(?:prayer|meal|hour|sun))"
    r"|(?:(?:12|twelve)(?:\so[’']\s?clock)?\s)?(?P<midnight>midnight)\b(?!\s(?:oil|mass|express|sun\b))"
    rf"|(?P<hour12>{_HOUR})(?:(?:[:.]|-(?=00|05|1[3-9]|[2-5]\d))(?P<minute12>[0-5]\d))?[\s-]?(?P<half>(?:a\.?\s?m|p\.?\s?m)\b\.?)"
    r"|(?P<hour24>2[0-4]|[01]?\d)(?P<mark>[:.h])(?P<minute24>[0-5]\d)(?::[0-5]\d)?"
    r"(?!\d|[:.]\d|\s?%)(?:\s?(?:hours|hrs|h)\b)?"
    r"|(?P<four>(?:[01]\d|2[0-4])[0-5]\d)(?![\d:%]|\.\d)(?P<hours>\s?(?:hours|hrs|h)\b(?!\s(?:of|after|later)\b))?"
    r"|(?P<zero>zero) hours\b(?! of\b)"
    rf"|(?P<oclock>{_HOUR})\s?o[’']\s?clock\b"
    rf"|(?:{_LEAD})(?P<bare>{_HOUR})(?:-(?P<spoken>thirty|fifteen|forty-five|twenty))?"
    r"(?![\w:.,]*\d|\w|%|-))",
    re.IGNORECASE,
)
#: Words that a clock begins with; most hours are digits.
CLOCKS = Opened(
    CLOCK,
    "around about approximately roughly circa close shortly just soon minutes moments a few"
    " little not long some half quarter noon midday midnight one two three four five six seven"
    " eight nine ten eleven twelve fifteen twenty zero",
    digits=True,
)
#: A clock without digits is stated with one of these: "two p.m.", "six in the morning".
_CLOCK_KEYS = frozenset(
    "noon midday midnight clock zero m am pm morning mornings afternoon afternoons evening evenings night"
    " nights tonight overnight nightly".split()
)
_DIGIT_SIGN = re.compile(
    r"\d[:.h]\d\d|\d\s?[AaPp]\.?\s?[Mm]\b|\d{4}|\d\slocal|\b(?:[Aa]t|[Bb]y)\s\d"
)
_WORD_SIGN = Keyed(rf"(?i:\b(?:at|by)\s{_HOUR}\b)", "at by")


def may_state_clocks(text: str) -> bool:
    """Tell cheaply that a sentence has no clock; most have none."""
    words = words_of(text)
    return (
        not _CLOCK_KEYS.isdisjoint(words.vocabulary)
        or (words.digits and bool(_DIGIT_SIGN.search(text)))
        or bool(_WORD_SIGN.search(text))
    )


#: "8 and", "5, 6 and" before "10 a.m.": hours that borrow the last one's half of the day.
FIRST_HOURS = re.compile(
    rf"(?<![\w.:$€£/-])(?:{_HOUR}(?:[:.][0-5]\d)?,\s)*{_HOUR}(?:[:.][0-5]\d)?\s?"
    r"(?P<join>[-–—]|(?:and|to|until|till|or)\s(?:about\s|around\s)?)\s?$",
    re.IGNORECASE,
)
HOUR = re.compile(rf"\b(?P<hour>{_HOUR})(?:[:.](?P<minute>[0-5]\d))?", re.IGNORECASE)
#: What makes an hour's half plain, right behind it or before it.
HALF_AFTER = re.compile(
    r",?\s(?:in\sthe\s(?:early\s)?(?P<part>morning|afternoon|evening|night)|at\s(?P<night>night))\b"
)
HALF_BEFORE = re.compile(
    r"\b(?P<part>morning|afternoon|evening|night)\b,?\s(?:(?:at|from|by|until|around|about)\s){1,2}$"
)
#: "7.30" and "1900" are clocks only after these.
CLOCK_LEAD = re.compile(
    r"\b(?:at|by|from|until|till|between|since|around|about|after|before|than|as\sof)\s$",
    re.IGNORECASE,
)
#: Right behind four digits: they are an hour of that day.
ITS_DAY = re.compile(
    r"\s(?:on\s)?(?:this\s(?:morning|afternoon|evening)|today|tonight|tomorrow|yesterday"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b"
)
#: Numbers with a colon or a full stop that are no clocks.
NUMBER_BEFORE = re.compile(
    r"\b(?:Psalms?|Isaiah|Genesis|Exodus|Leviticus|Deuteronomy|Joshua|Judges|Samuel|Kings|Matthew"
    r"|Mark|Luke|John|Acts|Romans|Corinthians|Revelation|Jeremiah|Ezekiel|Amos|Proverbs|Micah"
    r"|Qur[’']?an|Koran|[Ss]urah?|[Vv]erses?|[Cc]hapter|[Rr]atio(?: of)?|[Ss]core(?: of)?|[Oo]dds(?: of)?|won|beat"
    r"|lost|voted|[Rr]esolution|No\.?|[Nn]umber|[Ff]light|[Aa]rticle|[Pp]rotocol|[Yy]ear|in)\s$"
)
UNIT_AFTER = re.compile(
    r"(?:\s?(?:to|and|-|–)\s?[\d.:]+)?\s?(?:%|percent|per\s?cent|million|billion|trillion|kg|km|cm|mm"
    r"|kilomet|met(?:re|er)s?|miles?|feet|points?|magnitude|on the Richter|dollars?|euros?|hryvnias?"
    r"|r[uo]+bles?|rupees?|pounds?|shekels?|tonn?e?s|degrees|victory|win\b|defeat|draw|lead\b|ratio"
    r"|majority|scoreline|per\s|an?\s(?:lit(?:re|er)|gallon|kilo|barrel|tonn?e?|share|head)|mark\b|to the (?:dollar|euro)|against the (?:dollar|euro))"
)
#: Between the two ends of an interval; days and zones are blanked out before.
RANGE_JOIN = re.compile(
    r"[\s,)]*(?:on)?\s*(?P<join>and|to|until|till|through|[-–—])\s*(?:(?:on|at|about|around)\s*)*"
)
#: "moved from 8 a.m. to noon" are two times of one thing, no interval.
SHIFTED = re.compile(
    r"\b(?:moved|postponed|delayed|shifted|rescheduled|changed|put|pushed|brought|advanced)\b"
    r"[\w\s]{0,25}$"
)
#: Between two clocks of one instant, one of them in brackets or named as the other.
SAME_INSTANT = re.compile(
    r"[\s,]*(?:on)?[\s,]*(?:(?:there|in\s(?:(?:north|south|east|west|centr)\w*\s)?[A-Z][\w’'-]+)\s?)?(?:on)?[\s,]*(?P<open>[(\[/]|,?\s?or\b|,?\s?that is,?|,?\s?which is|,?\s?equivalent to)"
    r"\s*(?:around\s|about\s)?"
)
#: Between two clocks that may be one instant, where their zones differ and they agree.
BESIDE_INSTANT = re.compile(r"[\s,]*(?:on)?\s*(?:[,;/–—-]|and|in)\s*(?:or\s|at\s|on\s)*")

#: A stated length: "72-hour", "for four days", "a week-long", "the day-long".
DURATION = re.compile(
    r"(?<![\w-])(?P<lone>minute|hour|day|week|fortnight)-?long\b|"
    r"\b(?P<for>for\s(?:the\snext\s|a\s(?:further|total\sof)\s)?)?"
    r"(?P<count>an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fourteen|fifteen"
    r"|twenty|twenty-four|thirty|thirty-six|forty-eight|sixty|seventy-two|ninety|ninety-six"
    r"|\d{1,3})[-\s](?P<unit>minute|hour|day|week|fortnight)s?\b(?P<long>[-\s]?long\b)?"
    r"(?!\s(?:past|to|after|before|ago|later|earlier|into|of|away|late|from\snow|old)\b|[-\s]old)",
    re.IGNORECASE,
)
UNIT_MINUTES = {"minute": 1, "hour": 60, "day": 1440, "week": 10080, "fortnight": 20160}


def count_value(words: str) -> int:
    """Return the value of a small number in digits or words."""
    lowered = words.lower()
    return int(lowered) if lowered.isdigit() else COUNTS[lowered]
