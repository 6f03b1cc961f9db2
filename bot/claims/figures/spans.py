"""What a figure covers, as news says it: spans of time, wars, ceasefires, single events. Data."""

from __future__ import annotations

import re

from bot.claims.grammar.wordlists import word_set
from bot.claims.words import Keyed

_MONTHS = (
    "(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_DAYS = "(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)"
_WARS = (
    "(?:war|conflict|fighting|offensive|uprising|invasion|insurgency|insurrection|rebellion|revolt|"
    "revolution|intifada|coup|takeover|siege|occupation|crackdown|unrest|hostilities|bombardment)"
)
_LONG_WARS = "(?:war|conflict|siege|insurgency|campaign|rebellion|uprising|occupation|intifada)"
_VIOLENCE = (
    "(?:fighting|clashes|shelling|bombing|bombardment|strikes|airstrikes|raids|violence|protests|"
    "unrest|battles|skirmishes|attacks|operations|combat|rioting|riots|gunfire)"
)
_HURT = (
    "(?:killed|murdered|wounded|injured|hurt|died|abducted|kidnapped|captured|executed|"
    "assassinated|slain|massacred|martyred)"
)
_COUNT = r"(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|[a-z]+teen)"
_JUST = "(?:the space of |a matter of |just |only |barely |under |about |less than |more than )?"
_NOT_OF_WAR = r"(?! ?of (?:[\w-]+ )?(?:war|conflict|insurgency|occupation))"

#: "the assault that set off the war, on 7 October, left" tells of the assault alone.
_NOT_BEGUN = r"(?<!set off )(?<!triggered )(?<!sparked )(?<!started )(?<!ignited )(?<!began )"
#: "the war in 2020 killed", "Sudan's war has now cost": what is counted is the whole war's.
_WAR_SUBJECT = (
    rf"(?:{_NOT_BEGUN}(?<!in )(?<!during )(?:the|a|this|that) (?:[\w-]+ ){{0,2}}{_LONG_WARS}|"
    r"[\w-]+['’]s (?:[\w-]+ ){0,2}(?:war|conflict|insurgency|rebellion|uprising|siege))"
    r"(?:, [^,.;]{3,60},| (?:in|of|over|between|against) [^,.;]{2,40}?)? "
    r"(?:(?:has|have|had) )?"
    r"(?:already |now |so far )?(?:killed|claimed|cost|left|taken)\b"
)
WAR_AS_A_WHOLE = Keyed(
    rf"(?i)\b{_WAR_SUBJECT}",
    "war conflict siege insurgency campaign rebellion uprising occupation intifada",
)
#: "in 44 days": how long a war took that is counted as a whole.
DURATION = re.compile(
    rf"\b(?:in|over|within|during) {_JUST}{_COUNT} (?:[a-z]+ )?(?:days|nights|weeks?|months?|"
    r"fortnight)\b",
    re.IGNORECASE,
)
#: Where a part of the sentence begins that covers something else than the part before.
OWN_SCOPE = re.compile(
    r";|(?:,? and | \(|,? [—–-] |, )(?=(?:(?:more than|at least|about|some|over|nearly) )?"
    r"[\d,]+ since )|"
    r"(?:,|,? and) (?=(?:bringing|taking|raising|lifting|pushing|adding to|saying)\b)|"
    r",? and (?=(?:brought|brings|took|takes|raised|raises|lifted|lifts) (?:to|the|its|their) )|"
    r"(?:, | )(?:and|while|but) (?=(?:the|its|their|this|that) (?:[\w'’-]+ ){0,3}?"
    r"(?:toll|number|count|total|tally)\b)|"
    r"(?:, | )(?=(?:on|in|at|along|near) an? (?:[\w-]+ ){1,3}where\b)|"
    r"\b(?=(?:the|an?) (?![\w-]+ (?:days|weeks|months|years)\b)"
    r"(?:[\w-]+ ){0,4}[\w-]+,? (?:in|during) which\b)|, (?=when\b)|, (?=which\b)|"
    r" (?=an? (?:[\w-]+ )?(?:war|conflict|insurgency) that)|"
    rf"(?:, | )(?:and|while|but|whereas) (?={_WAR_SUBJECT}|"
    rf"(?:{_DAYS}|yesterday|today|last night|the latest)(?:['’]s)? (?:[\w-]+ ){{0,2}}?"
    rf"(?:strike|attack|airstrike|raid|blast|explosion|bombing|ambush|shelling|assault)\b|"
    r"since |so far (?:this|in) |in (?:all|total)\b|altogether\b|"
    r"(?:in|over|during) (?:the (?:past|last|previous|preceding)|recent) )",
    re.IGNORECASE,
)
#: "the strike, which killed nine, came after ...": the relative ends at its comma.
TOLD_BESIDE = re.compile(
    rf", which (?:[\w-]+ ){{0,3}}?(?:{_HURT}|left|claimed|cost)\b[^,.;]*(?P<end>,) ",
    re.IGNORECASE,
)
#: "(1,140 since the war began)" covers what it says; behind it the sentence goes on.
ADDED_IN_BRACKETS = re.compile(r"\((?:[a-z]+ ){0,2}[\d,]+ since [^()]*(?P<end>\))")
#: ", and 236 have been killed since the truce": the perfect counts what came before, too.
OWN_PERFECT = re.compile(
    r"(?:, | )(?:and|while|but) (?=[^.;]{2,60}? (?:has|have) (?:[a-z]+ ){0,2}?"
    r"(?:been|died|lost|fallen|perished)\b[^.;]*? "
    r"(?:since|in the (?:past|last)|over the|so far|this (?:week|month|year))\b)",
    re.IGNORECASE,
)
#: What a clause of its own has behind its figure.
HARM_TOLD = re.compile(rf"\b(?:{_HURT}|dead|lives|hit|left|missing)\b", re.IGNORECASE)
#: What makes one count of two: the perfect, or a span told before.
NO_SINGLE_EVENT = re.compile(r"\b(?:has|have|had|since|past|last|so far|over the)\b", re.IGNORECASE)
SINCE_CEASEFIRE = Keyed(
    "(?i)"
    r"\bsince [^.;]{0,70}?\b(?:ceasefire|cease-fire|truce|cessation|armistice)\b|"
    r"\bsince the (?:deal|agreement|accord|pact) (?:was|took|came|went|entered|has)\b|"
    r"\b(?:in|over|during) (?:its |the )?(?:[\w-]+ ){0,2}?(?:days|weeks?|months?) of "
    r"(?:(?:the|a|this) )?(?:[\w-]+ )?(?:ceasefire|cease-fire|truce)\b|"
    r"\b(?:ceasefire|cease-fire|truce)\b[^.;]{0,90}? since (?:it|then|its|coming|taking)\b",
    "ceasefire cease truce cessation armistice deal agreement accord pact",
)
TOTAL = Keyed(
    "(?i)"
    rf"\b(?:since [^.;,]{{0,60}}?\b{_WARS}\b|since [^.;]{{0,60}}?\bwent to war\b|"
    r"since (?:the )?(?:start|beginning|outbreak)|"
    rf"since (?:[\w'’,-]+ ){{1,9}}?(?:war|conflict|fighting)\b|"
    r"(?:lists?|listed|counts?|counted|records?|recorded|names?|named)\b[^.;]{0,40}? "
    r"killed in action|"
    r"in the campaign (?:to|against|for|of)|"
    r"(?:in|during) the (?:[\w-]+ ){0,2}war(?! (?:zone|crimes?|effort|room|memorial))|"
    r"war (?:in|of) \d{4}|"
    r"since [^.;,]{0,60} in (?:19|20)\d\d\b|"
    r"in total\b|total death toll|overall (?:death )?toll|since \d{4}|"
    rf"since (?:\d{{1,2}} )?{_MONTHS} (?:of |\d{{1,2}},? )?\d{{4}}|"
    rf"[\w-]+-(?:decade|year|month|week|day)(?:-old|-long)? (?:[\w-]+ )?{_LONG_WARS}|"
    rf"(?:decades?|years?|months?)-(?:old|long) (?:[\w-]+ )?{_LONG_WARS}|"
    r"(?:decades|years|months|weeks|days) of (?:[\w-]+ )?(?:war|conflict|insurgency|occupation)|"
    r"(?<!prisoner )(?<!prisoners )of (?:the )?(?:war|conflict)|civil war that|"
    r"over the (?:past|last) (?:year|decade|\w+ years)|(?:over|down) the (?:years|decades)|"
    rf"{_WAR_SUBJECT}|"
    r"which (?:erupted|began|started|broke out)\b[^.;]{0,60}? (?:has|have|had) "
    r"(?:killed|claimed|cost|left|taken)|"
    r"(?:war|conflict)(?: of \d{4})?,? in which|in (?:[\w-]+) years)\b",
    "since action campaign war total overall decade decades year years month months week"
    " weeks day days conflict siege insurgency rebellion uprising occupation intifada which",
)
#: "the third strike this week", "the worst in two years", "will end in two days": no span of
#: the figure.
RANKED = Keyed(
    "(?i)"
    r"\b(?:(?:first|second|third|fourth)(?! (?:half|quarter|week|month))|fifth|sixth|latest|"
    r"deadliest|worst|bloodiest|heaviest|largest|biggest|most in an? \w+|"
    r"highest)\b[^.;]{0,60}?\b(?:this (?:week|month|year)|since (?:the )?[\w-]+)|"
    r"\b(?:first|second|third|fourth|fifth|sixth|deadliest|worst|bloodiest|heaviest|largest|"
    r"biggest|highest) (?:[a-z-]+ ){0,4}in (?:[\w-]+ )?[\w-]+ (?:days|weeks|months|years)\b|"
    r"\b(?:will|would|due|scheduled|expected|planned|ends?|expires?|meet|resume)\b[^.,;]{0,50}?"
    r" in [\w-]+ (?:days?|weeks?|months?)\b(?! of\b)",
    "first second third fourth fifth sixth latest deadliest worst bloodiest heaviest largest"
    " biggest highest most will would due scheduled expected planned end ends expire expires meet"
    " resume",
)
#: "held since Tuesday", "empty since August": how long a state has lasted.
LASTING = Keyed(
    "(?i)"
    r"\b(?:held|holding|besieged|closed|empty|shut|encircled|trapped|surrounded|occupied|deployed|"
    r"stationed|posted|detained|displaced|serving|served|married|control\w*)\b[^.,;]{0,40}?"
    r"\bsince (?:last |early |late )?[\w-]+",
    "since",
)
#: Who keeps a count by the month; "a blast in March" is one event.
_TALLYING = (
    "recorded|documented|counted|listed|logged|registered|verified|tallied|tally of|records|"
    "documents|counts|lists|registers|recording|monthly|across"
)
#: What kills again and again, so that a month of it is a span.
_SERIES = (
    r"\b(?:landmines|mines|drones|strikes|air ?strikes|attacks|raids|shelling|bombardments|bandits|"
    r"snipers)"
)
#: Spans of time that a figure is added up over.
PERIOD = re.compile(
    rf"\b(?:since (?:last |early |late |mid-)?{_MONTHS}(?! (?:of |\d{{1,2}},? )?\d{{4}})|"
    rf"since \d{{1,2}} {_MONTHS}(?! \d{{4}})|since (?:late |early |last )?{_DAYS}|"
    r"since (?:yesterday|dawn|daybreak|sunrise|midnight|noon|nightfall|the weekend|"
    r"(?:early |this |the )?(?:morning|afternoon|evening)|last (?:night|week|month|year)|"
    r"(?:last |the )?(?:spring|summer|autumn|winter)|"
    rf"the (?:start|beginning|turn) of (?:the |this )?(?:day|week|month|year|{_MONTHS}|\d{{4}}))|"
    rf"between (?:\d+ )?{_MONTHS} (?:\d+ )?and (?:\d+|{_MONTHS})|"
    rf"between (?:{_DAYS}(?: (?:night|morning|evening|afternoon))? and {_DAYS}|"
    rf"\d+ and \d+ {_MONTHS})|"
    rf"from (?:\d+ )?{_MONTHS} (?:\d+ )?(?:to|through|until) (?:\d+|{_MONTHS})|"
    rf"from (?:\d+ to \d+ {_MONTHS}|{_DAYS} (?:to|through|until) {_DAYS})|"
    rf"(?:{_TALLYING})\b(?:[^.;,]|,(?=\d)){{0,60}}? (?:in|for|during) "
    rf"(?:{_MONTHS}(?! \d{{1,2}}\b)|(?:all of )?20\d\d)|"
    rf"(?:throughout|during|across) (?:the month of )?{_MONTHS}|on {_DAYS} alone|"
    r"across the (?:week|month|year)|"
    rf"{_SERIES} in {_MONTHS}(?: \d{{4}})? (?:have |had )?"
    r"(?:killed|wounded|injured|claimed|left)\b|"
    rf"{_SERIES} (?:killed|wounded|injured|claimed|left)\b[^.;,]{{0,60}}? in {_MONTHS}(?! \d)|"
    rf"in (?:{_MONTHS}|\d{{4}}) alone|(?:last|this) (?:week|month|year) alone|"
    r"so far (?:in|this)|year to date|in a matter of (?:hours|days|weeks)|"
    r"(?:in|over|during|for) the (?:first|second|third|fourth|last|final) (?:quarter|half)|"
    r"(?:in|than|as|for|from|of) the (?:(?:week|month|year|fortnight|quarter) (?:before|earlier)|"
    r"(?:previous|preceding|prior) (?:week|month|year|fortnight|quarter))|"
    r"(?:in|during|over) the [\w-]+ (?:days|weeks|months) (?:in|during|over) which|"
    r"(?:in|over|during|within|for) "
    r"(?:past|the (?:past|last|previous|preceding|first|opening|final)) "
    r"(?:[\w-]+ ){0,2}?(?:hours?|days?|weeks?|fortnight|nights?|months?|quarter|weekend)|"
    r"(?:in|over|during) recent (?:hours|days|weeks|months)|"
    r"in (?:one|a single) (?:day|night|week|month)|"
    rf"(?:in|over|during) {_JUST}(?:24|48|72) hours|"
    rf"(?:in|over|within|during) {_JUST}{_COUNT} (?:[a-z]+ )?(?:days|nights|weeks?|months?|"
    rf"fortnight)\b{_NOT_OF_WAR}|"
    rf"(?:over|during) the {_COUNT} (?:days|nights|weeks|months)|"
    rf"(?:an? (?:day|night)|days|nights|weeks?|months?|fortnight) of (?:[\w-]+ )?{_VIOLENCE}|"
    r"over the (?:day|week|month|year)|"
    r"overnight toll|(?:a|the) (?:day|week|month|year) in which|"
    rf"in [\w-]+ (?:days|weeks|months) {_NOT_OF_WAR}of|"
    r"(?:daily|weekly|monthly|quarterly|annual|yearly) (?:[\w-]+ )?(?:toll|report|bulletin|"
    r"update|tally|count|figures?|losses|summary)|"
    r"(?:during|over|in|for) (?:the|that|this|its) (?:same |reporting |monitoring |whole )?period|"
    r"in the (?:[\w-]+ )?(?:year|month|week|hours|days|weeks|months) "
    r"(?:to|ending|ended|through|up to))\b",
    re.IGNORECASE,
)
#: "have been murdered since the guild was founded": counted since something, whatever it was.
COUNTED_SINCE = Keyed(
    "(?i)"
    rf"\b(?:has|have|had) (?:[\w-]+ ){{0,3}}?{_HURT}\b[^.;,]{{0,40}}? since \w|"
    rf"\b(?:{_HURT}|dead|deaths) since \w|\bsince then\b|"
    rf"\bsince [^.;]{{0,90}}?, [^.;]{{0,60}}?\b(?:has|have) (?:[\w-]+ ){{0,3}}?{_HURT}\b",
    "since",
)
#: Spans that may also date a single event: "a blast last month" covers one blast.
DATE_OR_PERIOD = re.compile(
    r"\bthis (?:week|month|year|spring|summer|autumn|winter|quarter|season)\b|"
    r"\blast (?:month|year|spring|summer|autumn|winter)\b(?!['’]s)|\b(?:over|during) the weekend\b|"
    r"\bduring the (?:day|night|week|month|year)\b|"
    rf"(?<!\d )\bin {_MONTHS}(?! \d)(?=,|\.| \w)|"
    rf"(?:^|[.:;“\"] ?)In (?:early |late |mid-)?{_MONTHS}(?: \d{{4}})?(?:,| (?=\D))|"
    r"(?:^|[.:;“\"] ?)In (?:19|20)\d\d\b",
    re.IGNORECASE,
)
#: One event: what is said of it covers no span.
ONE_EVENT = re.compile(
    r"\b(?:attack|strike|airstrike|raid|blast|explosion|bombing|ambush|clash|battle|massacre|"
    r"assault|incident|crash|shootout|shooting|gunfight|when)\b|"
    r"\b(?:an?|one|the|this|that) (?:[\w-]+ ){0,3}?"
    r"(?:bomb|shell|missile|rocket|drone|mine|grenade|gunman|sniper)\b(?! [a-z]+s\b)",
    re.IGNORECASE,
)
#: Words that add an event to a count: "the attack brought to 45 the number killed this month".
ADDED_UP = re.compile(
    r"\b(?:bring|brings|bringing|brought|raise[sd]?|raising|takes?|took|taking|lifts?|lifted|"
    r"lifting|push|pushes|pushed|pushing) (?:to|the|its|their)\b|"
    r"\b(?:toll|number|total|tally|count)\b[^.;]{0,30}?\b(?:this|last) (?:week|month|year)\b",
    re.IGNORECASE,
)
#: One of these stands in every span; a sentence without any needs no search.
_SPAN_WORDS = word_set(
    "since day days week weeks month months year years hour hours night nights fortnight quarter"
    " half weekend decade decades spring summer autumn winter season january february march april"
    " may june july august september october november december jan feb mar apr jun jul aug sep"
    " sept oct nov dec war conflict"
    " fighting insurgency campaign siege rebellion uprising occupation intifada ceasefire cease"
    " truce armistice total overall alone far daily weekly monthly quarterly annual yearly period"
    " action"
)
#: What makes a span of two days of the week.
_RANGES = word_set("between from")
_WORD = re.compile(r"[a-z]+|(?:19|20)\d\d")


def may_span(lower: str) -> bool:
    """Tell whether lower-case text has a word that every span of time or war needs."""
    words = _WORD.findall(lower.replace("year-old", ""))
    if not _SPAN_WORDS.isdisjoint(words) or any(word[0] in "12" for word in words):
        return True
    return "overnight toll" in lower or ("day" in lower and not _RANGES.isdisjoint(words))


#: Between the members of one count.
IN_ONE_COUNT = re.compile(r"(?: [A-Za-z-]+){1,3}(?:,|, and| and) (?:another )?")
