"""The command line: reads arguments and environment, prints, sets the exit status."""

from __future__ import annotations


def main() -> None:
    """The command `news-etl`."""
