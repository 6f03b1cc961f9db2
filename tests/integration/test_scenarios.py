"""The recorded scenarios through the whole pipeline, with the shipped model.

The floors are those of tests/scenarios/floors.yaml. `python -m benchmarks.scenarios --misses` shows
what is behind a number.
"""

from __future__ import annotations

import asyncio
import io
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from benchmarks.scenario_score import Mark, Score, score_actions, total_tallies
from benchmarks.scenarios import (
    FOLDER,
    Replayed,
    Scenario,
    load_default_judge,
    miss_lines,
    read_scenario,
    replay_scenario,
)
from bot.lines import action_line, write_line
from bot.types import ActionKind
from bot.yaml_lines import load_checked

# Some 50 s of work for two cores, which other work may slow.
pytestmark = [pytest.mark.model, pytest.mark.timeout(400)]

ROOT = Path(__file__).parents[2]
#: Replayed a second time: it has the most moves of the ceasefire.
TWICE = "ukraine-2025"


class Ceiling(BaseModel):
    """What must not be exceeded."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    wrong_or_duplicate: int


class Floors(BaseModel):
    """What is reached today, over these scenarios together."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    scenarios: tuple[str, ...]  #: folders; one that is not named is still unseen
    at_least: dict[Mark, int]
    at_most: Ceiling


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One scenario with what came of it."""

    scenario: Scenario
    replayed: Replayed
    score: Score

    def told(self) -> str:
        """Return what is not right, for the message of a failed test."""
        lines = miss_lines(self.scenario, self.replayed, self.score)
        return "".join(f"\n{self.scenario.name}: {line}" for line in lines)


@pytest.fixture(scope="module")
def floors() -> Floors:
    return load_checked(FOLDER / "floors.yaml", Floors)


@pytest.fixture(scope="module")
def runs(floors: Floors) -> dict[str, Run]:
    judge = load_default_judge()
    found = {}
    for name in floors.scenarios:
        scenario = read_scenario(FOLDER / name)
        replayed = asyncio.run(replay_scenario(scenario, judge))
        score = score_actions(scenario.expected, replayed.actions)
        found[name] = Run(scenario=scenario, replayed=replayed, score=score)
    return found


def test_every_mark_has_a_floor(floors: Floors) -> None:
    assert set(floors.at_least) == set(Mark)


@pytest.mark.parametrize("mark", list(Mark))
def test_no_less_is_reached_than_before(mark: Mark, runs: dict[str, Run], floors: Floors) -> None:
    total = total_tallies(run.score for run in runs.values())[mark]
    told = "".join(run.told() for run in runs.values())
    assert total.right >= floors.at_least[mark], f"{mark} {total}{told}"


def test_no_more_posts_are_wrong_or_twice_than_before(runs: dict[str, Run], floors: Floors) -> None:
    stray = [a for run in runs.values() for a in (*run.score.wrong, *run.score.duplicates)]
    told = "".join(run.told() for run in runs.values())
    assert len(stray) <= floors.at_most.wrong_or_duplicate, told


def test_noise_and_copies_cause_no_post(runs: dict[str, Run]) -> None:
    posts = []
    for name, run in runs.items():
        silent = {silence.entry for silence in run.scenario.expected.silent}
        assert silent
        for action in run.replayed.actions:
            if action.action is ActionKind.POST and silent.intersection(action.entry_ids):
                posts.append((name, action.entry_ids, action.text))
    assert posts == []


def test_second_replay_gives_the_same_bytes(runs: dict[str, Run], tmp_path: Path) -> None:
    # By the command, in another process with another order of sets, and without a config.yaml.
    first = io.StringIO()
    for action in runs[TWICE].replayed.actions:
        write_line(first, action_line(action))
    wanted = json.loads((FOLDER / TWICE / "expected.json").read_text(encoding="utf-8"))
    pack = tmp_path / "pack.json"
    pack.write_text(json.dumps(wanted["conflict_pack"]), encoding="utf-8")
    entries = FOLDER / TWICE / "entries.jsonl"
    second = subprocess.run(
        [sys.executable, "-m", "bot", "replay", str(entries), "--conflict", str(pack)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "7"},
        capture_output=True,
        timeout=300,
        check=False,
    )
    assert second.returncode == 0, second.stderr.decode()
    assert first.getvalue()
    assert second.stdout == first.getvalue().encode()
