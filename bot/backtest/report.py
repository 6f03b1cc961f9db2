"""A comparison as the operator reads it: a table on a terminal, plain lines, or JSON lines."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import IO, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.backtest.compare import Alert, Compared, Comparison, Difference, Tally, per_day
from bot.backtest.trial import ChangedKey
from bot.feeds.display import display_text
from bot.lines import clock_text, write_line
from bot.types import StatusChange

STYLES = {
    Difference.APPEARS: "green",
    Difference.VANISHES: "red",
    Difference.CHANGES: "yellow",
}
NUMBERS = ("alerts", "audible", "edits", "replies")


@dataclass(frozen=True, slots=True, kw_only=True)
class Backtest:
    """A comparison with what was compared."""

    comparison: Comparison
    changed: tuple[ChangedKey, ...]
    entries: int
    first_at: datetime  #: fetch time of the oldest entry
    last_at: datetime  #: of the newest one

    @property
    def span(self) -> timedelta:
        """The time that the entries cover."""
        return self.last_at - self.first_at


def write_json(test: Backtest, out: IO[str]) -> None:
    """Write one line per difference and a last one with the summary."""
    for one in test.comparison.differences:
        write_line(out, _difference(one))
    write_line(out, _summary(test))


def write_plain(test: Backtest, out: IO[str]) -> None:
    """Write one line per difference, then the summary."""
    for one in test.comparison.differences:
        out.write(_plain(one) + "\n")
    for line in _head(test):
        out.write(line + "\n")
    for name, before, after in _rows(test):
        out.write(f"{name}: {before} -> {after}\n")


def show_tables(test: Backtest, console: Console) -> None:
    """Print the differences and the summary as tables."""
    if test.comparison.differences:
        table = Table("", "UTC", "conflict", "first entry", "before", "after", show_lines=True)
        for one in test.comparison.differences:
            table.add_row(*_cells(one))
        console.print(table)
    for line in _head(test):
        console.print(Text(line))
    summary = Table("", "before", "after")
    for name, before, after in _rows(test):
        style = "" if before == after else "bold"
        summary.add_row(Text(name), Text(before, style=style), Text(after, style=style))
    console.print(summary)


def _difference(one: Compared) -> dict[str, Any]:
    shown = one.shown
    return {
        "change": one.difference.value,
        "at": clock_text(shown.at),
        "conflict": shown.conflict,
        "title": shown.title,
        "outlet": shown.outlet,
        "fields": list(one.fields),
        "why": one.why,
        "instead": one.instead.title if one.instead else None,
        "before": _alert(one.before),
        "after": _alert(one.after),
    }


def _alert(alert: Alert | None) -> dict[str, Any] | None:
    if alert is None:
        return None
    return {
        "alert_id": alert.alert_id,
        "at": clock_text(alert.at),
        "kind": alert.kind,
        "silent": alert.silent,
        "status_before": alert.status_before.value,
        "status_after": alert.status_after.value,
        "reason": alert.reason,
        "entry_ids": list(alert.entry_ids),
        "title": alert.title,
        "outlet": alert.outlet,
        "edits": alert.edits,
        "replies": list(alert.replies),
    }


def _summary(test: Backtest) -> dict[str, Any]:
    found = test.comparison
    before, after = found.before, found.after
    numbers = {n: {"before": getattr(before, n), "after": getattr(after, n)} for n in NUMBERS}
    daily = {
        f"{name}_per_day": {
            side: round(per_day(value, test.span), 3) for side, value in numbers[name].items()
        }
        for name in ("alerts", "audible")
    }
    return {
        "change": "summary",
        "changed": [{"key": c.key, "before": c.before, "after": c.after} for c in test.changed],
        "entries": test.entries,
        "from": clock_text(test.first_at),
        "to": clock_text(test.last_at),
        "days": round(test.span / timedelta(days=1), 3),
        **{kind.value: found.count(kind) for kind in Difference},
        "unchanged": found.unchanged,
        **numbers,
        **daily,
        "status_changes": {
            conflict: {
                "before": [_move(c) for c in before.status_changes.get(conflict, ())],
                "after": [_move(c) for c in after.status_changes.get(conflict, ())],
            }
            for conflict in _conflicts(before, after)
        },
    }


def _move(change: StatusChange) -> dict[str, Any]:
    return {
        "at": clock_text(change.at),
        "old": change.old.value,
        "new": change.new.value,
        "reason": change.reason,
    }


def _conflicts(before: Tally, after: Tally) -> list[str]:
    return sorted({*before.status_changes, *after.status_changes})


def _head(test: Backtest) -> Iterator[str]:
    found = test.comparison
    days = test.span / timedelta(days=1)
    yield (
        f"{test.entries} entries over {days:.1f} days, "
        f"{test.first_at:%Y-%m-%d %H:%M} to {test.last_at:%Y-%m-%d %H:%M} UTC"
    )
    for key in test.changed:
        yield f"{key.key}: {key.before} -> {key.after}"
    counts = ", ".join(f"{found.count(kind)} {_plural(kind, found)}" for kind in Difference)
    yield f"differences: {counts}, {found.unchanged} unchanged"


def _plural(kind: Difference, found: Comparison) -> str:
    singular = found.count(kind) == 1
    return kind.value if singular else kind.value.removesuffix("s").replace("vanishe", "vanish")


def _rows(test: Backtest) -> Iterator[tuple[str, str, str]]:
    before, after = test.comparison.before, test.comparison.after
    for label, name in (("alerts per day", "alerts"), ("audible per day", "audible")):
        old, new = (per_day(getattr(side, name), test.span) for side in (before, after))
        yield label, f"{old:.2f}", f"{new:.2f}"
    for name in NUMBERS:
        yield name, str(getattr(before, name)), str(getattr(after, name))
    for conflict in _conflicts(before, after):
        was, now = (_course(side.status_changes.get(conflict, ())) for side in (before, after))
        yield f"status changes of {conflict}", was, now


def _course(moves: Sequence[StatusChange]) -> str:
    """Return how many moves there were, and the statuses that they passed through."""
    if not moves:
        return "0"
    passed = [moves[0].old, *(move.new for move in moves)]
    return f"{len(moves)} ({' > '.join(status.value for status in passed)})"


def _plain(one: Compared) -> str:
    shown = one.shown
    head = f"{one.difference.value} {clock_text(shown.at)} {shown.conflict} {_quoted(shown)}"
    before, after = _sides(one)
    return f"{head}: {', '.join(before)} -> {', '.join(after)}"


def _cells(one: Compared) -> tuple[Text, ...]:
    shown, style = one.shown, STYLES[one.difference]
    before, after = _sides(one)
    return (
        Text(one.difference.value, style=style),
        Text(f"{shown.at:%m-%d %H:%M}"),
        Text(shown.conflict),
        Text(f"{_line(shown.title)}\n{_line(shown.outlet)}"),
        Text("\n".join(before)),
        Text("\n".join(after)),
    )


def _sides(one: Compared) -> tuple[list[str], list[str]]:
    """Return both sides in words; where both post, only what differs."""
    if one.before is None and one.after is not None:
        return _unposted(one), _whole(one.after)
    if one.after is None and one.before is not None:
        return _whole(one.before), _unposted(one)
    before, after = (
        [] if side is None else [_words(side, name) for name in one.fields]
        for side in (one.before, one.after)
    )
    if "first_entry" in one.fields:
        after += [f"first one now: {one.why}", *_instead(one)]
    elif "reason" not in one.fields:
        after.append(f"reason {one.why}")
    return before, after


def _unposted(one: Compared) -> list[str]:
    return [f"not posted: {one.why}", *_instead(one)]


def _instead(one: Compared) -> list[str]:
    return [f"goes to {_quoted(one.instead)}"] if one.instead else []


def _whole(alert: Alert) -> list[str]:
    return [_words(alert, name) for name in ("kind", "silent", "status", "reason")]


def _words(alert: Alert, name: str) -> str:
    """Return one field of `FIELDS` in words."""
    if name == "silent":
        return "silent" if alert.silent else "with sound"
    if name == "status":
        moved = alert.status_before is not alert.status_after
        before = f"{alert.status_before.value} > " if moved else ""
        return f"status {before}{alert.status_after.value}"
    if name == "replies":
        return f"replies: {', '.join(alert.replies) or 'none'}"
    if name == "first_entry":
        return f"posted {clock_text(alert.at)} upon {_quoted(alert)}"
    return alert.kind if name == "kind" else f"reason {alert.reason}"


def _quoted(alert: Alert) -> str:
    return f"“{_line(alert.title)}” ({_line(alert.outlet)})"


def _line(text: str) -> str:
    """Return a foreign text as one line that no terminal takes for commands."""
    return " ".join(display_text(text).split())
