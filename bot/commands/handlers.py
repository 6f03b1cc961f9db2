"""The bot's commands. Each handler reads, answers, and decides nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from datetime import timedelta
from typing import Any

from telegram import LinkPreviewOptions, ReplyParameters, Update
from telegram.constants import ParseMode
from telegram.ext import CommandHandler, ContextTypes, filters

from bot.commands import answers
from bot.commands.coverage import coverage_line
from bot.commands.questions import read_summary
from bot.commands.services import Services

#: What Telegram clients offer behind the slash.
BOT_COMMANDS = (
    ("status", "each ceasefire: status, since when, by whose word"),
    ("summary", "alerts of a period: /summary [conflict] [hours]"),
    ("latest", "the last five alerts"),
    ("sources", "the feeds and how fresh they are"),
    ("why", "why an alert was posted: /why TL-000012"),
    ("help", "what this bot does"),
)

LATEST = 5
LATEST_WITHIN = timedelta(days=7)
#: More alerts than this do not fit a message anyway.
SUMMARY_LIMIT = 60

Answer = Callable[[Services, list[str]], Awaitable[str]]
Context = ContextTypes.DEFAULT_TYPE


def command_handlers(services: Services) -> list[CommandHandler[Any, Any]]:
    """Return the handlers, in the order of /help."""
    table: dict[str, Answer] = {
        "start": start,
        "help": show_help,
        "status": status,
        "summary": summary,
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
