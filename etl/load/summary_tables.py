"""The tables of what is counted over the whole archive; `summaries` keeps them, the views for analysts read them."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, Integer, Table

from etl.load.columns import metadata, partial_index
from etl.load.types import BigId, SafeText

_MONTH = "The month of `articles.published_date`: `2024-05`; empty for articles without a day."
_PUBLISHER = "As `articles.publisher_id`; 0 where that is NULL."


def _key(name: str, comment: str) -> Column[int]:
    return Column(name, BigId, primary_key=True, autoincrement=False, comment=comment)


def _month() -> Column[str]:
    return Column("month", SafeText, primary_key=True, comment=_MONTH)


def _number(name: str, comment: str) -> Column[int]:
    return Column(name, Integer, nullable=False, comment=comment)


def _has(name: str, what: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False, comment=f"Whether {what}.")


def _with(field: str) -> Column[int]:
    return _number(field, f"Those of the articles that have {field.replace('_', ' ')}.")


summary_months = Table(
    "summary_months",
    metadata,
    _month(),
    _key("publisher_id", _PUBLISHER),
    _number("articles", "Number of articles."),
    _number("words", "Their words."),
    _number("published", "Those of the articles that have `published_at`."),
    _with("subtitle"),
    _with("section"),
    _with("authors"),
    _with("tags"),
    _with("images"),
    _with("related_links"),
    comment="Articles by month and publisher, with how many have a field. Brought up to date at the end of each run.",
    sqlite_with_rowid=False,
)

summary_authors = Table(
    "summary_authors",
    metadata,
    _key("author_id", "The author (`authors.id`)."),
    _key("publisher_id", _PUBLISHER),
    _number("articles", "Number of articles that credit the author."),
    _number("words", "Their words."),
    Column("first_date", Date, comment="The earliest `published_date` of these. NULL where none has one."),
    Column("last_date", Date, comment="The latest."),
    comment="Articles by author and publisher. Brought up to date at the end of each run.",
    sqlite_with_rowid=False,
)

summary_tags = Table(
    "summary_tags",
    metadata,
    _key("tag_id", "The tag (`tags.id`)."),
    _number("articles", "Number of articles with the tag."),
    comment="Articles by tag. Brought up to date at the end of each run.",
    sqlite_with_rowid=False,
)

summary_tag_months = Table(
    "summary_tag_months",
    metadata,
    _key("tag_id", "The tag (`tags.id`)."),
    _month(),
    _number("articles", "Number of articles with the tag."),
    Index("ix_summary_tag_months_month", "month"),
    comment="Articles by tag and month. Brought up to date at the end of each run.",
    sqlite_with_rowid=False,
)

summary_tag_pairs = Table(
    "summary_tag_pairs",
    metadata,
    _key("tag_id", "A tag (`tags.id`)."),
    _key("other_id", "Another one; of the two, that with the later slug."),
    _number("articles", "Number of articles with both."),
    Index("ix_summary_tag_pairs_other_id", "other_id"),
    # Of most pairs there is one article: those are not worth an entry.
    partial_index("ix_summary_tag_pairs_articles", "articles", where="articles > 1"),
    comment="Articles by pair of tags that they have. Brought up to date at the end of each run.",
    sqlite_with_rowid=False,
)

summary_articles = Table(
    "summary_articles",
    metadata,
    _key("article_id", "The article (`articles.id`)."),
    Column("publisher_id", BigId, nullable=False, comment=_PUBLISHER),
    Column("published_date", Date, comment="As `articles.published_date`."),
    _number("word_count", "As `articles.word_count`."),
    _has("published", "it has `published_at`"),
    _has("subtitle", "it has a standfirst"),
    _has("section", "it has a section"),
    _has("images", "it has pictures"),
    _has("related_links", "it has links to other stories"),
    Column("authors", SafeText, comment="Its authors: their numbers, parted by commas. NULL where it has none."),
    Column("tags", SafeText, comment="Its tags: their numbers, in the order of their slugs. NULL where it has none."),
    comment="What each article was counted as: of one that changes or goes, it is taken off again.",
)

summary_queue = Table(
    "summary_queue",
    metadata,
    _key("article_id", "An article that is new, changed or removed."),
    comment="Articles not counted since they changed, kept by triggers. Empty when a run has ended.",
)
