"""Who spoke and who acted so far in one field of an entry: the store of antecedents."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.claims.who.bodies import Body
from bot.claims.who.roster import Person, Roster
from bot.claims.who.sides import Side, Sides
from bot.claims.who.speakers import Mention

#: A pronoun reaches back this many sentences to its last speaker.
REACH = 4
#: ... and this many to somebody who acted without speaking.
SCENE_REACH = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One speaker of the running text; its mention has no name where nobody fitted."""

    sentence: int
    mention: Mention


@dataclass(slots=True, kw_only=True)
class Discourse:
    """Who spoke so far, and who opens which sentence."""

    roster: Roster
    sides: Sides
    first: int = 0  #: index of the field's first sentence
    #: tells the subject that opens a sentence in which nobody speaks
    opener_of: Callable[[int], Mention | None] = field(default=lambda sentence: None)
    said: list[Said] = field(default_factory=list)
    texts: Sequence[str] = ()  #: every sentence of the entry
    lead: Mention | None = None  #: first speaker of the body, for title and summary

    def named(self) -> list[Said]:
        """Return the speakers with a name, in reading order."""
        return [said for said in self.said if said.mention.name]

    def spoke_in(self, sentence: int) -> list[Mention]:
        """Return who spoke in one sentence, also those without a name."""
        return [said.mention for said in self.said if said.sentence == sentence]

    def before(self, sentence: int, reach: int = REACH) -> Iterator[int]:
        """Yield the sentences before `sentence` within reach, the nearest first."""
        yield from range(sentence - 1, max(self.first, sentence - reach) - 1, -1)

    def text_before(self, sentence: int) -> str:
        """Return the sentence before `sentence` in the same field, empty where there is none."""
        at = sentence - 1
        return self.texts[at] if self.first <= at < len(self.texts) else ""

    def opener(self, sentence: int, sorts: set[str]) -> Mention | None:
        """Return the subject that opens `sentence`, if it is of one of `sorts`."""
        found = self.opener_of(sentence)
        if found is None or found.sort not in sorts or not found.name:
            return None
        return found if found.words or found.side or found.personal else None


def is_compatible(left: Side | None, right: Side | None) -> bool:
    """Tell whether two mentions may be of one side."""
    if left is None or right is None or left == right:
        return True
    return left.role != "party" and right.role != "party"


def fits_gender(left: str | None, right: str | None) -> bool:
    """Tell whether two genders agree; an unknown one agrees with each."""
    return left is None or right is None or left == right


def as_person(mention: Mention, person: Person) -> Mention:
    """Return `mention` under the full name of `person`."""
    return mention._replace(
        name=person.display,
        sort="person",
        personal=person.personal,
        words=mention.words | frozenset(person.words),
        side=person.side or mention.side,
        gender=person.gender or mention.gender,
        anonymous=False,
    )


def as_body(mention: Mention, body: Body) -> Mention:
    """Return `mention` under the full name of `body`."""
    return mention._replace(name=body.display, sort="body", side=body.side, owner=body.owner)


def adopt(mention: Mention, other: Mention) -> Mention:
    """Return the antecedent `other` with the words that `mention` has in its sentence."""
    return other._replace(text=mention.text, words=other.words | mention.words)
