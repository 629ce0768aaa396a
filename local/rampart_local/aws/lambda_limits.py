"""What Lambda refuses when functions and mappings are made, and the embedded AWS takes."""

import json
from typing import Any

from rampart_local.aws.registry import Inputs, RefusedByAwsError, block
from rampart_local.clients import Clients

MOST_ENVIRONMENT_BYTES = 4096
"""https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html"""


def check_environment(inputs: Inputs) -> None:
    """Make sure that a function's variables fit.

    Raises:
        RefusedByAwsError: they are larger than 4 KB, names and values together.
    """
    variables = block(block(inputs, "environment"), "variables")
    measured = json.dumps(variables, separators=(",", ":"))
    if len(measured.encode()) > MOST_ENVIRONMENT_BYTES:
        raise RefusedByAwsError(
            "Lambda was unable to configure your environment variables because the environment "
            "variables you have provided exceeded the 4KB limit. String measured: "
            f"{len(measured.encode())} bytes, of {sorted(variables)}."
        )


def check_visibility(aws: Clients, inputs: Inputs) -> None:
    """Make sure that a queue hides messages at least as long as the function may run.

    Raises:
        RefusedByAwsError: it shows them to others before.
    """
    source = str(inputs.get("eventSourceArn"))
    if ":sqs:" not in source:
        return
    queue = source.rpartition(":")[2]
    url = aws.sqs.get_queue_url(QueueName=queue)["QueueUrl"]
    answer = aws.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["VisibilityTimeout"])
    hidden = int(answer["Attributes"]["VisibilityTimeout"])
    function: Any = aws.lambda_.get_function_configuration(FunctionName=inputs["functionName"])
    if hidden < function["Timeout"]:
        raise RefusedByAwsError(
            f"Queue visibility timeout: {hidden} seconds is less than Function timeout: "
            f"{function['Timeout']} seconds ({queue}, {function['FunctionName']})."
        )
