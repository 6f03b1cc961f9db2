"""Who a source phrase names: a person, a body, a side, a group, or only "he" or "the ministry".

A `Mention` is what one phrase tells by itself; `bot.claims.who.antecedents` replaces the bare ones.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from bot.claims.grammar.wordlists import (
    ANONYMOUS_NOUNS,
    BODY_NOUNS,
    DETERMINERS,
    MESSAGES,
    PERSON_TITLES,
    PLURAL_GROUPS,
    PRONOUNS,
    ROLE_NOUNS,
    word_set,
)
from bot.claims.who.offices import PORTFOLIOS, ROLES, gender_of
from bot.claims.who.people import WORD, personal_name
from bot.claims.who.relays import MediaNames, media_sort
from bot.claims.who.sides import Side, Sides

_HIDDEN = re.compile(
    r"\b(?:not to be (?:named|identified|quoted)|anonym|unnamed|unidentified|not authori[sz]ed"
    r"|declined to be (?:named|identified)|requested not to be|without giving (?:his|her|a) name"
    r"|on (?:the )?(?:strict )?condition of|familiar with|briefed on|close to the (?:talks|matter"
    r"|negotiations)|with (?:direct )?knowledge of|did not want to be (?:named|identified)"
    r"|could not be named|who cannot be named|refused to be named)",
    re.IGNORECASE,
)
_OWNER = re.compile(r"\A(?:[Tt]he )?((?:[A-Z][\w\-]*\s){0,3}[A-Z][\w\-]*?)(?:['’]s|s['’])\s")
#: What stands before "ministry" or "minister" without telling whose.
_OFFICES = PORTFOLIOS | word_set(
    "public presidential acting deputy senior chief state security national general top"
)
#: Nouns for bodies of which the world has one.
_SELF_NAMED = word_set("kremlin pentagon un vatican knesset")
_INDEFINITE = word_set("a an one another two three four several some many")
_NOUNS = ROLES | BODY_NOUNS | PLURAL_GROUPS | ANONYMOUS_NOUNS | MESSAGES
_BARE_WORDS = ROLE_NOUNS | BODY_NOUNS | MESSAGES | PLURAL_GROUPS | _OFFICES
_TAIL_WORDS = word_set("of for in at from on with to near who close familiar based and whose")
#: Several who have no one name.
_JOINT = re.compile(
    r"both|others|some|all|neither|(?:who|which|what)(?:['’]\w+)?|(?:(?:the|both|all|neither|either) )?(?:two |three |warring |rival"
    r" |opposing |conflicting |other )*(?:sides?|parties|belligerents|enemies|foes|neighbou?rs)"
)
_JOINT_NOUNS = word_set(
    "side sides parties belligerents enemies foes neighbours neighbors neighbour neighbor"
)
#: First words of phrases that name nobody.
_NOBODY = word_set("each no nobody none")
_HEARSAY = re.compile(r"(?:[A-Z]?[a-z]+ ){0,2}(?:[Rr]eports|[Rr]umou?rs)")
_ARTICLES = word_set("the a an")


class Mention(NamedTuple):
    """One source phrase and what it tells."""

    text: str  #: as the sentence has it
    name: str | None  #: name to show; None = to be resolved
    sort: str  #: person | one | titled | body | side | group | media | staff | pronoun | nominal
    words: frozenset[str]  #: its nouns of office or body, lower case
    personal: str | None = None  #: bare personal name, no titles
    owner: str | None = None  #: "Azerbaijan" of "Azerbaijan's defence ministry"
    side: Side | None = None
    anonymous: bool = False  #: no name is given, of whatever office
    hidden: bool = False  #: speaks on condition of anonymity
    gender: str | None = None  #: f | m
    armed: bool = False  #: an army, an armed wing or one of their people by the pack
    office: str = ""  #: the words that give a person's office, beside the name
    aside: str = ""  #: appositive or relative clause behind the phrase


def read_mention(head: str, aside: str, sides: Sides, names: MediaNames) -> Mention:
    """Return what a source phrase with its appositive tells."""
    hidden = bool(_HIDDEN.search(head) or (aside and _HIDDEN.search(aside)))
    beside = aside
    if aside and _is_relative(aside):
        aside = ""
    if head[:2].lower() in {"a ", "an"} and _inner_office(head):
        aside = ""
    main, role = _name_first(head, aside)
    mention = _read_head(main, sides, names)._replace(text=head, aside=beside)
    if role:
        extra = _read_words(WORD.findall(role))
        mention = mention._replace(
            words=mention.words | extra,
            side=mention.side or sides.of(role),
            gender=mention.gender or gender_of(extra),
            office=role,
        )
    if hidden and mention.personal is None:
        return mention._replace(anonymous=True, hidden=True, name=_bare(head), sort="group")
    return mention


def _inner_office(head: str) -> bool:
    """Tell whether an appositive explains another's office: "an adviser to the president, X"."""
    tail = re.search(r" (?:to|of|for) (?:.{1,40} )?(\w+)\Z", head)
    return bool(tail and tail[1].lower() in ROLE_NOUNS)


def _is_relative(aside: str) -> bool:
    return aside.split(" ", 1)[0].lower() in {
        "who", "whose", "which", "speaking", "whom", "in", "on", "at", "after", "where", "when",
        "citing", "quoting", "quoted", "cited", "asked", "writing", "also", "however", "meanwhile",
    }  # fmt: skip


def _is_hearsay(text: str) -> bool:
    """Tell whether nobody stands behind the words: "reports say", "unconfirmed reports said"."""
    return _HEARSAY.fullmatch(text) is not None and not any(w.istitle() for w in text.split()[1:])


def _is_everybody(low: list[str]) -> bool:
    """Tell whether several speak who have no one name: "both", "the warring parties"."""
    # "All parties to the truce in Norland"
    core = low[: low.index("to")] if "to" in low else low
    if len(core) > 1 and core[-1] not in _JOINT_NOUNS:
        return False
    return _JOINT.fullmatch(" ".join(core)) is not None


def _name_first(head: str, aside: str) -> tuple[str, str]:
    """Return the part that names a person and the part that gives the office."""
    if not aside:
        return head, ""
    if personal_name(aside) and not personal_name(head):
        return aside, head
    return head, aside


def _read_head(text: str, sides: Sides, names: MediaNames) -> Mention:
    tokens = WORD.findall(text)
    low = [t.lower().rstrip(".") if t.lower() not in PERSON_TITLES else t.lower() for t in tokens]
    if low and low[-1] in MESSAGES and len(low) > 2:
        return _read_message(text, sides, names)
    words = _read_words(tokens)
    if len(low) == 1 and low[0] in PRONOUNS:
        return Mention(text=text, name=None, sort="pronoun", words=words, gender=_pronoun(low[0]))
    media = media_sort(text, names)
    if media is not None:
        return Mention(text=text, name=_bare(text), sort=media, words=words)
    if (low and low[0] in _NOBODY) or _is_hearsay(text) or _is_everybody(low):
        return Mention(text=text, name=None, sort="none", words=words)
    joined = _read_joined(text, words, sides)
    if joined is not None:
        return joined
    side = sides.of(text)
    personal = personal_name(text) or _known_surname(tokens, sides)
    if personal:
        return Mention(
            text=text, name=_bare(text), sort="person", words=words, personal=personal,
            side=side, gender=gender_of(words | set(low)), armed=sides.is_armed(personal),
        )  # fmt: skip
    return _read_common(text, low, words, side, sides)


def _read_joined(text: str, words: frozenset[str], sides: Sides) -> Mention | None:
    """Return two people or two mediators who speak as one; None for everybody else."""
    parts = re.split(r",? and ", text) if " and " in text else []
    if len(parts) != 2:
        return None
    both = [sides.of(part) for part in parts]
    side = both[0] if both[0] == both[1] else None
    people = [personal_name(part) or _known_surname(WORD.findall(part), sides) for part in parts]
    if all(people):
        return Mention(text=text, name=_bare(text), sort="group", words=words, side=side)
    roles = {s.role for s in both if s}
    if None not in both and len(roles) == 1 and not words and roles != {"party"}:
        return Mention(text=text, name=_bare(text), sort="side", words=words, side=both[0])
    return None


def _known_surname(tokens: list[str], sides: Sides) -> str | None:
    """Return the surname of a person of the pack: "Qassem", "Hezbollah's Qassem"."""
    if not tokens or len(tokens) > 3 or not sides.people.fullmatch(tokens[-1]):
        return None
    owned = len(tokens) == 1 or tokens[-2].endswith(("'s", "’s"))
    return tokens[-1] if owned else None


def _read_message(text: str, sides: Sides, names: MediaNames) -> Mention:
    """Read "a ministry statement" as the ministry; a joint one has no single speaker."""
    inner = re.sub(r"\A(?:a|an|the|its|his|her|their)\s+", "", text, flags=re.IGNORECASE)
    inner = re.sub(r"\b(?:written|official|separate|brief|short|new|press)\s+", "", inner)
    inner = inner.rsplit(" ", 1)[0] if " " in inner else ""
    if not inner or re.search(r"\b(?:joint|two|both)\b", inner.lower()):
        return Mention(text=text, name=None, sort="none", words=frozenset())
    owner = re.sub(r"['’]s\Z", "", inner)
    return _read_head(owner if owner[0].isupper() else f"the {owner}", sides, names)


def _read_common(
    text: str, low: list[str], words: frozenset[str], side: Side | None, sides: Sides
) -> Mention:
    anonymous = _is_unnamed(low, words)
    sort = _sort_of(text, low, words, side)
    return Mention(
        text=text,
        name=None if sort == "nominal" else _bare(text),
        sort=sort,
        words=words,
        owner=_owner(text),
        side=side,
        anonymous=anonymous and sort != "nominal",
        armed=sides.is_armed(_bare(text)),
        gender=gender_of(words),
    )


def _is_unnamed(low: list[str], words: frozenset[str]) -> bool:
    """Tell whether a phrase gives an office or a part but no name: "a senior official"."""
    singular = bool(words & {"official", "diplomat", "aide"}) and low[0] not in {"the", "that"}
    return bool(words & ANONYMOUS_NOUNS) and (
        (singular and low[-1] in {"official", "diplomat", "aide"} and len(low) > 1)
        or low[0] in _INDEFINITE
        or "sources" in words
        or "source" in words
    )


def _sort_of(text: str, low: list[str], words: frozenset[str], side: Side | None) -> str:
    if _is_nominal(text, low, words):
        return "nominal"
    stop = next((i for i, word in enumerate(low) if i and word in _TAIL_WORDS), len(low))
    head = low[stop - 1]
    if low[0] == "the" and stop == len(low) in {3, 4} and head in ROLES and head != "official":
        return "titled"
    if head in ROLES:
        return "one"
    if words & PLURAL_GROUPS:
        return "group"
    return "side" if side and not words else "body"


def _is_nominal(text: str, low: list[str], words: frozenset[str]) -> bool:
    """Tell whether a phrase names its speaker only by office: "the ministry", "his office"."""
    if low[0] in {"its", "his", "her", "their", "our", "my"}:
        return len(low) > 1
    if not words:
        return False
    rest = WORD.findall(text)
    if low[0] in {"the", "this", "that"}:
        rest = rest[1:]
    elif low[0] in DETERMINERS or low[-1] in PLURAL_GROUPS or words & {"source", "sources"}:
        return False
    if len(rest) == 1 and rest[0][0].isupper() and rest[0].lower() in _SELF_NAMED:
        return False
    if not rest or any(word in {"of", "for", "in"} for word in rest):
        return bool(rest and rest[0].lower() in MESSAGES)
    plain = all(w.lower() in _BARE_WORDS or w.lower().endswith("'s") for w in rest)
    return plain and (len(rest) == 1 or all(w[0].islower() for w in rest))


def _read_words(tokens: list[str]) -> frozenset[str]:
    """Return the nouns of office and body among the words of a phrase, also as owners."""
    found = {w.lower().rstrip(".") for w in tokens}
    found |= {w[:-2] for w in found if w.endswith(("'s", "’s"))}
    return frozenset(found & _NOUNS)


def _owner(text: str) -> str | None:
    match = _OWNER.match(text) if "'" in text or "’" in text else None
    return match[1] if match else None


def _pronoun(low: str) -> str | None:
    return {"he": "m", "she": "f"}.get(low)


def _bare(text: str) -> str:
    """Return a phrase without its leading article."""
    parts = text.split(None, 1)
    bare = parts[1] if len(parts) > 1 and parts[0].lower() in _ARTICLES else text
    return bare.strip().strip(" ,")
