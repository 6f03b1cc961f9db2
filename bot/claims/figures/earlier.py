"""Earlier values behind a figure: ", up from nine", ", not eight as first reported". Pure."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.claims.numbers import find_numbers
from bot.types import Figure

#: Characters behind a figure that may still give its earlier value.
_REACH = 110
#: "(earlier: seven)", ", not eight as first reported", ", up from nine" behind a figure.
_EARLIER = re.compile(
    r"\(\s*(?:earlier|previously|before|initially|up from|down from|was|were|from)\W{0,3}|"
    r"; (?:\w+ ){1,2}(?:earlier|previously|initially|first) (?:reported|said|spoken? of|counted|"
    r"put (?:it|the toll|the number) at|given) |"
    r"; (?:\w+ ){1,2}(?:reported|said|spoke of|counted|put (?:it|the toll|the number) at|gave) "
    r"(?=(?:\w+|\d[\d,]*) (?:earlier|previously|initially|at first))|"
    r"; (?:\w+ ){1,5}had (?:\w+ )?(?:reported|said|spoken? of|counted|given|put (?:it|the toll|the "
    r"number) at) |"
    r"^(?:(?: [\w'’-]+){0,3},)? ?(?:and )?not |"
    r", (?:fewer|less|lower|more|higher) than the (?:\w+ )?(?=\d+ (?:\w+ )?(?:first|initially|"
    r"earlier|previously|originally))|"
    r", (?:previously|earlier|initially|before that) (?=\d)|"
    r",? (?:revising|correcting|updating|replacing|raising|lowering|against|after|compared (?:with|"
    r"to)) (?:an?|its|the|their) (?:earlier|previous|initial|first|preliminary|provisional) "
    r"(?:(?:official|death) )?(?:count|figure|toll|estimate|tally|number|total|report) of |"
    r",? (?:up|down|revised) from (?:an? )?(?:earlier |previous |initial )?"
    r"(?:(?:preliminary |provisional |official )?(?:count|figure|toll|death toll|estimate|tally|"
    r"number|total|report) of )?",
    re.IGNORECASE,
)


_GIVING = (
    r"(?:giving|given|reporting|reported|saying|said|counting|counted|announcing|announced|listing|"
    r"listed|confirming|confirmed|stating|stated|speaking of|spoken of|estimating|estimated|"
    r"(?:putting|put) (?:it|the toll|the number|the figure) at)"
)
#: "to 17 after earlier giving 21", "having first said six", "after giving 21 earlier": a number
#: that stands alone or with words of harm behind it.
_TOLD_FIRST = re.compile(
    r",? (?:after|having) (?:(?:having )?(?:earlier|previously|initially|originally|(?:at )?first)"
    rf" (?:having )?{_GIVING}|{_GIVING}(?= (?:[\w-]+ ){{1,4}}?(?:earlier|previously|initially|"
    r"at first|before)\b)) (?:(?:an? |the )?(?:figure|toll|number|total|count) of )?"
    r"(?=(?:(?:at least|more than|about|around|some|only|just) )?[\w,-]*\w"
    r"(?: (?:people|dead|deaths|killed|wounded|injured|hurt|victims|fatalities))*"
    r"(?:\W*$|[,.;:)]|[”\"’] | (?:on|in|at|by|as|and|but|an|earlier|previously|initially|before|"
    r"hours?|days?|yesterday|overnight)\b))",
    re.IGNORECASE,
)

#: "revised the figure down to 14 killed, from 16": only behind words of a change.
_MOVED = re.compile(
    r"\b(?:revised|raised|lowered|cut|reduced|corrected|increased|updated|trimmed|upped|"
    r"brought)\b[^.;,]{0,50}$",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"^[^.;,]{0,30},? (?:from|instead of|rather than) (?:an? )?(?:earlier |previous |initial |"
    r"original )?(?=\w)",
    re.IGNORECASE,
)
_FROM_WORDS = (" from ", " instead of ", " rather than ")


def with_earlier(text: str, figure: Figure, end: int) -> Figure:
    """Add the earlier value that stands behind a figure; `end` is where the figure ends."""
    behind = text[end : end + _REACH]
    mark = (
        _EARLIER.search(behind)
        or _TOLD_FIRST.search(behind)
        or _moved_from(text, figure, end, behind)
    )
    if mark is None or re.search(r"[.;]", behind[: mark.start()]):
        return figure
    number = next(iter(find_numbers(behind[mark.end() :][:30])), None)
    if number is None or number.start > 2 or number.value is None:
        return figure
    return replace(figure, previous=number.value)


def _moved_from(text: str, figure: Figure, end: int, behind: str) -> re.Match[str] | None:
    """Return where "from" gives the earlier value behind words of a change."""
    if not any(word in behind for word in _FROM_WORDS):
        return None
    start = text.rfind(figure.text, 0, end + len(figure.text))
    return _FROM.match(behind) if start > 0 and _MOVED.search(text[:start]) else None
