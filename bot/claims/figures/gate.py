"""Which texts can state a casualty at all: words of harm, alone or in their set phrases. Pure."""

from __future__ import annotations

from bot.claims.figures.harm import BODIES, BY_FIRST, COUNTED, LIVES, NOUNS, SINGLE
from bot.claims.grammar.wordlists import word_set
from bot.claims.words import words_of

#: Any of these alone may tell of victims.
_ALONE = (
    frozenset(SINGLE)
    | frozenset(NOUNS)
    | frozenset(COUNTED)
    | BODIES
    | LIVES
    | word_set(
        "toll tolls losses lost lose loses losing cost costs costing shot bullet bullets shrapnel"
        " splinter splinters burns concussion concussions bruises cuts fractures lacerations"
        " amputated fatal buried bury buries burying disappeared"
    )
)
#: Words that tell of victims only with one of the words behind the colon.
_TOGETHER = (
    "took take takes taking taken: alive",
    "took takes take taking taken holding: prisoner prisoners hostage hostages captive captives"
    " kidnappers abductors captors",
    "dragged led carried brought driven drove moved transported hauled spirited marched herded"
    " bundled: hostage hostages captive captives prisoner prisoners",
    "survived survives alive lived: neither none nobody only",
    "survive: not never failed didn",
    "survivors: no among",
    "survivor: sole only lone single among",
    "needing requiring needed required need require: surgery treatment amputation amputations"
    " operations hospital care blood stitches",
    "glass debris fragments pellet pellets: hit struck grazed caught cut",
    "treated treating treat: medics doctors paramedics hospital hospitals clinic clinics surgeons"
    " ambulance ambulances nurses",
    "inhalation poisoning: treated hospital",
    "hospital hospitals clinic: taken rushed brought admitted flown airlifted hurried ferried",
    "condition: critical serious grave threatening stable",
    "deceased: identified named listed",
    "accounted: not never haven hasn couldn hadn",
    "whereabouts: unknown unclear known",
    "blown torn shattered severed: leg legs arm arms hand hands foot feet",
    "hell: sent send sends sending dispatched dispatching",
    "tearing tore severed severing ripping blew blowing ripped: arm arms leg legs foot feet hand"
    " hands eye eyes limb limbs finger fingers",
)


def _partners() -> dict[str, tuple[frozenset[str], ...]]:
    """Return for each opening word the sets of words that must stand with it."""
    found: dict[str, set[frozenset[str]]] = {}
    for first, ways in BY_FIRST.items():
        found.setdefault(first, set()).update(frozenset(rest) for rest, _ in ways)
    for line in _TOGETHER:
        openers, _, others = line.partition(":")
        for word in openers.split():
            found.setdefault(word, set()).update(frozenset((other,)) for other in others.split())
    return {word: tuple(sets) for word, sets in found.items() if word not in _ALONE}


_PARTNERS = _partners()
_OPENERS = frozenset(_PARTNERS)


def may_tell(text: str) -> bool:
    """Tell whether a text has words that can tell of victims."""
    words = words_of(text).vocabulary
    if not _ALONE.isdisjoint(words):
        return True
    openers = _OPENERS & words
    return any(partner <= words for word in openers for partner in _PARTNERS[word])
