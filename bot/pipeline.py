"""From unseen entries to stored changes: the part that the worker and `replay` share.

`judge` is pure work on texts (sentences, scores); `decide` compares with what is stored and
saves each entry's changes in one transaction. One pipeline writes to a store at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.alerts.bearing_weights import FOLLOWS, SAME_INCIDENT, network
from bot.alerts.clock import decide_clock, next_clock_at
from bot.alerts.decide import decide_entry
from bot.alerts.reach import memory_of
from bot.claims.extract import extract_claims, is_head
from bot.config import PolicySection
from bot.feeds.text import split_sentences
from bot.outlets import Outlets
from bot.packs import Pack
from bot.ports import Classifier, Store
from bot.types import (
    ActionKind,
    Change,
    Claim,
    ConflictState,
    CopyGroup,
    Entry,
    Sentence,
)
from models.steps import StepReading, StepText


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedEntry:
    """An entry with its sentences and their label scores."""

    entry: Entry
    sentences: tuple[Sentence, ...]
    scores: tuple[Mapping[str, float], ...]  #: one per sentence
    steps: Mapping[int, StepReading]  #: by the place of the sentence; empty: none was read


#: Steps are read in the head of entries in which any sentence has a label with this score.
CONCERNED = 0.2


def judge_entries(entries: Sequence[Entry], classifier: Classifier) -> list[JudgedEntry]:
    """Split entries into sentences, score them in one batch and read their steps. Blocking."""
    split = [split_sentences(entry) for entry in entries]
    texts = [sentence.text for sentences in split for sentence in sentences]
    scores = iter(classifier.classify(texts))
    scored = [tuple(next(scores) for _ in sentences) for sentences in split]
    asked = [
        (n, place)
        for n, (sentences, rows) in enumerate(zip(split, scored, strict=True))
        if any(score >= CONCERNED for row in rows for score in row.values())
        for place, sentence in enumerate(sentences)
        if is_head(sentence)
    ]
    read = classifier.read_steps([step_text(split[n], place) for n, place in asked]) or ()
    steps: dict[int, dict[int, StepReading]] = {}
    for (n, place), reading in zip(asked, read, strict=False):
        steps.setdefault(n, {})[place] = reading
    return [
        JudgedEntry(entry=entry, sentences=split[n], scores=scored[n], steps=steps.get(n, {}))
        for n, entry in enumerate(entries)
    ]


def step_text(sentences: Sequence[Sentence], place: int) -> StepText:
    """Return a sentence with its headline beside it, or the headline with the first sentence."""
    sentence = sentences[place]
    title = next((s for s in sentences if s.field == "title"), None)
    first = next((s for field in ("text", "summary") for s in sentences if s.field == field), None)
    other = first if sentence is title else title
    return StepText(sentence.text, other.text if other else "")


class Pipeline:
    """Holds the open state of every conflict and moves it, entry by entry."""

    def __init__(
        self,
        *,
        store: Store,
        packs: Sequence[Pack],
        outlets: Outlets,
        thresholds: Mapping[str, float],
        policy: PolicySection,
    ) -> None:
        self._store = store
        self._packs = {pack.id: pack for pack in packs}
        self._outlets = outlets
        self._thresholds = thresholds
        self._policy = policy
        self._states: dict[str, ConflictState] = {}
        self._copies: dict[str, CopyGroup] = {}
        self._next_alert = 1
        for name in (FOLLOWS, SAME_INCIDENT):
            network(name)  # a damaged file shows at the start, not at the first report

    async def load(self, now: datetime) -> None:
        """Read the open state of every conflict from the store."""
        since = now - memory_of(self._policy)
        for conflict in self._packs:
            self._states[conflict] = await self._store.load_state(conflict, since)
        groups = await self._store.load_copy_groups(now - self._policy.copy_window)
        self._copies = {group.id: group for group in groups}
        self._next_alert = await self._store.next_alert_number()

    async def decide(
        self, judged: JudgedEntry, *, previous: Entry | None, first_poll: bool, now: datetime
    ) -> tuple[Change, ...]:
        """Decide about one entry, save what changed and return it."""
        changes = decide_entry(
            judged.entry,
            self._claims(judged),
            previous=previous,
            states=self._states,
            copies=self._recent_copies(now),
            packs=self._packs,
            policy=self._policy,
            first_poll=first_poll,
            now=now,
            next_alert=self._next_alert,
        )
        await self._save(changes)
        return changes

    async def tick(self, until: datetime, set_clock: Callable[[datetime], None]) -> list[Change]:
        """Make every move of the clock that is due at `until`, each at its own time."""
        done: list[Change] = []
        while due := self._next_due(until):
            at, conflict = due
            set_clock(at)
            change = decide_clock(self._states[conflict], self._packs[conflict], at)
            if change is None:
                break
            await self._save((change,))
            done.append(change)
        return done

    def _next_due(self, until: datetime) -> tuple[datetime, str] | None:
        times = [(next_clock_at(state), conflict) for conflict, state in self._states.items()]
        due = sorted((at, conflict) for at, conflict in times if at is not None and at <= until)
        return due[0] if due else None

    def _claims(self, judged: JudgedEntry) -> tuple[Claim, ...]:
        return extract_claims(
            judged.entry,
            judged.sentences,
            judged.scores,
            self._thresholds,
            tuple(self._packs.values()),
            self._outlets.wires,
            steps=judged.steps,
        )

    def _recent_copies(self, now: datetime) -> tuple[CopyGroup, ...]:
        horizon = now - self._policy.copy_window - timedelta(hours=1)
        self._copies = {i: g for i, g in self._copies.items() if g.at >= horizon}
        return tuple(self._copies.values())

    async def _save(self, changes: Sequence[Change]) -> None:
        await self._store.save_changes(changes)
        # Only what is safely stored may shape the next decision.
        for change in changes:
            if change.state is not None:
                self._states[change.state.conflict] = change.state
            if change.copy_group is not None:
                self._copies[change.copy_group.id] = change.copy_group
            self._next_alert += sum(a.action is ActionKind.POST for a in change.actions)
