"""Casualty figures of several places and days, of idioms and care, and their look-alikes."""

from __future__ import annotations

import pytest

from bot.claims.figures import find_figures
from bot.claims.figures.gate import may_tell

Row = tuple[str, list[tuple[object, ...]]]

#: Two places or two days are two events; parts of a total are none.
APART: list[Row] = [
    ("Fire killed three men in Orvel and two in Tashar.", [("killed", 3, 3), ("killed", 2, 2)]),
    (
        "Fire killed four in Orvel, two in Tashar and one near Valmora.",
        [("killed", 4, 4), ("killed", 2, 2), ("killed", 1, 1)],
    ),
    ("Two men in Orvel and three in Tashar were killed.", [("killed", 2, 2), ("killed", 3, 3)]),
    ("Two were killed in Orvel and two in Tashar.", [("killed", 2, 2), ("killed", 2, 2)]),
    (
        "Three were killed in Orvel, four wounded in Tashar and another killed in Brod.",
        [("killed", 3, 3), ("wounded", 4, 4), ("killed", 1, 1)],
    ),
    (
        "Nine were reported killed in Orvel, four in Tashar.",
        [("killed", 9, 9), ("killed", 4, 4)],
    ),
    ("Bombs killed 12 men on Monday and 14 on Tuesday.", [("killed", 12, 12), ("killed", 14, 14)]),
    ("Fire killed seven people, three in Orvel and two in Tashar.", [("killed", 7, 7)]),
    ("Fire killed two guards and a cook in Orvel and in Tashar.", [("killed", 3, 3)]),
    ("Five were hurt in Orvel and in Tashar three houses burned.", [("wounded", 5, 5)]),
    (
        "A policeman died in the raid and a driver was killed in the blast.",
        [("killed", 1, 1), ("killed", 1, 1)],
    ),
    ("A gendarme was killed, the first murder of a policeman there.", [("killed", 1, 1)]),
]
#: Counts set right, and counts of somebody else.
CORRECTED: list[Row] = [
    ("Police said four, not six, people had died.", [("killed", 4, 4, 6)]),
    ("Officials say three people died, not five.", [("killed", 3, 3, 5)]),
    ("The number of dead is three, he said, down from five.", [("killed", 3, 3, 5)]),
    ("Two soldiers, not civilians, were killed.", [("killed", 2, 2)]),
    ("The army puts the dead at 38, the rebels at 12.", [("killed", 38, 38), ("killed", 12, 12)]),
    ("The army put the dead at 12, at least 9 of them pupils.", [("killed", 12, 12)]),
    ("Valmora put the Ovranian dead at 11.", [("killed", 11, 11)]),
    ("The raids bring to 31 the number of men killed.", [("killed", 31, 31)]),
    ("By dusk the number of dead had crept up to nine.", [("killed", 9, 9)]),
    ("Orvel strike toll up to 9", [("killed", 9, 9)]),
    ("The dead, numbering 22, were laid out in the yard.", [("killed", 22, 22)]),
    ("The unit had 40 casualties, of whom 12 were killed.", [("killed", 12, 12)]),
    ("The unit had nine casualties, two of them fatal.", [("killed", 2, 2)]),
    ("It was not clear how many people had been killed.", []),
]
#: Groups told in another way than by a number and a noun.
GROUPS: list[Row] = [
    ("The blast killed an entire seven-member family.", [("killed", 7, 7)]),
    ("A five-member panel looked into the killing of two men.", [("killed", 2, 2)]),
    ("The rocket killed four-year-old twins and their aunt.", [("killed", 3, 3)]),
    ("Three brothers aged 9, 12 and 15 were killed.", [("killed", 3, 3)]),
    ("Brothers Ivan and Oleh Marko, aged 20 and 23, were killed.", [("killed", 2, 2)]),
    ("Witnesses Ivan Marko and Oleh Bondar saw a man killed.", [("killed", 1, 1)]),
    ("A missile killed an elderly couple in Orvel.", [("killed", 2, 2)]),
    ("A father and son were killed.", [("killed", 2, 2)]),
    ("A teacher and poet was killed.", [("killed", 1, 1)]),
    ("The battle left four rebels, including two leaders, dead.", [("killed", 4, 4)]),
    ("A bus of recruits hit a mine, killing 16 of them.", [("killed", 16, 16)]),
    ("The gang seized nine nurses and killed one of them.", [("captured", 9, 9), ("killed", 1, 1)]),
    ("Police killed 104 cattle thieves.", [("killed", 104, 104)]),
    ("The shelling killed 60 head of cattle.", []),
    ("Shelling injured 1,042 last month.", [("wounded", 1042, 1042)]),
    ("Four men, believed to be smugglers, were killed.", [("killed", 4, 4)]),
    ("The army lost two men and five others were hurt.", [("killed", 2, 2), ("wounded", 5, 5)]),
    ("A man stabbed and wounded three clerks.", [("wounded", 3, 3)]),
    ("Gunmen kidnapped and killed three teachers.", [("killed", 3, 3)]),
    ("The clash resulted in two men being injured.", [("wounded", 2, 2)]),
    ("Police led the coffin of Constable Ivan Marko, killed on duty.", []),
    ("They planned to abduct three judges and kill the mayor.", []),
    ("A reward was set for news that will lead to the capture of the chief.", []),
]
#: Deaths and wounds told by what was done with the victims.
CARE: list[Row] = [
    ("Villagers buried eleven neighbours on Friday.", [("killed", 11, 11)]),
    ("The landslide buried 12 workers.", []),
    ("Rescuers took four more bodies out of the cellar.", [("killed", 4, 4)]),
    ("The bodies of six men were taken to a morgue.", [("killed", 6, 6)]),
    ("Divers found the body of one.", [("killed", 1, 1)]),
    ("Ovrania received the bodies of nine soldiers in exchange for two.", []),
    ("Each of the families who lost a relative will be paid.", []),
    ("Troops sent six raiders to hell.", [("killed", 6, 6)]),
    ("Two guards became martyrs.", [("killed", 2, 2)]),
    ("Nine men were rushed to hospital after the strike.", [("wounded", 9, 9)]),
    ("Fifteen men were injured and three were taken to hospital.", [("wounded", 15, 15)]),
    ("The 20 freed prisoners were taken to hospital for checks.", []),
    ("The blast left five men in critical condition.", [("wounded", 5, 5)]),
    ("Thirty men, many in critical condition, were flown out.", []),
    ("Sixteen men needed hospital treatment.", [("wounded", 16, 16)]),
    ("A guard and his driver escaped with light injuries.", [("wounded", 2, 2)]),
    ("The driver escaped with a bag of money.", []),
    ("The pilot was killed and two clerks badly burned.", [("killed", 1, 1), ("wounded", 2, 2)]),
    ("Nine men were killed, most of them shot in the back.", [("killed", 9, 9)]),
]


@pytest.mark.parametrize(("sentence", "expected"), [*APART, *CORRECTED, *GROUPS, *CARE])
def test_a_sentence_tells_these_victims(sentence: str, expected: list[tuple[object, ...]]) -> None:
    found = [
        (f.measure.value, f.low, f.high) + ((f.previous,) if f.previous else ())
        for f in find_figures(sentence)
    ]
    assert found == expected


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("envoys met in orvel and held talks", False),
        ("the hospital took in fuel", False),
        ("nine men were rushed to hospital", True),
        ("the freed hostages flew home", False),
        ("they took nine hostages", True),
        ("two cars went by", False),
        ("two cars went missing", True),
        ("the toll stands at nine", True),
    ],
)
def test_texts_without_words_of_harm_are_turned_away(text: str, *, may: bool) -> None:
    assert may_tell(text) is may
