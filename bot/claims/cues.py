"""The verbs that tell of speech or declaration, and the stance each one gives a claim.

The table is `verbs.tsv`, reviewed by hand. This module inflects it, finds the verb at a token
and reads the stance from verb and object: "rejected the plan" turns an offer down, "rejected
claims" says that a statement is untrue.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.claims.tokens import Token
from bot.claims.wordlists import word_set
from bot.types import Stance

_TABLE = Path(__file__).with_name("verbs.tsv")

_STATEMENTS = word_set(
    "accusation accusations account accounts allegation allegations assertion assertions claim"
    " claims charge charges report reports rumour rumours rumor rumors suggestion suggestions"
    " statement statements version narrative speculation explanation notion idea assessment"
    " insinuations criticism that as"
)
_THREAT = re.compile(
    r"\b(?:retaliat|reveng|aveng|respond|punish|crush|destroy|strike back|hit back|harsh"
    r"|consequences|pay (?:a|the) |hit harder|wipe out|resume (?:the )?(?:war|fighting|attacks))",
)
_NO_TRUTH = re.compile(
    r"\b(?:(?:is|are|was|were|as|be) (?:\w{1,20} ){0,2}(?:false|untrue|baseless|fabricated|fake|"
    r"unfounded|groundless|disinformation|fabrications?|lies?)\b"
    r"|a (?:\w{1,20} ){0,1}(?:fabrication|lie|hoax|provocation)\b"
    r"|no truth\b|not true\b|not correspond to|no basis|nothing to do with"
    r"|(?:did|does|do|has|have|had) not (?:\w{1,20} ){0,1}(?:violated?|breach(?:ed)?|fired?|open"
    r"(?:ed)? fire|broken?|break|attack(?:ed)?|target(?:ed)?|carr(?:y|ied) out|shell(?:ed)?)\b"
    r"|there are no \w{1,20} (?:servicemen|forces|troops|soldiers|units)\b)",
    re.IGNORECASE,
)
_BREACH = re.compile(
    r"\b(?:violat|breach|br(?:oke|eaks?|oken|eaking)\b(?:\W{1,3}\w{1,20}){0,4}\W{1,3}"
    r"(?:ceasefire|cease-fire|truce|agreement|deal|word)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """One verb of the lexicon."""

    lemma: str
    stance: Stance
    use: str  #: see verbs.tsv


@dataclass(frozen=True, slots=True, kw_only=True)
class Inflected:
    """A verb as a token shows it."""

    verb: Verb
    form: str  #: base | s | past | ing


def _inflect(lemma: str, irregular: list[str]) -> dict[str, str]:
    if lemma.endswith("y") and lemma[-2] not in "aeou":
        third, past = lemma[:-1] + "ies", lemma[:-1] + "ied"
    elif lemma.endswith(("s", "sh", "ch", "x", "o")):
        third, past = lemma + "es", lemma + "ed"
    else:
        third, past = lemma + "s", lemma + ("d" if lemma.endswith("e") else "ed")
    ing = (lemma[:-1] if lemma.endswith("e") and not lemma.endswith("ee") else lemma) + "ing"
    forms = {lemma: "base", third: "s", ing: "ing"}
    pasts = [form for form in irregular if not form.endswith("ing")] or [past]
    forms |= dict.fromkeys(pasts, "past")
    return forms | {form: "ing" for form in irregular if form.endswith("ing")}


@cache
def lexicon() -> dict[str, Inflected]:
    """Return every form of every verb, from `verbs.tsv`."""
    found: dict[str, Inflected] = {}
    for line in _TABLE.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        lemma, stance, use, *rest = line.split("\t")
        verb = Verb(lemma=lemma, stance=Stance(stance), use=use)
        for form, kind in _inflect(lemma, rest[0].split() if rest else []).items():
            found.setdefault(form, Inflected(verb=verb, form=kind))
    return found


def verb_stance(verb: Verb, after: list[Token]) -> Stance:
    """Return the stance of `verb` with the words after it."""
    words = [token.low for token in after[:9] if token.word]
    rest = " ".join(token.low for token in after[:30])
    if verb.lemma == "dismiss" and "as" in words:
        return Stance.DENIES
    if verb.use == "object":
        return Stance.DENIES if _names_statement(words) else verb.stance
    if verb.stance is Stance.PLANS and _THREAT.search(rest):
        return Stance.WARNS
    if verb.lemma == "dispute" or verb.stance is Stance.DENIES:
        return Stance.DENIES
    if verb.lemma == "suggest" and words[:1] != ["a"] and "that" in words[:2]:
        return Stance.ASSERTS
    if verb.lemma == "offer" and words[:1] in (["condolences"], ["no"], ["few"], ["little"]):
        return Stance.ASSERTS
    if verb.lemma == "call" and not {"for", "on", "upon"} & set(words[:6]):
        return Stance.DENIES if _NO_TRUTH.search("as " + rest) else Stance.ASSERTS
    return verb.stance


def _names_statement(words: list[str]) -> bool:
    for word in words:
        if word in _STATEMENTS:
            return True
        if word in {"proposal", "offer", "plan", "ceasefire", "truce", "demand", "call", "calls"}:
            return False
    return False


def content_stance(content: str) -> Stance | None:
    """Return the stance that the content of a plain "X said" carries by its own words."""
    if _NO_TRUTH.search(content):
        return Stance.DENIES
    return None


def tells_of_breach(content: str) -> bool:
    """Tell whether `content` speaks of a breach of an agreement."""
    return bool(_BREACH.search(content))
