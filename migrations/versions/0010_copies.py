"""Copies and rewrites of one text: the tables, the triggers that tell what is to be compared, the views.

Rules of a migration: see `script.py.mako`. Articles loaded before are queued: the next run compares them.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

BigId = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TABLES = ("story_queue", "story_bands", "article_similarity", "article_stories")

SQLITE_UP = (
    """CREATE TRIGGER story_queue_insert AFTER INSERT ON articles BEGIN
           INSERT INTO story_queue (article_id) SELECT new.id
           WHERE NOT EXISTS (SELECT 1 FROM story_queue WHERE article_id = new.id);
       END""",
    """CREATE TRIGGER story_queue_update AFTER UPDATE OF body, publisher_id ON articles
           WHEN old.body IS NOT new.body OR old.publisher_id IS NOT new.publisher_id BEGIN
           INSERT INTO story_queue (article_id) SELECT new.id
           WHERE NOT EXISTS (SELECT 1 FROM story_queue WHERE article_id = new.id);
       END""",
    """CREATE TRIGGER story_queue_delete AFTER DELETE ON articles BEGIN
           INSERT INTO story_queue (article_id) SELECT old.id
           WHERE NOT EXISTS (SELECT 1 FROM story_queue WHERE article_id = old.id);
       END""",
)
SQLITE_DOWN = ("DROP TRIGGER story_queue_delete", "DROP TRIGGER story_queue_update", "DROP TRIGGER story_queue_insert")
POSTGRESQL_UP = (
    """CREATE FUNCTION story_queue_keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
           INSERT INTO story_queue (article_id) VALUES (coalesce(new.id, old.id)) ON CONFLICT DO NOTHING;
           RETURN NULL;
       END $$""",
    "CREATE TRIGGER story_queue_insert AFTER INSERT OR DELETE ON articles FOR EACH ROW EXECUTE FUNCTION story_queue_keep()",
    """CREATE TRIGGER story_queue_update AFTER UPDATE OF body, publisher_id ON articles FOR EACH ROW
           WHEN ((old.body, old.publisher_id) IS DISTINCT FROM (new.body, new.publisher_id))
           EXECUTE FUNCTION story_queue_keep()""",
)
POSTGRESQL_DOWN = (
    "DROP TRIGGER story_queue_update ON articles",
    "DROP TRIGGER story_queue_insert ON articles",
    "DROP FUNCTION story_queue_keep()",
)

NAMES = {
    "sqlite": "(SELECT group_concat(name, ', ') FROM (SELECT x.name FROM {0} x WHERE x.article_id = a.id ORDER BY x.position))",
    "postgresql": "(SELECT string_agg(x.name, ', ' ORDER BY x.position) FROM {0} x WHERE x.article_id = a.id)",
}
LOCAL = {
    "sqlite": "datetime(a.{0}_at, coalesce(a.{0}_utc_offset, 0) || ' minutes')",
    "postgresql": "(a.{0}_at AT TIME ZONE 'UTC') + coalesce(a.{0}_utc_offset, 0) * interval '1 minute'",
}
OVERVIEW = """
    CREATE VIEW article_overview AS
    SELECT a.id AS article_id, p.domain AS publisher, a.published_date, a.published_at, a.updated_at,
           {published} AS published_local, {updated} AS updated_local, a.section,
           a.title, a.subtitle, {authors} AS authors, {tags} AS tags, a.language, a.word_count, a.access,
           (SELECT count(*) FROM related_links l WHERE l.article_id = a.id) AS links,
           (SELECT count(*) FROM images i WHERE i.article_id = a.id) AS images,
           (SELECT count(*) FROM article_revisions v WHERE v.article_id = a.id AND NOT v.replaced) AS revisions,
           a.url, a.key{story_id}
    FROM articles a LEFT JOIN publishers p ON p.id = a.publisher_id"""
STORY_ID = ", (SELECT s.story_id FROM article_stories s WHERE s.article_id = a.id) AS story_id"
# Only articles with a pair are read: few of an archive.
STORIES = """
    CREATE VIEW stories AS
    SELECT n.story_id, n.articles, n.publishers, a.published_at AS first_published_at, p.domain AS first_publisher, a.title,
           n.last_published_at, a.id AS first_article_id
    FROM (SELECT s.story_id, count(*) AS articles, count(DISTINCT a.publisher_id) AS publishers,
                 max(a.published_at) AS last_published_at
          FROM article_stories s JOIN articles a ON a.id = s.article_id
          WHERE s.article_id IN (SELECT m.article_id FROM article_similarity m)
          GROUP BY s.story_id) n
         JOIN articles a ON a.id = (SELECT b.id FROM article_stories s JOIN articles b ON b.id = s.article_id
                                    WHERE s.story_id = n.story_id
                                    ORDER BY CASE WHEN b.published_at IS NULL THEN 1 ELSE 0 END, b.published_at, b.key LIMIT 1)
         LEFT JOIN publishers p ON p.id = a.publisher_id"""


def upgrade() -> None:
    _make_tables()
    for statement in SQLITE_UP if op.get_bind().dialect.name == "sqlite" else POSTGRESQL_UP:
        op.execute(statement)
    op.execute("INSERT INTO story_queue (article_id) SELECT id FROM articles")
    _make_overview(story_id=True)
    op.execute(STORIES)


def downgrade() -> None:
    op.execute("DROP VIEW stories")
    _make_overview(story_id=False)
    for statement in SQLITE_DOWN if op.get_bind().dialect.name == "sqlite" else POSTGRESQL_DOWN:
        op.execute(statement)
    for table in TABLES:
        op.drop_table(table)


def _make_overview(*, story_id: bool) -> None:
    dialect = op.get_bind().dialect.name
    names = {column: NAMES[dialect].format(f"article_{column}") for column in ("authors", "tags")}
    local = {column: LOCAL[dialect].format(column) for column in ("published", "updated")}
    op.execute("DROP VIEW article_overview")
    op.execute(OVERVIEW.format(**names, **local, story_id=STORY_ID if story_id else ""))


def _make_tables() -> None:
    op.create_table(
        "article_stories",
        sa.Column(
            "article_id",
            BigId,
            nullable=False,
            autoincrement=False,
            comment="The article (`articles.id`). The row of one that is removed goes when the run ends.",
        ),
        sa.Column(
            "story_id",
            BigId,
            nullable=False,
            comment="The story: the same for articles that copy or rewrite one another, also by way of a third. It is the `articles.id` of the one loaded first, and changes only when stories turn out to be one, or one to be several.",
        ),
        sa.Column("publisher_id", BigId, nullable=False, comment="As `articles.publisher_id`; 0 where that is NULL."),
        sa.Column(
            "shingles",
            sa.Integer(),
            nullable=True,
            comment="Different runs of three words in the body. NULL where it is too short to be compared.",
        ),
        sa.Column(
            "signature",
            sa.LargeBinary(),
            nullable=True,
            comment="MinHash of these: 128 numbers of two bytes. NULL where the body is too short.",
        ),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_article_stories")),
        comment="Which articles tell the same story, in the words of one text. Brought up to date at the end of each run.",
    )
    op.create_index(op.f("ix_article_stories_story_id"), "article_stories", ["story_id"])
    op.create_table(
        "article_similarity",
        sa.Column("article_id", BigId, nullable=False, autoincrement=False, comment="The article."),
        sa.Column("other_id", BigId, nullable=False, autoincrement=False, comment="An article with much the same text."),
        sa.Column(
            "similarity",
            sa.Double(),
            nullable=False,
            comment="Share of the runs of three words that both bodies have of those that either has (Jaccard, estimated to about "
            "0.04): 1 for a copy.",
        ),
        sa.Column(
            "containment",
            sa.Double(),
            nullable=False,
            comment="Share of the shorter body's runs of three words that the longer one has: near 1 for a copy cut short.",
        ),
        sa.PrimaryKeyConstraint("article_id", "other_id", name=op.f("pk_article_similarity")),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_article_similarity_article_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["other_id"], ["articles.id"], name=op.f("fk_article_similarity_other_id"), ondelete="CASCADE"),
        comment="Copies and rewrites, each pair in both directions. Brought up to date at the end of each run.",
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_article_similarity_other_id"), "article_similarity", ["other_id"])
    op.create_table(
        "story_bands",
        sa.Column(
            "band",
            sa.BigInteger(),
            nullable=False,
            autoincrement=False,
            comment="A part of the signature: articles that share one are compared.",
        ),
        sa.Column("publisher_id", BigId, nullable=False, autoincrement=False, comment="As `article_stories.publisher_id`."),
        sa.Column("article_id", BigId, nullable=False, autoincrement=False, comment="As `article_stories.article_id`."),
        sa.PrimaryKeyConstraint("band", "publisher_id", "article_id", name=op.f("pk_story_bands")),
        comment="The index in which articles with a similar text are found: 32 rows for each that is long enough.",
        sqlite_with_rowid=False,
    )
    op.create_table(
        "story_queue",
        sa.Column(
            "article_id", BigId, nullable=False, autoincrement=False, comment="An article that is new, changed or removed."
        ),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_story_queue")),
        comment="Articles whose text has not been compared since it changed, kept by triggers. Empty when a run has ended.",
    )
