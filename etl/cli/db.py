"""`news-etl db`: the database's schema."""

from __future__ import annotations

from typing import Annotated

import typer

from etl.cli import options

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Bring the schema up to date, or tell its revision.")


@app.command()
def upgrade(config: options.Config = None, database: options.Database = options.DATABASE) -> None:
    """Create the schema, or bring an older one up to date (`load` does so by itself).

    What the views count over the whole archive is brought up to date too.

    Example: news-etl db upgrade --database sqlite:///news.db
    """
    from etl.load.engine import open_engine
    from etl.load.schema import current_revision, ensure_current
    from etl.load.summaries import settle_summaries

    engine = open_engine(database)
    before = current_revision(engine)
    ensure_current(engine)
    settle_summaries(engine)
    after = current_revision(engine)
    typer.echo(f"schema {after}" + (" (nothing to do)" if before == after else f" (was {before or 'empty'})"))


@app.command()
def current(config: options.Config = None, database: options.Database = options.DATABASE) -> None:
    """Tell the schema revision of a database and the one this program needs.

    Example: news-etl db current
    """
    from etl.load.engine import open_engine
    from etl.load.schema import current_revision, head_revision

    engine = open_engine(database, must_exist=True)
    typer.echo(f"database {current_revision(engine) or 'empty'}, program {head_revision()}")


@app.command()
def query(
    sql: Annotated[str, typer.Argument(metavar="SQL", help="One SELECT statement.")],
    config: options.Config = None,
    database: options.Database = options.DATABASE,
    as_json: options.AsJson = False,
) -> None:
    """Ask the database; nothing can be changed by it.

    Example: news-etl db query "select title, published_at from articles order by published_at desc limit 5"
    """
    from etl.cli.tables import print_rows
    from etl.load.queries import ask, opened

    with opened(database) as connection:
        columns, rows = ask(connection, sql)
    print_rows(rows, columns, as_json=as_json)
