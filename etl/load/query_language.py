"""The language of `news-etl search`, the same on both databases, and its translation to FTS5 and to tsquery.

    nato russia            both words
    "armed forces"         the words in this order
    nato OR un             either
    nato -russia           the one without the other (also `NOT russia`)
    deterr*                words that begin so
    nato NEAR russia       within ten words of each other (`NEAR/3`: three)
    (nato OR un) bosnia    brackets

What the user types is never SQL nor a database's own query syntax: only words reach it, quoted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from etl.errors import UsageError

_TOKEN = re.compile(r'"([^"]*)"|([()])|(-)(?=[\w"(])|([^\s()"]+)')
_NEAR = re.compile(r"NEAR(?:/(\d{1,2}))?")
_WORD = re.compile(r"\w+")
_DISTANCE = 10
_LONGEST = 1_000
_DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Words:
    """One word, or several in this order; with `prefix` the last one may go on."""

    words: tuple[str, ...]
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """Two words or phrases within `distance` words of each other."""

    left: Words
    right: Words
    distance: int


@dataclass(frozen=True, slots=True)
class Both:
    """All of the parts."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of the parts."""

    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """What `wanted` finds, less what `unwanted` finds."""

    wanted: Query
    unwanted: Query


Query = Words | Near | Both | Either | Without


def parse_query(text: str) -> Query:
    """Read a query. Raises UsageError that says what is wrong with it."""
    if len(text) > _LONGEST:
        raise UsageError(f"the query is longer than {_LONGEST} characters")
    tokens = [_token(match) for match in _TOKEN.finditer(text)]
    reader = _Reader([token for token in tokens if token is not None])
    query = reader.either()
    if reader.next() is not None:
        raise UsageError("the query has a closing bracket without an opening one")
    return query


def to_fts5(query: Query) -> str:
    """The query in the syntax of SQLite's FTS5 (https://www.sqlite.org/fts5.html#full_text_query_syntax)."""
    match query:
        case Words(words, prefix):
            return f'"{" ".join(words)}"' + ("*" if prefix else "")
        case Near(left, right, distance):
            return f"NEAR({to_fts5(left)} {to_fts5(right)}, {distance})"
        case Both(parts):
            return "(" + " AND ".join(map(to_fts5, parts)) + ")"
        case Either(parts):
            return "(" + " OR ".join(map(to_fts5, parts)) + ")"
        case Without(wanted, unwanted):
            return f"({to_fts5(wanted)} NOT {to_fts5(unwanted)})"


def to_tsquery(query: Query) -> str:
    """The query for PostgreSQL's `to_tsquery`, which has no NEAR: every distance in both orders stands for it."""
    match query:
        case Words(words, prefix):
            return "(" + " <-> ".join(f"'{word}'" for word in words) + (":*" if prefix else "") + ")"
        case Near(left, right, distance):
            one, two = to_tsquery(left), to_tsquery(right)
            reach = [f"({a} <{step}> {b})" for step in range(1, distance + 2) for a, b in ((one, two), (two, one))]
            return "(" + " | ".join(reach) + ")"
        case Both(parts):
            return "(" + " & ".join(map(to_tsquery, parts)) + ")"
        case Either(parts):
            return "(" + " | ".join(map(to_tsquery, parts)) + ")"
        case Without(wanted, unwanted):
            return f"({to_tsquery(wanted)} & !{to_tsquery(unwanted)})"


def _token(match: re.Match[str]) -> Words | str | None:
    phrase, bracket, minus, word = match.groups()
    if bracket or minus:
        return bracket or "NOT"
    if word and (word in {"OR", "AND", "NOT"} or _NEAR.fullmatch(word)):
        return word
    words = tuple(_WORD.findall(phrase if phrase is not None else word))
    return Words(words, prefix=bool(word) and word.endswith("*")) if words else None


class _Reader:
    """Recursive descent over the tokens: OR binds least, then NOT, then AND (or nothing between), then NEAR."""

    def __init__(self, tokens: list[Words | str]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    def next(self) -> Words | str | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def either(self) -> Query:
        parts = [self._without()]
        while self.next() == "OR":
            self._at += 1
            parts.append(self._without())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _without(self) -> Query:
        wanted: list[Query] = []
        unwanted: list[Query] = []
        while (part := self.next()) is not None and part not in {"OR", ")"}:
            if part == "AND":
                self._at += 1
                continue
            if part == "NOT":
                self._at += 1
            (unwanted if part == "NOT" else wanted).append(self._near())
        if not wanted:
            raise UsageError("the query asks for no word; write at least one that is to be found")
        query = wanted[0] if len(wanted) == 1 else Both(tuple(wanted))
        for refused in unwanted:
            query = Without(query, refused)
        return query

    def _near(self) -> Query:
        left = self._one()
        part = self.next()
        if not isinstance(part, str) or not (near := _NEAR.fullmatch(part)):
            return left
        self._at += 1
        right = self._one()
        if not isinstance(left, Words) or not isinstance(right, Words):
            raise UsageError("NEAR stands between two words or two phrases")
        return Near(left, right, int(near[1] or _DISTANCE))

    def _one(self) -> Query:
        part = self.next()
        self._at += 1
        if isinstance(part, Words):
            return part
        if part == "(":
            self._depth += 1
            if self._depth > _DEEPEST:
                raise UsageError(f"the query nests brackets deeper than {_DEEPEST}")
            query = self.either()
            self._depth -= 1
            if self.next() != ")":
                raise UsageError("the query has an opening bracket without a closing one")
            self._at += 1
            return query
        raise UsageError(f"the query breaks off at {part}" if part else "the query breaks off")
