"""How a report takes up what others have told: it bears out, owns up, disputes. Pure."""

from __future__ import annotations

import re

from bot.events.news import News

#: How a report says that it takes up what others have told, by name of the feature.
TAKING_UP = {
    "bears_out": re.compile(
        r"\b(?:confirm\w*|corroborat\w*|(?:bears?|bore|borne|bearing) out|satisfied that"
        r"|(?:consistent|in line) with|(?:back|support)(?:s|ed|ing)? (?:up )?"
        r"(?:the |its |his |their )?(?:[\w’'-]+ ){0,2}(?:account|claim|version|report)s?)\b",
        re.IGNORECASE,
    ),
    "owns_up": re.compile(
        r"\b(?:admit\w*|acknowledg\w*|conced\w*|own(?:s|ed) up|apologi\w*|regret\w*"
        r"|(?:claim|accept|tak|took|assum)\w* responsibility|carried out the)\b",
        re.IGNORECASE,
    ),
    "disputes": re.compile(
        r"\b(?:disput\w*|contradict\w*|contest\w*|rebut\w*|refut\w*|contrary to"
        r"|(?:reject|deni|deny)\w* (?:the |its |his |their )?(?:[\w’'-]+ ){0,2}"
        r"(?:tally|toll|count|figures?|account|claim|version|charge|blame|accusations?"
        r"|allegations?)|(?:and|,) not (?:the )?\w+|instead of the \w+|rather than the \w+)\b",
        re.IGNORECASE,
    ),
    "under_deal": re.compile(
        r"\b(?:under|as part of|in line with|in keeping with|provided for|foreseen|laid down"
        r"|set out|promised|required|called for|undertaken|agreed|pledged|stipulated|first step)\b"
        r"[^.;]{0,50}\b(?:agreements?|deals?|accords?|truce|cease-?fire|plan|protocol|pact|document"
        r"|declaration|communiqu[eé]|bargain|arrangement)\b"
        r"|\bas (?:agreed|promised|foreseen|provided|undertaken)\b",
        re.IGNORECASE,
    ),
    "refers_back": re.compile(
        r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday"
        r"|(?:last|this) (?:week|month|night)|(?:last|this) (?:\w+day))['’]s\b"
        r"|\bas (?:the |its )?(?:[\w’'-]+ ){1,4}had (?:said|reported|announced|promised|claimed)\b"
        r"|\b(?:earlier|previous) (?:report|account|statement|claim|toll|figure|count)s?\b",
        re.IGNORECASE,
    ),
}
#: Ways of answering what somebody else has told of the war.
ANSWERS = ("bears_out", "owns_up", "disputes")


def takes_up(news: News) -> bool:
    """Tell whether a report bears out, admits or disputes what others have told."""
    return any(says(news, TAKING_UP[name]) for name in ANSWERS)


def says(news: News, words: re.Pattern[str]) -> bool:
    """Tell whether the words stand in the title or beside the news."""
    return any(words.search(text) for text in (news.headline, *(c.quote for c in news.beside[:2])))
