import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pulumi_rampart.api.grant import MAX_STATEMENT_ID, statement_id
from pulumi_rampart.arguments.names import RANDOM

NAMES = st.text(st.characters(codec="ascii", categories=["L", "N", "P", "S"]), min_size=1)


@given(name=NAMES | st.from_regex(r"\A[a-z.-]{80,200}\Z"))
def test_a_statement_has_an_id_that_lambda_takes(name: str) -> None:
    # when: without an id of ours Pulumi makes one of the logical name
    made = statement_id(name) or name + RANDOM

    # then
    assert re.fullmatch(r"[a-zA-Z0-9_-]{1,100}", made)


@pytest.mark.parametrize("name", ["front-get-notes-note_id-grant", "a" * (100 - len(RANDOM))])
def test_pulumi_names_the_statement_where_it_can_and_nowhere_else(name: str) -> None:
    assert statement_id(name) is None
    assert statement_id(name + "." if len(name) < 90 else name + "a") is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("front-get-a.b-grant", "front-get-a:b-grant"),
        ("front-get-" + "a" * 200, "front-get-" + "a" * 201),
    ],
)
def test_different_routes_have_different_statements(one: str, other: str) -> None:
    # when
    ids = [statement_id(one), statement_id(other)]

    # then
    assert None not in ids
    assert ids[0] != ids[1]
    assert all(len(str(each)) <= MAX_STATEMENT_ID for each in ids)
