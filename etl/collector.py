"""Python's collector of cyclic garbage, in a program that makes thousands of objects for a page and no cycle of them."""

from __future__ import annotations

import gc

_NEW_OBJECTS = 50_000


def collect_rarely() -> None:
    """Look for cycles only after many new objects. Imports make none, nor does reading a page or writing one: looking at every
    700, as Python does by itself, takes a twelfth of the time and finds nothing."""
    gc.set_threshold(_NEW_OBJECTS)


def leave_to_the_end() -> None:
    """The process ends: what there is need not be looked through once more, which takes a sixth of the time that loading a page
    does."""
    gc.freeze()
