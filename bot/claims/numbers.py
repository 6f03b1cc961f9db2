"""Numbers as news writes them: digits, words, dozens, ranges, with their qualifiers. Pure.

No number library reads these right ("no one" becomes 1, "two dozen" becomes 2), so this is a small
grammar of our own. The verbatim span is always kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.types import Qualifier

UNITS = {
    w: n
    for n, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split()
    )
}
TENS = {
    w: 10 * n
    for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
SCALES = {"hundred": 100, "thousand": 1000, "million": 1_000_000}

_UNIT = "|".join(UNITS)
_TEN = "|".join(TENS)
#: "a pair of volunteers": two people.
_PAIRS = {"a pair of": 2, "a trio of": 3, "a quartet of": 4}
_PAIR = "|".join(_PAIRS)
_SMALL = rf"(?:(?:{_TEN})(?:[- ](?:{_UNIT}))?|(?:{_UNIT}))"
_WORDS = (
    rf"(?:a |{_SMALL} )?(?:hundred|thousand)(?:(?: and)? {_SMALL}(?: hundred(?:(?: and)? {_SMALL})?)?)?"
    rf"|{_SMALL}(?: (?:hundred|thousand)(?:(?: and)? {_SMALL})?)?"
)
#: Dots part thousands only in whole counts: "1.247 people", never "1.247 million".
_DIGITS = r"\d{1,3}(?:,\d{3})+|\d{1,3}(?:[.]\d{3})+(?! (?:thousand|million|billion|per)|%)|\d+"
_DOZEN = rf"(?:(?:{_SMALL}|a|half a|\d+) )dozen"
_ONE = (
    rf"(?:{_DOZEN}|{_PAIR}|(?:{_DIGITS})(?:[.]\d+)?(?: (?:hundred|thousand|million)\b)?|{_WORDS})"
)
VAGUE = (
    r"(?:dozens|scores|hundreds|thousands),? (?:perhaps|possibly|maybe|if not|or even|or)"
    r" (?:dozens|scores|hundreds|(?:tens of )?thousands),?"
    r"|(?:(?:several|many|some) )?(?:dozens|scores|hundreds|thousands|tens)"
    r"(?: of (?:thousands|hundreds))?"
    r"|(?:several|a few) (?:hundred|thousand|dozen)|several|a few|a handful|a couple(?= of\b)"
    r"|a score(?= of\b)|countless|large numbers"
    r"|a (?:large |small |growing |significant |considerable )?number"
    r"|(?<!\bas )(?<!\bhow )many|numerous"
)

BEFORE = {
    Qualifier.AT_LEAST: r"at least|(?:no|not) (?:fewer|less) than|a minimum of",
    Qualifier.MORE_THAN: r"(?:(?:well|just|slightly|far|considerably|significantly|a little) )?"
    r"(?:more than|over|above)|upwards of|in excess of|exceeding",
    Qualifier.UP_TO: r"up to|as many as|as high as|at most|(?:no|not) more than|a maximum of|"
    r"fewer than|less than|(?:just|well|slightly) (?:under|below)",
    Qualifier.ABOUT: r"about|around|some|nearly|almost|roughly|approximately|an estimated|close to|"
    r"estimated|circa",
}
_NAMED = tuple((q, f"q_{q.value}") for q in BEFORE)
_QUALIFIER = "|".join(f"(?P<q_{q.value}>{words})" for q, words in BEFORE.items())

MENTION = re.compile(
    rf"(?<![\w.,$€£-])(?:(?:{_QUALIFIER})(?: (?:a |the )?further| another)? )?"
    rf"(?:(?:anywhere |somewhere )?between (?P<low>{_ONE}) and (?P<high>{_ONE})|(?:(?<=ranging )|(?<=ranged )|(?:anywhere|somewhere) )from (?P<under>{_ONE}) to (?P<above>{_ONE})|(?<!from )(?<!by )(?P<from>{_ONE}) (?:to|or) (?P<to>{_ONE})|(?P<least>{_DIGITS})\s?[-–]\s?(?P<most>{_DIGITS})"
    rf"|(?P<one>{_ONE})(?P<tail> or more| or so|[ -]odd)?|(?P<vague>{VAGUE}))(?![\w%°]|[.,:]\d|-(?!strong\b))",
    re.IGNORECASE,
)

#: Words that a number can begin with; trying only there is several times faster.
_OPENERS = frozenset(
    "a anywhere countless far just large significantly slightly somewhere well considerably about"
    " above almost an approximately around as at between circa close dozens estimated exceeding"
    " few fewer from half hundreds in less many more nearly no not numerous over roughly scores several"
    " some tens thousands up upwards".split()
) | frozenset((*UNITS, *TENS, *SCALES))
_WORD = re.compile(r"(?P<digits>\d+)|[a-z]+")
_BELOW = re.compile(r"fewer|less|.* (?:under|below)$", re.IGNORECASE)
#: No count of people or shots has so many digits; a number without end is an attack.
TOO_LONG = re.compile(r"(?:\d,?){13}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A number in a sentence."""

    start: int
    end: int
    low: int | None
    high: int | None
    qualifier: Qualifier
    value: int | None  #: the plain number, before the qualifier; None when vague or a range


def find_numbers(text: str) -> Iterator[Mention]:
    """Yield the numbers of a sentence, left to right."""
    end = 0
    lower = text.lower()
    if len(lower) != len(text):
        lower = text  # a letter that changes its length would shift all places
    for word in _WORD.finditer(lower):
        opens = word.start() >= end and (word.lastgroup == "digits" or word.group() in _OPENERS)
        match = MENTION.match(text, word.start()) if opens else None
        if match is not None:
            end = match.end()
            if not TOO_LONG.search(match.group()):
                yield _mention(match)


def _mention(match: re.Match[str]) -> Mention:
    start, end = match.span()
    if match["vague"]:
        return Mention(
            start=start, end=end, low=None, high=None, qualifier=Qualifier.VAGUE, value=None
        )
    low_text = match["low"] or match["from"] or match["least"] or match["under"]
    high_text = match["high"] or match["to"] or match["most"] or match["above"]
    if low_text and high_text:
        return Mention(
            start=start,
            end=end,
            low=number_value(low_text),
            high=number_value(high_text),
            qualifier=Qualifier.EXACT,
            value=None,
        )
    value = number_value(match["one"])
    qualifier = next((q for q, name in _NAMED if match[name]), Qualifier.EXACT)
    tail = (match["tail"] or "").strip().lower()
    if tail and qualifier is Qualifier.EXACT:
        qualifier = Qualifier.AT_LEAST if tail == "or more" else Qualifier.ABOUT
    if match["q_up_to"] and _BELOW.match(match["q_up_to"]):
        value -= 1
    low, high = bounds(value, qualifier)
    return Mention(start=start, end=end, low=low, high=high, qualifier=qualifier, value=value)


def bounds(value: int, qualifier: Qualifier) -> tuple[int | None, int | None]:
    """Return low and high as the contracts define them."""
    if qualifier is Qualifier.AT_LEAST:
        return value, None
    if qualifier is Qualifier.MORE_THAN:
        return value + 1, None
    if qualifier is Qualifier.UP_TO:
        return None, value
    return value, value


def number_value(words: str) -> int:
    """Return the value of one number as matched by this grammar."""
    text = words.lower().strip()
    if text in _PAIRS:
        return _PAIRS[text]
    if text.endswith("dozen"):
        factor = text.removesuffix("dozen").strip()
        return 6 if factor == "half a" else 12 * (1 if factor == "a" else number_value(factor))
    digits = re.match(r"([\d,]+(?:\.\d+)?)\s*(hundred|thousand|million)?$", text)
    if digits:
        plain = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", digits[1]) if not digits[2] else digits[1]
        return int(float(plain.replace(",", "")) * SCALES.get(digits[2] or "", 1))
    total = current = 0
    for word in re.split(r"[\s-]+", text):
        if word in UNITS:
            current += UNITS[word]
        elif word in TENS:
            current += TENS[word]
        elif word == "hundred":
            current = max(current, 1) * 100
        elif word in SCALES:
            total, current = total + max(current, 1) * SCALES[word], 0
    return total + current
