"""Nouns for the sides of a war taken together: "both militias", "the two governments". Pure."""

from __future__ import annotations

#: Houses, people or lands of which each side has one; a regular expression, to ignore case with.
SIDES = (
    r"(?:sides?|part(?:y|ies)|governments?|armies|militaries|militias|movements|groups|camps?"
    r"|factions|forces|fronts|generals|commanders|leaders|presidents|delegations|delegates"
    r"|countries|states|nations|communities|neighbou?rs|rivals|foes|enemies|adversaries"
    r"|belligerents|combatants|agencies|services|commands|chiefs|ministers"
    r"|(?:foreign |defen[cs]e )?ministries)"
)
#: Those that need no "both" in a headline: "foes extend truce".
OPPOSED = r"(?:rivals|foes|enemies|adversaries|belligerents|combatants|warring (?:\w+ )?\w+s)"
