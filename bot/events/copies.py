"""Copy groups: entries that carry the same text in other clothes count as one origin. Pure.

Bodies are compared by 5-word shingles (headlines are rewritten, bodies are not); a shared wire
credit with the same lead is enough by itself. News stands in the lead, and agencies put the same
background under every story: a lead of its own makes no copy. Short texts differ by one word
(another village, another toll), so they are copies word for word only. Thresholds: measured on
reprinted news, where Jaccard >= 0.5 made no false copies.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from bot.types import CopyGroup, Entry

SHINGLE = 5
MIN_WORDS = 40
JACCARD = 0.5
CONTAINMENT = 0.6
#: Share of its own shingles from which a longer text is more than a copy.
EXTRA = 0.4
#: Words of a lead, and the share of it that a copy has in common with the known text.
LEAD_WORDS = 30
LEAD_SHARE = 0.5
#: Shingles in common without which likeness is chance.
MIN_SHARED = 12

DATELINE = re.compile(
    r"^[^\n]{0,90}?(?:\([A-Z][\w /.-]{1,30}\)|/[A-Z]{3,10}/)?\s*(?:[-–—]{1,2}|:)\s+"
)
CREDIT = re.compile(r"\(([A-Z][A-Za-z]{1,20})\)|/([A-Z]{3,10})/")


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyVerdict:
    """Whether an entry copies a known text."""

    group: CopyGroup  #: the known group, grown by this entry, or a new one
    is_copy: bool
    reason: str  #: "new_text", "same_text", "contained_text", "same_wire_lead"


def judge_copy(entry: Entry, groups: Sequence[CopyGroup]) -> CopyVerdict:
    """Compare an entry's body with the known copy groups, oldest first."""
    words = _words(entry)
    shingles = _shingles(words)
    wire = _wire(entry)
    for group in groups:
        reason = _same(group, shingles, words, wire)
        if reason:
            return CopyVerdict(group=_grown(group, entry), is_copy=True, reason=reason)
    group = CopyGroup(
        id=entry.id,
        at=entry.fetched_at,
        hosts=(_host(entry),),
        outlets=(entry.outlet_name,),
        shingles=shingles,
        words=len(words),
        wire=wire,
    )
    return CopyVerdict(group=group, is_copy=False, reason="new_text")


def _same(
    group: CopyGroup, shingles: frozenset[int], words: Sequence[str], wire: str | None
) -> str | None:
    if not shingles or not group.shingles:
        return None
    if min(len(words), group.words) < MIN_WORDS:
        verbatim = len(shingles) >= MIN_SHARED and shingles <= group.shingles
        return "same_text" if verbatim or shingles == group.shingles else None
    lead = _shingles(words[:LEAD_WORDS])
    if len(lead & group.shingles) < LEAD_SHARE * len(lead):
        return None
    shared = len(shingles & group.shingles)
    if shared / len(shingles | group.shingles) >= JACCARD:
        return "same_text"
    smaller = min(len(shingles), len(group.shingles))
    if shared / smaller >= CONTAINMENT:
        return "contained_text" if shared / len(shingles) >= EXTRA else None
    if wire and wire == group.wire and shared >= MIN_SHARED and shared / smaller >= 0.35:
        return "same_wire_lead"
    return None


def _grown(group: CopyGroup, entry: Entry) -> CopyGroup:
    hosts = tuple(dict.fromkeys((*group.hosts, _host(entry))))
    outlets = tuple(dict.fromkeys((*group.outlets, entry.outlet_name)))
    return replace(group, hosts=hosts, outlets=outlets, at=max(group.at, entry.fetched_at))


def _words(entry: Entry) -> list[str]:
    body = entry.text or f"{entry.title}. {entry.summary or ''}"
    body = DATELINE.sub("", body, count=1)
    return re.findall(r"[\w']+", body.replace("’", "'").lower())


def _shingles(words: Sequence[str]) -> frozenset[int]:
    return frozenset(
        zlib.crc32(" ".join(words[i : i + SHINGLE]).encode())
        for i in range(max(0, len(words) - SHINGLE + 1))
    )


def _wire(entry: Entry) -> str | None:
    match = CREDIT.search((entry.text or "")[:120])
    return (match[1] or match[2]).lower() if match else None


def _host(entry: Entry) -> str:
    try:
        return urlsplit(entry.url).hostname or entry.outlet
    except ValueError:
        return entry.outlet


def recent(groups: Sequence[CopyGroup], since: datetime) -> tuple[CopyGroup, ...]:
    """Return the groups seen after `since`."""
    return tuple(group for group in groups if group.at >= since)
