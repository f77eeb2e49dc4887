"""The names of a site, and titles without them."""

from __future__ import annotations

import pytest

from etl.transform.site import domain_of, site_of

DAILY = site_of("https://www.daily-example.co.uk/world/1", ["The Daily Example", "Daily Example | News you can use"])


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Ferry returns | The Daily Example", "Ferry returns"),
        ("Ferry returns - Daily Example", "Ferry returns"),
        ("Daily Example – Ferry returns", "Ferry returns"),
        ("Ferry returns :: daily-example.co.uk", "Ferry returns"),
        ("Ferry returns » Daily Example Group", "Ferry returns"),  # a little more than the name
        ("Ferry returns | World | Daily Example", "Ferry returns | World"),
        ("渡轮复航-daily-example.co.uk", "渡轮复航-daily-example.co.uk"),  # no mark between Chinese characters: part of the words
        ("Ferry returns - at last", "Ferry returns - at last"),
        ("The Daily Example", "The Daily Example"),
        ("What the Daily Example wrote about the ferry - and why", "What the Daily Example wrote about the ferry - and why"),
        ("", ""),
    ],
)
def test_the_site_is_cut_off_a_title_and_nothing_else(title: str, expected: str) -> None:
    assert DAILY.cut_from(title) == expected


def test_a_hyphen_without_spaces_parts_chinese_title_and_site() -> None:
    assert site_of("http://xinwen.example/1", ["新闻网"]).cut_from("渡轮复航-新闻网") == "渡轮复航"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Daily Example", True),
        ("DAILY EXAMPLE", True),
        ("@dailyexample", True),
        ("https://www.daily-example.co.uk/", True),
        ("News you can use", True),
        ("Example", False),
        ("co.uk", False),
        ("Daily Example Sports", False),
        ("", False),
    ],
)
def test_a_site_is_known_by_its_names_and_its_host(text: str, expected: bool) -> None:
    assert DAILY.owns(text) is expected


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("www.news.example.co.uk", "example.co.uk"),
        ("example.org", "example.org"),
        ("www.xn--mnchner-bote-9db.de", "xn--mnchner-bote-9db.de"),
        ("news.example.xn--55qx5d.cn", "example.xn--55qx5d.cn"),  # 公司.cn is a public suffix, in its encoded form too
        ("news.example.公司.cn", "example.公司.cn"),
        ("www.xn--zzzzzzzz99.example", "xn--zzzzzzzz99.example"),  # cannot be decoded
        ("www.example.com.", "example.com"),
        ("co.uk", "co.uk"),  # a suffix alone has none
        ("localhost", "localhost"),
        ("192.0.2.7", "192.0.2.7"),
        ("", ""),
    ],
)
def test_the_domain_of_a_host_is_the_one_that_was_registered(host: str, domain: str) -> None:
    assert domain_of(host) == domain


def test_a_name_that_repeats_the_title_is_not_the_sites() -> None:
    site = site_of("https://a.example/1", ["A Ferry Returns to the Strait", "A Gazette"], ["A ferry returns to the strait"])
    assert site.names == ("A Gazette",)


def test_a_page_without_address_has_the_names_it_declares() -> None:
    assert site_of(None, ["Gazette"]).cut_from("Ferry returns | Gazette") == "Ferry returns"
