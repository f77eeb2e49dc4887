"""What flows between the stages: frozen records that pickle, without behaviour of their own.

A text field never holds NUL or lone surrogates (no database driver takes them); `Article` text is Unicode NFC.
Instants are aware datetimes in UTC.
"""

from __future__ import annotations

import datetime as dt
import enum
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property


class SourceKind(enum.StrEnum):
    """How a source is read."""

    HTML = "html"
    TEXT = "text"
    WARC = "warc"
    ZIP = "zip"
    """Pages or archives packed together; a WACZ is one."""
    TAR = "tar"
    MHTML = "mhtml"
    """One page as browsers save it into one file."""
    JSON_LINES = "json-lines"
    """One page a line, as crawlers write them."""
    UNKNOWN = "unknown"
    """Neither page nor archive by its first bytes: its one page is rejected as `not-html`."""


class Reason(enum.StrEnum):
    """Why a page was rejected: the word to count by (`pages.reason_code`)."""

    EMPTY = "empty"
    """The page holds no bytes, or nothing but white space."""
    TOO_LARGE = "too-large"
    """The page, before or after decompression, passes the size limit of the settings."""
    TRUNCATED = "truncated"
    """The page was cut short, in its archive or by the limits of the parser: what is left is not the whole page."""
    CORRUPT = "corrupt"
    """Bytes of the source are damaged: what stood there is lost. Marks the source `incomplete`."""
    UNREADABLE = "unreadable"
    """The file cannot be opened or read: permissions, a fault of the disc, a member locked by a password."""
    UNSAFE = "unsafe"
    """A member of an archive that is a link or a device, or whose path leads outside of the archive: it is not read."""
    TIMEOUT = "timeout"
    """The page took longer than the deadline of the settings."""
    NOT_HTML = "not-html"
    """Neither HTML nor plain text: an image, a script, an archive of another kind."""
    UNDECODABLE = "undecodable"
    """The bytes are not text in any encoding that the page, the server or detection names."""
    NOT_AN_ARTICLE = "not-an-article"
    """A page without the text of one story: a front page, a menu, an error page."""
    NO_TITLE = "no-title"
    """A page without a title is no article."""
    PARSE_ERROR = "parse-error"
    """A fault of news-etl itself on this page; the log has the traceback. Please report it."""
    WORKER_DIED = "worker-died"
    """The worker process that read this page died of it, twice."""
    UNSTORABLE = "unstorable"
    """The database refused a value of the page."""


class Status(enum.StrEnum):
    """What became of a page in a run (`pages.status`): each page that extract yields ends as exactly one of these."""

    LOADED = "loaded"
    """A story new to the database."""
    UPDATED = "updated"
    """The story was there; this page changed it."""
    UNCHANGED = "unchanged"
    """The page shows what was loaded before."""
    SUPERSEDED = "superseded"
    """The page shows an older state of the story than the loaded one: only its revision was added."""
    REJECTED = "rejected"
    """No article; `pages.reason` says why."""


class Origin(enum.StrEnum):
    """Where a value was found (`articles.origins`)."""

    JSON_LD = "json-ld"
    MICRODATA = "microdata"
    META = "meta"
    HTML = "html"
    PROFILE = "profile"
    HEURISTIC = "heuristic"
    FEED = "feed"
    TEXT = "text"
    URL = "url"


class Precision(enum.StrEnum):
    """How exactly a page gives a date."""

    SECOND = "second"
    MINUTE = "minute"
    DAY = "day"


class ZoneSource(enum.StrEnum):
    """Where the time zone of a date came from."""

    PAGE = "page"
    PUBLISHER = "publisher"
    ASSUMED = "assumed"


class AuthorKind(enum.StrEnum):
    """A person, or an agency, a desk, a staff."""

    PERSON = "person"
    ORGANIZATION = "organization"


class Block(enum.StrEnum):
    """The kinds of blocks of related links."""

    MOST_READ = "most-read"
    OPINION = "opinion"
    RELATED = "related"
    RECOMMENDED = "recommended"
    LATEST = "latest"
    IN_BODY = "in-body"


class Access(enum.StrEnum):
    """Who can read the whole story at the publisher's."""

    FREE = "free"
    METERED = "metered"
    SUBSCRIBER = "subscriber"


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """One file or archive to read."""

    kind: SourceKind
    uri: str
    """An absolute path as text (or, for other kinds of sources, an address)."""
    size: int | None = None
    """Bytes."""
    modified_at: dt.datetime | None = None
    """UTC."""
    etag: str | None = None
    """The version of a file on another machine, as its storage names it."""
    address: str | None = field(default=None, repr=False)
    """Where to read it, if that is not `uri`: with a password or a signature that nobody is to see."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page as it was captured: bytes, and what its source says of them."""

    source: str
    """`Source.uri`."""
    record: str | None = None
    """Its place in the source (byte offset of a WARC record, name of an archive's member); None where the source is the page."""
    url: str | None = None
    """The address that the source names (WARC-Target-URI, sidecar); None where only the page itself can tell."""
    content: bytes
    """The payload, transfer and content codings undone."""
    media_type: str
    """`text/html` or `text/plain`: as told by the content, not only by a header."""
    charset: str | None = None
    """The label in the HTTP header, as sent."""
    fetched_at: dt.datetime | None = None
    """When the page was captured, UTC."""
    hints: Mapping[str, str] = field(default_factory=dict)
    """What a feed or an archive says of the page besides, as text; it fills what the page lacks. `title`, `summary`,
    `section`, `published`, `updated`; `author` and `tags`, one a line; `access` (a tier), `premium` and `free` (true or false);
    `site`, a name of the site; `mirror_url`, the address that the folders of a mirror spell; `publisher`, the domain of the
    site, for a page that tells no address."""

    @cached_property
    def sha256(self) -> str:
        """Digest of `content`, hexadecimal."""
        return hashlib.sha256(self.content).hexdigest()

    @cached_property
    def key(self) -> PageKey:
        """All of the page but its bytes."""
        return PageKey(
            source=self.source,
            record=self.record,
            url=self.url,
            media_type=self.media_type,
            byte_size=len(self.content),
            sha256=self.sha256,
            fetched_at=self.fetched_at,
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class PageKey:
    """Which page an outcome belongs to: what `pages` needs to know of it, without the bytes."""

    source: str
    record: str | None = None
    url: str | None = None
    media_type: str | None = None
    byte_size: int | None = None
    sha256: str | None = None
    fetched_at: dt.datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Visit:
    """What is remembered of an address that was asked for."""

    url: str
    fetched_at: dt.datetime | None
    """The last answer, UTC; None where there never was one."""
    due_at: dt.datetime
    """When to ask again at the latest, UTC."""
    etag: str | None = None
    last_modified: str | None = None
    """As sent."""
    marker: str = ""
    """What the list said of the page's state then."""
    quiet: int = 0
    """How many times the first distance the next visit lies away."""
    failures: int = 0
    """In a row."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PassedOver:
    """A record of an archive that is no page by its kind: counted, not listed in `pages`."""

    source: str
    record: str | None
    kind: str
    """`request`, `revisit`, `redirect`, `image`, … : a word to count by."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Rejected:
    """A page that is not loaded, and why."""

    page: PageKey
    reason: Reason
    message: str
    """One sentence for a reader of the page."""
    source_damaged: bool = False
    """The source itself is cut or corrupt here: the ledger calls it `incomplete`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Publisher:
    """A news site, as far as the page and its profile tell."""

    domain: str
    """Registrable domain (`jpost.com`), by the public suffix list."""
    name: str | None = None
    time_zone: str | None = None
    """IANA name: from the profile, else where the page's offset and the site's country tell it."""
    language: str | None = None
    """BCP 47 primary tag, from the profile."""
    from_profile: bool = False
    """Whether a profile tells this; what it says stands above what pages tell."""


@dataclass(frozen=True, kw_only=True, slots=True)
class DateValue:
    """A date as printed and as normalised."""

    at: dt.datetime
    """The instant, UTC; for a day-only date local midnight."""
    day: dt.date
    """The calendar day as the publisher printed it, in the publisher's zone."""
    precision: Precision
    text: str
    """What the page printed, untouched, without its label (`DECEMBER 1, 2021 12:39`)."""
    zone_source: ZoneSource
    utc_offset: int | None = None
    """Minutes east of Greenwich that the page gives for it, be it by the clock it prints beside an instant in UTC; None where the
    page gives neither offset nor zone."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Author:
    """Who is credited."""

    name: str
    """In normal capitalisation: `Marvin Ziegele`."""
    kind: AuthorKind = AuthorKind.PERSON
    credit: str | None = None
    """The by-line as printed, without `By`: `MARVIN ZIEGELE/SPECIAL TO THE JERUSALEM POST`."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RelatedLink:
    """A link to another story, in a block of such links. Its position is its place in the tuple, inside its block."""

    block: Block
    heading: str | None = None
    """What the page prints over the block: `Hot Opinion`."""
    title: str
    """The linked story's headline, without kicker, rank or date."""
    url: str | None = None
    """Absolute; None in a text capture."""
    key: str | None = None
    """Identity of the linked story (see `Article.key`); None without an address."""
    byline: str | None = None
    caption: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Image:
    """A picture of the story; not a logo, an avatar or an advert."""

    url: str | None = None
    """Absolute; None in a text capture."""
    caption: str | None = None
    credit: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """One story, normalised."""

    page: PageKey
    key: str
    """Identity: canonical address without scheme and `www.`; for a page without an address `publisher/day/slug-of-title`."""
    url: str | None
    """Canonical address, absolute; None for a capture that prints none."""
    adoption_key: str
    """`publisher/day/slug-of-title`, for every article: by it a page with an address adopts a capture without one."""
    publisher: Publisher | None
    title: str
    subtitle: str | None = None
    section: str | None = None
    language: str | None = None
    """BCP 47 primary tag: `en`, `pt`."""
    published: DateValue | None = None
    updated: DateValue | None = None
    authors: tuple[Author, ...] = ()
    tags: tuple[str, ...] = ()
    related_links: tuple[RelatedLink, ...] = ()
    images: tuple[Image, ...] = ()
    body: str
    """Plain text, paragraphs parted by one empty line."""
    word_count: int
    access: Access | None = None
    """None where the page does not say."""
    origins: Mapping[str, str] = field(default_factory=dict)
    """Field name to `Origin` value."""
    details: Mapping[str, str] = field(default_factory=dict)
    """Field name to the exact place (`meta og:title`, `//h1`), for `inspect`; not stored."""

    @property
    def body_sha256(self) -> str:
        """Digest of the body, hexadecimal."""
        return hashlib.sha256(self.body.encode()).hexdigest()
