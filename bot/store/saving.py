"""One transaction for all that an entry, or the clock, changes."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feeds.identity import identity_keys
from bot.records import to_json
from bot.store import schema
from bot.store.queueing import WHOLE
from bot.store.routes import Route
from bot.store.rows import put, put_once
from bot.types import Action, ActionKind, Change, Entry, OutboxState

OUTBOX_KIND = {
    ActionKind.POST: "new",
    ActionKind.EDIT: "edit",
    ActionKind.REPLY: "reply",
    ActionKind.RETRACT: "cancel",
    ActionKind.DIGEST: "digest",
}

#: Why a post is given up whose report was withdrawn before it left.
UNREAD = "withdrawn_before_posting"


async def save(
    connection: AsyncConnection, changes: Sequence[Change], routes: Sequence[Route]
) -> None:
    """Write all changes; writing the same ones again leaves everything as it is."""
    for change in changes:
        if change.entry is not None:
            await _save_entry(connection, change.entry)
        for claim in change.claims:
            await put(
                connection,
                schema.claim,
                id=claim.id,
                entry_id=claim.entry_id,
                conflict=claim.conflict,
                at=claim.at,
                record=to_json(claim),
            )
        await _save_state(connection, change)
        await _save_reasons(connection, change)
        for action in change.actions:
            await _save_action(connection, action, routes)


async def _save_entry(connection: AsyncConnection, entry: Entry) -> None:
    keys = identity_keys(entry)
    table = schema.entry
    version = await connection.scalar(select(table.c.version).where(table.c.id == entry.id))
    await put(
        connection,
        table,
        id=entry.id,
        url_key=keys.url,
        guid_key=keys.guid,
        content_key=keys.content,
        outlet=entry.outlet,
        seen_at=entry.fetched_at,
        version=(version or 0) + 1,
        record=to_json(entry),
    )


async def _save_state(connection: AsyncConnection, change: Change) -> None:
    state = change.state
    if change.copy_group is not None:
        group = change.copy_group
        await put(connection, schema.copy_group, id=group.id, at=group.at, record=to_json(group))
    if state is None:
        return
    await put(
        connection,
        schema.conflict,
        id=state.conflict,
        next_event=state.next_event,
        ceasefire=to_json(state.ceasefire),
    )
    for event in state.events:
        if event.id in change.touched:
            await put(
                connection,
                schema.event,
                id=event.id,
                conflict=event.conflict,
                kind=event.kind,
                number=int(event.id.rsplit("-", 1)[-1]),
                last_at=event.last_at,
                alert_id=event.alert_id,
                record=to_json(event),
            )


async def _save_reasons(connection: AsyncConnection, change: Change) -> None:
    for moved in change.status_changes:
        await put_once(
            connection,
            schema.status_change,
            id=f"{moved.conflict}:{moved.at.isoformat()}:{moved.new.value}",
            conflict=moved.conflict,
            at=moved.at,
            record=to_json(moved),
        )
    decision = change.decision
    if decision is not None:
        conflict = change.state.conflict if change.state else ""
        await put(
            connection,
            schema.decision,
            id=f"{decision.entry_id}:{decision.at.isoformat()}:{conflict}",
            entry_id=decision.entry_id,
            alert_id=decision.alert_id,
            at=decision.at,
            record=to_json(decision),
        )


async def _save_action(
    connection: AsyncConnection, action: Action, routes: Sequence[Route]
) -> None:
    if action.action is not ActionKind.REPLY:
        await put(
            connection,
            schema.alert,
            id=action.alert_id,
            number=int(action.alert_id.rsplit("-", 1)[-1]),
            event_id=action.event_id,
            conflict=action.conflict,
            kind=action.kind,
            revision=action.revision,
            at=action.at,
            text=action.text,
        )
    for route in routes:
        if route.takes(action.conflict, action.kind):
            await _queue(connection, action, route)


async def _queue(connection: AsyncConnection, action: Action, route: Route) -> None:
    kind, table = _kind(action), schema.outbox
    chat_id = await _present_id(connection, route.chat_id)
    place = (
        table.c.chat_id == chat_id,
        func.coalesce(table.c.thread_id, 0) == (route.thread_id or 0),
        table.c.alert_id == action.alert_id,
    )
    # What waits and was never taken for accepted may still change.
    untouched = (table.c.state == OutboxState.PENDING.value, table.c.watch_until.is_(None))
    if kind == "cancel":
        unread = await connection.execute(
            update(table)
            .where(*place, *untouched, table.c.kind == "new")
            .values(state=OutboxState.DEAD.value, error=UNREAD)
        )
        if unread.rowcount:
            # Nobody has read it, so there is nothing to take back.
            await connection.execute(
                update(table)
                .where(*place, *untouched)
                .values(state=OutboxState.DEAD.value, error=UNREAD)
            )
            return
    if kind == "edit":
        # A post that has not left yet simply leaves with its newest words.
        waiting = await connection.execute(
            update(table)
            .where(*place, *untouched, table.c.kind.in_(("new", "edit")))
            # A second origin ends the wait of a post that was held back for one.
            .values(text=action.text, **({"not_before": None} if action.origins > 1 else {}))
        )
        if waiting.rowcount:
            return
    same = (table.c.revision == action.revision, table.c.kind == kind)
    if await connection.scalar(select(func.count()).where(*place, *same)):
        return
    await put_once(
        connection,
        table,
        chat_id=chat_id,
        thread_id=route.thread_id,
        alert_id=action.alert_id,
        event_id=action.event_id,
        revision=action.revision,
        kind=kind,
        text=action.text,
        silent=action.silent,
        state=OutboxState.PENDING.value,
        attempts=0,
        created_at=action.at,
        not_before=action.not_before,
    )


def _kind(action: Action) -> str:
    """Return the outbox kind; a correction is told apart, for it overtakes news."""
    if action.action is ActionKind.REPLY and action.reason == "correction":
        return "correction"
    return OUTBOX_KIND[action.action]


async def _present_id(connection: AsyncConnection, chat_id: int) -> int:
    """Return the id that a chat has by now; the configuration may name the one before it moved."""
    p = schema.place
    for _ in range(5):
        query = select(p.c.moved_to).where(p.c.chat_id == chat_id, p.c.thread_id == WHOLE)
        moved_to = await connection.scalar(query)
        if moved_to is None:
            break
        chat_id = moved_to
    return chat_id
