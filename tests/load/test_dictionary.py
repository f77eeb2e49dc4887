"""`docs/schema.md` says what the models say."""

from __future__ import annotations

from pathlib import Path

from etl.load.dictionary import diagram, tables

PAGE = Path(__file__).parents[2] / "docs" / "schema.md"


def test_the_page_is_current() -> None:
    text = PAGE.read_text("utf-8")
    missing = [part for part in (*diagram(), *tables()) if part not in text]
    assert missing == [], "docs/schema.md is stale: run `make docs`"


def test_a_column_is_told_with_its_type_meaning_and_what_it_refers_to() -> None:
    found = "\n".join(tables())
    assert "| `position` | integer | Order on the page, from 1. |" in found
    assert "| `tag_id` | integer | The tag. Refers to [`tags.id`](#tags). |" in found
    assert (
        "| `slug` | text | The name without case, diacritics and punctuation, words joined by `-`: one row per slug. Unique. |"
        in found
    )
    assert "Unique together: `article_id`, `block`, `position`." in found


def test_the_diagram_tells_what_refers_to_what() -> None:
    lines = list(diagram())
    assert "    publishers |o--o{ articles : publisher_id" in lines
    assert "    articles ||--o{ article_tags : article_id" in lines
    assert "        integer author_id FK" in lines


def test_a_reference_that_no_foreign_key_holds_is_dotted() -> None:
    lines = list(diagram())
    assert "    articles |o..o{ article_stories : article_id" in lines
    assert "    tags |o..o{ summary_tag_months : tag_id" in lines
