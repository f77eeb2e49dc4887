"""`datapackage.json`: what an export holds, as a Data Package (version 2) of Frictionless Data.

Fields with types and descriptions, primary and foreign keys, and of every file its rows, size and SHA-256.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from etl import __version__
from etl.export.files import File
from etl.export.formats import Format
from etl.export.options import Compression, FormatName
from etl.export.place import PACKAGE
from etl.export.selection import Selection
from etl.export.shapes import Field, Kind, Shape
from etl.load.schema import head_revision

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A table as it was written."""

    shape: Shape
    files: Sequence[File]

    @property
    def rows(self) -> int:
        """Of all its files."""
        return sum(file.rows for file in self.files)


def write_package(folder: Path, parts: Sequence[Part], form: Format, selection: Selection, created: dt.datetime) -> None:
    """Describe an export, inside its folder."""
    package = {
        "$schema": PROFILE,
        "name": "news-etl-export",
        "title": "Articles from saved news pages",
        "created": created.astimezone(dt.UTC).isoformat(timespec="seconds"),
        "version": __version__,
        "newsEtl": {"schemaRevision": head_revision(), "selection": _selection(selection)},
        "resources": [_resource(part, parts, form, selection) for part in parts],
    }
    text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    (folder / PACKAGE).write_text(text, "utf-8")


def _selection(selection: Selection) -> dict[str, str]:
    limits = {
        "since": selection.since and selection.since.isoformat(),
        "changedSince": selection.changed_since and selection.changed_since.isoformat(),
        "publisher": selection.publisher,
    }
    return {name: limit for name, limit in limits.items() if limit}


def _resource(part: Part, parts: Sequence[Part], form: Format, selection: Selection) -> dict[str, Any]:
    shape, paths = part.shape, [file.path for file in part.files]
    parted = form.partitioned and shape.day_index is not None
    resource: dict[str, Any] = {
        "name": shape.name,
        "type": "table",
        "path": paths if parted else paths[0],
        "description": shape.description + (_PARTED if parted else ""),
        "format": form.name.value,
        "mediatype": form.media_type,
        "rows": part.rows,
        "bytes": sum(file.size for file in part.files),
    }
    if not parted:
        resource["hash"] = f"sha256:{part.files[0].sha256}"
    if form.name is not FormatName.PARQUET:
        resource["encoding"] = "utf-8"
    if form.compression is not Compression.NONE:
        resource["compression"] = form.compression.value
    if form.name is FormatName.CSV:
        resource |= {"dialect": _DIALECT, "textGuard": _GUARD}
    resource["files"] = [{"path": f.path, "rows": f.rows, "bytes": f.size, "hash": f"sha256:{f.sha256}"} for f in part.files]
    return resource | {"schema": _schema(shape, {other.shape.name for other in parts}, selection)}


_PARTED = " One file a month of `published_date`; those without a date are in the partition that stands for NULL."
_DIALECT = {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True}
_GUARD = "A text that begins with = + - @ ' tab, line break or a full-width = + - @ has one ' before it: take it away to read it."


def _schema(shape: Shape, exported: set[str], selection: Selection) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(field) for field in shape.fields]}
    if shape.primary_key:
        schema["primaryKey"] = list(shape.primary_key)
    if keys := list(_foreign_keys(shape, exported, selection)):
        schema["foreignKeys"] = keys
    return schema


def _field(field: Field) -> dict[str, Any]:
    kind, form = _TYPES[field.kind]
    described: dict[str, Any] = {"name": field.name, "type": kind}
    if form:
        described["format"] = form
    if field.description:
        described["description"] = field.description
    if field.required:
        described["constraints"] = {"required": True}
    return described


_TYPES = {
    Kind.TEXT: ("string", None),
    Kind.INTEGER: ("integer", None),
    Kind.NUMBER: ("number", None),
    Kind.BOOLEAN: ("boolean", None),
    Kind.INSTANT: ("datetime", None),
    Kind.LOCAL: ("datetime", "any"),
    Kind.DAY: ("date", None),
    Kind.DIGEST: ("string", "binary"),
    Kind.JSON: ("object", None),
}


def _foreign_keys(shape: Shape, exported: set[str], selection: Selection) -> Iterator[dict[str, Any]]:
    """Those whose other end is in the export: of a selection, a link can lead to an article that was not chosen."""
    required = {field.name for field in shape.fields if field.required}
    for key in shape.references:
        leads_out = selection.is_partial and key.table == "articles" and key.field not in required | {"article_id"}
        if key.table in exported and not leads_out:
            # A table that refers to itself is named by the empty text.
            table = "" if key.table == shape.name else key.table
            yield {"fields": [key.field], "reference": {"resource": table, "fields": [key.to]}}
