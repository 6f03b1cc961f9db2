"""What the kill sweep decides and posts: a long, seeded run of alerts, edits, answers, retractions.

Every text carries a mark of its own (`p12` in a post, `r12` in an answer, by the number of the
step), so that what stands in a channel can be compared with what was decided, exactly.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bot.preview.chats import Chat
from bot.types import Action, ActionKind, Change, Decision, Relation, Status

MARK = re.compile(r"\b([pr])(\d+)\b")
ALERT = re.compile(r"\bTL-\d{6}\b")
#: So many alerts are followed up at a time.
OPEN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One decision: the actions of one transaction."""

    number: int
    alert: int
    kinds: tuple[ActionKind, ...]
    revision: int
    correction: bool = False

    @property
    def alert_id(self) -> str:
        return f"TL-{self.alert:06d}"

    def change(self, at: datetime) -> Change:
        """Return the change as the pipeline would save it."""
        actions = tuple(self._action(kind, at) for kind in self.kinds)
        decision = Decision(
            entry_id=f"s{self.number:06d}",
            at=at,
            relation=Relation.NEW,
            reason="torture",
            alert_id=self.alert_id,
        )
        return Change(entry=None, decision=decision, actions=actions)

    def _action(self, kind: ActionKind, at: datetime) -> Action:
        return Action(
            at=at,
            action=kind,
            alert_id=self.alert_id,
            event_id=f"valley-{self.alert}",
            conflict="valley",
            kind="casualty",
            reason="correction" if self.correction else "update",
            status_before=Status.NONE,
            status_after=Status.NONE,
            entry_ids=(),
            claims=(),
            silent=self.alert % 3 != 0,
            revision=self.revision,
            text=self.text(kind),
        )

    def text(self, kind: ActionKind) -> str:
        """Return the Telegram HTML of one action."""
        is_post = kind in (ActionKind.POST, ActionKind.EDIT)
        head = "casualties reported" if is_post else kind.value
        mark = f"{'p' if is_post else 'r'}{self.number}"
        link = f'<a href="https://example.org/{self.number}?a=1&amp;b=2">Valley Wire</a>'
        return (
            f"<b>Tarn Valley · {head}</b>\n“Shells &amp; shots, {mark}”\n{link} · {self.alert_id}"
        )


def tell(seed: int, length: int) -> list[Step]:
    """Return the first steps of a story."""
    dice = random.Random(seed)
    steps: list[Step] = []
    live: dict[int, int] = {}
    alerts = 0
    for number in range(length):
        chance = dice.random()
        if not live or chance < 0.4:
            alerts += 1
            live[alerts] = 0
            if len(live) > OPEN:
                del live[min(live)]
            steps.append(Step(number=number, alert=alerts, kinds=(ActionKind.POST,), revision=0))
            continue
        alert = dice.choice(list(live))
        live[alert] += 1
        kinds: tuple[ActionKind, ...] = (ActionKind.EDIT,)
        if chance > 0.94:
            kinds = (ActionKind.EDIT, ActionKind.RETRACT)
        elif chance > 0.7:
            kinds = (ActionKind.EDIT, ActionKind.REPLY)
        steps.append(
            Step(
                number=number,
                alert=alert,
                kinds=kinds,
                revision=live[alert],
                correction=chance > 0.85,
            )
        )
        if ActionKind.RETRACT in kinds:
            del live[alert]
    return steps


@dataclass(slots=True)
class Verdict:
    """What differs between decided and shown."""

    posts: int = 0
    answers: int = 0
    lost: list[str] = field(default_factory=list)
    duplicated: list[str] = field(default_factory=list)
    disordered: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.duplicated or self.disordered)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    message_id: int
    mark: str
    number: int
    marks: tuple[tuple[str, int], ...]  #: every mark it ever showed
    reply_to: int | None


def judge(steps: Sequence[Step], chat: Chat, thread: int | None, verdict: Verdict) -> None:
    """Compare one place with the steps that were stored; deleted messages count as posted."""
    seen: dict[str, list[_Seen]] = defaultdict(list)
    for message_id, versions in sorted(chat.versions.items()):
        if versions[-1].thread_id != thread:
            continue
        texts = [version.content.text for version in versions]
        marks = tuple((kind, int(n)) for text in texts for kind, n in MARK.findall(text))
        if not marks:
            continue
        seen[ALERT.findall(texts[-1])[0]].append(
            _Seen(
                message_id=message_id,
                mark=marks[-1][0],
                number=marks[-1][1],
                marks=marks,
                reply_to=versions[-1].reply_to,
            )
        )
    by_alert: dict[str, list[Step]] = defaultdict(list)
    for step in steps:
        by_alert[step.alert_id].append(step)
    where = f"{chat.id}/{thread}"
    for alert_id, own in by_alert.items():
        _judge_alert(f"{where} {alert_id}", own, seen.pop(alert_id, []), verdict)
    verdict.duplicated += [f"{where} {alert_id}: nobody decided it" for alert_id in seen]


def _judge_alert(name: str, own: Sequence[Step], seen: Sequence[_Seen], verdict: Verdict) -> None:
    if not seen and ActionKind.RETRACT in own[-1].kinds:
        return  # taken back before anybody read it
    roots = [one for one in seen if one.marks[0][0] == "p"]
    answers = [one for one in seen if one.marks[0][0] == "r"]
    last = max(step.number for step in own)
    if not roots:
        verdict.lost.append(f"{name}: never posted")
        return
    verdict.posts += 1
    verdict.duplicated += [f"{name}: posted again as {one.message_id}" for one in roots[1:]]
    root = roots[0]
    if root.number != last:
        verdict.lost.append(f"{name}: shows p{root.number}, not p{last}")
    told = [n for _, n in root.marks]
    if told != sorted(told):
        verdict.disordered.append(f"{name}: edits {told}")
    wanted = [s.number for s in own if {ActionKind.REPLY, ActionKind.RETRACT} & set(s.kinds)]
    found = [n for one in answers for _, n in one.marks]
    verdict.answers += len(wanted)
    counts = Counter(found)
    verdict.lost += [f"{name}: answer r{n} is missing" for n in wanted if n not in counts]
    verdict.duplicated += [f"{name}: answer r{n} x{c}" for n, c in counts.items() if c > 1]
    verdict.duplicated += [f"{name}: answer r{n}, not decided" for n in counts if n not in wanted]
    if found != sorted(found) or any(one.message_id < root.message_id for one in answers):
        verdict.disordered.append(f"{name}: answers {found}")
    if any(one.reply_to != root.message_id for one in answers):
        verdict.disordered.append(f"{name}: an answer hangs on another message")
