"""Groups of victims in a sentence: noun phrases with a number or for one person. Pure.

A group is only a candidate: what became of it, if anything, is said elsewhere (`outcomes`).
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from bot.claims.figures import fractions, nouns
from bot.claims.figures.crews import crew, several_named
from bot.claims.figures.harm import BODIES, COUNTED, LIVES, harm_at
from bot.claims.figures.heads import ONE_OPENERS, OWNERS, Noun, read_noun, side_of, tail_of
from bot.claims.figures.pairs import parents, second_of_pair
from bot.claims.figures.partitives import behind_of, die_later, told_first
from bot.claims.figures.scene import REACH, Group, Kind
from bot.claims.figures.singles import bare_noun, both, named, numbered, single
from bot.claims.figures.tokens import Words
from bot.claims.grammar.wordlists import AUXILIARIES, BE_FORMS, word_set
from bot.claims.numbers import Mention
from bot.types import Measure

_DETERMINERS = (
    word_set("the all another other these those only additional further some same") | OWNERS
)
_DETERMINERS_OR_A = _DETERMINERS | word_set("a an entire whole extended")
_AMONG = word_set("them whom those were are")
_GROUP_NOUNS = word_set(
    "group family crew team party total column patrol couple band squad gang platoon company"
    " detachment unit garrison section contingent delegation"
)
_ORIGINS = word_set("government rebel army allied coalition enemy foreign local civilian guerrilla")
_GROUP_OPENERS = ONE_OPENERS | fractions.OPENERS | {"both", "couple"} | nouns.NUMBERED.keys()
_ABOARD = ("aboard", "onboard")
_INCLUDING = word_set("including included comprising namely")


def find_groups(words: Words) -> tuple[Group, ...]:
    """Return the groups of a sentence, left to right, none inside another."""
    found: list[Group] = []
    at = 0
    while at < len(words.tokens):
        token = words.tokens[at]
        second = _second(words, at, found)
        if second is not None:
            found.append(second)
            at = second.tail + 1
            continue
        named = words.plain and token.word[:1].isupper()
        if not named and token.number is None and not _may_open(token.low):
            at += 1
            continue
        group = _group_at(words, at)
        if group is None:
            at += 1
            continue
        found.append(_as_part(words, _widened(words, group, found), found))
        at = found[-1].tail + 1
    return tuple(found)


def _second(words: Words, at: int, found: list[Group]) -> Group | None:
    """Return the second of "the pilot and navigator"."""
    if not found or words.before(at) != "and":
        return None
    return second_of_pair(words, at, found[-1])


@lru_cache(maxsize=nouns.WORDS_KEPT)
def _may_open(low: str) -> bool:
    """Tell whether a group can begin with a word that is no number and no name."""
    if low in _GROUP_OPENERS or "-" in low:
        return True
    return nouns.is_nation(low) or nouns.is_person(low) or nouns.are_people(low)


def _group_at(words: Words, at: int) -> Group | None:
    token = words.tokens[at]
    group = _fraction(words, at)
    if group is not None:
        return group
    if token.number is not None:
        return _counted(words, at, token.number)
    if token.low in ONE_OPENERS:
        return parents(words, at) or single(words, at)
    if token.low == "both":
        return both(words, at)
    return (
        numbered(words, at)
        or crew(words, at)
        or several_named(words, at)
        or named(words, at)
        or bare_noun(words, at)
    )


def _fraction(words: Words, at: int) -> Group | None:
    """Read "half of the 20 recruits"."""
    found = fractions.fraction_at(words, at)
    start = found[1] if found else at
    if words.at(start) in _GROUP_NOUNS and words.at(start + 1) == "of":
        start += 2  # "half of the crew of 16"
    whole = _group_at(words, start) if found and start < len(words.lows) else None
    if found is None or whole is None or not whole.stated or whole.measure is not None:
        return None
    count = fractions.taken_of(whole.count, found[0])
    if count is None or whole.kind not in (Kind.PEOPLE, Kind.BARE):
        return None
    start, end = words.tokens[at].start, words.tokens[whole.last].end
    return replace(whole, first=at, count=replace(count, start=start, end=end), part=False)


def _counted(words: Words, at: int, count: Mention) -> Group:
    start, part = behind_of(words, at + 1)
    if part and words.at(start - 1) == "n" and words.at(start) in COUNTED:
        return _whole(words, at, start)
    if part:
        died = words.at(start) in ("wounded", "injured") and die_later(words, start)
        kind = Kind.PEOPLE if died else Kind.BARE
        end = start + (died and nouns.are_people(words.at(start + 1)))
        return Group(first=at, last=end, tail=end, count=count, kind=kind, part=not died)
    one = count.value == 1
    noun = read_noun(words, start, one=one and start == at + 1)
    patrol = crew(words, start) if start > at + 1 and start < len(words.lows) else None
    if patrol is not None:
        noun = Noun(Kind.PEOPLE, None, patrol.last)  # "five of the eight-man patrol"
    if noun.kind in (Kind.BARE, Kind.OPEN) and start == at + 1:
        noun = _shared_noun(words, start) or noun
    if noun.kind is Kind.BARE:
        amount = words.at(at + 1) in ("#", "another")  # "one 60 mm mortar", "one another"
        parted = words.lows[at + 1 : at + 3] == ("of", "n")
        last = at + 2 if parted and harm_at(words.lows, at + 3) else at  # "one of 12 killed"
        if words.lows[at + 1 : at + 4] == ("of", "the", "n"):
            last = _behind_whole(words, at, start)
        noun = Noun(Kind.THING if amount else Kind.BARE, None, last)
    # "five of the murdered priests" is a part of those who were murdered
    part = noun.kind is Kind.PEOPLE and noun.measure is not None and start > at + 1
    if part and noun.measure is not Measure.KILLED:
        part = not die_later(words, noun.last)  # "one of the wounded men died later"
    group = Group(
        first=at,
        last=noun.last,
        tail=noun.last,
        count=_whole_count(words, at, noun.last, count),
        kind=noun.kind,
        head=noun.head,
        measure=noun.measure,
        side=side_of(words, at, noun.last, noun.head),
        part=part,
    )
    of_them = noun.kind is Kind.BARE and words.at(start) in ("them", "whom", "us")
    return replace(group, tail=start if of_them else tail_of(words, group))


def _behind_whole(words: Words, at: int, start: int) -> int:
    """Return where "17 of the 40 aboard" and "two of the 14" in front of a verb end."""
    if words.at(start) in _ABOARD:
        return start
    return start - 1 if words.at(start) in AUXILIARIES else at


def _whole(words: Words, at: int, last: int) -> Group:
    """Return the twelve of "two of the 12 dead", unless the two die only later."""
    part = words.tokens[at].number
    whole = words.tokens[last - 1].number
    died = die_later(words, last)
    count = part if died or whole is None else whole
    if count is None:
        raise ValueError("a part without a number")
    low = words.lows[last]
    kind, measure = (Kind.PEOPLE, None) if died else (Kind.HARM, COUNTED[low])
    end = last + (died and nouns.are_people(words.at(last + 1)))
    return Group(first=at, last=end, tail=end, count=count, kind=kind, measure=measure)


def _shared_noun(words: Words, start: int) -> Noun | None:
    """Read "23 American and 314 Panamanian soldiers": the first number leaves its noun out."""
    if words.at(start + 1) not in ("and", ",", "or") or not _is_origin(words, start):
        return None
    ahead = start + 2
    if words.at(ahead) != "n" or not _is_origin(words, ahead + 1):
        return None
    noun = read_noun(words, ahead + 1, one=False)
    if noun.kind in (Kind.BARE, Kind.OPEN):
        noun = _shared_noun(words, ahead + 1) or noun
    return replace(noun, last=start) if noun.kind is Kind.PEOPLE and noun.head else None


def _is_origin(words: Words, at: int) -> bool:
    """Tell whether an adjective says whose people are counted, and is no noun itself."""
    low = words.at(at)
    return (nouns.is_nation(low) or low in _ORIGINS) and not nouns.are_people(low)


def _whole_count(words: Words, at: int, last: int, count: Mention) -> Mention:
    """Return five for "one of five commanders killed", twelve for "all but two of the 14"."""
    inner = [t.number for t in words.tokens[at + 1 : min(last + 1, at + 4)] if t.number is not None]
    end = last + 1
    if words.at(end) in ("who", "that") and words.at(end + 1) in BE_FORMS:
        end += 2 * (words.before(at) in BE_FORMS)  # "was one of the 30 who were killed"
    harm = harm_at(words.lows, end)
    whole = words.at(at + 1) == "of" and harm is not None and harm.form in ("ed", "en")
    if inner and whole and not _goes_on(words, end):
        return inner[0]
    if inner and words.before(at) in ("every", "each"):
        return inner[0]  # "every one of the 13 sailors"
    total, left = (inner[0].value, count.value) if inner else (None, None)
    if total is None or left is None or words.lows[max(0, at - 2) : at] != ("all", "but"):
        return count
    return replace(count, low=total - left, high=total - left, value=total - left)


def _widened(words: Words, group: Group, found: list[Group]) -> Group:
    """Take determiners, "a group of" and "the bodies of" into the group."""
    first, kind, measure = group.first, group.kind, group.measure
    limit = found[-1].tail if found else -1
    if first - 1 > limit and words.before(first).endswith("-year-old"):
        first -= 1
    while first - 1 > limit and words.lows[first - 1] in _DETERMINERS:
        first -= 1
    if words.lows[first] in ("further", "additional") and words.before(first) in ("a", "an"):
        first -= first - 1 > limit
    if words.before(first) == "of" and first - 2 > limit:
        noun = words.lows[first - 2]
        if noun in BODIES and group.kind in (Kind.PEOPLE, Kind.OPEN, Kind.BARE):
            first, kind, measure = first - 2, Kind.BODY, Measure.KILLED
            group = replace(group, part=False)
        elif noun in LIVES and group.kind in (Kind.PEOPLE, Kind.OPEN):
            first, kind = first - 2, Kind.LIVES
        elif noun in _GROUP_NOUNS and group.kind in (Kind.PEOPLE, Kind.OPEN, Kind.BARE):
            first, kind = first - 2, Kind.PEOPLE
        while first - 1 > limit and words.lows[first - 1] in _DETERMINERS_OR_A:
            first -= 1
    if first == group.first and kind is group.kind:
        return group
    group = replace(group, first=first, kind=kind, measure=measure)
    # "the lives of a total of 17 people"
    again = words.before(first) == "of" and kind is Kind.PEOPLE
    return _widened(words, group, found) if again else group


def _as_part(words: Words, group: Group, found: list[Group]) -> Group:
    """Mark what is part of a total stated before: "including two children and a nurse"."""
    first = group.first
    before = words.before(first)
    if before == "not" and group.count.value == 1 and words.lows[first] != "only":
        return replace(group, part=True)  # "not one of the 30", "not a single man"
    if (
        _of_casualties(words, first, found)
        or _of_uncounted(words, group, found)
        or _first_harmed(words, group)
    ):
        return replace(group, part=False)
    opened = before in _INCLUDING or (before in _AMONG and _follows_among(words, first))
    last = found[-1] if found else None
    goes_on = (
        last is not None
        and last.part
        and before in ("and", ",")
        and first - last.tail <= 3
        and not has_own_verb(words, group)
    )
    return replace(group, part=group.part or opened or goes_on)


def _of_casualties(words: Words, first: int, found: list[Group]) -> bool:
    """Tell whether "of whom 12 were killed" says how many of "40 casualties" died."""
    whole = next((g for g in reversed(found) if not g.part), None)
    if whole is None or first - whole.tail > REACH // 2:
        return False
    return words.lows[whole.last] == "casualties"


def _goes_on(words: Words, at: int) -> bool:
    """Tell whether a verb follows "kidnapped last month": the part alone has suffered it."""
    for end in range(at + 1, min(at + 9, len(words.lows))):
        low = words.lows[end]
        if low in AUXILIARIES:  # "were children" only says who they were
            return any(harm_at(words.lows, n) for n in range(end + 1, end + 4))
        if low in ("died", "remain", "escaped"):
            return True
        if low in (",", ";", ".", "who", "that", "and", "when", "while", "after", "by"):
            return False
    return False


def _first_harmed(words: Words, group: Group) -> bool:
    """Tell whether "of whom 12 were killed" is the first to tell what became of anyone."""
    at = group.first
    if words.lows[max(0, at - 2) : at] != ("of", "whom") or not has_own_verb(words, group):
        return False
    return told_first(words, at - 2, group.tail + 1)


def _of_uncounted(words: Words, group: Group, found: list[Group]) -> bool:
    """Tell whether "killing 16 of them" is of people that no number told of."""
    counted = any(g.stated and g.kind is not Kind.THING for g in found)
    of_them = group.part and words.lows[group.last] == "them"
    return of_them and group.count.value is not None and not counted


def _follows_among(words: Words, first: int) -> bool:
    return bool({"among", "of"} & set(words.lows[max(0, first - 4) : first])) or (
        words.before(first) == "them"
    )


def has_own_verb(words: Words, group: Group) -> bool:
    """Tell whether a verb stands right behind a group."""
    at = group.tail + 1
    return words.at(at) in AUXILIARIES or bool(at < len(words.lows) and harm_at(words.lows, at))
