"""Worlds that borrow the words of war, and countries beyond a conflict: words and questions."""

from __future__ import annotations

import re
from functools import lru_cache

#: Sport, trade, entertainment and gossip; two hits make a text figurative.
_FIGURATIVE = re.compile(
    r"(?<!\w)(?:football\w*|soccer|boxing|boxers?|cricket\w*|tennis|rugby|basketball|hockey|"
    r"coach(?:es)?|"
    r"(?<!arab )league|cup final|goalkeeper|striker|midfielder|defender|winger|match|matches|"
    r"tournament|"
    r"championships?|stadium|fixture|referee|season|stoppage time|extra time|half-time|kick-?off|"
    r"penalty shoot-?out|\d-\d (?:win|victory|draw|defeat|loss|lead)|keeper|home games?|"
    r"play-?offs?|equali[sz]er|(?:one|two|three|four)-goal|own goal|innings|wickets?|batsm[ae]n|"
    r"bowlers?|medal(?:s|list)?|semi-?finals?|quarter-?finals?|grand prix|marathon|relegat\w+|"
    r"tariffs?|import ban|trade war|dairy|exporters|subsid(?:y|ies)|shareholders|box office|film|"
    r"movie|"
    r"novel|album|band|sitcom|actor|actress|celebrit(?:y|ies)|festival|divorce|in-laws|"
    r"(?<!russian )federations?|athletes?|olympic\w*|chess|video game|premiere|streaming|"
    r"sweaters?|recipes?)\b"
)
_ARMED = re.compile(
    r"(?<!\w)(?:kill(?:s|ed|ing)|dead|wound(?:ed|ing)|siege|explosions?|soldiers?|troops|"
    r"shell(?:s|ed|ing)|"
    r"missiles?|rockets?|drones?|air ?strikes?|artillery|gunmen|gunfire|militants?|army|armies|"
    r"rebels?|"
    r"hostages?|bomb\w*|civilians?)\b"
)
#: A scene told from a work of fiction or a book, whatever is fought there.
_FICTION = re.compile(
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
)
#: Countries and their people; those with a role in a pack are no strangers to it.
COUNTRIES = re.compile(
    r"\b(?:Afghan(?:istan|s)?|Alban(?:ia|ian)|Algeria(?:n)?|Angola(?:n)?|Argentin(?:a|e|ian)|"
    r"Australia(?:n)?|"
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
    r"Iceland(?:ic)?|"
    r"Indonesia(?:n)?|Iran(?:ian)?|Iraq(?:i)?|Ireland|Irish|Italian|Italy|Japan(?:ese)?|"
    r"Jordan(?:ian)?|"
    r"Kazakh(?:stan)?|Kenya(?:n)?|Kosovo|Kuwait(?:i)?|Kyrgyz(?:stan)?|Lao(?:s|tian)|Latvia(?:n)?|"
    r"Liberia(?:n)?|"
    r"Libya(?:n)?|Lithuania(?:n)?|Madagascar|Malawi|Malaysia(?:n)?|Mali(?:an)?|Maurit(?:ania|"
    r"anian)|Mexic(?:o|an)|"
    r"Moldova(?:n)?|Mongolia(?:n)?|Morocc(?:o|an)|Mozambi(?:que|can)|Myanmar|Burmese|"
    r"Namibia(?:n)?|Nepal(?:i|ese)?|"
    r"Netherlands|Dutch|New Zealand|Nicaragua(?:n)?|Niger(?:ia|ian)?|North Korea(?:n)?|Norw(?:ay|"
    r"egian)|Oman(?:i)?|"
    r"Palestin(?:e|ian)|Panama(?:nian)?|Peru(?:vian)?|Philippines?|Filipino|Poland|Polish|"
    r"Portug(?:al|uese)|Qatar(?:i)?|"
    r"Romania(?:n)?|Rwanda(?:n)?|Saudi|Senegal(?:ese)?|Serbia(?:n)?|Sierra Leone|Singapore|"
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
def is_figurative(text: str) -> bool:
    """Tell whether a text is of sport, trade or show business rather than of war."""
    low = text.lower()
    hits = len(_FIGURATIVE.findall(low))
    return hits >= 2 and hits > len(_ARMED.findall(low))


def is_fiction(text: str) -> bool:
    """Tell whether a sentence retells a work of fiction or a book."""
    return bool(_FICTION.search(text.lower()))
