"""The architecture as a test: imports run downwards (see also `lint-imports`), and the transform stage is pure."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

TRANSFORM = Path(__file__).parents[1] / "etl" / "transform"
REPORT = TRANSFORM.parent / "report"
# Package data (words of languages) is read by importlib.resources in this one module.
FORBIDDEN_MODULES = {
    "os", "sys", "socket", "ssl", "http", "urllib.request", "requests", "httpx", "sqlite3", "sqlalchemy", "psycopg", "subprocess",
    "pathlib", "io", "time", "random", "threading", "multiprocessing", "tempfile", "shutil", "glob",
}  # fmt: skip
FORBIDDEN_CALLS = {"open", "input", "print", "exec", "eval"}
FORBIDDEN_CLOCKS = {"now", "utcnow", "today"}


@pytest.mark.parametrize("path", sorted(TRANSFORM.rglob("*.py")), ids=lambda path: str(path.relative_to(TRANSFORM)))
def test_transform_touches_no_file_network_database_environment_or_clock(path: Path) -> None:
    assert list(_impurities(ast.parse(path.read_text("utf-8")))) == []


@pytest.mark.parametrize("path", sorted(REPORT.rglob("*.py")), ids=lambda path: str(path.relative_to(REPORT)))
def test_the_report_reads_no_clock(path: Path) -> None:
    assert [
        found for found in _impurities(ast.parse(path.read_text("utf-8"))) if found.rpartition(".")[2][:-2] in FORBIDDEN_CLOCKS
    ] == []


def _impurities(tree: ast.Module) -> list[str]:
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [f"line {node.lineno}: import {a.name}" for a in node.names if a.name in FORBIDDEN_MODULES]
        elif isinstance(node, ast.ImportFrom) and (node.module or "") in FORBIDDEN_MODULES:
            found.append(f"line {node.lineno}: from {node.module} import")
        elif isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name) and node.func.id in FORBIDDEN_CALLS:
                found.append(f"line {node.lineno}: {node.func.id}()")
            elif isinstance(node.func, ast.Attribute) and node.func.attr in FORBIDDEN_CLOCKS:
                found.append(f"line {node.lineno}: .{node.func.attr}()")
    return found


@pytest.mark.parametrize("source", ["import socket", "from os import environ", "open('x')", "datetime.now()", "dt.date.today()"])
def test_an_impurity_would_be_found(source: str) -> None:
    assert len(_impurities(ast.parse(source))) == 1


def test_the_main_process_starts_without_the_transform_stage() -> None:
    program = "import sys, etl.job; print(sorted(name for name in sys.modules if name.startswith('etl.transform.')))"
    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert printed.strip() == "['etl.transform.profiles', 'etl.transform.xpaths']"
