"""What a source and a whole run may fetch at a time."""

from __future__ import annotations

from etl.fetch import Budget


def test_pages_bytes_and_time_are_each_a_limit() -> None:
    now = [0.0]
    budget = Budget(of="the run", pages=2, bytes=100, seconds=60.0, clock=lambda: now[0])
    assert [budget.take_page() for _ in range(3)] == [True, True, False]
    budget.spend(99)
    assert budget.spent() == ""
    budget.spend(1)
    assert budget.spent() == "the run may fetch 100 bytes at a time"
    now[0] = 60.0
    later = Budget(of="the source a", seconds=60.0, clock=lambda: now[0])
    assert later.spent() == ""
    now[0] = 120.0
    assert later.spent() == "the source a may fetch for 60 seconds at a time"


def test_without_limits_nothing_ends() -> None:
    budget = Budget(of="the run")
    budget.spend(10**12)
    assert (budget.take_page(), budget.spent()) == (True, "")
