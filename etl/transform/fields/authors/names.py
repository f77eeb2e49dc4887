"""One name in its normal form: capitals restored, `Family, Given` turned round, titles and letters of degrees taken off.

Whether a text is a name at all, and whose, is told in `kinds`; how a by-line falls into names, in `bylines`.
"""

from __future__ import annotations

import re

from etl.transform.fields.authors.vocabulary import EDGES, listed, listed_in, printed
from etl.transform.fields.authors.vocabulary import spellings as spelled_by_key
from etl.transform.text import clean

# Van der Berg, d'Arc, O’Neill, J.R.R., Jean-Luc: parts of one word that each may take a capital
_WORD_PART = re.compile(r"[^\W\d_]+")
_TURNED = re.compile(r"^([^,]{2,40}),\s*([^,]{1,40})$")  # Ziegele, Marvin
_MC = re.compile(r"^mc(?=[^\W\d_]{2})")  # mcdonald
_APOSTROPHE = re.compile(r"^([^\W\d_]{1,2}['’‘`´])(?=[^\W\d_]{2})")  # o'brien, d’angelo, l'heureux, al'
_INITIALS = re.compile(r"^(?:[^\W\d_]\.)+(?:-?[^\W\d_]\.)*$")  # J.R.R., J.-P.
_DOTTED = re.compile(r"[^\W\d_]\.[^\W\d_]")  # e.v, ph.d, J.R
_ACCOUNT = re.compile(r"^[^\W\d_]{3,20}\.[^\W\d_]{3,20}$")  # jane.roe
_VOWEL = re.compile(r"[aeiouyäöüåæøáéíóúàèìòùâêîôûãõ]", re.I)
_TURKIC = {"tr", "az"}


def normalise_name(text: str, *, language: str | None = None, spellings: tuple[str, ...] = ()) -> str:
    """A person's name as it is stored: `MARVIN ZIEGELE` → `Marvin Ziegele`, `Dr. Jane Roe, PhD` → `Jane Roe`.

    Mixed case is the author's own and stays. `spellings` are names whose capitals are known (the site's own: `JPost`).
    """
    name = strip_titles(clean(text).strip(EDGES))
    if name.endswith(".") and len(name.rsplit(" ", 1)[-1]) > 3 and name.rsplit(" ", 1)[-1].casefold() not in listed("suffixes"):
        name = name[:-1]
    return restore_capitals(name, language=language, spellings=spellings)


def turn_round(text: str) -> str:
    """`Ziegele, Marvin` → `Marvin Ziegele`. Anything but two parts of which the first is one family name stays as it is."""
    match = _TURNED.match(text)
    if not match:
        return text
    family, given = match[1].strip(), match[2].strip()
    if not _is_family_name(family) or len(given.split()) > 3 or given.casefold() in credentials():
        return text
    return f"{given} {family}"


def _is_family_name(text: str) -> bool:
    parts = text.split()
    return bool(parts) and all(part.casefold() in particles() for part in parts[:-1]) and parts[-1].casefold() not in particles()


def strip_titles(name: str) -> str:
    """Academic titles before a name and letters of degrees after it taken off; a name made of nothing else stays."""
    parts = name.split()
    first, last = 0, len(parts)
    while first < last - 1 and parts[first].casefold() in printed("titles"):
        first += 1
    shouted = name.isupper()
    while last - first > 2 and _is_credential(parts[last - 1], shouted):
        last -= 1
    if last - first == 2 and parts[last - 2].endswith(",") and _is_credential(parts[last - 1], shouted):
        last -= 1
    return " ".join(parts[first:last]).strip(EDGES)


def _is_credential(word: str, shouted: bool) -> bool:
    plain = word.strip(",()").casefold()
    if plain not in credentials():
        return False
    # MA and MS are family names too: only letters in capitals beside a name in small ones are degrees.
    return "." in plain or len(plain) > 2 or (word.strip(",()").isupper() and not shouted)


def restore_capitals(name: str, *, language: str | None = None, spellings: tuple[str, ...] = ()) -> str:
    """`JEAN-LUC O'BRIEN` → `Jean-Luc O'Brien`; a shouted family name alone (`Kazım TÜRKMEN`) too."""
    parts = name.split()
    if not any(_is_shouted(part) for part in parts) and not (len(parts) > 1 and name.islower()):
        return name
    whole = name.isupper() or name.islower()
    known = _spellings(spellings)
    return " ".join(known.get(part.casefold()) or _restored(parts, index, language, whole) for index, part in enumerate(parts))


def _restored(parts: list[str], index: int, language: str | None, whole: bool) -> str:
    """One word; `whole` says that the whole name is in capitals (or in small letters)."""
    word = parts[index]
    if not whole and not _is_shouted(word):
        return word
    if _are_initials(word, last=index == len(parts) - 1, whole=whole):
        return word
    plain = _lower(word, language)
    if plain in particles() and _stays_small(parts, index, language):
        return plain
    return _capitalise(word, plain, language)


def _is_shouted(word: str) -> bool:
    letters = "".join(_WORD_PART.findall(word))
    return len(letters) > 1 and letters.isupper() and not _INITIALS.match(word) and "." not in word[:-1]


def _are_initials(word: str, *, last: bool, whole: bool) -> bool:
    """`DJ` in `DJ Summers`: capitals that are no shouting."""
    return len(word) == 2 and word.isalpha() and word.isupper() and not last and not (whole and _VOWEL.search(word))


def _stays_small(parts: list[str], index: int, language: str | None) -> bool:
    """Whether a particle keeps its small letter: after a given name, by the language's habit; `van der` in any."""
    word = parts[index].casefold()
    before = parts[index - 1].casefold() if index else ""
    after = parts[index + 1].casefold() if index + 1 < len(parts) else ""
    if not after:
        return False
    group = before in particles() or after in particles()
    if not index:
        return group and len(parts) > 2  # VAN DER BERG is a family name; VAN MORRISON and DE NIRO begin with a capital
    if word in listed_in("particles_capital", language):
        return False
    return group or word in listed_in("particles_small", "mul") or word in listed_in("particles_small", language)


def _capitalise(word: str, plain: str, language: str | None) -> str:
    if plain in {"ii", "iii", "iv"} or _INITIALS.match(word) or (_DOTTED.search(word) and len(word) < 8):
        return word.upper()
    return _WORD_PART.sub(lambda match: _capitalise_part(match, plain, language), plain)


def _capitalise_part(match: re.Match[str], word: str, language: str | None) -> str:
    part, start, end = match[0], match.start(), match.end()
    if start and word[start - 1] in "'’‘`´" and len(part) < 2:
        return part  # 's, 't
    if end < len(word) and word[end] == "-" and start == 0 and part in {"al", "el", "ad", "as", "ar", "an"}:
        return part  # al-Assad
    if end < len(word) and word[end] in "'’" and part == "d" and language == "fr" and start == 0:
        return part  # d'Ormesson
    if language == "nl" and part.startswith("ij"):
        return "IJ" + part[2:]
    if _MC.match(part):
        return "Mc" + _upper(part[2], language) + part[3:]
    return _upper(part[0], language) + part[1:]


def _lower(word: str, language: str | None) -> str:
    if language in _TURKIC:
        word = word.replace("I", "ı").replace("İ", "i")
    return word.lower().replace("i̇", "i")


def _upper(letter: str, language: str | None) -> str:
    return "İ" if letter == "i" and language in _TURKIC else letter.upper()


def _spellings(extra: tuple[str, ...]) -> dict[str, str]:
    if not extra:
        return spelled_by_key("spelled")
    own = {
        word.casefold(): word
        for text in extra
        for word in text.replace("|", " ").split()
        if not word.isupper() and not word.islower() and not word.istitle()
    }
    return own | spelled_by_key("spelled")


def with_capitals(name: str) -> str:
    """`Mobasir hassan`, `jane roe` with capitals, for names as users type them in forms; one word is a nick and stays."""
    parts = name.split()
    small = [number for number, part in enumerate(parts) if part.islower() and part not in particles()]
    if len(parts) < 2 or (small != [len(parts) - 1] and not name.islower()):
        return name
    return " ".join(part if part in particles() else part[:1].upper() + part[1:] for part in parts)


def from_account(name: str) -> str:
    """`jane.roe`, as accounts are named, in two words."""
    return name.replace(".", " ") if _ACCOUNT.match(name) else name


def particles() -> frozenset[str]:
    """Small words of family names, casefolded."""
    return listed("particles")


def credentials() -> frozenset[str]:
    """Letters of degrees and of professions after names, casefolded, with their full stops (`ph.d.`)."""
    return printed("credentials")


def are_initials(word: str) -> bool:
    """`J.R.R.`, `S.A.`, `J.-P.`: several dotted capitals, a person's or a firm's; not the `e.` of `e. V.`."""
    return bool(_INITIALS.match(word)) and word.count(".") > 1 and word[0].isupper()


def is_acronym(word: str) -> bool:
    """`BBC`, `HLNF`, `AFP`: capitals that no one reads as a word."""
    return word.isalpha() and word.isupper() and len(word) <= 5 and (len(word) <= 3 or not _VOWEL.search(word))
