"""What becomes of news that counts: a post of its own, or a line of a known one. Pure."""

from __future__ import annotations

from dataclasses import replace

from bot.alerts.case import Case, action_of, change_of
from bot.alerts.follow import joined_claims, relate
from bot.alerts.hours import hours_after, hours_of
from bot.alerts.moves import Moved
from bot.alerts.render import render_reply
from bot.alerts.severity import held_until, is_cooled_down
from bot.alerts.worth import Worth
from bot.events.news import News
from bot.types import Action, ActionKind, Ceasefire, Change, Event, Relation, Status


def posted(case: Case, news: News, worth: Worth, moved: Moved) -> Change:
    """Return the change of news that is an event of its own, with its post."""
    before = case.state.ceasefire.status
    number = case.state.next_event
    event = Event(
        id=f"{case.pack.id}-{number}",
        conflict=case.pack.id,
        kind=str(worth.kind),
        step=news.step,
        takers=news.takers,
        first_at=case.now,
        last_at=case.now,
        claims=news.claims,
        entry_ids=(case.entry.id,),
        copy_groups=(case.copy.group.id,),
        places=news.places,
        parties=tuple(dict.fromkeys(p for c in news.claims for p in c.parties)),
        status_before=before,
        status_after=moved.change.new if moved.change else before,
        times=hours_of(case, news, moved),
        alert_id=f"TL-{case.next_alert:06d}",
        silent=not worth.audible,
    )
    if moved.change is None and is_cooled_down(event, case.state.events, case.policy.cooldown):
        event = replace(event, silent=True)
    action = replace(
        action_of(case, event, news, ActionKind.POST, worth.reason),
        not_before=held_until(news, event, case.policy),
    )
    ceasefire = _pointing_to(event, moved)
    return change_of(
        case,
        event,
        Relation.NEW,
        worth.reason,
        (action,),
        ceasefire=ceasefire,
        status=moved.change,
        next_event=number + 1,
        news=news,
    )


def followed(
    case: Case, news: News, event: Event, moved: Moved, *, answering: bool = False
) -> Change:
    """Attach news to a known event: edit its post, and answer it where that matters."""
    following = relate(news, event, case.policy, answering=answering)
    answers = answering or following.relation is Relation.DENIAL
    if event.withdrawn:
        # Somebody stands by it again: what was taken back stays struck, and is its claim no more.
        event = replace(event, claims=news.claims[:1], withdrawn=False)
    grown = replace(
        event,
        last_at=case.now,
        claims=joined_claims(event, news),
        entry_ids=(*event.entry_ids, case.entry.id),
        answers=(*event.answers, case.entry.id) if answers else event.answers,
        copy_groups=tuple(dict.fromkeys((*event.copy_groups, case.copy.group.id))),
        # What a reply names beside lies elsewhere.
        places=event.places if answering else tuple(dict.fromkeys((*event.places, *news.places))),
        times=hours_after(case, news, event, moved),
        revision=event.revision + (event.alert_id is not None),
        status_after=moved.change.new if moved.change else event.status_after,
    )
    actions: list[Action] = []
    if event.alert_id is not None:
        reason = "status" if moved.change and following.reason == "update" else following.reason
        actions.append(action_of(case, grown, news, ActionKind.EDIT, reason))
        if following.relation in (Relation.DENIAL, Relation.DISPUTE) and following.material:
            text = render_reply(grown, case.pack, news.claims[:1], following.reason)
            reply = action_of(case, grown, news, ActionKind.REPLY, following.reason)
            actions.append(replace(reply, text=text, silent=True))
    return change_of(
        case,
        grown,
        following.relation,
        following.relation.value,
        tuple(actions),
        ceasefire=_pointing_to(grown, moved),
        status=moved.change,
        news=news,
    )


def _pointing_to(event: Event, moved: Moved) -> Ceasefire:
    """Return the record with the events of its last step and of the agreement it stands on."""
    ceasefire = moved.ceasefire
    if moved.change is None:
        return ceasefire
    made = moved.change.new in (Status.ANNOUNCED, Status.AGREED)
    agreement = event.id if made else ceasefire.agreement_id
    return replace(ceasefire, event_id=event.id, agreement_id=agreement)
