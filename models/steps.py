"""Steps of a ceasefire, of talks and of fighting that the shipped model reads in a sentence.

A step is what the sentence reports as news, its headline beside it, in one of these classes; who
takes it is one of the sides. The names are the engine's, too (bot/events/steps.py). Written in
models/corpus/steps/, read by models/step_reader.py. No torch here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

#: In the order of the head's rows.
STEPS = (
    "proposed",
    "accepted",
    "announced",
    "agreed",
    "start_set",
    "effective",
    "holds",
    "extended",
    "extended_one",
    "suspended",
    "ended",
    "expired",
    "offensive_announced",
    "breach_alleged",
    "breach_counted",
    "breach_denied",
    "talks_announced",
    "talks_ended",
    "talks_broken_off",
    "talks",
    "conditional",
    "rejected",
    "floated",
    "called_for",
    "threat",
    "deal_denied",
    "rumoured",
    "carried_out",
    "attack",
    "toll",
    "history",
    "opinion",
    "other",
)
#: Whose step it is: of one warring party, of both together, of neither (a mediator's, nobody's).
SIDES = ("one", "both", "neither")
#: Readings below this say nothing.
SHOWN = 0.02


class StepText(NamedTuple):
    """A sentence, and the one that is read beside it to know what its words refer to.

    Beside a sentence of a report stands its headline, beside the headline the first sentence.
    """

    text: str
    beside: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepReading:
    """What the model reads in one sentence."""

    steps: Mapping[str, float]  #: step -> 0..1, the likely ones only
    sides: str  #: one of SIDES
