"""The casualty ledger: each figure its claimant's, each incident once, ranges of one claimant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.events.ledger import Account, Ledger, build_ledger
from bot.events.tally import Span, Tally, ceasefire_span
from bot.packs import Pack
from bot.types import (
    Attribution,
    Ceasefire,
    Claim,
    Event,
    Figure,
    Measure,
    Polarity,
    Precision,
    Qualifier,
    Scope,
    SpeakerKind,
    Stance,
    Status,
    StatusChange,
    TimeSpan,
)

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SPAN = Span(start=START, reported=START)
PACK = Pack.model_validate(
    {
        "id": "k",
        "name": "K",
        "timezone": "UTC",
        "parties": [
            {"id": "ardovia", "names": ["Ardovia", "Ardovian"]},
            {"id": "s", "names": ["Selmara"]},
        ],
        "places": [
            {"name": "Lower Valley", "kind": "region"},
            {"name": "Orvel", "parent": "Lower Valley"},
            {"name": "Tashar", "parent": "Lower Valley"},
        ],
    }
)
ARDOVIA = Attribution(speaker="Ardovia's army", party="ardovia")
SELMARA = Attribution(speaker="Selmara's ministry", party="s")
NUMBERS = {
    Qualifier.EXACT: lambda n: (n, n),
    Qualifier.ABOUT: lambda n: (n, n),
    Qualifier.AT_LEAST: lambda n: (n, None),
    Qualifier.MORE_THAN: lambda n: (n + 1, None),
    Qualifier.UP_TO: lambda n: (None, n),
    Qualifier.VAGUE: lambda n: (None, None),
}


def figure(
    number: int,
    qualifier: Qualifier = Qualifier.EXACT,
    *,
    measure: Measure = Measure.KILLED,
    who: str | None = None,
    scope: Scope = Scope.INCIDENT,
    polarity: Polarity = Polarity.ASSERTED,
    text: str = "",
) -> Figure:
    low, high = NUMBERS[qualifier](number)
    return Figure(
        measure=measure,
        low=low,
        high=high,
        qualifier=qualifier,
        who=who,
        scope=scope,
        polarity=polarity,
        text=text or f"{number}",
    )


def claim(
    entry: str,
    *figures: Figure,
    by: Attribution = ARDOVIA,
    at: datetime = START + DAY,
    outlet: str = "Harbour",
    field: str = "text",
    start: int = 0,
    places: tuple[str, ...] = (),
    when: datetime | None = None,
    background: str | None = None,
) -> Claim:
    """Return a claim; `when` is the hour that it states."""
    spans = (
        ()
        if when is None
        else (TimeSpan(text="then", start=when, end=when + HOUR, precision=Precision.HOUR),)
    )
    return Claim(
        id=f"{entry}:{field}:{start}",
        entry_id=entry,
        at=at,
        field=field,
        quote=f"{entry} {field} {start}",
        start=start,
        end=start + 9,
        labels=("casualty",),
        scores={},
        attribution=by,
        outlet=outlet.lower(),
        outlet_name=outlet,
        url=f"https://{outlet.lower()}.example.org/{entry}",
        conflict="k",
        places=places,
        figures=figures,
        times=spans,
        background=background,
    )


def event(number: int, *claims: Claim, more: tuple[str, ...] = ()) -> Event:
    return Event(
        id=f"k-{number}",
        conflict="k",
        kind="violation",
        first_at=min(c.at for c in claims),
        last_at=max(c.at for c in claims),
        claims=claims,
        entry_ids=(*dict.fromkeys(c.entry_id for c in claims), *more),
        places=tuple(dict.fromkeys(p for c in claims for p in c.places)),
        alert_id=f"TL-{number:06d}",
    )


def ledger(*events: Event, loose: Sequence[Claim] = (), span: Span | None = SPAN) -> Ledger:
    """Build from events and further claims, as the store gives them: newest first."""
    claims = [c for e in events for c in e.claims] + list(loose)
    newest = sorted(reversed(claims), key=lambda c: c.at, reverse=True)
    return build_ledger(newest, events, span, PACK)


def account(of: Ledger, claimant: str) -> Account:
    return next(a for a in of.accounts if a.claimant == claimant)


def tally(of: Ledger, claimant: str = "party:ardovia", measure: Measure = Measure.KILLED) -> Tally:
    [found] = [t for t in account(of, claimant).tallies if t.measure is measure]
    return found


def bounds(found: Tally) -> tuple[int, int | None, int]:
    return found.low, found.high, found.incidents


# Claimants


def test_rival_claimants_stand_side_by_side_and_are_never_added() -> None:
    ours = claim("a", figure(12), by=ARDOVIA)
    theirs = claim("b", figure(30), by=SELMARA, at=START + DAY + HOUR)
    found = ledger(event(1, ours, theirs))
    assert [a.claimant for a in found.accounts] == ["party:s", "party:ardovia"]
    assert bounds(tally(found, "party:ardovia")) == (12, 12, 1)
    assert bounds(tally(found, "party:s")) == (30, 30, 1)
    [line] = account(found, "party:s").incidents
    assert (line.event_id, line.alert_id, line.as_of) == ("k-1", "TL-000001", theirs.at)
    assert line.earlier == ()


NAMELESS = [
    # nobody in particular, and an outlet that names nobody
    Attribution(speaker="witnesses", speaker_kind=SpeakerKind.WITNESS),
    Attribution(speaker="A security official", anonymous=True),
    Attribution(speaker="Medics", speaker_kind=SpeakerKind.MEDIC),
    Attribution(speaker="local officials", speaker_kind=SpeakerKind.OFFICIAL),
    Attribution(),
]


@pytest.mark.parametrize("by", NAMELESS)
def test_figures_of_nobody_in_particular_are_shown_and_not_added(by: Attribution) -> None:
    found = ledger(
        event(1, claim("a", figure(2), by=by, places=("Orvel",))),
        event(2, claim("b", figure(3), by=by, places=("Tashar",))),
    )
    [only] = found.accounts
    assert len(only.incidents) == 2
    assert only.tallies == ()


def test_an_agency_that_speaks_for_itself_is_a_claimant() -> None:
    wire = Attribution(relay="MNA")
    found = ledger(event(1, claim("a", figure(2), by=wire)))
    assert bounds(tally(found, "relay:mna")) == (2, 2, 1)


def test_a_sentence_without_a_speaker_repeats_the_one_that_its_entry_names() -> None:
    title = claim("a", figure(12), by=Attribution(), field="title")
    found = ledger(event(1, title, claim("a", figure(12))))
    assert [a.claimant for a in found.accounts] == ["party:ardovia"]


# What stands


def test_an_update_replaces_and_keeps_what_it_replaced() -> None:
    first = claim("a", figure(27, text="27 people", who="people"))
    later = claim("b", figure(32, text="32"), at=START + DAY + HOUR)
    found = ledger(event(1, first, later))
    [line] = account(found, "party:ardovia").incidents
    assert (line.figure.low, line.as_of) == (32, later.at)
    assert [(f.low, at) for f, at in line.earlier] == [(27, first.at)]
    assert bounds(tally(found)) == (32, 32, 1)


def test_a_correction_downwards_stands() -> None:
    first = claim("a", figure(28))
    found = ledger(event(1, first, claim("b", figure(18), at=START + DAY + HOUR)))
    assert bounds(tally(found)) == (18, 18, 1)


def test_an_edited_page_is_corrected_though_its_hour_is_the_same() -> None:
    old, new = claim("a", figure(9)), claim("b", figure(5))
    found = ledger(event(1, new, more=("a",)), loose=[old])
    [line] = account(found, "party:ardovia").incidents
    assert (line.figure.low, [f.low for f, _ in line.earlier]) == (5, [9])


def test_an_edited_page_that_no_post_tells_of_is_one_incident() -> None:
    old, new = claim("a", figure(4)), replace(claim("b", figure(3)), url="https://x.example.org/1")
    found = ledger(loose=[replace(old, url=new.url), new])
    assert bounds(tally(found)) == (3, 3, 1)


def test_another_outlet_with_the_same_figure_counts_once_and_is_named() -> None:
    again = claim("b", figure(12), at=START + DAY + HOUR, outlet="Courier")
    found = ledger(event(1, claim("a", figure(12)), again))
    [line] = account(found, "party:ardovia").incidents
    assert (line.outlets, line.as_of) == (("Harbour", "Courier"), START + DAY)
    assert bounds(tally(found)) == (12, 12, 1)


def test_an_old_figure_that_another_outlet_still_carries_replaces_nothing() -> None:
    told = [
        claim("a", figure(27)),
        claim("b", figure(32), at=START + DAY + HOUR),
        claim("c", figure(27), at=START + DAY + 2 * HOUR, outlet="Courier"),
    ]
    assert bounds(tally(ledger(event(1, *told)))) == (32, 32, 1)
    taken_back = replace(told[2], outlet="harbour", outlet_name="Harbour")
    assert bounds(tally(ledger(event(1, *told[:2], taken_back)))) == (27, 27, 1)


def test_a_word_without_a_number_replaces_no_number() -> None:
    vague = claim("b", figure(0, Qualifier.VAGUE, text="dozens"), at=START + DAY + HOUR)
    assert bounds(tally(ledger(event(1, claim("a", figure(24)), vague)))) == (24, 24, 1)


def test_figures_of_two_sides_stand_and_fall_apart() -> None:
    both = claim(
        "a",
        figure(3, who="soldiers", text="three Ardovian soldiers"),
        figure(2, who="soldiers", text="two of Selmara's soldiers"),
    )
    later = claim(
        "b",
        figure(5, who="troops", text="five of Selmara's troops"),
        at=START + DAY + HOUR,
    )
    found = ledger(event(1, both, later))
    lines = account(found, "party:ardovia").incidents
    assert {(line.side, line.figure.low) for line in lines} == {("ardovia", 3), ("s", 5)}
    # In two sentences they might be told of the same people, so the range says both.
    assert bounds(tally(found)) == (5, 8, 1)


def test_its_own_soldiers_are_the_speaker_s_side() -> None:
    own = claim("a", figure(3, who="soldiers", text="three of its soldiers"))
    [line] = account(ledger(event(1, own)), "party:ardovia").incidents
    assert line.side == "ardovia"


# Arithmetic of one claimant

SUMS = [
    # exact numbers, one of them rough
    ([(2, Qualifier.EXACT), (3, Qualifier.ABOUT)], (5, 5, 2), 0),
    # "at least" opens the range above
    ([(2, Qualifier.AT_LEAST), (3, Qualifier.EXACT)], (5, None, 2), 0),
    ([(2, Qualifier.MORE_THAN), (3, Qualifier.EXACT)], (6, None, 2), 0),
    # "up to" lets it begin at nothing
    ([(2, Qualifier.UP_TO), (3, Qualifier.EXACT)], (3, 5, 2), 0),
    ([(2, Qualifier.UP_TO)], (0, 2, 1), 0),
    # "dozens" adds nothing and is counted
    ([(0, Qualifier.VAGUE), (3, Qualifier.EXACT), (0, Qualifier.VAGUE)], (3, 3, 1), 2),
    ([(0, Qualifier.VAGUE)], (0, 0, 0), 1),
]


@pytest.mark.parametrize(("numbers", "expected", "unnumbered"), SUMS)
def test_incidents_of_one_claimant_add_up_to_a_range(
    numbers: list[tuple[int, Qualifier]], expected: tuple[int, int | None, int], unnumbered: int
) -> None:
    events = [
        event(n, claim(f"e{n}", figure(*number), at=START + n * 3 * DAY))
        for n, number in enumerate(numbers, 1)
    ]
    found = tally(ledger(*events))
    assert bounds(found) == expected
    assert found.unnumbered == unnumbered
    assert found.as_of == START + len(numbers) * 3 * DAY


def test_killed_and_wounded_are_never_mixed() -> None:
    both = claim("a", figure(2), figure(7, measure=Measure.WOUNDED))
    found = ledger(event(1, both))
    assert bounds(tally(found)) == (2, 2, 1)
    assert bounds(tally(found, measure=Measure.WOUNDED)) == (7, 7, 1)


def test_a_subset_is_not_added_to_the_whole() -> None:
    whole = claim("a", figure(12, who="people"))
    detail = claim("a", figure(3, who="children"), start=200)
    later = claim("b", figure(4, who="children"), at=START + DAY + HOUR)
    assert bounds(tally(ledger(event(1, whole, detail)))) == (12, 12, 1)
    assert bounds(tally(ledger(event(1, whole, detail, later)))) == (12, 12, 1)


def test_soldiers_told_of_later_may_be_among_the_whole() -> None:
    whole = claim("a", figure(12, who="people"))
    soldiers = claim("b", figure(8, who="soldiers"), at=START + DAY + HOUR)
    assert bounds(tally(ledger(event(1, whole, soldiers)))) == (12, 12, 1)


def test_children_are_never_added_to_others() -> None:
    civilians = claim("a", figure(5, who="civilians"))
    children = claim("b", figure(3, who="children"), at=START + DAY + HOUR)
    assert bounds(tally(ledger(event(1, civilians, children)))) == (5, 5, 1)
    assert bounds(tally(ledger(event(1, children)))) == (3, 3, 1)


def test_the_two_places_of_one_sentence_are_added() -> None:
    both = claim("a", figure(2), figure(4))
    assert bounds(tally(ledger(event(1, both)))) == (6, 6, 1)


def test_who_counts_everybody_anew_counts_those_told_of_before() -> None:
    soldiers = claim("a", figure(3, who="soldiers"))
    everybody = claim("b", figure(8, who="people"), at=START + DAY + HOUR)
    assert bounds(tally(ledger(event(1, soldiers, everybody)))) == (8, 8, 1)


def test_denied_and_feared_figures_stand_apart() -> None:
    denied = replace(claim("a", figure(12)), attribution=replace(ARDOVIA, stance=Stance.DENIES))
    feared = claim("b", figure(40, Qualifier.UP_TO, polarity=Polarity.FEARED), by=SELMARA)
    found = ledger(event(1, denied, feared))
    ours, theirs = account(found, "party:ardovia"), account(found, "party:s")
    assert ([line.figure.low for line in ours.denied], ours.incidents) == ([12], ())
    assert ([line.figure.high for line in theirs.feared], theirs.incidents) == ([40], ())
    assert ours.tallies == theirs.tallies == ()


def test_breaches_and_background_are_no_victims() -> None:
    breaches = claim("a", figure(64, measure=Measure.VIOLATIONS))
    old = claim("b", figure(6500), background="history")
    assert ledger(event(1, breaches), loose=[old]).accounts == ()


# One incident, told in more than one place


def test_a_round_up_with_a_post_of_its_own_adds_no_victims() -> None:
    strike = claim("a", figure(22), when=START + 20 * HOUR, places=("Orvel",))
    round_up = claim(
        "b", figure(22), at=START + DAY + HOUR, when=START + 20 * HOUR, outlet="Courier"
    )
    found = ledger(event(1, strike), event(2, round_up))
    assert bounds(tally(found)) == (22, 22, 1)


@pytest.mark.parametrize("when", [None, START + 20 * HOUR])
def test_equal_small_numbers_of_two_posts_may_be_one_incident_or_two(
    when: datetime | None,
) -> None:
    told = [claim(n, figure(1), when=when) for n in ("a", "b")]
    found = tally(ledger(event(1, told[0]), event(2, told[1])))
    assert (bounds(found), found.unclear) == ((1, 2, 2), 1)


def test_equal_numbers_in_two_towns_are_two_incidents() -> None:
    told = [claim(n, figure(22), places=(n,)) for n in ("Orvel", "Tashar")]
    assert bounds(tally(ledger(event(1, told[0]), event(2, told[1])))) == (44, 44, 2)


def test_a_copy_that_no_post_tells_of_is_no_second_incident() -> None:
    first = claim("a", figure(3))
    copy = claim("b", figure(3), at=START + DAY + HOUR, outlet="Courier")
    assert bounds(tally(ledger(loose=[first, copy]))) == (3, 3, 1)


LOOSE = [
    # another town, another hour: an incident of its own
    ({"places": ("Tashar",)}, (5, 5, 2)),
    ({"when": START + 30 * HOUR}, (5, 5, 2)),
    # the same town and hour: the same, told anew
    ({"places": ("Orvel",), "when": START + 20 * HOUR}, (3, 3, 1)),
    # nothing tells: perhaps one, perhaps two
    ({}, (2, 5, 2)),
    ({"places": ("Lower Valley",)}, (2, 5, 2)),
]


@pytest.mark.parametrize(("told", "expected"), LOOSE)
def test_place_and_hour_tell_one_report_from_another(
    told: dict[str, object], expected: tuple[int, int, int]
) -> None:
    at = START + 32 * HOUR
    first = claim("a", figure(2), places=("Orvel",), when=START + 20 * HOUR)
    second = replace(claim("b", figure(3), at=at, **told), id="b:text:0")  # type: ignore[arg-type]
    assert bounds(tally(ledger(loose=[first, second]))) == expected


def test_what_stands_far_down_in_an_entry_is_told_again() -> None:
    assert ledger(loose=[claim("a", figure(3), start=4000)]).accounts == ()


# Since the ceasefire


def moves(*steps: tuple[int, Status]) -> tuple[StatusChange, ...]:
    """Return a history: days after the start, and the new status."""
    old, found = Status.NONE, []
    for days, new in steps:
        at = START + days * DAY
        found.append(StatusChange(conflict="k", old=old, new=new, at=at, reason="r"))
        old = new
    return tuple(found)


SPANS = [
    # none began
    ((), None),
    (((0, Status.PROPOSED), (1, Status.AGREED)), None),
    # strain, suspension and extension begin no other one
    (((0, Status.IN_FORCE), (1, Status.STRAINED), (3, Status.EXTENDED)), (0, None)),
    (((0, Status.IN_FORCE), (2, Status.SUSPENDED), (4, Status.IN_FORCE)), (0, None)),
    # an end, a lapse, and a lapse that an extension takes back
    (((0, Status.IN_FORCE), (2, Status.ENDED)), (0, 2)),
    (((0, Status.IN_FORCE), (2, Status.LAPSED)), (0, 2)),
    (((0, Status.IN_FORCE), (2, Status.LAPSED), (3, Status.EXTENDED)), (0, None)),
    # another one
    (((0, Status.IN_FORCE), (2, Status.ENDED), (5, Status.IN_FORCE)), (5, None)),
    (((0, Status.IN_FORCE), (2, Status.LAPSED), (3, Status.PROPOSED)), (0, 2)),
]


@pytest.mark.parametrize(("steps", "expected"), SPANS)
def test_a_ceasefire_stands_from_its_start_to_its_end(
    steps: tuple[tuple[int, Status], ...], expected: tuple[int, int | None] | None
) -> None:
    found = ceasefire_span(Ceasefire(conflict="k", history=moves(*steps)))
    if expected is None:
        assert found is None
        return
    start, end = expected
    assert found is not None
    assert found.start == START + start * DAY
    assert found.end == (None if end is None else START + end * DAY)


STARTS = [
    # no stated hour; one just before the report; one long before; one after it
    (None, (0, 0)),
    (timedelta(minutes=-20), (timedelta(minutes=-20), timedelta(minutes=-20))),
    (timedelta(hours=-4), (timedelta(hours=-4), timedelta(0))),
    (timedelta(hours=4), (0, 0)),
]


@pytest.mark.parametrize(("stated", "expected"), STARTS)
def test_the_stated_hour_is_the_start_where_the_report_bears_it_out(
    stated: timedelta | None, expected: tuple[timedelta | int, timedelta | int]
) -> None:
    record = Ceasefire(
        conflict="k",
        effective_at=None if stated is None else START + stated,
        history=moves((0, Status.IN_FORCE)),
    )
    found = ceasefire_span(record)
    assert found is not None
    assert (found.start, found.reported) == tuple(START + (e or timedelta(0)) for e in expected)


def test_a_standing_ceasefire_without_history_began_at_its_stated_hour() -> None:
    record = Ceasefire(conflict="k", status=Status.IN_FORCE, effective_at=START, since=START + DAY)
    assert ceasefire_span(record) == SPAN


def test_an_extension_starts_no_new_count() -> None:
    record = Ceasefire(conflict="k", history=moves((0, Status.IN_FORCE), (5, Status.EXTENDED)))
    early = event(1, claim("a", figure(2), at=START + 2 * DAY))
    late = event(2, claim("b", figure(4), at=START + 8 * DAY))
    assert bounds(tally(ledger(early, late, span=ceasefire_span(record)))) == (6, 6, 2)


def test_nothing_from_before_the_start_or_after_the_end_is_counted() -> None:
    before = event(1, claim("a", figure(40), at=START - 2 * HOUR))
    told_later = event(2, claim("b", figure(20), at=START + HOUR, when=START - 5 * HOUR))
    inside = event(3, claim("c", figure(3), at=START + 2 * DAY))
    after = event(4, claim("d", figure(9), at=START + 6 * DAY))
    span = Span(start=START, reported=START, end=START + 4 * DAY)
    found = ledger(before, told_later, inside, after, span=span)
    assert bounds(tally(found)) == (3, 3, 1)
    # What came after the end is shown all the same, what came before the start is not.
    assert [line.figure.low for line in account(found, "party:ardovia").incidents] == [9, 3]


def test_what_may_have_come_before_the_start_adds_to_the_upper_end_only() -> None:
    unclear = event(1, claim("a", figure(5), at=START + HOUR))
    clear = event(2, claim("b", figure(2), at=START + HOUR, when=START + timedelta(minutes=5)))
    found = tally(ledger(unclear, clear))
    assert (bounds(found), found.unclear) == ((2, 7, 2), 1)


def test_a_stated_count_since_the_ceasefire_stands_instead_of_the_range() -> None:
    incident = event(1, claim("a", figure(3), figure(5, measure=Measure.WOUNDED)))
    stated = claim("b", figure(90, scope=Scope.SINCE_CEASEFIRE), at=START + 3 * DAY)
    newer = claim("c", figure(97, scope=Scope.SINCE_CEASEFIRE), at=START + 5 * DAY)
    old = claim("d", figure(800, scope=Scope.SINCE_CEASEFIRE), at=START - DAY)
    found = account(ledger(incident, loose=[stated, newer, old]), "party:ardovia")
    [line] = found.stated
    assert (line.figure.low, [f.low for f, _ in line.earlier]) == (97, [90])
    assert [t.measure for t in found.tallies] == [Measure.WOUNDED]


def test_a_stated_count_of_children_leaves_the_range() -> None:
    incident = event(1, claim("a", figure(3)))
    stated = claim("b", figure(9, who="children", scope=Scope.SINCE_CEASEFIRE), at=START + 3 * DAY)
    assert bounds(tally(ledger(incident, loose=[stated]))) == (3, 3, 1)


def test_totals_and_periods_are_shown_and_never_added() -> None:
    total = claim("a", figure(13000, Qualifier.MORE_THAN, scope=Scope.TOTAL))
    day = claim("b", figure(12, scope=Scope.PERIOD), at=START + 2 * DAY)
    next_day = claim("c", figure(4, scope=Scope.PERIOD), at=START + 3 * DAY)
    unsaid = claim("d", figure(9, scope=Scope.TOTAL), by=Attribution())
    [only] = ledger(loose=[total, day, next_day, unsaid]).accounts
    assert [(x.figure.scope, x.figure.low) for x in only.stated] == [
        (Scope.PERIOD, 4),
        (Scope.TOTAL, 13001),
    ]
    assert only.stated[0].earlier == ()
    assert only.tallies == ()


def test_without_a_ceasefire_there_are_lines_and_no_ranges() -> None:
    [only] = ledger(event(1, claim("a", figure(3))), span=None).accounts
    assert (len(only.incidents), only.tallies) == (1, ())


# Whatever is told

SPEAKERS = [ARDOVIA, SELMARA, Attribution(speaker="Ingrid Solle"), Attribution(relay="MNA")]


@st.composite
def told_claims(draw: st.DrawFn) -> list[Claim]:
    count = draw(st.integers(1, 8))
    return [
        claim(
            f"e{n}",
            *draw(
                st.lists(
                    st.builds(
                        figure,
                        st.integers(1, 50),
                        st.sampled_from(list(Qualifier)),
                        measure=st.sampled_from([Measure.KILLED, Measure.WOUNDED]),
                        who=st.sampled_from([None, "people", "soldiers", "children"]),
                    ),
                    min_size=1,
                    max_size=3,
                )
            ),
            by=draw(st.sampled_from(SPEAKERS)),
            at=START + draw(st.integers(-30, 300)) * HOUR,
            places=draw(st.sampled_from([(), ("Orvel",), ("Tashar",), ("Lower Valley",)])),
        )
        for n in range(count)
    ]


@given(told_claims(), st.lists(st.integers(0, 3), min_size=8, max_size=8))
def test_a_range_never_exceeds_its_claimant_s_figures_and_mixes_no_claimants(
    claims: list[Claim], owners: list[int]
) -> None:
    groups: dict[int, list[Claim]] = {}
    for one, owner in zip(claims, owners, strict=False):
        groups.setdefault(owner, []).append(one)
    loose = groups.pop(0, [])
    found = ledger(*(event(n, *own) for n, own in groups.items()), loose=loose)
    by_id = {c.id: c for c in claims}
    tallies = [t for a in found.accounts for t in a.tallies]
    assert len({(t.claimant, t.measure) for t in tallies}) == len(tallies)
    for one in tallies:
        own = [c for c in claims if c.origin == one.claimant]
        assert {by_id[i].origin for i in one.claims} == {one.claimant}
        figures = [f for c in own for f in c.figures if f.measure is one.measure]
        numbered = [f for f in figures if f.low is not None or f.high is not None]
        assert 0 <= one.low <= sum(f.low or 0 for f in figures)
        assert one.unclear <= one.incidents <= len(own)
        assert one.incidents + one.unnumbered >= 1
        if one.high is None:
            assert any(f.high is None for f in numbered)
        else:
            assert one.low <= one.high <= sum(f.high or 0 for f in figures) or any(
                f.high is None for f in numbered
            )
