"""Which parties take the step that the head of a report tells; the step by their number. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.events.deeds import signers_in
from bot.events.head import in_order, titles_of
from bot.events.joint import is_joint
from bot.events.roles import in_own_words, role_of
from bot.events.status import Role
from bot.events.step_words import CONSENTS, ENDING, EXTENDING
from bot.events.steps import BREACHES, CEASEFIRE, FIGHTING, step_of
from bot.events.takers import attackers_of, parties_in, takers_of, told_one_by_one
from bot.packs import Pack
from bot.types import Claim

#: Steps that both parties take by saying so. Nobody's word is needed where a report names both.
PERFORMED = ("agreed", *EXTENDING)


#: Steps that one report may give two names.
FAMILIES = (("accepted", "announced", "agreed"), EXTENDING)


def family_of(step: str | None) -> tuple[str | None, ...]:
    """Return the names that one report may give a step, itself among them."""
    return next((f for f in FAMILIES if step in f), (step,))


def consenting(head: Sequence[Claim]) -> set[str]:
    """Return the parties whose own people say yes in the head of one report."""
    return {
        c.attribution.party
        for c in head
        if c.attribution.party is not None and step_of(c) in ("accepted", "agreed", "extended_one")
    }


def step_by_takers(
    step: str | None, takers: Sequence[str], missing: Collection[str] = ()
) -> str | None:
    """Return the step by who takes it: one party's yes is no agreement yet, both parties' is.

    Args:
        missing: parties said not to have signed; a paper that lacks one binds only the others.
    """
    if step == "agreed" and (len(takers) == 1 or missing):
        return "accepted"
    joint = {"accepted": "agreed", "extended_one": "extended"}
    return joint.get(step or "", step) if len(takers) > 1 and not missing else step


def takers_in_head(
    spoken: Claim, step: str | None, head: Sequence[Claim], pack: Pack
) -> tuple[str, ...]:
    """Return who takes the step: who agrees, declares, ends; or who is said to attack."""
    if step in (*FIGHTING, *BREACHES):
        return attackers_of((spoken, *in_order(head)), pack, charged=step in BREACHES)
    if step not in CEASEFIRE:
        return ()
    others = [c for c in in_order(head) if c.id != spoken.id]
    # An extension is told of one side here, of both there; the words of both count.
    same = EXTENDING if step in EXTENDING else (step,)
    stating = [c for c in others if step_of(c) in same]
    signers = signers_in(head, pack) if step in ENDING else ()
    if len(signers) == 1 and in_own_words(spoken):
        return signers  # a decree told word by word: who signed it has taken the step
    takers = takers_of((spoken, *stating), step, pack) or _sole_party(spoken, stating, head, pack)
    if step in PERFORMED and len(pack.parties) == 2 and is_joint((spoken, *stating)):
        takers = tuple(p.id for p in pack.parties)  # one names one side, the statement is of both
    if step not in CONSENTS or len(takers) > 1:
        return takers
    if role_of(spoken, pack) is Role.PARTY and len(consenting(head)) > 1:
        return tuple(p.id for p in pack.parties if p.id in consenting(head))
    if role_of(spoken, pack) is not Role.MEDIATOR:
        return takers
    # "Ardovia had said yes. As of tonight, so has Selmara": a mediator tells of one after another.
    told = [c for c in others if step_of(c) in CONSENTS and role_of(c, pack) is Role.MEDIATOR]
    each = [
        (*takers_of((c,), step or "", pack), *told_one_by_one(c, pack)) for c in (spoken, *told)
    ]
    more = {*takers, *(taker for one in each for taker in one)}
    return tuple(p.id for p in pack.parties if p.id in more)


def _sole_party(
    spoken: Claim, stating: Sequence[Claim], head: Sequence[Claim], pack: Pack
) -> tuple[str, ...]:
    """Return the one party that the title and the sentences of the step speak of, by any name.

    A step of one side whose sentences name nobody is that of the one party in the head.
    """
    named = _acting((spoken, *stating, *titles_of(head)), pack)
    if not named and spoken.sides == "one":
        named = _acting(head, pack)
    return tuple(named) if len(named) == 1 else ()


def _acting(claims: Sequence[Claim], pack: Pack) -> set[str]:
    """Return the parties named, but for a land in which something happens, or whose rebels act."""
    return {party for c in claims for *_, party in parties_in(c.quote, pack)}
