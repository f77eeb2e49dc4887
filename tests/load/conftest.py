"""Fixtures of the load stage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from etl.load.writer import Writer


@pytest.fixture(autouse=True)
def batches_stay_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch that the database refuses would be written page by page, which hides a fault of the writer."""

    def fail(_self: Writer, outcomes: Sequence[Any], _checkpoints: Sequence[Any]) -> None:
        pytest.fail(f"a batch of {len(outcomes)} pages was refused by the database")

    monkeypatch.setattr(Writer, "_write_one_by_one", fail)
