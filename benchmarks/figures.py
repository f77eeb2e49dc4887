"""The committed figures: each part of the benchmarks under a key of its own, with day, machine, versions and command."""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

FIGURES = Path(__file__).with_name("figures.json")
_PACKAGES = ("lxml", "SQLAlchemy", "psycopg", "fastwarc", "dateparser", "pebble")


def read() -> dict[str, Any]:
    """All committed figures; empty where there are none yet."""
    found: dict[str, Any] = json.loads(FIGURES.read_text("utf-8")) if FIGURES.exists() else {}
    return found


def save(part: str, figures: dict[str, Any], command: str) -> None:
    """Put a part's figures in the place of its former ones; the other parts stay."""
    everything = read() | {part: {"measured": circumstances(command), **figures}}
    FIGURES.write_text(json.dumps(dict(sorted(everything.items())), indent=2, ensure_ascii=False) + "\n", "utf-8")


def circumstances(command: str) -> dict[str, Any]:
    """When, on what and by which command."""
    return {
        "on": dt.datetime.now(dt.UTC).date().isoformat(),
        "command": command,
        "machine": f"{_processor()}, {os.cpu_count()} cores, {platform.system()} {platform.release()}",
        "versions": {"Python": platform.python_version()} | {name: found for name in _PACKAGES if (found := _version(name))},
    }


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _processor() -> str:
    """The processor's name, which Python only knows on some systems."""
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        lines = []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())
