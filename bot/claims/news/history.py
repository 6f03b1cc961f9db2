"""Tells a sentence of history from news that merely names an old date. Pure.

An old date makes history where it is the time of what is told. It does not where it measures
("the worst night since 2020"), describes ("Crimea, annexed in 2014,"), compares ("as in 2023") or
names ("the 1960 treaty"), nor where the sentence has a day of this week.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from bot.claims.news.asides import is_aside
from bot.claims.news.old_dates import OldMention, is_fresh, old_mentions
from bot.claims.words import Keyed

_MEMORY = re.compile(
    r"\b(?:recall(?:s|ed|ing)?(?! (?:its|his|her|the|an?|their) (?:\w+ ){0,2}(?:ambassador|envoy|"
    r"diplomat|troops|reservist|consul|charg))|remember(?:s|ed|ing)?|reminisc\w+|"
    r"look(?:s|ed|ing) back)\b"
    r"|,[”\"]? (?:s?he writes|they write)\b"
    r"(?=\W*$| in (?:his|her|their|the) (?:\w+ )?(?:book|memoir))"
)
#: Life before it all began, told without what has become of it.
_PREWAR = re.compile(
    r"\W*(?:Before|Prior to|Until) the (?:[\w-]+ ){0,2}(?:war|conflict|fighting|invasion|offensive"
    r"|siege|blockade|occupation)(?! (?:was|is|had|has|ends?|ended|could|can)\b)"
    r"(?: (?:began|broke out|started|erupted))?,? (?!that\b)[^.;]{0,70}?"
    r"\b(?:lived|was|were|had(?! \w+ed\b)|housed|used to|employed|produced|handled|exported|grew"
    r"|worked|supplied|counted|boasted|drew|received|attended|crossed|entered|passed)\b"
)
_BECOME = re.compile(
    r"\b(?:now|today|since then|still|currently|at present|remain(?:s|ed)?|only \d"
    r"|ha(?:s|ve|d) since)\b"
)
_COMMEMORATION = Keyed(
    r"\b(?:mark(?:s|ed|ing)?|commemorat\w+|celebrat(?:e[sd]?|ing)|observ(?:e[sd]?|ing)|"
    r"honou?r(?:s|ed|ing)?|mourn(?:s|ed|ing)?|pa(?:id|y|ys|ying) tribute to|"
    r"unveil(?:s|ed)?)(?: (?:the|an?|its|their))? (?:[\w-]+ ){0,3}"
    r"(?:anniversary|(?:years?|decades?) (?:since|after|of)|memorial|"
    r"those (?:killed|who died|who fell))\b",
    "anniversary memorial those year years decade decades",
)
#: Commemoration told beside the news: "shells fell as Kyiv marked the anniversary".
_BESIDE = re.compile(r"\b(?:as|while|when|after|before|hours|days?|where) [^.;,]{0,60}$")
#: Where the past is shown.
_SHOWN = re.compile(
    r"\b(?:museums?|exhibitions?|exhibits?|monuments?|plaques?|archives?|gravestones?|"
    r"cenotaph)\b",
    re.IGNORECASE,
)
#: What an old document says is no news of it.
_DOCUMENT = re.compile(
    r"\b(?:[Rr]esolution|[Aa]greement|[Dd]eal|[Aa]ccords?|[Tt]reaty|[Pp]act|[Pp]rotocol|"
    r"[Mm]emorandum|[Tt]ruce|[Cc]ease-?fire)"
    r"\b[^.;]{0,60}?\b(?:call(?:s|ed) for|require[sd]?|stipulate[sd]?|provide[sd]? for|"
    r"oblige[sd]?|bar(?:s|red)|ban(?:s|ned)|"
    r"allow(?:s|ed)|envisage[sd]?|(?:was|were) (?:meant|supposed|due) to)\b"
)
_REPORT = re.compile(
    r"\b(?:said|says|say|told|tells|announced?|announces|accus\w+|warn(?:s|ed|ing)|vow(?:s|ed)|"
    r"claim(?:s|ed)|"
    r"according to|demand(?:s|ed)|insist(?:s|ed)|den(?:y|ies|ied)|reject(?:s|ed)|pledge[sd]?|"
    r"declare[sd]?|call(?:s|ed) (?:on|for)|"
    r"urge[sd]?|order(?:s|ed)|threaten(?:s|ed)|report(?:s|ed)|confirm(?:s|ed)|suspend(?:s|ed)|"
    r"will)\b"
)
_SPEECH = re.compile(r"\b(?:said|says|told|tells|according to|accus\w+)\b")
#: Main clauses that describe and tell nothing: "the port is a hot town".
_STATE = re.compile(
    r"\b(?:is|are|has been|have been)\b(?! (?:the (?:first|only|worst|\w+est)|\w+ing|\w{3,}ed|due|"
    r"set|expected|over|dead|now|"
    r"still|back|likely|ready|to|said|"
    r"held|shot|hit|struck|found|taken)\b)"
    r"|\b(?:is|are) (?:located|situated|named|called|known|considered|inscribed|engraved|carved|"
    r"displayed|listed|buried|"
    r"regarded|inhabited|populated|dominated)\b"
    r"|\b(?:lies|stands|remains?)\b|\bhad (?:\w+ )?(?:been|\w{3,}ed)\b"
)
_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")
#: Where groups and quarrels come from; the second only beside an old date.
_GENEALOGY = Keyed(
    r"\b(?:grew out of|(?:has|have|had) (?:its|their) (?:roots|origins)|"
    r"trac(?:es?|ing) (?:its|their) (?:roots|origins)|came to power|rose to (?:power|prominence)|"
    r"dat(?:es?|ing) back to|stems? from|gained independence|have fought \w+ wars|"
    r"(?:has|have) (?:long|historically|traditionally))\b",
    "grew roots origins power prominence back stem stems independence wars long historically"
    " traditionally",
)
_ORIGIN = re.compile(
    r"\b(?:emerged (?:from|out of)|(?:was|were) (?:founded|formed|created|established|born)|"
    r"dat(?:es?|ing) from)\b"
)
#: How a war began, what it has cost, what failed before: the last paragraph of many reports.
_BOILERPLATE = re.compile(
    r"\W*(?:(?:The|This|That|Their|Its)(?: [\w’'-]+){0,3} (?:war|conflict|crisis|dispute|"
    r"feud)(?:, [^,]{3,80},)? "
    r"(?:began|broke out|erupted|started|flared|(?:has|have) (?:killed|displaced|claimed|left|"
    r"driven|cost|dragged))\b"
    r"|(?:(?:[Tt]wo|[Tt]hree|[Ss]everal|[Aa]ll|[Mm]any|[Bb]oth|[Aa]n?|[Tt]he|[A-Z][\w-]+['’]s|"
    r"[Nn]umerous|[Rr]epeated) )?"
    r"(?:[Pp]revious|[Ee]arlier|[Pp]ast|[Pp]rior|[Ff]ormer|[Ss]uccessive) (?!the\b)(?:[\w-]+ ){0,2}"
    r"(?:cease-?fires?|truces?|rounds?|talks|attempts?|efforts?|deals?|agreements?|pauses?|wars?)\b)"
)


def is_history(
    text: str, today: date, old_names: Sequence[str] = (), *, headline: bool = False
) -> bool:
    """Tell whether a sentence tells of times gone by, seen from `today`.

    `old_names` are names of past ceasefires and wars, which are things of the past as well.
    """
    mentions = (*old_mentions(text, today), *_named(text, old_names))
    if mentions and _MEMORY.search(text) and not headline:
        return True
    if _commemorates(text):
        return True
    if is_fresh(text, today):
        return False
    if _PREWAR.match(text) and not (headline or _BECOME.search(text) or _REPORT.search(text)):
        return True
    if mentions and _ORIGIN.search(text) and not _SPEECH.search(text):
        return True
    if _GENEALOGY.search(text) or (_BOILERPLATE.match(text) and not _REPORT.search(text)):
        return not headline
    if not mentions:
        return False
    if not (headline or _SPEECH.search(text)) and (_SHOWN.search(text) or _DOCUMENT.search(text)):
        return True
    if any(not is_aside(text, mention, headline) for mention in mentions):
        return True
    # Only asides are old: the rest is news unless it describes a state.
    rest = _QUOTED.sub("", _rest(text, mentions))
    return not headline and bool(_STATE.search(rest)) and not _REPORT.search(rest)


def _commemorates(text: str) -> bool:
    found = _COMMEMORATION.search(text)
    return bool(found and not _BESIDE.search(text[: found.start()]))


def _named(text: str, names: Sequence[str]) -> list[OldMention]:
    return [
        OldMention(m.start(), m.end(), True)
        for name in names
        if name in text
        for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)
    ]


def _rest(text: str, mentions: Sequence[OldMention]) -> str:
    """Return the sentence without the clauses between commas that hold old mentions."""
    parts = re.split(r"(?<=,) ", text)
    kept, offset = [], 0
    for part in parts:
        end = offset + len(part)
        old = any(offset <= m.start < end for m in mentions)
        if not old or offset == 0 or len(parts) == 1:
            kept.append(part)
        offset = end + 1
    return " ".join(kept)
