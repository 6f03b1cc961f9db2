"""Hospitals, camps and convoys: whether a sentence tells that one was hit. Pure."""

from __future__ import annotations

import re

from bot.events.steps import SURE, steps_of
from bot.types import Claim

#: Those who watch, or bring aid, by the house that they are of.
_MISSION = (
    r"(?:UN|U\.N\.|United Nations|OSCE|observer mission|monitoring mission|monitors['’]"
    r"|observers['’])"
)
_LORRY = r"(?:convoys?|trucks?|lorr(?:y|ies)|barges?|boats?|ships?|vessels?|ferr(?:y|ies))"
_CAR = r"(?:vehicles?|jeeps?|cars?|patrols?|helicopters?)"
#: Those who bring food and care, by name.
_AGENCY = (
    r"(?:World Food Programme|WFP|UNHCR|UNICEF|M[ée]decins Sans Fronti[èe]res|Red Cross|Caritas"
    r"|Oxfam)"
)
#: What is protected, or those who are.
PROTECTED = re.compile(
    r"\b(?:hospitals?|clinic|health (?:centres?|centers?|posts?)|ambulances?|embass(?:y|ies)"
    rf"|consulate|aid (?:{_LORRY}|workers?|centre|center|site|distribution)"
    rf"|(?:food|relief) (?:{_LORRY}|distribution)"
    rf"|{_AGENCY}(?:['’]s)? {_LORRY}"
    rf"|{_LORRY} (?:of|from|belonging to|chartered by) (?:the )?(?:UN['’]s )?{_AGENCY}"
    rf"|{_LORRY} (?:carrying|with|of) (?:food|aid|relief|medicines?)"
    r"|peacekeep\w+|UNIFIL|(?:UN|U\.N\.|United Nations|UNRWA) (?:observation |military |field )?(?:base|post"
    r"|convoy|school|compound|office|headquarters|guest ?house|premises|building|warehouse|shelter"
    r"|peacekeepers?)"
    r"|(?:wound|kill|injur|hurt|hit)(?:s|ed|ing)? (?:(?!back\b|as\b|while\b|when\b|before\b|at\b|near\b)[\w-]+ ){0,3}"
    r"(?:UN |U\.N\. |military )?observers"
    r"|observers (?:(?:was|were|have been|had been) )?(?:wounded|killed|injured|hurt)"
    r"|Red C(?:ross|rescent)|(?:refugee|displacement|IDP|displaced people['’]s) camps?"
    r"|camps? (?:for|of) (?:the )?(?:internally )?(?:displaced|refugees)"
    r"|nuclear (?:power )?plant"
    rf"|{_MISSION}(?: [\w’'-]+){{0,2}} (?:{_CAR}|trucks?|aircraft|silos?|stores?|warehouses?)"
    rf"|{_CAR} (?:of|in which)(?: [\w’',-]+){{0,8}} {_MISSION})\b",
    re.IGNORECASE,
)
HIT = re.compile(
    r"\b(?:hit|hits|struck|strikes?|shell(?:s|ed|ing)|attack(?:s|ed)?|slam(?:s|med) into"
    r"|(?:crash|slic|tor|ripp)(?:ed|e) (?:in|through)(?:to)?|land(?:s|ed) (?:in|inside|on)|killing|wounding"
    r"|(?:wounds|injures) (?=(?:[\w-]+ ){0,3}(?:peacekeep|observer|aid worker|medic|nurse))"
    r"|bomb(?:s|ed|ing)?|bl[eo]wn? up|explod\w+|went off|goes off|blasts?"
    r"|fir(?:ed|e|ing)|killed|kills|damaged?|"
    r"destroyed?|came under fire|under fire|raid(?:s|ed)?|storm(?:s|ed)|targeted|ambush\w*|shot)\b",
    re.IGNORECASE,
)


#: Where the wounded are taken, and die.
_TREATED = re.compile(
    r"\b(?:in|to|from) (?:an? |the )?(?:[\w’'-]+ ){0,4}?(?:hospitals?|clinics?)\b"
    r"|\b(?:died?|dies|treated|succumbed|wounds|injuries|operated)\b[^.;]{0,30}"
    r"\bat (?:an? |the )?(?:[\w’'-]+ ){0,4}?(?:hospitals?|clinics?)\b"
    r"|\b(?:hospitals?|clinics?)(?: (?:in|at|of) [\w’'-]+)? (?:has |had |have )?"
    r"(?:tak(?:en|es)|took|receiv\w+|treat\w+|admit\w*|regist\w+|count\w+|confirm\w*|said|says?|report\w*|listed)\b",
    re.IGNORECASE,
)
#: Those who are protected and tell of others: "Red Cross counts six dead after the attack".
_TELLS = re.compile(
    r"\b(?:Red C(?:ross|rescent)|peacekeepers|UNIFIL|aid workers)(?: (?:officials?|delegates?|staff"
    r"|teams?|nurses?|doctors?))?(?: in [A-Z][\w’'-]+)? (?:has |have |had |also )?"
    r"(?:counts?|counted|says?|said|tells?|told|reports?|reported|puts?|confirm\w*|found|finds?"
    r"|estimat\w*|saw|speaks?|spoke|urg\w*|appeal\w*|calls?|called|warn\w*|treat\w*|evacuat\w*)\b",
    re.IGNORECASE,
)
#: A camp as the place of a fight, and not as what is hit: "ambushed him in the camp".
_CAMP = re.compile(
    r"\b(?:in|inside|at|from|near|outside) (?:an? |the )?(?:[\w’'-]+ ){0,4}?"
    r"(?:refugee|displacement|IDP) camps?\b",
    re.IGNORECASE,
)
#: Man against man; and what strikes whatever stands there.
_MEN = re.compile(
    r"\b(?:ambush\w*|assassinat\w+|gunned down|shot dead|stab\w+|clash\w*|gun ?battles?|arrest\w*)\b",
    re.IGNORECASE,
)
_FROM_AFAR = re.compile(
    r"\b(?:bomb\w*|shell\w*|air ?strikes?|strikes?|rockets?|missiles?|warplanes?|jets|drones?|mortars?"
    r"|artillery|tanks?)\b",
    re.IGNORECASE,
)
#: Who somebody is: an old blow that he is charged with is not what the sentence tells.
_CHARGED = re.compile(
    r"\b(?:who|that) (?:was|had been) (?:accused of|wanted (?:for|over)|suspected of|charged with"
    r"|convicted (?:of|for)|blamed for|tried (?:for|over))\b[^,;.]*",
    re.IGNORECASE,
)
#: In front of what a blow is aimed at.
_AIMED = re.compile(r"\b(?:on|onto|into|over|inside|outside|against)\b[^.;,]{0,40}$", re.IGNORECASE)


#: Sorts of what is protected, by the words that name them.
_SORTS = (
    ("care", re.compile(r"hospital|clinic|health|ambulance|Red C", re.IGNORECASE)),
    (
        "mission",
        re.compile(
            r"peacekeep|UNIFIL|\bU\.?N\b|United Nations|OSCE|observer|monitor|mission", re.I
        ),
    ),
    ("embassy", re.compile(r"embass|consulate", re.IGNORECASE)),
    ("camp", re.compile(r"camp", re.IGNORECASE)),
    ("reactor", re.compile(r"nuclear", re.IGNORECASE)),
)


def sites_in(text: str) -> frozenset[str]:
    """Return the sorts of protected sites that a text names; "aid" for any other."""
    found = [match.group() for match in PROTECTED.finditer(_TELLS.sub(" ", text))]
    return frozenset(
        next((sort for sort, words in _SORTS if words.search(name)), "aid") for name in found
    )


def hits_protected(claim: Claim) -> bool:
    """Tell whether a hospital, a camp or a convoy is said to be hit."""
    speaker = claim.attribution.speaker_text
    quote = claim.quote.replace(speaker, " ") if speaker else claim.quote
    told = _CHARGED.sub(" ", _TREATED.sub(" ", _TELLS.sub(" ", quote)))
    if _MEN.search(told) and not _FROM_AFAR.search(told):
        told = _CAMP.sub(" ", told)
    found = PROTECTED.search(told)
    if found is None:
        return False
    aimed = _AIMED.search(told[: found.start()]) is not None
    attacked = steps_of(claim).get("attack", 0.0) >= SURE
    return bool(HIT.search(told)) or (aimed and attacked)
