"""Sums of the victims of one side; people of two sides or two places stay apart. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.claims.figures.harm import BODIES, COUNTED
from bot.claims.figures.heads import OWN, name_of
from bot.claims.figures.nouns import is_calling
from bot.claims.figures.places import set_apart
from bot.claims.figures.scene import Group, Kind, Told
from bot.claims.figures.tokens import Words
from bot.claims.grammar.wordlists import word_set
from bot.types import Figure, Polarity, Qualifier

#: Sides that no name tells.
_UNNAMED = frozenset((None, OWN, "forces", "insurgents"))
#: Who is on neither side of a fight.
_CIVILIANS = word_set(
    "civilian civilians child children woman women boy boys girl girls resident residents villager"
    " villagers bystander bystanders passerby passers-by"
)


def sums_of(words: Words, told: Told) -> Iterator[tuple[Figure, int]]:
    """Yield one figure per side and place of what is told, with its place in the text."""
    groups: list[list[Group]] = []
    two_sides = len({g.side for g in told.groups} - _UNNAMED) > 1
    for group in told.groups:
        if groups and not (
            _other_side(groups[-1], group)
            or _told_apart(words, groups[-1][-1], group)
            or (two_sides and _is_of_neither(groups[-1][-1]) is not _is_of_neither(group))
        ):
            groups[-1].append(group)
        else:
            groups.append([group])
    for side in groups:
        yield _sum(words, side, told), words.tokens[side[0].first].start


def _other_side(groups: Sequence[Group], group: Group) -> bool:
    if group.side == OWN and groups[-1].side != OWN:
        return True
    if is_calling(group.head) and all(is_calling(g.head) for g in groups):
        return False  # "two Israeli farmers and a Thai labourer"
    sides = {g.side for g in groups if g.side is not None}
    return group.side is not None and bool(sides) and group.side not in sides


def _is_of_neither(group: Group) -> bool:
    """Tell whether "a civilian" behind "an Indian soldier, two Pakistani rangers" has no side."""
    return group.side is None and group.head in _CIVILIANS


def _told_apart(words: Words, before: Group, group: Group) -> bool:
    return set_apart(words, before.tail + 1, group.tail + 1)


def _sum(words: Words, groups: Sequence[Group], told: Told) -> Figure:
    counts = [g.count for g in groups]
    low = None if any(c.low is None for c in counts) else sum(c.low or 0 for c in counts)
    high = None if any(c.high is None for c in counts) else sum(c.high or 0 for c in counts)
    qualifiers = [c.qualifier for c in counts if c.qualifier is not Qualifier.EXACT]
    heads = {g.head for g in groups}
    head = groups[0].head
    name = name_of(words, head, groups[0].last)
    named = head == "martyrs" or not (head in BODIES or head in COUNTED)
    return Figure(
        measure=told.measure,
        low=low,
        high=high,
        qualifier=qualifiers[0] if qualifiers else Qualifier.EXACT,
        who=name if len(heads) == 1 and named else None,
        polarity=Polarity.FEARED if told.feared else Polarity.ASSERTED,
        text=_span(words, groups),
    )


def _span(words: Words, groups: Sequence[Group]) -> str:
    start = words.tokens[groups[0].first].start
    if groups[0].stated:
        start = groups[0].count.start
    last = groups[-1]
    end = last.count.end if last.kind is Kind.HARM else words.tokens[last.last].end
    return words.text[start:end]
