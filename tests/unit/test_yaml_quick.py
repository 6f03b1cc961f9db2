"""The quick reader reads as the careful one does, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import ConfigError
from bot.yaml_lines import read_document
from bot.yaml_quick import quick_values

ROOT = Path(__file__).parents[2]
LARGE = [*sorted((ROOT / "conflicts").glob("*.yaml")), *sorted((ROOT / "bot").rglob("*.yaml"))]


def careful(folder: Path, text: str) -> object:
    file = folder / "a.yaml"
    file.write_text(text, encoding="utf-8")
    return read_document(file).values()


@pytest.mark.parametrize("file", LARGE, ids=lambda file: file.name)
def test_every_shipped_file_is_read_quickly_and_alike(file: Path) -> None:
    quick = quick_values(file.read_text(encoding="utf-8"))
    assert quick is not None
    assert quick == read_document(file).values()


@pytest.mark.parametrize(
    "text",
    [
        # other numbers, and what version 1.1 of YAML took for some
        *(f"a: {n}" for n in ("0o17", "0x1F", "1_000", "1e3", "+5", ".5", "5.", "-.inf", ".nan")),
        *(f"a: {n}" for n in ("017", "12:30", "2026-03-10", "1.2.3", "0b11", "=", "1e", "007")),
        *(f"a: {word}" for word in ("yes", "No", "on", "off", "y", "~", "", "NULL", "tRue", "fed")),
        # aliases, merges, tags, other keys, two of one key, two documents, directives
        "a: &x [1]\nb: *x",
        "a: &x {b: 1}\nc: {<<: *x}",
        "a: !!str 1",
        "1: a",
        "true: a",
        "a: 1\na: 2",
        "a: 1\n---\nb: 2",
        "%YAML 1.1\n---\na: yes",
        "a: [",
        "a: 'one\n  two'\nb: |\n  three\n   four\nc: >\n  five\n  six\nd: seven\n  eight",
    ],
)
def test_unusual_values_are_read_alike_or_left_alone(tmp_path: Path, text: str) -> None:
    quick = quick_values(text)
    if quick is not None:
        assert repr(quick) == repr(careful(tmp_path, text))


def test_a_fault_is_still_told_with_its_line(tmp_path: Path) -> None:
    for text in ("a: 1\na: 2", "a: [", "a: b: c"):
        assert quick_values(text) is None
        with pytest.raises(ConfigError, match=r"a.yaml:\d: "):
            careful(tmp_path, text)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="abtrue0123456789-+.:_xoeE~ ", max_size=8))
def test_no_scalar_is_read_differently(tmp_path_factory: pytest.TempPathFactory, word: str) -> None:
    text = f"a: {word}"
    quick = quick_values(text)
    if quick is not None:
        assert repr(quick) == repr(careful(tmp_path_factory.getbasetemp(), text))
