"""Which of the places that name authors to believe: precision first.

A person beats an organisation, another organisation beats the site's own name, and what two places say beats what one says.
"""

from __future__ import annotations

from dataclasses import replace

from etl.records import Author, AuthorKind
from etl.transform.fields.authors.candidates import Candidate, Place, distinct, name_key, same_name
from etl.transform.fields.authors.kinds import begins_with_site, holds_site_name, is_site_name
from etl.transform.fields.authors.vocabulary import HAS_CJK, key, listed
from etl.transform.reading import Found

_SHOWN = (Place.LINKED, Place.MARKED, Place.LABELLED, Place.DATED)
_WRITTEN = (Place.META, Place.MICRODATA)
_LAST = ((Place.BARE, Place.BELOW), (Place.NAMED,))


def decide(candidates: list[Candidate], site_names: tuple[str, ...]) -> Found[tuple[Author, ...]] | None:
    """The authors, and the place they were taken from; None where nobody is credited."""
    named = [candidate for candidate in candidates if candidate.authors]
    chosen = _of_profile(named) or _of_persons(named, site_names) or _of_organizations(named, site_names)
    return Found(_as_printed(chosen, named), chosen.origin, chosen.detail) if chosen else None


def _of_profile(named: list[Candidate]) -> Candidate | None:
    return next((candidate for candidate in named if candidate.place is Place.PROFILE), None)


def _of_persons(named: list[Candidate], site_names: tuple[str, ...]) -> Candidate | None:
    """JSON-LD first; then the by-line shown, before all one that a meta tag confirms; meta tags; what stands below the story."""
    people = [candidate for candidate in named if _persons(candidate)]
    desk_shown = any(candidate.place in _SHOWN and not _persons(candidate) for candidate in named)
    declared = [candidate for candidate in people if candidate.place is Place.JSON_LD]
    shown = sorted((one for one in people if one.place in _SHOWN), key=lambda one: one.place is Place.DATED)
    written = [candidate for candidate in people if candidate.place in _WRITTEN and not (_is_nick(candidate) and desk_shown)]
    confirmed = [one for one in shown if any(_persons(one) == _persons(other) for other in written)]
    for group in (declared, confirmed, shown, written):
        if group:
            return _without_site(_widest(group[0], people), site_names)
    for places in _LAST:
        last = [candidate for candidate in people if candidate.place in places]
        if last:
            is_list = any(_persons(candidate) - _persons(last[0]) for candidate in last)  # the authors of other stories
            return None if is_list else last[0]
    return None


def _is_nick(candidate: Candidate) -> bool:
    """`dany`: one word, as accounts are named. Where the page shows readers a desk, that is whom it credits."""
    return all(" " not in author.name for author in candidate.authors)


def _widest(chosen: Candidate, people: list[Candidate]) -> Candidate:
    """The candidate that names all the chosen one's persons and more of them, in the fullest spelling of the two."""
    names = [author.name for author in chosen.authors if author.kind is AuthorKind.PERSON]
    for other in people:
        if other.place not in (*_SHOWN, Place.META) or len(_persons(other)) <= len(names):
            continue
        if all(any(same_name(name, author.name) for author in other.authors) for name in names):
            return replace(other, authors=distinct([*other.authors, *chosen.authors]))
    return chosen


def _without_site(candidate: Candidate, site_names: tuple[str, ...]) -> Candidate:
    """Beside a person the site's own name is no author, nor what holds it (`The North Devon Courier` at courier.example)."""
    kept = tuple(author for author in candidate.authors if not _is_of_site(author, site_names))
    return replace(candidate, authors=kept or candidate.authors)


def _is_of_site(author: Author, site_names: tuple[str, ...]) -> bool:
    """Not `GZ Sachsen-Anhalt` at gz.example: what begins with the site's name is one of its houses."""
    if is_site_name(author.name, site_names):
        return True
    of_it = author.kind is AuthorKind.ORGANIZATION and holds_site_name(author.name, site_names)
    return of_it and not begins_with_site(author.name, site_names)


def _of_organizations(named: list[Candidate], site_names: tuple[str, ...]) -> Candidate | None:
    """An agency or a desk before the site's own name."""
    for group in (_SHOWN, (Place.JSON_LD,), _WRITTEN, (Place.BARE,)):
        for candidate in named:
            if candidate.place in group and not any(is_site_name(author.name, site_names) for author in candidate.authors):
                return candidate
    own = (one for group in ((Place.JSON_LD,), _WRITTEN, _SHOWN) for one in named if one.place in group)
    return next(own, None) or next((one for one in named if one.place is Place.BELOW and _is_named_body(one)), None)


def _is_named_body(candidate: Candidate) -> bool:
    """Whether a place names bodies only, none of them by a word for any (`Agenturen`, `Redaktion`)."""
    bodies = [author for author in candidate.authors if author.kind is AuthorKind.ORGANIZATION]
    return len(bodies) == len(candidate.authors) and not any(
        key(author.name) in listed("organizations") or HAS_CJK.search(author.name) for author in bodies
    )


def _as_printed(chosen: Candidate, named: list[Candidate]) -> tuple[Author, ...]:
    """The authors with the by-line that the page shows as their credit, wherever their names were taken from."""
    shown = [author for candidate in named if candidate.place in _SHOWN for author in candidate.authors]
    credits_by_key = {name_key(author.name): author.credit for author in reversed(shown)}
    return tuple(replace(author, credit=credits_by_key.get(name_key(author.name), author.credit)) for author in chosen.authors)


def _persons(candidate: Candidate) -> set[str]:
    return {name_key(author.name) for author in candidate.authors if author.kind is AuthorKind.PERSON}
