"""The bundled samples give exactly the records in `tests/data/samples/`: one file for each sample, a list for an archive."""

from __future__ import annotations

import gc
import json
from pathlib import Path
from typing import Any

import pytest

from etl.extract import Limits, read, source_of
from etl.publishers import load_profiles
from etl.records import Page, PassedOver, Rejected
from etl.transform import transform
from tests.transform.expected import plain

SAMPLES = Path(__file__).parents[2] / "samples"
EXPECTED = Path(__file__).parents[1] / "data" / "samples"
NAMES = sorted(path.name for path in SAMPLES.iterdir() if not path.name.endswith((".json", ".md")))


def items(name: str) -> list[Page | Rejected | PassedOver]:
    source = source_of(SAMPLES / name)
    assert source is not None
    return list(read(source, Limits()))


def expected(name: str) -> Any:
    return json.loads((EXPECTED / f"{name}.json").read_text("utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_gives_its_record(name: str) -> None:
    profiles = load_profiles()
    assert [plain(transform(item, profiles)) for item in items(name) if isinstance(item, Page)] == expected(name)


def test_the_archive_passes_over_what_is_no_page() -> None:
    passed = [item.kind for item in items("harbour-gazette.warc.gz") if isinstance(item, PassedOver)]
    assert passed == ["warcinfo", "request", "image", "redirect", "revisit"]


def test_every_expected_record_has_its_sample() -> None:
    assert sorted(path.name.removesuffix(".json") for path in EXPECTED.iterdir()) == NAMES


def test_a_link_of_one_sample_leads_to_another() -> None:
    keys = {record["key"] for name in NAMES for record in expected(name) if "key" in record}
    linked = {link[3] for name in NAMES for record in expected(name) for link in record.get("related_links", [])}
    urls = {record["url"] for name in NAMES for record in expected(name) if "key" in record}
    assert len(keys) >= 15
    assert len(linked & urls) >= 4


def test_reading_pages_leaves_no_cycles_of_objects() -> None:
    """`etl.workers` counts on it: it lets the garbage collector look seldom."""
    profiles = load_profiles()
    pages = [page for name in NAMES for page in items(name) if isinstance(page, Page)]
    for page in pages:  # what is made once and kept
        transform(page, profiles)
    gc.collect()
    gc.disable()
    try:
        for page in pages:
            transform(page, profiles)
        assert gc.collect() == 0
    finally:
        gc.enable()
