"""`news-etl db`: the database's schema."""

from __future__ import annotations

import typer

from etl.cli import options

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Bring the schema up to date, or tell its revision.")


@app.command()
def upgrade(database: options.Database = options.DATABASE) -> None:
    """Create the schema, or bring an older one up to date (`load` does so by itself).

    Example: news-etl db upgrade --database sqlite:///news.db
    """
    from etl.load.engine import open_engine
    from etl.load.schema import current_revision, ensure_current

    engine = open_engine(database)
    before = current_revision(engine)
    ensure_current(engine)
    after = current_revision(engine)
    typer.echo(f"schema {after}" + (" (nothing to do)" if before == after else f" (was {before or 'empty'})"))


@app.command()
def current(database: options.Database = options.DATABASE) -> None:
    """Tell the schema revision of a database and the one this program needs.

    Example: news-etl db current
    """
    from etl.load.engine import open_engine
    from etl.load.schema import current_revision, head_revision

    engine = open_engine(database, create=False)
    typer.echo(f"database {current_revision(engine) or 'empty'}, program {head_revision()}")
