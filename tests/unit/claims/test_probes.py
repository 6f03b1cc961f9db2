"""Texts with what a careful editor reads out of them, written without sight of the grammar.

Each file of tests/probes has a floor: so many of its probes must be right. A floor is raised when the
grammar gets better, and never lowered in silence.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

sys.path.insert(0, str(Path(__file__).parent))

from probe_runner import PROBES, differences, read_probes

FLOORS: dict[str, int] = YAML(typ="safe").load((PROBES / "floors.yaml").read_text("utf-8"))


def test_every_file_of_probes_has_a_floor() -> None:
    files = {path.stem for path in PROBES.glob("*.yaml")} - {"floors"}
    assert files == set(FLOORS)


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_as_many_probes_as_before_are_right(name: str) -> None:
    probes = list(read_probes(name))
    wrong = [f"{probe.name} {found}" for probe in probes if (found := differences(probe))]
    right = len(probes) - len(wrong)
    assert right >= FLOORS[name], "\n".join(wrong)
