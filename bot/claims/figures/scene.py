"""The records of the grammar: groups, a sentence with its groups, what is told of them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from bot.claims.figures.harm import Harm
from bot.claims.figures.tokens import Words
from bot.claims.numbers import Mention
from bot.types import Measure


class Kind(Enum):
    """What a group counts."""

    PEOPLE = "people"
    BARE = "bare"  #: a number alone
    OPEN = "open"  #: a noun that no list knows
    THING = "thing"
    HARM = "harm"  #: deaths, wounded
    BODY = "body"
    LIVES = "lives"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A counted noun phrase. Positions are tokens."""

    first: int  #: its determiner or number
    last: int  #: its noun, or the number where it has none
    tail: int  #: where ages behind the noun end
    count: Mention
    kind: Kind
    head: str | None = None
    measure: Measure | None = None  #: what its own words say: "wounded" in "three wounded men"
    side: str | None = None
    part: bool = False  #: "two of them", "including two children"
    stated: bool = True  #: a number was written, not an article
    definite: bool = False
    named: bool = False


#: Words that a subject and its verb may have between them.
REACH = 45


@dataclass(frozen=True, slots=True)
class Scene:
    """A sentence with its groups."""

    words: Words
    groups: tuple[Group, ...]
    held: Sequence[Group | None]

    def starting(self, at: int) -> Group | None:
        """Return the group that begins at a word."""
        group = self.held[at] if 0 <= at < len(self.held) else None
        return group if group is not None and group.first == at else None

    def ending(self, at: int) -> Group | None:
        """Return the group that ends at a word."""
        group = self.held[at] if 0 <= at < len(self.held) else None
        return group if group is not None and group.tail == at else None


@dataclass(frozen=True, slots=True)
class Told:
    """Groups that one word of harm is said of."""

    groups: tuple[Group, ...]
    measure: Measure
    feared: bool = False
    at: int = 0  #: the word of harm


def scene_of(words: Words, groups: tuple[Group, ...]) -> Scene:
    """Return a sentence with a look-up of its groups."""
    return Scene(words, groups, _held(words, groups))


def countable(group: Group, harm: Harm) -> bool:
    """Tell whether this harm can be counted by that group."""
    if group.kind is Kind.THING:
        return False
    if harm.strict and harm.form not in ("died",):
        return group.kind is Kind.PEOPLE or (group.kind is Kind.BARE and harm.form in ("ed", "en"))
    return group.kind is not Kind.LIVES


def _held(words: Words, groups: tuple[Group, ...]) -> list[Group | None]:
    """Return for each token the group that holds it."""
    held: list[Group | None] = [None] * len(words.tokens)
    for group in groups:
        for at in range(group.first, group.tail + 1):
            held[at] = group
    return held
