"""Words that tell war from crime, accident and daily life, and questions to a text about them.

The name of a place says little alone: what happens there decides whether a conflict is meant.
Sentences that are read as one are asked about together, each of them once.
"""

from __future__ import annotations

import re
from functools import lru_cache

#: Weapons of armies, sieges and halts in fighting; no police report uses them.
_MILITARY = (
    r"cease-?fires?|truces?|armistice|moratorium|hostilities|shells|shelled|shelling|mortars?|artillery|"
    r"howitzers?|"
    r"missiles?|rockets?|drones?|uavs?|quadcopters?|air[- ]?strikes?|air[- ]raids?|glide bombs?|"
    r"bombard\w*|warplanes?|warships?|gunboats?|fighter jets?|jets|gunships?|tanks|armou?red|"
    r"assault (?:groups?|units?|teams?|troops|detachments?)|"
    r"front[- ]?lines?|"
    r"trench(?:es)?|(?:counter-?)?offensives?|sieges?|besieged|encircle[sd]?|garrisons?|brigades?|"
    r"battalions?|invasion|invad(?:e[sd]?|ing)|incursions?|sirens?|air[- ]defen[cs]es?|snipers?|"
    r"cross-border|landmines?|leaflets?|hostages?|captives|prisoners? of war|pows?|strikes? on|"
    r"(?:israeli|russian|ukrainian|indian|pakistani|army|retaliatory|deadly|overnight|"
    r"fresh) strikes?|arms (?:for|to|sales?|shipments?|exports?|embargo)|"
    r"(?:car|truck|vehicle|bus|tractor|patrol|convoy|lorry|jeep) (?:hit|struck|ran over) a mine|"
    r"(?:stepped|trod|drove) (?:on|over) a (?:land ?)?mine"
)
#: Those who fight, and what they do.
_ARMED = (
    r"troops|soldiers?|servicem[ae]n|army|armies|military|militias?|militants?|rebels?|fighters?|paramilitar\w+|"
    r"separatists?|insurgents?|guerrillas?|gunm[ae]n|gunfire|guns?|clash(?:es|ed)?|battles?|"
    r"fighting|"
    r"fought|combat|war|wars|warring|occupied|occupation|weapons|munitions?|ammunition|grenades?|"
    r"fired (?:at|on|upon|into|towards?) |open(?:s|ed|ing)? fire|return(?:s|ed|ing)? fire|(?:trade[sd]?|exchange[sd]?) (?:of )?fire|"
    r"under fire|"
    r"ambush\w*|raid(?:s|ed)?|stormed|withdr[ae]w\w*|pull(?:s|ed|ing)?[- ](?:back|out)|seize[sd]?|"
    r"captur\w+|"
    r"retak(?:en?|es|ing)|retook|recaptur\w+|overr[au]n|control of|advanc(?:e[sd]?|ing) on|"
    r"(?:hold|holds|held|lost|took) (?:the )?(?:hills?|ridge|heights|positions?|town|village)|"
    r"(?:unprovoked|indiscriminate|intermittent|enemy|mortar|cross-\w+|indian|pakistani|israeli|"
    r"russian|ukrainian|armenian|azerbaijani) firing|firing (?:across|along)|"
    r"(?:moscow|kremlin|russian?|baku|azerbaijani?|israeli?|turkish|junta|army|rsf|separatist|rebel)-"
    r"(?:installed|appointed)|\w+-(?:occupied|annexed)|"
    r"(?:government|rebel|militia|rsf|army|russian?|ukrainian?|israeli?|hamas|armenian?|"
    r"azerbaijani)-(?:held|controlled)"
)
_VIOLENCE = (
    r"kill(?:s|ed|ing)?|dead|deaths?|death toll|tolls?|died|dies|wound(?:s|ed|ing)?|"
    r"injur(?:e[sd]?|ies|ing)|"
    r"casualt(?:y|ies)|"
    r"explosions?|explode[sd]?|blasts?|bomb(?:s|ed|ing|ings|er|ers)?|shots?|shoot(?:s|ing|ings)?|"
    r"attack(?:s|ed|ing|ers?)?|violence|martyred|martyrdom|massacre[sd]?|abduct\w*|kidnap\w*|"
    r"(?:was|were|been|being) hit|struck|strikes?"
)
#: What war does to those who live there.
_RELIEF = (
    r"displaced|displacement|aid|crossings?|evacuat\w+|refugees?|convoys?|"
    r"humanitarian|checkpoints?|blockade[sd]?|barriers?|roadblocks?|rubble|famine|starv\w+|"
    r"flee(?:s|ing)?|"
    r"(?:lorr(?:y|ies)|trucks?|truckloads|wagons|vans) (?:\w+ )?(?:with|of|carrying|laden with|"
    r"loaded with) (?:[\w,]+ ){0,3}?(?:flour|food|fuel|medicines?|tents|blankets|relief|"
    r"baby formula|medical supplies)|"
    r"fled|curfews?|detainees?|prisoners?|buffer zone|peacekeep\w+|violations?|breach(?:es|ed)?|"
    r"(?:run|runs|ran|running) (?:out of|short of|low on) (?:fuel|food|water|medicines?|blood|flour|"
    r"bread)|(?:told|ordered|urged|warned) to (?:leave|evacuate|flee)|red cross|red crescent|"
    r"sappers?|de-?min(?:ers?|ing|ed)|mine[- ]clear\w+|minefields?|unexploded|"
    r"flak jackets?|body armou?r|"
    r"(?:lorr(?:y|ies)|trucks?|truckloads) (?:\w+ )?(?:pass|enter|cross|roll)(?:ed|ing)?"
)
#: What passes at a crossing or a line of the conflict, and what rests there.
_PASSAGE = (
    r"(?:re-?)?open(?:s|ed|ing)?|clos(?:e[sd]?|ing|ure)|shut|gates?|lorr(?:y|ies)|trucks?|wagons?|"
    r"pass(?:es|ed|ing)?|cross(?:es|ed|ing)?|ceremony|patrol\w*|inspect\w*|posts?|firing|calm|quiet"
)
_BORDER = (
    r"border (?:posts?|commissions?|guards?|villages?|incidents?|lines?|disputes?)|frontier|"
    r"(?:across|over|along|crossed) the border|delimit\w+|demarcat\w+|no[- ]man['’]s[- ]land"
)
#: What an armed group does beside fighting, and what is done about it.
_GROUP_ACTS = (
    r"bod(?:y|ies)|remains|coffins?|hand(?:s|ed|ing)? over|arms|enlist\w*|recruit\w*|conscript\w*|"
    r"sanctions?|tunnels?|commanders?|negotiat\w+|deal|proposal|phase|offer"
)
_POLITICS = (
    r"parliament\w*|bloc|budget|elections?|lawmakers?|municipal|by-?election|coalition|candidates?|"
    r"ballots?"
)
#: Help that one side of a war is given, or asks for.
_ARMS_AID = (
    r"patriot (?:batter\w+|missiles?|systems?)|air[- ]defen[cs]es?|military aid|ammunition|f-16s?|"
    r"(?:arms|weapons) (?:deliver\w+|shipments?|packages?|supplies)"
)
#: Among those whom war has driven out, illness is of the war as well.
_DISEASE = r"epidemics?|cholera|dengue|measles"
_UPROOTED = r"displaced|besieged|refugees?|starv\w+|famine"
_TALKS = (
    r"peace|talks|negotiat\w+|mediat\w+|envoys?|accords?|treat(?:y|ies)|border|demarcat\w+|"
    r"annex\w*|"
    r"hotline|corridor|de-?escalat\w+|normali[sz]\w+|disarm\w*|contact group"
)
_TRUCE = (
    r"cease-?fires?|truces?|armistice|moratorium on (?:strikes|attacks)|cessation of hostilities"
)
_HALT = (
    r"cease-?fires?|truces?|armistice|moratorium|hostilities|hostages?|prisoner (?:swaps?|exchanges?)|"
    r"peace (?:talks|deal|plan|accord|agreement|treaty|proposal|process|negotiations|summit)|"
    r"end(?:ing)? the (?:war|fighting)"
)
#: Terror and crime: armed, but not between the parties of a war, and soldiers may be its victims.
_CRIME = (
    r"suicide (?:bomb\w*|attack\w*|blast\w*)|roadside bombs?|car bomb\w*|bomb blasts?|robber\w*|"
    r"burglar\w*|mugg\w+|gangs?|gangsters?|cartels?|cocaine|heroin|murder\w*|rampage|hijack\w*|"
    r"assassinat\w+|al-qa[ei]da|serial killer|stabb\w+|arson\w*"
)
#: Unrest and the police: soldiers beside these words make it war again.
_UNREST = (
    r"police(?:m[ae]n|wom[ae]n)?|drug\w*|smuggl\w+|lynch\w*|riot\w*|protest\w*|demonstrat\w+|"
    r"elections?|"
    r"poll(?:s|ing)|mobs?|sectarian|mosque|terroris[mt]\w*"
)
#: Accidents and disasters: victims, but of no armed conflict.
_CIVIL = (
    r"earthquakes?|flood(?:s|ed|ing)?|landslides?|avalanches?|cyclones?|typhoons?|hurricanes?|"
    r"(?:coal )?min(?:e|ing) (?:accident|explosion|blast)s?|coal mines?|tornado(?:es)?|wildfires?|"
    r"derail\w*|capsiz\w*|miners?|stampedes?|fireworks?|food poisoning|"
    r"(?:train|bus|plane|car|truck|lorry|road|traffic|helicopter|bridge|building|mine|tunnel) "
    r"(?:crash(?:es|ed)?|accidents?|collapses?|collisions?|disasters?)|"
    r"(?:factory|hotel|market|forest|warehouse|apartment) fires?|robbery|gang|murder suspect|"
    r"heat ?waves?|monsoons?|(?:thunder|snow|dust|"
    r"tropical )storms?|"
    r"burst (?:boiler|pipe|dam)|gas (?:leak|cylinder(?!s? (?:bomb|packed|filled|stuffed)))|boiler|plunge[sd]? into|overturn(?:s|ed)|"
    r"skidded"
)


def _words(*classes: str) -> re.Pattern[str]:
    """Compile for text in lower case, which is searched several times faster."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(classes)})\b")


_MILITARY_WORDS = _words(_MILITARY)
_ARMED_WORDS = _words(_MILITARY, _ARMED)
_CONFLICT_WORDS = _words(_MILITARY, _ARMED, _VIOLENCE, _RELIEF)
_TALKS_WORDS = _words(_TALKS)
_HALT_WORDS = _words(_HALT)
_TRUCE_WORDS = _words(_TRUCE)
_CRIME_WORDS = _words(_CRIME, _CIVIL)
_UNREST_WORDS = _words(_UNREST)
_CIVIL_WORDS = _words(_CIVIL)
_DISEASE_WORDS = _words(_DISEASE)
_UPROOTED_WORDS = _words(_UPROOTED)
_FOUGHT_WORDS = _words(_MILITARY, _ARMED, _VIOLENCE)
_PASSAGE_WORDS = _words(_PASSAGE, _TALKS)
_BORDER_WORDS = _words(_BORDER)
_GROUP_WORDS = _words(_GROUP_ACTS)
_POLITICS_WORDS = _words(_POLITICS)
_ARMS_AID_WORDS = _words(_ARMS_AID)
_DEADLY_WORDS = _words(
    r"killed|killing|kills|wounded|dead|missiles?|drones?|air ?strikes?|soldiers?|troops|"
    r"hostages?|shelling|shelled"
)


@lru_cache(maxsize=1024)
def _is_military(text: str) -> bool:
    return bool(_MILITARY_WORDS.search(text.lower()))


@lru_cache(maxsize=1024)
def _is_armed(text: str) -> bool:
    return bool(_ARMED_WORDS.search(text.lower()))


@lru_cache(maxsize=1024)
def _is_of_conflict(text: str) -> bool:
    return bool(_CONFLICT_WORDS.search(text.lower()))


@lru_cache(maxsize=1024)
def _is_crime(text: str) -> bool:
    low = text.lower()
    return bool(_CRIME_WORDS.search(low)) or _is_epidemic(low)


def _is_epidemic(low: str) -> bool:
    return bool(_DISEASE_WORDS.search(low)) and not _UPROOTED_WORDS.search(low)


@lru_cache(maxsize=1024)
def _is_unrest(text: str) -> bool:
    return bool(_UNREST_WORDS.search(text.lower()))


def is_warlike(*texts: str) -> bool:
    """Tell whether the words are of fighting, of its victims or of its halt."""
    return any(map(_is_of_conflict, texts))


def is_military(*texts: str) -> bool:
    """Tell whether weapons of armies, a siege or a halt in fighting are named."""
    return any(map(_is_military, texts))


def is_armed(*texts: str) -> bool:
    """Tell whether those who fight, their weapons or a truce are named."""
    return any(map(_is_armed, texts))


def is_deadly(text: str) -> bool:
    """Tell whether victims or weapons are named that no report of a match borrows."""
    return bool(_DEADLY_WORDS.search(text.lower()))


def is_unrest(*texts: str) -> bool:
    """Tell whether crime, unrest or disaster is meant rather than war."""
    if is_military(*texts):
        return False
    if any(map(_is_crime, texts)):
        return True
    return any(map(_is_unrest, texts)) and not is_armed(*texts)


def is_fought(*texts: str) -> bool:
    """Tell whether fighting or its victims are named, rather than its shadow on daily life."""
    return any(_FOUGHT_WORDS.search(text.lower()) for text in texts)


def is_on_passage(*texts: str) -> bool:
    """Tell whether somebody passes, watches or settles a line."""
    return any(_PASSAGE_WORDS.search(text.lower()) for text in texts)


def is_on_a_border(*texts: str) -> bool:
    """Tell whether a border is named."""
    return any(_BORDER_WORDS.search(text.lower()) for text in texts)


def is_of_a_group(*texts: str) -> bool:
    """Tell whether an armed group is told of as one, and not as a party in parliament."""
    lows = [text.lower() for text in texts]
    return any(map(_GROUP_WORDS.search, lows)) and not any(map(_POLITICS_WORDS.search, lows))


def is_on_arms_aid(*texts: str) -> bool:
    """Tell whether weapons are given or asked for."""
    return any(_ARMS_AID_WORDS.search(text.lower()) for text in texts)


def is_on_talks(*texts: str) -> bool:
    """Tell whether talks, borders or their settlement are named."""
    return any(_TALKS_WORDS.search(text.lower()) for text in texts)


def is_on_a_halt(*texts: str) -> bool:
    """Tell whether a halt in fighting, a peace plan or captives are named."""
    return any(_HALT_WORDS.search(text.lower()) for text in texts)


def is_on_a_truce(*texts: str) -> bool:
    """Tell whether a truce between armed sides is named."""
    return any(_TRUCE_WORDS.search(text.lower()) for text in texts)


def is_accident(*texts: str) -> bool:
    """Tell whether an accident, a crime or a disaster is named and nobody who fights."""
    if is_armed(*texts):
        return False
    lows = [text.lower() for text in texts]
    return any(_CIVIL_WORDS.search(low) or _is_epidemic(low) for low in lows)
