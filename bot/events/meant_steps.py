"""Which step the head of a report means, beyond what its plainest sentence is read as. Pure.

A sentence alone says "they have signed"; the sentences beside it say that both have, that nothing
was signed on the fighting, or that a mediator knows of no deal.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from bot.claims.where.elsewhere import strangers_in
from bot.claims.where.evidence import scale_of
from bot.events.head import in_order, main_claim, opening, title_and_lead, titles_of
from bot.events.joint import is_joint
from bot.events.past import is_old
from bot.events.roles import role_of
from bot.events.rounds import IMPLEMENTING, NO_HALT_YET, OF_ARMS, closes_talks
from bot.events.status import Role
from bot.events.step_words import CONSENTS
from bot.events.steps import TALKS, counts_breaches, starts_later, step_of
from bot.events.taking_up import TAKING_UP
from bot.packs import Pack
from bot.types import Claim

Head = Sequence[Claim]


def meant_step(head: Head, pack: Pack) -> tuple[Claim, str | None]:
    """Return the claim that says most plainly what happened, and the step that the head means."""
    main, step = main_claim(head, pack)
    if step in _UNCLEAR and any(_ON_HOLD.search(c.quote) for c in title_and_lead(head)):
        return main, "suspended"
    if step in TALKS and any(IMPLEMENTING.search(c.quote) for c in head):
        step = "carried_out"
    if step == "accepted" and any(map(_is_signed_by_both, title_and_lead(head))):
        step = "agreed"  # "they have agreed, she said; the paper was signed on behalf of both"
    if step == "agreed" and _is_of_no_halt(head):
        closing = next((c for c in in_order(head) if closes_talks(c)), None)
        return (closing, "talks_ended") if closing else (main, "rumoured")
    rule = _MEANT.get(step or "")
    return main, rule(main, head, pack) or step if rule else step


def _agreed(main: Claim, head: Head, pack: Pack) -> str | None:
    """Nothing is agreed that a mediator knows nothing of."""
    outsider = role_of(main, pack) is not Role.MEDIATOR
    denied = outsider and any(_is_denied_by_mediator(c, pack) for c in head)
    return "rumoured" if denied else None


def _accepted(main: Claim, head: Head, pack: Pack) -> str | None:
    """A yes to something else: a party's verdict, a resignation."""
    return None if _is_of_arms(head) else "other"


def _called_for(main: Claim, head: Head, pack: Pack) -> str | None:
    """A council puts a halt to both where it names the hour, or where the lead says so."""
    first = in_order(head)[0]
    puts = any(map(starts_later, head)) or step_of(first) == "proposed"
    return "proposed" if puts and role_of(main, pack) is Role.MEDIATOR else None


def _announced(main: Claim, head: Head, pack: Pack) -> str | None:
    """An order that goes on is no new one: "our orders stand, whatever the others do"."""
    return "holds" if any(_STANDS.search(c.quote) for c in head) else None


def _offensive(main: Claim, head: Head, pack: Pack) -> str | None:
    """What a general tells of the last offensive, or of this one's end, opens no other."""
    over = any(_GOAL_REACHED.search(c.quote) for c in title_and_lead(head))
    return "attack" if over or is_old(main) else None


def _attack(main: Claim, head: Head, pack: Pack) -> str | None:
    """A place may change hands by agreement: "the force took the school over, as foreseen"."""
    carried = any(step_of(c) == "carried_out" for c in head)
    peaceful = not any(_BLOW.search(c.quote) for c in title_and_lead(head))
    return "carried_out" if carried and peaceful else None


def _counted(main: Claim, head: Head, pack: Pack) -> str | None:
    return None if any(map(counts_breaches, head)) else "breach_alleged"


def _other(main: Claim, head: Head, pack: Pack) -> str | None:
    """A title that paints a scene, over the act that the lead puts under an agreement."""
    return "carried_out" if any(map(_is_act_under_deal, opening(head))) else None


#: By step: the rule that returns what else its head means, or None.
_MEANT: Mapping[str, Callable[[Claim, Head, Pack], str | None]] = {
    "agreed": _agreed,
    "accepted": _accepted,
    "called_for": _called_for,
    "announced": _announced,
    "offensive_announced": _offensive,
    "attack": _attack,
    "breach_counted": _counted,
    "other": _other,
}

#: Steps of sentences that may say what has been agreed to, below a lead that paints a scene.
_YES = (*CONSENTS, "start_set")
#: Steps of sentences beside a title that says plainly what becomes of the halt.
_UNCLEAR = (None, "other", "proposed", "called_for", "rumoured", "opinion")
_HALT = r"(?:cease-?\s?fire|truce|armistice|moratorium|cessation of hostilities)"
_ON_HOLD = re.compile(
    rf"\bputs? (?:[\w-]+ ){{0,3}}?{_HALT}\b[^.;,]{{0,40}}? on (?:hold|ice)\b"
    rf"|\bput(?:s|ting)? on (?:hold|ice) (?:[\w-]+ ){{0,3}}?{_HALT}\b",
    re.IGNORECASE,
)
_STANDS = re.compile(
    r"\b(?:orders?|instructions?|ceasefire|cease-?\s?fire|truce|pause|moratorium)\b"
    r"(?: (?!not\b)\w+){0,2}? (?:stands?|remains? (?:valid|unchanged|in force|in place)"
    r"|(?:have|has) not (?:been )?changed)\b",
    re.IGNORECASE,
)
_GOAL_REACHED = re.compile(
    r"\b(?:offensive|assault|operation|push|campaign)\b[^.;]{0,80}?"
    r"\b(?:reach|achiev|attain|met|accomplish)\w* (?:its|all|all its|their) "
    r"(?:goals?|objectives?|aims?|targets?)\b",
    re.IGNORECASE,
)
#: Shots and victims.
_BLOW = re.compile(
    r"\b(?:fir(?:e|ed|ing)|shell\w*|bomb\w*|kill\w*|wound\w*|clash\w*|attack\w*|assault\w*|storm\w*"
    r"|rockets?|mortars?|shot|shots|raid\w*|strikes?|struck)\b",
    re.IGNORECASE,
)
#: What is to follow the signing hangs on it.
_WHEN_SIGNED = re.compile(r"\b(?:when|once|if|until|unless|after|before)\b", re.IGNORECASE)
#: What those do, right behind their name, who come to an agreement.
_AGREE = re.compile(
    r"(?:['’]s)?(?: [\w-]+){0,2}? (?:sign|agree|reach|initial|strike|struck|conclude)\w*\b",
    re.IGNORECASE,
)


def _is_of_no_halt(head: Head) -> bool:
    """Tell whether what both have signed leaves the fighting for later, or out."""
    later = any(NO_HALT_YET.search(c.quote) for c in head)
    return later or not _is_of_arms(head)


def _is_of_arms(head: Head) -> bool:
    """Tell whether arms or the paper on them are named where the head opens or tells of the yes."""
    first = opening(head)
    telling = (c for c in head if c in first or step_of(c) in _YES)
    return any(OF_ARMS.search(c.quote) for c in telling)


def is_of_strangers(head: Head, pack: Pack) -> bool:
    """Tell whether the title has a land agree that has no part in this conflict."""
    own = scale_of(pack).homelands
    return any(
        _AGREE.match(c.quote, end) for c in titles_of(head) for _, end in strangers_in(c.quote, own)
    )


def _is_signed_by_both(claim: Claim) -> bool:
    joint = step_of(claim) == "agreed" and is_joint([claim])
    return joint and _WHEN_SIGNED.search(claim.quote) is None


def _is_act_under_deal(claim: Claim) -> bool:
    told = step_of(claim) == "carried_out"
    return told and TAKING_UP["under_deal"].search(claim.quote) is not None


def _is_denied_by_mediator(claim: Claim, pack: Pack) -> bool:
    return step_of(claim) == "deal_denied" and role_of(claim, pack) is Role.MEDIATOR
