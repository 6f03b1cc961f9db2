"""What sort of text an entry is: news, or opinion, explainer, live blog, anniversary.

Only titles and tell-tale openings are read; such texts are never the seed of an event.
"""

from __future__ import annotations

import re

from bot.claims.news.sections import addressed_section, labelled_section
from bot.claims.words import Keyed
from bot.types import Entry

_ARMED_ACTS = (
    r"(?:kill|strike|struck|attack|launch|fire|shell|bomb|hit|raid|storm|pound|invade|clash|die|"
    r"wound|injure|seize)\w*"
)
#: Named reason -> what its titles look like. The first match decides.
_TITLES: tuple[tuple[str, re.Pattern[str] | Keyed], ...] = (
    (
        "opinion",
        re.compile(
            r"^[Tt]he (?:[\w’'-]+ ){1,3}[Vv]iew (?:on|of)\b[^:]*:"
            # An author who tells of himself; somebody's words have their speaker behind or before.
            r"|^(?:I|My)\s[a-z](?!.*(?::\s|\b(?:says?|said|tells?|told)\b))",
        ),
    ),
    (
        "live_blog",
        Keyed(
            "(?i)"
            r"\blive\s*(?:updates?|blog|coverage|reporting)\b|^live\s*[:–—]|\bas it happened\b"
            r"|[–—|:]\s*live\b|\b(?:latest|rolling) updates\b"
            r"|\bhere(?:['’]s| is) what happened\b|\b(?:the week|week) in review\b",
            "live liveblog livecoverage livereporting liveupdate liveupdates happened updates"
            " review",
        ),
    ),
    (
        "explainer",
        Keyed(
            "(?i)"
            r"^(?:explainer|explained|factbox|q ?(?:&|and) ?a|questions (?:and|&) answers|"
            r"fact[ -]check|backgrounder|infographic|"
            r"in (?:charts|maps|numbers))\b|^(?:a |the )?(?:timeline|profile) of\b"
            r"|[:|–—-]\s*explained\b|(?<!be )(?<!are )(?<!is )\bexplained\s*(?:$|:)"
            r"|\bexplainer\b|\bwhat (?:we|you|to) (?:need to )?know\b"
            r"|\bkey (?:events|takeaways|moments|questions)\b|\bat a glance\b"
            r"|^(?:why|how|what|who|where|when)\b[^:]*\?"
            r"|^how\s+(?!(?:many|much|long)\b)(?!.*\b(?:says?|said|unclear|unknown)\b)"
            r"|^why\s+(?!.*,[^,]*\b(?:says?|said)\b)"
            r"|^what\s+(?:[\w’'-]+\s+){1,5}?(?:wants?|means?|meant|needs?|knows?|reveals?|"
            r"tells? us|looks? like|"
            r"at stake|is in|comes next|happens next)\b"
            r"|^what(?:['’]s| is| are)\s+(?:next|in|at stake|behind|left|the)\b"
            r"|^(?:who (?:is|are|was|were)|here(?:['’]s| is) (?:how|why|what)|"
            r"a (?:brief )?(?:look|guide|history)\b|"
            r"(?:three|four|five|six|seven|ten|\d+) (?:things|questions|charts|maps|takeaways|"
            r"ways|reasons)\b|meet the\b|"
            r"the (?:story|history|making|roots|origins) (?:of|behind)\b)"
            r"|\bround-?up\b|\bday [\d,]+ of\b|\bday [\d,]+$|^day [\d,]+\s*[:|–—]|"
            r"\blist of key events\b",
            "explainer explained factbox q fact backgrounder infographic charts maps"
            " numbers timeline profile what key glance why how who where when here look"
            " guide history things questions takeaways ways reasons meet story making roots"
            " origins round roundup day list",
        ),
    ),
    (
        "history",
        Keyed(
            "(?i)"
            r"\b(?:mark|commemorat|celebrat|observ|honou?r|remember|recall|"
            r"mourn)\w*\b.*\b(?:anniversary|years? (?:since|after|of|on))\b"
            rf"|^(?:the |\w+ )?anniversary\b|\banniversary\b(?!.*\b{_ARMED_ACTS})(?<!\b(?:as|"
            rf"on) anniversary)"
            # Obituaries; a girl of twelve is a victim.
            r"|\bdies (?:at|aged) (?:[5-9]\d|1[01]\d)\b|, (?:[5-9]\d|1[01]\d), dies\b"
            r"|\bon this day\b|\b(?:years?|decades?) on(?=\s*[,:–—]|$)|\byears? ago today\b"
            r"|(?<!as )\bremember(?:s|ing)\b|\blooking back\b|\bfrom (?:the|our) archives?\b"
            r"|^(?:\w+ )?(?:years?|decades?) (?:later|after)\b(?=.*\b(?:still|scars?|haunt\w*|"
            r"ghosts?|memor\w*|legacy)\b)",
            "anniversary year years day decade decades remembers remembering looking dies"
            " archive archives",
        ),
    ),
)
#: "Clashes as Armenia marks anniversary", "Nine killed on anniversary of truce": news comes first.
_NEWS_FIRST = re.compile(
    rf"\b{_ARMED_ACTS}\b.*\b(?:as|while|on|before|after|during|ahead of)\b.*\b(?:anniversary|"
    rf"remember\w*)\b"
    rf"|\b(?:anniversary|remember\w*)\b.*\b(?:as|while|when)\b.*\b{_ARMED_ACTS}\b"
    # A truce for a feast is a truce.
    r"|^(?=.*\b(?:begins?|began|starts?|started|declares?|declared|announce[sd]?|orders?|ordered|"
    r"proposes?|proposed|offers?|offered|tak(?:es?|ing) effect|took effect|in force|ends?|ended|"
    r"expires?|expired)\b)"
    r".*\b(?:cease-?\s?fire|truce|armistice|moratorium|pause)\b.*\b(?:for|on|over|around|ahead of|"
    r"to mark|occasion of)\b.*\banniversary\b",
    re.IGNORECASE,
)
#: Pages that report the day as it goes, so that a sentence of theirs may be news.
_RUNNING = re.compile(
    r"\blive\s*(?:updates?|blog|coverage|reporting)\b|^live\s*[:–—]|[–—|:]\s*live\b|\b(?:latest|"
    r"rolling) updates\b"
    r"|\bkey events\b|\bday [\d,]+(?: of\b|$|\s*[:|–—])",
    re.IGNORECASE,
)
_SPOKEN = re.compile(
    r"\bI (?:have|am|was|do|did|would|will|should|think|believe|hope|fear|saw|know|doubt|wrote)\b"
    r"|\bI['’](?:m|ve|d|ll)\b|\b(?:my|in my) (?:view|opinion)\b|\bLet us be honest\b"
)
_OPENED_BY_AUTHOR = re.compile(
    r"\s*(?:I|My)\s[a-z](?![^.!?\n]{0,300}\b(?:said|says|wrote|writes|told|tells)\b)"
)
#: No text of an author who says "I" lacks all of these.
_FIRST_PERSON = ("I ", "I'", "I’", "My ", "my ", "Let us")
#: Without another opening mark inside, so that its time is linear in the text.
_QUOTED = re.compile(r"[\"“«‘][^\"“«‘”»’]*[\"”»’]")
#: How papers of the north print speech: a dash at the head of its line.
_DASHED = re.compile(r"^\s*[-–—]\s[^\n]*", re.MULTILINE)
#: No title is longer; a page of text in its place is not searched.
_TITLE = 400


def genre_of(entry: Entry) -> str | None:
    """Return "opinion", "culture", "live_blog", "explainer" or "history"; None for news."""
    title = entry.title[:_TITLE].strip()
    section = labelled_section(title) or addressed_section(entry.url)
    if section is not None:
        return section
    for reason, pattern in _TITLES:
        if pattern.search(title) and not (reason == "history" and _NEWS_FIRST.search(title)):
            return reason
    return "opinion" if _is_first_person(entry) else None


def runs_live(entry: Entry) -> bool:
    """Tell whether the entry is a page that goes on through the day: a live blog, "day 12"."""
    return bool(_RUNNING.search(entry.title[:_TITLE])) or (
        addressed_section(entry.url) == "live_blog"
    )


def _is_first_person(entry: Entry) -> bool:
    """An author who says "I" outside quotation marks, twice, writes no news."""
    text = entry.text or ""
    if not any(sign in text for sign in _FIRST_PERSON):
        return False
    if _OPENED_BY_AUTHOR.match(text):
        return True
    # Inner quotations first, then those around them.
    unquoted = _QUOTED.sub(" ", _QUOTED.sub(" ", _DASHED.sub(" ", text)))
    return len(_SPOKEN.findall(unquoted)) >= 2
