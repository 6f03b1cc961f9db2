"""Answers to readers as Telegram HTML: stored records in, text out. Pure.

Every answer ends with its coverage. Nothing is added to what speakers said, and their words, as
those of the one who asks, are inert as in posts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape

from bot.alerts.render import MAX_NAME, foreign, outlet_link, units
from bot.commands.coverage import ago
from bot.packs import Pack
from bot.types import Ceasefire, Claim, Decision, Event, Feed, FeedState, Status

#: Telegram counts 4096 UTF-16 units after entities; this leaves room for both.
MAX_UNITS = 3800
MAX_QUOTE = 220

STATUS_WORDS = {
    Status.NONE: "no step known",
    Status.PROPOSED: "proposed",
    Status.ANNOUNCED: "announced by one side",
    Status.AGREED: "agreed",
    Status.DUE: "due, no start reported yet",
    Status.IN_FORCE: "in force",
    Status.STRAINED: "strained: breaches alleged",
    Status.SUSPENDED: "suspended by a party",
    Status.LAPSED: "its stated term has passed",
    Status.EXTENDED: "extended",
    Status.ENDED: "declared over",
}

HELP = """<b>Truceline</b> posts what is said about ceasefires: who says it, through whom, in which outlet. It checks nothing and adds nothing.

/status – each ceasefire: status, since when, by whose word
/summary [conflict] [hours] – alerts of a period, e.g. /summary sudan 48
/toll [conflict] – casualty figures, each by who states it; since the ceasefire
/latest – the last five alerts
/sources – the feeds and how fresh they are
/why TL-000012 – why an alert was posted
/help – this text

<i>Origins</i> are independent speakers; outlets that carry the same agency text count once. An accusation never ends a ceasefire here."""  # noqa: E501 - a message, line by line

START = "This bot answers questions about the alerts of its channel.\n\n" + HELP


def status_answer(
    packs: Sequence[Pack], ceasefires: Mapping[str, Ceasefire], coverage: str, now: datetime
) -> str:
    """Return the status of each ceasefire, since when and by whose word."""
    lines = ["<b>Ceasefires</b>"]
    for pack in packs:
        record = ceasefires.get(pack.id) or Ceasefire(conflict=pack.id)
        lines.append("")
        lines.append(f"<b>{escape(pack.name)}</b>: {STATUS_WORDS[record.status]}")
        if record.since is not None:
            by = f", by the word of {_name(record.by)}" if record.by else ", set by the clock"
            lines.append(f"since {clock(record.since)} ({ago(record.since, now)}){by}")
        elif record.status is Status.NONE:
            lines.append("no step of a ceasefire was found in what this bot has read")
        if record.effective_at is not None:
            lines.append(f"stated start: {clock(record.effective_at)}")
        if record.expires_at is not None:
            lines.append(f"stated end: {clock(record.expires_at)}")
        lines += _details(record)
        lines += _declarations(record, pack)
    return fit(lines, coverage)


def _details(record: Ceasefire) -> list[str]:
    """Return what reports say of the agreement: its form, terms, mediators and monitors."""
    parts = (
        ("form", record.forms),
        ("terms named", record.terms),
        ("mediated by", record.mediators),
        ("watched by", record.monitors),
    )
    return [f"{name}: {', '.join(map(_name, words))}" for name, words in parts if words]


def _declarations(record: Ceasefire, pack: Pack) -> list[str]:
    """Return the last declaration of each party and mediator, one line each."""
    titles = {party.id: party.title for party in pack.parties}
    last = {d.by: d for d in record.declarations}
    return [
        f"· {_name(titles.get(d.by, d.by))}: {d.act.replace('_', ' ')}, {clock(d.at)}"
        for d in last.values()
    ]


def summary_answer(
    events: Sequence[Event], packs: Mapping[str, Pack], hours: int, coverage: str
) -> str:
    """Return the alerts of a period, grouped by conflict."""
    lines = [f"<b>Last {hours} hours</b>"]
    if not events:
        lines += ["", "No alert was posted in this time."]
    for conflict in dict.fromkeys(event.conflict for event in events):
        name = packs[conflict].name if conflict in packs else conflict
        lines += ["", f"<b>{escape(name)}</b>"]
        lines += [event_line(event) for event in events if event.conflict == conflict]
    return fit(lines, coverage)


def latest_answer(events: Sequence[Event], packs: Mapping[str, Pack], coverage: str) -> str:
    """Return the last alerts, newest first."""
    lines = ["<b>Latest alerts</b>"]
    if not events:
        lines += ["", "No alert was posted in the last seven days."]
    for event in events:
        name = packs[event.conflict].name if event.conflict in packs else event.conflict
        lines += ["", f"<b>{escape(name)}</b>", event_line(event)]
    return fit(lines, coverage)


def event_line(event: Event) -> str:
    """Return an event as one line: what is said, by whom, where; and its counts."""
    claim = event.claims[0]
    moved = ""
    if event.status_before is not event.status_after:
        moved = f" [{event.status_before.value} → {event.status_after.value}]"
    return (
        f"{event.first_at:%d %b %H:%M} · {escape(event.kind)}{moved} · {attributed(claim)} "
        f"· {count(len(event.origins), 'origin')}, {count(len(event.outlets), 'outlet')} "
        f"· {escape(event.alert_id or '')}"
    )


def attributed(claim: Claim) -> str:
    """Return a claim's words with speaker, relay and outlet."""
    a = claim.attribution
    speaker = _name(a.speaker or "") or "speaker not named"
    relay = _name(a.relay or "")
    via = f", via {relay}" if relay else ""
    return f"“{foreign(claim.quote, MAX_QUOTE)}” – {speaker}{via}, in {outlet_link(claim)}"


def _name(name: str) -> str:
    return foreign(name, MAX_NAME)


def sources_answer(
    feeds: Sequence[Feed], states: Mapping[str, FeedState], coverage: str, now: datetime
) -> str:
    """Return each feed with when it was read and how old its newest entry is."""
    lines = ["<b>Feeds</b>"]
    for feed in sorted(feeds, key=lambda f: f.outlet_name.casefold()):
        lines.append(f"· {escape(feed.outlet_name)}: {_freshness(states.get(feed.url), now)}")
    if not feeds:
        lines.append("No feeds are set up.")
    return fit(lines, coverage)


def _freshness(state: FeedState | None, now: datetime) -> str:
    if state is None:
        return "not polled yet"
    read = f"read {ago(state.last_ok_at, now)}" if state.last_ok_at else "never read"
    newest = f", newest entry {ago(state.newest_entry_at, now)}" if state.newest_entry_at else ""
    failed = ""
    if state.last_error:
        times = count(state.failures, "failure")
        failed = f" – {times} in a row: {escape(state.last_error.replace('_', ' '))}"
    return read + newest + failed


def why_answer(
    alert_id: str, event: Event | None, decisions: Sequence[Decision], coverage: str
) -> str:
    """Return the decisions behind an alert or an entry, oldest first."""
    if event is None and not decisions:
        text = f"Nothing is stored under {_name(alert_id)}. Alert ids look like TL-000012."
        return fit([text], coverage)
    lines = [f"<b>Why {_name(alert_id)}</b>"]
    if event is not None:
        lines.append(
            f"{escape(event.kind)}, {count(len(event.origins), 'origin')}: "
            + ", ".join(_name(_origin_name(event, origin)) for origin in event.origins)
        )
        lines.append(f"outlets: {', '.join(_name(outlet) for outlet in event.outlets)}")
    for decision in decisions:
        lines.append("")
        lines.append(
            f"{clock(decision.at)} · {decision.relation.value} · "
            f"{escape(decision.reason.replace('_', ' '))}"
        )
        lines += [f"{escape(k)}: {escape(v)}" for k, v in sorted(decision.details.items())]
        lines.append(f"entry {escape(decision.entry_id)}")
    return fit(lines, coverage)


def _origin_name(event: Event, origin: str) -> str:
    claim = next(c for c in event.claims if c.origin == origin)
    return claim.attribution.speaker or claim.attribution.relay or claim.outlet_name


def clock(at: datetime) -> str:
    """Return a time as readers see it."""
    return f"{at:%d %b %Y %H:%M} UTC"


def count(number: int, noun: str) -> str:
    """Return "1 origin", "2 origins"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def fit(lines: Sequence[str], coverage: str) -> str:
    """Join lines up to Telegram's limit, whole lines only; the coverage line always stands."""
    tail = f"\n\n<i>{escape(coverage)}</i>"
    kept: list[str] = []
    size = units(tail) + 40
    for number, line in enumerate(lines):
        size += units(line) + 1
        if size > MAX_UNITS:
            kept.append(f"… {count(len(lines) - number, 'more line')}")
            break
        kept.append(line)
    return "\n".join(kept) + tail
