"""What a start leaves alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from etl.cli.app import program
from tests.pages import write_stories


def test_a_command_line_that_names_a_command_makes_that_command_alone() -> None:
    assert [command.name for command in program(["load", "search"]).registered_commands] == ["load"]
    assert len(program(["--help"]).registered_commands) > 10
    assert len(program(["lode"]).registered_commands) > 10


def test_a_load_into_sqlite_imports_neither_migrations_nor_the_other_database(tmp_path: Path) -> None:
    write_stories(tmp_path / "pages", 1)
    heavy = {"alembic", "sqlalchemy.dialects.postgresql"}
    code = f"import atexit, sys; atexit.register(lambda: print('heavy:', sorted({heavy} & set(sys.modules))))"
    command = [sys.executable, "-c", f"{code}; from etl.cli import main; main()", "load", "pages", "--workers", "1"]
    printed = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert "heavy: []" in printed
