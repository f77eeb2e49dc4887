"""The executors: one interface, and a worker that dies or hangs costs only its own task."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import Any

import pytest

from etl.executors import Executor, ProcessExecutor, SerialExecutor, WorkerLost, results_ahead


def double(number: int) -> int:
    return 2 * number


def die() -> None:
    os._exit(9)


def hang() -> None:
    time.sleep(60)


def fail() -> None:
    raise ValueError("not this one")


@pytest.fixture(params=["serial", "process"])
def executor(request: pytest.FixtureRequest) -> Iterator[Executor]:
    made: Executor = SerialExecutor() if request.param == "serial" else ProcessExecutor(2, deadline=20)
    yield made
    made.close()


@pytest.fixture
def workers() -> Iterator[ProcessExecutor]:
    made = ProcessExecutor(2, deadline=1.5)
    yield made
    made.close()


def test_results_come_for_each_task(executor: Executor) -> None:
    futures = [executor.submit(double, number) for number in range(8)]
    assert [executor.result(future) for future in futures] == [0, 2, 4, 6, 8, 10, 12, 14]


def test_an_exception_reaches_who_asks_for_the_result(executor: Executor) -> None:
    future = executor.submit(fail)
    with pytest.raises(ValueError, match="not this one"):
        executor.result(future)


def test_a_dying_worker_costs_only_its_own_task(workers: ProcessExecutor) -> None:
    before, dying, after = workers.submit(double, 1), workers.submit(die), workers.submit(double, 2)
    assert workers.result(before) == 2
    with pytest.raises(WorkerLost) as lost:
        workers.result(dying)
    assert (lost.value.late, workers.result(after)) == (False, 4)


def test_a_hanging_task_ends_at_its_deadline(workers: ProcessExecutor) -> None:
    hanging, after = workers.submit(hang), workers.submit(double, 2)
    with pytest.raises(WorkerLost) as lost:
        workers.result(hanging)
    assert (lost.value.late, workers.result(after)) == (True, 4)


def double_or_die(number: int) -> int:
    if number == 3:
        os._exit(9)
    return 2 * number


def test_results_ahead_come_in_order_with_none_for_a_lost_one(workers: ProcessExecutor) -> None:
    assert list(results_ahead(workers, double_or_die, range(20))) == [None if n == 3 else 2 * n for n in range(20)]


class Recorder(SerialExecutor):
    """Keeps what was submitted, and what of it was dropped."""

    window = 3

    def __init__(self) -> None:
        super().__init__()
        self.futures: list[Future[Any]] = []

    def submit(self, function: Callable[..., Any], /, *args: Any) -> Future[Any]:
        self.futures.append(Future())
        return self.futures[-1]

    def result(self, future: Future[Any]) -> Any:
        return self.futures.index(future)


def test_no_more_than_a_window_is_worked_ahead_and_what_is_not_wanted_any_more_is_dropped() -> None:
    executor = Recorder()
    found = results_ahead(executor, double, range(100))
    assert [next(found), next(found), len(executor.futures)] == [0, 1, 4]
    found.close()
    assert [future.cancelled() for future in executor.futures] == [False, False, True, True]


def test_the_page_that_warms_workers_has_what_most_pages_have() -> None:
    program = """
from etl.warm import OUTCOMES
(article,) = OUTCOMES
print(article.published.text, article.authors[0].name, article.images[0].credit, article.related_links[0].block)"""
    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert printed.strip() == "5 March 2024 10:30 Ada Somebody Ada Somebody/Reuters most-read"
