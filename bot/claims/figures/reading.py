"""Casualty figures of a sentence: how many, of whom, in which sense. Pure.

`words | groups of people | tolls | what became of whom | sums of one side | scope and polarity`.
Parts of a stated total, numbers of other things and people who were let go are no figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import zip_longest

from bot.claims.figures import patterns
from bot.claims.figures.care import find_care
from bot.claims.figures.distributive import share_of
from bot.claims.figures.earlier import with_earlier
from bot.claims.figures.gaps import find_gaps
from bot.claims.figures.gate import may_tell
from bot.claims.figures.groups import find_groups
from bot.claims.figures.harm import harm_at
from bot.claims.figures.insertions import (
    Correction,
    added_up,
    blanked,
    corrections,
    with_commas,
    without_asides,
    without_shares,
)
from bot.claims.figures.losses import find_losses
from bot.claims.figures.outcomes import find_outcomes, is_freed, shares_number
from bot.claims.figures.reduced import without_reduced, without_the_dead
from bot.claims.figures.scene import Group, Kind, Scene, Told, scene_of
from bot.claims.figures.scope import as_one_count, cuts_of, in_sense
from bot.claims.figures.sums import sums_of
from bot.claims.figures.survival import find_survival
from bot.claims.figures.taken_up import find_taken_up
from bot.claims.figures.tokens import read_words
from bot.claims.figures.told_names import may_name
from bot.claims.figures.toll_values import Toll
from bot.claims.figures.tolls import find_tolls
from bot.claims.figures.updates import replaces
from bot.claims.figures.wounds import find_wounds
from bot.claims.numbers import Mention, find_numbers
from bot.types import Figure, Measure, Polarity

#: Longer sentences are cut: no report states its toll after this much text.
MAX_SENTENCE = 2000

#: Sentences kept: the same one is asked for when claims are picked and when they are made.
KEPT = 512

_PLACE = re.compile(
    r"(?: (?:was|were|people|others|killed|wounded|injured|dead|hurt)){0,3} (?:in|at|near|outside) "
    r"(?:[a-z]+ ){0,3}(?P<name>[A-Z][\w'’-]+)"
)
_GOING_ON = re.compile(r"\band\b|\bwhile\b|;|^,\s$", re.IGNORECASE)
_PARTICIPLES = frozenset(("dead", "wounded", "injured", "missing"))
#: "Were 500 killed?" states nothing.
_QUESTION = re.compile(
    r"\W*(?:Were|Was|Did|Does|Do|Have|Has|Had|Are|Is|Could|Can|Will|Would|How|Why|Who)\b"
    r"[^.!?”\"]*\?\W*$"
)
_SAME_AGAIN = re.compile(
    r"as many\b(?! as)|(?:the|an|a) (?:same|equal|similar) number", re.IGNORECASE
)
_COMPOUND = re.compile(r"\b(?P<number>\d+|[a-z]+)-(?:fatality|death|victim)\b", re.IGNORECASE)


#: What is counted, and between which bounds.
_Count = tuple[Measure, int | None, int | None]


@dataclass(frozen=True, slots=True)
class _Placed:
    figure: Figure
    start: int
    copy: bool = False  #: the same again, of another side or place


@lru_cache(maxsize=KEPT)
def find_figures(sentence: str) -> tuple[Figure, ...]:
    """Return the figures that a sentence states, in reading order."""
    text = sentence[:MAX_SENTENCE]
    lower = text.lower()
    placed = list(_breaches(text, lower))
    if may_tell(text) and not _QUESTION.match(text):
        placed += _compounds(text, lower)
        corrected = corrections(text)
        main, asides = without_asides(without_shares(blanked(text, corrected)))
        for part in (main, *asides):
            placed += (_corrected(one, corrected) for one in _figures(part, text))
        placed += _listed_between_dashes(text, placed)
        placed += _added_up_in_brackets(text)
    if not placed:
        return ()
    placed = list(_renewed(text, sorted(placed, key=lambda p: p.start)))
    cuts = cuts_of(text, lower)
    told = [(in_sense(text, p.figure, p.start, cuts), p.start) for p in _unrepeated(text, placed)]
    return as_one_count(text, told)


def _listed_between_dashes(text: str, placed: Sequence[_Placed]) -> list[_Placed]:
    """Return victims of "the family – a woman, her son and a baby – were crushed to death".

    Between dashes stands who they are; only where the sentence itself gives no number.
    """
    found: list[_Placed] = []
    known = {one.figure.measure for one in placed}
    for start, end, commas in with_commas(text):
        for one in _figures(commas, text):
            if start < one.start < end and one.figure.measure not in known:
                found.append(one)
    return found


def _added_up_in_brackets(text: str) -> list[_Placed]:
    """Return what "killed nine people (1,140 since the war began)" adds up."""
    return [
        one
        for start, end, commas in added_up(text)
        for one in _figures(commas, text)
        if start < one.start < end
    ]


def _renewed(text: str, placed: Sequence[_Placed]) -> Iterator[_Placed]:
    """Leave out figures that the next one replaces; it keeps their value as the previous one."""
    earlier: Figure | None = None
    for one, following in zip_longest(placed, placed[1:]):
        figure = one.figure
        if earlier is not None:
            figure, earlier = replace(figure, previous=earlier.low), None
        if following is not None and replaces(
            text, figure, one.start, following.figure, following.start
        ):
            earlier = figure
            continue
        yield one if figure is one.figure else replace(one, figure=figure)


def _corrected(placed: _Placed, corrected: Sequence[Correction]) -> _Placed:
    for one in corrected:
        if placed.start < one.start <= placed.start + len(placed.figure.text):
            return replace(placed, figure=replace(placed.figure, previous=one.earlier))
    return placed


def _breaches(text: str, lower: str) -> Iterator[_Placed]:
    if "violation" not in lower and "breach" not in lower and "infringement" not in lower:
        return
    for mention in find_numbers(text):
        if patterns.BREACHES.match(text, mention.end):
            yield _Placed(_of_number(text, mention, Measure.VIOLATIONS), mention.start)


def _compounds(text: str, lower: str) -> Iterator[_Placed]:
    """Yield figures of "the 11-fatality attack"."""
    if "-fatality" not in lower and "-death" not in lower and "-victim" not in lower:
        return
    for match in _COMPOUND.finditer(text):
        number = next(iter(find_numbers(match["number"])), None)
        if number is not None:
            yield _Placed(_of_number(match["number"], number, Measure.KILLED), match.start())


def _of_number(text: str, mention: Mention, measure: Measure) -> Figure:
    return Figure(
        measure=measure,
        low=mention.low,
        high=mention.high,
        qualifier=mention.qualifier,
        text=text[mention.start : mention.end],
    )


def _figures(text: str, whole: str) -> Iterator[_Placed]:
    words = read_words(text, whole)
    groups = find_groups(words)
    if not groups and not may_name(words):
        return
    scene = scene_of(words, groups)
    tolls = find_tolls(scene)
    taken = {first for toll in tolls for first in toll.taken}
    for toll in tolls:
        figure = _of_toll(whole, toll)
        if toll.previous is None:
            figure = with_earlier(whole, figure, toll.group.count.end)
        yield _Placed(figure, toll.group.count.start)
    for told in _once(scene, _told(scene), taken):
        share = share_of(scene, told)
        for figure, start in sums_of(words, told):
            end = words.tokens[told.groups[-1].tail].end
            figure = with_earlier(whole, _times(figure, share.times), end)
            yield from (_Placed(figure, start, copy > 0) for copy in range(share.copies))


def _times(figure: Figure, times: int) -> Figure:
    """Return a figure of so many attacks alike."""
    low, high = figure.low, figure.high
    low, high = low and low * times, high and high * times
    return replace(figure, low=low, high=high) if times > 1 else figure


def _told(scene: Scene) -> Iterator[Told]:
    told = [
        *find_outcomes(scene),
        *find_losses(scene),
        *find_survival(scene),
        *find_taken_up(scene),
    ]
    wounded = [*find_wounds(scene), *find_care(scene)]
    told = [*without_reduced(scene, told), *without_the_dead(wounded, told)]
    yield from _merged(scene, told)
    own = list(_own_told(scene, told))
    yield from find_gaps(scene, (*told, *own))
    yield from own


def _own_told(scene: Scene, told: Sequence[Told]) -> Iterator[Told]:
    """Yield what groups tell of themselves: "312 dead", "a wounded boy"."""
    for group in scene.groups:
        if group.measure is None or group.kind is Kind.BODY or group.part:
            continue
        if _is_shared(scene, group) or any(_has_died(one, group) for one in told):
            continue
        if group.stated or _is_new(scene, group):
            yield Told((group,), group.measure, at=group.last)


def _has_died(told: Told, group: Group) -> bool:
    """Tell whether "a wounded boy" is told of as dead."""
    return told.measure is Measure.KILLED and group in told.groups


def _is_shared(scene: Scene, group: Group) -> bool:
    """Tell whether "40 dead and wounded" says of neither how many they are."""
    harm = harm_at(scene.words.lows, group.last) if group.kind is Kind.HARM else None
    return harm is not None and shares_number(scene, group.last, harm)


def _merged(scene: Scene, told: Sequence[Told]) -> Iterator[Told]:
    """Join "tearing the arm off a sergeant and injuring 27": one measure, two verbs, one sum."""
    last: Told | None = None
    for one in sorted(told, key=lambda t: t.at):
        if last is not None and last.measure is one.measure and not last.feared:
            between = scene.words.lows[last.groups[-1].tail + 1 : one.at]
            if between in (("and",), (",", "and")) and one.at < one.groups[0].first:
                last = replace(last, groups=(*last.groups, *one.groups))
                continue
        if last is not None:
            yield last
        last = one
    if last is not None:
        yield last


def _is_new(scene: Scene, group: Group) -> bool:
    """Tell whether "a wounded man" is news; "a slain leader" was known to be dead."""
    own = scene.words.lows[group.first : group.last]
    return not group.definite and bool(_PARTICIPLES.intersection(own))


def _once(scene: Scene, told: Iterable[Told], taken: set[int]) -> Iterator[Told]:
    """Leave out groups that a toll used up or that have been told of before."""
    done: set[tuple[int, Measure]] = set()
    for one in told:
        groups = tuple(
            g
            for g in one.groups
            if not g.part and g.first not in taken and (g.first, one.measure) not in done
        )
        if one.measure is Measure.CAPTURED:
            groups = tuple(g for g in groups if not is_freed(scene, g))
        done.update((g.first, one.measure) for g in groups)
        if groups:
            yield replace(one, groups=groups)


def _of_toll(text: str, toll: Toll) -> Figure:
    return Figure(
        measure=toll.measure,
        low=toll.low,
        high=toll.high,
        qualifier=toll.qualifier,
        who=toll.who,
        previous=toll.previous,
        polarity=Polarity.FEARED if toll.feared else Polarity.ASSERTED,
        text=text[toll.group.count.start : toll.group.count.end],
    )


def _unrepeated(text: str, placed: Sequence[_Placed]) -> Iterator[_Placed]:
    """Leave out a figure that only says again what the sentence has said.

    "Two in Orvel and two in Tashar" are no repetition: each has a place of its own.
    """
    seen: dict[_Count, tuple[str | None, str | None, Polarity]] = {}
    end_before = 0
    for one in placed:
        figure = one.figure
        if figure.high == 0:
            continue  # "zero fatalities"
        key = (figure.measure, figure.low, figure.high)
        named = _PLACE.match(text, one.start + len(figure.text))
        place = named["name"] if named else None
        repeated = key in seen and key[1:] != (None, None) and not one.copy
        if repeated and not _SAME_AGAIN.match(figure.text):
            who_before, place_before, polarity = seen[key]
            elsewhere = None not in (place, place_before) and place != place_before
            told = text[end_before : one.start]
            others = figure.polarity is not polarity or _are_others(figure, who_before)
            if not elsewhere and not (others and _GOING_ON.search(told)):
                continue
        seen[key] = figure.who, place, figure.polarity
        end_before = one.start + len(figure.text)
        before = figure.previous
        if before is not None:
            seen[figure.measure, before, before] = None, None, figure.polarity
        yield one


def _are_others(figure: Figure, who: str | None) -> bool:
    """Tell whether one victim is somebody else than the one told of before."""
    unlike = None not in (figure.who, who) and figure.who != who
    return unlike and figure.high == 1 and figure.low == 1
