"""Patterns of days and parts of days in news: weekdays, dates, "two days ago". Data; pure."""

from __future__ import annotations

import re

from bot.claims.grammar.wordlists import word_set
from bot.claims.words import Opened, words_of

WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = (
    "January February March April May June July August September October November December".split()
)
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?"
    r"|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?"
    r"|JAN|FEB|MAR|APR|MAY|JUNE?|JULY?|AUG|SEPT?|OCT|NOV|DEC)"
)
_TH = r"(?:st|nd|rd|th)?"
#: "Fri" alone is a name or a verb ("Sat", "Sun", "Wed"); after these it is a day.
_SHORT = (
    r"(?:(?<=\bon )|(?<=\bfrom )|(?<=\buntil )|(?<=\bby )|(?<=\bsince )|(?<=\bthis )"
    r"|(?<=\bearly )|(?<=\blate ))(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\b\.?(?!\s[A-Z])"
    # "talks to resume Wed in Cairo": inside a headline in small letters.
    r"|(?<=[a-z] )(?:Tues?|Wed|Thu(?:rs?)?|Fri|Sat)\b\.?"
    r"(?=\s*(?:$|[,;:)–—]|\s(?:in|at|after|over|amid|as|with|for|to|from|by|if|but|night|morning"
    r"|evening|afternoon)\b))"
)
_FULL = "|".join(WEEKDAYS + [day.upper() for day in WEEKDAYS])
_NUMBER = r"(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,2})"
_REL = (
    r"last|next|this coming|this past|this|the following|the previous|the preceding|the next"
    r"|coming|past|every|each|an?|any|one|most|some|many|(?:a|one|two) weeks? (?:on|from)"
)

#: "Five died on May 6 and 7 were wounded": the number counts people.
_VICTIMS = (
    r"(?:killed|wounded|injured|hurt|dead|died|missing|shot|hit|found|freed|released|arrested"
    r"|detained|captured|rescued|taken|in|still|treated|hospitali[sz]ed)\b"
)
DAY = re.compile(
    r"(?<![\w.-])(?:"
    r"(?P<iso>20\d\d-[01]\d-[0-3]\d)(?![\w-]|\.\d)"
    r"|(?P<dotted>[0-3]?\d\.[01]?\d\.20\d\d)(?![\w-]|\.\d)"
    r"|(?P<slash>[0-3]?\d/[0-3]?\d/20\d\d)(?![\w/-]|\.\d)"
    r"|(?P<daily>(?i:every|each)\s(?:single\s)?(?:day|night|morning|evening|afternoon)\b"
    r"|(?i:daily|nightly)(?=,?\s(?:[\w-]+\s){0,2}(?:from|at|between|until)\s|[.,])"
    r"|(?i:weekdays)\b)"
    r"|(?P<around>(?i:(?:the )?day (?:before yesterday|after tomorrow)))\b"
    rf"|(?P<ago>(?i:an?|one|{_NUMBER}))\s(?P<ago_unit>days?|nights?)\sago\b"
    rf"|(?:(?i:in)\s)?(?P<hence>(?i:{_NUMBER}))\sdays(?:['’]?\stime|\sfrom\snow)\b"
    r"|(?P<nth>[0-3]?\d)(?:st|nd|rd|th)\sof\s(?:(?P<nth_month>this|last|next)"
    r"|the\s(?:current|present))\smonth\b"
    r"|(?:(?<=\bon the )|(?<=\buntil the )|(?<=\btill the )|(?<=\bfrom the )|(?<=\bby the )"
    r"|(?<=[mn]g of the )|(?<=ht of the )|(?<=on of the )|(?<=rs of the ))"
    r"(?P<ordinal>[0-3]?\d)(?:st|nd|rd|th)(?=\s*(?:$|[.,;:)]|(?:at|from|until|till|to|when|with|as|but"
    r"|instead|rather|not|local|if|unless|while|after|before|and(?!\s\d))\b))"
    r"|(?P<feast>Christmas (?:Eve|Day)|New Year[’']s (?:Eve|Day)|Boxing Day)\b"
    r"|(?P<word>(?i:today|tonight|tomorrow|yesterday))\b"
    r"|(?P<deictic>(?i:this))(?=\s(?:early\s|late\s|mid[ -]?)?(?:morning|afternoon|evening)\b)"
    r"|(?P<last>(?i:last))(?=\s(?:night|evening)\b)"
    rf"|(?:(?P<week>(?i:last|next|this))\sweek(?:,?\son|['’]s|,)?\s)?(?:(?P<rel>(?i:{_REL}))\s)?"
    rf"(?P<weekday>{_FULL}|{_SHORT})(?P<plural>s\b)?(?![\w-])"
    r"(?P<week_word>\sweek\b|\slast\b)?(?:,?\s(?:of\s)?(?P<week2>last|next|this)\sweek\b)?"
    rf"|(?:(?P<day0>[0-3]?\d){_TH}\s?(?:[-–—/]|and|to|or)\s?)?(?P<day1>[0-3]?\d){_TH}"
    rf"(?:\sof)?\s(?P<month1>{_MONTH})(?:,?\s(?P<year1>(?:19|20)\d\d))?(?![\w-])"
    rf"|(?P<month2>{_MONTH})\s(?P<day2>[0-3]?\d){_TH}(?![\d:]|\.\d|\s?[ap]\.?m\b|\s?k?m\b|\smiles)"
    rf"(?:\s?(?:[-–—/]|to)\s?(?P<day3>[0-3]?\d){_TH}(?![\d:]|\.\d|\s?[ap]\.?m\b)"
    rf"|\s(?:and|or)\s(?P<day4>[0-3]?\d){_TH}(?=\s*(?:[,.;)]|$|(?:in|at|by|when|as|but"
    r"|near|over|after|before|during|across|along|around|against"
    rf"|(?:was|were|is|are|has|have|had|will|would)(?!\s(?:[a-z]+\s){{0,2}}{_VICTIMS}))\b)))?"
    r"(?:,?\s(?P<year2>(?:19|20)\d\d))?(?!\w)"
    r")"
)

#: The words that a day begins with.
DAYS = Opened(
    DAY,
    " ".join(
        [
            *WEEKDAYS,
            *(f"{day}s" for day in WEEKDAYS),
            *MONTHS,
            "Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov"
            " Dec today tonight tomorrow yesterday last next this coming past the every each a an any"
            " one most some many two three four five six seven eight nine ten in day daily nightly"
            " weekdays Christmas New Boxing",
        ]
    ),
    digits=True,
)

#: Feasts that are days of the calendar, as (month, day).
FEASTS = {
    "christmas eve": (12, 24),
    "christmas day": (12, 25),
    "boxing day": (12, 26),
    "new year's eve": (12, 31),
    "new year's day": (1, 1),
}
#: "Bloody Sunday", "the Mail on Sunday", "the Friday before": names and days of other stories.
NAME_BEFORE = re.compile(
    r"\b(?:Bloody|Black|Good|Palm|Easter|Whit|Super|Ash|Holy|Fat|Cyber|Giving|Big|Man|Mail on"
    r"|Freaky|Boxing|Spy)\s$"
)
NAME_AFTER = re.compile(
    r"\s(?:Times|Telegraph|Mirror|Express|Independent|Mail|Herald|Tribune|Star|Sun|World|People"
    r"|League|Agreement|Mosque|Market|Club|Night Live|the 13th)\b"
)
#: "10 November of that year", "3 May last year".
YEAR_AFTER = re.compile(
    r",?\s(?:of\s)?(?P<which>last|this|that|the same|the previous)\s(?:same\s)?year\b"
)
#: A noun follows: the weekday stands as an adjective.
ADJECTIVE_AFTER = re.compile(
    r"\s(?!(?:in|of|on|when|and|that|which|at|before|after|or|this|last|with|for|to|but"
    r"|show|talk|paper|newspaper|magazine|programme|program|column|school|service|ritual)\b)[a-z]"
)
#: "the March 23 Movement", "7 October Square": a date that is a name.
DATE_NAME_AFTER = re.compile(
    r"['’]?\s(?:Movement|Alliance|[Aa]lliance|[Cc]oalition|[Bb]loc|Brigades?|Battalion|Square|Street"
    r"|Avenue|Bridge|Stadium|Revolution|University|Hospital|Group|Front|Party)\b"
)
#: Dates that have become names of one day of history, and that day.
NAMED_DATES = {(10, 7): (2023, 10, 7), (9, 11): (2001, 9, 11)}
#: "USA Today", "the Today programme".
TODAY_NAME = re.compile(
    r"\b(?:USA|India|Russia|Pakistan|Armenia|Georgia|Ukraine|Israel|Syria|Business|History"
    r"|Politics|Christianity|BBC's|Radio 4's|the) $"
)
#: "about two days ago" tells no day.
VAGUE_BEFORE = re.compile(
    r"\b(?:about|around|over|nearly|almost|some|than|barely|least|roughly|just under)\s$", re.I
)
#: "the Friday before", "the last Friday in May": days of another week.
OTHER_WEEK = re.compile(r"\s(?:in [A-Z]|of\b|before|after)\b(?!\s(?:dawn|noon|midnight|sun|\d))")

#: "BAKU/YEREVAN, " and " (Reuters) - " around the date of an agency's text.
DATELINE_PLACE = re.compile(
    r"\W*(?!(?:On|In|By|Since|From|Until|After|Before|Late|Early|This|The|Last|For|At)\b)"
    r"(?:[A-Z][\w.'’/-]*,?\s){0,7}"
)
DATELINE_AGENCY = re.compile(
    r",?\s?(?:\([A-Z][^)]{1,24}\)|/[A-Z]+/|[-–—]{1,2}\s|\.\s/|[.,:]\s[A-Z]{2,}\b|[.,:]?\s*$)"
)
DATELINE_REACH = 60

#: Part of a day -> local hours; past 24 runs into the next day.
PART_HOURS = {
    "early": (0, 6),
    "morning": (6, 12),
    "afternoon": (12, 18),
    "evening": (18, 24),
    "night": (20, 30),
}
_EARLY = (
    r"(?:early|small|wee|pre-?dawn)[ -]hours|before (?:dawn|daybreak|sunrise|first light)"
    r"|hours before (?:dawn|sunrise)|pre-?dawn|at dawn|dawn"
)
_PARTS = (
    rf"(?P<early>{_EARLY})|(?P<morning>morning|mid-?morning)|(?P<afternoon>afternoon|mid-?afternoon)"
    r"|(?P<evening>evening)|(?P<night>overnight|night(?:-?time)?)"
)
_PART_KEYS = word_set(
    "early late small wee predawn dawn daybreak sunrise light morning midmorning afternoon"
    " midafternoon evening overnight night nighttime midnight"
)
#: "at the end of ", before a day: which of its midnights is meant.
LEFT_EDGE = re.compile(
    r"\b(?:(?P<start>at the (?:start|beginning) of (?:the day )?|opening )"
    r"|at the (?:end|close) of (?:the day )?|closing )$"
)
#: What stands before a day: "early ", "late on ", "in the early hours of ", "overnight into ".
LEFT_PART = re.compile(
    r"\b(?:"
    rf"(?:(?P<size>[Ee]arly|[Ll]ate)(?:[ -]|\sin\sthe\s))?(?i:{_PARTS})(?:\shours)?,?"
    r"(?:\s(?P<into>into|to)|\s(?:of|on|in|during|hours of)(?:\sthe)?)?\s"
    r"|(?P<only>[Ee]arly|[Ll]ate)(?:\son|\sin\sthe\shours\sof)?\s"
    r")$"
)
#: What stands after a day: " morning", " in the early hours", " before dawn".
RIGHT_PART = re.compile(
    r"(?:['’]s?)?,?\s(?:in\sthe\s|during\sthe\s|at\s|just\s|shortly\s)?"
    rf"(?:(?P<size>early|late)[ -])?(?:{_PARTS})\b"
    r"(?!\s(?:of|on)\s(?:[A-Z][a-z]+day|\d|yes|tod|tom))"
)
#: "a predawn raid on Wednesday", "an overnight drone attack on Odesa on Tuesday".
ADJECTIVE_PART = re.compile(
    rf"\b(?:(?P<size>[Ee]arly|[Ll]ate)[ -])?(?i:{_PARTS})\s"
    r"(?=(?:[\w’'-]+\s){0,2}(?:raid|strike|airstrike|attack|assault|shelling|bombing|bombardment"
    r"|clash|barrage|explosion|blast|ambush|operation|incursion|salvo|firefight|drone|missile"
    r"|session|address|meeting|call|briefing|vote|visit)(?:s|es)?\s)"
    r"(?:(?!(?:was|were|is|are|has|had|have|will|said|and|but|that|which|who)\b"
    r"|[a-z]+ed\b)[\w’'-]+\s){1,6}on\s$"
)
#: A night that no day is named for.
OVERNIGHT = re.compile(
    r"\b(?:overnight\b(?!\s(?:curfew|stay|train|bus|ferry|flight|guest|success|delivery|camp))"
    r"|(?:during|in|through|throughout)\sthe\snight\b(?!\s(?:of|from|between|to|sky)\b))",
    re.IGNORECASE,
)


#: No day is stated without one of these or a year's digits.
_DAY_KEYS = frozenset(
    [
        *(form for day in WEEKDAYS for form in (day.lower(), f"{day.lower()}s")),
        *"mon tue tues wed thu thur thurs fri sat sun".split(),
        *(month.lower() for month in MONTHS),
        *"jan feb mar apr jun jul aug sep sept oct nov dec".split(),
        *"eve christmas day days night nights today tonight tomorrow yesterday morning afternoon evening month"
        " daily nightly weekdays".split(),
    ]
)
_YEAR_IN_DIGITS = re.compile(r"[-./]20\d\d|20\d\d-")
_ORDINAL = re.compile(r"\bthe [0-3]?\d(?:st|nd|rd|th)\b")


def may_state_days(text: str) -> bool:
    """Tell cheaply that a sentence has no word of a day; most have none."""
    if not _DAY_KEYS.isdisjoint(words_of(text).vocabulary):
        return True
    if "20" in text and _YEAR_IN_DIGITS.search(text):
        return True
    return "the " in text and bool(_ORDINAL.search(text))


def may_state_parts(text: str) -> bool:
    """Tell cheaply that a sentence has no word for a part of a day."""
    return not _PART_KEYS.isdisjoint(words_of(text).vocabulary)


def may_state_night(text: str) -> bool:
    """Tell cheaply that a sentence has no night without a day; most have none."""
    low = text.lower()
    return "night" in low and bool(OVERNIGHT.search(low))


def month_number(name: str) -> int:
    """Return 1-12 for a month's name or abbreviation."""
    short = name[:3].lower()
    return next(n for n, month in enumerate(MONTHS, start=1) if month[:3].lower() == short)


def weekday_number(name: str) -> int:
    """Return 0-6, from Monday, for a weekday's name or abbreviation."""
    short = name[:3].lower()
    return next(n for n, day in enumerate(WEEKDAYS) if day[:3].lower() == short)
