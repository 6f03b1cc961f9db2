"""The head of a report: which of its claims count, and which step they report together. Pure.

News writes the new thing first, so the lead weighs most, then the headline, then what follows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.claims.datelines import dateline_end
from bot.events.roles import SPOKESMEN, role_of
from bot.events.status import Role
from bot.events.step_words import CONSENTS, ENDING
from bot.events.steps import (
    BREACHES,
    CEASEFIRE,
    FIGHTING,
    SURE,
    TALKS,
    starts_later,
    step_of,
    steps_of,
)
from bot.packs import Pack
from bot.types import Claim, Stance

#: Claims of the body that count as its lead.
LEAD = 4
#: What the claims of the body weigh when an entry's step is read: news writes the new thing first.
WEIGHTS = (1.0, 0.7, 0.5, 0.4)
TITLE_WEIGHT = 0.95
#: From this total on a charge outranks the fighting it is about.
CHARGED = 0.4
#: From this total on a step is told, also beside sentences that tell none.
PLAIN = 0.7
#: Steps that bring a halt about, of which an hour is a detail.
HALTS = (*CONSENTS, "extended")
#: How much further claims that state the same step add to the first.
SECOND = 0.5


def is_head(claim: Claim, claims: Sequence[Claim]) -> bool:
    if claim.field != "text":
        return True
    body = [c for c in claims if c.field == "text" and _is_sentence(c.quote)]
    return claim in body[:LEAD] and claim.start < 1500


#: Who wrote it, on a line of its own above the lead.
_BYLINE = re.compile(
    r"(?:[\w’'.-]+(?: [\w’'.-]+)?, )?(?:from|by) (?:our|a) [\w ,’'-]{0,40}\.?$"
    r"|(?:special|exclusive) to (?:the )?[A-Z][\w ’'.-]{2,40}$|by (?:[A-Z][\w’'.-]+ ?){2,4}$",
    re.IGNORECASE,
)


def _is_sentence(quote: str) -> bool:
    """Datelines that were split off ("BAKU, September 21 - RIA Novosti.") are no sentences."""
    if _BYLINE.match(quote):
        return False
    plain = [word for word in quote.split() if word[:1].islower()]
    return len(plain) >= 2 and dateline_end(quote) < len(quote)


def main_claim(head: Sequence[Claim], pack: Pack) -> tuple[Claim, str | None]:
    """Return the claim that says most plainly what happened, and the step it states."""
    order = in_order(head)
    denial = [c for c in order[:2] if c.attribution.stance is Stance.DENIES]
    weights = _weights(head)
    if denial:
        return denial[0], _denied_step(denial[0], order, weights)
    step = _told_step(order, weights)
    if step is None:
        return order[0], None
    stating = sorted(
        (c for c in order if step in steps_of(c)),
        key=lambda c: -weights[c.id] * steps_of(c)[step],
    )
    spoken = [c for c in stating if role_of(c, pack) in (*SPOKESMEN, Role.BOTH)]
    return next(iter((*spoken, *stating))), step


def titles_of(head: Sequence[Claim]) -> list[Claim]:
    """Return the claims of the title."""
    return [c for c in head if c.field == "title"]


def title_and_lead(head: Sequence[Claim]) -> list[Claim]:
    """Return the claims of the title and the first one of the text."""
    return titles_of(head) + _lead(head)


def opening(head: Sequence[Claim]) -> list[Claim]:
    """Return the claims of title and summary, and the first one of the text."""
    return [c for c in head if c.field != "text"] + _lead(head)


def in_order(head: Sequence[Claim]) -> list[Claim]:
    """Return the lead first, then the title, then the rest."""
    order = _lead(head) + titles_of(head)
    return [*order, *(c for c in head if c not in order)]


def _lead(head: Sequence[Claim]) -> list[Claim]:
    return [c for c in head if c.field == "text"][:1]


def _weights(head: Sequence[Claim]) -> dict[str, float]:
    body = [c for c in head if c.field == "text"]
    weights = {c.id: WEIGHTS[min(n, len(WEIGHTS) - 1)] for n, c in enumerate(body)}
    summary = WEIGHTS[1] if body else WEIGHTS[0]
    return weights | {
        c.id: TITLE_WEIGHT if c.field == "title" else summary for c in head if c.field != "text"
    }


#: What is told of a thing rather than the thing.
_MADE_OF_IT = ("other", "floated", "opinion", "rumoured")


def _told_step(order: Sequence[Claim], weights: Mapping[str, float]) -> str | None:
    """Return the step that the entry as a whole reports.

    What is charged or declared outranks the shots it is about: an attack that somebody calls a
    breach is a breach, and an offensive that takes a ceasefire's place ends it.
    """
    totals = _totals(order, weights)
    if not totals:
        return None
    best = max(totals, key=lambda step: (totals[step], step))
    if best in _MADE_OF_IT:
        # A headline may tell of what somebody made of it; the lead says what happened.
        others = [s for s in totals if s != best] if best == "other" else list(CONSENTS)
        plain = [s for s in others if totals.get(s, 0.0) >= PLAIN]
        best = max(plain, key=lambda step: totals[step], default=best)
    if best == "effective" and starts_later(order[0]):
        best = "start_set"  # "Truce reached in Arvel": it begins at six, says the lead
        totals = {**totals, best: totals.get(best, 0.0) + totals["effective"]}
    if best == "start_set":
        # An hour is a detail of the halt that is agreed on in the same report.
        agreed = [s for s in HALTS if totals.get(s, 0.0) >= PLAIN]
        best = max(agreed, key=lambda step: totals[step], default=best)
    if best in TALKS:
        # "Talks end without accord, but the truce is extended": the halt is the graver news.
        moved = [s for s in MOVES if totals.get(s, 0.0) >= PLAIN and _opens_with(s, order)]
        best = max(moved, key=lambda step: totals[step], default=best)
    if best == "holds":
        # That it holds is no news beside a step that is taken.
        taken = [s for s in CEASEFIRE if totals.get(s, 0.0) >= PLAIN]
        best = max(taken, key=lambda step: totals[step], default=best)
    if best in (*FIGHTING, "holds"):
        graver = [s for s in ENDING if totals.get(s, 0.0) >= SURE]
        graver = graver or [s for s in BREACHES if totals.get(s, 0.0) >= CHARGED]
        best = max(graver, key=lambda step: totals[step], default=best)
    return best if totals[best] >= (CHARGED if best in BREACHES else SURE) else None


#: Moves of a halt that are graver news than the talks they come from.
MOVES = ("extended", "suspended", "ended", "effective")


def _opens_with(step: str, order: Sequence[Claim]) -> bool:
    """Tell whether lead or title tell a step, or tell it beside another."""
    return any(steps_of(claim).get(step, 0.0) >= CHARGED for claim in order[:2])


def readings_of(head: Sequence[Claim]) -> dict[str, float]:
    """Return how plainly the head as a whole tells each step: a sum that grows, not a share."""
    return _totals(in_order(head), _weights(head))


def _totals(order: Sequence[Claim], weights: Mapping[str, float]) -> dict[str, float]:
    told: dict[str, list[float]] = {}
    for claim in order:
        for step, sure in steps_of(claim).items():
            told.setdefault(step, []).append(sure * weights[claim.id])
    return {step: _total(shares) for step, shares in told.items()}


def _denied_step(denial: Claim, order: Sequence[Claim], weights: Mapping[str, float]) -> str | None:
    """Return what is denied, as the entry as a whole has it: a breach, or a deal."""
    totals = {
        step: sum(weights[c.id] * steps_of(c).get(step, 0.0) for c in order)
        for step in ("breach_denied", "deal_denied")
    }
    best = max(totals, key=lambda step: (totals[step], step))
    return best if totals[best] >= SURE else step_of(denial)


def _total(shares: Sequence[float]) -> float:
    ranked = sorted(shares, reverse=True)
    return ranked[0] + SECOND * sum(ranked[1:])
