"""The address that the folders of a mirror spell: wget and HTTrack save `https://example.com/a/b.html` as `example.com/a/b.html`.

It is a guess of last resort, handed on as a hint: only where a folder is named like a host under a real public suffix.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import quote

from publicsuffixlist import PublicSuffixList

# www.example.co.uk   example.com:8080 (wget writes the port with + on Windows)
_HOST = re.compile(r"(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z]{2,24}(?:[:+]\d{2,5})?", re.I)
# index.html, index.htm: written for an address that ends with a slash.
_INDEX = re.compile(r"index\.(?:html?|xhtml)", re.I)
# Endings that are public suffixes too, but far more often those of files and folders.
_FILE_ENDINGS = {"zip", "mov", "py", "sh", "md", "pl", "ps", "rs", "cc", "app", "bak", "old", "com-files", "data", "dev", "pub"}


def mirror_url(name: str) -> str | None:
    """The address for a path whose nearest host-like folder is taken as the host; None without one."""
    folders = name.replace("\\", "/").split("/")
    for index in range(len(folders) - 2, -1, -1):
        if is_host(folders[index]):
            scheme = folders[index - 1] if index and folders[index - 1] in ("http", "https") else "https"
            return f"{scheme}://{folders[index].lower().replace('+', ':')}/{_path(folders[index + 1 :])}"
    return None


@lru_cache(maxsize=1024)
def is_host(name: str) -> bool:
    """Whether a folder's name is that of a host."""
    if not _HOST.fullmatch(name):
        return False
    host = name.lower().replace("+", ":").partition(":")[0]
    labels = host.split(".")
    if len(labels) == 2 and labels[1] in _FILE_ENDINGS:
        return False
    return _suffixes().privatesuffix(host) is not None


@lru_cache(maxsize=1)
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList(accept_unknown=False)


def _path(parts: list[str]) -> str:
    path = "/".join(parts)
    if path.lower().endswith(".gz"):
        path = path[:-3]
    folder, slash, last = path.rpartition("/")
    if _INDEX.fullmatch(last):
        path = folder + slash
    path, mark, query = path.partition("?")
    return quote(path, safe="/%:@!$&'()*+,;=~-._") + (mark + quote(query, safe="/%:@!$&'()*+,;=~-._?") if mark else "")
