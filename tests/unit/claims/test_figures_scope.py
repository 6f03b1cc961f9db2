"""Casualty figures in their sense: whose, over what span, asserted or denied; text without end."""

from __future__ import annotations

import time

import pytest

from bot.claims.figures import find_figures
from bot.types import Polarity, Scope


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("The bodies of four shepherds were found.", "shepherds"),
        ("The number of fighters killed rose to 44.", "fighters"),
        ("Three Ovranian border guards were wounded.", "border guards"),
        ("The number of aid workers killed rose to 44.", "aid workers"),
        ("Woman, 81, killed in Orvel", "woman"),
        ("Some 19 dead were counted.", None),
    ],
)
def test_a_figure_names_its_victims(sentence: str, who: str | None) -> None:
    assert [f.who for f in find_figures(sentence)] == [who]


@pytest.mark.parametrize(
    ("sentence", "scope"),
    [
        ("Officials recorded 40 deaths in June.", Scope.PERIOD),
        ("A blast in June killed 40 people.", Scope.INCIDENT),
        ("Officials recorded 1,204 deaths in June.", Scope.PERIOD),
        ("Rebels killed nine soldiers in a week of clashes.", Scope.PERIOD),
        ("Gunmen killed 12 people in two weeks.", Scope.PERIOD),
        ("The third attack in two days killed five people.", Scope.INCIDENT),
        ("The truce will end in two days after a raid that killed five men.", Scope.INCIDENT),
        ("At least 57 people have been killed since the Tashar uprising began.", Scope.TOTAL),
        ("The first raid since the uprising killed five people.", Scope.INCIDENT),
        ("The army lists 310 men killed in action.", Scope.TOTAL),
        ("Two soldiers were killed in action on Monday.", Scope.INCIDENT),
        ("Shelling has killed 12 people since Monday.", Scope.PERIOD),
        ("A raid on a bridge held since Monday killed three soldiers.", Scope.INCIDENT),
        ("The war has killed 900 people since March 2019.", Scope.TOTAL),
        ("Clashes between May 3 and 9 killed 14 people.", Scope.PERIOD),
        ("Fire killed 14 people, twice as many as in the week before.", Scope.PERIOD),
        ("Five people died in the 11 weeks during which Orvel was shelled.", Scope.PERIOD),
        ("In August, 41 civilians were killed near Orvel.", Scope.PERIOD),
        ("In August a bomb killed 12 civilians.", Scope.INCIDENT),
        ("Mines killed 31 people last year.", Scope.PERIOD),
        ("An attack last year killed 31 people.", Scope.INCIDENT),
        ("They recalled last month's siege, where 20 people were killed.", Scope.INCIDENT),
        ("So far this year 12 people have died in raids.", Scope.PERIOD),
        ("Since dawn, strikes have killed 33 people.", Scope.PERIOD),
        ("Since the guild was founded, 90 of its members have been killed.", Scope.PERIOD),
        ("Since the start of the year mines have killed nine people.", Scope.PERIOD),
        ("Eleven men have been missing since a boat fired on them.", Scope.INCIDENT),
        ("Fighting killed nine people in three days.", Scope.PERIOD),
        ("Nine men died, and the general was relieved within 24 hours.", Scope.INCIDENT),
        ("Six people died on the third day of clashes.", Scope.INCIDENT),
        ("In two months of war 900 people have been killed.", Scope.TOTAL),
        ("The conflict, which erupted in May, has killed 900 people.", Scope.TOTAL),
        ("Since the two armies went to war in May, 90 nurses have died.", Scope.TOTAL),
        ("Over 400 people died in the four-decade insurgency.", Scope.TOTAL),
        ("Twelve people have died since the deal took effect.", Scope.SINCE_CEASEFIRE),
        ("The truce has frayed since it began, with 17 people killed.", Scope.SINCE_CEASEFIRE),
        ("A mine killed two men on a road where 11 buses burned since May.", Scope.INCIDENT),
    ],
)
def test_a_figure_covers_an_event_or_a_span(sentence: str, scope: Scope) -> None:
    assert [f.scope for f in find_figures(sentence)] == [scope]


def test_a_later_count_keeps_its_own_scope() -> None:
    sentence = "Raids killed 22 men, and the number of dead since the war began has passed 640."
    assert [f.scope for f in find_figures(sentence)] == [Scope.INCIDENT, Scope.TOTAL]


def test_members_of_a_wars_count_share_its_scope() -> None:
    sentence = "Losses as disclosed: 13,000 dead, 35,000 wounded and 300 missing."
    assert [f.scope for f in find_figures(sentence)] == [Scope.TOTAL] * 3


def test_an_earlier_count_is_no_figure_of_its_own() -> None:
    (figure,) = find_figures("Nine people were killed, up from an earlier count of six.")
    assert (figure.low, figure.previous) == (9, 6)


def test_each_part_of_a_sentence_keeps_its_own_scope() -> None:
    sentence = (
        "Fire killed three people in Orvel, taking the number killed since the truce began to 236."
    )
    assert [f.scope for f in find_figures(sentence)] == [Scope.INCIDENT, Scope.SINCE_CEASEFIRE]


@pytest.mark.parametrize(
    ("sentence", "polarities"),
    [
        (
            "The ministry denied losing 30 men and said two soldiers had been wounded.",
            [Polarity.DENIED, Polarity.ASSERTED],
        ),
        ("Reports of 15 deaths are untrue, the army said.", [Polarity.DENIED]),
        ("The army denied any role in the raid that killed six people.", [Polarity.ASSERTED]),
        ("The army denied killing six people.", [Polarity.DENIED]),
        ("Twenty residents were feared dead.", [Polarity.FEARED]),
        ("Valmora rejected the truce and killed 12 soldiers.", [Polarity.ASSERTED]),
    ],
)
def test_denial_and_fear_reach_only_their_own_figures(
    sentence: str, polarities: list[Polarity]
) -> None:
    assert [f.polarity for f in find_figures(sentence)] == polarities


def test_the_text_of_a_figure_is_verbatim_across_brackets() -> None:
    sentence = "Six priests (five of them old) and two cooks were killed."
    assert [f.text for f in find_figures(sentence)] == [
        "Six priests (five of them old) and two cooks"
    ]


@pytest.mark.parametrize(
    "piece",
    [
        "killed ",
        "12 killed and ",
        "a ",
        "(",
        "the bodies of ",
        "-- killed ",
        "one hundred and ",
        "1,",
        "number of ",
        "soldiers, ",
        "who ",
        "since the ",
        "in the days of ",
        ", not nine, ",
        "9 in Orvel, ",
        "taken to hospital ",
        "Ivan and Oleh ",
    ],
)
def test_text_without_end_is_read_in_a_moment(piece: str) -> None:
    began = time.process_time()
    find_figures((piece * 20_000)[:20_000] + " killed 12")
    assert time.process_time() - began < 2
