import json
from typing import cast

import pytest

from pulumi_rampart.functions.zip_lambda import ZipLambda
from pulumi_rampart.messaging.schedule import Schedule, ScheduleArgs
from pulumi_rampart.messaging.workflow import Workflow
from pulumi_rampart.testing import Graph
from tests.components.inside import ACCOUNT, BOUNDARY, KEY, recorded, refused_after, statements

SCHEDULE = "aws:scheduler/schedule:Schedule"

pytestmark = pytest.mark.usefixtures("functions")


def schedule(name: str, **more: object) -> None:
    args = {"boundary": BOUNDARY, "expression": "cron(0 3 * * ? *)", **more}
    worker = ZipLambda("worker", {"boundary": BOUNDARY, "source": "functions/worker"})
    Schedule(name, cast("ScheduleArgs", args), function=worker)


def nightly(**more: object) -> Graph:
    return recorded(lambda: schedule("nightly", **more))


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


def test_a_call_that_was_kept_goes_back_to_the_function() -> None:
    # when
    graph = nightly()

    # then
    tags = graph.one("aws:sqs/queue:Queue", "nightly-missed").inputs["tags"]
    function = graph.one("aws:lambda/function:Function", "worker").outputs["arn"]
    assert tags["replay-to"] == function


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
        (["kms:Decrypt"], [KEY]),
    ]
    role = graph.one("aws:iam/role:Role", "nightly-role").inputs
    (trust,) = statements(role["assumeRolePolicy"])
    assert trust["Condition"] == {"StringEquals": {"aws:SourceAccount": ACCOUNT}}
    assert role["permissionsBoundary"] == BOUNDARY["permissions_boundary_arn"]


def test_the_event_is_an_empty_object_unless_given_and_may_be_known_at_deployment() -> None:
    # given
    def program() -> None:
        worker = ZipLambda("worker", {"boundary": BOUNDARY, "source": "functions/worker"})
        event = worker.arn.apply(lambda arn: json.dumps({"caller": arn}))
        args: ScheduleArgs = {
            "boundary": BOUNDARY,
            "expression": "rate(1 day)",
            "input": event,
        }
        Schedule("nightly", args, function=worker)

    # when
    graph = recorded(program)

    # then
    caller = graph.one("aws:lambda/function:Function", "worker").outputs["arn"]
    target = graph.one(SCHEDULE, "nightly").inputs["target"]
    assert json.loads(target["input"]) == {"caller": caller}
    assert nightly().one(SCHEDULE, "nightly").inputs["target"]["input"] == "{}"


def test_the_call_may_come_a_little_later_than_its_time() -> None:
    # then
    assert nightly().one(SCHEDULE, "nightly").inputs["flexibleTimeWindow"] == {"mode": "OFF"}
    flexible = nightly(flexible_window_minutes=15).one(SCHEDULE, "nightly").inputs
    assert flexible["flexibleTimeWindow"] == {"mode": "FLEXIBLE", "maximumWindowInMinutes": 15}


def test_the_clock_starts_a_workflow_and_does_nothing_else() -> None:
    # given
    def program() -> None:
        definition = json.dumps({"StartAt": "Done", "States": {"Done": {"Type": "Succeed"}}})
        settling = Workflow("settling", {"boundary": BOUNDARY, "definition": definition})
        args: ScheduleArgs = {"boundary": BOUNDARY, "expression": "rate(1 day)"}
        Schedule("nightly", args, workflow=settling)

    # when
    graph = recorded(program)

    # then
    machine = graph.one("aws:sfn/stateMachine:StateMachine", "settling").outputs["arn"]
    assert graph.one(SCHEDULE, "nightly").inputs["target"]["arn"] == machine
    policy = graph.one("aws:iam/rolePolicy:RolePolicy", "nightly-policy").inputs["policy"]
    start, *_ = statements(policy)
    assert (start["Action"], start["Resource"]) == (["states:StartExecution"], [machine])
    missed = graph.one("aws:sqs/queue:Queue", "nightly-missed").inputs
    assert missed["tags"]["replay-to"] == machine


def test_a_schedule_calls_exactly_one_target() -> None:
    # given
    def program() -> None:
        Schedule("nightly", {"boundary": BOUNDARY, "expression": "rate(1 day)"})

    # then
    assert refused_after(program, SCHEDULE) == (
        "nightly.function: a schedule calls either a `function` or a `workflow`."
    )


def test_a_schedule_may_call_once() -> None:
    # when
    graph = nightly(expression="at(2027-01-01T00:00:00)")

    # then
    made = graph.one(SCHEDULE, "nightly").inputs
    assert made["scheduleExpression"] == "at(2027-01-01T00:00:00)"


REFUSED: list[tuple[dict[str, object], str]] = [
    (
        {"expresion": "rate(1 day)"},
        (
            ".expresion: there is no such argument; did you mean `expression`? Allowed are "
            "`boundary`, `expression`, `timezone`, `input`, `flexible_window_minutes`."
        ),
    ),
    (
        {"input": "{nope"},
        (
            ".input='{nope': no JSON: Expecting property name enclosed in double quotes: line 1 "
            "column 2 (char 1); pass the event as a JSON object."
        ),
    ),
    *(
        (
            {"flexible_window_minutes": minutes},
            (
                f".flexible_window_minutes={minutes}: a whole number from 1 to 1440 is allowed; it "
                "is a part of a day; leave it out to call on time."
            ),
        )
        for minutes in (0, 1441)
    ),
    (
        {"input": "[]"},
        ".input='[]': a JSON object is wanted; pass the event as a JSON object.",
    ),
    (
        {"timezone": "Europe/Berln"},
        (
            ".timezone='Europe/Berln': the tz database has no such time zone; did you mean "
            "Europe/Berlin?"
        ),
    ),
    (
        {"expression": "every day"},
        (
            ".expression='every day': EventBridge Scheduler cannot read this; write rate(5 "
            "minutes), cron(0 3 * * ? *) or at(2027-01-01T00:00:00)."
        ),
    ),
]


@pytest.mark.parametrize(("wrong", "why"), REFUSED)
def test_what_is_no_schedule_is_refused(wrong: dict[str, object], why: str) -> None:
    # when
    message = refused_after(lambda: schedule("nightly", **wrong), SCHEDULE)

    # then
    assert message == f"nightly{why}"


@pytest.mark.parametrize(
    ("name", "why"),
    [
        (
            # The scheduler's role has the longest name: five letters more, and Pulumi's eight.
            "n" * 52,
            (
                f"IAM allows 64 characters, and '{'n' * 52}-role-1234567' has 65; take a name that "
                "is 1 shorter."
            ),
        ),
        ("every night", "SQS allows no ' ' in 'every night-missed-1234567'."),
    ],
)
def test_a_name_that_no_schedule_can_have_is_refused(name: str, why: str) -> None:
    # when
    message = refused_after(lambda: schedule(name), SCHEDULE)

    # then
    assert message == f"{name}: is not possible as a name: {why}"
