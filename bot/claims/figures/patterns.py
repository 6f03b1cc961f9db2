"""Patterns around the numbers of casualty reports: other units, labels, denial. Data."""

from __future__ import annotations

import re

#: A number in front of these is an amount, a clock time, a date or an ordinal.
OTHER_UNIT = re.compile(
    r"\s*-\s*(?:years?|months?|weeks?|days?|hours?|minutes?|seconds?|miles?|kilomet\w+|met(?:re|"
    r"er)s?|points?|storey)\b|"
    r"\s+in (?:two|three|four|five|six|seven|eight|nine|ten) "
    r"(?:of|people|children|civilians|are|is)\b|"
    r"\s*(?:percent|per cent|%|kg\b|km\b|mm\b|cm\b|million\b(?! people)|billion|a\.m|p\.m|am\b|"
    r"pm\b|gmt|utc|o'clock|"
    r"(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b|january|february|march\b|april|"
    r"may\b(?! (?:have|be|still|yet|well|already|also|now)\b)|june|july|"
    r"august|september|october|november|december|-?strong|nd\b|st\b|rd\b|th\b|years? of age|"
    r"years? old)",
    re.IGNORECASE,
)
#: "aged 12", "resolution 1701", "No. 14": the number is a label or an age.
LABEL_BEFORE = re.compile(
    r"(?:\baged|\bage|\bage of|(?<!\bwho )(?<!\bnow )(?<!\bdead )(?<!\bwounded )"
    r"(?<!\binjured )(?<!\bmissing )(?<!\bthey )\bnumber|\bno\.|\bresolution|\barticle|"
    r"\bday|\bzone|\bchapter|\bpage|\broute|\bhighway|"
    r"\bflight|\bphase|\broom|\bunit|\bblock|\bgate|\bbattery|\bschool|\bclass|\bgrade|\bminus|"
    r"(?-i:\bGroup of)|\bolder than|"
    r"\byounger than|"
    r"\bhotline on|\baverage of|\brate of|\bunder|\baged between)\s*$",
    re.IGNORECASE,
)
#: How every label ends, in lower case and without its full stop.
LABEL_ENDS = tuple(
    "aged age of number no resolution article day zone chapter page route highway flight phase"
    " room unit block gate battery school class grade minus than on under between".split()
)
MONTH_ENDS = tuple(
    "jan feb mar apr jun jul aug sep sept oct nov dec january february march april may june july"
    " august september october november december".split()
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
DENIED = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)\b(?! (?:(?:any|all|its|their|his|direct|having) )*(?:responsib\w+|"
    r"involvement|being (?:behind|involved)|(?:a )?(?:role|part|hand)\b|knowledge|liability|guilt|"
    r"blame|complicity|carr(?:ying|ied) out|taking part|taken part))|"
    r"no truth|no (?:evidence|proof|sign|indication) that|fake|bogus|baseless|unfounded|"
    r"false(?:ly)?|refut(?:es|ed)|not true|untrue|fabricat\w+|"
    r"(?:reject|dismiss|rubbish|ridicul|brush|laugh|scoff|disput(?=\w+ (?:the|that|an?|its|their|"
    r"[\w-]+['’]s)\b))(?:e|s|es|ed|ing)? (?=(?:[“\"‘']?[\w'’-]+[”\"’']{0,2} ){0,8}?"
    r"(?:reports?|claims?|allegations?|figures?|statements?|assertions?|announcements?|accounts?|versions?|tolls?|estimates?|"
    r"boasts?|that)\b))",
    re.IGNORECASE,
)
#: A denial reaches no further than this.
NEW_ASSERTION = re.compile(
    r";|[.!?]\s|\bbut\b|, (?:saying|adding|insisting|stressing|admitting)\b|"
    r"\b(?:and|while|then) (?:he |she |it |they |instead )?(?:said|says|added|"
    r"claimed|put|insisted|"
    r"told|confirmed|admitted|acknowledged|reported|stressed|accused|blamed|killed|fired)\b",
    re.IGNORECASE,
)
DENIED_AFTER = re.compile(
    r"[^.;,]{0,60}\b(?:is|are|was|were) (?:un|not )true\b|[^.;,]{0,60}\b(?:is|are|was|"
    r"were) (?:false|fake|bogus|baseless|unfounded|staged|invented|denied|fabricated)\b|"
    r"[^.;,]{0,60}\b(?:turned out|proved|proven) (?:to be )?"
    r"(?:false|fake|untrue|wrong|unfounded|baseless)\b",
    re.IGNORECASE,
)
#: "we did not kill four fishermen": the figure stands right behind.
NOT_DONE = re.compile(
    r"\b(?:did not|didn['’]t|never|(?:have|has|had) (?:not|never)|(?:have|has|had)n['’]t) "
    r"(?:kill|wound|injur|abduct|kidnap|execut|murder|massacr|captur|seiz|detain)"
    r"(?:e|ed|d|ped)? (?:[a-z]+ ){0,2}$",
    re.IGNORECASE,
)
#: "called the claim that 40 had been killed a lie": the verb stands before the figure.
_LIES = (
    r"(?:lies?|fiction|fabrications?|nonsense|propaganda|fantasy|fairy tale|disinformation|"
    r"invention|rubbish|hoax)"
)
CALLED = re.compile(
    r"\b(?:(?:called|calls)(?! for| on| up| off)|branded|brands|described|labelled|labeled|termed|"
    r"denounced)\b[^.;]*$",
    re.IGNORECASE,
)
A_LIE = re.compile(
    rf"[^.;,]{{0,70}}?(?:\b(?:an?|as|pure) |[“\"‘'])(?:[\w-]+ ){{0,2}}{_LIES}\b|"
    r"[^.;,]{0,70}? (?:fake|false|untrue|baseless|unfounded|bogus|absurd|invented|wrong)"
    r"[”\"’']?(?=[.,;]|$| and\b)",
    re.IGNORECASE,
)
FEARED_BEFORE = re.compile(
    r"\b(?:fear(?:s|ed)?(?: that)?|(?:it is |are |is )?(?:feared|believed) that|"
    r"may have (?:killed|wounded|left))"
    r"\s+(?:as many as )?$",
    re.IGNORECASE,
)
BREACHES = re.compile(
    r"\s+(?:(?:alleged|separate|new|recorded|more|such|ceasefire|cease-fire|truce)\s+){0,3}"
    r"(?:violations?|breaches|breach|infringements?)\b",
    re.IGNORECASE,
)
