"""Contracts 1-3 as functions over streams: JSON lines in, JSON lines out, notices elsewhere."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any, TypeVar
from zoneinfo import ZoneInfo

from rich.console import Console

from bot.config import Config, Settings, load_settings
from bot.errors import ConfigError, InputError
from bot.feeds.markup import whole
from bot.judge import Judge, NoModel, load_judge
from bot.lines import (
    EntryLine,
    TextLine,
    action_line,
    claim_line,
    decision_line,
    read_lines,
    write_line,
)
from bot.packs import Pack, load_pack
from bot.ports import Classifier
from bot.types import Change, Entry

T = TypeVar("T")


#: Lines scored together; enough to fill batches while results still flow.
LINES_AT_ONCE = 256


def classify_lines(
    stream: IO[bytes], name: str, out: IO[str], config_path: Path, notices: Console
) -> int:
    """Contract 1."""
    config = _config_or_default(config_path)
    lines = _begun(read_lines(stream, TextLine, name))
    judge = load_shown_judge(config, notices)
    done = 0
    while batch := list(islice(lines, LINES_AT_ONCE)):
        scored = judge.classifier.classify([line.text for line in batch])
        for line, scores in zip(batch, scored, strict=True):
            labels = [label for label, score in scores.items() if score >= judge.thresholds[label]]
            rounded = {label: round(score, 4) for label, score in scores.items()}
            write_line(out, {"id": line.id, "scores": rounded, "labels": labels})
        out.flush()
        done += len(batch)
        _show(notices, f"classified {done}")
    return 0


def extract_lines(
    stream: IO[bytes],
    name: str,
    out: IO[str],
    config_path: Path,
    notices: Console,
    *,
    all_sentences: bool,
    timezone: str | None,
    no_model: bool,
) -> int:
    """Contract 2."""
    from bot.claims.extract import extract_claims
    from bot.outlets import load_outlets
    from bot.pipeline import judge_entries

    _known_zone(timezone)
    settings = load_settings(config_path)
    entries = _begun(line.entry() for line in read_lines(stream, EntryLine, name))
    judge = None if no_model else load_shown_judge(settings.config, notices)
    classifier: Classifier = judge.classifier if judge else NoModel()
    wires = load_outlets().wires
    while batch := list(islice(entries, LINES_AT_ONCE)):
        for judged in judge_entries(batch, classifier):
            claims = extract_claims(
                judged.entry,
                judged.sentences,
                judged.scores,
                judge.thresholds if judge else {},
                settings.packs,
                wires,
                all_sentences=all_sentences,
                timezone=timezone,
            )
            told = [c for c in claims if c.labels or all_sentences or judge is None]
            write_line(out, {"id": judged.entry.id, "claims": [claim_line(c) for c in told]})
        out.flush()
    return 0


async def replay_lines(
    stream: IO[bytes],
    name: str,
    out: IO[str],
    config_path: Path,
    notices: Console,
    *,
    packs: Sequence[Path],
    decisions: bool,
) -> int:
    """Contract 3."""
    from bot.replay import replay_entries
    from bot.store.sql import SqlStore

    config, chosen = _packs_for_replay(config_path, packs)
    entries = read_entries(stream, name)
    judge = load_shown_judge(repeatable(config), notices)
    store = await SqlStore.open("sqlite://", routes=())
    try:
        changes = replay_entries(
            entries,
            packs=chosen,
            classifier=judge.classifier,
            thresholds=judge.thresholds,
            policy=config.policy,
            store=store,
            on_progress=lambda done: _show(notices, f"replayed {done} of {len(entries)}"),
        )
        async for made in _by_entry(changes):
            actions = [action for change in made for action in change.actions]
            for action in actions:
                write_line(out, action_line(action))
            reasons = [c.decision for c in made if c.entry is not None and c.decision is not None]
            if decisions and reasons and not actions:
                write_line(out, decision_line(reasons[0]))
    finally:
        await store.aclose()
    return 0


def read_entries(stream: IO[bytes], name: str) -> list[Entry]:
    """Return the entries of a file in order of `fetched_at`.

    Raises:
        InputError: a line is no entry, or two have one id.
    """
    from bot.replay import replay_order

    entries = replay_order(_whole(line.entry()) for line in read_lines(stream, EntryLine, name))
    seen: set[str] = set()
    for entry in entries:
        if entry.id in seen:
            raise InputError(f"{name}: id: {entry.id!r} stands on two lines; ids must differ")
        seen.add(entry.id)
    return entries


def _whole(entry: Entry) -> Entry:
    """Put a mark for each half of a surrogate pair, which no database and no message can hold."""
    texts: dict[str, Any] = {
        name: whole(value)
        for name in ("outlet", "outlet_name", "feed", "url", "guid", "title", "summary", "text")
        if isinstance(value := getattr(entry, name), str)
    }
    return replace(entry, **texts)


def _begun(lines: Iterator[T]) -> Iterator[T]:
    """Read the first lines now, so that a fault there is told before a model is loaded."""
    first = list(islice(lines, LINES_AT_ONCE))
    return chain(first, lines)


async def _by_entry(changes: AsyncIterator[Change]) -> AsyncIterator[tuple[Change, ...]]:
    """Yield what one entry changes in all its conflicts together; the clock's moves stand alone."""
    made: list[Change] = []
    async for change in changes:
        if made and (
            change.entry is None or made[0].entry is None or change.entry != made[0].entry
        ):
            yield tuple(made)
            made = []
        made.append(change)
    if made:
        yield tuple(made)


def _packs_for_replay(config_path: Path, packs: Sequence[Path]) -> tuple[Config, tuple[Pack, ...]]:
    if not packs:
        settings: Settings = load_settings(config_path)
        return settings.config, settings.packs
    return _config_or_default(config_path), tuple(load_pack(path) for path in packs)


def _config_or_default(path: Path) -> Config:
    """Return the configuration; without a config.yaml in the folder the defaults serve."""
    if not path.exists() and path == Path("config.yaml"):
        return Config(conflicts=(Path("-"),))
    return load_settings(path).config


def repeatable(config: Config) -> Config:
    """Settle the precision: "auto" times both ways, so two runs could score differently."""
    if config.model.precision != "auto":
        return config
    model = config.model.model_copy(update={"precision": "fp32"})
    return config.model_copy(update={"model": model})


def load_shown_judge(config: Config, notices: Console) -> Judge:
    """Load the model and tell the operator at a terminal what happens meanwhile."""
    judge = load_judge(config, on_progress=lambda stage: _show(notices, stage))
    _show(notices, f"model: {judge.description}")
    return judge


def _known_zone(name: str | None) -> None:
    try:
        ZoneInfo(name or "UTC")
    except (KeyError, ValueError, OSError) as error:
        raise ConfigError(
            f"--timezone: {name!r} is no time zone; use one like Asia/Baku"
        ) from error


def _show(notices: Console, message: str) -> None:
    if notices.is_terminal:
        notices.print(message, markup=False, style="dim")
