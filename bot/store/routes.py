"""Which chat takes which alerts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One chat and what goes there; "all" is a wildcard."""

    chat_id: int
    thread_id: int | None = None  #: forum topic
    conflicts: tuple[str, ...] = ("all",)
    kinds: tuple[str, ...] = ("all",)

    def takes(self, conflict: str, kind: str) -> bool:
        """Tell whether an alert of this conflict and kind goes to the chat."""
        return bool({"all", conflict} & set(self.conflicts)) and bool(
            {"all", kind} & set(self.kinds)
        )
