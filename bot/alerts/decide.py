"""Decides about one entry, or a move of the clock: what is stored, posted, edited, answered. Pure.

A decision is a function of (entry, claims, stored state, config, now) and returns a `Change` per
conflict with a named reason. First match wins: copy, old, background, known event, new event.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.alerts.bearing import followed_event, told_incident
from bot.alerts.beside import as_it_stands
from bot.alerts.case import Case, change_of, nothing, still
from bot.alerts.correct import corrected, first_correction, noticed_event, withdrawn
from bot.alerts.follow import corrected_figures, relate
from bot.alerts.incident import answers_charge, is_incident, raises_toll, rival_account
from bot.alerts.locate import locate
from bot.alerts.moves import Moved, apply_step
from bot.alerts.outcome import followed, posted
from bot.alerts.reach import kept_events, within_reach
from bot.alerts.worth import is_unrelated, worth_of
from bot.claims.extract import FAINT
from bot.config import PolicySection
from bot.events.copies import judge_copy, recent
from bot.events.freshness import WEEKDAY_ALONE, stale_reason
from bot.events.named_days import with_named_day
from bot.events.news import News
from bot.events.notices import Notice, notice_of
from bot.events.past import dates_far_back
from bot.events.reading import read_charge, read_news
from bot.events.step_words import EXTENDING
from bot.events.steps import BREACHES, CEASEFIRE, FIGHTING, TALKS, step_of
from bot.events.taking_up import owns_up, takes_up
from bot.events.terms import with_later_end
from bot.packs import Pack
from bot.types import (
    ActionKind,
    Ceasefire,
    Change,
    Claim,
    ConflictState,
    CopyGroup,
    Entry,
    Event,
    Relation,
    Stance,
    Status,
)

#: Reasons of silence on what is of another war, or of none: it follows nothing.
OF_NO_WAR = ("unrelated", "accident", "crime")
#: What is of this war only where it takes up what others have told.
OF_SOME_WAR = "one_party_and_no_place"
#: Steps that concern the bot in words that no label knows.
TELLING = (*CEASEFIRE, *BREACHES, *FIGHTING, *TALKS, "carried_out", "conditional", "breach_denied")


#: Reasons of posts on shots and victims, of which a second report may know other places and words.
TOLD_AGAIN = ("many_killed", "attack_while_it_stands", "breach_alleged", "protected_site")


def decide_entry(
    entry: Entry,
    claims: Sequence[Claim],
    *,
    previous: Entry | None,
    states: Mapping[str, ConflictState],
    copies: Sequence[CopyGroup],
    packs: Mapping[str, Pack],
    policy: PolicySection,
    first_poll: bool,
    now: datetime,
    next_alert: int,
) -> tuple[Change, ...]:
    """Return what the entry changes: one Change per conflict, at least one with a decision."""
    copy = judge_copy(entry, recent(copies, now - policy.copy_window))
    conflicts = list(dict.fromkeys(c.conflict for c in claims if c.conflict in states))
    if not any(_is_relevant(c) for c in claims if c.conflict in conflicts):
        return (nothing(entry, Relation.BACKGROUND, "no_relevant_claim", now, None),)
    changes = []
    for conflict in conflicts:
        pack = packs[str(conflict)]
        own = tuple(c for c in claims if c.conflict == conflict)
        case = Case(
            entry=entry,
            claims=with_named_day(own),
            previous=previous,
            state=kept_events(states[str(conflict)], policy, now),
            pack=pack,
            policy=policy,
            copy=copy,
            now=now,
            next_alert=next_alert,
        )
        stale = stale_reason(
            entry, now, policy.max_age, first_poll=first_poll, timezone=pack.timezone
        )
        change = _decide(case, stale)
        changes.append(replace(change, entry=entry, claims=own))
        next_alert += sum(a.action is ActionKind.POST for a in change.actions)
    return tuple(changes)


def _is_relevant(claim: Claim) -> bool:
    """Tell whether a label, a plainly read step, or what a party calls untrue concerns the bot."""
    denies = claim.attribution.stance is Stance.DENIES and claim.attribution.party is not None
    return bool(claim.labels) or denies or step_of(claim) in TELLING


def _decide(case: Case, stale: str | None) -> Change:
    if case.previous is not None:
        # An edit of what was posted counts however old the page is.
        return _edited(case, stale)
    if stale is not None and stale != WEEKDAY_ALONE:
        return still(case, Relation.BACKGROUND, stale)
    notice = notice_of(case.entry)
    answered = _noticed(case, notice) if notice else None
    if answered is not None:
        return answered
    if notice is Notice.WITHDRAWS:
        return still(case, Relation.BACKGROUND, "withdraws_what_is_unknown")
    if case.copy.is_copy:
        return _copied(case)
    background = [c.background for c in case.claims if c.background not in (None, FAINT)]
    if background and len(background) == len(case.claims):
        return still(case, Relation.BACKGROUND, background[0] or "background")
    found = read_news(case.claims, case.pack)
    if not found:
        return still(case, Relation.BACKGROUND, "nothing_in_the_lead")
    if found[0].faint or stale is not None:
        return _faint(case, found[0], stale or FAINT)
    change = _take(case, _first_charge(case, found[0]) or found[0])
    for further in found[1:]:
        change = _also(case, change, further)
    return change


def _faint(case: Case, news: News, reason: str) -> Change:
    """Take a report that names little, or no day: it may follow what is known, no more."""
    target = None if is_unrelated(news) else followed_event(news, _near(case, news), case.now)
    if target is None:
        return still(case, Relation.BACKGROUND, reason)
    return followed(case, news, target, Moved(ceasefire=case.state.ceasefire), answering=True)


def _first_charge(case: Case, news: News) -> News | None:
    """Return the charge that a denial answers, where it is the first one of this ceasefire."""
    whole = case.state.ceasefire.status in (Status.IN_FORCE, Status.EXTENDED)
    if news.step != "breach_denied" or not whole:
        return None
    charge = read_charge(case.claims, case.pack)
    known = charge and locate(charge, _near(case, charge), case.policy, case.now)
    return None if known else charge


def _take(case: Case, news: News) -> Change:
    """Decide about one piece of news."""
    ceasefire = case.state.ceasefire
    news = as_it_stands(news, ceasefire, case.pack, case.now)
    near = _near(case, news)
    event = locate(news, near, case.policy, case.now)
    moved = apply_step(
        news,
        case.state.ceasefire,
        case.pack,
        case.claims,
        case.now,
        told_again=event is not None,
    )
    if event is not None and event.step in EXTENDING and news.step in EXTENDING:
        # The extension of that event, told again: it neither adds time nor lifts a strain.
        moved = Moved(ceasefire=with_later_end(ceasefire, news.claims))
    if event is not None and not _opens_anew(moved, event):
        return followed(case, news, event, moved)
    worth = worth_of(news, case.state.ceasefire, case.policy, moved.change is not None)
    rival = rival_account(news, near, case.now)
    if rival is not None and moved.change is None and answers_charge(news):
        return followed(case, news, rival, moved, answering=True)
    if worth.kind is not None:
        retold = worth.reason in TOLD_AGAIN and news.step != "breach_counted"
        unmoved = retold and moved.change is None
        again = _told_before(news, near, case.now) if unmoved else None
        if again is not None:
            return followed(case, news, again, moved)
        if unmoved and raises_toll(news) and any(map(dates_far_back, news.head)):
            return still(case, Relation.UNCERTAIN, "toll_of_an_old_event")
        return posted(case, news, worth, moved)
    if _is_of_no_war(news, worth.reason):
        return still(case, Relation.UNCERTAIN, worth.reason)
    target = rival or followed_event(news, near, case.now)
    ceasefire = _unmoved(case, moved)
    if target is not None:
        return followed(case, news, target, Moved(ceasefire=ceasefire), answering=True)
    return replace(
        still(case, Relation.UNCERTAIN, worth.reason),
        state=replace(case.state, ceasefire=ceasefire),
    )


def _near(case: Case, news: News) -> ConflictState:
    return within_reach(news, case.state, case.policy, case.now)


def _told_before(news: News, near: ConflictState, now: datetime) -> Event | None:
    """Return the incident that shots or a toll are told of again.

    Who owns up to a blow speaks of one that was told before, however he names it.
    """
    found = told_incident(news, near, now)
    if found is None and owns_up(news):
        return followed_event(news, near, now, is_incident)
    return found


def _is_of_no_war(news: News, reason: str) -> bool:
    """Tell whether what is silent for this reason follows nothing that is known."""
    some = reason == OF_SOME_WAR and not (takes_up(news) or raises_toll(news))
    return some or reason in OF_NO_WAR


def _unmoved(case: Case, moved: Moved) -> Ceasefire:
    """Return the record where nothing is posted: declarations are kept, a status never moves."""
    return case.state.ceasefire if moved.change else moved.ceasefire


def _opens_anew(moved: Moved, event: Event) -> bool:
    """Tell whether a status change needs a post of its own: beside another step, it does."""
    if moved.change is None:
        return False
    if moved.change.new is Status.STRAINED:
        return event.kind != "violation"
    return event.step not in (None, "breach_alleged")


def _also(case: Case, change: Change, news: News) -> Change:
    """Add a second piece of news of the same entry to what the first one changed."""
    if change.state is None:
        return change
    posts = sum(a.action is ActionKind.POST for a in change.actions)
    case = replace(case, state=change.state, next_alert=case.next_alert + posts)
    if locate(news, _near(case, news), case.policy, case.now) is not None:
        return change
    worth = worth_of(news, case.state.ceasefire, case.policy, moved=False)
    if worth.kind is None:
        return change
    more = posted(case, news, worth, Moved(ceasefire=case.state.ceasefire))
    return replace(
        change,
        state=more.state,
        touched=(*change.touched, *more.touched),
        actions=(*change.actions, *more.actions),
    )


def _copied(case: Case) -> Change:
    """Keep a copy with its event and say nothing, unless its figures are other ones."""
    for event in reversed(case.state.events):
        if case.copy.group.id in event.copy_groups:
            news = _updated_copy(case, event)
            if news is not None:
                return followed(case, news, event, Moved(ceasefire=case.state.ceasefire))
            entries = dict.fromkeys((*event.entry_ids, case.entry.id))
            grown = replace(event, entry_ids=tuple(entries))
            return change_of(case, grown, Relation.COPY, "wire_copy", ())
    return still(case, Relation.COPY, case.copy.reason)


def _updated_copy(case: Case, event: Event) -> News | None:
    """Return the news of a text that an agency sent again with other figures, else None."""
    root = [c for c in event.claims if c.entry_id == case.copy.group.id]
    found = read_news(case.claims, case.pack)
    if not found or corrected_figures(root, found[0].figures) is None:
        return None
    # What the copies of an update say is known by then.
    changed = relate(found[0], event, case.policy).relation in (Relation.UPDATE, Relation.DISPUTE)
    return found[0] if changed else None


def _edited(case: Case, stale: str | None) -> Change:
    """Take an edited page: changed figures correct the post, another step is news, else silence."""
    gone = (case.previous or case.entry).id
    found = read_news(case.claims, case.pack)
    for event in reversed(case.state.events):
        old = [c for c in event.claims if c.entry_id == gone]
        if not old:
            continue
        amended = _amended(case, notice_of(case.entry), event, old, found)
        if amended is not None:
            return amended
        if not found or not _is_another_step(found[0].step, event, old):
            return still(case, Relation.EDITED, "edited_without_new_figures")
        break
    # What the first version did not tell is judged as if it were new, and as no copy of itself.
    own = case.copy.group.id == gone
    copy = replace(case.copy, is_copy=False) if own else case.copy
    return _decide(replace(case, previous=None, copy=copy), stale)


def _is_another_step(step: str | None, event: Event, old: Sequence[Claim]) -> bool:
    return step is not None and step not in (event.step, *(step_of(c) for c in old))


def _noticed(case: Case, notice: Notice) -> Change | None:
    """Take a notice on a page of its own; None where it is about nothing that is known."""
    found = read_news(case.claims, case.pack)
    about = noticed_event(case, found[0] if found else None)
    if about is None:
        return None
    return _amended(case, notice, *about, found)


def _amended(
    case: Case,
    notice: Notice | None,
    event: Event,
    old: Sequence[Claim],
    found: Sequence[News],
) -> Change | None:
    """Take back or correct what `old` told of an event; None where nothing of it changes."""
    if notice is Notice.WITHDRAWS:
        return withdrawn(case, event, old)
    changed = first_correction(old, found[0] if found else None)
    if changed is None or event.alert_id is None:
        return None
    return corrected(case, event, found[0], old, changed[0])
