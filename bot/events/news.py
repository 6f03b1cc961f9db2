"""What an entry brings: its trigger claims, read from title and lead. Pure.

News writes the new thing first; what stands further down is told again, or is background.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.claims.where.datelines import dateline_end
from bot.events.roles import role_of
from bot.events.status import Role
from bot.events.steps import BREACHES, CEASEFIRE, FIGHTING, SURE, TALKS, step_of, steps_of
from bot.events.takers import attackers_of, takers_of
from bot.events.terms import with_meant_times
from bot.packs import Pack
from bot.types import (
    Claim,
    Figure,
    Measure,
    Polarity,
    Precision,
    Scope,
    Stance,
    TimeMeaning,
    TimeSpan,
)

#: Claims of the body that count as its lead.
LEAD = 4
#: What the claims of the body weigh when an entry's step is read: news writes the new thing first.
WEIGHTS = (1.0, 0.7, 0.5, 0.4)
TITLE_WEIGHT = 0.95
#: From this total on a charge outranks the fighting it is about.
CHARGED = 0.4
#: How much further claims that state the same step add to the first.
SECOND = 0.5

PROTECTED = re.compile(
    r"\b(?:hospitals?|clinic|ambulances?|embass(?:y|ies)|consulate|aid (?:convoys?|trucks?|workers?|lorr(?:y|ies)|"
    r"centre|center|site|distribution)|food (?:convoy|distribution)|peacekeep\w+|UNIFIL|UN (?:base|post|convoy|school|compound|"
    r"peacekeepers?)|Red C(?:ross|rescent)|refugee camp|displacement camp|nuclear (?:power )?plant)\b"
)
HIT = re.compile(
    r"\b(?:hit|hits|struck|strikes?|shell(?:s|ed|ing)|attack(?:s|ed)?|bomb(?:s|ed|ing)|fir(?:ed|e|ing)|killed|kills|damaged?|"
    r"destroyed?|came under fire|under fire|raid(?:s|ed)?|storm(?:s|ed)|targeted|ambush\w*|shot)\b",
    re.IGNORECASE,
)


#: Words of armed conflict; victims without any of them are of crime or accident.
WAR = re.compile(
    r"\b(?:army|armed forces|troops|soldiers?|shell(?:s|ed|ing|fire)?|artillery|rockets?|missiles?|drones?|"
    r"air ?strikes?|strikes?|struck|bomb(?:s|ed|ing|ardment)|mortars?|offensive|militants?|rebels?|militia|fighters|"
    r"paramilitar\w+|insurgents?|clash(?:es|ed)?|front ?line|combat|military|raid(?:s|ed)?|ceasefire|truce|"
    r"forces|assault|invasion|blitz|incursion|occupation|hostilities|gunships?|warplanes?|jets|snipers?|"
    r"gunners|landmines?|siege)\b",
    re.IGNORECASE,
)


#: Meetings that carry an agreement out are no round of talks.
IMPLEMENTING = re.compile(
    r"\b(?:informal(?:ly)?|liaison|technical)\b[^.;]{0,30}\b(?:meet\w*|met|talks|contacts?)\b"
    r"|\bmeet\w* informally\b|\b(?:first|next|last|one) (?:of the )?(?:steps?|stages?)\b[^.;]{0,25}"
    r"\b(?:laid down|provided for|foreseen|set out|agreed)\b",
    re.IGNORECASE,
)
#: Steps that both parties take by saying so. Nobody's word is needed where a report names both.
PERFORMED = ("agreed", "extended")
#: Steps that one report may give two names.
FAMILIES = (("accepted", "announced", "agreed"), ("extended", "extended_one"))
#: Those whose word moves a ceasefire.
SPOKESMEN = (Role.PARTY, Role.MEDIATOR, Role.MONITOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One piece of news in an entry."""

    trigger: Claim
    claims: tuple[Claim, ...]  #: the trigger first, then what belongs to it
    step: str | None
    role: Role
    figures: tuple[tuple[Figure, str | None], ...]
    takers: tuple[str, ...] = ()  #: ids of the parties that take the step
    beside: tuple[Claim, ...] = ()  #: the trigger and the two sentences next to it, said or not
    protected: bool = False

    @property
    def of_war(self) -> bool:
        """Tell whether the words speak of armed conflict; further down they may only compare."""
        return any(WAR.search(c.quote) for c in self.beside)

    @property
    def denies(self) -> bool:
        """Tell whether the trigger calls something untrue."""
        return self.trigger.attribution.stance is Stance.DENIES

    @property
    def killed(self) -> int:
        """Return the stated number of killed; 0 when none is stated."""
        stated = [
            f.low or 0
            for f, _ in self.figures
            if f.measure is Measure.KILLED and f.polarity is Polarity.ASSERTED
        ]
        return max(stated, default=0)


def read_news(claims: Sequence[Claim], pack: Pack) -> tuple[News, ...]:
    """Return what the claims of one conflict bring, the main piece first."""
    head = [c for c in claims if c.background is None and _is_head(c, claims)]
    if not head:
        return ()
    steps = {c.id: step_of(c) for c in head}
    main, step = _main(head, pack)
    if step in TALKS and any(IMPLEMENTING.search(c.quote) for c in head):
        step = "carried_out"
    found = [_news(main, step, head, pack, _later(claims, head, step))]
    if found[0].step not in TALKS:
        found += _further_talks(head, steps, main, pack)
    return tuple(found)


def _is_head(claim: Claim, claims: Sequence[Claim]) -> bool:
    if claim.field != "text":
        return True
    body = [c for c in claims if c.field == "text" and _is_sentence(c.quote)]
    return claim in body[:LEAD] and claim.start < 1500


def _is_sentence(quote: str) -> bool:
    """Datelines that were split off ("BAKU, September 21 - RIA Novosti.") are no sentences."""
    plain = [word for word in quote.split() if word[:1].islower()]
    return len(plain) >= 2 and dateline_end(quote) < len(quote)


def _main(head: Sequence[Claim], pack: Pack) -> tuple[Claim, str | None]:
    """Return the claim that says most plainly what happened, and the step it states."""
    order = _in_order(head)
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
    spoken = [c for c in stating if role_of(c, pack) in SPOKESMEN]
    return next(iter((*spoken, *stating))), step


def _in_order(head: Sequence[Claim]) -> list[Claim]:
    """Return the lead first, then the title, then the rest."""
    lead = [c for c in head if c.field == "text"][:1]
    order = [*lead, *(c for c in head if c.field == "title")]
    return [*order, *(c for c in head if c not in order)]


def _weights(head: Sequence[Claim]) -> dict[str, float]:
    body = [c for c in head if c.field == "text"]
    weights = {c.id: WEIGHTS[min(n, len(WEIGHTS) - 1)] for n, c in enumerate(body)}
    summary = WEIGHTS[1] if body else WEIGHTS[0]
    return weights | {
        c.id: TITLE_WEIGHT if c.field == "title" else summary for c in head if c.field != "text"
    }


def _told_step(order: Sequence[Claim], weights: Mapping[str, float]) -> str | None:
    """Return the step that the entry as a whole reports.

    What is charged or declared outranks the shots it is about: an attack that somebody calls a
    breach is a breach, and an offensive that takes a ceasefire's place ends it.
    """
    told: dict[str, list[float]] = {}
    for claim in order:
        for step, sure in steps_of(claim).items():
            told.setdefault(step, []).append(sure * weights[claim.id])
    if not told:
        return None
    totals = {step: _total(shares) for step, shares in told.items()}
    best = max(totals, key=lambda step: (totals[step], step))
    if best in (*FIGHTING, "holds"):
        graver = [s for s in ("ended", "suspended") if totals.get(s, 0.0) >= SURE]
        graver = graver or [s for s in BREACHES if totals.get(s, 0.0) >= CHARGED]
        best = max(graver, key=lambda step: totals[step], default=best)
    return best if totals[best] >= (CHARGED if best in BREACHES else SURE) else None


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


def _further_talks(
    head: Sequence[Claim], steps: dict[str, str | None], main: Claim, pack: Pack
) -> list[News]:
    """Return talks announced beside the main news, when they come with a day."""
    for claim in head:
        dated = any(t.meaning is TimeMeaning.TALKS and t.start > claim.at for t in claim.times)
        carried_out = IMPLEMENTING.search(claim.quote)
        if claim is not main and steps[claim.id] == "talks_announced" and dated and not carried_out:
            return [_news(claim, "talks_announced", [claim], pack)]
    return []


def _news(
    main: Claim,
    step: str | None,
    head: Sequence[Claim],
    pack: Pack,
    later: Sequence[Claim] = (),
) -> News:
    spoken = _with_speaker(main, step, head, pack)
    claims = (spoken, *(c for c in head if c.id != main.id and _adds(c, head, step)), *later)
    next_to = [
        c
        for c in head
        if c.id != main.id and (_adds(c, head, step) or (c.field == "text" and not c.labels))
    ]
    if step in (*CEASEFIRE, "start_set"):
        claims = tuple(with_meant_times(c) for c in claims)
    text = " ".join(c.quote for c in claims[:3])
    takers = _takers(spoken, step, head, pack)
    return News(
        trigger=claims[0],
        claims=claims,
        step=_by_takers(step, takers),
        role=_role(spoken, step, takers, head, pack),
        takers=takers,
        figures=() if step in (*CEASEFIRE, *TALKS) else _figures(head),
        beside=(spoken, *next_to)[:3],
        protected=bool(
            any(PROTECTED.search(c.quote) and HIT.search(c.quote) for c in claims[:3])
            and HIT.search(text)
        ),
    )


def _role(
    spoken: Claim, step: str | None, takers: Sequence[str], head: Sequence[Claim], pack: Pack
) -> Role:
    """Return the role of the trigger's speaker, whom the pack may know by his name alone.

    "The head of its political council said ... Mahdi al-Mashat announced the step": where one of the
    party's own people speaks in the head, the step that is told of it alone is told by itself.
    """
    role = role_of(spoken, pack)
    if role not in (Role.OUTLET, Role.OTHER) or spoken.attribution.anonymous:
        return role
    own = any((c.attribution.party,) == tuple(takers) for c in head if c.attribution.speaker)
    if own:
        return Role.PARTY
    # "Ardovia and Selmara agree to a truce": to agree together is to say so.
    narrated = step in PERFORMED and not any(c.attribution.speaker for c in head)
    named = {party for c in head for party in c.parties}
    return Role.BOTH if narrated and len(takers) > 1 and named >= set(takers) else role


def _by_takers(step: str | None, takers: Sequence[str]) -> str | None:
    """Return the step by who takes it: one party's yes is no agreement yet, both parties' is."""
    if step == "agreed" and len(takers) == 1:
        return "accepted"
    return "agreed" if step == "accepted" and len(takers) > 1 else step


def _takers(spoken: Claim, step: str | None, head: Sequence[Claim], pack: Pack) -> tuple[str, ...]:
    if step in (*FIGHTING, *BREACHES):
        return attackers_of((spoken, *_in_order(head)), pack, charged=step in BREACHES)
    if step not in CEASEFIRE:
        return ()
    stating = (c for c in _in_order(head) if c.id != spoken.id and step_of(c) == step)
    return takers_of((spoken, *stating), step, pack)


def _with_speaker(main: Claim, step: str | None, head: Sequence[Claim], pack: Pack) -> Claim:
    """Give a trigger without a speaker of weight the one that the head names for the same news."""
    if main.attribution.speaker is not None and role_of(main, pack) in SPOKESMEN:
        return main
    for claim in _in_order(head):
        a = claim.attribution
        if a.speaker is None or a.stance is not main.attribution.stance:
            continue
        if main.attribution.speaker is None and set(main.labels) & set(claim.labels):
            return replace(main, attribution=a)
        # "The cabinet has accepted, the prime minister's office said" in the title alone.
        family = next((f for f in FAMILIES if step in f), (step,))
        same = step in CEASEFIRE and step_of(claim) in family
        if same and role_of(claim, pack) in SPOKESMEN:
            return replace(main, attribution=a)
    return main


def _adds(claim: Claim, head: Sequence[Claim], step: str | None) -> bool:
    """Title and summary only repeat the lead, where there is one; other subjects stay out."""
    if claim.field != "text" and any(c.field == "text" for c in head):
        return False
    if not claim.labels:
        return _speaks_for_itself(claim)
    told = {"ceasefire", "negotiation"} if step in (*CEASEFIRE, *TALKS) else set(claim.labels)
    return bool(told & set(claim.labels))


def _speaks_for_itself(claim: Claim) -> bool:
    """An hour, a figure or a denial belongs to the news, whatever the model makes of its words."""
    meant = any(t.meaning is not TimeMeaning.OTHER for t in claim.times)
    return meant or bool(claim.figures) or claim.attribution.stance is Stance.DENIES


def _later(claims: Sequence[Claim], head: Sequence[Claim], step: str | None) -> list[Claim]:
    """Return what the body adds below its lead to a step: hours, talks, another speaker's word."""
    if step not in (*CEASEFIRE, *TALKS):
        return []
    known = {c.id for c in head}
    below = [c for c in claims if c.field == "text" and c.id not in known and not c.background]
    return [c for c in below if _adds(c, head, step) and c.attribution.speaker is not None]


def _figures(head: Sequence[Claim]) -> tuple[tuple[Figure, str | None], ...]:
    """Return the head's figures with their speakers, the first statement of each measure."""
    order = sorted(head, key=lambda c: (c.field != "text", c.start))
    found: dict[Measure, list[tuple[Figure, str | None]]] = {}
    source: dict[Measure, str] = {}
    for claim in order:
        for figure in claim.figures:
            if figure.scope is Scope.TOTAL and len(claim.figures) == 1:
                continue
            if source.setdefault(figure.measure, claim.id) == claim.id:
                found.setdefault(figure.measure, []).append((figure, claim.attribution.speaker))
    return tuple(pair for pairs in found.values() for pair in pairs)


def stated_times(news: News) -> tuple[TimeSpan, ...]:
    """Return the times of the trigger and its companions, finest first, each once."""
    spans = [t for c in news.claims for t in c.times if t.precision is not Precision.DAY]
    spans += [t for c in news.claims for t in c.times if t.precision is Precision.DAY]
    kept: list[TimeSpan] = []
    for span in spans:
        if not any((k.start, k.end) == (span.start, span.end) for k in kept):
            kept.append(span)
    return tuple(_on_the_day(span, kept) for span in kept[:6])


#: A day in the words of a time.
_DAY_WORDS = re.compile(
    r"\b(?:\w+day|today|tonight|tomorrow|yesterday|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)",
    re.IGNORECASE,
)


def _on_the_day(span: TimeSpan, spans: Sequence[TimeSpan]) -> TimeSpan:
    """Put the hour of a meeting on the day that the report has named for it.

    "They will meet in Luanda on 18 March. The session opens at 10:00."
    """
    days = [s for s in spans if s.meaning is TimeMeaning.TALKS and s.precision is Precision.DAY]
    clock = span.precision is Precision.MINUTE and span.meaning is TimeMeaning.TALKS
    if not clock or len(days) == 0 or _DAY_WORDS.search(span.text):
        return span
    day = max(days, key=lambda s: s.start)
    shift = timedelta(days=(day.start - span.start) // timedelta(days=1) + 1)
    if span.start >= day.start:
        return span
    return replace(span, start=span.start + shift, end=span.end + shift)
