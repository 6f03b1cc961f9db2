"""Reports of one event meet, those of its look-alikes stay apart; all texts are invented."""

from __future__ import annotations

import random

import numpy as np
import pytest

from bot.events.clusters import Clusters, Thresholds
from bot.events.likeness import Likeness
from bot.events.rarity import Rarity
from bot.events.reports import Report, read_report
from bot.events.shelf import Shelf, row_of

MARKET = [
    "Shells hit a market in Orvel, killing seven",
    "Shells fired from the Kasran hills hit the covered market of Orvel on Tuesday and killed seven"
    " traders, mayor Mira Dost said.",
    "Dost said that a further 15 people were taken to the hospital in Brenna.",
]
MARKET_AGAIN = [
    "Seven traders die in shelling of Orvel's covered market",
    "The mayor of Orvel, Mira Dost, said on Tuesday that artillery on the Kasran hills had opened"
    " fire on the covered market, where seven traders died.",
    "Fifteen more were treated in Brenna.",
]
BRIDGE = [
    "Drone wounds lorry driver on Esk bridge",
    "A drone struck a lorry on the bridge over the Esk on Friday, wounding its driver, the Tarn"
    " police said.",
    "The lorry carried flour to Tarn, the police said.",
]
SCHOOL = [
    "Rocket sets school in Velde on fire",
    "A rocket set a school in Velde on fire on Sunday; no pupil was inside, teacher Jon Harl said.",
    "Harl said that the roof had fallen in.",
]
BACKGROUND = [
    [
        f"{name} council opens {thing}",
        f"The council of {name} opened a {thing} on Monday, {who} said.",
    ]
    for name, thing, who in [
        ("Pell", "library", "Ana Rusk"),
        ("Umbry", "bakery", "Tom Vail"),
        ("Lodd", "theatre", "Eva Stint"),
        ("Garrow", "stadium", "Ben Quill"),
        ("Nesh", "harbour", "Ida Crome"),
        ("Fallow", "museum", "Lew Brandt"),
        ("Tessel", "quarry", "Kit Moran"),
        ("Wick", "clinic", "Sue Alder"),
    ]
]


def report(
    name: str,
    text: list[str],
    *,
    places: tuple[str, ...] = (),
    days: tuple[int, int] | None = None,
    vector: bytes | None = None,
) -> Report:
    return read_report(name, text, places=places, days=days, vector=vector)


def warmed(**options: bool) -> Clusters:
    """Return a collection that knows some everyday news."""
    clusters = Clusters(**options)  # type: ignore[arg-type]
    for number, text in enumerate(BACKGROUND):
        clusters.put(report(f"b{number}", text))
    return clusters


def test_the_same_event_in_other_words_joins() -> None:
    clusters = warmed()
    first = clusters.add(report("a", MARKET))
    second = clusters.add(report("b", MARKET_AGAIN))
    assert first.new
    assert (second.new, second.reason, second.cluster) == (False, "joined", first.cluster)


def test_other_news_opens_an_event() -> None:
    clusters = warmed()
    clusters.add(report("a", MARKET))
    placed = clusters.add(report("b", BRIDGE))
    assert placed.new
    assert placed.reason in ("too_unlike", "no_candidate")


def test_the_first_report_of_all_has_no_candidate() -> None:
    placed = Clusters().add(report("a", MARKET))
    assert (placed.new, placed.reason, placed.odds) == (True, "no_candidate", None)


@pytest.mark.parametrize(
    ("places", "days", "reason"),
    [
        (("Orvel", "Brenna"), (100, 100), "other_place"),
        (("Orvel", "Orvel"), (100, 104), "other_day"),
    ],
)
def test_the_same_words_on_another_place_or_day_stay_apart(
    places: tuple[str, str], days: tuple[int, int], reason: str
) -> None:
    clusters = warmed()
    first = report("a", MARKET, places=places[:1], days=(days[0], days[0]))
    clusters.add(first)
    placed = clusters.add(report("b", MARKET, places=places[1:], days=(days[1], days[1])))
    assert (placed.new, placed.reason) == (True, reason)


def test_a_place_or_day_that_is_not_known_parts_nothing() -> None:
    clusters = warmed()
    clusters.add(report("a", MARKET, places=("Orvel",), days=(100, 100)))
    assert clusters.add(report("b", MARKET_AGAIN)).reason == "joined"


def test_a_place_that_one_member_knows_is_known_of_the_event() -> None:
    clusters = warmed()
    clusters.add(report("a", MARKET, places=("Orvel",)))
    clusters.add(report("b", MARKET, places=("Orvel", "Kasran")))
    placed = clusters.add(report("c", MARKET, places=("Kasran",)))
    assert placed.reason == "joined"
    assert clusters.add(report("d", MARKET, places=("Tarn",))).reason == "other_place"


def test_another_number_of_killed_is_evidence_and_no_gate() -> None:
    nine = [s.replace("seven", "nine").replace("Seven", "Nine") for s in MARKET_AGAIN]
    clusters = warmed()
    clusters.add(report("a", MARKET))
    assert clusters.match(report("c", nine)).reason == "joined"
    rows = np.array([len(BACKGROUND)])
    same, other = (
        clusters.likeness.log_odds(row_of(report("x", text), clusters.rarity), rows)[0]
        for text in (MARKET_AGAIN, nine)
    )
    assert other < same


def test_a_bridge_does_not_chain_two_events() -> None:
    clusters = warmed()
    market = clusters.add(report("a", MARKET)).cluster
    clusters.add(report("b", MARKET_AGAIN))
    school = clusters.add(report("c", SCHOOL)).cluster
    clusters.add(report("d", SCHOOL))
    clusters.add(report("bridge", [MARKET[1], SCHOOL[1]]))
    assert clusters.cluster_of(len(BACKGROUND)) == market
    assert clusters.cluster_of(len(BACKGROUND) + 2) == school
    assert market != school


def test_what_is_needed_rises_with_the_members() -> None:
    clusters = Clusters(thresholds=Thresholds(closeness=0.0))
    needed = []
    for number in range(5):
        clusters.add(report(str(number), MARKET))
        needed.append(clusters.match(report("x", MARKET)).needed or 0.0)
    assert needed == sorted(needed)
    assert needed[0] < needed[-1]


def test_an_event_told_in_one_set_of_words_asks_for_more() -> None:
    needed = []
    for thresholds in (Thresholds(closeness=0.0), Thresholds(closeness=0.5)):
        clusters = Clusters(thresholds=thresholds)
        for number, text in enumerate(BACKGROUND):
            clusters.put(report(f"b{number}", text))
        for number in range(3):
            clusters.add(report(str(number), MARKET))
        needed.append(clusters.match(report("x", MARKET)).needed or 0.0)
    assert needed[1] > needed[0]


def test_the_first_report_must_fit_too() -> None:
    strict = Clusters(thresholds=Thresholds(seed_slack=-100.0))
    strict.add(report("a", MARKET))
    assert strict.add(report("b", MARKET)).reason == "unlike_first"


def test_two_events_whose_reports_all_fit_become_one() -> None:
    clusters = warmed()
    first = clusters.put(report("a", MARKET))
    second = clusters.put(report("b", MARKET))
    placed = clusters.add(report("c", MARKET))
    assert placed.cluster == first
    assert placed.merged == (second,)
    assert {clusters.cluster_of(len(BACKGROUND) + n) for n in range(3)} == {first}


def test_two_events_of_known_other_places_never_become_one() -> None:
    clusters = warmed()
    clusters.put(report("a", MARKET, places=("Orvel",)))
    second = clusters.put(report("b", MARKET, places=("Tarn",)))
    placed = clusters.add(report("c", MARKET))
    assert placed.merged == ()
    assert clusters.cluster_of(second) == second


def test_a_decision_near_the_threshold_is_uncertain() -> None:
    clusters = warmed()
    clusters.add(report("a", MARKET))
    odds = clusters.match(report("b", MARKET_AGAIN)).odds
    assert odds is not None
    near = Clusters(thresholds=Thresholds(join=odds, closeness=0.0, rise=0.0))
    for number, text in enumerate(BACKGROUND):
        near.put(report(f"b{number}", text))
    near.add(report("a", MARKET))
    assert near.match(report("b", MARKET_AGAIN)).uncertain


def test_matching_stores_nothing() -> None:
    clusters = warmed()
    clusters.add(report("a", MARKET))
    before = len(clusters.shelf), clusters.rarity.reports
    clusters.match(report("b", MARKET_AGAIN))
    assert (len(clusters.shelf), clusters.rarity.reports) == before


def stream() -> list[Report]:
    """Return many invented reports, of events told up to four times."""
    picker = random.Random(3)
    made = []
    for number in range(60):
        place, who = f"Town{number % 23}ek", f"Nam{number % 31}or"
        arm, target = picker.choice(["shells", "drones"]), picker.choice(["depot", "dam", "mill"])
        for telling in range(picker.randint(1, 4)):
            words = [
                f"In {place}, {arm} hit the {target}, said {who}.",
                f"{who} left {place} later.",
            ]
            made.append(report(f"{number}-{telling}", words[: 1 + telling % 2]))
    picker.shuffle(made)
    return made


def test_the_index_finds_what_looking_at_everything_finds() -> None:
    indexed, exhaustive = Clusters(), Clusters(exhaustive=True)
    reports = stream()
    ours = [indexed.add(r).cluster for r in reports]
    assert ours == [exhaustive.add(r).cluster for r in reports]
    assert len(set(ours)) < len(reports)


def test_the_same_stream_gives_the_same_events() -> None:
    one, other = Clusters(), Clusters()
    assert [one.add(r) for r in stream()] == [other.add(r) for r in stream()]


def test_likeness_is_the_same_from_both_sides() -> None:
    rarity, shelf = Rarity(), Shelf()
    likeness = Likeness(rarity, shelf)
    rows = [row_of(report("r", text), rarity) for text in (MARKET, MARKET_AGAIN, BRIDGE, SCHOOL)]
    for row in rows:
        rarity.count(row.terms)
        shelf.append(row)
    table = np.stack([likeness.log_odds(row, np.arange(4)) for row in rows])
    assert np.allclose(table, table.T, atol=1e-4)


def test_a_stored_report_reads_back_as_it_was() -> None:
    rarity, shelf = Rarity(), Shelf()
    likeness = Likeness(rarity, shelf)
    vector = np.arange(-8, 8, dtype=np.int8).tobytes()
    row = row_of(report("a", MARKET, places=("Orvel",), days=(5, 6), vector=vector), rarity)
    rarity.count(row.terms)
    shelf.append(row_of(report("b", BRIDGE), rarity))
    number = shelf.append(row)
    back = shelf.row(number)
    rows = np.arange(2)
    assert np.allclose(likeness.log_odds(row, rows), likeness.log_odds(back, rows))
    assert (likeness.gates(row, rows) == likeness.gates(back, rows)).all()
    assert shelf.row(0).vector is None


def test_a_vector_counts_only_where_both_have_one() -> None:
    rarity, shelf = Rarity(), Shelf()
    likeness = Likeness(rarity, shelf)
    near = np.full(16, 100, dtype=np.int8)
    shelf.append(row_of(report("a", MARKET, vector=near.tobytes()), rarity))
    shelf.append(row_of(report("b", MARKET, vector=(-near).tobytes()), rarity))
    shelf.append(row_of(report("c", MARKET), rarity))
    with_vector = row_of(report("d", MARKET_AGAIN, vector=near.tobytes()), rarity)
    plain = row_of(report("e", MARKET_AGAIN), rarity)
    odds = likeness.log_odds(with_vector, np.arange(3))
    assert odds[0] > odds[1]
    assert odds[2] == likeness.log_odds(plain, np.arange(3))[2]


def test_a_word_of_every_report_counts_nothing() -> None:
    rarity = Rarity()
    for number in range(200):
        rarity.count(rarity.number(["ceasefir", f"w{number}"]))
    common, rare = rarity.weights(rarity.number(["ceasefir", "w7"]))
    assert common == 0
    assert rare > 3


def test_what_the_index_keeps_of_a_term_is_bounded() -> None:
    clusters = Clusters()
    for number in range(700):
        clusters.put(report(str(number), [f"Shells hit the mill of Orvel, said Nam{number}or."]))
    found = clusters.candidates.find(
        row_of(report("x", [MARKET[1], "Nam699or."]), clusters.rarity), clusters.rarity, 64
    )
    assert len(found) <= 64
    assert 699 in found
