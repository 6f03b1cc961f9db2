"""The words that guard a pattern: whatever the pattern finds, one of them stands in the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.claims.grammar import cues
from bot.claims.grammar.words import Guarded, Terms, guarded, longest_word, words_of
from bot.claims.who import stances
from bot.claims.who.bodies import find_bodies, may_name_body
from bot.claims.who.people import find_people
from bot.claims.who.sides import EMPTY
from tests.unit.claims.probe_runner import PROBES, read_probes

_GUARDED = {
    f"{module.__name__}.{name}": value
    for module in (cues, stances)
    for name, value in vars(module).items()
    if isinstance(value, Guarded)
}
_TEXTS = [
    text
    for path in sorted(PROBES.glob("attribution_*.yaml"))
    for probe in read_probes(path.stem)
    for text in (probe.item.get("text"), probe.item.get("title"))
    if text
]
#: What the guarded patterns find, one row for each of their alternatives that is easily missed.
_ROWS = [
    "We won't accept it and would never attend.",
    "It couldn't join and cann't talk; wouldn't bow.",
    "They saw no need. Rome ruled out talks and turned down the plan.",
    "There can be no truce. No talks while shells fall.",
    "The draft is a non-starter. The terms are dead on arrival. The plan is out of the question.",
    "The war will resume if they fire. The strikes would go on until spring.",
    "It is a lie. He had never opened fire. There are no Ardovian troops there.",
    "No basis for it. It has nothing to do with us. Not a word of truth. That is not true.",
    '"Nonsense," it said. Not so. Fake.',
    "They'll retaliate. It shall answer in kind.",
    "He ought to go. They must stop. It has to end.",
]


@pytest.mark.parametrize("name", sorted(_GUARDED))
def test_a_guard_lets_through_whatever_its_pattern_finds(name: str) -> None:
    rule = _GUARDED[name]
    for text in (*_TEXTS, *_ROWS, *(t.upper() for t in _ROWS)):
        words = words_of(text)
        for start in (0, *(i + 1 for i, letter in enumerate(text) if letter == " ")):
            rest = text[start:]
            assert bool(rule.match(rest, words)) == bool(rule.pattern.match(rest))
            # What opens with any marks is meant for the beginning of a text alone.
            if not rule.pattern.pattern.startswith(r"\W"):
                assert bool(rule.search(rest, words)) == bool(rule.pattern.search(rest))


def test_people_and_bodies_are_the_same_with_the_words_known() -> None:
    for text in _TEXTS:
        words = words_of(text)
        assert list(find_people(text, words)) == list(find_people(text))
        assert may_name_body(words) or not list(find_bodies(text, 0, EMPTY))


@given(st.text())
def test_words_are_runs_of_letters_in_lower_case(text: str) -> None:
    words = words_of(text)
    assert all(word and word == word.lower() for word in words)
    assert longest_word(text) in words | {""}


def test_terms_are_words_or_phrases_around_one() -> None:
    terms = Terms("medic medics", {"people": "people in", "health": r"health (?:ministry|board)"})
    rows = {
        "Two medics spoke": True,
        "paramedics spoke": False,
        "People in Orvel": True,
        "people inside": False,
        "the Health Board": True,
        "health care": False,
    }
    assert {text: terms.stand_in(text, words_of(text)) for text in rows} == rows


def test_a_guarded_pattern_is_not_tried_without_its_words() -> None:
    rule = guarded("truce", "a truce|nothing")
    assert rule.search("nothing", words_of("nothing")) is None
    assert rule.search("A truce", words_of("A truce")) is not None
