"""What the name of a file tells before it is opened: the type it declares, or that it is no page but the companion of one.

Folders and archives are judged by the same rules.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from etl.extract.sniffing import HTML, TEXT

# Endings that declare a type; the content decides.
_DECLARED = {"html": HTML, "htm": HTML, "xhtml": HTML, "shtml": HTML, "xht": HTML, "txt": TEXT, "text": TEXT}
# Endings of what lies in the folders of saved pages and is no page, whatever its bytes look like.
_NO_PAGES = frozenset(
    re.findall(
        r"\w+",
        """
        css js mjs map wasm json jsonld webmanifest xml xsl rss atom csv tsv woff woff2 ttf otf eot
        svg png jpg jpeg jpe jfif gif webp avif ico bmp tif tiff mp3 m4a ogg oga wav flac mp4 m4v webm mov avi swf
        cdx cdxj idx md5 sha1 sha256 sha512 asc sig md rst adoc tex doc docx odt pdf epub rtf xls xlsx ods ppt pptx
        py pyc sh sql toml yaml yml ini cfg lock log db sqlite
        """,
    )
)
_COMPRESSIONS = ("gz", "zst", "bz2", "xz")
# Browsers save the pictures and frames of `story.html` in a folder of that name with one of these endings, by their language.
_COMPANIONS = re.compile(
    r"(?:[_.]files|_(?:arquivos|archivos|bestanden|bylos|datoteke|dosyalar|elemei|failid|fails|fajlovi|ficheros|fichiers|file"
    r"|fitxategiak|fitxers|pliki|soubory|tiedostot)|-(?:Dateien|filer))$"
)
# What HTTrack keeps beside the mirror (its cache holds every page again) and macOS in a ZIP; what sites keep for crawlers.
_NOT_FOR_READERS = {"hts-cache", "hts-log.txt", "hts-in_progress.lock", "__MACOSX"} | {"robots.txt", "ads.txt", "app-ads.txt"}


def ending_of(name: str) -> str:
    """The ending that tells the type, without that of a compression: `html` of `a/story.HTML.gz`; empty without one."""
    parts = name.rpartition("/")[2].lower().split(".")
    while len(parts) > 1 and parts[-1] in _COMPRESSIONS:
        parts.pop()
    return parts[-1] if len(parts) > 1 else ""


def declared_by(name: str) -> str:
    """The media type that the name gives, empty when it gives none: `story.html.gz` is HTML."""
    return _DECLARED.get(ending_of(name), "")


def names_no_page(name: str) -> bool:
    """Whether the ending is that of a style sheet, a picture, a checksum, …"""
    return ending_of(name) in _NO_PAGES


def is_hidden(name: str) -> bool:
    """Whether a file or folder of this last name is left out wherever it lies."""
    return name.startswith(".") or name in _NOT_FOR_READERS


def is_companion(folder: str, is_beside: Callable[[str], bool]) -> bool:
    """Whether a folder of this last name holds the pictures and frames of a saved page that lies beside it."""
    match = _COMPANIONS.search(folder)
    if match is None:
        return False
    return any(is_beside(folder[: match.start()] + ending) for ending in (".html", ".htm", ".xhtml"))


def sidecar_names(name: str) -> list[str]:
    """What the sidecar of this page may be called, the most exact first: `a.html.json`, `a.meta.json`, `a.json`."""
    last = name.rpartition("/")[2]
    stems = [last]
    for _ in range(2):  # a.html.gz, a.html, a
        stem, dot, ending = stems[-1].rpartition(".")
        if not (stem and dot and len(ending) <= 6):
            break
        stems.append(stem)
    return [stem + end for stem in stems for end in (".meta.json", ".json") if stem + end != last]
