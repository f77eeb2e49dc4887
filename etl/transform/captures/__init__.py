"""Text captures of pages: what is left of a page when its tags were dropped, read by the publisher's rules and by its shape.

Read are captures made by hand, a browser's text files, `conversion` records of WET archives and pages that are plain text.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from etl.errors import PageError
from etl.records import Article, DateValue, Origin, Page, Precision, Publisher, Reason
from etl.transform import told
from etl.transform.captures.authors import read_authors
from etl.transform.captures.blocks import read_blocks, read_tags
from etl.transform.captures.dates import read_dates
from etl.transform.captures.header import read_section, read_subtitle
from etl.transform.captures.kinds import Vocabulary, is_prose, kinds_of
from etl.transform.captures.lines import Capture, read_lines
from etl.transform.captures.outline import Reading, find_outline
from etl.transform.captures.pictures import read_images
from etl.transform.captures.source import printed_address, printed_name, publisher_from_text
from etl.transform.captures.story import read_paragraphs
from etl.transform.document import decoded
from etl.transform.fields.address import publisher_by_name, publisher_of
from etl.transform.fields.dates.declared import day_in_address
from etl.transform.fields.dates.moment import Moment, resolve
from etl.transform.fields.dates.page import country_of
from etl.transform.fields.dates.printed import Habits
from etl.transform.fields.language import detect_language
from etl.transform.profiles import Captures, Profile, Profiles
from etl.transform.reading import Found
from etl.transform.record import article_of
from etl.transform.site import site_of
from etl.transform.text import clean_meta, fold
from etl.transform.urls import unwrap, without_tracking

_SENTENCE = 60
"""Characters of a line from which on it tells of the language: menus do not."""
_SAME_VISIT = dt.timedelta(days=2)
_TOP = 60
"""Lines among which the headline is looked for that whoever kept the text names."""


def read_capture(page: Page, profiles: Profiles) -> Article:
    """An article from a plain-text capture. Raises PageError for what is no article."""
    capture, named_title = _capture(page)
    printed = printed_address(capture.lines)
    named = page.url or printed
    url = without_tracking(unwrap(named)) if named else None
    domain = page.hints.get("publisher")
    if url:
        profile = profiles.for_url(url)
        publisher = publisher_of(url, profile)
    elif domain:
        profile = profiles.for_domain(domain)
        publisher = publisher_by_name(domain, profile)
    else:
        profile = profiles.for_lines(_frame(capture))
        publisher = publisher_from_text(capture.lines, profile)
    language, stated = _language(capture, profile)
    reading = _reading(capture, url, profile, publisher, language, named_title)
    if publisher and publisher.name is None:
        publisher = replace(publisher, name=printed_name(capture.lines, reading.site))

    body = reading.outline.body
    found: dict[str, Found[Any] | None] = {
        "url": Found(url, Origin.URL if page.url else Origin.TEXT, "source" if page.url else "printed address") if url else None,
        "title": Found(reading.outline.title_text, Origin.TEXT, _line(reading, reading.outline.title)),
        "body": Found(body, Origin.TEXT, f"{_line(reading, body.start)} to {reading.lines[body.stop - 1].row}"),
        "language": stated,
        "subtitle": _printed(reading, subtitle := read_subtitle(reading), subtitle),
        "section": read_section(reading),
        "authors": _printed(reading, authors := read_authors(reading), authors[0].credit if authors else None),
        "tags": _printed(reading, tags := read_tags(reading), tags[0] if tags else None, last=True),
    }
    found["published"], found["updated"] = _dates(reading, page, capture, url)
    images, captions = read_images(reading)
    links, linked = read_blocks(reading)
    found["images"] = _printed(reading, images, (images[0].caption or images[0].credit) if images else None)
    found["related_links"] = _printed(reading, links, links[0].heading if links else None, last=True)
    paragraphs = read_paragraphs(reading, captions | linked)
    if not paragraphs:
        raise PageError(Reason.NOT_AN_ARTICLE, "The text holds captions and links, but no paragraph of a story.")
    if reading.lines[reading.outline.title].row < 0:
        found["title"] = Found(reading.outline.title_text, Origin.FEED, "title")
    if page.hints:
        told.fill(found, page, url, profile, reading.vocabulary.habits, paragraphs)
    return article_of(page, url, publisher, found, paragraphs)


def _frame(capture: Capture) -> Iterator[str]:
    """The lines that are no sentences: a story may speak of another site."""
    return (line.text for line in capture.lines if not is_prose(line.text))


def _capture(page: Page) -> tuple[Capture, str]:
    """The lines, and the headline that whoever kept them names. Where the text is the story's alone, it stands over it."""
    text, title = decoded(page).text, clean_meta(page.hints.get("title"))
    capture = read_lines(text)
    if not capture.lines:
        raise PageError(Reason.EMPTY, "The text holds no words.")
    if title and not _prints(capture, title):
        capture = read_lines(f"{title}\n\n{text}")
        for line in capture.lines:
            line.row -= 2  # as in the text
    return capture, title


def _prints(capture: Capture, title: str) -> bool:
    """Whether one of the first lines is a headline, or holds it, or most of its words."""
    wanted = fold(title)
    words = set(wanted.split())
    for line in capture.lines[:_TOP]:
        own = set(fold(line.text).split())
        if wanted in fold(line.text) or (len(words & own) > len(words | own) / 2):
            return True
    return False


def _language(capture: Capture, profile: Profile | None) -> tuple[str, Found[str] | None]:
    """The language to read in, and the one to record: none where the text does not tell surely."""
    if profile and profile.language:
        return profile.language, Found(profile.language, Origin.PROFILE, "language")
    sentences = " ".join(line.text for line in capture.lines if len(line.text) > _SENTENCE)
    detected, sure = detect_language(sentences or " ".join(line.text for line in capture.lines))
    return detected, Found(detected, Origin.HEURISTIC, "text") if sure else None


def _reading(
    capture: Capture, url: str | None, profile: Profile | None, publisher: Publisher | None, language: str, title: str
) -> Reading:
    habits = Habits(
        languages=tuple(dict.fromkeys((language or "en", "en"))),
        order=profile.date_order if profile else None,
        zone=profile.time_zone if profile else None,
        country=country_of(url),
    )
    vocabulary = Vocabulary(habits, profile.captures if profile else Captures())
    kinds = kinds_of(capture.lines, vocabulary)
    site = site_of(url or (f"https://{publisher.domain}/" if publisher else None), [profile.name] if profile else [])
    return Reading(capture.lines, kinds, find_outline(capture.lines, kinds, url, site, vocabulary, title), vocabulary, site)


def _dates(
    reading: Reading, page: Page, capture: Capture, url: str | None
) -> tuple[Found[DateValue] | None, Found[DateValue] | None]:
    in_address = day_in_address(url)
    base = page.fetched_at
    if base and capture.captured and abs(base.date() - capture.captured) > _SAME_VISIT:
        base = None  # the file is younger than the page in it
    known = [day for day in (in_address[0] if in_address else None, capture.captured) if day]
    published, updated = read_dates(reading, base, known)
    if published is None and in_address:
        return _day(reading, *in_address, Origin.URL, "address"), _printed_date(reading, updated)
    if published is None and updated is None and capture.captured:
        return _day(reading, capture.captured, capture.captured.isoformat(), Origin.HEURISTIC, "day of capture"), None
    return _printed_date(reading, published), _printed_date(reading, updated)


def _day(reading: Reading, day: dt.date, text: str, origin: Origin, detail: str) -> Found[DateValue] | None:
    moment = Moment(wall=dt.datetime.combine(day, dt.time()), precision=Precision.DAY)
    value = resolve(moment, reading.vocabulary.habits.zone, text)
    return Found(value, origin, detail) if value else None


def _printed_date(reading: Reading, value: DateValue | None) -> Found[DateValue] | None:
    return _printed(reading, value, value.text if value else None)


def _printed(reading: Reading, value: Any, text: str | None, *, last: bool = False) -> Found[Any] | None:
    """A value with the line that prints it: the first that holds the text, or the last."""
    if not value:
        return None
    lines = reversed(reading.lines) if last else reading.lines
    number = next((line.number for line in lines if text and text in line.text), None)
    return Found(value, Origin.TEXT, "lines" if number is None else _line(reading, number))


def _line(reading: Reading, number: int) -> str:
    return f"line {reading.lines[number].row}"
