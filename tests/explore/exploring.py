"""A running `news-etl explore`, in a process of its own."""

from __future__ import annotations

import os
import re
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_cli import ROOT


class Explored:
    """A running `news-etl explore`."""

    def __init__(self, database: Path, *options: str) -> None:
        command = [sys.executable, "-m", "etl", "explore", "--database", f"sqlite:///{database}", "--port", "0", *options]
        environment = {name: value for name, value in os.environ.items() if not name.startswith("NEWS_ETL_")}
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment | {"PYTHONPATH": str(ROOT)}
        )
        self.address = self._address()

    def _address(self) -> str:
        output = self.process.stdout
        assert output is not None
        ready, _, _ = select.select([output], [], [], 60)
        found = re.match(r"(http://127\.0\.0\.1:\d+/) ", output.readline()) if ready else None
        if found is None:
            self.process.kill()
            pytest.fail(f"it did not start: {self.process.communicate()}")
        return found[1]

    def stop(self, number: int = signal.SIGTERM) -> tuple[int, str]:
        """The exit status and what stood on stderr."""
        self.process.send_signal(number)
        _, errors = self.process.communicate(timeout=30)
        return self.process.returncode, errors
