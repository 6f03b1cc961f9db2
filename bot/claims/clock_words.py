"""Patterns of days, clocks, parts of days and durations in news. Data and small readers; pure."""

from __future__ import annotations

import re

from bot.claims.zones import ZONE

WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = (
    "January February March April May June July August September October November December".split()
)
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|"
    r"Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)

DAY = re.compile(
    rf"\b(?:(?P<rel>last |next |this |the following )?(?P<weekday>{'|'.join(WEEKDAYS)})"
    rf"|(?P<word>today|tonight|tomorrow|yesterday)"
    rf"|(?P<day1>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month1>{_MONTH})(?:,? (?P<year1>\d{{4}}))?"
    rf"|(?P<month2>{_MONTH}) (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d|:\d)(?:,? (?P<year2>\d{{4}}))?)\b"
)

PART = re.compile(
    r"\b(?:(?P<early>early (?:on |in the )?(?=morning\b|[MTWFS]\w+day|today|yesterday|tomorrow|hours)|"
    r"(?:in the )?early hours|before dawn|predawn|pre-dawn|before sunrise|at dawn)|"
    r"(?P<night>overnight|(?:during |in )the night|at night|last night|tonight|nighttime|night)|"
    r"(?P<morning>morning)|(?P<afternoon>afternoon)|"
    r"(?P<evening>evening|late (?:on )?(?=[MTWFS]\w+day|today|yesterday)))",
    re.IGNORECASE,
)
#: Part of a day -> local hours; past 24 runs into the next day.
PART_HOURS = {
    "early": (0, 6),
    "morning": (6, 12),
    "afternoon": (12, 18),
    "evening": (18, 24),
    "night": (20, 30),
}

_NUMBER = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})"
CLOCK = re.compile(
    r"(?<![\w.:$€£/-])(?:(?P<near>around|about|shortly after|just after|soon after|shortly before|"
    r"just before|approximately|roughly|some time after) )?"
    rf"(?:(?P<noon>noon|midday)|(?P<midnight>midnight)"
    rf"|(?P<hour12>{_NUMBER})(?:[:.](?P<minute12>[0-5]\d))? ?(?P<half>a\.?m\b\.?|p\.?m\b\.?|AM\b|PM\b|"
    r"(?:o'clock )?(?:in the|this|on \w+day) (?:morning|afternoon|evening)|(?:o'clock )?at night)"
    r"|(?P<hour24>[01]?\d|2[0-4])[:.h](?P<minute24>[0-5]\d)(?: ?(?:hours|hrs|h))?(?![\d:.]\d|%)"
    r"|(?P<military>(?:[01]\d|2[0-4])[0-5]\d)(?= ?(?:GMT|UTC|hours|hrs|h\b|local|\w+ time|\())(?: hours| hrs)?"
    rf"|(?P<bare>{_NUMBER}) o'clock|(?<=at )(?P<plain>{_NUMBER})(?= (?:{ZONE.replace('?P<abbr>', '?:').replace('?P<place>', '?:').replace('?P<local>', '?:')}|on [MTWFS])))"
    rf"(?:,? ?\(?{ZONE}\)?)?",
    re.IGNORECASE,
)

#: A time so far away, or so loose, that no instant can be given.
DURATION = re.compile(
    rf"\b(?:(?P<count>{_NUMBER}|\d{{1,3}}|twenty-four|forty-eight|seventy-two|thirty|fourteen)[- ](?P<unit>hour|day|week)s?)\b",
    re.IGNORECASE,
)
COUNTS = {
    w: n
    for n, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve".split()
    )
} | {"twenty-four": 24, "forty-eight": 48, "seventy-two": 72, "thirty": 30, "fourteen": 14}


def count_value(words: str) -> int:
    """Return the value of a small number in digits or words."""
    lowered = words.lower()
    return int(lowered) if lowered.isdigit() else COUNTS[lowered]


def month_number(name: str) -> int:
    """Return 1-12 for a month's name or abbreviation."""
    short = name[:3].lower()
    return next(n for n, month in enumerate(MONTHS, start=1) if month[:3].lower() == short)


FUTURE = re.compile(
    r"\b(?:will|shall|is to|are to|was to|were to|is due|are due|was due|were due|due to|is set|are set|"
    r"set to|to begin|to start|to take effect|to come into|takes effect|take effect|comes into|come into|"
    r"begins|starts|starting|beginning|from|until|till|by|is expected|are expected|expected to|scheduled|"
    r"plans? to|would|to hold|to meet|to resume|to be held|meets?|upcoming|agree(?:d|s)? to)\b",
    re.IGNORECASE,
)
PAST = re.compile(
    r"\b(?:was|were|had|has|have|said|killed|wounded|fired|hit|struck|began|started|took|came|broke|opened|"
    r"launched|reported|died|attacked|shelled|fell|rose|met|held|ended|went|accused|announced|agreed|"
    r"accepted|rejected|told|declared|violated|\w+ed)\b"
)

EFFECTIVE = re.compile(
    r"\b(?:take|takes|took|taking|taken) effect|\b(?:come|comes|came|coming) into (?:force|effect)|"
    r"\b(?:goes|go|went|going) into (?:effect|force)|\benter(?:s|ed|ing)? into (?:force|effect)|"
    r"\b(?:begin|begins|began|start|starts|started|starting|beginning|effective|commence[sd]?|hold(?:s|ing)?)\b|"
    r"\b(?:in|into) (?:force|effect)\b|\bsince\b|\bfrom\b|\bas of\b|\bstop(?:s|ped)? (?:firing|fighting)\b|"
    r"\bfall silent\b|\bfell silent\b|\bat\b",
    re.IGNORECASE,
)
STOPPING = re.compile(
    r"\b(?:ceasefire|cease-fire|cease fire|truce|cessation|armistice|lull|pause|halt|stop(?:ping|ped)? (?:firing|fighting|"
    r"their fire)|guns|hostilities)\b",
    re.IGNORECASE,
)
EXPIRY = re.compile(
    r"\b(?:expire[sd]?|expiry|expiring|until|till|runs? out|ran out|end(?:s|ed|ing)?|lapse[sd]?|through|"
    r"extended (?:to|until|by))\b",
    re.IGNORECASE,
)
TALKS = re.compile(
    r"\b(?:talks?|meet(?:s|ing|ings)?|negotiat\w+|summit|conference|round|delegations?|consultations|session)\b",
    re.IGNORECASE,
)
