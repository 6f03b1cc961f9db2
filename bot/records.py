"""Domain records to and from JSON-ready values (pydantic adapters over the dataclasses)."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, TypeVar

from pydantic import TypeAdapter

T = TypeVar("T")

_adapters: dict[type, TypeAdapter[Any]] = {}


def _adapter(kind: type) -> TypeAdapter[Any]:
    # Building an adapter costs milliseconds; one per class is enough.
    if kind not in _adapters:
        _adapters[kind] = TypeAdapter(kind)
    return _adapters[kind]


def to_json(record: Any) -> Any:
    """Return `record` (a dataclass of bot.types) as JSON-ready dicts and lists; sets are sorted."""
    dumped: dict[str, Any] = _adapter(type(record)).dump_python(record, mode="json")
    for field in fields(record):
        value = getattr(record, field.name)
        # The order in which a set yields depends on how it was built, which a restart changes.
        if isinstance(value, frozenset):
            dumped[field.name] = sorted(value)
    return dumped


def from_json(kind: type[T], value: Any) -> T:
    """Rebuild a record of class `kind` from `to_json` output."""
    result: T = _adapter(kind).validate_python(value)
    return result
