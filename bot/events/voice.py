"""Whose words the trigger of a report are, where its own sentence names nobody of weight. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.events.dissent import DISSENTS
from bot.events.head import in_order
from bot.events.roles import SPOKESMEN, role_of
from bot.events.status import Role
from bot.events.step_takers import family_of
from bot.events.steps import CEASEFIRE, SURE, step_of
from bot.packs import Pack
from bot.types import Claim, Stance


def _reads_as(claim: Claim, steps: Sequence[str | None]) -> bool:
    """Tell whether a model reads one of the steps in a sentence, whatever its words."""
    return any((claim.steps or {}).get(step or "", 0.0) >= SURE for step in steps)


#: What is set for the future is told as much as what has been done.
_TELLING = (Stance.ASSERTS, Stance.PLANS)


def _agree(one: Stance, other: Stance) -> bool:
    return one is other or (one in _TELLING and other in _TELLING)


def with_speaker(main: Claim, step: str | None, head: Sequence[Claim], pack: Pack) -> Claim:
    """Give a trigger without a speaker of weight the one that the head names for the same news."""
    if main.attribution.speaker is not None and role_of(main, pack) in SPOKESMEN:
        return main
    order = in_order(head)
    if step in CEASEFIRE:
        # A name that the pack knows before "Congo's president" in the summary.
        order.sort(key=lambda c: role_of(c, pack) not in (Role.BOTH, *SPOKESMEN))
    for claim in order:
        a = claim.attribution
        if a.speaker is None or not _agree(a.stance, main.attribution.stance):
            continue
        if step in CEASEFIRE and step_of(claim) in DISSENTS:
            continue  # "Norland congratulated both; Halvia said there was no agreement yet"
        if main.attribution.speaker is None and set(main.labels) & set(claim.labels):
            return replace(main, attribution=a)
        # "The cabinet has accepted, the prime minister's office said" in the title alone.
        family = family_of(step)
        own = main.attribution.anonymous and a.party == main.attribution.party is not None
        family = (*family, "start_set") if own else family  # "Hamas says", beside its nameless man
        same = step in CEASEFIRE and (step_of(claim) in family or _reads_as(claim, family))
        if same and role_of(claim, pack) in (Role.BOTH, *SPOKESMEN):
            return replace(main, attribution=a)
    return main
