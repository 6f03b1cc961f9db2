"""`python -m bot backtest` over a real SQLite file that the store wrote, with a fake classifier.

The entries are a few of the sample coverage, whose story is fixed elsewhere; the classifier scores
by single words, so that every label depends on one threshold and nothing else.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from bot import cli
from bot.backtest import command
from bot.backtest.command import run_backtest
from bot.backtest.runs import ScoredOnce
from bot.config import PolicySection
from bot.demo.coverage import FOLDER, load_coverage
from bot.errors import StoreError
from bot.judge import Judge
from bot.lines import clock_text
from bot.packs import load_pack
from bot.replay import replay_entries
from bot.store.engine import open_engine
from bot.store.sql import SqlStore
from bot.types import Entry
from models.labels import SHIPPED_LABELS
from models.steps import StepReading, StepText

ROOT = Path(__file__).parents[2]

#: word -> label and score of every sentence that has it
WORDS = {
    "ceasefire": ("ceasefire", 0.9),
    "shells": ("casualty", 0.9),
    "raid": ("casualty", 0.6),
}
THRESHOLDS = dict.fromkeys(SHIPPED_LABELS, 0.5)


class WordClassifier:
    """Scores sentences by single words and counts what it was asked."""

    labels = SHIPPED_LABELS

    def __init__(self) -> None:
        self.asked: list[str] = []

    def classify(self, texts: Sequence[str]) -> list[dict[str, float]]:
        self.asked += texts
        return [self._scores(text.lower()) for text in texts]

    def read_steps(self, told: Sequence[StepText]) -> None:
        """Read none."""

    def _scores(self, text: str) -> dict[str, float]:
        found = dict(row for word, row in WORDS.items() if word in text)
        return {label: found.get(label, 0.0) for label in self.labels}


def sample(name: str) -> Entry:
    coverage = load_coverage()
    entry = next(e for e in coverage.entries if e.id == name)
    return Entry(
        id=entry.id,
        fetched_at=entry.at.astimezone(UTC),
        published_at=entry.at.astimezone(UTC),
        outlet=entry.outlet,
        outlet_name=coverage.outlets[entry.outlet].name,
        feed="",
        url=f"https://{entry.outlet}.example.org/{entry.id}.html",
        guid=entry.id,
        title=entry.title,
        summary=entry.summary,
        text="\n".join(entry.text),
        lang="en",
    )


#: seven killed at a market on 10 March, and the agreement of 11 March without its last sentence,
#: which tells of victims
MARKET, AGREED = sample("c01"), sample("c11")
AGREED = replace(AGREED, text=(AGREED.text or "").rpartition("\n")[0])
#: nine killed, five days before, in words of a lower score
RAID = replace(
    MARKET,
    id="raid",
    fetched_at=MARKET.fetched_at - timedelta(days=5),
    published_at=MARKET.fetched_at - timedelta(days=5),
    url="https://x.example.org/raid",
    guid="raid",
    title="Nine killed in raid on Esk bridge, Ardovian ministry says",
    summary=None,
    text="KALDOR, March 5 (MNA) - A Selmaran raid killed nine people at the Esk bridge in Tarn "
    "Valley on Thursday, Ardovia's Defence Ministry said.",
)
QUIET = replace(
    MARKET,
    id="quiet",
    fetched_at=MARKET.fetched_at - timedelta(days=9),
    published_at=MARKET.fetched_at - timedelta(days=9),
    url="https://x.example.org/quiet",
    guid="quiet",
    title="Tomatoes are cheaper this week",
    summary=None,
    text=None,
)
ENTRIES = (QUIET, RAID, MARKET, AGREED)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a working folder with a configuration."""
    monkeypatch.chdir(tmp_path)
    write_config(tmp_path)
    return tmp_path


def write_config(folder: Path, more: str = "") -> None:
    text = f"conflicts: [{FOLDER / 'pack.yaml'}]\ndatabase: sqlite:///bot.db\n{more}"
    (folder / "config.yaml").write_text(text, encoding="utf-8")


@pytest.fixture
def judge(monkeypatch: pytest.MonkeyPatch) -> WordClassifier:
    """Put the fake classifier in the place of the model."""
    classifier = WordClassifier()
    made = Judge(classifier=classifier, thresholds=dict(THRESHOLDS), description="words")
    monkeypatch.setattr(command, "load_shown_judge", lambda config, notices: made)
    return classifier


async def fill(url: str, entries: Sequence[Entry] = ENTRIES) -> None:
    """Let the bot's own pipeline write the database."""
    store = await SqlStore.open(url, routes=())
    try:
        changes = replay_entries(
            entries,
            packs=(load_pack(FOLDER / "pack.yaml"),),
            classifier=WordClassifier(),
            thresholds=dict(THRESHOLDS),
            policy=PolicySection(),
            store=store,
        )
        assert [change async for change in changes]
    finally:
        await store.aclose()


@pytest.fixture
async def database(folder: Path) -> Path:
    await fill(f"sqlite:///{folder}/bot.db")
    return folder / "bot.db"


def tried(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, Any]]:
    assert cli.main(["backtest", *arguments, "--json"]) == 0, capsys.readouterr().err
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    status = cli.main(["backtest", *arguments])
    said = capsys.readouterr()
    assert (status, said.out) == (2, "")
    return said.err


# --- what is found


@pytest.mark.usefixtures("database")
def test_a_threshold_and_a_policy_tried_on_the_database(
    judge: WordClassifier, capsys: pytest.CaptureFixture[str]
) -> None:
    changes = ["--set", "labels.casualty.threshold=0.7", "--set", "policy.audible_killed=8"]
    vanished, changed, summary = tried(capsys, *changes)

    assert (vanished["change"], vanished["title"]) == ("vanishes", RAID.title)
    assert (vanished["why"], vanished["after"]) == ("no_relevant_claim", None)
    before = vanished["before"]
    assert (before["kind"], before["silent"]) == ("casualty", False)
    assert (before["reason"], before["entry_ids"]) == ("many_killed", ["raid"])

    assert {key: changed[key] for key in ("change", "at", "conflict", "fields", "why")} == {
        "change": "changes",
        "at": "2026-03-10T06:10:00Z",
        "conflict": "tarn-valley",
        "fields": ["silent"],
        "why": "many_killed",
    }
    assert (changed["title"], changed["outlet"]) == (MARKET.title, "Meridian News Agency")
    assert (changed["before"]["silent"], changed["after"]["silent"]) == (False, True)

    assert summary["change"] == "summary"
    assert summary["changed"] == [
        {"key": "labels.casualty.threshold", "before": "0.5", "after": "0.7"},
        {"key": "policy.audible_killed", "before": "5", "after": "8"},
    ]
    assert (summary["entries"], summary["from"]) == (4, clock_text(QUIET.fetched_at))
    assert [summary[key] for key in ("appears", "vanishes", "changes", "unchanged")] == [0, 1, 1, 1]
    assert summary["alerts"] == {"before": 3, "after": 2}
    assert summary["audible"] == {"before": 3, "after": 1}
    days = (AGREED.fetched_at - QUIET.fetched_at) / timedelta(days=1)
    assert summary["days"] == round(days, 3)
    assert summary["alerts_per_day"] == {"before": round(3 / days, 3), "after": round(2 / days, 3)}
    moves = summary["status_changes"]["tarn-valley"]
    assert [(m["old"], m["new"]) for m in moves["before"]] == [("none", "agreed")]
    assert moves["after"] == moves["before"]

    # Each sentence was judged once, for both runs together.
    assert judge.asked
    assert len(judge.asked) == len(set(judge.asked))


@pytest.mark.usefixtures("database", "judge")
def test_the_other_way_round_an_alert_appears_with_the_reason_of_its_silence(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_config(folder, "labels: {casualty: {threshold: 0.7}}\n")
    (folder / "changed.yaml").write_text("labels: {casualty: {threshold: 0.55}}\n")
    appeared, summary = tried(capsys, "--with", "changed.yaml")
    assert (appeared["change"], appeared["why"]) == ("appears", "no_relevant_claim")
    assert (appeared["before"], appeared["after"]["entry_ids"]) == (None, ["raid"])
    assert (summary["appears"], summary["unchanged"]) == (1, 2)


@pytest.mark.usefixtures("judge")
def test_a_file_gives_what_the_database_gives_whatever_its_order(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = [
        {
            **{f: getattr(e, f) for f in ("id", "outlet", "outlet_name", "url", "guid", "title")},
            **{f: getattr(e, f) for f in ("summary", "text", "lang")},
            "fetched_at": clock_text(e.fetched_at),
            "published_at": clock_text(e.published_at),
        }
        for e in reversed(ENTRIES)
    ]
    Path("entries.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    changes = ("--set", "labels.casualty.threshold=0.7")
    stored = tried(capsys, *changes)
    database.unlink()
    assert tried(capsys, "entries.jsonl", *changes) == stored


@pytest.mark.usefixtures("database", "judge")
@pytest.mark.parametrize(
    ("since", "entries"),
    [("14d", 4), ("2d", 2), ("1h", 1), ("2026-03-11", 1), ("2026-03-01", 4)],
)
def test_since_counts_back_from_the_newest_entry_or_names_a_date(
    since: str, entries: int, capsys: pytest.CaptureFixture[str]
) -> None:
    *_, summary = tried(capsys, "--set", "policy.audible_killed=8", "--since", since)
    assert summary["entries"] == entries


@pytest.mark.usefixtures("database", "judge")
@pytest.mark.parametrize(
    ("since", "alerts"),
    # Nine died at the bridge before the span: what is told of it later is no alert of the span.
    [("14d", 3), ("2026-03-06", 2), ("1h", 1)],
)
async def test_what_led_up_to_the_span_is_known_and_not_told(
    since: str, alerts: int, database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    again = replace(
        RAID,
        id="raid-again",
        fetched_at=RAID.fetched_at + timedelta(hours=20),
        published_at=RAID.fetched_at + timedelta(hours=20),
        outlet="fernfeld",
        outlet_name="Fernfeld Courier",
        url="https://y.example.org/raid",
        guid="raid-again",
        title="Toll of raid on Esk bridge in Tarn Valley rises to eleven, Ardovian ministry says",
        text="The number of people killed in a Selmaran raid at the Esk bridge in Tarn Valley has "
        "risen from nine to eleven, Ardovia's Defence Ministry said.",
    )
    await fill(f"sqlite:///{database}", (again,))
    arguments = ["backtest", "--set", "policy.audible_killed=80", "--since", since, "--json"]
    assert await asyncio.to_thread(cli.main, arguments) == 0
    *_, summary = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert summary["alerts"]["before"] == alerts


@pytest.mark.usefixtures("judge")
async def test_the_database_is_read_over_two_weeks_unless_more_is_asked_for(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = QUIET.fetched_at - timedelta(days=30)
    await fill(f"sqlite:///{folder}/bot.db", (replace(QUIET, fetched_at=old), MARKET, AGREED))
    found = {}
    for since in ((), ("--since", "60d")):
        arguments = ["backtest", "--set", "policy.audible_killed=8", *since, "--json"]
        # The command runs a loop of its own, so it gets a thread of its own.
        assert await asyncio.to_thread(cli.main, arguments) == 0
        *_, summary = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        found[since] = summary["entries"]
    assert found == {(): 2, ("--since", "60d"): 3}


@pytest.mark.usefixtures("database", "judge")
def test_only_the_conflicts_asked_for_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    changes = ("--set", "policy.audible_killed=8")
    assert len(tried(capsys, *changes, "--conflict", "tarn-valley")) == 2
    assert refused(capsys, *changes, "--conflict", "atlantis") == (
        "--conflict: 'atlantis' is no loaded conflict (allowed: tarn-valley)\n"
    )


PLAIN = f"""\
vanishes 2026-03-05T06:10:00Z tarn-valley “{RAID.title}” (Meridian News Agency): \
casualty, with sound, status none, reason many_killed -> not posted: no_relevant_claim
changes 2026-03-10T06:10:00Z tarn-valley “{MARKET.title}” (Meridian News Agency): \
with sound -> silent, reason many_killed
4 entries over 10.0 days, 2026-03-01 06:10 to 2026-03-11 07:20 UTC
labels.casualty.threshold: 0.5 -> 0.7
policy.audible_killed: 5 -> 8
differences: 0 appear, 1 vanishes, 1 changes, 1 unchanged
alerts per day: 0.30 -> 0.20
audible per day: 0.30 -> 0.10
alerts: 3 -> 2
audible: 3 -> 1
edits: 0 -> 0
replies: 0 -> 0
status changes of tarn-valley: 1 (none > agreed) -> 1 (none > agreed)
"""


@pytest.mark.usefixtures("database", "judge")
def test_without_a_terminal_each_difference_is_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    changes = ["--set", "labels.casualty.threshold=0.7", "--set", "policy.audible_killed=8"]
    assert cli.main(["backtest", *changes]) == 0
    said = capsys.readouterr()
    assert said.out == PLAIN
    # Progress is for terminals.
    assert said.err == ""


@pytest.mark.usefixtures("database", "judge")
def test_on_a_terminal_the_differences_stand_in_a_table(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "120")
    notices = Console(stderr=True, force_terminal=True, highlight=False)
    assert (
        run_backtest(
            None,
            "",
            sys.stdout,
            Path("config.yaml"),
            notices,
            changed=None,
            options=("labels.casualty.threshold=0.7",),
            since=None,
            conflicts=(),
            as_json=False,
        )
        == 0
    )
    said = capsys.readouterr()
    assert "┃" in said.out
    assert "vanishes" in said.out
    assert "no_relevant_claim" in said.out
    assert "judging" in said.err


@pytest.mark.usefixtures("judge", "folder")
def test_words_of_others_send_no_commands_to_a_terminal(
    capsys: pytest.CaptureFixture[str],
) -> None:
    title = MARKET.title + "\x1b[2J\u202e\nvanishes all"
    line = {"id": "a", "fetched_at": "2026-03-10T06:10:00Z", "outlet": "x", "title": title}
    line |= {"published_at": line["fetched_at"], "text": MARKET.text}
    Path("entries.jsonl").write_text(json.dumps(line))
    assert cli.main(["backtest", "entries.jsonl", "--set", "policy.audible_killed=8"]) == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert f"“{MARKET.title}[2J vanishes all” (x)" in first


# --- unusable input

CHANGE = ("--set", "policy.audible_killed=8")


@pytest.mark.usefixtures("judge", "folder")
@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        # nothing to try, and what cannot be tried
        ((), "nothing to try: name changes with --set KEY=VALUE or --with FILE"),
        (("--set", "policy.audible_killed=0"), "--set policy.audible_killed: must be greater"),
        (("--set", "policy.audible=1"), "--set policy.audible: is no key of a backtest"),
        (("--with", "none.yaml"), "none.yaml: no such file; create it"),
        ((*CHANGE, "--config", "none.yaml"), "none.yaml: no such file; create it"),
        ((*CHANGE, "--since", "soon"), "--since: 'soon' is neither a span such as 14d"),
        # no entries: no database, no file, nothing in it, and no line that can be read
        (CHANGE, "database: sqlite:///"),
        ((*CHANGE, "none.jsonl"), "none.jsonl: cannot be read: No such file or directory"),
        ((*CHANGE, "."), ".: cannot be read: Is a directory"),
        ((*CHANGE, "empty.jsonl"), "empty.jsonl: holds no entries"),
        ((*CHANGE, "bad.jsonl"), "bad.jsonl:1: fetched_at: is missing"),
        (
            (*CHANGE, "old.jsonl", "--since", "2026-04-01"),
            "--since: old.jsonl holds no entries since 2026-04-01 00:00 UTC; the newest is of "
            "2026-03-10 06:10",
        ),
    ],
)
def test_unusable_input_ends_with_status_2_and_one_line(
    arguments: tuple[str, ...], fault: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("empty.jsonl").write_text("\n")
    Path("bad.jsonl").write_text('{"id": "a", "outlet": "x"}\n')
    Path("old.jsonl").write_text(
        '{"id": "a", "outlet": "x", "fetched_at": "2026-03-10T06:10:00Z"}\n'
    )
    said = refused(capsys, *arguments)
    assert said.startswith(fault)
    assert said.count("\n") == 1
    # Looking for a database creates none.
    assert not Path("bot.db").exists()


@pytest.mark.usefixtures("judge")
def test_a_database_without_entries_in_the_span_says_so(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = refused(capsys, *CHANGE, "--since", "2026-04-01")
    assert said == (
        "--since: the database holds no entries since 2026-04-01 00:00 UTC; "
        "the newest is of 2026-03-11 07:20\n"
    )


@pytest.mark.usefixtures("judge")
async def test_databases_that_cannot_be_read_say_what_to_do(folder: Path) -> None:
    url = f"sqlite:///{folder}/bot.db"

    async def fault() -> str:
        with pytest.raises(StoreError) as error:
            await SqlStore.open_existing(url)
        return str(error.value)

    assert await fault() == f"database: {url}: no such file; let the bot run first, or name another"
    (folder / "bot.db").write_text("no database")
    assert "is not an SQLite file" in await fault()
    (folder / "bot.db").write_bytes(b"")
    assert (await fault()).endswith("holds nothing yet; let the bot run first")
    (folder / "bot.db").unlink()
    await fill(url)
    engine = open_engine(url)
    for revision, words in (("9999", "newer version (schema 9999)"), ("0", "newer version")):
        async with engine.begin() as connection:
            await connection.exec_driver_sql(
                f"UPDATE alembic_version SET version_num = '{revision}'"  # noqa: S608
            )
        assert words in await fault()
    await engine.dispose()


@pytest.mark.usefixtures("judge")
async def test_an_empty_database_says_so(folder: Path) -> None:
    store = await SqlStore.open(f"sqlite:///{folder}/bot.db", routes=())
    await store.aclose()
    assert await asyncio.to_thread(cli.main, ["backtest", *CHANGE]) == 2


# --- sharing the judge


class StepClassifier(WordClassifier):
    """Reads a step in every text."""

    def read_steps(self, told: Sequence[StepText]) -> Any:
        self.asked += [f"step: {text}" for text, _ in told]
        return [(text, "read") for text in told]


def test_what_was_judged_once_is_never_asked_again() -> None:
    classifier = StepClassifier()
    scored = ScoredOnce(classifier)
    texts = ["A ceasefire.", "Rain.", "A ceasefire."]
    first = scored.classify(texts)
    assert scored.classify(["Rain.", "Snow."])[0] == first[1]
    told = [StepText(text, "Headline") for text in texts]
    steps: list[StepReading] | None = scored.read_steps(told)
    assert steps == [(text, "read") for text in told]
    assert scored.read_steps(told[:1]) == steps[:1]
    assert classifier.asked == [
        "A ceasefire.",
        "Rain.",
        "Snow.",
        "step: A ceasefire.",
        "step: Rain.",
    ]
    assert scored.labels == SHIPPED_LABELS
    assert ScoredOnce(WordClassifier()).read_steps(told) is None


# --- stopping

SLOW = """
import sys, time
from bot import cli
from bot.backtest import command
from bot.judge import Judge
from models.labels import SHIPPED_LABELS

class Slow:
    labels = SHIPPED_LABELS
    def classify(self, texts):
        print("judging", flush=True, file=sys.stderr)
        time.sleep(60)
    def read_steps(self, told):
        return None

made = Judge(classifier=Slow(), thresholds=dict.fromkeys(SHIPPED_LABELS, 0.5), description="slow")
command.load_shown_judge = lambda config, notices: made
sys.exit(cli.main(["backtest", "--set", "policy.audible_killed=8"]))
"""


def test_ctrl_c_ends_it_at_once_without_a_traceback(database: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SLOW],
        cwd=database.parent,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == b"judging\n"
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        out, said = process.communicate(timeout=30)
    assert (process.returncode, out, said) == (130, b"", b"stopped\n")
    assert time.monotonic() - began < 10


def test_the_times_of_the_sample_are_as_these_tests_take_them() -> None:
    assert MARKET.fetched_at == datetime(2026, 3, 10, 6, 10, tzinfo=UTC)
    assert AGREED.fetched_at == datetime(2026, 3, 11, 7, 20, tzinfo=UTC)
