"""Why a sentence is no news of today: history, questions, hypotheses, figures of speech. Pure.

Genre (opinion, explainer) is judged for the whole entry; a live page and everything else by the
sentence.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date

from bot.claims.memo import once_per_object
from bot.claims.news.genre import genre_of, runs_live
from bot.claims.news.history import is_history
from bot.claims.news.old_dates import is_fresh
from bot.claims.where.elsewhere import is_fiction, is_figurative
from bot.claims.where.names import name_words
from bot.claims.where.warfare import is_accident
from bot.claims.words import Keyed, words_of
from bot.packs import Pack
from bot.types import Entry, Sentence

_CONDITION = Keyed(
    r"^\W*(?:if|should|were|unless|even if|what if)\b|\bif the (?:cease-?fire|truce|talks|deal)\b",
    "if should were unless",
    lowered=True,
)
_PREDICTION = Keyed(
    r"(?<!that )(?<!which )(?<!who )\b(?:could|might|would) (?:still |soon |easily |also |not |"
    r"well )?"
    r"(?:collapse|fail|fall apart|break down|unravel|end up|have(?! it\b))\b"
    r"|\b(?:worst-case|best-case) scenario\b|^\W*(?:imagine|suppose|picture)\b",
    "could might would worst best imagine suppose picture",
    lowered=True,
)
#: Words of those who act: their condition is an offer or a threat, made today.
_SAYING = re.compile(
    r"\b(?:said|says|say|told|tells|warn(?:s|ed)|vow(?:s|ed)|threaten(?:s|ed)|pledge[sd]?|"
    r"promise[sd]?|"
    r"announce[sd]?|insist(?:s|ed)|stress(?:es|ed)|offer(?:s|ed)|declare[sd]?|agree[sd]?|tweeted|"
    r"wrote)\b"
)
#: Those who only foresee.
_FORESEERS = re.compile(
    r"\b(?:analysts?|experts?|observers|commentators?|critics|historians?|professors?|scholars?|"
    r"researchers?|"
    r"think[ -]tanks?|diplomats?|residents?|pundits?|economists?)\b"
)
#: What a live page says of itself.
_HOUSEKEEPING = Keyed(
    r"(?<!\w)(?:welcome to (?:our|the|another|today['’]s)|our (?:live|rolling|"
    r"continuing) (?:coverage|blog|page|updates)|"
    r"(?:closing|pausing|wrapping up) (?:this|our|the) (?:live )?(?:page|blog|coverage)|"
    r"stay with us|"
    r"follow (?:along|our|us)|this (?:live )?(?:page|blog) (?:is|has|will)|that['’]s (?:all|"
    r"it) (?:for|from)|"
    r"we(?:['’]ll| will) (?:bring you|be back|keep (?:you|this page|updating)|have more)|scroll down|read more|click here|"
    r"catch up|"
    r"here(?:['’]s| is| are) (?:a (?:summary|recap|look|roundup)|(?:all )?(?:what|how)|"
    r"the (?:latest|main|key)))\b|"
    r"^\W*(?:to recap|in case you missed|as a reminder|if you(?:['’]re| are) just joining)\b",
    "welcome our page blog coverage stay follow that we scroll read click catch here recap case"
    " reminder if",
    lowered=True,
)
_BREAKING = re.compile(r"^\W*(?:BREAKING|JUST IN|URGENT|Breaking|Just in)\b")
#: "14:20 GMT – ", "3.05pm: ", "has just hit": an entry of a page that goes on.
_STAMPED = re.compile(
    r"^\W*(?:[01]?\d|2[0-3])[:.h][0-5]\d(?:\s?[ap]\.?m\.?)?(?:\s\(?[A-Z]{2,5}\)?)?"
    r"(?:\s?[-–—:|]\s|\s(?=[A-Z“\"]))"
    r"|\b(?:has|have) just \w+"
)


def background_reasons(
    entry: Entry, sentences: Sequence[Sentence], pack: Pack | None
) -> tuple[str | None, ...]:
    """Return a named reason per sentence why it is no news, or None."""
    today = (entry.published_at or entry.fetched_at).date()
    genre = genre_of(entry)
    live = genre is not None and runs_live(entry)
    own = name_words(pack) if pack is not None else frozenset()
    whole = _entry_reason(sentences, own) if genre is None or live else genre
    if whole is not None:
        return (whole,) * len(sentences)
    past = None if pack is None else _past_names(pack)
    found = []
    for sentence in sentences:
        reason = _sentence_reason(sentence, today, past.within(sentence.text) if past else ())
        if live and reason is None and not _is_live_news(sentence, today):
            reason = genre
        found.append(reason)
    return tuple(found)


def _is_live_news(sentence: Sentence, today: date) -> bool:
    """On a live page only a sentence with its own day, or marked as new, is news."""
    text = sentence.text
    return sentence.field != "title" and (
        bool(_BREAKING.match(text) or _STAMPED.search(text)) or is_fresh(text, today)
    )


def _entry_reason(sentences: Sequence[Sentence], own: Collection[str]) -> str | None:
    head = [s.text for s in sentences[:6]]
    if is_figurative(*head, own=own):
        return "figurative"
    return "no_conflict" if is_accident(*head) else None


class _PastNames:
    """The names of a pack's past ceasefires and wars."""

    def __init__(self, pack: Pack) -> None:
        self.names = tuple(name for p in pack.past_ceasefires for name in (p.name, *p.names))
        self._keys = frozenset(
            word.lower() for name in self.names for word, _ in words_of(name).spans[:1]
        )

    def within(self, text: str) -> tuple[str, ...]:
        """Return the names that a text has; hardly one has any."""
        if self._keys.isdisjoint(words_of(text).vocabulary):
            return ()
        return tuple(name for name in self.names if name in text)


@once_per_object
def _past_names(pack: Pack) -> _PastNames:
    return _PastNames(pack)


def _sentence_reason(sentence: Sentence, today: date, old_names: Sequence[str]) -> str | None:
    text, headline = sentence.text, sentence.field == "title"
    if text.rstrip("\"'”’)").endswith("?"):
        return "question"
    if _HOUSEKEEPING.search(text):
        return "live_blog"
    if is_fiction(text):
        return "figurative"
    if is_history(text, today, old_names, headline=headline):
        return "history"
    return "hypothetical" if _is_hypothetical(text) else None


def _is_hypothetical(text: str) -> bool:
    if _PREDICTION.search(text):
        return True
    if not _CONDITION.search(text):
        return False
    low = text.lower()
    return not _SAYING.search(low) or bool(_FORESEERS.search(low))
