"""What the boxes around a group of cards call themselves: `most-read-list`, `relatedArticles`.

It is asked where no heading tells the kind: where the heading is a picture or is written by a script, and where its words are not
known. `hints.RELATED` is one bit for all kinds; here they are told apart.
"""

from __future__ import annotations

import re
from functools import lru_cache

from etl.records import Block
from etl.transform.blocks import Box
from etl.transform.fields.extent import Extent, is_within

_LEVELS = 5
"""So many boxes around a card can be named for what they hold; further out stands the page."""
_KINDS = (
    (
        Block.MOST_READ,
        re.compile(
            r"most[-_ ]?(?:read|popular|viewed|shared|clicked)|popular[-_ ]?(?:posts|articles|stories|news)|trending|ranking|"
            r"meist[-_ ]?gelesen|m[aá]s[-_ ]?le[ií]d[ao]s|plus[-_ ]?lus\b|pi[uù][-_ ]?lett[ie]|mest[-_ ]?l(?:ä|ae|e|a)st"
        ),
    ),
    (
        Block.RECOMMENDED,
        re.compile(r"recommend|you[-_ ]?may[-_ ]?(?:also[-_ ]?)?like|editors?[-_ ]?(?:picks?|choice)"),
    ),
    (
        Block.RELATED,
        re.compile(
            r"related|similar[-_ ]?(?:posts|articles|stories)|more[-_ ]?(?:on|from|stories|articles)(?![a-z])|"
            r"read[-_ ]?(?:more|also|next)"
        ),
    ),
    (Block.LATEST, re.compile(r"latest|(?:recent|newest)[-_ ]?(?:posts|articles|stories|news|entries)")),
)
"""`relatedArticles`, `jp-relatedposts`, `block most_read`; a name of two kinds (`related-latest`) tells neither."""
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


def kind_by_boxes(box: Box, page: Extent) -> Block | None:
    """The kind that the innermost telling box around a card names; boxes around the story tell nothing."""
    around: Box | None = box
    for _ in range(_LEVELS):
        if around is None or (page.container is not None and is_within(page.container, around)):
            return None
        kind = _kind_of_name(f"{around.element.get('class') or ''} {around.element.get('id') or ''}")
        if kind is not None:
            return kind
        around = around.parent
    return None


@lru_cache(maxsize=10_000)
def _kind_of_name(names: str) -> Block | None:
    found = {kind for kind, pattern in _KINDS if pattern.search(_CAMEL.sub("-", names[:200]).lower())}
    return found.pop() if len(found) == 1 else None
