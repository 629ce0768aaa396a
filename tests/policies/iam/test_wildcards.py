"""Wildcards are compared exactly: every combination that a text can match is found."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rampart_policies.iam.wildcards import Texts, TooManyStatesError, Wildcard, cells, escaped
from tests.policies.iam import reference

WORDS = ["".join(word) for size in range(6) for word in product("ab:", repeat=size)]
PATTERNS = st.lists(
    st.text("ab:*?", max_size=4).map(Wildcard)
    | st.text("ab:*?", max_size=4).map(lambda text: Wildcard(text, by_part=True)),
    min_size=1,
    max_size=3,
)


def signature(wildcards: list[Wildcard], text: str) -> tuple[bool, ...]:
    return tuple(one.matches(text) for one in wildcards)


@settings(max_examples=400, deadline=None)
@given(PATTERNS, st.text("ab:*", max_size=3), st.text("ab*", max_size=2))
def test_a_text_is_found_for_every_combination_that_one_can_match(
    wildcards: list[Wildcard], shape: str, without: str
) -> None:
    # given
    texts = Texts((Wildcard(shape), Wildcard("a*")), (Wildcard(without),))

    # when
    found = cells(tuple(wildcards), texts)

    # then
    expected = {signature(wildcards, word) for word in WORDS if texts.has(word)}
    assert {signature(wildcards, one) for one in found} >= expected
    assert all(texts.has(one) for one in found)


@settings(max_examples=400, deadline=None)
@given(st.text("ab:*?", max_size=5), st.text("ab:", max_size=5))
def test_a_wildcard_matches_as_the_textbook_says(pattern: str, text: str) -> None:
    assert Wildcard(pattern).matches(text) is reference.like(pattern, text)
    assert Wildcard(pattern, by_part=True).matches(text) is reference.arn_like(pattern, text)


def test_case_is_ignored_where_it_is_asked_for() -> None:
    assert Wildcard("S3:Get*", ignores_case=True).matches("s3:GETOBJECT")
    assert not Wildcard("S3:Get*").matches("s3:GetObject")


def test_an_escaped_text_has_no_wildcards() -> None:
    assert Wildcard(escaped("a*?")).matches("a*?")
    assert not Wildcard(escaped("a*?")).matches("abc")
    assert set(cells((Wildcard(escaped("a*")),))) >= {"a*"}


def test_an_account_is_twelve_digits() -> None:
    # given
    accounts = Texts((Wildcard("?" * 12),), (Wildcard("111122223333"),), "0123456789")

    # when
    found = cells((Wildcard("1111*"), Wildcard("111122223333")), accounts)

    # then
    assert {one[:4] == "1111" for one in found} == {True, False}
    assert all(len(one) == 12 and one.isdigit() and one != "111122223333" for one in found)


def test_wildcards_that_are_too_entangled_are_given_up() -> None:
    # given
    entangled = tuple(Wildcard(f"*{'a' * size}?{'?' * 12}*b*c*") for size in range(1, 7))

    # then
    with pytest.raises(TooManyStatesError):
        cells(entangled)
