"""Options that commands share as groups: a parameter of a group's type stands for that group's options, one by one.

@grouped
def load(*, reading: Reading, limit: Limit = None, log: Log) -> None: ...      # --database … --limit … --log-format …
"""

from __future__ import annotations

import dataclasses
import functools
import inspect
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_type_hints

import typer

from etl.cli import options
from etl.settings import Settings, readers_for, usable_cores

if TYPE_CHECKING:
    from etl.load.selection import Selection


@dataclasses.dataclass(frozen=True, kw_only=True)
class Reading:
    """How pages are read, and the database that they go to."""

    config: options.Config = None
    database: options.Database = options.DATABASE
    publishers: options.PublishersFolder = None
    workers: options.Workers = 0
    readers: options.Readers = None
    in_process: options.InProcess = False
    page_timeout: options.PageTimeout = options.PAGE_TIMEOUT
    max_page_bytes: options.MaxPageBytes = options.MAX_PAGE_BYTES
    wait: options.Wait = 0.0

    def settings(self) -> Settings:
        """The settings of a run that these ask for."""
        workers = self.workers or usable_cores()
        return Settings(
            database=self.database,
            publishers=self.publishers,
            workers=workers,
            readers=readers_for(workers) if self.readers is None else self.readers,
            in_process=self.in_process,
            page_timeout=self.page_timeout,
            max_page_bytes=self.max_page_bytes,
            wait=self.wait,
        )


@dataclasses.dataclass(frozen=True, kw_only=True)
class Telling:
    """How a run's end is judged, and who is told of it."""

    max_rejected: options.MaxRejected = None
    summary_json: options.SummaryFile = None
    metrics_file: options.MetricsFile = None
    ping_url: options.PingUrl = None


@dataclasses.dataclass(frozen=True, kw_only=True)
class Choice:
    """Which of the pages seen are meant."""

    status: options.OfStatus = None
    reason: options.OfReason = None
    since: options.Since = None
    publisher: options.OfPublisher = None
    source: options.OfSource = None
    run: options.OfRun = None

    def selection(self, context: typer.Context) -> Selection:
        """The same for the database."""
        from etl.load.selection import Selection

        return Selection(
            status=self.status and self.status.value,
            reason=self.reason and self.reason.value,
            since=options.since(self.since),
            publisher=self.publisher,
            source=self.source and _place(context, self.source),
            run=self.run,
        )


def _place(context: typer.Context, text: str) -> str:
    """A configured source that fetches stands for its folder in the spool; anything else is a path."""
    from etl.cli.settled import config_of
    from etl.extract import uri_of
    from etl.fetching import spool_folder

    if "://" in text:
        return text
    config = config_of(context)
    fetched = any(source.name == text and source.kind != "files" for source in config.sources)
    path = spool_folder(config.fetch, text) if fetched else Path(text)
    return uri_of(Path(os.path.abspath(path)))  # noqa: PTH100 - as sources are named: a link under its own name


@dataclasses.dataclass(frozen=True, kw_only=True)
class Log:
    """What is printed while a run lasts."""

    log_format: options.LogForm = options.LogFormat.TEXT
    quiet: options.Quiet = False
    verbose: options.Verbose = False


def grouped(command: Callable[..., None]) -> Callable[..., None]:
    """The command as Typer is to see it: each parameter of a group's type replaced by the group's options, in their order."""
    signature = inspect.signature(command, eval_str=True)
    parameters = signature.parameters.values()
    groups: dict[str, type[Any]] = {one.name: one.annotation for one in parameters if _is_group(one.annotation)}
    names = {name: [field.name for field in dataclasses.fields(group)] for name, group in groups.items()}

    @functools.wraps(command)
    def called(**values: Any) -> None:
        filled = {name: group(**{option: values.pop(option) for option in names[name]}) for name, group in groups.items()}
        command(**values, **filled)

    flat = [option for one in parameters for option in (_options(groups[one.name]) if one.name in groups else [one])]
    called.__signature__ = signature.replace(parameters=flat)  # type: ignore[attr-defined]  # what `inspect` looks at first
    called.__annotations__ = {option.name: option.annotation for option in flat}
    return called


def _is_group(annotation: Any) -> bool:
    return isinstance(annotation, type) and dataclasses.is_dataclass(annotation)


def _options(group: type[Any]) -> list[inspect.Parameter]:
    types = get_type_hints(group, include_extras=True)
    return [
        inspect.Parameter(field.name, inspect.Parameter.KEYWORD_ONLY, default=field.default, annotation=types[field.name])
        for field in dataclasses.fields(group)
    ]
