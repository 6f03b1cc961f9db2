"""How much of what an editor expects of recorded coverage the bot posts, scenario by scenario.

Each folder of tests/scenarios is replayed on a virtual clock with its own conflict pack and the
default configuration, all with one loaded model; `--misses` says what is not right, and why.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pydantic import TypeAdapter

from benchmarks.scenario_score import Expected, Mark, Score, Tally, score_actions, total_tallies
from bot.config import Config, PolicySection
from bot.contracts import read_entries, repeatable
from bot.errors import BotError
from bot.judge import Judge, load_judge
from bot.packs import Pack
from bot.replay import replay_entries
from bot.store.sql import SqlStore
from bot.types import Action, Change, Decision, Entry

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "scenarios"
#: Characters of a post or summary that are shown.
SHOWN = 90
_TAG = re.compile(r"</?[a-z][^<>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """One recorded stretch of coverage with what an editor expects of it."""

    name: str
    pack: Pack
    entries: tuple[Entry, ...]  #: in order of `fetched_at`
    expected: Expected


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """What came of a scenario."""

    actions: tuple[Action, ...]  #: in order of time
    decisions: Mapping[str, Decision]  #: by the id of the entry
    changes: tuple[Change, ...] = ()  #: in order of time


def scenario_folders(root: Path = FOLDER) -> list[Path]:
    """Return the folders below `root` that hold a scenario, by name."""
    return sorted(path.parent for path in root.glob("*/expected.json"))


def read_scenario(folder: Path) -> Scenario:
    """Read the two files of a scenario.

    Raises:
        OSError: one of them is missing.
        InputError: a line is no entry.
        ValueError: the expectations are not of the known shape.
    """
    wanted = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    with (folder / "entries.jsonl").open("rb") as stream:
        entries = tuple(read_entries(stream, f"{folder.name}/entries.jsonl"))
    return Scenario(
        name=folder.name,
        pack=Pack.model_validate(wanted["conflict_pack"]),
        entries=entries,
        expected=TypeAdapter(Expected).validate_python(wanted),
    )


def load_default_judge() -> Judge:
    """Load the shipped model as `replay` does, whatever config.yaml says."""
    return load_judge(repeatable(Config(conflicts=(Path("-"),))))


async def replay_scenario(scenario: Scenario, judge: Judge) -> Replayed:
    """Replay the entries over an empty store."""
    store = await SqlStore.open("sqlite://", routes=())
    actions: list[Action] = []
    decisions: dict[str, Decision] = {}
    changes: list[Change] = []
    try:
        async for change in replay_entries(
            scenario.entries,
            packs=(scenario.pack,),
            classifier=judge.classifier,
            thresholds=judge.thresholds,
            policy=PolicySection(),
            store=store,
        ):
            changes.append(change)
            actions += change.actions
            if change.decision is not None:
                decisions.setdefault(change.decision.entry_id, change.decision)
    finally:
        await store.aclose()
    return Replayed(actions=tuple(actions), decisions=decisions, changes=tuple(changes))


def miss_lines(scenario: Scenario, replayed: Replayed, score: Score) -> Iterator[str]:
    """Yield a line for each thing that is not right, with the decision about its entry."""
    why = _Reasons(scenario=scenario, decisions=replayed.decisions)
    for event in score.missed:
        reason = why.of_entry(event.first_entry)
        yield f"missed event {event.id} {event.kind}, {_short(event.summary)} [{reason}]"
    for update in score.lost:
        reason = why.of_entry(update.entry)
        yield f"lost {update.reason} of {update.of}, {_short(update.what)} [{reason}]"
    for what, actions in (("wrong", score.wrong), ("duplicate", score.duplicates)):
        for action in actions:
            reasons = "; ".join(map(why.of_entry, action.entry_ids)) or "clock"
            yield f"{what} {action.action} {action.kind}, {_short(action.text)} [{reasons}]"
    for step in score.steps:
        when = f"{step.at:%Y-%m-%d %H:%MZ}"
        steps = f"expected {step.expected}, shown {step.shown}"
        yield f"status {when}: {steps} [{why.of_step(step.at)}]"
    for fault in score.faults:
        place = f"{fault.event.id} ({fault.event.first_entry})"
        yield f"{fault.mark} of {place}: expected {_short(fault.expected)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reasons:
    scenario: Scenario
    decisions: Mapping[str, Decision]

    def of_entry(self, entry_id: str) -> str:
        decision = self.decisions.get(entry_id)
        if decision is None:
            return f"{entry_id}: no decision"
        event = f" of {decision.event_id}" if decision.event_id else ""
        return f"{entry_id}: {decision.relation}{event}, {decision.reason}"

    def of_step(self, at: datetime) -> str:
        """Return the reasons of the entries of that instant; a step without one is the clock's."""
        found = [self.of_entry(e.id) for e in self.scenario.entries if e.fetched_at == at]
        return "; ".join(found) or "clock"


def _short(text: str) -> str:
    line = " ".join(_TAG.sub("", text).split())
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"


def _row(name: str, tallies: Mapping[Mark, Tally], wrong: int, twice: int, spent: float) -> str:
    cells = "".join(f"{tallies[mark]!s:>11}" for mark in Mark)
    return f"{name:<21}{cells}{wrong:>7}{twice:>11}{spent:>7.1f}"


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", metavar="DIR", nargs="*", type=Path, help="default: all")
    parser.add_argument("--misses", action="store_true", help="list what is not right, and why")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table."""
    options = _options(arguments)
    try:
        scenarios = [read_scenario(path) for path in options.folders or scenario_folders()]
    except (OSError, BotError, KeyError, ValueError) as fault:
        raise SystemExit(f"benchmarks.scenarios: no scenario: {fault}") from fault
    judge = load_default_judge()
    heads = "".join(f"{mark:>11}" for mark in Mark)
    print(f"model: {judge.description}")
    print(f"{'':<21}{heads}{'wrong':>7}{'duplicate':>11}{'s':>7}")
    scores, whole = [], 0.0
    for scenario in scenarios:
        began = time.perf_counter()
        replayed = asyncio.run(replay_scenario(scenario, judge))
        spent = time.perf_counter() - began
        score = score_actions(scenario.expected, replayed.actions)
        counts = (len(score.wrong), len(score.duplicates))
        print(_row(scenario.name, score.tallies, *counts, spent), flush=True)
        if options.misses:
            for line in miss_lines(scenario, replayed, score):
                print(f"    {line}")
        scores.append(score)
        whole += spent
    wrong, twice = (sum(len(s.wrong) for s in scores), sum(len(s.duplicates) for s in scores))
    print(_row("in all", total_tallies(scores), wrong, twice, whole))


if __name__ == "__main__":
    main()
