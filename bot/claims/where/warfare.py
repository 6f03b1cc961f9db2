"""Words that tell war from crime, accident and daily life, and questions to a text about them.

The name of a place says little alone: what happens there decides whether a conflict is meant.
"""

from __future__ import annotations

import re
from functools import lru_cache

#: Weapons of armies, sieges and halts in fighting; no police report uses them.
_MILITARY = (
    r"cease-?fires?|truces?|armistice|hostilities|shells|shelled|shelling|mortars?|artillery|"
    r"howitzers?|"
    r"missiles?|rockets?|drones?|uavs?|quadcopters?|air[- ]?strikes?|air[- ]raids?|glide bombs?|"
    r"bombard\w*|warplanes?|warships?|fighter jets?|jets|gunships?|tanks|armou?red|"
    r"front[- ]?lines?|"
    r"trench(?:es)?|(?:counter-?)?offensives?|sieges?|besieged|encircle[sd]?|garrisons?|brigades?|"
    r"battalions?|invasion|invad(?:e[sd]?|ing)|incursions?|sirens?|air[- ]defen[cs]es?|snipers?|"
    r"cross-border|landmines?|leaflets?|hostages?|captives|prisoners? of war|pows?|strikes? on|"
    r"(?:israeli|russian|ukrainian|indian|pakistani|army|retaliatory|deadly|overnight|"
    r"fresh) strikes?"
)
#: Those who fight, and what they do.
_ARMED = (
    r"troops|soldiers?|army|armies|military|militias?|militants?|rebels?|fighters?|paramilitar\w+|"
    r"separatists?|insurgents?|guerrillas?|gunm[ae]n|gunfire|guns?|clash(?:es|ed)?|battles?|"
    r"fighting|"
    r"fought|combat|war|wars|warring|occupied|occupation|weapons|munitions?|ammunition|grenades?|"
    r"open(?:s|ed|ing)? fire|return(?:s|ed|ing)? fire|(?:trade[sd]?|exchange[sd]?) (?:of )?fire|"
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
    r"fled|curfews?|detainees?|prisoners?|buffer zone|peacekeep\w+|violations?|breach(?:es|ed)?"
)
_TALKS = (
    r"peace|talks|negotiat\w+|mediat\w+|envoys?|accords?|treat(?:y|ies)|border|demarcat\w+|"
    r"annex\w*|"
    r"hotline|corridor|de-?escalat\w+|normali[sz]\w+|disarm\w*"
)
_HALT = (
    r"cease-?fires?|truces?|armistice|hostilities|hostages?|prisoner (?:swaps?|exchanges?)|"
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
    r"heat ?waves?|epidemics?|cholera|dengue|measles|monsoons?|(?:thunder|snow|dust|"
    r"tropical )storms?|"
    r"burst (?:boiler|pipe|dam)|gas (?:leak|cylinder)|boiler|plunge[sd]? into|overturn(?:s|ed)|"
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
_CRIME_WORDS = _words(_CRIME, _CIVIL)
_UNREST_WORDS = _words(_UNREST)
_CIVIL_WORDS = _words(_CIVIL)
_DEADLY_WORDS = _words(
    r"killed|killing|kills|wounded|dead|missiles?|drones?|air ?strikes?|soldiers?|troops|"
    r"hostages?|shelling|shelled"
)


@lru_cache(maxsize=1024)
def is_warlike(text: str) -> bool:
    """Tell whether the words are of fighting, of its victims or of its halt."""
    return bool(_CONFLICT_WORDS.search(text.lower())) and not is_unrest(text)


@lru_cache(maxsize=1024)
def is_armed(text: str) -> bool:
    """Tell whether those who fight, their weapons or a truce are named."""
    return bool(_ARMED_WORDS.search(text.lower()))


def is_deadly(text: str) -> bool:
    """Tell whether victims or weapons are named that no report of a match borrows."""
    return bool(_DEADLY_WORDS.search(text.lower()))


@lru_cache(maxsize=1024)
def is_unrest(text: str) -> bool:
    """Tell whether crime, unrest or disaster is meant rather than war."""
    low = text.lower()
    if _MILITARY_WORDS.search(low):
        return False
    return bool(_CRIME_WORDS.search(low)) or (
        bool(_UNREST_WORDS.search(low)) and not is_armed(text)
    )


def is_on_talks(text: str) -> bool:
    """Tell whether talks, borders or their settlement are named."""
    return bool(_TALKS_WORDS.search(text.lower()))


def is_on_a_halt(text: str) -> bool:
    """Tell whether a halt in fighting, a peace plan or captives are named."""
    return bool(_HALT_WORDS.search(text.lower()))


def is_accident(text: str) -> bool:
    """Tell whether an accident, a crime or a disaster is named and nobody who fights."""
    return bool(_CIVIL_WORDS.search(text.lower())) and not is_armed(text)
