"""Agencies and outlets that passed a speaker's words on.

Finds media names in a sentence and tells their part: the source of the sentence, the ear that
was told, the carrier of a statement, or staff who saw it themselves. Also reads agency credits
and datelines of a whole entry. The registry comes in as an argument.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.claims.alternation import any_of
from bot.claims.grammar.wordlists import word_set
from bot.claims.grammar.words import longest_word, words_of
from bot.claims.memo import once_per_object
from bot.types import Entry


class WireName(Protocol):
    """What the registry of outlets tells of one agency."""

    @property
    def name(self) -> str:
        """The name shown to readers."""
        ...

    @property
    def all_names(self) -> tuple[str, ...]:
        """The name and its aliases."""
        ...

    @property
    def ambiguous(self) -> bool:
        """Whether the name counts only in credit positions."""
        ...

    @property
    def state(self) -> str | None:
        """The country whose government owns or steers it."""
        ...


#: Outlets that are often named as the ear or the carrier; agencies come from the registry.
_OUTLETS = (
    "CNN|BBC|NBC News|ABC News|CBS News|NPR|PBS|Fox News|MSNBC|Sky News|ITV|Al Jazeera"
    "|Al Arabiya|Al Mayadeen|Al-Manar|Al Manar|Al Hadath|Asharq Al-Awsat|Haaretz|Axios|Politico"
    "|Bloomberg|France 24|RFE/RL|Radio Free Europe|Voice of America|Deutsche Welle|Euronews"
    "|Yedioth Ahronoth|Maariv|Israel Hayom|Walla|i24NEWS|Kommersant|Vedomosti|Izvestia|Meduza"
    "|Mediazona|Novaya Gazeta|Kyiv Independent|Ukrainska Pravda|Hurriyet|Sabah|Le Monde|Le Figaro"
    "|Der Spiegel|Die Welt|Middle East Eye|Al-Akhbar|An-Nahar|Al-Ahram|Radio Dabanga|Darfur24|NDTV"
    r"|The Hindu|The Economist|Newsweek|The Atlantic|CBS|(?:[Tt]he )?Guardian(?=[ ,.]|\Z)"
    "|Asharq Al-Awsat|Fars|Tasnim|Channel 12|Channel 13|Army Radio|Kan|Ynet|Rossiya 1|Rossiya-1"
    "|Telegram channel"
)
_MEDIA_NOUN = (
    "(?:radio|TV|television) (?:station|channel|network)|news (?:site|website|channel|portal)"
    "|TV|Television|television|(?:[Nn]ews|[Pp]ress|[Ii]nformation|Telegraph(?:ic)?) [Aa]gency"
    "|News|Times|Post|Radio|radio|Press|Channel|channel|"
    "Journal|Herald|Tribune|Telegraph|Guardian|Gazette|newspaper|newspapers|daily|broadcaster"
    "|news outlet"
)
_MEDIA_PHRASE = re.compile(
    rf"(?:\b[Tt]he )?(?:\b[A-Z][\w'’\-/]{{1,24}} ){{1,4}}(?:{_MEDIA_NOUN})\b"
    r"|\b(?:[Ss]tate|[Ll]ocal|[Pp]ublic|[Nn]ational|Russian|Israeli|Iranian|Turkish|Ukrainian|Arab|Western"
    r"|[A-Z][a-z]{2,14}(?:i|ian|ish|ese|an)) (?:state )?(?:media|television|TV|radio"
    r"|news agenc(?:y|ies)|broadcaster|newspapers?)\b"
    rf"|\b(?:{_OUTLETS})\b"
)
#: A kind of medium in front of its name: "the Turkish daily Hurriyet", "broadcaster Kan".
_CALLED = re.compile(
    r"\b(?:newspapers?|daily|weekly|broadcaster|magazine|tabloid|(?:news|press) agency"
    r"|(?:news|media) outlet|news ?(?:site|website|portal)|(?:TV|television|radio|news|Telegram)"
    r" (?:channel|station|network)) ([A-Z][\w'’.\-]{1,24}(?: [A-Z0-9][\w'’\-]{0,24}){0,3})"
)
_MEDIA_WORDS = frozenset(map(longest_word, _OUTLETS.split("|"))) | word_set(
    "station channel network site website portal tv television agency agencies news times post"
    " radio press journal herald tribune telegraph guardian gazette newspaper newspapers daily"
    " weekly broadcaster outlet media magazine tabloid newssite newswebsite newsportal"
)
_STAFF = re.compile(
    r"\b(?:journalists?|reporters?|correspondents?|witness(?:es)?|photographers?|teams?|crews?"
    r"|producers?|(?<!chief of )staff|eyewitness(?:es)?)\b"
)
_STAFF_WRITER = re.compile(r"(?i)\bstaff writer")
_CARRIER = re.compile(
    r"\b(?:carried|(?:re)?published|quoted|cited|reported|released|aired|(?:re)?broadcast|relayed"
    r"|distributed|shared|shown|obtained|seen|reviewed|(?:re)?posted|run)\s+(?:\w{1,12}\s+){0,2}?(?:by|on|to|in)\s+"
    r"(?:the |[a-z\-]{1,20} ){0,5}$"
    r"|\b(?:interview|remarks|comments|[Ss]peaking|spoke|statement|briefing|message|letter|e-?mail"
    r"|note|reply|response|answer)\s+(?:\w{1,12}\s+){0,2}?"
    r"(?:with|to|for|on)\s+(?:the |[a-z\-]{1,20} ){0,5}$"
    r"|\b(?:as saying by|via)\s+(?:the |[a-z\-]{1,20} ){0,5}$"
    r"|\baccording to\s+(?:the |[A-Za-z\-]{1,20} ){0,5}$"
)
#: Without one of these words nobody carried another's.
_CARRYING = word_set(
    "carried published republished quoted cited reported released aired broadcast rebroadcast"
    " relayed distributed shared shown obtained seen reviewed posted reposted run interview remarks"
    " comments speaking spoke statement briefing message letter email mail note reply response"
    " answer saying via according report reports writes wrote"
)
#: "..., Xinhua reports." behind another's words.
_CLOSING = re.compile(
    r"(?: news agency| agency| newspaper)? (?:reports?|reported|writes|wrote)"
    r"(?: (?:on )?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)?\W{0,3}\Z"
)
_AFTER_COMMA = re.compile(r",[”\"]? (?:the |[A-Z][a-z]+ (?:state )?(?:news agency )?)?\Z")
_MONTHS = (
    "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?"
    "|Sep(?:t(?:ember)?)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?"
)
_DATE = rf"(?:(?:{_MONTHS})\.?,? \d{{1,2}}|\d{{1,2}} (?:{_MONTHS})\.?)(?:,? \d{{4}})?"
_CITY = r"[A-Z][\w'’.\-]{1,20}(?:[ /][A-Z][\w'’.\-]{1,20}){0,4}"
#: A state behind its town: "Republic of Congo", "Bosnia and Herzegovina".
_LAND = rf"{_CITY}(?: (?:of|and)(?: the)? {_CITY})?"
#: The opening of an agency text: city, date, agency, dash.
DATELINE = re.compile(
    rf"\A\s*(?:(?P<lead>[A-Z]{{3,10}}) )?(?:{_CITY}(?:, {_LAND})?[,.]?\s*)?"
    rf"(?:(?P<date>(?i:{_DATE}))[,.]?\s*)?"
    r"(?:\((?P<paren>[^()]{2,40})\)|/(?P<slash>[^/]{2,30})/|(?P<bare>[A-Z][A-Za-z ]{1,24}?))?\.?"
    r"\s*(?:--|[–—:]|(?<=[\s)])[-_])\s+",
)
_DOTTED = re.compile(
    rf"\A\s*{_CITY}[,.] (?i:(?:{_MONTHS})\.? \d{{1,2}}|\d{{1,2}} (?:{_MONTHS}))(?:,? \d{{4}})?"
    r"(?:[,.]|\s[-–—])?\s*"
    r"(?:/(?P<slash>[^/]{2,30})/|\((?P<paren>[^()]{2,40})\)|(?P<bare>[A-Z][A-Za-z]{1,24}"
    r"(?: [A-Z][a-z]{1,20})?))?(?:\.|\Z)(?:\s+[-–—]+)?\s*"
)
_TRAILING = re.compile(
    r"(?:[.!?\"”]\s*|\n\s*)[(\[\-–— ]{0,3}([A-Z][A-Za-z \-]{1,24})[)\]]?\s*\Z"
    r"|\s[(\[]([A-Z][A-Za-z \-]{1,24})[)\]][.!?]?\s*\Z"
)
_CITY_BARE = re.compile(rf"\A\s*(?:[A-Z][A-Z/'’ .\-]{{2,40}}|{_CITY})\s(?:-|–|—|--)\s")
_CITY_COLON = re.compile(r"\A\s*[A-Z][A-Z/'’ .\-]{2,40}:\s")


#: No dateline but a dotted one does without a mark and a space.
_MARK = re.compile(r"[–—:_\-]\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaNames:
    """A compiled registry: finds media names and gives the shown form of each."""

    sure: re.Pattern[str]  #: names that are media wherever they stand
    every: re.Pattern[str]  #: these and the ambiguous ones
    words: frozenset[str]  #: no name of an agency or an outlet does without one of these
    shown: dict[str, str]
    states: dict[str, str | None]

    def canonical(self, name: str) -> str:
        """Return the registry's form of `name`, or the name itself."""
        bare = re.sub(r"\A[Tt]he ", "", name.strip())
        return self.shown.get(bare.casefold(), bare)


def _alternation(names: list[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{any_of(names)})(?![\w-])")


@once_per_object
def media_names(wires: Sequence[WireName]) -> MediaNames:
    """Return the compiled registry for `wires`."""
    sure = [wire for wire in wires if not wire.ambiguous]
    every = [name for wire in wires for name in wire.all_names]
    return MediaNames(
        sure=_alternation([name for wire in sure for name in wire.all_names]),
        every=_alternation(every),
        words=_MEDIA_WORDS.union(map(longest_word, every)),
        shown={name.casefold(): wire.name for wire in wires for name in wire.all_names},
        states={wire.name: wire.state for wire in wires},
    )


def media_in(text: str, names: MediaNames, *, credit: bool = False) -> tuple[int, int] | None:
    """Return the span of the first media name in `text`; `credit` allows ambiguous ones."""
    if names.words.isdisjoint(words_of(text)):
        return None
    match = (names.every if credit else names.sure).search(text)
    if match:
        longer = _MEDIA_PHRASE.match(text, match.start())
        return longer.span() if longer and longer.end() > match.end() else match.span()
    called = _CALLED.search(text)
    if called:
        return called.span(1)
    match = _MEDIA_PHRASE.search(text)
    return match.span() if match else None


def is_media(text: str, names: MediaNames) -> bool:
    """Tell whether a phrase is an agency or outlet itself, and not its staff."""
    span = media_in(text, names, credit=True)
    if span is None or (_STAFF.search(text) and not _STAFF_WRITER.search(text)):
        return False
    return _heads(text, span)


def media_sort(text: str, names: MediaNames) -> str | None:
    """Return "staff" for an outlet's own people ("an AFP journalist"), "media" for itself."""
    span = media_in(text, names, credit=True)
    if span is None:
        return None
    if _STAFF.search(text):
        return "staff"
    return "media" if _heads(text, span) else None


def _heads(text: str, span: tuple[int, int]) -> bool:
    """Tell whether a media name is the head of the phrase: nothing but an aside follows it."""
    rest = text[span[1] :].strip()
    return not rest or rest[0] in ",(" or bool(re.match(r"(?:news )?agency|on |in |for |TV", rest))


def carriers(text: str, names: MediaNames, words: frozenset[str]) -> str | None:
    """Return the agency or outlet that carried the words, where the sentence says so."""
    if names.words.isdisjoint(words) or _CARRYING.isdisjoint(words):
        return None
    for pattern in (names.every, _MEDIA_PHRASE):
        for match in pattern.finditer(text):
            if _CLOSING.match(text, match.end()) and _AFTER_COMMA.search(text[: match.start()]):
                return names.canonical(match.group())
            if _CARRIER.search(text[max(0, match.start() - 90) : match.start()]) and not (
                _STAFF.match(text[match.end() :].lstrip(" '’s"))
            ):
                return names.canonical(match.group())
    return None


def body_offset(text: str) -> int:
    """Return where the body begins after a dateline, 0 where there is none."""
    dotted = _DOTTED.match(text)
    if dotted:
        return dotted.end()
    if not _MARK.search(text):
        return 0
    match = DATELINE.match(text)
    if match and (match["date"] or match["paren"] or match["slash"] or match["lead"]):
        return match.end()
    for bare in (_CITY_BARE, _CITY_COLON):
        short = bare.match(text)
        if short and short.group().strip(" -–—:").isupper():
            return short.end()
    return 0


def credited(entry: Entry, names: MediaNames) -> str | None:
    """Return the agency that an entry credits by dateline or trailing name, not its own outlet."""
    text = entry.text or entry.summary or ""
    found = _dateline_credit(text.lstrip().split("\n", 1)[0][:300], names) or _trailing_credit(
        text[-80:], names
    )
    return None if found is None or same_outlet(found, entry, names) else found


def _dateline_credit(text: str, names: MediaNames) -> str | None:
    for pattern in (_DOTTED, DATELINE) if _MARK.search(text) else (_DOTTED,):
        match = pattern.match(text)
        if not match:
            continue
        for group in match.groupdict().values():
            hit = names.shown.get(group.strip().casefold()) if group else None
            if hit:
                return hit
    return None


def _trailing_credit(text: str, names: MediaNames) -> str | None:
    match = _TRAILING.search(text)
    if not match:
        return None
    return names.shown.get((match[1] or match[2]).strip(" -").casefold())


def same_outlet(name: str, entry: Entry, names: MediaNames) -> bool:
    """Tell whether `name` is the outlet of the entry itself."""
    own = {entry.outlet.casefold(), entry.outlet_name.casefold()}
    own.add(names.canonical(entry.outlet_name).casefold())
    own.add(names.canonical(entry.outlet).casefold())
    return names.canonical(name).casefold() in own
