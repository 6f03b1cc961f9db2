"""Names this process, so that another one on the same machine can tell whether it still lives.

A number alone names nobody: machines, containers and time give it out again. Where the system
tells too little, no name is ever called dead, and the lease of its bearer runs out instead.
"""

from __future__ import annotations

import os
import socket
import time
from pathlib import Path

_PROC = Path("/proc")


def holder_name() -> str:
    """Return a name of this process, another one at each call."""
    here, pid, call = _namespace(), os.getpid(), time.time_ns()
    started = _started(pid)
    if here is None or started is None:
        return f"{socket.gethostname()}:{pid}:{call}"[:100]
    return f"{here}:{pid}:{started}:{call}"


def is_dead(name: str) -> bool:
    """Tell whether the process of this name certainly runs no more."""
    parts = name.split(":")
    if len(parts) != 4 or parts[0] != _namespace() or not parts[1].isdecimal():
        return False
    return _started(int(parts[1])) != parts[2]


def _namespace() -> str | None:
    """Return what process numbers are unique in: a run of the kernel and a namespace of it."""
    try:
        boot = (_PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        inode = (_PROC / "self/ns/pid").stat().st_ino
    except OSError:
        return None
    return f"{boot}/{inode}"


def _started(pid: int) -> str | None:
    """Return when a process started, in ticks since the kernel did; None where there is none."""
    try:
        words = (_PROC / str(pid) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return None
    # The name of the program may hold anything, but it ends at the last parenthesis.
    state, *rest = words.rpartition(")")[2].split()
    return None if state in "ZX" else rest[18]
