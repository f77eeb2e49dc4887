"""The tables of the job's own account: pages seen, pages known, sources, runs. The content is in `models`."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Index, Integer, Table, UniqueConstraint

from etl.load.columns import metadata, one_of, partial_index, surrogate
from etl.load.types import BigId, Digest, SafeText, UtcDateTime
from etl.records import Status


class SourceState(StrEnum):
    """How far a source has been read (`source_files.state`)."""

    NEW = "new"
    PARTIAL = "partial"
    DONE = "done"
    INCOMPLETE = "incomplete"
    """Read to its end, but the file itself is cut or corrupt."""


class RunStatus(StrEnum):
    """How a run stands (`load_runs.status`)."""

    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    INTERRUPTED = "interrupted"


pages = Table(
    "pages",
    metadata,
    surrogate(),
    Column("load_run_id", BigId, ForeignKey("load_runs.id", ondelete="CASCADE"), nullable=False, index=True, comment="The run."),
    Column("source", SafeText, nullable=False, comment="The file or archive, as `source_files.uri`."),
    Column(
        "record",
        SafeText,
        comment="The page's place in the source: offset of a WARC record, name of a member. NULL: the source is the page.",
    ),
    Column(
        "url", SafeText, comment="The address that the source names; without one, the article's. NULL where neither is known."
    ),
    Column("fetched_at", UtcDateTime, comment="When the page was captured, UTC."),
    Column("media_type", SafeText, comment="`text/html` or `text/plain`, by the content."),
    Column("byte_size", BigId, comment="Size of the page, content codings undone. NULL where the bytes were lost."),
    Column("sha256", SafeText, comment="SHA-256 of the page's bytes, hexadecimal. NULL where the bytes were lost."),
    Column(
        "status",
        SafeText,
        nullable=False,
        comment="`loaded` (a new article), `updated` (changed the article), `unchanged` (shows what was loaded before), "
        "`superseded` (shows another state than the current one and is outranked by it: only its revision was added), "
        "`rejected` (no article).",
    ),
    Column("reason", SafeText, comment="Why the page was rejected, in one sentence. NULL for the others."),
    Column(
        "reason_code",
        SafeText,
        comment="Why the page was rejected, in one word to count by (`docs/reasons.md`). NULL for the others.",
    ),
    Column(
        "article_id",
        BigId,
        ForeignKey("articles.id", ondelete="SET NULL"),
        index=True,
        comment="The article. NULL for a rejected page.",
    ),
    Column("extraction_version", SafeText, nullable=False, comment="Version of the extraction that read the page."),
    one_of("status", Status),
    CheckConstraint("(status = 'rejected') = (reason IS NOT NULL)", name="reason_given"),
    partial_index("ix_pages_rejected", "load_run_id", "reason_code", where="status = 'rejected'"),
    comment="The account: one row per page seen in a run, whatever became of it.",
)

known_pages = Table(
    "known_pages",
    metadata,
    surrogate(),
    Column(
        "article_id",
        BigId,
        ForeignKey("articles.id", ondelete="CASCADE"),
        index=True,
        comment="The article that the page shows. NULL where the page was rejected.",
    ),
    Column(
        "revision_id",
        BigId,
        ForeignKey("article_revisions.id"),
        index=True,
        comment="The state that the page shows. NULL where the page was rejected.",
    ),
    Column(
        "digest",
        Digest,
        nullable=False,
        comment="SHA-256 of `sha256` and of the address that the source names: one row per digest.",
    ),
    Column("sha256", SafeText, nullable=False, comment="SHA-256 of the page's bytes, hexadecimal."),
    Column("addressed", Boolean, nullable=False, comment="Whether the page has an address; a text capture often has none."),
    Column(
        "markup", Boolean, nullable=False, comment="Whether the page is HTML: of two captures of one time HTML outranks text."
    ),
    Column(
        "adoption_sha256",
        Digest,
        comment="SHA-256 of the page's adoption key (see `articles.adoption_key`). NULL where rejected.",
    ),
    Column("first_fetched_at", UtcDateTime, comment="Earliest capture of the page, UTC. NULL where no capture has a time."),
    Column("last_fetched_at", UtcDateTime, comment="Newest capture of the page, UTC. NULL where no capture has a time."),
    Column("reason_code", SafeText, comment="Why the page was rejected (see `pages.reason_code`). NULL where it was loaded."),
    Column("reason", SafeText, comment="Why the page was rejected, in one sentence. NULL where it was loaded."),
    Column(
        "extraction_version",
        SafeText,
        nullable=False,
        comment="Version of the extraction that read the page: with another it is read anew.",
    ),
    UniqueConstraint("digest"),
    Index("ix_known_pages_adoption_sha256", "adoption_sha256"),
    comment="Each distinct page (the same bytes from the same address) that was ever read, when it was first and last captured, "
    "and what it shows: so that a page is read once only, and the order of loading does not matter.",
)

source_files = Table(
    "source_files",
    metadata,
    surrogate(),
    Column("uri", SafeText, nullable=False, comment="Absolute path, or address. Unique, by `uri_sha256`."),
    Column("size", BigId, comment="Bytes, when it was read. NULL where unknown."),
    Column("modified_at", UtcDateTime(fraction=True), comment="The file's time, UTC, when it was read. NULL where unknown."),
    Column("etag", SafeText, comment="The version of a file on another machine, as its storage names it. NULL for other files."),
    Column(
        "state",
        SafeText,
        nullable=False,
        comment="`new` (nothing read), `partial` (read up to `last_record`), `done`, `incomplete` (read, but the file is cut or "
        "corrupt).",
    ),
    Column("last_record", SafeText, comment="The last record whose page is in the database. NULL where there is none."),
    Column("error", SafeText, comment="What is wrong with the file. NULL where nothing is."),
    Column("uri_sha256", Digest, nullable=False, comment="SHA-256 of `uri`."),
    Column("pruned_at", UtcDateTime, comment="When `news-etl prune` deleted the file, UTC. NULL where it did not."),
    UniqueConstraint("uri_sha256"),
    one_of("state", SourceState),
    comment="Each file or archive read: a later run skips what is done and resumes what is not.",
)

load_runs = Table(
    "load_runs",
    metadata,
    surrogate(),
    Column("started_at", UtcDateTime, nullable=False, comment="UTC."),
    Column("finished_at", UtcDateTime, comment="UTC. NULL while the run lasts."),
    Column(
        "status",
        SafeText,
        nullable=False,
        comment="`running`, `succeeded`, `failed`, `interrupted` (stopped by a signal, or found dead).",
    ),
    Column("version", SafeText, nullable=False, comment="Version of news-etl."),
    Column("command", SafeText, nullable=False, comment="The command line, without secrets."),
    Column("host", SafeText, nullable=False, comment="Name of the machine."),
    Column("pid", Integer, nullable=False, comment="Process on that machine."),
    Column(
        "pages_seen",
        Integer,
        nullable=False,
        comment="Pages that the sources gave: the sum of the five below in every run that is not `failed`.",
    ),
    Column("loaded", Integer, nullable=False, comment="Pages of the run with this status."),
    Column("updated", Integer, nullable=False, comment="Pages of the run with this status."),
    Column("unchanged", Integer, nullable=False, comment="Pages of the run with this status."),
    Column("superseded", Integer, nullable=False, comment="Pages of the run with this status."),
    Column("rejected", Integer, nullable=False, comment="Pages of the run with this status."),
    Column("error", SafeText, comment="Why the run failed or was interrupted. NULL otherwise."),
    one_of("status", RunStatus),
    comment="The ledger: one row per run.",
)

source_runs = Table(
    "source_runs",
    metadata,
    surrogate(),
    Column("load_run_id", BigId, ForeignKey("load_runs.id", ondelete="CASCADE"), nullable=False, comment="The run."),
    Column("name", SafeText, nullable=False, comment="The source's name in the configuration."),
    Column("kind", SafeText, nullable=False, comment="The source's kind in the configuration: `files`."),
    Column("started_at", UtcDateTime, nullable=False, comment="UTC."),
    Column("finished_at", UtcDateTime, nullable=False, comment="UTC."),
    Column("status", SafeText, nullable=False, comment="`succeeded`, `failed` (it could not be read), `interrupted`."),
    Column("pages_seen", Integer, nullable=False, comment="Pages that the source gave in this run."),
    Column("loaded", Integer, nullable=False, comment="Pages of the source with this status."),
    Column("updated", Integer, nullable=False, comment="Pages of the source with this status."),
    Column("unchanged", Integer, nullable=False, comment="Pages of the source with this status."),
    Column("superseded", Integer, nullable=False, comment="Pages of the source with this status."),
    Column("rejected", Integer, nullable=False, comment="Pages of the source with this status."),
    Column("error", SafeText, comment="Why it failed or was interrupted. NULL otherwise."),
    Index("ix_source_runs_load_run_id", "load_run_id"),
    one_of("status", [status for status in RunStatus if status is not RunStatus.RUNNING]),
    comment="The ledger of configured sources: one row per source and run of `news-etl run`.",
)

run_coverage = Table(
    "run_coverage",
    metadata,
    Column(
        "publisher",
        SafeText,
        primary_key=True,
        comment="As `publishers.domain`. Empty where neither page nor capture tells it.",
    ),
    Column(
        "source",
        SafeText,
        primary_key=True,
        comment="The configured source's name, as `source_runs.name`. Empty in a run without one (`load`).",
    ),
    Column(
        "field",
        SafeText,
        primary_key=True,
        comment="`title`, `subtitle`, `section`, `language`, `url`, `published`, `published_time` (more than a day), `updated`, "
        "`authors`, `tags`, `body`, `images`, `related_links`, `access`.",
    ),
    Column(
        "load_run_id",
        BigId,
        ForeignKey("load_runs.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
        autoincrement=False,
        comment="The run.",
    ),
    Column(
        "articles",
        Integer,
        nullable=False,
        comment="Pages that were read as articles in the run and are their story's newest state: `loaded`, `updated`, and those "
        "`unchanged` whose bytes were new.",
    ),
    Column("filled", Integer, nullable=False, comment="Those among them that have the field."),
    comment="The ledger of filled fields: one row per field, publisher, configured source and run. What pages give now beside "
    "what they gave before tells a changed layout.",
    sqlite_with_rowid=False,
)

visits = Table(
    "visits",
    metadata,
    surrogate(),
    Column(
        "url",
        SafeText,
        nullable=False,
        comment="The address. Unique, by `url_sha256`. With `#item` at its end: an item of a feed.",
    ),
    Column("fetched_at", UtcDateTime, comment="The last answer, UTC. NULL where there never was one."),
    Column("due_at", UtcDateTime, nullable=False, comment="When to ask again at the latest, UTC."),
    Column("etag", SafeText, comment="The answer's ETag, as sent. NULL where it had none."),
    Column("last_modified", SafeText, comment="The answer's Last-Modified, as sent. NULL where it had none."),
    Column("marker", SafeText, nullable=False, comment="What feed or sitemap said of the page's state: its time of change."),
    Column("quiet", Integer, nullable=False, comment="How many times the first distance the next visit lies away."),
    Column("failures", Integer, nullable=False, comment="Requests in vain, in a row."),
    Column("url_sha256", Digest, nullable=False, comment="SHA-256 of `url`."),
    UniqueConstraint("url_sha256"),
    comment="Each address that was asked for: a later run asks only for what is new, changed or due.",
)
