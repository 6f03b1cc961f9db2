"""Nouns of casualty reports: who is a victim, what a number may count instead. Data and look-ups.

A closed list decides for the common nouns; endings that name people ("deminers", "militiamen")
decide for the rest, unless the word is a listed thing ("launchers").
"""

from __future__ import annotations

import re
from functools import lru_cache

from bot.claims.figures.person_nouns import ONE_PERSON
from bot.claims.grammar.wordlists import word_set

#: Words whose class is remembered: news uses the same few thousand again and again.
WORDS_KEPT = 8192
_IRREGULAR = {
    "child": "children",
    "grandchild": "grandchildren",
    "schoolchild": "schoolchildren",
    "person": "persons",
    "passerby": "passersby",
    "passer-by": "passers-by",
    "thief": "thieves",
}
_COLLECTIVE = word_set(
    "people troops personnel police staff crew militia servicemembers others lives commandos"
    " folk townspeople tribespeople countrymen kin siblings"
    " khwarij khawarij mujahideen mujahedin fedayeen peshmerga gendarmerie"
    " twins triplets spouses forces contras naxals naxalites"
)
#: "a mother and daughter", "a husband and wife": two people behind one article.
KIN = word_set(
    "father mother son daughter brother sister husband wife grandmother grandfather grandson"
    " granddaughter uncle aunt nephew niece"
)
#: Several people in one word.
NUMBERED = {"twins": 2, "triplets": 3, "twin": 2, "triplet": 3}
#: What stands before a person's name.
TITLES = word_set(
    "brigadier admiral commodore dr dr. mr mr. mrs mrs. ms ms. sheikh ayatollah sgt capt lt col"
    " gen maj pvt marshal father sister president premier secretary foreign naik subedar lance"
    " havildar rifleman gunner nk hav cpl cmdr brig adm spc bombardier seaman signaller"
)


def _plural(noun: str) -> str:
    if noun in _IRREGULAR:
        return _IRREGULAR[noun]
    if noun.endswith("man"):
        return noun[:-3] + "men"
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    if noun.endswith("fe"):
        return noun[:-2] + "ves"
    return noun + ("es" if noun.endswith(("s", "x", "ch", "sh")) else "s")


_MANY = frozenset(_plural(noun) for noun in ONE_PERSON) | _COLLECTIVE | {"nurses", "babies"}
_ONE_ENDING = re.compile(
    r"(?!human|roman|german|ottoman|norman|shaman|climate|estimate|ultimate|intimate)"
    r".{2,}(?:man|woman|mate|girl|boy)$"
)
#: "seller", "operator": one person by what he does, unless the word is listed here or as a thing.
_AGENT_ENDING = re.compile(r".{3,}(?:er|or|ist|ician|arian)$")
_NO_AGENTS = word_set(
    "danger anger hunger fever cancer summer winter dinner supper december september october"
    " november weather matter manner corner never ever over under after other another whether"
    " either neither rather together former latter later earlier higher lower larger greater"
    " smaller bigger wider further younger older lesser shower flower prayer ladder shoulder"
    " trigger disaster monster register filter laser layer poster counter encounter frontier"
    " chamber timber rubber copper silver leather powder cover error terror horror mirror color"
    " colour labor honor favor interior exterior harbor anchor tumor rumor senior junior proper"
    " inner outer upper super daughter-in-law cluster buffer blister plaster booster bumper"
    " customer-owned sweater wrapper freezer cooker mister premier nuclear thriller dagger"
    " hammer slaughter laughter water gutter platter litter quarter order border however"
    " moreover wherever whichever"
)
_MANY_ENDING = re.compile(
    r".{3,}(?:men|women|boys|girls|mates|ers|ors|ists|eers|ees|folk|cians|arians|lings)$"
)

#: Things that reports count beside victims; endings follow.
_THINGS = word_set(
    "launcher helicopter container shelter computer quarter headquarters bomber tower number"
    " order letter paper border meter metre liter litre kilometer kilometre centimeter"
    " millimetre crater sector factor motor tractor reactor corridor door floor error power"
    " river water transformer mortar boiler server trailer tanker freighter carrier cruiser"
    " destroyer minesweeper bunker chapter answer offer former center centre theater theatre"
    " pier barrier drone missile rocket shell bomb round bullet tank vehicle truck lorry car bus"
    " minibus ambulance aircraft jet plane airplane warship ship boat vessel gunboat train"
    " carriage wagon motorcycle house home building apartment flat school hospital clinic church"
    " mosque temple village town city settlement hamlet neighbourhood neighborhood district"
    " province region area department municipality position target site strike attack raid"
    " sortie blast explosion clash incident ambush battle checkpoint post station base barracks"
    " camp bridge road street farm field factory plant depot store shop market bank office pylon"
    " pipeline warehouse hotel restaurant country nation state seat vote goal time day week"
    " month year hour minute second decade night mile km km2 acre hectare yard foot feet inch"
    " tonne ton kilogram kilogramme kg gram pound degree point percent percentage dollar euro"
    " rouble ruble peso rupee million billion gun rifle machinegun machine-gun howitzer grenade"
    " cartridge mine device charge explosive weapon system battery unit brigade battalion"
    " regiment division company squad platoon patrol group team faction party union organisation"
    " organization body agency front cell gang ministry government embassy court case count"
    " reason way step phase stage part piece name word article paragraph page law resolution"
    " report statement claim question call interview meeting talk visit photograph picture image"
    " video sheep goat buffalo mule ox oxen pony hen duck goose geese lamb calf calves"
    " heifer bull ewe yak piglet beehive turkey cow cattle camel donkey"
    " horse dog cat chicken animal livestock pig"
    " crocodile bird fish tree crop dunam barrel sack box truckload convoy column wave salvo"
    " volley generation family household community tribe nationality sentence violation breach"
    " infringement arrest release demonstration march campaign election uav quadcopter balloon"
    " satellite radar substation refinery block window wall roof room bed ward storey story"
    " kilowatt megawatt entrance side place object half third ballot shots crime offence offense"
    " murder bombing assassination kidnapping search track flare figure estimate total dozen"
    " hand leg arm eye limb finger wound injury casualty loss term item hole coffin grave"
    " detonator generator sensor projector excavator bulldozer digger loader scanner speaker"
    " fertilizer fertiliser printer router interceptor jammer transmitter receiver repeater"
    " silencer suppressor charger magazine laptop motorbike bicycle scooter tyre sweeper freezer"
    " cooler heater boiler burner dinghy skiff speedboat blanket parcel document passport banner"
    " flyer poster sticker firecracker flamethrower smartphone phone computer razor chopper"
    " army side commission committee squadron delegation mission contingent precinct"
)

#: Adjectives of nationality in text without lower case, where no capital tells a name.
_NATIONS = word_set(
    "afghan albanian algerian american angolan argentine armenian australian azerbaijani azeri"
    " bangladeshi belarusian belgian bolivian bosnian brazilian british bulgarian burmese"
    " cambodian cameroonian canadian chadian chilean chinese colombian congolese croat croatian"
    " cuban cypriot czech danish druze dutch ecuadoran ecuadorean ecuadorian egyptian emirati"
    " english eritrean ethiopian european filipino finnish french georgian german ghanaian greek"
    " guatemalan guinean haitian honduran houthi hungarian indian indonesian iranian iraqi irish"
    " israeli italian japanese jordanian kashmiri kazakh kenyan korean kosovar kurd kurdish"
    " kuwaiti kyrgyz laotian lebanese liberian libyan malaysian malian mexican moldovan moroccan"
    " mozambican nepalese nicaraguan nigerian nigerien norwegian omani ottoman pakistani"
    " palestinian panamanian paraguayan persian peruvian philippine polish portuguese qatari"
    " romanian russian rwandan salvadoran salvadorean saudi scottish senegalese serb serbian"
    " somali soviet spaniard spanish sudanese swedish swiss syrian tajik tamil tanzanian thai"
    " tibetan tunisian turkish turk ugandan ukrainian uruguayan uyghur uzbek venezuelan"
    " vietnamese yemeni yugoslav zambian zimbabwean u.s. us nato un u.n."
)
#: Capitalised words that are no side.
_NO_SIDE = word_set(
    "the this these its his her their our some over about around more nearly between at least"
    " many several almost another other both all up dozens scores hundreds thousands jesuit"
    " catholic christian muslim local dead wounded injured killed special security border army"
    " police national state red cross union labor labour mormon"
)
_INSURGENT = word_set(
    "militant militants rebel rebels insurgent insurgents terrorist terrorists gunman gunmen"
    " guerrilla guerrillas attacker attackers assailant assailants extremist extremists bandit"
    " bandits contras naxals naxalites subversive subversives jihadist jihadists raiders maoists"
    " khwarij khawarij accomplice accomplices"
)
_FORCES = word_set(
    "soldier soldiers policeman policemen police troops troop serviceman servicemen officer"
    " officers peacekeepers personnel guards constable constables infantrymen rangers marines"
    " conscripts paratroopers jawan jawans commando commandos trooper troopers ranger"
    " sergeant corporal lieutenant captain major colonel"
)
_ONE_CALLING = word_set(
    "farmer labourer laborer worker fisherman shepherd herder journalist reporter photographer"
    " cameraman driver trucker nurse doctor medic paramedic engineer technician miner teacher"
    " tourist pilgrim student trader merchant sailor seaman missionary"
    " businessman aid-worker electrician mechanic cook cleaner translator interpreter caretaker"
)
_CALLINGS = _ONE_CALLING | frozenset(_plural(noun) for noun in _ONE_CALLING)
_DEMONYM_HEAD = re.compile(
    r"(?!(?:The|This|These|Its|His|Los|United|Armed|Means|Plans|Arms)\b)"
    r"[A-Z][a-z]{2,}(?:ians|ans|is|ese|ais|eans|iis|ites)$"
)


@lru_cache(maxsize=WORDS_KEPT)
def is_person(word: str) -> bool:
    """Tell whether a lower-case noun names one person."""
    word = word.removesuffix("-in-law")
    if word in ONE_PERSON or word.rpartition("-")[2] in ONE_PERSON or word.endswith("-year-old"):
        return True
    return bool(_ONE_ENDING.match(word)) and word not in _THINGS


def is_agent(word: str) -> bool:
    """Tell whether a lower-case noun may name one person by an ending ("seller", "operator")."""
    return bool(_AGENT_ENDING.match(word)) and word not in _NO_AGENTS and not is_thing(word)


@lru_cache(maxsize=WORDS_KEPT)
def are_people(word: str) -> bool:
    """Tell whether a lower-case noun names several people."""
    word = word.removesuffix("-in-law")
    if word in _MANY or word.rpartition("-")[2] in _MANY or word.endswith("-year-olds"):
        return True
    if word.endswith("s") and _NATIONS.issuperset({word[:-1]}):
        return True
    return bool(_MANY_ENDING.match(word)) and not is_thing(word)


def is_nation(word: str) -> bool:
    """Tell whether a lower-case word names a nationality, as adjective or noun."""
    return word in _NATIONS or word.removesuffix("s") in _NATIONS


def are_demonym(word: str) -> bool:
    """Tell whether a capitalised word may name people of one place ("Ukrainians")."""
    low = word.lower()
    return low != "us" and (is_nation(low) or bool(_DEMONYM_HEAD.match(word))) and not is_thing(low)


@lru_cache(maxsize=WORDS_KEPT)
def is_thing(word: str) -> bool:
    """Tell whether a lower-case noun names what is not a victim."""
    if word in _THINGS:
        return True
    last = word.rpartition("-")[2]
    for noun in (word, last):
        single = noun[:-3] + "y" if noun.endswith("ies") else noun.removesuffix("s")
        if noun in _THINGS or single in _THINGS or noun.removesuffix("es") in _THINGS:
            return True
    return False


def names_no_side(word: str) -> bool:
    """Tell whether a capitalised word tells nothing of a side."""
    return word in _NO_SIDE or is_person(word) or are_people(word) or is_thing(word)


def is_calling(head: str | None) -> bool:
    """Tell whether a noun says how civilians earn their living, whatever nation they are of."""
    return head in _CALLINGS


def role_of(head: str | None) -> str | None:
    """Return the camp that a noun alone tells: insurgents or the forces against them."""
    if head in _INSURGENT:
        return "insurgents"
    return "forces" if head in _FORCES else None
