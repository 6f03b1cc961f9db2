"""The verbs that tell of speech or declaration, and the stance each one gives a claim.

The tables are `verbs.tsv` and, for verbs that report only together with another word ("ruled
out", "put forward"), `phrasal_verbs.tsv`; both reviewed by hand. This module inflects them, finds
the verb at a token and reads the stance from verb and object: "rejected the plan" turns an offer
down, "rejected claims" says that a statement is untrue.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bot.claims.grammar.tokens import Token
from bot.claims.grammar.wordlists import word_set
from bot.claims.grammar.words import guarded, words_of
from bot.types import Stance

_TABLE = Path(__file__).with_name("verbs.tsv")
_PHRASAL = Path(__file__).with_name("phrasal_verbs.tsv")

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
_NO_TRUTH = guarded(
    "false untrue baseless fabricated fake unfounded groundless disinformation fabrication"
    " fabrications lie lies hoax provocation no not nothing never there",
    r"\b(?:(?:is|are|was|were|as|be) (?:\w{1,20} ){0,2}(?:false|untrue|baseless|fabricated|fake|"
    r"unfounded|groundless|disinformation|fabrications?|lies?)\b"
    r"|a (?:\w{1,20} ){0,1}(?:fabrication|lie|hoax|provocation)\b"
    r"|no truth\b|not (?:an?|one) \w{1,20} of truth\b|not true\b|not correspond to"
    r"|no basis|nothing to do with"
    r"|(?:(?:did|does|do|has|have|had) not|never) (?:\w{1,20} ){0,1}(?:violated?"
    r"|breach(?:ed)?|fired?|open(?:ed)? fire|broken?|break|attack(?:ed)?|target(?:ed)?"
    r"|carr(?:y|ied) out|shell(?:ed)?)\b"
    r"|there are no \w{1,20} (?:servicemen|forces|troops|soldiers|units)\b)",
)
#: The verdict behind a statement and what it is about: "called reports of a truce baseless".
_UNTRUE = re.compile(
    r"[^.;]{0,90}?\W(?:false|untrue|baseless|fabricated|fake|unfounded|groundless|invented"
    r"|disinformation|(?:a )?(?:pack of )?lies|nonsense)\b(?=\W*(?:$|[.,;]|and\b|by\b|in\b|the\b))"
)
#: Verbs that give a thing a name, as "call" does.
_LABELLING = frozenset({"describe", "brand", "label", "dub"})
#: "Calls it the worst incident for its convoys".
_POINTED = (["it"], ["this"], ["that"], ["them"], ["him"], ["her"])
_ARTICLES = (["a"], ["an"], ["the"])
#: "Calls the shooting on Sunday morning a breach": what is called so, and what it is called.
_CALLED = re.compile(
    r"(?:the|this|that|these|those|it|them|his|her|its|their|\w+['’]s) [^.;,]{3,70}? (?:an?|the) "
    r"(?:\w+ ){0,3}(?:breach|violation|crime|provocation|massacre|mistake|lie|success|failure"
    r"|escalation|aggression|step|act|attack|farce|trap|trick|blow|victory)\b"
)
_FLAT_DENIAL = guarded(
    "false fake lies nonsense untrue rubbish not",
    r"\W{0,4}(?:false|fake|lies|nonsense|untrue|rubbish|not true|not so)\b"
    r"(?:\s?[.,!:–—”\"]| from | through )",
)
_UNWANTED = re.compile(
    r"\b(?:unacceptable|a non-starter|non-starters|dead on arrival|out of the question)\b"
)
#: With "for" and an act these charge somebody with it.
_RAILING = frozenset({"lash out", "hit out"})
_FOR_AN_ACT = re.compile(r"\bfor (?:\w{1,20}ly )?\w{2,20}ing\b")
_SETTING_OUT = frozenset({"spell out", "set out", "lay out"})
_TELLING = word_set("announce confirm declare disclose reveal reaffirm state signal indicate")
_PLANNED = re.compile(r"(?:\w+ ){0,3}?(?:plans?|intentions?|intent|decision|readiness) to\b")
_NAMES_AIM = word_set("for on upon")
_CONDITIONS = word_set("condition conditions demands terms")
_BREACHES = ("violat", "breach", "broke", "break")
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrasal:
    """A verb that reports only together with one of some words behind it."""

    inflected: Inflected
    partners: frozenset[str]
    gap: int  #: most words between the two


def _rows(table: Path) -> list[list[str]]:
    lines = table.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]


@cache
def lexicon() -> dict[str, Inflected]:
    """Return every form of every verb that reports by itself, from `verbs.tsv`."""
    return _forms(light=False)


@cache
def light_verbs() -> dict[str, Inflected]:
    """Return every form of the verbs whose object tells the act: "made an offer"."""
    return _forms(light=True)


def _forms(*, light: bool) -> dict[str, Inflected]:
    found: dict[str, Inflected] = {}
    for lemma, stance, use, *rest in _rows(_TABLE):
        if (use == "light") != light:
            continue
        verb = Verb(lemma=lemma, stance=Stance(stance), use=use)
        for form, kind in _inflect(lemma, rest[0].split() if rest else []).items():
            found.setdefault(form, Inflected(verb=verb, form=kind))
    return found


@cache
def _phrasal_verbs() -> dict[str, tuple[Phrasal, ...]]:
    found: dict[str, tuple[Phrasal, ...]] = {}
    for lemma, stance, use, irregular, partners, gap in _rows(_PHRASAL):
        verb = Verb(lemma=f"{lemma} {partners.split()[0]}", stance=Stance(stance), use=use)
        for form, kind in _inflect(lemma, irregular.replace("-", "").split()).items():
            phrasal = Phrasal(
                inflected=Inflected(verb=verb, form=kind),
                partners=word_set(partners),
                gap=int(gap),
            )
            found[form] = (*found.get(form, ()), phrasal)
    return found


def phrasal_words() -> frozenset[str]:
    """Return every form of the verbs in `phrasal_verbs.tsv`."""
    return frozenset(_phrasal_verbs())


def phrasal_at(tokens: list[Token], i: int) -> tuple[Inflected, int] | None:
    """Return the phrasal verb at token `i` and the index of its partner, None where none is."""
    for phrasal in _phrasal_verbs().get(tokens[i].low, ()):
        for j in range(i + 1, min(len(tokens), i + 2 + phrasal.gap)):
            if not tokens[j].word or tokens[j].quoted:
                break
            if tokens[j].low in phrasal.partners and _completes(tokens, j):
                return phrasal.inflected, j
    return None


def _completes(tokens: list[Token], j: int) -> bool:
    """Tell whether the partner at `j` makes the sense: "said no" needs what it was said to."""
    return tokens[j].low != "no" or any(t.low == "to" for t in tokens[j + 1 : j + 6])


def verb_stance(verb: Verb, after: list[Token]) -> Stance:
    """Return the stance of `verb` with the words after it."""
    words = [token.low for token in after[:9] if token.word]
    untrue = verb.lemma == "rule out" and words[:1] == ["that"]
    if untrue or (verb.lemma == "dismiss" and "as" in words):
        return Stance.DENIES
    if verb.lemma in _TELLING and _PLANNED.match(_joined(after)):
        return Stance.PLANS
    if verb.lemma in _SETTING_OUT:
        return _set_out(words, _joined(after))
    if verb.use == "object":
        return Stance.DENIES if names_statement(words) else verb.stance
    if verb.stance is Stance.PLANS and _THREAT.search(_joined(after)):
        return Stance.WARNS
    if verb.lemma in _RAILING:
        return Stance.ACCUSES if _FOR_AN_ACT.search(_joined(after)) else verb.stance
    if verb.lemma == "dispute" or verb.stance is Stance.DENIES:
        return Stance.DENIES
    if verb.lemma == "suggest" and words[:1] != ["a"] and "that" in words[:2]:
        return Stance.ASSERTS
    if verb.lemma == "offer" and words[:1] in (["condolences"], ["no"], ["few"], ["little"]):
        return Stance.ASSERTS
    called = verb.lemma == "call" and (
        _NAMES_AIM.isdisjoint(words[:6])
        or (words[:1] in _POINTED and words[1:2] in _ARTICLES)
        or _CALLED.match(_joined(after))
    )
    if verb.lemma in _LABELLING or called:
        return _labelled(words, _joined(after))
    return verb.stance


def _joined(after: list[Token]) -> str:
    """Return the words behind a verb as one text."""
    return " ".join([token.low for token in after[:30]])


def _labelled(words: list[str], rest: str) -> Stance:
    """Return the stance of "called the report a lie", "called the draft unacceptable"."""
    if _UNWANTED.search(rest):
        return Stance.REJECTS
    untrue = _NO_TRUTH.search("as " + rest, words_of(rest)) or (
        names_statement(words) and _UNTRUE.match(rest)
    )
    return Stance.DENIES if untrue else Stance.ASSERTS


def _set_out(words: list[str], rest: str) -> Stance:
    """Return the stance of "spelled out": what somebody wants is a demand."""
    if _CONDITIONS & set(words) or re.search(r"\b(?:wants?|requires?|demands?|expects?)\b", rest):
        return Stance.CALLS_FOR
    return Stance.ASSERTS


def names_statement(words: list[str]) -> bool:
    for word in words:
        if word in _STATEMENTS:
            return True
        if word in {"proposal", "offer", "plan", "ceasefire", "truce", "demand", "call", "calls"}:
            return False
    return False


def content_stance(content: str, words: frozenset[str]) -> Stance | None:
    """Return the stance that the content of a plain "X said" carries by its own words."""
    if _NO_TRUTH.search(content, words) or _FLAT_DENIAL.match(content, words):
        return Stance.DENIES
    return None


def tells_of_breach(content: str) -> bool:
    """Tell whether `content` speaks of a breach of an agreement."""
    low = content.lower()
    return any(stem in low for stem in _BREACHES) and _BREACH.search(content) is not None
