"""Every control worth enforcing is covered by a rule, or left out for a written reason."""

from rampart_policies.controls import controls, expand, not_enforced
from rampart_policies.pack import RULES

KNOWN = {one for control in controls() for _, one in control.ids}
COVERED = {one for rule in RULES for one in rule.covers}


def test_lists_and_ranges_are_written_out() -> None:
    assert list(expand("S3.1,2,8")) == ["S3.1", "S3.2", "S3.8"]
    assert list(expand("CKV_AWS_53-55,20,CKV2_AWS_6,43")) == [
        *("CKV_AWS_53", "CKV_AWS_54", "CKV_AWS_55", "CKV_AWS_20", "CKV2_AWS_6", "CKV2_AWS_43")
    ]
    assert list(expand("L1,Serverless-LambdaTracing")) == ["L1", "Serverless-LambdaTracing"]


def test_rules_cover_only_ids_that_exist() -> None:
    assert KNOWN >= COVERED


def test_every_id_is_covered_or_left_out_with_a_reason() -> None:
    assert KNOWN - COVERED - not_enforced().keys() == set()


def test_what_is_left_out_exists_is_not_covered_and_has_a_reason() -> None:
    # given
    reasons = not_enforced()

    # then
    assert reasons.keys() <= KNOWN - COVERED
    assert all(reasons.values())


def test_rule_ids_are_unique_and_match_their_files() -> None:
    # given
    files = [rule.check.__module__.rpartition(".")[2] for rule in RULES]

    # then
    assert len(set(files)) == len(files)
    assert [rule.id for rule in RULES] == [file.replace("_", "-") for file in files]
