"""`python -m bot check`: config.yaml and packs, beyond what their schemas can tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console

from bot.config import load_settings
from bot.packs import Pack
from bot.yaml_lines import read_document

#: Shorter names match too much; these are the ones that news does use.
SHORT_NAMES = {"US", "U.S.", "UN", "EU", "UK", "UAE", "RSF", "IDF", "LoC"}

#: Where in the pack, and what is wrong there.
Fault = tuple[tuple[str | int, ...], str]


def check_settings(path: Path, notices: Console) -> int:
    """Print every fault and return 0, or 2 when there is one.

    Raises:
        ConfigError: for faults of the schema, one line each.
    """
    settings = load_settings(path)
    faulty = False
    for file, pack in zip(settings.config.conflicts, settings.packs, strict=True):
        faults = pack_faults(pack)
        if faults:
            faulty = True
            document = read_document(path.parent / file)
            for loc, message in faults:
                _tell(notices, document.fault(loc, message), style="red")
        else:
            names = sum(len(party.all_names) for party in pack.parties) + len(pack.places)
            _tell(notices, f"{pack.id}: {names} names, {len(pack.feeds)} feeds: OK")
    if faulty:
        return 2
    channels = len(settings.config.telegram.channels)
    _tell(notices, f"{path}: {len(settings.feeds())} feeds, {channels} channels: OK")
    return 0


def pack_faults(pack: Pack) -> list[Fault]:
    """Return what is wrong with a pack although it is well formed."""
    return [
        *_double_parties(pack),
        *_double_names(pack),
        *_unknown_parents(pack),
        *_feed_faults(pack),
        *_short(pack),
    ]


def _tell(notices: Console, line: str, style: str | None = None) -> None:
    # Unwrapped, so that a fault stays one line for the reader's tools.
    notices.print(line, markup=False, style=style, soft_wrap=True)


def _double_parties(pack: Pack) -> Iterator[Fault]:
    seen: set[str] = set()
    for n, party in enumerate(pack.parties):
        if party.id in seen:
            yield ("parties", n, "id"), f"two parties have the id {party.id!r}; keep one"
        seen.add(party.id)


def _double_names(pack: Pack) -> list[Fault]:
    owners: defaultdict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    for n, party in enumerate(pack.parties):
        for name in party.all_names:
            owners["parties", name].setdefault(party.id, n)
    for n, place in enumerate(pack.places):
        for name in place.all_names:
            owners["places", name].setdefault(place.name, n)
    return [
        (
            (key, max(found.values())),
            f"{name!r} stands for {' and '.join(sorted(found))}; keep one",
        )
        for (key, name), found in sorted(owners.items())
        if len(found) > 1
    ]


def _unknown_parents(pack: Pack) -> list[Fault]:
    known = {place.name for place in pack.places}
    return [
        (
            ("places", n, "parent"),
            f"{place.name!r}: parent {place.parent!r} is no place of this pack",
        )
        for n, place in enumerate(pack.places)
        if place.parent is not None and place.parent not in known
    ]


def _feed_faults(pack: Pack) -> Iterator[Fault]:
    sides = {party.id for party in pack.parties}
    seen: set[str] = set()
    for n, feed in enumerate(pack.feeds):
        if feed.url in seen:
            yield ("feeds", n, "url"), f"{feed.url} stands twice; keep one"
        seen.add(feed.url)
        if feed.side is not None and feed.side not in sides:
            yield (
                ("feeds", n, "side"),
                f"{feed.side!r} is no party of this pack (allowed: {', '.join(sorted(sides))})",
            )


def _short(pack: Pack) -> list[Fault]:
    return [
        (
            ("parties", n),
            f"{name!r} of party {party.id} is too short to be told from other words",
        )
        for n, party in enumerate(pack.parties)
        for name in party.all_names
        if len(name) < 3 and name not in SHORT_NAMES
    ]
