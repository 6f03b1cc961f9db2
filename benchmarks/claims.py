"""Rule work on claims: entries per second on one core, model time apart.

The entries are those of tests/scenarios: whole articles of agencies and papers, some eight
sentences each, read against all packs of conflicts/.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.scenarios import read_scenario, scenario_folders  # noqa: E402
from bot.claims.extract import extract_claims  # noqa: E402
from bot.feeds.text import split_sentences  # noqa: E402
from bot.outlets import load_outlets  # noqa: E402
from bot.packs import load_pack  # noqa: E402

ROUNDS = 5


def main() -> None:
    """Print the rate; the best round counts, since other work only slows."""
    entries = [e for folder in scenario_folders() for e in read_scenario(folder).entries]
    packs = [load_pack(path) for path in sorted((ROOT / "conflicts").glob("*.yaml"))]
    wires = load_outlets().wires
    best, sentences = float("inf"), 0
    for _ in range(ROUNDS):
        began, sentences = time.process_time(), 0
        for entry in entries:
            found = split_sentences(entry)
            sentences += len(found)
            extract_claims(entry, found, [{} for _ in found], {}, packs, wires, all_sentences=True)
        best = min(best, time.process_time() - began)
    print(f"claims of {len(entries)} entries, {len(packs)} packs, one core:")
    print(f"{len(entries) / best:.0f} entries/s, {sentences / best:.0f} sentences/s")


if __name__ == "__main__":
    main()
