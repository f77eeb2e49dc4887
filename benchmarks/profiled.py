"""Where the time of the job goes, function by function: `py-spy` of the peers' environment watches a load in one process."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.throughput import ENVIRONMENT, peer_python

_LINES = 25
_IMPORT = "(<frozen importlib"
_FRAME = re.compile(r"(?P<function>\S+) \((?P<file>[^:()]+)(?::\d+)?\)")  # extract_links (etl/transform/fields/links.py:120)


def by_function(archive: Path, folder: Path) -> dict[str, Any]:
    """The functions of this project and its libraries that took most: share of the samples in them, and with what they call."""
    raw, database = folder / "profile.txt", folder / "profile.db"
    command = [
        sys.executable,
        "-m",
        "etl",
        "load",
        str(archive),
        "--in-process",
        "--quiet",
        "--database",
        f"sqlite:///{database}",
    ]
    spy = [str(peer_python().with_name("py-spy")), "record", "--format", "raw", "--rate", "200", "--output", str(raw), "--"]
    subprocess.run([*spy, *command], env=ENVIRONMENT, check=True, capture_output=True)
    own: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for line in raw.read_text("utf-8").splitlines():
        if _IMPORT in line:
            continue  # the start is measured elsewhere
        stack, _, count = line.rpartition(" ")
        frames = [f"{m['function']} ({_short(m['file'])})" for m in map(_FRAME.fullmatch, stack.split(";")) if m]
        if frames:
            own[frames[-1]] += int(count)
            total.update(dict.fromkeys(frames, int(count)))
    everything = sum(own.values())
    share = {name: f"{100 * number / everything:.1f} %" for name, number in total.items()}
    rows = [[name, f"{100 * own[name] / everything:.1f} %", share[name]] for name, _ in own.most_common(_LINES)]
    return {"functions": rows}


def _short(file: str) -> str:
    """A file's path from its package on."""
    return re.sub(r".*(?:site-packages|/lib/python3\.\d+)/", "", file)
