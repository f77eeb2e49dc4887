"""The systemd units in contrib/ are what systemd takes, and say what docs/cron.md says."""

from __future__ import annotations

import configparser
import shutil
import subprocess
from pathlib import Path

import pytest

from etl.cli.exits import Exit

ROOT = Path(__file__).parents[1]
UNITS = ROOT / "contrib"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
def test_systemd_takes_the_units() -> None:
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(UNITS / "news-etl.timer"), str(UNITS / "news-etl.service")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_service_takes_a_held_database_for_no_failure() -> None:
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(UNITS / "news-etl.service")
    assert unit["Service"]["SuccessExitStatus"] == str(Exit.LOCKED.value)
    assert " run " in unit["Service"]["ExecStart"]


def test_every_exit_status_is_explained() -> None:
    text = (ROOT / "docs" / "cron.md").read_text("utf-8")
    rows = [line.split("|")[1] for line in text.splitlines() if line.startswith("| ")]
    explained = {int(word) for cell in rows for word in cell.split(",") if word.strip().isdecimal()}
    assert explained == {status.value for status in Exit}
