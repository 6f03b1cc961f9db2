"""Rounds of talks as reports name them, and papers that only open the way to a halt. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.events.head import title_and_lead
from bot.events.roles import names_mediator
from bot.packs import Pack
from bot.types import Claim

#: Meetings that carry an agreement out are no round of talks.
IMPLEMENTING = re.compile(
    r"\b(?:informal(?:ly)?|liaison|technical)\b[^.;]{0,30}\b(?:meet\w*|met|talks|contacts?)\b"
    r"|\bmeet\w* informally\b|\b(?:first|next|last|one) (?:of the )?(?:steps?|stages?)\b[^.;]{0,25}"
    r"\b(?:laid down|provided for|foreseen|set out|agreed)\b"
    r"|\bcarr(?:y|ies|ied|ying) out (?:the |a )?(?:(?:first|second|next|last|main|practical) )*"
    r"(?:points?|steps?|parts?|clauses?|provisions?|terms?) of\b",
    re.IGNORECASE,
)


#: What is signed only opens the way: "two weeks to negotiate a ceasefire", "this is not a truce".
NO_HALT_YET = re.compile(
    r"\b(?:to|will|would) (?:negotiate|discuss|work out|conclude|reach) (?:an?|the) (?:[\w-]+ ){0,2}?"
    r"(?:truce|cease-?fire)\b|\bis (?:not|no|not yet) (?:an? )?(?:truce|cease-?fire)\b"
    r"|\bnot (?:to|on) (?:an? |the )?(?:[\w-]+ )?(?:truce|cease-?fire)\b"
    r"|\b(?:unable|failed?) to (?:agree|settle) (?:on )?(?:an? |the )?(?:[\w-]+ )?(?:truce|cease-?fire)\b"
    r"|\bno (?:accord|agreement|deal|word) (?:on|of) (?:an? |the )?(?:[\w-]+ )?(?:truce|cease-?fire)\b"
    r"|\b(?:truce|cease-?fire)\b[^;]{0,12}\b(?:there is none|it is not)\b"
    r"|\b(?:truce|cease-?fire)\b (?:(?:is|was|are) )?(?:still |yet )?to be "
    r"(?:negotiated|agreed|discussed|worked out|settled)\b"
    r"|\b(?:does|did|do) not (?:itself )?(?:contain|include|provide for|amount to|mean|bring)"
    r" (?:an? |the )?(?:[\w-]+ ){0,2}?(?:truce|cease-?fire)\b",
    re.IGNORECASE,
)


#: Words of arms and their silence, one of which every report of a halt has in title or lead; or of
#: the paper on which both have been asked for an answer.
OF_ARMS = re.compile(
    r"\b(?:truces?|cease-?\s?fires?|armistice|paus\w+|lulls?|halt\w*|stop\w*|cessation|moratorium"
    r"|hostilit\w+|fir(?:e|ing)|fight\w*|shoot\w*|guns?|wars?|peace\w*|attacks?|strikes?|operations?"
    r"|offensive|withdr\w+|pull\w*|de-?escalat\w+|weapons|arms|disarm\w*|calm\w*|quiet\w*|silen\w+"
    r"|violence|surrender\w*|capitulat\w+|respite|bombard\w*|shell\w*|raids?|sieges?|corridors?"
    r"|evacuat\w+|stand-?(?:still|down)|freeze|disengag\w+|proposals?|plans?|drafts?|terms|text"
    r"|formula|outline|initiative|use of force|papers?|documents?)\b",
    re.IGNORECASE,
)


_CLOSES = re.compile(
    r"\b(?:clos|conclud|end|wound up|wrapp)\w*\b[^.;]{0,40}\b(?:rounds?|talks|negotiations|session)\b"
    r"|\b(?:rounds?|talks|negotiations|session)\b[^.;]{0,30}\b(?:closed|concluded|ended|over)\b",
    re.IGNORECASE,
)


def closes_talks(claim: Claim) -> bool:
    return _CLOSES.search(claim.quote) is not None


#: What a round of talks is called; a cabinet may meet on the war, too.
NAMED = re.compile(
    r"\b(?:talks|negotiat\w+|rounds?|delegat\w+|dialogue|conference|summit|envoys?|mediators?"
    r"|jirga|sitting|session|parley)\b",
    re.IGNORECASE,
)


#: What a report calls it below its head, where a cabinet may have a session, too.
ROUND = re.compile(r"\b(?:talks|negotiat\w+|delegat\w+)\b", re.IGNORECASE)


def is_between(spoken: Claim, head: Sequence[Claim], pack: Pack) -> bool:
    """Tell whether talks are named, and both sides, or one of them and a mediator."""
    named = {party for c in head for party in c.parties}
    told = any(NAMED.search(c.quote) for c in (spoken, *title_and_lead(head)))
    hosted = any(names_mediator(c.quote, pack) for c in head)
    return told and len(named) + hosted > 1
