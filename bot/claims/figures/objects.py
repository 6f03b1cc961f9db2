"""Victims behind a verb: "killing 12", "kills, by his own count, eight people". Pure."""

from __future__ import annotations

from bot.claims.figures.harm import Harm, harm_at
from bot.claims.figures.heads import STOPS
from bot.claims.figures.list_asides import ONLY, not_only_behind
from bot.claims.figures.lists import list_right, next_in_list
from bot.claims.figures.nouns import is_person, is_thing
from bot.claims.figures.scene import Group, Kind, Scene, Told, countable
from bot.claims.figures.singles import name_group, object_without_article, people
from bot.claims.figures.subjects import MODALS, SAYING, SKIPPED, is_passive
from bot.claims.figures.tokens import Words
from bot.claims.figures.told_names import object_name_end
from bot.claims.grammar.wordlists import PREPOSITIONS, word_set
from bot.types import Measure

_PASSED = SKIPPED | word_set("a total of as many")
_OBJECTS = word_set("the their his her its him them dozens")
_ADVERBIAL = word_set(
    "early late overnight nearby last outright alone earlier later soon there again more apiece"
    " yesterday today tonight instantly so just"
)
_NEVER = ("not", "never")
#: Words of "those killed", which has no object.
_NOMINAL = word_set("those the people of")
#: What opens an insertion between a verb and its object.
_INSERTED = PREPOSITIONS | word_set(
    "according as though although it he she they so if when while because besides apart some most"
    " many several all"
)
#: Insertions between one verb and its object.
_MOST_INSERTIONS = 2
_DENYING = (
    ("did", "not"),
    ("didn't",),
    ("have", "not"),
    ("has", "not"),
    ("had", "not"),
    ("never",),
)
_THREAT = word_set(
    "threatened threatening threaten vowed vow plot plotting plotted planned planning attempt"
    " attempts attempted tried trying try order orders ordered failed wanted sought conspired"
    " conspiring intended intent intention not never cannot refused did"
)


def named_before(scene: Scene, at: int) -> Group | None:
    """Return a group for a name that opens a list: "Rector Ellacuria, five Jesuits and ..."."""
    words = scene.words
    titled = lower = False
    for end in range(at, min(at + 11, len(words.lows))):
        low = words.lows[end]
        if low in (",", "and"):
            start = end + 1 + (low == "," and words.at(end + 1) == "and")
            listed = end > at + 1 and (
                scene.starting(start) is not None or (low == "," and _explains(scene, start))
            )
            return name_group(words, at, end - 1) if listed and (titled or not lower) else None
        titled = titled or is_person(low)
        capital = words.tokens[end].word[:1].isupper() or not words.plain
        lower = lower or not (capital or low in _NAME_LINKS)
        if low in STOPS or harm_at(words.lows, end) or scene.held[end] is not None:
            return None
    return None


def _explains(scene: Scene, at: int) -> bool:
    """Tell whether "the head of the unit, and ten others" begins at a word."""
    words = scene.words
    if words.at(at) not in ("the", "a", "an", "his", "her", "its", "their"):
        return False
    for end in range(at + 1, min(at + 10, len(words.lows) - 2)):
        if words.lows[end] == "," and words.lows[end + 1] == "and":
            return scene.starting(end + 2) is not None
        if words.lows[end] in (";", ".", ",") or harm_at(words.lows, end):
            return False
    return False


_NAME_LINKS = word_set("al de la ben bin van von der del y abu el")


def object_told(scene: Scene, at: int, harm: Harm) -> Told | None:
    """Read "killing 12", "kills, by his own count, eight people"."""
    if harm.form == "finite" and _only_threatened(scene.words, at):
        return _not_done(scene, at, harm)
    if scene.words.before(at) in ("and", "or") and _has_no_object(scene, at - 2, harm):
        return None
    first = _object_group(scene, at + harm.size)
    if first is not None and first.kind is Kind.THING:
        first = next_in_list(scene, first)[0]  # "killed 20 sheep and a shepherd"
        if first is not None and first.kind is Kind.BARE:
            return None  # "eliminated 61 drones, 23 of them at sea, and nine inland"
    if first is None or not _may_count(scene, at, first, harm) or _tells_otherwise(scene, first):
        return None
    groups = list_right(scene, first, harm)
    end = groups[-1].tail + 1
    to_death = scene.words.lows[end : end + 2] == ("to", "death")
    return Told(groups, Measure.KILLED if to_death else harm.measure, at=at)


def _not_done(scene: Scene, at: int, harm: Harm) -> Told | None:
    """Read "did not kill four fishermen", which `scope` finds denied; "not to kill" is none."""
    group = scene.starting(at + harm.size)
    before = scene.words.lows[max(0, at - 2) : at]
    denied = before in _DENYING or before[-1:] in _DENYING
    if group is None or not denied or group.kind is not Kind.PEOPLE or group.part:
        return None
    if scene.words.tokens[group.first].number is None or group.count.value is None:
        return None  # "those 13 people" were told of before
    return Told((group,), harm.measure, at=at)


def _may_count(scene: Scene, at: int, group: Group, harm: Harm) -> bool:
    """Tell whether an object is counted; "killing nine, capturing two" leaves the noun out."""
    if countable(group, harm):
        return True
    bare = group.kind is Kind.BARE and group.stated and scene.words.lows[at] != "seizing"
    chained = scene.words.before(at) in (",", "and") and harm.form == "ing"
    before = range(max(0, at - 7), at - 1)
    return bare and chained and any(_is_same_form(scene, end) for end in before)


def _is_same_form(scene: Scene, at: int) -> bool:
    other = harm_at(scene.words.lows, at)
    return other is not None and other.form == "ing"


def _has_no_object(scene: Scene, at: int, harm: Harm) -> bool:
    """Tell whether the verb before shares the number ("killing and wounding 40")."""
    other = harm_at(scene.words.lows, at)
    if other is None or other.form != harm.form or other.measure is harm.measure:
        return False
    return other.measure is not Measure.CAPTURED  # "kidnapped and killed three teachers"


def _object_group(scene: Scene, start: int) -> Group | None:
    words = scene.words
    at = start
    if words.at(at) in ("himself", "herself", "themselves", "itself") and words.at(at + 1) == "and":
        at += 2
    if words.at(at) in ("him", "her") and words.at(at + 1) == "and" and scene.starting(at + 2):
        return people(words, at, at)  # "killing him and four of his guards"
    if words.at(at) == "by":
        at = _behind_aside(words, at)
    elif words.at(at) == ",":
        at = _behind_insertion(words, at)
    if words.at(at) == "not" and words.at(at + 1) in ONLY:
        return _behind_not_only(scene, at + 1)
    while at < start + 22 and words.at(at) in _PASSED:
        if scene.starting(at) is not None:
            break
        at += 1
    if words.at(at) == "and" and harm_at(words.lows, at + 1):
        return None  # "killing and wounding 40" tells neither number
    if scene.starting(at) is None and words.at(at) in ("everyone", "everybody", "all"):
        colon = next((n for n in range(at + 1, at + 6) if words.at(n) == ":"), at)
        return scene.starting(colon + 1)
    return (
        scene.starting(at)
        or named_before(scene, at)
        or _bare_name(scene, start, at)
        or _behind_thing(scene, at)
    )


def _behind_thing(scene: Scene, at: int) -> Group | None:
    """Return the crew of "seized the tanker and its 17 crew"."""
    words = scene.words
    if words.at(at) not in ("the", "a", "an") or not is_thing(words.at(at + 1)):
        return None
    group = scene.starting(at + 3) if words.at(at + 2) == "and" else None
    counted = group is not None and group.kind is Kind.PEOPLE and group.stated
    return group if counted else None


def _behind_not_only(scene: Scene, at: int) -> Group | None:
    """Return the first counted ones of "not only soldiers but also 14 civilians"."""
    words = scene.words
    first = scene.starting(at) or scene.starting(at + 1)
    if first is not None:
        return first
    but = next((n for n in range(at, at + 9) if not_only_behind(words, n)), None)
    return scene.starting(but + not_only_behind(words, but)) if but is not None else None


def _bare_name(scene: Scene, start: int, at: int) -> Group | None:
    """Return a group for a full name right behind a verb that only people suffer."""
    harm = harm_at(scene.words.lows, start - 1) or harm_at(scene.words.lows, start - 2)
    if at != start or harm is None or harm.strict:
        return None
    at += scene.words.at(at).endswith("'s")  # "kills Hezbollah's Ali Karaki"
    end = object_name_end(scene.words, at)
    if end is not None:
        return name_group(scene.words, at, end)
    headline = harm.form == "finite" and scene.words.lows[start - 1].endswith("s")
    return object_without_article(scene.words, at, bare=headline)


def _behind_aside(words: Words, at: int) -> int:
    """Return where an aside between commas ends: ", by the governor's own count,"."""
    for end in range(at + 1, min(at + 12, len(words.lows))):
        if words.lows[end] == ",":
            return end + 1
    return at


def _behind_insertion(words: Words, at: int) -> int:
    """Return where ", without any warning," ends; its comma again where it is no insertion."""
    if words.before(at - 1) in _NOMINAL:
        return at  # "among those killed, by one count, ..."
    end = at
    for _ in range(_MOST_INSERTIONS):
        start, end = end, _behind_aside(words, end)
        opener = words.at(start + 1)
        inserted = opener in _INSERTED or opener.endswith("ly") or words.at(end - 2) in SAYING
        if end == start or not inserted:
            return at
        if words.at(end) not in _INSERTED:
            return end
        end -= 1
    return at


def _only_threatened(words: Words, at: int) -> bool:
    base = words.lows[at] == words.lows[at].removesuffix("s")
    further = 14 if base and words.before(at) in ("and", "or") else 4
    before = words.lows[max(0, at - further) : at]
    if further > 4 and "to" not in before:
        return False
    return bool(_THREAT.intersection(before)) or (
        words.before(at) in MODALS and words.lows[at] != words.lows[at].removesuffix("s") + "s"
    )


def _tells_otherwise(scene: Scene, group: Group) -> bool:
    """Tell whether a group right behind a verb is the subject of its own ("killed, 30 hurt")."""
    at = group.tail + 1
    harm = harm_at(scene.words.lows, at) if at < len(scene.words.lows) else None
    return (
        harm is not None and harm.form in ("ed", "en", "adj") and not _has_object(scene, at, harm)
    )


def _has_object(scene: Scene, at: int, harm: Harm) -> bool:
    following = scene.words.at(at + harm.size)
    return scene.starting(at + harm.size) is not None or following in ("the", "their", "his", "her")


def is_active(scene: Scene, at: int, harm: Harm) -> bool:
    """Tell whether "soldiers killed nine" has an object of its own."""
    if harm.form == "past":
        return True
    first = scene.starting(at + harm.size)
    if first is not None:
        return first.kind is not Kind.THING and not _tells_otherwise(scene, first)
    following = scene.words.at(at + harm.size)
    if following in _OBJECTS:
        return True
    if following == "," and scene.words.before(at) == "," and _inserted_object(scene, at, harm):
        return True  # "a shell meant for an officer, killed, without warning, three nuns"
    bare = scene.ending(at - 1)
    if bare is not None and bare.kind is Kind.BARE and bare.stated:
        return False  # "the 14 killed included a priest"
    if following == "and" and _shares_object(scene, at + harm.size + 1, harm):
        return True
    passive = following in STOPS | _ADVERBIAL or following.endswith(("ly", "ing")) or not following
    return not (passive or harm_at(scene.words.lows, at + harm.size))


def _inserted_object(scene: Scene, at: int, harm: Harm) -> bool:
    """Tell whether the object stands behind an insertion."""
    first = scene.starting(_behind_insertion(scene.words, at + harm.size))
    people = first is not None and first.kind is Kind.PEOPLE and not first.part
    return people and first is not None and not _tells_otherwise(scene, first)


def _shares_object(scene: Scene, at: int, harm: Harm) -> bool:
    """Tell whether the verb behind "and" has an object for both ("stabbed and wounded three")."""
    other = harm_at(scene.words.lows, at)
    return other is not None and other.form == harm.form and is_active(scene, at, other)


def past_object_told(scene: Scene, at: int, harm: Harm) -> Told | None:
    """Read "killed 12" where no passive stands before the verb."""
    if harm.form != "ed" or is_passive(scene.words, at):
        return None
    if scene.words.before(at) in _NEVER:
        return _not_done(scene, at, harm)
    return object_told(scene, at, harm)
