"""Casualty figures of a sentence: how many, of whom, in which sense. Pure.

Read `reading` first: `words | groups of people | tolls | what became of whom | sums | scope`.
Modules in that order: `tokens`, `nouns`, `heads`, `singles`, `groups`; `harm` (the words of harm),
`scene`; `tolls`; `subjects`, `lists`, `objects`, `outcomes`, `wounds`,
`losses`, `survival`, `gaps`; `sums`, `scope`.
"""

from bot.claims.figures.reading import find_figures

__all__ = ["find_figures"]
