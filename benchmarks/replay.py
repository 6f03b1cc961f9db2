"""Entries per second through the whole pipeline, and the model's share of that; peak memory.

The entries are the bundled sample coverage, repeated with changed names, so that nothing of it
is a copy of anything else.
"""

from __future__ import annotations

import asyncio
import resource
import time
from dataclasses import replace

from bot.config import Config, PolicySection
from bot.demo.coverage import FOLDER, load_coverage
from bot.judge import NoModel, load_judge
from bot.packs import load_pack
from bot.ports import Classifier
from bot.replay import replay_entries
from bot.store.sql import SqlStore
from bot.types import Entry

ROUNDS = 40


def entries() -> list[Entry]:
    """Return the sample coverage `ROUNDS` times over, each round with words of its own."""
    made = []
    for number in range(ROUNDS):
        for sample in load_coverage().entries:
            mark = f" (report {number})"
            made.append(
                Entry(
                    id=f"{sample.id}-{number}",
                    fetched_at=sample.at,
                    published_at=sample.at,
                    outlet=f"{sample.outlet}{number}",
                    outlet_name=sample.outlet,
                    feed="",
                    url=f"https://{sample.outlet}{number}.example.org/{sample.id}",
                    guid=f"{sample.id}-{number}",
                    title=sample.title + mark,
                    summary=sample.summary + mark,
                    text="\n".join(line + mark for line in sample.text),
                )
            )
    return sorted(made, key=lambda entry: entry.fetched_at)


async def timed(classifier: Classifier, thresholds: dict[str, float]) -> tuple[float, int]:
    """Return entries per second and the number of actions."""
    store = await SqlStore.open("sqlite://", routes=())
    recorded = [replace(entry) for entry in entries()]
    began, actions = time.perf_counter(), 0
    changes = replay_entries(
        recorded,
        packs=(load_pack(FOLDER / "pack.yaml"),),
        classifier=classifier,
        thresholds=thresholds,
        policy=PolicySection(),
        store=store,
    )
    async for change in changes:
        actions += len(change.actions)
    spent = time.perf_counter() - began
    await store.aclose()
    return len(recorded) / spent, actions


def main() -> None:
    """Print the table."""
    judge = load_judge(Config(conflicts=(FOLDER / "pack.yaml",)))
    whole, actions = asyncio.run(timed(judge.classifier, judge.thresholds))
    rules, _ = asyncio.run(timed(NoModel(), {}))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"model: {judge.description}")
    print(f"replay with the model   {whole:8.1f} entries/s, {actions} actions")
    print(f"replay without a model  {rules:8.1f} entries/s")
    print(f"ratio                   {rules / whole:8.2f}")
    print(f"peak memory             {peak:8.0f} MiB")


if __name__ == "__main__":
    main()
