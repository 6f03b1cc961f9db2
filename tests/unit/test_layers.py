"""The house: imports point one way, and light commands stay light."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

#: Layers from the bottom up; a module may import its own layer and those below it.
#: The longest matching prefix decides.
LAYERS: list[tuple[str, ...]] = [
    ("models",),
    ("bot.types", "bot.errors", "bot.clock", "bot.records", "bot.yaml_lines", "bot.packs", "bot"),
    ("bot.config", "bot.ports", "bot.outlets"),
    (
        "bot.feeds.identity",
        "bot.feeds.display",
        "bot.feeds.text",
        "bot.feeds.parse",
        "bot.feeds.markup",
        "bot.feeds.dates",
        "bot.claims",
    ),
    ("bot.events",),
    ("bot.alerts",),
    ("bot.feeds", "bot.store", "bot.delivery", "bot.judge", "bot.lines", "bot.check"),
    ("bot.pipeline", "bot.logs"),
    ("bot.worker", "bot.replay", "bot.commands", "bot.preview", "bot.backtest"),
    ("bot.reading", "bot.posting"),
    ("bot.contracts", "bot.app", "bot.outbox_command", "bot.backtest.command"),
    ("bot.demo",),
    ("bot.cli", "bot.__main__"),
]

PURE = (
    "bot.claims",
    "bot.events",
    "bot.alerts",
    "bot.feeds.parse",
    "bot.feeds.text",
    "bot.backtest.compare",
)
IMPURE_MODULES = {"asyncio", "sqlite3", "aiosqlite", "sqlalchemy", "telegram", "httpx", "torch"}
IMPURE_MODULES |= {"random", "time", "socket", "threading", "transformers"}


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


SOURCES = {
    module_name(path): path for room in ("bot", "models") for path in (ROOT / room).rglob("*.py")
}


def layer_of(module: str) -> int:
    best, found = "", -1
    for number, prefixes in enumerate(LAYERS):
        for prefix in prefixes:
            fits = module == prefix or module.startswith(prefix + ".")
            if fits and len(prefix) > len(best):
                best, found = prefix, number
    return found


def imports_of(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            children = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {c for c in children if c in SOURCES} or {node.module}
    return found


@pytest.mark.parametrize("module", sorted(SOURCES))
def test_a_module_imports_only_its_own_layer_and_those_below(module: str) -> None:
    ours = {i for i in imports_of(SOURCES[module]) if i.split(".")[0] in ("bot", "models")}
    above = sorted(i for i in ours if layer_of(i) > layer_of(module))
    assert not above, f"{module} reaches up to {above}"


def test_models_know_nothing_of_the_bot() -> None:
    guilty = {
        module
        for module, path in SOURCES.items()
        if module.startswith("models") and any(i.split(".")[0] == "bot" for i in imports_of(path))
    }
    assert not guilty


@pytest.mark.parametrize("module", sorted(m for m in SOURCES if m.startswith(PURE)))
def test_pure_rooms_touch_no_clock_network_or_database(module: str) -> None:
    touched = {i.split(".")[0] for i in imports_of(SOURCES[module])} & IMPURE_MODULES
    assert not touched
    tree = ast.parse(SOURCES[module].read_text(encoding="utf-8"))
    assert not [n for n in ast.walk(tree) if isinstance(n, (ast.AsyncFunctionDef, ast.Await))]
    assert ".now(" not in SOURCES[module].read_text(encoding="utf-8")


def test_importing_the_bot_and_its_command_line_loads_no_torch() -> None:
    code = "import sys, bot, bot.cli; sys.exit('torch' in sys.modules or 'telegram' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_at_most_two_broad_excepts_stand_in_the_product() -> None:
    broad = [
        f"{module}:{node.lineno}"
        for module, path in SOURCES.items()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or getattr(node.type, "id", "") in ("Exception", "BaseException"))
    ]
    assert len(broad) <= 2, broad


def test_no_file_grows_past_the_hard_cap() -> None:
    lengths = {m: len(p.read_text(encoding="utf-8").splitlines()) for m, p in SOURCES.items()}
    assert not {m: n for m, n in lengths.items() if n > 500}
