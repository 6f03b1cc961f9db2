"""Casualty figures that replace, repeat, deny or set beside others, and their look-alikes."""

from __future__ import annotations

import pytest

from bot.claims.figures import find_figures

Row = tuple[str, list[tuple[object, ...]]]

#: A later count takes the place of an earlier one; another event's does not.
REPLACED: list[Row] = [
    ("The ministry had put the toll at 11; it now says 13 died.", [("killed", 13, 13, 11)]),
    (
        "Police, who had first spoken of six deaths, now say nine people were killed.",
        [("killed", 9, 9, 6)],
    ),
    ("An earlier count gave 40 dead; the latest lists 44.", [("killed", 44, 44, 40)]),
    (
        "The mayor, who at noon had spoken of four deaths, said the figure was now five.",
        [("killed", 5, 5, 4)],
    ),
    ("The office cut its figure to 14 dead, from 16.", [("killed", 14, 14, 16)]),
    (
        "The office revised the toll down to eight; at noon it had spoken of ten.",
        [("killed", 8, 8, 10)],
    ),
    (
        "An earlier attack had killed 27; on Monday 33 people died.",
        [("killed", 27, 27), ("killed", 33, 33)],
    ),
    (
        "A previous strike killed five people; the army now says three guards died.",
        [("killed", 5, 5), ("killed", 3, 3)],
    ),
    (
        "The office, which had given a toll of 40, said on Monday that 52 people had died.",
        [("killed", 52, 52, 40)],
    ),
    (
        "The group, which had said 12 of its men died, said 30 soldiers were killed.",
        [("killed", 12, 12), ("killed", 30, 30)],
    ),
    ("The toll, which had stood at 15, rose to 18.", [("killed", 18, 18, 15)]),
    ("Orvel strike toll down to nine after recount", [("killed", 9, 9)]),
    ("Toll from Orvel market raid up to 61, doctors say", [("killed", 61, 61)]),
    ("Losses in this direction totalled up to 180 men.", [("killed", None, 180)]),
    ("The martyrs of the camp reached eight citizens.", [("killed", 8, 8)]),
    ("The martyrs reached paradise, he said.", []),
    ("Two bodies had been counted twice, the office said.", []),
    ("Rescuers counted 40 bodies in the school.", [("killed", 40, 40)]),
]
#: The number before, said again.
SAME: list[Row] = [
    ("Nine villagers were killed and as many injured.", [("killed", 9, 9), ("wounded", 9, 9)]),
    (
        "Three guards died and the same number of rebels were shot dead.",
        [("killed", 3, 3), ("killed", 3, 3)],
    ),
    ("Two people were killed and twice as many were wounded.", [("killed", 2, 2)]),
    ("Four died in two strikes in as many days.", [("killed", 4, 4)]),
    ("Six people died, as many as last year.", [("killed", 6, 6)]),
    ("A pair of volunteers suffered burns.", [("wounded", 2, 2)]),
    ("A pair of missiles killed six people.", [("killed", 6, 6)]),
]
#: One person told by several nouns, and those named beside others.
NAMED: list[Row] = [
    ("Anna Koval, a nurse and mother of three, was killed.", [("killed", 1, 1)]),
    ("A farmer and a father of two were killed.", [("killed", 2, 2)]),
    ("Ravi Kumar, a farmer, and a shepherd were killed.", [("killed", 2, 2)]),
    (
        "The blast killed Ahmed Ali, the head of the council, and three of his guards.",
        [("killed", 4, 4)],
    ),
    ("Oleh Marko, the head of the village, and his wife were killed.", [("killed", 2, 2)]),
    ("The blast killed Amin Hadi, the mayor of Orvel, his son and two aides.", [("killed", 4, 4)]),
    ("Shelling of Orvel injures woman, child", [("wounded", 2, 2)]),
    ("Shelling kills woman, police say", [("killed", 1, 1)]),
    ("Attack kills policeman, gunman flees", [("killed", 1, 1)]),
    (
        "One household – a woman, her son and a baby – were crushed to death.",
        [("killed", 3, 3)],
    ),
    ("Three people – a farmer, his wife and their son – were killed.", [("killed", 3, 3)]),
    ("Two Ovranian farmers and a Thai labourer were killed.", [("killed", 3, 3)]),
    ("Two Indian guards and a Thai labourer were killed.", [("killed", 2, 2), ("killed", 1, 1)]),
    (
        "Two gunmen were killed, along with a constable.",
        [("killed", 2, 2), ("killed", 1, 1)],
    ),
    (
        "The army killed five rebels and lost one of its own.",
        [("killed", 5, 5), ("killed", 1, 1)],
    ),
    ("The patrol lost one of its own vehicles.", []),
    (
        "Two men died and two more were taken to hospital with burns.",
        [("killed", 2, 2), ("wounded", 2, 2)],
    ),
    ("The shell left three others with burns.", [("wounded", 3, 3)]),
    (
        "One was found dead and the other remains missing.",
        [("killed", 1, 1), ("missing", 1, 1)],
    ),
    ("Eleven aid workers were dragged over the border as hostages.", [("captured", 11, 11)]),
    ("Militia ‘kidnapped’ 30 doctors, union says", [("captured", 30, 30)]),
    ("The morgue was holding 34 bodies.", [("killed", 34, 34)]),
    ("The army is holding the bodies of 40 rebels.", []),
    ("She saw two children carried out dead.", [("killed", 2, 2)]),
]
#: Harm told in other ways, and what only looks like it.
WAYS: list[Row] = [
    ("They hacked four farmers to death.", [("killed", 4, 4)]),
    ("A truck blew up, burning to death three people.", [("killed", 3, 3)]),
    ("Six volunteers paid with their lives.", [("killed", 6, 6)]),
    ("Deceased have been identified as Anna Koval, 33, and Oleg Hart, 12.", [("killed", 2, 2)]),
    ("The suspects were identified as Anna Koval, 33, and Oleg Hart, 12.", []),
    ("Two deminers had their legs blown off.", [("wounded", 2, 2)]),
    ("The army had its hands broken in two talks.", []),
    ("Seven guards fell into the hands of the rebels.", [("captured", 7, 7)]),
    ("Two towns fell into the hands of the rebels.", []),
    ("The whereabouts of 21 fishermen are unknown.", [("missing", 21, 21)]),
    ("The bus carried 33 miners, of whom 12 were killed.", [("killed", 12, 12)]),
    ("Forty people were killed, of whom 12 were shot dead at home.", [("killed", 40, 40)]),
    (
        "Nine men stood on deck; four of them, all Ovranians, were killed.",
        [("killed", 4, 4)],
    ),
    ("Nobody was killed but the bomber.", [("killed", 1, 1)]),
    ("Nobody was killed, but 12 men had to leave.", []),
    ("Two men died on Monday, making it nine in a week.", [("killed", 2, 2), ("killed", 9, 9)]),
    ("Two goals decided it, making it three in a week.", []),
    ("It left five members of one family dead.", [("killed", 5, 5)]),
    ("Up to 50 men were killed or wounded.", []),
    ("Two men were wounded, one of them fatally.", [("wounded", 2, 2), ("killed", 1, 1)]),
    ("Doctors said 11, including four children, were killed.", [("killed", 11, 11)]),
    ("Officials, including three ministers, were killed.", []),
    ("Nine men died on Monday, and today 12 more.", [("killed", 9, 9), ("killed", 12, 12)]),
    ("It killed nine people, and today five schools closed.", [("killed", 9, 9)]),
    ("Two soldiers captured in May were killed.", [("killed", 2, 2)]),
    ("Had it landed earlier, it would have killed dozens of pupils.", []),
    ("Police chief Amin Hadi, his brother and two guards were killed.", [("killed", 4, 4)]),
]
#: Statements that somebody waves aside.
DENIED: list[tuple[str, list[str]]] = [
    ("He dismissed as “pure fiction” Orvel’s statement that 40 men had died.", ["denied"]),
    ("He called the claim that 300 of its soldiers had been killed a lie.", ["denied"]),
    ("He disputed the army's account that 15 officers died.", ["denied"]),
    ("“We did not kill four fishermen,” he said.", ["denied"]),
    ("In disputed Orvel, officials said that five people were killed.", ["asserted"]),
    ("The minister dismissed the general after 20 soldiers were killed.", ["asserted"]),
    ("He called the killing of four nurses a crime.", ["asserted"]),
    ("The drone did not kill anyone, while another killed five.", ["asserted"]),
    ("“We did not kill those 13 people,” he said.", []),
    ("He vowed not to kill 12 hostages.", []),
]


@pytest.mark.parametrize(("sentence", "expected"), [*REPLACED, *SAME, *NAMED, *WAYS])
def test_a_figure_stands_for_its_people_once(
    sentence: str, expected: list[tuple[object, ...]]
) -> None:
    found = [
        (f.measure.value, f.low, f.high, *([f.previous] if f.previous else []))
        for f in find_figures(sentence)
    ]
    assert found == expected


@pytest.mark.parametrize(("sentence", "expected"), DENIED)
def test_a_statement_waved_aside_is_denied(sentence: str, expected: list[str]) -> None:
    assert [f.polarity.value for f in find_figures(sentence)] == expected
