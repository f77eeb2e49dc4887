"""Which tags count as on the rise."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.report.rising import Counts, rising

# One paper, a quarter of whose articles lie in the last days; one that is loaded only since then.
STEADY = {"gazette": Counts(recent=100, before=300)}
WITH_NEW = STEADY | {"newcomer": Counts(recent=200, before=0)}


@pytest.mark.parametrize(
    ("counts", "found"),
    [
        ({"gazette": Counts(12, 4)}, ["storm"]),
        ({"gazette": Counts(5, 0)}, ["storm"]),
        ({"gazette": Counts(4, 12)}, []),  # as ever: a quarter of them in the last days
        ({"gazette": Counts(2, 0)}, []),  # too few to say
        ({"gazette": Counts(3, 3)}, []),  # chance
        ({"gazette": Counts(0, 12)}, []),  # on the decline
        ({"newcomer": Counts(50, 0)}, []),  # its paper has no days before
        ({"newcomer": Counts(50, 0), "gazette": Counts(12, 4)}, ["storm"]),
    ],
)
def test_a_tag_rises_when_clearly_more_than_its_share_falls_into_the_last_days(
    counts: dict[str, Counts], found: list[str]
) -> None:
    assert [rise.tag for rise in rising({"storm": counts}, WITH_NEW)] == found


def test_what_was_expected_is_told_beside_what_was_seen() -> None:
    (rise,) = rising({"storm": {"gazette": Counts(12, 4)}}, STEADY)
    assert (rise.recent, rise.before, rise.expected, round(rise.score, 2)) == (12, 4, 4.0, 4.41)


def test_the_clearest_rise_comes_first_and_equal_ones_by_name() -> None:
    tags = {"b": {"gazette": Counts(9, 1)}, "a": {"gazette": Counts(9, 1)}, "c": {"gazette": Counts(30, 3)}}
    assert [rise.tag for rise in rising(tags, STEADY)] == ["c", "a", "b"]


def test_no_more_are_told_than_were_asked_for() -> None:
    tags = {f"tag {number}": {"gazette": Counts(9, 1)} for number in range(30)}
    assert len(rising(tags, STEADY, last=4)) == 4


def test_a_paper_with_one_article_does_no_harm() -> None:
    assert rising({"storm": {"one": Counts(1, 0)}}, {"one": Counts(1, 0)}) == []


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50), st.integers(0, 50))
def test_no_counts_break_it(recent: int, before: int, more_recent: int, more_before: int) -> None:
    totals = {"p": Counts(recent + more_recent, before + more_before)}
    counts = {"tag": {"p": Counts(recent, before)}} if recent + before else {}
    assert len(rising(counts, totals)) <= 1
