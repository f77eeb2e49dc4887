"""Full-text index on PostgreSQL: articles are queued for it, and indexed beside the writing of further ones.

Rules of a migration: see `script.py.mako`. To make a document takes the server more time than to store all else of an article. The
function that makes it gives what it gave, in two thirds of the time: a text is unpacked once, not once for each reading.
"""

from __future__ import annotations

from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

UP = (
    """CREATE TABLE article_search_queue (
           id bigint GENERATED ALWAYS AS IDENTITY CONSTRAINT pk_article_search_queue PRIMARY KEY,
           article_id bigint NOT NULL)""",
    "COMMENT ON TABLE article_search_queue IS 'Articles not in article_search since they changed, kept by triggers. Empty when a "
    "run has ended.'",
    "COMMENT ON COLUMN article_search_queue.id IS 'Surrogate key. An article that changes again while it is indexed has two rows.'",
    "COMMENT ON COLUMN article_search_queue.article_id IS 'An article that is new or has changed.'",
    """CREATE OR REPLACE FUNCTION article_search_document(language text, title text, subtitle text, body text) RETURNS tsvector
           LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
           DECLARE
               config regconfig := article_search_config(language);
               beginning text := left(body, 200000);
               printed tsvector := setweight(to_tsvector('simple', title), 'A')
                   || setweight(to_tsvector('simple', coalesce(subtitle, '')), 'B')
                   || to_tsvector('simple', beginning);
           BEGIN
               IF config = 'simple'::regconfig THEN RETURN printed; END IF;
               RETURN printed || to_tsvector(config, concat_ws(' ', title, subtitle, beginning));
           END $$""",
    """CREATE OR REPLACE FUNCTION article_search_keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
           INSERT INTO article_search_queue (article_id) VALUES (new.id);
           RETURN NULL;
       END $$""",
)
DOWN = (
    """INSERT INTO article_search (article_id, document)
           SELECT DISTINCT ON (a.id) a.id, article_search_document(a.language, a.title, a.subtitle, a.body)
           FROM article_search_queue q JOIN articles a ON a.id = q.article_id
       ON CONFLICT (article_id) DO UPDATE SET document = excluded.document""",
    # As revision 0003 made them.
    """CREATE OR REPLACE FUNCTION article_search_keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
           INSERT INTO article_search (article_id, document)
           VALUES (new.id, article_search_document(new.language, new.title, new.subtitle, new.body))
           ON CONFLICT (article_id) DO UPDATE SET document = excluded.document;
           RETURN NULL;
       END $$""",
    """CREATE OR REPLACE FUNCTION article_search_document(language text, title text, subtitle text, body text) RETURNS tsvector
           LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
           SELECT setweight(to_tsvector('simple', title), 'A')
               || setweight(to_tsvector('simple', coalesce(subtitle, '')), 'B')
               || to_tsvector('simple', left(body, 200000))
               || CASE WHEN article_search_config(language) = 'simple'::regconfig THEN ''::tsvector
                  ELSE to_tsvector(article_search_config(language), concat_ws(' ', title, subtitle, left(body, 200000))) END $$""",
    "DROP TABLE article_search_queue",
)


def upgrade() -> None:
    _run(UP)


def downgrade() -> None:
    _run(DOWN)


def _run(statements: tuple[str, ...]) -> None:
    """SQLite's index is kept by its triggers still: FTS5 takes an article in less time than a queue would cost."""
    if op.get_bind().dialect.name == "postgresql":
        for statement in statements:
            op.get_bind().exec_driver_sql(statement)
