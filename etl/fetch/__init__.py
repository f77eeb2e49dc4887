"""Fetch: from configured addresses to a spool of WARC files, politely. `fetch` asks for what is new or changed.

It decides what to ask for and how; what a page says is `etl.transform`'s business, and `etl.extract` reads the spool like any
other archive. It knows no database: what it must remember of an address it asks of, and tells, a `Memory`.
"""

from __future__ import annotations

from etl.fetch.budget import Budget
from etl.fetch.client import Client, Terms
from etl.fetch.job import Counts, Listing, Memory, fetch

__all__ = ["Budget", "Client", "Counts", "Listing", "Memory", "Terms", "fetch"]
