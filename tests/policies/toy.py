"""A function behind an HTTP API, as a tutorial has it."""

from rampart_policies import aws
from tests.policies.stacks import Made, document, made


def toy() -> list[Made]:
    """Make the eight resources."""
    service = {"Service": "lambda.amazonaws.com"}
    trust = {"Effect": "Allow", "Principal": service, "Action": "sts:AssumeRole"}
    role = made(aws.IAM_ROLE, "hello-role", assumeRolePolicy=document(trust))
    function = made(
        aws.LAMBDA_FUNCTION, "hello", runtime="python3.13", handler="h.handler", role=role.arn
    )
    api = made(aws.HTTP_API, "hello", protocolType="HTTP")
    integration = made(
        aws.HTTP_API_INTEGRATION,
        "hello",
        apiId=api.id,
        integrationType="AWS_PROXY",
        integrationUri=function.arn,
    )
    return [
        role,
        made(
            aws.IAM_ROLE_POLICY_ATTACHMENT,
            "hello-logs",
            role=role.id,
            policyArn="arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
        ),
        function,
        api,
        integration,
        made(
            aws.HTTP_API_ROUTE,
            "hello",
            apiId=api.id,
            routeKey="GET /",
            target=f"integrations/{integration.id}",
        ),
        made(aws.HTTP_API_STAGE, "hello", apiId=api.id, name="$default", autoDeploy=True),
        made(
            aws.LAMBDA_PERMISSION,
            "hello",
            function=function.id,
            principal="apigateway.amazonaws.com",
            action="lambda:InvokeFunction",
        ),
    ]
