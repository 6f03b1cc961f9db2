"""Whom a description points back to: "the latter", "the Palestinian group"."""

from __future__ import annotations

import re

from bot.claims.grammar.wordlists import word_set
from bot.claims.who.discourse import SCENE_REACH, Discourse
from bot.claims.who.speakers import Mention

#: What armed groups are called without their names; the pattern is the name in a text.
_TRAITS: tuple[tuple[str, frozenset[str]], ...] = (
    (r"Hamas|(?:Palestinian )?Islamic Jihad", word_set("palestinian islamist militant armed gaza")),
    (r"Fatah", word_set("palestinian")),
    (r"Hezbollah|Hizbollah|Hizbullah", word_set("lebanese shia shiite islamist militant armed")),
    (r"Houthis|Ansar Allah", word_set("yemeni rebel armed militant shia")),
    (r"Rapid Support Forces|RSF", word_set("paramilitary sudanese armed")),
    (r"PKK|Kurdistan Workers' Party", word_set("kurdish militant armed rebel")),
    (r"Syrian Democratic Forces|SDF", word_set("kurdish syrian kurdish-led armed")),
    (r"Taliban", word_set("afghan islamist militant")),
    (r"Hayat Tahrir al-Sham|HTS", word_set("syrian islamist rebel armed")),
    (r"M23", word_set("congolese rebel armed")),
    (r"Lashkar-e-Taiba|Jaish-e-Mohammed", word_set("pakistani pakistan-based militant islamist")),
    (r"Polisario(?: Front)?", word_set("sahrawi rebel")),
    (r"Boko Haram", word_set("nigerian islamist militant")),
    (r"Al-Shabaab|al-Shabaab", word_set("somali islamist militant")),
)
_NAMES = tuple((re.compile(rf"\b(?:{names})\b"), traits) for names, traits in _TRAITS)
_GROUP = re.compile(
    r"(?i)the ([\w\-]{3,16}) (?:group|movement|faction|militia|force|organi[sz]ation)"
)
_NAME = r"[A-Z][\w\-]{1,20}(?:['’]s? \w{3,15})?(?: [A-Z][\w\-]{1,20}){0,3}"
_PAIR = re.compile(rf"\b({_NAME}) and (?:the )?({_NAME})")


def is_pair_member(mention: Mention) -> bool:
    """Tell whether a phrase is "the latter" or "the former"."""
    return mention.text.lower() in {"the latter", "the former"}


def resolve_pair_member(d: Discourse, mention: Mention, sentence: int) -> Mention:
    """Name "the latter" by the one pair of names in the sentence before; else nobody."""
    pairs = _PAIR.findall(d.text_before(sentence))
    if len(pairs) != 1:
        return mention._replace(name=None, sort="nominal")
    name = pairs[0][mention.text.lower() == "the latter"]
    return mention._replace(name=name, sort="side", side=d.sides.of(name))


def resolve_group(d: Discourse, mention: Mention, sentence: int) -> Mention:
    """Name "the Palestinian group" by the one group so described in the sentences before."""
    match = _GROUP.fullmatch(mention.text)
    if match is None:
        return mention
    for back in range(SCENE_REACH):
        text = d.text_before(sentence - back)
        found = [
            named[0]
            for pattern, traits in _NAMES
            if match[1].lower() in traits
            for named in [pattern.search(text)]
            if named
        ]
        if len(found) == 1:
            return mention._replace(name=found[0], sort="side", side=d.sides.of(found[0]))
        if found:
            return mention
    return mention
