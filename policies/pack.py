"""Every rule in force, named one by one: what is not in this tuple judges nothing."""

from policies.rule import Rule
from policies.rules import (
    api_authorizer,
    api_waf,
    iam_escalation,
    iam_pass_role,
    iam_trust,
    iam_wildcard_actions,
    iam_wildcard_resources,
    lambda_code_signing,
    lambda_concurrency,
    lambda_environment_key,
    lambda_environment_secret,
    lambda_explicit_limits,
    lambda_failure_path,
    lambda_public,
    lambda_runtime,
    lambda_tracing,
    lambda_vpc,
    logs_key,
    logs_retention,
    sqs_dead_letters,
    sqs_encryption,
    sqs_policy_open,
    sqs_tls,
    sqs_visibility,
)

RULES: tuple[Rule, ...] = (
    # Functions
    lambda_code_signing.RULE,
    lambda_concurrency.RULE,
    lambda_environment_key.RULE,
    lambda_environment_secret.RULE,
    lambda_explicit_limits.RULE,
    lambda_failure_path.RULE,
    lambda_public.RULE,
    lambda_runtime.RULE,
    lambda_tracing.RULE,
    lambda_vpc.RULE,
    # APIs
    api_authorizer.RULE,
    api_waf.RULE,
    # Queues
    sqs_dead_letters.RULE,
    sqs_encryption.RULE,
    sqs_policy_open.RULE,
    sqs_tls.RULE,
    sqs_visibility.RULE,
    # Permissions
    iam_escalation.RULE,
    iam_pass_role.RULE,
    iam_trust.RULE,
    iam_wildcard_actions.RULE,
    iam_wildcard_resources.RULE,
    # Logs
    logs_key.RULE,
    logs_retention.RULE,
)
