"""Posts as Telegram HTML, rendered from claims only: short, exact, attributed. Pure.

Every line says who says it, through whom and where. Texts of others are escaped, stripped of
hidden characters, and cannot mention, command or link; only our own links are links.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from html import escape

from bot.alerts import templates
from bot.feeds.display import display_text
from bot.packs import Pack
from bot.types import (
    Claim,
    Entry,
    Event,
    Figure,
    Precision,
    Status,
    StatusChange,
    TimeMeaning,
    TimeSpan,
)

#: Telegram refuses more than 4096 UTF-16 units.
MAX_UNITS = 4000
MAX_QUOTE = 280
MAX_NAME = 120
MAX_URL = 1000
MAX_LINES = 8

#: Breaks mentions, commands, tags and addresses of foreign text without changing how it reads.
INERT = "\u2060"
#: Signs after which Telegram makes something of the next word all by itself.
ACTIVE = re.compile(r"[@/#](?=\w)|\$(?=[A-Z])|:(?=//)|(?<=[\w-])\.(?=[^\W\d_]{2})")
#: Keeps the direction of a quote to itself.
ISOLATE, END_ISOLATE = "\u2068", "\u2069"
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff]")

#: Kinds of event whose start and end are those of a ceasefire; a breach begins at an hour too.
TERMS = frozenset({"ceasefire", "negotiation"})
CLOCK_NAMES = {
    TimeMeaning.EFFECTIVE: "Start",
    TimeMeaning.EXPIRY: "End",
    TimeMeaning.TALKS: "Talks",
}


def render_post(event: Event, pack: Pack, *, now: datetime) -> str:
    """Return the living post of an event."""
    head = _heading(event, pack)
    lines = [] if event.withdrawn else [claim_line(claim) for claim in _shown(event)]
    lines += [struck_line(claim) for claim in event.struck]
    extra = _clock_line(event.kind, event.times)
    foot = _footer(event, now)
    return _fitting(head, lines, [extra] if extra else [], foot)


def render_reply(
    event: Event, pack: Pack, claims: Sequence[Claim], reason: str, old: Figure | None = None
) -> str:
    """Return a short message that answers the post: a denial, a correction, a rival figure."""
    head = f"<b>{escape(pack.name)} · {templates.REASON_WORDS[reason]}</b>"
    struck = [f"<s>{foreign(figure_words(old))}</s>"] if old else []
    return _fitting(head, [*struck, *(claim_line(c) for c in claims[:2])], [], event.alert_id or "")


def render_retraction(
    event: Event, pack: Pack, gone: Claim, notice: Entry, moved: StatusChange | None
) -> str:
    """Return the answer to a post whose report its outlet takes back; says by which page."""
    head = f"<b>{escape(pack.name)} · {templates.WITHDRAWN}</b>"
    status = (
        f"\nStatus: {templates.STATUS_WORDS[moved.old]} → {templates.STATUS_WORDS[moved.new]}"
        if moved
        else ""
    )
    page = page_link(notice.url, foreign(notice.title, MAX_NAME))
    return _fitting(head + status, [struck_line(gone), page], [], event.alert_id or "")


def struck_line(claim: Claim) -> str:
    """Return a claim that its outlet corrected or took back."""
    return f"<s>“{foreign(claim.quote)}”</s>\n— {templates.STRUCK} {outlet_link(claim)}"


def render_clock(event: Event, pack: Pack, before: Status, after: Status) -> str:
    """Return the message of a move that the clock alone made."""
    return (
        f"<b>{escape(pack.name)} · {templates.STATUS_WORDS[before]} → "
        f"{templates.STATUS_WORDS[after]}</b>\n{templates.CLOCK_WORDS[after]}\n{event.alert_id}"
    )


def claim_line(claim: Claim) -> str:
    """Return one claim: its words, speaker, relay, outlet with link, and time."""
    a = claim.attribution
    speaker, relay = _name(a.speaker), _name(a.relay)
    source = speaker or relay or f"<i>{templates.SPEAKER_UNKNOWN}</i>"
    via = f", via {relay}" if speaker and relay else ""
    stance = templates.STANCE_WORDS.get(a.stance.value)
    verb = f" ({stance})" if stance else ""
    return (
        f"“{foreign(claim.quote)}”\n— {source}{verb}{via}, in {outlet_link(claim)} "
        f"({claim.at:%d %b %H:%M} UTC)"
    )


def _heading(event: Event, pack: Pack) -> str:
    # One side's word is one side's, whatever verb it used.
    one_side = event.step == "agreed" and event.status_after is Status.ANNOUNCED
    step = "accepted" if one_side else event.step or ""
    what = templates.STEP_WORDS.get(step) or templates.KIND_WORDS.get(
        event.kind, event.kind.replace("_", " ")
    )
    moved = ""
    if event.status_before is not event.status_after:
        before = templates.STATUS_WORDS[event.status_before]
        moved = f"\nStatus: {before} → {templates.STATUS_WORDS[event.status_after]}"
    return f"<b>{escape(pack.name)} · {escape(what)}</b>{moved}"


def _shown(event: Event) -> list[Claim]:
    """Return the claims worth a line: the first, then one per origin or stance, newest words."""
    shown: dict[tuple[str, str], Claim] = {}
    for claim in event.claims:
        said = claim.attribution.speaker or claim.attribution.relay or claim.figures
        if shown and not said:
            continue  # context that nobody vouches for
        key = (claim.origin, claim.attribution.stance.value)
        newer = claim.figures and key in shown and claim.entry_id != shown[key].entry_id
        if key not in shown or newer:
            shown[key] = claim
    return list(shown.values())[:MAX_LINES]


def _clock_line(kind: str, times: Sequence[TimeSpan]) -> str | None:
    parts = [
        f"{CLOCK_NAMES[t.meaning]}: {t.start:%d %b %H:%M} UTC"
        for t in times
        if t.meaning in CLOCK_NAMES
        and (kind in TERMS or t.meaning is TimeMeaning.TALKS)
        and t.precision is Precision.MINUTE
    ]
    return " · ".join(dict.fromkeys(parts)) or None


def _footer(event: Event, now: datetime) -> str:
    origins, outlets = len(event.origins), len(event.outlets)
    counts = f"{origins} origin{'s' * (origins != 1)} · {outlets} outlet{'s' * (outlets != 1)}"
    version = f" · v{event.revision + 1} · updated {now:%d %b %H:%M} UTC" if event.revision else ""
    return f"{counts} · {event.alert_id}{version}"


def foreign(text: str, limit: int = MAX_QUOTE) -> str:
    """Return words of others as HTML: one line, cut at a word, inert, keeping their direction."""
    shown = " ".join(display_text(text).split())
    if len(shown) > limit:
        shown = shown[:limit].rsplit(" ", 1)[0].rstrip(",;:") + " …"
    safe = escape(ACTIVE.sub(rf"\g<0>{INERT}", shown), quote=False)
    return f"{ISOLATE}{safe}{END_ISOLATE}" if RIGHT_TO_LEFT.search(safe) else safe


def _name(name: str | None) -> str:
    """Return a name in bold; "" where there is none to be seen."""
    shown = foreign(name or "", MAX_NAME)
    return f"<b>{shown}</b>" if shown else ""


def outlet_link(claim: Claim) -> str:
    """Return the outlet's name, linked to its page where that is a web address."""
    return page_link(
        claim.url, foreign(claim.outlet_name, MAX_NAME) or foreign(claim.outlet, MAX_NAME)
    )


def page_link(url: str, name: str) -> str:
    """Return `name` (HTML) as a link to a web page; bare where the address is none."""
    web = url.startswith(("http://", "https://"))
    if web and len(url) <= MAX_URL and url.isprintable():
        return f'<a href="{escape(url, quote=True)}">{name}</a>'
    return name


def figure_words(figure: Figure) -> str:
    """Return a figure with its measure, verbatim."""
    return f"{figure.text} {figure.measure.value}".strip()


def units(text: str) -> int:
    """Return the length that Telegram counts, in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def _fitting(head: str, lines: Sequence[str], extra: Sequence[str], foot: str) -> str:
    """Join the parts; whole lines are left out from the end when the limit is near."""
    kept = list(lines)
    while True:
        left_out = len(lines) - len(kept)
        more = [f"… {left_out} more"] if left_out else []
        text = "\n\n".join([head, *kept, *more, *extra, foot])
        if units(text) <= MAX_UNITS or len(kept) <= 1:
            return text
        kept.pop()
