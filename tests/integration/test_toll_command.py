"""/toll from a real store: what was saved is read back, attributed line by line, and inert."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import VirtualClock
from bot.commands import handlers
from bot.commands.handlers import toll
from bot.commands.services import Services
from bot.commands.toll import ALONE
from bot.config import Config, Settings
from bot.packs import Pack
from bot.preview.markup import parse_html, with_found_entities
from bot.store.sql import SqlStore
from bot.types import (
    Attribution,
    Ceasefire,
    Change,
    Claim,
    ConflictState,
    Entry,
    Event,
    Figure,
    Measure,
    Polarity,
    Qualifier,
    Scope,
    Stance,
    Status,
    StatusChange,
)

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
NOW = START + timedelta(days=10)
COVERAGE = "\n\n<i>Coverage: no feeds are set up.</i>"
VALLEY = Pack.model_validate(
    {
        "id": "tarn",
        "name": "Tarn & Valley",
        "timezone": "UTC",
        "parties": [{"id": "a", "names": ["Ardovia"]}, {"id": "s", "names": ["Selmara"]}],
        "places": ["Orvel", "Tashar"],
    }
)
SUDAN = Pack.model_validate(
    {"id": "sudan", "name": "Sudan", "timezone": "UTC", "parties": [{"id": "x", "names": ["X"]}]}
)
ARMY = Attribution(speaker="Ardovia's army", party="a", relay="MNA")


@pytest.fixture
async def services(tmp_path: Path) -> AsyncIterator[Services]:
    store = await SqlStore.open(f"sqlite:///{tmp_path}/bot.db", routes=[])
    config = Config(conflicts=(Path("tarn.yaml"), Path("sudan.yaml")), use_pack_feeds=False)
    settings = Settings(path=tmp_path / "config.yaml", config=config, packs=(VALLEY, SUDAN))
    yield Services(store=store, settings=settings, clock=VirtualClock(NOW), started_at=NOW)
    await store.aclose()


def figure(number: int, text: str, measure: Measure = Measure.KILLED, **given: object) -> Figure:
    made = Figure(measure=measure, low=number, high=number, qualifier=Qualifier.EXACT, text=text)
    return replace(made, **given)  # type: ignore[arg-type]


def told(
    number: int,
    *figures: Figure,
    by: Attribution = ARMY,
    outlet: str = "Harbour",
    days: float = 1,
    places: tuple[str, ...] = (),
    into: Event | None = None,
    post: bool = True,
) -> Change:
    """Return an entry with one claim, in a posted event of its own, in a known one or in none."""
    at = START + timedelta(days=days)
    entry = Entry(
        id=f"e{number}",
        fetched_at=at,
        published_at=at,
        outlet=outlet.lower(),
        outlet_name=outlet,
        feed="",
        url=f"https://{outlet.lower()}.example.org/{number}",
        guid=f"g{number}",
        title=f"Headline {number}",
    )
    claim = Claim(
        id=f"{entry.id}:title:0",
        entry_id=entry.id,
        at=at,
        field="title",
        quote=f"Quote {number}",
        start=0,
        end=7,
        labels=("casualty",),
        scores={"casualty": 0.9},
        attribution=by,
        outlet=entry.outlet,
        outlet_name=outlet,
        url=entry.url,
        conflict="tarn",
        places=places,
        figures=figures,
    )
    event = into or Event(
        id=f"tarn-{number}",
        conflict="tarn",
        kind="violation",
        first_at=at,
        last_at=at,
        claims=(),
        entry_ids=(),
        places=places,
        alert_id=f"TL-{number:06d}",
    )
    event = replace(
        event,
        last_at=at,
        claims=(*event.claims, claim),
        entry_ids=(*event.entry_ids, entry.id),
    )
    moved = StatusChange(
        conflict="tarn", old=Status.DUE, new=Status.IN_FORCE, at=START, reason="start_reported"
    )
    extended = replace(moved, old=Status.IN_FORCE, new=Status.EXTENDED, at=START + timedelta(3))
    record = Ceasefire(conflict="tarn", status=Status.EXTENDED, history=(moved, extended))
    return Change(
        entry=entry,
        decision=None,
        state=ConflictState(
            conflict="tarn", ceasefire=record, events=(event,) if post else (), next_event=9
        ),
        touched=(event.id,) if post else (),
        claims=(claim,),
    )


async def save(services: Services, *changes: Change) -> None:
    assert isinstance(services.store, SqlStore)
    await services.store.save_changes(changes)


def event_of(change: Change) -> Event:
    assert change.state is not None
    return change.state.events[0]


async def test_nothing_stored_is_told_as_nothing_stored(services: Services) -> None:
    none = "No ceasefire is known that stood in the last 30 days; figures of these days.\n"
    stored = (
        "No figure of killed, wounded, missing or captured is stored since 09 Feb 2026 12:00 UTC."
    )
    assert await toll(services, ["tarn"]) == (
        f"<b>Toll</b>\n{ALONE}\n\n<b>Tarn &amp; Valley</b>\n{none}{stored}{COVERAGE}"
    )
    both = await toll(services, [])
    assert "<b>Tarn &amp; Valley</b>" in both
    assert "<b>Sudan</b>" in both


async def test_an_unknown_conflict_is_answered_with_those_there_are(services: Services) -> None:
    answer = "No conflict is called “atlantis”. There are: tarn, sudan"
    assert await toll(services, ["atlantis"]) == answer


async def test_figures_stand_by_claimant_with_range_source_and_time(services: Services) -> None:
    selmara = Attribution(speaker="Selmara's ministry", party="s")
    strike = told(1, figure(2, "two of its soldiers"), places=("Orvel",))
    update = told(
        2,
        figure(3, "three of its soldiers"),
        figure(5, "five", Measure.WOUNDED),
        days=1.25,
        into=event_of(strike),
    )
    rival = told(
        3, figure(9, "nine"), by=selmara, outlet="Courier", days=1.5, into=event_of(update)
    )
    second = told(4, figure(4, "at least four", high=None), days=4, places=("Tashar",))
    stated = told(
        5, figure(40, "40 people", scope=Scope.SINCE_CEASEFIRE), by=selmara, days=5, post=False
    )
    denied = told(
        6,
        figure(9, "nine", polarity=Polarity.DENIED),
        by=replace(ARMY, stance=Stance.DENIES),
        days=6,
        post=False,
    )
    before = told(7, figure(70, "seventy"), days=-1.5)
    await save(services, before, strike, update, rival, second, stated, denied)
    harbour = '<a href="https://harbour.example.org/{}">Harbour</a>'
    assert await toll(services, ["tarn"]) == (
        f"<b>Toll</b>\n{ALONE}\n"
        "\n"
        "<b>Tarn &amp; Valley</b>\n"
        "Ceasefire since 01 Mar 2026 12:00 UTC.\n"
        "\n"
        "<b>Ardovia</b>\n"
        "· killed since the ceasefire, by the incident figures of Ardovia: <b>7 or more</b> in "
        "2 incidents; as of 05 Mar 2026 12:00 UTC\n"
        "· wounded since the ceasefire, by the incident figures of Ardovia: <b>5</b> in "
        "1 incident; as of 02 Mar 2026 18:00 UTC\n"
        f"· “at least four” killed – Ardovia's army, via MNA, in {harbour.format(4)}, "
        "as of 05 Mar 2026 12:00 UTC · TL-000004\n"
        "· “three of its soldiers” killed (side: Ardovia; earlier “two of its soldiers”, "
        "02 Mar 12:00 UTC), “five” wounded – Ardovia's army, via MNA, in "
        f"{harbour.format(2)}, as of 02 Mar 2026 18:00 UTC · TL-000001\n"
        f"· <i>denied:</i> “nine” killed – Ardovia's army, via MNA, in {harbour.format(6)}, "
        "as of 07 Mar 2026 12:00 UTC\n"
        "\n"
        "<b>Selmara</b>\n"
        "· “40 people” killed since the ceasefire, as stated – Selmara's ministry, in "
        f"{harbour.format(5)}, as of 06 Mar 2026 12:00 UTC\n"
        '· “nine” killed – Selmara\'s ministry, in <a href="https://courier.example.org/3">'
        f"Courier</a>, as of 03 Mar 2026 00:00 UTC · TL-000001{COVERAGE}"
    )
    assert "<b>Sudan</b>" not in await toll(services, [])
    assert "No figures stored: Sudan" in await toll(services, [])


async def test_words_without_a_number_are_counted_and_named(services: Services) -> None:
    vague = figure(0, "dozens", low=None, high=None, qualifier=Qualifier.VAGUE)
    await save(services, told(1, vague), told(2, vague, days=4), told(3, figure(2, "two"), days=7))
    answer = await toll(services, ["tarn"])
    assert (
        "figures of Ardovia: <b>2</b> in 1 incident, and 2 reports without a number; as" in answer
    )


async def test_too_many_figures_are_read_from_a_later_day_and_the_answer_says_so(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handlers, "TOLL_CLAIMS", 3)
    changes = [told(n, figure(2, "two"), days=n, post=False) for n in range(1, 9)]
    await save(services, *changes)
    answer = await toll(services, ["tarn"])
    assert "Only the newest figures were read, back to 07 Mar 2026 12:00 UTC.\n" in answer
    assert "\nCeasefire since 01 Mar 2026 12:00 UTC.\n" in answer
    assert "· killed since 07 Mar 2026 12:00 UTC, by the incident figures of Ardovia: " in answer


async def test_claims_with_figures_are_read_newest_first_and_no_others(services: Services) -> None:
    plain = told(1)
    await save(services, plain, *(told(n, figure(n, "n"), days=n) for n in range(2, 6)))
    store = services.store
    since = START + timedelta(days=3)
    read = await store.figure_claims("tarn", since, 9)
    assert [c.entry_id for c in read] == ["e5", "e4", "e3"]
    assert [c.entry_id for c in await store.figure_claims("tarn", START, 2)] == ["e5", "e4"]
    assert await store.figure_claims("sudan", START, 9) == ()


HOSTILE = [
    "<b>bold</b>",
    "</i><a href='https://evil.example.org'>x</a>",
    "@everyone /start tg://resolve?domain=evil",
    "EVIL.COM \u202eesrever",
    "😀" * 3000,
    "<" * 5000,
]


@pytest.mark.parametrize("words", HOSTILE)
async def test_words_of_others_are_inert_and_the_answer_is_bounded(
    services: Services, words: str
) -> None:
    changes = []
    for n in range(1, 40):
        by = Attribution(speaker=f"{n} {words}", relay=words)
        change = told(n, figure(n, words), figure(9, words, Measure.WOUNDED), by=by, days=n / 5)
        claim = replace(change.claims[0], outlet_name=words, url="")
        event = replace(event_of(change), claims=(claim,))
        assert change.state is not None
        state = replace(change.state, events=(event,))
        changes.append(replace(change, claims=(claim,), state=state))
    await save(services, *changes)
    answer = await toll(services, [])
    shown = parse_html(answer)
    assert len(answer.encode("utf-16-le")) // 2 <= 4096
    assert answer.startswith(f"<b>Toll</b>\n{ALONE}\n")
    assert answer.endswith(COVERAGE)
    assert "\u202e" not in answer
    assert {e.type for e in shown.entities} <= {"bold", "italic"}
    assert [e.type for e in with_found_entities(type(shown)(text=shown.text)).entities] == []
    assert not re.findall(r"(?<!\u2060)@\w+|\w+://\w", shown.text.replace("/toll", ""))
