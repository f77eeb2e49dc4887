"""The public suffix list, read as its package reads it."""

from __future__ import annotations

import pytest
from publicsuffixlist import PublicSuffixList

from etl.transform.suffixes import registrable


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("example.org", "example.org"),
        ("www.example.co.uk", "example.co.uk"),
        ("co.uk", None),
        ("org", None),
        ("a.b.ck", "a.b.ck"),  # *.ck
        ("b.ck", None),
        ("www.ck", "www.ck"),  # !www.ck
        ("a.www.ck", "www.ck"),
        ("me.blogspot.com", "me.blogspot.com"),
        ("a.公司.cn", "a.公司.cn"),
        ("a.b.unknown", "b.unknown"),
        ("unknown", None),
        ("a..org", None),
        ("", None),
    ],
)
def test_a_host_belongs_to_the_name_that_someone_registered(host: str, expected: str | None) -> None:
    assert registrable(host) == expected


def test_all_rules_are_those_of_the_package() -> None:
    package = PublicSuffixList(accept_encoded_idn=False)
    rules = [rule.lstrip("!").replace("*", "x") for rule in package._publicsuffix]
    assert len(rules) > 5_000
    hosts = [f"{below}{rule}" for rule in rules for below in ("", "a.", "b.a.")]
    assert {host: registrable(host) for host in hosts} == {host: package.privatesuffix(host) for host in hosts}
