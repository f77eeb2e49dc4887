"""The words that rules depend on, as data: one TOML file a subject, one line a language.

    # dates.toml
    [published]
    en = ["published", "posted", "first published"]
    de = ["veröffentlicht", "erstellt"]

A rule that hangs on a word asks here; no word of a language stands in code. Adding a language is adding lines.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files

# A line as nearly all are: a list's name, or a language and its words.
_LINE = re.compile(r'\[(?P<mark>"?)(?P<list>[\w/-]+)(?P=mark)\](?: #.*)?|(?P<language>[\w-]+) = (?P<words>\["[^\\\n]*"\])')


@cache
def table(subject: str) -> dict[str, dict[str, tuple[str, ...]]]:
    """All lists of one subject: list name → language (BCP 47 primary tag) → words."""
    text = (files(__name__) / f"{subject}.toml").read_text("utf-8")
    return read_lines(text) or read_toml(text)


def read_lines(text: str) -> dict[str, dict[str, tuple[str, ...]]] | None:
    """A file whose lists stand on a line each, without a comment behind; None for any other.

    Such lists are JSON as well, which is read thirty times as fast: all files together, at each start.
    """
    lists: dict[str, dict[str, tuple[str, ...]]] = {}
    entries: dict[str, tuple[str, ...]] | None = None
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            return None
        name, language = match["list"], match["language"]
        if name:
            if name in lists:
                return None
            entries = lists[name] = {}
        elif entries is None or language in entries:
            return None
        else:
            try:
                entries[language] = tuple(json.loads(match["words"]))
            except ValueError:
                return None
    return lists


def read_toml(text: str) -> dict[str, dict[str, tuple[str, ...]]]:
    """Any file, by the standard library's reader of TOML."""
    import tomllib

    return {
        name: {language: tuple(words) for language, words in by_language.items()}
        for name, by_language in tomllib.loads(text).items()
    }


@cache
def every(subject: str, name: str) -> tuple[str, ...]:
    """The words of one list in all languages, casefolded, longest first (so that an alternation takes the longest)."""
    words = {word.casefold() for by_language in table(subject)[name].values() for word in by_language}
    return tuple(sorted(words, key=lambda word: (-len(word), word)))
