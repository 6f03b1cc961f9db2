"""The bot's commands. Each handler reads, answers, and decides nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import replace
from datetime import timedelta
from typing import Any

from telegram import LinkPreviewOptions, ReplyParameters, Update
from telegram.constants import ParseMode
from telegram.ext import CommandHandler, ContextTypes, filters

from bot.commands import answers
from bot.commands.coverage import coverage_line
from bot.commands.questions import find_conflict, read_summary
from bot.commands.services import Services
from bot.commands.toll import Told, toll_answer
from bot.events.ledger import build_ledger
from bot.events.tally import ceasefire_span
from bot.packs import Pack
from bot.types import Ceasefire

#: What Telegram clients offer behind the slash.
BOT_COMMANDS = (
    ("status", "each ceasefire: status, since when, by whose word"),
    ("summary", "alerts of a period: /summary [conflict] [hours]"),
    ("toll", "casualty figures by claimant: /toll [conflict]"),
    ("latest", "the last five alerts"),
    ("sources", "the feeds and how fresh they are"),
    ("why", "why an alert was posted: /why TL-000012"),
    ("help", "what this bot does"),
)

LATEST = 5
LATEST_WITHIN = timedelta(days=7)
#: More alerts than this do not fit a message anyway.
SUMMARY_LIMIT = 60
#: How far /toll looks back where no ceasefire stands or stood lately.
TOLL_WITHIN = timedelta(days=30)
TOLL_BEFORE = timedelta(days=3)
#: What /toll reads at most; beyond it the answer says from when on it counts.
TOLL_CLAIMS = 2000
TOLL_EVENTS = 500

Answer = Callable[[Services, list[str]], Awaitable[str]]
Context = ContextTypes.DEFAULT_TYPE


def command_handlers(services: Services) -> list[CommandHandler[Any, Any]]:
    """Return the handlers, in the order of /help."""
    table: dict[str, Answer] = {
        "start": start,
        "help": show_help,
        "status": status,
        "summary": summary,
        "toll": toll,
        "latest": latest,
        "sources": sources,
        "why": why,
    }
    # Channel posts count too: a command written in the channel is answered there.
    asked = filters.UpdateType.MESSAGE | filters.UpdateType.CHANNEL_POST
    return [
        CommandHandler(name, _handler(services, answer), filters=asked)
        for name, answer in table.items()
    ]


def _handler(
    services: Services, answer: Answer
) -> Callable[[Update, Context], Coroutine[Any, Any, None]]:
    async def handle(update: Update, context: Context) -> None:
        message = update.effective_message
        if message is None:
            return
        text = await answer(services, list(context.args or []))
        await context.bot.send_message(
            chat_id=message.chat_id,
            text=text,
            parse_mode=ParseMode.HTML,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
            message_thread_id=message.message_thread_id if message.is_topic_message else None,
            reply_parameters=ReplyParameters(
                message_id=message.message_id, allow_sending_without_reply=True
            ),
            disable_notification=True,
        )

    return handle


async def start(services: Services, arguments: list[str]) -> str:
    """Greet and explain."""
    return answers.START


async def show_help(services: Services, arguments: list[str]) -> str:
    """Explain the commands."""
    return answers.HELP


async def status(services: Services, arguments: list[str]) -> str:
    """Tell the status of each ceasefire."""
    records = {record.conflict: record for record in await services.store.ceasefires()}
    return answers.status_answer(
        services.settings.packs, records, await _coverage(services), services.clock.now()
    )


async def summary(services: Services, arguments: list[str]) -> str:
    """Tell the alerts of a period."""
    question = read_summary(arguments, services.settings.packs)
    if isinstance(question, str):
        return question
    conflict = question.conflict.id if question.conflict else None
    since = services.clock.now() - timedelta(hours=question.hours)
    events = await services.store.latest_events(conflict, since, SUMMARY_LIMIT)
    packs = {pack.id: pack for pack in services.settings.packs}
    return answers.summary_answer(events, packs, question.hours, await _coverage(services))


async def toll(services: Services, arguments: list[str]) -> str:
    """Tell the casualty figures of a conflict, or of all, by claimant."""
    packs = list(services.settings.packs)
    if arguments:
        found = find_conflict(" ".join(arguments), packs)
        if isinstance(found, str):
            return found
        packs = [found]
    records = {record.conflict: record for record in await services.store.ceasefires()}
    told = [await _toll_of(services, pack, records.get(pack.id)) for pack in packs]
    return toll_answer(told, await _coverage(services))


async def _toll_of(services: Services, pack: Pack, record: Ceasefire | None) -> Told:
    now = services.clock.now()
    span = ceasefire_span(record) if record is not None else None
    if span is not None and span.end is not None and now - span.end > TOLL_WITHIN:
        span = None
    since = now - TOLL_WITHIN if span is None else span.start
    # Reports of what happened before show that it did.
    read_from = since if span is None else since - TOLL_BEFORE
    claims = await services.store.figure_claims(pack.id, read_from, TOLL_CLAIMS)
    events = await services.store.latest_events(pack.id, read_from, TOLL_EVENTS)
    oldest = max(
        (claims[-1].at if len(claims) == TOLL_CLAIMS else since),
        (events[-1].last_at if len(events) == TOLL_EVENTS else since),
    )
    cut = oldest > since
    counted = replace(span, start=oldest, reported=oldest) if span is not None and cut else span
    return Told(
        pack=pack,
        ceasefire=span,
        # Thousands of figures take a second or so; the bot goes on meanwhile.
        ledger=await asyncio.to_thread(build_ledger, claims, events, counted, pack),
        since=max(since, oldest),
        cut=cut,
    )


async def latest(services: Services, arguments: list[str]) -> str:
    """Tell the last alerts."""
    since = services.clock.now() - LATEST_WITHIN
    events = await services.store.latest_events(None, since, LATEST)
    packs = {pack.id: pack for pack in services.settings.packs}
    return answers.latest_answer(events, packs, await _coverage(services))


async def sources(services: Services, arguments: list[str]) -> str:
    """Tell the feeds and how fresh they are."""
    states = await services.store.feed_states()
    return answers.sources_answer(
        services.settings.feeds(), states, await _coverage(services), services.clock.now()
    )


async def why(services: Services, arguments: list[str]) -> str:
    """Tell why an alert was posted, or what became of an entry."""
    if not arguments:
        return "Which alert? Its id stands at the end of a post. Example: /why TL-000012"
    asked = arguments[0][:2000]
    asked = asked.upper() if asked.upper().startswith("TL-") else asked
    event = await services.store.event_of_alert(asked)
    decisions = await services.store.decisions_for(asked)
    return answers.why_answer(asked[:200], event, decisions, await _coverage(services))


async def _coverage(services: Services) -> str:
    states = await services.store.feed_states()
    return coverage_line(services.settings.feeds(), states, services.clock.now())
