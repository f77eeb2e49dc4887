"""The story's text as JSON-LD declares it (`articleBody`): a witness, and a source where the page itself shows too little."""

from __future__ import annotations

from etl.transform.body.paragraphs import of_fragment
from etl.transform.document import Document
from etl.transform.structured import strings
from etl.transform.text import clean_meta, fold

_KEYS = ("articleBody", "reviewBody", "text", "recipeInstructions", "step")


def declared_text(document: Document, title: str) -> list[str]:
    """The paragraphs of the declared text of the page's own story; empty where none is declared or it may be another's."""
    found = [(node, text) for node in document.story_nodes for key in _KEYS for text in [_text(node.get(key))] if text]
    named = [text for node, text in found if any(fold(clean_meta(name)) == fold(title) for name in strings(node.get("headline")))]
    texts = named or ([text for _, text in found] if len({text for _, text in found}) == 1 else [])
    return of_fragment(max(texts, key=len)) if texts else []


def _text(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "\n\n".join(filter(None, map(_text, value)))
    if isinstance(value, dict):
        return _text(value.get("text") or value.get("itemListElement") or value.get("@value"))
    return ""
