"""`python -m bot backtest`, in order: settings, entries, judging, two replays, the report."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

from pydantic import TypeAdapter, ValidationError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.alerts.reach import memory_of
from bot.backtest.compare import Run, compare
from bot.backtest.report import Backtest, show_tables, write_json, write_plain
from bot.backtest.runs import ScoredOnce, judge_once, replayed
from bot.backtest.trial import Trial, changed_keys, thresholds_of, trial_settings
from bot.config import Config, Duration, Settings, load_settings
from bot.contracts import load_shown_judge, read_entries, repeatable
from bot.errors import ConfigError, InputError
from bot.judge import Judge
from bot.replay import replay_order
from bot.store.sql import SqlStore
from bot.types import Entry

#: What is read of the database unless --since says otherwise; a file is read whole.
DEFAULT_SPAN = timedelta(days=14)

Since = timedelta | datetime | None


def run_backtest(
    stream: IO[bytes] | None,
    name: str,
    out: IO[str],
    config_path: Path,
    notices: Console,
    *,
    changed: Path | None,
    options: Sequence[str],
    since: str | None,
    conflicts: Sequence[str],
    as_json: bool,
) -> int:
    """Compare the present settings with changed ones over the same entries.

    Args:
        stream: JSON lines of entries; None: those in the database of the configuration.
        changed: the file of --with.
        options: KEY=VALUE of every --set.

    Raises:
        BotError: what is unusable, and what to do.
    """
    base = load_settings(config_path)
    trial = trial_settings(base, changed, options)
    _require_conflicts(conflicts, base, trial.settings)
    wanted = read_since(since)
    if stream is None:
        entries, start = asyncio.run(_stored_entries(base, wanted))
    else:
        entries, start = _within(read_entries(stream, name), wanted, name, base)
    for section in trial.unheeded:
        _tell(notices, f"{section} differs too; that changes nothing about stored entries")
    judge = load_shown_judge(_without_thresholds(repeatable(base.config)), notices)
    with _progress(notices) as progress:
        scored = _judged(entries, judge, progress)
        before, after = asyncio.run(_replay_both(entries, scored, judge, base, trial, progress))
    told = [entry for entry in entries if entry.fetched_at >= start]
    test = Backtest(
        comparison=compare(before.since(start), after.since(start), conflicts),
        changed=changed_keys(base, trial.settings, judge.thresholds),
        entries=len(told),
        first_at=told[0].fetched_at,
        last_at=entries[-1].fetched_at,
    )
    _report(test, out, as_json)
    return 0


def read_since(text: str | None) -> Since:
    """Return the span, or the date, that --since names.

    Raises:
        ConfigError: it is neither.
    """
    if text is None:
        return None
    with suppress(ValidationError):
        span: timedelta = TypeAdapter(Duration).validate_python(text)
        return span
    try:
        date = datetime.fromisoformat(text.strip())
        return date.replace(tzinfo=date.tzinfo or UTC).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise ConfigError(
            f"--since: {text!r} is neither a span such as 14d or 36h, counted back from the newest "
            "entry, nor a date such as 2026-03-01 (UTC)"
        ) from error


async def _stored_entries(settings: Settings, since: Since) -> tuple[list[Entry], datetime]:
    """Return the entries from the lead-in on, and the time from which alerts are told."""
    from bot.app import database_url

    url = database_url(settings)
    store = await SqlStore.open_existing(url)
    try:
        newest = await store.newest_entry_at()
        if newest is None:
            raise ConfigError(
                "the database holds no entries yet; let the bot run first, or name a file of "
                "entries: python -m bot backtest entries.jsonl"
            )
        start = _start(newest, since or DEFAULT_SPAN)
        stored = await store.entries_since(start - lead_in(settings))
    finally:
        await store.aclose()
    _require_entries(stored, start, newest, "the database")
    # As a cycle takes them: those of one poll by their own time.
    in_cycle = sorted(stored, key=lambda e: (e.published_at or e.fetched_at, e.id))
    return replay_order(in_cycle), start


def _within(
    entries: list[Entry], since: Since, name: str, settings: Settings
) -> tuple[list[Entry], datetime]:
    if not entries:
        raise InputError(f"{name}: holds no entries")
    newest = entries[-1].fetched_at
    if since is None:
        return entries, entries[0].fetched_at
    start = _start(newest, since)
    kept = [entry for entry in entries if entry.fetched_at >= start - lead_in(settings)]
    _require_entries(kept, start, newest, name)
    return kept, start


def lead_in(settings: Settings) -> timedelta:
    """Return how far back entries are replayed before the first alert that is told.

    Without what was known by then, the first report of the span would be the first of all.
    """
    return memory_of(settings.config.policy)


def _start(newest: datetime, since: timedelta | datetime) -> datetime:
    return since if isinstance(since, datetime) else newest - since


def _require_entries(found: Sequence[Entry], start: datetime, newest: datetime, name: str) -> None:
    if not any(entry.fetched_at >= start for entry in found):
        raise ConfigError(
            f"--since: {name} holds no entries since {start:%Y-%m-%d %H:%M} UTC; "
            f"the newest is of {newest:%Y-%m-%d %H:%M}"
        )


def _require_conflicts(conflicts: Sequence[str], base: Settings, trial: Settings) -> None:
    known = sorted({pack.id for pack in (*base.packs, *trial.packs)})
    unknown = [name for name in conflicts if name not in known]
    if unknown:
        raise ConfigError(
            "\n".join(
                f"--conflict: {name!r} is no loaded conflict (allowed: {', '.join(known)})"
                for name in unknown
            )
        )


def _without_thresholds(config: Config) -> Config:
    """Let the judge bring the thresholds of its model; each run lays its own over them."""
    labels = {
        name: section.model_copy(update={"threshold": None})
        for name, section in config.labels.items()
    }
    return config.model_copy(update={"labels": labels})


def _judged(entries: Sequence[Entry], judge: Judge, progress: Progress) -> ScoredOnce:
    return judge_once(entries, judge.classifier, _bar(progress, "judging", len(entries)))


async def _replay_both(
    entries: Sequence[Entry],
    scored: ScoredOnce,
    judge: Judge,
    base: Settings,
    trial: Trial,
    progress: Progress,
) -> tuple[Run, Run]:
    runs = [
        await replayed(
            entries,
            packs=settings.packs,
            classifier=scored,
            thresholds=thresholds_of(settings.config, judge.thresholds),
            policy=settings.config.policy,
            on_progress=_bar(progress, name, len(entries)),
        )
        for name, settings in (("as it is", base), ("as tried", trial.settings))
    ]
    return runs[0], runs[1]


def _report(test: Backtest, out: IO[str], as_json: bool) -> None:
    console = Console(file=out, highlight=False)
    if as_json:
        write_json(test, out)
    elif console.is_terminal:
        show_tables(test, console)
    else:
        write_plain(test, out)


def _progress(notices: Console) -> Progress:
    return Progress(
        TextColumn("{task.description:<9}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=notices,
        transient=True,
        disable=not notices.is_terminal,
    )


def _bar(progress: Progress, name: str, total: int) -> Callable[[int], None]:
    task = progress.add_task(name, total=total)
    return lambda done: progress.update(task, completed=done)


def _tell(notices: Console, line: str) -> None:
    notices.print(line, markup=False, style="dim", soft_wrap=True)
