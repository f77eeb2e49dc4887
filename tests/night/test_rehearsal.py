"""The nightly job as cron calls it, against a real server: what `python -m tests.night` shows."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.night.rehearsal import Told, killed_nights, three_nights, two_at_once


@pytest.fixture
def told() -> Told:
    return lambda line: None


def test_three_nights_end_with_the_right_rows_and_without_a_needless_request(tmp_path: Path, told: Told) -> None:
    three_nights(tmp_path / "job", told)


def test_nights_that_are_killed_and_run_again_end_with_the_content_of_undisturbed_ones(tmp_path: Path, told: Told) -> None:
    killed_nights(tmp_path, told)


def test_of_two_runs_at_once_one_works_and_its_death_frees_the_database(tmp_path: Path, told: Told) -> None:
    two_at_once(tmp_path / "job", told)
