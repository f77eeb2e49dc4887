"""Pages that no standard describes: values of the wrong kind, broken addresses, empty elements. No field may fail on them."""

from __future__ import annotations

import json
from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.transform.document import Document
from etl.transform.fields.address import extract_address, extract_publisher, extract_saved_at
from etl.transform.fields.language import extract_language
from etl.transform.fields.section import extract_section
from etl.transform.fields.subtitle import extract_subtitle
from etl.transform.fields.tags import extract_tags
from etl.transform.fields.title import extract_headline
from etl.transform.reading import BodyReading, Story

MakeDocument = Callable[..., Document]

SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-9, 10**12),
    st.sampled_from(
        ["", " ", "Ferry", "http://[", "/a?b", "en", "a: b", "a, b;", "\u00ad", "|", "9" * 30, "https://x.example/a#b"]
    ),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(["@id", "@type", "name", "url", "item", "position", "@value", "headline"]), inner, max_size=3
        ),
    ),
    max_leaves=6,
)
KEYS = [
    "headline",
    "name",
    "url",
    "mainEntityOfPage",
    "keywords",
    "about",
    "author",
    "articleSection",
    "inLanguage",
    "description",
]
NODES = st.dictionaries(
    st.sampled_from([*KEYS, "itemListElement", "publisher", "@id", "alternativeHeadline"]), VALUES, max_size=6
)
TYPES = st.sampled_from(["NewsArticle", "BreadcrumbList", "WebSite", "WebPage", ["Article", None]])
METAS = st.sampled_from(
    ["og:title", "og:url", "og:site_name", "article:tag", "keywords", "article:section", "og:locale", "description"]
)
TEXTS = st.sampled_from(
    ["", " ", "-", ":", "Ferry returns", "Tags:", "By", "«»", "2 May 2024", "x" * 600, "Ferry | Example", "渡轮-新闻"]
)
MARKUP = st.sampled_from(
    [
        "<h1>{}</h1>",
        "<h1><a href='http://['>{}</a></h1>",
        "<h1><span class='kicker'>{}</span></h1>",
        "<h1><div></div><br>{}</h1>",
        "<div class='tags'><a>{}</a><a href='/tag/'></a></div>",
        "<ul class='breadcrumb'><li><a href='?'>{}</a></li></ul>",
        "<h2 class='subtitle'>{}</h2>",
        "<p>{}</p>",
        "<a rel='tag' href='mailto:x'>{}<i>(3)</i></a>",
        "<link rel='canonical' href='{}'>",
        "<span itemprop='keywords headline articleSection'>{}</span>",
    ]
)


@given(
    nodes=st.lists(st.tuples(TYPES, NODES), max_size=3),
    metas=st.lists(st.tuples(METAS, TEXTS), max_size=4),
    parts=st.lists(st.tuples(MARKUP, TEXTS), max_size=8),
    url=st.sampled_from(
        [None, "https://www.example.com/a/b-1", "http://[::1/a", "https://example.com", "http://127.0.0.1/", "not an address"]
    ),
)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_field_fails_on_a_wild_page(
    make_document: MakeDocument,
    nodes: list[tuple[object, dict[str, object]]],
    metas: list[tuple[str, str]],
    parts: list[tuple[str, str]],
    url: str | None,
) -> None:
    scripts = "".join(
        f'<script type="application/ld+json">{json.dumps({"@type": kind, **node})}</script>' for kind, node in nodes
    )
    head = "".join(f'<meta property="{name}" content="{content}">' for name, content in metas)
    body = "".join(markup.format(text) for markup, text in parts)
    head += "<base href='http://['>" if len(parts) % 3 == 1 else ""
    document = make_document(f"<html><head>{head}{scripts}</head><body>{body}</body></html>", url=url)
    address = extract_address(document)
    document.url = address.value if address else None
    headline = extract_headline(document)
    story = Story(
        title=headline.title.value if headline else "Ferry",
        headline=headline.block if headline else None,
        body=BodyReading(paragraphs=(), blocks=tuple(block for block in document.blocks if block.tag == "p")),
        language=None,
    )
    extract_language(document)
    extract_section(document, story)
    extract_subtitle(document, story)
    extract_publisher(document)
    extract_saved_at(document)
    tags = extract_tags(document, story)
    assert tags is None or (all(tags.value) and len({tag.casefold() for tag in tags.value}) == len(tags.value))
