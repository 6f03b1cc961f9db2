"""What sort of speaker a resolved mention is.

A state, its government and ministries and an armed group as such are `party`; armies, staffs,
armed wings and commanders `military`; whoever holds an office, named or not, `official`. Only
sources and people who speak on condition of anonymity are `anonymous`.
"""

from __future__ import annotations

import re

from bot.claims.grammar.wordlists import word_set
from bot.claims.grammar.words import Terms, words_of
from bot.claims.who.speakers import Mention
from bot.claims.who.world_names import ARMED_GROUPS, STATES
from bot.types import SpeakerKind

_CIVIL_OFFICE = Terms(
    "",
    {
        "minister": r"(?:defen[cs]e|war|health) minister"
        r"|minister of (?:war|(?:national )?defen[cs]e|health)",
        "secretary": r"(?:defen[cs]e|war|health) secretary",
        "ministry": r"(?:defen[cs]e|war|health) ministry"
        r"|ministry of (?:health|war|(?:national )?defen[cs]e)",
    },
)
_OFFICER = r"(?<!police )(?<!press )(?<!border )officers?"
_MILITARY = Terms(
    "army armies idf navy troops soldier soldiers commander commanders brigade brigades colonel"
    " major lieutenant captain fighter fighters contingent battalion corps admiral brigadier",
    {
        "military": r"military(?! (?:council|government|junta|administration))",
        "armed": "armed forces",
        "defence": "defence (?:forces?|army)",
        "defense": "defense (?:forces?|army)",
        "air": "air forces?",
        "general": r"general staff"
        r"|(?<!secretary[ \-])(?<!prosecutor )(?<!attorney )(?<!director[ \-])(?<!consul )general"
        r"(?! (?:secretary|secretariat|assembly|prosecutor|directorate))",
        "gen": r"gen\.",
        "col": r"col\.",
        "lt": r"lt\.",
        "maj": r"maj\.",
        "frontline": "frontline unit",
        "security": "security forces",
        "guard": "(?:border|revolutionary|national) guard",
        "guards": "(?:border|revolutionary|national) guards",
        "officer": _OFFICER,
        "officers": _OFFICER,
    },
)
_HEALTH = Terms(
    "hospital hospitals clinic clinics medic medics doctor doctors paramedic paramedics ambulance"
    " ambulances rescue rescuers surgeon surgeons nurse nurses morgue morgues medical medecins"
    " médecins msf mda zaka",
    {
        "health": r"health (?:ministry|department|officials?|workers?|authorities|directorate)"
        r"|ministry of (?:public )?health",
        "civil": "civil defen[cs]e",
        "emergency": r"emergency (?:services?|ministry)",
        "red": r"red c(?:ross|rescent)",
        "magen": "magen david adom",
        "helmets": "white helmets",
    },
)
_MEDICAL_PERSON = Terms(
    "medic medics doctor doctors dr surgeon surgeons nurse nurses paramedic paramedics rescuer"
    " rescuers hospital clinic morgue",
    {"magen": "magen david adom"},
)
_WITNESS = Terms(
    "witness witnesses eyewitness eyewitnesses resident residents villager villagers locals"
    " survivor survivors neighbour neighbours neighbor neighbors shopkeeper shopkeepers farmer"
    " farmers inhabitant inhabitants civilian civilians relatives family families mother mothers"
    " father fathers refugee refugees driver drivers teacher teachers student students baker bakers"
    " trader traders widow widows fishermen fisherman shepherd shepherds displaced evacuee evacuees"
    " vendor vendors labourer labourers laborer laborers merchant merchants grandmother grandfather"
    " brother brothers sister sisters pensioner pensioners",
    {"people": "people in"},
)
#: What private people did or are, told behind their name.
_PRIVATE = re.compile(
    r"(?i)\A(?:\d{1,2}\b|(?:who|whose) (?:\w+ ){0,2}?(?:walked|fled|lost|lives?|lived|surviv\w+|saw"
    r"|witnessed|hid|escaped|was (?:displaced|wounded|injured|inside|sheltering)|shelter\w+|heard"
    r"|watched|buried|stayed|crossed|house|home|son|daughter|brother|sister|husband|wife|father"
    r"|mother|family)\b)"
)
#: Bodies that watch over a halt are set up by those who made it.
_WATCHES = (
    r"(?:cease-?fire|truce|armistice|verification|joint (?:military|coordination|monitoring|liaison"
    r"|cease-?fire|observer|verification|border))(?: (?!party|central|operations|staff)\w+){0,2}"
)
_MONITOR = Terms(
    "observer observers monitor monitors monitoring observatory watchdog osce unifil verification"
    " amnesty acled airwars peacekeeper peacekeepers peacekeeping un unrwa unicef ocha iaea icrc",
    {
        "watch": "human rights watch",
        **{
            body: f"{_WATCHES} {body}"
            for body in ("committee", "commission", "panel", "board", "centre", "center")
        },
        "lab": "research lab",
        "mission": r"(?:union|eu|united nations) mission|mission in",
        "rights": "rights groups?",
        "u": r"u\.n",
        "united": "united nations",
        "programme": "world food programme",
        "health": r"world health organi[sz]ation",
        "think": r"think[ -]tank",
        "institute": "institute for the study of war",
    },
)
_SIDES = STATES | ARMED_GROUPS
_ARMED = word_set("rebels separatists militants forces sides parties")
#: Ministries in headlines: "Armenian MoD".
_SHORT_BODIES = word_set("mod mfa moi mea moh pmo")
_AGENCIES = {"WHO", "WFP", "IOM", "MSF", "HRW"}
_MEDIATOR = Terms(
    "mediator mediators facilitator facilitators", {"envoy": r"un (?:special )?envoy"}
)
_CLOSE = "(?:person|people|persons) (?:familiar|close|briefed|with)"
_SOURCE = Terms(
    "source sources insider insiders diplomat diplomats",
    {"person": _CLOSE, "people": _CLOSE, "persons": _CLOSE},
)
#: Bodies that are neither a state's nor an armed group's.
_PRIVATE_BODY = word_set(
    "company club union charity federation network organisation organization agency programme"
    " program fund foundation league court police university church churches hospital institute lab"
    " association society airline bank"
)
#: An envoy to a body is not of it.
_TO_WHOM = re.compile(r" to (?=the |[A-Z])")
_TAIL = re.compile(r" (?:of|in|at|from|near|who|whose|on|with|to|inside|outside|for) ")


def kind_of(mention: Mention, shown: str) -> SpeakerKind:
    """Return what sort of speaker a resolved mention is."""
    text = f"{shown} {_TO_WHOM.split(mention.text, maxsplit=1)[0]}"
    words = words_of(text)
    if mention.hidden or (mention.sort != "person" and _SOURCE.stand_in(text, words)):
        return SpeakerKind.ANONYMOUS
    if mention.sort in {"media", "staff"}:
        return SpeakerKind.MEDIA
    if mention.side is not None and mention.side.role != "party":
        return SpeakerKind.OFFICIAL if mention.anonymous else SpeakerKind(mention.side.role)
    if mention.armed:
        return SpeakerKind.MILITARY
    if mention.sort == "person":
        vague = {"officer", "military"} if "administration" in mention.words else {"officer"}
        held = mention.words - vague
        office = _TO_WHOM.split(mention.office, maxsplit=1)[0]
        return _person_kind(f"{text} {office} {' '.join(sorted(held))}", mention)
    return _body_kind(text, words, mention, shown)


def _person_kind(text: str, mention: Mention) -> SpeakerKind:
    words = words_of(text)
    if _MEDIATOR.stand_in(text, words):
        return SpeakerKind.MEDIATOR
    if _CIVIL_OFFICE.stand_in(text, words):
        return SpeakerKind.OFFICIAL
    if _MILITARY.stand_in(text, words):
        return SpeakerKind.MILITARY
    if _MEDICAL_PERSON.stand_in(text, words):
        return SpeakerKind.MEDIC
    private = _PRIVATE.match(mention.aside) or _WITNESS.stand_in(text, words)
    if private and mention.side is None:
        return SpeakerKind.WITNESS
    return SpeakerKind.MONITOR if _MONITOR.stand_in(text, words) else SpeakerKind.OFFICIAL


def _body_kind(text: str, words: frozenset[str], mention: Mention, shown: str) -> SpeakerKind:
    civil = _CIVIL_OFFICE.stand_in(text, words)
    one = mention.sort in {"one", "titled", "nominal"}
    # "survivors at the clinic" are survivors: what heads the phrase comes first.
    head = _TAIL.split(shown, maxsplit=1)[0]
    for part, held in ((head, words_of(head)), (text, words)):
        for terms, kind in (
            (_MEDIATOR, SpeakerKind.MEDIATOR),
            (_HEALTH, SpeakerKind.OFFICIAL if one and civil else SpeakerKind.MEDIC),
            (_WITNESS, SpeakerKind.WITNESS),
        ):
            if terms.stand_in(part, held):
                return kind
    holds = head.split()[-1:] in (["official"], ["officials"])
    if not civil and not holds and _MILITARY.stand_in(text, words):
        return SpeakerKind.MILITARY
    if shown in _AGENCIES or _MONITOR.stand_in(text, words):
        return SpeakerKind.MONITOR
    if one or mention.sort == "group":
        return SpeakerKind.PARTY if _armed_group(mention) else SpeakerKind.OFFICIAL
    return _state_or_body(words, mention, shown)


def _armed_group(mention: Mention) -> bool:
    """Tell whether a plural stands for an armed group: "the rebels", "separatists"."""
    return bool(mention.words & _ARMED)


def _state_or_body(words: frozenset[str], mention: Mention, shown: str) -> SpeakerKind:
    if mention.side is not None or mention.sort == "side":
        return SpeakerKind.PARTY
    if words & _PRIVATE_BODY:
        return SpeakerKind.OFFICIAL
    last = shown.split()[-1] if shown else ""
    if last in ARMED_GROUPS or last.lower() in _SHORT_BODIES:
        return SpeakerKind.PARTY
    if mention.words or shown in _SIDES or shown.isupper():
        return SpeakerKind.PARTY
    return SpeakerKind.OFFICIAL
