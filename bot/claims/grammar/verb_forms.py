"""Whether a word that may be a verb is one at its place: "states", "the report", "has called"."""

from __future__ import annotations

from bot.claims.grammar.cues import Inflected
from bot.claims.grammar.nouns import is_agent
from bot.claims.grammar.phrases import is_adverb
from bot.claims.grammar.tokens import Token
from bot.claims.grammar.wordlists import (
    DETERMINERS,
    MODALS,
    NEGATIONS,
    PREPOSITIONS,
    PRONOUNS,
    word_set,
)

#: Forms of verbs that are nouns at least as often.
_NOUNISH = word_set(
    "report reports claim claims demand demands plan plans offer offers call calls appeal appeals"
    " request requests estimate estimates charge charges note notes post posts comment comments"
    " answer answers reply replies counter counters state states record records press back"
    " support supports promise promises pledge pledges threat hopes hope aim aims want dispute"
    " disputes tweet tweets brief briefs blame veto welcome find finds question mention"
    " praise regret regrets remark remarks signal signals vow vows approach finding findings"
    " warning meeting offering briefing posting joke jokes tally tallies count counts urge urges"
    " hint hints caution repeat repeats boast boasts lament laments recall thanks hail backs"
    " presses mentions approves rubbish issue issues table tables point points hit hits"
    " sound sounds list lists log logs release file files launch launches level levels voice"
    " express trade trades"
)
_AFTER_NOUN = word_set(
    "of by over from about against into is are was were has have had will and said"
)
_BEFORE_NOUN = DETERMINERS | PREPOSITIONS
_ADJECTIVE = ("ish", "ese", "ic", "al", "ive", "ed")


def is_noun(tokens: list[Token], i: int, first: int, found: Inflected) -> bool:
    """Tell whether the word at token `i` is a noun here."""
    low = tokens[i].low
    if low not in _NOUNISH:
        return False
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    if low in {"states", "state"}:
        return after is None or not (after.low == "that" or after.text == ":" or after.quoted)
    if i == first:
        return True
    before = tokens[i - 1]
    if before.low in _BEFORE_NOUN or before.low.endswith(("'s", "s'")):
        return not (before.low == "that" and found.form == "s")
    if not before.word:
        return True
    if after is None or not (after.word or after.quoted):
        return not _reports_at_the_end(tokens, i, first, found)
    if after.low in _AFTER_NOUN:
        return True
    if before.text[0].islower() and before.low.endswith(_ADJECTIVE):
        return True
    # A demonym before it ("the Azerbaijani claim that") makes it a noun; a plural subject does not
    if before.text[0].isupper() and before.low.endswith(("i", "ian", "ish", "ese", "an")):
        return found.form == "base" or before.low.endswith(("ish", "ese", "ian"))
    if found.form == "base":
        return not (before.low.endswith("s") or before.low in PRONOUNS)
    # "crude remarks": only somebody who can speak stands right before a verb that looks like a noun
    if found.form == "s" and before.text[0].islower():
        return not (is_agent(before.low) or before.low in PRONOUNS or is_adverb(before))
    return False


def _reports_at_the_end(tokens: list[Token], i: int, first: int, found: Inflected) -> bool:
    """Tell whether people behind a comma end it: "Firing has stopped, observers report"."""
    before = tokens[i - 1].low
    if found.form != "base" or found.verb.lemma not in {"report", "claim"}:
        return False
    if not before.endswith("s") or not is_agent(before):
        return False
    listed = any(t.low == "between" for t in tokens[first:i])
    return not listed and any(t.text == "," for t in tokens[max(first, i - 5) : i - 1])


def follows_modal(tokens: list[Token], i: int, first: int) -> bool:
    """Tell whether "to", a modal or "do" governs the base form at token `i`."""
    j = i - 1
    while j >= first and (is_adverb(tokens[j]) or tokens[j].low in NEGATIONS):
        j -= 1
    governs = j >= first and (tokens[j].low in MODALS or tokens[j].low in {"do", "does", "did"})
    return governs or any(t.low.endswith("n't") or t.low == "cannot" for t in tokens[j + 1 : i])


def is_title_case(tokens: list[Token], first: int) -> bool:
    """Tell whether nearly all longer words of a sentence begin with a capital, as in headlines."""
    long = [t for t in tokens[first + 1 :] if t.word and len(t.text) > 3 and t.text[0].isalpha()]
    capital = sum(t.text[0].isupper() for t in long)
    return len(long) > 1 and capital * 10 >= len(long) * 7
