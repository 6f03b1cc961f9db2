"""What readers ask for: arguments of commands, checked; or the answer that they need. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from bot.alerts.render import foreign
from bot.packs import Pack

DEFAULT_HOURS = 24
MAX_HOURS = 168
#: A word that is meant as a number, whether it can be one of hours or not.
NUMBER = re.compile(r"[-+]?\d[\d.,]*h?")


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryQuestion:
    """What /summary was asked for."""

    conflict: Pack | None
    hours: int


def read_summary(arguments: Sequence[str], packs: Sequence[Pack]) -> SummaryQuestion | str:
    """Return the question, or an answer in HTML that says what is allowed."""
    words = list(arguments)
    hours = DEFAULT_HOURS
    if words and NUMBER.fullmatch(words[-1]):
        stated = words.pop().removesuffix("h")
        hours = int(stated[:6]) if stated.isdecimal() else 0
        if not 1 <= hours <= MAX_HOURS:
            return f"Hours must lie between 1 and {MAX_HOURS}. Example: /summary 48"
    if not words:
        return SummaryQuestion(conflict=None, hours=hours)
    found = find_conflict(" ".join(words), packs)
    return found if isinstance(found, str) else SummaryQuestion(conflict=found, hours=hours)


def find_conflict(words: str, packs: Sequence[Pack]) -> Pack | str:
    """Return the conflict that words name, or an answer in HTML with the names there are."""
    wanted = words.casefold().strip()
    names = {
        name.casefold(): pack
        for pack in packs
        for name in (pack.id, pack.name, pack.id.replace("-", " "))
    }
    if wanted in names:
        return names[wanted]
    close = process.extractOne(wanted, list(names), scorer=fuzz.WRatio, score_cutoff=85)
    within = {pack.id: pack for name, pack in names.items() if len(wanted) >= 4 and wanted in name}
    if len(within) == 1:
        return next(iter(within.values()))
    known = ", ".join(pack.id for pack in packs)
    hint = f" Did you mean {names[close[0]].id}?" if close else ""
    return f"No conflict is called “{foreign(words, 60)}”.{hint} There are: {known}"
