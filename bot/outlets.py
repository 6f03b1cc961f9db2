"""The registry of outlets and wire agencies: names, owners, states, hosts. Data in outlets.yaml.

Origins are counted by it: outlets of one owner, and the agencies of one state, are no
independent voices. Countries are written as the conflict packs write their party ids.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache, cached_property
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bot.yaml_lines import load_checked

REGISTRY = Path(__file__).with_name("outlets.yaml")


class Outlet(BaseModel):
    """A publisher."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")
    name: str = Field(min_length=2)
    aliases: tuple[str, ...] = ()
    owner: str | None = None  #: group it belongs to; default: itself
    state: str | None = None  #: country whose government owns, funds or steers it
    hosts: tuple[str, ...] = ()

    @property
    def all_names(self) -> tuple[str, ...]:
        """Return the name and its aliases."""
        return (self.name, *self.aliases)

    @property
    def group(self) -> str:
        """Return the owner group; an outlet without one is its own."""
        return self.owner or self.id


class Wire(Outlet):
    """An agency, broadcaster or paper whose reports others pass on by name."""

    credit_only: tuple[str, ...] = ()  #: names that are everyday words or initials as well

    @model_validator(mode="after")
    def _credit_only_are_names(self) -> Wire:
        for name in self.credit_only:
            if name not in self.all_names:
                raise ValueError(f"credit_only {name!r} is neither the name nor an alias")
        return self

    @property
    def ambiguous(self) -> bool:
        """Tell whether its name counts only in credit positions: "(AP) -", "told AP"."""
        return self.name in self.credit_only

    @property
    def clear_names(self) -> tuple[str, ...]:
        """Return the names that mean this wire wherever they stand."""
        return tuple(name for name in self.all_names if name not in self.credit_only)


class Outlets(BaseModel):
    """The whole registry; a wire is an outlet too."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    wires: tuple[Wire, ...] = Field(min_length=1)
    outlets: tuple[Outlet, ...] = ()

    @model_validator(mode="after")
    def _each_name_once(self) -> Outlets:
        for key in ("id", "name", "host"):
            twice = _twice(word for outlet in self.publishers for word in _keys(outlet, key))
            if twice:
                raise ValueError(f"the {key} {twice[0]!r} stands for two outlets")
        return self

    @cached_property
    def publishers(self) -> tuple[Outlet, ...]:
        """Return every outlet, wires first."""
        return (*self.wires, *self.outlets)

    @cached_property
    def _by_name(self) -> dict[str, Outlet]:
        names = {name.casefold(): o for o in self.publishers for name in o.all_names}
        return {o.id: o for o in self.publishers} | names

    @cached_property
    def _by_host(self) -> dict[str, Outlet]:
        return {host: o for o in self.publishers for host in o.hosts}

    def named(self, name: str) -> Outlet | None:
        """Return the outlet or wire with this id, name or alias, whatever its case."""
        return self._by_name.get(_bare(name))

    def wire(self, name: str) -> Wire | None:
        """Return the wire with this id, name or alias, whatever its case."""
        found = self.named(name)
        return found if isinstance(found, Wire) else None

    def outlet(self, id: str) -> Outlet | None:
        """Return the outlet or wire with this id."""
        found = self._by_name.get(id)
        return found if found and found.id == id else None

    def owner_of(self, name: str) -> str | None:
        """Return the owner group behind a name; None when the name is unknown."""
        found = self.named(name)
        return found.group if found else None

    def state_of(self, name: str) -> str | None:
        """Return the country whose government stands behind a name, if any."""
        found = self.named(name)
        return found.state if found else None

    def by_host(self, host: str) -> Outlet | None:
        """Return the outlet that publishes under `host` or a domain above it."""
        labels = host.casefold().rstrip(".").split(".")
        for start in range(len(labels) - 1):
            found = self._by_host.get(".".join(labels[start:]))
            if found:
                return found
        return None


@cache
def load_outlets() -> Outlets:
    """Read the bundled registry once per process."""
    return load_checked(REGISTRY, Outlets)


def _bare(name: str) -> str:
    """Fold case and spaces and drop a leading article: "The Guardian" is "guardian"."""
    folded = " ".join(name.split()).casefold()
    return folded.removeprefix("the ")


def _keys(outlet: Outlet, key: str) -> Iterable[str]:
    if key == "id":
        return (outlet.id,)
    if key == "host":
        return outlet.hosts
    return {_bare(name) for name in outlet.all_names}


def _twice(words: Iterable[str]) -> list[str]:
    return sorted(word for word, count in Counter(words).items() if count > 1)
