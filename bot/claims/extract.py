"""Sentences with scores to claims: link, attribution, sense, figures, times. Pure.

A claim's fields are right or honestly empty. Claims that are no news keep a named reason in
`background` and never move anything.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from bot.claims.figures import find_figures
from bot.claims.memo import once_per_object
from bot.claims.news.sense import background_reasons
from bot.claims.when.meetings import is_on_meeting, meeting_zone
from bot.claims.when.times import find_times
from bot.claims.where.link import Link, link_entry
from bot.claims.who.attribution import attribute
from bot.claims.who.owners import homes_of, placed
from bot.outlets import Wire
from bot.packs import Pack
from bot.types import Attribution, Claim, Entry, Figure, Sentence, Stance
from models.steps import StepReading

#: Sentences of the body that may tell what an entry is about.
HEAD = 7


def extract_claims(
    entry: Entry,
    sentences: Sequence[Sentence],
    scores: Sequence[Mapping[str, float]],
    thresholds: Mapping[str, float],
    packs: Sequence[Pack],
    wires: Sequence[Wire],
    *,
    all_sentences: bool = False,
    timezone: str | None = None,
    steps: Mapping[int, StepReading] | None = None,
) -> tuple[Claim, ...]:
    """Return the claims of an entry, in reading order.

    By default a sentence becomes a claim when it belongs to a conflict and carries a label, stands
    in the head, denies, accuses or states a figure; `all_sentences` takes every one.
    """
    links = link_entry(entry, sentences, packs)
    by_id = {pack.id: pack for pack in packs}
    pack = _main_pack(links, by_id)
    if not all_sentences and pack is None:
        return ()
    named = {party for link in links for party in link.parties}
    spoken = zip(attribute(entry, sentences, pack, wires), homes_of(sentences, pack), strict=True)
    attributions = [placed(said, pack, home, named) for said, home in spoken]
    reasons = background_reasons(entry, sentences, pack)
    links = tuple(map(_firm, links, reasons))
    held = meeting_zone(s.text for s in sentences if is_head(s))
    claims = []
    for n, sentence in enumerate(sentences):
        if not all_sentences and links[n].conflict is None:
            continue
        labels = _labels(scores[n], thresholds)
        figures = find_figures(sentence.text)
        told = bool(labels) or not thresholds or is_head(sentence)
        if not (all_sentences or told or figures or _objects(attributions[n])):
            continue
        zone = _zone(links[n], by_id, timezone)
        if held is not None and is_on_meeting(sentence.text):
            zone = held
        claims.append(
            _claim(
                entry,
                sentence,
                links[n],
                attributions[n],
                reasons[n] or (FAINT if links[n].faint else None),
                scores[n],
                labels,
                figures,
                zone,
                (steps or {}).get(n),
            )
        )
    return tuple(claims)


def _firm(link: Link, reason: str | None) -> Link:
    """Take a faint link from a sentence that is no news anyway."""
    return Link(conflict=None, reason=link.reason) if link.faint and reason else link


#: Background of a sentence whose entry names too little of the conflict to open an event.
FAINT = "faintly_linked"


def is_head(sentence: Sentence) -> bool:
    """Title, summary and lead say what an entry is about, whatever label each of them gets."""
    return sentence.field != "text" or sentence.index < HEAD


def _objects(attribution: Attribution) -> bool:
    """Denials belong to what others claim, whatever the model makes of their words."""
    return attribution.stance in (Stance.DENIES, Stance.ACCUSES)


def _labels(scores: Mapping[str, float], thresholds: Mapping[str, float]) -> tuple[str, ...]:
    return tuple(label for label, limit in thresholds.items() if scores.get(label, 0.0) >= limit)


def _main_pack(links: Sequence[Link], packs: Mapping[str, Pack]) -> Pack | None:
    linked = [link.conflict for link in links if link.conflict is not None]
    if not linked:
        return None
    return packs[max(dict.fromkeys(linked), key=linked.count)]


def _zone(link: Link, packs: Mapping[str, Pack], timezone: str | None) -> ZoneInfo:
    pack = packs.get(link.conflict or "")
    if pack is None:
        return ZoneInfo(timezone or "UTC")
    zones = _place_zones(pack)
    return ZoneInfo(next((zones[p] for p in link.places if p in zones), pack.timezone))


@once_per_object
def _place_zones(pack: Pack) -> dict[str, str]:
    return {place.name: place.timezone for place in pack.places if place.timezone}


def _claim(
    entry: Entry,
    sentence: Sentence,
    link: Link,
    attribution: Attribution,
    background: str | None,
    scores: Mapping[str, float],
    labels: tuple[str, ...],
    figures: tuple[Figure, ...],
    zone: ZoneInfo,
    step: StepReading | None,
) -> Claim:
    at = entry.published_at or entry.fetched_at
    return Claim(
        id=f"{entry.id}:{sentence.field}:{sentence.start}",
        entry_id=entry.id,
        at=at,
        field=sentence.field,
        quote=sentence.text,
        start=sentence.start,
        end=sentence.end,
        labels=labels,
        scores=scores,
        attribution=attribution,
        outlet=entry.outlet,
        outlet_name=entry.outlet_name,
        url=entry.url,
        conflict=link.conflict,
        parties=link.parties,
        places=link.places,
        figures=figures,
        times=find_times(sentence.text, at, zone),
        background=background,
        steps=step.steps if step else None,
        sides=step.sides if step else None,
    )
