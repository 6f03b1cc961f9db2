"""Which event a report follows: the fitted choice of bot/alerts/bearing.py, on folders left out.

The recorded scenarios are replayed; each report that an editor attaches to an event, and each that
is silent, is one choice among the events posted by then, and none. The network is always fitted on
other folders than those measured; `--fit` writes bot/alerts/bearing.safetensors, fitted on all.
"""

from __future__ import annotations

import argparse
import asyncio
import random
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.bearing_fit import Choice, fit, pin, write_networks
from benchmarks.scenario_score import match_posts
from benchmarks.scenarios import (
    Scenario,
    load_default_judge,
    read_scenario,
    replay_scenario,
    scenario_folders,
)
from bot.alerts.bearing_features import event_features, report_features
from bot.alerts.bearing_weights import FILE, FOLLOWS, SAME_INCIDENT, Network
from bot.alerts.incident import is_incident
from bot.alerts.reach import kept_events, within_reach
from bot.claims.extract import FAINT
from bot.config import PolicySection
from bot.events.named_days import with_named_day
from bot.events.news import News
from bot.events.reading import read_news
from bot.events.steps import FIGHTING
from bot.judge import Judge
from bot.types import Ceasefire, Change, ConflictState, Relation

FOLDS = 8
#: Networks, and whether they choose among incidents that are told again.
NETWORKS = {FOLLOWS: False, SAME_INCIDENT: True}
#: Relations of entries that are judged before anybody asks what they follow.
NOT_ASKED = (Relation.COPY, Relation.BACKGROUND, Relation.EDITED, Relation.CORRECTION)


def collect_choices(scenario: Scenario, judge: Judge) -> list[Choice]:
    """Replay a scenario and return what had to be chosen in it."""
    replayed = asyncio.run(replay_scenario(scenario, judge))
    wanted = scenario.expected
    posts = match_posts(wanted, replayed.actions).of
    known = {post.event_id: event_id for event_id, post in posts.items()}
    sorts = {s.entry: ("silent", "") for s in wanted.silent}
    sorts |= {e: ("supporting", v.id) for v in wanted.events for e in v.supporting_entries}
    sorts |= {u.entry: ("update", u.of) for u in wanted.updates}
    sorts |= {e.first_entry: ("first", "") for e in wanted.events}
    pack_id = scenario.pack.id
    state = ConflictState(conflict=pack_id, ceasefire=Ceasefire(conflict=pack_id))
    found = []
    for change in replayed.changes:
        sort, event_id = sorts.get(change.entry.id if change.entry else "", ("", ""))
        if sort:
            found += _choice(scenario, change, state, sort, event_id, known)
        state = change.state or state
    return found


def _choice(
    scenario: Scenario,
    change: Change,
    state: ConflictState,
    sort: str,
    event_id: str,
    known: Mapping[str, str],
) -> list[Choice]:
    """Return the choice that an entry stood before, if it stood before one."""
    decision, entry = change.decision, change.entry
    if decision is None or entry is None:
        return []
    if decision.relation in NOT_ASKED and decision.reason != FAINT:
        return []
    found = read_news(with_named_day(change.claims), scenario.pack)
    policy = PolicySection()
    kept = kept_events(state, policy, decision.at)
    made = []
    for armed in (False, True):
        news = found[0] if found else None
        if news is None or not _asked(news, sort, armed):
            continue
        state = within_reach(news, kept, policy, decision.at)
        events = [e for e in state.events if e.alert_id and (not armed or is_incident(e))]
        right = tuple(n for n, e in enumerate(events) if event_id and known.get(e.id) == event_id)
        if not events or (event_id and not right):
            continue
        made.append(
            Choice(
                folder=scenario.name,
                entry=entry.id,
                sort=sort,
                armed=armed,
                events=tuple(event_features(news, events, state, decision.at)),
                report=report_features(news),
                right=right,
            )
        )
    return made


def _asked(news: News, sort: str, armed: bool) -> bool:
    """Tell whether the choice is put: of what follows, or of an incident told again."""
    if not armed:
        return sort != "first"
    return not news.faint and (news.step in (*FIGHTING, "breach_alleged") or news.killed > 0)


def chosen(choice: Choice, network: Network) -> int | None:
    """Return the place of the event that the network chooses, or None."""
    best, log_odds = network.likeliest(choice.events, choice.report)
    return best if log_odds > 0 else None


def left_out(choices: Sequence[Choice]) -> list[tuple[Choice, int | None]]:
    """Choose in each folder with a network fitted on others."""
    folders = sorted({c.folder for c in choices})
    random.Random(1).shuffle(folders)  # noqa: S311
    made = []
    for fold in range(FOLDS):
        held = set(folders[fold::FOLDS])
        network = fit([c for c in choices if c.folder not in held])
        made += [(c, chosen(c, network)) for c in choices if c.folder in held]
    return made


def _report(choices: Sequence[Choice], misses: bool) -> None:
    for armed in (False, True):
        print("an incident told again:" if armed else "what follows:")
        made = left_out([c for c in choices if c.armed is armed])
        for sort in ("first", "update", "supporting", "silent"):
            own = [(c, n) for c, n in made if c.sort == sort]
            right = sum(_is_right(c, n) for c, n in own)
            print(f"    {sort:<11} {right}/{len(own)} right on folders left out")
            for choice, n in own if misses else ():
                if not _is_right(choice, n):
                    what = "none" if n is None else f"event {n + 1} of {len(choice.events)}"
                    print(f"        {choice.folder} {choice.entry}: {what}")


def _is_right(choice: Choice, chosen_place: int | None) -> bool:
    return chosen_place in choice.right if choice.right else chosen_place is None


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", metavar="DIR", nargs="*", type=Path, help="default: all")
    parser.add_argument("--fit", action="store_true", help="write the coefficients, too")
    parser.add_argument("--misses", action="store_true", help="list what is chosen wrongly")
    options = parser.parse_args(arguments)
    judge = load_default_judge()
    scenarios = [read_scenario(path) for path in options.folders or scenario_folders()]
    choices = [choice for s in scenarios for choice in collect_choices(s, judge)]
    _report(choices, options.misses)
    if options.fit:
        fitted = {n: fit([c for c in choices if c.armed is a]) for n, a in NETWORKS.items()}
        pin(write_networks(fitted))
        print(f"written: {FILE}")


if __name__ == "__main__":
    main()
