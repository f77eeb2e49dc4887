"""Where pages are transformed, and large sources read ahead: here, or in supervised worker processes. One interface, standard
futures.

A worker process is ended when it outlasts its deadline, and replaced when it dies; either costs only the batch it had in hand
(`WorkerLost`), which the pipeline tries again page by page. The standard library's pools cannot promise that: one killed worker
breaks `ProcessPoolExecutor` and hangs `multiprocessing.Pool`.
"""

from __future__ import annotations

import logging
import multiprocessing
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as FutureTimeout
from multiprocessing import forkserver
from typing import Any, Protocol, TypeVar

S = TypeVar("S")
T = TypeVar("T")

_log = logging.getLogger(__name__)
# Imported once, in the fork server: a new worker then starts in milliseconds.
_PRELOAD = ["etl.warm"]


class WorkerLost(Exception):
    """The worker died over its task (`late` is False) or was ended at its deadline (`late` is True)."""

    def __init__(self, late: bool, detail: str) -> None:
        super().__init__(late, detail)
        self.late, self.detail = late, detail


class Executor(Protocol):
    """What the pipeline needs of an executor."""

    window: int
    """How many tasks to keep in flight."""

    def submit(self, function: Callable[..., T], /, *args: Any) -> Future[T]:
        """Start a task; `function` and its arguments pickle."""
        ...

    def result(self, future: Future[T]) -> T:
        """A task's result. Raises WorkerLost."""
        ...

    def close(self) -> None:
        """End the workers; tasks not taken are dropped."""
        ...


class SerialExecutor:
    """Runs a task at once, in this process."""

    window = 1

    def __init__(self, initializer: Callable[..., None] | None = None, arguments: tuple[Any, ...] = ()) -> None:
        if initializer:
            initializer(*arguments)

    def submit(self, function: Callable[..., T], /, *args: Any) -> Future[T]:
        """The finished future of the call."""
        future: Future[T] = Future()
        try:
            future.set_result(function(*args))
        except Exception as error:  # handed to whoever asks for the result, as every executor does
            future.set_exception(error)
        return future

    def result(self, future: Future[T]) -> T:
        """The call's result, or its exception."""
        return future.result()

    def close(self) -> None:
        """Nothing to end."""


class ProcessExecutor:
    """Supervised worker processes (pebble), each task with a deadline."""

    def __init__(
        self,
        workers: int,
        *,
        deadline: float,
        renewal: int = 0,
        window: int | None = None,
        initializer: Callable[..., None] | None = None,
        arguments: tuple[Any, ...] = (),
    ) -> None:
        from pebble import ProcessPool

        self.window = window or 4 * workers
        self._deadline = deadline
        self._pool = ProcessPool(
            max_workers=workers, max_tasks=renewal, initializer=initializer, initargs=arguments, context=_context()
        )

    def submit(self, function: Callable[..., T], /, *args: Any) -> Future[T]:
        """Queue the call; its deadline starts when a worker takes it."""
        future: Future[T] = self._pool.schedule(function, args=args, timeout=self._deadline)
        return future

    def result(self, future: Future[T]) -> T:
        """The call's result. Raises WorkerLost when its worker died or was late."""
        from pebble import ProcessExpired

        try:
            return future.result()
        except FutureTimeout:
            raise WorkerLost(True, f"no answer within {self._deadline:g} seconds") from None
        except ProcessExpired as error:
            raise WorkerLost(False, f"the worker ended with exit code {error.exitcode}") from None

    def close(self) -> None:
        """End the workers now."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()


def results_ahead(executor: Executor, function: Callable[[S], T], tasks: Iterable[S], /) -> Generator[T | None, None, None]:
    """The function's value for each task, in their order; as many tasks as the executor's window are in flight. None for one that
    failed. Tasks that nobody waits for any more are dropped."""
    waiting: deque[Future[T]] = deque()
    try:
        for task in tasks:
            waiting.append(executor.submit(function, task))
            if len(waiting) >= executor.window:
                yield _unless_lost(executor, waiting.popleft())
        while waiting:
            yield _unless_lost(executor, waiting.popleft())
    finally:
        for future in waiting:
            future.cancel()


def _unless_lost(executor: Executor, future: Future[T]) -> T | None:
    try:
        return executor.result(future)
    except Exception as error:  # the worker is lost, or its answer: whoever waits for it does the task
        _log.warning("what was to be done ahead failed (%s: %s) and is done by the main process", type(error).__name__, error)
        return None


def prepare() -> None:
    """Let the fork server start and import, while this process does what comes first. Can be called more than once."""
    if sys.platform != "win32":
        _context()
        forkserver.ensure_running()


def _context() -> Any:
    """Workers come from a fork server: it has no threads and no database connection that a fork could break."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOAD)
    return context
