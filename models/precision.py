"""Chooses fp32 or bf16 by a short timed self-test on this machine's processor.

Flags of the processor do not settle it: bf16 is several times faster with AMX, and slower than
fp32 on some processors that only have avx512_bf16. So both are run, and bf16 must win clearly.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Precision = Literal["fp32", "bf16"]
WantedPrecision = Literal["auto", "fp32", "bf16"]

#: bf16 costs a little accuracy, so it must be at least this much faster.
MIN_GAIN = 1.3


@dataclass(frozen=True, slots=True, kw_only=True)
class PrecisionChoice:
    """Which precision runs, and why."""

    precision: Precision
    reason: str  #: "configured", "bf16_faster" or "bf16_not_faster"
    gain: float | None = None  #: fp32 time / bf16 time; None when nothing was timed


def choose_precision(
    wanted: WantedPrecision,
    run: Callable[[Precision], object],
    timer: Callable[[], float],
    rounds: int = 4,
) -> PrecisionChoice:
    """Return the configured precision, or for "auto" the faster one.

    Args:
        run: does one short forward pass in the precision given.
        timer: returns seconds, monotonic.
    """
    if wanted != "auto":
        return PrecisionChoice(precision=wanted, reason="configured")
    times: dict[Precision, list[float]] = {"fp32": [], "bf16": []}
    # Turn by turn, so that other work on the machine slows both alike; the best time of each
    # counts, and the first turn (which also allocates and picks kernels) does not.
    for turn in range(rounds + 1):
        for precision, spent in times.items():
            start = timer()
            run(precision)
            seconds = timer() - start
            if turn:
                spent.append(seconds)
    slow, fast = min(times["fp32"]), min(times["bf16"])
    gain = slow / fast if fast > 0 else float("inf")
    if gain >= MIN_GAIN:
        return PrecisionChoice(precision="bf16", reason="bf16_faster", gain=gain)
    return PrecisionChoice(precision="fp32", reason="bf16_not_faster", gain=gain)
