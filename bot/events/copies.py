"""Copy groups: entries that carry the same text, whatever their headline.

Bodies are compared as 5-word shingles after agency lines are stripped. A copy adds no origin.
A text that contains another and goes on is still a copy; `extra` tells how much of it is new.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from urllib.parse import urlsplit

from bot.types import CopyGroup, Entry

SHINGLE = 5
MIN_JACCARD = 0.5
MIN_CONTAINMENT = 0.6
#: Shorter bodies share stock phrases; containment says nothing about them.
MIN_WORDS = 40
#: Bodies below this are judged together with title and summary.
SHORT_BODY = 40

_CREDIT = re.compile(
    r"^[^\n.]{0,120}?(?:\((?P<bracket>[A-Z][\w /&.-]{1,24})\)|(?P<caps>[A-Z]{3,12}))"
    r"\s*(?:--|[-–—.:])\s*"
)
_SLASHED = re.compile(r"^[^\n.]{0,80}?\.?\s*/(?P<slash>[A-Z]{2,12})/\.?\s*")
_TAIL = re.compile(
    r"(?:^|[\n.!?”\"'])\s*[-–—(\[]*\s*(?P<tail>Reuters|REUTERS|AFP|AP|dpa|DPA|Xinhua|TASS|Bernama|"
    r"Anadolu|ANSA|EFE|PTI|ANI|Interfax)\s*[)\]]*\.?\s*$"
)
_DATELINE = re.compile(
    r"^[A-Z][A-Z/ ,.'-]{2,60}(?:,?\s+\w{3,9}\.?\s+\d{1,2})?[^\n]{0,40}?\s*[-–—:]\s+"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyVerdict:
    """Whether an entry copies a known text, and the group it now belongs to."""

    is_copy: bool
    group: CopyGroup  #: new, or the known group grown by this entry
    reason: str  #: "original", "same_text", "contained", "same_credit_and_lead"
    extra: float = 0.0  #: share of the entry's shingles that the root does not have


def judge_copy(entry: Entry, groups: Sequence[CopyGroup], window: timedelta) -> CopyVerdict:
    """Return whether `entry` copies a text seen within `window` before it."""
    own = copy_group(entry)
    best: CopyVerdict | None = None
    for group in groups:
        if group.id == own.id or abs(own.at - group.at) > window:
            continue
        verdict = _compare(own, group)
        if verdict and (best is None or verdict.extra < best.extra):
            best = verdict
    return best or CopyVerdict(is_copy=False, group=own, reason="original")


def copy_group(entry: Entry) -> CopyGroup:
    """Return the group that `entry` founds."""
    body, wire = strip_credit(_body(entry))
    words = re.findall(r"\w+", body.casefold())
    return CopyGroup(
        id=entry.id,
        at=entry.fetched_at,
        hosts=(_host(entry),),
        outlets=(entry.outlet_name,),
        shingles=_shingles(words),
        words=len(words),
        wire=wire,
    )


def strip_credit(body: str) -> tuple[str, str | None]:
    """Return the body without dateline and credit, and the agency credited at head or foot."""
    wire: str | None = None
    tail = _TAIL.search(body)
    if tail:
        wire, body = tail["tail"], body[: tail.start("tail")].rstrip(" -–—([\n")
    for pattern in (_SLASHED, _CREDIT):
        head = pattern.match(body)
        if head:
            return body[head.end() :], wire or next(g for g in head.groups() if g)
    return _DATELINE.sub("", body, count=1), wire


def _body(entry: Entry) -> str:
    body = entry.text or ""
    if len(body.split()) < SHORT_BODY:
        return "\n".join(part for part in (body, entry.summary or "", entry.title) if part)
    return body


def _host(entry: Entry) -> str:
    try:
        host = urlsplit(entry.url).hostname or ""
    except ValueError:
        host = ""
    return host.removeprefix("www.") or entry.outlet


def _shingles(words: Sequence[str]) -> frozenset[int]:
    size = min(SHINGLE, len(words)) or 1
    return frozenset(
        zlib.crc32(" ".join(words[i : i + size]).encode()) for i in range(len(words) - size + 1)
    )


def _compare(own: CopyGroup, group: CopyGroup) -> CopyVerdict | None:
    shared = len(own.shingles & group.shingles)
    if not shared:
        return None
    jaccard = shared / len(own.shingles | group.shingles)
    contained = shared / min(len(own.shingles), len(group.shingles))
    extra = 1 - shared / len(own.shingles)
    if jaccard >= MIN_JACCARD:
        reason = "same_text"
    elif contained >= MIN_CONTAINMENT and min(own.words, group.words) >= MIN_WORDS:
        reason = "contained"
    elif own.wire and own.wire.casefold() == (group.wire or "").casefold() and contained >= 0.4:
        reason = "same_credit_and_lead"
    else:
        return None
    return CopyVerdict(is_copy=True, group=_grown(group, own), reason=reason, extra=extra)


def _grown(group: CopyGroup, own: CopyGroup) -> CopyGroup:
    return replace(
        group,
        hosts=tuple(dict.fromkeys((*group.hosts, *own.hosts))),
        outlets=tuple(dict.fromkeys((*group.outlets, *own.outlets))),
        wire=group.wire or own.wire,
    )
