"""Words without which a text does not tell a step, whatever a model reads in it. Pure."""

from __future__ import annotations

import re

#: Steps that are a yes.
CONSENTS = ("accepted", "agreed", "announced", "extended_one")
#: Steps that make a halt longer: of both sides, and of one.
EXTENDING = ("extended", "extended_one")
#: Steps with which a party takes itself out of a halt; nobody's but the speaker's own.
ENDING = ("ended", "suspended")

#: The gravest steps need words that say so, whatever the model makes of the rest.
_NEEDED = {
    **dict.fromkeys(
        ("accepted", "announced", "agreed", "effective", *EXTENDING),
        re.compile(
            r"\b(?:truces?|cease-?\s?fires?|armistice|paus\w+|lulls?|halt\w*|stop\w*|moratorium|quiet\w*|calm\w*|silen\w+|"
            r"guns?|weapons?|fir(?:e|ing)|fight\w*|hostilities|shooting|shell\w*|strikes?|attacks?|operations?|offensive|"
            r"combat|war|de-?escalat\w+|stand-?down|standstill|freeze|frozen|cessation|suspend\w*|suspension|measures|"
            r"proposals?|plans?|text|draft|deal|agreement|accord|pact|terms?|offer|outline|document|paper|protocol|"
            r"arrangement|understanding|initiative|instrument|treaty|yes|phase|extension|initialled|corridors?|passages?"
            r"|accept(?:s|ed|ing)? (?:it|them)|(?:both|all)(?: \w+){0,2} (?:have|had) (?:now |also )?(?:accepted|agreed|signed))\b",
            re.IGNORECASE,
        ),
    ),
    **dict.fromkeys(
        ("breach_alleged", "breach_counted"),
        re.compile(
            r"\b(?:breach\w*|violat\w+|br(?:oke|eaks?|oken|eaking)|infring\w+|flout\w+|truces?|cease-?\s?fires?|"
            r"pause|moratorium|agreements?|deals?|despite|in spite|understanding|silence|armistice|calm|lull|halt|"
            r"cessation|arrangement|undertaking|pledge|overstepp\w+|accord|term)\b",
            re.IGNORECASE,
        ),
    ),
    "offensive_announced": re.compile(
        r"\b(?:offensive|operation|assault|invasion|invad\w+|attack\w*|advanc\w+|campaign|push(?:es|ed)?|"
        r"incursion|raid\w*|storm\w*|strik\w+|struck|war|launch\w*|seiz\w+|captur\w+|cross(?:es|ed|ing)|"
        r"enter(?:s|ed|ing)|mov(?:es?|ed|ing) (?:on|into|against|in)\b|roll(?:s|ed|ing)? into|pour(?:s|ed|ing)? into"
        r"|land(?:s|ed|ing)?|ashore|disembark\w*|bombard\w*|blitz|march\w*|thrust|drive)\b",
        re.IGNORECASE,
    ),
    "ended": re.compile(
        r"\b(?:is|are|was|declar\w+|truce|cease-?fire|deal|agreement|\w+ term) (?:now |all |officially )?over\b"
        r"|\bover(?=[.,;:!”\"'’]|$)|(?<!open-)\bend(?:s|ed|ing)?\b|\bresum\w+|\bback (?:to|at) (?:war|fighting|battle|combat|arms)"
        r"|\bwent back\b|\b(?:tear\w*|tore|torn|scrap\w*|cancel\w*|void|dead|died?|no longer|collaps\w+|quit\w*"
        r"|abandon\w*|call\w* off|terminat\w+|renounc\w+|revok\w+|offensive|operation|finish\w*|broke(?:n)? off"
        r"|break\w* off|in place of|instead of|at an end)\b|\bnot (?:bound|observ\w+)"
        r"|\b(?:buri(?:ed|es)|bury|kill(?:s|ed)|shredd?ed|ripped up|nullif\w+|annul\w*) (?:[\w'’-]+ ){0,4}?"
        r"(?:truce|cease-?\s?fire|agreement|deal|accord|pact)\b"
        r"|\b(?:is|are|was|now|called) off\b|\bwill not (?:take place|happen|go ahead|begin|start)"
        r"|\b(?:withdr\w+|pull\w*|walk\w*|back\w*|leav\w+|left|out)\b(?: \w+){0,2}? (?:from|out of|of|the)?\s*(?:[\w'’-]+ ){0,4}?"
        r"(?:truce|cease-?\s?fire|agreement|deal|accord|pact|arrangement|understanding|moratorium)\b",
        re.IGNORECASE,
    ),
    "expired": re.compile(
        r"\b(?:expir\w+|r[au]n(?:s|ning)? out|lapse[sd]?|over|end(?:s|ed)?|an end|pass(?:es|ed)|up|elapsed)\b",
        re.IGNORECASE,
    ),
    "talks_broken_off": re.compile(
        r"\b(?:talks?|talking|negotiat\w+|dialogue|rounds?|meetings?|table|conference|summit|session|mediat\w+"
        r"|delegat\w+|negotiators?|envoys?|contacts?|consultations?|process|walk\w* out|storm\w* out|left|leav\w+"
        r"|jirga|parley|sitting|quit\w*|pull\w* out|recall\w*|suspend\w*|withdr\w+|boycott\w*"
        r"|collapse\w*|break\w* (?:off|down|up)|broke(?:n)? (?:off|down|up))\b",
        re.IGNORECASE,
    ),
    "suspended": re.compile(
        r"\b(?:suspen\w+|paus(?:e[sd]|ing)|fr(?:eez|oz)\w+|halt\w*|stop\w*|interrupt\w*|discontinu\w+|no longer|"
        r"not (?:observ|bound|honou?r)\w*|on (?:hold|ice)|for now|until further notice|temporar\w+|"
        r"put off|cease\w* to)\b",
        re.IGNORECASE,
    ),
}


#: A proposal that lies ahead is an idea yet.
_TO_PROPOSE = re.compile(
    r"\b(?:will|would|shall|plans? to|intends? to|is to|are to|about to|going to|expected to|prepar\w+ to)\s+"
    r"(?:\w+\s+)?(?:put|present|propos|submit|unveil|table|offer|hand|send|make)\w*"
    r"|\b(?:still|being|yet to be|busy) (?:draft|writ|prepar|polish)\w*",
    re.IGNORECASE,
)


#: "A day after Damascus declared the truce over": what is known sets the time of the news.
_RETOLD = re.compile(
    r"\b(?:(?:an?|one|two|three|four|five|six|several|some|(?:a )?few|many|\d+|just|only|barely|shortly|soon)\s+)*"
    r"(?:minutes?|hours?|days?|weeks?|months?|shortly|soon)\s+after\b[^.;,]*|\bsince\b[^.;,]*",
    re.IGNORECASE,
)


#: Markup and addresses are no words: "(javascript:void(0))" declares nothing void.
_MARKUP = re.compile(r"<[^<>]*>|\]\((?:[^()]|\([^()]*\))*\)|\b\w+:(?://)?\S+\.\S+")


#: "An accord on prisoners": of the fighting it says nothing.
_OTHER_ACCORD = re.compile(
    r"\b(?:accords?|agreements?|deals?|pacts?|protocols?|memorand\w+|papers?|documents?)\b[^.;]{0,40}?"
    r"\b(?:prisoners?|captives|detainees|bodies|grain|gas|oil|water|trade|transit|visas?|border crossings?)\b",
    re.IGNORECASE,
)
HALT = re.compile(
    r"\b(?:truces?|cease-?\s?fires?|armistice|pauses?|lull|halt\w*|stop\w*|cessation|moratorium)\b",
    re.IGNORECASE,
)


#: That nothing has been agreed on.
NO_DEAL = re.compile(
    r"\bno (?:[\w-]+ ){0,2}?(?:agreement|deal|accord)s? (?:yet|so far|ha[sd] been)\b"
    r"|\bthere (?:is|was) no (?:[\w-]+ )?(?:agreement|deal|accord)\b"
    r"|\bnothing (?:is|was|ha[sd] been) (?:yet )?(?:agreed|signed|settled)\b",
    re.IGNORECASE,
)
#: Whoever has a paper has not said yes to it.
_RECEIVED = re.compile(
    r"\b(?:receiv\w+|receipt|has arrived|is (?:now )?(?:studying|examining|reading|looking at)"
    r"|to (?:study|examine)|under (?:study|review))\b",
    re.IGNORECASE,
)
_YES = re.compile(
    r"\b(?:accept|agree[sd]?\b|agreeing|approv|sign|endors|consent|initial|adopt|back(?:s|ed|ing)?\b|said yes|says yes"
    r"|\byes\b|assent|welcom|subscrib|embrac|nod\b|go-ahead|green light|favou?rabl|positiv|affirmativ)\w*",
    re.IGNORECASE,
)
#: An accord that leaves the fighting out.
_NO_HALT = re.compile(r"\bnothing (?:about|on) (?:the |a )?(?:fighting|war|shooting|halt)\b", re.I)
#: What an extension makes longer, or until when.
_LONGER = re.compile(
    r"\b(?:exten\w+|prolong\w*|renew\w*|roll\w* over|longer|further|additional|another|more|beyond|past|until|till|"
    r"through|instead|keep\w*|continu\w*|remain\w*|stay\w*|goes? on"
    r"|\w+ (?:days?|weeks?|months?|hours?)(?! of (?:calm|quiet|silence|peace|truce)))\b",
    re.IGNORECASE,
)
#: "Resumes the ceasefire": it is observed again.
RESUMES = re.compile(
    r"\bresum(?:es?|ed|ing|ption of)\s+(?:(?:its|the|their|his|full|observance of|observing)\s+){0,4}"
    r"(?:truce|cease-?\s?fire|pause|moratorium|observance)\b",
    re.IGNORECASE,
)
#: Back to a halt that was broken off: it is declared anew.
RESTORES = re.compile(
    r"(?<!\bthe )(?<!\ba )\b(?:restor(?:es?|ed|ing)|reinstat(?:es?|ed|ing)|re-?impos(?:es?|ed|ing)"
    r"|(?:back|return(?:s|ed|ing)?) to)\s+(?:[\w’'-]+\s+){0,3}?"
    r"(?:truce|cease-?\s?fire|pause|moratorium|armistice)\b"
    r"|\b(?:truce|cease-?\s?fire|moratorium)\b[^.;]{0,60}?"
    r"\b(?:return|go back|come back)(?:s|ed|ing)? to it\b",
    re.IGNORECASE,
)


def is_told(step: str, text: str) -> bool:
    """Tell whether a text has the words without which it does not tell a step."""
    of_else = _OTHER_ACCORD.search(text) and not HALT.search(text)
    if step in CONSENTS and (of_else or _NO_HALT.search(text)):
        return False  # an accord on prisoners, grain or gas
    if step == "accepted" and _RECEIVED.search(text) and not _YES.search(text):
        return False
    if step in EXTENDING and not _LONGER.search(text):
        return False
    words = _NEEDED.get(step)
    told = _MARKUP.sub(" ", text)
    if step != "breach_alleged":
        # "The first attack since the truce began" sets it against one.
        told = _RETOLD.sub(" ", told)
    if words is not None and not words.search(told):
        return False
    return step != "proposed" or not _TO_PROPOSE.search(text)
