"""Which entries take back or correct what their outlet published, and which only read like it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.events.notices import Notice, notice_of
from bot.types import Entry

NOW = datetime(2026, 3, 10, 6, tzinfo=UTC)
W, C = Notice.WITHDRAWS, Notice.CORRECTS

CASES: list[tuple[str, str, Notice | None]] = [
    # headline marks of agencies
    ("WITHDRAWAL: Blast at Orvel market", "Editors should not use the story.", W),
    ("KILL NOTICE - Orvel market", "Please remove it from all platforms.", W),
    ("RETRACTION: No strike on Esk hospital", "The agency regrets the error.", W),
    ("CORRECTION: Toll of Orvel strike is four, not fourteen", "Four people died.", C),
    ("Corrected: Truce begins at 6 p.m., not at noon", "The truce begins at 6 p.m.", C),
    ("Orvel strike kills four", "(Corrects toll to four from fourteen) ORVEL - Four died.", C),
    # sentences of papers
    (
        "Our Orvel report",
        "We have withdrawn the report because its source could not be reached.",
        W,
    ),
    ("Orvel market", "This story has been withdrawn.", W),
    ("Note to readers", "The Courier retracts its report on a strike at Orvel.", W),
    ("Orvel market", "The article published here on Monday has been removed after a complaint.", W),
    ("Orvel", "An earlier version of this story gave the number of dead as fourteen.", C),
    # words that mean something else
    ("Ardovia withdraws from truce", "Ardovia has withdrawn from the truce, it said.", None),
    ("Troops withdrawn from Esk", "The brigade was withdrawn on Monday.", None),
    ("Envoy corrects course", "The envoy changed his plan.", None),
    ("Army: report of strike is false", "The army denied the report of the strike.", None),
    ("General retracts his threat", "The general retracted the threat he made on Sunday.", None),
    ("Ardovia withdraws its offer", "The government has withdrawn its offer of talks.", None),
    ("Kill toll rises", "The toll rose to nine.", None),
]


@pytest.mark.parametrize(("title", "text", "notice"), CASES, ids=[c[0] for c in CASES])
def test_a_notice_is_told_from_news(title: str, text: str, notice: Notice | None) -> None:
    entry = Entry(
        id="e",
        fetched_at=NOW,
        published_at=NOW,
        outlet="courier",
        outlet_name="Courier",
        feed="f",
        url="https://courier.example.org/1",
        guid="1",
        title=title,
        text=text,
    )
    assert notice_of(entry) is notice


def test_a_notice_far_down_is_no_notice() -> None:
    entry = Entry(
        id="e",
        fetched_at=NOW,
        published_at=NOW,
        outlet="courier",
        outlet_name="Courier",
        feed="f",
        url="https://courier.example.org/1",
        guid="1",
        title="Strike on Orvel",
        text="Four people died. " * 40 + "This story has been withdrawn.",
    )
    assert notice_of(entry) is None
