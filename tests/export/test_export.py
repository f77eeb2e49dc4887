"""An export holds what the database holds, in every format, from either database; a selection holds what belongs together."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from etl.errors import UsageError
from etl.export.formats import make_format
from etl.export.job import Export, export
from etl.export.options import Compression, FormatName
from etl.export.selection import Selection
from etl.load.engine import open_engine, writing
from etl.load.models import metadata, tags
from etl.load.queries import opened
from tests.export.reading import exported, stored

NOW = dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)
EVERYTHING = Selection()
BY_DEFAULT = [name for name in metadata.tables if not name.startswith(("summary_", "story_"))]


def run(url: str, folder: Path, name: FormatName, selection: Selection = EVERYTHING, **options: Any) -> Export:
    compression = options.pop("compression", Compression.NONE)
    return export(url, folder, make_format(name, compression), selection, now=lambda: NOW, **options)


def package(folder: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((folder / "datapackage.json").read_text("utf-8"))
    return content


@pytest.mark.parametrize(
    ("form", "compression"),
    [
        (FormatName.PARQUET, Compression.NONE),
        (FormatName.CSV, Compression.NONE),
        (FormatName.CSV, Compression.GZIP),
        (FormatName.JSONL, Compression.NONE),
        (FormatName.JSONL, Compression.ZSTD),
    ],
)
def test_an_export_holds_the_rows_of_every_table_but_those_that_runs_work_with(
    samples: str, tmp_path: Path, form: FormatName, compression: Compression
) -> None:
    run(samples, tmp_path / "out", form, compression=compression)
    for name in BY_DEFAULT:
        assert exported(tmp_path / "out", name, form, compression) == stored(samples, name), name
    assert sorted(resource["name"] for resource in package(tmp_path / "out")["resources"]) == sorted(BY_DEFAULT)


def test_tables_that_runs_work_with_are_exported_by_name(samples: str, tmp_path: Path) -> None:
    names = ["summary_articles", "summary_tags", "story_bands", "story_queue"]
    run(samples, tmp_path / "out", FormatName.JSONL, Selection(tables=names))
    for name in names:
        assert exported(tmp_path / "out", name, FormatName.JSONL) == stored(samples, name), name


def test_the_same_database_gives_the_same_bytes(samples: str, tmp_path: Path) -> None:
    for form, compression in (
        (FormatName.CSV, Compression.GZIP),
        (FormatName.JSONL, Compression.ZSTD),
        (FormatName.PARQUET, None),
    ):
        found = []
        for folder in (tmp_path / f"{form}-1", tmp_path / f"{form}-2"):
            run(samples, folder, form, compression=compression or Compression.NONE)
            found.append({path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()})
        assert found[0] == found[1]


def test_parquet_columns_have_the_types_of_what_they_hold(samples: str, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    run(samples, tmp_path / "out", FormatName.PARQUET)
    schema = pq.read_schema(tmp_path / "out" / "articles" / "published_month=2018-11" / "part-0.parquet")
    types = {field.name: str(field.type) for field in schema}
    wanted = ("id", "title", "published_at", "published_date", "word_count", "origins", "key_sha256")
    assert {name: types[name] for name in wanted} == {
        "id": "int64",
        "title": "string",
        "published_at": "timestamp[us, tz=UTC]",
        "published_date": "date32[day]",
        "word_count": "int64",
        "origins": "string",
        "key_sha256": "binary",
    }
    assert (schema.field("title").nullable, schema.field("url").nullable) == (False, True)
    assert schema.field("title").metadata == {b"description": b"The headline as the page shows it."}
    revisions = pq.read_schema(tmp_path / "out" / "article_revisions.parquet")
    assert str(revisions.field("replaced").type) == "bool"


def test_articles_are_parted_by_month_and_those_without_a_date_have_a_part_of_their_own(samples: str, tmp_path: Path) -> None:
    run(samples, tmp_path / "out", FormatName.PARQUET)
    paths = sorted(path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out" / "articles").rglob("*.parquet"))
    assert paths == [
        f"articles/published_month={month}/part-0.parquet"
        for month in ("2018-11", "2021-11", "2024-05", "__HIVE_DEFAULT_PARTITION__")
    ]


def test_an_empty_database_gives_files_without_rows(sqlite_files: Any, tmp_path: Path) -> None:
    done = run(sqlite_files.current(), tmp_path / "out", FormatName.PARQUET)
    assert (done.rows, {len(part.files) for part in done.parts}) == (0, {1})
    assert exported(tmp_path / "out", "articles", FormatName.PARQUET) == []


def test_the_package_tells_rows_sizes_and_digests_of_every_file(samples: str, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    run(samples, folder, FormatName.PARQUET)
    described = {file["path"]: file for resource in package(folder)["resources"] for file in resource["files"]}
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*.parquet")}
    assert described.keys() == found.keys()
    for name, path in found.items():
        assert described[name]["bytes"] == path.stat().st_size
        assert described[name]["hash"] == f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"
    rows = {resource["name"]: resource["rows"] for resource in package(folder)["resources"]}
    assert rows == {name: len(stored(samples, name)) for name in BY_DEFAULT}


def test_the_package_describes_fields_and_keys(samples: str, tmp_path: Path) -> None:
    run(samples, tmp_path / "out", FormatName.CSV, Selection(tables=["article_tags", "tags", "articles"]))
    content = package(tmp_path / "out")
    (resource,) = [found for found in content["resources"] if found["name"] == "article_tags"]
    assert [found["name"] for found in content["resources"]] == ["articles", "tags", "article_tags"]
    assert (content["created"], content["$schema"]) == (
        "2026-01-02T03:04:05+00:00",
        "https://datapackage.org/profiles/2.0/datapackage.json",
    )
    assert resource["schema"] == {
        "fields": [
            {"name": "article_id", "type": "integer", "description": "The article.", "constraints": {"required": True}},
            {
                "name": "position",
                "type": "integer",
                "description": "Order on the page, from 1.",
                "constraints": {"required": True},
            },
            {"name": "tag_id", "type": "integer", "description": "The tag.", "constraints": {"required": True}},
            {
                "name": "name",
                "type": "string",
                "description": "The tag as this page spells it.",
                "constraints": {"required": True},
            },
        ],
        "primaryKey": ["article_id", "position"],
        "foreignKeys": [
            {"fields": ["article_id"], "reference": {"resource": "articles", "fields": ["id"]}},
            {"fields": ["tag_id"], "reference": {"resource": "tags", "fields": ["id"]}},
        ],
    }


def test_a_key_that_leads_out_of_the_export_is_not_promised(samples: str, tmp_path: Path) -> None:
    def keys(folder: str, selection: Selection) -> list[str]:
        run(samples, tmp_path / folder, FormatName.JSONL, selection)
        found = {resource["name"]: resource for resource in package(tmp_path / folder)["resources"]}
        return [key["fields"][0] for key in found["related_links"]["schema"].get("foreignKeys", [])]

    assert keys("whole", EVERYTHING) == ["article_id", "target_article_id"]
    assert keys("part", Selection(publisher="jpost.com")) == ["article_id"]
    assert keys("alone", Selection(tables=["related_links"])) == []


@pytest.mark.parametrize(
    ("selection", "articles"),
    [
        (Selection(publisher="northern-post.example"), 2),
        (Selection(since=dt.date(2024, 5, 8)), 4),
        (Selection(since=dt.date(2024, 5, 8), publisher="northern-post.example"), 2),
        (Selection(changed_since=dt.datetime(2000, 1, 1, tzinfo=dt.UTC)), None),
        (Selection(changed_since=dt.datetime(2100, 1, 1, tzinfo=dt.UTC)), 0),
        (Selection(publisher="nowhere.example"), 0),
    ],
)
def test_what_belongs_to_the_chosen_articles_follows_them(
    samples: str, tmp_path: Path, selection: Selection, articles: int | None
) -> None:
    run(samples, tmp_path / "out", FormatName.JSONL, selection)
    rows = {name: exported(tmp_path / "out", name, FormatName.JSONL) for name in BY_DEFAULT}
    chosen = {row["id"] for row in rows["articles"]}
    assert len(chosen) == (len(stored(samples, "articles")) if articles is None else articles)
    for name in ("article_authors", "article_tags", "images", "related_links", "article_revisions", "pages", "known_pages"):
        assert rows[name] == [row for row in stored(samples, name) if row["article_id"] in chosen], name
    for name, column, owner in (("authors", "author_id", "article_authors"), ("tags", "tag_id", "article_tags")):
        assert {row["id"] for row in rows[name]} == {row[column] for row in rows[owner]}, name
    assert {row["id"] for row in rows["publishers"]} == {row["publisher_id"] for row in rows["articles"]}
    for name in ("load_runs", "source_files"):
        assert rows[name] == stored(samples, name), name


def test_views_are_exported_by_name_with_the_same_types_from_both_databases(samples: str, tmp_path: Path) -> None:
    names = ["tag_trend", "article_overview", "revision_changes", "field_coverage", "load_health", "author_output"]
    run(samples, tmp_path / "out", FormatName.PARQUET, Selection(tables=names))
    found = {resource["name"]: resource["schema"]["fields"] for resource in package(tmp_path / "out")["resources"]}
    types = {(view, field["name"]): field["type"] for view, fields in found.items() for field in fields}
    assert sorted(found) == sorted(names)
    assert [
        types["tag_trend", "share"],
        types["tag_trend", "month"],
        types["article_overview", "published_at"],
        types["article_overview", "published_date"],
        types["article_overview", "links"],
        types["article_overview", "tags"],
        types["revision_changes", "title_changed"],
        types["revision_changes", "hours_since_published"],
        types["field_coverage", "tags"],
        types["load_health", "seconds"],
        types["author_output", "first_date"],
    ] == ["number", "string", "datetime", "date", "integer", "string", "integer", "number", "number", "integer", "date"]


def test_every_view_can_be_exported(samples: str, tmp_path: Path) -> None:
    from etl.export.shapes import view_names

    with opened(samples) as connection:
        views = view_names(connection)
    done = run(samples, tmp_path / "out", FormatName.PARQUET, Selection(tables=views))
    assert [part.shape.name for part in done.parts] == views
    assert len(views) >= 10


def test_a_view_of_articles_follows_a_selection_and_a_view_of_sums_refuses_it(samples: str, tmp_path: Path) -> None:
    only = Selection(tables=["article_overview", "link_graph"], publisher="jpost.com")
    done = run(samples, tmp_path / "out", FormatName.CSV, only)
    assert {part.shape.name: part.rows for part in done.parts} == {"article_overview": 3, "link_graph": 2}
    with pytest.raises(UsageError, match="tag_trend counts over all articles"):
        run(samples, tmp_path / "sums", FormatName.CSV, Selection(tables=["tag_trend"], publisher="jpost.com"))


def test_an_unknown_table_is_named_with_those_there_are(samples: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"no table or view artikles; there are .*publishers, .*tag_trend") as raised:
        run(samples, tmp_path / "out", FormatName.CSV, Selection(tables=["artikles", "tags"]))
    assert ("alembic_version" in str(raised.value), list(tmp_path.iterdir())) == (False, [])


def test_an_export_sees_one_moment_while_others_write(samples: str) -> None:
    with opened(samples, snapshot=True) as connection:
        before = len(connection.execute(select(metadata.tables["publishers"])).all()), _tags(connection)
        engine = open_engine(samples)
        with writing(engine) as writer:
            writer.execute(insert(tags).values(id=9999, name="Late", slug="late-of-a-snapshot"))
        assert (before[0], _tags(connection)) == before
        with writing(engine) as writer:
            writer.execute(tags.delete().where(tags.c.id == 9999))
        engine.dispose()


def _tags(connection: Any) -> int:
    return len(connection.execute(select(tags)).all())


def test_a_full_disk_is_told_and_nothing_is_left(samples: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from etl.errors import StopRun
    from etl.export.formats.csv import CsvWriter

    def full(self: CsvWriter, rows: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(CsvWriter, "write", full)
    with pytest.raises(StopRun, match=r"cannot be written \(No space left on device\); nothing is left of it"):
        run(samples, tmp_path / "out", FormatName.CSV)
    assert list(tmp_path.iterdir()) == []
