"""The bundled sample coverage: an invented conflict, told by eight invented outlets.

Reads coverage.yaml and answers what each outlet's feed and pages hold at a given time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict

from bot.yaml_lines import load_checked

FOLDER = Path(__file__).parent


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SampleOutlet(_Part):
    """An invented outlet and the format of its feed."""

    name: str
    format: Literal["rss", "atom", "rdf"]


class Wording(_Part):
    """The words of a page from a given time on."""

    at: AwareDatetime
    title: str
    summary: str
    text: tuple[str, ...]


class SampleEntry(Wording):
    """One page of an outlet."""

    id: str
    outlet: str
    published: AwareDatetime | None = None
    same_page_as: str | None = None  #: the page is listed again under a new guid
    revised: Wording | None = None


class Coverage(_Part):
    """The whole of coverage.yaml."""

    outlets: dict[str, SampleOutlet]
    entries: tuple[SampleEntry, ...]

    def steps(self) -> tuple[datetime, ...]:
        """Return the times at which something appears or changes, in order."""
        times = {entry.at for entry in self.entries}
        times |= {entry.revised.at for entry in self.entries if entry.revised}
        return tuple(sorted(times))


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedEntry:
    """An entry as its feed lists it at one moment."""

    id: str
    path: str  #: of the page, below the server's root
    guid: str
    published: datetime
    title: str
    summary: str
    text: tuple[str, ...]


@cache
def load_coverage() -> Coverage:
    """Read the bundled coverage."""
    return load_checked(FOLDER / "coverage.yaml", Coverage)


def listed(coverage: Coverage, outlet: str, now: datetime) -> tuple[ListedEntry, ...]:
    """Return what the outlet's feed lists at `now`, newest first."""
    known = [e for e in coverage.entries if e.outlet == outlet and e.at <= now]
    return tuple(_listed(entry, now) for entry in reversed(known))


def _listed(entry: SampleEntry, now: datetime) -> ListedEntry:
    words: Wording = entry
    if entry.revised is not None and entry.revised.at <= now:
        words = entry.revised
    # The same page listed again carries a tracking parameter, as aggregators add them.
    page = f"/{entry.outlet}/{entry.same_page_as or entry.id}.html"
    return ListedEntry(
        id=entry.id,
        path=f"{page}?utm_source=newsletter" if entry.same_page_as else page,
        guid=f"{entry.outlet}-{entry.id}",
        published=entry.published or entry.at,
        title=words.title,
        summary=words.summary,
        text=words.text,
    )
