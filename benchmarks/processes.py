"""Measures a command as a whole: CPU seconds of all its processes, wall seconds, the largest resident sets.

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
    """Bytes, of the command's own process."""
    others_rss: int = 0
    """Bytes, of the largest of the processes that it started."""


def run(command: Sequence[str], *, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> Cost:
    """Run a command to its end and all its processes with it. Raises CalledProcessError with what it printed."""
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=cwd, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, process_group=0)
    assert process.stdout is not None
    printed = process.stdout.read()
    cpu, wall, status, peak, others = 0.0, 0.0, 0, 0, 0
    while True:
        try:
            pid, code, usage = os.wait4(-process.pid, 0)  # its process group: not this process' other children
        except ChildProcessError:
            break
        cpu += usage.ru_utime + usage.ru_stime
        if pid != process.pid:
            others = max(others, usage.ru_maxrss * 1024)
        else:
            peak = usage.ru_maxrss * 1024
            status, wall = os.waitstatus_to_exitcode(code), time.perf_counter() - started
    process.returncode = status
    process.stdout.close()
    if status:
        raise subprocess.CalledProcessError(status, list(command), printed)
    return Cost(cpu, wall, peak, others)


def in_turn(contenders: Mapping[str, Callable[[], Cost]], rounds: int) -> list[dict[str, Cost]]:
    """Run all contenders in turn, `rounds` times, because a machine's speed drifts: what each cost in each round."""
    return [{name: contender() for name, contender in contenders.items()} for _ in range(rounds)]


def alternate(contenders: Mapping[str, Callable[[], Cost]], rounds: int) -> dict[str, Cost]:
    """The same; the medians of each."""
    return medians(in_turn(contenders, rounds))


def medians(rounds: Sequence[Mapping[str, Cost]]) -> dict[str, Cost]:
    """The medians of each contender."""
    return {name: median([costs[name] for costs in rounds]) for name in rounds[0]}


def median(costs: Sequence[Cost]) -> Cost:
    """The median of each figure; of memory the most."""
    return Cost(
        statistics.median(cost.cpu for cost in costs),
        statistics.median(cost.wall for cost in costs),
        max(cost.peak_rss for cost in costs),
        max(cost.others_rss for cost in costs),
    )
