"""The words that rules depend on, as data: one TOML file a subject, one line a language.

    # dates.toml
    [published]
    en = ["published", "posted", "first published"]
    de = ["veröffentlicht", "erstellt"]

A rule that hangs on a word asks here; no word of a language stands in code. Adding a language is adding lines.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

import rtoml


@cache
def table(subject: str) -> dict[str, dict[str, tuple[str, ...]]]:
    """All lists of one subject: list name → language (BCP 47 primary tag) → words."""
    text = (files(__name__) / f"{subject}.toml").read_text("utf-8")
    return {
        name: {language: tuple(words) for language, words in by_language.items()}
        for name, by_language in rtoml.loads(text).items()
    }


@cache
def every(subject: str, name: str) -> tuple[str, ...]:
    """The words of one list in all languages, casefolded, longest first (so that an alternation takes the longest)."""
    words = {word.casefold() for by_language in table(subject)[name].values() for word in by_language}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))
