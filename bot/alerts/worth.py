"""Whether a piece of news deserves a post of its own, of which kind, and with sound. Pure.

The rules are those of the glossary and docs/design.md: steps of a ceasefire or of talks by those
concerned, breaches while one stands, many killed, protected sites, large offensives.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.config import PolicySection
from bot.events.agreement import SEPARATE, is_partial
from bot.events.head import titles_of
from bot.events.news import WAR, News
from bot.events.past import is_old
from bot.events.roles import in_own_words
from bot.events.status import STANDING, YES_ACTS, Role
from bot.events.step_words import ENDING
from bot.events.steps import BREACHES, CEASEFIRE, FIGHTING, NO_EVENT, SEQUELS, TALKS, step_of
from bot.events.taking_up import says, takes_up
from bot.events.talk_readings import is_dated, starts_talks_later
from bot.types import Ceasefire, Measure, Polarity, Stance, Status

CONCERNED = (Role.PARTY, Role.BOTH, Role.MEDIATOR, Role.MONITOR)
#: No events of war, however many they say were killed: accidents, old wars, comment.
NO_WAR = ("other", "history", "opinion")
#: Kinds of a step, where it is not `ceasefire`.
STEP_KINDS = {
    "proposed": "negotiation",
    "suspended": "violation",
    "ended": "violation",
    "end_set": "violation",
}
#: This many killed make an incident an event of its own.
MANY_KILLED = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Worth:
    """The kind of a new event, or None with the reason for silence."""

    kind: str | None
    reason: str
    audible: bool = False


def silent(reason: str) -> Worth:
    """Return a verdict of silence."""
    return Worth(kind=None, reason=reason)


def worth_of(news: News, ceasefire: Ceasefire, policy: PolicySection, moved: bool) -> Worth:
    """Return what a new event of this news would be."""
    if news.step in CEASEFIRE:
        return _ceasefire_step(news, ceasefire, moved)
    if news.step in TALKS:
        return _talks(news)
    stance = news.trigger.attribution.stance
    if news.step in SEQUELS or news.step == "breach_denied":
        return silent(f"only_{news.step}")
    stormed = news.step == "other" and (news.protected or _is_blow(news))
    if (news.step in NO_WAR and not stormed) or (news.step in NO_EVENT and not news.killed):
        return silent(f"reads_as_{news.step}")
    if stance in NOT_TOLD and not _is_told_beside(news):
        return silent(f"only_{stance.value}")
    return _armed(news, ceasefire, policy, moved)


#: Stances of sentences that do not tell what has happened.
NOT_TOLD = (Stance.DENIES, Stance.CALLS_FOR, Stance.PLANS, Stance.WARNS)


def _is_told_beside(news: News) -> bool:
    """Tell whether a breach is told in another sentence: "they broke it, and we demand that ..."."""
    telling = (c for c in news.head if c.id != news.trigger.id and step_of(c) == news.step)
    told = any(c.attribution.stance not in NOT_TOLD for c in telling)
    return told and news.step in (*BREACHES, "offensive_announced") and not news.denies


def _is_blow(news: News) -> bool:
    """Tell whether many were killed between two parties, in whatever words: a ship that was sunk."""
    named = {party for c in news.head for party in c.parties}
    return news.killed >= MANY_KILLED and len(named) > 1 and bool(WAR.search(news.headline))


def _ceasefire_step(news: News, ceasefire: Ceasefire, moved: bool) -> Worth:
    step = news.step or ""
    if news.role not in CONCERNED and step not in ("effective", "expired"):
        return silent("not_by_those_concerned")
    if news.role is Role.BOTH and not news.takers:
        return silent("names_nobody_of_the_conflict")  # "the two camps in the party agreed"
    kind = STEP_KINDS.get(step, "ceasefire")
    if moved:
        return Worth(kind=kind, reason=f"step_{step}", audible=True)
    if step in ("proposed", "end_set"):
        return Worth(kind=kind, reason=f"step_{step}")
    if step == "expired" and ceasefire.status is Status.LAPSED and _lapsed_by_clock(ceasefire):
        return Worth(kind=kind, reason="step_expired")
    if step in ENDING and _is_own_end(news, ceasefire):
        return Worth(kind=kind, reason=f"step_{step}")
    if ceasefire.status in STANDING and _joins(news, ceasefire):
        return Worth(kind=kind, reason=f"step_{step}")
    if step == "agreed" and says(news, SEPARATE):
        return Worth(kind=kind, reason=f"step_{step}")  # a halt of other ground beside the first
    own = ("extended_one",) if ceasefire.status in STANDING else OWN_STEPS
    # While an agreement waits for its hour, a further yes belongs to it.
    if step in own and news.takers and ceasefire.status not in (Status.AGREED, Status.DUE):
        offered = ceasefire.status in STANDING and OUTLINE.search(news.trigger.quote)
        return Worth(kind="negotiation" if offered else kind, reason=f"step_{step}")
    return silent("no_new_step")


#: One side's yes to somebody's paper is a reply in talks; its own longer halt is a halt.
OUTLINE = re.compile(
    r"\b(?:outline|proposals?|plans?|drafts?|offers?|initiative|formula)\b", re.IGNORECASE
)
#: Steps of one party that are told even where they move nothing.
OWN_STEPS = ("accepted", "announced", "extended_one")


#: Acts of the record with which a party takes itself out of a halt.
ENDED_BY = ("ends", "suspends")
#: Acts of the record that are a yes.
YES = (*YES_ACTS, "extends")


def _is_own_end(news: News, ceasefire: Ceasefire) -> bool:
    """Tell whether a party ends for itself what another one has ended or suspended before."""
    if ceasefire.status not in (Status.ENDED, Status.SUSPENDED) or ceasefire.since is None:
        return False
    since = [d for d in ceasefire.declarations if d.party and d.at >= ceasefire.since]
    gone = {d.by for d in since if d.act in ENDED_BY}
    return bool(gone) and bool(news.takers) and not gone & set(news.takers)


def _joins(news: News, ceasefire: Ceasefire) -> bool:
    """Tell whether a further party says yes to a halt that stands, or a part of it gets its own."""
    if news.step not in ("accepted", "agreed", "announced") or not news.takers:
        return False
    agreed = {d.by for d in ceasefire.declarations if d.party and d.act in YES}
    if news.step == "accepted":
        return bool(agreed) and not agreed & set(news.takers)
    return "partial" not in ceasefire.forms and is_partial(news.claims)


def _lapsed_by_clock(ceasefire: Ceasefire) -> bool:
    return bool(ceasefire.history) and not ceasefire.history[-1].claim_ids


def _talks(news: News) -> Worth:
    if any(ON_ELSE.search(c.quote) for c in (*news.claims[:1], *titles_of(news.head))):
        return silent("talks_on_another_matter")
    if len(news.trigger.parties) < 2 and OF_A_BODY.search(news.trigger.quote):
        return silent("session_of_a_body")
    dated = any(map(is_dated, news.claims))
    dated = dated or any(map(starts_talks_later, titles_of(news.head)))
    if news.role not in CONCERNED and not (dated and _is_hosted(news)) and not _is_told(news):
        return silent("talks_not_by_those_concerned")
    if not news.named:
        return silent("names_nobody_of_the_conflict")  # a city has hosted other rounds, too
    placed = any(re.search(r"\b(?:in|at) [A-Z]\w+", c.quote) for c in news.claims[:2])
    if news.step == "talks_announced" and not (dated or placed):
        return silent("talks_without_date_or_place")
    return Worth(kind="negotiation", reason=f"step_{news.step}")


#: Talks of the same governments on something else.
ON_ELSE = re.compile(
    r"\b(?:trade|WTO|World Trade Organi[sz]ation|commerce|customs|tariffs?|nuclear|fisher(?:y|ies)"
    r"|climate|budget|wages?|free-trade)"
    r" (?:ministers?|secretaries|talks|negotiat\w+|rounds?|dialogue|meeting|summit|conference)\b",
    re.IGNORECASE,
)


#: A body that meets about a war holds no talks between its sides.
OF_A_BODY = re.compile(
    r"\b(?:League|Union|[Cc]ouncil|[Pp]arliament|[Aa]ssembly|Congress|Senate|Knesset|Duma|[Cc]abinet"
    r"|NATO|OSCE|OIC|OAU|ASEAN|ECOWAS|Organi[sz]ation[\w’' -]{0,40}?|[Ff]oreign ministers) "
    r"(?:(?:has|have|had|was|were|would) )?(?:will|is to|are to|to|meets?|met|is due to|called|convenes?"
    r"|convened|holds?|held)\b"
    r"(?=[^.;]*\b(?:sessions?|meet\w*|summit|sitting|convene|debate)\b)(?![^.;]*\bround\b)",
)


def _is_told(news: News) -> bool:
    """Tell whether an outlet tells itself of a round of both sides: "the delegates rose at noon"."""
    return news.between and in_own_words(news.trigger)


def _is_hosted(news: News) -> bool:
    """Tell whether a host's named official announces a round of both: "the ministry said here"."""
    said = news.trigger.attribution
    named = {party for c in news.head for party in c.parties}
    spoken = said.speaker is not None and not said.anonymous
    return news.step == "talks_announced" and spoken and len(named) > 1


def _armed(news: News, ceasefire: Ceasefire, policy: PolicySection, moved: bool) -> Worth:
    labels = set(news.trigger.labels) | {label for c in news.beside[:2] for label in c.labels}
    foreign = _of_another_kind(news, labels)
    if foreign is not None:
        return silent(foreign)
    standing = ceasefire.status in STANDING or (moved and news.step in BREACHES)
    standing = standing and not news.earlier
    counted = news.step == "breach_counted" or any(
        f.measure is Measure.VIOLATIONS for f, _ in news.figures
    )
    mass = news.killed >= policy.audible_killed
    if standing and (news.step == "breach_alleged" or (counted and news.role in CONCERNED)):
        return Worth(kind="violation", reason="breach_alleged", audible=moved or mass)
    if standing and (mass or news.protected or _concrete(news) or _is_own_attack(news)):
        return Worth(kind="violation", reason="attack_while_it_stands", audible=moved or mass)
    return _unbroken(news, ceasefire, labels, moved, mass)


def _is_own_attack(news: News) -> bool:
    """Tell whether a party says itself that it has attacked, and where, while a halt stands."""
    own = news.trigger.attribution.party
    told = news.role is Role.PARTY and own is not None and own in news.takers
    return told and news.step in FIGHTING and bool(news.places)


def _unbroken(news: News, ceasefire: Ceasefire, labels: set[str], moved: bool, mass: bool) -> Worth:
    """Return what fighting is worth that breaks no standing ceasefire."""
    told = news.role in CONCERNED or (bool(news.takers) and bool(news.places))
    if news.step == "offensive_announced" and told:
        return Worth(kind="hostilities", reason="offensive", audible=moved or mass)
    if news.killed >= MANY_KILLED:
        return Worth(kind="casualty", reason="many_killed", audible=mass)
    if ceasefire.status is Status.DUE and news.step in BREACHES:
        # From its stated hour on a halt can be broken, whether or not a start was reported.
        return Worth(kind="violation", reason="breach_alleged", audible=mass)
    hit = news.killed or news.step in FIGHTING or "hostilities" in labels
    if news.protected and hit:
        return Worth(kind="hostilities", reason="protected_site")
    return silent("routine")


def is_unrelated(news: News) -> bool:
    """Tell whether the report itself keeps what it tells apart from the war."""
    return any(UNRELATED.search(c.quote) for c in news.head)


def _of_another_kind(news: News, labels: set[str]) -> str | None:
    """Return why victims or shots are none of this war's, by name; None where they are."""
    if not {"violation", "casualty", "hostilities"} & labels and news.step is None:
        return "no_armed_event"
    if not news.of_war:
        return "no_armed_conflict"
    if is_unrelated(news):
        return "unrelated"
    if news.step in BREACHES and news.role in CONCERNED:
        return None
    title = news.headline
    of_robbers = any(CRIME.search(t) for t in (title, *(c.quote for c in news.beside)))
    if of_robbers and not news.takers and not takes_up(news):
        return "crime"
    told = f"{news.trigger.quote} {title}"
    if (
        UNREST.search(told)
        and not news.takers
        and not ARMS.search(told.replace("rubber bullets", ""))
    ):
        return "unrest"
    if ACCIDENT.search(told) and not ARMS.search(told):
        return "accident"
    if news.step in FIGHTING and is_old(news.trigger):
        return "old_event"
    parties = {party for c in news.beside for party in c.parties} | set(news.takers)
    placed = any(c.places for c in (*news.beside, *(c for c in news.head if c.field == "title")))
    if not parties and not placed:
        # The conflict of an entry passes to its sentences; somebody of it must stand in this one.
        return "names_nobody_of_the_conflict"
    if len(parties) < 2 and not placed and not news.owned and news.step != "offensive_announced":
        return "one_party_and_no_place"  # a country has other troubles, too
    return None


#: What a report itself keeps apart from the war: "had nothing to do with the rebels".
UNRELATED = re.compile(
    r"\b(?:nothing to do with|not (?:connected|linked|related) (?:to|with)|unconnected with"
    r"|unrelated to|no (?:connection|connexion|link)(?: at all)? (?:to|with)|separate from) (?:\w+ ){0,3}?"
    r"(?:rebels?|guerrillas?|insurgen\w+|war|conflict|truce|cease-?fire|peace (?:process|talks)"
    r"|talks|fighting)\b"
    r"|\b(?:nothing to do with|no (?:connection|connexion|link)(?: at all)? (?:to|with)) (?:the )?(?:\w+ )?siege\b"
    r"|\brul(?:e[sd]?|ing) out (?:any )?(?:link|connection|hostile (?:action|act)|an attack|enemy action)\b",
    re.IGNORECASE,
)
#: Robbers shoot, too.
CRIME = re.compile(
    r"\b(?:robb(?:ers?|ery|ed)|poach(?:ers?|ing)|heist|gangs?|gangsters?|burglar\w*|drug (?:dealers?|cartel)|cartel"
    r"|bank (?:raid|branch)|getaway|vendettas?|blood money"
    r"|(?:blood|family|clan|tribal|land|private) (?:feud|quarrel|dispute|truce)s?"
    r"|feuds? (?:between|of|among|over) (?:\w+ ){0,2}(?:families|clans|tribes|dealers|traders|villagers"
    r"|farmers|fishermen|smugglers|landowners|miners))\b",
    re.IGNORECASE,
)
#: Crowds march and burn over a truce, too.
UNREST = re.compile(
    r"\b(?:protest(?:s|ers?|ed)?|demonstrat(?:ors?|ions?|ed)|march(?:ed|ers)|riot(?:s|ers?|ed|ing)?"
    r"|torch(?:ed|ing)?|curfew|tear ?gas|mobs?|looting|looters|general strike)\b",
    re.IGNORECASE,
)
#: Accidents kill soldiers, too.
ACCIDENT = re.compile(
    r"\b(?:collid\w+|collision|ramm(?:ed|ing)|rams|crash(?:es|ed)?|overturn\w*|derail\w*"
    r"|capsiz\w*|traffic police|"
    r"(?:road|traffic) accident|landslide|flash flood|mudslide|stampede|gas leak"
    r"|earthquakes?|quake|aftershocks?|tsunami|cyclones?|hurricanes?|typhoons?|tornado(?:es)?"
    r"|avalanches?|floods|wildfires?|cholera|epidemic)\b",
    re.IGNORECASE,
)
ARMS = re.compile(
    r"\b(?:missiles?|rockets?|shell(?:s|ed|ing|fire)?|drones?|bomb\w*|gun(?:fire|men|ned)|fired|shot|"
    r"clash\w*|fighters?|battles?|assault\w*|offensive|raid\w*|warplanes?|artillery|"
    r"attack\w*|ambush\w*|air ?strikes?|mines?|downed|bullets?|executed)\b",
    re.IGNORECASE,
)


def _concrete(news: News) -> bool:
    """Tell whether a party, mediator or monitor reports an attack with a victim or a shot."""
    hurt = any(
        f.measure in (Measure.KILLED, Measure.WOUNDED, Measure.CAPTURED)
        and f.polarity is Polarity.ASSERTED
        for f, _ in news.figures
    )
    said = news.trigger.attribution
    # A doctor who counts the dead of a strike is no party, and no nameless source either.
    named = news.role is Role.OTHER and not said.anonymous and news.killed > 0
    told = news.role in CONCERNED or named
    return hurt and told and "hostilities" in news.trigger.labels
