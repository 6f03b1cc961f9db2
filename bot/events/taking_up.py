"""How a report takes up what others have told: it bears out, owns up, disputes. Pure."""

from __future__ import annotations

import re

from bot.events.news import News

_NUMBER = (
    r"(?:\d[\d,]*|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|\w+ty"
    r"|hundreds?|thousands?|dozens?)"
)
#: How a report says that it takes up what others have told, by name of the feature.
TAKING_UP = {
    "bears_out": re.compile(
        r"(?<!not )(?<!be )(?<!been )(?<!independently )\bconfirm(?:s|ed|ing)?\b"
        r"|\b(?:corroborat(?:es?|ed|ing)|(?:bears?|bore|borne|bearing) out|vouch(?:es|ed)? for"
        r"|satisfied that|consistent with|(?:back|support)(?:s|ed|ing)? (?:up )?"
        r"(?:the |its |his |their )?(?:[\w’'-]+ ){0,2}(?:account|claim|version|report)s?"
        r"|(?:was|were|had|did|has|have) indeed)\b",
        re.IGNORECASE,
    ),
    "owns_up": re.compile(
        r"(?<!was )(?<!were )\badmit(?:s|ted|ting)?\b"
        r"(?! to (?:an? |the )?(?:\w+ )?(?:hospital|clinic))"
        r"|\b(?:acknowledg(?:es?|ed|ing)|conced(?:es?|ed|ing)|own(?:s|ed) up|apologi[sz]\w+"
        r"|recogni[sz](?:es|ed|ing) (?:(?:an?|its|the|his|that) )?(?:error|mistake|fault|bombs?|shells?|shots?)"
        r"|it was an? (?:error|mistake)|(?:acted|fired|shot) without (?:\w+ )?orders"
        r"|(?:fired|hit|shot|struck)\b[^.;]{0,30}\bby mistake"
        r"|(?:accept(?:s|ed)?|takes?|took|taken|assume[sd]?|claim(?:s|ed)?) responsibility"
        r"|claim(?:s|ed|ing) (?:the|this|that|\w+day['’]s) (?:[\w-]+ ){0,2}?"
        r"(?:bombings?|blasts?|attacks?|ambush|raid|shooting|killings?|explosions?|strike))\b",
        re.IGNORECASE,
    ),
    "disputes": re.compile(
        rf"(?<!the )(?<!a )\b(?:disput|contest)(?:es|s|ed|ing)\b"
        r"|\b(?:contradict(?:s|ed|ing)?|rebut(?:s|ted|ting)?|refut(?:es?|ed|ing)|contrary to"
        r"|(?:reject|den[iy])\w* (?:the |its |his |their )?(?:[\w’'-]+ ){0,2}"
        r"(?:tally|toll|count|figures?|account|claim|version|charge|blame|accusations?"
        rf"|allegations?)|(?:,|and) not (?:the )?{_NUMBER}"
        rf"|(?:instead of|rather than) (?:the )?{_NUMBER}"
        rf"|not (?:at )?(?:midnight|noon|{_NUMBER}) but"
        r"|(?:,|and) not (?:at )?(?:midnight|noon)|(?:hours?|days?) (?:later|earlier)"
        r" than(?! (?:planned|expected|scheduled|usual|first|initially|originally|due|foreseen)\b))\b",
        re.IGNORECASE,
    ),
    "under_deal": re.compile(
        r"\b(?:under(?! (?:fire|attack|siege|shelling)\b)|as part of|in line with|in keeping with|in execution of|in fulfil?ment of|in accordance with"
        r"|provided for|foreseen|laid down|set out|promised|required|called for|undertaken|agreed"
        r"|pledged|stipulated|first step)\b[^.;]{0,50}\b(?:agreements?|deals?|accords?|truce"
        r"|cease-?fire|plan|protocol|pact|document|instrument|declaration|communiqu[eé]|bargain|arrangement)\b"
        r"|\b(?:asked|requested|wanted|named|settled|fixed)\b[^.;]{0,60}?\bin (?:the|their|its) (?:joint )?"
        r"(?:statement|communiqu[eé]|declaration|agreement|accord|protocol|deal|text|paper)\b"
        r"|\bas (?:agreed|promised|foreseen|provided|undertaken)\b"
        r"|\bas (?:[\w’'-]+ ){1,4}(?:foresees|demands|provides|requires|lays down|sets out"
        r"|stipulates|undertook)\b",
        re.IGNORECASE,
    ),
    "refers_back": re.compile(
        r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday"
        r"|(?:last|this) (?:week|month|night))['’]s\b"
        r"|\bas (?:the |its )?(?:[\w’'-]+ ){1,4}had (?:said|reported|announced|promised|claimed"
        r"|complained|charged|alleged)\b"
        r"|\b(?:earlier|previous) (?:report|account|statement|claim|toll|figure|count)s?\b",
        re.IGNORECASE,
    ),
}
#: What is admitted without owning up to anything: a loss, by its own words alone.
_LOSS = re.compile(
    r"\b(?:loss of|lost|los(?:es|ing)|fall of|fell|fallen|abandon\w*|withdr[ae]w\w*|retreat\w*"
    r"|gave up|overrun|driven (?:out|from))\b",
    re.IGNORECASE,
)
_DEED = re.compile(
    r"\b(?:fir(?:e|ed|ing)|shot|shell\w*|hit|struck|kill\w*|bomb\w*|attack\w*|br(?:oke|each)\w*"
    r"|violat\w*|mistake|error|fault|responsib\w+|orders)\b",
    re.IGNORECASE,
)


def contests(news: News) -> bool:
    """Tell whether a report admits or disputes what others have told, wherever they put it."""
    return owns_up(news) or disputes(news)


def owns_up(news: News) -> bool:
    """Tell whether a report admits what others have told; a loss that is admitted is no blow."""
    told = [text for text in _texts(news) if TAKING_UP["owns_up"].search(text)]
    return any(not _LOSS.search(text) or _DEED.search(text) for text in told)


def disputes(news: News) -> bool:
    """Tell whether a report disputes what others have told."""
    return says(news, TAKING_UP["disputes"])


def takes_up(news: News) -> bool:
    """Tell whether a report bears out, admits or disputes what others have told."""
    return contests(news) or says(news, TAKING_UP["bears_out"])


def says(news: News, words: re.Pattern[str]) -> bool:
    """Tell whether the words stand in title or summary, or beside the news."""
    return any(words.search(text) for text in _texts(news))


def _texts(news: News) -> tuple[str, ...]:
    summary = (c.quote for c in news.head if c.field == "summary")
    return (news.headline, *(c.quote for c in news.beside[:2]), *summary)
