from rampart_policies import aws
from tests.policies.fixture import Fixture, Recorded
from tests.policies.stacks import Made, made
from tests.policies.watches import alarm

QUEUE = made(aws.SQS_QUEUE, "jobs", visibilityTimeoutSeconds=360)


def errors(threshold: float, operator: str = "GreaterThanThreshold", **more: object) -> Made:
    made_ = alarm("AWS/Lambda", "Errors", FunctionName="worker")
    chosen = {
        "statistic": "Sum",
        "threshold": threshold,
        "comparisonOperator": operator,
        "period": 300,
        "evaluationPeriods": 1,
    }
    made_["inputs"] |= chosen | more
    return made_


def age(threshold: float) -> list[Made]:
    made_ = alarm("AWS/SQS", "ApproximateAgeOfOldestMessage", QueueName="jobs")
    made_["inputs"] |= {"threshold": threshold, "comparisonOperator": "GreaterThanThreshold"}
    return [QUEUE, made_]


def change(resources: list[Recorded], judged: Recorded) -> list[Recorded]:
    """Let one failure be enough."""
    judged["inputs"] |= {
        "namespace": "AWS/Lambda",
        "metricName": "Throttles",
        "dimensions": {},
        "statistic": "Sum",
        "threshold": 0,
        "evaluationPeriods": 1,
    }
    return resources


FIXTURE = Fixture(
    holds={
        "many": errors(10),
        "two in a row": errors(0, evaluationPeriods=2),
        "more than one": errors(1),
        "an average": errors(0, statistic="Average"),
        "dead letters": alarm("AWS/SQS", "ApproximateNumberOfMessagesVisible", QueueName="dead"),
        "longer than a retry": age(660),
    },
    breaks={
        "one": errors(0),
        "at least one": errors(1, "GreaterThanOrEqualToThreshold"),
        "one of three": errors(0, evaluationPeriods=3, datapointsToAlarm=1),
        "before the retry": age(300),
        "at the retry": age(360),
        "before SQS's own thirty seconds": [
            made(aws.SQS_QUEUE, "jobs"),
            age(20)[1],
        ],
    },
    mutation=change,
    also=("alarm-coverage", "dead-letter-alarm"),
)
