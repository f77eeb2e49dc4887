"""The tables of the data contract.

Rules of a migration: see `script.py.mako`.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB, TIMESTAMP

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
INSTANT = TIMESTAMP(timezone=True).with_variant(sa.Text(), "sqlite")
JSON = sa.JSON().with_variant(JSONB(), "postgresql")

# Articles and pages refer to each other: one reference has to be added afterwards, where the database can, and is checked at commit.
PAGE_OF_ARTICLE: dict[str, Any] = {"ondelete": "SET NULL", "deferrable": True, "initially": "DEFERRED"}


def upgrade() -> None:
    altering = op.get_bind().dialect.name != "sqlite"
    op.create_table(
        "load_runs",
        sa.Column("id", ID, nullable=False, comment="Surrogate key."),
        sa.Column("started_at", INSTANT, nullable=False, comment="UTC."),
        sa.Column("finished_at", INSTANT, comment="UTC. NULL while the run lasts."),
        sa.Column(
            "status",
            sa.Text(),
            nullable=False,
            comment="`running`, `succeeded`, `failed`, `interrupted` (stopped by a signal, or found dead).",
        ),
        sa.Column("version", sa.Text(), nullable=False, comment="Version of news-etl."),
        sa.Column("command", sa.Text(), nullable=False, comment="The command line, without secrets."),
        sa.Column("host", sa.Text(), nullable=False, comment="Name of the machine."),
        sa.Column("pid", sa.Integer(), nullable=False, comment="Process on that machine."),
        sa.Column(
            "pages_seen",
            sa.Integer(),
            nullable=False,
            comment="Pages that the sources gave: the sum of the five below in every run that is not `failed`.",
        ),
        sa.Column("loaded", sa.Integer(), nullable=False, comment="Pages of the run with this status."),
        sa.Column("updated", sa.Integer(), nullable=False, comment="Pages of the run with this status."),
        sa.Column("unchanged", sa.Integer(), nullable=False, comment="Pages of the run with this status."),
        sa.Column("superseded", sa.Integer(), nullable=False, comment="Pages of the run with this status."),
        sa.Column("rejected", sa.Integer(), nullable=False, comment="Pages of the run with this status."),
        sa.Column("error", sa.Text(), comment="Why the run failed or was interrupted. NULL otherwise."),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_load_runs")),
        sa.CheckConstraint("status IN ('running', 'succeeded', 'failed', 'interrupted')", name=op.f("ck_load_runs_status")),
        comment="The ledger: one row per run.",
    )
    op.create_table(
        "source_files",
        sa.Column("id", ID, nullable=False, comment="Surrogate key."),
        sa.Column("uri", sa.Text(), nullable=False, comment="Absolute path, or address. Unique, by `uri_sha256`."),
        sa.Column("size", ID, comment="Bytes, when it was read. NULL where unknown."),
        sa.Column("modified_at", INSTANT, comment="The file's time, UTC, when it was read. NULL where unknown."),
        sa.Column(
            "state",
            sa.Text(),
            nullable=False,
            comment="`new` (nothing read), `partial` (read up to `last_record`), `done`, `incomplete` (read, but the file is cut or corrupt).",
        ),
        sa.Column("last_record", sa.Text(), comment="The last record whose page is in the database. NULL where there is none."),
        sa.Column("error", sa.Text(), comment="What is wrong with the file. NULL where nothing is."),
        sa.Column("uri_sha256", sa.LargeBinary(), nullable=False, comment="SHA-256 of `uri`."),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_files")),
        sa.CheckConstraint("state IN ('new', 'partial', 'done', 'incomplete')", name=op.f("ck_source_files_state")),
        sa.UniqueConstraint("uri_sha256", name=op.f("uq_source_files_uri_sha256")),
        comment="Each file or archive read: a later run skips what is done and resumes what is not.",
    )
    op.create_table(
        "publishers",
        sa.Column("id", ID, nullable=False, comment="Surrogate key."),
        sa.Column("domain", sa.Text(), nullable=False, comment="Registrable domain: `jpost.com`."),
        sa.Column(
            "name",
            sa.Text(),
            comment="From the publisher's profile; without one the shortest site name that its pages print (then the first by code points). NULL where no page names the site.",
        ),
        sa.Column(
            "time_zone",
            sa.Text(),
            comment="IANA name of the zone in which the publisher prints times: from its profile, else where the offset on a page and the site's country tell it. NULL otherwise.",
        ),
        sa.Column("language", sa.Text(), comment="BCP 47 primary tag from the profile: `en`. NULL without a profile."),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publishers")),
        sa.CheckConstraint("length(domain) <= 200", name=op.f("ck_publishers_domain_bounded")),
        sa.UniqueConstraint("domain", name=op.f("uq_publishers_domain")),
        comment="News sites: one row per registrable domain, made when its first article is loaded.",
    )
    op.create_table(
        "authors",
        sa.Column("id", ID, nullable=False, comment="Surrogate key."),
        sa.Column(
            "name",
            sa.Text(),
            nullable=False,
            comment="In normal capitalisation: `Marvin Ziegele`. Of several spellings the one with more diacritics, then the first by code points.",
        ),
        sa.Column("kind", sa.Text(), nullable=False, comment="`person` or `organization` (an agency, a desk, the staff)."),
        sa.Column(
            "name_key", sa.Text(), nullable=False, comment="The name without case, diacritics and punctuation: one row per key."
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authors")),
        sa.CheckConstraint("kind IN ('person', 'organization')", name=op.f("ck_authors_kind")),
        sa.CheckConstraint("length(name_key) <= 200", name=op.f("ck_authors_name_key_bounded")),
        sa.UniqueConstraint("name_key", name=op.f("uq_authors_name_key")),
        comment="Who is credited by at least one article's current state.",
    )
    op.create_table(
        "tags",
        sa.Column("id", ID, nullable=False, comment="Surrogate key."),
        sa.Column(
            "name",
            sa.Text(),
            nullable=False,
            comment="As pages spell it: a spelling with a capital before one without, one not shouted before one in capitals, then the first by code points; so that the order of loading does not matter.",
        ),
        sa.Column(
            "slug",
            sa.Text(),
            nullable=False,
            comment="The name without case, diacritics and punctuation, words joined by `-`: one row per slug.",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tags")),
        sa.CheckConstraint("length(slug) <= 200", name=op.f("ck_tags_slug_bounded")),
        sa.UniqueConstraint("slug", name=op.f("uq_tags_slug")),
        comment="The topics of at least one article's current state.",
    )
    op.create_table(
        "articles",
        sa.Column("id", ID, nullable=False, comment="Surrogate key."),
        sa.Column("publisher_id", ID, comment="The site. NULL where neither page nor capture tells it."),
        sa.Column(
            "key",
            sa.Text(),
            nullable=False,
            comment="Identity: the canonical address without scheme, `www.`, tracking parameters and fragment, AMP and mobile variants folded; for a capture that prints no address `publisher/published_date/slug-of-title`. Unique, by `key_sha256`.",
        ),
        sa.Column("url", sa.Text(), comment="Canonical address. NULL for a capture that prints none. Unique, by `url_sha256`."),
        sa.Column("title", sa.Text(), nullable=False, comment="The headline as the page shows it."),
        sa.Column("subtitle", sa.Text(), comment="The standfirst. NULL where the page has none."),
        sa.Column("section", sa.Text(), comment="The publisher's section: `World News`. NULL where the page names none."),
        sa.Column("language", sa.Text(), comment="BCP 47 primary tag: `en`, `pt`. NULL where unknown."),
        sa.Column(
            "published_at",
            INSTANT,
            comment="When the story was published, UTC; of a date without time local midnight. NULL where the page does not say.",
        ),
        sa.Column(
            "published_date",
            sa.Date(),
            comment="The calendar day as the publisher printed it, in the publisher's zone: what `articles per day` means.",
        ),
        sa.Column(
            "published_precision", sa.Text(), comment="How exactly the page gives `published_at`: `second`, `minute` or `day`."
        ),
        sa.Column("published_text", sa.Text(), comment="The date as printed, untouched: `DECEMBER 1, 2021 12:39`."),
        sa.Column(
            "updated_at", INSTANT, comment="When the publisher last changed the story, UTC. NULL where the page does not say."
        ),
        sa.Column("updated_text", sa.Text(), comment="The date of change as printed, untouched."),
        sa.Column(
            "time_zone_source",
            sa.Text(),
            comment="Where the zone of `published_at` (without one, of `updated_at`) came from: `page` (an offset or zone on the page), `publisher` (the profile), `assumed` (UTC, because nothing told).",
        ),
        sa.Column("body", sa.Text(), nullable=False, comment="Plain text, paragraphs parted by one empty line."),
        sa.Column("word_count", sa.Integer(), nullable=False, comment="Words of `body`, by Unicode word boundaries."),
        sa.Column(
            "body_sha256",
            sa.Text(),
            nullable=False,
            comment="SHA-256 of `body` in UTF-8, hexadecimal: equal for copies of one text.",
        ),
        sa.Column(
            "access",
            sa.Text(),
            comment="Who can read the whole story at the publisher's: `free`, `metered`, `subscriber`. NULL where the page does not say.",
        ),
        sa.Column(
            "origins",
            JSON,
            nullable=False,
            comment="JSON object: for each field where its value was found (`json-ld`, `microdata`, `meta`, `html`, `profile`, `heuristic`, `feed`, `text`, `url`).",
        ),
        sa.Column("revision", sa.Integer(), nullable=False, comment="Number of the current state among `article_revisions`."),
        sa.Column(
            "first_loaded_at", INSTANT, nullable=False, comment="When the article was first loaded into this database, UTC."
        ),
        sa.Column("last_loaded_at", INSTANT, nullable=False, comment="When a page last changed this row's content, UTC."),
        sa.Column("page_id", ID, comment="The row of `pages` whose content this is."),
        sa.Column(
            "fetched_at",
            INSTANT,
            comment="Newest capture known of the current state's page, UTC. NULL where no capture has a time.",
        ),
        sa.Column(
            "adoption_key",
            sa.Text(),
            nullable=False,
            comment="`publisher/day/slug-of-title`: joins a capture without address to its page.",
        ),
        sa.Column("key_sha256", sa.LargeBinary(), nullable=False, comment="SHA-256 of `key`."),
        sa.Column("url_sha256", sa.LargeBinary(), comment="SHA-256 of `url`."),
        sa.Column(
            "content_sha256",
            sa.LargeBinary(),
            nullable=False,
            comment="SHA-256 of all that the current page gave, links and images included: tells a changed page from an unchanged one.",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
        sa.CheckConstraint("access IN ('free', 'metered', 'subscriber')", name=op.f("ck_articles_access")),
        sa.CheckConstraint("published_precision IN ('second', 'minute', 'day')", name=op.f("ck_articles_published_precision")),
        sa.CheckConstraint("time_zone_source IN ('page', 'publisher', 'assumed')", name=op.f("ck_articles_time_zone_source")),
        *(
            []
            if altering
            else [sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name="fk_articles_page_id", **PAGE_OF_ARTICLE)]
        ),
        sa.ForeignKeyConstraint(["publisher_id"], ["publishers.id"], name=op.f("fk_articles_publisher_id")),
        sa.UniqueConstraint("key_sha256", name=op.f("uq_articles_key_sha256")),
        sa.UniqueConstraint("url_sha256", name=op.f("uq_articles_url_sha256")),
        comment="The current state of each article. Of several captures of one article the newest stands here (see `article_revisions`); a page with an address outranks a capture without one, whatever their times.",
    )
    op.create_index(op.f("ix_articles_page_id"), "articles", ["page_id"], unique=False)
    op.create_index(op.f("ix_articles_published_at"), "articles", ["published_at"], unique=False)
    op.create_index(op.f("ix_articles_published_date"), "articles", ["published_date"], unique=False)
    op.create_index(op.f("ix_articles_publisher_id"), "articles", ["publisher_id"], unique=False)
    op.create_index(op.f("ix_articles_url"), "articles", ["url"], unique=False, postgresql_using="hash")
    op.create_table(
        "pages",
        sa.Column("id", ID, nullable=False, comment="Surrogate key."),
        sa.Column("load_run_id", ID, nullable=False, comment="The run."),
        sa.Column("source", sa.Text(), nullable=False, comment="The file or archive, as `source_files.uri`."),
        sa.Column(
            "record",
            sa.Text(),
            comment="The page's place in the source: offset of a WARC record, name of a member. NULL: the source is the page.",
        ),
        sa.Column(
            "url",
            sa.Text(),
            comment="The address that the source names; without one, the article's. NULL where neither is known.",
        ),
        sa.Column("fetched_at", INSTANT, comment="When the page was captured, UTC."),
        sa.Column("media_type", sa.Text(), comment="`text/html` or `text/plain`, by the content."),
        sa.Column("byte_size", ID, comment="Size of the page, content codings undone. NULL where the bytes were lost."),
        sa.Column("sha256", sa.Text(), comment="SHA-256 of the page's bytes, hexadecimal. NULL where the bytes were lost."),
        sa.Column(
            "status",
            sa.Text(),
            nullable=False,
            comment="`loaded` (a new article), `updated` (changed the article), `unchanged` (shows what was loaded before), `superseded` (shows another state than the current one and is outranked by it: only its revision was added), `rejected` (no article).",
        ),
        sa.Column("reason", sa.Text(), comment="Why the page was rejected, in one sentence. NULL for the others."),
        sa.Column(
            "reason_code",
            sa.Text(),
            comment="Why the page was rejected, in one word to count by (`docs/reasons.md`). NULL for the others.",
        ),
        sa.Column("article_id", ID, comment="The article. NULL for a rejected page."),
        sa.Column("extraction_version", sa.Text(), nullable=False, comment="Version of the extraction that read the page."),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pages")),
        sa.CheckConstraint("(status = 'rejected') = (reason IS NOT NULL)", name=op.f("ck_pages_reason_given")),
        sa.CheckConstraint(
            "status IN ('loaded', 'updated', 'unchanged', 'superseded', 'rejected')", name=op.f("ck_pages_status")
        ),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_pages_article_id"), ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["load_run_id"], ["load_runs.id"], name=op.f("fk_pages_load_run_id"), ondelete="CASCADE"),
        comment="The account: one row per page seen in a run, whatever became of it.",
    )
    op.create_index(op.f("ix_pages_article_id"), "pages", ["article_id"], unique=False)
    op.create_index(op.f("ix_pages_load_run_id"), "pages", ["load_run_id"], unique=False)
    op.create_table(
        "article_authors",
        sa.Column("article_id", ID, nullable=False, autoincrement=False, comment="The article."),
        sa.Column("position", sa.Integer(), nullable=False, autoincrement=False, comment="Order on the page, from 1."),
        sa.Column("author_id", ID, nullable=False, comment="The author."),
        sa.Column("credit", sa.Text(), comment="The by-line as printed: `MARVIN ZIEGELE/SPECIAL TO THE JERUSALEM POST`."),
        sa.Column(
            "name", sa.Text(), nullable=False, comment="The author's name as this page gives it, in normal capitalisation."
        ),
        sa.Column("kind", sa.Text(), nullable=False, comment="The author's kind as this page gives it."),
        sa.PrimaryKeyConstraint("article_id", "position", name=op.f("pk_article_authors")),
        sa.CheckConstraint("kind IN ('person', 'organization')", name=op.f("ck_article_authors_kind")),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_article_authors_article_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["author_id"], ["authors.id"], name=op.f("fk_article_authors_author_id")),
        comment="Which authors an article credits.",
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("uq_article_authors_author_id_article_id"), "article_authors", ["author_id", "article_id"], unique=True)
    op.create_table(
        "article_tags",
        sa.Column("article_id", ID, nullable=False, autoincrement=False, comment="The article."),
        sa.Column("position", sa.Integer(), nullable=False, autoincrement=False, comment="Order on the page, from 1."),
        sa.Column("tag_id", ID, nullable=False, comment="The tag."),
        sa.Column("name", sa.Text(), nullable=False, comment="The tag as this page spells it."),
        sa.PrimaryKeyConstraint("article_id", "position", name=op.f("pk_article_tags")),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_article_tags_article_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["tag_id"], ["tags.id"], name=op.f("fk_article_tags_tag_id")),
        comment="Which tags an article has.",
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("uq_article_tags_tag_id_article_id"), "article_tags", ["tag_id", "article_id"], unique=True)
    op.create_table(
        "related_links",
        sa.Column("id", ID, nullable=False, comment="Surrogate key."),
        sa.Column("article_id", ID, nullable=False, comment="The article."),
        sa.Column(
            "block",
            sa.Text(),
            nullable=False,
            comment="Kind of the block: `most-read`, `opinion`, `related`, `recommended`, `latest`, `in-body`.",
        ),
        sa.Column(
            "heading", sa.Text(), comment="What the page prints over the block: `Hot Opinion`. NULL where it prints nothing."
        ),
        sa.Column("position", sa.Integer(), nullable=False, comment="Order inside the block, from 1."),
        sa.Column("title", sa.Text(), nullable=False, comment="The linked story's headline."),
        sa.Column("url", sa.Text(), comment="Absolute address. NULL in a text capture."),
        sa.Column("byline", sa.Text(), comment="The by-line printed with the link. NULL where there is none."),
        sa.Column("caption", sa.Text(), comment="The text of the picture beside the link. NULL where there is none."),
        sa.Column(
            "target_article_id",
            ID,
            comment="The linked article, once that is loaded too, whichever came first. NULL until then, and for a link to the article itself.",
        ),
        sa.Column(
            "key_sha256", sa.LargeBinary(), comment="SHA-256 of the linked story's `articles.key`. NULL without an address."
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_related_links")),
        sa.CheckConstraint(
            "block IN ('most-read', 'opinion', 'related', 'recommended', 'latest', 'in-body')",
            name=op.f("ck_related_links_block"),
        ),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_related_links_article_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["target_article_id"], ["articles.id"], name=op.f("fk_related_links_target_article_id"), ondelete="SET NULL"
        ),
        sa.UniqueConstraint("article_id", "block", "position", name=op.f("uq_related_links_article_id_block_position")),
        comment="Links to other stories, in the blocks that stand beside, below or inside the story on the current page.",
    )
    op.create_index(
        op.f("ix_related_links_key_sha256"),
        "related_links",
        ["key_sha256"],
        unique=False,
        sqlite_where=sa.text("key_sha256 IS NOT NULL"),
        postgresql_where=sa.text("key_sha256 IS NOT NULL"),
    )
    op.create_index(
        op.f("ix_related_links_target_article_id"),
        "related_links",
        ["target_article_id"],
        unique=False,
        sqlite_where=sa.text("target_article_id IS NOT NULL"),
        postgresql_where=sa.text("target_article_id IS NOT NULL"),
    )
    op.create_table(
        "images",
        sa.Column("id", ID, nullable=False, comment="Surrogate key."),
        sa.Column("article_id", ID, nullable=False, comment="The article."),
        sa.Column("position", sa.Integer(), nullable=False, comment="Order on the page, from 1."),
        sa.Column("url", sa.Text(), comment="Absolute address. NULL in a text capture."),
        sa.Column("caption", sa.Text(), comment="The caption, without the credit. NULL where there is none."),
        sa.Column("credit", sa.Text(), comment="Who is named for the picture: `REUTERS/PASCAL ROSSIGNOL`. NULL where nobody is."),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_images")),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_images_article_id"), ondelete="CASCADE"),
        sa.UniqueConstraint("article_id", "position", name=op.f("uq_images_article_id_position")),
        comment="Pictures of the story on the current page; no logos, avatars, adverts.",
    )
    op.create_table(
        "article_revisions",
        sa.Column("id", ID, nullable=False, comment="Surrogate key."),
        sa.Column("article_id", ID, nullable=False, comment="The article."),
        sa.Column("revision", sa.Integer(), nullable=False, comment="Number of the state, from 1, in the order of `seen_at`."),
        sa.Column("page_id", ID, comment="The row of `pages` that first showed this state."),
        sa.Column(
            "seen_at", INSTANT, comment="Earliest capture known of this state, UTC. NULL where no capture of it has a time."
        ),
        sa.Column("title", sa.Text(), nullable=False, comment="As `articles.title`."),
        sa.Column("subtitle", sa.Text(), comment="As `articles.subtitle`."),
        sa.Column("body", sa.Text(), nullable=False, comment="As `articles.body`."),
        sa.Column("updated_at", INSTANT, comment="As `articles.updated_at`."),
        sa.Column("body_sha256", sa.Text(), nullable=False, comment="As `articles.body_sha256`."),
        sa.Column(
            "fields",
            JSON,
            nullable=False,
            comment="JSON object: the rest of the state (`section`, `language`, `access`, `published_at`, `published_text`, `updated_text`, `authors` with name, kind and credit, `tags`).",
        ),
        sa.Column(
            "replaced",
            sa.Boolean(),
            nullable=False,
            comment="True where every page of this state has since been read differently by a newer news-etl: not a change by the publisher.",
        ),
        sa.Column(
            "state_sha256",
            sa.LargeBinary(),
            nullable=False,
            comment="SHA-256 of title, subtitle, body, updated_at and `fields`: one row per article and state. Links and images are no part of it: lists of most-read stories change with every capture.",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_revisions")),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_article_revisions_article_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["page_id"],
            ["pages.id"],
            name=op.f("fk_article_revisions_page_id"),
            ondelete="SET NULL",
            deferrable=True,
            initially="DEFERRED",
        ),
        sa.UniqueConstraint("article_id", "revision", name=op.f("uq_article_revisions_article_id_revision")),
        sa.UniqueConstraint("article_id", "state_sha256", name=op.f("uq_article_revisions_article_id_state_sha256")),
        comment="Every distinct state in which an article was seen, the current one included: nothing that was once loaded is ever lost.",
    )
    op.create_index(op.f("ix_article_revisions_page_id"), "article_revisions", ["page_id"], unique=False)
    op.create_table(
        "known_pages",
        sa.Column("id", ID, nullable=False, comment="Surrogate key."),
        sa.Column("article_id", ID, comment="The article that the page shows. NULL where the page was rejected."),
        sa.Column("revision_id", ID, comment="The state that the page shows. NULL where the page was rejected."),
        sa.Column(
            "digest",
            sa.LargeBinary(),
            nullable=False,
            comment="SHA-256 of `sha256` and of the address that the source names: one row per digest.",
        ),
        sa.Column("sha256", sa.Text(), nullable=False, comment="SHA-256 of the page's bytes, hexadecimal."),
        sa.Column(
            "addressed", sa.Boolean(), nullable=False, comment="Whether the page has an address; a text capture often has none."
        ),
        sa.Column(
            "markup",
            sa.Boolean(),
            nullable=False,
            comment="Whether the page is HTML: of two captures of one time HTML outranks text.",
        ),
        sa.Column(
            "adoption_sha256",
            sa.LargeBinary(),
            comment="SHA-256 of the page's adoption key (see `articles.adoption_key`). NULL where rejected.",
        ),
        sa.Column("first_fetched_at", INSTANT, comment="Earliest capture of the page, UTC. NULL where no capture has a time."),
        sa.Column("last_fetched_at", INSTANT, comment="Newest capture of the page, UTC. NULL where no capture has a time."),
        sa.Column(
            "reason_code", sa.Text(), comment="Why the page was rejected (see `pages.reason_code`). NULL where it was loaded."
        ),
        sa.Column("reason", sa.Text(), comment="Why the page was rejected, in one sentence. NULL where it was loaded."),
        sa.Column(
            "extraction_version",
            sa.Text(),
            nullable=False,
            comment="Version of the extraction that read the page: with another it is read anew.",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_pages")),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_known_pages_article_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["revision_id"], ["article_revisions.id"], name=op.f("fk_known_pages_revision_id")),
        sa.UniqueConstraint("digest", name=op.f("uq_known_pages_digest")),
        comment="Each distinct page (the same bytes from the same address) that was ever read, when it was first and last captured, and what it shows: so that a page is read once only, and the order of loading does not matter.",
    )
    op.create_index(op.f("ix_known_pages_adoption_sha256"), "known_pages", ["adoption_sha256"], unique=False)
    op.create_index(op.f("ix_known_pages_article_id"), "known_pages", ["article_id"], unique=False)
    op.create_index(op.f("ix_known_pages_revision_id"), "known_pages", ["revision_id"], unique=False)
    if altering:
        op.create_foreign_key(
            constraint_name="fk_articles_page_id",
            source_table="articles",
            referent_table="pages",
            local_cols=["page_id"],
            remote_cols=["id"],
            **PAGE_OF_ARTICLE,
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.drop_constraint("fk_articles_page_id", "articles", type_="foreignkey")
    op.drop_table("known_pages")
    op.drop_table("article_revisions")
    op.drop_table("images")
    op.drop_table("related_links")
    op.drop_table("article_tags")
    op.drop_table("article_authors")
    op.drop_table("pages")
    op.drop_table("articles")
    op.drop_table("tags")
    op.drop_table("authors")
    op.drop_table("publishers")
    op.drop_table("source_files")
    op.drop_table("load_runs")
