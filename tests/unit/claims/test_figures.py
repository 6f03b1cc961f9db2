"""Casualty figures: sentences with the figures they state. One row per way of saying it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.claims.figures import find_figures
from bot.types import Polarity, Qualifier, Scope

#: (sentence, [(measure, low, high[, previous])])
PROBES: list[tuple[str, list[tuple[object, ...]]]] = [
    (
        "Artillery fire killed nine civilians in three Thai border provinces on Thursday, the ministry said.",
        [("killed", 9, 9)],
    ),
    ("It put the number of wounded at 14, among them a five-year-old boy.", [("wounded", 14, 14)]),
    (
        "The number of people killed in Thailand has risen to 14, up from nine, the ministry said.",
        [("killed", 14, 14, 9)],
    ),
    (
        "Thirteen civilians and one soldier have been killed and 46 people injured.",
        [("killed", 14, 14), ("wounded", 46, 46)],
    ),
    ("At least 200 people were killed in the assault.", [("killed", 200, None)]),
    ("More than 400 people were wounded before the shooting stopped.", [("wounded", 401, None)]),
    ("Two soldiers and a child were killed.", [("killed", 3, 3)]),
    ("Five people, including two children, died in the strike.", [("killed", 5, 5)]),
    ("A 12-year-old boy was killed by shrapnel.", [("killed", 1, 1)]),
    ("No one was hurt in the attack.", []),
    (
        "192 Azerbaijani soldiers and over 200 Armenians were killed.",
        [("killed", 192, 192), ("killed", 201, None)],
    ),
    (
        "Shelling killed 1,234 people and injured several hundred.",
        [("killed", 1234, 1234), ("wounded", None, None)],
    ),
    ("Nine killed as border clash spreads", [("killed", 9, 9)]),
    ("Rocket fire kills 3, wounds 8 in the town", [("killed", 3, 3), ("wounded", 8, 8)]),
    ("The war in 2020 killed thousands of people.", [("killed", None, None)]),
    ("The ministry denied that 12 soldiers had been killed.", [("killed", 12, 12)]),
    ("The strike left 12 people dead and 30 wounded.", [("killed", 12, 12), ("wounded", 30, 30)]),
    ("Death toll in raid rises to 32", [("killed", 32, 32)]),
    ("The toll was revised down from 13 to 12.", [("killed", 12, 12, 13)]),
    ("Between 20 and 30 militants were killed.", [("killed", 20, 30)]),
    ("Two dozen fighters were captured.", [("captured", 24, 24)]),
    ("More than a dozen people were wounded.", [("wounded", 13, None)]),
    ("Thai troops seized 20 of its soldiers, the ministry said.", [("captured", 20, 20)]),
    ("Observers recorded five ceasefire violations over the past day.", [("violations", 5, 5)]),
    ("Three people are missing after the attack.", [("missing", 3, 3)]),
    ("The 25th Brigade fired 40 shells at three villages.", []),
    ("The army lost 3 men in the clash.", [("killed", 3, 3)]),
    (
        "Dozens of people were killed and hundreds more wounded.",
        [("killed", None, None), ("wounded", None, None)],
    ),
    ("Two soldiers were wounded, the ministry said.", [("wounded", 2, 2)]),
    ("Israel released 20 prisoners.", []),
    ("Up to 50 fighters were killed, he said.", [("killed", None, 50)]),
    ("Six of the dead were hit at a petrol station, two in Surin and one in Ubon.", []),
    ("A soldier was killed and three others were wounded.", [("killed", 1, 1), ("wounded", 3, 3)]),
    (
        "Six Russian peacekeepers were killed on Wednesday, five of them by Azerbaijani fire and one by shots.",
        [("killed", 6, 6)],
    ),
    ("An air strike killed a woman and her two children.", [("killed", 3, 3)]),
    (
        "Sudan army says 15 killed, 40 injured in drone attack on market",
        [("killed", 15, 15), ("wounded", 40, 40)],
    ),
    ("The attack, which injured seven, was the third this week.", [("wounded", 7, 7)]),
    ("The clashes claimed the lives of 11 soldiers.", [("killed", 11, 11)]),
    ("Gunmen abducted 30 students from a school.", [("captured", 30, 30)]),
    ("The ministry reported 22 deaths and 60 injuries.", [("killed", 22, 22), ("wounded", 60, 60)]),
    ("Some 3,000 people fled.", []),
    (
        "Artillery fire killed seven people and wounded 12 at a market in Orvel.",
        [("killed", 7, 7), ("wounded", 12, 12)],
    ),
    ("Two Palestinians were shot dead by Israeli forces.", [("killed", 2, 2)]),
    ("Hamas says an Israeli strike kills 2 policemen", [("killed", 2, 2)]),
    (
        "Kyiv says 13 dead, more than 60 wounded after missile attack",
        [("killed", 13, 13), ("wounded", 61, None)],
    ),
    ("Shelling of a market kills at least 11 people, mayor says", [("killed", 11, None)]),
    ("About 40 soldiers were wounded in the fighting, a commander said.", [("wounded", 40, 40)]),
    ("Scores of villagers were abducted by gunmen on Sunday.", [("captured", None, None)]),
    ("A drone strike wounded a nurse and two drivers.", [("wounded", 3, 3)]),
    ("The army said it had captured 17 fighters.", [("captured", 17, 17)]),
    ("Four children were among the dead, the hospital said.", []),
    ("The convoy of 12 trucks was hit by three missiles.", []),
    ("Resolution 1701 was adopted after a 34-day war.", []),
    (
        "Eight civilians have died and 21 were injured since Friday.",
        [("killed", 8, 8), ("wounded", 21, 21)],
    ),
    ("Half a dozen guards were killed at the gate.", [("killed", 6, 6)]),
    ("Nearly 300 people were killed in the offensive, aid workers say.", [("killed", 300, 300)]),
    ("Monitors counted 23 ceasefire violations in 24 hours.", [("violations", 23, 23)]),
    ("Two hundred and fifty people were injured.", [("wounded", 250, 250)]),
    ("The number of wounded climbed to 60 from 41.", [("wounded", 60, 60, 41)]),
]


@pytest.mark.parametrize(("sentence", "expected"), PROBES)
def test_a_sentence_states_these_figures(sentence: str, expected: list[tuple[object, ...]]) -> None:
    found = [
        (f.measure.value, f.low, f.high) + ((f.previous,) if f.previous else ())
        for f in find_figures(sentence)
    ]
    assert found == expected


@pytest.mark.parametrize(
    ("sentence", "qualifier"),
    [
        ("At least six people were killed.", Qualifier.AT_LEAST),
        ("More than six people were killed.", Qualifier.MORE_THAN),
        ("Up to six people were killed.", Qualifier.UP_TO),
        ("Some six people were killed.", Qualifier.ABOUT),
        ("Dozens of people were killed.", Qualifier.VAGUE),
        ("Six people were killed.", Qualifier.EXACT),
    ],
)
def test_a_figure_keeps_its_qualifier(sentence: str, qualifier: Qualifier) -> None:
    assert [f.qualifier for f in find_figures(sentence)] == [qualifier]


def test_a_denied_figure_is_marked_as_denied() -> None:
    (figure,) = find_figures("The ministry denied that 12 soldiers had been killed.")
    assert figure.polarity is Polarity.DENIED


@pytest.mark.parametrize(
    ("sentence", "scope"),
    [
        ("Nine people have been killed since the ceasefire began.", Scope.SINCE_CEASEFIRE),
        ("Nine people were killed in the past 24 hours.", Scope.PERIOD),
        ("Nine thousand people were killed since the start of the war.", Scope.TOTAL),
        ("Nine people were killed at the market.", Scope.INCIDENT),
    ],
)
def test_a_figure_keeps_what_it_covers(sentence: str, scope: Scope) -> None:
    assert [f.scope for f in find_figures(sentence)] == [scope]


@given(st.text(max_size=400))
def test_any_text_is_read_without_a_fault_and_figures_are_verbatim(text: str) -> None:
    assert all(figure.text in text for figure in find_figures(text))


@given(
    st.lists(st.sampled_from("at least killed and 12 three people , wounded the of in a".split()))
)
def test_words_of_tolls_in_any_order_are_read_without_a_fault(words: list[str]) -> None:
    text = " ".join(words)
    assert all(figure.text in text for figure in find_figures(text))
