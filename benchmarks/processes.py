"""Measures a command as a whole: CPU seconds of all its processes, wall seconds, the largest resident set of any of them.

Works on Linux: orphans of the command (a fork server, its workers) are handed to this process and waited for.
"""

from __future__ import annotations

import ctypes
import os
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_PR_SET_CHILD_SUBREAPER = 36


@dataclass(frozen=True)
class Cost:
    """What a command cost."""

    cpu: float
    wall: float
    peak_rss: int
    """Bytes, of the largest single process."""


def run(command: Sequence[str], *, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> Cost:
    """Run a command to its end and all its processes with it. Raises CalledProcessError with what it printed."""
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert process.stdout is not None
    printed = process.stdout.read()
    cpu, peak, status, wall = 0.0, 0, 0, 0.0
    while True:
        try:
            pid, code, usage = os.wait4(-1, 0)
        except ChildProcessError:
            break
        cpu += usage.ru_utime + usage.ru_stime
        peak = max(peak, usage.ru_maxrss * 1024)
        if pid == process.pid:
            status, wall = os.waitstatus_to_exitcode(code), time.perf_counter() - started
    process.returncode = status
    process.stdout.close()
    if status:
        raise subprocess.CalledProcessError(status, list(command), printed)
    return Cost(cpu, wall, peak)


def alternate(contenders: Mapping[str, Callable[[], Cost]], rounds: int) -> dict[str, Cost]:
    """Run all contenders in turn, `rounds` times; the medians of each. In turn, because a machine's speed drifts."""
    costs: dict[str, list[Cost]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, contender in contenders.items():
            costs[name].append(contender())
    return {name: median(found) for name, found in costs.items()}


def median(costs: Sequence[Cost]) -> Cost:
    """The median of each figure."""
    return Cost(
        statistics.median(cost.cpu for cost in costs),
        statistics.median(cost.wall for cost in costs),
        int(statistics.median(cost.peak_rss for cost in costs)),
    )
