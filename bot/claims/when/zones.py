"""Names of time zones in news: abbreviations, offsets and "Baku time". The zone database decides."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

#: Summer and winter forms name the same zone: writers mix them up, the date decides.
ABBREVIATIONS = {
    "Europe/London": "BST",
    "Europe/Paris": "CET CEST",
    "Europe/Kyiv": "EET EEST",
    "Europe/Moscow": "MSK MSD",
    "Europe/Istanbul": "TRT",
    "America/New_York": "ET EST EDT",
    "America/Chicago": "CT CDT",
    "America/Los_Angeles": "PT PDT",
    "America/Bogota": "COT",
    "Asia/Baku": "AZT",
    "Asia/Tbilisi": "GET",
    "Asia/Tehran": "IRST",
    "Asia/Kabul": "AFT",
    "Asia/Karachi": "PKT",
    "Asia/Kathmandu": "NPT",
    "Asia/Yangon": "MMT",
    "Asia/Bangkok": "ICT",
    "Asia/Jakarta": "WIB",
    "Asia/Kuala_Lumpur": "MYT",
    "Asia/Singapore": "SGT",
    "Asia/Hong_Kong": "HKT",
    "Asia/Tokyo": "JST",
    "Asia/Seoul": "KST",
    "Asia/Manila": "PHT",
    "Africa/Maputo": "CAT",
    "Africa/Nairobi": "EAT",
    "Africa/Lagos": "WAT",
    "Africa/Johannesburg": "SAST",
    "Australia/Sydney": "AEST AEDT",
    "Pacific/Auckland": "NZST NZDT",
}

#: Letters that several zones share: only the event's own zone can tell.
SHARED = {
    "IST": ("Asia/Kolkata", "Asia/Jerusalem", "Asia/Gaza", "Asia/Hebron", "Europe/Dublin"),
    "PST": ("Asia/Karachi", "Asia/Manila", "America/Los_Angeles"),
    "AST": ("Asia/Riyadh", "Asia/Baghdad", "Asia/Kuwait", "Asia/Qatar", "Asia/Aden"),
    "AMT": ("Asia/Yerevan",),
    "GST": ("Asia/Dubai", "Asia/Muscat"),
    "CST": ("Asia/Shanghai", "America/Chicago", "America/Havana", "America/Mexico_City"),
}

#: Places ("9 p.m. in Kyiv", "Kyiv time"); then adjectives, which only stand before "time".
#: A hyphen stands for a space.
PLACES = {
    "Europe/Moscow": "Moscow Minsk Leningrad St-Petersburg; Russian Kremlin Belarusian",
    "Asia/Baku": "Baku Azerbaijan; Azerbaijani",
    "Asia/Yerevan": "Yerevan Armenia Stepanakert; Armenian",
    "Asia/Tbilisi": "Tbilisi; Georgian",
    "Europe/Kyiv": "Kyiv Kiev Ukraine Kharkiv Odesa Lviv; Ukrainian",
    "Asia/Jerusalem": "Israel Jerusalem Tel-Aviv; Israeli",
    "Asia/Gaza": "Gaza Gaza-City Ramallah; Palestinian",
    "Asia/Beirut": "Beirut Lebanon; Lebanese",
    "Asia/Damascus": "Damascus Syria; Syrian",
    "Asia/Baghdad": "Baghdad Iraq Erbil; Iraqi",
    "Asia/Amman": "Amman Jordan; Jordanian",
    "Asia/Kuwait": "Kuwait; Kuwaiti",
    "Africa/Khartoum": "Khartoum Sudan Port-Sudan Omdurman; Sudanese",
    "Africa/Ndjamena": "N'Djamena Chad; Chadian",
    "Africa/Cairo": "Cairo Egypt Sharm-el-Sheikh; Egyptian",
    "Asia/Qatar": "Doha Qatar; Qatari",
    "Asia/Riyadh": "Riyadh Jeddah Mecca Makkah; Saudi Kingdom",
    "Asia/Dubai": "Dubai Abu-Dhabi; UAE Emirati",
    "Asia/Muscat": "Muscat Oman; Omani",
    "Asia/Kolkata": "India Delhi New-Delhi Mumbai Bombay Calcutta Kolkata Srinagar; Indian",
    "Asia/Karachi": "Pakistan Islamabad Karachi Lahore Rawalpindi; Pakistani",
    "Asia/Dhaka": "Dhaka; Bangladeshi",
    "Asia/Kathmandu": "Kathmandu; Nepali",
    "Asia/Bangkok": "Thailand Bangkok; Thai Indochina",
    "Asia/Phnom_Penh": "Cambodia Phnom-Penh; Cambodian",
    "Asia/Ho_Chi_Minh": "Hanoi Saigon; Vietnamese",
    "Asia/Jakarta": "Jakarta Djakarta Batavia; Indonesian",
    "Asia/Kuala_Lumpur": "Malaysia Kuala-Lumpur Putrajaya; Malaysian",
    "Asia/Singapore": "Singapore",
    "Asia/Shanghai": "Beijing Peking Peiping China; Chinese",
    "Asia/Hong_Kong": "Hong-Kong",
    "Asia/Tokyo": "Tokyo Japan; Japanese",
    "Asia/Seoul": "Seoul Korea Pyongyang; Korean",
    "Asia/Manila": "Manila Philippines; Philippine",
    "Europe/Istanbul": "Istanbul Constantinople Ankara Angora Turkey Türkiye; Turkish",
    "Asia/Tehran": "Tehran Iran; Iranian",
    "Asia/Kabul": "Kabul Afghanistan; Afghan",
    "Asia/Bahrain": "Manama Bahrain; Bahraini",
    "Asia/Almaty": "Almaty Astana; Kazakh",
    "Asia/Tashkent": "Tashkent; Uzbek",
    "Asia/Bishkek": "Bishkek; Kyrgyz",
    "Asia/Dushanbe": "Dushanbe; Tajik",
    "Asia/Ashgabat": "Ashgabat; Turkmen",
    "Asia/Taipei": "Taipei Taiwan; Taiwanese",
    "Asia/Vientiane": "Vientiane; Laotian Lao",
    "Asia/Dili": "Dili; Timorese",
    "Asia/Aden": "Yemen Sanaa Aden; Yemeni",
    "Asia/Yangon": "Myanmar Burma Yangon Rangoon Naypyidaw; Burmese",
    "Asia/Colombo": "Colombo; Sri-Lankan",
    "Africa/Addis_Ababa": "Ethiopia Addis-Ababa; Ethiopian",
    "Africa/Asmara": "Asmara; Eritrean",
    "Africa/Nairobi": "Nairobi; Kenyan East-African",
    "Africa/Mogadishu": "Mogadishu; Somali",
    "Africa/Kampala": "Kampala Entebbe; Ugandan",
    "Africa/Tripoli": "Libya Tripoli Benghazi; Libyan",
    "Africa/Lubumbashi": "Goma Bukavu Elisabethville",
    "Africa/Kinshasa": "Kinshasa Leopoldville Léopoldville",
    "Africa/Luanda": "Luanda; Angolan",
    "Africa/Kigali": "Kigali; Rwandan",
    "Africa/Juba": "Juba",
    "Africa/Johannesburg": "Pretoria Johannesburg; South-African",
    "Africa/Maputo": "Maputo; Central-Africa Central-African Mozambican",
    "Africa/Windhoek": "Windhoek; Namibian",
    "Africa/Gaborone": "Gaborone; Botswanan",
    "Africa/Blantyre": "Lilongwe; Malawian",
    "Africa/Banjul": "Banjul; Gambian",
    "Africa/Bissau": "Bissau",
    "Africa/Lome": "Lomé Lome; Togolese",
    "Africa/Porto-Novo": "Cotonou; Beninese",
    "Africa/Douala": "Yaoundé Yaounde; Cameroonian",
    "Indian/Comoro": "Moroni; Comorian",
    "Indian/Antananarivo": "Antananarivo; Malagasy",
    "Africa/Lagos": "Abuja Lagos; Nigerian West-African",
    "Africa/Bamako": "Bamako Mali; Malian",
    "Africa/Algiers": "Algiers Algeria; Algerian",
    "Africa/Tunis": "Tunis Tunisia; Tunisian",
    "Africa/Casablanca": "Rabat Casablanca Morocco; Moroccan",
    "Africa/Nouakchott": "Nouakchott Mauritania; Mauritanian",
    "Africa/Dakar": "Dakar Senegal; Senegalese",
    "Africa/Accra": "Accra Ghana; Ghanaian",
    "Africa/Abidjan": "Abidjan",
    "Africa/Monrovia": "Monrovia Liberia; Liberian",
    "Africa/Freetown": "Freetown",
    "Africa/Conakry": "Conakry",
    "Africa/Ouagadougou": "Ouagadougou; Burkinabe",
    "Africa/Niamey": "Niamey",
    "Africa/Bangui": "Bangui",
    "Africa/Brazzaville": "Brazzaville",
    "Africa/Libreville": "Libreville",
    "Africa/Djibouti": "Djibouti",
    "Africa/Bujumbura": "Bujumbura Burundi; Burundian",
    "Africa/Dar_es_Salaam": "Arusha Dodoma Tanzania; Tanzanian",
    "Africa/Lusaka": "Lusaka Zambia; Zambian",
    "Africa/Harare": "Harare Zimbabwe; Zimbabwean",
    "America/Bogota": "Bogota Bogotá Colombia; Colombian",
    "America/Havana": "Havana; Cuban",
    "America/Caracas": "Caracas; Venezuelan",
    "America/Lima": "Lima Peru; Peruvian",
    "America/Guayaquil": "Quito Ecuador; Ecuadorian",
    "America/Mexico_City": "Mexico-City",
    "America/Panama": "Panama",
    "America/Port-au-Prince": "Port-au-Prince; Haitian",
    "America/Managua": "Managua; Nicaraguan",
    "America/El_Salvador": "San-Salvador; Salvadoran",
    "America/Tegucigalpa": "Tegucigalpa; Honduran",
    "America/Guatemala": "; Guatemalan",
    "America/Costa_Rica": "; Costa-Rican",
    "America/Santo_Domingo": "Santo-Domingo",
    "America/La_Paz": "; Bolivian",
    "America/Argentina/Buenos_Aires": "Buenos-Aires; Argentine Argentinian",
    "America/Santiago": "; Chilean",
    "America/New_York": "Washington New-York; US U.S. Eastern American",
    "America/Chicago": "; Central",
    "America/Los_Angeles": "; Pacific",
    "Europe/London": "London; UK British",
    "Europe/Dublin": "Dublin",
    "Europe/Paris": "Paris; French",
    "Europe/Berlin": "Berlin; German",
    "Europe/Rome": "Rome Vatican; Italian",
    "Europe/Zurich": "Geneva; Swiss",
    "Europe/Brussels": "Brussels; Belgian Central-European",
    "Europe/Vienna": "Vienna; Austrian",
    "Europe/Oslo": "Oslo; Norwegian",
    "Europe/Warsaw": "Warsaw; Polish",
    "Europe/Amsterdam": "Amsterdam Hague; Dutch",
    "Europe/Madrid": "Madrid Spain; Spanish",
    "Europe/Lisbon": "Lisbon; Portuguese",
    "Europe/Stockholm": "Stockholm Sweden; Swedish",
    "Europe/Copenhagen": "Copenhagen Denmark; Danish",
    "Europe/Helsinki": "Helsinki Finland; Finnish",
    "Europe/Prague": "Prague; Czech",
    "Europe/Budapest": "Budapest Hungary; Hungarian",
    "Europe/Bucharest": "Bucharest Romania; Romanian",
    "Europe/Sofia": "Sofia Bulgaria; Bulgarian",
    "Europe/Belgrade": "Belgrade Serbia; Serbian",
    "Europe/Tirane": "Tirana; Albanian",
    "Europe/Skopje": "Skopje; Macedonian",
    "Europe/Podgorica": "Podgorica; Montenegrin",
    "Europe/Ljubljana": "Ljubljana; Slovenian",
    "Europe/Bratislava": "Bratislava; Slovak",
    "Europe/Sarajevo": "Sarajevo; Bosnian",
    "Europe/Zagreb": "Zagreb; Croatian",
    "Europe/Tallinn": "Tallinn; Estonian",
    "Europe/Riga": "Riga; Latvian",
    "Europe/Vilnius": "Vilnius; Lithuanian",
    "Europe/Chisinau": "Chisinau; Moldovan",
    "Europe/Athens": "Athens; Greek Eastern-European",
    "Asia/Nicosia": "Nicosia; Cypriot",
    "Australia/Sydney": "Sydney Canberra",
    "Pacific/Auckland": "Auckland Wellington",
    "Pacific/Port_Moresby": "Port-Moresby Vanimo; PNG Papua-New-Guinea",
    "Pacific/Bougainville": "Bougainville",
}

_BY_LETTERS = {letters: zone for zone, names in ABBREVIATIONS.items() for letters in names.split()}
_HYPHENATED = {"Port-au-Prince"}


def _by_name(part: slice) -> dict[str, str]:
    return {
        name if name in _HYPHENATED else name.replace("-", " "): zone
        for zone, names in PLACES.items()
        for name in " ".join(names.split(";")[part]).split()
    }


def _either(names: Iterable[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))


def _dotted(letters: str) -> str:
    """Return letters as older papers print them: "G.M.T."."""
    return "".join(f"{letter}." for letter in letters)


_BY_PLACE = _by_name(slice(None))
_NAMES = _either(_BY_PLACE)
#: Alternatives that match a town or country which has one clock.
TOWN = _either(_by_name(slice(0, 1)))
_SHORT = (*_BY_LETTERS, *SHARED, "GMT", "UTC")
_IN_DOTS = (_dotted(name) for name in _SHORT if len(name) > 2)
_LETTERS = _either(
    [*_SHORT, *_IN_DOTS, "TU", "Z", "Greenwich Mean Time", "Greenwich time", "Greenwich", "Zulu"]
)

#: A clock may stand in front of these; "1500 local residents" names no zone.
_LOCAL_END = (
    r"(?=\s*(?:$|[.,;:)\]/(—–-]|(?:on|and|or|when|as|in|at|after|before|until|to|by|for|but|while|with"
    r"|this|that|yesterday|today|tonight|tomorrow|[A-Z][a-z]+day)\b))"
)
#: What may follow a clock time to name its zone. The names need their capitals.
ZONE = re.compile(
    r",?\s*\(?(?:"
    r"(?P<base>GMT|UTC)\s?(?P<sign>[+−–-])\s?(?P<hours>\d{1,2})(?::?(?P<minutes>[0-5]\d))?(?!\d)"
    rf"|(?:at\s(?=Greenwich))?(?P<abbr>{_LETTERS})(?![\w+])"
    rf"|(?:by\s)?(?:U\.?S\.?\s|(?:[Pp]eninsular|[Mm]ainland|[Mm]etropolitan)\s)?(?P<place>{_NAMES})(?:['’]s)?(?:\s(?:[Ss]tandard|[Dd]aylight|[Ss]ummer|[Ww]inter))?\s[Tt]ime"
    r"|(?:U\.?S\.?\s)?(?P<us>Eastern|Pacific)(?=\s*(?:$|[.,;:)(—–-]|(?:on|and|when|as|after)\b|[A-Z][a-z]+day))"
    rf"|(?:by\sthe\sclocks?\s)?in\s(?P<there>{TOWN})(?![\w’'-])"
    rf"|(?P<local>[Ll]ocal(?:\s[Tt]ime|{_LOCAL_END}))(?:\sin\s(?P<city>{TOWN})(?![\w’'-]))?"
    r"|(?P<other>(?!\w+day\b)[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+)?)\s(?:local\s)?time\b"
    r")"
)


#: A town where something is to be, right before its hour or right behind it, days left out.
_TOWN_BEFORE = re.compile(rf"\bin\s(?P<town>{TOWN})(?![\w’'-])[\s,]*(?:(?:on|at|from)\s+)*$")
_TOWN_BEHIND = re.compile(rf"[\s,]*(?:on\s+)?in\s(?P<town>{TOWN})(?![\w’'-])")


def zone_of_town(before: str, behind: str) -> ZoneInfo | None:
    """Return the zone of the town beside an hour, None where there is none."""
    match = _TOWN_BEFORE.search(before) or _TOWN_BEHIND.match(behind)
    return zone_named(match["town"]) if match else None


def zone_named(town: str) -> ZoneInfo | None:
    """Return the zone of a town that `TOWN` has matched; None with a database without it."""
    return _zone(_BY_PLACE[town])


def named_zone(match: re.Match[str] | None, own: ZoneInfo) -> tzinfo | None:
    """Return the zone that words name; the event's own for "local" and for no words at all.

    None means that the words name a zone which cannot be told.
    """
    if match is None:
        return own
    if match["base"]:
        return _offset(match)
    if match["abbr"]:
        return _lettered_zone(match["abbr"], own)
    place = match["place"] or match["us"] or match["there"] or match["city"]
    # An unknown town has its own clock only where the event has it.
    return _zone(_BY_PLACE[place]) or own if place else own


def _offset(match: re.Match[str]) -> tzinfo | None:
    ahead = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"] or 0))
    if ahead > timedelta(hours=14):
        return None
    return timezone(ahead if match["sign"] == "+" else -ahead)


def _lettered_zone(written: str, own: ZoneInfo) -> tzinfo | None:
    letters = written.replace(".", "")
    if letters in SHARED:
        return own if own.key in SHARED[letters] else None
    return _zone(_BY_LETTERS.get(letters, "UTC"))


@cache
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except ZoneInfoNotFoundError:
        return None  # a zone database without this name
