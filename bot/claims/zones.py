"""Names of time zones in news: abbreviations and "Baku time". Data; the zone database decides."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

ABBREVIATIONS = {
    "GMT": "UTC",
    "UTC": "UTC",
    "Z": "UTC",
    "ET": "America/New_York",
    "EST": "America/New_York",
    "EDT": "America/New_York",
    "Eastern": "America/New_York",
    "CET": "Europe/Paris",
    "CEST": "Europe/Paris",
    "BST": "Europe/London",
    "EET": "Europe/Kyiv",
    "EEST": "Europe/Kyiv",
    "MSK": "Europe/Moscow",
    "TRT": "Europe/Istanbul",
    "IST": None,  # India or Israel: only the event's own zone can tell
}

#: "Moscow time", "Malaysian time", "local time in Gaza".
PLACES = {
    "Europe/Moscow": "Moscow Russian",
    "Asia/Baku": "Baku Azerbaijani Azerbaijan",
    "Asia/Yerevan": "Yerevan Armenian Armenia Stepanakert",
    "Asia/Tbilisi": "Tbilisi Georgian",
    "Europe/Kyiv": "Kyiv Kiev Ukrainian",
    "Asia/Jerusalem": "Israel Israeli Jerusalem Tel-Aviv",
    "Asia/Gaza": "Gaza Palestinian",
    "Asia/Beirut": "Beirut Lebanese Lebanon",
    "Africa/Khartoum": "Khartoum Sudanese Sudan",
    "Africa/Cairo": "Cairo Egyptian Egypt",
    "Asia/Qatar": "Doha Qatari Qatar",
    "Asia/Riyadh": "Riyadh Saudi Jeddah",
    "Asia/Kolkata": "Indian India Delhi",
    "Asia/Karachi": "Pakistani Pakistan Islamabad Standard-Pakistan",
    "Asia/Bangkok": "Thai Thailand Bangkok Cambodian Cambodia Phnom-Penh Indochina Hanoi Vietnamese",
    "Asia/Kuala_Lumpur": "Malaysian Malaysia Kuala-Lumpur Putrajaya Singapore",
    "Asia/Shanghai": "Beijing Chinese China",
    "Asia/Tokyo": "Tokyo Japanese",
    "Asia/Seoul": "Korean Seoul Korea",
    "Europe/Istanbul": "Turkish Istanbul Ankara Turkey Damascus Syrian Syria",
    "Asia/Tehran": "Tehran Iranian Iran",
    "Asia/Dubai": "UAE Emirati Dubai",
    "Asia/Kabul": "Kabul Afghan Afghanistan",
    "Asia/Aden": "Yemeni Yemen Sanaa",
    "Asia/Yangon": "Myanmar Burmese Yangon",
    "Africa/Addis_Ababa": "Ethiopian Ethiopia Addis-Ababa",
    "Africa/Tripoli": "Libyan Libya Tripoli",
    "Africa/Lubumbashi": "Goma Bukavu",
    "Africa/Kinshasa": "Kinshasa",
    "Africa/Kigali": "Kigali Rwandan",
    "Africa/Juba": "Juba",
    "America/Bogota": "Bogota Colombian Colombia",
    "America/New_York": "Washington New-York US U.S. Eastern",
    "Europe/London": "London UK British",
    "Europe/Paris": "Paris French Geneva Swiss Brussels Berlin Central-European",
    "Asia/Manila": "Philippine Manila",
    "Asia/Colombo": "Colombo Sri-Lankan",
}

_BY_PLACE = {
    place.replace("-", " "): zone for zone, places in PLACES.items() for place in places.split()
}
_NAMES = "|".join(re.escape(name) for name in sorted(_BY_PLACE, key=len, reverse=True))
_SHORT = "|".join(ABBREVIATIONS)

#: What may follow a clock time to name its zone.
ZONE = rf"(?:(?P<abbr>{_SHORT})\b|(?P<place>{_NAMES})(?:'s)?(?: standard| daylight| summer)? time|(?P<local>local(?: time)?|local))"


def named_zone(abbr: str | None, place: str | None, local: bool, own: ZoneInfo) -> ZoneInfo | None:
    """Return the zone that words name; the event's own for "local" and for none at all.

    None means that the words name a zone which cannot be told.
    """
    if abbr:
        name = ABBREVIATIONS.get(abbr)
        if name is None:
            return own if own.key in ("Asia/Kolkata", "Asia/Jerusalem", "Asia/Gaza") else None
        return ZoneInfo(name)
    if place:
        return ZoneInfo(_BY_PLACE[place])
    return own
