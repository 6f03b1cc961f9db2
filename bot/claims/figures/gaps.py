"""Victims whose verb is left out: "as did three", "cost India 21 dead and Pakistan 51". Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from bot.claims.figures.bodies import verb_of_bodies
from bot.claims.figures.groups import has_own_verb
from bot.claims.figures.harm import COUNTED, harm_at
from bot.claims.figures.heads import STOPS
from bot.claims.figures.nouns import is_person
from bot.claims.figures.places import IN_PLACE, set_apart
from bot.claims.figures.scene import REACH, Group, Kind, Scene, Told
from bot.claims.figures.subjects import MODALS, SKIPPED, is_passive, left_subject
from bot.claims.figures.tokens import Words
from bot.claims.grammar.wordlists import AUXILIARIES, BE_FORMS, PREPOSITIONS, word_set
from bot.types import Measure

_ECHOES = word_set("did had have has") | BE_FORMS
_SAVE = word_set("but except save besides")
#: Words that say at once who and what happened.
_MARTYRS = word_set("martyrs abductees")
_LOSSES = word_set("losses dead deaths fatalities")
_ENDS = word_set(", . and ; but while") | {""}
_REPORTING = word_set(
    "reports reported reporting counts counted counting lists listed claims claimed gives gave"
    " records recorded confirms confirmed received"
)
_ATTACKS = word_set("shooting shootings stabbing stabbings beating beatings wounding attack")
_COUNTING = _REPORTING | word_set("said say says found saw lost lose")
_OPPOSING = word_set("but while ; though whereas")
_VERBAL = AUXILIARIES | SKIPPED
_OPENERS = word_set(
    "as so own fatal fatality death nobody none making fatally mortally only sole"
) | frozenset(COUNTED)
_OTHER_DAYS = word_set(
    "today yesterday tonight monday tuesday wednesday thursday friday saturday sunday"
)
#: Words of ", and on Friday" between two counts.
_DAY_GAP = 8
_JOINERS = word_set(", and ;")
_BESIDE = _JOINERS | {"—"}
_LOSING = word_set("lost lose loses losing cost costs costing")


def find_gaps(scene: Scene, told: Sequence[Told]) -> Iterator[Told]:
    """Yield what the sentence leaves to be filled in from what was told before."""
    lows = scene.words.lows
    for at, low in enumerate(lows):
        if low not in _OPENERS:
            continue
        if low in ("as", "so") and scene.words.at(at + 1) in _ECHOES:
            yield from _echo(scene, told, at)
        if low == "own" and _takes_up_losses(lows, at):
            yield from _own_losses(scene, at)
        if low == "making":
            yield from _making_it(scene, told, at)
        if low in _READERS:
            yield from _READERS[low](scene, at)
        if low in COUNTED and scene.words.at(at + 1) in ("(", ","):
            bracket = scene.starting(at + 2)
            if bracket is not None and bracket.kind is Kind.BARE and _numbers(scene, bracket):
                named = replace(bracket, head=low if low in _MARTYRS else None)
                yield Told((named,), COUNTED[low], at=at)
    for one in told:
        yield from _other_days(scene, one)
        yield from _other_places(scene, one)
        yield from _other_counts(scene, one)
        yield from _added_up(scene, one)
        reported = scene.words.before(one.groups[0].first) in _REPORTING
        if reported or lows[one.at] in _LOSING or scene.words.before(one.at) in _LOSING:
            yield from _other_losers(scene, one)


def _numbers(scene: Scene, group: Group) -> bool:
    """Tell whether a number stands in brackets or as ", seven in number,"."""
    behind = scene.words.lows[group.tail + 1 : group.tail + 3]
    return scene.words.before(group.first) == "(" or behind == ("in", "number")


def _echo(scene: Scene, told: Sequence[Told], at: int) -> Iterator[Told]:
    """Read "a policeman died, as did three of the captors"."""
    group = scene.starting(at + 2)
    before = [one for one in told if one.at < at]
    if before and group is not None and group.kind is not Kind.THING:
        yield Told((group,), max(before, key=lambda one: one.at).measure, at=at)


def _making_it(scene: Scene, told: Sequence[Told], at: int) -> Iterator[Told]:
    """Read "two more soldiers died, making it 11 in a week"."""
    group = scene.starting(at + 2) if scene.words.at(at + 1) == "it" else None
    before = [one for one in told if one.at < at]
    if before and group is not None and group.stated and group.kind is Kind.BARE:
        yield Told((group,), before[-1].measure, at=at)


def _fatal(scene: Scene, at: int) -> Iterator[Told]:
    """Read "nine casualties, two of them fatal" and "the fatal shooting of two boys"."""
    words = scene.words
    if words.at(at + 1) in _ATTACKS and words.at(at + 2) in ("of", "on"):
        victims = scene.starting(at + 3)
        if victims is not None and victims.kind is Kind.PEOPLE:
            yield Told((victims,), Measure.KILLED, at=at)
        return
    end = at - 1 - (scene.words.before(at) in BE_FORMS)
    group = scene.ending(end)
    if group is not None and group.stated and group.kind is Kind.BARE and not group.part:
        yield Told((group,), Measure.KILLED, at=at)


def _one_fatally(scene: Scene, at: int) -> Iterator[Told]:
    """Read "two men were wounded, one of them fatally"."""
    group = scene.ending(at - 1)
    ends = scene.words.at(at + 1) in _ENDS
    if group is not None and ends and group.kind is Kind.BARE and group.stated:
        yield from _shot(scene, group)
        yield Told((replace(group, part=False),), Measure.KILLED, at=at)


def _shot(scene: Scene, part: Group) -> Iterator[Told]:
    """Read the four of "four men were shot, two fatally": shot alone tells no outcome."""
    words = scene.words
    shot = next((n for n in range(part.first - 1, -1, -1) if words.lows[n] == "shot"), None)
    if shot is None or ";" in words.lows[shot : part.first] or harm_at(words.lows, shot):
        return
    whole = scene.starting(shot + 1) or scene.ending(shot - 1)
    if whole is None and is_passive(words, shot):
        whole = left_subject(scene, shot)[0]
    others = {"other", "others", "rest"} & set(words.lows[part.tail : part.tail + 6])
    listed = words.before(part.first) == "," and not others  # "one fatally and the other"
    if whole is not None and listed and whole.stated and not whole.part:
        yield Told((whole,), Measure.WOUNDED, at=shot)


def _only_death(scene: Scene, at: int) -> Iterator[Told]:
    """Read "the only fatality was a night watchman"."""
    words = scene.words
    group = scene.starting(at + 2) if words.at(at + 1) in BE_FORMS else None
    only = words.before(at) in ("only", "sole", "lone", "single", "first")
    if only and group is not None and group.kind is Kind.PEOPLE:
        yield Told((group,), Measure.KILLED, at=at)


def _only_one(scene: Scene, at: int) -> Iterator[Told]:
    """Read "the only person hurt was a cyclist"."""
    words = scene.words
    harm = harm_at(words.lows, at + 2)
    someone = words.at(at + 1) == "one" or is_person(words.at(at + 1))
    if words.before(at) != "the" or harm is None or not someone:
        return
    verb = at + 2 + harm.size
    group = scene.starting(verb + 1) if words.at(verb) in BE_FORMS else None
    if group is not None and group.kind is Kind.PEOPLE and not group.part:
        yield Told((group,), harm.measure, at=at)


def _takes_up_losses(lows: Sequence[str], at: int) -> bool:
    """Tell whether "its own" at a word takes up "losses" said before."""
    return bool(_LOSSES.intersection(lows[max(0, at - REACH // 2) : at]))


def _own_losses(scene: Scene, at: int) -> Iterator[Told]:
    """Read "Ovrania put its losses at five and Tashar its own at 11"."""
    words = scene.words
    group = scene.starting(at + 2)
    owned = words.before(at) in ("its", "their", "his") and words.at(at + 1) == "at"
    if owned and group is not None and group.stated and group.kind in (Kind.BARE, Kind.PEOPLE):
        yield Told((group,), Measure.KILLED, at=at)


def _nobody_but(scene: Scene, at: int) -> Iterator[Told]:
    """Read "nobody was killed in the blast but the bomber"."""
    lows = scene.words.lows
    for verb in range(at + 1, min(at + 5, len(lows))):
        harm = harm_at(lows, verb)
        if harm is None:
            continue
        for end in range(verb + 1, min(verb + 12, len(lows))):
            if lows[end - 1 : end + 1] == (",", "but"):
                return  # "nobody was killed, but seven people had to leave"
            if lows[end] in _SAVE:
                group = scene.starting(end + 1)
                alone = group is not None and not has_own_verb(scene.words, group)
                if group is not None and alone and group.kind is Kind.PEOPLE:
                    yield Told((group,), harm.measure, at=at)
                return
        return


def _other_places(scene: Scene, told: Told) -> Iterator[Told]:
    """Read "3 killed in Kherson, 2 in Nikopol"; numbers that add up to the first are its parts."""
    last = told.groups[-1]
    lows = scene.words.lows
    end = max(last.tail, told.at)
    if last.kind is Kind.BODY:
        end = verb_of_bodies(lows, end)
    near = told.at <= last.tail or _VERBAL.issuperset(lows[last.tail + 1 : told.at])
    if not near or scene.words.at(end + 1) not in IN_PLACE | {"on"}:
        return
    start = end + 1
    found: list[Group] = []
    for group in scene.groups:
        if group.first <= end:
            continue
        between = lows[end : group.first]
        if group.first > end + REACH // 3 or {";", "."} & set(between[:-1]) or "." in between:
            break
        if _is_alone(scene, group) and set_apart(scene.words, start, group.tail + 1):
            found.append(group)
            end = group.tail
    if len(found) > 1 and sum(g.count.value or 0 for g in found) == last.count.value:
        return
    for group in found:
        yield Told((group,), told.measure, at=group.first)


def _is_alone(scene: Scene, group: Group) -> bool:
    """Tell whether victims go on from a verb before, as "two" in ", two in Tashar"."""
    words = scene.words
    opens = words.before(group.first) in (",", "and", ";")
    victims = group.kind in (Kind.BARE, Kind.PEOPLE) and group.measure is None and not group.part
    new = words.lows[group.first] in ("another", "a")  # "and a third on Monday"
    counted = group.stated or group.kind is Kind.PEOPLE or new
    return opens and victims and counted


def _other_days(scene: Scene, told: Told) -> Iterator[Told]:
    """Read "yesterday we buried nine people, today another five"."""
    end = max(told.groups[-1].tail, told.at)
    group = next((g for g in scene.groups if g.first > end), None)
    if group is None or group.kind is not Kind.BARE or not group.stated:
        return
    near = scene.words.lows[end + 1 : group.first]
    joined = near[-1:] and near[-1] in _OTHER_DAYS and not _JOINERS.isdisjoint(near)
    following = scene.words.at(group.tail + 1 + (scene.words.at(group.tail + 1) == "more"))
    if joined and len(near) < _DAY_GAP and following in _ENDS and AUXILIARIES.isdisjoint(near):
        yield Told((group,), told.measure, at=group.first)


def _other_counts(scene: Scene, told: Told) -> Iterator[Told]:
    """Read "spoke of five dead, but police later confirmed eight"."""
    lows = scene.words.lows
    end = max(told.groups[-1].tail, told.at)
    group = next((g for g in scene.groups if g.first > end), None)
    if group is None or group.kind is not Kind.BARE or not group.stated or group.part:
        return
    between = lows[end + 1 : group.first]
    opposed = not _OPPOSING.isdisjoint(between) and len(between) < REACH // 4
    if opposed and between[-1] in _COUNTING and _may_end(scene.words, group):
        yield Told((group,), told.measure, at=group.first)


def _added_up(scene: Scene, told: Told) -> Iterator[Told]:
    """Read "9 killed in new strike, 340 since ceasefire began"; a smaller number is a part."""
    last = told.groups[-1]
    end = max(last.tail, told.at)
    group = next((g for g in scene.groups if g.first > end), None)
    if group is None or group.kind is not Kind.BARE or not group.stated or group.part:
        return
    words = scene.words
    between = words.lows[end + 1 : group.first]
    opens = between[-1:] and between[-1] in _BESIDE and len(between) < REACH // 3
    more = (group.count.low or 0) > (last.count.high or last.count.low or 0)
    if opens and more and words.at(group.tail + 1) == "since" and AUXILIARIES.isdisjoint(between):
        yield Told((group,), told.measure, at=group.first)


def _other_losers(scene: Scene, told: Told) -> Iterator[Told]:
    """Read "..., the rebels, by their own count, nine" behind "the army lost 17 men"."""
    words = scene.words
    start = told.groups[-1].tail
    for group in scene.groups:
        if not start < group.first < start + REACH // 2:
            continue
        between = words.lows[start + 1 : group.first]
        if not MODALS.isdisjoint(between):
            return  # "but residents fear the figure could exceed 50"
        if {";", ".", "who", "which", "that"} & set(between) or not {",", "and"} & set(between):
            return
        named = words.plain and words.tokens[group.first - 1].word[:1].isupper()
        kinds = (Kind.BARE, Kind.PEOPLE) if named else (Kind.BARE,)
        alone = group.kind in kinds and group.stated and not group.part
        behind = words.before(group.first)
        owner = behind == "," or (behind not in STOPS and behind not in PREPOSITIONS)
        if harm_at(words.lows, group.first - 1) is not None:
            return  # "reported nine killed and wounded 15"
        if alone and owner and _may_end(words, group):
            yield Told((group,), told.measure, at=group.first)
            start = group.tail


def _may_end(words: Words, group: Group) -> bool:
    """Tell whether a number ends its clause; behind a name, "as" and "in" may open the next."""
    named = words.tokens[group.first - 1].word[:1].isupper() and words.plain
    following = words.at(group.tail + 1)
    return following in _ENDS or (named and following in ("as", "when", "in", "after", "since"))


_READERS: dict[str, Callable[[Scene, int], Iterator[Told]]] = {
    "fatal": _fatal,
    "fatally": _one_fatally,
    "mortally": _one_fatally,
    "fatality": _only_death,
    "death": _only_death,
    "only": _only_one,
    "sole": _only_one,
    "nobody": _nobody_but,
    "none": _nobody_but,
}
