"""`make torture`: a thousand kills and more, with progress and figures; see sweep.py."""

from __future__ import annotations

import argparse
import asyncio
import logging
import sys
import tempfile
from pathlib import Path

import structlog
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from tests.torture.database import Kind
from tests.torture.machine import Delivery, run_machine
from tests.torture.restarts import Restarts, restart_often
from tests.torture.sweep import POINTS, Figures, open_sweep


async def torture(
    kills: int, each_point: int, seed: int, sweeps: int, database: Kind, console: Console
) -> Figures:
    """Run some sweeps side by side with a progress bar; return their figures together."""
    columns = (TextColumn("kills"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    shares = [_share(kills, sweeps, n) for n in range(sweeps)]
    points = [_share(each_point, sweeps, n) for n in range(sweeps)]
    with Progress(*columns, console=console) as progress:
        total = kills + each_point * len(POINTS)
        bar = progress.add_task("kills", total=total)
        done = 0

        def on_kill(figures: Figures) -> None:
            nonlocal done
            done += 1
            progress.advance(bar)
            if not console.is_terminal and done % 100 == 0:
                print(f"kills {done}/{total}", file=sys.stderr, flush=True)  # noqa: T201

        async def sweep_once(number: int) -> Figures:
            with tempfile.TemporaryDirectory(prefix="torture-") as folder:
                async with open_sweep(Path(folder), seed * 1000 + number, database) as sweep:
                    return await sweep.run(shares[number], points[number], on_kill)

        found = await asyncio.gather(*(sweep_once(number) for number in range(sweeps)))
    whole = found[0]
    for figures in found[1:]:
        whole.add(figures)
    return whole


def _share(whole: int, parts: int, number: int) -> int:
    return whole // parts + (number < whole % parts)


def main() -> int:
    """Return 0 where nothing was lost, posted twice or out of order."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("--kills", type=int, default=1000, help="kills at random moments")
    parser.add_argument("--each-point", type=int, default=20, help="kills at each named point")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sweeps", type=int, default=2, help="databases side by side")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument(
        "--restarts", type=int, help="kill the whole product so many times instead, and time it"
    )
    parser.add_argument(
        "--stateful", type=int, help="draw so many runs of fifty steps instead; a crash is a step"
    )
    given = parser.parse_args()
    console = Console(stderr=True)
    if given.restarts is not None:
        return restart(given.restarts, given.seed, console)
    if given.stateful is not None:
        return draw(given.stateful, console)
    sizes = (given.kills, given.each_point, given.seed, given.sweeps)
    return _told(asyncio.run(torture(*sizes, given.database, console)))


def restart(lives: int, seed: int, console: Console) -> int:
    """Kill `python -m bot run` again and again; return 0 where each start posted in time."""
    with tempfile.TemporaryDirectory(prefix="torture-") as folder, Progress(console=console) as bar:
        task = bar.add_task("restarts", total=lives)
        return _told(
            asyncio.run(restart_often(Path(folder), lives, seed, lambda: bar.advance(task)))
        )


def draw(runs: int, console: Console) -> int:
    """Run the state machine so many times; what breaks is raised with the steps to it."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    logging.disable(logging.CRITICAL)
    with Progress(console=console) as bar:
        task = bar.add_task("runs", total=runs)
        done = 0

        def on_end() -> None:
            nonlocal done
            done += 1
            bar.advance(task)
            if not console.is_terminal and done % 100 == 0:
                print(f"runs {done}/{runs}", file=sys.stderr, flush=True)  # noqa: T201

        Delivery.on_end = on_end
        run_machine(runs, always_the_same=False)
    Console(highlight=False).print(f"{runs} runs of 50 steps, no invariant broken")
    return 0


def _told(figures: Figures | Restarts) -> int:
    out = Console(highlight=False, soft_wrap=True)
    for line in figures.lines():
        out.print(line, markup=False)
    return 0 if figures.is_clean else 1


if __name__ == "__main__":
    sys.exit(main())
