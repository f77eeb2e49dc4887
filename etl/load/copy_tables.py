"""The tables of stories told in several places; `copies` keeps them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Double, ForeignKey, Index, Integer, Table

from etl.load.columns import metadata
from etl.load.types import BigId, Digest

article_stories = Table(
    "article_stories",
    metadata,
    Column(
        "article_id",
        BigId,
        primary_key=True,
        autoincrement=False,
        comment="The article (`articles.id`). The row of one that is removed goes when the run ends.",
    ),
    Column(
        "story_id",
        BigId,
        nullable=False,
        comment="The story: the same for articles that copy or rewrite one another, also by way of a third. It is the "
        "`articles.id` of the one loaded first, and changes only when stories turn out to be one, or one to be several.",
    ),
    Column("publisher_id", BigId, nullable=False, comment="As `articles.publisher_id`; 0 where that is NULL."),
    Column("shingles", Integer, comment="Different runs of three words in the body. NULL where it is too short to be compared."),
    Column("signature", Digest, comment="MinHash of these: 128 numbers of two bytes. NULL where the body is too short."),
    Index("ix_article_stories_story_id", "story_id"),
    comment="Which articles tell the same story, in the words of one text. Brought up to date at the end of each run.",
)

article_similarity = Table(
    "article_similarity",
    metadata,
    Column(
        "article_id",
        BigId,
        ForeignKey("articles.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        comment="The article.",
    ),
    Column(
        "other_id",
        BigId,
        ForeignKey("articles.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
        comment="An article with much the same text.",
    ),
    Column(
        "similarity",
        Double,
        nullable=False,
        comment="Share of the runs of three words that both bodies have of those that either has (Jaccard, estimated to about "
        "0.04): 1 for a copy.",
    ),
    Column(
        "containment",
        Double,
        nullable=False,
        comment="Share of the shorter body's runs of three words that the longer one has: near 1 for a copy cut short.",
    ),
    Index("ix_article_similarity_other_id", "other_id"),
    comment="Copies and rewrites, each pair in both directions. Brought up to date at the end of each run.",
    sqlite_with_rowid=False,
)

story_bands = Table(
    "story_bands",
    metadata,
    Column(
        "band",
        BigInteger,
        primary_key=True,
        autoincrement=False,
        comment="A part of the signature: articles that share one are compared.",
    ),
    Column("publisher_id", BigId, primary_key=True, autoincrement=False, comment="As `article_stories.publisher_id`."),
    Column("article_id", BigId, primary_key=True, autoincrement=False, comment="As `article_stories.article_id`."),
    comment="The index in which articles with a similar text are found: 32 rows for each that is long enough.",
    sqlite_with_rowid=False,
)

story_queue = Table(
    "story_queue",
    metadata,
    Column("article_id", BigId, primary_key=True, autoincrement=False, comment="An article that is new, changed or removed."),
    comment="Articles whose text has not been compared since it changed, kept by triggers. Empty when a run has ended.",
)
