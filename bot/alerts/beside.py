"""What a piece of news means beside the ceasefire that is known. Pure.

One sentence is a charge while a ceasefire stands and an attack while none does; an announcement
before the hour is a start after it. A report is read first (bot/events), and once more here.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta

from bot.alerts.moves import AGREEING, is_settled
from bot.claims.when.time_meanings import STOPPING
from bot.events.head import readings_of
from bot.events.meant_times import with_meant_times
from bot.events.news import News
from bot.events.past import is_long_ago, is_old
from bot.events.status import DOWN, STANDING, Role
from bot.events.step_grammar import MODAL, NEGATED
from bot.events.steps import BREACHES, FIGHTING
from bot.events.takers import takers_of
from bot.events.taking_up import contests
from bot.events.terms import A_DAY, stated_expiry, stated_start
from bot.packs import Pack
from bot.types import Ceasefire, Claim, Precision, Stance, Status

#: How a start is told once its hour has come.
_BEGAN = re.compile(
    r"\b(?:truce|cease-?\s?fire|pause|lull|armistice|cessation)\b[^.;,]{0,60}?\b(?:is|was) "
    r"(?:now )?(?:under ?way|in effect|in force)\b"
    r"|\b(?:firing|shooting|shelling|fighting|guns?)\b(?: \w+){0,3}? (?:had |has |have )?"
    r"(?:stopped|ceased|died down|fallen silent|fell silent|went quiet|gone quiet)\b",
    re.IGNORECASE,
)
#: Steps as which a party's own words on its start may be read, and an observer's.
_OWN_WORDS = ("announced", "accepted")
_HEARD = (None, "rumoured", *_OWN_WORDS)
#: That it has not begun, whatever else the report says of its hour.
_NOT_BEGUN = re.compile(
    r"\b(?:has|had|have) (?:not|yet to|failed to) (?:yet )?"
    r"(?:start|beg[iu]n|tak(?:e|en) (?:effect|hold)|come into)\w*"
    r"|\bwas to have (?:started|begun|taken effect)\b",
    re.IGNORECASE,
)
#: Within this time of its hour a start is reported by those who watch.
START_REPORTED = timedelta(hours=12)


def as_it_stands(news: News, ceasefire: Ceasefire, pack: Pack, now: datetime) -> News:
    """Return the news with the step that its words mean beside the record."""
    started = as_started(news, ceasefire, now)
    declared = as_declared(started, ceasefire, pack)
    noticed = as_recalled(as_offensive(as_notice(declared, ceasefire, now), ceasefire))
    return as_breach(noticed, ceasefire)


def as_started(news: News, ceasefire: Ceasefire, now: datetime) -> News:
    """Return the news as that of a start, where the hour has come and those who can tell say so.

    "Our forces have ceased fire at midnight" reads like an announcement, and an observer's "all
    reported that the firing had stopped" like hearsay.
    """
    hour = ceasefire.effective_at
    if ceasefire.status is not Status.DUE or hour is None or now < hour:
        return news
    if news.step == "effective" and any(_NOT_BEGUN.search(c.quote) for c in news.head):
        return replace(news, step="other")
    fresh = now - hour <= START_REPORTED
    if news.step == "holds" and fresh and news.role is not Role.OTHER:
        return replace(news, step="effective")  # what is kept after its hour has begun
    watched = fresh and (_is_seen(news, hour) or _is_seen_by_reporters(news, hour))
    if watched or _tells_own_start(news, ceasefire, hour):
        return replace(news, step="effective")
    return news


def _is_seen(news: News, hour: datetime) -> bool:
    """Tell whether a mediator or monitor says that the guns are silent, and sets no other hour."""
    watches = news.role in (Role.MEDIATOR, Role.MONITOR) and not news.denies
    start = stated_start(news.claims)
    same = start is not None and (start - hour) % A_DAY == timedelta(0)
    heard = news.step in _HEARD or (news.step == "start_set" and same)
    return watches and heard and any(_tells_start(c) for c in news.claims)


#: How an outlet dates what it has seen: "drove back after the truce started at ten".
_SINCE_START = re.compile(
    r"\b(?:truce|cease-?\s?fire|pause|lull|armistice|cessation)\b[^.;]{0,60}?"
    r"\b(?:began|begun|started|took (?:effect|hold)|came into (?:force|effect))\b",
    re.IGNORECASE,
)


def _is_seen_by_reporters(news: News, hour: datetime) -> bool:
    """Tell whether an outlet's own staff tells of work in the quiet since the agreed hour."""
    seen = news.role is Role.OUTLET and news.step == "carried_out"
    told = any(_SINCE_START.search(c.quote) for c in news.head)
    return seen and told and stated_start([with_meant_times(c) for c in news.head]) == hour


def _tells_start(claim: Claim) -> bool:
    """Tell whether a sentence says that the guns are silent, and neither wishes nor denies it."""
    told = _BEGAN.search(claim.quote)
    if told is None or claim.background or claim.attribution.stance is not Stance.ASSERTS:
        return False
    so_far = claim.quote[: told.end()]
    return MODAL.search(so_far) is None and NEGATED.search(so_far) is None


def _tells_own_start(news: News, ceasefire: Ceasefire, hour: datetime) -> bool:
    """Tell whether those who have said yes say that it holds from the agreed hour."""
    declared = {d.by for d in ceasefire.declarations if d.party}
    if news.step not in _OWN_WORDS or not news.takers or not set(news.takers) <= declared:
        return False
    return stated_start([with_meant_times(c) for c in news.claims if is_settled(c)]) == hour


#: Words with which somebody takes a step, rather than names an hour.
_DECLARES = re.compile(r"\b(?:declar|announc|order|decid|pledg|promis|proclaim)\w*", re.IGNORECASE)


def as_declared(news: News, ceasefire: Ceasefire, pack: Pack) -> News:
    """Return the hour that is set for a halt, where none was agreed, as the halt's announcement.

    "Declares a state of inaction, effective from midnight", "Ardovia and Selmara will cease fire at
    noon, the envoy said": there is no start to set before somebody has agreed to it.
    """
    if news.step != "start_set" or ceasefire.status not in (*DOWN, Status.PROPOSED):
        return news
    party = news.trigger.attribution.party
    if news.role is Role.PARTY and party is not None:
        told = any(_DECLARES.search(t) for t in (news.headline, news.trigger.quote))
        told = told or party in takers_of(news.claims[:1], "announced", pack)
        told = told and any(STOPPING.search(t) for t in (news.headline, news.trigger.quote))
        return replace(news, step="announced", takers=(party,)) if told else news
    binding = news.role in AGREEING and not _HANGS.search(news.trigger.quote)
    takers = takers_of(news.claims[:2], "agreed", pack) if binding else ()
    if not takers:
        return news
    return replace(news, step="agreed" if len(takers) > 1 else "accepted", takers=takers)


def as_recalled(news: News) -> News:
    """Return what somebody admits or disputes long after as the old blow that it is.

    "The shells of the June truce were ours": it breaks no truce of today.
    """
    old = news.step in BREACHES and contests(news) and is_long_ago(news.trigger)
    return replace(news, step="attack") if old else news


#: From this total of readings on, what is read as an attack opens an offensive. Of 60 attacks of
#: 128 recorded stretches that any sentence of the head calls one, 13 lie above it, all of them
#: offensives or reports of one; none of those below is.
OPENS = 0.45
#: From this total on it does where the words say how large the attack is.
OPENS_WIDE = 0.1
_WIDE = re.compile(
    r"\b(?:ground|land|airborne|seaborne|amphibious|biggest|largest|heaviest|all-out|full-scale"
    r"|large-scale|massive|general|wide|broad|major)"
    r" (?:\w+ ){0,2}?"
    r"(?:assault|attack|offensive|operation|push|advance|incursion|invasion|landing)\b"
    r"|\bon (?:two|three|four|five|several) (?:fronts|sides|axes)\b",
    re.IGNORECASE,
)


def as_offensive(news: News, ceasefire: Ceasefire) -> News:
    """Return an attack as the offensive that the rest of the head tells, where no halt stands.

    "Troops stormed the post office. The operation began at four": what the lead tells of an army's
    dawn reads like any blow; where nobody is said to have died, all of the head decides.
    """
    idle = ceasefire.status in (*DOWN, Status.PROPOSED) and not news.killed
    if news.step != "attack" or not idle or is_old(news.trigger):
        return news
    wide = any(_WIDE.search(c.quote) for c in news.head)
    opens = readings_of(news.head).get("offensive_announced", 0.0)
    told = opens >= (OPENS_WIDE if wide else OPENS)
    return replace(news, step="offensive_announced") if told else news


def as_breach(news: News, ceasefire: Ceasefire) -> News:
    """Return the news as it stands beside a ceasefire in force.

    What one side says that the other has done to it is an alleged breach, an offensive too: an
    accusation never ends a ceasefire. What was done before its hour broke nothing.
    """
    if ceasefire.status not in STANDING:
        return news
    before = _lies_before(news, ceasefire) or _is_told_as_before(news)
    news = replace(news, earlier=before)
    if news.step == "breach_alleged" and before:
        return replace(news, step="attack")
    attack = news.step == "attack" and not before
    told = news.role is Role.PARTY and bool(news.takers)
    suffered = told and news.trigger.attribution.party not in news.takers
    # "A doctor told of the dead; Ardovia called it a breach": who charges is not who has fired.
    accused = any(party not in news.takers for party in news.accusers)
    charged = news.charged or (attack and (suffered or accused))
    return replace(news, step="breach_alleged") if charged else news


#: "Hit before the truce started", "in the week before the guns fell silent".
_BEFORE = re.compile(
    r"\b(?:before|prior to|preceding) (?:the |its |their |this )?(?:[\w’'-]+ ){0,2}?"
    r"(?:truce|cease-?\s?fire|pause|halt|armistice|lull|guns)\b"
    r"(?! (?:talks|deal|vote|monitor\w*|r[au]ns? out|expire[sd]?|ends?|ended|collapsed|breach\w*))",
    re.IGNORECASE,
)


def _is_told_as_before(news: News) -> bool:
    """Tell whether title or trigger put what was done before the halt."""
    told = (news.headline, news.trigger.quote)
    return news.step in (*FIGHTING, *BREACHES) and any(map(_BEFORE.search, told))


def _lies_before(news: News, ceasefire: Ceasefire) -> bool:
    """Tell whether the hours stated lie before the halt began; days may be those of the words."""
    began = [c.at for c in ceasefire.history if c.new is Status.IN_FORCE]
    start = min([*began[-1:], *([ceasefire.effective_at] if ceasefire.effective_at else [])])
    fine = [
        t
        for c in news.claims[:2]
        for t in c.times
        if t.precision is not Precision.DAY and t.start <= c.at
    ]
    return bool(fine) and all(t.end <= start for t in fine)


#: An end that hangs on something is a threat.
_HANGS = re.compile(r"\b(?:if|unless|should|provided)\b", re.IGNORECASE)
#: An end that is to come so much later is announced, and not there.
NOTICE = timedelta(hours=24)


def as_notice(news: News, ceasefire: Ceasefire, now: datetime) -> News:
    """Return the end that a party sets for a later day as the notice of it, or as a threat.

    "Our truce ends at midnight on 10 February": until then it stands.
    """
    if news.step not in ("ended", "threat") or ceasefire.status not in STANDING:
        return news
    told = [with_meant_times(c) for c in news.claims[:2] if is_settled(c)]
    end = stated_expiry(told, ceasefire.expires_at)
    own = news.role is Role.PARTY and news.trigger.attribution.party is not None
    later = end is not None and end != ceasefire.expires_at and end - now > NOTICE
    hangs = any(_HANGS.search(c.quote) for c in told)
    return replace(news, step="threat" if hangs else "end_set") if own and later else news
