"""Links sentences to conflicts: each to exactly one or none, with a named reason. Pure.

`bot.claims.where.evidence` weighs a stretch of text; here the title and lead, which weigh most, decide on
the article, and each sentence on itself: one without names of its own inherits the article's
conflict, one about another conflict's parties does not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot.claims.datelines import dateline_end
from bot.claims.where.elsewhere import countries_in, strangers_in, tells_of_other_war
from bot.claims.where.evidence import MEDIUM, NOTHING, STRONG, Evidence, Scale, scale_of
from bot.claims.where.homographs import is_abroad
from bot.claims.where.names import NameHit, register_of
from bot.claims.where.warfare import is_unrest
from bot.packs import Pack
from bot.types import Entry, Sentence

#: An article belongs to a conflict from this many points on (title and lead weigh threefold).
ENOUGH = 4
#: Sentences of the body that count as its lead.
LEAD = 3
HEAD_WEIGHT = 3
#: Sentences within which a text names the parties whose mediator its head names.
NEAR = 7
#: From this many points on it may tell more of what is known of a conflict, and opens nothing.
LEAST_POINTS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Which conflict a sentence belongs to, and what it names of it."""

    conflict: str | None
    parties: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    mediators: tuple[str, ...] = ()
    reason: str = "no_names"
    faint: bool = False  #: too little to open an event


def link_entry(
    entry: Entry, sentences: Sequence[Sentence], packs: Sequence[Pack]
) -> tuple[Link, ...]:
    """Return a link per sentence."""
    names = register_of(packs)
    starts = [_start(s) for s in sentences]
    named = [
        _at_home(scale, sentences, row)
        for scale, row in zip(
            map(scale_of, packs),
            zip(*(names.find(s.text) for s in sentences), strict=True),
            strict=False,
        )
    ]
    # A pack of which no party, place or mission is named has no say in the entry.
    told = [
        (scale, row)
        for scale, row in zip(map(scale_of, packs), named, strict=False)
        if any(scale.is_named(hits) for hits in row if hits)
    ]
    scales = {scale.id: scale for scale, _ in told}
    found = {
        scale.id: [
            scale.evidence(s.text, hits, n) if hits else NOTHING
            for s, hits, n in zip(sentences, row, starts, strict=True)
        ]
        for scale, row in told
    }
    ranks = {
        i: (
            _article_points(scale, sentences, found[i]),
            *_openings(sentences, found[i]),
            any(e.grounded for s, e in zip(sentences, found[i], strict=True) if _is_head(s)),
        )
        for i, scale in scales.items()
    }
    first = _likeliest(ranks, ENOUGH)
    if len(first) == 1:
        return tuple(_own_link(n, s.text, first[0], found) for n, s in enumerate(sentences))
    faint = _likeliest(ranks, LEAST_POINTS)
    if not first and len(faint) == 1:
        own = [_own_link(n, s.text, faint[0], found) for n, s in enumerate(sentences)]
        return tuple(replace(link, faint=link.conflict == faint[0]) for link in own)
    # Two conflicts with equal claim, or none: a sentence must stand on its own.
    return tuple(_lone_link(n, first, found) for n in range(len(sentences)))


def _likeliest(ranks: Mapping[str, tuple[int | bool, ...]], least: int) -> list[str]:
    """Return the conflicts of the best rank among those with enough points."""
    likely = [i for i in sorted(ranks) if ranks[i][0] >= least]
    best = max((ranks[i] for i in likely), default=None)
    return [i for i in likely if ranks[i] == best]


def _at_home(
    scale: Scale, sentences: Sequence[Sentence], row: Sequence[Sequence[NameHit]]
) -> tuple[Sequence[NameHit], ...]:
    """Leave out places that the head puts in another country: "TRIPOLI, Lebanon" is so throughout."""
    row = [
        [h for h in hits if not _is_part(s.text, h)] if hits else hits
        for s, hits in zip(sentences, row, strict=True)
    ]
    abroad = {
        hit.id
        for s, hits in zip(sentences, row, strict=True)
        if hits and _is_head(s)
        for hit in hits
        if hit.role == "place" and is_abroad(s.text, hit, hits, scale.homelands)
    }
    sited = _foreign_dateline(scale, sentences)
    abroad |= {h.id for hits in row for h in hits if h.role == "place" and h.name.upper() == sited}
    if not abroad:
        return tuple(row)
    return tuple([h for h in hits if h.role != "place" or h.id not in abroad] for hits in row)


_NAME_BEFORE = re.compile(r"\b[A-Z][a-z]+ $")


def _is_part(text: str, hit: NameHit) -> bool:
    """Tell whether a name is only a part of another country's: the "Sudan" of "South Sudan"."""
    if not _NAME_BEFORE.search(text[max(0, hit.start - 12) : hit.start]):
        return False
    return any(
        start <= hit.start and hit.end <= end and end - start > hit.end - hit.start
        for start, end in countries_in(text)
    )


#: "TRIPOLI, Lebanon: ..."
_SITED = re.compile(r"(?P<town>[A-Z][A-Z’' .-]{1,30}), (?=[A-Z][a-z])")


def _foreign_dateline(scale: Scale, sentences: Sequence[Sentence]) -> str | None:
    """Return the town of a dateline that lies in another country, in capitals."""
    lead = next((s.text for s in sentences if s.field == "text"), "")
    match = _SITED.match(lead)
    if match is None:
        return None
    foreign = any(start == match.end() for start, _ in strangers_in(lead, scale.homelands))
    return match["town"] if foreign else None


def _start(sentence: Sentence) -> int:
    """Return where a sentence begins to tell news; a headline has no dateline."""
    return 0 if sentence.field == "title" else dateline_end(sentence.text)


def _article_points(scale: Scale, sentences: Sequence[Sentence], found: Sequence[Evidence]) -> int:
    pairs = list(zip(sentences, found, strict=True))
    if not any(e.hits for _, e in pairs):
        return 0
    if any(s.field == "title" and e.decoyed and not e.points for s, e in pairs):
        return 0
    if _opens_abroad(scale, pairs):
        return 0
    head = [(_undated(s), e) for s, e in pairs if _is_head(s)]
    body = [(s.text, e) for s, e in pairs if not _is_head(s)]
    head_points, body_points = scale.joined(head), scale.joined(body)
    if any(e.decoyed for _, e in head) and not head_points:
        return 0
    near = any(scale.names_both(e) for s, e in pairs if s.index < NEAR)
    if head_points or (near and scale.is_mediated(head)):
        return HEAD_WEIGHT * head_points + body_points
    # A body full of names cannot carry an article whose head names nobody of this conflict.
    return min(body_points, ENOUGH - 1)


def _undated(sentence: Sentence) -> str:
    """Return the text with blanks for its dateline: where it was written, nobody takes part."""
    start = _start(sentence)
    return " " * start + sentence.text[start:]


def _opens_abroad(scale: Scale, pairs: Sequence[tuple[Sentence, Evidence]]) -> bool:
    """Tell whether title and lead tell of another country, and of nobody and no place of this one.

    Further down such a text only compares.
    """
    first = [(s, e) for s, e in pairs if s.index == 0 and s.field != "summary"]
    own = any(scale.is_named(e.hits) for _, e in first)
    # "Norland's rebels freed the Ardovian peacekeepers": one side's people in another's war.
    hits = [h for s, e in pairs if _is_head(s) for h in e.hits]
    parties = {h.id for h in hits if h.role == "party"}
    placed = any(
        h.role == "place" and not _BORDER.match(s.text, h.end)
        for s, e in pairs
        if _is_head(s)
        for h in e.hits
    )
    alone = len(parties) < 2 and not placed
    if alone and first and all(tells_of_other_war(_undated(s), scale.homelands) for s, _ in first):
        return True
    return not own and any(s.field == "text" and _visits(scale, s, e) for s, e in first)


#: Where somebody spoke, at the end of a sentence.
_SPOKE_IN = re.compile(
    r"\b(?:said|says|announced|reported|told (?:reporters|journalists))\b"
    r"(?:,? (?:today|yesterday|tonight|earlier|late|early|on|this|morning|evening|\w+day))* in $"
)


_BORDER = re.compile(r"(?:['’]s)? (?:border|frontier)\b")


def _visits(scale: Scale, sentence: Sentence, evidence: Evidence) -> bool:
    """Tell whether a sentence tells of another country, beyond its venue, border and passports.

    "The mission counted nine, a spokesman said in New York"; "General Armand Roy of Canada".
    """
    text, ends = _undated(sentence), {hit.end for hit in evidence.hits}
    return any(
        not _SPOKE_IN.search(text[:start])
        and not _BORDER.match(text, end)
        and not (text[:start].endswith(" of ") and start - 4 in ends)
        for start, end in strangers_in(text, scale.homelands)
    )


def _openings(sentences: Sequence[Sentence], found: Sequence[Evidence]) -> tuple[int, ...]:
    """Return the points of title, summary and text by their first sentences, in this order.

    They tell what an article is about that also mentions a neighbouring conflict.
    """
    return tuple(e.points for s, e in zip(sentences, found, strict=True) if s.index == 0)


def _is_head(sentence: Sentence) -> bool:
    return sentence.field != "text" or sentence.index < LEAD


def _own_link(index: int, text: str, own: str, found: Mapping[str, Sequence[Evidence]]) -> Link:
    """Link a sentence of an article that belongs to the conflict `own`."""
    here = found[own][index]
    others = {i: e[index] for i, e in found.items() if i != own and not e[index].decoyed}
    if here.points < STRONG or here.decoyed:
        strong = _strongest(others, STRONG)
        if strong:
            return _told(strong, others)
    if here.decoyed:
        return Link(conflict=None, reason="decoy")
    if here.hits:
        return _named(own, here.hits, "names_parties")
    medium = _strongest(others, MEDIUM)
    if medium:
        return _told(medium, others)
    if any(h.role in ("party", "place") for e in others.values() for h in e.hits):
        return Link(conflict=None, reason="decoy")
    if _is_elsewhere(text):
        return Link(conflict=None, reason="elsewhere")
    return _named(own, (), "article")


def _is_elsewhere(text: str) -> bool:
    """Tell whether a sentence turns to another country's news: "Elsewhere, a quake in Chile"."""
    return bool(countries_in(text)) and (text.startswith("Elsewhere") or is_unrest(text))


def _lone_link(index: int, rivals: Sequence[str], found: Mapping[str, Sequence[Evidence]]) -> Link:
    """Link a sentence of an article that belongs to several conflicts, or to none."""
    here = {i: found[i][index] for i in rivals if not found[i][index].decoyed}
    strong = _strongest(here, STRONG)
    if len(strong) == 1:
        return _named(strong[0], here[strong[0]].hits, "names_parties")
    return Link(conflict=None, reason="other_conflict")


def _strongest(evidence: Mapping[str, Evidence], least: int) -> list[str]:
    best = max((e.points for e in evidence.values()), default=0)
    strongest = [i for i, e in evidence.items() if e.points == best >= least]
    # Where two conflicts share a party, the one on whose ground it happens is meant.
    grounded = [i for i in strongest if evidence[i].grounded]
    return grounded if len(grounded) == 1 else strongest


def _told(conflicts: Sequence[str], evidence: Mapping[str, Evidence]) -> Link:
    if len(conflicts) > 1:
        return Link(conflict=None, reason="several_conflicts")
    return _named(conflicts[0], evidence[conflicts[0]].hits, "names_other_conflict")


def _named(conflict: str, hits: Sequence[NameHit], reason: str) -> Link:
    def ids(role: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(h.id for h in hits if h.role == role))

    return Link(
        conflict=conflict,
        parties=ids("party"),
        places=ids("place"),
        mediators=ids("mediator") + ids("monitor"),
        reason=reason,
    )
