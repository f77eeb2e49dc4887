"""`news-etl inspect`: what would be loaded from one page, and where each value was found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from etl.cli import options

if TYPE_CHECKING:
    from etl.records import Article, Rejected

_SHOWN = 300


def inspect(
    page: Annotated[str, typer.Argument(metavar="PAGE", help="A saved page, a text capture, or an archive.")],
    config: options.Config = None,
    publishers: options.PublishersFolder = None,
    url: Annotated[str | None, typer.Option(help="Of an archive: only the page with this address.")] = None,
    as_json: options.AsJson = False,
) -> None:
    """Show what would be loaded from a page, field by field, and where each value was found.

    Example: news-etl inspect samples/jpost-2021-tram.html
    """
    from etl.cli import logs
    from etl.extract import Limits, find_sources, read
    from etl.publishers import load_profiles
    from etl.records import Page, PassedOver
    from etl.transform import transform

    logs.set_up(quiet=False, verbose=False)
    profiles = load_profiles(publishers)
    found = False
    for source in find_sources([page]):
        for entry in read(source, Limits()):
            if isinstance(entry, PassedOver) or (url and (not isinstance(entry, Page) or entry.url != url)):
                continue
            found = True
            _print(transform(entry, profiles) if isinstance(entry, Page) else entry, as_json)
    if not found:
        from etl.errors import UsageError

        raise UsageError(f"{page}: holds no page" + (f" with the address {url}" if url else ""))


def _print(outcome: Article | Rejected, as_json: bool) -> None:
    import json

    from etl.records import Rejected

    if as_json:
        typer.echo(json.dumps(as_data(outcome), ensure_ascii=False, indent=2))
    elif isinstance(outcome, Rejected):
        typer.echo(f"rejected ({outcome.reason.value}): {outcome.message}\n")
    else:
        typer.echo("\n".join(_lines(outcome)) + "\n")


def as_data(outcome: Article | Rejected) -> dict[str, Any]:
    """The record as plain data for JSON: every field with its value, its origin and the place it was found at."""
    import dataclasses
    import json

    data = dataclasses.asdict(outcome)
    plain: dict[str, Any] = json.loads(json.dumps(data, default=str))
    return plain


def _lines(article: Article) -> list[str]:
    data = as_data(article)
    lines = []
    for name in _FIELDS:
        place = " ".join(filter(None, (data["origins"].get(name), data["details"].get(name) and f"({data['details'][name]})")))
        lines.append(f"{name:14}{_short(data[name])}" + (f"   <- {place}" if place else ""))
        if isinstance(data[name], list):
            lines += [f"    {number}. {_item(item)}" for number, item in enumerate(data[name], 1)]
    return lines


_FIELDS = (
    "key", "url", "publisher", "title", "subtitle", "section", "language", "published", "updated", "authors", "tags", "access",
    "images", "related_links", "word_count", "body",
)  # fmt: skip


def _short(value: Any) -> str:
    if value is None:
        return "-"
    if isinstance(value, list):
        return f"{len(value)}"
    if isinstance(value, dict):
        return _item(value)
    text = " ".join(str(value).split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}… ({len(text)} characters)"


def _item(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_short(part)}" for name, part in value.items() if part not in (None, "", {}))
    return _short(value)
