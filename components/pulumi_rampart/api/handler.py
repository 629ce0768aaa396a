"""A function as an API takes it."""

from typing import Annotated, TypedDict

from pulumi import Input

from pulumi_rampart.arguments import Between

# https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
TIMEOUT = Between(1, 900, "these are Lambda's limits.")


class ApiHandler(TypedDict):
    """A function that answers requests; `ZipLambda.handler` has these values."""

    name: Input[str]
    """Physical name."""
    invoke_arn: Input[str]
    """What API Gateway calls."""
    timeout_seconds: Input[Annotated[int, TIMEOUT]]
    """When the function gives up, which has to be before the API does."""
