"""Conflict packs: who fights, where, who mediates, and which feeds tell of it.

A pack is one YAML (or JSON) file. The smallest is `{id, name, timezone, parties: [{id, names}],
places: [names], mediators: [names]}`; everything else has defaults. Data only: linking a
sentence to a conflict happens in `bot.claims`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from bot.yaml_lines import load_checked


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError("not a time zone name; use one like Asia/Baku") from error
    return name


def _http_url(value: str) -> str:
    if not re.match(r"https?://[^\s/]+", value):
        raise ValueError("must be an http:// or https:// address")
    return value


def _named(value: Any) -> Any:
    return {"name": value} if isinstance(value, str) else value


HttpUrl = Annotated[str, AfterValidator(_http_url)]
Zone = Annotated[str, AfterValidator(_known_zone)]


def _as_written(names: Iterable[str]) -> tuple[str, ...]:
    """Return names also as they open a sentence: "bishop of Norland", "Bishop of Norland"."""
    given = tuple(names)
    opening = (name[:1].upper() + name[1:] for name in given if name[:1].islower())
    return tuple(dict.fromkeys((*given, *opening)))


class Party(_Part):
    """One side of the conflict."""

    id: str
    name: str | None = None  #: as shown to readers; default: the first of `names`
    kind: Literal["state", "de_facto", "armed_group", "organisation"] = "state"
    names: tuple[str, ...] = Field(min_length=1)  #: names, demonyms, capital, institutions
    people: tuple[str, ...] = ()  #: leaders and spokespeople
    military: tuple[str, ...] = ()  #: armies, armed wings, military spokespeople
    agencies: tuple[str, ...] = ()  #: state-affiliated agencies and outlets
    territory: tuple[str, ...] = ()  #: places whose authorities speak for this party

    @property
    def title(self) -> str:
        """Return the name shown to readers."""
        return self.name or self.names[0]

    @property
    def all_names(self) -> tuple[str, ...]:
        """Return every name that stands for this party or one of its people."""
        return _as_written((*self.names, *self.people, *self.military))


class Named(_Part):
    """A mediator or a monitor; `names` are other names of the same body or its people."""

    name: str
    names: tuple[str, ...] = ()

    @property
    def all_names(self) -> tuple[str, ...]:
        """Return the name and its aliases."""
        return _as_written((self.name, *self.names))


class Place(_Part):
    """A place of the conflict under all its names; the first is the neutral display."""

    name: str
    names: tuple[str, ...] = ()  #: other spellings and the other side's name
    parent: str | None = None
    timezone: Zone | None = None  #: default: the pack's
    kind: Literal["region", "town", "site", "border"] = "town"
    rear: bool = False  #: far behind the front: only weapons of armies make it a place of this war

    @property
    def all_names(self) -> tuple[str, ...]:
        """Return every name of the place."""
        return (self.name, *self.names)


class PastCeasefire(_Part):
    """An old ceasefire, so that its mention is known as background."""

    name: str
    names: tuple[str, ...] = ()
    began: date
    ended: date | None = None


class PackFeed(_Part):
    """A feed that tells of this conflict."""

    url: HttpUrl
    outlet: str
    outlet_name: str
    fallback: tuple[HttpUrl, ...] = ()  #: tried in order when the first fails
    side: str | None = None  #: party id when the outlet belongs to one side


#: Of a name so long, with so many consonants, the vowels are a matter of who writes it down.
LONG, BONES = 6, 3


def _by_spelling(places: Any) -> Any:
    """Join the spellings of one place where a pack only lists names: "Hasakah", "Heseke".

    A pack that gives places names of their own keeps apart what it keeps apart.
    """
    if not isinstance(places, (list, tuple)) or not all(isinstance(p, str) for p in places):
        return places
    found: dict[str, list[str]] = {}
    for name in places:
        found.setdefault(_bones(name), []).append(name)
    return [
        {"name": first, "names": others} if others else first for first, *others in found.values()
    ]


def _bones(name: str) -> str:
    """Return a name without vowels and doubled letters; a short one as it is."""
    plain = unicodedata.normalize("NFKD", name.lower())
    plain = "".join(c for c in plain if c.isalnum())
    single = re.sub(r"(.)\1", r"\1", plain)
    bones = single[:1] + re.sub(r"[aeiouy]", "", single[1:]).rstrip("h")
    return bones if len(plain) >= LONG and len(bones) >= BONES else name


class Pack(_Part):
    """One conflict."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    name: str
    timezone: Zone
    parties: tuple[Party, ...] = Field(min_length=1)
    places: Annotated[
        tuple[Annotated[Place, BeforeValidator(_named)], ...], BeforeValidator(_by_spelling)
    ] = ()
    mediators: tuple[Annotated[Named, BeforeValidator(_named)], ...] = ()
    monitors: tuple[Annotated[Named, BeforeValidator(_named)], ...] = ()
    agencies: tuple[Annotated[Named, BeforeValidator(_named)], ...] = ()  #: wires of the region
    past_ceasefires: tuple[PastCeasefire, ...] = ()
    decoys: tuple[str, ...] = ()  #: names that point to a neighbouring conflict
    negative_contexts: tuple[str, ...] = ()  #: phrases that unlink a sentence
    feeds: tuple[PackFeed, ...] = ()


def load_pack(path: Path) -> Pack:
    """Read and check one pack file.

    Raises:
        ConfigError: `FILE:LINE: key: what is wrong and what is allowed`, one line per fault.
    """
    return load_checked(path, Pack)
