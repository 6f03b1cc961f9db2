"""One piece of news in an entry: its trigger, its step, who takes it, and what stands beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.claims.extract import FAINT
from bot.events.status import Role
from bot.events.steps import BREACHES, FIGHTING
from bot.types import Claim, Figure, Measure, Polarity, Stance

#: Words of armed conflict; victims without any of them are of crime or accident.
WAR = re.compile(
    r"\b(?:army|armed forces|troops|soldiers?|shell(?:s|ed|ing|fire)?|artillery|rockets?|missiles?|drones?|"
    r"air ?strikes?|strikes?|struck|tanks?|brigades?|grenades?|(?:car |truck |van )?bomb(?:s|ed|ing|ings|ardment)?|bombers?|gunmen|(?:automatic|assault) (?:rifles?|weapons?)|blew (?:up|(?:him|her|them)sel\w+ up)|explosives|mortars?|offensive|militants?|rebels?|militia|fighters|"
    r"paramilitar\w+|insurgents?|clash(?:es|ed)?|front ?line|combat|military|raid(?:s|ed|ers)?|cease-?fire|truce|armistice|"
    r"suspension of operations|(?:shore|field|anti-aircraft) guns?|armed (?:men|groups?|bands?)|horsemen|"
    r"forces|assault|invasion|blitz|incursion|occupation|hostilities|gunships?|warplanes?|jets|snipers?|"
    r"battalions?|regiments?|garrisons?|paratroopers?|marines|commandos?|infantry|guerrillas?|warships?|"
    r"frigates?|torpedo\w*|gunners|machine-?\s?gun\w*|gunfire|land ?mines?|(?:over|hit|struck|set off|detonated) an? (?:\w+ )?mine|siege"
    r"|ambush\w*|(?:Grad|automatic|rifle|small-arms|heavy|under|cross) ?-?fire)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One piece of news in an entry."""

    trigger: Claim
    claims: tuple[Claim, ...]  #: the trigger first, then what belongs to it
    step: str | None
    role: Role
    figures: tuple[tuple[Figure, str | None], ...]
    takers: tuple[str, ...] = ()  #: ids of the parties that take the step
    head: tuple[Claim, ...] = ()  #: title, summary and lead, as they stand
    beside: tuple[Claim, ...] = ()  #: the trigger and the two sentences next to it, said or not
    charged: bool = False  #: the step is one that the other side is accused of
    owned: bool = False  #: an armed group tells of a blow of its own
    accusers: tuple[str, ...] = ()  #: parties that charge somebody with a breach, anywhere in it
    named: bool = True  #: a party or a mediator of the conflict has its name in the head
    earlier: bool = False  #: it was done before the halt that stands now
    between: bool = False  #: talks of both sides, or of one and a mediator
    protected: bool = False
    headline: str = ""
    places: tuple[str, ...] = ()  #: where it happened, as title, summary and lead name it
    theatre: frozenset[str] = frozenset()  #: the ground of the whole war, which is no such place

    @property
    def faint(self) -> bool:
        """Tell whether its entry names so little of the conflict that it opens nothing."""
        return self.trigger.background == FAINT

    @property
    def of_war(self) -> bool:
        """Tell whether the words speak of armed conflict; further down they may only compare.

        An attack by one party that names the other is of no private quarrel.
        """
        sides = len(self.trigger.parties) > 1 or bool(self.takers)
        between = self.step in (*FIGHTING, *BREACHES) and sides
        return (
            between
            or self.protected
            or any(WAR.search(t) for t in (self.headline, *(c.quote for c in self.beside)))
        )

    @property
    def denies(self) -> bool:
        """Tell whether the trigger calls something untrue."""
        return self.trigger.attribution.stance is Stance.DENIES

    @property
    def killed(self) -> int:
        """Return the stated number of killed; 0 when none is stated."""
        stated = [
            f.low or 0
            for f, _ in self.figures
            if f.measure is Measure.KILLED and f.polarity is Polarity.ASSERTED
        ]
        return max(stated, default=0)
