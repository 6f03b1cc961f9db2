"""Words that tell on which side of today a sentence's days lie. Data; pure."""

from __future__ import annotations

import re

_BE_PLAN = r"due|set|expected|scheduled|slated|planned|supposed|meant|poised|about"
_IRREGULAR = (
    r"hit|struck|began|took|came|broke|shot|fell|rose|met|held|went|ran|flew|sent|drove|gave|made"
    r"|found|saw|heard|left|won|fought|led|brought|caught|cut|sought|swept|spread|sank|shook|tore"
    r"|threw|woke|wore|spoke|stood|sat|laid|paid|burst|blew|built|burnt|dealt|fled|got|grew|kept"
    r"|knew|lit|meant|rang|sold|shut|swore|taught|thought|withdrew|wept|became|forgot|froze|hid"
    r"|rode|undertook|understood|wound|bore|beat|bound|bought|dug|drew|drank|ate|felt|hung|lost"
    r"|spent|slid|bid|clung|swung|stuck|shed|strode|dug|strung|flung|sprang|sang|swam|bit|rid"
    r"|taken|given|seen|known|shown|begun|broken|driven|written|fallen|stolen|torn|sworn|chosen"
    r"|frozen|hidden|beaten|blown|thrown|drawn|flown|grown|risen|woken|spoken|shaken"
    r"|said|told|wrote|overran|underwent|withheld|upheld|was|were|did|had|lay|slew|slain|gone|done"
)
_SAY = (
    r"said|told|announced|reported|added|wrote|stated|declared|confirmed|warned|claimed|insisted"
    r"|telling|saying|adding|argued|noted|posted|tweeted|acknowledged|denied|revealed|disclosed|explained|alleged"
)
#: Past forms whose object or infinitive lies ahead.
PROSPECTIVE = (
    r"agreed|planned|vowed|promised|pledged|intended|ordered|directed|instructed|commanded|urged|asked|invited|prepared|hoped"
    r"|decided|threatened|offered|proposed|instructed|called|requested|wanted|sought|demanded"
    r"|approved|required|allowed|permitted|authori[sz]ed|given|gave|committed|undertook|voted"
    r"|resolved|wrote|imposed|accepted|backed|set|chose|arranged|granted"
)
_A_DAY = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|tomorrow)\b"
#: Present forms that give a date to come: "the cabinet votes Friday".
_SCHEDULED = (
    r"(?:take|come|go|enter)s?\s(?:into\s)?(?:effect|force)|kicks?\s(?:in|off)|gets?\sunder\sway"
    r"|runs?\sout|begins?|starts?|opens|resumes?|expires?|ends|meets?|votes|hosts|visits|travels"
    r"|flies|fly|arrives?|lands|convenes?|gathers?|holds|returns|heads|leaves?|departs?|lapses?"
    r"|closes|reopens?|addresses|speaks|sits|joins|receives|welcomes|falls\sdue|reconvenes?"
    r"|restarts?|concludes|falls\ssilent|sees|goes|comes|tours|commences?|ceases|stops|applies"
    r"|becomes?\s(?:effective|operative|valid)|takes?\shold"
    r"|(?:go|come|fly|head|travel|speak)(?:\s(?:back|home|free|out|ahead|off))?"
    rf"(?=\s(?:on\s|this\s|next\s)?{_A_DAY})"
    rf"|(?:return|vote|open|close|end)(?=\s(?:this|next)\s{_A_DAY})"
)
#: Present forms of wanting and waiting: what they name is still to come.
_LOOKING = (
    r"(?:needs?|wants?|hopes?|plans?|aims?|expects?|faces?|awaits?|prepares?|seeks?|vows?|promises?"
    r"|threatens?|demands?|urges?|proposes?|intends?|braces?|calls?\sfor|looks?\s(?:to|for))"
    r"(?=\s(?:to|for|an?|the|its|his|her|their|that|all|both)\b)"
)
#: In the progressive ("is visiting Cairo on Thursday") these give a plan.
_PLANNING = (
    r"visit|meet|hold|travel|head|arriv|leav|return|host|attend|address|speak|open|clos|sign|fly|go"
    r"|com|start|beginn|launch|vot|hear|conven|runn|plann|prepar|send|withdraw|resum|reopen|lift"
    r"|do|mov|pull"
)
#: After "to": not the verb of an infinitive.
_NO_VERB = (
    r"(?:the|an?|his|her|its|their|our|my|this|that|these|those|each|one|any|all|some|no|talks|work"
    r"|school|power|war|peace|prison|hospital|court|date|home|town|market|aid|fire|life|death|both"
    r"|custody|office|normal|safety|calm|reporters|journalists|parliament|lawmakers|what|whom|which"
    r"|where|more|less|about|around|nearly|just|ground|shore|land|zero|dialogue|rest|least|most|and"
    r"|[a-z]+(?:ing|ion|ions|ment|ness|ity|ly|ers|ors|ians|ees|als|ists|ages|ines|ens|ants|ents))\b"
)
_ADVERB = r"(?:n[’']t)?(?:\s(?:not|also|then|now|again|soon|only|first|still|[a-z]+ly))?"
_ATTRIBUTE_LEAD = "".join(
    rf"(?<!\b{word} )" for word in "the a an its their of at from with to for newly".split()
)
#: Kind of cue -> its words; the first kind that fits is taken.
_KINDS = {
    "unreal": r"(?:would|could|may|might|must|should)(?:\snot|n[’']t)?\shave\b(?:\sbeen)?\s\w+"
    r"|could(?:\snot|n[’']t)\s(?:be\s)?\w+|could\sbe\s(?:heard|seen|felt)|did(?:\snot|n[’']t)\s\w+",
    "plan": rf"(?:was|were|had\sbeen|had){_ADVERB}\s(?:(?:{_BE_PLAN})\s(?:to|for)\b(?:\sbe\b)?"
    rf"|(?:due|scheduled|slated|planned|expected)\b|to(?!\s{_NO_VERB})\s)(?:\s?[a-z]+\b)?"
    r"|had(?:\suntil|\still|\sto)\b(?:\sbe\b)?(?:\s[a-z]+\b)?",
    "implied": r"(?:failed|managed|began|begun|started|continued|used|seemed|appeared|rushed|came"
    r"|able|said|believed|thought|reported|known|forced|helped)\sto\s(?:be\s|have\s)?[a-z]+",
    "would": rf"would{_ADVERB}(?:\sbe)?\s[a-z]+",
    "future": rf"(?:will|shall|won[’']t|must|should|may|might|can|cannot|could){_ADVERB}(?:\sbe)?"
    r"\s[a-z]+|\w+[’']ll\s[a-z]+|(?:is|are|be)\sto\s(?:be\s)?[a-z]+|(?:has|have)\sto\s[a-z]+"
    r"|(?:has|have)\sbeen\s(?:set|scheduled|planned|slated|called|fixed|due)\s(?:for|to|until)\b"
    r"|going\sto\s(?:be\s)?[a-z]+"
    r"|(?:due(?!\sto\s(?:the|a|an|his|its|heavy|lack)\b|\sto\s[a-z]+(?:ing|ion|s|ment|ity|ure)\b)"
    r"|slated|scheduled|planned|upcoming|forthcoming|set\s(?:for|to)|poised\sto|likely\sto"
    r"|expected|about\sto)\b(?:\sto)?(?:\sbe\b)?(?:\s[a-z]+)?"
    rf"|(?<!\bthe\s)(?<!\ba\s)(?<!\btwo\s)(?:{_SCHEDULED}|{_LOOKING})\b"
    rf"|(?:is|are)(?:\s(?:not|also|now))?\s(?:{_PLANNING})ing\b"
    r"|(?:is|are)(?:\s(?:not|also|now|being))?\s(?!killed|wounded|injured|feared|reported"
    r"|believed|trapped|confirmed|said)[a-z]+ed\b(?!\sto\b)",
    "infinitive": rf"to(?!\s{_NO_VERB})\s(?:be\s)?[a-z]{{3,}}\b",
    "perfect": r"(?:has|have|had|having)\b(?!\s(?:until|till)\b)(?:\snot|n[’']t)?(?:\sbeen)?"
    r"(?:\s[a-z]+ly)?\s[a-z]+",
    "say": rf"(?:{_SAY})\b",
    "prospective": rf"(?:{PROSPECTIVE})\b",
    "past": rf"{_ATTRIBUTE_LEAD}(?!(?:hundred|indeed|armed|unarmed|united|need|exceed|proceed"
    rf"|succeed|speed|feed|embed|breed|bleed)\b)(?:[a-z-]{{2,}}ed|{_IRREGULAR})\b"
    r"|(?:(?<=^)|(?<=[“\"]))[A-Z][a-z]+ed\b",
    "weak": r"(?:is|are)\b",
    "sub": r"(?:which|who|whose|whom|where|when|while|whereas|because|although|though|after|before"
    r"|as|if|unless|since)\b",
    "that": r"that\b",
}
#: Behind "and": what it joins goes by one verb ("a full and lasting truce", "will stay and hold").
_NO_CUT = (
    r"\s(?:[\w-]+\s){0,2}?(?:truce|cease-?\s?fire|pause|halt|cessation|armistice|lull)\b"
    r"|\s(?:hold|cease|stop|lay|keep|observe|respect|refrain|halt|begin|start|end)\s"
)
#: Every word that governs a time, or ends the reach of those that do.
CUE = re.compile(
    rf"\b(?=[A-Za-z])(?:{'|'.join(f'(?P<{kind}>{words})' for kind, words in _KINDS.items())}"
    rf"|(?P<cut>(?:and(?!{_NO_CUT})|but|yet|or)\b))"
)
#: Marks that end their reach too.
CUT_MARK = re.compile(r"[;—]|:\s|\s[–-]\s|[.!?][”\"’)]*\s(?=[A-Z“\"])")
_AUXILIARIES = "could did may might must should would will shall can was were had".split()
_PRESENT = (
    "take come go enter kick get run begin start open resume expire end meet vote host visit travel"
    " fly arrive land convene gather hold return head leave depart lapse close reopen address speak"
    " sit join receive welcome fall reconvene restart conclude see tour need want hope plan aim"
    " expect face await prepare seek vow promise threaten demand urge propose intend brace call look"
    " commence cease stop become applie"
).split()
#: Words that a cue begins with; those on "-ed" and compounds with a hyphen do so too.
CUE_OPENERS = frozenset(
    [
        *(form for word in _AUXILIARIES for form in (word, f"{word}n")),
        *(form for word in _PRESENT for form in (word, f"{word}s")),
        *_IRREGULAR.split("|"),
        *_SAY.split("|"),
        *PROSPECTIVE.split("|"),
        *"flies goes addresses cannot won has have having is are be going due likely about upcoming"
        " forthcoming poised able to that which who whose whom where when while whereas because"
        " although though after before as if unless since and but yet or".split(),
    ]
)
#: Only where such a word stands may a cue begin with any word: "they'll".
CONTRACTED = ("'ll ", "’ll ")

#: What stands right before a time and settles its side by itself. Clocks are blanked out before.
GOVERNOR = re.compile(
    r"\b(?P<word>since|earlier(?:\son)?|for|until|till|through|before|ahead\sof|prior\sto|pending"
    r"|no\slater\sthan|by|from|to|starting|beginning|effective|commencing|as\sof|with\seffect\sfrom)\b"
    r"(?:\s+(?:at|on|the|late|early|to|and|or|until|in|(?:hours|night|morning|evening|end)\sof"
    r"|around|about|shortly|just|after|before)\b|\s*[-–,()])*\s*$",
    re.IGNORECASE,
)
#: "invited both sides to talks on Saturday".
INVITED = re.compile(r"\b(?:invited|summoned|called)\b")
#: "set Friday as the date", "the log for Tuesday".
NAMED_AFTER = re.compile(r"\sas\s(?:the|a|an|its|their)\s(?:\w+\s)?(?:date|day|deadline|start)\b")
RECORD_BEFORE = re.compile(
    r"\b(?:log|report|bulletin|figures|data|toll|summary|record|communique|count)s?\sfor\s$"
)
#: "a truce from Friday was proposed".
OFFERED = re.compile(rf"(?:was|were|been|has\sbeen|have\sbeen)\s(?:{PROSPECTIVE}|{_SAY})\b")
#: Verbs that give a plan another date.
MOVED = re.compile(
    r"\b(?:moved|postponed|rescheduled|shifted|delayed|adjourned|brought|pushed|put|extended"
    r"|prolonged|lengthened|renewed)\b"
)
#: Past forms of states that go on until the day that is named.
STOPPED = re.compile(
    r"\b(?:suspended|closed|halted|postponed|delayed|extended|adjourned|prolonged|paused|shut|barred"
    r"|banned|cancelled|canceled|detained|remanded|put off|frozen)\b"
)
#: "a strike on Tuesday", "Friday's raid": such days lie behind.
VIOLENCE = (
    r"(?:(?:air)?strike|attack|raid|shelling|explosion|blast|bombing|bombardment|killing|clash"
    r"|incident|ambush|assault|massacre|shooting|barrage|fighting|violence|death|abduction|crash"
    r"|incursion|firefight|skirmish|breach|violation)(?:s|es)?"
)
VIOLENCE_BEFORE = re.compile(
    rf"\b(?:{VIOLENCE}(?:\s(?:late|early))?(?:\son)?"
    r"|(?:results?|outcome|aftermath|wake|victims|survivors|footage|video|photos)\s(?:of|from))\s$"
)
BYGONE_AFTER = re.compile(
    r"['’]s?\s(?:[\w’-]+\s){0,3}(?:decision|announcement|results?|outcome|ruling|verdict|statement"
    r"|remarks|comments|arrests?|victory|win|defeat|loss|losses|collapse|disaster|events|violence)\b"
    r"|['’]s?\s(?!planned|expected|signing)(?:peace\s|truce\s)?(?:deal|accord|agreement|pact)\b"
    r"(?!,?\s(?:is|are|was|were|will|would|to|due|in)\b)"
)
#: "with Saturday's deadline looming".
LOOMING_AFTER = re.compile(
    r"(?:['’]s?)?\s(?:[\w’-]+\s){0,2}(?:deadline|expiry|cut-?off|vote|election|summit|meeting|talks"
    r"|round|session|handover|exchange|swap|release|withdrawal|end|start|truce|ceasefire)"
    r"\s(?:(?:is|are|was|were|now|fast|still|just|only|quickly)\s)*(?:loom(?:s|ing)|near(?:s|ing)"
    r"|approach(?:es|ing)|drawing\s(?:near|close)|in\ssight|(?:hours|days|a\sday)\saway)\b"
)
VIOLENCE_AFTER = re.compile(rf"['’]s?\s(?:[\w’-]+\s){{0,3}}{VIOLENCE}\b")
#: "blame for Sunday attack" in a headline: the weekday stands as an adjective.
VIOLENCE_ADJECTIVE = re.compile(rf"\s(?:[\w’-]+\s)?{VIOLENCE}\b")
ADJECTIVE_LEAD = re.compile(
    r"(?:^|\b(?:for|in|after|over|of|the|an?|about|to|despite|during|following|with)\s)$", re.I
)
POSSESSIVE = re.compile(r"['’]s?\s")
#: Without a verb ("Talks in Doha on Sunday") these are still to come.
SCHEDULE = re.compile(
    r"\b(?:talks|meeting|summit|vote|deadline|round|session|ceremony|election|visit|trip|hearing"
    r"|referendum|conference|handover|exchange|swap|truce|cease-?\s?fire|pause|guns|weapons)\b",
    re.IGNORECASE,
)
#: "If he follows up his wins with another on Saturday".
CONDITION = re.compile(r"\b(?:if|unless)\b", re.IGNORECASE)
#: What makes a clock tell when, not what: a preposition, a pause or the start of the sentence.
ADVERBIAL = re.compile(
    r"(?:^|[,;:(–—-]|\b(?:at|by|from|until|till|since|after|before|around|about|on|between|and|to|than"
    r"|was|is|effect|force|day|night|morning|evening|afternoon|today|yesterday))\s*$",
    re.IGNORECASE,
)
#: Between a verb of saying and its own day: "said in a statement on", "told reporters late on".
SPEECH_GAP = re.compile(
    r",?\s(?:(?:nothing|little|so|reporters|journalists|parliament|lawmakers|his|her|them|him|us|me"
    r"|the\s(?:BBC|Security\sCouncil|agency|station|channel|council)"
    r"|[A-Z]\w+(?:\s[A-Z]\w+)?(?:\s(?:news|television|TV|radio))?)\s)?"
    r"(?:(?:in|at|to|during|via|from|after|on)\s[^,;]{1,60}?\s)?"
    r"(?:earlier\s|later\s|late\s|early\s)?(?:on\s)?(?:the\s(?:morning|evening|night)\sof\s)?$"
)
#: Right before a time: a halt that starts then is still to come when it is told of.
HALT_BEFORE = re.compile(
    r"\b(?:truce|cease-?\s?fire|pause|halt|armistice|lull)(?: \w+){0,3}? "
    r"(?:starting|beginning|effective|commencing)(?: (?:at|on|from))?\s*$",
    re.IGNORECASE,
)
