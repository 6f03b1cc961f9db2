"""`make bench`: ratios within one run, on one machine; absolute figures only orient."""

from __future__ import annotations

import runpy
import sys


def main() -> None:
    """Run every benchmark in turn."""
    for topic in ("classifier", "replay", "claims", "attribution", "casualties"):
        name = f"benchmarks.{topic}"
        print(f"== {name}", flush=True)
        sys.argv = [name]
        runpy.run_module(name, run_name="__main__")


if __name__ == "__main__":
    main()
