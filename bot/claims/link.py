"""Links sentences to conflicts: each to exactly one or none, with a named reason. Pure.

Strong: two parties, or a party and a place of the conflict. Medium: a place. Weak: a party or a
mediator alone. The title and lead weigh most; a sentence without names of its own inherits the
article's conflict; one about another conflict's parties does not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.claims.names import NameHit, pack_names
from bot.packs import Pack
from bot.types import Entry, Sentence

#: Points of one stretch of text.
STRONG, MEDIUM, WEAK = 4, 2, 1
#: An article belongs to a conflict from this many points on (title and lead weigh threefold).
ENOUGH = 4
#: Sentences of the body that count as its lead.
LEAD = 3
HEAD_WEIGHT = 3

DATELINE = re.compile(
    r"^[A-Z][A-Z'’/ .-]{2,40}(?:, [A-Z][\w. ]{2,20}){0,2}(?: \([\w ./-]{2,30}\))?\s*(?:[-–—:]{1,2}|\. )\s*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Which conflict a sentence belongs to, and what it names of it."""

    conflict: str | None
    parties: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    mediators: tuple[str, ...] = ()
    reason: str = "no_names"


def link_entry(
    entry: Entry, sentences: Sequence[Sentence], packs: Sequence[Pack]
) -> tuple[Link, ...]:
    """Return a link per sentence."""
    hits = {pack.id: [_hits(pack, s.text) for s in sentences] for pack in packs}
    ranks = {
        pack.id: (
            _article_points(sentences, hits[pack.id], pack),
            *_openings(sentences, hits[pack.id]),
        )
        for pack in packs
    }
    best = max(ranks, key=lambda i: ranks[i], default=None)
    own = best if best is not None and ranks[best][0] >= ENOUGH else None
    if own is not None and sum(1 for rank in ranks.values() if rank == ranks[own]) > 1:
        own = None  # two conflicts with equal claim: neither is told
    return tuple(_link(index, own, hits, packs) for index in range(len(sentences)))


def _hits(pack: Pack, text: str) -> tuple[NameHit, ...]:
    dateline = DATELINE.match(text)
    skip = dateline.end() if dateline else 0
    return tuple(hit for hit in pack_names(pack).find(text) if hit.start >= skip)


def _article_points(
    sentences: Sequence[Sentence], hits: Sequence[tuple[NameHit, ...]], pack: Pack
) -> int:
    whole = " ".join(s.text for s in sentences[:12])
    if any(context in whole for context in pack.negative_contexts):
        return 0
    head = [h for s, found in zip(sentences, hits, strict=True) if _is_head(s) for h in found]
    decoys = sum(h.role == "decoy" for h in head)
    rivals = sum(h.role in ("party", "place") for h in head)
    if decoys > rivals:
        return 0
    points = HEAD_WEIGHT * _points(head)
    body = [h for s, found in zip(sentences, hits, strict=True) if not _is_head(s) for h in found]
    if not head and _points(body) < STRONG:
        return 0
    # A body full of names cannot carry an article whose head names nobody of this conflict.
    return points + (_points(body) if _points(head) else min(_points(body), ENOUGH - 1))


def _openings(
    sentences: Sequence[Sentence], hits: Sequence[tuple[NameHit, ...]]
) -> tuple[int, ...]:
    """Return the points of title, summary and text by their first sentences, in this order.

    They tell what an article is about that also mentions a neighbouring conflict.
    """
    return tuple(_points(h) for s, h in zip(sentences, hits, strict=True) if s.index == 0)


def _is_head(sentence: Sentence) -> bool:
    return sentence.field != "text" or sentence.index < LEAD


def _points(hits: Sequence[NameHit]) -> int:
    parties = {h.id for h in hits if h.role == "party"}
    places = {h.id for h in hits if h.role == "place"}
    others = any(h.role in ("mediator", "monitor", "past") for h in hits)
    if len(parties) >= 2 or (parties and places):
        return STRONG
    if places:
        return MEDIUM + (1 if others else 0)
    return WEAK + (1 if others else 0) if parties else 0


def _link(
    index: int,
    own: str | None,
    hits: dict[str, list[tuple[NameHit, ...]]],
    packs: Sequence[Pack],
) -> Link:
    strong = [
        pack.id
        for pack in packs
        if _points(hits[pack.id][index]) >= STRONG and not _decoyed(hits[pack.id][index])
    ]
    if own is not None:
        found = hits[own][index]
        if own not in strong and strong:
            return _named(strong[0], hits[strong[0]][index], "names_other_conflict")
        if _decoyed(found):
            return Link(conflict=None, reason="decoy")
        reason = "names_parties" if found else "article"
        return _named(own, found, reason)
    # An article on no conflict of ours, or on several: a sentence must stand on its own.
    return Link(conflict=None, reason="other_conflict")


def _decoyed(hits: Sequence[NameHit]) -> bool:
    decoys = sum(h.role == "decoy" for h in hits)
    return decoys > 0 and decoys >= len({h.id for h in hits if h.role in ("party", "place")})


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
