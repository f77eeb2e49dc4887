"""Full-text search over title, standfirst and body: FTS5 on SQLite, tsvector with a GIN index on PostgreSQL.

Rules of a migration: see `script.py.mako`. The index is kept in step by triggers, so whatever writes articles need not know of it.
"""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

# External content: FTS5 keeps the index only, the text stays in `articles`.
SQLITE_UP = (
    """CREATE VIRTUAL TABLE article_search USING fts5(
           title, subtitle, body, content='articles', content_rowid='id', tokenize='unicode61 remove_diacritics 2')""",
    """CREATE TRIGGER article_search_insert AFTER INSERT ON articles BEGIN
           INSERT INTO article_search(rowid, title, subtitle, body) VALUES (new.id, new.title, new.subtitle, new.body);
       END""",
    """CREATE TRIGGER article_search_delete AFTER DELETE ON articles BEGIN
           INSERT INTO article_search(article_search, rowid, title, subtitle, body)
           VALUES ('delete', old.id, old.title, old.subtitle, old.body);
       END""",
    """CREATE TRIGGER article_search_update AFTER UPDATE OF title, subtitle, body ON articles
           WHEN old.title IS NOT new.title OR old.subtitle IS NOT new.subtitle OR old.body IS NOT new.body BEGIN
           INSERT INTO article_search(article_search, rowid, title, subtitle, body)
           VALUES ('delete', old.id, old.title, old.subtitle, old.body);
           INSERT INTO article_search(rowid, title, subtitle, body) VALUES (new.id, new.title, new.subtitle, new.body);
       END""",
    "INSERT INTO article_search(article_search) VALUES ('rebuild')",
)
SQLITE_DOWN = (
    "DROP TRIGGER article_search_update",
    "DROP TRIGGER article_search_delete",
    "DROP TRIGGER article_search_insert",
    "DROP TABLE article_search",
)

# Words are kept as printed and, where PostgreSQL knows the article's language, as stems too.
# A tsvector takes 1 MB at most: of a longer body the first 200,000 characters are indexed.
POSTGRESQL_UP = (
    """CREATE FUNCTION article_search_config(language text) RETURNS regconfig LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
           SELECT CASE language
               WHEN 'ar' THEN 'arabic' WHEN 'da' THEN 'danish' WHEN 'de' THEN 'german' WHEN 'el' THEN 'greek'
               WHEN 'en' THEN 'english' WHEN 'es' THEN 'spanish' WHEN 'fi' THEN 'finnish' WHEN 'fr' THEN 'french'
               WHEN 'hu' THEN 'hungarian' WHEN 'id' THEN 'indonesian' WHEN 'it' THEN 'italian' WHEN 'nl' THEN 'dutch'
               WHEN 'no' THEN 'norwegian' WHEN 'nb' THEN 'norwegian' WHEN 'nn' THEN 'norwegian' WHEN 'pt' THEN 'portuguese'
               WHEN 'ro' THEN 'romanian' WHEN 'ru' THEN 'russian' WHEN 'sv' THEN 'swedish' WHEN 'tr' THEN 'turkish'
               ELSE 'simple' END::regconfig $$""",
    """CREATE FUNCTION article_search_document(language text, title text, subtitle text, body text) RETURNS tsvector
           LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
           SELECT setweight(to_tsvector('simple', title), 'A')
               || setweight(to_tsvector('simple', coalesce(subtitle, '')), 'B')
               || to_tsvector('simple', left(body, 200000))
               || CASE WHEN article_search_config(language) = 'simple'::regconfig THEN ''::tsvector
                  ELSE to_tsvector(article_search_config(language), concat_ws(' ', title, subtitle, left(body, 200000))) END $$""",
    """CREATE TABLE article_search (
           article_id bigint CONSTRAINT pk_article_search PRIMARY KEY
               CONSTRAINT fk_article_search_article_id REFERENCES articles (id) ON DELETE CASCADE,
           document tsvector NOT NULL)""",
    "COMMENT ON TABLE article_search IS 'Full-text index over title, standfirst and body, kept in step by a trigger.'",
    "COMMENT ON COLUMN article_search.article_id IS 'The article.'",
    "COMMENT ON COLUMN article_search.document IS 'Its words as printed, and as stems where its language is known.'",
    "CREATE INDEX ix_article_search_document ON article_search USING gin (document)",
    """CREATE FUNCTION article_search_keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
           INSERT INTO article_search (article_id, document)
           VALUES (new.id, article_search_document(new.language, new.title, new.subtitle, new.body))
           ON CONFLICT (article_id) DO UPDATE SET document = excluded.document;
           RETURN NULL;
       END $$""",
    """CREATE TRIGGER article_search_insert AFTER INSERT ON articles FOR EACH ROW EXECUTE FUNCTION article_search_keep()""",
    """CREATE TRIGGER article_search_update AFTER UPDATE OF language, title, subtitle, body ON articles FOR EACH ROW
           WHEN ((old.language, old.title, old.subtitle, old.body) IS DISTINCT FROM (new.language, new.title, new.subtitle, new.body))
           EXECUTE FUNCTION article_search_keep()""",
    """INSERT INTO article_search (article_id, document)
           SELECT id, article_search_document(language, title, subtitle, body) FROM articles""",
)
POSTGRESQL_DOWN = (
    "DROP TRIGGER article_search_update ON articles",
    "DROP TRIGGER article_search_insert ON articles",
    "DROP FUNCTION article_search_keep()",
    "DROP TABLE article_search",
    "DROP FUNCTION article_search_document(text, text, text, text)",
    "DROP FUNCTION article_search_config(text)",
)


def upgrade() -> None:
    for statement in SQLITE_UP if op.get_bind().dialect.name == "sqlite" else POSTGRESQL_UP:
        op.get_bind().exec_driver_sql(statement)


def downgrade() -> None:
    for statement in SQLITE_DOWN if op.get_bind().dialect.name == "sqlite" else POSTGRESQL_DOWN:
        op.get_bind().exec_driver_sql(statement)
