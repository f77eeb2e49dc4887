"""What stands on a text capture besides the story: blocks of links to other stories, and tags."""

from __future__ import annotations

import itertools
import re

from etl.records import Block, RelatedLink
from etl.transform.captures.density import Kind
from etl.transform.captures.kinds import block_of, inline_link, tags_label
from etl.transform.captures.lines import Line
from etl.transform.captures.outline import Reading
from etl.transform.fields.authors.bylines import parse_byline
from etl.transform.profiles import CaptureBlock, CapturePart

_RANK = re.compile(r"\d{1,2}[.)]?")  # 1
_LIST = re.compile(r"\s*[,;|•·、，/#]\s*")
_NUMBERED = re.compile(r"^\d{1,2}[.)]\s+(?=\S)")  # "1. Harbour reopens"
_MAX_ENTRIES = 20
_MAX_LINES = 100
_MAX_INSIDE = 4
"""Links under a heading in the middle of the text."""
_MAX_TAGS = 30
_MAX_TAGS_LINE = 600
_MAX_TAG = 60
_MAX_TAG_WORDS = 5
_MIN_TITLE = 3
"""Words of a headline; in scripts without spaces it is told by its length."""
_MIN_TITLE_LENGTH = 15
_MAX_TITLE = 250
_NEAR_FOOT = 8
_ENDS = frozenset([Kind.BLOCK, Kind.FOOTER, Kind.COMMENTS, Kind.TAGS])


def read_blocks(reading: Reading) -> tuple[tuple[RelatedLink, ...], frozenset[int]]:
    """The links to other stories in the page's order, and the numbers of the lines they were read from."""
    links: list[RelatedLink] = []
    used: set[int] = set()
    for n in range(reading.outline.body.start, _foot(reading)):
        if reading.kinds[n] is Kind.LINK and n < reading.outline.body.stop:
            links += _inline(reading.lines[n])
            used.add(n)
        elif reading.kinds[n] is Kind.BLOCK:
            lines = _entries(reading, n)
            links += _links(reading, n, lines)
            used |= {n, *(line.number for line in lines)}
    return tuple(links), frozenset(used)


def _foot(reading: Reading) -> int:
    """The line at which the foot of the page begins: by the profile, else where lines of its kind stand close together."""
    starts = tuple(start.casefold() for start in reading.vocabulary.rules.footer)
    foot = [n for n in range(reading.outline.body.stop, len(reading.lines)) if reading.kinds[n] is Kind.FOOTER]
    for n in foot:
        if any(n < other <= n + _NEAR_FOOT for other in foot) or (starts and reading.lines[n].folded.startswith(starts)):
            return n
    return len(reading.lines)


def _inline(line: Line) -> list[RelatedLink]:
    found = inline_link(line.text)
    return [RelatedLink(block=Block.IN_BODY, heading=found[0], title=found[1], url=line.url)] if found else []


def _entries(reading: Reading, n: int) -> list[Line]:
    """The lines under a heading: up to the next heading or the foot of the page, in the middle of the text up to a sentence."""
    inside = n < reading.outline.body.stop
    lines: list[Line] = []
    for line in itertools.islice(reading.lines, n + 1, n + 1 + _MAX_LINES):
        kind = reading.kinds[line.number]
        if kind in _ENDS or (inside and (line.number >= reading.outline.body.stop or kind is Kind.PROSE)):
            break
        lines.append(line)
    return lines[:_MAX_INSIDE] if inside else lines


def _links(reading: Reading, n: int, lines: list[Line]) -> list[RelatedLink]:
    heading = reading.lines[n]
    block = Block.IN_BODY if n < reading.outline.body.stop else block_of(heading, reading.vocabulary)
    rule = next((rule for rule in reading.vocabulary.rules.related if rule.heading.casefold() == heading.folded), None)
    groups = _by_rule(lines, rule) if rule and rule.parts else _by_shape(reading, lines)
    return [
        RelatedLink(
            block=block or Block.RELATED,
            heading=heading.text.rstrip(" :："),
            title=parts["title"],
            byline=_byline(reading, parts.get("byline")),
            caption=parts.get("caption"),
        )
        for parts in groups[:_MAX_ENTRIES]
        if parts.get("title")
    ]


def _by_rule(lines: list[Line], rule: CaptureBlock) -> list[dict[CapturePart, str]]:
    """Entries of so many lines each as the profile says; the first line that does not fit ends the block."""
    size = len(rule.parts)
    entries: list[dict[CapturePart, str]] = []
    for start in range(0, len(lines) - size + 1, size):
        entry = {part: line.text for part, line in zip(rule.parts, lines[start : start + size], strict=True)}
        if "rank" in entry and not _RANK.fullmatch(entry["rank"]):
            break
        if "byline" in entry and not parse_byline(entry["byline"]):
            break
        entries.append(entry)
    return entries


def _by_shape(reading: Reading, lines: list[Line]) -> list[dict[CapturePart, str]]:
    """Entries told from the lines: by their ranks, by the by-lines that close them, else a title on each line."""
    ranks = [n for n, line in enumerate(lines) if _RANK.fullmatch(line.text)]
    if len(ranks) > 1:
        ends = [*ranks[1:], min(len(lines), ranks[-1] + 3)]
        return [_ranked(reading, lines[start + 1 : end]) for start, end in zip(ranks, ends, strict=True)]
    return [{"title": _NUMBERED.sub("", line.text)} for line in lines if _is_title(reading, line)]


def _ranked(reading: Reading, lines: list[Line]) -> dict[CapturePart, str]:
    entry: dict[CapturePart, str] = {}
    for line in lines:
        kind = reading.kinds[line.number]
        if kind is Kind.BYLINE:
            entry.setdefault("byline", line.text)
        elif kind in (Kind.SHORT, Kind.PROSE, Kind.CREDIT) and "title" not in entry:
            entry["title"] = line.text
        elif kind in (Kind.SHORT, Kind.PROSE, Kind.CREDIT):
            entry.setdefault("caption", line.text)
    return entry


def _is_title(reading: Reading, line: Line) -> bool:
    return (
        reading.kinds[line.number] in (Kind.SHORT, Kind.PROSE) and len(line.text.split()) >= _MIN_TITLE and len(line.text) < 250
    )


def _byline(reading: Reading, text: str | None) -> str | None:
    if text is None:
        return None
    authors = parse_byline(text, language=reading.language, site_names=())
    return ", ".join(author.name for author in authors) or text


def read_tags(reading: Reading) -> tuple[str, ...]:
    """The tags of the first line of tags."""
    for n, kind in enumerate(reading.kinds):
        if kind is not Kind.TAGS or n < reading.outline.title:
            continue
        rest = tags_label(reading.lines[n].text)
        if rest and (tags := _on_line(reading, rest)):
            return tags
        if not rest and (tags := _under(reading, n)):
            return tags
    return ()


def _on_line(reading: Reading, text: str) -> tuple[str, ...]:
    if len(text) > _MAX_TAGS_LINE:
        return ()
    parts = _LIST.split(text) if _LIST.search(text) else _phrases(text, reading)
    tags = tuple(dict.fromkeys(tag for part in parts if (tag := part.strip(" .#"))))
    return tags[:_MAX_TAGS] if all(len(tag) <= _MAX_TAG for tag in tags) else ()


def _phrases(text: str, reading: Reading) -> list[str]:
    """Tags with nothing but spaces between: the profile's phrases, names that the story itself holds, else single words."""
    rules = {tuple(phrase.casefold().split()) for phrase in reading.vocabulary.rules.tag_phrases}
    story = "\n".join(reading.lines[n].text for n in (reading.outline.title, *reading.outline.body))
    words = text.split()
    tags: list[str] = []
    start = 0
    while start < len(words):
        size = next((size for size in (5, 4, 3, 2) if _is_phrase(words[start : start + size], size, rules, story)), 1)
        tags.append(" ".join(words[start : start + size]))
        start += size
    return tags


def _is_phrase(words: list[str], size: int, rules: set[tuple[str, ...]], story: str) -> bool:
    if len(words) < size:
        return False
    if tuple(word.casefold() for word in words) in rules:
        return True
    return all(word[:1].isupper() for word in words) and re.search(rf"\b{re.escape(' '.join(words))}\b", story) is not None


def _under(reading: Reading, n: int) -> tuple[str, ...]:
    """Tags one a line under their label."""
    tags: list[str] = []
    for line in reading.lines[n + 1 : n + 1 + _MAX_TAGS]:
        if (
            reading.kinds[line.number] is not Kind.SHORT
            or len(line.text.split()) > 5
            or (tags and line.gap and not reading.lines[n + 1].gap)
        ):
            break
        tags += [part for part in _LIST.split(line.text) if part]
    return tuple(dict.fromkeys(tags))
