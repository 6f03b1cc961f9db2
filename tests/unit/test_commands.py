"""Answers to readers from a real SQLite store: exact texts, each with its coverage, all inert."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from telegram import Chat, Message, MessageEntity, Update

from bot.clock import VirtualClock
from bot.commands.answers import fit, units
from bot.commands.coverage import ago, coverage_line
from bot.commands.handlers import (
    BOT_COMMANDS,
    command_handlers,
    latest,
    show_help,
    sources,
    start,
    status,
    summary,
    toll,
    why,
)
from bot.commands.questions import SummaryQuestion, find_conflict, read_summary
from bot.commands.services import Services
from bot.config import Config, FeedSection, Settings
from bot.packs import Pack, Party
from bot.preview.markup import FormattedText, parse_html, with_found_entities
from bot.store.sql import SqlStore
from bot.types import (
    Action,
    ActionKind,
    Attribution,
    Ceasefire,
    Change,
    Claim,
    ConflictState,
    Decision,
    Declaration,
    Entry,
    Event,
    Feed,
    FeedState,
    Relation,
    Status,
)

NOW = datetime(2026, 3, 12, 12, tzinfo=UTC)
SUDAN = Pack(
    id="sudan",
    name="Sudan",
    timezone="UTC",
    parties=(Party(id="army", name="Sudan's army", names=("Army",)),),
)
VALLEY = Pack(
    id="tarn-valley",
    name="Tarn & Valley",
    timezone="UTC",
    parties=(Party(id="ardovia", names=("Ardovia",)),),
)
FEEDS = (
    FeedSection(url="https://harbour.example.org/rss", outlet="harbour", outlet_name="Harbour"),
    FeedSection(url="https://courier.example.org/rss", outlet="courier", outlet_name="Courier"),
)
NOTHING_READ = "\n\n<i>Coverage: 0 of 2 feeds read in the last hour; no entry seen yet.</i>"


@pytest.fixture
async def services(tmp_path: Path) -> AsyncIterator[Services]:
    """A real store without a row, two conflicts, two feeds."""
    store = await SqlStore.open(f"sqlite:///{tmp_path}/bot.db", routes=[])
    config = Config(conflicts=(Path("sudan.yaml"), Path("tarn.yaml")), feeds=FEEDS)
    settings = Settings(path=tmp_path / "config.yaml", config=config, packs=(SUDAN, VALLEY))
    clock = VirtualClock(NOW)
    yield Services(store=store, settings=settings, clock=clock, started_at=NOW)
    await store.aclose()


def store_of(services: Services) -> SqlStore:
    assert isinstance(services.store, SqlStore)
    return services.store


def told(
    number: int,
    *,
    pack: Pack = VALLEY,
    at: datetime = NOW - timedelta(hours=1),
    quote: str = "Both sides have agreed to a truce, Ingrid Solle said.",
    speaker: str | None = "Ingrid Solle",
    relay: str | None = None,
    outlet: str = "Harbour",
    url: str = "https://harbour.example.org/truce",
    moved: bool = True,
) -> Change:
    """Return a posted event with its decision, ready to be saved."""
    entry = Entry(
        id=f"entry-{number}",
        fetched_at=at,
        published_at=at,
        outlet="harbour",
        outlet_name=outlet,
        feed="",
        url=f"https://harbour.example.org/page-{number}",
        guid=f"guid-{number}",
        title=f"Headline {number}",
    )
    claim = Claim(
        id=f"{entry.id}:title:0",
        entry_id=entry.id,
        at=at,
        field="title",
        quote=quote,
        start=0,
        end=len(quote),
        labels=("ceasefire",),
        scores={"ceasefire": 0.93},
        attribution=Attribution(speaker=speaker, relay=relay),
        outlet="harbour",
        outlet_name=outlet,
        url=url,
        conflict=pack.id,
    )
    event = Event(
        id=f"{pack.id}-{number}",
        conflict=pack.id,
        kind="ceasefire",
        step="agreed",
        first_at=at,
        last_at=at,
        claims=(claim,),
        entry_ids=(entry.id,),
        status_after=Status.AGREED if moved else Status.NONE,
        alert_id=f"TL-{number:06d}",
    )
    record = Ceasefire(
        conflict=pack.id,
        status=Status.AGREED,
        since=at,
        by=speaker,
        effective_at=NOW + timedelta(hours=3),
        expires_at=NOW + timedelta(hours=75),
        declarations=(
            Declaration(by="ardovia", party=True, act="rejects", at=at, claim_id="c"),
            Declaration(by="ardovia", party=True, act="accepts", at=at, claim_id="c"),
            Declaration(by=speaker or "?", act="agrees", at=at, claim_id=claim.id),
        ),
    )
    post = Action(
        at=at,
        action=ActionKind.POST,
        alert_id=event.alert_id or "",
        event_id=event.id,
        conflict=pack.id,
        kind=event.kind,
        reason="step_agreed",
        status_before=Status.NONE,
        status_after=event.status_after,
        entry_ids=event.entry_ids,
        claims=event.claims,
        text="post",
    )
    return Change(
        entry=entry,
        decision=Decision(
            entry_id=entry.id,
            at=at,
            relation=Relation.NEW,
            reason="step_agreed",
            event_id=event.id,
            alert_id=event.alert_id,
            details={"step": "agreed", "role": "mediator", "scores": "ceasefire 0.93"},
        ),
        state=ConflictState(
            conflict=pack.id, ceasefire=record, events=(event,), next_event=number + 1
        ),
        touched=(event.id,),
        claims=(claim,),
        actions=(post,),
    )


LINE = (
    "12 Mar 11:00 · ceasefire [none → agreed] · “Both sides have agreed to a truce, Ingrid Solle "
    'said.” – Ingrid Solle, in <a href="https://harbour.example.org/truce">Harbour</a> '
    "· 1 origin, 1 outlet · TL-000004"
)


# An empty database

Ask = Callable[[Services, list[str]], Awaitable[str]]

EMPTY: list[tuple[Ask, list[str], str]] = [
    (
        status,
        [],
        "<b>Ceasefires</b>\n"
        "\n"
        "<b>Sudan</b>: no step known\n"
        "no step of a ceasefire was found in what this bot has read\n"
        "\n"
        "<b>Tarn &amp; Valley</b>: no step known\n"
        "no step of a ceasefire was found in what this bot has read",
    ),
    (summary, [], "<b>Last 24 hours</b>\n\nNo alert was posted in this time."),
    (summary, ["sudan", "48"], "<b>Last 48 hours</b>\n\nNo alert was posted in this time."),
    (latest, [], "<b>Latest alerts</b>\n\nNo alert was posted in the last seven days."),
    (sources, [], "<b>Feeds</b>\n· Courier: not polled yet\n· Harbour: not polled yet"),
    (
        why,
        ["TL-000001"],
        "Nothing is stored under TL-000001. Alert ids look like TL-000012.",
    ),
]


@pytest.mark.parametrize(("ask", "arguments", "answer"), EMPTY)
async def test_an_empty_database_says_what_was_read_not_that_nothing_happened(
    services: Services, ask: Ask, arguments: list[str], answer: str
) -> None:
    assert await ask(services, arguments) == answer + NOTHING_READ


@pytest.mark.parametrize("ask", [start, show_help])
async def test_help_names_every_command_and_fits(services: Services, ask: Ask) -> None:
    answer = await ask(services, [])
    shown = parse_html(answer).text
    for name, _ in BOT_COMMANDS:
        assert f"/{name}" in shown
    assert "An accusation never ends a ceasefire here." in shown
    assert "Truceline" in shown


# With alerts


async def test_status_tells_since_when_and_by_whose_word(services: Services) -> None:
    await store_of(services).save_changes([told(4)])
    assert await status(services, []) == (
        "<b>Ceasefires</b>\n"
        "\n"
        "<b>Sudan</b>: no step known\n"
        "no step of a ceasefire was found in what this bot has read\n"
        "\n"
        "<b>Tarn &amp; Valley</b>: agreed\n"
        "since 12 Mar 2026 11:00 UTC (60 min ago), by the word of Ingrid Solle\n"
        "stated start: 12 Mar 2026 15:00 UTC\n"
        "stated end: 15 Mar 2026 15:00 UTC\n"
        "· Ardovia: accepts, 12 Mar 2026 11:00 UTC\n"
        "· Ingrid Solle: agrees, 12 Mar 2026 11:00 UTC" + NOTHING_READ
    )


async def test_a_status_set_by_the_clock_is_nobody_s_word(services: Services) -> None:
    change = told(4)
    assert change.state is not None
    due = replace(change.state.ceasefire, status=Status.DUE, by=None)
    await store_of(services).save_changes(
        [replace(change, state=replace(change.state, ceasefire=due))]
    )
    answer = await status(services, [])
    assert "<b>Tarn &amp; Valley</b>: due, no start reported yet\n" in answer
    assert "since 12 Mar 2026 11:00 UTC (60 min ago), set by the clock\n" in answer


async def test_latest_shows_words_speaker_outlet_and_counts(services: Services) -> None:
    await store_of(services).save_changes([told(4)])
    assert await latest(services, []) == (
        f"<b>Latest alerts</b>\n\n<b>Tarn &amp; Valley</b>\n{LINE}{NOTHING_READ}"
    )


async def test_latest_shows_five_and_nothing_older_than_a_week(services: Services) -> None:
    store = store_of(services)
    for number in range(1, 8):
        await store.save_changes([told(number, at=NOW - timedelta(hours=number))])
    await store.save_changes([told(8, at=NOW - timedelta(days=8))])
    shown = re.findall(r"TL-\d+", await latest(services, []))
    assert shown == [f"TL-{n:06d}" for n in range(1, 6)]


async def test_summary_takes_a_conflict_and_hours(services: Services) -> None:
    store = store_of(services)
    await store.save_changes([told(4)])
    await store.save_changes([told(5, pack=SUDAN, at=NOW - timedelta(hours=30))])
    assert await summary(services, []) == (
        f"<b>Last 24 hours</b>\n\n<b>Tarn &amp; Valley</b>\n{LINE}{NOTHING_READ}"
    )
    assert re.findall(r"TL-\d+", await summary(services, ["48"])) == ["TL-000004", "TL-000005"]
    assert re.findall(r"TL-\d+", await summary(services, ["sudan", "48h"])) == ["TL-000005"]
    assert re.findall(r"TL-\d+", await summary(services, ["sudan"])) == []


async def test_why_tells_the_decisions_behind_an_alert_or_an_entry(services: Services) -> None:
    await store_of(services).save_changes([told(4, relay="MNA")])
    decision = (
        "\n\n12 Mar 2026 11:00 UTC · new · step agreed\n"
        "role: mediator\n"
        "scores: ceasefire 0.93\n"
        "step: agreed\n"
        "entry entry-4"
    )
    head = "<b>Why {}</b>"
    event = "\nceasefire, 1 origin: Ingrid Solle\noutlets: Harbour"
    for asked in ("TL-000004", "tl-000004"):
        expected = head.format("TL-000004") + event + decision + NOTHING_READ
        assert await why(services, [asked]) == expected
    assert await why(services, ["entry-4"]) == head.format("entry-4") + decision + NOTHING_READ
    page = await why(services, ["https://harbour.example.org/page-4?utm_source=feed"])
    assert page.endswith(decision + NOTHING_READ)


async def test_why_without_an_argument_says_what_to_ask(services: Services) -> None:
    assert await why(services, []) == (
        "Which alert? Its id stands at the end of a post. Example: /why TL-000012"
    )


async def test_sources_tell_how_fresh_each_feed_is(services: Services) -> None:
    store = store_of(services)
    await store.save_feed_state(
        FeedState(
            url="https://harbour.example.org/rss",
            last_ok_at=NOW - timedelta(minutes=5),
            newest_entry_at=NOW - timedelta(hours=3),
        )
    )
    await store.save_feed_state(
        FeedState(url="https://courier.example.org/rss", failures=2, last_error="http_503")
    )
    assert await sources(services, []) == (
        "<b>Feeds</b>\n"
        "· Courier: never read – 2 failures in a row: http 503\n"
        "· Harbour: read 5 min ago, newest entry 3 h ago\n"
        "\n"
        "<i>Coverage: 1 of 2 feeds read in the last hour; newest entry 3 h ago.</i>"
    )


ANSWERS: list[tuple[Ask, list[str]]] = [
    (status, []),
    (summary, []),
    (summary, ["tarn-valley", "48"]),
    (toll, []),
    (latest, []),
    (sources, []),
    (why, ["TL-000001"]),
    (why, ["TL-000099"]),
]


@pytest.mark.parametrize(("ask", "arguments"), ANSWERS)
async def test_every_answer_states_its_coverage(
    services: Services, ask: Ask, arguments: list[str]
) -> None:
    await store_of(services).save_changes([told(1)])
    assert (await ask(services, arguments)).endswith(NOTHING_READ)


# Questions

QUESTIONS = [
    # nothing asked: every conflict, one day
    ([], None, 24),
    # hours alone, with or without their unit
    (["48"], None, 48),
    (["48h"], None, 48),
    (["1"], None, 1),
    (["168"], None, 168),
    # a conflict by id, by name, by a part of it, in any case
    (["sudan"], "sudan", 24),
    (["SUDAN", "6"], "sudan", 6),
    (["tarn", "valley", "6"], "tarn-valley", 6),
    (["Tarn", "&", "Valley"], "tarn-valley", 24),
    (["valley"], "tarn-valley", 24),
]


@pytest.mark.parametrize(("arguments", "conflict", "hours"), QUESTIONS)
def test_a_summary_is_asked_for_by_conflict_and_hours(
    arguments: list[str], conflict: str | None, hours: int
) -> None:
    question = read_summary(arguments, [SUDAN, VALLEY])
    assert isinstance(question, SummaryQuestion)
    assert (question.conflict and question.conflict.id, question.hours) == (conflict, hours)


BAD_HOURS = [
    # none, too many, less than none, a part of one, and more digits than a number needs
    "0",
    "169",
    "-5",
    "1.5",
    "1,5h",
    "9" * 400,
]


@pytest.mark.parametrize("hours", BAD_HOURS)
async def test_hours_out_of_range_are_answered_with_the_range(
    services: Services, hours: str
) -> None:
    expected = "Hours must lie between 1 and 168. Example: /summary 48"
    assert await summary(services, [hours]) == expected
    assert await summary(services, ["sudan", hours]) == expected


UNKNOWN = [
    # quite unknown
    ("atlantis", "No conflict is called “atlantis”. There are: sudan, tarn-valley"),
    # nearly right
    ("sudann", "No conflict is called “sudann”. Did you mean sudan? There are: sudan, tarn-valley"),
    # signs that are digits and no numbers
    ("²", "No conflict is called “²”. There are: sudan, tarn-valley"),
    # too short to be a part of a name
    (
        "val",
        "No conflict is called “val”. Did you mean tarn-valley? There are: sudan, tarn-valley",
    ),
]


@pytest.mark.parametrize(("words", "answer"), UNKNOWN)
async def test_an_unknown_conflict_is_answered_with_those_there_are(
    services: Services, words: str, answer: str
) -> None:
    assert await summary(services, words.split()) == answer


def test_words_that_fit_two_conflicts_name_neither() -> None:
    other = VALLEY.model_copy(update={"id": "green-valley", "name": "Green"})
    answer = find_conflict("valley", [VALLEY, other])
    assert isinstance(answer, str)
    assert answer.endswith("There are: tarn-valley, green-valley")


# Hostile words

HOSTILE = [
    "<b>bold</b>",
    "</i><a href='https://evil.example.org'>x</a>",
    "&lt;script&gt;",
    "@everyone",
    "/start@other_bot",
    "https://evil.example.org/login",
    "tg://resolve?domain=evil",
    "EVIL.COM",
    "\u202eesrever",
    "x" * 5000,
    "<" * 5000,
    "😀" * 3000,
]


def active_parts(html: str) -> list[str]:
    """Return what Telegram would make a mention, command or link of that is none of ours."""
    own = re.compile(r"/(?:start|help|status|summary|toll|latest|sources|why)\b(?!@)")
    shown = parse_html(html)
    bare = FormattedText(text=own.sub("", shown.text))
    found = [e.type for e in with_found_entities(bare).entities]
    return found + re.findall(r"@\w+|\w+://\w|[\w-]\.[^\W\d_]{2,}", bare.text)


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("ask", [summary, toll, why])
async def test_an_argument_comes_back_as_inert_text(
    services: Services, ask: Ask, words: str
) -> None:
    answer = await ask(services, [words])
    assert active_parts(answer) == []
    assert "\u202e" not in answer
    assert units(answer) <= 4096
    assert {e.type for e in parse_html(answer).entities} <= {"italic"}


@pytest.mark.parametrize("words", HOSTILE)
async def test_words_of_others_are_inert_in_every_answer(services: Services, words: str) -> None:
    await store_of(services).save_changes(
        [told(4, quote=words, speaker=words, relay=words, outlet=words, url="")]
    )
    asked: list[tuple[Ask, list[str]]] = [
        (status, []),
        (summary, []),
        (latest, []),
        (why, ["TL-000004"]),
    ]
    for ask, arguments in asked:
        answer = await ask(services, arguments)
        assert active_parts(answer) == []
        assert "\u202e" not in answer
        assert units(answer) <= 4096
        assert answer.endswith(NOTHING_READ)
        assert {e.type for e in parse_html(answer).entities} <= {"bold", "italic"}


async def test_a_flood_of_alerts_is_cut_at_whole_lines_with_the_coverage_kept(
    services: Services,
) -> None:
    store = store_of(services)
    for number in range(1, 41):
        at = NOW - timedelta(minutes=number)
        await store.save_changes([told(number, at=at, quote="The guns & mortars " * 20)])
    answer = await summary(services, [])
    shown = re.findall(r"TL-\d{6}", answer)
    assert shown == [f"TL-{n:06d}" for n in range(1, len(shown) + 1)]
    assert 5 <= len(shown) < 40
    assert f"\n… {40 - len(shown)} more lines\n\n<i>Coverage:" in answer
    assert units(answer) <= 4096
    parse_html(answer)


CUTS = [
    # all lines fit
    (["a", "b"], "a\nb"),
    # one line is left out, many are
    (["a", "x" * 5000], "a\n… 1 more line"),
    (["a", "x" * 5000, "b", "c"], "a\n… 3 more lines"),
]


@pytest.mark.parametrize(("lines", "text"), CUTS)
def test_lines_that_do_not_fit_are_counted(lines: list[str], text: str) -> None:
    assert fit(lines, "Coverage: <all>.") == f"{text}\n\n<i>Coverage: &lt;all&gt;.</i>"


# Coverage


def state(url: str, *, read: timedelta | None, newest: timedelta | None = None) -> FeedState:
    return FeedState(
        url=url,
        last_ok_at=None if read is None else NOW - read,
        newest_entry_at=None if newest is None else NOW - newest,
    )


TWO = [Feed(url=url, outlet="x", outlet_name="X") for url in ("a", "b")]
COVERAGES = [
    # no feeds, none read, one stale, both fresh
    ([], [], "Coverage: no feeds are set up."),
    (TWO, [], "Coverage: 0 of 2 feeds read in the last hour; no entry seen yet."),
    (
        TWO,
        [state("a", read=timedelta(hours=1, seconds=1), newest=timedelta(days=3))],
        "Coverage: 0 of 2 feeds read in the last hour; newest entry 3 d ago.",
    ),
    (
        TWO,
        [
            state("a", read=timedelta(hours=1), newest=timedelta(minutes=30)),
            state("b", read=timedelta(0), newest=timedelta(hours=5)),
        ],
        "Coverage: 2 of 2 feeds read in the last hour; newest entry 30 min ago.",
    ),
    # a feed that failed ever since, and one that is no longer set up
    (
        TWO,
        [state("a", read=None), state("gone", read=timedelta(0), newest=timedelta(0))],
        "Coverage: 0 of 2 feeds read in the last hour; no entry seen yet.",
    ),
]


@pytest.mark.parametrize(("feeds", "states", "line"), COVERAGES)
def test_coverage_counts_what_was_read_of_what_is_set_up(
    feeds: list[Feed], states: list[FeedState], line: str
) -> None:
    assert coverage_line(feeds, {s.url: s for s in states}, NOW) == line


AGO = [
    (timedelta(seconds=-5), "just now"),
    (timedelta(seconds=59), "just now"),
    (timedelta(seconds=60), "1 min ago"),
    (timedelta(seconds=120), "2 min ago"),
    (timedelta(minutes=119), "119 min ago"),
    (timedelta(hours=2), "2 h ago"),
    (timedelta(hours=47), "47 h ago"),
    (timedelta(hours=48), "2 d ago"),
]


@pytest.mark.parametrize(("age", "words"), AGO)
def test_an_age_is_told_in_the_largest_fitting_unit(age: timedelta, words: str) -> None:
    assert ago(NOW - age, NOW) == words


# In the chat


class RecordingBot:
    """Takes the calls that a handler makes."""

    username = "truceline_bot"

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []

    async def send_message(self, **given: Any) -> None:
        self.sent.append(given)


def message(text: str, bot: RecordingBot, *, kind: str = Chat.PRIVATE) -> Message:
    command = MessageEntity(type="bot_command", offset=0, length=len(text.split()[0]))
    made = Message(
        message_id=7, date=NOW, chat=Chat(id=-5, type=kind), text=text, entities=[command]
    )
    made.set_bot(bot)  # type: ignore[arg-type]
    return made


def test_every_command_has_a_handler_and_a_place_in_the_menu(services: Services) -> None:
    handled = [name for handler in command_handlers(services) for name in handler.commands]
    assert handled == [
        "start",
        "help",
        "status",
        "summary",
        "toll",
        "latest",
        "sources",
        "why",
    ]
    assert {name for name, _ in BOT_COMMANDS} == set(handled) - {"start"}


async def test_a_command_is_answered_in_silence_as_html_without_previews(
    services: Services,
) -> None:
    bot = RecordingBot()
    update = Update(update_id=1, message=message("/summary 0", bot))
    handler = next(h for h in command_handlers(services) if "summary" in h.commands)
    assert handler.check_update(update)
    context: Any = SimpleNamespace(args=["0"], bot=bot)
    await handler.callback(update, context)
    [sent] = bot.sent
    assert sent["chat_id"] == -5
    assert sent["text"] == "Hours must lie between 1 and 168. Example: /summary 48"
    assert sent["parse_mode"] == "HTML"
    assert sent["disable_notification"] is True
    assert sent["link_preview_options"].is_disabled is True
    assert sent["reply_parameters"].message_id == 7
    assert sent["message_thread_id"] is None


def test_a_command_in_the_channel_counts_and_an_edited_message_does_not(
    services: Services,
) -> None:
    bot = RecordingBot()
    handler = next(h for h in command_handlers(services) if "status" in h.commands)
    in_channel = Update(update_id=1, channel_post=message("/status", bot, kind=Chat.CHANNEL))
    edited = Update(update_id=2, edited_message=message("/status", bot))
    other_bot = Update(update_id=3, message=message("/status@other_bot", bot))
    assert handler.check_update(in_channel)
    assert not handler.check_update(edited)
    assert not handler.check_update(other_bot)
