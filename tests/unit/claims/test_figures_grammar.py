"""Casualty figures by construction: what ties a number to its victims, and what only looks like it."""

from __future__ import annotations

import pytest

from bot.claims.figures import find_figures

Row = tuple[str, list[tuple[object, ...]]]

#: Nouns of harm: "the murder of", "bodies", counted deaths.
NOUNS: list[Row] = [
    ("The murder of six priests and two cooks shook Valmora.", [("killed", 8, 8)]),
    ("The guards were blamed for the killing of at least 14 detainees.", [("killed", 14, None)]),
    ("The miners' union mourned the 12 miners' deaths.", [("killed", 12, 12)]),
    ("Rebels admitted the abduction of nine nurses.", [("captured", 9, 9)]),
    ("The death on Friday of three medics was condemned.", [("killed", 3, 3)]),
    ("The bodies of four shepherds were found near Tashar.", [("killed", 4, 4)]),
    ("Rescuers pulled nine bodies from the cellar.", [("killed", 9, 9)]),
    ("Ovrania handed over the bodies of four soldiers.", []),
    ("Thirty bodies were returned under the deal.", []),
    ("The blast caused 22 deaths and 60 injuries.", [("killed", 22, 22), ("wounded", 60, 60)]),
    ("The village mourned after the 11-fatality attack.", [("killed", 11, 11)]),
    ("The attack cost the lives of 17 fishermen.", [("killed", 17, 17)]),
    ("The siege has claimed 40 lives.", [("killed", 40, 40)]),
    ("The attack claimed 40 houses.", []),
]
#: Verbs with their object behind them, lists, names.
OBJECTS: list[Row] = [
    (
        "The blast killed a captain, two constables and a fruit seller.",
        [("killed", 4, 4)],
    ),
    ("The barrage killed, by the mayor's own count, eight people.", [("killed", 8, 8)]),
    ("A column hacked to death 23 villagers, among them eight women.", [("killed", 23, 23)]),
    ("A drone killed Osman Tarek, a rebel commander, and two others.", [("killed", 3, 3)]),
    ("Nine people, four boys among them, were killed in Tashar.", [("killed", 9, 9)]),
    ("Twelve villagers, two girls and a nurse among them, were hurt.", [("wounded", 12, 12)]),
    ("Six guards, two sergeants among them, and three cooks died.", [("killed", 9, 9)]),
    ("Nine drivers, two medics included, were killed.", [("killed", 9, 9)]),
    ("Thirty were hurt, two killed among them, he said.", [("wounded", 30, 30), ("killed", 2, 2)]),
    (
        "Three members of a unit sacrificed their lives and four were hurt.",
        [("killed", 3, 3), ("wounded", 4, 4)],
    ),
    (
        "Two nurses died, said the head of the society, Dr. Pavel Orsk, and seven people were hurt.",
        [("killed", 2, 2), ("wounded", 7, 7)],
    ),
    ("Police said the guard, Pavel Orsk, and two men were hurt.", [("wounded", 3, 3)]),
    ("Three soldiers of the battalion fled and four were killed.", [("killed", 4, 4)]),
    ("Two soldiers of the battalion who fled and four guards were killed.", [("killed", 6, 6)]),
    ("The bomber killed himself and three guards.", [("killed", 3, 3)]),
    ("The crash killed all five crew members.", [("killed", 5, 5)]),
    ("The crash killed everyone aboard: two pilots and 14 soldiers.", [("killed", 16, 16)]),
    ("The mine killed 20 sheep and a shepherd.", [("killed", 1, 1)]),
    ("The mine killed 20 sheep.", []),
    ("The battalion lost 40 men and five tanks.", [("killed", 40, 40)]),
    ("The party lost 12 seats.", []),
    ("The rebels took 25 soldiers prisoner.", [("captured", 25, 25)]),
    ("The army captured two towns and 14 villages.", []),
    ("Troops seized one 60 mm mortar and 20 rifles.", []),
    ("Six gunmen on motorcycles killed the mayor.", [("killed", 1, 1)]),
    ("Three soldiers killed eight rebels.", [("killed", 8, 8)]),
    ("A man stabbed a clerk and a guard to death.", [("killed", 2, 2)]),
    ("Killing and wounding 40 people, the bomb tore through the hall.", []),
]
#: Two sides in one list, victims beside sources, headlines without article, deeds asked for.
LISTS: list[Row] = [
    (
        "Shelling killed 12 pupils and a nurse, a cook and the local guard said.",
        [("killed", 13, 13)],
    ),
    ("Shelling killed 12 pupils, a nurse and a stoker, the mayor said.", [("killed", 14, 14)]),
    ("19 contras and two of its own men died, it said.", [("killed", 19, 19), ("killed", 2, 2)]),
    ("The army lost five of its own soldiers and a driver.", [("killed", 6, 6)]),
    (
        "Two soldiers and seven members of the Liberation Front died.",
        [("killed", 2, 2), ("killed", 7, 7)],
    ),
    ("12 rebels, three guards killed in Tashar", [("killed", 12, 12), ("killed", 3, 3)]),
    ("Of 31 people, two children died.", [("killed", 2, 2)]),
    (
        "The clash killed nine Israeli and 12 Lebanese soldiers.",
        [("killed", 9, 9), ("killed", 12, 12)],
    ),
    ("The clash destroyed nine Israeli and 12 Lebanese tanks.", []),
    (
        "Ovrania reports 49 troops killed, Valmora 50 as talks stall",
        [("killed", 49, 49), ("killed", 50, 50)],
    ),
    ("Three men were killed in Orvel and two in Tashar.", [("killed", 3, 3), ("killed", 2, 2)]),
    ("Palestinian boy, 12, shot dead", [("killed", 1, 1)]),
    ("Israeli soldier kills two boys", [("killed", 2, 2)]),
    ("French minister killed the deal", []),
    ("Troops sent in pursuit found the bodies of two rebels.", [("killed", 2, 2)]),
    ("Envoys saw 30 bodies go to Orvel.", []),
    ("A reward was offered for the capture of the leader.", []),
    ("The army announced the capture of the rebel leader.", [("captured", 1, 1)]),
]
#: Deaths and wounds told by idioms, survival, lists of names, and their look-alikes.
IDIOMS: list[Row] = [
    ("Two soldiers embraced martyrdom near Tashar.", [("killed", 2, 2)]),
    ("Nine raiders met their end in the gorge.", [("killed", 9, 9)]),
    ("Four nurses did not survive the shelling.", [("killed", 4, 4)]),
    ("The village did not survive the shelling.", []),
    ("The patient will not survive the winter.", []),
    ("There were no survivors among the nine crew.", [("killed", 9, 9)]),
    ("The lone survivor of a crew of seven was flown home.", [("killed", 6, 6)]),
    ("The boy was the sole survivor of the attack.", []),
    ("A rocket wiped out a family of seven.", [("killed", 7, 7)]),
    ("The flood wiped out two villages.", []),
    ("Troops neutralized eight gunmen near Tashar.", [("killed", 8, 8)]),
    ("The drones neutralised five targets.", []),
    ("Sixteen sailors were lost when the boat sank under fire.", [("killed", 16, 16)]),
    ("Ten seats were lost by the party.", []),
    ("Every one of the 20 miners was killed.", [("killed", 20, 20)]),
    ("Corporal Ivan Petrenko was fatally wounded near Valmora.", [("killed", 1, 1)]),
    ("The blast left 30 people needing surgery.", [("wounded", 30, 30)]),
    ("The clinic has 30 people needing surgery.", []),
    ("A guard lay with two bullets in his leg.", [("wounded", 1, 1)]),
    ("Two soldiers were taken to hospital with severe burns.", [("wounded", 2, 2)]),
    ("Olena, 8, and her brother Taras, 11, were wounded.", [("wounded", 2, 2)]),
    (
        "The dead were named as Ivan Petrenko, 31, of Tashar, and Oleh Bondar, 24.",
        [("killed", 2, 2)],
    ),
    ("The suspects were named as Ivan Petrenko, 31, and Oleh Bondar, 24.", []),
    ("Soldiers found the bodies of a nurse and two drivers.", [("killed", 3, 3)]),
    ("Soldiers found two bodies and 14 survivors.", [("killed", 2, 2)]),
    ("Rebels attacked, killing six and capturing three.", [("killed", 6, 6), ("captured", 3, 3)]),
    ("Rebels attacked, killing six and seizing three.", [("killed", 6, 6)]),
    (
        "Valmora put its losses at nine dead and Ovrania its own at 14.",
        [("killed", 9, 9), ("killed", 14, 14)],
    ),
    ("The bombing claimed the lives of a teacher and four pupils.", [("killed", 5, 5)]),
    ("The mine killed 12 oxen and three mules.", []),
    ("Units eliminated 40 drones, nine of them at sea and seven above the coast.", []),
    ("3 now confirmed dead in Tashar strike, previously 2", [("killed", 3, 3, 2)]),
]
#: Subjects of a passive or "died", near and far.
SUBJECTS: list[Row] = [
    ("Six people who had been queuing for bread near the mill were killed.", [("killed", 6, 6)]),
    ("All five occupants of the car, a white van that had just turned, died.", [("killed", 5, 5)]),
    ("Six miners, not eight as first reported, were wounded.", [("wounded", 6, 6, 8)]),
    ("Three of the wounded later died in hospital.", [("killed", 3, 3)]),
    ("A corporal hit in the shelling died of his wounds.", [("killed", 1, 1)]),
    ("The general was killed along with six of his bodyguards.", [("killed", 7, 7)]),
    ("Fifteen recruits fell in the ambush, along with a captain.", [("killed", 16, 16)]),
    ("Eleven residents sustained shrapnel injuries.", [("wounded", 11, 11)]),
    ("One farmer was killed and another lost a foot.", [("killed", 1, 1), ("wounded", 1, 1)]),
    (
        "Two airmen were taken prisoner and a third is missing.",
        [("captured", 2, 2), ("missing", 1, 1)],
    ),
    ("Nobody was killed in the blast but the bomber.", [("killed", 1, 1)]),
    (
        "A policeman died in the raid, as did three of the captors.",
        [("killed", 1, 1), ("killed", 3, 3)],
    ),
    ("Neither the mayor nor his wife was injured.", []),
    ("The president denied that any civilians had died.", []),
    ("The 12 soldiers said the mayor was not wounded.", []),
    ("Two hundred people should be executed, he said.", []),
    ("Forty sheep were killed.", []),
    ("The bomb was nearly fatal: a guard was almost killed.", []),
]
#: Two sides stay apart, one side is added up, parts of a total are left out.
SUMS: list[Row] = [
    ("Four policemen and six rebels died.", [("killed", 4, 4), ("killed", 6, 6)]),
    ("Two nurses and a driver were wounded.", [("wounded", 3, 3)]),
    ("Four people, two men and two women, were killed.", [("killed", 4, 4)]),
    ("Twelve people were killed: seven in Orvel and five in Tashar.", [("killed", 12, 12)]),
    ("3 killed in Orvel, 2 in Tashar", [("killed", 3, 3), ("killed", 2, 2)]),
    (
        "The days of May cost Ovrania 21 dead and Valmora 51.",
        [("killed", 21, 21), ("killed", 51, 51)],
    ),
    ("Six guards, two of them women, and a cook were killed.", [("killed", 7, 7)]),
    ("He was one of five commanders killed in the strike.", [("killed", 5, 5)]),
    ("Five of the murdered priests had received threats.", []),
    ("About 300 of the 1,100 people killed since October were children.", [("killed", 1100, 1100)]),
    (
        "The blast wounded 14 soldiers, three of whom later died.",
        [("wounded", 14, 14), ("killed", 3, 3)],
    ),
    (
        "Three bombs killed 40 and 50 were hurt in a stampede.",
        [("killed", 40, 40), ("wounded", 50, 50)],
    ),
    ("An official and leader of the guild was shot dead.", [("killed", 1, 1)]),
    ("Killed were Olena Marko, 34, a nurse, her son Danylo, 8, and a cook.", [("killed", 3, 3)]),
    (
        "Dead (14), wounded (37), missing (5): the night in Orvel",
        [("killed", 14, 14), ("wounded", 37, 37), ("missing", 5, 5)],
    ),
]
#: Tolls with a subject of their own.
TOLLS: list[Row] = [
    ("Toll in Orvel strike doubles to 12", [("killed", 12, 12)]),
    (
        "The number of dead has gone up to 87 from the 84 announced on Friday.",
        [("killed", 87, 87, 84)],
    ),
    ("The count of wounded rose from 45 to 61.", [("wounded", 61, 61, 45)]),
    ("Death toll tops 30", [("killed", 31, None)]),
    ("Estimates of the dead range from 12 to 18.", [("killed", 12, 18)]),
    ("The army put the dead at 12.", [("killed", 12, 12)]),
    ("Nine people were killed (earlier: seven) in the bombing.", [("killed", 9, 9, 7)]),
    ("The toll, first put at 22, has been corrected to 19.", [("killed", 19, 19, 22)]),
    ("The toll includes 14 children.", []),
    ("The number of schools hit in raids rose to 14.", []),
]
#: Ways of writing a number.
NUMBERS: list[Row] = [
    ("Twenty or more people were killed.", [("killed", 20, None)]),
    ("A dozen or so fighters were captured.", [("captured", 12, 12)]),
    ("Fewer than 10 soldiers were wounded.", [("wounded", None, 9)]),
    ("Not more than three of our men were wounded.", [("wounded", None, 3)]),
    ("Some 1.247 people were killed.", [("killed", 1247, 1247)]),
    ("Three or four guards were hurt.", [("wounded", 3, 4)]),
    ("Forty-two people were injured.", [("wounded", 42, 42)]),
    ("All but two of the 14 passengers died.", [("killed", 12, 12)]),
    ("None of the nine people aboard survived.", [("killed", 9, 9)]),
    ("Three people were killed and as many wounded.", [("killed", 3, 3), ("wounded", 3, 3)]),
]
#: Numbers of other things beside words of harm.
LOOK_ALIKES: list[Row] = [
    ("The wounded were taken to three hospitals in 11 ambulances.", []),
    ("Seventy rescuers with four dogs were searching for the dead.", []),
    ("Families of the missing can call 0800 505 501, open from 8 to 20.", []),
    ("Israel is to release 250 prisoners in the first phase.", []),
    ("Ten hostages were released and 20 remain in captivity.", []),
    ("Some 3,000 mourners followed the coffins of the dead.", []),
    ("He died at the age of 91 on 12 May.", []),
    ("A 60-strong patrol with 12 dead batteries turned back.", []),
    ("After receiving many death threats he left.", []),
    ("They were charged with an attempt to kill 12 ministers.", []),
]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [*NOUNS, *OBJECTS, *LISTS, *IDIOMS, *SUBJECTS, *SUMS, *TOLLS, *NUMBERS, *LOOK_ALIKES],
)
def test_a_construction_ties_numbers_to_victims(
    sentence: str, expected: list[tuple[object, ...]]
) -> None:
    found = [
        (f.measure.value, f.low, f.high) + ((f.previous,) if f.previous else ())
        for f in find_figures(sentence)
    ]
    assert found == expected


@pytest.mark.parametrize("sentence", [s for s, _ in [*NOUNS, *TOLLS] if "Ovrania" not in s])
def test_upper_case_is_read_like_mixed_case(sentence: str) -> None:
    mixed = [(f.measure, f.low, f.high) for f in find_figures(sentence)]
    assert [(f.measure, f.low, f.high) for f in find_figures(sentence.upper())] == mixed
