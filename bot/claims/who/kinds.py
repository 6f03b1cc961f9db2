"""What sort of speaker a resolved mention is.

A state, its government and ministries and an armed group as such are `party`; armies, staffs,
armed wings and commanders `military`; whoever holds an office, named or not, `official`. Only
sources and people who speak on condition of anonymity are `anonymous`.
"""

from __future__ import annotations

import re

from bot.claims.grammar.wordlists import word_set
from bot.claims.who.speakers import Mention
from bot.claims.who.world_names import ARMED_GROUPS, STATES
from bot.types import SpeakerKind

_CIVIL_OFFICE = re.compile(
    r"(?i)\b(?:(?:vice |deputy )?(?:defen[cs]e|war|health) (?:minister|secretary)"
    r"|minister of (?:war|(?:national )?defen[cs]e|health)"
    r"|(?:defen[cs]e|war|health) ministry|ministry of (?:health|war|(?:national )?defen[cs]e))\b"
)
_MILITARY = re.compile(
    r"(?i)\b(?:army|armies|military(?! (?:council|government|junta|administration))|armed forces"
    r"|defen[cs]e (?:forces?|army)|idf|general staff|air forces?|navy|troops|soldiers?"
    r"|commanders?|brigades?|(?<!secretary[ \-])(?<!prosecutor )(?<!attorney )(?<!director[ \-])"
    r"(?<!consul )general(?! (?:secretary|secretariat|assembly|prosecutor|directorate))"
    r"|colonel|major|lieutenant|gen\.|col\.|lt\.|maj\.|captain|army region|fighters?|contingent"
    r"|frontline unit|battalion|corps|admiral|brigadier|security forces"
    r"|(?:border|revolutionary|national) guards?"
    r"|(?<!police )(?<!press )(?<!border )officers?)(?!\w)"
)
_HEALTH = re.compile(
    r"(?i)\b(?:health ministry|ministry of (?:public )?health|health department"
    r"|health (?:officials?|workers?|authorities|directorate)|hospitals?|clinics?|medics?|doctors?"
    r"|paramedics?|ambulances?|rescue(?:rs)?|civil defen[cs]e|emergency (?:services?|ministry)"
    r"|red c(?:ross|rescent)|surgeons?|nurses?|morgues?|medical|medecins|médecins|msf"
    r"|magen david adom|mda|white helmets|zaka)\b"
)
_MEDICAL_PERSON = re.compile(
    r"(?i)\b(?:medics?|doctors?|dr|surgeons?|nurses?|paramedics?|rescuers?|hospital|clinic|morgue"
    r"|magen david adom)\b"
)
_WITNESS = re.compile(
    r"(?i)\b(?:(?:eye)?witness(?:es)?|residents?|villagers?|locals|survivors?|neighbou?rs?"
    r"|shopkeepers?|farmers?|inhabitants?|civilians?|relatives|famil(?:y|ies)|mothers?|fathers?"
    r"|people in|refugees?|drivers?|teachers?|students?|bakers?|traders?|widows?|fishermen"
    r"|fisherman|shepherds?|displaced|evacuees?|vendors?|labou?rers?|merchants?|grandmother"
    r"|grandfather|brothers?|sisters?|pensioners?|locals)\b"
)
#: What private people did or are, told behind their name.
_PRIVATE = re.compile(
    r"(?i)\A(?:\d{1,2}\b|(?:who|whose) (?:\w+ ){0,2}?(?:walked|fled|lost|lives?|lived|surviv\w+|saw"
    r"|witnessed|hid|escaped|was (?:displaced|wounded|injured|inside|sheltering)|shelter\w+|heard"
    r"|watched|buried|stayed|crossed|house|home|son|daughter|brother|sister|husband|wife|father"
    r"|mother|family)\b)"
)
_MONITOR = re.compile(
    r"(?i)\b(?:observers?|monitors?|monitoring|observatory|watchdog|osce|unifil|verification"
    r"|human rights watch|amnesty|acled|airwars|ceasefire committee|peacekeepers?|peacekeeping"
    r"|research lab|(?:monitoring|observer|union|un|eu|united nations) mission|rights groups?"
    r"|mission in|u\.?n\.?(?: (?:agenc\w+|bod\w+|offic\w+|team|force))?|united nations|unrwa"
    r"|unicef|ocha|iaea|icrc|world food programme|world health organi[sz]ation"
    r"|think[ -]tank|institute for the study of war)\b"
)
_SIDES = STATES | ARMED_GROUPS
#: Ministries in headlines: "Armenian MoD".
_SHORT_BODIES = word_set("mod mfa moi mea moh pmo")
_AGENCIES = {"WHO", "WFP", "IOM", "MSF", "HRW"}
_MEDIATOR = re.compile(r"(?i)\b(?:mediators?|un (?:special )?envoy|facilitators?)\b")
_SOURCE = re.compile(
    r"(?i)\b(?:sources?|insiders?|diplomats?|(?:person|people|persons) (?:familiar|close|briefed"
    r"|with))\b"
)
#: Bodies that are neither a state's nor an armed group's.
_PRIVATE_BODY = re.compile(
    r"(?i)\b(?:company|club|union|charity|federation|network|organi[sz]ation|agency|programme"
    r"|program|fund|foundation|league|court|police|university|church(?:es)?|hospital|institute|lab"
    r"|association|society|airline|bank)\b"
)
#: An envoy to a body is not of it.
_TO_WHOM = re.compile(r" to (?=the |[A-Z])")
_TAIL = re.compile(r" (?:of|in|at|from|near|who|whose|on|with|to|inside|outside|for) ")


def kind_of(mention: Mention, shown: str) -> SpeakerKind:
    """Return what sort of speaker a resolved mention is."""
    text = f"{shown} {_TO_WHOM.split(mention.text, maxsplit=1)[0]}"
    if mention.hidden or (_SOURCE.search(text) and mention.sort != "person"):
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
    return _body_kind(text, mention, shown)


def _person_kind(text: str, mention: Mention) -> SpeakerKind:
    if _MEDIATOR.search(text):
        return SpeakerKind.MEDIATOR
    if _CIVIL_OFFICE.search(text):
        return SpeakerKind.OFFICIAL
    if _MILITARY.search(text):
        return SpeakerKind.MILITARY
    if _MEDICAL_PERSON.search(text):
        return SpeakerKind.MEDIC
    private = _PRIVATE.search(mention.aside) or _WITNESS.search(text)
    if private and mention.side is None:
        return SpeakerKind.WITNESS
    return SpeakerKind.MONITOR if _MONITOR.search(text) else SpeakerKind.OFFICIAL


def _body_kind(text: str, mention: Mention, shown: str) -> SpeakerKind:
    civil = _CIVIL_OFFICE.search(text)
    one = mention.sort in {"one", "titled", "nominal"}
    # "survivors at the clinic" are survivors: what heads the phrase comes first.
    head = _TAIL.split(shown, maxsplit=1)[0]
    for part in (head, text):
        for pattern, kind in (
            (_MEDIATOR, SpeakerKind.MEDIATOR),
            (_HEALTH, SpeakerKind.OFFICIAL if one and civil else SpeakerKind.MEDIC),
            (_WITNESS, SpeakerKind.WITNESS),
        ):
            if pattern.search(part):
                return kind
    holds = head.split()[-1:] in (["official"], ["officials"])
    if _MILITARY.search(text) and not civil and not holds:
        return SpeakerKind.MILITARY
    if _MONITOR.search(text) or shown in _AGENCIES:
        return SpeakerKind.MONITOR
    if one or mention.sort == "group":
        return SpeakerKind.PARTY if _armed_group(mention) else SpeakerKind.OFFICIAL
    return _state_or_body(text, mention, shown)


def _armed_group(mention: Mention) -> bool:
    """Tell whether a plural stands for an armed group: "the rebels", "separatists"."""
    return bool(mention.words & word_set("rebels separatists militants forces sides parties"))


def _state_or_body(text: str, mention: Mention, shown: str) -> SpeakerKind:
    if mention.side is not None or mention.sort == "side":
        return SpeakerKind.PARTY
    if _PRIVATE_BODY.search(text):
        return SpeakerKind.OFFICIAL
    last = shown.split()[-1] if shown else ""
    if last in ARMED_GROUPS or last.lower() in _SHORT_BODIES:
        return SpeakerKind.PARTY
    if mention.words or shown in _SIDES or shown.isupper():
        return SpeakerKind.PARTY
    return SpeakerKind.OFFICIAL
