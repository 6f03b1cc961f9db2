"""Finds the incident that a breach, an attack or a toll belongs to. Pure.

Place, time, sides and sites keep incidents apart; what is left is weighed in log-odds.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from bot.alerts.worth import MANY_KILLED
from bot.config import PolicySection
from bot.events.head import in_order
from bot.events.match import apart, share_place
from bot.events.news import News
from bot.events.odds import EventOdds, log_odds
from bot.events.sites import hits_protected, sites_in
from bot.events.status import Role
from bot.events.steps import BREACHES, FIGHTING, step_of
from bot.events.taking_up import contests
from bot.types import Claim, ConflictState, Event, Measure, Precision, Scope, Stance, Status

INCIDENTS = ("casualty", "hostilities", "violation")
#: A denial belongs to what happened within this time.
REACTION = timedelta(hours=30)
#: Steps told as violations in which nobody fires.
WORDS_ALONE = ("breach_counted", "suspended", "end_set")
#: All likeness is in log-odds (bot/events/odds.py), and so is what speaks for it besides words.
#: A place in common tells much where few events have it, little where it is the region's name.
RARE_PLACE, ANY_PLACE = 3.3, 1.0
SAME_FIGURE, NAMED_FIGURE = 1.3, 4.0
#: So does the day of the event, where the news names it long after.
NAMED_DAY = 2.0
#: How much less alike a changed toll may be to the first report than another report of it.
TOLL_HELP = 2.6
#: A large event has more words to be like: it must be likelier by this for each doubling.
RISE = 0.3
#: The first tolls of an offensive are told as its own for a day.
OPENING = ("ended", "offensive_announced")
OPENING_WINDOW = timedelta(hours=24)
#: An event of the night may be dated to either day.
DAY_SLACK = timedelta(hours=12)
#: From so many events on a place tells none of them from another.
COMMON_PLACE = 3


def same_incident(
    news: News, state: ConflictState, policy: PolicySection, now: datetime
) -> Event | None:
    best: tuple[float, Event] | None = None
    ours = set(news.places)
    rare = rare_places(state, news)
    odds = EventOdds(news.claims, state.events)
    raises, cumulative = raises_toll(news), is_cumulative(news)
    told = raises or cumulative
    for event in state.events:
        if not is_incident(event) or _kept_apart(news, event, policy, now):
            continue
        if cumulative and event.step not in OPENING:
            continue  # a count since the operation began is of no single strike
        if news.step in BREACHES and _is_before(event, state):
            continue
        if other_attacker(news, event) or other_site(news, event):
            continue
        if news.step == "other" and not (
            same_figures(news, event) or share_place(ours, event.places)
        ):
            continue  # words of one speaker are alike whatever he speaks of
        if not told and lie_apart(ours, event.places, rare):
            continue
        if not told and is_strike_apart(news, event, rare):
            continue
        score = odds.to(event) + _place_share(ours, event.places, rare)
        score += SAME_FIGURE * same_figures(news, event) + NAMED_FIGURE * names_old_figure(
            news, event
        )
        score += NAMED_DAY * names_its_day(news, event)
        needed = log_odds(policy.join_threshold) + RISE * math.log2(min(len(event.entry_ids), 32))
        if raises and _is_known_toll(news, event):
            needed -= TOLL_HELP
        if told and is_its_offensive(news, event, cumulative, now):
            needed -= TOLL_HELP
        if score >= needed and (best is None or score > best[0]):
            best = (score, event)
    return best[1] if best else None


#: What an army is about for days.
_DRIVE = r"(?:offensive|operation|assault|campaign|push|drive)"
#: "In the first 24 hours of the operation": whose dead are counted.
_FIRST_DAYS = re.compile(
    r"\b(?:first|second|third|opening) (?:\w+ )?(?:days?|hours|nights?|weeks?) of (?:the |an? |its )?"
    rf"(?:[\w’'-]+ ){{0,3}}{_DRIVE}\b",
    re.IGNORECASE,
)
#: "Since the offensive began", unless it only says how bad a blow was.
_SINCE = re.compile(
    r"\b(?:since|(?:hours|days|weeks) (?:after|into)) (?:the |its )?(?:[\w’'-]+ ){0,4}?"
    rf"{_DRIVE}\b(?: against (?:[\w’'-]+ ){{1,3}}?)?\s?(?:began|started|opened|was launched)\b",
    re.IGNORECASE,
)
_WORST = re.compile(
    r"\b(?:deadliest|worst|heaviest|bloodiest|biggest|largest|first)\b[^.;]{0,40}$", re.IGNORECASE
)
#: The same, of the operation itself: "on the second day of its drive", "which had begun at dawn".
_OF_OPERATION = re.compile(
    rf"\b{_DRIVE}s? (?:which |that )?(?:had |has |was |were )?"
    r"(?:beg[au]n|started|opened|launched|ordered)\b"
    rf"|\b{_DRIVE} (?:which|that) [^.;,]{{2,40}} (?:ordered|launched|began)\b",
    re.IGNORECASE,
)


def _counts_since(text: str) -> bool:
    since = _SINCE.search(text)
    return since is not None and not _WORST.search(text[: since.start()])


def names_operation(news: News) -> bool:
    """Tell whether the news dates or counts itself by an operation that is under way."""
    texts = [news.headline, *(c.quote for c in news.head if c.background is None)]
    named = (_FIRST_DAYS, _SINCE, _OF_OPERATION)
    return any(words.search(text) for words in named for text in texts)


def counted_opening(
    news: News, state: ConflictState, policy: PolicySection, now: datetime
) -> Event | None:
    """Return the last offensive of a party named, whose dead the report says that it counts."""
    texts = (news.headline, *(c.quote for c in news.beside[:2]))
    days = any(map(_FIRST_DAYS.search, texts))
    told = news.killed and news.step in (*FIGHTING, *BREACHES)
    if not told or not (days or any(map(_counts_since, texts))):
        return None
    named = {party for c in news.head for party in c.parties} | set(news.takers)
    rare = rare_places(state, news)
    opened = (
        event
        for event in reversed(state.events)
        if event.step in OPENING
        and now - event.last_at <= policy.event_window
        and (not event.takers or named & set(event.takers))
        and (days or not is_strike_apart(news, event, rare))
    )
    return next(opened, None)


def is_strike_apart(news: News, event: Event, rare: frozenset[str]) -> bool:
    """Tell whether many were killed by a blow at a place of its own, within an offensive."""
    if event.step not in OPENING:
        return False
    own = (set(news.places) & rare) - set(event.places)
    return bool(own) and news.step in FIGHTING and news.killed >= MANY_KILLED


def is_its_offensive(news: News, event: Event, cumulative: bool, now: datetime) -> bool:
    """Tell whether a toll is that of an offensive's first day, or counts since its attacker began."""
    if event.step not in OPENING:
        return False
    same = bool(set(news.takers) & set(event.takers))
    return now - event.first_at <= OPENING_WINDOW or (cumulative and same)


def rival_account(news: News, state: ConflictState, now: datetime) -> Event | None:
    """Return the incident of which one of those concerned gives an account of its own.

    "Their men fired first", "six shells and not two": whoever is said to attack, it is one event
    where the place is one that few events have.
    """
    concerned = news.role is Role.PARTY or (contests(news) and _speaks_of_weight(news))
    if not concerned or news.step not in (*BREACHES, *FIGHTING, "breach_denied"):
        return None
    ours = set(news.places)
    rare = rare_places(state, news)
    own = bool(news.takers) and news.takers == (news.trigger.attribution.party,)

    def is_it(event: Event) -> bool:
        placed = share_place(ours & rare, [p for p in event.places if p in rare])
        return placed or (own and not ours & rare and event.takers == news.takers)

    known = [
        event
        for event in state.events
        if is_incident(event)
        and now - event.last_at <= REACTION
        and any(c.origin != news.trigger.origin for c in event.claims)
        and is_it(event)
    ]
    if not known:
        return None
    odds = EventOdds(news.claims, state.events)
    return max(known, key=odds.to)


def _speaks_of_weight(news: News) -> bool:
    """Tell whether somebody of a party, a mediator's or a monitor's house speaks in the head."""
    voices = (c.attribution for c in news.head if c.attribution.speaker)
    return any(a.party is not None or a.body is not None for a in voices)


def answers_charge(news: News) -> bool:
    """Tell whether the news denies, owns up to or disputes something beside what it tells."""
    denies = any(c.attribution.stance is Stance.DENIES for c in news.claims)
    return news.step == "breach_denied" or denies or contests(news)


def other_attacker(news: News, event: Event) -> bool:
    """Tell whether another party is said to attack: roles swapped are another event."""
    ours, theirs = set(news.takers), set(event.takers)
    return bool(ours and theirs) and not ours & theirs


def other_site(news: News, event: Event) -> bool:
    """Tell whether a hospital, a camp or a convoy is hit of which the event knows nothing."""
    if not news.protected:
        return False
    hit = {sort for c in news.head if hits_protected(c) for sort in sites_in(c.quote)}
    known = {sort for c in event.claims for sort in sites_in(c.quote)}
    return not (hit & known if hit else known)


def rare_places(state: ConflictState, news: News) -> frozenset[str]:
    """Return the places that tell one event of this conflict from another.

    The region that every report names tells nothing; a village does.
    """
    counts = Counter(p for e in state.events for p in set(e.places))
    known = {p for p in (*news.places, *counts) if counts[p] < COMMON_PLACE}
    return frozenset(known - news.theatre)


def _place_share(ours: set[str], theirs: Sequence[str], rare: frozenset[str]) -> float:
    """Return what places in common add to the likeness: much for a rare one, little for any."""
    if share_place(ours & rare, [p for p in theirs if p in rare]):
        return RARE_PLACE
    return ANY_PLACE * share_place(ours, theirs)


def lie_apart(ours: set[str], theirs: Sequence[str], rare: frozenset[str]) -> bool:
    """Tell whether both name places of their own, and none in common."""
    own, known = ours & rare, [p for p in theirs if p in rare]
    return bool(own and known) and not share_place(own, known)


#: Words of a figure that is no longer the first one.
_RISE = re.compile(
    r"\b(?:tolls?|number of (?:\w+ ){0,3}(?:dead|deaths|killed|victims|people)|dead|deaths|wounded)\b"
    r"[^.;]{0,90}?\b(?:ris(?:es|en|ing)|rose|climb\w*|go(?:es|ne)? up|went up|doubl\w+|reach\w*|up from|"
    r"jump\w*|soar\w*|surg\w*|pass(?:es|ed)?|top(?:s|ped)|exceed\w*|grow\w*|grew|now stands?|increas\w+|to \d+)\b"
    r"|\b(?:up|down) from \w+|\bbring\w* (?:the )?(?:toll|number)",
    re.IGNORECASE,
)


def raises_toll(news: News) -> bool:
    """Tell whether the news is that a known toll has changed."""
    before = any(f.previous is not None for f, _ in news.figures)
    if before or any(_RISE.search(c.quote) for c in news.beside[:2]):
        return True
    # A toll beside the blow that it is of may be the first one.
    blows = [c for c in in_order(news.head)[:2] if step_of(c) in (*FIGHTING, *BREACHES)]
    return news.step == "toll" and all(step_of(c) == "toll" for c in blows)


def _is_known_toll(news: News, event: Event) -> bool:
    """Tell whether the event has a first figure that the news can have changed."""
    measures = {f.measure for f, _ in news.figures}
    return any(f.measure in measures for c in event.claims for f in c.figures)


def _kept_apart(news: News, event: Event, policy: PolicySection, now: datetime) -> bool:
    """Tell whether place or time keep news and event apart, whatever their words."""
    gate = apart(news.claims, news.places, event, now)
    if gate == "other_day":
        # "Rose on Thursday" dates the count, not the strike.
        return not (raises_toll(news) and now - event.last_at <= policy.event_window)
    if gate == "too_long_after":
        rising = raises_toll(news) and now - event.last_at <= policy.event_window
        return not (rising or names_its_day(news, event)) or _is_elsewhere(news, event)
    return gate is not None


def is_cumulative(news: News) -> bool:
    """Tell whether the dead are counted over a period, or in total."""
    scopes = {f.scope for f, _ in news.figures if f.measure is Measure.KILLED}
    return bool(scopes) and Scope.INCIDENT not in scopes


def _is_before(event: Event, state: ConflictState) -> bool:
    """Tell whether the event lies before the present ceasefire stood: it broke none."""
    began = [c.at for c in state.ceasefire.history if c.new is Status.IN_FORCE]
    return bool(began) and event.first_at < began[-1]


def _is_elsewhere(news: News, event: Event) -> bool:
    places = set(news.places)
    return bool(places and event.places) and not share_place(places, event.places)


def names_its_day(news: News, event: Event) -> bool:
    """Tell whether the news dates what it tells on the day of the event: "the strikes of 7 May"."""
    titles = (c for c in news.head if c.field == "title")
    return _name_day((*news.claims[:2], *titles), event)


def head_names_day(news: News, event: Event) -> bool:
    """Tell whether any sentence of the head names the day of the event: "signed on June 18"."""
    return _name_day(news.head, event)


def _name_day(claims: Iterable[Claim], event: Event) -> bool:
    """Tell whether a day gone by is named: that of the first report, or one that a report states."""
    began, stated = event.first_at, _stated_times(event)
    return any(
        span.start - DAY_SLACK <= began <= span.end + DAY_SLACK
        or (span.precision is Precision.DAY and any(span.start <= at < span.end for at in stated))
        for claim in claims
        for span in claim.times
        if span.start < claim.at - timedelta(days=1)
    )


def _stated_times(event: Event) -> set[datetime]:
    """Return the times gone by at which the reports of an incident put it."""
    told = is_incident(event)
    return {t.start for c in event.claims for t in c.times if told and t.start <= c.at}


def is_incident(event: Event) -> bool:
    offensive = event.step in ("ended", "offensive_announced")
    return (event.kind in INCIDENTS and event.step not in WORDS_ALONE) or offensive


def same_figures(news: News, event: Event) -> bool:
    """Tell whether the news names a figure of the event."""
    known = {(f.measure, f.low, f.high) for c in event.claims for f in c.figures}
    return any((f.measure, f.low, f.high) in known for f, _ in news.figures)


def names_old_figure(news: News, event: Event) -> bool:
    """Tell whether "up from nine" names a figure of the event."""
    known = {(f.measure, f.low) for c in event.claims for f in c.figures}
    return any(f.previous and (f.measure, f.previous) in known for f, _ in news.figures)
