"""How news follows a known event: named relations, figures compared like with like."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.alerts.follow import (
    MAX_CLAIMS,
    Following,
    corrected_figures,
    is_denial,
    joined_claims,
    relate,
)
from bot.config import PolicySection
from bot.events.news import News
from bot.events.status import Role
from bot.types import (
    Attribution,
    Claim,
    Event,
    Figure,
    Measure,
    Qualifier,
    Relation,
    Scope,
    Stance,
)

AT = datetime(2026, 3, 10, 12, tzinfo=UTC)
POLICY = PolicySection()
K, W = Measure.KILLED, Measure.WOUNDED
MINISTRY, STAFF = "Defence Ministry", "General Staff"
SIDES = {MINISTRY: "ardovia", STAFF: "selmara"}


def figure(
    low: int | None,
    high: int | None = -1,
    *,
    measure: Measure = K,
    who: str | None = None,
    scope: Scope = Scope.INCIDENT,
) -> Figure:
    """Return a figure; exact unless another upper bound is given."""
    top = low if high == -1 else high
    return Figure(
        measure=measure, low=low, high=top, qualifier=Qualifier.EXACT, who=who, scope=scope
    )


def claim(
    *figures: Figure,
    by: str | None = MINISTRY,
    stance: Stance = Stance.ASSERTS,
    entry: str = "e1",
    outlet: str = "MNA",
) -> Claim:
    return Claim(
        id=f"{entry}:text:{len(figures)}",
        entry_id=entry,
        at=AT,
        field="text",
        quote="Words.",
        start=0,
        end=6,
        labels=("casualty",),
        scores={},
        attribution=Attribution(speaker=by, party=SIDES.get(by or ""), stance=stance),
        outlet=outlet,
        outlet_name=outlet,
        url="",
        figures=figures,
    )


def event(*claims: Claim) -> Event:
    return Event(
        id="k-1",
        conflict="k",
        kind="casualty",
        first_at=AT,
        last_at=AT,
        claims=claims,
        entry_ids=tuple(c.entry_id for c in claims),
        alert_id="TL-000001",
    )


def news(trigger: Claim, *, step: str | None = None) -> News:
    return News(
        trigger=trigger,
        claims=(trigger,),
        step=step,
        role=Role.PARTY,
        figures=tuple((f, trigger.attribution.speaker) for f in trigger.figures),
    )


def told(relation: Relation, reason: str, *, material: bool = False) -> Following:
    return Following(relation=relation, reason=reason, material=material)


RESTATED = told(Relation.RESTATEMENT, "update")

RELATIONS = [
    # the same speaker, nothing else
    ("restated", [claim(figure(7))], claim(figure(7), entry="e2"), RESTATED),
    ("restated without a figure", [claim(figure(7))], claim(entry="e2"), RESTATED),
    # the same speaker, another number: three more and a fifth more is material
    (
        "toll rises by four",
        [claim(figure(7))],
        claim(figure(11), entry="e2"),
        told(Relation.UPDATE, "update", material=True),
    ),
    (
        "toll rises by two",
        [claim(figure(7))],
        claim(figure(9), entry="e2"),
        told(Relation.UPDATE, "update"),
    ),
    (
        "toll falls by three of a hundred",
        [claim(figure(100))],
        claim(figure(97), entry="e2"),
        told(Relation.UPDATE, "update"),
    ),
    # the newest word of a speaker counts
    (
        "back to the first number",
        [claim(figure(7)), claim(figure(11), entry="e2")],
        claim(figure(7), entry="e3"),
        told(Relation.UPDATE, "update", material=True),
    ),
    # a first number for something else
    (
        "wounded are counted, too",
        [claim(figure(7))],
        claim(figure(30, measure=W), entry="e2"),
        told(Relation.UPDATE, "update"),
    ),
    # "dozens" is no number that could differ
    ("vague", [claim(figure(7))], claim(figure(None, None, measure=W), entry="e2"), RESTATED),
    # two figures of one measure: each is compared with its own
    (
        "both sides' dead restated",
        [claim(figure(12, who="soldiers"), figure(5, who="civilians"))],
        claim(figure(12, who="soldiers"), figure(5, who="civilians"), entry="e2"),
        RESTATED,
    ),
    (
        "both sides' dead without words for them",
        [claim(figure(12), figure(5))],
        claim(figure(12), figure(5), entry="e2"),
        RESTATED,
    ),
    (
        "one of two rises",
        [claim(figure(12, who="soldiers"), figure(5, who="civilians"))],
        claim(figure(12, who="soldiers"), figure(9, who="civilians"), entry="e2"),
        told(Relation.UPDATE, "update", material=True),
    ),
    # a total is no figure of the incident
    (
        "the dead of the war beside those of the day",
        [claim(figure(7), figure(340, scope=Scope.TOTAL))],
        claim(figure(7), entry="e2"),
        RESTATED,
    ),
    (
        "a total against another speaker's day",
        [claim(figure(340, scope=Scope.TOTAL), by=STAFF)],
        claim(figure(7), entry="e2"),
        told(Relation.UPDATE, "update"),
    ),
    # another speaker: rival only where both cannot be right
    (
        "rival toll",
        [claim(figure(7))],
        claim(figure(20), by=STAFF, entry="e2"),
        told(Relation.DISPUTE, "dispute", material=True),
    ),
    (
        "rival toll, by one",
        [claim(figure(7))],
        claim(figure(8), by=STAFF, entry="e2"),
        told(Relation.DISPUTE, "dispute"),
    ),
    (
        "at least five fits seven",
        [claim(figure(7))],
        claim(figure(5, None), by=STAFF, entry="e2"),
        told(Relation.CORROBORATION, "corroboration", material=True),
    ),
    (
        "up to six does not",
        [claim(figure(7))],
        claim(figure(None, 6), by=STAFF, entry="e2"),
        told(Relation.DISPUTE, "dispute"),
    ),
    (
        "one of several known figures fits",
        [claim(figure(7)), claim(figure(20), by=STAFF, entry="e2")],
        claim(figure(20), by="A doctor", entry="e3"),
        told(Relation.CORROBORATION, "corroboration"),
    ),
    # a second origin is heard of once
    (
        "second origin",
        [claim()],
        claim(by=STAFF, entry="e2"),
        told(Relation.CORROBORATION, "corroboration", material=True),
    ),
    (
        "third origin",
        [claim(), claim(by=STAFF, entry="e2")],
        claim(by="A doctor", entry="e3"),
        told(Relation.CORROBORATION, "corroboration"),
    ),
    # the other side says that it is untrue; a figure beside it does not matter
    (
        "denied",
        [claim(figure(7))],
        claim(figure(0), by=STAFF, stance=Stance.DENIES, entry="e2"),
        told(Relation.DENIAL, "denial", material=True),
    ),
    # the same denial told again is shown, but not answered with a second time
    (
        "denied again",
        [claim(), claim(by=STAFF, stance=Stance.DENIES, entry="e2")],
        claim(by=STAFF, stance=Stance.DENIES, entry="e3"),
        told(Relation.DENIAL, "denial"),
    ),
    # denying oneself is no denial by the other side
    ("its own denial", [claim()], claim(stance=Stance.DENIES, entry="e2"), RESTATED),
    # a denial of a denial has nothing asserted before it
    (
        "only denials so far",
        [claim(stance=Stance.DENIES)],
        claim(by=STAFF, stance=Stance.DENIES, entry="e2"),
        told(Relation.CORROBORATION, "corroboration", material=True),
    ),
]


@pytest.mark.parametrize(("case", "known", "new", "expected"), RELATIONS)
def test_news_follows_an_event_in_a_named_way(
    case: str, known: list[Claim], new: Claim, expected: Following
) -> None:
    assert relate(news(new), event(*known), POLICY) == expected


def test_a_step_that_denies_a_breach_is_a_denial_whatever_the_verb() -> None:
    new = news(claim(by=STAFF, entry="e2"), step="breach_denied")
    assert is_denial(new, event(claim()))
    assert not is_denial(new, event(claim(by=STAFF)))


def test_what_counts_as_material_is_the_operator_s_choice() -> None:
    strict = PolicySection(material_change=1, material_share=0.0)
    following = relate(news(claim(figure(8), entry="e2")), event(claim(figure(7))), strict)
    assert following.material


def test_an_event_keeps_its_first_and_its_newest_claims() -> None:
    grown = event(claim(figure(1), entry="first"))
    for number in range(40):
        trigger = claim(figure(number), by=f"Speaker {number}", entry=f"e{number}")
        companion = claim(figure(number), figure(0, measure=W), entry=f"e{number}")
        more = replace(news(trigger), claims=(trigger, companion))
        grown = replace(grown, claims=joined_claims(grown, more))
    assert len(grown.claims) == MAX_CLAIMS
    assert grown.claims[0].entry_id == "first"
    assert [c.entry_id for c in grown.claims[-2:]] == ["e39", "e39"]
    # Every speaker still counts: companions go before main claims.
    assert len(grown.origins) == 41


def test_claims_that_are_known_join_once() -> None:
    known = claim(figure(7))
    assert joined_claims(event(known), news(known)) == (known,)


CORRECTIONS = [
    # the same numbers, in any order
    ("nothing changed", [claim(figure(7))], [figure(7)], None),
    ("two figures of one measure, unchanged", [claim(figure(12), figure(5))], [figure(5)], None),
    (
        "the same two in another order",
        [claim(figure(12), figure(5))],
        [figure(5), figure(12)],
        None,
    ),
    # one of them changed
    ("toll lowered", [claim(figure(11))], [figure(10)], (figure(11), figure(10))),
    (
        "the second of two",
        [claim(figure(12, who="soldiers"), figure(5, who="civilians"))],
        [figure(12, who="soldiers"), figure(6, who="civilians")],
        (figure(5, who="civilians"), figure(6, who="civilians")),
    ),
    (
        "two figures change places",
        [claim(figure(12, who="soldiers"), figure(5, who="civilians"))],
        [figure(5, who="soldiers"), figure(12, who="civilians")],
        (figure(12, who="soldiers"), figure(5, who="soldiers")),
    ),
    (
        "the words for the dead change with the number",
        [claim(figure(12, who="soldiers"))],
        [figure(11, who="people")],
        (figure(12, who="soldiers"), figure(11, who="people")),
    ),
    # the first that changed is told
    (
        "dead and wounded",
        [claim(figure(7)), claim(figure(30, measure=W))],
        [figure(8), figure(31, measure=W)],
        (figure(7), figure(8)),
    ),
    # what stood nowhere before corrects nothing
    ("a new measure", [claim(figure(7))], [figure(30, measure=W)], None),
    ("no figure before", [claim()], [figure(7)], None),
    ("no figure now", [claim(figure(7))], [], None),
    # a total is no correction of the day's toll
    ("a total is added", [claim(figure(7))], [figure(7), figure(340, scope=Scope.TOTAL)], None),
]


@pytest.mark.parametrize(("case", "old", "new", "expected"), CORRECTIONS)
def test_an_edited_page_corrects_the_figures_it_states_differently(
    case: str, old: list[Claim], new: list[Figure], expected: tuple[Figure, Figure] | None
) -> None:
    assert corrected_figures(old, [(f, MINISTRY) for f in new]) == expected
