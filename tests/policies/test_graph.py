"""References are found by dependency and by value, and an unknown one is undecided."""

import pytest

from rampart_policies import aws
from rampart_policies.graph import Graph
from rampart_policies.references import names_in
from rampart_policies.triggers import function_of
from rampart_policies.values import UNKNOWN, UndecidedError
from tests.policies.fixture import as_previewed
from tests.policies.stacks import Made, graph, made

DEAD = made(aws.SQS_QUEUE, "dead")
WORKER = made(aws.LAMBDA_FUNCTION, "worker", deadLetterConfig={"targetArn": DEAD.arn})


def referrers(stack: Graph, target: Made) -> list[str]:
    found = stack.referrers(
        stack.resources[target.urn], aws.LAMBDA_FUNCTION, "deadLetterConfig.targetArn"
    )
    return [one.name for one in found]


def test_a_value_refers_by_arn_whatever_recorded_it() -> None:
    assert referrers(graph([DEAD, WORKER]), DEAD) == ["worker"]


def test_a_dependency_refers_where_the_value_is_not_known_yet() -> None:
    assert referrers(graph(as_previewed([DEAD, WORKER])), DEAD) == ["worker"]


def test_an_unknown_without_origin_may_refer_to_anything() -> None:
    # given
    stack = graph([DEAD, made(aws.LAMBDA_FUNCTION, "x", deadLetterConfig={"targetArn": UNKNOWN})])

    # then
    with pytest.raises(UndecidedError, match="of x"):
        referrers(stack, DEAD)


def test_an_unknown_from_elsewhere_refers_to_nothing_here() -> None:
    # given
    other = made(aws.SQS_QUEUE, "other")
    previewed = as_previewed([DEAD, other, WORKER])

    # then
    assert referrers(graph(previewed), other) == []


def test_an_unknown_that_comes_through_another_resource_is_undecided() -> None:
    # given
    worker = made(aws.LAMBDA_FUNCTION, "worker")
    alias = made(aws.LAMBDA_ALIAS, "live", functionName=worker.id)
    permission = made(aws.LAMBDA_PERMISSION, function=alias.arn)
    stack = graph(as_previewed([worker, alias, permission]))

    # then
    with pytest.raises(UndecidedError):
        stack.referrers(stack.resources[worker.urn], aws.LAMBDA_PERMISSION, "function")


def test_a_target_is_the_one_resource_of_the_wanted_type() -> None:
    # given
    stack = graph([DEAD, WORKER])

    # when
    found = stack.target(stack.resources[WORKER.urn], "deadLetterConfig.targetArn", aws.SQS_QUEUE)

    # then
    assert found is stack.resources[DEAD.urn]
    assert stack.target(stack.resources[WORKER.urn], "deadLetterConfig", aws.SNS_TOPIC) is None


def test_a_function_is_found_behind_its_alias() -> None:
    # given
    worker = made(aws.LAMBDA_FUNCTION, "worker")
    alias = made(aws.LAMBDA_ALIAS, "live", functionName="worker")
    mapping = made(aws.LAMBDA_EVENT_SOURCE_MAPPING, functionName=alias.arn)
    stack = graph([worker, alias, mapping])

    # when
    found = function_of(stack.resources[mapping.urn], "functionName", stack)

    # then
    assert found is stack.resources[worker.urn]


def test_longer_texts_name_the_resources_inside_them() -> None:
    # given
    function = "arn:aws:lambda:eu-west-1:111122223333:function:worker"
    path = "arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions"

    # then
    assert function in set(names_in(f"{path}/{function}/invocations"))
    assert function in set(names_in(f"{function}:live"))
    assert "arn:aws:s3:::papers" in set(names_in({"Resource": ["arn:aws:s3:::papers/in/*"]}))


def test_where_nobody_may_be_missed_an_unknown_is_undecided_although_others_are_known() -> None:
    # given
    hidden = made(aws.LAMBDA_FUNCTION, "hidden", deadLetterConfig={"targetArn": UNKNOWN})
    stack = graph([DEAD, WORKER, hidden])
    dead = stack.resources[DEAD.urn]

    # then
    assert referrers(stack, DEAD) == ["worker"]
    with pytest.raises(UndecidedError, match="of hidden"):
        stack.every_referrer(dead, aws.LAMBDA_FUNCTION, "deadLetterConfig.targetArn")


def test_a_text_names_a_resource_by_arn_or_by_what_lies_in_it() -> None:
    # given
    bucket = made(aws.BUCKET[0], "papers")
    stack = graph([bucket, DEAD])

    # then
    assert [one.name for one in stack.named(f"{bucket.arn}/uploads/*", aws.BUCKET)] == ["papers"]
    assert stack.named(bucket.arn, aws.SQS_QUEUE) == []


def test_a_text_may_name_a_resource_whose_name_is_not_known_yet() -> None:
    # given
    stack = graph([made(aws.LOG_GROUP, "logs", name=UNKNOWN)])

    # then
    with pytest.raises(UndecidedError, match="logs"):
        stack.named("/aws/lambda/worker", aws.LOG_GROUP)
