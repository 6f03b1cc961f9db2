"""What the hours in a report of a halt are the hours of: its start, its end, or neither. Pure.

A sentence alone ("It opens at midnight") need not say of what; its report does. The nearest word
before an hour decides: guns that stop, a truce that begins or runs out, or men who meet, sign and
speak. Which sentences speak of a halt the reader of steps tells (bot/events/steps.py).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.claims.when.clock_words import DURATION
from bot.claims.when.time_meanings import GIST, STOPPING, TALKS
from bot.events.steps import BREACHES, FIGHTING, TALKS_OVER, step_of
from bot.types import Claim, Precision, TimeMeaning, TimeSpan

#: Fighting. Its end is the start of the halt.
_FIGHT = (
    r"(?:(?:machine-?\s?)?gun(?:s|fire)?|artillery|firing|fire|fighting|shooting|shelling|bombing"
    r"|bombardment|hostilities|combat|war|hostile (?:acts?|actions?)|attacks|clashes|battles"
    r"|(?:(?:military|combat|offensive|armed) )?(?:operations|actions|activit(?:y|ies)))"
)
_STOPS = (
    rf"\b{_FIGHT}\b[^.;,]{{0,45}}?\b(?:end(?:s|ed)?|cease[sd]?|stop(?:s|ped)?|halt(?:s|ed)?"
    r"|f[ae]ll(?:s|en)? silent|die[sd]? (?:down|away)|(?:went|go(?:es)?) quiet)\b"
    r"|\b(?:(?:end|ceas|stop|halt|suspend)(?:e|s|es|ed|ing|ping|ped)?"
    r"|call(?:s|ed|ing)? off) "
    rf"(?:(?!fire\b)[\w’'-]+ ){{0,4}}?{_FIGHT}\b"
    r"|\bsilenc(?:e|es|ed|ing) (?:the|their|its) (?:guns|weapons|arms)\b"
)
_STARTS = (
    r"\bfrom|\bas of|\bbeg[aiu]n(?:s|ning)?|\bstart(?:s|ed|ing)?|\beffect(?:ive)?|\bforce|\bopens?"
    r"|\boperation|\boperative|\bcommenc\w+|\bkicks? in|\bapplies|\btake[sn]? hold|\btook hold"
    r"|\bbound|\bvalid|\bsilent|\bquiet|\b(?:set|fixed|planned|agreed) for|\bstand(?:s|ing)? down"
    r"|\bhold(?:s|ing)? (?:their |its |our )?fire|\bcease[sd]?(?!-)(?: fire)?|\bstop(?:s|ped)"
    r"|\bhalt(?:s|ed)|\b(?:to|will|would|shall|must|should) (?:stop|halt)|\bcounted"
    r"|\blay down (?:their |its )?(?:arms|weapons)"
)
#: Words of an end that speak of no spell of anything else.
_STRONG_ENDS = (
    r"\bexpir\w+|\bterminat\w+|\bruns? out|\bran out|\blapse[sd]?|\b(?:new|an) end|\bending"
    r"|\bgo(?:es)? on until"
)
_ENDS = (
    rf"{_STRONG_ENDS}|\buntil|\btill|\bup to|\bthrough|\bend(?:s|ed)?|\bclos(?:es?|ed)"
    r"|\b(?:is|be) over|\b(?:to|will|would|must) last|\blast(?:s|ing)|\bconclud\w+"
    r"|\b(?:go|goes|runs?|stands|extends?|continues?) to"
    r"|\b(?:extend|prolong|stretch|lengthen|renew)\w*\b[^.;,]{0,30}\bto"
)
#: What goes on besides, at an hour of its own: things that begin and end, too ...
_OTHERS = (
    r"\bceremon(?:y|ies)|\bsessions?|\bconference|\bsummit|\bspeech|\bbulletin|\bhostages?|\bprisoners|\bcaptives"
    r"|\bconvoys?|\blorries|\btrucks|\bbuses|\btrams|\btrains|\bflights?|\baeroplanes?|\bschools?"
    r"|\bpolls?|\bpolling|\bshops|\bcurfew|\bmass\b|\bservices?|\bdeadline|\brepl(?:y|ies)"
    r"|\banswers?|\bpatrols?|\bobservers|\bpeacekeepers|\bexplosions?|\bblasts?"
)
#: ... and what is done.
_DEEDS = (
    r"\bsign(?:ed|ing|ature)|\binitial(?:l?ed|l?ing)|\bnames? to|\bmet|\bmeet(?:s|ing)?|\bsat"
    r"|\bsits?"
    r"|\bvoted|\badopted|\bspoke|\bspeak(?:s|ing)|\baddress\w*|\bbroadcast\w*|\bappear\w*|\bheard"
    r"|\bon (?:the )?(?:air|television|radio)|\b(?:tele)?phoned|\barriv\w+|\bleft|\bflew"
    r"|\bfl(?:y|ies)"
    r"|\blanded|\bhanded|\bfreed|\breleased?|\bexchang\w+|\bbomb(?:s|ed|ings?)"
    r"|\bshelled|\bstruck"
    r"|\bkilled|\bdied(?! (?:down|away))|\bbroke (?:out|down)|\basked|\bwanted|\boffered"
    r"|\bsuggested"
    r"|\bdemanded|\burged|\bwithdr\w+|\breopen\w*|\bissued|\bpublished|\bread out"
    r"|\bclocks? (?:jump|go|will)|\bshould have|\bwould have|\bfirst meant"
)
_CUE = re.compile(
    rf"(?P<stops>{_STOPS})|(?P<ends>(?:{_ENDS})\b)|(?P<starts>(?:{_STARTS})\b)"
    rf"|(?P<others>(?:{_OTHERS})\b)|(?P<deeds>(?:{_DEEDS})\b)",
    re.IGNORECASE,
)
_STOPPING = re.compile(_STOPS, re.IGNORECASE)
_STRONG = re.compile(_STRONG_ENDS, re.IGNORECASE)
#: What a halt is called.
_HALT = re.compile(
    r"\b(?:truce|cease-?\s?fire|pause|lull|halt|cessation|armistice|moratorium|calm|stop|standstill"
    r"|order|it|this|arrangement|agreement|accord|deal|pledge|period|term|measure|window|suspension"
    rf"|extension|guns|no (?:\w+ )?(?:raids|attacks|strikes|shots?)|{_FIGHT} (?:ends?|stops?))\b",
    re.IGNORECASE,
)
#: How far before an hour its word may stand, and before a verb its subject.
REACH, SUBJECT = 80, 45
#: Between a deed and the hour of something else: "we have signed, and at midnight".
_NEXT = re.compile(r",\s(?:and|but|which|while|when|where|who|then|precisely|exactly)\s|\s[–—-]\s")
#: Right before the hour of a meeting.
_MEETING = re.compile(
    r"\b(?:put off|postpon\w+|reschedul\w+|(?:be|was|were|is|are) held|conven\w+|gather\w*)\b"
    r"[^.;,]{0,30}$",
    re.IGNORECASE,
)
#: Right before the hour at which somebody spoke: "stated half an hour before midnight".
_SAID_AT = re.compile(
    r"\b(?:said|told|stated|added|wrote)\b(?: (?:half|an?|quarter|few|some|several|two|three|five"
    r"|ten|hours?|minutes?|shortly|just|about|around|before|after|past|to|at|by|here|there|early|late"
    r"|today|tonight|yesterday|this|on|in|the|morning|evening|afternoon|night|\w+day|reporters"
    r"|journalists|us|me|telephone|radio|television|[A-Z]\w+)){0,6} $"
    r"|\b(?:announced|declared) $"
)
_AS_OF = re.compile(r"(?:as of|from)", re.IGNORECASE)
_AS_OF_HOUR = re.compile(r"\bas of\b[^.;]{0,30}$", re.IGNORECASE)
#: Readings of sentences that speak of something else than a halt.
_OF_NO_HALT = (
    *FIGHTING,
    *BREACHES,
    *TALKS_OVER,
    "talks",
    "talks_announced",
    "toll",
    "other",
    "opinion",
    "history",
)


def with_meant_times(claim: Claim) -> Claim:
    """Return a claim of a report of a halt with its starts and ends told apart."""
    halting = STOPPING.search(claim.quote) or _STOPPING.search(claim.quote)
    if TALKS.search(claim.quote) and not halting:
        return claim  # the hour of a meeting
    of_halt = _speaks_of_halt(claim)
    return replace(claim, times=tuple(_meant(span, claim, of_halt) for span in claim.times))


def _meant(span: TimeSpan, claim: Claim, of_halt: bool) -> TimeSpan:
    place = claim.quote.find(span.text)
    lead = claim.quote[max(0, place - 60) : max(0, place)]
    if _MEETING.search(lead) or _SAID_AT.search(lead):
        return replace(span, meaning=TimeMeaning.OTHER)
    whole = span.precision is Precision.DAY or DURATION.match(span.text) is not None
    if whole or place < 0:
        return span
    before = GIST.sub(" ", claim.quote[max(0, place - REACH - SUBJECT) : place])
    if span.meaning is TimeMeaning.TALKS and TALKS.search(before):
        return span
    halting = STOPPING.search(claim.quote) or _STOPPING.search(before)
    if _AS_OF_HOUR.search(before) and not halting:
        return span  # "as of 2 a.m. there is nothing to report"
    meaning = _by_nearest(before, span.meaning, of_halt)
    return span if meaning is span.meaning else replace(span, meaning=meaning)


def _speaks_of_halt(claim: Claim) -> bool:
    named = STOPPING.search(claim.quote) or _HALT.search(claim.quote)
    return named is not None or step_of(claim) not in _OF_NO_HALT


def _by_nearest(before: str, known: TimeMeaning, of_halt: bool) -> TimeMeaning:
    """Return what the nearest word before an hour makes it; what was known where none does."""
    clause = re.split(r";\s|[.!?]\s+(?=[A-Z])", before)[-1]
    cues = [m for m in _CUE.finditer(clause) if len(clause) - m.end() <= REACH]
    if not cues:
        return known
    cue = cues[-1]
    if cue.lastgroup in ("others", "deeds"):
        return known if _NEXT.search(clause, cue.end()) else TimeMeaning.OTHER
    if cue.lastgroup == "ends":
        return TimeMeaning.EXPIRY if of_halt or _STRONG.fullmatch(cue[0]) else TimeMeaning.OTHER
    if cue.lastgroup == "starts" and _is_of_another(clause, cue, cues):
        return TimeMeaning.OTHER
    sure = of_halt or cue.lastgroup == "stops"
    return TimeMeaning.EFFECTIVE if sure else TimeMeaning.OTHER


def _is_of_another(clause: str, cue: re.Match[str], cues: Sequence[re.Match[str]]) -> bool:
    """Tell whether what begins is no halt: "polls open", "no reply had come as of noon"."""
    others = [m for m in cues if m.lastgroup == "others" and m.end() > cue.start() - SUBJECT]
    if not others:
        return False
    behind = clause[others[-1].end() : cue.start()]
    far = SUBJECT if _AS_OF.fullmatch(cue[0]) else SUBJECT // 2
    return _HALT.search(behind) is None and len(behind) <= far
