"""Who a source phrase names: a person, a body, a side, a group, or only "he" or "the ministry".

A `Mention` is what one phrase tells by itself; `bot.claims.antecedents` replaces the bare ones.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from bot.claims.relays import MediaNames, is_media, is_staff
from bot.claims.sides import Side, Sides
from bot.claims.wordlists import (
    ANONYMOUS_NOUNS,
    BODY_NOUNS,
    DETERMINERS,
    FEMALE,
    MALE,
    MESSAGES,
    PERSON_TITLES,
    PLURAL_GROUPS,
    PRONOUNS,
    ROLE_NOUNS,
    word_set,
)
from bot.types import SpeakerKind

_HIDDEN = re.compile(
    r"\b(?:not to be (?:named|identified|quoted)|anonym|unnamed|unidentified|not authori[sz]ed"
    r"|declined to be (?:named|identified)|requested not to be|without giving (?:his|her|a) name"
    r"|on (?:the )?(?:strict )?condition of|familiar with|briefed on|close to the (?:talks|matter"
    r"|negotiations)|with knowledge of|did not want to be (?:named|identified)"
    r"|could not be named|who cannot be named)",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_](?:[\w.’'\-&/]*\w)?\.?")
_OWNER = re.compile(r"\A(?:[Tt]he )?((?:[A-Z][\w\-]*\s){0,3}[A-Z][\w\-]*?)(?:['’]s|s['’])\s")
_PORTFOLIOS = word_set("defence defense state affairs interior health justice war energy security")
#: What stands before "ministry" or "minister" without telling whose.
_OFFICES = word_set(
    "defence defense foreign interior health public prime presidential acting deputy senior chief"
    " state finance justice security national general top"
)
_PARTICLES = word_set("al el bin ibn de van von der da di le la of ben abu")
_MILITARY = re.compile(
    r"(?i)\b(?:army|armies|military|armed forces|defen[cs]e (?:forces|army|ministry|minister)"
    r"|ministry of (?:national )?defen[cs]e|idf|general staff|air force|navy|troops|soldiers?"
    r"|commanders?|brigades?|(?<!secretary[ \-])(?<!prosecutor )(?<!attorney )(?<!director[ \-])general"
    r"|colonel|major|lieutenant|gen\.|col\.|lt\.|maj\.|captain"
    r"|army region|security forces|fighters?|paramilitar\w+|guards?|contingent|frontline unit"
    r"|corps|admiral|brigadier)(?!\w)"
)
_MEDIC = re.compile(
    r"(?i)\b(?:hospitals?|medics?|doctors?|paramedics?|ambulance|rescue|rescuers?|civil defen[cs]e"
    r"|red c(?:ross|rescent)|surgeons?|nurses?|health (?:officials?|workers?|authorities)|morgue"
    r"|medical)\b"
)
_WITNESS = re.compile(
    r"(?i)\b(?:witness(?:es)?|eyewitness(?:es)?|residents?|villagers?|locals|survivors?|neighbou?rs?"
    r"|shopkeeper|farmers?|inhabitants?|civilians?|relatives|famil(?:y|ies)|mother|father"
    r"|people in|refugees?|driver|teacher|student)\b"
)
_MONITOR = re.compile(
    r"(?i)\b(?:observers?|monitors?|monitoring|observatory|watchdog|osce|unifil|verification"
    r"|human rights watch|amnesty|acled|airwars|ceasefire committee)\b"
)
_MEDIATOR = re.compile(r"(?i)\b(?:mediators?|un (?:special )?envoy|facilitators?|negotiator for)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One source phrase and what it tells."""

    text: str  #: as the sentence has it
    name: str | None  #: name to show; None = to be resolved
    sort: str  #: person | body | side | group | media | staff | pronoun | nominal
    words: frozenset[str]  #: its nouns of office or body, lower case
    personal: str | None = None  #: bare personal name, no titles
    owner: str | None = None  #: "Azerbaijan" of "Azerbaijan's defence ministry"
    side: Side | None = None
    anonymous: bool = False
    gender: str | None = None  #: f | m

    @property
    def is_bare(self) -> bool:
        """Tell whether the phrase needs an antecedent."""
        return self.sort in {"pronoun", "nominal"}


def read_mention(head: str, aside: str, sides: Sides, names: MediaNames) -> Mention:
    """Return what a source phrase with its appositive tells."""
    hidden = bool(_HIDDEN.search(head) or _HIDDEN.search(aside))
    if aside and _is_relative(aside):
        aside = ""
    if head[:2].lower() in {"a ", "an"} and _inner_office(head):
        aside = ""
    main, role = _name_first(head, aside)
    mention = _read_head(main, sides, names)
    if role:
        extra = _read_words(role)
        mention = replace(
            mention,
            words=mention.words | extra,
            side=mention.side or sides.of(role),
            gender=mention.gender or _gender(extra),
            text=head,
        )
    if hidden:
        return replace(mention, anonymous=True, name=_bare(head), sort="group")
    return replace(mention, text=head)


def _inner_office(head: str) -> bool:
    """Tell whether an appositive explains another's office: "an adviser to the president, X"."""
    tail = re.search(r" (?:to|of|for) (?:.{1,40} )?(\w+)\Z", head)
    return bool(tail and tail[1].lower() in ROLE_NOUNS)


def _is_relative(aside: str) -> bool:
    return aside.split(" ", 1)[0].lower() in {
        "who", "whose", "which", "speaking", "whom", "in", "on", "at", "after", "where", "when",
        "citing", "quoting", "quoted", "cited", "asked", "writing", "also", "however", "meanwhile",
    }  # fmt: skip


def _name_first(head: str, aside: str) -> tuple[str, str]:
    """Return the part that names a person and the part that gives the office."""
    if not aside:
        return head, ""
    if personal_name(aside) and not personal_name(head):
        return aside, head
    return head, aside


def _read_head(text: str, sides: Sides, names: MediaNames) -> Mention:
    tokens = _WORD.findall(text)
    low = [t.lower().rstrip(".") if t.lower() not in PERSON_TITLES else t.lower() for t in tokens]
    if low and low[-1] in MESSAGES and len(low) > 2:
        return _read_message(text, sides, names)
    words = _read_words(text)
    if len(low) == 1 and low[0] in PRONOUNS:
        return Mention(text=text, name=None, sort="pronoun", words=words, gender=_pronoun(low[0]))
    if is_staff(text, names):
        return Mention(text=text, name=_bare(text), sort="staff", words=words)
    if is_media(text, names):
        return Mention(text=text, name=_bare(text), sort="media", words=words)
    if (low and low[0] == "each") or low == ["both"] or low == ["others"] or low == ["some"]:
        return Mention(text=text, name=None, sort="none", words=words)
    side = sides.of(text)
    personal = personal_name(text)
    if personal:
        return Mention(
            text=text, name=_bare(text), sort="person", words=words, personal=personal,
            side=side, gender=_gender(words | set(low)),
        )  # fmt: skip
    return _read_common(text, low, words, side)


def _read_message(text: str, sides: Sides, names: MediaNames) -> Mention:
    """Read "a ministry statement" as the ministry; a joint one has no single speaker."""
    inner = re.sub(r"\A(?:a|an|the|its|his|her|their)\s+", "", text, flags=re.IGNORECASE)
    inner = re.sub(r"\b(?:written|official|separate|brief|short|new|press)\s+", "", inner)
    inner = inner.rsplit(" ", 1)[0] if " " in inner else ""
    if not inner or re.search(r"\b(?:joint|two|both)\b", inner.lower()):
        return Mention(text=text, name=None, sort="none", words=frozenset())
    owner = re.sub(r"['’]s\Z", "", inner)
    return _read_head(owner if owner[0].isupper() else f"the {owner}", sides, names)


def _read_common(text: str, low: list[str], words: frozenset[str], side: Side | None) -> Mention:
    owner = _owner(text)
    singular = bool(words & {"official", "diplomat", "aide"}) and low[0] not in {"the", "that"}
    anonymous = bool(words & ANONYMOUS_NOUNS) and (
        (singular and low[-1] in {"official", "diplomat", "aide"} and len(low) > 1)
        or low[:1]
        in (["a"], ["an"], ["one"], ["another"], ["two"], ["three"], ["several"], ["some"])
        or "sources" in words
        or "source" in words
    )
    nominal = _is_nominal(text, low, words)
    titled = low[0] == "the" and len(low) in {3, 4} and low[-1] in ROLE_NOUNS - {"official"}
    sort = (
        "titled"
        if titled and not nominal
        else "nominal"
        if nominal
        else "group"
        if words & PLURAL_GROUPS
        else "body"
    )
    return Mention(
        text=text,
        name=None if nominal else _bare(text) if not anonymous else text.strip(),
        sort=sort if not (sort == "body" and not words and side) else "side",
        words=words,
        owner=owner,
        side=side,
        anonymous=anonymous,
        gender=_gender(words),
    )


def _is_nominal(text: str, low: list[str], words: frozenset[str]) -> bool:
    """Tell whether a phrase names its speaker only by office: "the ministry", "his office"."""
    if not words or words & {"sources", "source"}:
        return False
    if low[0] in {"its", "his", "her", "their", "our", "my"}:
        return True
    rest = _WORD.findall(text)
    if low[0] in {"the", "this", "that"}:
        rest = rest[1:]
    elif low[0] in DETERMINERS or low[-1] in PLURAL_GROUPS:
        return False
    if not rest or any(word in {"of", "for", "in"} for word in rest):
        return bool(rest and rest[0].lower() in MESSAGES)
    nouns = ROLE_NOUNS | BODY_NOUNS | MESSAGES | PLURAL_GROUPS
    plain = all(w.lower() in nouns | _OFFICES or w.lower().endswith("'s") for w in rest)
    return plain and (len(rest) == 1 or all(w[0].islower() for w in rest))


def _read_words(text: str) -> frozenset[str]:
    found = {w.lower().rstrip(".") for w in _WORD.findall(text)}
    found |= {w[:-2] for w in found if w.endswith(("'s", "’s"))}
    return frozenset(found & (ROLE_NOUNS | BODY_NOUNS | PLURAL_GROUPS | ANONYMOUS_NOUNS | MESSAGES))


#: Two-word names of seats of power that look like a person's.
_NOT_PEOPLE = re.compile(
    r"(?:Phnom Penh|New Delhi|Tel Aviv|Addis Ababa|Kuala Lumpur|Abu Dhabi|Buenos Aires|Port Sudan"
    r"|White House|Downing Street|Blue House|San Salvador|Elysee Palace|Capitol Hill|Hong Kong"
    r"|Sri Lanka|Saudi Arabia|Sierra Leone|Costa Rica|El Salvador|Nagorno Karabakh|Burkina Faso)\Z"
)


def personal_name(text: str) -> str | None:
    """Return the personal name that ends a phrase, without titles; None where there is none."""
    tokens = _WORD.findall(text)
    run: list[str] = []
    for token in reversed(tokens):
        low = token.lower()
        if low in PERSON_TITLES or low.endswith(("'s", "’s")):
            break
        capital = token[0].isupper() and low not in DETERMINERS
        if (capital and low.rstrip(".") not in BODY_NOUNS) or (run and low in _PARTICLES - {"of"}):
            run.append(token)
        else:
            break
    while run and (not run[-1][0].isupper()):
        run.pop()
    rest = tokens[: len(tokens) - len(run)]
    before = rest[-1].lower() if rest else ""
    titled = before in PERSON_TITLES or before.rstrip(".") in ROLE_NOUNS
    if not run or len(run) > 4 or _is_governed(rest):
        return None
    if len(run) == 1 and not titled:
        return None
    if not titled and (before in DETERMINERS or any(_is_institution(w) for w in run)):
        return None
    name = " ".join(reversed(run))
    return None if _NOT_PEOPLE.search(name) else name


def _is_governed(rest: list[str]) -> bool:
    """Tell whether a name belongs to somebody else's office: "an aide to President Aliyev"."""
    i = len(rest) - 1
    while i >= 0:
        low = rest[i].lower()
        if low in PERSON_TITLES or low.rstrip(".") in ROLE_NOUNS:
            i -= 1
        elif low in _PORTFOLIOS and i and rest[i - 1].lower() in {"of", "for"}:
            i -= 2
        else:
            return low in {"of", "for", "in", "at", "from", "to", "on", "and", "by", "with"}
    return False


def _is_institution(word: str) -> bool:
    low = word.lower().rstrip(".")
    return (
        low in BODY_NOUNS | PLURAL_GROUPS | {"defence", "defense", "foreign", "interior", "united",
        "nations", "states", "north", "south", "new", "red", "white", "supreme", "national",
        "international", "human", "rights", "islamic", "arab", "european", "african", "security",
        "jihad", "city", "west", "east", "middle", "saudi", "sri", "world", "health", "public"}
        or word.isupper()
    )  # fmt: skip


def _owner(text: str) -> str | None:
    match = _OWNER.match(text)
    return match[1] if match else None


def _gender(words: frozenset[str] | set[str]) -> str | None:
    if words & FEMALE:
        return "f"
    return "m" if words & MALE else None


def _pronoun(low: str) -> str | None:
    return {"he": "m", "she": "f"}.get(low)


def _bare(text: str) -> str:
    """Return a phrase without its leading article."""
    return re.sub(r"\A(?:[Tt]he|THE)\s+", "", text.strip()).strip(" ,")


def kind_of(mention: Mention, shown: str) -> SpeakerKind:
    """Return what sort of speaker a resolved mention is."""
    text = f"{shown} {mention.text}"
    if mention.anonymous:
        return SpeakerKind.ANONYMOUS
    if mention.sort in {"media", "staff"}:
        return SpeakerKind.MEDIA
    if mention.side is not None and mention.side.role != "party":
        return SpeakerKind(mention.side.role)
    for pattern, kind in (
        (_MEDIATOR, SpeakerKind.MEDIATOR),
        (_MEDIC, SpeakerKind.MEDIC),
        (_WITNESS, SpeakerKind.WITNESS),
        (_MILITARY, SpeakerKind.MILITARY),
        (_MONITOR, SpeakerKind.MONITOR),
    ):
        if pattern.search(text):
            return kind
    if mention.sort == "side":
        return SpeakerKind.PARTY
    if mention.sort == "body" and not mention.words and mention.side is None:
        return SpeakerKind.PARTY if " " not in shown else SpeakerKind.OFFICIAL
    return SpeakerKind.OFFICIAL
