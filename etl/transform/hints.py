"""What an element's tag, role, class and id say of its place on the page: bits that text blocks inherit.

The vocabulary is the habit of news sites everywhere, grouped by meaning; no entry is for one site. It is the one table for all
fields: a field that needs a new bit adds it here.
"""

from __future__ import annotations

import re
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
)
"""Bits that speak against being the story's text."""

_BY_TAG = {
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
    "button": FORM,
    "select": FORM,
    "textarea": FORM,
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
    "about": 0,
    "breadcrumb": BREADCRUMB | NAV,
    "caption": CAPTION,
    "comment": COMMENTS,
}

# Words as they stand in class and id, camelCase and separators undone: (bit, pattern searched in " word word word ").
_WORDS: tuple[tuple[int, str], ...] = (
    (NAV, r"nav|navbar|navigation|menu|submenu|megamenu|pagination|pager|skip link|topbar|hamburger|offcanvas"),
    (BREADCRUMB | NAV, r"breadcrumbs?|bread crumbs?|brotkrumen|fil ariane|ariane|migas"),
    (HEADER, r"masthead|site header|page header|global header|main header|header top|top header"),
    (FOOTER, r"footer|site footer|page footer|colophon|copyright|imprint"),
    (
        ASIDE,
        r"sidebar|side bar|sidecolumn|right rail|rightrail|right column|right col|rail|secondary|widgets?|widget area",
    ),
    (
        FIGURE,
        r"gallery|slideshow|slider|carousel|lightbox|video player|player|jwplayer|media caption|wp caption|fotorama",
    ),
    (
        CAPTION,
        r"caption|captions|figcaption|photo credit|image credit|img credit|credit line|legend|legende|bildunterschrift|pie de foto|media info",
    ),
    (
        FORM,
        r"search form|searchform|login|signin|sign in|signup form|modal|popup|pop up|overlay|dialog|tooltip|dropdown",
    ),
    (
        COMMENTS,
        r"comments?|comment list|commentlist|disqus|respond|kommentare?|comentarios|commentaires|discussion|reader comments|fb comments",
    ),
    (
        RELATED,
        r"related|relateds|related (?:articles?|posts?|stories|links?|content|news)|recommend(?:ed|ations?|s)?|read (?:more|next|also)|readmore|"
        r"more (?:stories|news|from|on|articles)|most (?:read|popular|viewed|shared|commented)|mostread|popular|trending|"
        r"latest(?: news)?|teasers?|promo|promos|outbrain|taboola|also read|see also|you may (?:also )?like|similar|weitere|mehr zum thema|"
        r"lire aussi|a lire aussi|leggi anche|lees ook|meistgelesen|mas leidas?|up next|next article|jp relatedposts|yarpp|crp related|associated",
    ),
    (
        ADVERT,
        r"ads?|advert|adverts|advertis(?:ement|ing|er)|adsense|adslot|ad (?:slot|unit|wrapper|container|banner)|banner ad|dfp|gpt|sponsor(?:ed)?|"
        r"werbung|anzeige|publicidad|publicite|reklam[ae]?|promoted|commercial",
    ),
    (
        SHARE,
        r"share|shares|sharing|social|socials|sharedaddy|addthis|addtoany|sharethis|follow us|share (?:bar|buttons?|tools?|this)|teilen|compartir|partager",
    ),
    (
        BYLINE,
        r"bylines?|by line|authors?|author (?:name|names|info|list|link)|reporter|contributors?|writer|autor(?:en|es)?|auteurs?|autore|skribent|firma|verfasser|byname|credits?",
    ),
    (
        BIO,
        r"author (?:bio|box|description|card|profile|about)|authorbox|bio|about author|about the author|about author box",
    ),
    (
        DATE,
        r"dates?|date (?:line|time|published|posted)|dateline|datetime|timestamp|time ?stamp|pub ?date|publish(?:ed)?(?: date| on| time)?|posted on|entry date|"
        r"post date|updated?|last updated|modified|datum|fecha|data|erstellt|zeitstempel",
    ),
    (
        TAGS,
        r"tags?|tag (?:list|links?|cloud|items?)|taglist|tagcloud|post tags|entry tags|article tags|topics?|topic (?:list|tags?)|keywords?|"
        r"etiquetas|schlagworte?|schlagwoerter|mots cles|themen|temas|labels?|tags links",
    ),
    (
        HIDDEN,
        r"hidden|sr only|visually ?hidden|screen reader(?: text)?|invisible|d none|display none|is hidden|print only|noprint|no print",
    ),
    (QUOTE, r"blockquote|pullquote|pull quote"),
    (
        BODY | ARTICLE,
        r"article ?body|article ?content|article ?text|article ?copy|story ?body|story ?content|story ?text|story ?copy|post ?body|post ?content|post ?text|"
        r"entry ?content|entry ?body|body ?copy|body ?text|content ?body|news ?body|news ?text|news ?content|td post content|articulo ?cuerpo|cuerpo ?noticia|artikel ?text|article ?main",
    ),
    (
        ARTICLE,
        r"article|story|post|entry|hentry|main content|maincontent|node article|single post|artikel|noticia|articulo",
    ),
    (
        TITLE,
        r"headline|article ?title|story ?title|post ?title|entry ?title|page ?title|news ?title|article ?headline|title",
    ),
    (
        STANDFIRST,
        r"standfirst|subtitle|sub title|subheadline|sub headline|subhead|sub head|deck|dek|lead|lede|lede text|teaser ?text|summary|article ?summary|excerpt|"
        r"intro|introduction|article ?intro|vorspann|chapeau|chapo|bajada|entradilla|sommario|occhiello|description|abstract|kicker text|ingress|preamble",
    ),
    (
        NEWSLETTER,
        r"newsletters?|subscribe|subscription|mailing list|mailchimp|signup|sign up|email signup|app (?:promo|banner|download)",
    ),
    (COOKIE, r"cookies?|consent|gdpr|cmp|privacy banner|onetrust|cookie (?:banner|notice|consent)"),
    (PAYWALL, r"paywall|piano|tp container|regwall|premium (?:box|wall)|meter|abo wall"),
    (LIVE, r"live ?blog|live ?entry|live ?post|ticker ?entry|live ?update|liveticker"),
)
_COMPILED = tuple((bit, re.compile(rf" (?:{words})(?= )")) for bit, words in _WORDS)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_SEPARATORS = re.compile(r"[^a-z0-9]+")


def tag_hint(tag: str) -> int:
    """The bits of a tag name."""
    return _BY_TAG.get(tag, 0)


def attribute_hint(attributes: tuple[str, str, str, str]) -> int:
    """The bits of (class, id, role, itemprop)."""
    names, identifier, role, itemprop = attributes
    bits = name_hint(f"{names} {identifier}")
    if role:
        bits |= _BY_ROLE.get(role.lower(), 0)
    if itemprop:
        bits |= _BY_ITEMPROP.get(itemprop.lower(), 0)
    return bits


@lru_cache(maxsize=20_000)
def name_hint(names: str) -> int:
    """The bits of class and id, as written."""
    words = f" {_SEPARATORS.sub(' ', _CAMEL.sub(' ', names[:300]).lower())} "
    bits = 0
    for bit, pattern in _COMPILED:
        if pattern.search(words):
            bits |= bit
    return bits
