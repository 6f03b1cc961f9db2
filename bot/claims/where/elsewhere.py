"""Worlds that borrow the words of war, and countries beyond a conflict: words and questions."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from bot.claims.words import Keyed, words_of

#: Sport, trade, entertainment and gossip; two hits make a text figurative.
_FIGURATIVE = Keyed(
    r"(?<!\w)(?:football\w*|soccer|boxing|boxers?|cricket\w*|tennis|rugby|basketball|hockey|"
    r"coach(?:es)?|"
    r"(?<!arab )league|cup final|goalkeeper|striker|midfielder|defender|winger|"
    r"(?<!to )(?<!may )(?<!can )(?<!will )(?<!could )(?<!would )(?<!should )(?<!not )match(?:es)?|"
    r"tournament|"
    r"championships?|stadium|fixture|referee|season|stoppage time|extra time|half-time|kick-?off|"
    r"penalty shoot-?out|\d-\d (?:win|victory|draw|defeat|loss|lead)|keeper|home games?|"
    r"play-?offs?|equali[sz]er|(?:one|two|three|four)-goal|own goal|innings|wickets?|batsm[ae]n|"
    r"bowlers?|medal(?:s|list)?|semi-?finals?|quarter-?finals?|grand prix|marathon|relegat\w+|"
    r"tariffs?|import ban|(?:trade|price|currency|bidding) wars?|market share|dairy|exporters|"
    r"shoppers?|customers?|consumers?|retail(?:ers?)?|supermarkets?|butchers?|wholesalers?|"
    r"subsid(?:y|ies)|shareholders|box office|film|"
    r"movie|"
    r"novel|album|band|sitcom|actor|actress|celebrit(?:y|ies)|festival|divorce|in-laws|"
    r"(?<!russian )federations?|athletes?|olympic\w*|chess|video game|premiere|streaming|"
    r"sweaters?|recipes?)\b",
    "football footballer footballers footballing soccer boxing boxer boxers cricket"
    " cricketer cricketers cricketing tennis rugby basketball hockey coach coaches league"
    " cup goalkeeper striker midfielder defender winger match matches tournament"
    " championship championships stadium fixture referee season stoppage extra half kickoff"
    " kick penalty win victory draw defeat loss lead keeper game games play playoff playoffs"
    " equaliser equalisers equalizer equalizers goal innings wicket wickets batsman batsmen"
    " bowler bowlers medal medals medallist semi semifinal semifinals quarter quarterfinal"
    " quarterfinals prix marathon relegate relegates relegated relegating relegation tariff"
    " tariffs import trade price currency bidding market dairy exporters subsidy subsidies"
    " shopper shoppers customer customers consumer consumers retail retailer retailers supermarket"
    " supermarkets butcher butchers wholesaler wholesalers"
    " shareholders box film movie"
    " novel album band sitcom actor actress celebrity celebrities festival divorce laws"
    " federation federations athlete athletes olympic olympics chess video premiere"
    " streaming sweater sweaters recipe recipes",
    lowered=True,
)
_ARMED = re.compile(
    r"(?<!\w)(?:kill(?:s|ed|ing)|dead|wound(?:ed|ing)|siege|explosions?|soldiers?|troops|"
    r"shell(?:s|ed|ing)|"
    r"missiles?|rockets?|drones?|air ?strikes?|artillery|gunmen|gunfire|militants?|army|armies|"
    r"rebels?|"
    r"hostages?|bomb\w*|civilians?|guerrillas?|insurgents?|mortars?|machine-?\s?guns?|grenades?"
    r"|snipers?|came under (?:attack|fire))\b"
)
#: Games and arts, one of which is enough where nobody fights.
_PASTIME = Keyed(
    r"(?<!\w)(?:football\w*|soccer|box(?:ing|ers?)|cricket\w*|tennis|rugby|basketball|hockey|"
    r"(?<!to )(?<!may )(?<!can )(?<!will )(?<!could )(?<!would )(?<!should )(?<!not )"
    r"match(?:es)?|tournament|championships?|goalkeeper|innings|wickets?|medals?|semi-?finals?|"
    r"grand prix|marathon|athletes?|olympic\w*|chess|films?|movie|novel|album|actor|actress|"
    r"box office|premiere|sitcom|choirs?|concerts?|orchestras?|operas?)\b",
    "football footballer footballers soccer boxing boxer boxers cricket cricketer cricketers tennis"
    " rugby basketball hockey match matches tournament championship championships goalkeeper"
    " innings wicket wickets medal medals semi semifinal semifinals prix marathon athlete athletes"
    " olympic olympics chess film films movie novel album actor actress box premiere sitcom choir"
    " choirs concert concerts orchestra orchestras opera operas",
    lowered=True,
)
#: A scene told from a work of fiction or a book, whatever is fought there.
_FICTION = Keyed(
    r"\b(?:in|of|from) (?:the|his|her|their|this|a) (?:new |first |latest )?"
    r"(?:film|movie|novel|play|series|thriller|drama|documentary|memoir|comic|video game|"
    r"sitcom)(?:['’]s\b|,)"
    r"|\b(?:film|movie|novel|play|series|thriller|drama|documentary|memoir|book)\b[^.;]{0,60}?"
    r"\b(?:opens? with|begins? with|ends? with|follows|tells? (?:the story )?of|is set in|stars|"
    r"depicts|"
    r"recounts|chronicles|imagines)\b"
    r"|\b(?:the|a|his|her) (?:protagonist|heroine|screenplay|plot|final chapter|opening chapter|"
    r"season finale|"
    r"closing credits|opening scene|final scene|finest scene)\b"
    r"|\bin (?:the|this) (?:script|scenario|simulation|war ?games?|drill|"
    r"exercise),|\bfictional\b",
    "film movie novel play series thriller drama documentary memoir comic video sitcom book"
    " protagonist heroine screenplay plot chapter finale credits scene script scenario simulation"
    " wargame wargames game games drill exercise fictional",
    lowered=True,
)
#: Countries and their people; those with a role in a pack are no strangers to it.
COUNTRIES = re.compile(
    r"\b(?:Afghan(?:istan|s)?|Alban(?:ia|ian)|Algeria(?:n)?|Angola(?:n)?|Argentin(?:a|e|ian)|"
    r"Armenia(?:n)?|Australia(?:n)?|Azerbaijan(?:i)?|"
    r"Austria(?:n)?|Bahrain(?:i)?|Bangladesh(?:i)?|Belarus(?:ian)?|Belgi(?:um|an)|Bhutan(?:ese)?|"
    r"Bolivia(?:n)?|"
    r"Bosnia(?:n)?|Brazil(?:ian)?|Bulgaria(?:n)?|Burkina Faso|Cambodia(?:n)?|Cameroon(?:ian)?|"
    r"Canad(?:a|ian)|"
    r"Central African Republic|Chad(?:ian)?|Chile(?:an)?|China|Chinese|Colombia(?:n)?|"
    r"Congo(?:lese)?|Croatia(?:n)?|"
    r"Cuba(?:n)?|Cypr(?:us|iot)|Czech(?: Republic)?|Denmark|Danish|Ecuador(?:ian)?|Egypt(?:ian)?|"
    r"Eritrea(?:n)?|"
    r"Estonia(?:n)?|Ethiopia(?:n)?|Finland|Finnish|France|French|Georgia(?:n)?|German(?:y)?|"
    r"Ghana(?:ian)?|"
    r"Greece|Greek|Guatemala(?:n)?|Guinea|Haiti(?:an)?|Hondura(?:s|n)|Hungar(?:y|ian)|"
    r"Iceland(?:ic)?|India(?:n)?|Israel(?:i)?|"
    r"Indonesia(?:n)?|Iran(?:ian)?|Iraq(?:i)?|Ireland|Irish|Italian|Italy|Japan(?:ese)?|"
    r"Jordan(?:ian)?|"
    r"Kazakh(?:stan)?|Kenya(?:n)?|Kosovo|Kuwait(?:i)?|Kyrgyz(?:stan)?|Lao(?:s|tian)|Latvia(?:n)?|"
    r"Lebanon|Lebanese|Liberia(?:n)?|"
    r"Libya(?:n)?|Lithuania(?:n)?|Madagascar|Malawi|Malaysia(?:n)?|Mali(?:an)?|Maurit(?:ania|"
    r"anian)|Mexic(?:o|an)|"
    r"Moldova(?:n)?|Mongolia(?:n)?|Morocc(?:o|an)|Mozambi(?:que|can)|Myanmar|Burmese|"
    r"Namibia(?:n)?|Nepal(?:i|ese)?|"
    r"Netherlands|Pakistan(?:i)?|Dutch|"
    r"New Zealand|Nicaragua(?:n)?|Niger(?:ia|ian)?|North Korea(?:n)?|Norw(?:ay|"
    r"egian)|Oman(?:i)?|"
    r"Palestin(?:e|ian)|Panama(?:nian)?|Peru(?:vian)?|Philippines?|Filipino|Poland|Polish|"
    r"Portug(?:al|uese)|Qatar(?:i)?|"
    r"Romania(?:n)?|Russia(?:n)?|Rwanda(?:n)?|Sudan(?:ese)?|Ukrain(?:e|ian)|"
    r"Saudi|Senegal(?:ese)?|Serbia(?:n)?|Sierra Leone|Singapore|"
    r"Slovak(?:ia|ian)?|"
    r"Slovenia(?:n)?|Somali(?:a)?|South Africa(?:n)?|South Korea(?:n)?|South Sudan(?:ese)?|Spain|"
    r"Spanish|Sri Lanka(?:n)?|"
    r"Swed(?:en|ish)|Switzerland|Swiss|Syria(?:n)?|Taiwan(?:ese)?|Tajik(?:istan)?|Tanzania(?:n)?|"
    r"Thai(?:land)?|Tunisia(?:n)?|"
    r"Turk(?:ey|ish)|Turkmen(?:istan)?|Ugand(?:a|an)|Uruguay(?:an)?|Uzbek(?:istan)?|"
    r"Venezuela(?:n)?|Vietnam(?:ese)?|Yemen(?:i)?|"
    r"Zambia(?:n)?|Zimbabwe(?:an)?|Alabama|Alaska|Arizona|Arkansas|California|Colorado|"
    r"Connecticut|Florida|Illinois|"
    r"Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|"
    r"Mississippi|Missouri|"
    r"Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|North Carolina|"
    r"North Dakota|Ohio|Oklahoma|"
    r"Oregon|Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|"
    r"Virginia|Wisconsin|"
    r"Wyoming|Ontario|Quebec|Alberta|Queensland|New South Wales)\b"
)


@lru_cache(maxsize=1024)
def countries_in(text: str) -> tuple[tuple[int, int], ...]:
    """Return where countries and their people are named."""
    found: list[tuple[int, int]] = []
    for word, start in words_of(text).spans:
        match = COUNTRIES.match(text, start) if word[0].isupper() else None
        if match is not None and not (found and start < found[-1][1]):
            found.append(match.span())
    return tuple(found)


def homelands_in(texts: Iterable[str]) -> frozenset[str]:
    """Return the countries that the names of a conflict speak of, by their first letters.

    A pack that knows the "Syrian army" is at home in Syria.
    """
    return frozenset(_stem(text, span) for text in texts for span in countries_in(text))


def strangers_in(text: str, own: Collection[str]) -> list[tuple[int, int]]:
    """Return where countries other than the conflict's `own` are named."""
    return [span for span in countries_in(text) if _stem(text, span) not in own]


#: Who fights in a war, behind the name of its country and in front of it.
_FIGHTERS = (
    r"(?:rebels?|rebellion|guerrillas?|insurgents?|insurgency|militias?|militiamen|warlords?|junta"
    r"|islamists?|jihadists?|militants?|separatists?|mutineers|fighters|gunmen)"
)
_FIGHT_BEHIND = re.compile(rf"(?:['’]s)? (?:[\w-]+ )?{_FIGHTERS}\b", re.IGNORECASE)
_FIGHT_BEFORE = re.compile(
    rf"\b{_FIGHTERS}(?: (?:lairs?|bases?|camps?|strongholds?|hideouts?|positions?))?"
    r" (?:in|of|from) (?:the )?(?:(?:north|south|east|west)(?:[- ]?(?:east|west))?(?:ern)? )?$",
    re.IGNORECASE,
)


def tells_of_other_war(text: str, own: Collection[str]) -> bool:
    """Tell whether the fighters of another country are named: "Rebels in Norland have offered"."""
    return any(
        _FIGHT_BEHIND.match(text, end) or _FIGHT_BEFORE.search(text[:start])
        for start, end in strangers_in(text, own)
    )


def _stem(text: str, span: tuple[int, int]) -> str:
    return text[span[0] : span[0] + 4].lower()


#: Where games are played, and where soldiers camp and fight: a place, and one word of sport; and
#: the seasons of farmers, rain and fasting, which are none of sport.
_VENUE = re.compile(
    r"\b(?:football|soccer|cricket|rugby|tennis|basketball|boxing|olympic|sports?)"
    r"\s(?=(?:stadium|ground|field|pitch|hall|club|match)s?\b)"
    r"|\b(?:farming|planting|sowing|growing|cropping|harvest(?:ing)?|lean|hunger|rainy|wet|dry|monsoon"
    r"|grazing|fishing|hunting|fighting|campaigning|holiday|festive|hajj|pilgrimage|agricultural"
    r"|cyclone|hurricane)\sseasons?\b"
)


_OF_STATES = ("federation", "federations")


def is_figurative(*texts: str, own: Collection[str] = ()) -> bool:
    """Tell whether sentences are of sport, trade or show business rather than of war.

    Args:
        own: words, in small letters, of which a conflict's own names are made ("league").
    """
    found = [word for text in texts for word in _figures_of_speech(text) if word not in own]
    # One word alone is no game, however often a report has it: a federation may be one of states,
    # and a season that of the rifle.
    played = [word for word in found if word not in _OF_STATES]
    hits = len(played) + any(word in _OF_STATES for word in found)
    armed = sum(len(_ARMED.findall(text.lower())) for text in texts)
    return len(set(played)) > 1 and hits > armed


@lru_cache(maxsize=1024)
def _figures_of_speech(text: str) -> tuple[str, ...]:
    return tuple(match[0] for match in _FIGURATIVE.finditer(_VENUE.sub(" ", text.lower())))


def is_pastime(*texts: str) -> bool:
    """Tell whether a game or a work of art is named."""
    return any(_PASTIME.search(_VENUE.sub(" ", text.lower())) for text in texts)


def is_fiction(text: str) -> bool:
    """Tell whether a sentence retells a work of fiction or a book."""
    return bool(_FICTION.search(text))
