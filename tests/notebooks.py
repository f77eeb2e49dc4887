"""Runs the notebook of docs/ on the bundled samples, in a kernel of its own.

    python -m tests.notebooks docs/analysis.ipynb       # run it and write its outputs into it

What differs from run to run, or from machine to machine, is not kept: times, versions, the kernel's own data.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

from etl.job import load_sources
from etl.settings import Settings

ROOT = Path(__file__).parents[1]
DATABASE = "NEWS_DATABASE"
"""The environment variable that tells the notebook which file to read."""


def run(notebook: Path, database: Path) -> Any:
    """The notebook with the outputs of this run. Raises CellExecutionError where a cell fails."""
    os.environ[DATABASE] = str(database)
    content = nbformat.read(notebook, as_version=4)  # type: ignore[no-untyped-call]
    NotebookClient(content, timeout=120, kernel_name="python3", resources={"metadata": {"path": str(notebook.parent)}}).execute()
    content.metadata = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
    for cell in content.cells:
        cell.metadata = {}
    return content


def load_samples(folder: Path) -> Path:
    """The bundled samples in a SQLite file."""
    database = folder / "samples.db"
    load_sources(Settings(database=f"sqlite:///{database}", in_process=True), [str(ROOT / "samples")], command="notebook")
    return database


def main(notebook: Path, target: Path) -> None:
    """Run a notebook and write it, with its outputs."""
    with tempfile.TemporaryDirectory(prefix="news-etl-notebook-") as folder:
        content = run(notebook, load_samples(Path(folder)))
    nbformat.write(content, target)  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[-1]))
