"""The public suffix list: under which names anyone can register one of their own (`co.uk`, `blogspot.com`)."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


def registrable(host: str) -> str | None:
    """`example.co.uk` of `www.example.co.uk`; None for a public suffix itself. The host in small letters, not encoded.

    By the list of the package publicsuffixlist, and as it reads it (https://publicsuffix.org/list/): the rule of most labels
    holds, `*` stands for one label, `!` takes a name out of that; the last label of an unknown host is public. Its own reader
    takes a twentieth of what starting takes.
    """
    labels = host.split(".")
    if "" in labels:
        return None
    public = _public_labels(labels)
    return ".".join(labels[-public - 1 :]) if public < len(labels) else None


def _public_labels(labels: list[str]) -> int:
    """How many labels at a host's end are public."""
    rules = _rules()
    for first in range(len(labels)):
        name, depth = ".".join(labels[first:]), len(labels) - first
        if f"!{name}" in rules:
            return depth - 1
        if f"*.{name}" in rules:
            return depth + (first > 0)
        if name in rules:
            return depth
    return 1


@cache
def _rules() -> frozenset[str]:
    """All lines, which are in small letters; a comment among them is no name that any host has."""
    return frozenset((files("publicsuffixlist") / "public_suffix_list.dat").read_bytes().decode().split("\n"))
