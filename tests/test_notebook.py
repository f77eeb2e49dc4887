"""The notebook of docs/ runs on the bundled samples and gives what it shows."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.notebooks import ROOT

NOTEBOOK = ROOT / "docs" / "analysis.ipynb"


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The notebook after a run of today, in a process of its own: Jupyter's libraries warn of themselves."""
    target = tmp_path_factory.mktemp("notebook") / "executed.ipynb"
    command = [sys.executable, "-m", "tests.notebooks", str(NOTEBOOK), str(target)]
    done = subprocess.run(
        command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    content: dict[str, Any] = json.loads(target.read_text("utf-8"))
    return content


def outputs(notebook: dict[str, Any], kind: str) -> list[str]:
    found = [output for cell in notebook["cells"] for output in cell.get("outputs", ())]
    return ["".join(output["data"][kind]) for output in found if kind in output.get("data", {})]


def test_it_runs_and_its_tables_are_those_it_shows(executed: dict[str, Any]) -> None:
    stored = json.loads(NOTEBOOK.read_text("utf-8"))
    assert outputs(executed, "text/plain") == outputs(stored, "text/plain")
    assert len(outputs(stored, "text/html")) >= 3


def test_every_chart_has_marks(executed: dict[str, Any]) -> None:
    charts = outputs(executed, "image/svg+xml")
    assert len(charts) == 4
    assert all("mark-" in chart for chart in charts)


def test_it_holds_nothing_of_the_machine_it_was_run_on(executed: dict[str, Any]) -> None:
    for text in (NOTEBOOK.read_text("utf-8"), json.dumps(executed)):
        assert re.findall(r"/(?:home|root|tmp|var|Users|work|usr)/[\w./-]+", text) == []
    assert Path(NOTEBOOK).stat().st_size < 300_000
