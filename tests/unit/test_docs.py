"""What the documents say in tables and links is what the code has."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.events.status import transition_rows
from bot.types import Relation, Status
from models.steps import STEPS

ROOT = Path(__file__).parents[2]
CEASEFIRE = (ROOT / "docs" / "ceasefire.md").read_text(encoding="utf-8")
EVENTS = (ROOT / "docs" / "events.md").read_text(encoding="utf-8")
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
LINK = re.compile(r"\[[^\]]+\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)")


def rows_of(table: str) -> list[tuple[str, ...]]:
    """Return the cells of a table, without its head."""
    lines = [line for line in table.splitlines() if line.startswith("|")]
    return [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines[2:]]


def section(text: str, title: str) -> str:
    """Return what stands under a heading."""
    return text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]


def anchors(path: Path) -> set[str]:
    """Return the anchors of a document's headings, as GitHub makes them."""
    titles = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_the_table_of_moves_is_that_of_the_code() -> None:
    told = CEASEFIRE.partition("<!-- moves -->")[2].partition("<!-- /moves -->")[0]
    assert rows_of(told) == list(transition_rows())


def test_every_status_is_explained() -> None:
    told = [row[0] for row in rows_of(section(CEASEFIRE, "Statuses"))]
    assert sorted(told) == sorted(status.value for status in Status)


def test_every_step_and_relation_is_explained() -> None:
    steps = [s for row in rows_of(section(EVENTS, "Steps")) for s in row[0].split(", ")]
    assert sorted(steps) == sorted(STEPS)
    table = section(EVENTS, "Relations").partition("Actions carry")[0]
    assert sorted(row[0] for row in rows_of(table)) == sorted(r.value for r in Relation)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    for target, anchor in LINK.findall(document.read_text(encoding="utf-8")):
        path = document.parent / target if target else document
        assert path.exists(), target
        assert not anchor or anchor in anchors(path), f"{target}#{anchor}"
