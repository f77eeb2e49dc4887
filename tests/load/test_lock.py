"""One run at a time on a database, with processes of their own: who holds the lock is told, and its death frees it at once."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from etl.errors import Locked
from etl.load.engine import open_engine, writing
from etl.load.ledger import Ledger
from etl.load.lock import run_lock

ROOT = Path(__file__).parents[2]
COMMAND = "news-etl load it's %s :here"
HOLD = """
import os, socket, sys, time
from etl.load.engine import open_engine
from etl.load.lock import run_lock
with run_lock(open_engine(sys.argv[1]), host=socket.gethostname(), pid=os.getpid(), command=sys.argv[2]):
    print("held", flush=True)
    time.sleep(float(sys.argv[3]))
"""


def address(engine: Engine) -> str:
    return engine.url.render_as_string(hide_password=False)


@contextlib.contextmanager
def holder(engine: Engine, seconds: float = 60) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the lock for some seconds."""
    command = [sys.executable, "-c", HOLD, address(engine), COMMAND, str(seconds)]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        try:
            yield process
        finally:
            process.kill()


@contextlib.contextmanager
def mine(engine: Engine, wait: float = 0.0) -> Iterator[None]:
    with run_lock(engine, host=socket.gethostname(), pid=os.getpid(), command="test", wait=wait):
        yield


def test_a_second_process_is_told_who_holds_the_database(database: Engine) -> None:
    with holder(database) as process, pytest.raises(Locked) as refused, mine(database):
        pass
    assert f"process {process.pid} on {socket.gethostname()} since 20" in refused.value.holder


def test_the_command_of_the_holder_is_told(database: Engine) -> None:
    with holder(database) as process:
        Ledger(database).begin(version="1", command=COMMAND, host=socket.gethostname(), pid=process.pid)
        with pytest.raises(Locked) as refused, mine(database):
            pass
    assert refused.value.holder.endswith(f": {COMMAND}")


def test_a_holder_killed_frees_the_database_at_once(database: Engine) -> None:
    with holder(database) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
        started = time.monotonic()
        with mine(database, wait=5):
            assert time.monotonic() - started < 2


def test_a_run_that_waits_begins_when_the_holder_ends(database: Engine) -> None:
    with holder(database, seconds=0.5), mine(database, wait=30):
        pass


def test_a_run_that_waits_can_be_told_to_give_up(database: Engine) -> None:
    with holder(database):
        lock = run_lock(database, host="here", pid=1, command="test", wait=60, given_up=lambda: True)
        with pytest.raises(Locked), lock:
            pass


def test_the_lock_is_free_again_after_its_block_even_when_that_raised(database: Engine) -> None:
    with contextlib.suppress(ZeroDivisionError), mine(database):
        raise ZeroDivisionError
    with mine(database):
        pass


def test_a_holder_hinders_no_writer(database: Engine) -> None:
    with mine(database), writing(database) as connection:
        assert connection.execute(text("SELECT 1")).scalar_one() == 1


def test_a_database_in_memory_needs_no_lock() -> None:
    engine = open_engine("sqlite://")
    with mine(engine), mine(engine):
        pass


def test_two_names_of_one_file_share_the_lock(sqlite_database: Engine, tmp_path: Path) -> None:
    (tmp_path / "link.db").symlink_to(str(sqlite_database.url.database))
    with mine(sqlite_database), pytest.raises(Locked), mine(open_engine(f"sqlite:///{tmp_path / 'link.db'}")):
        pass
