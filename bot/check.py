"""`python -m bot check`: config.yaml and packs, beyond what their schemas can tell."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from rich.console import Console

from bot.config import load_settings
from bot.packs import Pack

#: Shorter names match too much; these are the ones that news does use.
SHORT_NAMES = {"US", "U.S.", "UN", "EU", "UK", "UAE", "RSF", "IDF", "LoC"}


def check_settings(path: Path, notices: Console) -> int:
    """Print every fault and return 0, or 2 when there is one.

    Raises:
        ConfigError: for faults of the schema, one line each.
    """
    settings = load_settings(path)
    faults = [
        f"{path.parent / file}: {fault}"
        for file, pack in zip(settings.config.conflicts, settings.packs, strict=True)
        for fault in pack_faults(pack)
    ]
    for fault in faults:
        notices.print(fault, markup=False, style="red")
    for pack in settings.packs:
        names = sum(len(party.all_names) for party in pack.parties) + len(pack.places)
        notices.print(f"{pack.id}: {names} names, {len(pack.feeds)} feeds: OK", markup=False)
    feeds = settings.feeds()
    channels = len(settings.config.telegram.channels)
    notices.print(f"{path}: {len(feeds)} feeds, {channels} channels: OK", markup=False)
    return 2 if faults else 0


def pack_faults(pack: Pack) -> list[str]:
    """Return what is wrong with a pack although it is well formed."""
    return [*_double_names(pack), *_unknown_parents(pack), *_feed_faults(pack), *_short(pack)]


def _double_names(pack: Pack) -> list[str]:
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for party in pack.parties:
        for name in party.all_names:
            owners[name].add(f"party {party.id}")
    for place in pack.places:
        for name in place.all_names:
            owners[name].add(f"place {place.name}")
    return [
        f"{name!r} stands for {' and '.join(sorted(found))}; keep one"
        for name, found in sorted(owners.items())
        if len({f.split()[0] for f in found}) == 1 and len(found) > 1
    ]


def _unknown_parents(pack: Pack) -> list[str]:
    known = {place.name for place in pack.places}
    return [
        f"places: {place.name!r}: parent {place.parent!r} is no place of this pack"
        for place in pack.places
        if place.parent is not None and place.parent not in known
    ]


def _feed_faults(pack: Pack) -> list[str]:
    sides = {party.id for party in pack.parties}
    seen: set[str] = set()
    faults = []
    for feed in pack.feeds:
        if feed.url in seen:
            faults.append(f"feeds: {feed.url} stands twice")
        seen.add(feed.url)
        if feed.side is not None and feed.side not in sides:
            faults.append(f"feeds: {feed.outlet}: side {feed.side!r} is no party of this pack")
    return faults


def _short(pack: Pack) -> list[str]:
    return [
        f"party {party.id}: {name!r} is too short to be told from other words"
        for party in pack.parties
        for name in party.all_names
        if len(name) < 3 and name not in SHORT_NAMES
    ]
