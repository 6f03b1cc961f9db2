"""A short kill sweep; `make torture` runs a long one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.torture.sweep import FIRST_POST, POINTS, open_sweep


@pytest.mark.timeout(180)
async def test_kills_lose_nothing_and_double_nothing(tmp_path: Path) -> None:
    async with open_sweep(tmp_path, seed=7) as sweep:
        figures = await sweep.run(kills=30, each_point=1)
    assert figures.is_clean, "\n".join(figures.lines())
    assert sum(figures.kills.values()) == 30 + len(POINTS)
    assert figures.sends >= 20, "nothing was sent, so nothing was tested"
    assert figures.read_backs >= 5, "nothing was in doubt, so nothing was tested"
    assert max(figures.first_posts) <= FIRST_POST


@pytest.mark.postgres
@pytest.mark.timeout(180)
async def test_the_same_on_postgresql(tmp_path: Path) -> None:
    async with open_sweep(tmp_path, seed=8, kind="postgresql") as sweep:
        figures = await sweep.run(kills=4, each_point=0)
    assert figures.is_clean, "\n".join(figures.lines())
    assert figures.sends >= 5, "nothing was sent, so nothing was tested"
    assert max(figures.first_posts) <= FIRST_POST
