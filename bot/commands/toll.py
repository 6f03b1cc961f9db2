"""The answer to /toll as Telegram HTML: the casualty ledger, line by line. Pure.

Each line names speaker, relay, outlet and time. A range is one claimant's own incident figures
added up, and says so; nothing is added up across claimants.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from bot.alerts.render import MAX_NAME, foreign, outlet_link
from bot.commands.answers import clock, count, fit
from bot.events.ledger import Account, Ledger, LedgerLine
from bot.events.tally import Span, Tally
from bot.packs import Pack
from bot.types import Claim, Scope

MAX_FIGURE = 70
#: Claimants, and incidents of each, that an answer shows; the rest is counted.
MAX_ACCOUNTS = 8
MAX_INCIDENTS = 3
MAX_STATED = 4
MAX_APART = 2
MAX_EARLIER = 2

ALONE = (
    "Each line is one speaker's own figure. The bot adds nothing up across speakers, and checks "
    "nothing."
)
SCOPE_WORDS = {
    Scope.SINCE_CEASEFIRE: " since the ceasefire, as stated",
    Scope.TOTAL: " in total, as stated",
    Scope.PERIOD: " over a period, as stated",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The ledger of one conflict, the ceasefire asked about, and since when figures were read."""

    pack: Pack
    ceasefire: Span | None  #: as it stood
    ledger: Ledger  #: over what could be read of it
    since: datetime
    cut: bool = False  #: older figures were left out, for there are too many


def toll_answer(told: Sequence[Told], coverage: str) -> str:
    """Return the ledgers of one conflict or of several."""
    lines = ["<b>Toll</b>", ALONE]
    shown = [one for one in told if one.ledger.accounts]
    for one in shown if len(told) > 1 and shown else told:
        lines += ["", *_ledger_lines(one)]
    silent = [one.pack.name for one in told if not one.ledger.accounts]
    if shown and silent and len(told) > 1:
        lines += ["", f"No figures stored: {escape(', '.join(silent))}"]
    return fit(lines, coverage)


def _ledger_lines(told: Told) -> list[str]:
    lines = [f"<b>{escape(told.pack.name)}</b>", _span_line(told.ceasefire)]
    if told.cut:
        lines.append(f"Only the newest figures were read, back to {clock(told.since)}.")
    if not told.ledger.accounts:
        lines.append(
            f"No figure of killed, wounded, missing or captured is stored since "
            f"{clock(told.since)}."
        )
    titles = {party.id: party.title for party in told.pack.parties}
    for account in told.ledger.accounts[:MAX_ACCOUNTS]:
        lines += ["", *_account_lines(account, titles, _counted(told))]
    more = len(told.ledger.accounts) - MAX_ACCOUNTS
    if more > 0:
        lines += ["", f"… {count(more, 'more claimant')}"]
    return lines


def _span_line(span: Span | None) -> str:
    if span is None:
        return "No ceasefire is known that stood in the last 30 days; figures of these days."
    if span.end is not None:
        return f"The last ceasefire: from {clock(span.start)} to {clock(span.end)}."
    late = f", its start first reported {clock(span.reported)}"
    return f"Ceasefire since {clock(span.start)}{late if span.reported > span.start else ''}."


def _counted(told: Told) -> str:
    """Return the time that ranges cover."""
    if told.cut:
        return f"since {clock(told.since)}"
    ended = told.ceasefire is not None and told.ceasefire.end is not None
    return "during the ceasefire" if ended else "since the ceasefire"


def _account_lines(account: Account, titles: Mapping[str, str], counted: str) -> list[str]:
    name = _claimant(account, titles)
    lines = [f"<b>{name}</b>"]
    lines += [_tally_line(tally, name, counted) for tally in account.tallies]
    for own, limit, before in (
        (account.stated, MAX_STATED, ""),
        (account.incidents, MAX_INCIDENTS, ""),
        (account.denied, MAX_APART, "<i>denied:</i> "),
        (account.feared, MAX_APART, "<i>feared:</i> "),
    ):
        reports = _by_report(own)
        lines += [_line(report, titles, before) for report in reports[:limit]]
        if len(reports) > limit:
            lines.append(f"· … {count(len(reports) - limit, 'more report')}")
    return lines


def _by_report(lines: Sequence[LedgerLine]) -> list[list[LedgerLine]]:
    """Return the lines of each claim together: killed and wounded stand side by side."""
    reports: dict[tuple[str, Scope], list[LedgerLine]] = {}
    for line in lines:
        reports.setdefault((line.claim.id, line.figure.scope), []).append(line)
    return list(reports.values())


def _claimant(account: Account, titles: Mapping[str, str]) -> str:
    claim = account.lines[0].claim
    a = claim.attribution
    shown = foreign(titles.get(a.party or "") or a.body or a.speaker or a.relay or "", MAX_NAME)
    return shown or f"{foreign(claim.outlet_name, MAX_NAME)}, naming no speaker"


def _tally_line(tally: Tally, name: str, counted: str) -> str:
    """Return a range with what it is made of."""
    parts = []
    if tally.incidents:
        rough = "about " if tally.about else ""
        incidents = count(tally.incidents, "incident")
        parts.append(f"<b>{rough}{range_words(tally)}</b> in {incidents}")
    if tally.unnumbered:
        parts.append(f"{count(tally.unnumbered, 'report')} without a number")
    unclear = ""
    if tally.unclear:
        unclear = f"; {tally.unclear} of them may be from before or counted already"
    return (
        f"· {tally.measure.value} {counted}, by the incident figures of {name}: "
        f"{', and '.join(parts)}{unclear}; as of {clock(tally.as_of)}"
    )


def range_words(tally: Tally) -> str:
    """Return "7", "7 or more", "up to 9", "7 to 9"."""
    if tally.high is None:
        return f"{tally.low} or more"
    if tally.low == tally.high:
        return str(tally.low)
    return f"{tally.low} to {tally.high}" if tally.low else f"up to {tally.high}"


def _line(report: Sequence[LedgerLine], titles: Mapping[str, str], before: str) -> str:
    """Return the figures of one claim with their source."""
    first = report[0]
    words = ", ".join(_words(line, titles) for line in report)
    scope = SCOPE_WORDS.get(first.figure.scope, "")
    more = max(len(line.outlets) for line in report) - 1
    also = f" and {count(more, 'other outlet')}" if more > 0 else ""
    alert = f" · {escape(first.alert_id)}" if first.alert_id else ""
    return (
        f"· {before}{words}{scope} – {_source(first.claim)}{also}, "
        f"as of {clock(first.as_of)}{alert}"
    )


def _words(line: LedgerLine, titles: Mapping[str, str]) -> str:
    """Return a figure as stated, whose people it counts, and what it replaced."""
    figure = line.figure
    said = f"“{foreign(figure.text, MAX_FIGURE)}” " if figure.text else ""
    whose = titles.get(line.side or "")
    notes = [f"side: {foreign(whose, MAX_NAME)}"] if whose else []
    notes += _earlier(line)
    noted = f" ({'; '.join(notes)})" if notes else ""
    return f"{said}{figure.measure.value}{noted}"


def _earlier(line: LedgerLine) -> list[str]:
    rows = [
        f"“{foreign(figure.text, MAX_FIGURE)}”, {at:%d %b %H:%M} UTC"
        for figure, at in line.earlier[-MAX_EARLIER:]
        if figure.text
    ]
    if not rows and line.figure.previous is not None:
        rows = [str(line.figure.previous)]
    return [f"earlier {', '.join(rows)}"] if rows else []


def _source(claim: Claim) -> str:
    a = claim.attribution
    speaker, relay = foreign(a.speaker or "", MAX_NAME), foreign(a.relay or "", MAX_NAME)
    via = f", via {relay}" if speaker and relay else ""
    return f"{speaker or relay or 'speaker not named'}{via}, in {outlet_link(claim)}"
