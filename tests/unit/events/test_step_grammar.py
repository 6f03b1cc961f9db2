"""Steps of ceasefires and talks: which sentence states which, and which states none."""

from __future__ import annotations

import pytest

from bot.events.step_grammar import ceasefire_step
from bot.types import Stance

A, D, C = Stance.ASSERTS, Stance.DENIES, Stance.CALLS_FOR

PROBES: list[tuple[str, Stance, str | None]] = [
    ("Ardovia and Selmara have agreed to a three-day ceasefire, the mediator said.", A, "agreed"),
    ("Rivals sign truce after night of talks", A, "agreed"),
    ("A ceasefire was agreed on Sunday, the envoy said.", A, "agreed"),
    ("The rebels accept the ceasefire plan put forward by the union.", A, "accepted"),
    ("Selmara accepts Halvian ceasefire plan, president says", A, "accepted"),
    ("The army declared a unilateral ceasefire over the holiday.", A, "announced"),
    ("The government said it was suspending its offensive in the north.", A, "announced"),
    ("The truce came into force at dawn and appears to be holding.", A, "effective"),
    ("A ceasefire between the two armies has taken effect, observers said.", A, "effective"),
    ("The mediators extended the truce by another week.", A, "extended"),
    ("Both sides agreed to extend the ceasefire until Monday.", A, "extended"),
    ("The rebels suspended their participation in the ceasefire.", A, "suspended"),
    ("The group said the ceasefire was over and its fighters would attack.", A, "ended"),
    ("The government has withdrawn from the truce, its spokesman said.", A, "ended"),
    ("The five-day truce expired at midnight without an extension.", A, "expired"),
    ("The minister proposed a 72-hour ceasefire to both governments.", A, "proposed"),
    (
        "The ministry accused the rebels of violating the ceasefire.",
        Stance.ACCUSES,
        "breach_alleged",
    ),
    ("Four violations of the truce were recorded overnight.", A, "breach_alleged"),
    ("The general staff denied that its troops had violated the ceasefire.", D, "breach_denied"),
    ("Delegations will hold talks in the capital on Friday.", A, "talks_announced"),
    ("The talks in the border town ended after two hours.", A, "talks_ended"),
    ("The delegation walked out of the talks.", A, "talks_broken_off"),
    ("The army launched a ground offensive in the valley.", A, "offensive_announced"),
    # wishes, plans, conditions, rumours, refusals: no step
    ("The bishops called for an immediate ceasefire.", C, None),
    ("They would agree to a ceasefire if the siege were lifted.", A, None),
    ("The sides are close to agreeing a ceasefire, diplomats said.", A, None),
    ("No ceasefire has been agreed, the spokesman said.", A, None),
    ("The council voted on a resolution that demands a ceasefire.", A, None),
    ("The two governments agreed in principle to a ceasefire.", A, None),
    ("He denied that a truce had been agreed.", D, None),
    ("Fourteen lorries reached the town under the terms of the ceasefire.", A, None),
    ("The truce could collapse within days, analysts fear.", A, None),
    ("The rebels threatened to end the ceasefire.", Stance.WARNS, None),
]


@pytest.mark.parametrize(("sentence", "stance", "step"), PROBES)
def test_a_sentence_states_this_step(sentence: str, stance: Stance, step: str | None) -> None:
    assert ceasefire_step(sentence, stance) == step


def test_a_start_that_lies_ahead_is_not_told_as_begun() -> None:
    sentence = "They agreed to a truce that takes effect at six."
    assert ceasefire_step(sentence, A, started=False) == "agreed"
