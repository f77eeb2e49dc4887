"""What is counted over the whole archive, in tables of its own, and the views that read them.

Rules of a migration: see `script.py.mako`. Articles loaded before are queued: the next run, or `news-etl db upgrade`, counts them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MONTH = "The month of `articles.published_date`: `2024-05`; empty for articles without a day."
PUBLISHER = "As `articles.publisher_id`; 0 where that is NULL."
TAG = "The tag (`tags.id`)."
FIELDS = ("subtitle", "section", "authors", "tags", "images", "related_links")


def number(name: str, comment: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False, comment=comment)


def key(name: str, comment: str) -> sa.Column[int]:
    return sa.Column(name, BigId, nullable=False, autoincrement=False, comment=comment)


def flag(name: str, comment: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False, comment=comment)


def month() -> sa.Column[str]:
    return sa.Column("month", sa.Text(), nullable=False, comment=MONTH)


# By name: columns, primary key, comment.
TABLES: dict[str, tuple[Callable[[], list[sa.Column[Any]]], tuple[str, ...], str]] = {
    "summary_months": (
        lambda: [
            month(),
            key("publisher_id", PUBLISHER),
            number("articles", "Number of articles."),
            number("words", "Their words."),
            number("published", "Those of the articles that have `published_at`."),
            *(number(field, f"Those of the articles that have {field.replace('_', ' ')}.") for field in FIELDS),
        ],
        ("month", "publisher_id"),
        "Articles by month and publisher, with how many have a field. Brought up to date at the end of each run.",
    ),
    "summary_authors": (
        lambda: [
            key("author_id", "The author (`authors.id`)."),
            key("publisher_id", PUBLISHER),
            number("articles", "Number of articles that credit the author."),
            number("words", "Their words."),
            sa.Column(
                "first_date", sa.Date(), nullable=True, comment="The earliest `published_date` of these. NULL where none has one."
            ),
            sa.Column("last_date", sa.Date(), nullable=True, comment="The latest."),
        ],
        ("author_id", "publisher_id"),
        "Articles by author and publisher. Brought up to date at the end of each run.",
    ),
    "summary_tags": (
        lambda: [key("tag_id", TAG), number("articles", "Number of articles with the tag.")],
        ("tag_id",),
        "Articles by tag. Brought up to date at the end of each run.",
    ),
    "summary_tag_months": (
        lambda: [key("tag_id", TAG), month(), number("articles", "Number of articles with the tag.")],
        ("tag_id", "month"),
        "Articles by tag and month. Brought up to date at the end of each run.",
    ),
    "summary_tag_pairs": (
        lambda: [
            key("tag_id", "A tag (`tags.id`)."),
            key("other_id", "Another one; of the two, that with the later slug."),
            number("articles", "Number of articles with both."),
        ],
        ("tag_id", "other_id"),
        "Articles by pair of tags that they have. Brought up to date at the end of each run.",
    ),
    "summary_articles": (
        lambda: [
            key("article_id", "The article (`articles.id`)."),
            sa.Column("publisher_id", BigId, nullable=False, comment=PUBLISHER),
            sa.Column("published_date", sa.Date(), nullable=True, comment="As `articles.published_date`."),
            number("word_count", "As `articles.word_count`."),
            flag("published", "Whether it has `published_at`."),
            flag("subtitle", "Whether it has a standfirst."),
            flag("section", "Whether it has a section."),
            flag("images", "Whether it has pictures."),
            flag("related_links", "Whether it has links to other stories."),
            sa.Column(
                "authors",
                sa.Text(),
                nullable=True,
                comment="Its authors: their numbers, parted by commas. NULL where it has none.",
            ),
            sa.Column(
                "tags",
                sa.Text(),
                nullable=True,
                comment="Its tags: their numbers, in the order of their slugs. NULL where it has none.",
            ),
        ],
        ("article_id",),
        "What each article was counted as: of one that changes or goes, it is taken off again.",
    ),
    "summary_queue": (
        lambda: [key("article_id", "An article that is new, changed or removed.")],
        ("article_id",),
        "Articles not counted since they changed, kept by triggers. Empty when a run has ended.",
    ),
}
WITH_ROWID = ("summary_articles", "summary_queue")
INDEXES: dict[str, tuple[str, list[str], str | None]] = {
    "ix_summary_tag_months_month": ("summary_tag_months", ["month"], None),
    "ix_summary_tag_pairs_other_id": ("summary_tag_pairs", ["other_id"], None),
    "ix_summary_tag_pairs_articles": ("summary_tag_pairs", ["articles"], "articles > 1"),
}
# Authors and tags are asked for by name; names are of any length, which only a hash index takes.
NAMED = {"ix_authors_name": "authors", "ix_tags_name": "tags"}

# Links and pictures, authors and tags change only with `content_sha256`.
COUNTED = ("content_sha256", "publisher_id", "published_at", "published_date", "subtitle", "section", "word_count")
SQLITE_UP = (
    """CREATE TRIGGER summary_queue_insert AFTER INSERT ON articles BEGIN
           INSERT INTO summary_queue (article_id) SELECT new.id
           WHERE NOT EXISTS (SELECT 1 FROM summary_queue WHERE article_id = new.id);
       END""",
    """CREATE TRIGGER summary_queue_update AFTER UPDATE OF {columns} ON articles WHEN {changed} BEGIN
           INSERT INTO summary_queue (article_id) SELECT new.id
           WHERE NOT EXISTS (SELECT 1 FROM summary_queue WHERE article_id = new.id);
       END""",
    """CREATE TRIGGER summary_queue_delete AFTER DELETE ON articles BEGIN
           INSERT INTO summary_queue (article_id) SELECT old.id
           WHERE NOT EXISTS (SELECT 1 FROM summary_queue WHERE article_id = old.id);
       END""",
)
SQLITE_DOWN = ("DROP TRIGGER summary_queue_delete", "DROP TRIGGER summary_queue_update", "DROP TRIGGER summary_queue_insert")
POSTGRESQL_UP = (
    """CREATE FUNCTION summary_queue_keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
           INSERT INTO summary_queue (article_id) VALUES (coalesce(new.id, old.id)) ON CONFLICT DO NOTHING;
           RETURN NULL;
       END $$""",
    "CREATE TRIGGER summary_queue_insert AFTER INSERT OR DELETE ON articles FOR EACH ROW EXECUTE FUNCTION summary_queue_keep()",
    """CREATE TRIGGER summary_queue_update AFTER UPDATE OF {columns} ON articles FOR EACH ROW WHEN ({changed}) EXECUTE FUNCTION summary_queue_keep()""",
)
POSTGRESQL_DOWN = (
    "DROP TRIGGER summary_queue_update ON articles",
    "DROP TRIGGER summary_queue_insert ON articles",
    "DROP FUNCTION summary_queue_keep()",
)

REAL = {"sqlite": "REAL", "postgresql": "double precision"}
OLD_MONTH = {"sqlite": "substr(a.published_date, 1, 7)", "postgresql": "to_char(a.published_date, 'YYYY-MM')"}
VIEWS = {
    "articles_per_day": """
        SELECT p.domain AS publisher, d.published_date, d.articles, d.words
        FROM (SELECT a.publisher_id, a.published_date, count(*) AS articles, sum(a.word_count) AS words FROM articles a
              WHERE a.published_date IS NOT NULL GROUP BY a.published_date, a.publisher_id) d
             LEFT JOIN publishers p ON p.id = d.publisher_id""",
    "author_output": """
        SELECT u.id AS author_id, u.name AS author, u.kind, p.domain AS publisher, s.articles, s.words, s.first_date, s.last_date
        FROM summary_authors s JOIN authors u ON u.id = s.author_id LEFT JOIN publishers p ON p.id = s.publisher_id""",
    "tag_trend": """
        SELECT g.slug, g.name AS tag, m.month, m.articles,
               CAST(m.articles AS {real}) / (SELECT sum(t.articles) FROM summary_months t WHERE t.month = m.month) AS share
        FROM summary_tag_months m JOIN tags g ON g.id = m.tag_id
        WHERE m.month <> ''""",
    "tag_pairs": """
        SELECT a.name AS tag, b.name AS other_tag, c.articles,
               CAST(c.articles AS {real}) * (SELECT sum(t.articles) FROM summary_months t)
               / (CAST(n.articles AS {real}) * o.articles) AS lift
        FROM summary_tag_pairs c JOIN summary_tags n ON n.tag_id = c.tag_id JOIN summary_tags o ON o.tag_id = c.other_id
             JOIN tags a ON a.id = c.tag_id JOIN tags b ON b.id = c.other_id""",
    "most_linked": """
        SELECT t.id AS article_id, p.domain AS publisher, t.title, t.published_date,
               (SELECT count(DISTINCT l.article_id) FROM related_links l WHERE l.target_article_id = t.id) AS linked_from
        FROM articles t LEFT JOIN publishers p ON p.id = t.publisher_id
        WHERE EXISTS (SELECT 1 FROM related_links l WHERE l.target_article_id = t.id)""",
    "field_coverage": """
        SELECT p.domain AS publisher, s.articles, {shares}
        FROM (SELECT m.publisher_id, sum(m.articles) AS articles, {sums}
              FROM summary_months m GROUP BY m.publisher_id) s
             LEFT JOIN publishers p ON p.id = s.publisher_id""",
}
COVERED = ("published", *FIELDS)
SHARES = ", ".join(f"CAST(s.{field} AS {{real}}) / s.articles AS {field}" for field in COVERED)
SUMS = ", ".join(f"sum(m.{field}) AS {field}" for field in COVERED)

# As revision 0002 made them.
OLD_VIEWS = {
    "articles_per_day": """
        SELECT p.domain AS publisher, a.published_date, count(*) AS articles, sum(a.word_count) AS words
        FROM articles a LEFT JOIN publishers p ON p.id = a.publisher_id
        WHERE a.published_date IS NOT NULL
        GROUP BY p.domain, a.published_date""",
    "author_output": """
        SELECT u.id AS author_id, u.name AS author, u.kind, p.domain AS publisher, count(*) AS articles,
               sum(a.word_count) AS words, min(a.published_date) AS first_date, max(a.published_date) AS last_date
        FROM authors u JOIN article_authors x ON x.author_id = u.id JOIN articles a ON a.id = x.article_id
             LEFT JOIN publishers p ON p.id = a.publisher_id
        GROUP BY u.id, u.name, u.kind, p.domain""",
    "tag_trend": """
        SELECT g.slug, g.name AS tag, m.month, m.articles, CAST(m.articles AS {real}) / t.articles AS share
        FROM (SELECT x.tag_id, {month} AS month, count(*) AS articles
              FROM article_tags x JOIN articles a ON a.id = x.article_id
              WHERE a.published_date IS NOT NULL GROUP BY x.tag_id, {month}) m
             JOIN (SELECT {month} AS month, count(*) AS articles FROM articles a
                   WHERE a.published_date IS NOT NULL GROUP BY {month}) t ON t.month = m.month
             JOIN tags g ON g.id = m.tag_id""",
    "tag_pairs": """
        SELECT a.name AS tag, b.name AS other_tag, c.articles,
               CAST(c.articles AS {real}) * (SELECT count(*) FROM articles) / (n.articles * o.articles) AS lift
        FROM (SELECT x.tag_id AS one, y.tag_id AS two, count(*) AS articles
              FROM article_tags x JOIN tags g ON g.id = x.tag_id
                   JOIN article_tags y ON y.article_id = x.article_id JOIN tags h ON h.id = y.tag_id AND h.slug > g.slug
              GROUP BY x.tag_id, y.tag_id) c
             JOIN (SELECT tag_id, count(*) AS articles FROM article_tags GROUP BY tag_id) n ON n.tag_id = c.one
             JOIN (SELECT tag_id, count(*) AS articles FROM article_tags GROUP BY tag_id) o ON o.tag_id = c.two
             JOIN tags a ON a.id = c.one JOIN tags b ON b.id = c.two""",
    "most_linked": """
        SELECT t.id AS article_id, p.domain AS publisher, t.title, t.published_date, count(DISTINCT l.article_id) AS linked_from
        FROM related_links l JOIN articles t ON t.id = l.target_article_id LEFT JOIN publishers p ON p.id = t.publisher_id
        GROUP BY t.id, p.domain, t.title, t.published_date""",
    "field_coverage": """
        SELECT p.domain AS publisher, count(*) AS articles,
               CAST(avg(CASE WHEN a.published_at IS NULL THEN 0.0 ELSE 1.0 END) AS {real}) AS published,
               CAST(avg(CASE WHEN a.subtitle IS NULL THEN 0.0 ELSE 1.0 END) AS {real}) AS subtitle,
               CAST(avg(CASE WHEN a.section IS NULL THEN 0.0 ELSE 1.0 END) AS {real}) AS section,
               CAST(avg(CASE WHEN EXISTS (SELECT 1 FROM article_authors x WHERE x.article_id = a.id)
                             THEN 1.0 ELSE 0.0 END) AS {real}) AS authors,
               CAST(avg(CASE WHEN EXISTS (SELECT 1 FROM article_tags x WHERE x.article_id = a.id)
                             THEN 1.0 ELSE 0.0 END) AS {real}) AS tags,
               CAST(avg(CASE WHEN EXISTS (SELECT 1 FROM images x WHERE x.article_id = a.id)
                             THEN 1.0 ELSE 0.0 END) AS {real}) AS images,
               CAST(avg(CASE WHEN EXISTS (SELECT 1 FROM related_links x WHERE x.article_id = a.id)
                             THEN 1.0 ELSE 0.0 END) AS {real}) AS related_links
        FROM articles a LEFT JOIN publishers p ON p.id = a.publisher_id
        GROUP BY p.domain""",
}


def upgrade() -> None:
    _make_tables()
    _make_triggers()
    op.execute("INSERT INTO summary_queue (article_id) SELECT id FROM articles")
    _make_views(VIEWS)


def downgrade() -> None:
    _make_views(OLD_VIEWS)
    for statement in SQLITE_DOWN if op.get_bind().dialect.name == "sqlite" else POSTGRESQL_DOWN:
        op.execute(statement)
    for name, table in NAMED.items():
        op.drop_index(op.f(name), table)
    for table in TABLES:
        op.drop_table(table)


def _make_tables() -> None:
    for name, (columns, keys, comment) in TABLES.items():
        made = sa.PrimaryKeyConstraint(*keys, name=op.f(f"pk_{name}"))
        op.create_table(name, *columns(), made, comment=comment, sqlite_with_rowid=name in WITH_ROWID)
    for name, (table, indexed, where) in INDEXES.items():
        only = sa.text(where) if where else None
        op.create_index(op.f(name), table, indexed, sqlite_where=only, postgresql_where=only)
    for name, table in NAMED.items():
        op.create_index(op.f(name), table, ["name"], postgresql_using="hash")


def _make_triggers() -> None:
    statements, other = (SQLITE_UP, "IS NOT") if op.get_bind().dialect.name == "sqlite" else (POSTGRESQL_UP, "IS DISTINCT FROM")
    columns, changed = ", ".join(COUNTED), " OR ".join(f"old.{name} {other} new.{name}" for name in COUNTED)
    for statement in statements:
        op.execute(statement.replace("{columns}", columns).replace("{changed}", changed))


def _make_views(views: dict[str, str]) -> None:
    dialect = op.get_bind().dialect.name
    shares = SHARES.format(real=REAL[dialect])
    for name, query in views.items():
        op.execute(f"DROP VIEW {name}")
        op.execute(
            f"CREATE VIEW {name} AS {query.format(real=REAL[dialect], month=OLD_MONTH[dialect], shares=shares, sums=SUMS)}"
        )
