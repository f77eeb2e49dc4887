"""`news-etl similar`: where else a story was printed."""

from __future__ import annotations

from typing import Annotated

import typer

from etl.cli import options

_COLUMNS = ("similarity", "containment", "published_at", "publisher", "title", "url", "article_id")


def similar(
    article: Annotated[str, typer.Argument(metavar="ARTICLE", help="An article's address, its `key`, or its number.")],
    config: options.Config = None,
    database: options.Database = options.DATABASE,
    as_json: options.AsJson = False,
) -> None:
    """List the articles that tell the same story in the same words: copies, cut versions, rewrites; the first printed first.

    Example: news-etl similar https://www.example.com/news/harbour-opens
    """
    from etl.cli.tables import print_rows
    from etl.load.queries import list_similar, opened
    from etl.transform.urls import key_of

    key = key_of(article) if article.startswith(("http://", "https://")) else article
    with opened(database) as connection:
        print_rows(list_similar(connection, article, key), _COLUMNS, as_json=as_json)
