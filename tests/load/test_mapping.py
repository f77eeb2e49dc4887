"""The digests by which a later page is told from what is stored."""

from __future__ import annotations

from etl.load.mapping import content_of
from etl.records import Block, RelatedLink
from tests.factories import article


def test_digests_stay_what_earlier_versions_stored() -> None:
    """With others every stored article would be updated by the next load of its unchanged page."""
    link = RelatedLink(block=Block.OPINION, title="Ärger am Kai", url="https://gazette.example/kai", key="gazette.example/kai")
    content = content_of(article(title="„Hafen“ öffnet", tags=("Hafen", "hafen", "Öl"), related_links=(link,)))
    assert content.state_sha256.hex() == "eaba2ffea5c9267478537f86149b28a66d94842094e70593ec7b24de430cda75"
    assert content.content_sha256.hex() == "f7c29aa49471aa2612e8756a481289e8958d18b882a10d1a4c81adf891e665fb"
