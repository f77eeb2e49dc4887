"""What an element's tag, role, class and id say of its place on the page: bits that text blocks inherit.

The vocabulary is the habit of news sites everywhere, grouped by meaning; no entry is for one site. It is the one table for all
fields: a field that needs a new bit adds it here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

NAV = 1 << 0
"""Menus, breadcrumbs, pagination."""
HEADER = 1 << 1
"""The site's head (not an article's)."""
FOOTER = 1 << 2
ASIDE = 1 << 3
"""Side bars and asides."""
FIGURE = 1 << 4
"""Pictures, videos, galleries with their captions."""
CAPTION = 1 << 5
FORM = 1 << 6
"""Forms, sign-up boxes, dialogs."""
COMMENTS = 1 << 7
RELATED = 1 << 8
"""Blocks of links to other stories."""
ADVERT = 1 << 9
SHARE = 1 << 10
BYLINE = 1 << 11
DATE = 1 << 12
TAGS = 1 << 13
HIDDEN = 1 << 14
QUOTE = 1 << 15
LIST = 1 << 16
TABLE = 1 << 17
ARTICLE = 1 << 18
"""Inside <article>, main or an element that calls itself the story's text."""
BODY = 1 << 19
"""Inside an element that calls itself the text of the story (articleBody, entry-content, …)."""
TITLE = 1 << 20
"""In a heading that calls itself the headline."""
STANDFIRST = 1 << 21
BIO = 1 << 22
"""A box about the author."""
NEWSLETTER = 1 << 23
COOKIE = 1 << 24
PAYWALL = 1 << 25
HEADING = 1 << 26
"""h1 to h6."""
BREADCRUMB = 1 << 27
LIVE = 1 << 28
"""An entry of a live blog."""
CONTROL = 1 << 29
"""Buttons, icons, counters, labels of the page's own workings."""
KICKER = 1 << 30
"""The line over or before a headline that names the topic."""

NEGATIVE = (
    NAV
    | HEADER
    | FOOTER
    | ASIDE
    | FIGURE
    | CAPTION
    | FORM
    | COMMENTS
    | RELATED
    | ADVERT
    | SHARE
    | TAGS
    | HIDDEN
    | BIO
    | NEWSLETTER
    | COOKIE
    | PAYWALL
    | CONTROL
)
"""Bits that speak against being the story's text."""

_PICTURED = 1 << 31  # of a name that says whose picture something is: no by-line

BY_TAG = {
    "nav": NAV,
    "footer": FOOTER,
    "aside": ASIDE,
    "figure": FIGURE,
    "picture": FIGURE,
    "video": FIGURE,
    "audio": FIGURE,
    "figcaption": FIGURE | CAPTION,
    "form": FORM,
    "dialog": FORM,
    "button": FORM | CONTROL,
    "select": FORM | CONTROL,
    "textarea": FORM | CONTROL,
    "label": CONTROL,
    "blockquote": QUOTE,
    "ul": LIST,
    "ol": LIST,
    "dl": LIST,
    "table": TABLE,
    "article": ARTICLE,
    "main": ARTICLE,
    "time": DATE,
    "address": BYLINE,
    **{f"h{n}": HEADING for n in range(1, 7)},
}
"""The bits of a tag name."""

_BY_ROLE = {
    "navigation": NAV,
    "banner": HEADER,
    "contentinfo": FOOTER,
    "complementary": ASIDE,
    "search": FORM,
    "dialog": FORM,
    "alertdialog": FORM,
    "article": ARTICLE,
    "main": ARTICLE,
}

_BY_ITEMPROP = {
    "articlebody": BODY | ARTICLE,
    "headline": TITLE,
    "author": BYLINE,
    "creator": BYLINE,
    "datepublished": DATE,
    "datemodified": DATE,
    "keywords": TAGS,
    "breadcrumb": BREADCRUMB | NAV,
    "caption": CAPTION,
    "comment": COMMENTS,
}

_BY_ITEMTYPE = {
    "videoobject": FIGURE,
    "imageobject": FIGURE | CAPTION,
    "comment": COMMENTS,
    "usercomments": COMMENTS,
    "sitenavigationelement": NAV,
    "breadcrumblist": BREADCRUMB | NAV,
    "wpheader": HEADER,
    "wpfooter": FOOTER,
    "wpsidebar": ASIDE,
    "wpadblock": ADVERT,
}

# Words as they stand in class and id, camelCase and separators undone, digits out: (bits, phrases parted by "|"; `?` makes the
# letter or space before it optional). A phrase is found anywhere in a name, at word boundaries.
_PHRASES: tuple[tuple[int, str], ...] = (
    (
        NAV,
        "nav|navbar|navigation|menus?|submenu|megamenu|pagination|pager|skip link|topbar|hamburger|off ?canvas|subnav|navi|navigator|menuitem",
    ),
    (BREADCRUMB | NAV, "bread ?crumbs?|crumbs?|brotkrumen|fil ariane|ariane|migas|you are here|kruimelpad"),
    (
        HEADER,
        "masthead|site header|page header|global header|main header|header top|top header|header main|top bar|site head|page head",
    ),
    (FOOTER, "foot|footer|site footer|page footer|colophon|copyrights?|imprint|footers|copyright notice"),
    (
        ASIDE,
        "side ?bar|sidecolumn|right rail|rightrail|right column|right col|rail|secondary|widgets?|widget area|side ?column|side col|left column|left col|"
        "sidebars|complementary|aside|right ?bar|left ?bar|side block|info ?box|factbox|fact box",
    ),
    (
        FIGURE,
        "gallery|slideshow|slider|carousel|lightbox|video player|player|jwplayer|media caption|wp caption|fotorama|swiper|slick|photo gallery|galerie",
    ),
    (
        CAPTION,
        "captions?|figcaption|photo credits?|image credits?|img credit|credit line|legend|legende|bildunterschrift|pie de foto|media info|image meta|"
        "image description|picture credit|photo source|copyright info|bildtext|pie foto|image source|figure caption|photographer|image info|img caption|credits?|"
        "instagram media|tiktok embed",
    ),
    (
        CAPTION | _PICTURED,  # `author photo` is the author's portrait
        "image authors?|image by ?line|photo authors?|photo by ?line|picture authors?|caption authors?|foto autor|foto autorin|bild autor|bild autorin",
    ),
    (
        FORM,
        "search form|searchform|log ?in|sign ?in|signup form|modals?|pop ?up|overlay|dialog|tool ?tip|drop ?down|forms?|input|checkbox|lightbox content",
    ),
    (
        COMMENTS,
        "comments?|comment list|commentlist|comment ?policy|comment ?rules|comment ?guidelines|disqus|respond|kommentare?|comentarios?|commentaires?|discussion|reader comments|fb comments|commentary list|"
        "user comments|comment form|postings|commenting|replies|reactions|reacties|kommentarer|forum discussion|livefyre|coral|trackbacks?|pingbacks?|recent ?comments",
    ),
    (
        RELATED,
        "relateds?|related articles?|related posts?|related story|related stories|related links?|related content|related news|recommend|recommends|recommended|recommendations?|"
        "read more|read next|read also|readmore|more stories|more news|more from|more on|more articles|most read|most popular|most viewed|most shared|most commented|mostread|"
        "popular|trending|latest|latest news|teasers?|promos?|outbrain|taboola|also read|see also|you may like|you may also like|similar|weitere|mehr zum thema|lire aussi|"
        "a lire aussi|leggi anche|lees ook|meistgelesen|mas leidas?|up next|next article|jp relatedposts|yarpp|crp related|associated|inline link|related item|more link|"
        "article links?|link ?box|link list|linklist|post navigation|next post|previous post|prev next|nav links|further reading|read on|onward|cross ?link|story list|"
        "article list|news list|headline list|stream list|card list|mehr dazu|zum thema|mas noticias|mas informacion|correlati|correlate|suggested|suggestions?|interlink|"
        "in article link|article recirc|recirculation|recirc|editors? picks?|more posts|recent posts|recent articles|nextprev|bottom links|ranking",
    ),
    (
        ADVERT,
        "ads?|advert|adverts|advertise|advertising|advertisements?|advertiser|adsense|adslot|ad slot|ad unit|ad wrapper|ad container|ad banner|banner ad|dfp|gpt|sponsor|sponsored|"
        "sponsors|werbung|anzeigen?|publicidad|publicite|pubblicita|reklam|reklama|reklame|promoted|commercial|affiliate|adbox|native ad|banners?|adv|advertorial",
    ),
    (
        SHARE,
        "shares?|sharing|socials?|sharedaddy|addthis|addtoany|share ?this|follow us|share bar|share buttons?|share tools?|teilen|compartir|partager|social ?media|social links|"
        "social icons|share links|follow|followers|condividi|delen|article tools|story tools|tools|toolbar|bookmarks?|print button|shariff|like button|sns",
    ),
    (
        BYLINE,
        "by ?lines?|authors?|author names?|author info|author list|author link|reporters?|contributors?|writers?|autor|autoren|autores|auteurs?|autore|skribent|firma|verfasser|"
        "byname|posted by|autorka|autori|redaktion|yazar|toimittaja|kirjoittaja|szerzo|dziennikarz|columnists?|written by|authorship|submitted|journalists?|redactie|redaktor|author meta|signature|firmas|autorin|autorzeile|autorenzeile|autorenname|forfatter|giornalista|redacteur|editor name",
    ),
    (
        BIO,
        "author bio|author box|author description|author card|author profile|author about|authorbox|bio|about author|about the author|about author box|biography|autorenbox|"
        "author details|autor box|author block|contributor bio|author intro|author text|bios|author panel|author widget",
    ),
    (
        DATE,
        "dates?|date line|date time|date published|date posted|dateline|datetime|time ?stamp|pub ?date|publish|published|publish date|published date|published on|publish time|"
        "posted on|entry date|post date|updated?|last updated|modified|datum|fecha|data|erstellt|zeitstempel|last modified|time ago|article date|meta info|entry meta|post meta|"
        "article meta|story meta|post ?metadata|dato|post info|article info|story info|byline date|publication date|heure|tarih|pubtime",
    ),
    (
        TAGS,
        "tags?|tag list|tag links?|tag cloud|tag items?|taglist|tagcloud|post tags|entry tags|article tags|topics?|topic list|topic tags?|keywords?|etiquetas|schlagworte?|"
        "schlagwoerter|mots cles|themen|temas|labels?|tags links|categories|category list|cat links|taxonomy|hashtags?|trefwoorden|stichworte?",
    ),
    (
        HIDDEN,
        "hidden|sr only|visually ?hidden|screen ?reader|screen reader text|invisible|d none|display none|is hidden|print only|no ?print|hide|only print|u hidden|offscreen",
    ),
    (QUOTE, "blockquote|pull ?quote|quotes?|zitat|citation|cita"),
    (
        BODY | ARTICLE,
        "article ?body|article ?content|article ?text|article ?copy|story ?body|story ?content|story ?text|story ?copy|post ?body|post ?content|post ?text|entry ?content|entry ?body|"
        "body ?copy|body ?text|content ?body|news ?body|news ?text|news ?content|td post content|articulo ?cuerpo|cuerpo ?noticia|artikel ?text|article ?main|rich ?text|"
        "wysiwyg|the content|detail ?body|detail ?content|detail ?text|body ?content|article ?inner content|content ?text|articulo ?contenido|noticia ?contenido|field name body|"
        "story ?blocks|article ?paragraphs?|article ?detail|news ?detail|page ?text|post ?entry|blog ?content|blog ?post ?content|inner ?post|single ?content|prose|artikel ?body|"
        "article ?section|content ?article|texto ?noticia|cuerpo ?nota|nota ?cuerpo|corps ?article|article ?corps|haber ?metni|haber ?icerik|main ?text|mw parser output|"
        "view content|node ?content|tekst ?artykulu|article ?wrap",
    ),
    (
        ARTICLE,
        "article|story|post|entry|hentry|main content|main ?column|node article|single post|artikel|noticia|articulo|page ?content|primary content|content ?main|nota|recipe",
    ),
    (
        TITLE,
        "headline|article ?title|story ?title|post ?title|entry ?title|page ?title|news ?title|article ?headline|title|titel|titulo|titre|titolo",
    ),
    (
        STANDFIRST,
        "stand ?first|sub ?titles?|sub ?headline|sub ?head|sub ?heading|deck|dek|lead|lede|lede text|teaser ?text|summary|article ?summary|excerpt|intro|introduction|article ?intro|"
        "vorspann|chapeau|chapo|bajada|entradilla|sommario|occhiello|description|abstract|kicker text|ingress|preamble|leadtext|lead text|article ?lead|article ?description|"
        "synopsis|anons|header ?text|intro ?text|article ?deck|lead in|leadin|untertitel|manchet|perex|spot",
    ),
    (
        KICKER,
        "kickers?|over ?line|roof ?line|dach ?zeile|spitzmarke|eye ?brow|top ?line|volanta|ante ?titulo|sur ?titre|sur ?title|sup ?title|super ?title|pre ?title|"
        "pre ?headline|upper ?title|super ?headline|headline prefix",
    ),
    (
        NEWSLETTER,
        "newsletters?|subscribe|subscriptions?|mailing list|mailchimp|sign ?up|email signup|app promo|app banner|app download|subscriber|abonnement|abonnieren|donate|donation|"
        "donations|support us|membership|become a member|call to action|cta|mc embed|inscription|notification|notifications",
    ),
    (
        COOKIE,
        "cookies?|consent|gdpr|cmp|privacy banner|onetrust|cookie banner|cookie notice|cookie consent|privacy|opt in|embed consent|external content|datenschutz",
    ),
    (
        PAYWALL,
        "pay ?wall|piano|tp container|reg ?wall|premium box|premium wall|meter|abo wall|locked|paygate|plus ?box|barrier|subscription ?wall",
    ),
    (LIVE, "live ?blog|live ?entry|live ?post|ticker ?entry|live ?update|live ?ticker"),
    (
        CONTROL,
        "buttons?|btn|icons?|toggle|counter|count|ui|cta|breaking|ticker|disclaimer|badge|tooltip|loading|spinner|toc|table of contents|rating|ratings|votes?|poll|quiz|login|"
        "logo|logos|language switcher|kicker|overline|eyebrow|section name|reading time|read ?time|views|duration|audio player|skip|jump|search",
    ),
)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")  # articleBody, c-article__body2, HTMLText
_SMALL_WORD = re.compile(r"[a-z]+")  # the same where there are no capitals
_BUILDING_BLOCK = "elementor-widget"
"""A page builder calls all that it places a widget; what follows (`-nav-menu`) tells what it is."""
_POST = "status-publish"
"""WordPress gives the element round a whole story this class, and one for each of its tags and categories."""
_OF_POST = ("status-", "tag-", "category-")
_DISPLAY_NONE = re.compile(r"display\s*:\s*none", re.I)  # style="display: none"
_LONGEST_NAME, _MOST_NAMES = 120, 40
_MOST_LEARNED, _LONGEST_LEARNED = 30_000, 300  # a style can hold a picture


def tag_hint(tag: str) -> int:
    """The bits of a tag name."""
    return BY_TAG.get(tag, 0)


def attribute_hint(name: str, value: str) -> int:
    """The bits of an attribute: one of `ATTRIBUTE_HINTS`, else none."""
    return ATTRIBUTE_HINTS[name][value] if name in ATTRIBUTE_HINTS else 0


def name_hint(names: str) -> int:
    """The bits of a class or an id, as written. Each of its names speaks for itself."""
    return _NAMES[names]


class _Learned(dict[str, int]):
    """The bits of an attribute's values, read when a value first comes up: the pages of a site repeat theirs."""

    def __init__(self, read: Callable[[str], int]) -> None:
        super().__init__()
        self._read = read

    def __missing__(self, value: str) -> int:
        bits = self._read(value)
        if len(self) >= _MOST_LEARNED:
            self.clear()
        if len(value) <= _LONGEST_LEARNED:
            self[value] = bits
        return bits


def _read_names(names: str) -> int:
    single = names.split(None, _MOST_NAMES)[:_MOST_NAMES]
    if _POST in names:
        single = [name for name in single if not name.startswith(_OF_POST)]
    bits = 0
    for name in single:
        bits |= _one_name(name)
    return bits


_NAMES = _Learned(_read_names)
ATTRIBUTE_HINTS = {
    "class": _NAMES,
    "id": _NAMES,
    "role": _Learned(lambda value: _BY_ROLE.get(value.strip().lower(), 0)),
    "itemprop": _Learned(lambda value: _BY_ITEMPROP.get(value.strip().lower(), 0)),
    "itemtype": _Learned(lambda value: _BY_ITEMTYPE.get(value.partition(" ")[0].rstrip("/").rpartition("/")[2].lower(), 0)),
    "hidden": _Learned(lambda _: HIDDEN),
    "style": _Learned(lambda value: HIDDEN if _DISPLAY_NONE.search(value) else 0),
}
"""The attributes that say something of an element, and the bits of each value."""


@lru_cache(maxsize=100_000)
def _one_name(name: str) -> int:
    name = name.removeprefix(_BUILDING_BLOCK)
    if name.islower():
        words = _SMALL_WORD.findall(name, 0, _LONGEST_NAME)
    else:
        words = [word.lower() for word in _WORD.findall(name, 0, _LONGEST_NAME)]
    if _PHRASE_TREE.keys().isdisjoint(words):  # most names of a page say nothing
        return 0
    bits = 0
    for start, word in enumerate(words):
        if word in _PHRASE_TREE:
            found, longer = _PHRASE_TREE[word]
            bits |= found
            for following in words[start + 1 :] if longer else ():
                if following not in longer:
                    break
                found, longer = longer[following]
                bits |= found
    return bits & ~(_PICTURED | BYLINE) if bits & _PICTURED else bits


def _spellings(phrase: str) -> Iterator[str]:
    before, mark, after = phrase.partition("?")
    if not mark:
        yield phrase
        return
    for rest in _spellings(after):
        yield before + rest
        yield before[:-1] + rest


_Tree = dict[str, tuple[int, "_Tree"]]


def _phrase_tree() -> _Tree:
    """First word of a phrase → (its bits if that is all of it, next word → …)."""
    tree: _Tree = {}
    for bits, phrases in _PHRASES:
        for phrase in phrases.split("|"):
            for spelling in _spellings(phrase):
                *before, last = spelling.split(" ")
                branch = tree
                for word in before:
                    branch = branch.setdefault(word, (0, {}))[1]
                known, longer = branch.get(last, (0, {}))
                branch[last] = (known | bits, longer)
    return tree


_PHRASE_TREE = _phrase_tree()
