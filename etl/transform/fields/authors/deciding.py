"""Which of the places that name authors to believe: precision first.

A person beats an organisation, another organisation beats the site's own name, and what two places say beats what one says.
"""

from __future__ import annotations

from etl.records import Author, AuthorKind
from etl.transform.fields.authors.bylines import name_key
from etl.transform.fields.authors.finding import Candidate, Place
from etl.transform.fields.authors.kinds import is_site_name
from etl.transform.reading import Found

_SHOWN = (Place.LINKED, Place.MARKED, Place.LABELLED)
# In order of trust.
_DECLARED = (Place.JSON_LD,)
_WRITTEN = (Place.META, Place.MICRODATA)
_LAST = (Place.BARE, Place.BELOW, Place.FEED)


def decide(candidates: list[Candidate], site_names: tuple[str, ...]) -> Found[tuple[Author, ...]] | None:
    """The authors, and the place they were taken from; None where nobody is credited."""
    named = [candidate for candidate in candidates if candidate.authors]
    for candidate in named:
        if candidate.place is Place.PROFILE:
            return _found(candidate)
    people = [candidate for candidate in named if _persons(candidate)]
    for group in (_DECLARED, _SHOWN, _WRITTEN, _LAST):
        chosen = next((candidate for candidate in people if candidate.place in group), None)
        if chosen:
            return _found(_widest(chosen, people))
    for group in (_SHOWN, _DECLARED, _WRITTEN):
        for candidate in named:
            if candidate.place in group and not any(is_site_name(author.name, site_names) for author in candidate.authors):
                return _found(candidate)
    for group in (_DECLARED, _WRITTEN, _SHOWN):
        for candidate in named:
            if candidate.place in group:
                return _found(candidate)
    return None


def _widest(chosen: Candidate, people: list[Candidate]) -> Candidate:
    """The candidate that names all the chosen one's persons and more of them."""
    names = _persons(chosen)
    for other in people:
        if other.place in (*_SHOWN, Place.META) and _persons(other) > names:
            return other
    return chosen


def _persons(candidate: Candidate) -> set[str]:
    return {name_key(author.name) for author in candidate.authors if author.kind is AuthorKind.PERSON}


def _found(candidate: Candidate) -> Found[tuple[Author, ...]]:
    return Found(candidate.authors, candidate.origin, candidate.detail)
