"""What a page means for the stories already there: identity, adoption, which capture is current, revisions. Pure: no database.

A batch loads the stories it touches into this model, applies its pages one after the other, and writes what changed. The rules
are such that the outcome depends on the set of captures alone, never on their order:

- A **capture** is a distinct page: the same bytes from the same address, with the times of its first and last fetching.
- A page with an address belongs to the story of its key. Captures without an address form groups by adoption key
  (publisher, day, title); a group belongs, as a whole, to the story with an address that ever showed the same adoption key; of
  several to that with the smallest key; without any it is a story of its own.
- The story's content is that of its highest capture: one with an address before one without; then the one fetched last; then
  HTML before text; then the greater digest.
- Each distinct state that captures show is one **revision**, seen first when the earliest of its captures was fetched.

Outside of these rules stands a page that a newer version of the extraction reads differently: its reading takes the place of the
old one, whose revision remains, marked as replaced when no capture shows it any more.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from etl.load.mapping import Content, digest
from etl.records import Status

_NEVER = dt.datetime.min.replace(tzinfo=dt.UTC)


class Rank(NamedTuple):
    """Which of two captures of one story is the current one: the greater."""

    addressed: bool
    fetched_at: dt.datetime
    markup: bool
    digest: bytes


@dataclass(eq=False, kw_only=True, slots=True)
class Capture:
    """A row of `known_pages`."""

    id: int | None = None
    digest: bytes
    sha256: str
    story: Story | None = None
    revision: Revision | None = None
    addressed: bool = False
    markup: bool = False
    adoption_sha256: bytes | None = None
    first_fetched_at: dt.datetime | None = None
    last_fetched_at: dt.datetime | None = None
    reason_code: str | None = None
    reason: str | None = None
    extraction_version: str
    stored: tuple[Any, ...] | None = None
    """The row as it is in the database."""

    @property
    def rank(self) -> Rank:
        """See `Rank`."""
        return Rank(self.addressed, self.last_fetched_at or _NEVER, self.markup, self.digest)

    def covers(self, fetched_at: dt.datetime | None) -> bool:
        """Whether a fetching at this time tells nothing new."""
        if fetched_at is None:
            return True
        first, last = self.first_fetched_at, self.last_fetched_at
        return first is not None and last is not None and first <= fetched_at <= last

    def fetched(self, fetched_at: dt.datetime | None) -> None:
        """Take note of a fetching."""
        if fetched_at is not None:
            self.first_fetched_at = min(self.first_fetched_at or fetched_at, fetched_at)
            self.last_fetched_at = max(self.last_fetched_at or fetched_at, fetched_at)


@dataclass(eq=False, kw_only=True, slots=True)
class Revision:
    """A row of `article_revisions`, without its text unless it is new."""

    id: int | None = None
    story: Story
    state_sha256: bytes
    number: int = 0
    seen_at: dt.datetime | None = None
    replaced: bool = False
    page_id: int | None = None
    content: Content | None = None
    copy_of: Revision | None = None
    """The stored revision whose text this one takes."""
    stored: tuple[Any, ...] | None = None


@dataclass(eq=False, kw_only=True, slots=True)
class Story:
    """A row of `articles`, without its content unless that changes."""

    id: int | None = None
    key: str
    key_sha256: bytes
    url: str | None = None
    url_sha256: bytes | None = None
    content_sha256: bytes | None = None
    revision: int = 0
    fetched_at: dt.datetime | None = None
    first_loaded_at: dt.datetime | None = None
    page_id: int | None = None
    captures: list[Capture] = field(default_factory=list)
    revisions: dict[bytes, Revision] = field(default_factory=dict)
    content: Content | None = None
    """The content to write; None leaves what is stored."""
    stored: tuple[Any, ...] | None = None

    @property
    def addressed(self) -> bool:
        """Whether a capture of it has an address."""
        return self.url_sha256 is not None

    @property
    def current(self) -> Capture | None:
        """The capture whose content the story has."""
        return max(self.captures, key=lambda capture: capture.rank, default=None)


class Stories:
    """The stories that a batch touches."""

    def __init__(self) -> None:
        self.all: list[Story] = []
        self.gone: dict[Story, Story] = {}
        """Stories that turned out to be others: to be removed."""
        self.dropped: list[Revision] = []
        """Stored revisions that another row stands for now."""
        self.moved: list[tuple[Capture, Story, Story]] = []
        """Captures that went from one stored story to another."""
        self.rekeyed: set[bytes] = set()
        """Digests of keys that a story got or lost."""
        self.captures: dict[bytes, Capture] = {}
        self._by_key: dict[bytes, Story] = {}
        self._by_url: dict[bytes, Story] = {}
        self._by_adoption: defaultdict[bytes | None, set[Capture]] = defaultdict(set)

    def add(self, story: Story) -> None:
        """Take in a story, with its captures and revisions."""
        self.all.append(story)
        self._by_key[story.key_sha256] = story
        if story.url_sha256:
            self._by_url[story.url_sha256] = story
        for capture in story.captures:
            self.captures[capture.digest] = capture
            self._by_adoption[capture.adoption_sha256].add(capture)

    def final(self, story: Story) -> Story:
        """The story that this one turned out to be."""
        while story in self.gone:
            story = self.gone[story]
        return story

    def apply(self, content: Content, capture: Capture, page_id: int, fetched_at: dt.datetime | None) -> Status:
        """Apply a page that was read. `capture` is the known one or a new one, whose fields are set here."""
        repeated = capture.revision and capture.revision.state_sha256 == content.state_sha256 and capture.covers(fetched_at)
        left = self._detach(capture)
        capture.addressed = content.row["url"] is not None
        self._adopted_as(capture, digest(content.row["adoption_key"]))
        capture.reason_code = capture.reason = None
        capture.fetched(fetched_at)
        story, created = self._story_of(content, capture, left)
        if left is not None and left is not story:
            self.moved.append((capture, left, story))
        before = story.current
        self._attach(capture, story, content, page_id)
        if capture.addressed:
            self._attract(story, {capture.adoption_sha256, story.key_sha256})
        if story.current is capture:
            changed = self._take(story, content, page_id)
            return Status.LOADED if created else Status.UPDATED if changed else Status.UNCHANGED
        shown = before is not None and before.revision is capture.revision
        return Status.UNCHANGED if repeated or shown else Status.SUPERSEDED

    def apply_known(self, capture: Capture, page_id: int, fetched_at: dt.datetime | None) -> Status | None:
        """Apply a page that was not read because it is known. None when it has to be read after all: it becomes current."""
        story = capture.story
        if story is None or capture.revision is None:
            return None
        current, times = story.current, (capture.first_fetched_at, capture.last_fetched_at)
        repeated = capture.covers(fetched_at)
        capture.fetched(fetched_at)
        if story.current is not current:
            capture.first_fetched_at, capture.last_fetched_at = times
            return None
        _seen(capture.revision, capture, page_id)
        shown = current is not None and current.revision is capture.revision
        return Status.UNCHANGED if repeated or shown else Status.SUPERSEDED

    def settle(self) -> list[Story]:
        """Number the revisions and note what follows from the captures; gives the stories that remain."""
        remaining = [story for story in self.all if story not in self.gone]
        for story in remaining:
            _number(story)
        return remaining

    def _detach(self, capture: Capture) -> Story | None:
        """Take a known capture out, to be put where its new reading belongs."""
        story = capture.story
        if story is not None:
            story.captures.remove(capture)
        return story

    def _adopted_as(self, capture: Capture, adoption: bytes) -> None:
        self._by_adoption[capture.adoption_sha256].discard(capture)
        capture.adoption_sha256 = adoption
        self._by_adoption[adoption].add(capture)

    def _story_of(self, content: Content, capture: Capture, left: Story | None) -> tuple[Story, bool]:
        """The story that a capture belongs to, and whether it is new. `left` is where the capture was before it was read anew."""
        vacant = left if left is not None and not left.captures else None
        story = self._addressed(content) if capture.addressed else self._unaddressed(capture.adoption_sha256, left)
        if story is None and vacant is not None:
            story = vacant
        if story is None:
            key = _key(content)
            story = Story(key=key, key_sha256=digest(key))
            self.add(story)
            return story, True
        if vacant is not None and vacant is not story:
            self._join(vacant, story)
        if capture.addressed or not story.addressed or story is vacant:
            self._name(story, content)
        return story, False

    def _addressed(self, content: Content) -> Story | None:
        """By key; else by address, if another version made its key otherwise; else a story without address, to be adopted."""
        by_key = self._by_key.get(digest(content.article.key))
        by_url = self._by_url.get(digest(content.row["url"]))
        if by_key and by_url and by_key is not by_url:
            by_key, other = sorted((by_key, by_url), key=_height, reverse=True)
            self._join(other, by_key)
        adoptable = self._by_key.get(digest(content.row["adoption_key"]))
        return by_key or by_url or (adoptable if adoptable and not adoptable.addressed else None)

    def _unaddressed(self, adoption: bytes | None, left: Story | None) -> Story | None:
        """The story that the group of this adoption key belongs to."""
        homes = {capture.story for capture in self._by_adoption[adoption] if capture.story}
        if adoption in self._by_key:
            homes.add(self._by_key[adoption])
        addressed = [story for story in homes if any(capture.addressed for capture in story.captures)]
        if addressed:
            return min(addressed, key=lambda story: story.key)
        own = (story for story in homes if story is not left or story.captures)
        return min(own, key=lambda story: story.key, default=None)

    def _name(self, story: Story, content: Content) -> None:
        """Give a story the key of this capture: of an adopted one, or of one whose key an older version made."""
        key = _key(content)
        if story.key != key:
            self._by_key.pop(story.key_sha256, None)
            self.rekeyed |= {story.key_sha256, digest(key)}
            story.key, story.key_sha256 = key, digest(key)
            self._by_key[story.key_sha256] = story

    def _attach(self, capture: Capture, story: Story, content: Content, page_id: int) -> None:
        revision = story.revisions.get(content.state_sha256)
        if revision is None:
            revision = Revision(story=story, state_sha256=content.state_sha256, content=content)
            story.revisions[content.state_sha256] = revision
        capture.story, capture.revision = story, revision
        _seen(revision, capture, page_id)
        self.captures[capture.digest] = capture
        story.captures.append(capture)

    def _take(self, story: Story, content: Content, page_id: int) -> bool:
        """Make this content the story's; whether that changes it."""
        if content.content_sha256 == story.content_sha256:
            return False
        url = content.row["url"]
        if story.url_sha256:
            self._by_url.pop(story.url_sha256, None)
        story.url, story.url_sha256 = url, digest(url) if url else None
        if story.url_sha256:
            self._by_url[story.url_sha256] = story
        story.content, story.content_sha256, story.page_id = content, content.content_sha256, page_id
        return True

    def _attract(self, story: Story, adoptions: Iterable[bytes | None]) -> None:
        """Bring the groups of captures without address here for which this story is the right one."""
        wanted = set(adoptions)
        groups = {c.story for key in wanted for c in self._by_adoption[key] if not c.addressed and c.story}
        for home in groups - {story}:
            if not any(capture.addressed for capture in home.captures):
                self._join(home, story)
            elif story.key < home.key:
                moving = [c for c in home.captures if not c.addressed and c.adoption_sha256 in wanted]
                self._move(moving, home, story)

    def _join(self, story: Story, into: Story) -> None:
        """Two stories are one: captures, revisions and the date of first loading go over."""
        self._move(list(story.captures), story, into)
        for state, revision in list(story.revisions.items()):
            if state in into.revisions:
                self._drop(revision)
            else:
                revision.story = into
                into.revisions[state] = revision
        story.revisions.clear()
        times = [time for time in (story.first_loaded_at, into.first_loaded_at) if time]
        into.first_loaded_at = min(times, default=None)
        if into.id is None and story.id is not None:
            # A story not yet written takes over the row, so that what refers to it stays right.
            into.id, into.stored = story.id, story.stored
            story.id = None
        self.gone[story] = into
        self.rekeyed |= {story.key_sha256, into.key_sha256}
        for index, by in ((self._by_key, story.key_sha256), (self._by_url, story.url_sha256)):
            if by is not None and index.get(by) is story:
                del index[by]

    def _move(self, captures: list[Capture], home: Story, to: Story) -> None:
        for capture in captures:
            shown = capture.revision
            home.captures.remove(capture)
            capture.story = to
            to.captures.append(capture)
            self.moved.append((capture, home, to))
            if shown is None:
                continue
            capture.revision = to.revisions.get(shown.state_sha256) or self._carry(shown, home, to)
            if not any(other.revision is shown for other in home.captures) and home.revisions.get(shown.state_sha256) is shown:
                del home.revisions[shown.state_sha256]
                self._drop(shown)

    def _carry(self, revision: Revision, home: Story, to: Story) -> Revision:
        """The revision in the other story: itself when nothing at home shows it any more, else a copy."""
        if any(other.revision is revision for other in home.captures):
            carried = Revision(
                story=to,
                state_sha256=revision.state_sha256,
                content=revision.content,
                copy_of=None if revision.content else revision.copy_of or revision,
                page_id=revision.page_id,
            )
        else:
            del home.revisions[revision.state_sha256]
            carried = revision
            carried.story = to
        to.revisions[carried.state_sha256] = carried
        return carried

    def _drop(self, revision: Revision) -> None:
        if revision.id is not None:
            self.dropped.append(revision)


def _key(content: Content) -> str:
    key: str = content.article.key if content.row["url"] is not None else content.row["adoption_key"]
    return key


def _seen(revision: Revision, capture: Capture, page_id: int) -> None:
    """Note the page that first showed a state."""
    first = capture.first_fetched_at
    if revision.page_id is None or (first and (revision.seen_at is None or first < revision.seen_at)):
        revision.page_id, revision.seen_at = page_id, first


def _height(story: Story) -> tuple[bool, Rank | None]:
    current = story.current
    return (current is not None, current.rank if current else None)


def _number(story: Story) -> None:
    shown: dict[Revision, list[dt.datetime]] = {}
    for capture in story.captures:
        if capture.revision is not None:
            shown.setdefault(capture.revision, []).extend(filter(None, (capture.first_fetched_at,)))
    for revision in story.revisions.values():
        revision.replaced = revision not in shown
        if not revision.replaced:
            revision.seen_at = min(shown[revision], default=None)
    in_order = sorted(story.revisions.values(), key=lambda r: (r.seen_at or _NEVER, not r.replaced, r.state_sha256))
    for number, revision in enumerate(in_order, 1):
        revision.number = number
    current = story.current
    if current is not None and current.revision is not None:
        story.revision, story.fetched_at = current.revision.number, current.last_fetched_at
