"""The rooms of the stand-in build on one another in one direction, types included."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).parents[3]
PREVIEW = ROOT / "bot" / "preview"
LONGEST = 300


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(path): path for path in PREVIEW.rglob("*.py")}


def imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module in MODULES:
            children = {f"{node.module}.{alias.name}" for alias in node.names} & MODULES.keys()
            found |= children or {node.module}
    return found


def test_no_module_of_the_preview_imports_itself_over_others() -> None:
    graph = {module: imports_of(path) for module, path in MODULES.items()}
    # Raises CycleError with the way round.
    order = list(TopologicalSorter(graph).static_order())
    assert order.index("bot.preview.methods") < order.index("bot.preview.standin")


def test_no_file_of_the_preview_is_longer_than_the_soft_cap() -> None:
    lengths = {m: len(p.read_text(encoding="utf-8").splitlines()) for m, p in MODULES.items()}
    assert not {module: lines for module, lines in lengths.items() if lines > LONGEST}
