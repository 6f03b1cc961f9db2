"""Steps of a ceasefire, of talks and of the fighting, and which of them a claim states. Pure.

The shipped model reads the step of a sentence (models/steps.py); the grammar (step_grammar.py)
stands in where a model reads none. What the claim itself settles outranks both: a start that lies
ahead has not begun, and who denies reports no step.
"""

from __future__ import annotations

import re
from datetime import timedelta

from bot.events.pouring import pour, rename
from bot.events.step_grammar import ceasefire_step
from bot.events.step_words import (
    CONSENTS,
    ENDING,
    EXTENDING,
    HALT,
    NO_DEAL,
    RESTORES,
    RESUMES,
    is_told,
)
from bot.events.talk_readings import (
    PROPOSES_TALKS,
    SUSPENDS_TALKS,
    is_dated,
    is_hour_of_talks,
    of_talks,
)
from bot.types import Claim, Measure, Precision, Stance, TimeMeaning

#: Steps of a ceasefire itself.
CEASEFIRE = (
    "proposed",
    "accepted",
    "announced",
    "agreed",
    "effective",
    "extended",
    "extended_one",
    "suspended",
    "ended",
    "end_set",
    "expired",
)
#: A round that is over: one side says that it ended, the other that it was broken off.
TALKS_OVER = ("talks_ended", "talks_broken_off")
#: Steps of formal talks.
TALKS = ("talks_announced", *TALKS_OVER)
#: Breaches, told or counted.
BREACHES = ("breach_alleged", "breach_counted")
#: What follows on a step that is known: replies, hours, acts under an agreement.
SEQUELS = ("conditional", "rejected", "deal_denied", "start_set", "carried_out", "holds")
#: Words of those concerned or of others that are no event of their own.
NO_EVENT = ("called_for", "floated", "rumoured", "threat", "talks")
#: Fighting of this news, without a word on a ceasefire.
FIGHTING = ("attack", "toll", "offensive_announced")

#: Probability from which a reading counts as what a sentence states.
SURE = 0.5
#: Less than this is no reading at all.
LEAST = 0.1
#: What the grammar adds to a reading that it shares.
WORDED = 0.4
#: What ran out within this time before its report is news.
JUST = timedelta(hours=24)
#: A start this far ahead has not come.
AHEAD = timedelta(minutes=30)


def step_of(claim: Claim) -> str | None:
    """Return the step a claim states, by its name in this module, else None."""
    steps = steps_of(claim)
    best = max(steps, key=lambda step: (steps[step], step), default=None)
    return best if best is not None and steps[best] >= SURE else None


def steps_of(claim: Claim) -> dict[str, float]:
    """Return the steps a claim may state with how sure that is (0..1)."""
    ahead = starts_later(claim)
    stance = claim.attribution.stance
    worded = ceasefire_step(claim.quote, stance, started=not ahead)
    if claim.steps is None:
        return {worded: 1.0} if worded else {}
    found = dict(claim.steps)
    if worded:
        found[worded] = min(1.0, found.get(worded, 0.0) + WORDED)
    found = _worded(found, claim, ahead=ahead)
    found = _of_no_halt(of_talks(found, claim, worded), claim)
    if "history" in found and _has_just_ended(claim) and is_told("expired", claim.quote):
        pour(found, ("history",), "expired")
    if worded == "proposed":
        # Who has put it to somebody does not only think of it, or ask for it.
        pour(found, ("floated", "called_for"), "proposed")
    if EXTENSION.search(claim.quote):
        found = _as_extension(found, claim)
    found = _halting(_conditional(found, claim), claim, worded, ahead=ahead)
    if _OTHER_TERM.search(claim.quote):
        found.pop("expired", None)
    if is_hour_of_talks(claim):
        rename(found, "start_set", "talks_announced")
    if ahead:
        rename(found, "effective", "start_set")
    return _of_breaches(found, claim)


#: What a halt that will be kept again may be read as.
_RETURN = (*ENDING, *EXTENDING, "start_set", "effective", "threat", "holds")


def _worded(steps: dict[str, float], claim: Claim, *, ahead: bool) -> dict[str, float]:
    """Keep the steps for which the sentence has words, each under the name that these give it."""
    found = dict(steps)
    if RESTORES.search(claim.quote):
        pour(found, _RETURN if ahead else ENDING, "announced")
    if not is_told("breach_alleged", claim.quote):
        # Shots that no word sets against a halt are shots.
        pour(found, ("breach_alleged",), "attack")
    found = {
        step: sure for step, sure in found.items() if sure >= LEAST and is_told(step, claim.quote)
    }
    if NO_DEAL.search(claim.quote):
        pour(found, ("agreed", "accepted", "announced"), "deal_denied")
    return found


def _of_no_halt(steps: dict[str, float], claim: Claim) -> dict[str, float]:
    """Tell what is proposed or ordered where no halt is named: a round of talks, an offensive."""
    found = dict(steps)
    if HALT.search(claim.quote):
        return found
    if PROPOSES_TALKS.search(claim.quote):
        pour(found, ("proposed",), "talks_announced" if is_dated(claim) else "called_for")
    if _ORDERS.search(claim.quote):
        pour(found, ("announced", "attack"), "offensive_announced")
    return found


def _conditional(steps: dict[str, float], claim: Claim) -> dict[str, float]:
    """Make a condition of a yes that hangs on something, and a threat of such an end."""
    found = dict(steps)
    if _CONDITION.search(_PLEDGED.sub(" ", claim.quote)):
        pour(found, CONSENTS, "conditional")
    if _READY.search(claim.quote):
        pour(found, CONSENTS, "floated")
    if _IF.search(claim.quote):
        pour(found, ENDING, "threat")
    if claim.attribution.party is not None and _PRICE.search(claim.quote):
        pour(found, LOOSE, "conditional")
    return found


def _halting(
    steps: dict[str, float], claim: Claim, worded: str | None, *, ahead: bool
) -> dict[str, float]:
    """Tell what is suspended: a halt ("halts observance of the truce"), or only talks."""
    found = dict(steps)
    if RESUMES.search(claim.quote):
        if ahead:
            pour(found, _RETURN, "announced")
        else:
            pour(found, ("ended", "suspended", "extended", "announced"), "effective")
    if worded == "ended" and not _IF.search(claim.quote):
        # To declare a truce over is no declaration of one.
        pour(found, ("announced",), "ended")
    if worded == "suspended":
        pour(found, ("announced", "accepted", "agreed"), "suspended")
    if _SUSPENDS_ACTS.search(claim.quote):
        pour(found, ("suspended",), "carried_out")
    if "suspended" in found and SUSPENDS_TALKS.search(claim.quote):
        rename(found, "suspended", "talks_broken_off")
    return found


def _of_breaches(steps: dict[str, float], claim: Claim) -> dict[str, float]:
    """Tell a count of breaches from one, and a charge or a denial from an attack."""
    found = dict(steps)
    stance = claim.attribution.stance
    if stance is Stance.ACCUSES:
        if not _DECLARES.search(claim.quote):
            pour(found, ENDING, "breach_alleged")
        if "breach_alleged" in found:
            pour(found, ("attack",), "breach_alleged")
    if "breach_alleged" in found and counts_breaches(claim):
        rename(found, "breach_alleged", "breach_counted")
    if stance is Stance.DENIES:
        found = {_denied(step): sure for step, sure in found.items()}
    return found


#: Beside a charge, one's own end of it: "and said it was ending the truce".
_DECLARES = re.compile(
    r"\b(?:declar\w+|announc\w+|sa(?:id|ys) (?:that )?(?:it|they|he|she) (?:was|were|would|is|are)"
    r"|and (?:has |have )?(?:end|suspend|quit|withdr|scrap|tore|renounc|cancel|terminat)\w*)\b",
    re.IGNORECASE,
)


#: A yes to an extension is an extension, of one side or of both.
EXTENSION = re.compile(
    r"\b(?:extend\w*|extension|prolong\w*|renew\w*|longer (?:truce|cease-?fire|pause)|another (?:\w+ )?(?:days?|weeks?|months?)"
    r"|(?:further|additional|more) (?:\w+ )?(?:days?|weeks?|months?)"
    r"|(?:runs?|lasts?|holds?|continues?) (?:now )?until\b[^.;]{2,40}\binstead of"
    r"|(?:was|were) to (?:run out|end|expire)\b[^.;]{2,40}\b(?:instead|now) (?:run|last|hold|continue|go on)"
    r"|(?:truce|cease-?fire|pause|lull|halt|it) (?:is |was |will |would |to |now ){0,3}"
    r"(?:go(?:es|ing)?|runs?|lasts?|stays?|continues?|holds?) (?:on )?(?:past|beyond)"
    r"|(?:gets?|g[ai]ven?|granted) (?:another|one more|\w+ more) (?:day|week|hours|days|weeks)s?)\b",
    re.IGNORECASE,
)
#: A halt that is widened to more ground runs no longer: "extends its ceasefire to Rakhine".
_SPREADS = re.compile(
    r"\b[Ee]xten(?:d(?:s|ed|ing)?|sion of)\b[^.;,\d]{0,50}? to (?:(?:the|all of|include|cover) )?"
    r"(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Jan|Feb|Mar|Apr|May\b|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
    r"|Ramadan|Eid|Christmas|Easter|New Year|Id\b|Ashura|Nowruz|Orthodox)[A-Z]"
    r"|\b[Ee]xten(?:d(?:s|ed|ing)?|sion of)\b[^.;,\d]{0,40}? to (?:the )?(?:whole|rest of|entire|other)\b"
    r"[^.;]{0,20}\b(?:country|state|province|region|front|frontier|border|areas|sectors)\b"
)
_EXTENDING = {"accepted": "extended_one", "announced": "extended_one", "agreed": "extended"}


def _as_extension(steps: dict[str, float], claim: Claim) -> dict[str, float]:
    found: dict[str, float] = {}
    for step, sure in steps.items():
        name = _EXTENDING.get(step, step)
        found[name] = min(1.0, found.get(name, 0.0) + sure)
    if _SPREADS.search(claim.quote):
        pour(found, EXTENDING, "accepted")
    return found


#: Words that make a condition of a yes.
_CONDITION = re.compile(
    r"\bin principle\b"
    r"|\b(?:accept|agree|back|sign|welcom)\w*\b[^.;]{0,120}?,? but (?:\w+ ){0,4}?(?:will not|won['’]t|wants?|"
    r"only|insists?|demands?|not before|not until|expects?|sets?)\b"
    r"|\b(?:would|could|might|may) (?:only )?(?:accept|agree|sign|halt|stop|observe)\b"
    r"|\b(?:accept|agree|sign|halt|stop|observe)\w*\b[^.;]{0,80}?\b(?:if|provided that|on condition|unless|only when)\b",
    re.IGNORECASE,
)
#: Whoever is ready to say yes has not said it.
_READY = re.compile(
    r"\b(?:ready|prepared|willing) to (?:\w+ )?(?:accept|abide|observe|sign|agree|stop|halt|cease|join"
    r"|respect|honou?r|declare|extend)\b",
    re.IGNORECASE,
)
#: What a party asks for first, whatever its words are read as.
_PRICE = re.compile(
    r"\b(?:will|would|shall|can|could|do|does|did)(?:n['’]t| not)\b[^.;]{0,90}?\b(?:until|unless|before)\b"
    r"|\bno [\w ]{2,40}\b(?:until|unless|before)\b"
    r"|\b(?:so|as) long as\b|\bonly (?:if|when|once|after|in return|on condition|with (?:an? )?(?:\w+ )?guarantees?)\b"
    r"|\bwants?\b[^.;]{2,90}?\b(?:before|first)\b|\bwould have to\b[^.;]{2,60}?\bfirst\b"
    r"|\b(?:conditions?|price) (?:for|of|to|are|is)\b|\b(?:on (?:the )?condition|provided) that\b"
    r"|\b(?:names?|named|sets?|lists?|listed) (?:its|his|her|their|the|two|three) (?:conditions?|price|terms)\b",
    re.IGNORECASE,
)
#: Words that are no step of their own.
LOOSE = ("called_for", "floated", "threat", "opinion", "other", "rumoured")
#: An end that hangs on something is a threat.
_IF = re.compile(
    r"(?:^|[“\"‘(]|\b(?:that|and|but|said|warned|says|warns),? )(?:if|unless|should|as soon as|the moment)\b"
    r"|\b(?:over|finished|dead|end(?:ed)?|off)\b[^.;]{0,30}\b(?:if|unless|as soon as|the moment)\b",
    re.IGNORECASE,
)
#: "A day after Islamabad announced that it would stop firing": a pledge told, no condition.
_PLEDGED = re.compile(
    r"\b(?:announc|declar|pledg|promis|decid)\w+ (?:that )?(?:[\w’'-]+ ){0,6}?would\b(?![^.;,]*\b(?:if|unless|once)\b)"
    r"|\bsaid (?:that )?(?:[\w’'-]+ ){0,3}?(?:forces|troops|fighters|men|army|units|soldiers|guns) would\b"
    r"(?![^.;,]*\b(?:if|unless|once|only)\b)"
    # "said it accepted the plan and would halt operations", "said it would stop firing at six"
    r"|\b(?:accepted|agreed|approved|endorsed)\b[^.;]{0,80}?\band (?:it |they |he |she )?would\b"
    r"(?![^.;,]*\b(?:if|unless|once|only)\b)"
    r"|\bsaid\b[^.;,]{0,40}? (?:it|they|he|she|we) would (?:halt|stop|hold|cease|suspend|observe)\b"
    r"(?![^.;]*\b(?:if|unless|once|only|provided)\b)",
    re.IGNORECASE,
)
#: What has a term besides a halt: "let the ban on the party lapse".
_OTHER_TERM = re.compile(
    r"\b(?:bans?|curfews?|state of emergency|mandates?|licen[cs]es?|permits?|sanctions|embargo(?:es)?"
    r"|visas?|contracts?|ultimatums?|decrees?)\b[^.;]{0,60}?\b(?:laps|expir|r[au]n(?:s|ning)? out)\w*",
    re.IGNORECASE,
)
#: Whoever orders large strikes opens them.
_ORDERS = re.compile(
    r"\border(?:s|ed)\b(?:(?!\b(?:refrain|ceas|suspend|end|not)\w*)[^.;]){0,60}?\b(?:(?:large-scale|major|massive|new|wave of|series of) (?:[\w-]+ ){0,2}?"
    r"(?:strikes|attacks)|(?:[\w-]+ )?(?:campaign|offensive|assault|invasion|operation)\b)",
    re.IGNORECASE,
)
#: What is stopped is an act under the halt, and not the halt.
_SUSPENDS_ACTS = re.compile(
    r"\b(?:suspen\w+|paus\w+|fr(?:eez|oz)\w+|halt(?:s|ed|ing)?|stop(?:s|ped|ping)?|delay\w*|put off)"
    r"(?:(?!truce|cease-?\s?fire|observance|moratorium|participation)[^.;,]){0,40}?"
    r"\b(?:withdrawals?|pull-?outs?|pull-?backs?|redeployment|hand-?overs?|releases?|exchanges?|swaps?"
    r"|disarmament|demobili[sz]ation|deliver(?:y|ies)|evacuations?)\b",
    re.IGNORECASE,
)
#: "195 violations", "thirteen breaches", "truce breaches put at 31".
_MANY = (
    r"(?:(?!1\b)\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty"
    r"|forty|fifty|sixty|dozens?|scores|hundreds)"
)
_COUNT = re.compile(
    rf"\b(?:violated|breached|broken|broke)\b[^.;]{{0,60}}?\b{_MANY} times\b|"
    rf"\b{_MANY}\b[^.;]{{0,40}}?\b(?:violations|breaches|infringements)\b"
    rf"|\b(?:violations|breaches|infringements)\b[^.;]{{0,15}}?\b(?:at|to|reach\w*|total\w*|number\w*) {_MANY}\b",
    re.IGNORECASE,
)


def counts_breaches(claim: Claim) -> bool:
    """Tell whether a sentence states a number of breaches."""
    counted = any(f.measure is Measure.VIOLATIONS and (f.low or 0) > 1 for f in claim.figures)
    return counted or bool(_COUNT.search(claim.quote))


def _has_just_ended(claim: Claim) -> bool:
    """Tell whether the end of a halt is stated, to the hour, and has come within the last day."""
    ends = (t for t in claim.times if t.meaning is TimeMeaning.EXPIRY)
    return any(
        t.precision is not Precision.DAY and claim.at - JUST < t.end <= claim.at for t in ends
    )


def starts_later(claim: Claim) -> bool:
    """Tell whether a start is stated that lies ahead."""
    return any(
        t.meaning is TimeMeaning.EFFECTIVE and t.start > claim.at + AHEAD for t in claim.times
    )


def _denied(step: str) -> str:
    """Return what a step is in the mouth of somebody who denies it."""
    if step in BREACHES:
        return "breach_denied"
    return "deal_denied" if step in (*CEASEFIRE, *TALKS) else step
