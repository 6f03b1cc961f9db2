"""Whether somebody calls a step untrue, or refuses it. Pure."""

from __future__ import annotations

from bot.events.steps import step_of
from bot.types import Claim, Stance

#: What nobody says who tells of a step that is taken.
DISSENTS = ("deal_denied", "breach_denied")


def dissents(claim: Claim) -> bool:
    """Tell whether somebody calls it untrue, or refuses."""
    refuses = claim.attribution.stance in (Stance.DENIES, Stance.REJECTS)
    return refuses or step_of(claim) in DISSENTS
