"""`python -m tests.night [FOLDER]`: the rehearsal of the nightly job; exit status 0 when every night went as it must."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.night.rehearsal import run_all


def main() -> None:
    """In the folder named (it stays, for a look at the databases and the spool), or in one that is removed."""
    if len(sys.argv) > 1:
        run_all(Path(sys.argv[1]))
    else:
        with tempfile.TemporaryDirectory() as folder:
            run_all(Path(folder))
    print("every night went as it must")


if __name__ == "__main__":
    main()
