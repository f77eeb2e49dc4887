"""What an image's address tells: which picture it is, and that it is none."""

from __future__ import annotations

import pytest

from etl.transform.fields.images.pictures import identity_of, is_no_picture


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("/p/pier-4711-300x200.jpg", "/p/pier-4711-1024x768.webp", True),
        ("/p/pier-4711.jpg?w=300", "/x/y/pier-4711.jpg", True),
        ("/resize?url=https%3A%2F%2Fa.example%2Fp%2Fpier-4711.jpg&w=3", "/p/pier-4711.jpg", True),
        ("/4711/original.jpg", "/4712/original.jpg", False),
        ("/p/pier-4711.jpg", "/p/pier-4712.jpg", False),
        ("/media?id=4711", "/media?id=4712", True),
        ("/1920x1080_pier-4711.jpg", "/1440x810_pier-4711.jpg", True),
    ],
)
def test_a_picture_is_known_by_its_file(one: str, other: str, same: bool) -> None:
    assert (identity_of(f"https://a.example{one}") == identity_of(f"https://b.example{other}")) is same


def test_what_is_no_address_is_no_sign_of_an_icon() -> None:
    assert not is_no_picture("http://[pier")
    assert identity_of("http://[pier") == "http://[pier"


@pytest.mark.parametrize(
    "url",
    [
        "https://x.example/social/2024/pier.jpg",
        "https://x.example/comment/pier-1.jpg",
        "https://x.example/p/starship.jpg",
        "https://x.example/p/pier_2024-11-26_23-16-59.jpg",
        "https://x.example/p/pier-300x250.jpg",
    ],
)
def test_names_that_only_look_like_icons_are_pictures(url: str) -> None:
    assert not is_no_picture(url)
