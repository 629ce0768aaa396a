"""Whether a service may call a function, by the function's own policy.

https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html
"""

from importlib import import_module
from typing import Any, cast


def function_lets(function_arn: str, service: str, source_arn: str) -> bool:
    """Tell whether a function's policy lets a service invoke it.

    Args:
        function_arn: as the service knows it, with a qualifier or without.
        service: e.g. `events.amazonaws.com`.
        source_arn: on whose behalf: a rule, a bucket, a topic, a method of an API.
    """
    lambda_svc = cast("Any", import_module("ministack.services.lambda_svc"))  # untyped
    base, _, _ = lambda_svc._get_base_func_record_for_ref(function_arn)  # noqa: SLF001  # its only seam
    if base is None:
        return False
    return _allowed(base.get("policy"), "lambda:InvokeFunction", function_arn, service, source_arn)


def _allowed(policy: Any, action: str, resource: str, service: str, source: str) -> bool:  # noqa: ANN401  # JSON
    evaluator = cast("Any", import_module("ministack.core.iam_evaluator"))  # untyped
    responses = cast("Any", import_module("ministack.core.responses"))
    context = evaluator.EvalContext(
        principal_arn="*",
        principal_type="Service",
        principal_account="",
        action=action,
        resource_arn=resource,
        secure_transport=True,
        region=responses.get_region(),
        service_context={
            "aws:sourcearn": source,
            "aws:sourceaccount": responses.get_account_id(),
        },
    )
    decision = evaluator.evaluate_resource_policy(policy, context, service=service).decision
    return str(decision) == "Allow"
