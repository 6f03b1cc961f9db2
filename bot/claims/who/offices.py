"""Nouns of office: the one in front of a name, its portfolio, the gender it tells."""

from __future__ import annotations

import re

from bot.claims.grammar.wordlists import (
    BODY_NOUNS,
    DETERMINERS,
    FEMALE,
    MALE,
    PERSON_TITLES,
    PLURAL_GROUPS,
    PREPOSITIONS,
    PRONOUNS,
    ROLE_NOUNS,
    SUBORDINATORS,
    TIME_WORDS,
    word_set,
)
from bot.claims.grammar.words import longest_word

#: What stands before "ministry" or "minister" and tells which.
PORTFOLIOS = word_set(
    "defence defense foreign interior health prime finance justice information energy economy"
    " agriculture education home war culture transport intelligence"
)
#: What else may stand in an office in front of a name.
_RANKS = word_set(
    "acting deputy senior chief state security national top public presidential former interim"
    " first vice supreme military regional provincial local outgoing veteran political rescue"
    " press opposition rebel separatist paramilitary federal affairs external internal permanent"
    " special lead main cabinet border naval air joint human rights civil campaign trade peace aid"
    " climate refugee hostage crisis party youth women labour labor police"
)
#: Nouns for one person that the wide lists lack, with the short forms of headlines.
EXTRA_ROLES = word_set("pm fm mp mep nsa dgmo speaker bishop patriarch nurse bureaucrat warlord")
#: Every noun for one person.
ROLES = ROLE_NOUNS | EXTRA_ROLES
HELD = ROLES | BODY_NOUNS
OFFICE_WORDS = PORTFOLIOS | _RANKS | ROLES | BODY_NOUNS | PLURAL_GROUPS | PERSON_TITLES
#: Endings of nouns and adjectives that tell of what somebody is head: "communications director".
_OFFICE_ENDINGS = ("tions", "tion", "ment", "ance", "ence", "ity", "ics", "ary", "ional", "arian")
WEAK_TITLES = word_set("foreign prime defence defense interior vice acting special u.s. deputy")
#: Words that stand in no name and part a run of capitals.
PARTING = (
    DETERMINERS
    | PREPOSITIONS
    | SUBORDINATORS
    | PRONOUNS
    | (TIME_WORDS - {"may", "april", "june", "sun", "august", "sat"})
    | word_set(
        "and but or yet so then also speaking asked accompanied meanwhile however is was are were"
        " has had will not yes if here there what how why president-elect"
    )
)
_TITLE_WORDS = frozenset(longest_word(title) for title in PERSON_TITLES | ROLES)
WORD_RUN = re.compile(r"\S+")
OWNING = re.compile(r"['’]s?\Z")


def may_hold_title(words: frozenset[str]) -> bool:
    """Tell whether a text of these words may hold a title or a noun for one person."""
    return not _TITLE_WORDS.isdisjoint(words)


def is_title(word: str) -> bool:
    low = word.lower().rstrip(",")
    return low in PERSON_TITLES or low.rstrip(".") in ROLES


def office_before(text: str, start: int) -> int:
    """Return where the office begins that leads up to the name at `start`, `start` if none does.

    "Indian foreign ministry spokesperson Randhir Jaiswal": the walk goes left over nouns of
    office, their attributes and names, once it has met a noun for one person.
    """
    if not follows_title(text, start):
        return start
    base = max(0, start - 90)
    best, titled = start, False
    for match in reversed(list(WORD_RUN.finditer(text[base:start]))):
        word, low = match[0], match[0].lower()
        if low in PARTING or (low[-1] in ',;:.!?)”"' and low not in PERSON_TITLES):
            break
        solid = is_title(word) and low not in WEAK_TITLES
        if not solid and not (titled and _in_office(word)):
            break
        titled = True
        best = base + match.start()
    return best


def _in_office(word: str) -> bool:
    low = OWNING.sub("", word.lower())
    return word[0].isupper() or low in OFFICE_WORDS or low.endswith(_OFFICE_ENDINGS)


def follows_title(text: str, start: int) -> bool:
    before = text[max(0, start - 20) : start].rsplit(None, 1)
    return bool(before) and is_title(before[-1])


def portfolios_in(words: set[str] | frozenset[str]) -> frozenset[str]:
    """Return the portfolios among lower-case `words`, in one spelling."""
    return frozenset("defence" if w == "defense" else w for w in words & PORTFOLIOS)


def gender_of(words: set[str] | frozenset[str]) -> str | None:
    """Return the gender that nouns of office tell, None where they tell none."""
    if words & FEMALE:
        return "f"
    return "m" if words & MALE else None
