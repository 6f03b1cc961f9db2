"""The domain in two screens: frozen records and the words they may hold.

Every record is immutable, keyword-only and JSON-serialisable through `bot.records`.
Times are aware UTC datetimes; durations are `timedelta`. Nothing here does I/O.
Word lists follow the glossary (docs/glossary.md); each word has one meaning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum


class Stance(StrEnum):
    """What a speaker does with the words of a claim."""

    ASSERTS = "asserts"
    DENIES = "denies"
    ACCUSES = "accuses"
    CALLS_FOR = "calls_for"
    PROPOSES = "proposes"
    REJECTS = "rejects"
    PLANS = "plans"
    WARNS = "warns"


class SpeakerKind(StrEnum):
    """What sort of speaker stands behind a claim."""

    PARTY = "party"
    OFFICIAL = "official"
    MILITARY = "military"
    MEDIATOR = "mediator"
    MONITOR = "monitor"
    WITNESS = "witness"
    MEDIC = "medic"
    MEDIA = "media"
    ANONYMOUS = "anonymous"


class Measure(StrEnum):
    """What a figure counts."""

    KILLED = "killed"
    WOUNDED = "wounded"
    MISSING = "missing"
    CAPTURED = "captured"
    VIOLATIONS = "violations"


class Qualifier(StrEnum):
    """How exactly a figure is stated."""

    EXACT = "exact"
    AT_LEAST = "at_least"
    MORE_THAN = "more_than"
    UP_TO = "up_to"
    ABOUT = "about"
    VAGUE = "vague"


class Scope(StrEnum):
    """What span of events a figure covers."""

    INCIDENT = "incident"
    PERIOD = "period"
    SINCE_CEASEFIRE = "since_ceasefire"
    TOTAL = "total"


class Polarity(StrEnum):
    """Whether a figure is asserted, denied or feared."""

    ASSERTED = "asserted"
    DENIED = "denied"
    FEARED = "feared"


class Precision(StrEnum):
    """How fine a time is stated; nothing coarser than a day is kept."""

    MINUTE = "minute"
    HOUR = "hour"
    PART_OF_DAY = "part_of_day"
    DAY = "day"


class TimeMeaning(StrEnum):
    """What a stated time is the time of."""

    EFFECTIVE = "effective"
    EXPIRY = "expiry"
    TALKS = "talks"
    OTHER = "other"


class Status(StrEnum):
    """The life-cycle of one ceasefire, as shown to readers."""

    NONE = "none"
    PROPOSED = "proposed"
    ANNOUNCED = "announced"
    AGREED = "agreed"
    DUE = "due"
    IN_FORCE = "in_force"
    STRAINED = "strained"
    SUSPENDED = "suspended"
    LAPSED = "lapsed"
    EXTENDED = "extended"
    ENDED = "ended"


class ActionKind(StrEnum):
    """What the bot does in a channel."""

    POST = "post"
    EDIT = "edit"
    REPLY = "reply"
    RETRACT = "retract"
    DIGEST = "digest"


class Relation(StrEnum):
    """How a new claim relates to what is stored; first match wins."""

    REPEAT = "repeat"
    EDITED = "edited"
    COPY = "copy"
    BACKGROUND = "background"
    RESTATEMENT = "restatement"
    DENIAL = "denial"
    UPDATE = "update"
    CORRECTION = "correction"
    DISPUTE = "dispute"
    CORROBORATION = "corroboration"
    NEW = "new"
    UNCERTAIN = "uncertain"


class OutboxState(StrEnum):
    """Where one outgoing message stands."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    DEAD = "dead"


def require_utc(value: datetime | None, name: str) -> None:
    """Raise ValueError unless `value` is None or an aware UTC datetime."""
    if value is not None and (value.tzinfo is None or value.utcoffset() != UTC.utcoffset(None)):
        raise ValueError(f"{name} must be an aware UTC time, got {value!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One URL that is polled."""

    url: str
    outlet: str  #: outlet id, e.g. "cnn"
    outlet_name: str  #: as readers see it, e.g. "CNN"
    conflicts: tuple[str, ...] = ()  #: packs that named this feed; empty = all
    allow_entities: bool = False  #: accept a document type with <!ENTITY


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """What the store remembers about a feed between polls."""

    url: str
    outlet: str = ""
    outlet_name: str = ""
    etag: str | None = None
    last_modified: str | None = None  #: verbatim HTTP header
    next_due_at: datetime | None = None
    first_polled_at: datetime | None = None
    last_ok_at: datetime | None = None
    newest_entry_at: datetime | None = None
    failures: int = 0  #: failures in a row
    last_error: str | None = None  #: a short named reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item of a feed, with its article text where it is known."""

    id: str
    fetched_at: datetime
    published_at: datetime | None  #: None = undated
    outlet: str
    outlet_name: str
    feed: str
    url: str
    guid: str
    title: str
    summary: str | None = None
    text: str | None = None
    lang: str | None = None  #: ISO 639-1

    def __post_init__(self) -> None:
        require_utc(self.fetched_at, "fetched_at")
        require_utc(self.published_at, "published_at")

    def field_text(self, name: str) -> str:
        """Return the text of field "title", "summary" or "text" ("" when null)."""
        return {"title": self.title, "summary": self.summary, "text": self.text}[name] or ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A verbatim stretch of one field of an entry."""

    text: str  #: entry.field_text(field)[start:end]
    field: str  #: "title", "summary" or "text"
    start: int  #: character offset into the field
    end: int
    index: int  #: 0-based position within the field
    paragraph: int = 0  #: 0-based paragraph within the field


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A stated number of victims (or of breaches)."""

    measure: Measure
    low: int | None
    high: int | None
    qualifier: Qualifier
    who: str | None = None  #: "soldiers", "civilians", ... verbatim, lower case
    scope: Scope = Scope.INCIDENT
    polarity: Polarity = Polarity.ASSERTED
    previous: int | None = None  #: "up from 27"
    text: str = ""  #: verbatim span


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeSpan:
    """A stated time as an interval of instants."""

    text: str  #: verbatim
    start: datetime  #: "from" in the contracts
    end: datetime  #: "to" in the contracts; equal to start at minute precision
    precision: Precision
    meaning: TimeMeaning = TimeMeaning.OTHER

    def __post_init__(self) -> None:
        require_utc(self.start, "start")
        require_utc(self.end, "end")


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Who says it, in which sense, and through whom."""

    stance: Stance = Stance.ASSERTS
    speaker: str | None = None  #: primary speaker, fullest name in the entry
    speaker_text: str | None = None  #: as the sentence has it ("the ministry")
    speaker_kind: SpeakerKind | None = None
    party: str | None = None  #: party id of the pack the speaker belongs to
    body: str | None = None  #: mediator or monitor of the pack the speaker belongs to
    relay: str | None = None  #: agency or outlet that passed it on
    anonymous: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One sentence asserting something, with its speaker. Posts are rendered from claims only."""

    id: str  #: entry id + field + start
    entry_id: str
    at: datetime  #: publication time, or fetch time of an undated entry
    field: str
    quote: str  #: verbatim; entry.field_text(field)[start:end]
    start: int
    end: int
    labels: tuple[str, ...]
    scores: Mapping[str, float]
    attribution: Attribution
    outlet: str
    outlet_name: str
    url: str
    conflict: str | None = None
    parties: tuple[str, ...] = ()  #: party ids named in the sentence
    places: tuple[str, ...] = ()  #: canonical place names of the pack
    figures: tuple[Figure, ...] = ()
    times: tuple[TimeSpan, ...] = ()
    background: str | None = None  #: named reason why this is no news ("history", "opinion", ...)
    steps: Mapping[str, float] | None = None  #: as the model reads them, 0..1; None: it reads none
    sides: str | None = None  #: who takes the step, as the model reads it: "one" or "both" parties

    def __post_init__(self) -> None:
        require_utc(self.at, "at")

    @property
    def origin(self) -> str:
        """Key of the independent source: the party or speaker, else the relay, else the outlet."""
        a = self.attribution
        if a.party:
            return f"party:{a.party}"
        if a.body:
            return f"body:{a.body}"
        if a.speaker:
            return f"speaker:{a.speaker.casefold()}"
        return f"relay:{(a.relay or self.outlet_name).casefold()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What claims are about; shown as one living post."""

    id: str
    conflict: str
    kind: str  #: one label
    step: str | None = None  #: ceasefire or talks step ("agreed", "talks_announced", ...)
    takers: tuple[str, ...] = ()  #: ids of the parties that take the step
    first_at: datetime
    last_at: datetime
    claims: tuple[Claim, ...]
    entry_ids: tuple[str, ...]
    times: tuple[TimeSpan, ...] = ()  #: the hours that its post shows
    answers: tuple[str, ...] = ()  #: entries that deny or answer it: they tell, and add no origin
    copy_groups: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    status_before: Status = Status.NONE
    status_after: Status = Status.NONE
    alert_id: str | None = None  #: None = known, never posted
    revision: int = 0
    silent: bool = True
    struck: tuple[Claim, ...] = ()  #: what its outlet corrected or took back; shown struck through
    withdrawn: bool = False  #: nobody stands by it any more

    @property
    def origins(self) -> tuple[str, ...]:
        """Distinct independent sources; an entry that names speakers adds nothing else."""
        told = [c for c in self.claims if c.entry_id not in self.answers] or self.claims
        spoken = {c.entry_id for c in told if c.attribution.speaker}
        return tuple(
            dict.fromkeys(
                c.origin for c in told if c.attribution.speaker or c.entry_id not in spoken
            )
        )

    @property
    def outlets(self) -> tuple[str, ...]:
        """Distinct outlet names, in order of appearance."""
        return tuple(dict.fromkeys(c.outlet_name for c in self.claims))


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusChange:
    """A move of a ceasefire, with the claims behind it (none when the clock moved it)."""

    conflict: str
    old: Status
    new: Status
    at: datetime
    reason: str  #: name of the transition rule
    claim_ids: tuple[str, ...] = ()
    by: str | None = None  #: speaker, as shown to readers


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """What one party or mediator said about the ceasefire."""

    by: str  #: party id, or the speaker's name
    party: bool = False  #: whether `by` is a party's id
    act: (
        str  #: proposes | accepts | announces | rejects | suspends | extends | ends | reports_start
    )
    at: datetime
    claim_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ceasefire:
    """The ceasefire record of one conflict."""

    conflict: str
    status: Status = Status.NONE
    since: datetime | None = None
    by: str | None = None  #: by whose word the status holds
    effective_at: datetime | None = None
    expires_at: datetime | None = None
    term: timedelta | None = None  #: stated length, until its start is known
    declarations: tuple[Declaration, ...] = ()
    history: tuple[StatusChange, ...] = ()
    event_id: str | None = None  #: event of the last step
    agreement_id: str | None = (
        None  #: event with which the present ceasefire was accepted or agreed
    )
    number: int = 0  #: of the present agreement, from 1; the one before it is number - 1
    announced_at: datetime | None = None  #: when this agreement was first put or declared
    forms: tuple[str, ...] = ()  #: of one side, of both sides, partial, humanitarian; as reported
    terms: tuple[str, ...] = ()  #: withdrawal, prisoners, aid, monitoring, ...: named in reports
    mediators: tuple[str, ...] = ()  #: of the pack, who spoke for this agreement
    monitors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One outbound action, as contract 3 prints it and as the outbox delivers it."""

    at: datetime
    action: ActionKind
    alert_id: str
    event_id: str
    conflict: str
    kind: str
    reason: str
    status_before: Status
    status_after: Status
    entry_ids: tuple[str, ...]  #: entries that caused it; () for the clock
    claims: tuple[Claim, ...]
    figures: tuple[tuple[Figure, str | None], ...] = ()  #: figure with its speaker
    times: tuple[TimeSpan, ...] = ()
    origins: int = 0
    outlets: int = 0
    silent: bool = True
    revision: int = 0
    text: str = ""  #: Telegram HTML
    not_before: datetime | None = None  #: a post held back for a second origin until then


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Why an entry did or did not cause an action; stored for every entry, asked for by /why."""

    entry_id: str
    at: datetime
    relation: Relation
    reason: str  #: named, e.g. "wire_copy", "other_conflict", "status_change"
    event_id: str | None = None
    alert_id: str | None = None
    details: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyGroup:
    """Entries that carry the same text; the first is its root."""

    id: str  #: entry id of the root
    at: datetime
    hosts: tuple[str, ...]
    outlets: tuple[str, ...]
    shingles: frozenset[int]  #: 32-bit hashes of 5-word shingles of the root's body
    words: int  #: words of the root's body
    wire: str | None = None  #: agency credited


@dataclass(frozen=True, slots=True, kw_only=True)
class ConflictState:
    """What the pure rooms need to know of one conflict."""

    conflict: str
    ceasefire: Ceasefire
    events: tuple[Event, ...] = ()  #: open events, oldest first
    next_event: int = 1  #: number of the next event of this conflict


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Everything one entry (or the clock) changes; saved in one transaction."""

    entry: Entry | None
    decision: Decision | None
    state: ConflictState | None = None  #: new state of the conflict touched; None = untouched
    touched: tuple[str, ...] = ()  #: ids of events that are new or changed
    claims: tuple[Claim, ...] = ()
    copy_group: CopyGroup | None = None  #: new or grown group
    status_changes: tuple[StatusChange, ...] = ()
    actions: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OutboxRow:
    """One message to one chat."""

    id: int
    chat_id: int
    thread_id: int | None
    alert_id: str
    event_id: str
    revision: int
    kind: str  #: new | edit | reply | correction | cancel | digest
    text: str
    silent: bool
    state: OutboxState
    attempts: int = 0
    created_at: datetime
    not_before: datetime | None = None
    floor_message_id: int | None = None  #: last id known in the chat before sending
    message_id: int | None = None
    error: str | None = None
    left_at: datetime | None = None  #: when it was last handed to Telegram
    watch_until: datetime | None = None  #: so long a late copy of it may still appear
