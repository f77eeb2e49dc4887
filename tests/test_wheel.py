"""The wheel holds all that the program needs: migrations, profiles, words; it runs outside the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.pages import write_stories

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the wheel, as an installer would lay them out."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


def test_the_wheel_loads_pages_outside_the_checkout(unpacked: Path, tmp_path: Path) -> None:
    write_stories(tmp_path / "pages", 2)
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import etl; from etl.cli import main; print(etl.__file__); main()",
            "load",
            "pages",
            "--in-process",
        ],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(unpacked)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(str(unpacked))
    assert "2 loaded" in done.stdout


def test_the_wheel_holds_data_and_licence_and_no_tests(unpacked: Path) -> None:
    names = {str(path.relative_to(unpacked)) for path in unpacked.rglob("*") if path.is_file()}
    assert {
        "etl/py.typed",
        "etl/publishers/jpost.com.toml",
        "etl/recipes/cookbook.sql",
        "etl/recipes/views.sql",
        "etl/transform/words/dates.toml",
        "etl/transform/body/weights.toml",
        "etl/_migrations/env.py",
        "etl/_migrations/versions/0001_initial.py",
    } <= names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert not any(name.startswith("tests/") for name in names)
