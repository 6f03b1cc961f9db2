"""One transaction for all that an entry, or the clock, changes."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.feeds.identity import identity_keys
from bot.records import to_json
from bot.store import schema
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
    kind, table = OUTBOX_KIND[action.action], schema.outbox
    if kind == "edit":
        # A post that has not left yet simply leaves with its newest words.
        waiting = await connection.execute(
            update(table)
            .where(
                table.c.chat_id == route.chat_id,
                table.c.alert_id == action.alert_id,
                table.c.kind.in_(("new", "edit")),
                table.c.state == OutboxState.PENDING.value,
            )
            .values(text=action.text)
        )
        if waiting.rowcount:
            return
    same = select(func.count()).where(
        table.c.chat_id == route.chat_id,
        table.c.alert_id == action.alert_id,
        table.c.revision == action.revision,
        table.c.kind == kind,
    )
    if await connection.scalar(same):
        return
    await put_once(
        connection,
        table,
        chat_id=route.chat_id,
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
    )
