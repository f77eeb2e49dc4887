"""The tables, as `docs/schema.md` prints them: each table and column explained by its comment, each constraint named.

The schema itself is made by `migrations/`; a test holds the two together. Uniqueness of unbounded text (an address can be longer
than an index entry may be) is kept by a SHA-256 beside it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, CheckConstraint, Column, Date, ForeignKey, Index, Integer, Table, UniqueConstraint

from etl.load.accounts import known_pages as known_pages
from etl.load.accounts import load_runs as load_runs
from etl.load.accounts import pages as pages
from etl.load.accounts import run_coverage as run_coverage
from etl.load.accounts import source_files as source_files
from etl.load.accounts import source_runs as source_runs
from etl.load.accounts import visits as visits
from etl.load.columns import hash_index, one_of, partial_index, surrogate
from etl.load.columns import metadata as metadata
from etl.load.copy_tables import article_similarity as article_similarity
from etl.load.copy_tables import article_stories as article_stories
from etl.load.copy_tables import story_bands as story_bands
from etl.load.copy_tables import story_queue as story_queue
from etl.load.summary_tables import summary_articles as summary_articles
from etl.load.summary_tables import summary_authors as summary_authors
from etl.load.summary_tables import summary_months as summary_months
from etl.load.summary_tables import summary_queue as summary_queue
from etl.load.summary_tables import summary_tag_months as summary_tag_months
from etl.load.summary_tables import summary_tag_pairs as summary_tag_pairs
from etl.load.summary_tables import summary_tags as summary_tags
from etl.load.types import BigId, Digest, Json, SafeText, UtcDateTime
from etl.records import Access, AuthorKind, Block, Precision, ZoneSource

NAME_LIMIT = 200
"""Longest `domain`, `name_key`, `slug`: PostgreSQL's index entries end at 2,704 bytes.
What is longer is cut and given a digest (`terms.bounded`)."""


def _article(**options: Any) -> Column[int]:
    return Column(
        "article_id", BigId, ForeignKey("articles.id", ondelete="CASCADE"), comment="The article.", nullable=False, **options
    )


publishers = Table(
    "publishers",
    metadata,
    surrogate(),
    Column("domain", SafeText, nullable=False, comment="Registrable domain: `jpost.com`."),
    Column(
        "name",
        SafeText,
        comment="From the publisher's profile; without one the shortest site name that its pages print (then the first by code "
        "points). NULL where no page names the site.",
    ),
    Column(
        "time_zone",
        SafeText,
        comment="IANA name of the zone in which the publisher prints times: from its profile, else where the offset on a page "
        "and the site's country tell it. NULL otherwise.",
    ),
    Column("language", SafeText, comment="BCP 47 primary tag from the profile: `en`. NULL without a profile."),
    UniqueConstraint("domain"),
    CheckConstraint(f"length(domain) <= {NAME_LIMIT}", name="domain_bounded"),
    comment="News sites: one row per registrable domain, made when its first article is loaded.",
)

articles = Table(
    "articles",
    metadata,
    surrogate(),
    Column(
        "publisher_id",
        BigId,
        ForeignKey("publishers.id"),
        index=True,
        comment="The site. NULL where neither page nor capture tells it.",
    ),
    Column(
        "key",
        SafeText,
        nullable=False,
        comment="Identity: the canonical address without scheme, `www.`, tracking parameters and fragment, AMP and mobile "
        "variants folded; for a capture that prints no address `publisher/published_date/slug-of-title`. Unique, by "
        "`key_sha256`.",
    ),
    Column("url", SafeText, comment="Canonical address. NULL for a capture that prints none. Unique, by `url_sha256`."),
    Column("title", SafeText, nullable=False, comment="The headline as the page shows it."),
    Column("subtitle", SafeText, comment="The standfirst. NULL where the page has none."),
    Column("section", SafeText, comment="The publisher's section: `World News`. NULL where the page names none."),
    Column("language", SafeText, comment="BCP 47 primary tag: `en`, `pt`. NULL where unknown."),
    Column(
        "published_at",
        UtcDateTime,
        index=True,
        comment="When the story was published, UTC; of a date without time local midnight. NULL where the page does not say.",
    ),
    Column(
        "published_date",
        Date,
        index=True,
        comment="The calendar day as the publisher printed it, in the publisher's zone: what `articles per day` means.",
    ),
    Column("published_precision", SafeText, comment="How exactly the page gives `published_at`: `second`, `minute` or `day`."),
    Column("published_text", SafeText, comment="The date as printed, untouched: `DECEMBER 1, 2021 12:39`."),
    Column(
        "updated_at", UtcDateTime, comment="When the publisher last changed the story, UTC. NULL where the page does not say."
    ),
    Column("updated_text", SafeText, comment="The date of change as printed, untouched."),
    Column(
        "time_zone_source",
        SafeText,
        comment="Where the zone of `published_at` (without one, of `updated_at`) came from: `page` (an offset or zone on the "
        "page), `publisher` (the profile), `assumed` (UTC, because nothing told).",
    ),
    Column(
        "published_utc_offset",
        Integer,
        comment="Minutes that the publisher's clock was ahead of UTC at `published_at`: by its time zone, else as the page gives "
        "them. NULL where neither is known: then the printed time was taken as UTC.",
    ),
    Column("updated_utc_offset", Integer, comment="The same at `updated_at`."),
    Column("body", SafeText, nullable=False, comment="Plain text, paragraphs parted by one empty line."),
    Column("word_count", Integer, nullable=False, comment="Words of `body`, by Unicode word boundaries."),
    Column(
        "body_sha256", SafeText, nullable=False, comment="SHA-256 of `body` in UTF-8, hexadecimal: equal for copies of one text."
    ),
    Column(
        "access",
        SafeText,
        comment="Who can read the whole story at the publisher's: `free`, `metered`, `subscriber`. NULL where the page does not "
        "say.",
    ),
    Column(
        "origins",
        Json,
        nullable=False,
        comment="JSON object: for each field where its value was found (`json-ld`, `microdata`, `meta`, `html`, `profile`, "
        "`heuristic`, `feed`, `text`, `url`).",
    ),
    Column("revision", Integer, nullable=False, comment="Number of the current state among `article_revisions`."),
    Column("first_loaded_at", UtcDateTime, nullable=False, comment="When the article was first loaded into this database, UTC."),
    Column("last_loaded_at", UtcDateTime, nullable=False, comment="When a page last changed this row's content, UTC."),
    Column(
        "page_id",
        BigId,
        ForeignKey("pages.id", ondelete="SET NULL", deferrable=True, initially="DEFERRED", use_alter=True),
        index=True,
        comment="The row of `pages` whose content this is.",
    ),
    Column(
        "fetched_at",
        UtcDateTime,
        comment="Newest capture known of the current state's page, UTC. NULL where no capture has a time.",
    ),
    Column(
        "adoption_key",
        SafeText,
        nullable=False,
        comment="`publisher/day/slug-of-title`: joins a capture without address to its page.",
    ),
    Column("key_sha256", Digest, nullable=False, comment="SHA-256 of `key`."),
    Column("url_sha256", Digest, comment="SHA-256 of `url`."),
    Column(
        "content_sha256",
        Digest,
        nullable=False,
        comment="SHA-256 of all that the current page gave, links and images included: tells a changed page from an unchanged "
        "one.",
    ),
    UniqueConstraint("key_sha256"),
    UniqueConstraint("url_sha256"),
    # A hash index takes text of any length; a B-tree of PostgreSQL refuses entries over 2,704 bytes.
    hash_index("ix_articles_url", "url"),
    # Articles by publisher and day, with their words, are counted without reading the rows, which hold the bodies.
    Index("ix_articles_publisher_id_published_date", "publisher_id", "published_date", "word_count", "language"),
    Index("ix_articles_published_date_publisher_id", "published_date", "publisher_id", "word_count"),
    one_of("published_precision", Precision),
    one_of("time_zone_source", ZoneSource),
    one_of("access", Access),
    comment="The current state of each article. Of several captures of one article the newest stands here (see "
    "`article_revisions`); a page with an address outranks a capture without one, whatever their times.",
)

authors = Table(
    "authors",
    metadata,
    surrogate(),
    Column(
        "name",
        SafeText,
        nullable=False,
        comment="In normal capitalisation: `Marvin Ziegele`. Of several spellings the one with more diacritics, then the first "
        "by code points.",
    ),
    Column("kind", SafeText, nullable=False, comment="`person` or `organization` (an agency, a desk, the staff)."),
    Column("name_key", SafeText, nullable=False, comment="The name without case, diacritics and punctuation: one row per key."),
    UniqueConstraint("name_key"),
    hash_index("ix_authors_name", "name"),
    CheckConstraint(f"length(name_key) <= {NAME_LIMIT}", name="name_key_bounded"),
    one_of("kind", AuthorKind),
    comment="Who is credited by at least one article's current state.",
)

article_authors = Table(
    "article_authors",
    metadata,
    _article(primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False, comment="Order on the page, from 1."),
    Column("author_id", BigId, ForeignKey("authors.id"), nullable=False, comment="The author."),
    Column("credit", SafeText, comment="The by-line as printed: `MARVIN ZIEGELE/SPECIAL TO THE JERUSALEM POST`."),
    Column("name", SafeText, nullable=False, comment="The author's name as this page gives it, in normal capitalisation."),
    Column("kind", SafeText, nullable=False, comment="The author's kind as this page gives it."),
    Index("uq_article_authors_author_id_article_id", "author_id", "article_id", unique=True),
    one_of("kind", AuthorKind),
    comment="Which authors an article credits.",
    sqlite_with_rowid=False,
)

tags = Table(
    "tags",
    metadata,
    surrogate(),
    Column(
        "name",
        SafeText,
        nullable=False,
        comment="As pages spell it: a spelling with a capital before one without, one not shouted before one in capitals, then "
        "the first by code points; so that the order of loading does not matter.",
    ),
    Column(
        "slug",
        SafeText,
        nullable=False,
        comment="The name without case, diacritics and punctuation, words joined by `-`: one row per slug.",
    ),
    UniqueConstraint("slug"),
    hash_index("ix_tags_name", "name"),
    CheckConstraint(f"length(slug) <= {NAME_LIMIT}", name="slug_bounded"),
    comment="The topics of at least one article's current state.",
)

article_tags = Table(
    "article_tags",
    metadata,
    _article(primary_key=True, autoincrement=False),
    Column("position", Integer, primary_key=True, autoincrement=False, comment="Order on the page, from 1."),
    Column("tag_id", BigId, ForeignKey("tags.id"), nullable=False, comment="The tag."),
    Column("name", SafeText, nullable=False, comment="The tag as this page spells it."),
    Index("uq_article_tags_tag_id_article_id", "tag_id", "article_id", unique=True),
    comment="Which tags an article has.",
    sqlite_with_rowid=False,
)

related_links = Table(
    "related_links",
    metadata,
    surrogate(),
    _article(),
    Column(
        "block",
        SafeText,
        nullable=False,
        comment="Kind of the block: `most-read`, `opinion`, `related`, `recommended`, `latest`, `in-body`.",
    ),
    Column("heading", SafeText, comment="What the page prints over the block: `Hot Opinion`. NULL where it prints nothing."),
    Column("position", Integer, nullable=False, comment="Order inside the block, from 1."),
    Column("title", SafeText, nullable=False, comment="The linked story's headline."),
    Column("url", SafeText, comment="Absolute address. NULL in a text capture."),
    Column("byline", SafeText, comment="The by-line printed with the link. NULL where there is none."),
    Column("caption", SafeText, comment="The text of the picture beside the link. NULL where there is none."),
    Column(
        "target_article_id",
        BigId,
        ForeignKey("articles.id", ondelete="SET NULL"),
        comment="The linked article, once that is loaded too, whichever came first. NULL until then, and for a link to the "
        "article itself.",
    ),
    Column("key_sha256", Digest, comment="SHA-256 of the linked story's `articles.key`. NULL without an address."),
    UniqueConstraint("article_id", "block", "position"),
    # Most links lead to articles that are never loaded, those of a text capture nowhere: only the others are worth an entry.
    partial_index("ix_related_links_target_article_id", "target_article_id", where="target_article_id IS NOT NULL"),
    partial_index("ix_related_links_key_sha256", "key_sha256", where="key_sha256 IS NOT NULL"),
    one_of("block", Block),
    comment="Links to other stories, in the blocks that stand beside, below or inside the story on the current page.",
)

images = Table(
    "images",
    metadata,
    surrogate(),
    _article(),
    Column("position", Integer, nullable=False, comment="Order on the page, from 1."),
    Column("url", SafeText, comment="Absolute address. NULL in a text capture."),
    Column("caption", SafeText, comment="The caption, without the credit. NULL where there is none."),
    Column("credit", SafeText, comment="Who is named for the picture: `REUTERS/PASCAL ROSSIGNOL`. NULL where nobody is."),
    UniqueConstraint("article_id", "position"),
    comment="Pictures of the story on the current page; no logos, avatars, adverts.",
)

article_revisions = Table(
    "article_revisions",
    metadata,
    surrogate(),
    _article(),
    Column("revision", Integer, nullable=False, comment="Number of the state, from 1, in the order of `seen_at`."),
    Column(
        "page_id",
        BigId,
        ForeignKey("pages.id", ondelete="SET NULL", deferrable=True, initially="DEFERRED"),
        index=True,
        comment="The row of `pages` that first showed this state.",
    ),
    Column("seen_at", UtcDateTime, comment="Earliest capture known of this state, UTC. NULL where no capture of it has a time."),
    Column("title", SafeText, nullable=False, comment="As `articles.title`."),
    Column("subtitle", SafeText, comment="As `articles.subtitle`."),
    Column("body", SafeText, nullable=False, comment="As `articles.body`."),
    Column("updated_at", UtcDateTime, comment="As `articles.updated_at`."),
    Column("body_sha256", SafeText, nullable=False, comment="As `articles.body_sha256`."),
    Column(
        "fields",
        Json,
        nullable=False,
        comment="JSON object: the rest of the state (`section`, `language`, `access`, `published_at`, `published_text`, "
        "`updated_text`, `authors` with name, kind and credit, `tags`).",
    ),
    Column(
        "replaced",
        Boolean,
        nullable=False,
        comment="True where every page of this state has since been read differently by a newer news-etl: not a change by the "
        "publisher.",
    ),
    Column(
        "state_sha256",
        Digest,
        nullable=False,
        comment="SHA-256 of title, subtitle, body, updated_at and `fields`: one row per article and state. Links and images are "
        "no part of it: lists of most-read stories change with every capture.",
    ),
    UniqueConstraint("article_id", "revision"),
    UniqueConstraint("article_id", "state_sha256"),
    # Few states have one before them.
    partial_index("ix_article_revisions_later", "article_id", "revision", where="revision > 1"),
    comment="Every distinct state in which an article was seen, the current one included: nothing that was once loaded is ever "
    "lost.",
)


_OF_RUNS = {"pages", "load_runs", "source_runs", "run_coverage", "visits", "story_queue"}
_DERIVED = "summary_"
CONTENT = tuple(table for name, table in metadata.tables.items() if name not in _OF_RUNS and not name.startswith(_DERIVED))
"""The tables that hold the same content for the same sources, in whatever order and however often these were loaded."""
