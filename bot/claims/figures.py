"""Casualty figures of a sentence: how many, of whom, in which sense. Pure.

Order of the grammar: breaches, tolls with their previous value, then every number with a
predicate before or after it; parts of a stated total and numbers of other things are left out.
Figures of one side, or of none, are added only where the sentence itself coordinates them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.claims import figure_words as words
from bot.claims.numbers import Mention, find_numbers, number_value
from bot.types import Figure, Measure, Polarity, Qualifier, Scope

#: Longer sentences are cut: no report states its toll after this much text.
MAX_SENTENCE = 2000
#: Characters between the victims and their predicate.
REACH = 110

ARTICLE = re.compile(r"\b(?:an?|one)\b(?= )", re.IGNORECASE)
TOLL = re.compile(
    r"\b(?P<what>death toll|toll|number of (?:people |those |soldiers |civilians |the )?"
    r"(?:killed|dead|deaths|wounded|injured|missing|fatalities)|(?:killed|dead|wounded|injured)\b(?= ros|"
    r" ris| climb))[^.;]{0,120}?"
    r"(?:\bto|\bat|\bof|\bis|\bwas|\breached|\breaches|\bhits?|\bnow|\bsoars?|\bpasses|\bpassed|\bexceeds?)\s+$",
    re.IGNORECASE,
)
PREVIOUS = re.compile(
    r"[\s,(]*(?:up |down |revised |instead of |rather than |compared with |against )*(?:from|instead of|"
    r"compared with|rather than)\s+(?:an? )?(?:earlier |previous |initial |reported )?$",
    re.IGNORECASE,
)
FROM_TO = re.compile(r"\bfrom\s+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    mention: Mention
    measure: Measure
    head: str | None  #: noun for the victims
    phrase: str  #: the words from the number to the noun
    joined: bool = False  #: coordinated with the one before


def find_figures(sentence: str) -> tuple[Figure, ...]:
    """Return the figures that a sentence states."""
    text = sentence[:MAX_SENTENCE]
    mentions = _mentions(text)
    breaches = [_breach(text, m) for m in mentions if words.BREACHES.match(text, m.end)]
    tolls = _tolls(text, mentions)
    taken = {m.start for m, _ in tolls} | _previous_starts(text, mentions)
    found = [
        f
        for f in _victims(text, mentions)
        if f.mention.start not in taken and not words.BREACHES.match(text, f.mention.end)
    ]
    figures = [figure for _, figure in tolls]
    stated = {figure.measure for figure in figures}
    figures += [f for f in _totals(text, found) if f.measure not in stated]
    return tuple(_in_sense(text, figure) for figure in [*breaches, *figures])


def _mentions(text: str) -> list[Mention]:
    """Return numbers and, for single victims, articles before a person noun."""
    found = [m for m in find_numbers(text) if not _counts_other_things(text, m)]
    covered = [(m.start, m.end) for m in found]
    for match in ARTICLE.finditer(text):
        if any(start <= match.start() < end for start, end in covered):
            continue
        if _head(text, match.end())[0] is not None:
            found.append(
                Mention(
                    start=match.start(),
                    end=match.end(),
                    low=1,
                    high=1,
                    qualifier=Qualifier.EXACT,
                    value=1,
                )
            )
    return sorted(found, key=lambda m: m.start)


def _counts_other_things(text: str, mention: Mention) -> bool:
    before, after = text[: mention.start], text[mention.end : mention.end + 40]
    if words.OTHER_UNIT.match(after) or words.AGE_BEFORE.search(before[-20:]):
        return True
    year = mention.value is not None and 1900 <= mention.value <= 2100
    digits = text[mention.start : mention.end].isdigit()
    in_or_since = re.search(r"\b(?:in|since|of|by|until|from|the)\s+$", before[-12:])
    return bool(year and digits and (in_or_since or not re.match(r"\s+\w", after)))


def _head(text: str, position: int) -> tuple[str | None, int]:
    """Return the person noun within the next few words, and where it ends."""
    stretch = text[position : position + 90]
    end = 0
    for count, match in enumerate(re.finditer(r"[\s-]*([\w'’-]+)", stretch)):
        word = match[1]
        if (
            count > 7
            or stretch[end : match.start()].strip()
            or re.search(r"[,;:.()]", stretch[end : match.start(1)])
        ):
            return None, position
        end = match.end()
        if re.fullmatch(
            r"(?:was|were|is|are|has|have|had|and|or|in|at|on|from|by|after|when|as|that|said)",
            word,
        ):
            return None, position
        if words.PERSON.fullmatch(word.lower()) or words.DEMONYM.fullmatch(word):
            following = re.match(r"[\s-]+([\w'’-]+)", stretch[end:])
            # "Israeli army officers", "police officers": the last noun of the run is the head.
            if following and words.PERSON.fullmatch(following[1].lower()):
                continue
            return word.lower(), position + end
    return None, position


def _victims(text: str, mentions: Sequence[Mention]) -> list[_Found]:
    found: list[_Found] = []
    for index, mention in enumerate(mentions):
        if _is_part(text, mention):
            continue
        head, end = _head(text, mention.end)
        measure = _direct(text, mention, end if head else mention.end)
        measure = (
            measure or _before(text, mention, head) or _after(text, mentions, index, head, end)
        )
        joined = False
        if measure is None and head and found:
            measure, joined = _coordinated(text, found[-1], mention)
        if measure is None or (mention.value == 1 and head is None):
            continue
        if measure is Measure.CAPTURED and head is None:
            continue
        if measure in (Measure.CAPTURED,) and _is_freed(text, end):
            continue
        between = text[found[-1].mention.end : mention.start] if found else ""
        joined = joined or bool(
            re.fullmatch(r"[^.;:]{0,60}\band\s+(?:his |her |their |another )?", between)
        )
        found.append(
            _Found(
                mention=mention,
                measure=measure,
                head=head,
                phrase=text[mention.start : end],
                joined=joined,
            )
        )
    return found


def _is_part(text: str, mention: Mention) -> bool:
    before = text[max(0, mention.start - 60) : mention.start]
    if words.SUBSET_BEFORE.search(before) or words.SUBSET_AFTER.match(text, mention.end):
        return True
    # "including two children and a nurse": the coordination goes on with the part.
    return bool(re.search(r"\b(?:including|among them)\b[^.;:()]{0,50}(?:,|\band)\s*$", before))


def _is_freed(text: str, end: int) -> bool:
    return bool(
        re.match(r"[^.;]{0,30}\b(?:released|freed|exchanged|swapped|returned)\b", text[end:])
    )


def _direct(text: str, mention: Mention, end: int) -> Measure | None:
    """Return the measure of "13 dead", "46 people injured", "nine killed as ..."."""
    match = re.match(
        r"\s+(?:(?:reported|feared|confirmed|people|badly|seriously|critically)\s+){0,2}",
        text[end:],
    )
    if match is None:
        return None
    predicate = words.AFTER.match(text, end + match.end())
    if predicate is None or _is_active(text, predicate):
        return None
    return _measure_of(predicate)


def _is_active(text: str, predicate: re.Match[str]) -> bool:
    """Tell whether "soldiers killed nine" has an object of its own."""
    if predicate[0].lower() not in (
        "killed",
        "wounded",
        "injured",
        "captured",
        "seized",
        "detained",
        "abducted",
        "kidnapped",
        "hurt",
    ):
        return False
    rest = text[predicate.end() : predicate.end() + 60]
    number = next(iter(find_numbers(rest)), None)
    if number is not None and not rest[: number.start].strip():
        following = rest[number.end :]
        # "three killed, eight wounded" is a list; "three soldiers killed eight rebels" is not.
        return not words.AFTER.match(following.lstrip())
    return bool(re.match(r"\s+(?:the|their|his|her|its|an?)\s+\w+", rest))


def _before(text: str, mention: Mention, head: str | None) -> Measure | None:
    before = text[max(0, mention.start - 60) : mention.start]
    stripped = words.FILLER.sub("", before)
    verb = words.BEFORE.search(stripped)
    if verb is None:
        return None
    measure = _measure_of(verb)
    word = verb[0].strip().lower()
    if (
        measure is Measure.KILLED
        and re.match(r"(?:had |have |has )?lost|claim", word)
        and head is None
    ):
        return None
    # "were killed, three ..." belongs to other victims; "killed three" does not.
    if re.search(
        r"\b(?:was|were|been|being|are|is)\s+(?:\w+ly\s+)?$", stripped[: verb.start()][-30:]
    ):
        return None
    if re.search(r",\s*$", before) and word.endswith("ed"):
        return None
    if re.fullmatch(r"took|taking|takes", word) and head not in (
        "prisoners",
        "hostages",
        "captives",
    ):
        return None
    return measure


def _after(
    text: str, mentions: Sequence[Mention], index: int, head: str | None, end: int
) -> Measure | None:
    """Return the measure of a predicate behind the noun phrase and its parentheses."""
    if head is None:
        end = mentions[index].end
        if not re.match(
            r"\s+(?:were|was|have been|had been|are|died|more|others|of)\b", text[end:]
        ):
            return None
    reach = text[end : end + REACH]
    predicate = words.AFTER.search(reach)
    if predicate is None:
        return None
    between = reach[: predicate.start()]
    plain = re.sub(r"\([^)]*\)|,[^,]*,", " ", between)
    if re.search(r"[.;:]|\b(?:who|that|which|after|when|as|while|but|said|where|among)\b", plain):
        return None
    if re.search(r",", plain) and not re.search(
        r"\b(?:was|were|been|are|died)\b", plain + predicate[0]
    ):
        return None
    for other in mentions[index + 1 :]:
        inside = end <= other.start < end + predicate.start()
        if inside and not _passes_over(text, other, end):
            return None
    absolute = words.AFTER.match(text, end + predicate.start())
    if absolute is None or (
        _is_active(text, absolute) and not re.search(r"\b(?:was|were|been)\b", plain)
    ):
        return None
    if re.search(r"\b(?:not|never|no)\s*$", plain):
        return None
    return _measure_of(predicate)


def _passes_over(text: str, other: Mention, start: int) -> bool:
    """Tell whether a later number is part of the same noun phrase ("and a child", "two of them")."""
    if _is_part(text, other):
        return True
    return bool(re.search(r"(?:\band|,)\s+(?:another\s+)?$", text[start : other.start]))


def _coordinated(text: str, last: _Found, mention: Mention) -> tuple[Measure | None, bool]:
    """Return the measure inherited in "killed nine civilians and two soldiers"."""
    between = text[last.mention.end : mention.start]
    if mention.end - mention.start <= 2 and not re.search(r"\band\s+$", between):
        return None, False  # ", a commander said" counts nobody
    if re.fullmatch(
        r"[^.;:]{0,70}?(?:,|\band|, and|\bas well as)\s+(?:another |also |his |her |their )?",
        between,
    ):
        rest = words.AFTER.search(text[mention.end : mention.end + 60])
        if rest is None or _measure_of(rest) is last.measure:
            return last.measure, True
    return None, False


def _measure_of(match: re.Match[str]) -> Measure:
    return next(m for m in Measure if match.groupdict().get(m.value))


def _totals(text: str, found: Sequence[_Found]) -> list[Figure]:
    """Join coordinated victims of one side; of what remains keep one figure per measure and side."""
    groups: list[list[_Found]] = []
    for one in found:
        last = groups[-1][-1] if groups else None
        if last and one.joined and one.measure is last.measure and not _two_sides(last, one):
            groups[-1].append(one)
        else:
            groups.append([one])
    figures: list[Figure] = []
    for group in groups:
        figure = _sum(text, group)
        same = [f for f in figures if f.measure is figure.measure]
        sides = {_side(g.phrase) for g in group}
        repeated = same and not (sides - {None}) and not _joined_sides(groups, group)
        if not repeated and figure not in figures:
            figures.append(figure)
    return figures


def _joined_sides(groups: list[list[_Found]], group: list[_Found]) -> bool:
    return group[0].joined and group is not groups[0]


def _side(phrase: str) -> str | None:
    for word in re.findall(r"[A-Z][a-z]{3,}", phrase):
        if word.lower() not in (
            "people",
            "some",
            "over",
            "about",
            "around",
            "more",
            "nearly",
            "between",
        ) and not re.match(
            r"(?:One|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Eleven|Twelve|Thirteen|Fourteen|Fifteen|Dozens|Hundreds|Scores|Several|Many|Almost|Least)",
            word,
        ):
            return str(word[:5].lower())
    return None


def _two_sides(a: _Found, b: _Found) -> bool:
    sides = _side(a.phrase), _side(b.phrase)
    return None not in sides and sides[0] != sides[1]


def _sum(text: str, group: Sequence[_Found]) -> Figure:
    first = group[0]
    mention = first.mention
    low, high, qualifier = mention.low, mention.high, mention.qualifier
    for other in group[1:]:
        more = other.mention
        low = None if low is None or more.low is None else low + more.low
        high = None if high is None or more.high is None else high + more.high
        if qualifier is Qualifier.EXACT:
            qualifier = more.qualifier
    who = first.head if len({g.head for g in group}) == 1 else None
    end = group[-1].mention.start + len(group[-1].phrase)
    return Figure(
        measure=first.measure,
        low=low,
        high=high,
        qualifier=qualifier,
        who=who,
        text=text[mention.start : end].strip(),
    )


def _tolls(text: str, mentions: Sequence[Mention]) -> list[tuple[Mention, Figure]]:
    """Return figures of "the toll rose to 32, up from 27" and "put the number of wounded at 14"."""
    found: list[tuple[Mention, Figure]] = []
    for index, mention in enumerate(mentions):
        match = TOLL.search(text[max(0, mention.start - 200) : mention.start])
        previous = _previous(text, mentions, index)
        measure = _toll_measure(match["what"]) if match else None
        if measure is None and previous is not None:
            direct = words.AFTER.search(text[max(0, mention.start - 90) : mention.start])
            measure = _measure_of(direct) if direct else None
        if measure is None or any(f.measure is measure for _, f in found):
            continue
        found.append(
            (
                mention,
                Figure(
                    measure=measure,
                    low=mention.low,
                    high=mention.high,
                    qualifier=mention.qualifier,
                    who=_head(text, mention.end)[0],
                    previous=previous,
                    text=text[mention.start : mention.end],
                ),
            )
        )
    return found


def _toll_measure(what: str) -> Measure:
    if re.search(r"wounded|injured", what, re.IGNORECASE):
        return Measure.WOUNDED
    return Measure.MISSING if "missing" in what.lower() else Measure.KILLED


def _previous(text: str, mentions: Sequence[Mention], index: int) -> int | None:
    """Return the earlier value of "to 14, up from nine" or "from nine to 14"."""
    mention = mentions[index]
    for other in mentions[index + 1 : index + 2]:
        if PREVIOUS.fullmatch(text[mention.end : other.start]):
            return other.value
    for other in mentions[max(0, index - 1) : index]:
        between = text[other.end : mention.start]
        if FROM_TO.search(text[: other.start]) and re.fullmatch(r"\s+to\s+", between):
            return other.value
    return None


def _previous_starts(text: str, mentions: Sequence[Mention]) -> set[int]:
    starts = set()
    for index, mention in enumerate(mentions):
        if _previous(text, mentions, index) is None:
            continue
        for other in mentions[max(0, index - 1) : index + 2]:
            if other is not mention and (
                PREVIOUS.fullmatch(
                    text[mention.end : other.start] if other.start > mention.end else "x"
                )
                or FROM_TO.search(text[: other.start])
            ):
                starts.add(other.start)
    return starts


def _breach(text: str, mention: Mention) -> Figure:
    return Figure(
        measure=Measure.VIOLATIONS,
        low=mention.low,
        high=mention.high,
        qualifier=mention.qualifier,
        text=text[mention.start : mention.end],
    )


def _in_sense(text: str, figure: Figure) -> Figure:
    """Add polarity and scope from the sentence around the figure."""
    start = text.find(figure.text)
    before = text[:start]
    polarity = Polarity.ASSERTED
    if words.DENIED.search(before[-80:]):
        polarity = Polarity.DENIED
    elif words.FEARED.search(before[-40:]) or re.search(
        r"^[^.;]{0,40}\bfeared\b", text[start + len(figure.text) :]
    ):
        polarity = Polarity.FEARED
    scope = Scope.INCIDENT
    for pattern, value in (
        (words.SINCE_CEASEFIRE, Scope.SINCE_CEASEFIRE),
        (words.PERIOD, Scope.PERIOD),
        (words.TOTAL, Scope.TOTAL),
    ):
        if pattern.search(text):
            scope = value
            break
    return replace(figure, polarity=polarity, scope=scope)


__all__ = ["find_figures", "number_value"]
