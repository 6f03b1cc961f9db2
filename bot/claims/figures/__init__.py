"""Casualty figures of a sentence: how many, of whom, in which sense. Pure.

`gate` turns most texts away. Read `reading` first:
`words | groups of people | tolls | what became of whom | sums | scope`.
Modules in that order: `insertions`, `tokens`; `person_nouns`, `nouns`, `heads`, `told_names`,
`singles`, `crews`, `pairs`, `fractions`, `partitives`, `groups`; `harm` (the words of harm),
`scene`; `counted`, `toll_values`, `tolls`, `earlier`; `places`, `list_asides`, `beside`,
`subjects`, `apposition`, `lists`, `objects`, `outcomes`, `wounds`, `care`, `bodies`, `losses`,
`survival`, `taken_up`, `reduced`, `gaps`; `distributive`, `sums`, `updates`, `spans`, `scope`.
"""

from bot.claims.figures.reading import find_figures

__all__ = ["find_figures"]
