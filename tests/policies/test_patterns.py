"""An event pattern lets a wildcard through where any text the wildcard stands for would pass."""

from typing import Any

import pytest

from rampart_policies.patterns import admits, overlap
from rampart_policies.values import UNKNOWN, Block, UndecidedError, Value

KEY = "detail.object.key"


def pattern(*matchers: Any) -> Block:  # noqa: ANN401  # matchers are any JSON
    return Block({"detail": {"object": {"key": [*matchers]}}})


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("uploads/*", "uploads/a.pdf", True),
        ("uploads/*", "*.pdf", True),
        ("uploads/*", "work/*", False),
        ("*/originals/*.jpg", "*/thumbnails/*", True),  # a/thumbnails/originals/b.jpg
        ("*.jpg", "*.png", False),
        ("*", "", True),
        ("a*b*c", "a*c", True),
        ("a", "ab", False),
        ("a?c", "abc", True),
        ("?", "", False),
        ("x" * 1500 + "*", "x" * 1500, True),
    ],
)
def test_wildcards_overlap_where_one_text_matches_both(
    one: str, other: str, *, shared: bool
) -> None:
    assert overlap(one, other) is shared
    assert overlap(other, one) is shared


@pytest.mark.parametrize(
    ("matcher", "wildcard", "admitted"),
    [
        ("work/a.txt", "work/*", True),
        ({"prefix": "work/"}, "work/*", True),
        ({"prefix": "uploads/"}, "work/*", False),
        ({"suffix": ".jpg"}, "*.png", False),
        ({"wildcard": "*/originals/*"}, "a/originals/*", True),
        ({"anything-but": {"prefix": "work/"}}, "work/*", False),
        ({"anything-but": {"wildcard": "*/thumbnails/*"}}, "*/thumbnails/*", False),
        ({"anything-but": {"prefix": "work/a"}}, "work/*", True),
        ({"anything-but": ["work/a", "work/b"]}, "work/*", True),
        ({"exists": True}, "work/*", True),
        ({"numeric": [">", 0]}, "work/*", True),
    ],
)
def test_a_matcher_lets_through_what_it_does_not_rule_out(
    matcher: object, wildcard: str, *, admitted: bool
) -> None:
    assert admits(pattern(matcher), KEY, [wildcard]) is admitted


def test_one_matcher_of_several_is_enough() -> None:
    assert admits(pattern({"prefix": "uploads/"}, {"prefix": "work/"}), KEY, ["work/*"])


def test_what_a_pattern_does_not_speak_of_it_lets_through() -> None:
    assert admits(Block({"source": ["aws.s3"]}), KEY, ["work/*"])


def test_an_unknown_matcher_is_undecided() -> None:
    unknown: list[Value] = [UNKNOWN, [UNKNOWN], [{"prefix": UNKNOWN}]]
    for matchers in unknown:
        with pytest.raises(UndecidedError):
            admits(Block({"source": matchers}), "source", ["aws.s3"])
