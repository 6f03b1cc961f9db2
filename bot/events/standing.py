"""Which of a claimant's figures stand: the newest of the same people, older ones kept. Pure.

A figure may fall, and that is a correction, not a mistake. An older number that another outlet
carries later, and a word without a number, replace nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.claims.who.sides import sides_of
from bot.events.incidents import Statement
from bot.packs import Pack
from bot.types import Claim, Figure

#: People who are among others that are counted, wherever those are.
PARTS = frozenset("child woman minor girl boy baby infant toddler teenager pensioner".split())
#: Words that say no more of the victims than no word at all.
_ANYBODY = frozenset("person body victim other life".split())
_ONE_FORM = {
    "people": "person",
    "children": "child",
    "women": "woman",
    "men": "man",
    "babies": "baby",
    "bodies": "body",
    "lives": "life",
    "troop": "soldier",
    "serviceman": "soldier",
    "servicemen": "soldier",
    "servicemember": "soldier",
    "personnel": "soldier",
}
_OWN = re.compile(r"\b(?:its|our|their|his|her)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A figure that stands, with those of the same claimant that it replaced."""

    figure: Figure
    claim: Claim  #: the first to state it
    earlier: tuple[tuple[Figure, Claim], ...] = ()  #: oldest first
    outlets: tuple[str, ...]  #: names of those that carry it, the first one first

    @property
    def is_numbered(self) -> bool:
        """Tell whether it states a number."""
        return self.figure.low is not None or self.figure.high is not None


def standing_figures(statements: Sequence[Statement], pack: Pack) -> list[Standing]:
    """Return the figures that stand of one claimant's statements, given oldest first.

    All are of one measure and one incident, or of one and the same total.
    """
    standing: list[Standing] = []
    for statement in statements:
        earlier, fresh = list(standing), []
        for figure in statement.figures:
            same = _of_the_same(figure, statement.claim, earlier, pack)
            if any(_adds_nothing(figure, statement.claim, old) for old in same):
                standing = [
                    _carried(old, statement.claim) if old in same else old for old in standing
                ]
                earlier = [old for old in earlier if old not in same]
                continue
            # What replaced one figure replaces none of the others in the same sentence.
            earlier = [old for old in earlier if old not in same]
            standing = [old for old in standing if old not in same]
            fresh.append(
                Standing(
                    figure=figure,
                    claim=statement.claim,
                    earlier=tuple(
                        row for old in same for row in (*old.earlier, (old.figure, old.claim))
                    ),
                    outlets=(statement.claim.outlet_name,),
                )
            )
        standing += fresh
    return standing


def side_of(figure: Figure, claim: Claim, pack: Pack) -> str | None:
    """Return the party whose people the figure counts, where its words say so."""
    named = sides_of(pack).party_of(figure.text)
    own = claim.attribution.party if _OWN.search(figure.text) else None
    return named or own


def victims(figure: Figure) -> str | None:
    """Return who is counted in one form; None where it may be anybody."""
    if not figure.who:
        return None
    word = figure.who.casefold().split()[-1]
    word = _ONE_FORM.get(word) or (word[:-1] if word.endswith("s") else word)
    word = _ONE_FORM.get(word, word)
    return None if word in _ANYBODY else word


def _of_the_same(
    figure: Figure, claim: Claim, known: Sequence[Standing], pack: Pack
) -> list[Standing]:
    """Return the known figures of the same people: of the same side, else of no stated one."""
    who, side = victims(figure), side_of(figure, claim, pack)
    alike = [s for s in known if victims(s.figure) == who]
    exact = [s for s in alike if side_of(s.figure, s.claim, pack) == side]
    if exact:
        return exact
    return [s for s in alike if side is None or side_of(s.figure, s.claim, pack) is None]


def _adds_nothing(figure: Figure, claim: Claim, old: Standing) -> bool:
    if (figure.low, figure.high) == (old.figure.low, old.figure.high):
        return True
    if figure.low is None and figure.high is None:
        return old.is_numbered
    outdated = [(e.low, e.high) for e, _ in old.earlier]
    return (figure.low, figure.high) in outdated and claim.outlet != old.claim.outlet


def _carried(old: Standing, claim: Claim) -> Standing:
    return replace(old, outlets=tuple(dict.fromkeys((*old.outlets, claim.outlet_name))))
