"""Time of one core to match one report with stored events: 10,000, 100,000 and a million of them.

The table of pairs is sized for the most (`--most`), as an operator of so many would have it.
Events are invented (places, people, arms and units made from lists here), of two sentences each;
a tenth of a million falls on any hundred days, so that common words are common. Half of the
reports asked about tell of a stored event in other words, half of none.
"""

from __future__ import annotations

import argparse
import math
import random
import resource
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bot.events.candidates import Candidates  # noqa: E402
from bot.events.clusters import Clusters  # noqa: E402
from bot.events.reports import Report, read_report  # noqa: E402
from bot.events.tokens import stem  # noqa: E402

SIZES = (10_000, 100_000, 1_000_000)
ASKED = 400
#: Events read from text before they are multiplied with other names.
PATTERNS = 20_000
#: Events of one day, and the first day (an ordinal).
PER_DAY, FIRST_DAY = 300, 735_000

_HEADS = "Or Ves Kal Tam Bren Dus Mir Sol Gar Pel Ush Nar Hov Lek Zan Fer Ist Qar Bel Tor".split()
_MIDDLES = "a e o u ena ori ula esh ari ond ist evi".split()
_TAILS = "vel mir dan sk grad abad ovo ina pol tun bek shir var nik lo dol".split()
PLACES = [h + m + t for h in _HEADS for m in _MIDDLES for t in _TAILS]
PEOPLE = [h + m + t for h in _HEADS for m in _MIDDLES for t in ("ov", "ani", "yan", "idze", "ski")]
ARMS = "shells rockets drones mortars missiles snipers grenades tanks helicopters mines".split()
TARGETS = (
    "market|school|bridge|bus|clinic|convoy|bakery|substation|checkpoint|mosque|church|farm|"
    "waterworks|depot|precinct|ambulance|railyard|hotel|warehouse|mast|dam|wedding hall|prison|"
    "harbour crane|orphanage|brewery|sawmill|library|museum|theatre|stadium|cemetery|monastery|"
    "quarry|greenhouse|vineyard|dairy|tannery|foundry|shipyard|ferry|lighthouse|airfield|hangar|"
    "refinery|pipeline|pumping house|silo|granary|mill|slaughterhouse|pharmacy|kindergarten|"
    "college|laboratory|observatory|courthouse|archive|post office|bank|barracks|armoury|bunker|"
    "trench|watchtower|minibus|tractor|lorry|taxi|tram|locomotive|footbridge|tunnel|canal lock|"
    "cinema|gymnasium|swimming pool|bazaar|tea house|caravanserai"
).split("|")
VICTIMS = (
    "civilians soldiers farmers miners medics children drivers officers workers guards".split()
)
UNITS = "brigade regiment battalion division garrison militia".split()
ACTS = (
    ("hit", "struck"),
    ("destroyed", "ruined"),
    ("damaged", "tore into"),
    ("set alight", "burnt"),
)
REASONS = (
    "the line of contact had been quiet since the talks",
    "the two sides had agreed to hold fire there",
    "residents had begun to return after the winter",
    "observers had asked for access a day earlier",
    "a swap of prisoners was being prepared",
)


@dataclass(frozen=True, slots=True)
class Happening:
    """One invented event."""

    place: str
    near: str
    person: str
    arm: str
    target: str
    act: int
    killed: int
    wounded: int
    victims: str
    unit: str
    number: int
    reason: str
    day: int

    def told(self) -> Report:
        """Return the first report of it, as read from its text."""
        title = (
            f"{self.killed} {self.victims} killed as {self.arm} hit a {self.target} in {self.place}"
        )
        lead = (
            f"In {self.place}, near {self.near}, {self.arm} {ACTS[self.act][0]} a {self.target} and"
            f" killed {self.killed} {self.victims}, the mayor, {self.person}, said."
        )
        more = (
            f"Another {self.wounded} people were wounded; the {self.number}th {self.unit} was"
            f" blamed, although {self.reason}."
        )
        known = [self.place] if self.number % 4 else []
        return read_report("told", [title, lead, more], places=known, days=(self.day, self.day))

    def retold(self) -> Report:
        """Return a report of it in other words, as one claim has them."""
        lead = (
            f"Mayor {self.person} said {self.killed} {self.victims} died when a {self.target} was"
            f" {ACTS[self.act][1]} by {self.arm} at {self.place}."
        )
        known = [self.place] if self.number % 3 else []
        return read_report("retold", [lead], places=known, days=(self.day, self.day + 1))


def happening(picker: random.Random, number: int) -> Happening:
    """Invent the event of that number; days go by with the numbers."""
    return Happening(
        place=picker.choice(PLACES),
        near=picker.choice(PLACES),
        person=picker.choice(PEOPLE),
        arm=picker.choice(ARMS),
        target=picker.choice(TARGETS),
        act=picker.randrange(len(ACTS)),
        killed=picker.randint(3, 60),
        wounded=picker.randint(3, 90),
        victims=picker.choice(VICTIMS),
        unit=picker.choice(UNITS),
        number=picker.randint(4, 120),
        reason=picker.choice(REASONS),
        day=FIRST_DAY + number // PER_DAY,
    )


@dataclass(frozen=True, slots=True)
class Patterns:
    """Reports that were read from text; others are made from them by changing the names."""

    happenings: list[Happening]
    reports: list[Report]

    def event(self, number: int, picker: random.Random) -> tuple[Happening, Report]:
        """Return the event of that number and its first report."""
        place = number % len(self.reports)
        old, read = self.happenings[place], self.reports[place]
        new = replace(
            old,
            place=picker.choice(PLACES),
            near=picker.choice(PLACES),
            person=picker.choice(PEOPLE),
            day=FIRST_DAY + number // PER_DAY,
        )
        other = {
            stem(old.place): stem(new.place),
            stem(old.near): stem(new.near),
            stem(old.person): stem(new.person),
        }
        return new, replace(
            read,
            words={other.get(word, word): n for word, n in read.words.items()},
            names={other.get(word, word): n for word, n in read.names.items()},
            places=frozenset([new.place]) if read.places else frozenset(),
            days=(new.day, new.day),
        )


def main() -> None:
    """Print the table; --most ends it earlier."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--most", type=int, default=SIZES[-1], help="largest number of events")
    options = parser.parse_args()
    clusters = Clusters(candidates=Candidates(options.most))
    picker = random.Random(1)  # noqa: S311
    invented = [happening(picker, 0) for _ in range(PATTERNS)]
    patterns = Patterns(invented, [event.told() for event in invented])
    medians = []
    kept: list[Happening] = []
    began = time.perf_counter()
    for size in (s for s in SIZES if s <= options.most):
        while len(kept) < size:
            event, report = patterns.event(len(kept), picker)
            clusters.put(report)
            kept.append(event)
        spent, right, wrong = _asked(clusters, kept)
        medians.append((size, float(np.median(spent))))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{size:9,} events: median {medians[-1][1]:6.2f} ms,"
            f" p99 {np.quantile(spent, 0.99):6.2f} ms; known found {right:.3f},"
            f" unknown joined {wrong:.3f}; peak {peak:.0f} MiB;"
            f" stored in {time.perf_counter() - began:.0f} s",
            flush=True,
        )
    if len(medians) > 1:
        (small, first), (large, last) = medians[0], medians[-1]
        growth = math.log(last / first) / math.log(large / small)
        print(f"time grows with the {growth:.2f}th power of the number of events (1 = linear)")


def _asked(clusters: Clusters, kept: list[Happening]) -> tuple[list[float], float, float]:
    """Return ms of one core per report, and the shares of known found and unknown joined."""
    picker = random.Random(len(kept))  # noqa: S311
    spent, right, wrong = [], 0, 0
    for number in range(ASKED):
        known = number % 2 == 0
        place = picker.randrange(len(kept))
        event = kept[place] if known else happening(picker, place)
        began = time.process_time()
        placed = clusters.match(event.retold())
        spent.append((time.process_time() - began) * 1000)
        right += known and placed.cluster == place
        wrong += not known and not placed.new
    return spent, right / (ASKED / 2), wrong / (ASKED / 2)


if __name__ == "__main__":
    main()
