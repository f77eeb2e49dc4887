"""The configuration file `news-etl.toml`: its form, and what is wrong with one. Options outweigh it.

Every key is described for users in `docs/configuration.md`.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar
from urllib.parse import urlsplit

import rtoml
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from etl.errors import ConfigError
from etl.faults import faults
from etl.quantities import duration, share
from etl.settings import DEFAULT_DATABASE

# example.org, news.example.co.uk
_DOMAIN = re.compile(r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z][a-z0-9-]{1,62}")
# me@example.org   https://example.org/our-crawler
_CONTACT = re.compile(r"[^\s@()]{1,100}@[^\s@()]{3,200}|https?://[^\s()]{3,300}")
_MEMORY = {"sqlite://", "sqlite:///:memory:"}
T = TypeVar("T")


def read_config(file: Path) -> Config:
    """The file, checked; its relative paths are taken from its own folder. Raises ConfigError for the first fault."""
    try:
        data = rtoml.loads(file.read_text("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ConfigError(str(file), "", f"is not UTF-8 text (byte {error.start})") from error
    except OSError as error:
        raise ConfigError(str(file), "", f"cannot be read: {error.strerror}") from error
    except rtoml.TomlParsingError as error:
        raise ConfigError(str(file), "", f"is not TOML: {error}") from error
    try:
        config = Config.model_validate(data)
    except ValidationError as error:
        key, problem = next(faults(Config, error))
        raise ConfigError(str(file), key, problem) from error
    return _anchored(config, file.absolute().parent)


def _text(check: Any) -> Any:
    """A validator that keeps the text as written: options read it by the same parser."""

    def checked(value: Any) -> str:
        text = str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value
        if not isinstance(text, str):
            raise ValueError(f"{value!r} is no text")
        check(text)
        return text

    return BeforeValidator(checked)


def _name(text: str) -> str:
    if text.strip() in ("", ".", "..") or not text.isprintable() or len(text) > 100:  # a folder of the spool is named after it
        raise ValueError(f"{text!r} is no name: 1 to 100 printable characters, and neither . nor ..")
    return text


def _url(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{text!r} is no http or https address")
    return text


def _domain(text: str) -> str:
    plain = text.strip().lower().removeprefix("www.")
    if not _DOMAIN.fullmatch(plain):
        raise ValueError(f"{text!r} is no domain: write it as jpost.com, without https:// and path")
    return plain


def _contact(text: str) -> str:
    if not _CONTACT.fullmatch(text):
        raise ValueError(f"{text!r} is no contact: an e-mail address, or the address of a page that tells who asks")
    return text


Url = Annotated[str, AfterValidator(_url)]
Duration = Annotated[str, _text(duration)]
Share = Annotated[str, _text(share)]
Domain = Annotated[str, AfterValidator(_domain)]
Name = Annotated[str, AfterValidator(_name)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Source(_Strict):
    """What every kind of source has."""

    name: Name
    enabled: bool = True
    publisher: Domain | None = None
    """Whose the pages are that do not tell their address."""
    every: Duration | None = None
    """A run passes the source over when its last good one is not so long ago."""
    limit: int | None = Field(default=None, ge=1)
    """Pages a run."""
    limit_bytes: int | None = Field(default=None, ge=1)
    limit_time: Duration | None = None
    max_page_bytes: int | None = Field(default=None, ge=1)
    max_age: Duration | None = None
    """Outweighs the bound of the whole job in `status`."""
    max_rejected: Share | None = None


class FilesSource(_Source):
    """Saved pages and archives."""

    kind: Literal["files"]
    paths: tuple[str, ...] = Field(min_length=1)
    """Files, folders, globs, `@lists`."""


class _Addresses(_Source):
    urls: tuple[Url, ...] = Field(min_length=1)
    recheck: Duration = "7d"
    """A page that no list calls changed is asked for again after this time, then ever more rarely."""


class FeedSource(_Addresses):
    """RSS or Atom."""

    kind: Literal["feed"]
    content: Literal["page", "feed"] = "page"
    """Fetch the pages that it names, or load its items as they are and fetch no page."""


class SitemapSource(_Addresses):
    """Sitemaps, news sitemaps and indexes of these."""

    kind: Literal["sitemap"]


class UrlsSource(_Addresses):
    """A list of pages."""

    kind: Literal["urls"]


AddressSource = FeedSource | SitemapSource | UrlsSource
AnySource = FilesSource | AddressSource


class Fetch(_Strict):
    """How hosts are asked."""

    contact: Annotated[str, AfterValidator(_contact)] | None = None
    """An e-mail address or a page that tells who asks; nothing is fetched without it."""
    spool: str = "spool"
    delay: Duration = "1s"
    timeout: Duration = "30s"
    max_time: Duration = "2m"
    max_bytes: int = Field(default=20 * 1024 * 1024, ge=1)
    max_redirects: int = Field(default=5, ge=0)
    retries: int = Field(default=2, ge=0, le=10)
    hosts: int = Field(default=8, ge=1, le=64)
    limit: int | None = Field(default=None, ge=1)
    """Pages a run, of all its sources together; the two below alike."""
    limit_bytes: int | None = Field(default=None, ge=1)
    limit_time: Duration | None = None
    allow_private: bool = False


class Config(_Strict):
    """The whole file. None: the program's own default."""

    database: str = DEFAULT_DATABASE
    publishers: str | None = None
    workers: int | None = Field(default=None, ge=0)
    readers: int | None = Field(default=None, ge=0)
    page_timeout: float | None = Field(default=None, ge=0.1)
    max_page_bytes: int | None = Field(default=None, ge=1)
    wait: Duration | None = None
    max_age: Duration | None = None
    max_rejected: Share | None = None
    log_format: Literal["text", "json"] | None = None
    summary_json: str | None = None
    metrics_file: str | None = None
    ping_url: str | None = None
    fetch: Fetch = Fetch()
    sources: tuple[Annotated[AnySource, Field(discriminator="kind")], ...] = ()

    @model_validator(mode="after")
    def _names_differ(self) -> Config:
        names = [source.name for source in self.sources]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            raise ValueError(f"two sources have the name {twice!r}")
        return self


def _anchored(config: Config, folder: Path) -> Config:
    paths = ("publishers", "summary_json", "metrics_file")
    changed: dict[str, Any] = {name: str(folder / value) for name in paths if (value := getattr(config, name)) is not None}
    changed["database"] = _anchored_database(config.database, folder)
    changed["fetch"] = config.fetch.model_copy(update={"spool": str(folder / Path(config.fetch.spool).expanduser())})
    changed["sources"] = tuple(_anchored_source(source, folder) for source in config.sources)
    return config.model_copy(update=changed)


def _anchored_database(url: str, folder: Path) -> str:
    """`sqlite:///news.db` beside the file; an absolute path has four slashes."""
    start = "sqlite:///"
    if url in _MEMORY or not url.startswith(start) or url.startswith(("sqlite:////", "sqlite:///file:")):
        return url
    return f"{start}{folder / os.path.expanduser(url.removeprefix(start))}"  # noqa: PTH111 - text in, text out


def _anchored_source(source: AnySource, folder: Path) -> AnySource:
    if not isinstance(source, FilesSource):
        return source
    return source.model_copy(update={"paths": tuple(_anchored_path(path, folder) for path in source.paths)})


def _anchored_path(path: str, folder: Path) -> str:
    if "://" in path:  # s3://bucket/*.warc.gz
        return path
    if path.startswith("@"):
        return f"@{_anchored_path(path[1:], folder)}"
    return str(folder / Path(path).expanduser())
