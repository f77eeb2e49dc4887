"""The command line: reads arguments and environment, prints, sets the exit status.

One file a group of commands. Modules that a command needs are imported inside it, so that `--help` stays quick.
"""

from __future__ import annotations

import sys

from etl.cli.exits import Exit


def main() -> None:
    """The command `news-etl`."""
    from etl.cli.app import app
    from etl.cli.failures import reported

    with reported():
        app(prog_name="news-etl")
    sys.exit(Exit.DONE)
