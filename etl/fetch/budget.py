"""How much a source, or a whole run, may ask of the net: pages, bytes, time. What is left over is for the next run."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(kw_only=True)
class Budget:
    """Limits, and what has been spent of them; None does not limit."""

    of: str
    """Whose it is, for the log: `the source`, `the run`."""
    pages: int | None = None
    bytes: int | None = None
    seconds: float | None = None
    clock: Callable[[], float] = time.monotonic
    _started: float = field(init=False)
    _pages: int = 0
    _bytes: int = 0

    def __post_init__(self) -> None:
        self._started = self.clock()

    def take_page(self) -> bool:
        """Whether one more page may be asked for; it counts from now on."""
        if self.pages is not None and self._pages >= self.pages:
            return False
        self._pages += 1
        return True

    def spend(self, size: int) -> None:
        """An answer of that many bytes has come."""
        self._bytes += size

    def spent(self) -> str:
        """Why nothing more may be asked for, the number of pages aside; empty while something may."""
        if self.bytes is not None and self._bytes >= self.bytes:
            return f"{self.of} may fetch {self.bytes} bytes at a time"
        if self.seconds is not None and self.clock() - self._started >= self.seconds:
            return f"{self.of} may fetch for {self.seconds:g} seconds at a time"
        return ""
