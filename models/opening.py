"""Which texts a label of the operator's own may concern, told by their words alone.

The gate was taught the shipped labels, so it would turn away what only an own label is about. A
text is let through as well when it holds words close to two different words of one of the label's
hypotheses; closeness is the cosine of the body's word vectors, looked up once per hypothesis.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

#: So many different words of a hypothesis must have a close one in the text.
WORDS_NEEDED = 2
CLOSE = 0.42


@dataclass(frozen=True, slots=True)
class Opening:
    """The words of one label, each with what is close to it."""

    near: tuple[Mapping[int, frozenset[int]], ...]  #: per hypothesis: token -> its words
    needed: tuple[int, ...]  #: per hypothesis: how many of its words must be met

    @classmethod
    def of(cls, hypotheses: Sequence[Sequence[int]], words: Words) -> Opening:
        """Return the opening of a label whose hypotheses have these token ids."""
        kept = [[t for t in dict.fromkeys(ids) if t not in words.common] for ids in hypotheses]
        return cls(
            tuple(words.close_to(row) for row in kept),
            tuple(min(WORDS_NEEDED, len(row)) for row in kept),
        )

    def opens(self, token_ids: Sequence[int]) -> bool:
        """Tell whether a text with these tokens may concern the label."""
        for near, needed in zip(self.near, self.needed, strict=True):
            met: set[int] = set()
            for token in near.keys() & set(token_ids):
                met |= near[token]
            if needed and len(met) >= needed:
                return True
        return False


@dataclass(frozen=True, slots=True)
class Words:
    """The word vectors of the body, of length one, and the tokens that say nothing."""

    vectors: Floats  #: (vocabulary, width)
    common: frozenset[int]

    def close_to(self, tokens: Sequence[int]) -> dict[int, frozenset[int]]:
        """Return every token that is close to some of `tokens`, with which."""
        import numpy as np

        found: dict[int, set[int]] = {}
        if tokens:
            likeness = self.vectors @ self.vectors[list(tokens)].T
            for other, place in zip(*np.nonzero(likeness >= CLOSE), strict=True):
                if int(other) not in self.common:
                    found.setdefault(int(other), set()).add(tokens[int(place)])
        return {token: frozenset(met) for token, met in found.items()}


#: Words too common to say that a text is about an own label.
COMMON_WORDS = (
    "a an the of in on at by for to from with without and or not no is are was were be been being "
    "has have had do does did will would can could may might must shall should this that these "
    "those there here it its he she they them their his her him we our you your i who whom whose "
    "which what when where why how all any some someone somebody something nothing one two other "
    "others more most than then so as if but into over under after before between about against "
    "during through up down out off again very own same said says say people country countries "
    "group side sides party parties place part parts new between text news report , . : ; ' - ? !"
)
