"""Views for analysts: the same names and columns on both databases.

Rules of a migration: see `script.py.mako`.
"""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# What the two databases say differently; everything else is common SQL.
DIALECT = {
    "sqlite": {
        "authors": "(SELECT group_concat(name, ', ') FROM (SELECT x.name FROM article_authors x WHERE x.article_id = a.id"
        " ORDER BY x.position))",
        "tags": "(SELECT group_concat(name, ', ') FROM (SELECT x.name FROM article_tags x WHERE x.article_id = a.id"
        " ORDER BY x.position))",
        "month": "substr(a.published_date, 1, 7)",
        "hours_since": "round((julianday(n.seen_at) - julianday(a.published_at)) * 24, 2)",
        "seconds": "CAST(round((julianday(r.finished_at) - julianday(r.started_at)) * 86400) AS INTEGER)",
        "real": "REAL",
    },
    "postgresql": {
        "authors": "(SELECT string_agg(x.name, ', ' ORDER BY x.position) FROM article_authors x WHERE x.article_id = a.id)",
        "tags": "(SELECT string_agg(x.name, ', ' ORDER BY x.position) FROM article_tags x WHERE x.article_id = a.id)",
        "month": "to_char(a.published_date, 'YYYY-MM')",
        "hours_since": "round((extract(epoch FROM n.seen_at - a.published_at) / 3600)::numeric, 2)::double precision",
        "seconds": "CAST(round(extract(epoch FROM r.finished_at - r.started_at)) AS INTEGER)",
        "real": "double precision",
    },
}

VIEWS = {
    "article_overview": """
        SELECT a.id AS article_id, p.domain AS publisher, a.published_date, a.published_at, a.updated_at, a.section, a.title,
               a.subtitle, {authors} AS authors, {tags} AS tags, a.language, a.word_count, a.access,
               (SELECT count(*) FROM related_links l WHERE l.article_id = a.id) AS links,
               (SELECT count(*) FROM images i WHERE i.article_id = a.id) AS images,
               (SELECT count(*) FROM article_revisions v WHERE v.article_id = a.id AND NOT v.replaced) AS revisions,
               a.url, a.key
        FROM articles a LEFT JOIN publishers p ON p.id = a.publisher_id""",
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
    "link_graph": """
        SELECT l.article_id AS from_article_id, f.title AS from_title, l.target_article_id AS to_article_id, t.title AS to_title,
               l.block, l.heading, l.position
        FROM related_links l JOIN articles f ON f.id = l.article_id JOIN articles t ON t.id = l.target_article_id""",
    "most_linked": """
        SELECT t.id AS article_id, p.domain AS publisher, t.title, t.published_date, count(DISTINCT l.article_id) AS linked_from
        FROM related_links l JOIN articles t ON t.id = l.target_article_id LEFT JOIN publishers p ON p.id = t.publisher_id
        GROUP BY t.id, p.domain, t.title, t.published_date""",
    "revision_changes": """
        SELECT n.article_id, n.revision, n.seen_at, {hours_since} AS hours_since_published,
               o.title AS old_title, n.title AS new_title,
               CASE WHEN o.title <> n.title THEN 1 ELSE 0 END AS title_changed,
               CASE WHEN o.body_sha256 <> n.body_sha256 THEN 1 ELSE 0 END AS body_changed,
               length(n.body) - length(o.body) AS body_growth
        FROM article_revisions n JOIN article_revisions o ON o.article_id = n.article_id AND o.revision =
                 (SELECT max(b.revision) FROM article_revisions b
                  WHERE b.article_id = n.article_id AND b.revision < n.revision AND NOT b.replaced)
             JOIN articles a ON a.id = n.article_id
        WHERE NOT n.replaced""",
    "load_health": """
        SELECT r.id AS run_id, r.started_at, r.status, {seconds} AS seconds, r.pages_seen, r.loaded, r.updated, r.unchanged,
               r.superseded, r.rejected,
               CASE WHEN r.pages_seen > 0 THEN CAST(r.rejected AS {real}) / r.pages_seen END AS rejected_share, r.error
        FROM load_runs r""",
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
    words = DIALECT[op.get_bind().dialect.name]
    for name, query in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {query.format(**words)}")


def downgrade() -> None:
    for name in reversed(VIEWS):
        op.execute(f"DROP VIEW {name}")
