"""`news-etl search`: full-text search."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from etl.cli import options

_COLUMNS = ("published_date", "publisher", "title", "snippet", "url")
_DAY = ["%Y-%m-%d"]


def search(
    query: Annotated[str, typer.Argument(metavar="QUERY", help='Words, "phrases", OR, NOT or -, word*, NEAR, brackets.')],
    config: options.Config = None,
    database: options.Database = options.DATABASE,
    since: Annotated[dt.datetime | None, typer.Option(formats=_DAY, metavar="DAY", help="Published on DAY or later.")] = None,
    until: Annotated[dt.datetime | None, typer.Option(formats=_DAY, metavar="DAY", help="Published on DAY or before.")] = None,
    publisher: Annotated[str | None, typer.Option(metavar="DOMAIN", help="Only of this publisher.")] = None,
    tag: Annotated[str | None, typer.Option(metavar="TAG", help="Only with this tag.")] = None,
    language: Annotated[
        str | None, typer.Option(metavar="TAG", help="On PostgreSQL: find other forms of the words in this language, as `en`.")
    ] = None,
    last: Annotated[int, typer.Option(min=1, metavar="N", help="At most N articles.")] = 20,
    as_json: options.AsJson = False,
) -> None:
    """Find articles by the words of their title, standfirst and body, the best first.

    Of a word that very many articles have, those loaded last are ranked.

    Example: news-etl search "nato NEAR russia" --since 2021-12-01
    """
    from etl.cli.tables import print_rows
    from etl.load.queries import opened
    from etl.load.search import Filter
    from etl.load.search import search as find

    only = Filter(since=since and since.date(), until=until and until.date(), publisher=publisher, tag=tag)
    with opened(database) as connection:
        print_rows(find(connection, query, only=only, language=language, last=last), _COLUMNS, as_json=as_json)
