"""Casualty figures of a sentence: how many, of whom, in which sense. Pure.

`words | groups of people | tolls | what became of whom | sums of one side | scope and polarity`.
Parts of a stated total, numbers of other things and people who were let go are no figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.claims.figures import patterns
from bot.claims.figures.gaps import find_gaps
from bot.claims.figures.groups import find_groups
from bot.claims.figures.harm import CUES
from bot.claims.figures.losses import find_losses
from bot.claims.figures.outcomes import find_outcomes, is_freed
from bot.claims.figures.scene import Group, Kind, Scene, Told, scene_of
from bot.claims.figures.scope import as_one_count, cuts_of, in_sense
from bot.claims.figures.sums import sums_of
from bot.claims.figures.survival import find_survival
from bot.claims.figures.tokens import read_words
from bot.claims.figures.tolls import Toll, earlier_mark, find_tolls
from bot.claims.figures.wounds import find_wounds
from bot.claims.numbers import Mention, find_numbers
from bot.types import Figure, Measure

#: Longer sentences are cut: no report states its toll after this much text.
MAX_SENTENCE = 2000
#: Brackets of one sentence that are read on their own.
MAX_ASIDES = 8
#: Sentences kept: the same one is asked for when claims are picked and when they are made.
KEPT = 512

_ASIDE = re.compile(
    r"\((?!\s*\d+\s*[,)])[^()]*\)|(?<=\s)(?:--|—|–)\s[^—–;.()]{3,90}?\s(?:--|—|–)(?=\s)|"
    r"(?<=\w)—[^—;.()]{3,90}—(?=\w)"
)
_MARK = re.compile(r"^(?:\(|--|—|–)|(?:\)|--|—|–)$")
_PARTICIPLES = frozenset(("dead", "wounded", "injured", "missing"))
_LETTERS = re.compile(r"[a-z]+")
_COMPOUND = re.compile(r"\b(?P<number>\d+|[a-z]+)-(?:fatality|death|victim)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Placed:
    figure: Figure
    start: int


@lru_cache(maxsize=KEPT)
def find_figures(sentence: str) -> tuple[Figure, ...]:
    """Return the figures that a sentence states, in reading order."""
    text = sentence[:MAX_SENTENCE]
    if CUES.isdisjoint(_LETTERS.findall(text.lower())):
        return ()
    placed = [*_breaches(text), *_compounds(text)]
    main, asides = _without_asides(text)
    for part in (main, *asides):
        placed += _figures(part, text)
    placed.sort(key=lambda p: p.start)
    cuts = cuts_of(text)
    told = [(in_sense(text, p.figure, p.start, cuts), p.start) for p in _unrepeated(placed)]
    return as_one_count(text, told)


def _without_asides(text: str) -> tuple[str, list[str]]:
    """Return the text with its brackets blanked, and each bracket alone, at its place."""
    asides = [
        " " * m.start() + _MARK.sub(lambda mark: " " * len(mark.group()), m.group())
        for m in _ASIDE.finditer(text)
        if not CUES.isdisjoint(_LETTERS.findall(m.group().lower()))
    ]
    del asides[MAX_ASIDES:]
    return _ASIDE.sub(lambda m: " " * len(m.group()), text), asides


def _breaches(text: str) -> Iterator[_Placed]:
    if (
        "violation" not in text.lower()
        and "breach" not in text.lower()
        and "infring" not in text.lower()
    ):
        return
    for mention in find_numbers(text):
        if patterns.BREACHES.match(text, mention.end):
            yield _Placed(_of_number(text, mention, Measure.VIOLATIONS), mention.start)


def _compounds(text: str) -> Iterator[_Placed]:
    """Yield figures of "the 11-fatality attack"."""
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
    if not groups:
        return
    scene = scene_of(words, groups)
    tolls = find_tolls(scene)
    taken = {first for toll in tolls for first in toll.taken}
    for toll in tolls:
        yield _Placed(_of_toll(whole, toll), toll.group.count.start)
    for told in _once(scene, _told(scene), taken):
        for figure, start in sums_of(words, told):
            end = words.tokens[told.groups[-1].tail].end
            yield _Placed(_with_earlier(whole, figure, end), start)


def _told(scene: Scene) -> Iterator[Told]:
    told = [
        *find_outcomes(scene),
        *find_losses(scene),
        *find_survival(scene),
        *find_wounds(scene),
    ]
    yield from _merged(scene, told)
    yield from find_gaps(scene, told)
    for group in scene.groups:
        if group.measure is None or group.kind is Kind.BODY or group.part:
            continue
        if group.stated or _is_new(scene, group):
            yield Told((group,), group.measure)


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
        text=text[toll.group.count.start : toll.group.count.end],
    )


def _with_earlier(text: str, figure: Figure, end: int) -> Figure:
    """Add the earlier value that stands behind a figure: ", not eight as first reported"."""
    behind = text[end : end + 110]
    mark = earlier_mark(behind)
    if mark is None or re.search(r"[.;]", behind[: mark.start()]):
        return figure
    number = next(iter(find_numbers(behind[mark.end() :][:30])), None)
    if number is None or number.start > 2 or number.value is None:
        return figure
    return replace(figure, previous=number.value)


def _unrepeated(placed: Sequence[_Placed]) -> Iterator[_Placed]:
    """Leave out a figure that only says again what the sentence has said."""
    seen: set[tuple[Measure, int | None, int | None]] = set()
    for one in placed:
        key = (one.figure.measure, one.figure.low, one.figure.high)
        if key in seen and key[1:] != (None, None):
            continue
        seen.add(key)
        before = one.figure.previous
        if before is not None:
            seen.add((one.figure.measure, before, before))
        yield one
