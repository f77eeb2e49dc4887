"""What a piece of a by-line is: a person's name, an organisation, an agency, a role, a place, or none of these.

Judges one piece by itself; how pieces stand together is the grammar of `bylines`.
"""

from __future__ import annotations

from functools import lru_cache

import regex

from etl.records import AuthorKind
from etl.transform.fields.authors.names import are_initials, is_acronym, particles, restore_capitals
from etl.transform.fields.authors.vocabulary import endings, key, listed, phrases, spellings
from etl.transform.text import fold

# Jean-Luc, O’Brien, J.R.R., ’t, Sørensen, 구현모, J.-P.: one word of a name
_NAME_WORD = regex.compile(r"^['’]?[\p{L}\p{M}](?:[\p{L}\p{M}'’‘`´.\-‐·・]{0,28}[\p{L}\p{M}.'’])?,?$")
# uriebe, Cooper_99, ESEPPELT, t-online: a name chosen for a site
_NICK = regex.compile(r"^\p{L}[\p{L}\p{M}\p{N}_.\-'’!]{1,28}$")
# Amanda "Tania Mae" Tan, Richard (R.J.) Roe
_INNER_NICK = regex.compile(r"(?<=\p{L}) (?:[\"“„«]\p{Lu}[\p{L}\p{M} .\-]{1,20}[\"”“»]|\((?:\p{Lu}\.){1,4}\)) (?=\p{Lu})")
_UNCASED = regex.compile(
    r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Arabic}\p{Hebrew}\p{Devanagari}\p{Thai}\p{Bengali}\p{Tamil}\p{Telugu}]"
)
_HAN_NAME = regex.compile(
    r"^[\p{Han}々ヶ\p{Hiragana}\p{Katakana}ー]{1,7}(?:[ 　・·]?[\p{Han}々ヶ\p{Hiragana}\p{Katakana}ー]{1,12}){0,2}$"
)
_LONG_HAN = regex.compile(r"\p{Han}{7}")  # 某某大学某研究所
_HANGUL_NAME = regex.compile(r"^[\p{Hangul}]{2,5}$")
_CJK = regex.compile(r"[\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}]")
_DOMAIN = regex.compile(r"^(?:www\.)?[\p{L}\p{N}\-]+(?:\.[\p{L}\p{N}\-]+)*\.[a-z]{2,6}$", regex.I)  # ORF.at, mbl.is
_ENDING = regex.compile(r"\.[a-z]{2,6}(?:\.[a-z]{2})?$")  # .com, .co.uk
_POSSESSIVE = ("'s", "’s")
_MAX_WORDS = 6
_LEAST_OF_SITE = 4
"""Words from which on a name with a site's name of several words in it is no person's."""


def agency_spelling(name: str) -> str | None:
    """The usual spelling of a news agency (`REUTERS` → `Reuters`), None for what is none."""
    spelling = spellings("agencies").get(" ".join(name.casefold().split()).removeprefix("l'").removeprefix("l’"))
    return None if spelling and spelling.isupper() and name.istitle() else spelling  # SPA is an agency, Sid and Ana are not


def is_domain(text: str) -> bool:
    """`ORF.at`, `24horas.cl`: a site that calls itself by its address; no user `jane.roe`."""
    if not _DOMAIN.match(text):
        return False
    head, _, ending = text.rpartition(".")
    known = len(ending) == 2 or ending.casefold() in listed("domain_endings")
    return known and any(letter.isalpha() for letter in head)


def is_site_name(name: str, site_names: tuple[str, ...]) -> bool:
    """Whether this is the site's own name, with or without its domain's ending."""
    return bool(site_names) and not _keys_of_site(name).isdisjoint(_site_keys(site_names))


@lru_cache(maxsize=4_000)
def is_organization(name: str, site_names: tuple[str, ...] = ()) -> bool:
    """An agency, a desk, a paper, a site; told by its words."""
    if agency_spelling(name) or is_domain(name) or is_site_name(name, site_names):
        return True
    folded = name.casefold().rstrip(".")
    if _CJK.search(name):
        return folded.endswith(endings("organization_endings"))
    printed = name.replace("/", " ").split()
    # "James S.A. Corey" is no firm: its letters stand at the end
    parts = ["" if are_initials(part) and n < len(printed) - 1 else key(part) for n, part in enumerate(printed)]
    if phrases("organizations").find(parts) is not None or any(part.rpartition("-")[2] in listed("desks") for part in parts):
        return True
    if holds_site_name(name, site_names):
        return True
    return any(len(parts) > 1 and is_acronym(word) and len(word) > 2 and not name.isupper() for word in name.split())


def holds_site_name(text: str, site_names: tuple[str, ...]) -> bool:
    """Whether the site's name is among a text's words: `GZ Thüringen` at gz.example, `North Devon Sun-Courier` of Sun Courier."""
    parts = [key(part) for word in text.split() for part in word.split("-")]
    known = _site_keys(site_names)
    if len(parts) < 2 or not known:
        return False
    if not known.isdisjoint(parts):
        return True
    if any(word[0].islower() and word not in listed("small_words") for word in text.split()):
        return False
    if len(parts) < _LEAST_OF_SITE and is_person(text):
        return False  # Grace Hill Roe writes for Grace Hill
    runs = ("".join(parts[start:end]) for start in range(len(parts)) for end in range(start + 2, len(parts) + 1))
    return any(fold(run) in known for run in runs)


def begins_with_site(text: str, site_names: tuple[str, ...]) -> bool:
    """Whether a text is the site's name with more behind it: `GZ Thüringen` at gz.example, `Daily Example North`."""
    parts = [key(part) for part in text.split()]
    return any("".join(parts[:count]) in _site_keys(site_names) for count in range(1, len(parts)))


def has_legal_form(text: str) -> bool:
    """`… GmbH`, `… e.V.`: a full name that nothing is cut off."""
    return key(text.rsplit(" ", 1)[-1]) in listed("legal_forms") and " " in text


def is_organization_name(text: str, *, declared: bool) -> bool:
    """Whether a text with an organisation's word in it is a name and no sentence: `Jerusalem Post Staff`, no `All the News`."""
    parts = text.split()
    if declared:
        return len(parts) <= 8
    small = listed("small_words", "particles")
    return len(parts) <= 6 and all(not part[0].islower() or part.casefold() in small for part in parts)


def kind_of(name: str, site_names: tuple[str, ...] = ()) -> AuthorKind:
    """Person or organisation."""
    return AuthorKind.ORGANIZATION if is_organization(name, site_names) else AuthorKind.PERSON


@lru_cache(maxsize=4_000)
def is_person(name: str) -> bool:
    """Whether a text reads as a person's full name: two words or more, each with a capital where the script has them."""
    if _CJK.search(name):
        if _holds_common_word(name) or _LONG_HAN.search(name):
            return False
        return bool(_HAN_NAME.match(name) or _HANGUL_NAME.match(name.replace(" ", "")))
    parts = _INNER_NICK.sub(" ", name).split()
    if not 2 <= len(parts) <= _MAX_WORDS or not all(_NAME_WORD.match(part) for part in parts):
        return False
    if any(key(part) in listed("never") for part in parts) or any(part.endswith(_POSSESSIVE) for part in parts[:-1]):
        return False
    if _UNCASED.search(name):
        return len(parts) <= 4
    real = [part for part in parts if part.casefold() not in particles()]
    if parts[-1].islower() and parts[-1] in particles():
        return False  # "Mayo de", cut off before its year
    return bool(real) and all(_has_capital(part) for part in real) and any(len(part.strip(".")) > 1 for part in parts)


def is_nick(name: str) -> bool:
    """Whether a single word can be an author's name where the page declares it as one (`uriebe`, `Robert`)."""
    return (
        bool(_NICK.match(name)) and key(name) not in listed("never", "roles", "labels", "others") and not _holds_common_word(name)
    )


def _holds_common_word(name: str) -> bool:
    """Whether a text without spaces between words holds one that no name does: `发布时间`."""
    return not name.isascii() and any(word in name for word in endings("never_inside"))


def organization_name(name: str, *, language: str | None = None, site_names: tuple[str, ...] = ()) -> str:
    """An organisation's name as it is stored: an agency in its usual spelling, capitals restored, acronyms kept."""
    if spelling := agency_spelling(name):
        return spelling
    parts = name.split()
    if parts[0].islower() and len(parts) > 1 and parts[0] in listed("articles"):
        name, parts = name.partition(" ")[2], parts[1:]  # "by the Example Staff"
    if not name.isupper() or (len(parts) == 1 and len(name) <= 5):
        return name
    own = {word.casefold(): word for site in site_names for word in site.split() if not word.islower()}
    restored = [
        own.get(part.casefold())
        or (part if is_acronym(part) and part.casefold() not in listed("small_words") else None)
        or restore_capitals(part, language=language, spellings=site_names)
        for part in parts
    ]
    return " ".join(word.lower() if n and word.casefold() in listed("small_words") else word for n, word in enumerate(restored))


@lru_cache(maxsize=4_000)
def is_role(text: str) -> bool:
    """A trade or an office, with or without its field: `Political Editor`, `Senior Correspondent in Paris`."""
    keys = [key(part) for part in text.split()]
    return phrases("roles").find(keys) is not None or any(part.rsplit("-", 1)[-1] in listed("roles") for part in keys)


@lru_cache(maxsize=4_000)
def strip_role(text: str) -> str:
    """`Jane Roe Political Editor` and `Political Editor Jane Roe` → `Jane Roe`; empty where nothing but roles is left."""
    parts = text.split()
    if _all_of_role(parts):
        return text if is_staff(text) else ""
    if len(parts) < 3:
        return text
    parts = parts[_role_run(parts) :]
    last = _role_run(parts[::-1])
    return " ".join(parts[: _rank(parts) if last else len(parts)][: len(parts) - last])


def _rank(parts: list[str]) -> int:
    """Where a rank begins what goes before a trade, of whatever words that is made: `Jane Roe Deputy Harbour Watch Director`."""
    return next((at for at in range(2, len(parts)) if key(parts[at]) in listed("ranks")), len(parts))


def is_staff(text: str) -> bool:
    """`Editorial Staff`: words of offices that together are a desk, none of them a trade of one person."""
    keys = [key(part) for part in text.split()]
    return len(keys) > 1 and keys[-1] in listed("organizations") and phrases("roles").find(keys) is None


def without_agency(name: str, printed: str) -> str:
    """`Jane Roe AP`, `Jane Roe Reuters` → the person; `JANE ROE AP` only where a role stood behind it (`printed`)."""
    parts = name.split()
    for size in range(min(3, len(parts) - 2), 0, -1):
        head, last = " ".join(parts[:-size]), " ".join(parts[-size:])
        spelling = agency_spelling(last)
        if (
            spelling
            and (last.isupper() or (spelling == last and key(last) not in listed("agencies_and_names")))
            and is_person(head.title() if head.isupper() else head)
        ):
            told = not head.isupper() or not last.isupper() or size > 1 or len(printed) > len(name)
            return head if told else name
    return name


def without_channel(name: str, site_names: tuple[str, ...]) -> str:
    """`Jane Roe GZ News`, `Jane Roe GZ` at gz.example, `Jane Roe Gazette International` at Gazette → the person.

    Not `José Luis Sol Pérez` at Sol: behind the site's name stands a word for one of its channels.
    """
    parts = name.split()
    for at in (2, 3):
        rest = parts[at:]
        channel = rest and is_acronym(rest[0]) and (rest[1:] == ["News"] or is_site_name(rest[0], site_names))
        if channel or (len(rest) > 1 and key(rest[-1]) in listed("channels") and is_site_name(" ".join(rest[:-1]), site_names)):
            head = " ".join(parts[:at])
            if not name.isupper() and is_person(head) and not is_organization(head, site_names):
                return head
    return name


def is_place(text: str) -> bool:
    """A place of several words, from the list; others are told by where they stand."""
    return key(text) in listed("places")


def _all_of_role(parts: list[str]) -> bool:
    known = listed("roles", "role_modifiers")
    return bool(parts) and all(key(part) in known for part in parts)


def _role_run(parts: list[str]) -> int:
    """How many words at the beginning are a role with its modifiers: 0 where no role is among them."""
    count = found = 0
    for part in parts[: len(parts) - 1]:
        word = key(part)
        is_role = word in listed("roles") or word.split("-")[-1] in listed("roles")
        if not is_role and word not in listed("role_modifiers"):
            break
        count += 1
        found = found or is_role
    return count if found else 0


def _has_capital(word: str) -> bool:
    bare = word.lstrip("'’‘")
    return bool(bare) and (
        bare[0].isupper()
        or bare[0].istitle()
        or ("-" in bare and any(c.isupper() for c in bare))
        or (len(bare) > 3 and bare[1] in "'’" and bare[2].isupper())
        or any(bare[:size] in particles() and bare[size : size + 2].istitle() for size in (2, 3))  # deGrasse
    )


@lru_cache(maxsize=4_000)
def _keys_of_site(name: str) -> frozenset[str]:
    """A site's name without blanks and ending, with and without its article: `La República` and larepublica.pe are one."""
    whole = fold(_ENDING.sub("", name.casefold().removeprefix("www.").replace("_", ".")))  # larepublica_pe
    first, _, rest = whole.partition(" ")
    keys = {whole, rest} if rest and first in listed("articles") else {whole}
    return frozenset(key.replace(" ", "") for key in keys)


@lru_cache(maxsize=256)
def _site_keys(site_names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(key for name in site_names for key in _keys_of_site(name) if len(key) > 1)
