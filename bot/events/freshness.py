"""Is an entry news of today? Named reasons for what is too old or cannot be dated.

An undated entry counts only when its own words date it within the last two days and its address
does not file it further back ("Sept. 15" comes round every year); the name of a
weekday alone, which comes round every week, lets it follow what is known and open nothing.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.types import Entry

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTH = (
    r"(?P<month>Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|"
    r"Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?"
)
_DATE = re.compile(
    rf"(?:{_MONTH}\s+(?P<day>\d{{1,2}})\b"
    rf"|\b(?P<day2>\d{{1,2}})\s+{_MONTH.replace('month', 'month2')})"
    r"(?:,?\s+(?P<year>(?:19|20)\d\d))?",
    re.IGNORECASE,
)
#: An undated entry may be this much older than the day its words name.
UNDATED_DAYS = 2
#: Reason of an undated entry that names no more than today's or yesterday's weekday.
WEEKDAY_ALONE = "undated_but_for_a_weekday"


def stale_reason(
    entry: Entry, now: datetime, max_age: timedelta, *, first_poll: bool, timezone: str
) -> str | None:
    """Return why `entry` is no news at `now`, else None.

    Reasons: "too_old", "backlog", "undated", `WEEKDAY_ALONE`.
    """
    if entry.published_at is not None:
        if now - entry.published_at > max_age:
            return "backlog" if first_poll else "too_old"
        return None
    today = entry.fetched_at.astimezone(ZoneInfo(timezone)).date()
    filed = _address_date(entry.url)
    if filed is not None and (today - filed).days > UNDATED_DAYS:
        return "too_old"
    head = (entry.text or entry.summary or "")[:90]
    dateline = _first_date(head, today)
    if dateline is not None:
        return None if _near(dateline, today) else "too_old"
    return _reason_by_words(_lead(entry), today)


#: The day under which a site files an article: "/2017/09/15/", "/2017-09/15/", "/20170915-".
_FILED = re.compile(r"/((?:19|20)\d\d)[/-]?(\d\d)[/-]?(\d\d)(?=[/.-]|$)")


def _address_date(url: str) -> date | None:
    match = _FILED.search(url)
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def _lead(entry: Entry) -> str:
    return "\n".join((entry.title, entry.summary or "", (entry.text or "")[:400]))


def _near(day: date, today: date) -> bool:
    # Tomorrow may be here already in another zone; a day after that is another year's.
    return -1 <= (today - day).days <= UNDATED_DAYS


def _first_date(text: str, today: date) -> date | None:
    match = _DATE.search(text)
    return _as_date(match, today) if match else None


def _as_date(match: re.Match[str], today: date) -> date | None:
    name = (match["month"] or match["month2"])[:3].lower()
    day = int(match["day"] or match["day2"])
    year = int(match["year"]) if match["year"] else today.year
    try:
        return date(year, _MONTHS.index(name) + 1, day)
    except ValueError:
        return None


def _reason_by_words(lead: str, today: date) -> str | None:
    """Return why a lead does not date its entry to today or yesterday and no day further away."""
    dates = [found for m in _DATE.finditer(lead) if (found := _as_date(m, today))]
    if dates:
        return None if all(_near(found, today) for found in dates) else "undated"
    named = [
        _DAYS.index(word) for word in re.findall(r"\b[a-z]+day\b", lead.lower()) if word in _DAYS
    ]
    recent = {today.weekday(), (today.weekday() - 1) % 7}
    return WEEKDAY_ALONE if named and named[0] in recent else "undated"
