"""Casualty figures of a sentence: how many, of whom, in which sense. Pure.

`gate` turns most texts away. Read `reading` first:
`words | groups of people | tolls | what became of whom | sums | scope`.
Modules in that order: `tokens`, `nouns`, `heads`, `singles`, `groups`; `harm` (the words of harm),
`scene`; `counted`, `tolls`, `earlier`; `places`, `subjects`, `apposition`, `lists`,
`objects`, `outcomes`, `wounds`, `care`, `losses`, `survival`, `gaps`; `sums`, `spans`, `scope`.
"""

from bot.claims.figures.reading import find_figures

__all__ = ["find_figures"]
