"""Why a sentence is no news of today: history, questions, hypotheses, figures of speech. Pure.

Genre (opinion, explainer, live blog) is judged for the whole entry; the rest per sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.claims.genre import genre_of
from bot.packs import Pack
from bot.types import Entry, Sentence

YEAR = re.compile(
    r"\b(?:in|since|of|the|from|by|early|late|mid-?)\s+(?:(?:January|February|March|April|May|June|July|August|"
    r"September|October|November|December|\w+day),?\s+(?:\d{1,2},?\s+)?)?((?:19|20)\d\d)\b"
)
LONG_AGO = re.compile(
    r"\b(?:last (?:year|month|century|decade)|(?:years?|decades?|months) ago|a (?:year|decade|month) ago|"
    r"(?:first|second|previous|earlier|last) war\b|since (?:the )?(?:19|20)\d\d|in the (?:19|20)\d\ds|"
    r"for (?:years|decades)|(?:over|in) the (?:past|last) (?:\w+ )?(?:years|decades|decade|year))\b",
    re.IGNORECASE,
)
HYPOTHETICAL = re.compile(
    r"^(?:If|Should|Were|Unless|Even if)\b|\b(?:could|might|would) (?:collapse|fail|fall apart|break down|unravel|"
    r"end up|have)\b|\bif the (?:ceasefire|truce|talks)\b",
    re.IGNORECASE,
)
#: Vocabulary of other worlds that borrow the words of war; two hits make an entry figurative.
FIGURATIVE = re.compile(
    r"\b(?:football|soccer|boxing|boxers?|cricket|tennis|rugby|basketball|hockey|coach(?:es)?|league|cup final|"
    r"goalkeeper|striker|midfielder|match|matches|tournament|championship|stadium|fixture|referee|season|"
    r"tariffs?|import ban|trade war|dairy|exporters|subsid(?:y|ies)|shareholders|box office|film|movie|novel|"
    r"album|band|sitcom|actor|actress|celebrit(?:y|ies)|festival|divorce|in-laws|federations?|athletes?|"
    r"Olympic\w*|chess|video game|premiere|streaming)\b",
    re.IGNORECASE,
)
ARMED = re.compile(
    r"\b(?:kill(?:s|ed)|dead|wounded|soldiers?|troops|shell(?:s|ed|ing)|missiles?|rockets?|drones?|"
    r"air ?strikes?|artillery|gunmen|gunfire|militants?|army|armies|rebels?|hostages?|bomb\w*|civilians?)\b",
    re.IGNORECASE,
)
#: Accidents, crime and disasters: victims, but of no armed conflict.
CIVIL = re.compile(
    r"\b(?:earthquake|flood(?:s|ing)?|landslide|cyclone|typhoon|hurricane|wildfire|train crash|bus crash|"
    r"derail\w*|capsiz\w*|mine collapse|miners?|stampede|fireworks?|factory fire|food poisoning|"
    r"traffic accident|plane crash|robbery|gang|murder suspect|heat ?wave|epidemic|cholera)\b",
    re.IGNORECASE,
)


def background_reasons(
    entry: Entry, sentences: Sequence[Sentence], pack: Pack | None
) -> tuple[str | None, ...]:
    """Return a named reason per sentence why it is no news, or None."""
    whole = _entry_reason(entry, sentences)
    if whole is not None:
        return (whole,) * len(sentences)
    year = (entry.published_at or entry.fetched_at).year
    old_names = _past_names(pack)
    return tuple(_sentence_reason(s.text, year, old_names) for s in sentences)


def _entry_reason(entry: Entry, sentences: Sequence[Sentence]) -> str | None:
    genre = genre_of(entry)
    if genre is not None:
        return genre
    head = " ".join(s.text for s in sentences[:6])
    figurative, armed = len(FIGURATIVE.findall(head)), len(ARMED.findall(head))
    if figurative >= 2 and figurative > armed:
        return "figurative"
    if len(CIVIL.findall(head)) >= 1 and not _war(head):
        return "no_conflict"
    return None


def _war(text: str) -> bool:
    return bool(
        re.search(
            r"\b(?:ceasefire|truce|army|troops|shelling|air ?strikes?|missiles?|drones?|offensive|militants?|"
            r"rebels?|frontline|front line|rocket|artillery)\b",
            text,
            re.IGNORECASE,
        )
    )


def _past_names(pack: Pack | None) -> tuple[str, ...]:
    if pack is None:
        return ()
    return tuple(name for p in pack.past_ceasefires for name in (p.name, *p.names))


def _sentence_reason(text: str, year: int, old_names: Sequence[str]) -> str | None:
    if text.rstrip("\"'”’)").endswith("?"):
        return "question"
    years = [int(y) for y in YEAR.findall(text)]
    if years and all(y < year for y in years) and year not in years:
        return "history"
    if LONG_AGO.search(text) or any(name in text for name in old_names):
        return "history"
    return "hypothetical" if HYPOTHETICAL.search(text) else None
