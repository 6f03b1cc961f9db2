"""Which step of a ceasefire or of talks a sentence states, by its words alone. Pure.

For models that read no steps (a model of the operator's own, or none at all).

A ceasefire word is not a ceasefire: wishes, plans, conditions, rumours and refusals state no
step. First match wins; negation and modality around the match veto it.
"""

from __future__ import annotations

import re

from bot.types import Stance

STOP = (
    r"(?:cease-?fires?|cease fire|truces?|cessation of (?:all )?(?:hostilities|military (?:activity|activities|actions?|"
    r"operations))|armistice|humanitarian pauses?|pauses? in (?:the )?fighting|lull|"
    r"(?:halt|end|stop) to (?:the |all )?(?:fighting|hostilities|military (?:activity|actions?))|cessation of fire|"
    r"silence regime|moratorium(?: on (?:\w+ ){1,6}?(?:strikes|attacks|facilities|infrastructure))?)"
)
_GAP = r"[^.;!?]{0,%d}?"


def _near(n: int) -> str:
    return _GAP % n


def _object(n: int) -> str:
    """A gap of up to `n` words that do not turn to another subject ("under the truce")."""
    other = "under|despite|since|during|after|before|terms|amid|violat|breach|following|where|when|which"
    return rf"(?:\s+(?!(?:{other})\b)[^\s.;!?]+){{0,{n}}}?\s+"


#: Sentences that wish, plan, doubt or report somebody else's wish state no step.
MODAL = re.compile(
    r"\b(?:would|could|might|may|should|must|if|unless|whether|consider(?:s|ed|ing)?|in principle|"
    r"ready (?:to|for)|read(?:y|iness)|willing|willingness|prepared to|urg(?:e|es|ed|ing)|appeal(?:s|ed|ing)?|"
    r"demand(?:s|ed|ing)?|hop(?:e|es|ed|ing)|close to|on the verge|near(?:s|ing)? (?:a|an) |want(?:s|ed)?|seek(?:s|ing)?|"
    r"sought|push(?:es|ed|ing)?|possible|possibility|potential|rumou?r\w*|speculation|discuss\w*|"
    r"(?:call(?:s|ed|ing)?) (?:on|for|upon)|plead\w*|pray\w*|vot(?:e|es|ed|ing)|resolution|try(?:ing)? to|tries to|"
    r"aim(?:s|ed|ing)? (?:to|at)|work(?:s|ed|ing)? (?:on|towards?|for)|efforts?|expect(?:s|ed|ing)?|likely|"
    r"progress|chances?|prospects?|reportedly)\b",
    re.IGNORECASE,
)
NEGATED = re.compile(
    r"\b(?:no(?!\. ?\d)|not|never|neither|nor|without|refus\w+|reject\w*|den(?:y|ies|ied|ying)|fail(?:s|ed|ing)? to|"
    r"yet to|rul(?:e|ed|es) out|nobody|none)\b|n['’]t\b",
    re.IGNORECASE,
)

_PATTERNS: tuple[tuple[str, str], ...] = (
    (
        "ended",
        rf"\b(?:{STOP}|agreement|deal)\b{_near(40)}\b(?:is|was|are|as|has been|had been)\s+(?:now |officially |formally |effectively )?"
        r"(?:over|at an end|dead|null and void|terminated|finished|cancelled|called off|no longer (?:in (?:force|effect)|valid))\b",
    ),
    (
        "ended",
        rf"(?<!open-)(?<!open )\b(?:end(?:s|ed|ing)?|terminat(?:es|ed|ing)|scrap(?:s|ped|ping)?|renounc(?:es|ed|ing)|cancel(?:s|led|ling)?|"
        rf"call(?:s|ed|ing)? off|withdr(?:aws?|ew|awn|awing|awal) from|pull(?:s|ed|ing)? out of|quit(?:s|ting)?|"
        rf"tear(?:s|ing)? up|tore up|abandon(?:s|ed|ing)?|declar\w+ (?:an )?end to)\s+(?:\w+[ -]){{0,4}}{STOP}\b",
    ),
    (
        "ended",
        rf"\b(?:offensive|operation|assault|attack)\b{_near(90)}\b(?:in (?:the )?place of|instead of|"
        rf"(?:take|takes|taking|took) the place of|replac\w+){_near(25)}{STOP}\b"
        rf"|\b(?:in (?:the )?place of|instead of){_near(15)}{STOP}\b{_near(60)}\b(?:offensive|operation|assault|attack)\b",
    ),
    ("ended", rf"\b(?:declar\w+|announc\w+){_near(30)}\bend (?:of|to){_near(25)}{STOP}\b"),
    (
        "ended",
        rf"\b(?:declar\w+|pronounc\w+|proclaim\w+){_near(30)}\b{STOP}\b{_near(40)}"
        r"\b(?:over|dead|finished|at an end|(?:null and )?void|no longer (?:valid|binding|in force))"
        r"(?=[\s,.;:!?\"'”’)]|$)(?! (?:the|its|their|an?|all|parts?)\b)"
        rf"|\bthere is no{_near(8)}{STOP} any ?(?:more|longer)\b",
    ),
    (
        "suspended",
        rf"\b(?:suspend(?:s|ed|ing)?|no longer (?:bound by|observ\w+|honou?r\w*)|stop(?:s|ped|ping)? observing|freez\w+|froze)\s+"
        rf"(?:\w+[ -']){{0,6}}?(?:participation|observance|commitment|compliance|{STOP})"
        r"|\b(?:halt|paus|interrupt|discontinu)\w*\s+(?:its |their |all )?(?:observance|compliance|participation)\b",
    ),
    (
        "expired",
        rf"\b{STOP}\b{_near(50)}\b(?:(?:has |have |had )?expired?|ran out|has run out|lapsed|has lapsed)\b"
        rf"|\b(?:expiry|expiration) of{_near(20)}{STOP}|\bas{_near(30)}{STOP}{_near(10)}\bexpires\b",
    ),
    (
        "extended",
        rf"\b(?:extend(?:s|ed|ing)?|prolong(?:s|ed|ing)?|renew(?:s|ed|ing)?|extension of|agree\w* to (?:extend|prolong|renew))\b"
        rf"{_near(40)}{STOP}\b|\b{STOP}\b{_near(40)}\b(?:extended|prolonged|renewed)\b",
    ),
    (
        "breach",
        rf"\b(?:violat\w+|breach\w*|br(?:eak|eaks|oke|oken|eaking)|infring\w+|flout\w+)\b{_near(45)}{STOP}\b"
        rf"|\b{STOP}\b{_near(25)}\b(?:violat\w+|breach\w*|was broken|been broken|broken|infring\w+)\b"
        rf"|\bin (?:clear |blatant |flagrant )?(?:violation|breach) of{_near(25)}{STOP}",
    ),
    (
        "effective",
        rf"\b{STOP}\b{_near(70)}\b(?:(?:has |have |had |appeared to have |appears to have )?(?:taken|took|come|came|gone|went|entered|"
        r"entering) (?:in)?(?:to )?(?:effect|force)|(?:has |had |have )?(?:begun|began|started|starts|begins)|takes effect|comes into (?:force|effect)|"
        r"goes into (?:force|effect)|enters into force|is (?:now )?in (?:force|effect|place)|had been in (?:force|effect)|"
        r"has been in (?:force|effect)|(?:is|was|seems to be|appears? to be|appeared to be) holding|holds\b|in effect since)"
        r"|\bguns (?:fell|fall|have fallen|went) silent\b|\bsilence fell\b",
    ),
    (
        "agreed",
        rf"\b(?:agree(?:s|d)?|agreement (?:was |has been |had been )?(?:reached|signed|concluded)|reach(?:es|ed)?|sign(?:s|ed)?|struck|strikes?|seal(?:s|ed)|"
        rf"clinch(?:es|ed)|conclud(?:es|ed)|consent(?:s|ed)){_object(7)}{STOP}\b"
        rf"|\b{STOP}\b{_near(35)}\b(?:agreed|reached|signed|brokered|concluded|struck|sealed)\b"
        rf"|\bagree(?:s|d)?\b{_near(25)}\b(?:to (?:stop|halt|cease|end|suspend)|on (?:stopping|halting)){_near(15)}\b(?:fighting|firing|fire|hostilities|"
        r"attacks|its (?:operation|offensive)|the (?:operation|offensive)|(?:military )?(?:operations?|activit\w+|actions?))\b"
        r"|\bboth (?:sides|parties|governments|armies|countries) (?:have |had )?(?:accepted|agreed)\b",
    ),
    (
        "accepted",
        rf"\b(?:accept(?:s|ed|ance|ing)?|approv(?:es|ed|al of)|endors(?:es|ed)|agree(?:s|d) to)\b{_object(8)}(?:{STOP}|proposal|plan|initiative|offer)\b",
    ),
    (
        "announced",
        rf"\b(?:announc(?:es|ed|ing|ement of)|declar(?:es|ed|ing|ation of)|order(?:s|ed)|proclaim(?:s|ed)|instruct(?:s|ed)){_object(7)}{STOP}\b"
        rf"|\b(?:unilateral|one-sided) {STOP}\b|\b(?:suspend(?:s|ed|ing)?|halt(?:s|ed|ing)?|stop(?:s|ped|ping)?)\s+(?:its|their|all|the|his|our)\s+"
        r"(?:\w+[ -]){0,3}(?:operations?|offensive|campaign|attacks|advance|hostilities|fire|military activit\w+)\b",
    ),
    (
        "proposed",
        rf"\b(?:propos(?:es?|ed|ing)|offer(?:s|ed|ing)|put(?:s|ting)?(?! pen\b)|present(?:s|ed)|tabl(?:es|ed)|submit(?:s|ted)|unveil(?:s|ed)|"
        rf"suggest(?:s|ed)|float(?:s|ed)|circulat(?:es|ed)|announc(?:es|ed) (?:a|its|his|her) proposal)\b{_object(9)}{STOP}\b"
        rf"|\bput(?:s|ting)?\b{_near(20)}\bbefore\b{_near(60)}{STOP}\b"
        rf"|\bput(?:s|ting)? to (?:the )?{_near(70)}\b(?:proposals?|plan|draft|text|paper)\b{_near(20)}{STOP}\b"
        rf"|\b(?:{STOP} (?:proposals?|plan|draft)|(?:proposals?|plan|draft) (?:of|for|on) an? {_near(20)}{STOP})"
        r"[^.;,]{0,30}\b(?:was|were|has been|have been) (?:delivered|handed|presented|submitted|put|sent)\b",
    ),
)
PATTERNS = tuple((name, re.compile(body, re.IGNORECASE)) for name, body in _PATTERNS)

OFFENSIVE = re.compile(
    r"\b(?:launch(?:es|ed|ing)?|beg(?:in|ins|an|un|inning)|start(?:s|ed|ing)?|announc(?:es|ed|ing)|mount(?:s|ed)|declar(?:es|ed))\b[^.;]{0,35}\b"
    r"(?:(?:ground |military |major |large-scale |new |special |air |full-scale |counter|“?anti-terror\w*”? )*"
    r"(?:offensive|operation|invasion|assault|campaign|counter-?offensive|incursion))\b",
    re.IGNORECASE,
)

_TALK = r"(?:peace |truce |direct |indirect |ceasefire |fresh |new |formal |further |two-day |high-level |first |second )*(?:talks|negotiations|meeting|summit|conference|round of talks|(?:plenary )?session|consultations)"
TALKS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "talks_broken_off",
        re.compile(
            rf"\b(?:walk(?:s|ed)? out of|br(?:eak|eaks|oke|oken) off|pull(?:s|ed)? out of|quit(?:s)?|left|suspend(?:s|ed)|abandon(?:s|ed))\b[^.;]{{0,20}}\b{_TALK}\b"
            rf"|\b{_TALK}\b[^.;]{{0,40}}\b(?:collapse[sd]?|broke down|break down|broken off|called off|cancell?ed|scrapped|fell apart|failed)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "talks_announced",
        re.compile(
            rf"\b(?:will|to|shall|are to|is to|due to|set to|agreed? to|plan(?:s|ned)? to)\s+(?:be\s+)?(?:hold|held|meet|host|resume|begin|start|attend|take part in|convene|open|take place|travel)\b[^.;]{{0,70}}"
            rf"|\b{_TALK}\b[^.;]{{0,40}}\b(?:will|are to|is to|due to|set to|are set|scheduled|are due|is due|planned)\b|\binvit(?:es|ed)\b[^.;]{{0,50}}\b{_TALK}\b",
            re.IGNORECASE,
        ),
    ),
    (
        "talks_ended",
        re.compile(
            rf"\b{_TALK}\b[^.;]{{0,110}}\b(?:ended|ends?|concluded?|concludes|wrapped up|finished|over|lasted|has ended|have ended|were held|took place)\b"
            rf"|\b(?:conclude[sd]?|ended|wrapped up|held|hold)\b[^.;]{{0,20}}\b{_TALK}\b",
            re.IGNORECASE,
        ),
    ),
)
TALK_WORD = re.compile(
    r"\b(?:talks|negotiat\w+|meet(?:ing|s)?|summit|conference|round|delegations?|representatives|consultations)\b",
    re.IGNORECASE,
)

REJECTION = re.compile(
    rf"\b(?:reject\w*|refus\w+|turn(?:s|ed) down|rul(?:es|ed) out|dismiss\w*|spurn\w*|rebuff\w*)\b[^.;]{{0,60}}\b(?:{STOP}|proposal|plan|offer|talks|negotiat\w+|mediation)\b",
    re.IGNORECASE,
)


#: What has run out before, and is replaced.
_OLD_ONE = re.compile(
    r"\bone (?:that|which)\b|\b(?:old|previous|former|last|earlier|first) (?:one|truce|cease-?fire|pause)\b",
    re.IGNORECASE,
)


def ceasefire_step(text: str, stance: Stance, *, started: bool = True) -> str | None:
    """Return the named step a sentence states, else None.

    With `started` false a stated start lies ahead, so "takes effect" tells no start.

    Steps: proposed, accepted, announced, agreed, effective, extended, suspended, ended, expired,
    rejected, breach_alleged, breach_denied, offensive_announced, talks_announced, talks_ended,
    talks_broken_off.
    """
    stretch = text[:1200].replace("’", "'")
    for name, pattern in PATTERNS:
        match = pattern.search(stretch)
        if match is None:
            continue
        if name == "effective" and not started:
            continue
        if name == "breach":
            return _breach(stretch, match, stance)
        step = _vetted(name, stretch, match, stance)
        if step is not None:
            return step
    if REJECTION.search(stretch) and stance is not Stance.DENIES:
        return "rejected"
    if stance in (Stance.CALLS_FOR, Stance.DENIES, Stance.WARNS, Stance.REJECTS):
        return None
    if OFFENSIVE.search(stretch) and not MODAL.search(_around(stretch, OFFENSIVE)):
        return "offensive_announced"
    return _talks(stretch)


def _breach(text: str, match: re.Match[str], stance: Stance) -> str | None:
    before = text[max(0, match.start() - 60) : match.start()]
    around = before + text[match.start() : match.end() + 40]
    untrue = re.search(
        r"\b(?:den(?:y|ies|ied|ying)|false|untrue|baseless|no violations?)\b", around, re.IGNORECASE
    )
    undone = re.search(r"(?:\b(?:not|never)|n't)\s+(?:\w+\s+){0,2}$", before, re.IGNORECASE)
    if stance is Stance.DENIES or untrue or undone:
        return "breach_denied"
    if stance is Stance.WARNS or re.search(r"\b(?:if|would|could|might|may|any|should)\b", before):
        return None
    return "breach_alleged"


def _vetted(name: str, text: str, match: re.Match[str], stance: Stance) -> str | None:
    """Return the step unless the words around it take it back."""
    before = text[max(0, match.start() - 70) : match.start()]
    inside = match[0]
    clause = re.split(r"[,;:–—]\s", before)[-1] if name != "proposed" else before
    if NEGATED.search(clause[-45:]) or NEGATED.search(inside):
        return "rejected" if REJECTION.search(text) else None
    if stance is Stance.DENIES or (name == "expired" and _OLD_ONE.search(before + inside)):
        return None
    if name in ("proposed",):
        wish = re.search(
            r"\b(?:reject|refus|respond|repl|answer|consider|stud|discuss|accept|agree|would)\w*",
            before + inside,
        )
        return None if wish or stance in (Stance.CALLS_FOR, Stance.REJECTS) else "proposed"
    if stance in (Stance.CALLS_FOR, Stance.PROPOSES, Stance.REJECTS):
        return None
    if stance is Stance.WARNS and name not in ("ended", "suspended"):
        return None
    if (
        MODAL.search(clause)
        or MODAL.search(inside)
        or re.search(r"\bto (?:agree|accept|announce|declare|sign)\b", inside)
    ):
        return None
    if name in ("ended", "suspended") and re.search(
        r"\b(?:will|threat\w*|warn\w*|risk\w*|fear\w*|says? it will)\b", clause + inside
    ):
        return None
    if name == "effective" and re.search(
        r"\b(?:will|due to|set to|to (?:take|come|go|begin|start|enter)|was (?:due|to)|when|once|until|before|after)\b",
        before[-50:] + inside,
    ):
        return None
    if name == "agreed" and re.search(
        r"\b(?:since|under|despite|in|last|old|previous|earlier|20[0-2]\d|19\d\d)\s+(?:the |a |an )?$",
        clause[-20:],
    ):
        return None
    if name == "accepted" and re.search(r"\b(?:prisoner|exchange|visit|aid)\b", inside):
        return None
    return name


def _around(text: str, pattern: re.Pattern[str]) -> str:
    match = pattern.search(text)
    return text[max(0, match.start() - 50) : match.end()] if match else ""


def _talks(text: str) -> str | None:
    for name, pattern in TALKS:
        match = pattern.search(text)
        if match is None or not TALK_WORD.search(text):
            continue
        around = text[max(0, match.start() - 40) : match.end()]
        if NEGATED.search(around) and name != "talks_ended":
            continue
        if name == "talks_announced" and re.search(
            r"\b(?:if|would|could|might|may|ready|willing|want|call\w* (?:on|for)|urge\w*|wish)\b",
            around,
        ):
            continue
        return name
    return None
