"""Tells an old date that dates nothing from one that dates what a sentence tells. Pure.

An aside measures ("the worst night since 2020"), compares ("as in 2023"), describes ("Crimea,
annexed in 2014,") or names ("broke the 2006 truce").
"""

from __future__ import annotations

import re

from bot.claims.news.old_dates import BORNE, THINGS, OldMention

_MEASURE = re.compile(
    r"\b(?:first|only|last|never|not (?:been|seen|happened|had)|no such|record|unprecedented|"
    r"unseen|highest|lowest|worst|most|least|best|(?!forest|protest|arrest|request|interest|"
    r"harvest|contest|invest|suggest|manifest)\w{3,}est|any\w*)\b[^.;]{0,90}?"
    r"\b(?:since|than|after)\b(?: the| at any time| any| \w+day)*[^.;,]{0,30}$",
    re.IGNORECASE,
)
#: Before a span of years: "the first time in decades", "the worst for years".
_RANKED = re.compile(r"\b(?:first|worst|most|best|only|\w{3,}est)\b[^.;,]{0,60}$", re.IGNORECASE)
_SPAN = re.compile(r"(?:in|for|over|during)\b", re.IGNORECASE)
_COMPARISON = re.compile(
    r"(?:\b(?:as (?:in|on|at|it|they|he|she|we|during|agreed|happened)|like|unlike|than|just as|"
    r"much as|similar to|reminiscent of|echo(?:es|ed|ing)?|recall(?:s|ed|ing)|"
    r"compared (?:with|to)|modell?ed on|along the lines of|(?:up|down) from|"
    r"back to)\b[^.;,]{0,50}|"
    r"\bas (?:\w+ ){1,3}(?:had|did|has|have|was|were|do|does)\b[^.;]{0,60})$",
    re.IGNORECASE,
)
_PARTICIPLE = (
    r"(?:\w{2,}ed|built|born|begun|drawn|fought|given|held|hit|known|laid|led|left|lost|made|put|"
    r"sent|set|shot|signed|"
    r"struck|sunk|taken|torn|won|written|brought|dug|driven)"
)
#: What only a clause of its own has.
_PAST = (
    r"(?:\w{2,}ed|took|fell|broke|began|won|lost|sent|fought|led|came|went|left|held|struck|said|"
    r"made|hit|shot|was|were|had|has|have|is|are)\b"
)
#: The opening of a clause that only describes the noun before it.
_DESCRIBES = re.compile(
    rf"\s*(?:(?:who|whose|which|whom|where)\b|(?:first|originally|long|once|last|previously|then|"
    rf"newly|already)?\s*{_PARTICIPLE}\b(?! that\b)"
    r"|(?:in (?:office|power|force|place|charge) |in [A-Z]\w+ hands )?since\b|on the same\b|"
    r"(?:(?:an?|the|its|his|their|once|then|now)\s+)?"
    rf"(?:(?!{_PAST})[\w’'-]+\s+){{0,5}}?(?:since|of|from|in|until|that|who|which|whom|whose)\b)"
)
_CLAUSE = re.compile(r"^\s*(?:and|but|or|so|yet|when|while|after|before|as|until|then)\b")
_REDUCED = re.compile(
    r"\b(?:[Tt]he|[Aa]n?|[Tt]h(?:is|at)|[Ii]ts|[Tt]heir|his|her|any|every|all|two|three|\w+['’]s|"
    r"\w+s['’]|by|of|over|under|with|"
    r"in|into|to|from|for|on|about|against|at) "
    rf"(?:[\w’'-]+ ){{0,5}}?(?:first |originally |previously |initially )?{_PARTICIPLE}\b"
    r"(?: (?!and\b|but\b|who\b|which\b|that\b|was\b|were\b|is\b|are\b|has\b|"
    r"had\b)[\w’'-]+){0,8}? ?$"
)
_RELATIVE = re.compile(
    r"\b(?:who|which|whose|that|whom|where)\b (?:(?!said\b|says\b|told\b)[\w’'-]+ ){1,12}$"
)
#: "released after being held since 2015", "convicted of ordering the attack in 2014".
_GERUND = re.compile(
    r"(?<=\w) (?:after|before|for|over|of|by|from|with) (?:being|having|\w{3,}ing)\b [^,;]{0,120}$"
)
#: "reports that ..." opens what is told, no description.
_SAYS_THAT = re.compile(
    r"\b(?:sa(?:y|ys|id)|report(?:s|ed)?|told \w+|claim(?:s|ed)?|announc\w+|f(?:ound|inds?)|"
    r"show(?:s|ed)?|estimate[sd]?|"
    r"note[sd]?|add(?:s|ed)|argu\w+|believe[sd]?|know\w*|indicat\w+|so) that\b[^,;]*$"
)
_FINITE = re.compile(
    r"^\s*,?\s*(?:was|were|is|are|has|have|had|will|would|can|cannot|could|expire[sd]?|remain(?:s|"
    r"ed)|took|came|went|"
    r"held|fell|broke|\w{3,}ed|hold[s]?|stand[s]?|face[s]?|no longer|still|did|does|began|"
    r"lapse[sd])\b"
)
_OBJECT = re.compile(
    r"\b(?:by|of|to|with|under|from|over|against|about|on|for|into|like|violat\w+|breach\w*|"
    r"break\w*|broke|broken|"
    r"reviv\w+|restor\w+|suspend\w*|sign\w*|reject\w*|abandon\w*|renew\w*|extend\w*|keep|kept)"
    r" (?:(?:the|a|an|its|their|his|that|this|any|\w+['’]s) )?(?:[\w’'-]+ ){0,3}$"
)
#: "signed the 2015 agreement", "launched the 2008 war": the thing came into being then.
_MADE = re.compile(
    r"\b(?:signed|concluded|won|lost|fought|launched|brokered|ended|began|started|triggered|"
    r"sparked|led to|followed|survived)(?: (?:the|an?|its|their|both))?(?: [\w-]+){0,2} $"
)
_LEADING = re.compile(
    r"^[\W]*(?:[Uu]nder|[Ii]n|[Aa]fter|[Dd]uring|[Ss]ince|[Bb]efore|[Uu]ntil|[Ff]ollowing|[Bb]y|"
    r"[Aa]t)\b[^,]{0,80}$"
)
_DETERMINED = r"(?: the| a| an| that| this| their| its)?(?: [\w’'-]+){0,2} $"
_WHEN = re.compile(
    r"\b(?:in|during|throughout|at the (?:end|start|height) of)" + _DETERMINED, re.IGNORECASE
)
#: "since the 2011 war": the time of a state, unless somebody counts today what came after.
_SINCE = re.compile(r"\b(?:since|after|before|following)" + _DETERMINED, re.IGNORECASE)
_TOLD = re.compile(r"\b(?:said|says|told|tells|according to|accus\w+|report(?:s|ed)|announc\w+)\b")
_SUBJECT = re.compile(
    r"^[\W]*(?:(?:[Tt]he|[Aa]n?|[Tt]heir|[Ii]ts|[Hh]is|[Bb]oth|[Tt]hat|[Tt]his|[\w-]+['’]s|"
    r"[A-Z][\w-]+|[a-z]+-[\w-]+|brief|bloody|"
    r"short-lived|long|fragile|earlier|previous|so-called|trilateral|two|three) ){0,6}(?:"
    + THINGS
    + r" (?:of|in|from) (?:the )?(?:\w+ )?)?$"
)
_PRESENT = re.compile(
    r"^[^,;]{0,60}?\b(?:is|are|has (?:been|now|collapsed|failed|ended|expired|held)|have|will|"
    r"remains?|no longer|must not|"
    r"expires?|holds|stands|faces)\b"
)


def is_aside(text: str, mention: OldMention, headline: bool) -> bool:
    """Tell whether a mention measures, compares, describes or names, and dates nothing."""
    before, after = text[: mention.start], text[mention.end :]
    if _MEASURE.search(before) or _COMPARISON.search(before):
        return True
    if _SPAN.match(text, mention.start) and _RANKED.search(before):
        return True
    if mention.thing and _MADE.search(before) and not (headline or _RELATIVE.search(before)):
        return False
    if mention.thing and not _LEADING.search(before):
        if _SUBJECT.search(before):
            return headline or bool(_PRESENT.search(after))
        if _in_describing_clause(text, mention):
            return True
        born = BORNE.search(before)
        stem = before[: born.start()] + "it " if born else before
        return not _WHEN.search(stem) and not (_SINCE.search(stem) and not _TOLD.search(text))
    if headline and not _LEADING.search(before + " "):
        return True
    return _in_describing_clause(text, mention) or _in_reduced_clause(before, after)


def _in_describing_clause(text: str, mention: OldMention) -> bool:
    """Tell whether it stands between commas that describe a noun: ", founded in 1882,"."""
    start = max(
        text.rfind(", ", 0, mention.start),
        text.rfind(" — ", 0, mention.start),
        text.rfind(" – ", 0, mention.start),
    )
    if start < 0:
        leading = re.match(rf"\W*(?:[Ff]irst |[Oo]riginally )?(?:{_PARTICIPLE}|[A-Z]\w+ed) ", text)
        return bool(leading and ", " in text[mention.end :])
    clause = text[start + 1 :]
    return bool(_DESCRIBES.match(clause)) and not _CLAUSE.match(clause)


def _in_reduced_clause(before: str, after: str) -> bool:
    """Tell whether a clause without comma holds it: "the truce agreed in 2024 was prolonged"."""
    stem = re.sub(
        r"(?:\b(?:in|on|since|by|from|after|during|of|until|back in)\b ?(?:\w+ )?)$", "", before
    )
    if _GERUND.search(stem):
        return True
    relative = _RELATIVE.search(stem)
    if relative and not _SAYS_THAT.search(stem):
        return not re.search(r"^\W*(?:who|which|that)\b", stem)
    reduced = _REDUCED.search(stem)
    if reduced is None or _LEADING.search(before):
        return False
    return bool(_FINITE.match(after)) or bool(_OBJECT.search(_head(stem)))


def _head(stem: str) -> str:
    """Return what stands before the participle that a stem ends with."""
    found = [m.start() for m in re.finditer(rf"\b(?:first )?{_PARTICIPLE}\b", stem)]
    return stem[: found[-1]] if found else stem
