"""Rules judge what a program declares, not what AWS fills in where it says nothing."""

from pathlib import Path

import rampart_policies
from rampart_policies.declared import declared, filled_in
from rampart_policies.values import UNKNOWN, Value
from tests.policies.provider import filled_in_table

ROLE = "aws:iam/role:Role"


def test_the_table_is_what_the_provider_says() -> None:
    """`python -m tests.policies.provider` writes it anew."""
    table = Path(rampart_policies.__file__).with_name("filled_in.tsv")

    assert table.read_text() == filled_in_table()


def test_what_was_not_declared_counts_for_nothing_before_and_after_the_update() -> None:
    # given
    trust = {"assumeRolePolicy": "{}"}
    previewed = trust | {"inlinePolicies": UNKNOWN, "arn": UNKNOWN, "name": "r-1"}
    created = trust | {"inlinePolicies": [{"name": "beside"}], "arn": "arn:r", "name": "r-1"}

    # then
    assert declared(ROLE, trust, previewed) == trust | {"arn": UNKNOWN, "name": "r-1"}
    assert declared(ROLE, trust, created) == trust | {"arn": "arn:r", "name": "r-1"}


def test_what_was_declared_counts_as_it_was_declared() -> None:
    # given
    inline: Value = [{"name": "own", "policy": "{}"}]

    # then
    found = declared(ROLE, {"inlinePolicies": inline}, {"inlinePolicies": UNKNOWN})
    assert found == {"inlinePolicies": inline}


def test_what_the_program_leaves_open_is_open_whatever_the_provider_answers() -> None:
    assert declared(ROLE, {"description": UNKNOWN}, {"description": "x"}) == {
        "description": UNKNOWN
    }


def test_names_by_which_others_refer_to_a_resource_are_kept() -> None:
    assert "name" not in filled_in(ROLE)
    assert filled_in("aws:iam:Role") == filled_in(ROLE) >= {"inlinePolicies", "managedPolicyArns"}
