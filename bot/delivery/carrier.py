"""Carries one row to Telegram and records what came of it: sent, kept, uncertain or given up.

`sending` is committed before a call and `sent` only after the answer. What the failures mean is
data (bot.delivery.errors); what is done about each stands in `Carrier._failed`, and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog
from telegram import Bot

from bot.clock import Clock
from bot.delivery.attempt import Attempt, attempt, first_shape, tried
from bot.delivery.desk import Desk
from bot.delivery.errors import UNNAMED_WAIT, Kind, Outcome
from bot.delivery.governor import GovernorState, hold_chat
from bot.delivery.report import Delivered, Fate
from bot.delivery.settle import (
    AWAY,
    Finding,
    SettlePolicy,
    Walk,
    begin_walk,
    is_message_of,
    may_come_late,
    read_on,
    repeat_error,
    repeats_of,
)
from bot.delivery.shapes import delayed, joined
from bot.ports import FOLLOWERS, Outbox
from bot.types import OutboxRow, OutboxState

log = structlog.get_logger()

LONGEST_BACKOFF = timedelta(seconds=60)
#: A chat that takes nothing is tried again after this, and at every start.
REOPEN = timedelta(hours=1)
#: A message that failed more often than this lets others of its chat try before it; what fails
#: for its own sake must not hold up everything behind it.
PATIENT = 5
STEP_ASIDE = timedelta(seconds=5)
#: A message that was left to a human is looked for again after this.
LOOK_AGAIN = timedelta(minutes=10)
#: Several waiting followers of one alert become one message; of late ones two are enough.
BURST, LATE_BURST = 3, 2
#: Marks an edit that is leaving as a message of its own, because its target is gone.
AS_NEW = "as_new"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsettled:
    """A row of which nobody knows whether it was accepted."""

    row: OutboxRow
    at: datetime  #: not to be settled before
    walk: Walk | None = None  #: how far its chat was read for it
    blocks: bool = True  #: nothing else leaves for its chat meanwhile
    asked: int = 0  #: how often nobody answered the question


@dataclass(slots=True)
class Standing:
    """What the sender and its carrier both go by."""

    governor: GovernorState = field(default_factory=GovernorState)
    unsettled: dict[int, Unsettled] = field(default_factory=dict)
    closed: dict[tuple[int, int], str] = field(default_factory=dict)
    halted: str | None = None  #: named reason why nothing is sent at all
    probe_at: datetime | None = None  #: when to ask whether the halt is over; None = never


class Carrier:
    """Delivers and settles single rows."""

    def __init__(
        self,
        *,
        bot: Bot,
        outbox: Outbox,
        clock: Clock,
        policy: SettlePolicy,
        desk: Desk,
        standing: Standing,
    ) -> None:
        self._bot = bot
        self._outbox = outbox
        self._clock = clock
        self._policy = policy
        self._desk = desk
        self._standing = standing

    async def deliver(self, row: OutboxRow) -> Delivered:
        """Commit that a row leaves, hand it to Telegram and record the answer."""
        now = self._clock.now()
        if self._policy.expire_after is not None and now - row.created_at > (
            self._policy.expire_after
        ):
            return await self._dead(row, "expired")
        row = await self._with_followers(row, now)
        first = await self._outbox.message_of(row.chat_id, row.alert_id, row.thread_id)
        floor = await self._outbox.last_message_id(row.chat_id)
        leaving = await self._outbox.mark_sending(row.id, floor, now)
        if leaving is None:
            return fate_of(row, Fate.RETRY, "waits_no_more")
        shape = first_shape(leaving, first)
        if shape.edits is None and self._is_late(leaving, now):
            shape = replace(shape, text=delayed(leaving.text, leaving.created_at))
        done = await attempt(
            self._bot,
            leaving,
            shape,
            silent=leaving.silent or repeats_of(leaving) > 0,
            before_new=lambda: self._outbox.mark_as_new(leaving.id, AS_NEW),
        )
        if done.reshaped:
            log.warning(
                "delivery_reshaped", **about(leaving), refused=done.reshaped, text=leaving.text
            )
        if done.outcome is None:
            return await self._sent(leaving, done.message_id, watch=leaving.watch_until is not None)
        return await self._failed(leaving, done, done.outcome)

    async def settle(self, one: Unsettled) -> Delivered:
        """Find out about an uncertain row: adopt its message, send it again, or leave it."""
        row, policy = await self._outbox.unsettled_row(one.row.id), self._policy
        if row is None:
            # The operator was faster; what we know of the row is of no use any more.
            return self._close(one.row, fate_of(one.row, Fate.SETTLED))
        moved = row.chat_id != one.row.chat_id
        one = replace(one, row=row)
        if moved:
            # Its message, if any, stands where nothing is read any more.
            return await self._by_policy(replace(one, walk=None))
        if await self._is_safe_to_repeat(row):
            return self._close(row, await self._retry(row, timedelta(), "edit_interrupted"))
        if policy.ops_chat is None or policy.on_uncertain == "resend_silent":
            return await self._by_policy(one)
        walk = one.walk or begin_walk(row)
        known = await self._outbox.known_messages(row.chat_id, walk.at - 1)
        reading = await read_on(
            self._bot,
            row.chat_id,
            policy.ops_chat,
            walk,
            lambda text: is_message_of(row, text),
            known,
        )
        match reading.finding:
            case Finding.FOUND:
                log.warning("uncertain_found", **about(row), message_id=reading.found)
                done = await self._sent(row, reading.found, watch=row.attempts > 1)
                return self._close(row, done)
            case Finding.ABSENT:
                return self._close(row, await self._absent(row))
            case Finding.AWAY:
                return self._ask_later(
                    replace(one, walk=reading.walk), reading.wait, "channel_away"
                )
            case _:
                log.error("channel_unreadable", **about(row))
                if await self._is_shut(row.chat_id, told=one.asked > 0):
                    # A repeat would be refused as well, so there is time to look later.
                    return self._ask_later(replace(one, walk=reading.walk), AWAY, "chat_closed")
                return await self._by_policy(one)

    async def _with_followers(self, row: OutboxRow, now: datetime) -> OutboxRow:
        """Let a row also say what others of its alert that wait behind it say."""
        if row.kind not in FOLLOWERS or row.watch_until is not None:
            return row
        waiting = await self._outbox.waiting_followers(row, now)
        enough = LATE_BURST if self._is_late(row, now) else BURST
        if len(waiting) < enough or waiting[0].id != row.id:
            return row
        text = joined([one.text for one in waiting])
        if text is None:
            return row
        silent = all(one.silent for one in waiting)
        folded = await self._outbox.fold(waiting, text, silent=silent)
        if folded is None:
            return row
        log.info("delivery_folded", **about(folded), rows=len(waiting))
        return folded

    def _is_late(self, row: OutboxRow, now: datetime) -> bool:
        late_after = self._policy.late_after
        meant_for = row.created_at
        if row.attempts <= 1 and row.not_before is not None:
            meant_for = max(meant_for, row.not_before)  # held back on purpose
        return late_after is not None and now - meant_for > late_after

    async def _sent(self, row: OutboxRow, message_id: int | None, *, watch: bool) -> Delivered:
        now = self._clock.now()
        until = now + self._policy.watch if watch and self._policy.ops_chat is not None else None
        await self._outbox.mark_sent(row.id, message_id, now, watch_until=until)
        for place in ((row.chat_id, -1), (row.chat_id, row.thread_id or 0)):
            if self._standing.closed.pop(place, None):
                log.warning("place_open_again", chat_id=row.chat_id, thread_id=row.thread_id)
        log.info("delivery_sent", **about(row), message_id=message_id)
        return fate_of(row, Fate.SENT, message_id=message_id)

    async def _failed(self, row: OutboxRow, done: Attempt, outcome: Outcome) -> Delivered:
        match outcome.kind:
            case Kind.RETRY:
                return await self._retry(row, backoff(row), outcome.reason)
            case Kind.WAIT:
                wait = outcome.retry_after or UNNAMED_WAIT
                return await self._retry(row, wait, outcome.reason, whole_chat=True)
            case Kind.MIGRATE if outcome.new_chat_id is not None:
                await self._outbox.replace_chat(row.chat_id, outcome.new_chat_id)
                log.warning("chat_migrated", chat_id=row.chat_id, new_chat_id=outcome.new_chat_id)
                return await self._retry(row, timedelta(), outcome.reason)
            case Kind.FATAL:
                return await self._fatal(row, outcome)
            case Kind.UNKNOWN if done.shape.edits is not None:
                # The same edit twice is the same edit.
                return await self._retry(row, backoff(row), outcome.reason)
            case Kind.UNKNOWN:
                return await self._uncertain(row, outcome.reason)
            case _ if outcome.closes is not None:
                return await self._closed(row, outcome)
            case _:
                return await self._dead(row, outcome.reason)

    async def _fatal(self, row: OutboxRow, outcome: Outcome) -> Delivered:
        """Stop everything, unless only something on the way answered in Telegram's place."""
        if outcome.reason == "not_found":
            answer = await tried(self._bot.get_me())
            if not isinstance(answer, Outcome):
                return await self._retry(row, backoff(row), "answered_by_another_server")
        self._standing.halted = outcome.reason
        self._standing.probe_at = self._clock.now()  # the next pass asks
        log.critical("sending_halted", reason=outcome.reason)
        return await self._retry(row, UNNAMED_WAIT, outcome.reason)

    async def _retry(
        self, row: OutboxRow, wait: timedelta, reason: str, *, whole_chat: bool = False
    ) -> Delivered:
        until = self._clock.now() + wait
        # The chat waits as a whole: a later message must not overtake this one.
        self._standing.governor = hold_chat(self._standing.governor, row.chat_id, until)
        error = repeat_error(repeats_of(row), reason)
        not_before = until if wait else row.left_at or until
        if row.attempts > PATIENT:
            not_before = until + STEP_ASIDE
        await self._outbox.mark_retry(row.id, not_before, error, whole_chat=whole_chat)
        log.warning("delivery_retry", **about(row), reason=reason, seconds=wait.total_seconds())
        return fate_of(row, Fate.RETRY, reason)

    async def _dead(self, row: OutboxRow, reason: str) -> Delivered:
        await self._outbox.mark_dead(row.id, reason)
        log.error("delivery_dead", **about(row), reason=reason)
        self._desk.count("dead")
        text = f"{row.alert_id} ({row.kind}) was given up for chat {row.chat_id}: {reason}"
        self._desk.page(f"dead {row.id}", text)
        return fate_of(row, Fate.DEAD, reason)

    async def _closed(self, row: OutboxRow, outcome: Outcome) -> Delivered:
        """Keep the row and everything behind it until its chat or topic takes messages again."""
        whole = outcome.closes == "chat"
        retry_at = self._clock.now() + REOPEN
        await self._outbox.close_place(row.id, outcome.reason, retry_at, whole_chat=whole)
        place = (row.chat_id, -1 if whole else row.thread_id or 0)
        self._standing.closed[place] = outcome.reason
        where = f"chat {row.chat_id}" + ("" if whole else f", topic {row.thread_id}")
        log.error("place_closed", **about(row), thread_id=row.thread_id, reason=outcome.reason)
        self._desk.count("closed")
        text = f"{where} takes nothing: {outcome.reason}. Its posts wait; I try again every hour."
        self._desk.page(f"closed {where}", text)
        return fate_of(row, Fate.CLOSED, outcome.reason)

    async def _uncertain(self, row: OutboxRow, reason: str) -> Delivered:
        error, now = repeat_error(repeats_of(row), reason), self._clock.now()
        row = replace(row, state=OutboxState.UNCERTAIN, error=error, watch_until=now)
        self._standing.unsettled[row.id] = Unsettled(row=row, at=now + self._policy.wait)
        await self._outbox.mark_uncertain(row.id, error, now)
        self._desk.count("uncertain")
        log.error("delivery_uncertain", **about(row), reason=reason)
        return fate_of(row, Fate.UNCERTAIN, reason)

    async def _absent(self, row: OutboxRow) -> Delivered:
        """Send again what is not there; silently where the first copy may still come."""
        repeats = repeats_of(row) + may_come_late(row)
        await self._send_again(row, repeat_error(repeats, "absent_on_read_back"))
        log.warning("uncertain_absent", **about(row), repeats=repeats)
        return fate_of(row, Fate.RETRY, "absent_on_read_back")

    async def _send_again(self, row: OutboxRow, error: str) -> None:
        """Let an uncertain row leave once more; its first copy is watched for from then on."""
        now = self._clock.now()
        if row.watch_until is None:
            await self._outbox.mark_uncertain(row.id, row.error or "interrupted", now)
        not_before = row.left_at or now
        if row.attempts > PATIENT:
            not_before = now + backoff(row)
        await self._outbox.mark_retry(row.id, not_before, error)

    async def _is_shut(self, chat_id: int, *, told: bool) -> bool:
        """Tell whether it is the channel that refuses us, and not the operators' chat."""
        answer = await tried(self._bot.get_chat(chat_id))
        if not isinstance(answer, Outcome) or answer.closes != "chat":
            return False
        if not told:
            text = f"chat {chat_id} takes nothing: {answer.reason}. Its posts wait."
            self._desk.page(f"closed chat {chat_id}", text)
        return True

    def _ask_later(self, one: Unsettled, wait: timedelta, reason: str) -> Delivered:
        """Ask again about a row, the more rarely the longer nobody answers."""
        wait = max(wait, min(AWAY * 2 ** min(one.asked, 10), LONGEST_BACKOFF))
        at = self._clock.now() + wait
        self._standing.unsettled[one.row.id] = replace(one, at=at, asked=one.asked + 1)
        return fate_of(one.row, Fate.UNCERTAIN, reason)

    async def _by_policy(self, one: Unsettled) -> Delivered:
        """Settle a row about which nothing can be learned."""
        row = one.row
        repeats, now = repeats_of(row), self._clock.now()
        if self._policy.on_uncertain == "hold" or repeats >= self._policy.max_repeats:
            if row.state is not OutboxState.UNCERTAIN:
                await self._outbox.mark_uncertain(row.id, "interrupted", now)
            held = Unsettled(row=row, at=now + LOOK_AGAIN, blocks=False)
            self._standing.unsettled[row.id] = held
            log.error("delivery_held", **about(row), reason=row.error)
            self._desk.count("held")
            text = f"{row.alert_id} ({row.kind}) may or may not stand in chat {row.chat_id}: "
            self._desk.page(f"held {row.id}", f"{text}{row.error or 'interrupted'}. Please look.")
            return fate_of(row, Fate.HELD, row.error or "interrupted")
        if isinstance(await tried(self._bot.get_me()), Outcome):
            # While the API is away nothing new can be learned, and a repeat would be lost too.
            return self._ask_later(one, AWAY, "api_away")
        await self._send_again(row, repeat_error(repeats + 1, "unsettled"))
        log.warning("delivery_repeated_silently", **about(row), repeats=repeats + 1)
        return self._close(row, fate_of(row, Fate.RETRY, "repeated_silently"))

    async def _is_safe_to_repeat(self, row: OutboxRow) -> bool:
        """An edit that was interrupted; one that became a new message counts as uncertain."""
        if row.kind != "edit" or row.state is not OutboxState.SENDING or row.error == AS_NEW:
            return False
        return await self._outbox.message_of(row.chat_id, row.alert_id, row.thread_id) is not None

    def _close(self, row: OutboxRow, done: Delivered) -> Delivered:
        self._standing.unsettled.pop(row.id, None)
        return done


def backoff(row: OutboxRow) -> timedelta:
    """Return the wait before the next try: 1 s doubled to 60 s, spread so that rows part."""
    seconds = min(2.0 ** min(row.attempts, 10), LONGEST_BACKOFF.total_seconds())
    spread = (row.id * 0.618 + row.attempts * 0.382) % 1
    return timedelta(seconds=seconds * (1 + 0.25 * spread))


def about(row: OutboxRow) -> dict[str, object]:
    """Return what names a row in the log."""
    return {"row": row.id, "chat_id": row.chat_id, "alert_id": row.alert_id, "kind": row.kind}


def fate_of(
    row: OutboxRow, fate: Fate, reason: str = "", message_id: int | None = None
) -> Delivered:
    """Return what became of a row."""
    return Delivered(
        row_id=row.id, chat_id=row.chat_id, fate=fate, reason=reason, message_id=message_id
    )
