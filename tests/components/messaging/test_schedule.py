import pytest

from pulumi_rampart.functions.zip_lambda import ZipLambda
from pulumi_rampart.messaging.schedule import Schedule, ScheduleArgs
from pulumi_rampart.testing import Graph
from tests.components.wall import ACCOUNT, BOUNDARY, KEY, recorded, statements

SCHEDULE = "aws:scheduler/schedule:Schedule"

pytestmark = pytest.mark.usefixtures("functions")


def nightly(**more: object) -> Graph:
    args: ScheduleArgs = {"boundary": BOUNDARY, "expression": "cron(0 3 * * ? *)", **more}  # type: ignore[typeddict-item]

    def program() -> None:
        worker = ZipLambda("worker", {"boundary": BOUNDARY, "source": "functions/worker"})
        Schedule("nightly", args, function=worker)

    return recorded(program)


def test_the_clock_calls_one_function_at_the_time_it_was_given() -> None:
    # when
    graph = nightly(timezone="Europe/Berlin")

    # then
    made = graph.one(SCHEDULE, "nightly").inputs
    function = graph.one("aws:lambda/function:Function", "worker").outputs["arn"]
    assert made["scheduleExpression"] == "cron(0 3 * * ? *)"
    assert made["scheduleExpressionTimezone"] == "Europe/Berlin"
    assert made["target"]["arn"] == function
    assert made["kmsKeyArn"] == KEY


def test_a_call_that_did_not_get_through_is_kept() -> None:
    # when
    graph = nightly()

    # then
    missed = graph.one("aws:sqs/queue:Queue", "nightly-missed").outputs["arn"]
    assert graph.one(SCHEDULE, "nightly").inputs["target"]["deadLetterConfig"] == {"arn": missed}


def test_the_scheduler_may_call_this_function_and_keep_what_it_missed_and_nothing_else() -> None:
    # when
    graph = nightly()

    # then
    function = graph.one("aws:lambda/function:Function", "worker").outputs["arn"]
    missed = graph.one("aws:sqs/queue:Queue", "nightly-missed").outputs["arn"]
    policy = graph.one("aws:iam/rolePolicy:RolePolicy", "nightly-policy").inputs["policy"]
    assert [(one["Action"], one["Resource"]) for one in statements(policy)] == [
        (["lambda:InvokeFunction"], [function]),
        (["sqs:SendMessage"], [missed]),
        (["kms:Decrypt", "kms:GenerateDataKey"], [KEY]),
    ]
    role = graph.one("aws:iam/role:Role", "nightly-role").inputs
    (trust,) = statements(role["assumeRolePolicy"])
    assert trust["Condition"] == {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
    assert role["permissionsBoundary"] == BOUNDARY["permissions_boundary_arn"]


@pytest.mark.parametrize("expression", ["every day", "rate()", "cron 0 3 * * ? *"])
def test_what_the_scheduler_cannot_read_is_refused(expression: str) -> None:
    # when
    with pytest.raises(ValueError, match="expression") as caught:
        nightly(expression=expression)

    # then
    assert str(caught.value).startswith(f"nightly.expression={expression!r}: must match ")
