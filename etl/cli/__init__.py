"""The command line: reads arguments and environment, prints, sets the exit status.

One file a group of commands. Modules that a command needs are imported inside it, so that `--help` stays quick.
"""

from __future__ import annotations

import gc
import sys

from etl.cli.exits import Exit

_READING = ("load", "retry")
"""Commands that begin with pages for the workers."""
_NEW_OBJECTS = 50_000
"""As the run itself sets it (`etl.workers`): imports make many objects, and to look for cycles among them finds none."""
_WITHOUT_WORKERS = frozenset({"--in-process", "--help", "-h"})


def main() -> None:
    """The command `news-etl`."""
    gc.set_threshold(_NEW_OBJECTS)
    try:
        _run()
    finally:
        gc.freeze()  # or Python, as it ends, looks through all objects for cycles: a sixth of the time that loading a page takes


def _run() -> None:
    if any(word in _READING for word in sys.argv[1:2]) and _WITHOUT_WORKERS.isdisjoint(sys.argv):
        from etl.executors import prepare

        prepare()  # the workers' imports take long: they begin before the command line is read
    from etl.cli.app import program
    from etl.cli.failures import reported

    with reported():
        program(sys.argv[1:])(prog_name="news-etl")
    sys.exit(Exit.DONE)
