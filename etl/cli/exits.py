"""Exit statuses: what cron and scripts may rely on (documented in docs/cli.md)."""

from __future__ import annotations

import enum


class Exit(enum.IntEnum):
    """The program's exit statuses."""

    DONE = 0
    """All that was asked is done. Rejected pages are reported, and are no failure."""
    FAILED = 1
    """The run failed: the database cannot be used, or a fault of the program."""
    USAGE = 2
    """Wrong options, a source that is not there, a wrong profile or configuration file."""
    TOO_MANY_REJECTED = 3
    """`--max-rejected` was passed."""
    UNWELL = 4
    """`status`: no run has succeeded, or the last good one is too old or too bad; with `--fail-on-drop` also a lost field."""
    SOURCE_FAILED = 5
    """`run`: a configured source could not be read; the others were loaded."""
    LOCKED = 75
    """Another run holds the database (EX_TEMPFAIL: try again later)."""
    INTERRUPTED = 130
    """Ctrl-C; the batches in hand were finished (143 for SIGTERM)."""
    TERMINATED = 143
    """SIGTERM; the batches in hand were finished."""
