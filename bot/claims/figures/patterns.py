"""Patterns around the numbers of casualty reports: other units, labels, scope, denial. Data."""

from __future__ import annotations

import re

#: A number in front of these is an amount, a clock time, a date or an ordinal.
OTHER_UNIT = re.compile(
    r"\s*-\s*(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|miles?|kilomet\w+|met(?:re|"
    r"er)s?|points?|storey)\b|"
    r"\s*(?:percent|per cent|%|kg\b|km\b|mm\b|cm\b|million\b(?! people)|billion|a\.m|p\.m|am\b|"
    r"pm\b|gmt|utc|o'clock|"
    r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b|january|february|march\b|april|"
    r"may\b(?! have)|june|july|"
    r"august|september|october|november|december|-?strong|nd\b|st\b|rd\b|th\b|years? of age|"
    r"years? old)",
    re.IGNORECASE,
)
#: "aged 12", "resolution 1701", "No. 14": the number is a label or an age.
LABEL_BEFORE = re.compile(
    r"(?:\baged|\bage|\bage of|\bnumber|\bno\.|\bresolution|\barticle|\bday|\bzone|\bchapter|"
    r"\bpage|\broute|\bhighway|"
    r"\bflight|\bphase|\broom|\bunit|\bblock|\bgate|\bbattery|\bschool|\bgroup of|\bolder than|"
    r"\byounger than|"
    r"\bhotline on|\baverage of|\brate of|\bunder|\baged between)\s*$",
    re.IGNORECASE,
)
MONTH_BEFORE = re.compile(
    r"\b(?:jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|may|"
    r"june|july|"
    r"august|september|october|november|december)\.?\s+$",
    re.IGNORECASE,
)
#: "(24)" behind a name; behind a word of harm the bracket holds the count.
AGE_BRACKET = re.compile(
    r"\w(?<!dead)(?<!killed)(?<!wounded)(?<!injured)(?<!missing)(?<!martyrs)(?<!deaths)(?<!hurt)"
    r"(?<!captured)(?<!abducted)\s?\($",
    re.IGNORECASE,
)
#: Where a part of the sentence begins that covers something else than the part before.
OWN_SCOPE = re.compile(
    r";|, (?=(?:bringing|taking|raising|lifting|pushing|adding to|saying)\b)|"
    r"(?:, | )(?=(?:on|in|at|along|near) an? (?:[\w-]+ ){1,3}where\b)|"
    r"\b(?=(?:the|an?) (?![\w-]+ (?:days|weeks|months|years)\b)"
    r"(?:[\w-]+ ){0,4}[\w-]+,? (?:in|during) which\b)|, (?=when\b)|, (?=which\b)|"
    r" (?=an? (?:[\w-]+ )?(?:war|conflict|insurgency) that)",
    re.IGNORECASE,
)
DENIED = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)\b(?! (?:(?:any|all|its|their|his|direct|having) )*(?:responsib\w+|"
    r"involvement|being (?:behind|involved)|(?:a )?(?:role|part|hand)\b|knowledge|liability|guilt|"
    r"blame|complicity|carr(?:ying|ied) out|taking part|taken part))|"
    r"no truth|false(?:ly)?|refut(?:es|ed)|not true|untrue|fabricat\w+|"
    r"(?:reject|dismiss)(?:s|es|ed|ing)? (?=(?:[\w'’-]+ ){0,6}?(?:reports?|claims?|allegations?|"
    r"figures?|that)\b))",
    re.IGNORECASE,
)
#: A denial reaches no further than this.
NEW_ASSERTION = re.compile(
    r";|[.!?]\s|\bbut\b|\b(?:and|while|then) (?:he |she |it |they |instead )?(?:said|says|added|"
    r"claimed|put|insisted|"
    r"told|confirmed|admitted|acknowledged|reported|stressed|accused|blamed|killed|fired)\b",
    re.IGNORECASE,
)
DENIED_AFTER = re.compile(
    r"[^.;,]{0,60}\b(?:is|are|was|were) (?:un|not )true\b|[^.;,]{0,60}\b(?:is|are|was|"
    r"were) (?:false|denied|fabricated)\b",
    re.IGNORECASE,
)
FEARED_BEFORE = re.compile(
    r"\b(?:fear(?:s|ed)?(?: that)?|(?:it is |are |is )?(?:feared|believed) that|"
    r"may have (?:killed|wounded|left))"
    r"\s+(?:as many as )?$",
    re.IGNORECASE,
)
_BEGINNINGS = (
    "uprising|invasion|insurgency|insurrection|rebellion|revolt|revolution|intifada|coup|takeover|"
    "siege|occupation|crackdown|unrest|hostilities|bombardment"
)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
#: Who keeps a count by the month; "a blast in March" is one event.
_TALLYING = (
    "recorded|documented|counted|listed|logged|registered|verified|tallied|tally of|records|"
    "documents|counts|lists|registers|recording|monthly"
)
SINCE_CEASEFIRE = re.compile(
    r"\bsince (?:the )?[\w\s'-]{0,40}?(?:ceasefire|cease-fire|truce|cessation)", re.IGNORECASE
)
TOTAL = re.compile(
    r"\b(?:since the (?:start|beginning|outbreak)|since the (?:war|conflict|fighting|offensive)|"
    rf"since (?:the |an? )?(?:[\w'’-]+ ){{0,3}}(?:{_BEGINNINGS})|"
    r"since (?:the )?(?:[\w'’-]+ )?(?:war|conflict|fighting|offensive) (?:began|started|erupted|"
    r"broke out)|"
    r"(?:lists?|listed|counts?|counted|records?|recorded|names?|named)\b[^.;]{0,40}? "
    r"killed in action|"
    r"in the campaign (?:to|against|for|of)|in the (?:[\w-]+ ){0,2}war|"
    r"in total\b|total death toll|overall (?:death )?toll|since \d{4}|"
    rf"since (?:{_MONTHS}) (?:of )?\d{{4}}|"
    r"[\w-]+-(?:year|month|week|day)(?:-old)? (?:civil )?(?:war|conflict|siege|insurgency|"
    r"campaign)|"
    r"of (?:the )?(?:war|conflict)|civil war that|over the (?:past|last) (?:year|decade|\w+ years)|"
    r"(?:war|conflict)(?: of \d{4})?,? in which|in (?:[\w-]+) years)\b",
    re.IGNORECASE,
)
#: "the third strike this week", "the worst in two years", "will end in two days": no span of
#: the figure.
RANKED = re.compile(
    r"\b(?:first|second|third|fourth|fifth|sixth|latest|deadliest|worst|bloodiest|heaviest|"
    r"largest|biggest|"
    r"highest)\b[^.;]{0,60}?\b(?:this (?:week|month|year)|since (?:the )?[\w-]+)|"
    r"\b(?:first|second|third|fourth|fifth|sixth|deadliest|worst|bloodiest|heaviest|largest|"
    r"biggest|highest) (?:[a-z-]+ ){0,4}in (?:[\w-]+ )?[\w-]+ (?:days|weeks|months|years)\b|"
    r"\b(?:will|would|due|scheduled|expected|planned|ends?|expires?|meet|resume)\b[^.,;]{0,50}?"
    r" in [\w-]+ (?:days?|weeks?|months?)\b(?! of\b)",
    re.IGNORECASE,
)
#: "held since Tuesday", "empty since August": how long a state has lasted.
LASTING = re.compile(
    r"\b(?:held|holding|besieged|closed|empty|shut|encircled|trapped|surrounded|occupied|deployed|"
    r"stationed|posted|detained|displaced|serving|served|married|control\w*)\b[^.,;]{0,40}?"
    r"\bsince (?:last |early |late )?[\w-]+",
    re.IGNORECASE,
)
PERIOD = re.compile(
    rf"\b(?:since (?:last |early |late |mid-)?(?:{_MONTHS})\b(?! (?:of )?\d{{4}})|"
    rf"since (?:last )?(?:{_DAYS})|between (?:{_MONTHS}) (?:\d+ )?and (?:\d+|{_MONTHS})\b|"
    rf"between \d+ and \d+ (?:{_MONTHS})\b|from (?:{_MONTHS}) (?:\d+ )?to (?:\d+|{_MONTHS})\b|"
    rf"(?:{_TALLYING})\b(?:[^.;,]|,(?=\d)){{0,60}}? (?:in|for|during) "
    rf"(?:{_MONTHS})\b(?! \d{{1,2}}\b)|"
    r"(?:in|over|during|for) the (?:first|second|third|fourth|last|final) (?:quarter|half)\b|"
    r"(?:in|than|as|for|from|of) the (?:(?:week|month|year|fortnight|quarter) (?:before|earlier)|"
    r"(?:previous|preceding|prior) (?:week|month|year|fortnight|quarter))|"
    r"(?:in|during|over) the [\w-]+ (?:days|weeks|months) (?:in|during|over) which|"
    r"(?:in|over|during|within) the (?:past|last|previous|first) (?:[\w-]+ )?(?:hours?|"
    r"days?|day|week|weeks|"
    r"night|month|months)|in (?:one|a single) day|in 24 hours|"
    r"(?:in|over|within|during) (?:just |only |barely |less than )?(?:a|one|two|three|four|five|"
    r"six|seven|eight|nine|ten|\d+) (?:days|weeks?|months?|fortnight)|this (?:week|month|year)|"
    r"overnight toll|"
    r"over the weekend|(?:a|the) (?:day|week|month|year) in which|in [\w-]+ (?:days|weeks|"
    r"months) of|"
    r"in the [\w-]+ (?:days|weeks|months) to)\b",
    re.IGNORECASE,
)
#: Between the members of one count.
IN_ONE_COUNT = re.compile(r"(?: [A-Za-z-]+){1,3}(?:,|, and| and) (?:another )?")
BREACHES = re.compile(
    r"\s+(?:(?:alleged|separate|new|recorded|more|such|ceasefire|cease-fire|truce)\s+){0,3}"
    r"(?:violations?|breaches|breach|infringements?)\b",
    re.IGNORECASE,
)
