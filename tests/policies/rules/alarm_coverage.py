from rampart_policies import aws
from tests.policies.fixture import Fixture, Recorded, name_of
from tests.policies.stacks import Made, made
from tests.policies.watches import ACTIONS, alarm

WORKER = made(aws.LAMBDA_FUNCTION, "worker")
QUEUE, RULE = made(aws.SQS_QUEUE, "jobs"), made(aws.EVENT_RULE, "paid")
STAGE = made(aws.API_STAGE, "stage", stageName="live")


def change(resources: list[Recorded], judged: Recorded) -> list[Recorded]:
    """Take the alarms of the judged function away."""
    named = {"FunctionName": name_of(judged)}

    def watches(one: Recorded) -> bool:
        queries = [query.get("metric", {}) for query in one["inputs"].get("metricQueries", [])]
        return any(each.get("dimensions") == named for each in [one["inputs"], *queries])

    return [one for one in resources if not watches(one)]


def ratio() -> Made:
    """An alarm on errors by invocations."""
    errors = {
        "namespace": "AWS/Lambda",
        "metricName": "Errors",
        "dimensions": {"FunctionName": "worker"},
    }
    queries = [{"id": "e", "metric": errors}, {"id": "r", "expression": "e / 100"}]
    return made(aws.ALARM, metricQueries=queries, alarmActions=ACTIONS)


FIXTURE = Fixture(
    holds={
        "a function": [WORKER, alarm("AWS/Lambda", "Errors", FunctionName="worker")],
        "in metric math": [WORKER, ratio()],
        "a queue": [QUEUE, alarm("AWS/SQS", "ApproximateAgeOfOldestMessage", QueueName="jobs")],
        "an API": [
            STAGE,
            alarm("AWS/ApiGateway", "5XXError", Stage="live")
            | {"property_dependencies": {"dimensions": [STAGE.urn]}},
        ],
        "a rule": [RULE, alarm("AWS/Events", "FailedInvocations", RuleName="paid")],
    },
    breaks={
        "a function": WORKER,
        "a queue": QUEUE,
        "an API": STAGE,
        "an HTTP API": made(aws.HTTP_API_STAGE),
        "a rule": RULE,
        "a workflow": made(aws.STATE_MACHINE),
        "only its duration": [WORKER, alarm("AWS/Lambda", "Duration", FunctionName="worker")],
        "a namesake": [WORKER, alarm("AWS/SQS", "Errors", QueueName="worker")],
    },
    not_applicable={
        "a dead letter queue": [
            QUEUE,
            made(aws.EVENT_TARGET, rule="paid", arn="x", deadLetterConfig={"arn": QUEUE.arn}),
        ]
    },
    mutation=change,
)
