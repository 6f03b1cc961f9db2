"""`make bench`: ratios within one run, on one machine; absolute figures only orient.

The last topic is about quality: what the recorded scenarios reach.
"""

from __future__ import annotations

import runpy
import sys


def main() -> None:
    """Run every benchmark in turn."""
    topics = "classifier replay claims attribution casualties clustering matching bearing scenarios"
    for topic in topics.split():
        name = f"benchmarks.{topic}"
        print(f"== {name}", flush=True)
        sys.argv = [name]
        runpy.run_module(name, run_name="__main__")


if __name__ == "__main__":
    main()
