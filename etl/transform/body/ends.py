"""The story's first and last blocks: lines on its source, author and date, summaries, calls to subscribe, the headline again."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import takewhile

from etl.transform import words
from etl.transform.blocks import TextBlock
from etl.transform.body.candidates import HEADINGS, Candidate
from etl.transform.body.phrases import closes_with_credit, label_of, mentions_of_mail, phrases_of
from etl.transform.hints import STANDFIRST
from etl.transform.site import Site
from etl.transform.text import fold

# Lines about the text that stand before it and after it.
_BEFORE_TEXT = frozenset(["author", "dateline", "rights"])
_AFTER_TEXT = frozenset(["author", "rights"])
_LABEL_LINE = 40
_DATE_LINE = 10
_CREDIT_LINE = 12
_SMALL = 3
_MARK = re.compile("[:：]")
_MARK_WITHIN = 40
_COPYRIGHT = re.compile(r"copyright\W{1,3}(?:\(c\)|©|\d{4})", re.I)
_BRACKETS = "([（【［©*"
_CLOSING = ")]）】］*"
_UNSURE = 1.5
_ADDRESS_LINE = 20
_BESIDE_ADDRESS = 6
_QUESTION = ("?", "？", "؟")
_EMAIL = re.compile(r"[\w.+-]{1,60}@[\w-]{1,60}\.\w")
_HEADLINES = frozenset(["h1", "h2"])
# A shortcode of WordPress whose plug-in is gone: [button link="/kit"]Send us your kit[/button], [gallery ids="1,2"]
_SHORTCODE = re.compile(r"\[([a-z][\w-]{1,30}) [a-z][\w-]{0,30}=[^\[\]]{1,300}\](?:[^\[\]]{0,300}\[/\1\])?")
_SHARED_WORDS = 3
# Words of names behind `by`.
_NAMES = 5
# Words of a site's name.
_NAME_WORDS = 5
_LIKE = 1.5
# Words of a label that is no heading.
_SHORT_LABEL = 4
_ITEMS = frozenset(["li", "dt", "dd"])
_CELLS = frozenset(["td", "th"])
# Neighbours that share an element, of which a text apart from them is no part.
_NEIGHBOURS = 2
# A score from which on a last text is the story's, be it on the site, if it does not stand apart.
_SURE = 2.5
# A score below which what speaks of subscriptions twice is an offer though it calls nobody.
_HARDLY = 1.0
_SENTENCE = re.compile(r"[.!?…。！？]\s")
_QUOTES = frozenset('"“”„‘«»「」')
# Words between a site's name and what it is: `The Daily Example is the second largest free newspaper of …`.
_KIND_WITHIN = 7
_PUNCTUATION = ".,;:!?…"


def drop_summary(chosen: dict[int, Candidate]) -> None:
    """The story in points that stands before its text, in an element that calls itself a summary, with the heading over it."""
    before = list(takewhile(lambda index: chosen[index].foreign_hints & STANDFIRST, sorted(chosen)))
    points = [index for index in before if chosen[index].block.tag in _ITEMS]
    if points and len(before) < len(chosen):
        above = [index for index in before if index < points[0] and chosen[index].block.tag in HEADINGS]
        for index in [*above[-1:], *points]:
            del chosen[index]


def drop_credits(chosen: dict[int, Candidate]) -> None:
    """Lines that are nothing but a picture's credit, `(Photo: Jane Roe)`, or calls to share; what a plug-in left."""
    for index, candidate in list(chosen.items()):
        if len(chosen) > 1 and (_is_credit(candidate) or _SHORTCODE.fullmatch(candidate.block.text) or _is_share_line(candidate)):
            del chosen[index]


def _is_share_line(candidate: Candidate) -> bool:
    """`Like us on Facebook`: not `Facebook, Instagram`, nor `X (Twitter)` in a cell."""
    block = candidate.block
    is_line = candidate.words <= _CREDIT_LINE and block.tag not in HEADINGS | _ITEMS | _CELLS
    return is_line and candidate.words > phrases_of(block.text, "share") > 1


def _is_credit(candidate: Candidate) -> bool:
    """`Photo: Jane Roe / Post`, `(Photo of the harbour: Jane Roe)`: not `Photos: keep copies of them in another town.`"""
    block = candidate.block
    text = block.text
    if block.tag in _ITEMS or candidate.words > _CREDIT_LINE or not _is_marked(text) or label_of(text) != "credit":
        return False
    return (text[0] in _BRACKETS and text[-1] in _CLOSING) or _is_source(_MARK.split(text, maxsplit=1)[-1], candidate.words)


def _is_source(text: str, words: int) -> bool:
    """Whether what stands behind a label is names (no word of it is small, but `of` and the like) or ends with an agency."""
    if text.endswith(_QUESTION) or not _QUOTES.isdisjoint(text):
        return False
    return not any(word.islower() and len(word) > _SMALL for word in text.rstrip(".").split()) or closes_with_credit(text, words)


def drop_ends(chosen: dict[int, Candidate], title: str, site: Site) -> None:
    """Lines before and after the text that tell its source, its author, its date; the headline in other words."""
    _drop_offers(chosen)
    _drop_labels(sorted(chosen), chosen, _BEFORE_TEXT)
    _drop_labels(sorted(chosen, reverse=True), chosen, _AFTER_TEXT)
    _drop_note(chosen, title, site)
    first = chosen[min(chosen)].block if chosen else None
    if first and is_headline(first, title) and len(chosen) > 1:
        del chosen[first.index]


def _drop_offers(chosen: dict[int, Candidate]) -> None:
    for end in (min, max):
        if len(chosen) > 1 and _is_offer(chosen[end(chosen)], _SURE if _stands_apart(chosen, end(chosen)) else _UNSURE):
            del chosen[end(chosen)]


def _stands_apart(chosen: Mapping[int, Candidate], index: int) -> bool:
    """Whether a text stands in an element of its own while those nearest to it share theirs."""
    parents = [chosen[other].block.element.getparent() for other in sorted(chosen, key=lambda other: abs(other - index))]
    return len(parents) > _NEIGHBOURS and parents[0] not in parents[1:] and parents[1] is parents[2]


def _is_offer(candidate: Candidate, sure: float) -> bool:
    """Whether it speaks of newsletters, subscriptions and the like, and is no report of them: it calls, or speaks to the reader.
    Where little tells that it is of the story, a second such word is enough.
    """
    text = candidate.block.text
    mentions = 0 if candidate.score >= sure else mentions_of_mail(text, candidate.words)
    if candidate.score < _HARDLY and mentions > 1:
        return True
    return bool(mentions) and _calls(text, is_likely=candidate.score >= _UNSURE)


def _calls(text: str, *, is_likely: bool) -> bool:
    """Whether one of its sentences opens like a call (`Sign up for …`), or it speaks to the reader and quotes nobody. Advice
    speaks to the reader too: what is likely text of the story must open like a call.
    """
    if not _QUOTES.isdisjoint(text) or text[0] == "'":
        return False
    speaks = not is_likely and not _spoken_to().isdisjoint(text.split()[1:])
    return speaks or any(label_of(sentence) == "call" for sentence in _SENTENCE.split(text) if sentence)


@cache
def _spoken_to() -> frozenset[str]:
    """Words for the reader, as they are spelled amid a sentence: German and others tell `Sie` from `sie` by that alone."""
    return frozenset(word for by_language in words.table("site")["reader"].values() for word in by_language)


def _drop_labels(indexes: Sequence[int], chosen: dict[int, Candidate], kinds: frozenset[str]) -> None:
    is_past = False  # a standfirst, or the story in points: one short line below them may be about the text too
    for index in indexes[:-1]:
        candidate = chosen[index]
        if _is_about_text(candidate, kinds) and not (is_past and candidate.words > _CREDIT_LINE):
            del chosen[index]
            if is_past:
                break
        elif kinds is _BEFORE_TEXT and (candidate.foreign_hints & STANDFIRST or candidate.block.tag in _ITEMS):
            is_past = True
        else:
            break


def _is_about_text(candidate: Candidate, kinds: frozenset[str]) -> bool:
    """Whether a block is a line of one of these kinds. Items are none: `From: Sandvik`, in a list of facts."""
    label = "" if candidate.block.tag in _ITEMS else _label_line(candidate)
    return label in kinds and (label != "dateline" or _words_of(candidate) <= _DATE_LINE)


def _words_of(candidate: Candidate) -> int:
    """Words but for those with a digit in them: times, days and years."""
    return candidate.words - sum(any(letter.isdigit() for letter in word) for word in candidate.block.text.split())


def _label_line(candidate: Candidate) -> str:
    """What kind of line about the text a block is; one that tells little more than an e-mail address is about its author. A
    question is none: an interview begins with one.

    "Powered by two engines, the ferry …" is none: without a mark a phrase counts only where the block may well be no text.
    """
    text = candidate.block.text
    if candidate.words > _LABEL_LINE or text.endswith(_QUESTION):
        return ""
    if candidate.words <= _ADDRESS_LINE and _EMAIL.search(text):
        is_bare = len(text.split()) <= 1 + _BESIDE_ADDRESS or text[0] in _BRACKETS
        return "author" if is_bare or candidate.score < _UNSURE else ""
    if candidate.block.tag not in HEADINGS and _is_byline(text):
        return "author"
    if _COPYRIGHT.match(text):
        return "rights"
    kind = label_of(text)
    is_short = kind == "dateline" or candidate.words <= _SHORT_LABEL
    return kind if _is_marked(text) or is_short or candidate.score < _UNSURE else ""


def _is_byline(text: str) -> bool:
    """`By Jane Roe`, `by Post Staff Writer`: a word for it, names behind it that begin with a known one, or who it is, and no end
    of a sentence. Titles begin alike: `By The Numbers`, `Von Hand zu Hand`.
    """
    first, *names = text.split()
    if not 1 < len(names) <= _NAMES or first.casefold() not in words.every("authors", "prepositions") or text[-1] in _PUNCTUATION:
        return False
    if names[0].casefold() not in words.every("given_names", "names") and label_of(" ".join(names[-2:])) != "author":
        return False
    return names[-1][0].isupper() and all(name[0].isupper() or len(name) <= _SMALL for name in names)


def _drop_note(chosen: dict[int, Candidate], title: str, site: Site) -> None:
    last = max(chosen, default=0)
    if len(chosen) < 2 or not _tells_what_is(site, chosen[last]):
        return
    # The word that a host is named after may be any: it outweighs what is surely text of the story only as its subject.
    is_known = bool(site.names) or chosen[last].block.text.split(maxsplit=1)[0] in title.split()
    if chosen[last].score < _SURE or (is_known and _stands_apart(chosen, last)):
        del chosen[last]


def _tells_what_is(site: Site, candidate: Candidate) -> bool:
    """Whether a text tells what its own site is: `The Daily Example is a newspaper of …`. A report on the site does not, nor what
    begins with a word that is its name too: `Time is running out`, `El país es …`.
    """
    spoken = candidate.block.text.split(maxsplit=_NAME_WORDS + _KIND_WITHIN)[: _NAME_WORDS + _KIND_WITHIN]
    return any(
        _is_name(site, " ".join(spoken[:count])) and _tells_kind(spoken[count : count + _KIND_WITHIN])
        for count in range(1, _NAME_WORDS + 1)
    )


def _is_name(site: Site, text: str) -> bool:
    """Whether a text is the site's host or its name, with the capitals in which the page declares it, if it does."""
    if not site.names:  # with an article it may be another of the name: `The Post`
        return site.owns(text) and " " not in text
    return site.owns(text) and ("." in text or any(text in name or name in text for name in site.names))


def _tells_kind(spoken: Sequence[str]) -> bool:
    """Whether a sentence goes on, in words of one language, with `is`, an article if the language has them, and `newspaper`."""
    small = " ".join(spoken).casefold().replace("’", "'").replace("'", "' ").split()
    table = words.table("site")
    for language, copulas in table["is"].items():
        articles = table["article"].get(language)
        if len(small) > 1 and small[0] in copulas and (articles is None or small[1] in articles):
            kinds = table["kind"][language]
            if any(word.strip(_PUNCTUATION).endswith(kinds) for word in small[1:]):
                return True
    return False


def _is_marked(text: str) -> bool:
    return text[0] in _BRACKETS or bool(_MARK.search(text, 0, _MARK_WITHIN))


def is_headline(block: TextBlock, title: str) -> bool:
    """Whether a heading is the headline in other words: it shares half of the words of the shorter one with the title."""
    if block.tag not in _HEADLINES or block.text.endswith(".") or len(block.text) > _LIKE * len(title):
        return False
    one, other = ({word for word in fold(text).split() if len(word) > 2} for text in (block.text, title))
    shared = len(one & other)
    return shared >= _SHARED_WORDS and 2 * shared >= min(len(one), len(other))
