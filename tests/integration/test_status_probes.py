"""One report on a ceasefire of each status, with the shipped model: does it move as it should?

What counts most is what must not move it: no accusation, threat, hearsay or rumour may end a
ceasefire or make an agreement.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict
from ruamel.yaml import YAML

from benchmarks.scenario_score import Expected
from benchmarks.scenarios import Scenario, load_default_judge, replay_scenario
from bot.judge import Judge
from bot.packs import Named, Pack, Party, Place
from bot.ports import Classifier
from bot.types import Entry, Status
from models.steps import StepReading, StepText

pytestmark = [pytest.mark.model, pytest.mark.timeout(300)]

PROBES = Path(__file__).parents[1] / "status"
#: So many of them are right; raised as the engine gets better, never lowered in silence.
FLOOR = 319

#: Reports that make of a ceasefire what nobody declared; a speaker who corrects himself in the
#: same breath is believed, and a start is missed behind a second yes.
AT_MOST = {Status.ENDED: 0, Status.SUSPENDED: 0, Status.EXTENDED: 0, Status.AGREED: 2}

PACK = Pack(
    id="tarn",
    name="Tarn Valley",
    timezone="Etc/GMT-3",
    parties=(
        Party(
            id="ardovia",
            names=(
                "Ardovia",
                "Ardovian",
                "Ardovia's army",
                "Paul Renner",
                "Renner",
                "Dana Kreel",
                "Kreel",
            ),
        ),
        Party(
            id="selmara",
            names=(
                "Selmara",
                "Selmaran",
                "Selmara's army",
                "Lena Marosh",
                "Marosh",
                "Ivo Tarek",
                "Tarek",
                "Selmara's General Staff",
            ),
        ),
    ),
    places=tuple(Place(name=name) for name in ("Orvel", "Esk", "Marne Bridge", "Tarn Valley")),
    mediators=(Named(name="Halvia"), Named(name="Halvian"), Named(name="Ingrid Solle")),
    monitors=(Named(name="Valley Observer Mission"), Named(name="Arno Lindt")),
)


class Probe(BaseModel):
    """A report, the status before it, and the one after it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    why: str
    state: Status
    title: str
    text: str
    outlet: str
    expect: Status


def report(name: str, at: str, title: str, text: str, outlet: str = "Lakeland Post") -> Entry:
    when = datetime.fromisoformat(at).replace(tzinfo=UTC)
    return Entry(
        id=name,
        fetched_at=when,
        published_at=when,
        outlet=outlet.lower().replace(" ", "-"),
        outlet_name=outlet,
        feed="",
        url=f"https://example.org/{name}",
        guid=name,
        title=title,
        summary=None,
        text=text,
    )


PROPOSED = report(
    "proposed",
    "2026-03-08T08:00",
    "Halvia puts ceasefire proposal to both sides",
    "Halvian Foreign Minister Ingrid Solle put a written ceasefire proposal to Ardovia and Selmara "
    "on Sunday.",
)
ACCEPTED = report(
    "accepted",
    "2026-03-08T12:00",
    "Selmara accepts ceasefire proposal",
    "Selmara has accepted the Halvian ceasefire proposal, President Lena Marosh said on Sunday.",
)
AGREED = report(
    "agreed",
    "2026-03-09T06:00",
    "Ardovia and Selmara agree to ceasefire, mediator says",
    "Ardovia and Selmara have agreed to a ceasefire in the Tarn Valley from noon local time on "
    "Tuesday, Halvian Foreign Minister Ingrid Solle said on Monday.",
)
AGREED_FOR_A_NIGHT = replace(
    AGREED,
    title="Ardovia and Selmara agree to 12-hour ceasefire, mediator says",
    text=AGREED.text.replace("a ceasefire", "a 12-hour ceasefire") if AGREED.text else None,
)
STARTED = report(
    "started",
    "2026-03-10T09:30",
    "Ceasefire takes effect in Tarn Valley",
    "The ceasefire between Ardovia and Selmara took effect in the Tarn Valley at noon, Ingrid "
    "Solle said.",
)
BROKEN = report(
    "broken",
    "2026-03-10T14:00",
    "Ardovia accuses Selmara of breaking ceasefire",
    "Selmaran troops broke the ceasefire near Esk by firing mortars, Ardovia's Defence Ministry "
    "said on Tuesday.",
)
SUSPENDED = report(
    "suspended",
    "2026-03-10T18:00",
    "Selmara suspends ceasefire",
    "Selmara suspends its observance of the ceasefire with Ardovia until further notice, President "
    "Lena Marosh said on Tuesday.",
)
ENDED = report(
    "ended",
    "2026-03-10T18:00",
    "Selmara declares ceasefire over",
    "Selmara declared the ceasefire with Ardovia over on Tuesday, President Lena Marosh said.",
)
BEFORE = {
    Status.NONE: (),
    Status.PROPOSED: (PROPOSED,),
    Status.ANNOUNCED: (PROPOSED, ACCEPTED),
    Status.AGREED: (AGREED,),
    Status.IN_FORCE: (AGREED, STARTED),
    Status.STRAINED: (AGREED, STARTED, BROKEN),
    Status.SUSPENDED: (AGREED, STARTED, SUSPENDED),
    Status.LAPSED: (AGREED_FOR_A_NIGHT, STARTED),
    Status.ENDED: (AGREED, STARTED, ENDED),
}
#: Until the hour agreed on, and the morning after it.
EARLY, LATE = "2026-03-09T19:00", "2026-03-11T07:00"
BEFORE_ITS_HOUR = (Status.NONE, Status.PROPOSED, Status.ANNOUNCED, Status.AGREED)


@dataclass
class Remembering:
    """A classifier that reads each text once; the reports before are the same for many probes."""

    inner: Classifier
    scores: dict[str, dict[str, float]] = field(default_factory=dict)
    steps: dict[StepText, StepReading] = field(default_factory=dict)

    @property
    def labels(self) -> tuple[str, ...]:
        return self.inner.labels

    def classify(self, texts: Sequence[str]) -> list[dict[str, float]]:
        new = [text for text in dict.fromkeys(texts) if text not in self.scores]
        self.scores |= zip(new, self.inner.classify(new), strict=True) if new else ()
        return [self.scores[text] for text in texts]

    def read_steps(self, told: Sequence[StepText]) -> Sequence[StepReading] | None:
        new = [text for text in dict.fromkeys(told) if text not in self.steps]
        read = self.inner.read_steps(new) if new else ()
        assert read is not None
        self.steps |= zip(new, read, strict=True)
        return [self.steps[text] for text in told]


def status_after(probe: Probe, judge: Judge) -> Status:
    """Return the status after the report; the reports before it must have led to its state."""
    at = EARLY if probe.state in BEFORE_ITS_HOUR else LATE
    last = report("probe", at, probe.title, probe.text, probe.outlet)
    scenario = Scenario(
        name="status", pack=PACK, entries=(*BEFORE[probe.state], last), expected=Expected(events=())
    )
    actions = asyncio.run(replay_scenario(scenario, judge)).actions
    before = [
        a.status_after for a in actions if last.id not in a.entry_ids and a.at < last.fetched_at
    ]
    assert (before or [Status.NONE])[-1] is probe.state
    return actions[-1].status_after if actions else Status.NONE


@pytest.fixture(scope="module")
def found() -> list[tuple[Probe, Status]]:
    judge = load_default_judge()
    judge = replace(judge, classifier=Remembering(judge.classifier))
    files = sorted(PROBES.glob("*.yaml"))
    rows = [row for f in files for row in YAML(typ="safe").load(f.read_text(encoding="utf-8"))]
    probes = [Probe.model_validate(row) for row in rows]
    return [(probe, status_after(probe, judge)) for probe in probes]


def told(wrong: Sequence[tuple[Probe, Status]]) -> str:
    return "".join(f"\n{p.state} -> {got}, not {p.expect}: {p.why}: {p.title}" for p, got in wrong)


def test_no_fewer_reports_are_right_than_before(found: list[tuple[Probe, Status]]) -> None:
    wrong = [(probe, got) for probe, got in found if got is not probe.expect]
    assert len(found) - len(wrong) >= FLOOR, told(wrong)


@pytest.mark.parametrize("status", list(AT_MOST))
def test_no_report_makes_what_nobody_declared(
    status: Status, found: list[tuple[Probe, Status]]
) -> None:
    assert any(got is status for _, got in found)
    moved = [(probe, got) for probe, got in found if got is not probe.state]
    wrong = [(probe, got) for probe, got in moved if got is status is not probe.expect]
    assert len(wrong) <= AT_MOST[status], told(wrong)
