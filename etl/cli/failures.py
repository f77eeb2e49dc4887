"""Every failure ends as one line that says what happened and what to do; a traceback only when asked for."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from etl.cli.exits import Exit

TRACEBACK = "NEWS_ETL_TRACEBACK"


@contextmanager
def reported() -> Iterator[None]:
    """Turn what is raised inside into a message on stderr and an exit status."""
    from etl.errors import EtlError, FileFault, Locked, UsageError

    try:
        yield
    except (UsageError, FileFault) as error:
        _end(str(error), Exit.USAGE)
    except Locked as error:
        _end(str(error), Exit.LOCKED)
    except EtlError as error:
        _end(str(error), Exit.FAILED)
    except KeyboardInterrupt:
        _end("interrupted", Exit.INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output (`| head`) is gone: no one to tell. Keeps the interpreter from complaining at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(Exit.DONE)
    except Exception as error:
        if os.environ.get(TRACEBACK):
            traceback.print_exc()
        _end(
            f"a fault of news-etl: {type(error).__name__}: {error}. Run again with {TRACEBACK}=1 in the environment "
            "for the traceback, and report it.",
            Exit.FAILED,
        )


def _end(message: str, status: Exit) -> None:
    from etl.cli.logs import tell

    tell(message)
    sys.exit(status)
