"""The command line: reads arguments and environment, prints, sets the exit status.

One file a group of commands. Modules that a command needs are imported inside it, so that `--help` stays quick.
"""

from __future__ import annotations

import sys

from etl.cli.exits import Exit
from etl.collector import collect_rarely, leave_to_the_end

_READING = ("load", "retry")
"""Commands that begin with pages for the workers."""
_WITHOUT_WORKERS = frozenset({"--in-process", "--help", "-h"})


def main() -> None:
    """The command `news-etl`."""
    collect_rarely()
    try:
        _run()
    finally:
        leave_to_the_end()


def _run() -> None:
    if any(word in _READING for word in sys.argv[1:2]) and _WITHOUT_WORKERS.isdisjoint(sys.argv):
        from etl.executors import prepare

        prepare()  # the workers' imports take long: they begin before the command line is read
    from etl.cli.app import program
    from etl.cli.failures import reported

    with reported():
        program(sys.argv[1:])(prog_name="news-etl")
    sys.exit(Exit.DONE)
