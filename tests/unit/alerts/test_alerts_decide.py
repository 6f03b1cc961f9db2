"""What is stored, posted, edited and answered, by named reasons; no model takes part."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.alerts.clock import decide_clock, next_clock_at
from bot.alerts.decide import decide_entry
from bot.config import PolicySection
from bot.packs import Named, Pack, Party, Place
from bot.types import (
    Action,
    Attribution,
    Ceasefire,
    Change,
    Claim,
    ConflictState,
    CopyGroup,
    Entry,
    Figure,
    Measure,
    Precision,
    Qualifier,
    Stance,
    Status,
    TimeMeaning,
    TimeSpan,
)

NOW = datetime(2026, 3, 10, 6, tzinfo=UTC)
HOUR = timedelta(hours=1)
POLICY = PolicySection()
PACK = Pack(
    id="tarn-valley",
    name="Tarn Valley",
    timezone="UTC",
    parties=(Party(id="ardovia", names=("Ardovia",)), Party(id="selmara", names=("Selmara",))),
    places=(Place(name="Orvel"), Place(name="Esk")),
    mediators=(Named(name="Halvia"),),
    monitors=(Named(name="Valley Observer Mission"),),
)
OTHER_PACK = PACK.model_copy(update={"id": "north-coast", "name": "North Coast"})

MEDIATOR = Attribution(speaker="Halvia's Foreign Minister Ingrid Solle", body="Halvia")
ARDOVIA = Attribution(speaker="Ardovia's Defence Ministry", party="ardovia")
SELMARA = Attribution(speaker="Selmara's General Staff", party="selmara")
OBSERVERS = Attribution(speaker="Valley Observer Mission", body="Valley Observer Mission")
CHURCH = Attribution(speaker="Bishop Oskar Lind")
NOBODY = Attribution()
SOURCE = Attribution(speaker="an official", party="ardovia", anonymous=True)

C, V, K, N, H = "ceasefire", "violation", "casualty", "negotiation", "hostilities"


def figure(number: int, measure: Measure = Measure.KILLED) -> Figure:
    return Figure(
        measure=measure, low=number, high=number, qualifier=Qualifier.EXACT, text=str(number)
    )


def at(when: datetime, meaning: TimeMeaning) -> TimeSpan:
    return TimeSpan(text="then", start=when, end=when, precision=Precision.MINUTE, meaning=meaning)


def said(
    quote: str,
    by: Attribution,
    *labels: str,
    stance: Stance = Stance.ASSERTS,
    **rest: Any,
) -> Claim:
    """Return one sentence of a report; entry, place in it and time are filled in by `report`."""
    made = Claim(
        id="",
        entry_id="",
        at=NOW,
        field="text",
        quote=quote,
        start=0,
        end=len(quote),
        labels=labels,
        scores=dict.fromkeys(labels, 0.9),
        attribution=replace(by, stance=stance),
        outlet="",
        outlet_name="",
        url="",
        conflict="tarn-valley",
        parties=tuple(p.id for p in PACK.parties if p.names[0] in quote),
        places=tuple(p.name for p in PACK.places if p.name in quote),
    )
    return replace(made, **rest)


class Report:
    """An entry with its claims."""

    def __init__(
        self,
        name: str,
        *claims: Claim,
        outlet: str | None = None,
        age: timedelta | None = timedelta(0),
        title: str | None = None,
    ) -> None:
        self.name = name
        self.title = title or f"Report {name}"
        self.claims = claims
        self.outlet = outlet or f"Outlet {name}"
        self.age = age  #: between publication and reading; None = undated

    def read_at(self, now: datetime) -> tuple[Entry, tuple[Claim, ...]]:
        """Return entry and claims as they are when read at `now`."""
        published = None if self.age is None else now - self.age
        entry = Entry(
            id=self.name,
            fetched_at=now,
            published_at=published,
            outlet=self.outlet.lower(),
            outlet_name=self.outlet,
            feed="",
            url=f"https://example.org/{self.name}",
            guid=self.name,
            title=self.title,
            text=" ".join(c.quote for c in self.claims),
        )
        claims, start = [], 0
        for claim in self.claims:
            claims.append(
                replace(
                    claim,
                    id=f"{self.name}:{claim.field}:{start}",
                    entry_id=self.name,
                    at=published or now,
                    start=start,
                    end=start + len(claim.quote),
                    outlet=entry.outlet,
                    outlet_name=self.outlet,
                    url=entry.url,
                )
            )
            start += len(claim.quote) + 1
        return entry, tuple(claims)


class Desk:
    """Holds the state between decisions, as the pipeline does."""

    def __init__(self, *packs: Pack, policy: PolicySection = POLICY) -> None:
        self.packs = {pack.id: pack for pack in packs or (PACK,)}
        self.policy = policy
        self.states = {
            i: ConflictState(conflict=i, ceasefire=Ceasefire(conflict=i)) for i in self.packs
        }
        self.copies: dict[str, CopyGroup] = {}
        self.next_alert = 1
        self.now = NOW

    def decide(self, report: Report, **given: Any) -> tuple[Change, ...]:
        entry, claims = report.read_at(self.now)
        asked: dict[str, Any] = {
            "previous": None,
            "states": self.states,
            "copies": tuple(self.copies.values()),
            "packs": self.packs,
            "policy": self.policy,
            "first_poll": False,
            "now": self.now,
            "next_alert": self.next_alert,
        }
        return decide_entry(entry, claims, **{**asked, **given})

    def read(self, *reports: Report, **given: Any) -> Change:
        """Take reports an hour apart and return what the last one changed in the first conflict."""
        changes: tuple[Change, ...] = ()
        for report in reports:
            self.now += HOUR
            changes = self.decide(report, **given)
            for change in changes:
                self.keep(change)
        return changes[0]

    def edit(self, old: Report, new: Report) -> Change:
        """Take the new words of a page that was read before."""
        return self.read(new, previous=old.read_at(self.now)[0])

    def tick(self) -> Change:
        """Move to the next hour at which the clock moves a ceasefire, and return the move."""
        due = next_clock_at(self.state)
        assert due is not None
        self.now = due
        change = decide_clock(self.state, PACK, self.now)
        assert change is not None
        self.keep(change)
        return change

    def keep(self, change: Change) -> None:
        if change.state is not None:
            self.states[change.state.conflict] = change.state
        if change.copy_group is not None:
            self.copies[change.copy_group.id] = change.copy_group
        self.next_alert += sum(a.action.value == "post" for a in change.actions)

    @property
    def state(self) -> ConflictState:
        return self.states["tarn-valley"]

    @property
    def status(self) -> Status:
        return self.state.ceasefire.status


def told(change: Change) -> list[tuple[str, str, str, str, bool]]:
    """Return the actions: what, kind, reason, status after, with sound."""
    return [
        (a.action.value, a.kind, a.reason, a.status_after.value, not a.silent)
        for a in change.actions
    ]


def why(change: Change) -> tuple[str, str]:
    assert change.decision is not None
    return change.decision.relation.value, change.decision.reason


# The story's reports

SHELLED = Report(
    "shelled",
    said(
        "Artillery fire killed seven people at a market in Orvel, Ardovia's ministry said.",
        ARDOVIA,
        K,
        H,
        figures=(figure(7),),
        places=("Orvel",),
    ),
)
PROPOSED = Report(
    "proposed",
    said(
        "Halvia's foreign minister Ingrid Solle proposed a 72-hour ceasefire to both governments.",
        MEDIATOR,
        N,
        stance=Stance.PROPOSES,
    ),
)
ACCEPTED = Report(
    "accepted",
    said("Selmara accepts the ceasefire plan of Halvia, its General Staff said.", SELMARA, C),
)
ARDOVIA_ACCEPTED = Report(
    "ardovia-accepted",
    said("Ardovia has accepted the ceasefire plan, the Defence Ministry said.", ARDOVIA, C),
)
START, END = NOW + timedelta(hours=30), NOW + timedelta(hours=102)
AGREED = Report(
    "agreed",
    said(
        "Ardovia and Selmara have agreed to a 72-hour ceasefire, Ingrid Solle said.",
        MEDIATOR,
        C,
        times=(at(START, TimeMeaning.EFFECTIVE),),
    ),
)
STARTED = Report(
    "started",
    said("The ceasefire has taken effect, the observer mission said.", OBSERVERS, C),
)
BREACH = Report(
    "breach",
    said(
        "Selmaran troops violated the ceasefire near Esk by opening fire with mortars, "
        "Ardovia's ministry said.",
        ARDOVIA,
        V,
        H,
        stance=Stance.ACCUSES,
        places=("Esk",),
    ),
)
IN_FORCE = (AGREED, STARTED)


# One entry on an empty desk

FIRST = [
    # five or more killed in this war: an event of its own, heard
    (SHELLED, "new", "many_killed", [("post", K, "many_killed", "none", True)]),
    # fewer than five: routine
    (
        Report(
            "two",
            said("Shelling killed two people near Orvel.", ARDOVIA, K, H, figures=(figure(2),)),
        ),
        "uncertain",
        "routine",
        [],
    ),
    # dead miners are no dead of this war
    (
        Report(
            "miners",
            said("Five miners died in a coal pit.", ARDOVIA, K, figures=(figure(5),)),
        ),
        "uncertain",
        "no_armed_conflict",
        [],
    ),
    # a protected site counts without any toll
    (
        Report("hospital", said("Shells hit the hospital in Orvel.", NOBODY, H)),
        "new",
        "protected_site",
        [("post", H, "protected_site", "none", False)],
    ),
    # ... an old blow that tells who somebody is does not
    (
        Report(
            "wanted",
            said(
                "The militant chief who was accused of bombing the embassy in Orvel died.",
                NOBODY,
                H,
            ),
        ),
        "uncertain",
        "routine",
        [],
    ),
    # a large offensive, announced by the side that starts it
    (
        Report("offensive", said("Ardovia launched a ground offensive.", ARDOVIA, H)),
        "new",
        "offensive",
        [("post", H, "offensive", "none", False)],
    ),
    # ... told by others it is fighting as usual
    (
        Report("rumour", said("Ardovia launched a ground offensive.", CHURCH, H)),
        "uncertain",
        "routine",
        [],
    ),
    # a mediator's proposal is a step, and negotiation
    (
        PROPOSED,
        "new",
        "step_proposed",
        [("post", N, "step_proposed", "proposed", True)],
    ),
    # an outsider's proposal is none
    (
        Report(
            "church-plan",
            said("The bishop proposed a truce to both.", CHURCH, N, stance=Stance.PROPOSES),
        ),
        "uncertain",
        "not_by_those_concerned",
        [],
    ),
    # one side accepts: announced, no more
    (
        ACCEPTED,
        "new",
        "step_accepted",
        [("post", C, "step_accepted", "announced", True)],
    ),
    # ... and when it says "agreed" it still speaks for itself
    (
        Report("we-agreed", said("Both sides have agreed to a truce, it said.", ARDOVIA, C)),
        "new",
        "step_agreed",
        [("post", C, "step_agreed", "announced", True)],
    ),
    # a mediator speaks for both
    (AGREED, "new", "step_agreed", [("post", C, "step_agreed", "agreed", True)]),
    # a source without a name speaks for nobody
    (
        Report("source", said("Both sides have agreed to a truce, it said.", SOURCE, C)),
        "uncertain",
        "not_by_those_concerned",
        [],
    ),
    # the outlet's own word of an agreement is no agreement
    (
        Report("headline", said("Rivals agree a ceasefire in the valley.", NOBODY, C)),
        "uncertain",
        "not_by_those_concerned",
        [],
    ),
    # a start that nobody announced needs more than an outlet's word
    (
        Report("quiet", said("The ceasefire has taken effect.", NOBODY, C)),
        "uncertain",
        "no_new_step",
        [],
    ),
    (STARTED, "new", "step_effective", [("post", C, "step_effective", "in_force", True)]),
    # talks with a place or a date, by those who hold them
    (
        Report("talks", said("The talks will be held in Strand, he said.", MEDIATOR, N)),
        "new",
        "step_talks_announced",
        [("post", N, "step_talks_announced", "none", False)],
    ),
    (
        Report("some-talks", said("Talks will be held soon, he said.", MEDIATOR, N)),
        "uncertain",
        "talks_without_date_or_place",
        [],
    ),
    (
        Report("wished-talks", said("The talks will be held in Strand.", CHURCH, N)),
        "uncertain",
        "talks_not_by_those_concerned",
        [],
    ),
    # calls, warnings, plans, denials and refusals alone are silent
    (
        Report(
            "call",
            said("Both must stop shelling now, he said.", CHURCH, N, stance=Stance.CALLS_FOR),
        ),
        "uncertain",
        "only_calls_for",
        [],
    ),
    (
        Report(
            "threat",
            said("Its guns would fire again tonight, it said.", ARDOVIA, H, stance=Stance.WARNS),
        ),
        "uncertain",
        "only_warns",
        [],
    ),
    (
        Report(
            "plan",
            said("Its guns will fire again tonight, it said.", ARDOVIA, H, stance=Stance.PLANS),
        ),
        "uncertain",
        "only_plans",
        [],
    ),
    (
        Report(
            "denial", said("None of its guns had fired, it said.", SELMARA, H, stance=Stance.DENIES)
        ),
        "uncertain",
        "only_denies",
        [],
    ),
    (
        Report("refusal", said("Ardovia rejected the ceasefire plan.", ARDOVIA, N)),
        "uncertain",
        "only_rejected",
        [],
    ),
    # a breach needs a ceasefire
    (BREACH, "uncertain", "routine", []),
    # history, opinion and the like keep their own names
    (
        Report(
            "history",
            said(
                "Shells killed 900 in 2011.", NOBODY, K, figures=(figure(900),), background="past"
            ),
        ),
        "background",
        "past",
        [],
    ),
    # nothing labelled, or of another conflict
    (Report("weather", said("It rained.", NOBODY)), "background", "no_relevant_claim", []),
    (
        Report("abroad", said("Shells killed 9 there.", NOBODY, K, conflict="elsewhere")),
        "background",
        "no_relevant_claim",
        [],
    ),
    # the lead is silent, and what stands far below is told again
    (
        Report(
            "deep",
            *(said(f"The valley is green and quiet in month {n}.", NOBODY) for n in range(7)),
            said("Artillery fire killed seven.", ARDOVIA, K, H, figures=(figure(7),)),
        ),
        "uncertain",
        "no_armed_event",
        [],
    ),
]


@pytest.mark.parametrize(
    ("report", "relation", "reason", "actions"), FIRST, ids=[r.name for r, *_ in FIRST]
)
def test_a_first_report_is_decided_by_a_named_reason(
    report: Report, relation: str, reason: str, actions: list[tuple[str, str, str, str, bool]]
) -> None:
    change = Desk().read(report)
    assert why(change) == (relation, reason)
    assert told(change) == actions


AGES = [
    # published, then read for the first time: too old is stored, never alerted
    ("two days", timedelta(hours=48), False, ("new", "many_killed")),
    ("more than two days", timedelta(hours=48, seconds=1), False, ("background", "too_old")),
    # the same at the first poll of a feed is its backlog
    ("backlog", timedelta(hours=48, seconds=1), True, ("background", "backlog")),
    ("fresh at a first poll", timedelta(hours=1), True, ("new", "many_killed")),
    # a feed's clock that runs ahead makes nothing old
    ("ahead of its time", timedelta(minutes=-5), False, ("new", "many_killed")),
    # neither date nor day in the words
    ("undated", None, False, ("background", "undated")),
]


@pytest.mark.parametrize(("case", "age", "first_poll", "expected"), AGES)
def test_what_is_too_old_or_undated_is_stored_and_not_alerted(
    case: str, age: timedelta | None, first_poll: bool, expected: tuple[str, str]
) -> None:
    desk = Desk()
    change = desk.read(Report("shelled", *SHELLED.claims, age=age), first_poll=first_poll)
    assert why(change) == expected
    assert bool(change.actions) == (expected[0] == "new")
    # Whatever comes of it, entry, claims and copy group are stored.
    assert change.entry is not None
    assert change.entry.id == "shelled"
    assert change.claims
    assert change.copy_group is not None


def test_an_event_is_dated_by_the_clock_not_by_a_date_that_lies_ahead() -> None:
    desk = Desk()
    desk.read(Report("shelled", *SHELLED.claims, age=timedelta(minutes=-5)))
    assert desk.state.events[0].first_at == desk.now


# Stories

COPIED = Report("copied", *SHELLED.claims, outlet="Lakeland Post")
DENIED = Report(
    "denied",
    said(
        "Selmara's General Staff denied that its guns had fired on Orvel.",
        SELMARA,
        H,
        stance=Stance.DENIES,
        places=("Orvel",),
    ),
)
MORE_DEAD = Report(
    "more-dead",
    said(
        "The toll of the shelling of the market in Orvel has risen to 11, the ministry said.",
        ARDOVIA,
        K,
        H,
        figures=(replace(figure(11), previous=7),),
        places=("Orvel",),
    ),
)
RIVAL = Report(
    "rival",
    said(
        "Artillery fire killed 25 people at the market in Orvel, a doctor said.",
        Attribution(speaker="Doctor Mira Tal"),
        K,
        H,
        figures=(figure(25),),
        places=("Orvel",),
    ),
)
WITNESSED = Report(
    "witnessed",
    said(
        "Artillery fire killed people at the market in Orvel, a trader said.",
        Attribution(speaker="Jon Arde"),
        K,
        H,
        places=("Orvel",),
    ),
)
BREACH_DENIED = Report(
    "breach-denied",
    said(
        "Selmara's General Staff denied that its troops had violated the ceasefire.",
        SELMARA,
        V,
        stance=Stance.DENIES,
    ),
)
EXTENDED = Report(
    "extended",
    said("The ceasefire has been extended by 48 hours, Ingrid Solle said.", MEDIATOR, C),
)
SUSPENDED = Report(
    "suspended",
    said("Ardovia has suspended its participation in the ceasefire, it said.", ARDOVIA, V),
)
ENDED = Report("ended", said("The ceasefire is over, the General Staff said.", SELMARA, V))
INSTEAD = Report("instead", said("Selmara launched a ground offensive.", SELMARA, H))
ATTACK = Report(
    "attack",
    said(
        "A drone strike killed six soldiers near Esk, Ardovia's ministry said.",
        ARDOVIA,
        K,
        H,
        figures=(figure(6),),
        places=("Esk",),
    ),
)
CONDITION = Report(
    "condition",
    said("Ardovia would stop firing once lorries pass, its ministry said.", ARDOVIA, N),
)

#: What stands below the lead, in every version of a text.
BACKGROUND = [
    said(f"The valley has been quiet for {n} months before that day.", NOBODY)
    for n in range(12, 18)
]

STORIES = [
    # a copy adds its entry and says nothing
    ("copy", (SHELLED,), COPIED, ("copy", "wire_copy"), [], "none"),
    # the other side denies: the post is edited and answered
    (
        "denial",
        (SHELLED,),
        DENIED,
        ("denial", "denial"),
        [("edit", K, "denial", "none", False), ("reply", K, "denial", "none", False)],
        "none",
    ),
    # the same speaker counts more
    (
        "update",
        (SHELLED,),
        MORE_DEAD,
        ("update", "update"),
        [("edit", K, "update", "none", False)],
        "none",
    ),
    # another speaker's figure cannot be right, too: both stand
    (
        "dispute",
        (SHELLED,),
        RIVAL,
        ("dispute", "dispute"),
        [("edit", K, "dispute", "none", False), ("reply", K, "dispute", "none", False)],
        "none",
    ),
    # a second origin
    (
        "corroboration",
        (SHELLED,),
        WITNESSED,
        ("corroboration", "corroboration"),
        [("edit", K, "corroboration", "none", False)],
        "none",
    ),
    # the steps, each by those whose word it is
    (
        "one side accepts a proposal",
        (PROPOSED,),
        ACCEPTED,
        ("new", "step_accepted"),
        [("post", C, "step_accepted", "announced", True)],
        "announced",
    ),
    (
        "the second side accepts",
        (PROPOSED, ACCEPTED),
        ARDOVIA_ACCEPTED,
        ("new", "step_accepted"),
        [("post", C, "step_accepted", "agreed", True)],
        "agreed",
    ),
    (
        "the mediator says that both accept",
        (PROPOSED, ACCEPTED),
        AGREED,
        ("new", "step_agreed"),
        [("post", C, "step_agreed", "agreed", True)],
        "agreed",
    ),
    (
        "a party says it, too",
        (AGREED,),
        ARDOVIA_ACCEPTED,
        ("corroboration", "corroboration"),
        [("edit", C, "corroboration", "agreed", False)],
        "agreed",
    ),
    (
        "observers report the start",
        (AGREED,),
        STARTED,
        ("new", "step_effective"),
        [("post", C, "step_effective", "in_force", True)],
        "in_force",
    ),
    (
        "an outlet's own staff reports the start of what was agreed",
        (AGREED,),
        Report("fell-silent", said("The guns fell silent in the valley.", NOBODY, C)),
        ("new", "step_effective"),
        [("post", C, "step_effective", "in_force", True)],
        "in_force",
    ),
    # an accusation strains a ceasefire, and no more
    (
        "first breach",
        IN_FORCE,
        BREACH,
        ("new", "breach_alleged"),
        [("post", V, "breach_alleged", "strained", True)],
        "strained",
    ),
    (
        "a breach denied",
        (*IN_FORCE, BREACH),
        BREACH_DENIED,
        ("denial", "denial"),
        [("edit", V, "denial", "strained", False), ("reply", V, "denial", "strained", False)],
        "strained",
    ),
    # fighting while it stands is a violation
    (
        "attack in force",
        IN_FORCE,
        ATTACK,
        ("new", "attack_while_it_stands"),
        [("post", V, "attack_while_it_stands", "in_force", True)],
        "in_force",
    ),
    (
        "attack before it",
        (),
        ATTACK,
        ("new", "many_killed"),
        [("post", K, "many_killed", "none", True)],
        "none",
    ),
    (
        "monitors count breaches",
        IN_FORCE,
        Report(
            "counted",
            said(
                "The mission counted four breaches of the ceasefire overnight.",
                OBSERVERS,
                V,
                figures=(figure(4, Measure.VIOLATIONS),),
            ),
        ),
        ("new", "breach_alleged"),
        [("post", V, "breach_alleged", "strained", True)],
        "strained",
    ),
    # what takes it down is a declaration
    (
        "extension",
        IN_FORCE,
        EXTENDED,
        ("new", "step_extended"),
        [("post", C, "step_extended", "extended", True)],
        "extended",
    ),
    (
        "suspension",
        IN_FORCE,
        SUSPENDED,
        ("new", "step_suspended"),
        [("post", V, "step_suspended", "suspended", True)],
        "suspended",
    ),
    (
        "declared over",
        IN_FORCE,
        ENDED,
        ("new", "step_ended"),
        [("post", V, "step_ended", "ended", True)],
        "ended",
    ),
    (
        "an offensive instead",
        IN_FORCE,
        INSTEAD,
        ("new", "offensive"),
        [("post", H, "offensive", "ended", True)],
        "ended",
    ),
    # reactions belong to the step they are about
    (
        "a condition",
        (PROPOSED,),
        CONDITION,
        ("update", "update"),
        [("edit", N, "update", "proposed", False)],
        "proposed",
    ),
]


@pytest.mark.parametrize(
    ("case", "before", "report", "reason", "actions", "status"),
    STORIES,
    ids=[case for case, *_ in STORIES],
)
def test_what_follows_is_decided_by_what_is_known(
    case: str,
    before: tuple[Report, ...],
    report: Report,
    reason: tuple[str, str],
    actions: list[tuple[str, str, str, str, bool]],
    status: str,
) -> None:
    desk = Desk()
    for known in before:
        desk.read(known)
    change = desk.read(report)
    assert why(change) == reason
    assert told(change) == actions
    assert desk.status.value == status
    # A status never moves in silence, and never without the claim behind it.
    assert len(change.status_changes) == (change.actions != () and _moved(change.actions[0]))
    for moved in change.status_changes:
        assert moved.claim_ids == (change.actions[0].claims[0].id,)


def _moved(action: Action) -> bool:
    return action.status_before is not action.status_after


def test_a_new_breach_keeps_a_ceasefire_strained_and_gets_its_own_silent_post() -> None:
    desk = Desk()
    desk.read(*IN_FORCE, BREACH)
    elsewhere = said(
        "Ardovian mortars broke the truce at the Orvel mill, Selmara's General Staff said.",
        SELMARA,
        V,
        H,
        stance=Stance.ACCUSES,
        places=("Orvel",),
    )
    change = desk.read(Report("second-breach", elsewhere))
    assert told(change) == [("post", V, "breach_alleged", "strained", False)]
    assert change.status_changes == ()


ACCUSATIONS = [
    ("a breach", BREACH),
    ("many dead", ATTACK),
    # strong words by a party: not a declaration
    (
        "dead in all but name",
        Report(
            "words",
            said(
                "Selmara has torn the ceasefire to pieces and broken the truce again, it said.",
                ARDOVIA,
                V,
                stance=Stance.ACCUSES,
            ),
        ),
    ),
    # a threat to end it
    (
        "a threat",
        Report(
            "ultimatum",
            said(
                "Ardovia warned that it would end the ceasefire if shells fell again.",
                ARDOVIA,
                V,
                stance=Stance.WARNS,
            ),
        ),
    ),
    # an outsider's obituary
    ("an opinion", Report("opinion", said("The ceasefire is dead, he said.", CHURCH, V))),
    # leaving the talks
    (
        "leaving talks",
        Report("left", said("The Ardovian delegation walked out of the talks.", ARDOVIA, N)),
    ),
]


@pytest.mark.parametrize(("case", "report"), ACCUSATIONS, ids=[case for case, _ in ACCUSATIONS])
def test_an_accusation_never_ends_a_ceasefire(case: str, report: Report) -> None:
    desk = Desk()
    desk.read(*IN_FORCE, report)
    assert desk.status in (Status.IN_FORCE, Status.STRAINED)
    desk.read(Report("again", *(replace(c, quote=f"Again: {c.quote}") for c in report.claims)))
    assert desk.status in (Status.IN_FORCE, Status.STRAINED)


# The clock


def test_the_stated_hour_makes_an_agreed_ceasefire_due_in_silence() -> None:
    desk = Desk()
    desk.read(AGREED)
    change = desk.tick()
    assert desk.now == START
    assert told(change) == [("reply", C, "status", "due", False)]
    assert why(change) == ("update", "stated_hour_has_come")
    action = change.actions[0]
    assert (action.alert_id, action.entry_ids, action.claims) == ("TL-000001", (), ())
    assert "no start is reported yet" in action.text
    assert [(c.old, c.new, c.by, c.claim_ids) for c in change.status_changes] == [
        (Status.AGREED, Status.DUE, None, ())
    ]
    assert desk.state.ceasefire.history[-1] == change.status_changes[0]


def test_a_start_reported_after_the_hour_puts_a_due_ceasefire_in_force() -> None:
    desk = Desk()
    desk.read(AGREED)
    desk.tick()
    assert told(desk.read(STARTED)) == [("post", C, "step_effective", "in_force", True)]


def test_the_stated_term_that_runs_out_is_heard() -> None:
    desk = Desk()
    desk.read(AGREED)
    desk.tick()
    desk.read(STARTED)
    change = desk.tick()
    # 72 hours from the stated start.
    assert desk.now == END
    assert told(change) == [("reply", C, "status", "lapsed", True)]
    assert why(change) == ("update", "stated_term_has_passed")
    # The answer stands at the post of the last step.
    assert change.actions[0].alert_id == "TL-000002"
    assert next_clock_at(desk.state) is None


def test_an_extension_moves_the_end_by_the_time_it_states() -> None:
    desk = Desk()
    desk.read(AGREED)
    desk.tick()
    desk.read(STARTED, EXTENDED)
    desk.tick()
    assert (desk.now, desk.status) == (END + timedelta(hours=48), Status.LAPSED)


def test_a_stated_length_is_remembered_until_the_start_is_known() -> None:
    desk = Desk()
    desk.read(Report("agreed", replace(AGREED.claims[0], times=())))
    assert next_clock_at(desk.state) is None
    began = NOW + HOUR
    desk.read(
        Report("started", replace(STARTED.claims[0], times=(at(began, TimeMeaning.EFFECTIVE),)))
    )
    desk.tick()
    assert (desk.now, desk.status) == (began + timedelta(hours=72), Status.LAPSED)


def test_the_length_of_a_mere_proposal_ends_nothing() -> None:
    desk = Desk()
    plain = replace(AGREED.claims[0], quote="Both sides have agreed to a truce, she said.")
    desk.read(PROPOSED, Report("agreed", plain), STARTED)
    assert desk.state.ceasefire.effective_at == START
    assert next_clock_at(desk.state) is None


def test_a_proposal_while_it_stands_sets_no_end() -> None:
    desk = Desk()
    plain = replace(AGREED.claims[0], quote="Both sides have agreed to a truce, she said.")
    desk.read(Report("agreed", plain), STARTED, PROPOSED)
    assert next_clock_at(desk.state) is None


def test_an_extension_of_what_has_no_known_end_sets_none() -> None:
    desk = Desk()
    plain = replace(AGREED.claims[0], quote="Both sides have agreed to a truce, she said.")
    desk.read(Report("agreed", plain), STARTED, EXTENDED)
    assert (desk.status, next_clock_at(desk.state)) == (Status.EXTENDED, None)


RETOLD = [
    # by the mediator again, by one side, by an outlet's own staff
    replace(MEDIATOR, speaker="Halvia's prime minister"),
    ARDOVIA,
    NOBODY,
]


@pytest.mark.parametrize("by", RETOLD)
def test_an_extension_told_again_extends_nothing_more(by: Attribution) -> None:
    desk = Desk()
    desk.read(AGREED)
    desk.tick()
    desk.read(STARTED, EXTENDED)
    words = "Both sides have extended the ceasefire by 48 hours."
    change = desk.read(Report("again", said(words, by, C)))
    assert {a.action.value for a in change.actions} == {"edit"}
    assert change.status_changes == ()
    assert next_clock_at(desk.state) == END + timedelta(hours=48)


def test_an_extension_told_again_lifts_no_strain() -> None:
    desk = Desk()
    desk.read(AGREED, STARTED, EXTENDED, BREACH)
    words = "The truce was extended by 48 hours, Halvia's prime minister said."
    change = desk.read(Report("again", said(words, MEDIATOR, C)))
    assert {a.action.value for a in change.actions} == {"edit"}
    assert desk.status is Status.STRAINED


def test_a_later_extension_extends_again() -> None:
    desk = Desk()
    desk.read(AGREED)
    desk.tick()
    desk.read(STARTED, EXTENDED)
    desk.now += timedelta(hours=49)
    words = "The truce is extended by another 24 hours, Ingrid Solle said."
    change = desk.read(Report("second-extension", said(words, MEDIATOR, C)))
    assert told(change) == [("post", C, "step_extended", "extended", True)]
    assert next_clock_at(desk.state) == END + timedelta(hours=72)


def test_a_new_round_knows_no_times_and_no_word_of_the_last_one() -> None:
    desk = Desk()
    desk.read(ACCEPTED, ARDOVIA_ACCEPTED, AGREED)
    desk.tick()
    desk.read(STARTED)
    desk.tick()
    assert desk.status is Status.LAPSED
    words = "Both sides have agreed to another ceasefire, Ingrid Solle said."
    desk.read(Report("second-agreed", replace(AGREED.claims[0], quote=words, times=())))
    assert desk.status is Status.AGREED
    ceasefire = desk.state.ceasefire
    assert (ceasefire.effective_at, ceasefire.expires_at, ceasefire.term) == (None, None, None)
    assert [d.by for d in ceasefire.declarations] == ["ardovia", "selmara"]
    assert next_clock_at(desk.state) is None


def test_an_extension_after_the_end_still_counts_from_the_stated_end() -> None:
    desk = Desk()
    desk.read(AGREED)
    desk.tick()
    desk.read(STARTED)
    desk.tick()
    desk.read(EXTENDED)
    assert desk.status is Status.EXTENDED
    assert next_clock_at(desk.state) == END + timedelta(hours=48)


def test_the_clock_moves_nothing_before_its_time() -> None:
    desk = Desk()
    assert decide_clock(desk.state, PACK, NOW) is None
    desk.read(AGREED)
    early = START - timedelta(seconds=1)
    assert decide_clock(desk.state, PACK, early) is None


# Edited pages


def test_an_edited_page_with_another_figure_corrects_the_post_and_is_heard() -> None:
    desk = Desk()
    desk.read(SHELLED)
    words = "Artillery fire killed six people at a market in Orvel, Ardovia's ministry said."
    six = Report(
        "shelled", replace(SHELLED.claims[0], quote=words, figures=(figure(6),)), outlet="MNA"
    )
    change = desk.edit(SHELLED, six)
    assert why(change) == ("correction", "corrected_figures")
    assert told(change) == [
        ("edit", K, "correction", "none", False),
        ("reply", K, "correction", "none", True),
    ]
    edit, reply = change.actions
    assert "killed six people" in edit.text
    # The old words stay to be seen, struck through.
    assert edit.text.count("killed seven people") == 1
    assert "<s>“" in edit.text
    assert "<s>7 killed</s>" in reply.text
    event = desk.state.events[0]
    assert [f.low for c in event.claims for f in c.figures] == [6]
    assert event.revision == 1


def test_a_page_that_withdraws_its_only_report_takes_the_post_back() -> None:
    desk = Desk()
    desk.read(SHELLED)
    words = replace(SHELLED.claims[0], quote="The agency has withdrawn this story.")
    change = desk.edit(SHELLED, Report("shelled", words))
    assert why(change) == ("correction", "withdrawn_by_its_outlet")
    assert [a.action for a in change.actions] == ["edit", "retract"]
    edit, retraction = change.actions
    assert "<s>“" in edit.text
    assert "killed seven people" in edit.text
    assert "withdrawn by the outlet" in retraction.text
    assert not retraction.silent
    assert desk.state.events[0].withdrawn


def test_a_withdrawal_leaves_what_others_report() -> None:
    desk = Desk()
    desk.read(SHELLED)
    quote = "Observers counted seven people killed by artillery at the market of Orvel."
    desk.read(
        Report(
            "own", replace(SHELLED.claims[0], quote=quote, attribution=OBSERVERS), outlet="Second"
        )
    )
    words = replace(SHELLED.claims[0], figures=())
    gone = Report("note", words, outlet=SHELLED.outlet, title="RETRACTION: shelling of Orvel")
    change = desk.read(gone)
    assert why(change) == ("correction", "withdrawn_by_its_outlet")
    assert [a.action for a in change.actions] == ["edit", "reply"]
    event = desk.state.events[0]
    assert [c.outlet_name for c in event.claims] == ["Second"]
    assert not event.withdrawn


def test_a_status_that_stood_on_a_withdrawn_report_alone_is_taken_back_and_heard() -> None:
    desk = Desk()
    desk.read(AGREED)
    assert desk.status is Status.AGREED
    words = replace(AGREED.claims[0], times=())
    change = desk.read(Report("note", words, outlet=AGREED.outlet, title="WITHDRAWAL: agreement"))
    assert desk.status is Status.NONE
    assert [s.reason for s in change.status_changes] == ["source_withdrawn"]
    assert [(a.action, a.silent) for a in change.actions][-1] == ("retract", False)


def test_what_others_report_after_a_withdrawal_stands_again() -> None:
    desk = Desk()
    desk.read(SHELLED)
    words = replace(SHELLED.claims[0], quote="The agency has withdrawn this story.")
    desk.edit(SHELLED, Report("shelled", words))
    quote = "Observers counted seven people killed by artillery at the market of Orvel."
    desk.read(Report("own", replace(SHELLED.claims[0], quote=quote, attribution=OBSERVERS)))
    event = desk.state.events[0]
    assert not event.withdrawn
    assert [c.entry_id for c in event.claims] == ["own"]
    assert event.struck


def test_a_withdrawn_agreement_leaves_no_hours_behind() -> None:
    desk = Desk()
    desk.read(AGREED)
    assert desk.state.ceasefire.effective_at is not None
    note = Report("note", replace(AGREED.claims[0], times=()), outlet=AGREED.outlet)
    desk.read(Report("note", *note.claims, outlet=AGREED.outlet, title="WITHDRAWAL: agreement"))
    record = desk.state.ceasefire
    assert (record.effective_at, record.expires_at, record.agreement_id) == (None, None, None)
    assert next_clock_at(desk.state) is None


def test_a_notice_about_nothing_known_is_stored_in_silence() -> None:
    change = Desk().read(Report("note", *SHELLED.claims, title="RETRACTION: Orvel"))
    assert why(change) == ("background", "withdraws_what_is_unknown")
    assert not change.actions


def test_an_edited_page_with_the_same_figures_is_stored_in_silence() -> None:
    desk = Desk()
    two = replace(SHELLED.claims[0], figures=(figure(7), figure(2)))
    before = Report("shelled", two)
    desk.read(before)
    longer = Report("shelled", two, said("Schools stay closed in the valley.", NOBODY))
    change = desk.edit(before, longer)
    assert why(change) == ("edited", "edited_without_new_figures")
    assert change.actions == ()


def test_an_edited_page_is_heard_however_old_it_is() -> None:
    desk = Desk()
    desk.read(SHELLED)
    desk.now += timedelta(hours=60)
    six = Report(
        "shelled", replace(SHELLED.claims[0], figures=(figure(6),)), age=timedelta(hours=60)
    )
    assert why(desk.edit(SHELLED, six)) == ("correction", "corrected_figures")


def test_news_added_to_a_page_that_had_none_is_news() -> None:
    quiet = said("The observer mission keeps nine posts along the river Esk.", OBSERVERS)
    filler = [said(f"Post {n} looks over mile {n} of the river bank.", NOBODY) for n in range(6)]
    desk = Desk()
    before = Report("page", said("Nothing was heard in the night near Orvel.", NOBODY, H), quiet)
    assert why(desk.read(Report("page", *before.claims, *filler)))[0] == "uncertain"
    after = Report("page", *SHELLED.claims, quiet, *filler)
    change = desk.edit(before, after)
    assert why(change) == ("new", "many_killed")
    assert told(change) == [("post", K, "many_killed", "none", True)]


def test_a_step_added_to_a_page_that_told_of_another_is_news() -> None:
    desk = Desk()
    before = Report("page", *PROPOSED.claims, *BACKGROUND)
    desk.read(before)
    change = desk.edit(before, Report("page", *AGREED.claims, *PROPOSED.claims, *BACKGROUND))
    assert told(change) == [("post", C, "step_agreed", "agreed", True)]
    # The first post keeps its words.
    assert desk.state.events[0].claims[0].quote == PROPOSED.claims[0].quote


def test_a_step_told_in_other_words_on_the_same_page_is_no_news() -> None:
    desk = Desk()
    before = Report("page", *AGREED.claims)
    desk.read(before)
    words = "The two governments have agreed to a 72-hour ceasefire, Ingrid Solle said."
    change = desk.edit(before, Report("page", replace(AGREED.claims[0], quote=words)))
    assert (why(change), change.actions) == (("edited", "edited_without_new_figures"), ())


def test_an_edited_copy_stays_a_copy() -> None:
    desk = Desk()
    desk.read(Report("first", *SHELLED.claims, *BACKGROUND))
    copied = Report("copied", *SHELLED.claims, *BACKGROUND)
    desk.read(copied)
    shorter = Report("copied", *SHELLED.claims, *BACKGROUND[:-1])
    change = desk.edit(copied, shorter)
    assert (why(change), change.actions) == (("copy", "wire_copy"), ())
    assert desk.state.events[0].entry_ids == ("first", "copied")


# Copies


def test_a_copy_with_another_toll_is_an_update() -> None:
    desk = Desk()
    desk.read(Report("first", *SHELLED.claims, *BACKGROUND))
    words = SHELLED.claims[0].quote.replace("seven", "nine")
    more = replace(SHELLED.claims[0], quote=words, figures=(figure(9),))
    change = desk.read(Report("second", more, *BACKGROUND))
    assert why(change) == ("update", "update")
    assert told(change) == [("edit", K, "update", "none", False)]
    assert "killed nine people" in change.actions[0].text
    # Copies of either text add nothing more.
    for name, lead in (("third", SHELLED.claims[0]), ("fourth", more)):
        change = desk.read(Report(name, lead, *BACKGROUND))
        assert (why(change), change.actions) == (("copy", "wire_copy"), ())
    assert desk.state.events[0].entry_ids == ("first", "second", "third", "fourth")


def test_copies_add_no_origin() -> None:
    desk = Desk()
    desk.read(SHELLED, *(Report(f"copy-{n}", *SHELLED.claims) for n in range(30)))
    change = desk.read(WITNESSED)
    assert (change.actions[0].origins, change.actions[0].outlets) == (2, 2)


@pytest.mark.parametrize(
    ("before", "answer"), [(SHELLED, DENIED), (PROPOSED, CONDITION)], ids=["denial", "condition"]
)
def test_who_denies_or_answers_is_no_origin_of_what_he_answers(
    before: Report, answer: Report
) -> None:
    desk = Desk()
    first = desk.read(before)
    change = desk.read(answer)
    assert change.actions[0].origins == first.actions[0].origins == 1
    assert change.actions[0].outlets == 2


def test_a_copy_of_what_was_no_event_is_none() -> None:
    routine = Report(
        "routine",
        said("Two shells fell near Orvel and killed two men.", ARDOVIA, K, figures=(figure(2),)),
    )
    desk = Desk()
    desk.read(routine)
    change = desk.read(Report("routine-copy", *routine.claims))
    assert why(change) == ("copy", "same_text")


# Followers


def test_a_denial_told_again_is_not_answered_twice() -> None:
    desk = Desk()
    desk.read(SHELLED, DENIED)
    again = replace(DENIED.claims[0], quote="Not one gun of ours has fired on Orvel, it said.")
    change = desk.read(Report("denied-again", again))
    assert told(change) == [("edit", K, "denial", "none", False)]


def test_a_rival_figure_that_hardly_differs_is_shown_and_not_answered() -> None:
    desk = Desk()
    desk.read(SHELLED)
    eight = Report("eight", replace(RIVAL.claims[0], figures=(figure(8),)))
    assert told(desk.read(eight)) == [("edit", K, "dispute", "none", False)]


def test_both_figures_stand_side_by_side_and_are_never_summed() -> None:
    desk = Desk()
    desk.read(SHELLED)
    edit, reply = desk.read(RIVAL).actions
    assert "killed seven people" in edit.text
    assert "killed 25 people" in edit.text
    assert "32" not in edit.text
    assert "killed 25 people" in reply.text
    assert "killed seven people" not in reply.text
    assert [(f.low, speaker) for f, speaker in edit.figures] == [(25, "Doctor Mira Tal")]


def test_a_strike_on_another_place_is_another_event() -> None:
    desk = Desk()
    desk.read(SHELLED)
    esk = replace(
        SHELLED.claims[0],
        quote=SHELLED.claims[0].quote.replace("Orvel", "Esk"),
        places=("Esk",),
    )
    change = desk.read(Report("esk", esk))
    assert why(change) == ("new", "many_killed")
    assert [a.alert_id for a in change.actions] == ["TL-000002"]


def test_what_comes_days_later_is_another_event() -> None:
    desk = Desk()
    desk.read(SHELLED)
    desk.now += timedelta(hours=37)
    words = "On another day artillery fire killed seven people at a market in Orvel."
    change = desk.read(Report("later", replace(SHELLED.claims[0], quote=words)))
    assert why(change) == ("new", "many_killed")


def test_talks_announced_beside_an_agreement_get_a_post_of_their_own() -> None:
    talks = said(
        "Delegations will hold talks in Strand on Friday, she said.",
        MEDIATOR,
        N,
        times=(at(NOW + timedelta(days=3), TimeMeaning.TALKS),),
    )
    change = Desk().read(Report("both", *AGREED.claims, talks))
    assert told(change) == [
        ("post", C, "step_agreed", "agreed", True),
        ("post", N, "step_talks_announced", "agreed", False),
    ]
    assert [a.alert_id for a in change.actions] == ["TL-000001", "TL-000002"]
    assert change.touched == ("tarn-valley-1", "tarn-valley-2")


def test_an_edit_of_an_older_post_does_not_move_the_status_back() -> None:
    desk = Desk()
    desk.read(PROPOSED, ACCEPTED, AGREED)
    other = said("Selmara accepts the ceasefire plan, its president said.", SELMARA, C)
    change = desk.read(Report("late", other))
    assert desk.status is Status.AGREED
    assert {a.status_after for a in change.actions} == {Status.AGREED}


def test_a_declaration_is_kept_even_where_nothing_is_posted() -> None:
    desk = Desk()
    refusal = said("Ardovia rejected the ceasefire plan of Halvia, it said.", ARDOVIA, N)
    change = desk.read(Report("refusal", refusal))
    assert change.actions == ()
    assert [(d.by, d.act, d.party) for d in desk.state.ceasefire.declarations] == [
        ("ardovia", "rejects", True)
    ]


def test_the_reason_travels_with_step_role_and_scores() -> None:
    decision = Desk().read(AGREED).decision
    assert decision is not None
    assert dict(decision.details) == {
        "step": "agreed",
        "role": "mediator",
        "scores": "ceasefire 0.90",
    }
    assert (decision.event_id, decision.alert_id) == ("tarn-valley-1", "TL-000001")


def test_how_many_killed_are_heard_is_the_operator_s_choice() -> None:
    change = Desk(policy=PolicySection(audible_killed=8)).read(SHELLED)
    assert told(change) == [("post", K, "many_killed", "none", False)]


# Conflicts


def in_north_coast(report: Report) -> Report:
    """Return the same of another conflict, in words that are no copy."""
    moved = (
        replace(c, conflict="north-coast", quote=f"{c.quote} So it was in the north.")
        for c in report.claims
    )
    return Report(f"north-{report.name}", *moved)


def test_the_state_of_one_conflict_does_not_move_another() -> None:
    desk = Desk(PACK, OTHER_PACK)
    desk.read(AGREED, STARTED)
    change = desk.read(in_north_coast(BREACH))
    assert change.actions == ()
    assert why(change) == ("uncertain", "routine")
    assert desk.status is Status.IN_FORCE
    assert desk.states["north-coast"].ceasefire.status is Status.NONE
    assert desk.states["north-coast"].events == ()


def test_an_entry_of_two_conflicts_is_decided_in_each() -> None:
    desk = Desk(PACK, OTHER_PACK)
    desk.read(AGREED, STARTED)
    both = Report("both", *BREACH.claims, *in_north_coast(SHELLED).claims)
    valley, coast = desk.decide(both)
    assert told(valley) == [("post", V, "breach_alleged", "strained", True)]
    assert told(coast) == [("post", K, "many_killed", "none", True)]
    # Each with its own claims, and with a number of its own.
    assert [a.alert_id for a in (*valley.actions, *coast.actions)] == ["TL-000003", "TL-000004"]
    assert {c.conflict for c in valley.claims} == {"tarn-valley"}
    assert {c.conflict for c in coast.claims} == {"north-coast"}


def test_conflicts_that_share_reports_come_out_as_if_each_stood_alone() -> None:
    shared, alone = Desk(PACK, OTHER_PACK), Desk(PACK)
    for report in (SHELLED, DENIED, AGREED, STARTED, BREACH, ENDED):
        before = shared.read(report)
        assert told(before) == told(alone.read(report))
        shared.now -= HOUR
        shared.read(in_north_coast(report))
    assert shared.state.ceasefire == alone.state.ceasefire
    assert len(shared.states["north-coast"].events) == len(alone.state.events)


# The same again

WHOLE_STORY = (
    SHELLED,
    COPIED,
    DENIED,
    MORE_DEAD,
    RIVAL,
    PROPOSED,
    ACCEPTED,
    AGREED,
    STARTED,
    BREACH,
    BREACH_DENIED,
    EXTENDED,
    ENDED,
)


def test_the_same_reports_give_the_same_changes() -> None:
    first, second = Desk(), Desk()
    for report in WHOLE_STORY:
        assert first.read(report) == second.read(report)


def test_a_decision_leaves_what_it_was_given_as_it_was() -> None:
    desk = Desk()
    for report in WHOLE_STORY:
        desk.now += HOUR
        before = dict(desk.states)
        first = desk.decide(report)
        assert desk.states == before
        assert desk.decide(report) == first
        for change in first:
            desk.keep(change)


def test_every_status_change_is_carried_by_an_action() -> None:
    desk = Desk()
    seen = [Status.NONE]
    for report in WHOLE_STORY:
        change = desk.read(report)
        for moved in change.status_changes:
            assert moved.old is seen[-1]
            seen.append(moved.new)
            assert any(_moved(a) and a.status_after is moved.new for a in change.actions)
    assert seen == [
        Status.NONE,
        Status.PROPOSED,
        Status.ANNOUNCED,
        Status.AGREED,
        Status.IN_FORCE,
        Status.STRAINED,
        Status.EXTENDED,
        Status.ENDED,
    ]
    assert [change.new for change in desk.state.ceasefire.history] == seen[1:]
