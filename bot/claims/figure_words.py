"""The words of casualty reports: victims, predicates, and what a number may not be. Data."""

from __future__ import annotations

import re

from bot.types import Measure

#: Nouns for people; a capitalised plural such as "Ukrainians" counts too (see PERSON).
_PEOPLE = """
people persons person civilians civilian soldiers soldier troops servicemen serviceman servicewomen
servicewoman servicemembers fighters fighter militants militant gunmen gunman rebels rebel insurgents
insurgent terrorists terrorist combatants combatant children child boys boy girls girl teenagers
teenager teenage youths youth infants infant babies baby toddler women woman men man peacekeepers
peacekeeper officers officer policemen policeman police medics medic paramedics paramedic doctors
doctor nurses nurse journalists journalist reporters reporter cameraman photographer workers worker
farmers farmer residents resident villagers villager patients patient students student pupils teachers
teacher prisoners prisoner hostages hostage captives captive members member victims victim personnel
guards guard employees employee staff staffers crew sailors sailor marines marine pilots pilot
passengers passenger worshippers worshipper shoppers inmates refugees refugee migrants migrant
commanders commander conscripts conscript reservists reservist recruits volunteers volunteer drivers
driver nationals national citizens citizen others other relatives family families couple mother father
son daughter brother brothers sister sisters lives friends operatives operative bodyguards observers
observer diplomats diplomat monks priest bodies locals detainees settlers settler protesters militia
militiamen defenders border-guards firefighters firefighter rescuers rescuer tribesmen herders
""".split()

_DEMONYM = r"(?!(?:The|This|These|Its|His|Los|United|Armed)\b)[A-Z][a-z]{2,}(?:ians|ans|is|ese|ais|eans|iis|ns)"
PERSON = re.compile(rf"(?:{'|'.join(sorted(_PEOPLE, key=len, reverse=True))})\b")
DEMONYM = re.compile(rf"{_DEMONYM}\b")

#: Predicates that follow the victims: "were killed", "dead", "died", "went missing".
_AFTER: dict[Measure, str] = {
    Measure.KILLED: r"killed|dead|died|dies|die|slain|martyred|perished|shot dead|beheaded|executed|"
    r"(?:lost|losing) their lives|deaths|fatalities|massacred|assassinated|burned to death|"
    r"burnt to death|murdered|lost (?:his|her) life",
    Measure.WOUNDED: r"wounded|injured|hurt|injuries|maimed|hospitali[sz]ed|concussed",
    Measure.MISSING: r"missing|unaccounted for",
    Measure.CAPTURED: r"captured|abducted|kidnapped|seized|detained|"
    r"taken (?:prisoner|captive|hostage)s?|held hostage",
}
#: Verbs that come before the victims: "killed nine civilians".
_BEFORE: dict[Measure, str] = {
    Measure.KILLED: r"kill(?:s|ed|ing)?|claim(?:s|ed|ing)?(?: the lives of)?|massacr(?:ed|es|ing)|"
    r"(?:took|taking|takes|cost|costing) the lives of|(?:had |have |has )?lost|execut(?:ed|es|ing)|"
    r"shot dead|death toll (?:of|at|to|reached|stood at|stands at)|deaths? of|murdered|"
    r"assassinated|slain",
    Measure.WOUNDED: r"wound(?:s|ed|ing)?|injur(?:e|es|ed|ing)|hurt(?:s|ing)?|maim(?:s|ed|ing)",
    Measure.CAPTURED: r"captur(?:e|es|ed|ing)|abduct(?:s|ed|ing)?|kidnap(?:s|ped|ping)?|"
    r"seiz(?:e|es|ed|ing)|detain(?:s|ed|ing)?|(?:took|taking|takes|take) (?:hostage|prisoner|captive)|"
    r"(?:took|taking|takes)",
}


def _named(table: dict[Measure, str]) -> str:
    return "|".join(f"(?P<{measure.value}>{words})" for measure, words in table.items())


AFTER = re.compile(rf"\b(?:{_named(_AFTER)})\b", re.IGNORECASE)
BEFORE = re.compile(rf"\b(?:{_named(_BEFORE)})\b[\s,]*$", re.IGNORECASE)

#: What may stand between a verb and its number.
FILLER = re.compile(
    r"(?:\b(?:another|a further|a total of|the lives of|also|reportedly|allegedly|and|or|all|"
    r"the|of its|of their|of his)\b[\s]*)+$",
    re.IGNORECASE,
)

#: A number followed by one of these counts something else.
OTHER_UNIT = re.compile(
    r"\s*-?\s*(?:year|month|week|day|hour|minute|second|mile|kilomet|km\b|met(?:re|er)|mm\b|cm\b|percent|"
    r"per cent|%|kg\b|tonne|ton\b|tons\b|degree|point|million\b(?! people)|billion|dollar|euro|pound|rouble|"
    r"drone|missile|rocket|shell|bomb|mortar|round|tank|vehicle|truck|lorr|aircraft|jet|plane|helicopter|"
    r"warship|ship\b|boat|house|home|building|apartment|school|hospital|village|town|cit(?:y|ies)|"
    r"settlement|position|target|strike|attack|raid|sortie|checkpoint|post\b|posts\b|base|country|countries|"
    r"nation|state|district|province|region|seat|vote|goal|time|a\.m|p\.m|am\b|pm\b|gmt|utc|o'clock|"
    r"january|february|march\b|april|may\b|june|july|august|september|october|november|december|"
    r"[a-z]+-point|-strong|nd\b|st\b|rd\b|th\b)",
    re.IGNORECASE,
)
#: "50-year-old", "aged 12", "number 5", "resolution 1701".
AGE_BEFORE = re.compile(
    r"(?:\baged?|\bage of|\bnumber|\bno\.|\bresolution|\barticle|\bday)\s*$", re.IGNORECASE
)
SUBSET_BEFORE = re.compile(
    r"(?:\bincluding|\bamong (?:them|whom|those)(?: (?:were|was|are))?|\bof (?:whom|them)|\bthem|\bcomprising|"
    r"\bincluded)\s*(?:at least |some |about )?$",
    re.IGNORECASE,
)
SUBSET_AFTER = re.compile(
    r"\s*(?:of (?:them|whom|those|the (?:dead|victims|wounded|injured|killed|bodies)))\b",
    re.IGNORECASE,
)
DENIED = re.compile(
    r"\b(?:den(?:y|ies|ied|ying)|no truth|false(?:ly)?|reject(?:s|ed)|dismiss(?:es|ed)|refut(?:es|ed)|"
    r"not true|untrue|fabricat\w+)\b",
    re.IGNORECASE,
)
FEARED = re.compile(
    r"\b(?:fear(?:s|ed)?|may have|might have|could have|presumed|believed)\b", re.IGNORECASE
)
SINCE_CEASEFIRE = re.compile(
    r"\bsince (?:the )?[\w\s'-]{0,40}?(?:ceasefire|cease-fire|truce|cessation)", re.IGNORECASE
)
TOTAL = re.compile(
    r"\b(?:since the (?:start|beginning|outbreak)|since the (?:war|conflict|fighting|offensive)|in the war|"
    r"in total\b|total death toll|overall (?:death )?toll|since \d{4}|since (?:January|February|March|April|May|"
    r"June|July|August|September|October|November|December)|"
    r"\d+-year|of (?:the )?(?:war|conflict)|over the (?:past|last) (?:year|decade|\w+ years))\b",
    re.IGNORECASE,
)
PERIOD = re.compile(
    r"\b(?:(?:in|over|during|within) the (?:past|last|previous) (?:[\w-]+ )?(?:hours?|days?|day|week|weeks|"
    r"night|month|months)|in (?:one|a single) day|in 24 hours|this (?:week|month|year)|overnight toll|"
    r"over the weekend)\b",
    re.IGNORECASE,
)
BREACHES = re.compile(
    r"\s+(?:(?:alleged|separate|new|recorded|more|such|ceasefire|cease-fire|truce)\s+){0,3}"
    r"(?:violations?|breaches|breach|infringements?)\b",
    re.IGNORECASE,
)
