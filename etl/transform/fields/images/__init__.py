"""The story's pictures with caption and credit: those shown between headline and last paragraph, and the one above.

What metadata declares as the story's picture confirms one shown before the headline, completes what is printed, and stands
in where the page shows none. Logos, avatars, adverts and the thumbnails of other stories are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from itertools import islice

from lxml import etree

from etl.records import Image, Origin, RelatedLink
from etl.transform import hints
from etl.transform.blocks import Box, TextBlock
from etl.transform.body.captions import pictures_beside
from etl.transform.document import Document
from etl.transform.fields.credit import split_credit
from etl.transform.fields.extent import Extent, common_box, is_within
from etl.transform.fields.images.captions import has_caption, is_told, printed_in, read_caption
from etl.transform.fields.images.declared import declared_images
from etl.transform.fields.images.links import is_linked, is_linked_whole, leads_elsewhere, leads_to_story
from etl.transform.fields.images.pictures import identity_of, is_banner, is_small, is_still, picture_url
from etl.transform.fields.related.lengths import is_title
from etl.transform.hints import name_hint, tag_hint
from etl.transform.profiled import profile_elements
from etl.transform.reading import Found, Story
from etl.transform.text import fold

__all__ = ["extract_images"]

_OTHERS = (
    hints.NAV
    | hints.FOOTER
    | hints.RELATED
    | hints.ADVERT
    | hints.COMMENTS
    | hints.SHARE
    | hints.BYLINE
    | hints.BIO
    | hints.NEWSLETTER
    | hints.COOKIE
    | hints.TAGS
)
"""Boxes whose pictures are not the story's."""
_PERSONS = hints.BYLINE | hints.BIO
"""Names that a credit goes by as well."""
_LONGEST_CAPTION = 400
_TAGS = ("img", "amp-img")
_MAX_IMAGES = 100
_APART = frozenset(["nav", "header", "aside", "form"])
_OF_PICTURE = frozenset(["picture", "source"])
_DIALOGS = frozenset(["dialog", "amp-lightbox"])
_LARGE = frozenset(["body", "html", "main", "article"])
_MAX_PARAGRAPHS = 2
_BEFORE = 30
"""As many blocks before the headline can stand beside a picture above it."""
_TEASER_BLOCKS = 6
_ALIKE = 40
_LINKED = 0.6
_ABOVE = 3
"""Blocks between a picture right over the headline and it: labels, its caption."""
_LEVELS = 5
"""How far above a picture its caption is looked for."""


def extract_images(
    document: Document, story: Story, related: Iterable[RelatedLink] = (), extent: Extent | None = None
) -> Found[tuple[Image, ...]] | None:
    """The story's pictures in the page's order; None where it has none. Those beside a related link are its thumbnails.

    `extent` is the story's place, where the caller has it at hand.
    """
    declared = declared_images(document)
    shown: dict[str, Image] = {}
    of_profile = profile_elements(document, "images")
    known = {identity_of(image.url) for image in declared if image.url}
    others = frozenset(link.url for link in related if link.url)
    extent = extent or Extent(document, story)
    found = _of_profile(document, of_profile) if of_profile else _shown(document, extent, known, others)
    beside: dict[etree._Element, list[etree._Element]] | None = None
    for element, url in found:
        if beside is None:
            beside = _printed_beside(extent, story)
        caption, credit = read_caption(element, _surroundings(element), story.title, beside.get(element, ()))
        _add(shown, Image(url=url, caption=caption, credit=credit), place=url)
        if len(shown) >= _MAX_IMAGES:
            break
    if not shown:
        return Found((_with_caption(document, story, declared[0]),), Origin.META, "declared image") if declared else None
    for image in declared:
        if image.url and identity_of(image.url) in shown:
            _add(shown, image)
    origin, detail = (Origin.PROFILE, "images") if of_profile else (Origin.HTML, f"{len(shown)} shown")
    return Found(tuple(shown.values()), origin, detail)


def _with_caption(document: Document, story: Story, declared: Image) -> Image:
    """A declared picture with what is printed with it, wherever it is shown: apart from the text, or in a teaser of the story."""
    if (declared.caption and declared.credit) or not declared.url:
        return declared
    name = identity_of(declared.url)
    for element in document.body.iter(*_TAGS):
        if name not in (element.get("src") or "").casefold() or is_small(element):
            continue
        if not leads_elsewhere(document, element, declared.url):
            caption, credit = read_caption(element, _surroundings(element), story.title)
            return Image(url=declared.url, caption=declared.caption or caption, credit=declared.credit or credit)
    return declared


def _printed_beside(extent: Extent, story: Story) -> dict[etree._Element, list[etree._Element]]:
    """Pictures in and over the story, with the elements of the texts that stand alone with them and are none of the story."""
    own = {block.index for block in (*story.body.blocks, *story.body.standfirst)}
    found: dict[etree._Element, list[etree._Element]] = {}
    for block in extent.blocks[max(0, extent.start - _TEASER_BLOCKS) : extent.last + 1]:
        if block.index not in own and len(block.text) <= _LONGEST_CAPTION and not block.hints & _OTHERS & ~_PERSONS:
            pictures = pictures_beside(extent.blocks, block.index)
            if len(pictures) == 1:
                found.setdefault(pictures[0], []).append(block.element)
    return found


def _of_profile(document: Document, found: list[etree._Element]) -> Iterator[tuple[etree._Element, str]]:
    for element in found:
        for image in (element,) if element.tag in _TAGS else element.iter(*_TAGS):
            if (url := picture_url(document, image)) is not None:
                yield image, url


def _add(images: dict[str, Image], image: Image, place: str = "") -> None:
    """Add a picture, or what is new of it to the same one in another size; of other words in another place it is another."""
    identity = identity_of(image.url or "")
    known = images.get(identity)
    if known is None:
        images[identity] = image
    elif place and known.caption and image.caption and known.url != place and not _is_alike(known.caption, image.caption):
        images[place] = image
    else:
        images[identity] = Image(url=known.url, caption=known.caption or image.caption, credit=known.credit or image.credit)


def _shown(
    document: Document, extent: Extent, declared: set[str], others: frozenset[str]
) -> Iterator[tuple[etree._Element, str]]:
    """The image elements that stand in the story, with their addresses."""
    if extent.container is None:
        return
    found = False
    places = _Places(document, extent, extent.container, others)
    for image in places.root.element.iter(*_TAGS):
        if is_small(image) or (place := places.of(image)) is None:
            continue
        url = picture_url(document, image) or (picture_url(document, image, captioned=True) if is_told(image) else None)
        if url is not None and places.gives(image, url, place, declared):
            found = True
            yield image, url
    if not found and not declared:
        yield from _before(document, places.root.element)


def _before(document: Document, root: etree._Element) -> Iterator[tuple[etree._Element, str]]:
    """The picture in an element without text right before the one with headline and story."""
    before = next(root.itersiblings(etree.Element, preceding=True), None)
    if before is None or before.tag in _APART or "".join(before.itertext()).strip():
        return
    for image in before.iter(*_TAGS):
        if not (is_small(image) or is_banner(image) or is_linked(image)) and (url := picture_url(document, image)) is not None:
            yield image, url
            return


class Place(Enum):
    """Where an image stands."""

    IN_STORY = "in-story"
    ABOVE = "above"
    """Right over the headline: its own if metadata says so, or says nothing of pictures."""
    IN_TEASER = "in-teaser"
    """Before the story's end in a box called `teaser` or the like: its own only if metadata says so, and no link leads away."""
    ELSEWHERE = "elsewhere"
    """Before or after the story: its own only if metadata says so."""


class _Places:
    """Where images stand among the text blocks of the part of the page that holds headline and story."""

    def __init__(self, document: Document, extent: Extent, container: Box, others: frozenset[str]) -> None:
        self.document = document
        self.others = others
        self.extent = extent
        self.container = container
        self.root = container if extent.headline is None else common_box(container, extent.blocks[extent.headline].box)
        self.common = self.root.hints | container.hints
        inside = extent.span(self.root)
        blocks = extent.blocks[max(extent.start - _BEFORE, inside.start) : inside.stop]
        self.paragraphs = {extent.blocks[index].element for index in extent.story}
        self.boxes: dict[etree._Element, Box] = {}
        self.strange: dict[Box, bool] = {}
        """Whether a box is another story's, once an image in it was looked at."""
        self.indexes: dict[etree._Element, int] = {}
        """What `_index` gave for elements without text: a row of a thousand pictures is walked once."""
        self.first = _reached(blocks, self.root, self.boxes)
        self.last = _reached(reversed(blocks), self.root, self.boxes)

    def of(self, image: etree._Element) -> Place | None:
        """Where an image stands; None for one in a box of other things."""
        bits = _own_hints(image)
        below, element = image, image.getparent()
        while element is not None and element not in self.boxes:
            bits |= _own_hints(element)
            below, element = element, element.getparent()
        if element is None:
            return None
        box = self.boxes[element]
        others = (bits | (box.hints & ~self.common)) & _OTHERS
        if others == hints.RELATED and self._index(below, box) <= self.extent.last:
            return Place.IN_TEASER
        if others:
            return None
        if box not in self.strange:
            self.strange[box] = self._is_teaser(box) or self._is_of_other_article(box) or _is_in_dialog(box)
        if self.strange[box]:
            return None
        index = self._index(below, box)
        end = self.extent.last + is_within(box, self.container)  # the container can end with a picture
        if self.extent.start <= index <= end:
            return Place.IN_STORY
        return Place.ABOVE if 0 < self.extent.start - index <= _ABOVE else Place.ELSEWHERE

    def gives(self, image: etree._Element, url: str, place: Place, declared: set[str]) -> bool:
        """Whether an image in a place is a picture of the story, as which metadata declares these."""
        if identity_of(url) in declared:
            return place is not Place.IN_TEASER or not leads_elsewhere(self.document, image, url)
        if is_still(image):
            return False
        if place is Place.ABOVE:
            return not declared and not is_linked(image) and not is_banner(image)
        return place is Place.IN_STORY and not self.is_thumbnail(image, url)

    def is_thumbnail(self, image: etree._Element, url: str) -> bool:
        """Whether an image in the story is the thumbnail of the page it links to.

        The caption of its figure, outside the link, outweighs that: with a credit, between two paragraphs, or where no story is
        linked.
        """
        if not leads_elsewhere(self.document, image, url):
            return False
        figure = next((element for element in islice(image.iterancestors(), _LEVELS) if element.tag == "figure"), None)
        if figure is None or is_linked_whole(figure):
            return True
        caption, credit = printed_in(figure)
        if caption is None:
            return True
        return credit is None and leads_to_story(self.document, image) and not self._is_between_paragraphs(figure)

    def _is_between_paragraphs(self, figure: etree._Element) -> bool:
        return {figure.getprevious(), figure.getnext()} <= self.paragraphs

    def _is_teaser(self, box: Box) -> bool:
        """Whether what is printed beside an image is another story's teaser: nothing but links, or a related link."""
        first, last = self.first[box], self.last[box]
        if last - first >= _TEASER_BLOCKS:
            return False
        blocks = self.extent.blocks[first : last + 1]
        if any(block.box.own_hints & hints.CAPTION for block in blocks):
            return False
        if all(block.links and block.link_density > _LINKED and not _is_credit(block) for block in blocks):
            return True
        return any(self.document.absolute(anchor.get("href")) in self.others for block in blocks for anchor, _ in block.links)

    def _is_of_other_article(self, box: Box) -> bool:
        """Whether an image stands in another story's card: an `article` with a headline, and no block of this story.

        A picture with its caption is an `article` of its own in some systems.
        """
        around: Box | None = box
        while around is not None and around is not self.root and around is not self.container:
            if around.tag == "article":
                first, last = self.first[around], self.last[around] + 1
                return not self.extent.has_text_between(first, last) and any(map(_is_headline, self.extent.blocks[first:last]))
            around = around.parent
        return False

    def _index(self, below: etree._Element, box: Box) -> int:
        """Index of the block before which a child of a box stands."""
        index = self.first[box]
        for sibling in below.itersiblings(preceding=True):
            if sibling in self.boxes:
                index = self.last[self.boxes[sibling]] + 1
                break
            if sibling in self.indexes:
                index = self.indexes[sibling]
                break
        self.indexes[below] = index
        return index


def _is_credit(block: TextBlock) -> bool:
    """Whether a text is a picture's credit and nothing else: it may lead to the photographer."""
    caption, credit = split_credit(block.text)
    return credit is not None and caption is None


def _is_in_dialog(box: Box) -> bool:
    return any(around.tag in _DIALOGS for around in box.element.iterancestors()) or box.tag in _DIALOGS


def _is_alike(one: str, other: str) -> bool:
    """Whether one caption holds the other, or its beginning: cut short, or with a counter before it."""
    shorter, longer = sorted((fold(one), fold(other)), key=len)
    return shorter[:_ALIKE] in longer


def _is_headline(block: TextBlock) -> bool:
    """Whether a block is a card's headline: a heading, or a link of such a length; a caption is none, whatever it links to."""
    if block.hints & hints.CAPTION:
        return False
    if block.hints & hints.HEADING or block.box.own_hints & hints.TITLE:
        return True
    return any(is_title(text) for _, text in block.links)


def _reached(blocks: Iterable[TextBlock], root: Box, boxes: dict[etree._Element, Box]) -> dict[Box, int]:
    """Index of the first of the blocks, taken in the order given, in each box up to the root."""
    found: dict[Box, int] = {}
    for block in blocks:
        box: Box | None = block.box
        while box is not None and box not in found:
            found[box] = block.index
            boxes[box.element] = box
            box = None if box is root else box.parent
    return found


def _own_hints(element: etree._Element) -> int:
    bits = tag_hint(str(element.tag))
    for attribute in ("class", "id"):
        if name := element.get(attribute):
            bits |= name_hint(name)
    return bits


def _surroundings(image: etree._Element) -> etree._Element:
    """The element around a picture with what is printed of it: no other picture and no text of the story is in it."""
    around = image
    while (parent := around.getparent()) is not None and parent.tag in _OF_PICTURE:
        around = parent
    for _ in range(_LEVELS):
        parent = around.getparent()
        if parent is None or (parent.tag in _LARGE and not _is_of_media(parent)):
            break
        if parent.tag == "figure" and sum(1 for _ in parent.iter("figcaption")) == 1:
            return parent  # the same picture again for those without scripts, or several under one caption
        if _holds_more(parent, 1, *_TAGS) or _holds_more(parent, _MAX_PARAGRAPHS, "p", "h1", "h2"):
            break
        below, around = around, parent
        if has_caption(around, within=below):
            break
    return around


def _is_of_media(element: etree._Element) -> bool:
    """Whether an `article` is a picture with its caption, and no story."""
    return element.tag == "article" and not _holds_more(element, 0, "h1", "h2", "h3")


def _holds_more(element: etree._Element, number: int, *tags: str) -> bool:
    """Whether more than so many elements with one of these tags stand in an element: a whole page is not counted."""
    return next(islice(element.iter(*tags), number, None), None) is not None
