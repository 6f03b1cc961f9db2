"""In which country a time zone lies, from the tables that come with the zones. Pure.

`zone.tab` names one country a zone, `iso3166.tab` its English name; both are part of the IANA time
zone database, https://www.iana.org/time-zones.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


def country_of_zone(zone: str) -> str:
    """Return the English name of the country of an IANA zone, "" for zones of none ("UTC")."""
    return _countries().get(zone, "")


@cache
def _countries() -> dict[str, str]:
    names = dict(row[:2] for row in _rows("iso3166.tab"))
    found = {zone: names.get(code, "") for code, _, zone, *_ in _rows("zone.tab")}
    # Old names of zones: "L Asia/Kolkata Asia/Calcutta".
    links = (row[0].split(" ") for row in _rows("tzdata.zi") if row[0].startswith("L "))
    return found | {old: found.get(zone, "") for _, zone, old in links if old not in found}


def _rows(table: str) -> list[list[str]]:
    """Return the rows of a table, split at tabs, comments left out."""
    text = files("tzdata").joinpath("zoneinfo", table).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
