"""Groups coordinated with one another: "two soldiers, a medic and a driver". Pure."""

from __future__ import annotations

from collections.abc import Sequence

from bot.claims.figures.apposition import without_apposition
from bot.claims.figures.beside import host_of, link_at, link_before
from bot.claims.figures.harm import Harm, harm_at
from bot.claims.figures.list_asides import (
    JOINERS,
    LIST_GAP,
    before_name,
    before_office,
    before_part,
    behind_name,
    behind_office,
    behind_part,
    behind_phrase,
    counts_a_whole,
    not_only_behind,
    over_phrase,
)
from bot.claims.figures.nouns import KIN
from bot.claims.figures.places import at_named_place, on_a_day
from bot.claims.figures.scene import Group, Kind, Scene, countable
from bot.claims.figures.subjects import SAYING
from bot.claims.figures.tokens import Words
from bot.claims.grammar.wordlists import AUXILIARIES, PREPOSITIONS, word_set

_OPENERS = PREPOSITIONS | {"who"}
_VERBS = AUXILIARIES | SAYING
_SPEAKING = SAYING - {"that"}
_CLAUSES = word_set(
    ", ; . who that which whose whom where and when after while as since before until because"
)
#: What ends the look for ", along with the captain" behind a verb or its subject.
_OTHER_CLAUSES = word_set("; . and while but who which where")
#: Verbs that have an object, among those that end otherwise than in "ed".
_ACTING = word_set("found saw took hit shot sent met freed brought caught held got beat led")
#: Verbs that a clause follows without "that".
_TELLING = SAYING | word_set(
    "feared believed showed learned revealed alleged stressed noted indicated suggested concluded"
    " hoped aged acknowledged emerged agreed"
)
_BEFORE_NOUNS = PREPOSITIONS | word_set("a an the")
_LINE_ENDS = PREPOSITIONS | {"", ".", ";"}
#: Words of an office between a verb and the name of its bearer.
_OFFICE = 9
_LOSING = word_set("lost lose loses losing cost buried")


def list_right(scene: Scene, first: Group, harm: Harm) -> tuple[Group, ...]:
    """Return a group with those coordinated behind it."""
    groups = [first]
    pending: list[Group] = []
    while True:
        last = (pending or groups)[-1]
        following, closed = next_in_list(scene, last)
        if following is None or not _joins(scene, following, harm):
            break
        if not closed and _splits(scene.words, last, following):
            break
        pending.append(following)
        if closed:
            groups += pending
            pending = []
    if pending and (_goes_on_unknown(scene, pending[-1]) or _ends_line(scene, first, pending)):
        groups += pending
    return without_apposition(scene.words.lows, groups)


def _splits(words: Words, whole: Group, group: Group) -> bool:
    """Tell whether "three in Orvel" behind "seven people," is a part of them."""
    bare = group.kind is Kind.BARE and at_named_place(words, group.tail + 1)
    return bare and whole.stated and not at_named_place(words, whole.tail + 1)


def _goes_on_unknown(scene: Scene, last: Group) -> bool:
    """Tell whether a list ends with a member that no word list knows ("... and a stoker")."""
    words = scene.words
    at = last.tail + 1 + (words.at(last.tail + 1) == ",")
    if words.at(at) != "and" or harm_at(words.lows, at + 1) is not None:
        return False
    return not _speak(words.lows[at + 1 : at + 1 + LIST_GAP])


def _ends_line(scene: Scene, first: Group, behind: Sequence[Group]) -> bool:
    """Tell whether a comma stands for "and" in a headline: "shelling injures woman, child"."""
    words = scene.words
    verb = harm_at(words.lows, first.first - 1)
    following = words.at(behind[-1].tail + 1)
    bare = verb is not None and verb.form == "finite" and (_is_bare(first) or first.stated)
    return bare and all(map(_is_bare, behind)) and following in _LINE_ENDS


def _speak(lows: Sequence[str]) -> bool:
    """Tell whether the last members are sources ("..., a resident and the local force said")."""
    for low in lows:
        if low in _SPEAKING:
            return True
        if low in (",", ";", ".", "who", "that", "which", "in", "when", "and"):
            return False
    return False


def _heads_line(scene: Scene, before: Group, after: Group, harm: Harm) -> bool:
    """Tell whether a comma alone joins victims ("31 rebels, two guards killed")."""
    opens = scene.words.before(before.first) in ("", ":", "—")
    people = Kind.THING not in (before.kind, after.kind) and before.measure is None
    listed = scene.words.at(after.last + 1) != "of" and after.head not in (None, before.head)
    listed = listed and all(_is_counted(group) or _is_bare(group) for group in (before, after))
    return opens and listed and people and harm.form != "noun"


def _is_counted(group: Group) -> bool:
    return group.stated and group.head not in (None, "people", "persons")


def _is_bare(group: Group) -> bool:
    """Tell whether one word without article stands for one person, as in headlines."""
    alone = group.first == group.last and not group.named and not group.stated
    return alone and group.kind is Kind.PEOPLE


def next_in_list(scene: Scene, last: Group) -> tuple[Group | None, bool]:
    """Return the next member of a list and whether "and" stands before it."""
    words = scene.words
    at = last.tail + 1
    link = link_at(words.lows, at)
    if link:
        return scene.starting(at + link), True
    if words.at(at) in _OPENERS and words.at(at) not in ("including", "after", "before"):
        at = behind_phrase(scene, at)
    if words.at(at) == "," and words.at(at + 1) == "of" and words.at(last.tail) == "#":
        at = behind_phrase(scene, at + 1)  # "Devi Ram, 29, of Kotli, and ..."
    at = behind_part(scene, at)
    if last.named and words.at(at) == ",":
        at = behind_office(scene, at)
    elif not last.stated and words.at(at) == ",":
        at = behind_name(words, at)
    comma = words.at(at) == ","
    at += comma
    opposed = not_only_behind(words, at)
    if opposed:
        return scene.starting(at + opposed), True
    if words.at(at) in JOINERS:
        skipped = words.at(at + 1) in ("also", "then", "possibly", "perhaps", "probably", ",")
        return scene.starting(at + 1 + skipped), True
    link = link_at(words.lows, at)
    if link:
        return scene.starting(at + link), True
    if comma and (at == last.tail + 2 or words.at(at) in ("his", "her", "their")):
        return scene.starting(at), False
    return None, False


def _joins(scene: Scene, group: Group, harm: Harm) -> bool:
    """Tell whether a coordinated group has no verb of its own."""
    if group.part or group.kind in (Kind.THING, Kind.LIVES) or not countable(group, harm):
        return False
    if group.kind is Kind.HARM:
        return group.measure is harm.measure
    if group.measure is not None and group.measure is not harm.measure:
        return False
    words = scene.words
    at = group.tail + 1
    if group.kind is Kind.BARE and group.head is None and group.count.value == 1:
        return at_named_place(words, at) or on_a_day(words, at)
    if harm.form == "noun":
        own = harm_at(words.lows, at + (words.at(at) in AUXILIARIES))
        return own is None or own.measure is harm.measure
    if words.at(at) in _VERBS:
        return False
    if words.at(at).endswith("ed") and words.at(at) not in ("aged", "accused"):
        return bool(harm_at(words.lows, at)) and _same(harm_at(words.lows, at), harm)
    own = harm_at(words.lows, at) if at < len(words.lows) else None
    if own is not None:
        return False
    return not _verb_later(scene, at)


def _same(own: Harm | None, harm: Harm) -> bool:
    return own is not None and own.measure is harm.measure and own.form not in ("ed", "en")


def _verb_later(scene: Scene, at: int) -> bool:
    """Tell whether the next words hold a verb of harm for the group before them."""
    words = scene.words
    for end in range(at, min(at + 12, len(words.lows))):
        if words.lows[end] in _CLAUSES:
            return False
        if scene.held[end] is not None and scene.starting(end) is not None:
            return False
        if words.lows[end] in ("was", "were", "died", "had", "have", "has"):
            return True
    return False


def list_left(scene: Scene, last: Group, harm: Harm) -> tuple[Group, ...]:
    """Return a group with those coordinated before it."""
    groups = [last]
    joined = False
    bodies = last.kind is Kind.BODY
    while True:
        before, closed = _before_in_list(scene, groups[0])
        if before is None:
            break
        if not closed and scene.words.lows[groups[0].first] in ("both", "all"):
            groups = [before]  # "two pilots, both reservists,"
            continue
        if not (closed or joined or _heads_line(scene, before, groups[0], harm)):
            break
        if before.kind is Kind.HARM and (before.measure, last.kind) != (harm.measure, Kind.HARM):
            break  # "four wounded in Orvel and another killed", "six deaths, and ten were lost"
        if groups[0] is last and _is_of_other_verb(scene, before, last):
            break
        if before.part or not countable(before, harm) or (before.kind is Kind.BODY) is not bodies:
            break
        if before.kind is Kind.BARE and before.head is None and not closed:
            break
        if scene.words.before(before.first) in PREPOSITIONS and not _of_list(scene, before):
            break
        if _is_quoted(scene.words, before):
            break
        verb = before.first - 1
        if harm_at(scene.words.lows, verb) is not None or scene.words.at(verb) in _LOSING:
            break  # "killed 40 and 50 were hurt"
        joined = True
        groups.insert(0, before)
    return without_apposition(scene.words.lows, groups)


def _is_quoted(words: Words, group: Group) -> bool:
    """Tell whether somebody stands behind a verb that closes a quotation: ", said the mayor,"."""
    if group.stated:
        return False
    for at in range(group.first - 1, max(0, group.first - _OFFICE), -1):
        if words.lows[at] in _SPEAKING:
            return words.before(at) in (",", "”", '"')
        if words.lows[at] in ("and", ";", "."):
            return False
    return False


def _is_of_other_verb(scene: Scene, before: Group, last: Group) -> bool:
    """Tell whether "two men" of "police arrested two men, and three officers died" has its verb."""
    words = scene.words
    verb = words.before(before.first)
    active = verb in _ACTING or (verb.endswith("ed") and verb not in _TELLING)
    return active and (words.at(last.tail + 1) in AUXILIARIES or _dies(words, last.tail + 1))


def _dies(words: Words, at: int) -> bool:
    harm = harm_at(words.lows, at)
    return harm is not None and harm.form == "died"


def _of_list(scene: Scene, group: Group) -> bool:
    words = scene.words
    if link_before(words.lows, group.first):
        return True
    return words.before(group.first) in ("after", "to", "that", "before", "since")


def _before_in_list(scene: Scene, first: Group) -> tuple[Group | None, bool]:
    words = scene.words
    at = first.first - 1
    at -= words.at(at) == "also" and words.before(at) == "but"
    closed = words.at(at) in JOINERS or not_only_behind(words, at) > 0
    if closed:
        at -= 1
    comma = words.at(at) == ","
    if comma:
        at -= 1
    elif not closed:
        linked = link_before(words.lows, first.first)
        return (host_of(scene, first.first), True) if linked else (None, False)
    group = scene.ending(at)
    if group is not None and counts_a_whole(words, group):
        group = None  # "four members of one family and a neighbour"
    if group is None and closed:
        group = before_part(scene, at) if comma else over_phrase(scene, at, listed=True)
        group = group or ((before_name(scene, at) or before_office(scene, at)) if comma else None)
    return group, closed


def joined_later(scene: Scene, at: int, harm: Harm) -> tuple[Group, ...]:
    """Return the groups of ", along with the captain and their guide" behind a verb."""
    words = scene.words
    kin = scene.starting(at + 1)
    if words.at(at) == "with" and words.at(at + 1) in ("his", "her", "their"):
        near = kin is not None and kin.head in KIN and not kin.part  # "was killed with her husband"
        return list_right(scene, kin, harm) if near and kin is not None else ()
    for end in range(at, min(at + 16, len(words.lows) - 1)):
        link = link_at(words.lows, end)
        if link:
            first = scene.starting(end + link)
            working = words.before(end).endswith("ing")
            if working and words.before(end - 1) not in _BEFORE_NOUNS:
                return ()  # "a medic working together with three colleagues"
            if first is None or not countable(first, harm) or not _joins(scene, first, harm):
                return ()
            return list_right(scene, first, harm)
        if words.lows[end] in _OTHER_CLAUSES or harm_at(words.lows, end):
            return ()
    return ()
