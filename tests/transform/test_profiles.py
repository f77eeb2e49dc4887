"""Profiles: which is a page's, what is wrong with a broken one, and how a user's folder overrides the bundled ones."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from etl.errors import ProfileError
from etl.publishers import load_profiles, profile_problems
from etl.transform.profiles import Captures, Profile, Profiles

WHOLE = """
name = "The Harbour Gazette"
hosts = ["gazette.example.net"]
time_zone = "Europe/Lisbon"
language = "pt"
date_order = "DMY"
false_offset = true

[[layouts]]
name = "2019"
valid_until = 2021-06-30
when = "//main"
remove = "//aside"
fields.title = "//h1"
fields.tags = ['//ul[has-class("tags")]//a', "//meta[@name='tags']/@content"]
related = [{ block = "most-read", heading = "Most Read" }, { block = "latest", xpath = "//aside" }]

[captures]
markers = "Harbour Gazette"
section_prefix = "Gazette"
tag_phrases = ["Fishing Fleet"]
related = [{ block = "opinion", heading = "Voices", parts = ["caption", "title", "byline"] }]
"""


def folder(tmp_path: Path, **files: str) -> Path:
    for name, text in files.items():
        (tmp_path / f"{name.replace('_', '.')}.toml").write_text(text, "utf-8")
    return tmp_path


def test_a_whole_profile_is_read_from_its_file_and_named_by_it(tmp_path: Path) -> None:
    profile = load_profiles(folder(tmp_path, gazette_example=WHOLE)).by_domain["gazette.example"]
    assert (profile.domain, profile.name, profile.time_zone, profile.false_offset) == (
        "gazette.example",
        "The Harbour Gazette",
        "Europe/Lisbon",
        True,
    )
    assert profile.layouts[0].fields.title == ("//h1",)
    assert profile.captures.related[0].parts == ("caption", "title", "byline")


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://gazette.example/a", "gazette.example"),
        ("https://www.gazette.example/a", "gazette.example"),
        ("https://m.news.gazette.example/a", "gazette.example"),
        ("https://gazette.example.net/a", "gazette.example"),
        ("https://GAZETTE.example:8080/a", "gazette.example"),
        ("https://othergazette.example/a", None),
        ("https://gazette.example.org/a", None),
        ("https://example.net/a", None),
        ("https://example/gazette.example", None),
        ("http://[gazette.example/", None),
        ("not an address", None),
        ("", None),
        (None, None),
    ],
)
def test_a_page_has_the_profile_of_its_host_or_of_a_domain_above_it(tmp_path: Path, url: str | None, domain: str | None) -> None:
    profile = load_profiles(folder(tmp_path, gazette_example=WHOLE)).for_url(url)
    assert (profile.domain if profile else None) == domain


GAZETTE = Profile(domain="gazette.example", name="Gazette", captures=Captures(markers=("The Gazette - News", "Gazette ")))
TIMES = Profile(domain="times.example", name="Times", captures=Captures(markers=("Times Online",)))


@pytest.mark.parametrize(
    ("lines", "domain"),
    [
        (["Menu", "the gazette - news Sports Weather"], "gazette.example"),
        (["Gazette Business"], "gazette.example"),
        (["  Times Online", "Gazette Business"], "times.example"),  # the earliest line tells
        (["Gazettes of the world", "A Gazette ", "Times"], None),
        ([], None),
    ],
)
def test_a_capture_without_address_is_known_by_the_markers(lines: list[str], domain: str | None) -> None:
    profile = Profiles([GAZETTE, TIMES]).for_lines(lines)
    assert (profile.domain if profile else None) == domain


def test_profiles_travel_to_worker_processes() -> None:
    profiles = load_profiles()
    assert pickle.loads(pickle.dumps(profiles)).by_domain == profiles.by_domain


@pytest.mark.parametrize(
    ("text", "key", "problem"),
    [
        ('nam = "X"\nname = "X"', "nam", "unknown key; known here: captures, date_order, domain, "),
        ("language = 'en'", "name", "is missing"),
        ("name = 3", "name", "input should be a valid string, found 3"),
        ('name = ""', "name", "string should have at least 1 character, found ''"),
        ('name = "X"\ndomain = "other.example"', "domain", "'other.example' is not the file's name; leave the key out"),
        ('name = "X"\nhosts = "https://x.example/"', "hosts[0]", "'https://x.example/' is no host: "),
        (
            'name = "X"\ntime_zone = "Asia/Jerusalm"',
            "time_zone",
            "'Asia/Jerusalm' is no IANA time zone; did you mean Asia/Jerusalem",
        ),
        ('name = "X"\ntime_zone = "+02:00"', "time_zone", "'+02:00' is no IANA time zone"),
        ('name = "X"\nlanguage = "en-US"', "language", "'en-US' is no primary language tag: two or three small letters"),
        ('name = "X"\ndate_order = "DYM"', "date_order", "'DYM' is not allowed; allowed: DMY, MDY or YMD"),
        ('name = "X"\nfalse_offset = "perhaps"', "false_offset", "input should be a valid boolean"),
        ('name = "X"\n[[layouts]]\nvalid_until = 2020-01-01', "layouts[0].name", "is missing"),
        ('name = "X"\n[[layouts]]\nname = "a"\nvalid_until = "2020"', "layouts[0].valid_until", ""),
        ('name = "X"\n[[layouts]]\nname = "a"\n[[layouts]]\nname = "a"', "", "two layouts are called 'a'"),
        (
            'name = "X"\n[[layouts]]\nname = "a"\nfields.title = ["//h1", "//h2["]',
            "layouts[0].fields.title[1]",
            "'//h2[' is no XPath 1.0 expression: ",
        ),
        ('name = "X"\n[[layouts]]\nname = "a"\nremove = "has-klass(1)"', "layouts[0].remove[0]", "'has-klass(1)' is no XPath"),
        ('name = "X"\n[[layouts]]\nname = "a"\nwhen = "x:y"', "layouts[0].when", "'x:y' is no XPath 1.0 expression: Undefined"),
        (
            'name = "X"\n[[layouts]]\nname = "a"\nfields.headline = "//h1"',
            "layouts[0].fields.headline",
            "unknown key; known here: authors, ",
        ),
        (
            'name = "X"\n[[layouts]]\nname = "a"\nrelated = [{ block = "popular", heading = "Hot" }]',
            "layouts[0].related[0].block",
            "'popular' is not allowed; allowed: most-read, opinion, related, recommended, latest or in-body",
        ),
        (
            'name = "X"\n[[layouts]]\nname = "a"\nrelated = [{ block = "latest" }]',
            "layouts[0].related[0]",
            "a block needs a heading or",
        ),
        (
            'name = "X"\n[captures]\nrelated = [{ block = "latest", heading = "New", parts = ["rank"] }]',
            "captures.related[0]",
            "parts need title exactly once, found rank",
        ),
        (
            'name = "X"\n[captures]\nrelated = [{ block = "latest", heading = "New", parts = ["photo"] }]',
            "captures.related[0].parts[0]",
            "'photo' is not allowed; allowed: rank, caption, title or byline",
        ),
        ('name = "X"\n[captures]\nmarker = "x"', "captures.marker", "unknown key; known here: drop, footer, markers, "),
        ('name = "X"\nlanguage: "en"', "", "is not TOML: "),
    ],
)
def test_a_wrong_profile_is_refused_with_file_key_and_fault(tmp_path: Path, text: str, key: str, problem: str) -> None:
    with pytest.raises(ProfileError) as caught:
        load_profiles(folder(tmp_path, news_example=text))
    assert (caught.value.file, caught.value.key) == (str(tmp_path / "news.example.toml"), key)
    assert caught.value.problem.startswith(problem)


def test_a_fault_of_toml_syntax_names_the_line(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match=r"news\.example\.toml: is not TOML: .*line 3"):
        load_profiles(folder(tmp_path, news_example='name = "X"\n\nlanguage = en'))


def test_bytes_that_are_no_utf_8_are_refused(tmp_path: Path) -> None:
    (tmp_path / "news.example.toml").write_bytes(b'name = "Zeitung f\xfcr alle"')
    with pytest.raises(ProfileError, match="is not UTF-8 text"):
        load_profiles(tmp_path)


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match="there is no folder of publisher profiles here"):
        load_profiles(tmp_path / "none")


def test_every_fault_of_a_folder_is_listed(tmp_path: Path) -> None:
    problems = profile_problems(
        folder(tmp_path, a_example='nam = "X"', b_example='name = "B"\nlanguage = "x"', c_example='name = "C"')
    )
    assert [(Path(p.file).name, p.key) for p in problems] == [
        ("a.example.toml", "name"),
        ("a.example.toml", "nam"),
        ("b.example.toml", "language"),
    ]


def test_a_users_profile_takes_the_place_of_the_bundled_one_and_others_are_added(tmp_path: Path) -> None:
    profiles = load_profiles(folder(tmp_path, jpost_com='name = "Mine"', gazette_example=WHOLE))
    assert [profiles.by_domain[domain].name for domain in ("jpost.com", "gazette.example")] == ["Mine", "The Harbour Gazette"]
    assert profiles.by_domain["jpost.com"].layouts == ()


def test_a_users_profile_may_claim_a_host_of_another_profile() -> None:
    first = Profile(domain="a.example", name="A", hosts=("shared.example",))
    second = Profile(domain="b.example", name="B", hosts=("shared.example",))
    profile = Profiles([first, second]).for_url("https://shared.example/1")
    assert profile is not None
    assert profile.name == "B"


def test_files_that_are_no_profiles_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("[", "utf-8")
    assert profile_problems(tmp_path) == []


def test_the_bundled_profiles_are_whole() -> None:
    assert profile_problems() == []
    assert "jpost.com" in load_profiles().by_domain
