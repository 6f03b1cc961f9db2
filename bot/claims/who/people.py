"""Personal names in text: where one stands, which office leads it, whom it belongs to.

`personal_name` reads the name that ends a source phrase; `find_people` finds the people whom a
sentence names, with the office in front of the name ("North Kordofan governor ...") and the
appositive behind it. Nothing here knows a pack: a name without office, appositive or known given
name is not `sure`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.claims.grammar.wordlists import (
    BODY_NOUNS,
    DETERMINERS,
    PERSON_TITLES,
    PLURAL_GROUPS,
    ROLE_NOUNS,
    word_set,
)
from bot.claims.who.given_names import given_gender
from bot.claims.who.offices import (
    EXTRA_ROLES,
    HELD,
    OWNING,
    PARTING,
    ROLES,
    WEAK_TITLES,
    WORD_RUN,
    follows_title,
    gender_of,
    is_title,
    may_hold_title,
    office_before,
    portfolios_in,
)
from bot.claims.who.world_names import STATES

#: Phrases whose name is remembered: news names the same few people again and again.
NAMES_KEPT = 2048
WORD = re.compile(r"[^\W_](?:[\w.’'\-&/]*\w)?\.?")
_JOINING = word_set("al el bin bint ibn de van von der da di la le ben abu")
_STATES = word_set("defence defense state affairs interior health justice war energy security")
#: Two capitals of places that news names for themselves.
_CITIES = {"Buenos Aires", "Hong Kong", "San Salvador", "Costa Rica", "El Salvador", "New York"}
_PLACES = STATES | _CITIES
_INSTITUTIONS = (
    BODY_NOUNS
    | PLURAL_GROUPS
    | word_set(
        "defence defense foreign interior united nations states north south new red white supreme"
        " national international human rights islamic arab european african security jihad city"
        " west east middle saudi sri world health public"
    )
)
#: No name ends in one of these, whatever title seems to lead it: "General Assembly".
_NEVER = (
    BODY_NOUNS
    | PLURAL_GROUPS
    | EXTRA_ROLES
    | word_set(
        "assembly congress secretariat debate affairs house election elections staff senate mod mfa"
        " mea moh pmo"
    )
)
_PLACE_HEADS = word_set(
    "port deir khan beit tel tell kfar umm wadi jebel jabal mount lake river camp fort san santa"
    " saint um ras bir nahr old upper lower ain novo stary velyka kiryat ramat"
)
_WHERE = DETERMINERS | word_set(
    "in at near from to into over on across around outside inside through between of along"
)
_RUN = re.compile(
    r"[A-Z](?<![\w’'\-][A-Z])[\w.’'\-]{0,20}"
    r"(?: (?:(?:al|el|bin|bint|ibn|abu|van|de|von|der|da|di)(?= )"
    r"|(?:(?:al|el|as|ash|ad|ar|at|an|az|ul)-)?[A-Z][\w.’'\-]{0,20})){0,7}"
)
#: Words that a headline in capitals leaves small.
_SMALL = word_set(
    "a an the in on at of to for and or but nor by from with as into onto over upon than via vs v"
    " is are was be it its not no if so up off out per"
)
_JOINED_PARTICLE = re.compile(r"\A(?:al|el|as|ash|ad|ar|at|an|az|ul)-[A-Z]")
_APPOSED = re.compile(r", ((?:an?|the|one of|his|her|its|who|\d{2}|[a-z]+)\b[^,;:.“”\"]{0,120})")
_OFFICE_FIRST = re.compile(r"(?:\A|[\s“\"])((?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is) [^,;:.“”\"]{3,70}),\Z")
_BEFORE_OWNER = re.compile(r"\s(?:of|for|to|at|in|with|from|who|whose|by|on)\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A person whom a sentence names."""

    personal: str  #: bare name, no titles
    display: str  #: with the office in front of it, as the sentence has it
    words: frozenset[str]  #: nouns of office and body, before the name and in the appositive
    portfolios: frozenset[str]  #: "defence" of "defence minister"
    gender: str | None
    start: int  #: offset where `display` begins
    end: int
    owning: bool  #: stands only as an owner: "Zelensky's adviser"
    sure: bool  #: an office, an appositive or a known given name shows a person


@lru_cache(maxsize=NAMES_KEPT)
def personal_name(text: str) -> str | None:
    """Return the personal name that ends a phrase, without titles; None where there is none."""
    tokens = WORD.findall(text)
    run: list[str] = []
    for token in reversed(tokens):
        low = token.lower()
        if low in PERSON_TITLES or low in EXTRA_ROLES or low.endswith(("'s", "’s")):
            break
        capital = _is_capital(token) and low not in DETERMINERS
        if (capital and low.rstrip(".") not in BODY_NOUNS) or (run and low in _JOINING):
            run.append(token)
        else:
            break
    while run and not _is_capital(run[-1]):
        run.pop()
    rest = tokens[: len(tokens) - len(run)]
    before = rest[-1].lower() if rest else ""
    titled = is_title(before)
    if _is_governed(rest) or (len(run) == 1 and not titled) or len(run) > 5:
        return None
    if not titled and before in DETERMINERS:
        return None
    return _as_name(list(reversed(run)), titled=titled)


def _as_name(words: list[str], *, titled: bool) -> str | None:
    """Return a run of capitals as a name; without a title it must not look like a body."""
    if not words or words[-1].lower().rstrip(".") in _NEVER:
        return None
    if not titled and any(_is_institution(w) for w in words):
        return None
    name = " ".join(words)
    last_two = " ".join(words[-2:])
    return None if last_two in _PLACES or (not titled and name in STATES) else name


def _is_capital(token: str) -> bool:
    return token[0].isupper() or _JOINED_PARTICLE.match(token) is not None


def _is_governed(rest: list[str]) -> bool:
    """Tell whether a name belongs to somebody else's office: "an aide to President Aliyev"."""
    i = len(rest) - 1
    while i >= 0:
        low = rest[i].lower()
        if low in PERSON_TITLES or low.rstrip(".") in ROLE_NOUNS:
            i -= 1
        elif low in _STATES and i and rest[i - 1].lower() in {"of", "for"}:
            i -= 2
        else:
            return low in {"of", "for", "in", "at", "from", "to", "on", "and", "by", "with"}
    return False


def _is_institution(word: str) -> bool:
    low = word.lower().rstrip(".")
    acronym = len(word) > 1 and word.isupper() and "." not in word
    return low in _INSTITUTIONS or acronym


def find_people(text: str, words: frozenset[str] | None = None) -> Iterator[Named]:
    """Yield the people whom `text` names, left to right; titled ones and those with two names.

    Where every word has a capital, as in a headline, capitals tell nothing. `words` are those of
    `text`, where they are known.
    """
    titled = words is None or may_hold_title(words)
    runs = [
        match
        for match in _RUN.finditer(text)
        if " " in match[0] or (titled and follows_title(text, match.start()))
    ]
    if not runs or _is_all_capitals(text):
        return
    for match in runs:
        for start, end in _parts(text, match.start(), match.end()):
            found = _read_run(text, start, end)
            if found is not None:
                yield found


def _is_all_capitals(text: str) -> bool:
    longer = 0
    for word in text.split():
        if word[0].islower() and (len(word) > 4 or word.strip(".,;:") not in _SMALL):
            return False
        longer += len(word) > 4
    return longer > 4


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a run of capitals between words that part it."""
    first = last = -1
    for match in WORD_RUN.finditer(text[start:end]):
        if match[0].lower().rstrip(".") in PARTING:
            if first >= 0:
                yield first, last
            first = -1
        else:
            first = start + match.start() if first < 0 else first
            last = start + match.end()
    if first >= 0:
        yield first, last


def _read_run(text: str, start: int, end: int) -> Named | None:
    stop = start + len(text[start:end].rstrip(".,"))
    words = text[start:stop].split()
    owning = OWNING.search(words[-1]) is not None if words else False
    if owning:
        words[-1] = OWNING.sub("", words[-1])
    last = max((n for n, word in enumerate(words) if is_title(word)), default=-1)
    left = office_before(text, start)
    titled = left < start or (last >= 0 and words[last].lower() not in WEAK_TITLES)
    name = words[last + 1 :]
    personal = _as_name(name, titled=titled) if len(name) > 1 or titled else None
    if personal is None or len(name) > 5 or name[0].lower() in _PLACE_HEADS:
        return None
    beside = "" if owning else _beside(text, left, stop)
    sure = titled or bool(beside) or given_gender(personal) is not None
    if not sure and _follows_place_word(text, left):
        return None
    office = {w.lower().rstrip(".,") for w in text[left:stop].split()[: -len(name)]}
    office |= {w.lower().rstrip(".") for w in WORD.findall(_BEFORE_OWNER.split(beside, 1)[0])}
    gender = gender_of(office) or given_gender(personal)
    return Named(
        personal=personal,
        display=OWNING.sub("", text[left:stop]) if titled else personal,
        words=frozenset(office & HELD),
        portfolios=portfolios_in(office),
        gender=gender,
        start=left,
        end=stop,
        owning=owning,
        sure=sure,
    )


def _follows_place_word(text: str, start: int) -> bool:
    """Tell whether an article or a preposition of place makes two capitals a thing's name."""
    before = text[max(0, start - 12) : start].split()
    return bool(before) and before[-1].lower() in _WHERE


def _beside(text: str, left: int, stop: int) -> str:
    """Return the appositive of a name: ", a nurse," behind it or "the army chief," in front."""
    behind = _APPOSED.match(text, stop)
    if behind and _tells_person(behind[1]):
        return behind[1]
    if not text[max(0, left - 2) : left].startswith(","):
        return ""
    front = _OFFICE_FIRST.search(text[max(0, left - 80) : left].rstrip())
    if front and {w.lower() for w in WORD.findall(front[1])} & ROLE_NOUNS:
        return front[1]
    return ""


def _tells_person(appositive: str) -> bool:
    """Tell whether words behind a comma describe a person rather than go on with the sentence."""
    first = appositive.split(" ", 1)[0]
    if first in {"a", "an", "the", "one", "who", "his", "her", "its"} or first.isdigit():
        return True
    return bool({w.lower() for w in WORD.findall(appositive)[:4]} & ROLES)
