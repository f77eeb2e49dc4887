"""One name in its normal form, and what is a name at all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.records import AuthorKind
from etl.transform.fields.authors.kinds import agency_spelling, is_person, is_role, is_site_name, kind_of, organization_name
from etl.transform.fields.authors.names import normalise_name, turn_round

NAMES = [
    # (printed, language, normal form)
    ("MARVIN ZIEGELE", None, "Marvin Ziegele"),
    ("Marvin Ziegele", None, "Marvin Ziegele"),
    ("marvin ziegele", None, "Marvin Ziegele"),
    # a family name shouted, initials and Roman numbers kept
    ("Kemal YILDIRIM", None, "Kemal Yildirim"),
    ("Kemal YILDIRIM", "tr", "Kemal Yıldırım"),
    ("İSMAİL IŞIK", "tr", "İsmail Işık"),
    ("J.R.R. HOLLOWAY", None, "J.R.R. Holloway"),
    ("J.-P. MOREL", "fr", "J.-P. Morel"),
    ("DJ HOLLOWAY", None, "DJ Holloway"),
    ("DJ Holloway", None, "DJ Holloway"),
    ("ANDREW NG", None, "Andrew Ng"),
    ("HENRY MILES III", None, "Henry Miles III"),
    ("HENRY MILES JR.", None, "Henry Miles Jr."),
    # capitals within a word
    ("ANGUS MCDONALD", None, "Angus McDonald"),
    ("RONALD MACDONALD", None, "Ronald MacDonald"),
    ("ANA MACHADO", None, "Ana Machado"),
    ("SINEAD O'BRIEN", None, "Sinead O'Brien"),
    ("SINEAD O’BRIEN", None, "Sinead O’Brien"),
    ("JEAN-LUC MOREL", None, "Jean-Luc Morel"),
    ("BASHAR AL-KHATIB", None, "Bashar al-Khatib"),
    ("MARCO D'ANGELO", "it", "Marco D'Angelo"),
    ("PAUL D'ORMONT", "fr", "Paul d'Ormont"),
    ("IJSBRAND VISSER", "nl", "IJsbrand Visser"),
    ("ΓΙΩΡΓΟΣ ΝΙΚΑΣ", "el", "Γιωργος Νικας"),
    ("ИВАН ПЕТРОВ", "ru", "Иван Петров"),
    # particles by the habit of the language
    ("PETER VAN DER BERG", None, "Peter van der Berg"),
    ("VAN DER BERG", None, "van der Berg"),
    ("PETER VAN DIJK", "nl", "Peter van Dijk"),
    ("PETER VAN DYKE", "en", "Peter Van Dyke"),
    ("VAN HOLLOWAY", "en", "Van Holloway"),
    ("URSULA VON DER HEIDE", "de", "Ursula von der Heide"),
    ("MARIA DE LA CRUZ", "es", "Maria de la Cruz"),
    ("LUCA DE SANTIS", "it", "Luca De Santis"),
    ("LUIS DE SANTOS", "es", "Luis de Santos"),
    ("MARINE LE GOFF", "fr", "Marine Le Goff"),
    ("JOSÉ ORTIZ Y GASSÓ", "es", "José Ortiz y Gassó"),
    ("OMAR BIN SALEM", None, "Omar bin Salem"),
    # titles and degrees
    ("Dr. Jane Roe", None, "Jane Roe"),
    ("Prof. Dr. med. Jane Roe", "de", "Jane Roe"),
    ("Jane Roe, PhD", None, "Jane Roe"),
    ("Jane Mary Roe PhD", None, "Jane Mary Roe"),
    ("Jack Ma", None, "Jack Ma"),
    ("WEI LI MA", None, "Wei Li Ma"),
    ("Dr.", None, "Dr."),
    # marks round the name
    ("  Jane\u00a0Roe ,", None, "Jane Roe"),
    ("Jane Roe.", None, "Jane Roe"),
    ("Robert Downs Jr.", None, "Robert Downs Jr."),
    ("[Jane Roe]", None, "Jane Roe"),
    ("松岡大地", "ja", "松岡大地"),
    ("", None, ""),
]


@pytest.mark.parametrize(("printed", "language", "normal"), NAMES)
def test_a_name_is_stored_in_normal_capitals(printed: str, language: str | None, normal: str) -> None:
    assert normalise_name(printed, language=language) == normal


def test_the_sites_own_spelling_is_kept() -> None:
    assert organization_name("JPOST EDITORIAL", site_names=("JPost",)) == "JPost Editorial"


@given(st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_a_normal_form_is_stable(text: str) -> None:
    once = normalise_name(text)
    assert normalise_name(once.title()) == normalise_name(normalise_name(once.title()))


TURNED = [
    ("Lin, Xiaoying", "Xiaoying Lin"),
    ("Andersen, Michael L.", "Michael L. Andersen"),
    ("van der Berg, Peter", "Peter van der Berg"),
    # two names, a degree, a list stay as they are
    ("Jane Roe, John Doe", "Jane Roe, John Doe"),
    ("Roe, PhD", "Roe, PhD"),
    ("Roe, Jane, Doe, John", "Roe, Jane, Doe, John"),
]


@pytest.mark.parametrize(("printed", "name"), TURNED)
def test_family_and_given_name_are_turned_round(printed: str, name: str) -> None:
    assert turn_round(printed) == name


PERSONS = [
    "Jane Roe",
    "J. R. Holloway",
    "Ursula von der Heide",
    "Anne-Marie O’Neill",
    "José Ortiz y Gassó",
    "Øyvind Åsgård",
    "Иван Петров",
    "Γιώργος Νίκας",
    "Lê Phương",
    "محمد الحداد",
    "יוסי ברק",
    "अनिल वर्मा",
    "松岡大地",
    "大渡 美咲",
    "홍길동",
    "Jane deRoe",
]
NO_PERSONS = [
    "",
    "Jane",  # one word
    "jane roe",  # no capitals
    "Jane roe",
    "Why The Ferry Returned",
    "The Ferry",
    "Jane Roe wrote this",
    "Agent 47",
    "Jane Roe!",
    "How It Works",
    "Mayo de",
    "Jane iPhone",
    "Jane macOS",
    "Connect Directly",
    "Example's Newsroom Standards",
    "一覧",
]


@pytest.mark.parametrize("text", PERSONS)
def test_this_reads_as_a_person(text: str) -> None:
    assert is_person(text)


@pytest.mark.parametrize("text", NO_PERSONS)
def test_this_does_not_read_as_a_person(text: str) -> None:
    assert not is_person(text)


ORGANIZATIONS = [
    ("Reuters", "Reuters"),
    ("REUTERS", "Reuters"),
    ("AFP", "AFP"),
    ("dpa", "dpa"),
    ("ASSOCIATED PRESS", "Associated Press"),
    ("JERUSALEM POST STAFF", "Jerusalem Post Staff"),
    ("BBC NEWS", "BBC News"),
    ("Redaktion", "Redaktion"),
    ("Die Redaktion", "Die Redaktion"),
    ("example.org", "example.org"),
    ("Redacción EX", "Redacción EX"),
    ("Redaccion", "Redaccion"),
    ("ABC-Redaktion", "ABC-Redaktion"),
    ("DEPARTMENT OF TRADE", "Department of Trade"),
    ("Lumen S.A.", "Lumen S.A."),
    ("Bund der Werften e. V.", "Bund der Werften e. V."),
    ("中央新聞社", "中央新聞社"),
    ("한강일보", "한강일보"),
]


@pytest.mark.parametrize(("printed", "name"), ORGANIZATIONS)
def test_an_organisation_is_told_and_spelled(printed: str, name: str) -> None:
    assert (kind_of(printed), organization_name(printed)) == (AuthorKind.ORGANIZATION, name)


@pytest.mark.parametrize(
    "name",
    [
        "Jane Roe",
        "Jane S.A. Roe",
        "Ann Press-Miller",
        "Robert",
        "uriebel",
        "Jörg Bundmann",
        "Tim Stafford",
        "Fritz Haber",
        "Sid",
        "Oleh Petrenko",
    ],
)
def test_a_person_is_no_organisation(name: str) -> None:
    assert kind_of(name) is AuthorKind.PERSON


SITES = [
    ("The Daily Example", ("Daily Example",), True),
    ("dailyexample.com", ("The Daily Example",), True),
    ("DAILY EXAMPLE", ("www.dailyexample.com",), True),
    ("Daily Example Sports", ("Daily Example",), False),
    ("La Gaceta", ("lagaceta.pe",), True),
    ("La Gaceta", ("gaceta.pe",), True),
    ("la_gaceta_es", ("La Gaceta",), False),
    ("lagaceta_es", ("lagaceta.es",), True),
    ("Jane Roe", ("Daily Example",), False),
    ("Jane Roe", (), False),
]


@pytest.mark.parametrize(("name", "sites", "same"), SITES)
def test_a_sites_name_is_known_with_and_without_article_and_ending(name: str, sites: tuple[str, ...], same: bool) -> None:
    assert is_site_name(name, sites) is same


@pytest.mark.parametrize(
    "text",
    ["Political Editor", "Senior Correspondent in Paris", "Redakteurin", "envoyé spécial", "記者", "Israel-Korrespondentin"],
)
def test_a_role_is_told(text: str) -> None:
    assert is_role(text)


@pytest.mark.parametrize("text", ["Jane Roe", "Paris", "Edith Orwell", "Reuters", "Arthur Guest", "Paul Leiter"])
def test_a_name_or_place_is_no_role(text: str) -> None:
    assert not is_role(text)


@pytest.mark.parametrize(("printed", "spelling"), [("afp", "AFP"), ("DPA", "dpa"), ("reuters", "Reuters"), ("Jane Roe", None)])
def test_an_agency_has_its_own_spelling(printed: str, spelling: str | None) -> None:
    assert agency_spelling(printed) == spelling
