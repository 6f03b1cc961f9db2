"""JSON lines in and out, as the contracts have them: faults name line and field."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import IO, Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
)

from bot.errors import InputError
from bot.types import Action, Claim, Decision, Entry, Figure, TimeSpan

M = TypeVar("M", bound=BaseModel)

#: One article with its text; anything longer is not an entry.
MAX_LINE = 4_000_000
#: JSON lets these stand as they are, but many a reader would take them for the end of a line.
LINE_ENDS = {ord(sign): f"\\u{ord(sign):04x}" for sign in "\x85\u2028\u2029"}
#: Years of entries; beyond them the days around a time may not exist in the calendar.
YEARS = range(1900, 2200)


def _written(value: Any) -> Any:
    if isinstance(value, int | float) or str(value).strip().isdigit():
        # A bare number would be guessed to be seconds or milliseconds.
        raise ValueError("must be an ISO 8601 time such as 2026-03-10T06:00:00Z")
    return value


def _of_our_days(value: datetime) -> datetime:
    if value.year not in YEARS:
        raise ValueError(f"must lie between the years {YEARS.start} and {YEARS.stop - 1}")
    return value


Time = Annotated[AwareDatetime, BeforeValidator(_written), AfterValidator(_of_our_days)]


class TextLine(BaseModel):
    """Input of contract 1."""

    model_config = ConfigDict(extra="ignore", strict=True)

    id: str | int
    text: str


class EntryLine(BaseModel):
    """Input of contracts 2 and 3."""

    model_config = ConfigDict(extra="ignore")

    id: str = Field(min_length=1)
    fetched_at: Time
    published_at: Time | None = None
    outlet: str
    outlet_name: str | None = None
    feed: str | None = None
    url: str | None = None
    guid: str | None = None
    title: str | None = None
    summary: str | None = None
    text: str | None = None
    lang: str | None = None

    def entry(self) -> Entry:
        """Return the domain record."""
        return Entry(
            id=self.id,
            fetched_at=self.fetched_at.astimezone(UTC),
            published_at=self.published_at.astimezone(UTC) if self.published_at else None,
            outlet=self.outlet,
            outlet_name=self.outlet_name or self.outlet,
            feed=self.feed or "",
            url=self.url or "",
            guid=self.guid or "",
            title=self.title or "",
            summary=self.summary,
            text=self.text,
            lang=self.lang,
        )


def read_lines(stream: IO[bytes], model: type[M], name: str) -> Iterator[M]:
    """Yield one `model` per line of `stream`.

    Raises:
        InputError: `NAME:LINE: FIELD: what is wrong`.
    """
    for number, raw in enumerate(stream, start=1):
        if len(raw) > MAX_LINE:
            raise InputError(f"{name}:{number}: line: longer than {MAX_LINE} bytes")
        if raw.strip():
            yield _parse(raw, model, f"{name}:{number}")


def _parse(raw: bytes, model: type[M], where: str) -> M:
    try:
        value = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise InputError(f"{where}: line: is not UTF-8 (byte {error.start})") from error
    except (ValueError, RecursionError) as error:
        raise InputError(f"{where}: line: is not JSON: {error}") from error
    if not isinstance(value, dict):
        raise InputError(f"{where}: line: must be a JSON object, one per line")
    try:
        return model.model_validate(value)
    except ValidationError as error:
        fault = error.errors()[0]
        field = fault["loc"][0] if fault["loc"] else "line"
        message = fault["msg"].removeprefix("Value error, ")
        if fault["type"] == "missing":
            message = "is missing"
        raise InputError(f"{where}: {field}: {message}") from error


def write_line(stream: IO[str], value: Any) -> None:
    """Write one JSON line."""
    line = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    stream.write(line.translate(LINE_ENDS) + "\n")


def clock_text(at: datetime | None) -> str | None:
    """Return a time as ISO 8601 UTC with a Z, or None."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at else None


def claim_line(claim: Claim) -> dict[str, Any]:
    """Return a claim as contract 2 prints it."""
    a = claim.attribution
    return {
        "quote": claim.quote,
        "field": claim.field,
        "start": claim.start,
        "end": claim.end,
        "labels": list(claim.labels),
        "scores": {label: round(score, 4) for label, score in claim.scores.items()},
        "stance": a.stance.value,
        "speaker": a.speaker,
        "speaker_kind": a.speaker_kind.value if a.speaker_kind else None,
        "relay": a.relay,
        "outlet": claim.outlet,
        "conflict": claim.conflict,
        "places": list(claim.places),
        "casualties": [_figure(figure) for figure in claim.figures],
        "times": [_time(span) for span in claim.times],
        "background": claim.background,
    }


def action_line(action: Action) -> dict[str, Any]:
    """Return an action as contract 3 prints it."""
    return {
        "at": clock_text(action.at),
        "action": action.action.value,
        "alert_id": action.alert_id,
        "event_id": action.event_id,
        "conflict": action.conflict,
        "kind": action.kind,
        "reason": action.reason,
        "status_before": action.status_before.value,
        "status_after": action.status_after.value,
        "entry_ids": list(action.entry_ids),
        "claims": [_spoken(claim) for claim in action.claims],
        "figures": [{**_figure(f), "speaker": speaker} for f, speaker in action.figures],
        "times": [{**_time(span), "meaning": span.meaning.value} for span in action.times],
        "origins": action.origins,
        "outlets": action.outlets,
        "silent": action.silent,
        "text": action.text,
    }


def decision_line(decision: Decision) -> dict[str, Any]:
    """Return the decision about an entry that caused no action."""
    return {
        "at": clock_text(decision.at),
        "action": "none",
        "entry_ids": [decision.entry_id],
        "relation": decision.relation.value,
        "reason": decision.reason,
        "event_id": decision.event_id,
        "details": dict(decision.details),
    }


def _spoken(claim: Claim) -> dict[str, Any]:
    a = claim.attribution
    return {
        "speaker": a.speaker,
        "relay": a.relay,
        "outlets": [claim.outlet_name],
        "quote": claim.quote,
        "stance": a.stance.value,
        "url": claim.url,
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "measure": figure.measure.value,
        "low": figure.low,
        "high": figure.high,
        "qualifier": figure.qualifier.value,
        "who": figure.who,
        "scope": figure.scope.value,
        "polarity": figure.polarity.value,
        "previous": figure.previous,
    }


def _time(span: TimeSpan) -> dict[str, Any]:
    return {
        "text": span.text,
        "from": clock_text(span.start),
        "to": clock_text(span.end),
        "precision": span.precision.value,
    }
