"""A report: one text's account of one event, reduced to what can be compared. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.events.tokens import (
    Word,
    counts_of,
    dates_of,
    is_date_line,
    lower_words,
    weekdays_of,
    without_times,
    words_of,
)

#: Sentences read, and those of them that are title and lead. News writes the new thing first; of
#: the notes' floors (ECB+), full text beat three sentences by two points, twelve lose nothing.
READ = 12
LEAD = 3
#: Spelt numbers that are words of grammar as often as figures.
GRAMMAR = ("0", "1", "2")
#: How often a word of the lead counts, besides standing in the text.
LEAD_BOOST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What one text says, as keys; `places` and `days` only where they are known for certain."""

    id: str
    words: Mapping[str, int]  #: stem -> times it stands in the text, lead counted thrice
    names: Mapping[str, int]  #: stem of a name -> times it stands in the text
    numbers: frozenset[str] = frozenset()  #: plain numbers, as digits
    counts: frozenset[tuple[str, str]] = frozenset()  #: (noun, number)
    lead_counts: frozenset[tuple[str, str]] = frozenset()  #: those of title and lead
    dates: frozenset[int] = frozenset()  #: calendar dates (see `dates_of`)
    weekdays: frozenset[int] = frozenset()  #: named in the lead; Monday is 1
    places: frozenset[str] = frozenset()  #: canonical places of the event; empty = unknown
    days: tuple[int, int] | None = None  #: first and last ordinal day (UTC) of the event
    vector: bytes | None = None  #: lead's sentence vector, int8 (see `bot.events.likeness`)


def read_report(
    id: str,
    sentences: Sequence[str],
    *,
    places: Iterable[str] = (),
    days: tuple[int, int] | None = None,
    vector: bytes | None = None,
) -> Report:
    """Read a report from its title and first sentences, in order; the first ones are its lead."""
    telling = [s for s in sentences if not is_date_line(s)] or list(sentences)
    body = telling[:READ]
    whole = " ".join(sentences[: READ + LEAD])
    lower = lower_words(body)
    timeless = [without_times(sentence) for sentence in body]
    read = [list(words_of(sentence, lower)) for sentence in timeless]
    lead = Counter(word.stem for words in read[:LEAD] for word in words)
    stems = Counter(word.stem for words in read for word in words)
    counts = [list(counts_of(sentence)) for sentence in timeless]
    pairs = [frozenset((noun, c.value) for c in found for noun in c.nouns) for found in counts]
    numbers = (c.value for found in counts for c in found if not c.spelt or c.value not in GRAMMAR)
    return Report(
        id=id,
        words={word: n + LEAD_BOOST * lead[word] for word, n in stems.items()},
        names=_names([word for words in read for word in words], stems),
        numbers=frozenset(numbers),
        counts=frozenset().union(*pairs),
        lead_counts=frozenset().union(*pairs[:LEAD]),
        dates=dates_of(whole),
        weekdays=weekdays_of(" ".join(body[:LEAD])),
        places=frozenset(places),
        days=days,
        vector=vector,
    )


def _names(words: Sequence[Word], stems: Mapping[str, int]) -> dict[str, int]:
    """Return the stems of names; where no sentence tells them, every capital counts."""
    sure = {word.stem for word in words if word.named}
    found = sure or {word.stem for word in words if word.capital}
    return {word: stems[word] for word in sorted(found)}
