"""What the table definitions share: the metadata with its naming convention, and columns that recur."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import CheckConstraint, Column, Index, MetaData, text

from etl.load.types import BigId

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def one_of(column: str, words: Iterable[str]) -> CheckConstraint:
    """The column holds one of these words (or NULL)."""
    listed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=column)


def surrogate() -> Column[int]:
    """A row's own number, without meaning."""
    return Column("id", BigId, primary_key=True, comment="Surrogate key.")


# What an index is on PostgreSQL is kept in its `info` until `for_migrations` is called: to check `postgresql_where` SQLAlchemy
# would import all of that database's drivers, a tenth of a start, and only migrations make indexes.
def partial_index(name: str, *columns: str, where: str) -> Index:
    """An index of the rows for which a condition holds."""
    return Index(name, *columns, sqlite_where=text(where), info={"postgresql_where": where})


def hash_index(name: str, column: str) -> Index:
    """On PostgreSQL an index of hashes, for equality alone: texts may be too long for another."""
    return Index(name, column, info={"postgresql_using": "hash"})


def for_migrations() -> MetaData:
    """The models with what their indexes are on PostgreSQL, for what makes indexes of them or compares them."""
    for table in metadata.tables.values():
        for index in table.indexes:
            for option, value in index.info.items():
                index.dialect_kwargs[option] = text(value) if option == "postgresql_where" else value
    return metadata
