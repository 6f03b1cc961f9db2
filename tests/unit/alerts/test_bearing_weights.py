"""The fitted networks: what they score, how they are kept, and that a damaged file is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

from benchmarks.bearing import chosen
from benchmarks.bearing_fit import Choice, fit, write_networks
from bot.alerts import bearing_weights
from bot.alerts.bearing_weights import FOLLOWS, SAME_INCIDENT, Network, network, read_network
from bot.config import PolicySection
from bot.errors import ConfigError
from bot.pipeline import Pipeline

SMALL = Network(
    of_event=("place", "toll"),
    of_report=("constant",),
    plain=np.array([1.0, 2.0, 0.0]),
    hidden=np.array([[1.0], [1.0], [0.0]]),
    bias=np.array([-1.0]),
    out=np.array([4.0]),
    some=np.array([-3.0]),
)
ONE = {"constant": 1.0}


def test_a_score_is_a_sum_and_what_features_say_together() -> None:
    events = [{"place": 1.0}, {"toll": 1.0}, {"place": 1.0, "toll": 1.0}, {}]
    assert SMALL.scores(events, ONE) == [-2.0, -1.0, 4.0, -3.0]


def test_a_feature_without_a_weight_counts_nothing() -> None:
    assert SMALL.scores([{"place": 1.0, "new": 5.0}], {**ONE, "new": 5.0}) == [-2.0]


def choices(folders: int) -> list[Choice]:
    """Return reports that follow the event at their place, if it has a toll as they have one."""
    made = []
    for n in range(folders):
        for toll in (0.0, 1.0):
            events = tuple(
                {"place": place, "same_kind": kind, "age": n % 7 / 7}
                for place in (0.0, 1.0)
                for kind in (0.0, 1.0)
            )
            right = (3,) if toll else (0,)
            made.append(
                Choice(
                    folder=f"f{n}",
                    entry=f"e{toll}",
                    sort="update",
                    armed=False,
                    events=events,
                    report={"constant": 1.0, "toll": toll},
                    right=right,
                )
            )
    return made


def test_the_fit_finds_what_no_sum_holds_and_finds_it_twice(tmp_path: Path) -> None:
    known = choices(120)
    first = fit(known)
    assert [chosen(c, first) for c in known[:2]] == [0, 3]
    digests = {write_networks({FOLLOWS: n}, tmp_path / "n") for n in (first, fit(known))}
    assert len(digests) == 1


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    fitted = fit(choices(40))
    write_networks({FOLLOWS: fitted}, tmp_path / "n")
    again = read_network(tmp_path / "n", FOLLOWS)
    events, report = choices(1)[1].events, choices(1)[1].report
    assert again.scores(events, report) == pytest.approx(fitted.scores(events, report), abs=1e-4)
    with pytest.raises(ConfigError, match="holds no network"):
        read_network(tmp_path / "n", SAME_INCIDENT)


def test_the_shipped_file_holds_both() -> None:
    for name in (FOLLOWS, SAME_INCIDENT):
        assert "constant" in network(name).of_report


@pytest.mark.parametrize("content", [None, b"", b"altered"], ids=["missing", "empty", "altered"])
def test_a_file_that_is_not_the_shipped_one_stops_the_start(
    content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "bearing.safetensors"
    if content is not None:
        file.write_bytes(content)
    monkeypatch.setattr(bearing_weights, "FILE", file)
    network.cache_clear()
    try:
        with pytest.raises(ConfigError, match="restore it"):
            Pipeline(
                store=cast(Any, None),
                packs=(),
                outlets=cast(Any, None),
                thresholds={},
                policy=PolicySection(),
            )
    finally:
        network.cache_clear()


def test_a_damaged_file_holds_no_network(tmp_path: Path) -> None:
    (tmp_path / "n").write_bytes(b"damaged")
    with pytest.raises(ConfigError, match="holds no network"):
        read_network(tmp_path / "n", FOLLOWS)
