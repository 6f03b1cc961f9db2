"""Nouns for the sides of a war taken together: "both militias", "the two governments". Pure."""

from __future__ import annotations

#: Those that need no "both" in a headline: "foes extend truce".
OPPOSED = r"(?:rivals|foes|enemies|adversaries|belligerents|combatants)"
#: What each side is, or has one of, so that two of them are both; to be read ignoring case. Of
#: groups, commanders and delegates one side alone may have two.
SIDES = (
    rf"(?:sides?|parties|governments?|armies|militaries|militias|factions|delegations|countries"
    rf"|states|nations|neighbou?rs|{OPPOSED})"
)
#: Those who speak for the sides.
HEADS = (
    r"(?:leaders|presidents|generals|camps|agencies|services|commands|chiefs"
    r"|(?:foreign |defen[cs]e )?minist\w+)"
)
#: What both have put their names to, for patterns that ignore case.
JOINT_PAPER = r"joint (?:\w+ )?(?:communiqu[eé]|statement|declaration|release)"
