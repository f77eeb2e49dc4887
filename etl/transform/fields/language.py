"""The language of the story."""

from __future__ import annotations

from etl.records import Origin
from etl.transform.document import Document
from etl.transform.reading import Found


def extract_language(document: Document) -> Found[str] | None:
    """BCP 47 primary tag."""
    lang = (document.root.get("lang") or "").split("-")[0].lower()
    return Found(lang, Origin.HTML, "html lang") if lang.isalpha() else None
