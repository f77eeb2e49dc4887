"""`python -m tests.night.dying STATEMENT ARGUMENT…`: news-etl that is killed (SIGKILL) right before it sends the database the
first statement that begins with these words."""

from __future__ import annotations

import os
import signal
import sys
from typing import Any

from sqlalchemy import Engine, event

from etl.cli import main


def die_before(words: str) -> None:
    """Kill this process at the first such statement."""

    def listen(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if statement.startswith(words):
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", listen)


if __name__ == "__main__":
    die_before(sys.argv.pop(1))
    main()
