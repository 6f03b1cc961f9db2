"""Whose signature a paper is said to bear."""

from __future__ import annotations

import pytest

from bot.events.deeds import signers_in
from bot.packs import Pack
from tests.unit.alerts.test_alerts_decide import NOBODY, PACK, V, said

SIGNING = Pack.model_validate(
    {
        **PACK.model_dump(),
        "parties": [
            {"id": "ardovia", "names": ["Ardovia"], "people": ["Pavel Orsk"]},
            {"id": "selmara", "names": ["Selmara"], "people": ["Dana Kreel"]},
        ],
    }
)


@pytest.mark.parametrize(
    ("quote", "who"),
    [
        ("The decree is signed by the President of the Republic, Dana Kreel.", ("selmara",)),
        ("Pavel Orsk put his name to it on Friday night.", ("ardovia",)),
        ("The truce that Dana Kreel broke is over.", ()),
        ("They signed the same promises in Orvel, and Dana Kreel broke them.", ()),
    ],
)
def test_whose_signature_a_paper_bears(quote: str, who: tuple[str, ...]) -> None:
    assert signers_in((said(quote, NOBODY, V),), SIGNING) == who
