"""Faults of config.yaml that no single key can tell: labels, routes and packs against each other.

They are read from the document itself, so that they are reported together with other faults.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bot.yaml_lines import Document
from models.labels import SHIPPED_LABELS


def label_faults(document: Document) -> Iterator[str]:
    """Yield labels with an unusable name, and labels of the operator's own without hypotheses."""
    for name, section in _mapping(document.values().get("labels")).items():
        if not re.fullmatch(r"[a-z][a-z0-9_]{0,30}", name):
            allowed = "must be up to 31 lower-case letters, digits and _, a letter first"
            yield document.fault(("labels", name), allowed)
        elif name not in SHIPPED_LABELS and not _mapping(section).get("hypotheses"):
            yield document.fault(
                ("labels", name),
                "is not shipped, so it needs hypotheses: two or three statements that hold when "
                f"it applies (shipped: {', '.join(SHIPPED_LABELS)})",
            )


def kind_faults(document: Document) -> Iterator[str]:
    """Yield kinds of channels that are no label."""
    labels = [*SHIPPED_LABELS, *_mapping(document.values().get("labels"))]
    yield from _unknown_words(document, "kinds", "label", ["all", *dict.fromkeys(labels)])


def route_faults(document: Document, packs: Mapping[int, str]) -> Iterator[str]:
    """Yield conflicts of channels that no pack has; `packs` are ids by place in `conflicts`."""
    yield from _unknown_words(
        document, "conflicts", "loaded conflict", ["all", *sorted(set(packs.values()))]
    )


def double_faults(document: Document, packs: Mapping[int, str]) -> Iterator[str]:
    """Yield packs whose id an earlier pack has; `packs` are ids by place in `conflicts`."""
    first: dict[str, int] = {}
    for place, pack_id in packs.items():
        if pack_id in first:
            yield document.fault(
                ("conflicts", place),
                f"two packs have the id {pack_id!r}, this one and conflicts.{first[pack_id]}; "
                "leave one out or give it another id",
            )
        first.setdefault(pack_id, place)


def pack_paths(document: Document) -> Mapping[int, str]:
    """Return the pack files that the document names, by their place in `conflicts`."""
    named = _list(document.values().get("conflicts"))
    return {place: name for place, name in enumerate(named) if isinstance(name, str)}


def _unknown_words(document: Document, key: str, what: str, known: list[str]) -> Iterator[str]:
    telegram = _mapping(document.values().get("telegram"))
    for n, channel in enumerate(_list(telegram.get("channels"))):
        for place, word in enumerate(_list(_mapping(channel).get(key))):
            if isinstance(word, str) and word not in known:
                yield document.fault(
                    ("telegram", "channels", n, key, place),
                    f"{word!r} is no {what} (allowed: {', '.join(known)})",
                )


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
