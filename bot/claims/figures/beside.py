"""People told of beside others: "along with", "together with", "as well as", "alongside". Pure.

They share the verb of those before them, but only where nothing stands between: "a man who
fought alongside two strangers was killed" tells of one.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.claims.figures.list_asides import over_phrase
from bot.claims.figures.scene import Group, Scene
from bot.claims.figures.tokens import Words

#: Links of several words, ended by the last of them.
_LINKS = (
    ("along", "with"),
    ("together", "with"),
    ("as", "well", "as"),
)
_ALONE = "alongside"


def link_before(lows: Sequence[str], at: int) -> int:
    """Return how many words of "along with" end right before a word; 0 for none."""
    if at > 0 and lows[at - 1] == _ALONE:
        return 1
    sizes = (len(link) for link in _LINKS if tuple(lows[max(0, at - len(link)) : at]) == link)
    return next(sizes, 0)


def link_at(lows: Sequence[str], at: int) -> int:
    """Return how many words of "along with" begin at a word; 0 for none."""
    if lows[at : at + 1] == (_ALONE,):
        return 1
    return next((len(link) for link in _LINKS if tuple(lows[at : at + len(link)]) == link), 0)


def host_of(scene: Scene, at: int) -> Group | None:
    """Return those whom ", along with his son" goes on from; the link ends before a word."""
    words = scene.words
    end = at - link_before(words.lows, at) - 1
    end -= words.at(end) == ","
    group = scene.ending(end) or over_phrase(scene, end)
    return group if group is not None and words.at(group.tail + 1) != "who" else None


def is_hostless(scene: Scene, group: Group) -> bool:
    """Tell whether a verb stands between a link and people before: "who fought alongside two"."""
    words = scene.words
    if not link_before(words.lows, group.first) or host_of(scene, group.first) is not None:
        return False
    before = group.first - link_before(words.lows, group.first) - 1
    before -= words.at(before) == ","
    return before >= 0 and not _is_named(words, before)


def _is_named(words: Words, at: int) -> bool:
    return words.plain and words.tokens[at].word[:1].isupper()
