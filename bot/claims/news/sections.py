"""Sections that carry no news of the day, told by a title's label or an entry's address. Pure.

A label is a whole part of a title: before a colon, between pipes, behind a dash. The same words
inside a headline ("Analysis of craters shows ...") are none.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

#: Named reason -> the labels of its sections.
_LABELS = {
    "opinion": (
        r"opinions?|comments?|commentary|analys[ie]s|editorials?|leaders?|leading article|op-?eds?"
        r"|columns?|columnists?|views?|viewpoints?|perspectives?|(?:photo )?essays?|guest post"
        r"|letters?(?: to the editor)?|mailbag|blogs?|satire|debate|voices|ideas|first person"
        r"|(?:big|long) reads?|podcasts?"
    ),
    "culture": (
        r"(?:(?:book|film|movie|theat(?:re|er)|tv|music|art|exhibition|album|game)s? )?reviews?"
        r"|books?|films?|cinema|movies|theat(?:re|er)|music|arts?|culture|poetry|fiction|exhibitions?"
        r"|(?:on )?(?:tv|television|radio)(?: (?:tonight|guide|preview))?"
        r"|recipes?|lifestyle|sports?|football|cricket|tennis|crosswords?|horoscopes?|cartoons?"
        r"|quiz(?:zes)?"
    ),
    "live_blog": (
        r"recap|catch up|summary|newsletter|round-?up|(?:day|week|month) in (?:review|pictures)"
        r"|(?:morning|evening|daily|weekly|weekend) (?:briefing|digest|recap|summary|newsletter)"
        r"|photos|(?:in )?pictures|gallery"
    ),
    "explainer": (
        r"explainers?|explained|fact ?box|timeline|chronology|profile|q ?& ?a|faqs?"
        r"|fact[ -]?checks?|backgrounder|primer|glossary|at a glance"
        r"|in (?:charts|maps|numbers|graphics|figures)|maps?|graphics?|infographics?|who['’]s who"
        r"|key (?:points|questions|facts|events|takeaways)"
        r"|(?:(?:the )?(?:year|month|week) ahead)"
        r"|what (?:we|to) know(?: so far)?|(?:\w+ )?things to know|where things stand"
    ),
    "history": (
        r"(?:1[89]|20)\d\d"
        r"|obituar(?:y|ies)|history|on this day|from (?:the|our) archives?|flashback|anniversary"
    ),
}
_QUALIFIERS = (
    r"(?:(?:the|a|our|my|guest|weekly|weekend|daily|morning|evening|sunday|saturday|friday|news"
    r"|political|expert|military|reader['’]?s['’]?|in-depth|today['’]s|another) )*"
)
_SECTION = re.compile(
    _QUALIFIERS
    + rf"(?:{'|'.join(f'(?P<{reason}>{labels})' for reason, labels in _LABELS.items())})"
    + r"(?: of the (?:day|week|month|year))?"
)
#: "Analysis by Ida Brook".
_BYLINE = re.compile(r" by(?: [A-Z][\w’'.-]*){1,4}$")
#: Between a label and the title; "FACTBOX-Terms" is how agencies write it.
_BETWEEN = re.compile(r"\s*[:|–—]\s*|\s+-\s+")
_AGENCY_LABEL = re.compile(r"([A-Z&]{3,12})-(?=[A-Z])")

#: Named reason -> parts of an address that hold such sections.
_PATHS = {
    "opinion": (
        "opinion opinions comment commentisfree commentary editorial editorials op-ed oped op-eds"
        " column columns columnist columnists letters analysis perspectives viewpoints voices ideas"
        " podcast podcasts"
    ),
    "culture": (
        "culture arts books film films movies music theatre entertainment lifestyle life-style"
        " sport sports football cricket reviews review celebrity fashion quiz quizzes"
    ),
    "live_blog": "live liveblog liveblogs live-blog live-updates",
    "explainer": "explainer explainers explained fact-check fact-checks factcheck",
    "history": "obituaries obituary on-this-day",
}
_REASONS = {part: reason for reason, parts in _PATHS.items() for part in parts.split()}


def labelled_section(title: str) -> str | None:
    """Return the named reason of the label that a title bears, if any."""
    for part in _BETWEEN.split(_AGENCY_LABEL.sub(r"\1: ", title.strip(), count=1)):
        match = _SECTION.fullmatch(_BYLINE.sub("", part.strip()).lower())
        if match is not None:
            return match.lastgroup
    return None


def addressed_section(url: str) -> str | None:
    """Return the named reason of the section that an address lies in, if any."""
    try:
        folders = urlsplit(url).path.lower().split("/")[:-1]
    except ValueError:
        return None  # no address at all
    return next((_REASONS[folder] for folder in folders if folder in _REASONS), None)
